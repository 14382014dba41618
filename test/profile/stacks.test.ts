import { describe, expect, test } from '@jest/globals';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { gateKey } from '../../src/profile/names.ts';
import { type Stack, stacksOf } from '../../src/profile/stacks.ts';
import { T0 } from './t0.ts';

/** `leaf:line;caller:line value`, the way flame graphs are written, but leaf first. */
const shown = (stacks: readonly Stack[]) =>
  stacks.map(
    ({ frames, value }) =>
      `${frames.map(({ name, line }) => (line > 0 ? `${name}:${line}` : name)).join(';')} ${value}`,
  );

const at = (...lines: [fn: string, line: number][]) => ({
  frames: lines.map(([fn, line]) => ({ fn, file: 'a.go', line })),
});
const builder = () => new ProfileBuilder({ sampleTypes: [{ type: 'objects', unit: 'count' }] });

describe('stacksOf', () => {
  test('T0: inlined functions are frames of their own, leaf first; nameless ones by mapping', () => {
    expect(shown(stacksOf(T0, 'cpu'))).toEqual([
      'A:10;B:20;A:11;A:10 10',
      'C:30;B:21;A:12 100',
      'B:20;C:30;B:21;A:12 1000',
      'dup:1;A:10 10000',
      'dup:1;A:10 100000',
      '[app];A:10 1000000',
      '[libc.so.6] 10000000',
      '<unknown> 100000000',
      ' 1000000000',
      'A:10 -5',
    ]);
  });

  test('the same stack of several samples is one; what cancels is gone; addresses do not count', () => {
    const profile = builder()
      .add([{ address: 1, ...at(['f', 1]) }, at(['main', 9])], [2])
      .add([{ address: 7, ...at(['f', 1]) }, at(['main', 9])], [3])
      .add([at(['g', 1])], [4])
      .add([at(['g', 1])], [-4])
      .build();
    expect(shown(stacksOf(profile, 'objects'))).toEqual(['f:1;main:9 5']);
  });

  test('lines: false joins stacks that differ in lines only, key those of one group', () => {
    const profile = builder()
      .add([at(['m.F.func1', 1]), at(['m.F', 5])], [2])
      .add([at(['m.F.func2', 2]), at(['m.F', 6])], [3])
      .build();
    expect(shown(stacksOf(profile, 'objects', { key: gateKey }))).toHaveLength(2);
    expect(shown(stacksOf(profile, 'objects', { key: gateKey, lines: false }))).toEqual(['m.F.func*;m.F 5']);
  });

  test('drop leaves out whole samples, by recorded name', () => {
    const profile = builder()
      .add([at(['f', 1], ['main.perfGateServe', 2])], [2])
      .add([at(['f', 1])], [3])
      .build();
    const drop = (name: string) => name.startsWith('main.perfGate');
    expect(shown(stacksOf(profile, 'objects', { drop, key: () => 'x' }))).toEqual(['x:1 3']);
  });

  test('equal frames are the same object', () => {
    const [first, second] = stacksOf(T0, 'cpu').filter(
      ({ frames }) => frames.at(-1)?.name === 'A' && frames.at(-1)?.line === 12,
    );
    expect(first!.frames[0]).toBe(second!.frames[1]);
  });
});
