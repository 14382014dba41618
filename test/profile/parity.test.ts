/** Function by function the same as `go tool pprof`, on profiles that Go wrote just now and on a large one that it ships. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeProfile } from '../../src/profile/decode.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { mergeProfiles, subtract } from '../../src/profile/merge.ts';
import { gateKey, ownerOf, packageOf } from '../../src/profile/names.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { stacksOf } from '../../src/profile/stacks.ts';
import { tableOf } from '../../src/profile/table.ts';
import { compilerProfile, type Figures, pprof, pprofTable, recordProfiles, Scratch } from './real-go.ts';

const scratch = new Scratch();
afterAll(() => scratch[Symbol.dispose]());

let base: ReturnType<typeof recordProfiles>;
let head: typeof base;
beforeAll(() => {
  base = recordProfiles(scratch, 'base', 2_000, 0);
  head = recordProfiles(scratch, 'head', 2_000, 1);
});

const read = (file: string) => decodeProfile(readFileSync(file), file);
const table = (profile: Profile, type: string): Figures =>
  new Map(tableOf(profile, { type }).rows.map(({ name, flat, cum }) => [name, { flat, cum }]));
/** Maps in one order, so that a difference is shown as one. */
const sorted = (figures: Figures) => Object.fromEntries([...figures].sort(([a], [b]) => (a < b ? -1 : 1)));

const CPU = [
  ['samples', 'count'],
  ['cpu', 'ns'],
] as const;
const ALLOCS = [
  ['alloc_objects', 'count'],
  ['alloc_space', 'B'],
  ['inuse_objects', 'count'],
  ['inuse_space', 'B'],
] as const;

describe('tables', () => {
  test.each(CPU)('of a CPU profile: %s', (type, unit) => {
    const ours = table(read(head.cpu), type);
    expect(ours.size).toBeGreaterThan(100);
    expect(sorted(ours)).toEqual(sorted(pprofTable(scratch, type, unit, [head.cpu])));
  });

  test.each(ALLOCS)('of an allocs profile: %s', (type, unit) => {
    expect(sorted(table(read(head.allocs), type))).toEqual(sorted(pprofTable(scratch, type, unit, [head.allocs])));
  });

  test.each(CPU)("of the Go compiler's own profile: %s", (type, unit) => {
    const ours = table(read(compilerProfile()), type);
    expect(ours.size).toBeGreaterThan(2_000);
    expect(sorted(ours)).toEqual(sorted(pprofTable(scratch, type, unit, [compilerProfile()])));
  });

  test.each(CPU)('of a base subtracted from those of a head are what -diff_base shows: %s', (type, unit) => {
    const diff: Figures = new Map(table(read(head.cpu), type));
    for (const [name, { flat, cum }] of table(read(base.cpu), type)) {
      const other = diff.get(name) ?? { flat: 0, cum: 0 };
      diff.set(name, { flat: other.flat - flat, cum: other.cum - cum });
    }
    for (const [name, { flat, cum }] of diff) if (flat === 0 && cum === 0) diff.delete(name);
    expect(sorted(diff)).toEqual(sorted(pprofTable(scratch, type, unit, [`-diff_base=${base.cpu}`, head.cpu])));
  });

  test('have the total that pprof prints', () => {
    const text = pprof(['-top', '-symbolize=none', '-trim=false', '-unit=ns', head.cpu]);
    expect(text).toContain(`of ${tableOf(read(head.cpu), { type: 'cpu' }).total}ns total`);
  });
});

describe('snapshots and merges', () => {
  test.each(ALLOCS)('subtract() is what -base shows: %s', (type, unit) => {
    const difference = subtract(read(head.allocs), read(head.allocsBefore));
    expect(sorted(table(difference, type))).toEqual(
      sorted(pprofTable(scratch, type, unit, [`-base=${head.allocsBefore}`, head.allocs])),
    );
  });

  test('subtract() of these snapshots is positive, finds what was done in between, and says how long it took', () => {
    const difference = subtract(read(head.allocs), read(head.allocsBefore));
    const [objects, space] = difference.negative;
    expect([objects, space]).toEqual([0, 0]);
    expect(difference.durationNanos).toBeGreaterThan(0);
    expect(table(difference, 'alloc_space').get('main.work')!.cum).toBeGreaterThan(1e8);
    expect(subtract(read(head.allocs), read(head.allocs)).samples.count).toBe(0);
  });

  test('mergeProfiles() is what pprof shows of several files', () => {
    const merged = mergeProfiles([read(base.cpu), read(head.cpu)], 'both');
    expect(sorted(table(merged, 'cpu'))).toEqual(sorted(pprofTable(scratch, 'cpu', 'ns', [base.cpu, head.cpu])));
    const file = scratch.file('merged.pb.gz', encodeProfile(merged));
    expect(sorted(table(read(file), 'cpu'))).toEqual(sorted(table(merged, 'cpu')));
    expect(sorted(pprofTable(scratch, 'cpu', 'ns', [file]))).toEqual(sorted(table(merged, 'cpu')));
    expect(merged.durationNanos).toBe(read(base.cpu).durationNanos + read(head.cpu).durationNanos);
  });

  test('what was decoded and encoded again is the same to pprof, diffs included', () => {
    const again = [base.cpu, head.cpu].map((file, i) => scratch.file(`again-${i}.pb.gz`, encodeProfile(read(file))));
    expect(sorted(pprofTable(scratch, 'cpu', 'ns', [`-diff_base=${again[0]}`, again[1]!]))).toEqual(
      sorted(pprofTable(scratch, 'cpu', 'ns', [`-diff_base=${base.cpu}`, head.cpu])),
    );
    for (const file of [base.cpu, head.allocs, compilerProfile()]) {
      const original = read(file);
      const { label: _, ...content } = decodeProfile(encodeProfile(original), 'again');
      expect({ ...content, label: original.label }).toEqual(original);
    }
  });
});

describe('what Go records', () => {
  test('header, labels and mappings of a CPU profile', () => {
    const profile = read(head.cpu);
    expect(profile).toMatchObject({
      sampleTypes: [
        { type: 'samples', unit: 'count' },
        { type: 'cpu', unit: 'nanoseconds' },
      ],
      periodType: { type: 'cpu', unit: 'nanoseconds' },
      period: 10_000_000,
    });
    expect(Math.abs(profile.timeNanos / 1e6 - Date.now())).toBeLessThan(600_000);
    expect(profile.mappings[0]!.file).toMatch(/profiles$/);
    expect(profile.samples.labelSets).toContainEqual([
      { key: 'kind', text: 'test' },
      { key: 'worker', text: '1' },
    ]);
  });

  test('rate, default type and object sizes of an allocs profile', () => {
    const profile = read(head.allocs);
    expect(profile.period).toBe(4096);
    expect(profile.defaultSampleType).toBe('alloc_space');
    const sizes = profile.samples.labelSets.flat().filter((label) => label.key === 'bytes');
    expect(sizes.length).toBeGreaterThan(10);
    expect(sizes.every((label) => 'number' in label && label.number > 0)).toBe(true);
  });

  test('stacks add up to the table', () => {
    const cum = new Map<string, number>();
    const flat = new Map<string, number>();
    for (const { frames, value } of stacksOf(read(head.cpu), 'cpu', ({ name }) => gateKey(name))) {
      for (const key of new Set(frames)) cum.set(key, (cum.get(key) ?? 0) + value);
      if (frames[0] !== undefined) flat.set(frames[0], (flat.get(frames[0]) ?? 0) + value);
    }
    const { rows } = tableOf(read(head.cpu), { type: 'cpu', key: gateKey });
    expect(Object.fromEntries(cum)).toEqual(Object.fromEntries(rows.map((row) => [row.name, row.cum])));
    expect(rows.every((row) => row.flat === (flat.get(row.name) ?? 0))).toBe(true);
  });

  test('names: gate keys of this program name the functions of its source', () => {
    const names = read(head.cpu).functions.map((fn) => fn.name);
    expect(names).toEqual(expect.arrayContaining(['main.main.func1', 'main.work', 'main.dearer']));
    expect(names.some((name) => /^main\.\(\*tree\[go\.shape\.string\]\)\.insert$/.test(name))).toBe(true);
    const owners = new Set(names.filter((name) => packageOf(name) === 'main').map((name) => ownerOf(name)));
    const declared = ['main', 'work', 'sum[...]', 'square[...]', 'visit', '(*shop).order', '(*shop).each', 'init'];
    const known = new Set(
      [...declared, '(*tree[...]).insert', 'dearer', 'snapshot', 'check'].map((name) => `main.${name}`),
    );
    expect([...owners].filter((owner) => !known.has(owner))).toEqual([]);
  });
});
