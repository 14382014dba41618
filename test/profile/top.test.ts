import { afterAll, describe, expect, test } from '@jest/globals';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { tableOf } from '../../src/profile/table.ts';
import { renderTop } from '../../src/report/top.ts';
import { pprof, Scratch } from './real-go.ts';
import { T0 } from './t0.ts';

const scratch = new Scratch();
afterAll(() => scratch[Symbol.dispose]());

const table = (unit: string, ...samples: [stack: string, value: number][]) => {
  const builder = new ProfileBuilder({ sampleTypes: [{ type: 'figure', unit }] });
  for (const [stack, value] of samples)
    builder.add(
      stack.split(';').map((fn) => ({ frames: [{ fn, file: '', line: 1 }] })),
      [value],
    );
  return tableOf(builder.build(), { type: 'figure' });
};

describe('renderTop', () => {
  test('has the columns of pprof, in its order and with its shares', () => {
    const text = renderTop(tableOf(T0, { type: 'cpu' }), { sort: 'flat' });
    expect(text).toBe(`Type: cpu
Showing nodes accounting for 111.11ms, 10.00% of 1.11s total
        flat  flat%   sum%          cum   cum%
       100ms  9.00%  9.00%        100ms  9.00%  <unknown>
        10ms  0.90%  9.90%         10ms  0.90%  [libc.so.6]
         1ms  0.09%  9.99%          1ms  0.09%  [app]
       110us  0.01% 10.00%        110us  0.01%  dup
         1us <0.01% 10.00%       1.11us <0.01%  B
       100ns <0.01% 10.00%       1.10us <0.01%  C
         5ns <0.01% 10.00%       1.11ms  0.10%  A
`);
  });

  test('sorts by cum and keeps to the limit', () => {
    const text = renderTop(tableOf(T0, { type: 'cpu' }), { sort: 'cum', limit: 2 });
    expect(text).toContain('Showing top 2 nodes out of 7');
    expect(
      text
        .trim()
        .split('\n')
        .slice(-2)
        .map((line) => line.split('  ').at(-1)),
    ).toEqual(['<unknown>', '[libc.so.6]']);
  });

  test.each<[string, number, string]>([
    ['nanoseconds', 999, '999ns'],
    ['nanoseconds', 1_500, '1.50us'],
    ['nanoseconds', 2_000_000, '2ms'],
    ['nanoseconds', -61_234_000_000, '-61.23s'],
    ['bytes', 1023, '1023B'],
    ['bytes', 1536, '1.50kB'],
    ['bytes', 5 * 1024 ** 2, '5MB'],
    ['bytes', 3.25 * 1024 ** 3, '3.25GB'],
    ['count', 999, '999'],
    ['count', 1_234_567, '1 234 567'],
    ['count', -9_876, '-9 876'],
  ])('%s: %d is %p', (unit, value, shown) => {
    expect(
      renderTop(table(unit, ['f', value]), { sort: 'flat' })
        .split('\n')[3]!
        .slice(0, 12)
        .trim(),
    ).toBe(shown);
  });

  test('shows another unit on demand, an empty table, and names with control characters', () => {
    expect(renderTop(table('count', ['f', 2048]), { unit: 'bytes', sort: 'flat' })).toContain('2kB');
    expect(renderTop(table('count'), { sort: 'flat' })).toContain('accounting for 0, 0% of 0 total');
    expect(renderTop(table('count', ['recv\t[virtio]\x1b[31m', 1]), { sort: 'flat' })).toContain(
      '  recv [virtio] [31m\n',
    );
  });

  test('says what was left out', () => {
    const builder = new ProfileBuilder({ sampleTypes: [{ type: 'objects', unit: 'count' }] });
    builder.add([{ frames: [{ fn: 'main.perfGateServe', file: '', line: 1 }] }], [1_500]);
    const dropped = tableOf(builder.build(), { type: 'objects', drop: () => true });
    expect(renderTop(dropped, { sort: 'flat' })).toContain("Left out 1 500 of the measurement's own work");
  });

  test('its shares are those that pprof prints', () => {
    const shares = (text: string) =>
      [...text.matchAll(/^ *\S+ +([<\de.-]+)% +([<\de.-]+)% +\S+ +([<\de.-]+)% /gm)].map((row) =>
        row.slice(1).map((share) => (share === '<0.01' ? 0 : Number(share))),
      );
    const theirs = shares(
      pprof(['-top', '-trim=false', '-symbolize=none', scratch.file('t0.pb.gz', encodeProfile(T0))]),
    );
    const ours = shares(renderTop(tableOf(T0, { type: 'cpu' }), { sort: 'flat' }));
    expect(theirs).toHaveLength(7);
    expect(ours).toEqual(theirs.map((row) => row.map((share) => expect.closeTo(share, 2))));
  });
});
