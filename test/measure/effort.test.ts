import { expect, test } from '@jest/globals';
import { raisedEffort } from '../../src/measure/effort.ts';

const USUAL = { replicates: 2, requests: 300 };
const took = { replicatesMs: 10_000, requestsMs: 4000 };
const raised = (
  sides: readonly (readonly number[])[],
  { effort = USUAL, leftMs = 120_000 }: { effort?: typeof USUAL; leftMs?: number } = {},
) => raisedEffort(sides, { effort, took, leftMs }, 0.01, 300);

test('what repeats is counted as usual', () => {
  expect(
    raised([
      [1000, 1001],
      [1000, 1000.5],
    ]),
  ).toBeUndefined();
  expect(raised([[1000, 1001]])).toBeUndefined();
});

test('two processes that agree by chance are not believed where those of the other side do not', () => {
  expect(
    raised([
      [1000, 1000],
      [1000, 1010],
    ]),
  ).toEqual({ replicates: 4, requests: 300 });
});

test('the more random, the more requests, up to sixteen times as many', () => {
  expect(
    raised([
      [1000, 1030],
      [1010, 980],
    ])?.requests,
  ).toBe(2700);
  expect(
    raised(
      [
        [1000, 2000],
        [1500, 900],
      ],
      { leftMs: 300_000 },
    ),
  ).toEqual({ replicates: 4, requests: 4800 });
});

test('more are counted only where there is time for it', () => {
  expect(raised([[1000, 2000]], { leftMs: 40_000 })?.requests).toBe(1200);
  expect(raised([[1000, 2000]], { leftMs: 12_000 })).toBeUndefined();
});

test('what has been counted more often is believed, and counted once more only with more requests', () => {
  const effort = { replicates: 4, requests: 300 };
  expect(
    raised(
      [
        [1000, 1004, 998, 1003],
        [1000, 999, 1003, 1001],
      ],
      { effort },
    ),
  ).toBeUndefined();
  expect(
    raised(
      [
        [1000, 1040, 980, 1030],
        [1000, 970, 1030, 1010],
      ],
      { effort },
    )?.requests,
  ).toBeGreaterThan(300);
  expect(raised([[0, 0, 0, 0]], { effort })).toBeUndefined();
});
