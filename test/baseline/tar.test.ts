import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readTar, writeTar } from '../../src/baseline/tar.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const files = new Map([
  ['cpu/merged.pb', Buffer.from('samples')],
  ['manifest.json', Buffer.from('{}')],
  ['empty', Buffer.of()],
  ['block', Buffer.alloc(512, 7)],
]);

const contents = (read: ReadonlyMap<string, Uint8Array>) =>
  Object.fromEntries([...read].map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]));

/** What tar(1) makes of what a shell does in an empty directory. */
function archiveOf(make: (directory: string) => void, ...args: string[]): Uint8Array {
  const directory = mkdtempSync(join(scratch, 'files-'));
  make(directory);
  return execFileSync('tar', ['--create', '--file=-', '--format=ustar', ...args], { cwd: directory });
}

describe('an archive', () => {
  test('comes back as it was written', () => {
    expect(contents(readTar(writeTar(files), 10))).toEqual(contents(files));
  });

  test('has the same bytes whatever the order of its files', () => {
    expect(writeTar(new Map([...files].reverse()))).toEqual(writeTar(files));
  });

  test('is one that tar(1) understands', () => {
    const archive = join(scratch, 'ours.tar');
    const directory = join(scratch, 'extracted');
    mkdirSync(directory);
    writeFileSync(archive, writeTar(files));
    execFileSync('tar', ['--extract', '--file', archive], { cwd: directory });
    for (const [name, bytes] of files) expect(readFileSync(join(directory, name))).toEqual(bytes);
  });

  test('of any plain files comes back', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,40}(\/[a-z0-9][a-z0-9.-]{0,40})?$/);
    const any = fc.dictionary(name, fc.uint8Array({ maxLength: 1500 }), { maxKeys: 6 });
    fc.assert(
      fc.property(any, (record) => {
        const map = new Map(Object.entries(record));
        expect(contents(readTar(writeTar(map), 6))).toEqual(contents(map));
      }),
      { numRuns: 100 },
    );
  });
});

describe('refused is', () => {
  const plain = (directory: string) => writeFileSync(join(directory, 'file'), 'x');

  test.each<[string, Uint8Array]>([
    ['a symbolic link', archiveOf((at) => symlinkSync('/etc/passwd', join(at, 'file')), 'file')],
    [
      'a hard link',
      archiveOf(
        (at) => {
          plain(at);
          linkSync(join(at, 'file'), join(at, 'link'));
        },
        'file',
        'link',
      ),
    ],
    ['a directory', archiveOf((at) => mkdirSync(join(at, 'file')), 'file')],
    ['a pipe', archiveOf((at) => execFileSync('mkfifo', [join(at, 'file')]), 'file')],
    ['a way out', archiveOf(plain, '--transform=s,^,../,', '-P', 'file')],
    ['a way out in the middle', archiveOf(plain, '--transform=s,^,a/../../,', '-P', 'file')],
    ['an absolute name', archiveOf(plain, '--transform=s,^,/tmp/,', '-P', 'file')],
    ['a hidden name', archiveOf(plain, '--transform=s,^,.,', 'file')],
    [
      'a name that goes on in another field',
      archiveOf(plain, `--transform=s,^,${'d'.repeat(90)}/${'e'.repeat(30)},`, 'file'),
    ],
    ['a long name (GNU)', archiveOf(plain, '--format=gnu', `--transform=s,^,${'d'.repeat(120)},`, 'file')],
    ['a long name (pax)', archiveOf(plain, '--format=posix', `--transform=s,^,${'d'.repeat(120)},`, 'file')],
    ['an executable file', archiveOf(plain, '--mode=755', '--owner=0', '--group=0', '--mtime=@0', 'file')],
    ['an empty archive of another kind', Buffer.of()],
  ])('%s', (_, archive) => {
    expect(() => readTar(archive, 10)).toThrow(/it is cut off|strange name|no plain file of ours/);
  });

  test('an archive that is cut off, anywhere', () => {
    const whole = writeTar(files);
    for (let length = 0; length < whole.length; length += 128) {
      expect(() => readTar(whole.subarray(0, length), 10)).toThrow();
    }
  });

  test('a header with any bit turned', () => {
    const whole = writeTar(new Map([['file', Buffer.from('x')]]));
    for (let bit = 0; bit < 512 * 8; bit++) {
      const damaged = Buffer.from(whole);
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => readTar(damaged, 10)).toThrow();
    }
  });

  test('a name that is there twice', () => {
    const one = writeTar(new Map([['file', Buffer.from('x')]]));
    const entry = one.subarray(0, 1024);
    expect(() => readTar(Buffer.concat([entry, one]), 10)).toThrow('file is in it twice');
  });

  test.each(['../file', '/file', 'a/../../file', './file', 'a//file', 'FILE', 'a/b/c', 'f\u00ff'])(
    'the name %j, however well the rest is made',
    (name) => {
      const forged = Buffer.from(writeTar(new Map([['file', Buffer.from('x')]])));
      forged.write(name, 0, 'latin1');
      forged.fill(' ', 148, 156);
      const sum = forged.subarray(0, 512).reduce((total, byte) => total + byte, 0);
      forged.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
      expect(() => readTar(forged, 10)).toThrow('it holds a file with a strange name or size');
    },
  );

  test('more files than expected', () => {
    expect(() => readTar(writeTar(files), 3)).toThrow('it holds more than 3 files');
  });

  test('anything behind the end', () => {
    expect(() => readTar(Buffer.concat([writeTar(files), Buffer.from('x')]), 10)).toThrow(/behind its end/);
  });

  test('a name of our own that would not come back', () => {
    for (const name of ['../x', '/x', 'a/b/c', 'A', '', 'x'.repeat(100)]) {
      expect(() => writeTar(new Map([[name, Buffer.of()]]))).toThrow('cannot be the name of a file');
    }
  });
});
