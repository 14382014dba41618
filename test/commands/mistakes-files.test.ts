/** compare and top on files that are not what they should be, as they come out of other people's artifacts. */
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Bench, QUICK, SERVICE_CONFIG } from './mistake.ts';

jest.setTimeout(60_000);

const CONFIG = `${SERVICE_CONFIG}${QUICK}`;
const HTML = '<!DOCTYPE html>\n<html><title>Sign in</title></html>\n';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  const { code } = await bench.attempt([], { config: CONFIG });
  expect(code).toBe(0);
  cpSync(bench.path('repository/perf-gate-out'), bench.path('measured'), { recursive: true });
  await bench.expectNothingLeft();
});
beforeEach(() => {
  rmSync(bench.path('run'), { recursive: true, force: true });
  cpSync(bench.path('measured'), bench.path('run'), { recursive: true });
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const compare = () => bench.attempt(['compare', '../run/base', '../run/head'], { config: CONFIG });

const ofHead = (name: string) => bench.path('run/head', name);
const manifest = () => JSON.parse(readFileSync(ofHead('manifest.json'), 'utf8'));
const writeManifest = (value: unknown) => writeFileSync(ofHead('manifest.json'), JSON.stringify(value));
const halve = (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 2));

describe('compare', () => {
  test.each<[string, () => void, string, string | undefined]>([
    [
      'a directory that is no side',
      () => rmSync(ofHead('manifest.json')),
      'there is no ~/run/head/manifest.json: this is not a side that perf-gate measured, or not a whole one',
      'a side is a directory such as perf-gate-out/base or perf-gate-out/head',
    ],
    [
      'no directory at all',
      () => rmSync(ofHead('.'), { recursive: true }),
      'there is no ~/run/head/manifest.json: this is not a side that perf-gate measured, or not a whole one',
      'a side is a directory such as perf-gate-out/base or perf-gate-out/head',
    ],
    [
      'a directory in place of the manifest',
      () => {
        rmSync(ofHead('manifest.json'));
        mkdirSync(ofHead('manifest.json'));
      },
      '~/run/head/manifest.json is not a file',
      'a side is a directory such as perf-gate-out/base or perf-gate-out/head',
    ],
    [
      'a manifest of a later perf-gate',
      () => writeManifest({ ...manifest(), schema: 7 }),
      '~/run/head/manifest.json is of version 7, this perf-gate reads version 1',
      'measure again with this perf-gate, or read it with the one that wrote it',
    ],
    ['half a manifest', () => halve(ofHead('manifest.json')), '~/run/head/manifest.json is not JSON', 'measure again'],
    [
      'an empty manifest',
      () => truncateSync(ofHead('manifest.json')),
      '~/run/head/manifest.json is not JSON',
      'measure again',
    ],
    [
      'a manifest without its commit',
      () => writeManifest({ ...manifest(), commit: undefined }),
      "~/run/head/manifest.json is damaged: it must have required property 'commit'",
      'measure again',
    ],
    [
      'a manifest that names a file elsewhere',
      () => {
        const changed = manifest();
        changed.instruments.allocs.replicates[0].profile = '../../../../../../../../../etc/passwd';
        writeManifest(changed);
      },
      '~/run/head/manifest.json names a file outside its directory: ../../../../../../../../../etc/passwd',
      'perf-gate writes no such manifest: where does it come from?',
    ],
    [
      'a profile that is not there',
      () => rmSync(ofHead('allocs.pb.gz')),
      'there is no ~/run/head/allocs.pb.gz: the manifest names it',
      'measure again',
    ],
    [
      'half a profile',
      () => halve(ofHead('allocs.pb.gz')),
      'head/allocs.pb.gz: the file is cut off (its gzip stream does not end)',
      undefined,
    ],
    [
      'an empty profile',
      () => truncateSync(ofHead('allocs/replicate-1.pb.gz')),
      'head/allocs/replicate-1.pb.gz: the profile is empty (0 bytes)',
      undefined,
    ],
    [
      'a page in place of a profile',
      () => writeFileSync(ofHead('allocs.pb.gz'), HTML),
      'head/allocs.pb.gz: this is HTML, not a profile',
      undefined,
    ],
    [
      'half a record of what the commit changed',
      () => halve(bench.path('run/changes.json')),
      '~/run/changes.json is not JSON',
      'measure again',
    ],
  ])('%s', async (_, damage, message, hint) => {
    damage();
    const { code, out, said } = await compare();
    expect(said.replace(/^ {2}\| .*\n/gm, '')).toBe(
      `perf-gate: ${message}\n${hint === undefined ? '' : `  -> ${hint}\n`}`,
    );
    expect({ code, out }).toEqual({ code: 3, out: '' });
  });

  test('sides of which nothing was measured are no pass', async () => {
    writeManifest({ ...manifest(), instruments: {} });
    const { code, out, said } = await compare();
    expect(out).toMatch(/^perf-gate {2}INVALID /);
    expect(out).toContain('objects and bytes were not judged: it was measured on the base only');
    expect({ code, said }).toEqual({ code: 3, said: '' });
  });

  test('no config', async () => {
    const { code, said } = await bench.attempt(['compare', '../run/base', '../run/head']);
    expect(said).toBe(
      'perf-gate: there is no perf-gate.yml in ~/repository or above it\n  -> name the config with --config\n',
    );
    expect(code).toBe(2);
  });

  test('what is whole is judged, from a directory below the config too', async () => {
    const sides = ['../../run/base', '../../run/head'];
    const { code, out, said } = await bench.attempt(['compare', ...sides], { config: CONFIG, cwd: 'prices' });
    expect(out).toMatch(/^perf-gate {2}PASS /);
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});

describe('top', () => {
  const profile = () => readFileSync(ofHead('allocs.pb.gz'));
  const top = (...flags: string[]) => bench.attempt(['top', '../run/profile', ...flags]);

  test.each<[string, () => Uint8Array | string, string]>([
    ['half a file', () => profile().subarray(0, 200), 'the file is cut off (its gzip stream does not end)'],
    ['an empty file', () => '', 'the profile is empty (0 bytes)'],
    ['nothing, compressed', () => gzipSync(''), 'the profile is empty (nothing inside the gzip)'],
    ['a page', () => HTML, 'this is HTML, not a profile'],
    ['a compressed page', () => gzipSync(HTML), 'this is HTML, not a profile'],
    ['a JSON answer', () => '{"error":"not found"}', 'this is JSON, not a profile'],
    ['text', () => 'heap profile: 1: 2 [3: 4] @ heap/1', "this is a profile in Go's text format, which cannot be read"],
    ['an ELF file', () => readFileSync(process.execPath).subarray(0, 4000), 'not a whole, valid profile'],
  ])('%s', async (_, content, message) => {
    writeFileSync(join(bench.path('run'), 'profile'), content());
    const { code, out, said } = await top();
    expect(said).toMatch(/^perf-gate: \.\.\/run\/profile: /);
    expect(said).toContain(message);
    expect(said).not.toMatch(/this is a bug|^ {4}at /m);
    expect({ code, out }).toEqual({ code: 3, out: '' });
  });

  test.each([
    ['../run/nothing', "cannot read ../run/nothing: ENOENT: no such file or directory, stat '~/run/nothing'"],
    ['../run', '../run is not a file'],
  ])('%s', async (path, message) => {
    const { code, out, said } = await bench.attempt(['top', path]);
    expect(said).toBe(`perf-gate: ${message}\n`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test.each([
    [
      '--type cpu',
      '../run/profile has no values of type "cpu"',
      '--type takes alloc_objects, alloc_space, inuse_objects or inuse_space',
      2,
    ],
    ['--sort bogus', '--sort is flat or cum, not "bogus"', undefined, 2],
    ['--limit many', '--limit is a whole number from 1 on, not "many"', undefined, 2],
    ['--limit 0', '--limit is a whole number from 1 on, not "0"', undefined, 2],
  ])('%s', async (flags, message, hint, exitCode) => {
    writeFileSync(bench.path('run/profile'), profile());
    const { code, out, said } = await top(...flags.split(' '));
    expect(said).toBe(`perf-gate: ${message}\n${hint === undefined ? '' : `  -> ${hint}\n`}`);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
  });

  test('and a whole one is shown', async () => {
    writeFileSync(bench.path('run/profile'), profile());
    const { code, out, said } = await top('--type', 'alloc_space', '--limit', '3');
    expect(out).toMatch(/^Type: alloc_space\n/);
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });
});
