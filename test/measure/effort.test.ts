import { expect, test } from '@jest/globals';
import { raisedEffort } from '../../src/measure/effort.ts';

const USUAL = { replicates: 2, requests: 300 };
const TOOK = { replicatesMs: 10_000, requestsMs: 4000, bytesPerRequest: 5000 };
const raised = (
  sides: readonly (readonly number[])[],
  {
    effort = USUAL,
    leftMs = 120_000,
    took = TOOK,
  }: { effort?: typeof USUAL; leftMs?: number; took?: typeof TOOK } = {},
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

const RANDOM = [
  [1000, 1200],
  [1100, 900],
];

test('the more random, the more requests, up to 64 times as many', () => {
  const leftMs = 100 * 120_000;
  const little = [
    [1000, 1030],
    [1010, 980],
  ];
  expect(raised(little, { leftMs })).toEqual({ replicates: 4, requests: 4200 });
  expect(raised(RANDOM, { leftMs })).toEqual({ replicates: 4, requests: 64 * 300 });
});

test('no more than the memory has room for, of which none is freed on the way', () => {
  const leftMs = 100 * 120_000;
  const took = { ...TOOK, bytesPerRequest: 2 ** 20 };
  expect(raised(RANDOM, { leftMs, took })).toEqual({ replicates: 4, requests: 1200 });
  expect(raised(RANDOM, { leftMs, took: { ...TOOK, bytesPerRequest: 2 ** 30 } })?.requests).toBe(300);
});

test('more are counted only where there is time for it', () => {
  expect(raised(RANDOM)).toEqual({ replicates: 4, requests: 4200 });
  expect(raised(RANDOM, { leftMs: 6000 })).toBeUndefined();
});

test('where processes take so long to start that four have no time for their requests, fewer count more', () => {
  const took = { ...TOOK, replicatesMs: 64_000 };
  expect(raised(RANDOM, { took })).toEqual({ replicates: 2, requests: 4500 });
  expect(raised(RANDOM, { took, leftMs: 240_000 })).toEqual({ replicates: 3, requests: 7500 });
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
