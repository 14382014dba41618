import { describe, expect, test } from '@jest/globals';
import { inspector } from '../../src/compare/inspect.ts';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { changedIn, limits, type SideText, side } from './sides.ts';

const LIMITS = 'instructions: { total: +2%, function: +5% }\nobjects: { total: +1%, function: +5% }';

function inspect(base: SideText | undefined, head: SideText | undefined, name: string, changed = ['main.hash']) {
  const asked = inspector({
    base: base && side('base', base),
    head: head && side('head', head),
    changes: base && head && changedIn(...changed),
    limits: limits(LIMITS),
    today: '2026-11-21',
  });
  return asked.inspect(asked.functions.find(({ key }) => key === name)!);
}

/** main.hash calls main.mix, and is called by two functions, of which one calls itself. */
const service = (mix: number, own = 100): SideText => ({
  instructions: [
    'main.serve;main.list:20 9000',
    `main.serve;main.list:22;main.hash:37 ${own}`,
    `main.serve;main.list:22;main.hash:38;main.mix:50 ${mix}`,
    'main.serve;main.walk:60;main.walk:60;main.hash:37 40',
    'main.serve;main.walk:61 10',
  ],
  objects: ['main.serve;main.list:22;main.hash:38 4', 'main.serve;main.list:22;main.hash:38;main.grow:70 2'],
});

describe('a function that head changed', () => {
  const hash = inspect(service(300), service(360, 110), 'main.hash');

  test('has its costs, with and without what it calls', () => {
    expect(Object.fromEntries(hash.metrics.map(({ name, base, head }) => [name, [base, head]]))).toEqual({
      instructions: [440, 510],
      'own instructions': [140, 150],
      calls: [1, 1],
      'instructions a call': [440, 510],
      objects: [6, 6],
      'own objects': [4, 4],
      bytes: [384, 384],
      'own bytes': [256, 256],
    });
    expect(hash.change).toEqual({ changedBy: 'source', module: undefined, isChanged: true });
    expect(hash.place).toEqual({ file: 'main.go', line: 1 });
  });

  test('has callers and callees whose shares are its whole cost', () => {
    expect(hash.sharedMetric).toBe('instructions');
    expect(hash.callers).toMatchObject([
      { function: 'main.list', base: 400, head: 470, share: 470 / 510 },
      { function: 'main.walk', base: 40, head: 40, share: 40 / 510 },
    ]);
    expect(hash.callees).toMatchObject([
      { function: 'main.mix', base: 300, head: 360 },
      { function: undefined, base: 140, head: 150 },
    ]);
  });

  test('has its lines, and where it allocates', () => {
    expect(hash.lines).toEqual([
      {
        file: 'main.go',
        line: 37,
        in: 'head',
        change: 'same',
        ran: { base: 100, head: 110 },
        cost: { base: 140, head: 150 },
      },
      {
        file: 'main.go',
        line: 38,
        in: 'head',
        change: 'same',
        ran: { base: undefined, head: undefined },
        cost: { base: 300, head: 360 },
      },
    ]);
    expect(hash.allocations).toEqual([
      {
        file: 'main.go',
        line: 38,
        isGone: false,
        through: undefined,
        objects: { base: 4, head: 4 },
        bytes: { base: 256, head: 256 },
      },
      {
        file: 'main.go',
        line: 38,
        isGone: false,
        through: 'main.grow',
        objects: { base: 2, head: 2 },
        bytes: { base: 128, head: 128 },
      },
    ]);
  });

  test('is judged as the comparison judged it', () => {
    expect(hash.judged).toMatchObject([
      { metric: 'instructions', base: 440, head: 510, netRise: 70, status: 'over', isBelowFloor: false },
      { metric: 'objects', status: 'within' },
      { metric: 'bytes', status: 'within' },
    ]);
  });

  test('is below the floor where its rise is too small to matter', () => {
    const small = inspect(service(20, 20), service(23, 23), 'main.hash');
    expect(small.judged?.[0]).toMatchObject({ status: 'within', isBelowFloor: true });
  });
});

describe('a function that head left alone', () => {
  test('says who answers for its instructions', () => {
    const mix = inspect(service(300), service(360), 'main.mix');
    expect(mix.judged).toEqual([]);
    expect(mix.charges).toEqual([{ function: 'main.hash', base: 300, head: 360 }]);
    expect(inspect(service(300), service(360), 'main.list').charges).toEqual([
      { function: undefined, base: 9000, head: 9000 },
    ]);
  });

  test('that calls itself has the callers of its first call and the callees of its last', () => {
    const walk = inspect(service(300), service(300), 'main.walk');
    expect(walk.callers).toMatchObject([{ function: 'main.serve', head: 50 }]);
    expect(walk.callees).toMatchObject([
      { function: 'main.hash', head: 40 },
      { function: undefined, head: 10 },
    ]);
  });
});

describe('calls are counted at the instruction that makes them', () => {
  const called = (times: number, entered: number) => {
    const measured = side('head', { instructions: ['main.serve;main.list:22;main.hash:37 100'] });
    const { instructions } = measured;
    const at = (address: number, line: number) => ({ address, frames: [{ fn: 'main.list', file: 'main.go', line }] });
    const hash = { address: 9, frames: [{ fn: 'main.hash', file: 'main.go', line: 37 }] };
    const paths = new ProfileBuilder({ sampleTypes: [{ type: 'instructions', unit: 'count' }] })
      .add([hash, at(100, 22)], [600])
      .add([hash, at(104, 23)], [400])
      .build();
    const merged = new ProfileBuilder({
      sampleTypes: ['calls', 'instructions'].map((type) => ({ type, unit: 'count' })),
    })
      .add([hash], [0, 2000])
      .add([at(100, 22)], [0, times * 20])
      .add([at(104, 23)], [0, 20])
      .add([{ address: 8, frames: hash.frames }], [entered * 20, 0])
      .build();
    const asked = inspector({
      base: undefined,
      head: { ...measured, instructions: { ...instructions!, paths, merged } },
      changes: undefined,
      limits: undefined,
      today: '2026-11-21',
    });
    return asked.inspect(asked.functions.find(({ key }) => key === 'main.hash')!).callers;
  };

  test('of both places together', () =>
    expect(called(6, 7)).toMatchObject([{ function: 'main.list', calls: { base: undefined, head: 7 } }]));

  test('and are never more than the function was entered, as one place may call several', () =>
    expect(called(6, 2)).toMatchObject([{ calls: { head: 2 } }]));
});

test('a single side has figures, and nothing to be judged by', () => {
  const hash = inspect(undefined, { objects: service(300).objects! }, 'main.hash');
  expect(hash).toMatchObject({ base: undefined, change: undefined, judged: undefined, sharedMetric: 'objects' });
  expect(hash.metrics.map(({ name, base, head }) => [name, base, head])).toEqual([
    ['objects', undefined, 6],
    ['own objects', undefined, 4],
    ['bytes', undefined, 384],
    ['own bytes', undefined, 256],
  ]);
  expect(hash.lines).toMatchObject([{ line: 38, ran: { head: undefined }, cost: { base: undefined, head: 6 } }]);
});
