import { expect, test } from '@jest/globals';
import { noiseOf } from '../../src/compare/noise.ts';

test('one replicate knows nothing of its noise, two know their difference', () => {
  expect(noiseOf([100])).toBe(0);
  expect(noiseOf([100, 97])).toBe(3);
});

test('of more it is twice the standard error of the difference of two such means', () => {
  // Python: 2 * math.sqrt(2 * statistics.variance([100, 102, 98, 104]) / 4)
  expect(noiseOf([100, 102, 98, 104])).toBeCloseTo(3.651484, 6);
  expect(noiseOf([100, 100, 100, 100])).toBe(0);
});
