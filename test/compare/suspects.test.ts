import { describe, expect, test } from '@jest/globals';
import { type ChangedEntry, MACHINE_CODE } from '../../src/compare/changed-code.ts';
import { compareSides } from '../../src/compare/compare.ts';
import { renderText } from '../../src/report/text.ts';
import { pass } from '../report/reports.ts';
import { changedIn, limits, type SideText, side } from './sides.ts';

const LIMITS = 'instructions: { total: +2%, function: +5% }\nobjects: { total: +1%, function: +5% }';

interface Commit {
  readonly changed?: readonly ChangedEntry[];
  readonly dataFiles?: readonly string[];
  readonly language?: readonly { readonly module: string; readonly base: string; readonly head: string }[];
}

function compared(base: SideText, head: SideText, { changed = [], dataFiles = [], language = [] }: Commit = {}) {
  const keys = changed.map(({ key }) => key);
  return compareSides({
    base: side('base', base),
    head: side('head', head),
    changes: {
      ...changedIn(...keys),
      isDeclared: (key) => key.startsWith('main.'),
      reasonFor: (key) => changed.find((one) => one.key === key)?.reason,
      changed,
      beside: { language, dataFiles },
    },
    limits: limits(LIMITS),
    today: '2026-11-21',
  });
}

const textOf = (outcome: ReturnType<typeof compared>) => renderText({ ...pass, ...outcome }).replaceAll(/\s+/g, ' ');

describe('a rise that no changed function on the path explains', () => {
  const scan = (cost: number) => ({
    instructions: ['main.serve:1 9000', `main.serve:2;main.inBin:9;database/sql.(*Rows).Next:3;sqlite.exec:1 ${cost}`],
  });
  const schema = { key: 'main.routes', reason: 'uses main.schema', place: { file: 'main.go', line: 55 } };

  test("names what ran before, what it uses, and the service's own code where it is paid", () => {
    const outcome = compared(scan(1000), scan(9000), {
      changed: [
        schema,
        { key: 'main.serve', reason: MACHINE_CODE },
        { key: 'main.init', reason: 'source' },
        // Of a standard library of another version.
        { key: 'sort.Sort', reason: 'source' },
        { key: 'sort.init', reason: 'source' },
        { key: 'main.load', reason: 'source', place: { file: 'load.go', line: 7 } },
        { key: 'x.org/y.F', reason: 'source', module: { path: 'x.org/y', base: 'v1.0.0', head: 'v1.1.0' } },
      ],
      dataFiles: ['settings.json'],
    });
    expect(outcome.verdict).toBe('fail');
    expect(outcome.causes).toEqual([]);
    expect(outcome.suspects).toEqual([
      { kind: 'declaration', name: 'main.schema', usedIn: ['main.routes'], file: 'main.go', line: 55, ran: false },
      { kind: 'function', name: 'main.init', ran: false },
      { kind: 'function', name: 'main.load', file: 'load.go', line: 7, ran: false },
      { kind: 'file', name: 'settings.json' },
      { kind: 'module', name: 'x.org/y', detail: 'v1.0.0 -> v1.1.0' },
    ]);
    expect(outcome.unchanged[0]?.within).toEqual([{ function: 'main.inBin', rise: 8000 }]);
    const text = textOf(outcome);
    for (const part of [
      'main.schema, used in main.routes (main.go:55): changed, and no request runs it',
      'settings.json: differs, and the service may read it',
      'instructions rose in and beneath main.inBin (+8 000)',
    ])
      expect(text).toContain(part);
  });

  test('is not asked for where the changed functions explain it', () => {
    const own = (cost: number) => ({ instructions: ['main.serve:1 9000', `main.serve:2;main.load:7 ${cost}`] });
    const changed = [{ key: 'main.load', reason: 'source' }, schema];
    const outcome = compared(own(1000), own(2000), { changed });
    expect(outcome.causes.map(({ function: name }) => name)).toEqual(['main.load']);
    expect(outcome.suspects).toBeUndefined();
  });

  test('may be another go line, with what that changes in words', () => {
    const godebug = (text: string) => ({ fingerprint: { DefaultGODEBUG: text } });
    const outcome = compared(
      { ...scan(1000), ...godebug('asynctimerchan=1,httpmuxgo121=1,tls3des=1') },
      { ...scan(2000), ...godebug('asynctimerchan=1,tls3des=0') },
      { language: [{ module: 'example.com/ids', base: '1.21', head: '1.22' }] },
    );
    expect(outcome.suspects).toEqual([
      {
        kind: 'build',
        name: 'go 1.21 -> 1.22 in go.mod',
        detail: expect.stringContaining('each iteration of a loop has variables of its own'),
      },
      { kind: 'build', name: 'defaults of GODEBUG: no longer httpmuxgo121=1; now tls3des=0' },
    ]);
    expect(outcome.notes[0]?.text).toBe(
      'the sides were not made alike: defaults of GODEBUG: no longer httpmuxgo121=1; now tls3des=0',
    );
  });
});

describe('code that is inlined into a function that was compiled to something else', () => {
  const changed = [{ key: 'main.list', reason: MACHINE_CODE }];
  const plan = (own: number, runtime: number, called: number) => ({
    instructions: [
      'main.serve:1 9000',
      `main.serve:1;main.plan:37<main.list:20 ${own}`,
      `main.serve:1;main.plan:37<main.list:20;runtime.mallocgc:1 ${runtime}`,
      `main.serve:1;strings.(*Builder).grow:5<main.plan:38<main.list:20 100`,
      `main.serve:1;main.plan:39<main.list:20;text/template.exec:1 ${called}`,
    ],
  });

  test('answers for itself, by the line of its own source', () => {
    for (const head of [plan(600, 300, 900), plan(300, 600, 900)]) {
      const outcome = compared(plan(300, 300, 900), head, { changed });
      expect(outcome.verdict).toBe('fail');
      expect(outcome.causes[0]).toMatchObject({ function: 'main.plan', line: 37, changedBy: MACHINE_CODE });
      expect(outcome.causes[0]?.effects[0]).toMatchObject({ base: 700, netRise: 300 });
    }
  });

  test('but not where it is inlined into a function of changed source, which answers for it', () => {
    const items = (cost: number) => ({
      instructions: ['main.serve:1 9000', `main.serve:1;main.mix:50<main.items:33<main.list:20 ${cost}`],
    });
    const both = [...changed, { key: 'main.items', reason: 'uses main.rounds' }];
    const { causes } = compared(items(300), items(600), { changed: both });
    expect(causes.map((cause) => [cause.function, cause.line])).toEqual([['main.items', 33]]);
  });

  test('and not for what it calls as before', () => {
    const { verdict, causes } = compared(plan(300, 300, 900), plan(300, 300, 1050), { changed });
    expect({ verdict, causes }).toEqual({ verdict: 'pass', causes: [] });
  });
});

describe('the garbage collector', () => {
  const REST = 'main.serve:1 10000';
  const one = (instructions: number, bytesBetween: number) => ({ oneCollection: { instructions, bytesBetween } });

  test('is said first where it made most of a rise, with what its cost is made of', () => {
    const outcome = compared(
      { instructions: [REST], collection: 1000, ...one(400_000, 4_000_000) },
      { instructions: ['main.serve:1 10100'], collection: 1800, ...one(900_000, 4_000_000) },
      { changed: [{ key: 'main.serve', reason: 'source' }] },
    );
    expect(outcome.collector).toMatchObject({ rise: 800, parts: [{ part: 'one collection' }, { part: 'distance' }] });
    expect(outcome.collector?.explains).toBeCloseTo(800 / 900, 9);
    const text = textOf(outcome);
    expect(text).toContain('why the garbage collector explains 89 % of the rise in instructions (+800 a request): one');
    expect(text).toContain('one collection costs 125 % more (400 000 -> 900 000 instructions');
    expect(text.indexOf('garbage collector')).toBeLessThan(text.indexOf('main.serve'));
  });

  test('is no reason where it did not rise, and needs no figures of its own', () => {
    const risen = { instructions: ['main.serve:1 11000'], collection: 1000 };
    expect(compared({ instructions: [REST], collection: 1000 }, risen).collector).toBeUndefined();
    const dearer = { instructions: [REST], collection: 1800 };
    expect(compared({ instructions: [REST], collection: 1000 }, dearer).collector).toEqual({
      rise: 800,
      explains: 1,
      parts: [],
    });
  });
});

describe('a new function around what was there', () => {
  /** All of the request, or a part that is within the limit of the function that holds it. */
  test.each([10_000, 400])('is said to be that, in place of what seems to have moved: %d', (cost) => {
    const rest = `main.serve:1;main.other:1 ${20_000 - cost}`;
    const inner = (root: string) => [`${root}main.list:2;encoding/json.Marshal:1 ${cost}`, rest];
    const outcome = compared(
      { instructions: inner('main.serve:1;') },
      { instructions: inner('main.serve:1;main.withMetrics:4;') },
      { changed: [{ key: 'main.withMetrics', reason: 'source' }] },
    );
    expect(outcome.verdict).toBe('pass');
    expect(outcome.moved).toEqual([
      { function: 'main.withMetrics', metric: 'instructions', rise: cost, netRise: 0, isAround: true },
    ]);
    const text = textOf(outcome);
    expect(text).toContain('a new function around code that was there');
    expect(text).not.toContain('of the total');
  });
});

describe('what could not be judged', () => {
  const sides = { objects: ['main.serve:1 10'] };
  const outcome = (required: readonly ('instructions' | 'io')[]) =>
    compareSides({
      base: side('base', sides),
      head: side('head', sides),
      changes: changedIn(),
      limits: limits(LIMITS),
      today: '2026-11-21',
      required,
    });

  test('stands beside the verdict', () => {
    const passed = outcome([]);
    expect(passed).toMatchObject({ verdict: 'pass', unjudged: ['instructions'] });
    expect(passed.owed).toBeUndefined();
    expect(textOf(passed)).toContain('perf-gate PASS (CPU not judged)');
  });

  test('leaves the verdict open where it is required', () => {
    const open = outcome(['instructions', 'io']);
    expect(open).toMatchObject({ verdict: 'inconclusive', owed: ['instructions'] });
    expect(textOf(open)).toContain('a machine where instructions can be measured');
  });
});
