/** compare and top on files that are not what they should be, as they come out of other people's artifacts. */
import { cpSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Bench, QUICK, SERVICE_CONFIG } from './mistake.ts';

const CONFIG = `${SERVICE_CONFIG}${QUICK}`;
const CHANGED = 'it is not as perf-gate wrote it: measure again, or fetch it again from where it was kept';
/** As somebody may well call it: whatever is measured here is measured there. */
const DIRECTORY = '-ü 日本 repository';
const HTML = '<!DOCTYPE html>\n<html><title>Sign in</title></html>\n';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench(DIRECTORY);
  const { code } = await bench.attempt([], { config: CONFIG });
  expect(code).toBe(0);
  cpSync(bench.path(DIRECTORY, 'perf-gate-out'), bench.path('measured'), { recursive: true });
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
      '~/run/head/manifest.json is of version 7, this perf-gate reads version 3',
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
      CHANGED,
    ],
    [
      'an empty profile',
      () => truncateSync(ofHead('allocs/replicate-1.pb.gz')),
      'head/allocs/replicate-1.pb.gz: the profile is empty (0 bytes)',
      CHANGED,
    ],
    [
      'a page in place of a profile',
      () => writeFileSync(ofHead('allocs.pb.gz'), HTML),
      'head/allocs.pb.gz: this is HTML, not a profile',
      CHANGED,
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
      'perf-gate: there is no perf-gate.yml in ~/-ü 日本 repository or above it\n  -> perf-gate init writes one that runs; one that lies elsewhere is named with --config\n',
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

/** Told in the report, beside a verdict that is reached all the same. */
describe('limits that do not mean what they say', () => {
  const compareWith = (limits: string, ofObjects = '+300%') =>
    bench.attempt(['compare', '../run/base', '../run/head'], {
      config: `${SERVICE_CONFIG}load: { requests: [GET /price] }\nlimits:\n  objects: { total: ${ofObjects} }\n  bytes: { total: +300% }\n${limits}\n`,
    });
  const waiver = (name: string, until: string) =>
    `  waivers: [{ function: "${name}", metric: objects, up-to: +12%, until: ${until}, reason: "see #412" }]`;
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const NOTHING = 'matches no function that allocated anything, and nothing else was counted';

  test.each([
    [
      'a rule for a function that is not there',
      '  functions: [{ match: "net/http.(*conn).sevre", objects: +1% }]',
      `perf-gate.yml:9: "net/http.(*conn).sevre" ${NOTHING}: its limit guards nothing; did you mean net/http.(*conn).serve?`,
      'INCONCLUSIVE',
    ],
    [
      'a rule for a package that is not there',
      '  functions: [{ match: "net/htp.*", objects: +1% }]',
      `perf-gate.yml:9: "net/htp.*" ${NOTHING}: its limit guards nothing; did you mean net/http.*?`,
      'INCONCLUSIVE',
    ],
    [
      'a rule for a function that has nothing to count',
      '  functions: [{ match: example.com/mistakes/prices.Sum, objects: +1% }]',
      'perf-gate.yml:9: "example.com/mistakes/prices.Sum" is a function that allocated nothing, and nothing else was counted: its limit guards nothing',
      'INCONCLUSIVE',
    ],
    [
      'a function to ignore that is not there',
      '  ignore: ["net/http.(*conn).sevre"]',
      `perf-gate.yml:9: "net/http.(*conn).sevre" ${NOTHING}; did you mean net/http.(*conn).serve?`,
      'PASS',
    ],
    [
      'a waiver for a function that is not there',
      waiver('net/http.(*conn).sevre', inDays(99)),
      `perf-gate.yml:9: "net/http.(*conn).sevre" ${NOTHING}; did you mean net/http.(*conn).serve?`,
      'PASS',
    ],
    [
      'a waiver that has ended',
      waiver('net/http.*', '2024-02-29'),
      'perf-gate.yml:9: the waiver for "net/http.*" ended on 2024-02-29 and is no longer applied',
      'PASS',
    ],
    [
      'a waiver that is about to end',
      waiver('net/http.*', inDays(3)),
      `perf-gate.yml:9: the waiver for "net/http.*" ends on ${inDays(3)}`,
      'PASS',
    ],
  ])('%s', async (_, limits, note, verdict) => {
    const { code, out, said } = await compareWith(limits);
    expect(out).toMatch(new RegExp(`^perf-gate {2}${verdict} `));
    expect(out.replace(/\n {7}/g, ' ').split('\n')).toContain(`     ${note}`);
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  test('a limit that is finer than what can be told from noise', async () => {
    const changed = manifest();
    changed.instruments.allocs.replicates[1].objects *= 1.1;
    writeManifest(changed);
    const { code, out } = await compareWith('', '+0%');
    expect(out.replace(/\n {7}/g, ' ')).toMatch(
      /^ {5}perf-gate\.yml:7: the limit \+0% of objects is finer than what this run could tell from its noise, [\d.]+ %: a rise between the two is inconclusive$/m,
    );
    expect(out).toMatch(/^perf-gate {2}INCONCLUSIVE /);
    expect(code).toBe(0);
    // A rise that is clear is no matter of noise.
    expect((await compareWith('', '+1%')).out).toContain('finer than what');
    expect((await compareWith('', '+30%')).out).not.toContain('finer than what');
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
