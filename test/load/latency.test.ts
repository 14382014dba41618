import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LatencyHistogram } from '../../src/load/latency.ts';

test('nothing recorded is no latency, not zero', () => {
  expect(new LatencyHistogram().summary()).toBeUndefined();
});

test('quantiles are right to 1 %, mean and maximum to the digit', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.002, max: 60_000, noNaN: true }), { minLength: 1 }), (ms) => {
      const histogram = new LatencyHistogram();
      for (const value of ms) histogram.record(value);
      const sorted = ms.toSorted((a, b) => a - b);
      const summary = histogram.summary()!;
      for (const [key, q] of [
        ['p50', 0.5],
        ['p90', 0.9],
        ['p99', 0.99],
      ] as const) {
        const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
        expect(Math.abs(summary[key] / exact - 1)).toBeLessThan(0.01);
      }
      expect(summary.max).toBe(sorted.at(-1));
      expect(summary.mean).toBeCloseTo(ms.reduce((a, b) => a + b, 0) / ms.length, 6);
    }),
  );
});

test('whatever is recorded finds a bucket', () => {
  const histogram = new LatencyHistogram();
  for (const ms of [0, 1e-9, 1e12]) histogram.record(ms);
  expect(histogram.summary()!.max).toBe(1e12);
});
