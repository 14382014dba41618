/** report, explain and compare on run directories: whole ones, and all that may have become of them on the way here. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { changeRecordSchema } from '../../src/compare/changed-code.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { manifestSchema } from '../../src/measure/manifest-schema.ts';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { renderJson } from '../../src/report/json.ts';
import {
  configUnder,
  judgingPart,
  parseRulesRecord,
  type RulesRecord,
  rulesRecordSchema,
} from '../../src/run/rules-record.ts';
import { fail, pass } from '../report/reports.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import { CONFIG, writeMeasured, writeRun } from './measured-run.ts';

const scratch = scratchDirectory();
const place = (...parts: string[]) => join(scratch, 'work', ...parts);
beforeAll(() => writeRun(join(scratch, 'measured')));
beforeEach(() => {
  removeDirectory(place());
  mkdirSync(place());
  cpSync(join(scratch, 'measured'), place('perf-gate-out'), { recursive: true });
  writeFileSync(place('perf-gate.yml'), CONFIG);
});
afterAll(() => removeDirectory(scratch));

const run = (...parts: string[]) => place('perf-gate-out', ...parts);

/** perf-gate with these arguments where the run directory lies, which is `~`. */
async function perfGateHere(line: string | readonly string[]) {
  const { code, out, err } = await perfGate(place(), typeof line === 'string' ? line.split(' ') : line);
  const plain = (text: string) => text.replaceAll(place(), '~');
  return { code, out: plain(out), said: plain(err) };
}

const COMPARE = 'compare perf-gate-out/base perf-gate-out/head';

describe('what is whole', () => {
  test('is told again in every format, with exit code 0 whatever the verdict', async () => {
    const text = await perfGateHere('report');
    expect(text).toMatchObject({ code: 0, said: '' });
    expect(text.out).toMatch(/^perf-gate {2}FAIL {2}orders /);
    expect((await perfGateHere('report perf-gate-out --format markdown')).out).toMatch(/^\*\*perf-gate: fail\*\*/i);
    expect((await perfGateHere('report --format junit')).out).toMatch(/^<\?xml .*\n<testsuites name="perf-gate"/);
    expect(JSON.parse((await perfGateHere('report --format json')).out)).toEqual(JSON.parse(renderJson(fail)));
  });

  test('is one document where a directory holds the reports of several runs', async () => {
    for (const [name, report] of [['orders', fail] as const, ['stock', { ...pass, service: 'stock' }] as const]) {
      mkdirSync(place('all', name), { recursive: true });
      writeFileSync(place('all', name, 'report.json'), renderJson(report));
    }
    const json = JSON.parse((await perfGateHere('report all --format json')).out);
    expect(json).toMatchObject({ verdict: 'fail', reports: [{ service: 'orders' }, { service: 'stock' }] });
    const { out } = await perfGateHere('report all --format junit');
    expect(out.match(/<testsuite /g)).toHaveLength(2);
    expect(out.match(/<testsuites /g)).toHaveLength(1);
  });

  test('is judged again, and explained by function', async () => {
    expect(await perfGateHere(COMPARE)).toMatchObject({ code: 1, said: '' });
    const { code, out, said } = await perfGateHere('explain hash');
    expect(out).toMatch(
      /^main\.hash\n {2}main\.go:1 {2}changed in head\n {2}orders, head c0ffee against base c0ffee\n/,
    );
    expect(out).toMatch(/instructions +1 300 +1 600 +\+23\.1 %/);
    expect(out).toMatch(/net \+300 \(\+23\.1 %\): over the limit \+5 %\s+\(perf-gate\.yml:4\)/);
    expect({ code, said }).toEqual({ code: 0, said: '' });
    const json = JSON.parse((await perfGateHere('explain hash --format json')).out);
    expect(json).toMatchObject({ function: 'main.hash', judged: [{ metric: 'instructions', status: 'over' }, {}, {}] });
  });

  test('is explained without a config too, and a side by itself', async () => {
    rmSync(place('perf-gate.yml'));
    expect((await perfGateHere('explain hash')).out).toContain(
      'not judged: there is no perf-gate.yml in ~ or above it',
    );
    const { out } = await perfGateHere('explain hash perf-gate-out/head');
    expect(out).toMatch(/orders, head c0ffee\n/);
    expect(out).not.toContain('judged');
  });
});

describe('a run whose commit had loosened its own limits', () => {
  const LOOSE = CONFIG.replace('total: +2%, function: +5%', 'total: +90%, function: off');
  const loosened = { key: 'limits.instructions.total', base: '+2%', head: '+90%', kind: 'loosened' } as const;
  const RECORD: RulesRecord = {
    schema: 1,
    base: judgingPart(parseConfig(CONFIG, 'perf-gate.yml')),
    mode: 'base',
    differences: [{ ...loosened, at: 'perf-gate.yml:4', about: 'rule' }],
    ...{ dropped: [], rewritten: [], notes: [], ofOthers: [] },
  };
  const keep = (record: object) => writeFileSync(run('rules.json'), JSON.stringify(record));
  beforeEach(() => writeFileSync(place('perf-gate.yml'), LOOSE));

  test('is judged and explained by the limits that held in it', async () => {
    expect(await perfGateHere(COMPARE)).toMatchObject({ code: 0 });
    keep(RECORD);
    const { code, out } = await perfGateHere(COMPARE);
    expect(code).toBe(1);
    expect(out).toContain('limits.instructions.total: +2% in base, +90% in head; that of base counts');
    const explained = (await perfGateHere('explain hash')).out;
    expect(explained).toMatch(/over the limit \+5 % \(perf-gate\.yml:4\s+of the base\)/);
    // What if it were so in both?
    const what = await perfGateHere(
      `${COMPARE} --set limits.instructions.total=+90% --set limits.instructions.function=off`,
    );
    expect(what.code).toBe(0);
  });

  test('and was built otherwise or sent its own load is no pass either', async () => {
    const other = { ...RECORD, base: judgingPart(parseConfig(LOOSE, 'perf-gate.yml')) };
    const service = { key: 'service.setup', base: 'none', head: 'make', kind: 'changed', at: 'perf-gate.yml:1' };
    keep({ ...other, differences: [{ ...service, about: 'build' }] });
    expect((await perfGateHere(COMPARE)).out).toMatch(
      /^perf-gate {2}INCONCLUSIVE[\s\S]* both sides were built as this/,
    );
    keep({ ...other, whyNotBase: 'the base has no scenario c' });
    expect((await perfGateHere(COMPARE)).out).toMatch(/^perf-gate {2}INCONCLUSIVE[\s\S]*the base has no scenario c/);
    keep({ ...other, mode: 'fail', differences: [{ ...service, about: 'build' }] });
    expect((await perfGateHere(COMPARE)).code).toBe(1);
  });

  test('has to have measured what either wants measured', () => {
    const head = parseConfig(`${LOOSE}require: []\non-inconclusive: pass\n`, 'perf-gate.yml');
    const kept = (more: string) => ({ ...RECORD, base: judgingPart(parseConfig(`${CONFIG}${more}`, 'perf-gate.yml')) });
    const under = (record: object) => configUnder(parseRulesRecord(JSON.stringify(record), 'rules.json'), head);
    expect(under(kept('')).require).toBeUndefined();
    expect(under(kept('require: [allocs]\non-inconclusive: fail\n'))).toMatchObject({
      require: ['allocs'],
      onInconclusive: 'fail',
    });
  });

  test('is not judged by a record that is damaged', async () => {
    keep({ ...RECORD, mode: 'none' });
    expect(await perfGateHere(COMPARE)).toMatchObject({
      code: 3,
      said: expect.stringContaining('perf-gate-out/rules.json is damaged or of another version: /mode '),
    });
    writeFileSync(run('rules.json'), '{');
    expect((await perfGateHere('explain hash')).said).toContain('rules.json is not JSON');
  });
});

describe('the text of lines', () => {
  let repository: Repository;
  const explained = async (isDirty: boolean) => {
    const commit = repository.git('rev-parse', 'HEAD').trim();
    for (const name of ['base', 'head'] as const) writeMeasured(run(name), name, { commit, isDirty });
    return (await perfGateHere('explain hash')).out;
  };
  beforeEach(() => {
    repository = newRepository(place());
    const source = Array.from({ length: 60 }, (_, i) => `// line ${i + 1}`).join('\n');
    repository.commit('service', { 'main.go': `${source}\n`, '.gitignore': '/perf-gate-out/\n' });
  });

  test('is that of the commit, not of the work tree', async () => {
    writeFileSync(place('main.go'), 'something else\n');
    const out = await explained(false);
    expect(out).toMatch(/~37 .* \/\/ line 37$/m);
    expect(out).toMatch(/ 38 .* \/\/ line 38$/m);
  });

  test('is left out where the commit is not all that was measured', async () => {
    expect(await explained(true)).not.toContain('// line');
  });
});

const DIRECTORIES =
  'a run directory is what perf-gate run leaves: perf-gate-out; a side is perf-gate-out/base or perf-gate-out/head';
const SIDE = 'a side is a directory such as perf-gate-out/base or perf-gate-out/head';
const AGAIN = 'measure again';
const FETCH_AGAIN = 'it is not as perf-gate wrote it: measure again, or fetch it again from where it was kept';
const TWO_SIDES = 'the base comes first: perf-gate compare perf-gate-out/base perf-gate-out/head';

const manifest = () => JSON.parse(readFileSync(run('head/manifest.json'), 'utf8'));
const tamper = (change: (manifest: ReturnType<typeof JSON.parse>) => void) => {
  const value = manifest();
  change(value);
  writeFileSync(run('head/manifest.json'), JSON.stringify(value));
};
const halve = (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 2));
const asItIs = () => undefined;
const cpuProfile = () =>
  encodeProfile(
    new ProfileBuilder({ sampleTypes: [{ type: 'cpu', unit: 'nanoseconds' }] })
      .add([{ frames: [{ fn: 'f', file: 'f.go', line: 1 }] }], [1])
      .build(),
  );

describe('a mistake is answered with what it is and what to do', () => {
  test.each<[string, string, () => void, string, string | undefined, number]>([
    // Where is it?
    [
      'no directory',
      'explain hash nowhere',
      asItIs,
      'there is no ~/nowhere',
      'perf-gate run makes it; name another directory',
      2,
    ],
    [
      'no report',
      'report perf-gate-out/head',
      asItIs,
      'there is no report.json in ~/perf-gate-out/head, and none in its directories',
      undefined,
      2,
    ],
    [
      'another directory',
      'explain hash other',
      () => mkdirSync(place('other')),
      '~/other is no run directory, and no measured side',
      DIRECTORIES,
      2,
    ],
    [
      'a file',
      'explain hash perf-gate.yml',
      asItIs,
      '~/perf-gate.yml is no run directory, and no measured side',
      DIRECTORIES,
      2,
    ],
    [
      'a run of the same code',
      'explain hash',
      () => {
        for (const side of ['base', 'head']) rmSync(run(side), { recursive: true });
      },
      'nothing was measured in the run of ~/perf-gate-out',
      'both sides may have been the same code: perf-gate report perf-gate-out tells what it found',
      2,
    ],
    [
      'half a run',
      'explain hash',
      () => rmSync(run('base'), { recursive: true }),
      '~/perf-gate-out holds the head only: it is not a whole run directory',
      'name the side itself, ~/perf-gate-out/head, or measure again',
      3,
    ],
    [
      'several runs',
      'explain hash .',
      asItIs,
      '~ holds several run directories',
      'name one of them: work/perf-gate-out',
      2,
    ],
    [
      'a run directory in place of a side',
      'compare perf-gate-out perf-gate-out',
      asItIs,
      'there is no ~/perf-gate-out/manifest.json: this is not a side that perf-gate measured, or not a whole one',
      SIDE,
      3,
    ],
    // Which of them?
    [
      'a part of several names',
      'explain main',
      asItIs,
      '"main" may be any of 4 functions\n  | main.list\n  | main.serve\n  | main.hash\n  | main.mix',
      "write more of the name: perf-gate explain 'main.list'",
      2,
    ],
    [
      'a name that is not there',
      'explain hsah',
      asItIs,
      'no function that ran is called "hsah"\n  | main.hash',
      'is it one of these? A function that the compiler inlined everywhere or that no request reached is not there',
      2,
    ],
    [
      'a name like none',
      'explain zzzzzz',
      asItIs,
      'no function that ran is called "zzzzzz"',
      'perf-gate top perf-gate-out/head/instructions.pb.gz lists those that ran',
      2,
    ],
    [
      'no function',
      'explain',
      asItIs,
      'this command takes FUNCTION and [DIR] besides its flags, and was given nothing',
      '--help shows how it is used',
      2,
    ],
    // Do they belong together?
    [
      'the same side twice',
      'compare perf-gate-out/head perf-gate-out/head/.',
      asItIs,
      'BASE and HEAD are the same directory: ~/perf-gate-out/head',
      TWO_SIDES,
      2,
    ],
    [
      'the same side by a link',
      'compare perf-gate-out/head link',
      () => symlinkSync(run('head'), place('link')),
      'BASE and HEAD are the same directory: ~/perf-gate-out/head',
      TWO_SIDES,
      2,
    ],
    [
      'sides swapped',
      'compare perf-gate-out/head perf-gate-out/base',
      asItIs,
      'the sides are swapped: BASE was measured as the head of this run, HEAD as its base',
      TWO_SIDES,
      2,
    ],
    [
      'sides of two services',
      COMPARE,
      () =>
        tamper((m) => {
          m.service = 'stock\u001b[31m';
        }),
      'the sides are of different services: BASE is of orders, HEAD of stock',
      'only sides of the same service can be compared',
      2,
    ],
    // Is it what it was?
    [
      'a later manifest',
      COMPARE,
      () =>
        tamper((m) => {
          m.schema = 7;
        }),
      '~/perf-gate-out/head/manifest.json is of version 7, this perf-gate reads version 3',
      'measure again with this perf-gate, or read it with the one that wrote it',
      3,
    ],
    [
      'a manifest of something else',
      COMPARE,
      () => writeFileSync(run('head/manifest.json'), '{"name":"app"}'),
      '~/perf-gate-out/head/manifest.json is no manifest of perf-gate: it does not say its version',
      SIDE,
      3,
    ],
    [
      'a list without end in it',
      COMPARE,
      () => writeFileSync(run('head/manifest.json'), '['.repeat(1e6)),
      '~/perf-gate-out/head/manifest.json is not JSON',
      AGAIN,
      3,
    ],
    [
      'a deep list',
      COMPARE,
      () => writeFileSync(run('head/manifest.json'), `{"schema":3,"tool":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
      "~/perf-gate-out/head/manifest.json is damaged: it must have required property 'side'",
      AGAIN,
      3,
    ],
    [
      'text for a number',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.instructions.requests = '10';
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/instructions/requests must be number',
      AGAIN,
      3,
    ],
    [
      'a negative cost',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.allocs.replicates[0].objects = -4;
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/allocs/replicates/0/objects must be >= 0',
      AGAIN,
      3,
    ],
    [
      'a number without measure',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.instructions.replicates[0].mutator = 1e308;
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/instructions/replicates/0/mutator must be <= 9007199254740991',
      AGAIN,
      3,
    ],
    [
      'no requests',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.instructions.requests = 0;
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/instructions/requests must be >= 1',
      AGAIN,
      3,
    ],
    [
      'no replicates',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.allocs.replicates = [];
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/allocs/replicates must NOT have fewer than 1 items',
      AGAIN,
      3,
    ],
    [
      'replicates without end',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.allocs.replicates = Array(900).fill(m.instruments.allocs.replicates[0]);
        }),
      '~/perf-gate-out/head/manifest.json is damaged: /instruments/allocs/replicates must NOT have more than 20 items',
      AGAIN,
      3,
    ],
    [
      'an absolute name',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.allocs.replicates[0].profile = '/etc/passwd';
        }),
      '~/perf-gate-out/head/manifest.json names a file outside its directory: /etc/passwd',
      'perf-gate writes no such manifest: where does it come from?',
      3,
    ],
    [
      'a name that leads out',
      COMPARE,
      () =>
        tamper((m) => {
          m.instruments.allocs.replicates[0].profile = 'allocs/../../base/allocs.pb.gz';
        }),
      '~/perf-gate-out/head/manifest.json names a file outside its directory: allocs/../../base/allocs.pb.gz',
      'perf-gate writes no such manifest: where does it come from?',
      3,
    ],
    [
      'a link that leads out',
      COMPARE,
      () => {
        rmSync(run('head/allocs.pb.gz'));
        symlinkSync('/etc/passwd', run('head/allocs.pb.gz'));
      },
      '~/perf-gate-out/head/allocs.pb.gz is a link to a file outside its directory',
      'perf-gate writes no links: where does the directory come from?',
      3,
    ],
    [
      'a directory that is such a link',
      COMPARE,
      () => {
        renameSync(run('head/allocs'), place('elsewhere'));
        symlinkSync(place('elsewhere'), run('head/allocs'));
      },
      '~/perf-gate-out/head/allocs/replicate-1.pb.gz is a link to a file outside its directory',
      'perf-gate writes no links: where does the directory come from?',
      3,
    ],
    [
      'a device',
      COMPARE,
      () => {
        rmSync(run('head/allocs.pb.gz'));
        symlinkSync('/dev/zero', run('head/allocs.pb.gz'));
      },
      '~/perf-gate-out/head/allocs.pb.gz is not a file',
      AGAIN,
      3,
    ],
    [
      'a profile of gigabytes',
      COMPARE,
      () => truncateSync(run('head/paths.pb.gz'), 5e9),
      '~/perf-gate-out/head/paths.pb.gz is too large: 5000 MB where 255 MB are left',
      'perf-gate writes no such file: measure again',
      3,
    ],
    [
      'a manifest of gigabytes',
      COMPARE,
      () => truncateSync(run('head/manifest.json'), 5e9),
      '~/perf-gate-out/head/manifest.json is too large: 5000 MB where 10 MB are left',
      `perf-gate writes no such file: ${SIDE}`,
      3,
    ],
    [
      'a profile that inflates without end',
      COMPARE,
      () => writeFileSync(run('head/paths.pb.gz'), gzipSync(Buffer.alloc(3e8))),
      'head/paths.pb.gz: larger than 256 MB, not a profile',
      FETCH_AGAIN,
      3,
    ],
    [
      'a profile of another kind',
      COMPARE,
      () => writeFileSync(run('head/allocs.pb.gz'), cpuProfile()),
      "head/allocs.pb.gz: no values of type 'alloc_objects'; it has cpu/nanoseconds",
      FETCH_AGAIN,
      3,
    ],
    [
      'a profile that is cut off',
      'explain hash',
      () => halve(run('head/paths.pb.gz')),
      'head/paths.pb.gz: the file is cut off (its gzip stream does not end)',
      FETCH_AGAIN,
      3,
    ],
    [
      'a page in its place',
      'explain hash perf-gate-out/head',
      () => writeFileSync(run('head/paths.pb.gz'), '<html>Sign in'),
      'head/paths.pb.gz: this is HTML, not a profile\n  | <html>Sign in',
      FETCH_AGAIN,
      3,
    ],
    [
      'half a record of the commit',
      'explain hash',
      () => halve(run('changes.json')),
      '~/perf-gate-out/changes.json is not JSON',
      AGAIN,
      3,
    ],
    [
      'a record of gigabytes',
      COMPARE,
      () => truncateSync(run('changes.json'), 5e9),
      '~/perf-gate-out/changes.json is too large: 5000 MB where 50 MB are left',
      'perf-gate writes no such file: measure again',
      3,
    ],
    [
      'half a report',
      'report',
      () => halve(run('report.json')),
      'the report is no JSON',
      'make it again with perf-gate run',
      2,
    ],
    [
      'a report of another version',
      'report',
      () => writeFileSync(run('report.json'), renderJson({ ...fail, schema: 2 as 1 })),
      'the report has schema version 2 (perf-gate 0.1.0), this perf-gate reads version 1',
      'use the same version of perf-gate to write and to read it',
      2,
    ],
    [
      'a report with text for a number',
      'report',
      () => writeFileSync(run('report.json'), renderJson({ ...fail, durationMs: '1' as never })),
      'the report is damaged: /durationMs must be number',
      'make it again with perf-gate run',
      2,
    ],
    [
      'a report that is a link',
      'report',
      () => {
        rmSync(run('report.json'));
        symlinkSync('/etc/passwd', run('report.json'));
      },
      '~/perf-gate-out/report.json is not a file',
      undefined,
      2,
    ],
    [
      'a report of gigabytes',
      'report',
      () => truncateSync(run('report.json'), 5e9),
      'with ~/perf-gate-out/report.json it would be more than 50 reports, or more than 20 MB of them',
      undefined,
      2,
    ],
  ])('%s', async (_, line, make, message, hint, exitCode) => {
    make();
    const { code, out, said } = await perfGateHere(line);
    const [answer, remedy] = said.split('\n  -> ');
    // What Node says of bad JSON differs from version to version.
    const told = message.includes('\n') ? answer! : answer!.replace(/\n {2}\| .*/gs, '');
    expect(told.trimEnd()).toBe(`perf-gate: ${message}`);
    if (hint !== undefined) expect(remedy).toBe(`${hint}\n`);
    expect({ code, out }).toEqual({ code: exitCode, out: '' });
  });
});

test('figures that no measurement gives are judged without a stack trace', async () => {
  tamper((m) => {
    for (const replicate of m.instruments.instructions.replicates) replicate.mutator = Number.MAX_SAFE_INTEGER;
    m.version = '\u001b[31m';
  });
  const { code, out, said } = await perfGateHere(COMPARE);
  expect({ code, said }).toEqual({ code: 1, said: '' });
  expect(out).not.toContain('\u001b');
  expect(out).not.toMatch(/NaN|undefined/);
});

test('the schemas themselves are well-formed', () => {
  const ajv = new Ajv2020({ strict: true });
  for (const schema of [manifestSchema, changeRecordSchema, rulesRecordSchema])
    expect(ajv.validateSchema(schema)).toBe(true);
  expect(existsSync(run('head/manifest.json'))).toBe(true);
});
