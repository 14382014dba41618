import { describe, expect, test } from '@jest/globals';
import type { ChangedCode } from '../../src/compare/changed-code.ts';
import { compareSides } from '../../src/compare/compare.ts';
import type { Manifest, SideName } from '../../src/measure/manifest.ts';
import type { MeasuredSide } from '../../src/measure/measured-side.ts';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { mergeProfiles } from '../../src/profile/merge.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { changedIn, limits, side } from './sides.ts';

/** `main.serve;main.list:20 300x64`: in a window 300 objects of 64 bytes on this path, root first; counted in one process alone: `… bytes`. */
type Windows = readonly (readonly string[])[];

interface Load {
  readonly requests?: number;
  /** Of the requests of the scenario; undefined: a command sent them. */
  readonly weights?: readonly number[] | undefined;
}

const TYPES = ['alloc_objects', 'alloc_space'].map((type) => ({ type, unit: 'count' }));

function profileOf(window: readonly string[]): Profile {
  const builder = new ProfileBuilder({ sampleTypes: TYPES });
  for (const row of window) {
    const [, path = '', count, size, only] = /^(\S+) (\d+)x(\d+)(?: (objects|bytes))?$/.exec(row) ?? [];
    const stack = path
      .split(';')
      .reverse()
      .map((text) => {
        const [fn = '', line = '1'] = text.split(':');
        return { frames: [{ fn, file: `${fn.split('.')[0]}.go`, line: Number(line), startLine: 1 }] };
      });
    const [objects, bytes] = [Number(count), Number(count) * Number(size)];
    builder.add(
      stack,
      [only === 'bytes' ? 0 : objects, only === 'objects' ? 0 : bytes],
      [{ key: 'bytes', number: Number(size), unit: 'bytes' }],
    );
  }
  return builder.build();
}

function measured(name: SideName, windows: Windows, { requests = 300, weights = [1] }: Load): MeasuredSide {
  const { manifest } = side(name, {});
  const replicates = windows.map((window) => profileOf(window));
  const sum = (profile: Profile, column: number) =>
    profile.samples.values.filter((_, i) => i % 2 === column).reduce((a, b) => a + b, 0) / requests;
  const turns = 3;
  const told: Manifest = {
    ...manifest,
    answers: Object.fromEntries(
      weights.map((weight, i) => [
        `GET /${i}`,
        { count: turns * weight, statuses: [200], leastBytes: 10, mostBytes: 10 },
      ]),
    ),
    instruments: {
      allocs: {
        requests,
        replicates: replicates.map((profile) => ({
          profile: 'x',
          requests,
          objects: sum(profile, 0),
          bytes: sum(profile, 1),
          mallocs: sum(profile, 0),
          totalAlloc: sum(profile, 1),
        })),
      },
    },
  };
  return { manifest: told, allocs: { replicates, merged: mergeProfiles(replicates, 'all replicates') } };
}

const LIMITS = 'objects: { total: +1%, function: +5% }\nbytes: { total: +2%, function: +5% }';

function compared(base: Windows, head: Windows, load: Load = {}, changes: ChangedCode = changedIn('main.flush')) {
  const comparison = compareSides({
    base: measured('base', base, load),
    head: measured('head', head, load),
    changes,
    limits: limits(LIMITS),
    today: '2026-11-21',
  });
  const row = (wanted: string) => comparison.totals.find(({ name }) => name === wanted)!;
  const told = comparison.notes.filter(({ code }) => code === 'rare-allocations').map(({ text }) => text);
  return { ...comparison, objects: row('objects'), bytes: row('bytes'), told };
}

const LIST = 'main.serve;main.list:20 3000x64';
const FLUSH = 'main.serve;main.flush:12';
const BIG = 256 << 10;
const twice = (...window: readonly string[]): Windows => [window, window];

describe('a large buffer that is made once in 300 requests', () => {
  const outcome = compared(twice(LIST), twice(LIST, `${FLUSH} 1x${BIG}`));

  test('is not divided by them', () => {
    expect(outcome.verdict).toBe('pass');
    expect([outcome.objects.base, outcome.objects.head]).toEqual([10, 10]);
    expect([outcome.bytes.base, outcome.bytes.head]).toEqual([640, 640]);
    expect(outcome.bytes.uncertainty).toEqual({ kind: 'exact', noise: 0 });
    expect(outcome.causes).toEqual([]);
  });

  test('is told, with its amount and its place', () => {
    expect(outcome.told).toEqual([
      'too rare to be divided by the requests, so it is not judged: main.flush (main.go:12): 524 288 bytes in 2 objects over 600 requests of head, nothing in base',
    ]);
  });

  test('is known by its size where something small is allocated by the same line each time', () => {
    const usual = `${FLUSH} 300x16`;
    const { verdict, bytes } = compared(twice(LIST, usual), twice(LIST, usual, `${FLUSH} 1x${BIG}`));
    expect([verdict, bytes.base, bytes.head]).toEqual(['pass', 656, 656]);
  });

  test('is no saving either, that would pay for a rise', () => {
    const dearer = 'main.serve;main.list:20 3000x71';
    const { verdict, bytes } = compared(twice(LIST, `${FLUSH} 1x${BIG}`), twice(dearer));
    expect([bytes.base, bytes.head]).toEqual([640, 710]);
    expect(verdict).toBe('fail');
  });

  test('is the same in one window of two, and makes no noise', () => {
    const { verdict, bytes } = compared(twice(LIST), [[LIST], [LIST, `${FLUSH} 1x${BIG}`]]);
    expect([verdict, bytes.head, bytes.uncertainty]).toEqual(['pass', 640, { kind: 'exact', noise: 0 }]);
  });

  test('ran all the same: a rule that names its function guards something', () => {
    const named = compareSides({
      base: measured('base', twice(LIST), {}),
      head: measured('head', twice(LIST, `${FLUSH} 1x${BIG}`), {}),
      changes: changedIn('main.flush'),
      limits: limits(`${LIMITS}\nfunctions: [{ match: main.flush, bytes: +1% }]`),
      today: '2026-11-21',
    });
    expect(named.notes.map(({ code }) => code)).not.toContain('rule-matches-nothing');
  });

  test('on both sides is told of both, and what is small of none', () => {
    const both = compared(twice(LIST, `${FLUSH} 1x4096`), twice(LIST, `${FLUSH} 1x${BIG}`));
    expect(both.verdict).toBe('pass');
    expect(both.told[0]).toMatch(/524 288 bytes .* of head, 8 192 bytes in 2 objects over 600 requests of base/);
    expect(compared(twice(LIST), twice(LIST, `${FLUSH} 1x4096`)).told).toEqual([]);
  });

  test('counts its objects where objects are counted, and its bytes where bytes are', () => {
    const { verdict, objects, bytes } = compared(
      twice(LIST),
      twice(LIST, `${FLUSH} 1x${BIG} bytes`, 'main.serve;main.other:5 2x48 objects'),
    );
    expect([verdict, objects.head, bytes.head]).toEqual(['pass', 10, 640]);
  });

  test('in several functions is told of the largest, and the number of the others', () => {
    const places = [1, 2, 3, 4, 5, 6].map((i) => `main.serve;main.f${i} 1x${BIG * i}`);
    const { told } = compared(twice(LIST), twice(LIST, ...places, 'main.serve;main.small 1x64'));
    expect(told.map((text) => text.replace(/^.*not judged: /, ''))).toEqual([
      ...[6, 5, 4, 3].map((i) => expect.stringContaining(`main.f${i} (main.go:1): `)),
      'the same in 2 other functions',
    ]);
  });
});

describe('what is judged like any other cost', () => {
  const dearer = (count: number, load: Load = {}, before = count) =>
    compared(twice(LIST, `${FLUSH} ${before}x1000`), twice(LIST, `${FLUSH} ${count}x${BIG}`), load).verdict;

  test('what comes three times in each window', () => {
    expect([dearer(2), dearer(3)]).toEqual(['pass', 'fail']);
  });

  test('what comes once in each turn of the scenario, be that as long as the window', () => {
    expect(dearer(2, { requests: 300, weights: [149, 1] })).toBe('fail');
    expect(dearer(1, { requests: 300, weights: [149, 1] })).toBe('pass');
    expect(dearer(1, { requests: 300, weights: [298, 1, 1] })).toBe('fail');
  });

  test('what comes in more than 2 % of few requests', () => {
    expect([dearer(1, { requests: 50 }), dearer(2, { requests: 50 })]).toEqual(['pass', 'fail']);
  });

  test('what a command asked for: nobody knows which of its requests are alike', () => {
    expect(dearer(1, { weights: [] })).toBe('fail');
  });

  test('what is rare on one side and in every request on the other, in full', () => {
    const risen = compared(twice(LIST, `${FLUSH} 1x${BIG}`), twice(LIST, `${FLUSH} 300x${BIG}`));
    expect(risen.verdict).toBe('fail');
    expect([risen.objects.base, risen.objects.head]).toEqual([10 + 1 / 300, 11]);
    const fallen = compared(twice(LIST, `${FLUSH} 300x1000`), twice(LIST, `${FLUSH} 1x300000`));
    expect([fallen.bytes.base, fallen.bytes.head]).toEqual([1640, 1640]);
  });

  test('what is rare on one side only, and by a little: as often and as large on both it is no change', () => {
    const usual = 'main.serve;main.flush:10 300x16';
    const window = (count: number, line = 12) => [LIST, usual, `main.serve;main.flush:${line} ${count}x${BIG}`];
    const sized = (sizes: readonly number[]) => [LIST, usual, ...sizes.map((more) => `${FLUSH} 1x${BIG + more}`)];
    for (const [base, head] of [
      [
        [window(3), window(2)],
        [window(3), window(3)],
      ],
      [
        [window(3, 11), window(2, 11)],
        [window(3), window(3)],
      ],
      [
        [sized([1, 2, 3]), sized([4, 5])],
        [sized([6, 7, 8]), sized([9, 10, 11])],
      ],
    ] as const) {
      const { bytes } = compared(base, head);
      expect(bytes.base).toBeGreaterThan(640 + (5 * BIG) / 600);
      expect(bytes.head).toBeGreaterThan(640 + (6 * BIG) / 600);
    }
  });

  test('what one place allocates in sizes or on paths of which each is rare', () => {
    const sizes = (from: number) => [1, 2, 3].map((i) => `${FLUSH} 1x${from + i}`);
    expect(compared(twice(LIST, ...sizes(1000)), twice(LIST, ...sizes(BIG))).verdict).toBe('fail');
    const paths = (size: number) =>
      ['', 'main.walk;', 'main.walk;main.walk;'].map((way) => `main.serve;${way}main.flush:12 1x${size}`);
    expect(compared(twice(LIST, ...paths(1000)), twice(LIST, ...paths(BIG))).verdict).toBe('fail');
  });
});
