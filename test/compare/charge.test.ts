import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { charge } from '../../src/compare/charge.ts';
import { changed, stacks } from './stacks.ts';

const EXACT = { charged: 0, unchanged: 0 };

/** Net rises of the changed functions, rounded; those of 0 or less are left out. */
function netRises(base: readonly string[], head: readonly string[], names: readonly string[]) {
  const charges = charge(stacks(...base), stacks(...head), changed(...names), EXACT);
  return Object.fromEntries(
    [...charges.changed.values()].filter(({ netRise }) => netRise > 0).map(({ key, netRise }) => [key, netRise]),
  );
}

describe('a function that became dearer', () => {
  test('is charged for what library functions do for it', () => {
    const rises = netRises(
      ['serve;list;hash;sha256 80', 'serve;list 20'],
      ['serve;list;hash;sha256 88', 'serve;list 20'],
      ['hash'],
    );
    expect(rises).toEqual({ hash: 8 });
  });

  test('has a caller that calls itself as one consequence, however deep it went', () => {
    const { changed: functions } = charge(
      stacks('serve;walk;walk;list;walk;hash 80'),
      stacks('serve;walk;list;walk;walk;hash 88'),
      changed('hash'),
      EXACT,
    );
    expect(functions.get('hash')).toMatchObject({ netRise: 8, consequences: ['list', 'walk', 'serve'] });
  });

  test('has its callers as consequences, the nearest first', () => {
    const { changed: functions } = charge(
      stacks('serve;list;hash;sha256 80', 'serve;list 20', 'serve;route 5'),
      stacks('serve;list;hash;sha256 88', 'serve;list 20', 'serve;route 5'),
      changed('hash'),
      EXACT,
    );
    expect(functions.get('hash')?.consequences).toEqual(['list', 'serve']);
  });

  test('has the callers as consequences that each of several ways to it leads through', () => {
    // As callgrind tells of the goroutines of one and the same function: some from their beginning, others without it.
    const { changed: functions } = charge(
      stacks('work;hash 50', 'go;work;hash 12', 'exit;go;work;hash 2', 'hash 1', 'go;work 5'),
      stacks('work;hash 57', 'go;work;hash 20', 'exit;go;work;hash 5', 'hash 2', 'go;work 5'),
      changed('hash'),
      EXACT,
    );
    expect(functions.get('hash')).toMatchObject({ netRise: 19, consequences: ['work', 'go'] });
    const { changed: byChance } = charge(
      stacks('work;hash 30', 'go;work;hash 50'),
      stacks('work;hash 60', 'go;work;hash 40'),
      changed('hash'),
      EXACT,
    );
    expect(byChance.get('hash')).toMatchObject({ netRise: 20, consequences: ['work'] });
  });

  test('keeps the blame from a changed caller that only passes on what it gets', () => {
    expect(
      netRises(['serve;list;hash 80', 'serve;list 20'], ['serve;list;hash 90', 'serve;list 20'], ['list', 'hash']),
    ).toEqual({ hash: 10 });
  });

  test('is named when it is new', () => {
    expect(netRises(['serve;list 20'], ['serve;list 20', 'serve;list;audit 7'], ['list', 'audit'])).toEqual({
      audit: 7,
    });
  });
});

describe('work that only moved', () => {
  test('from a function to its new name', () => {
    expect(netRises(['serve;list;hash 80'], ['serve;list;digest 80'], ['hash', 'digest', 'list'])).toEqual({});
  });

  test('from one function into two', () => {
    expect(
      netRises(['serve;list;hash 80'], ['serve;list;hash 50', 'serve;list;hash;rest 30'], ['hash', 'rest']),
    ).toEqual({});
  });

  test('from two functions into one', () => {
    expect(netRises(['serve;list;a 30', 'serve;list;b 50'], ['serve;list;a 80'], ['a', 'b', 'list'])).toEqual({});
  });

  test('between functions of different handlers under one root', () => {
    expect(netRises(['serve;list;a 30', 'serve;get;b 50'], ['serve;list;a 50', 'serve;get;b 30'], ['a', 'b'])).toEqual(
      {},
    );
  });

  test('to a goroutine of its own, within the noise of the total', () => {
    const base = stacks('serve;list;hash 80', 'serve;list 100');
    const head = stacks('worker;hash 80.5', 'serve;list 100');
    const { changed: functions } = charge(base, head, changed('list', 'hash'), { charged: 1, unchanged: 0 });
    expect(functions.get('hash')?.netRise).toBeLessThanOrEqual(1.5);
  });

  test('into a dearer part of a cheaper whole', () => {
    expect(
      netRises(
        ['serve;list;sort 100', 'serve;list;hash 20'],
        ['serve;list;sort 60', 'serve;list;hash 30'],
        ['sort', 'hash'],
      ),
    ).toEqual({});
  });

  test('is only what callers really saved', () => {
    expect(netRises(['serve;list;a 30', 'serve;list;b 50'], ['serve;list;a 85'], ['a', 'b'])).toEqual({ a: 5 });
  });
});

describe('recursion', () => {
  test('charges the nearest changed function and compares each caller once', () => {
    const base = ['serve;eval;visit;eval;visit;leaf 40', 'serve;eval;visit;leaf 10'];
    const head = ['serve;eval;visit;eval;visit;leaf 50', 'serve;eval;visit;leaf 10'];
    expect(netRises(base, head, ['visit'])).toEqual({ visit: 10 });
    expect(netRises(base, head, ['leaf', 'eval'])).toEqual({ leaf: 10 });
  });

  test('that became deeper without more work is nothing', () => {
    expect(netRises(['serve;eval;leaf 40'], ['serve;eval;eval;eval;leaf 40'], ['eval'])).toEqual({});
  });
});

describe('code that the commit did not change', () => {
  test('is kept apart by its lowest function', () => {
    const charges = charge(
      stacks('serve;json 10', 'serve;hash 5'),
      stacks('serve;json 12', 'serve;hash 5'),
      changed('hash'),
      EXACT,
    );
    expect(charges.unchanged.get('json')).toEqual({ base: 10, head: 12 });
    expect(charges.changed.get('hash')?.netRise).toBe(0);
  });
});

describe('code that was left alone beneath the same caller', () => {
  const rises = (beside: number) => {
    const base = stacks('serve;hash 100', 'serve;read 50');
    const head = stacks('serve;hash 110', `serve;read ${50 + beside}`);
    return charge(base, head, changed('hash'), { charged: 1, unchanged: 6 }).changed.get('hash')?.netRise;
  };

  test('hides no rise by its noise, and makes none larger', () => {
    expect(rises(-6)).toBe(10);
    expect(rises(6)).toBe(10);
  });

  test('of another goroutine saves nothing for its callers', () => {
    const base = stacks('serve;hash 100', 'sysmon;lock 500');
    const head = stacks('serve;hash 110', 'sysmon;lock 470');
    const { changed: functions } = charge(base, head, changed('hash'), { charged: 1, unchanged: 6 });
    expect(functions.get('hash')?.netRise).toBe(10);
  });

  test('may save more than noise', () => {
    expect(rises(-7)).toBe(3);
  });
});

describe('for any two profiles', () => {
  const path = fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 5 })
    .map((names) => names.join(';'));
  const profile = fc
    .array(fc.tuple(path, fc.integer({ min: 1, max: 50 })), { minLength: 1, maxLength: 12 })
    .map((rows) => rows.map(([p, v]) => `root;${p} ${v}`));

  test('charges and unchanged code add up to the total, and no net rise is more than the total rose', () => {
    fc.assert(
      fc.property(profile, profile, (base, head) => {
        const charges = charge(stacks(...base), stacks(...head), changed('a', 'c'), EXACT);
        const all = [...charges.changed.values(), ...charges.unchanged.values()];
        expect(all.reduce((sum, entry) => sum + entry.base, 0)).toBeCloseTo(charges.base, 6);
        expect(all.reduce((sum, entry) => sum + entry.head, 0)).toBeCloseTo(charges.head, 6);
        for (const { netRise, base: b, head: h } of charges.changed.values()) {
          expect(netRise).toBeLessThanOrEqual(Math.max(0, charges.head - charges.base) + 1e-9);
          expect(netRise).toBeLessThanOrEqual(h - b + 1e-9);
        }
      }),
    );
  });

  test('a profile against itself rises nowhere', () => {
    fc.assert(
      fc.property(profile, (lines) => {
        const { changed: functions } = charge(stacks(...lines), stacks(...lines), changed('a', 'b', 'c'), EXACT);
        for (const { netRise } of functions.values()) expect(netRise).toBeCloseTo(0, 9);
      }),
    );
  });
});
