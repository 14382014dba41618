import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { packBundle, unpackBundle, writeBundle } from '../../src/baseline/bundle.ts';
import { LARGEST_BUNDLE_BYTES, StoreError } from '../../src/baseline/store.ts';
import { readTar, writeTar } from '../../src/baseline/tar.ts';
import { readSide } from '../../src/measure/side-directory.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { bundleOf, keyOf, writeSide } from './measured.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));
let directories = 0;
const newPath = () => join(scratch, `${directories++}`);

/** The bundle with its files changed as `edit` says, compressed again. */
function edited(bytes: Uint8Array, edit: (files: Map<string, Uint8Array>) => void): Uint8Array {
  const files = readTar(brotliDecompressSync(bytes), 100);
  edit(files);
  return brotliCompressSync(writeTar(files));
}

const editedIndex = (bytes: Uint8Array, edit: (index: { schema: number; key: string; files: object }) => unknown) =>
  edited(bytes, (files) => {
    const index = JSON.parse(Buffer.from(files.get('bundle.json')!).toString());
    files.set('bundle.json', Buffer.from(JSON.stringify(edit(index))));
  });

describe('a bundle', () => {
  test('brings back the side that was measured', () => {
    const directory = newPath();
    const manifest = writeSide(directory);
    const key = keyOf(manifest);
    const bundle = unpackBundle(packBundle(directory, key), key);
    const before = readSide(directory);
    removeDirectory(directory);
    writeBundle(bundle, directory);
    expect(readSide(directory)).toEqual(before);
    expect(bundle.manifest).toEqual(manifest);
  });

  test('holds profiles and figures, and no log', () => {
    const { key, bytes } = bundleOf();
    const directory = newPath();
    writeBundle(unpackBundle(bytes, key), directory);
    expect(readdirSync(directory, { recursive: true }).sort()).toEqual([
      'allocs',
      'allocs.pb.gz',
      'allocs/replicate-1.pb.gz',
      'allocs/replicate-2.pb.gz',
      'instructions',
      'instructions.pb.gz',
      'instructions/replicate-1.pb.gz',
      'instructions/replicate-2.pb.gz',
      'manifest.json',
      'paths.pb.gz',
    ]);
  });

  test('gives out the figures of some instruments alone', () => {
    const { key, bytes } = bundleOf();
    const directory = newPath();
    const manifest = writeBundle(unpackBundle(bytes, key), directory, ['allocs']);
    expect(Object.keys(manifest.instruments)).toEqual(['allocs']);
    expect(existsSync(join(directory, 'instructions.pb.gz'))).toBe(false);
    expect(readSide(directory).manifest).toEqual(manifest);
  });

  test('of the same side has the same bytes, whenever it is made', () => {
    expect(bundleOf().bytes).toEqual(bundleOf().bytes);
  });

  test('has profiles that go tool pprof opens', () => {
    const { key, bytes } = bundleOf();
    const directory = newPath();
    writeBundle(unpackBundle(bytes, key), directory);
    const top = execFileSync('go', ['tool', 'pprof', '-top', join(directory, 'instructions.pb.gz')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(top).toMatch(/Type: instructions[\s\S]*main\.serve/);
  });
});

describe('refused is a bundle that', () => {
  const { key, bytes } = bundleOf();
  const refused = (damaged: Uint8Array, asked = key) => {
    try {
      unpackBundle(damaged, asked);
    } catch (error) {
      expect(error).toBeInstanceOf(StoreError);
      expect((error as StoreError).message).toMatch(
        /^the bundle \w+\/20261121T141950Z-[0-9a-f-]+(browse)? is damaged: /,
      );
      return (error as StoreError).message.replace(/^.* is damaged: /, '');
    }
    return 'not refused';
  };

  test('is not one at all', () => {
    expect(refused(Buffer.of())).toBe('it cannot be unpacked');
    expect(refused(Buffer.from('<html>'))).toBe('it cannot be unpacked');
    expect(refused(gzipSync('x'))).toBe('it cannot be unpacked');
    expect(refused(brotliCompressSync(Buffer.alloc(2000)))).toBe('there is something behind its end');
    expect(refused(brotliCompressSync(Buffer.alloc(1024)))).toBe('its bundle.json is missing, or of another version');
  });

  test('is cut off, anywhere', () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(refused(bytes.subarray(0, length))).toBe('it cannot be unpacked');
    }
  });

  test('has any byte changed', () => {
    for (let at = 0; at < bytes.length; at++) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x10;
      let files: unknown;
      try {
        files = unpackBundle(damaged, key).files;
      } catch (error) {
        expect(error).toBeInstanceOf(StoreError);
        continue;
      }
      // A bit of the compression itself that says nothing.
      expect(files).toEqual(unpackBundle(bytes, key).files);
    }
  });

  test('is too large, packed or unpacked', () => {
    expect(refused(Buffer.alloc(LARGEST_BUNDLE_BYTES + 1))).toBe('it is larger than 64 MB');
    const bomb = brotliCompressSync(Buffer.alloc(257_000_000), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    expect(bomb.length).toBeLessThan(100_000);
    expect(refused(bomb)).toBe('it unpacks to more than 256 MB');
  });

  test('has too many files', () => {
    const many = new Map(Array.from({ length: 201 }, (_, i) => [`f${i}`, Buffer.of()]));
    expect(refused(brotliCompressSync(writeTar(many)))).toBe('it holds more than 200 files');
  });

  test('is of something else', () => {
    for (const other of [
      { ...key, service: 'orders2' },
      { ...key, scenario: 'browse' },
      { ...key, commit: 'b'.repeat(40) },
      { ...key, code: 'f'.repeat(16) },
      { ...key, fingerprint: 'f'.repeat(16) },
    ]) {
      expect(() => unpackBundle(bytes, other)).toThrow(/it is the bundle of something else$/);
    }
  });

  test('says that it is of something else than its manifest', () => {
    const directory = newPath();
    const manifest = writeSide(directory);
    const as = (change: object) => {
      const wrong = { ...keyOf(manifest), ...change };
      return refused(packBundle(directory, wrong), wrong);
    };
    expect(as({ service: 'another' })).toBe('its manifest is of something else');
    expect(as({ scenario: 'browse' })).toBe('its manifest is of something else');
    expect(as({ commit: 'b'.repeat(40) })).toBe('its manifest is of something else');
    expect(as({ fingerprint: 'f'.repeat(16) })).toBe('its manifest does not have the fingerprint of its name');
    writeFileSync(join(directory, 'manifest.json'), JSON.stringify({ ...manifest, isDirty: true }));
    expect(as({})).toBe('its manifest is of something else');
  });

  test('has other files than it should', () => {
    expect(refused(edited(bytes, (files) => files.delete('paths.pb')))).toBe('files are missing or too many');
    expect(refused(edited(bytes, (files) => files.set('more', Buffer.of())))).toBe('files are missing or too many');
    expect(refused(edited(bytes, (files) => files.set('paths.pb', Buffer.of(1))))).toBe(
      'paths.pb is not what was measured',
    );
    expect(refused(editedIndex(bytes, (index) => ({ ...index, schema: 2 })))).toMatch('of another version');
    expect(refused(editedIndex(bytes, () => 'x'))).toMatch('of another version');
    expect(refused(edited(bytes, (files) => files.set('bundle.json', Buffer.from('{'))))).toMatch('another version');
  });

  test('has a profile in it that nobody can read, though its digest is right', () => {
    const directory = newPath();
    writeSide(directory);
    writeFileSync(join(directory, 'paths.pb.gz'), gzipSync('not a profile'));
    expect(() => unpackBundle(packBundle(directory, key), key)).toThrow(/paths\.pb/);
  });
});
