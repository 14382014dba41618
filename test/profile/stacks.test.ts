import { describe, expect, test } from '@jest/globals';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { type Frame, stacksOf } from '../../src/profile/stacks.ts';
import { T0 } from './t0.ts';

/** `leaf:line;caller:line value`, the way flame graphs are written, but leaf first. */
const shown = (
  profile: Profile,
  type: string,
  name = ({ name, line }: Frame) => (line > 0 ? `${name}:${line}` : name),
) => stacksOf(profile, type, name).map(({ frames, value }) => `${frames.join(';')} ${value}`);

const at = (...lines: [fn: string, line: number][]) => ({
  frames: lines.map(([fn, line]) => ({ fn, file: 'a.go', line })),
});
const builder = () => new ProfileBuilder({ sampleTypes: [{ type: 'objects', unit: 'count' }] });

describe('stacksOf', () => {
  test('T0: inlined functions are frames of their own, leaf first; nameless ones by mapping', () => {
    expect(shown(T0, 'cpu')).toEqual([
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

  test('a sample without a value is none', () => {
    const profile = builder()
      .add([at(['f', 1]), at(['main', 9])], [2])
      .add([at(['g', 1])], [0])
      .build();
    expect(shown(profile, 'objects')).toEqual(['f:1;main:9 2']);
  });

  test('the address belongs to the innermost function: nobody calls what is inlined', () => {
    const profile = builder()
      .add(
        [
          { address: 7, ...at(['f', 1]) },
          { address: 9, ...at(['g', 2], ['main', 9]) },
        ],
        [2],
      )
      .build();
    expect(shown(profile, 'objects', ({ name, address }) => `${name}@${address}`)).toEqual([
      'f@7;g@9;main@undefined 2',
    ]);
  });

  test('one place in the code is the same object wherever it comes', () => {
    const place = { address: 9, ...at(['main', 9]) };
    const profile = builder()
      .add([at(['f', 1]), place], [2])
      .add([at(['g', 1]), place], [3])
      .build();
    const [first, second] = stacksOf(profile, 'objects', (frame) => frame);
    expect(first!.frames[1]).toBe(second!.frames[1]);
  });
});
