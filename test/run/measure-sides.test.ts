import { expect, test } from '@jest/globals';
import type { Measured } from '../../src/measure/measure.ts';
import { replaced } from '../../src/run/measure-sides.ts';

const io = (readCalls: number) => ({
  io: { requests: 1, replicates: [{ readCalls, writeCalls: 0, readBytes: 0, writeBytes: 0 }] },
});
const allocs = (objects: number) => ({
  allocs: { requests: 1, replicates: [{ profile: 'x', requests: 1, objects, bytes: 0, mallocs: 0, totalAlloc: 0 }] },
});
const known: Measured = {
  results: { ...io(1), ...allocs(1) },
  missing: [{ instrument: 'instructions', reason: 'before' }],
};

test('what is measured again takes the place of what was known', () => {
  expect(replaced(known, ['allocs'], { results: allocs(2), missing: [] })).toEqual({
    results: { ...io(1), ...allocs(2) },
    missing: known.missing,
  });
});

test('what cannot be measured again is missing: nothing old is left of it', () => {
  const missing = [{ instrument: 'allocs' as const, reason: 'now' }];
  expect(replaced(known, ['allocs'], { results: {}, missing })).toEqual({
    results: io(1),
    missing: [...known.missing, ...missing],
  });
});

test('what was missing and is there now is not missing any more', () => {
  expect(replaced(known, ['instructions'], { results: {}, missing: [] }).missing).toEqual([]);
});
