import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  formatAmount,
  formatCount,
  formatDuration,
  formatLimit,
  formatNs,
  formatPercent,
  formatRise,
  formatShare,
  formatSpread,
} from '../../src/base/units.ts';

describe('counts', () => {
  test.each([
    [0, '0'],
    [-0, '0'],
    [603_241.4, '603 241'],
    [1000, '1 000'],
    [9e14, '900 000 000 000 000'],
    [1.5e300, '1.50e+300'],
    [999.95, '1 000'],
    [999.94, '999.9'],
    [469.8, '469.8'],
    [2.02, '2.0'],
    [40, '40'],
    [0.1 + 0.2 + 39.7, '40'],
    [0.9996, '1.0'],
    [0.98765, '0.988'],
    [0.0123456, '0.0123'],
    [0.5, '0.5'],
    [1.5e-6, '0.0000015'],
    [1e-9, '0'],
    [-1e-9, '0'],
    [-1234, '-1 234'],
    [Number.NaN, 'n/a'],
    [Number.POSITIVE_INFINITY, 'n/a'],
  ])('%p is %p', (value, text) => expect(formatCount(value)).toBe(text));
});

describe('times', () => {
  test.each([
    [0, '0 ns'],
    [0.4321, '0.43 ns'],
    [12, '12.0 ns'],
    [999.4, '999 ns'],
    [999.6, '1.00 µs'],
    [61_200, '61.2 µs'],
    [66_000, '66.0 µs'],
    [6_120_000, '6.12 ms'],
    [1.5e12, '1 500 s'],
    [-4380, '-4.38 µs'],
  ])('%p ns is %p', (value, text) => expect(formatNs(value)).toBe(text));

  test('with fewer digits', () => {
    expect(formatNs(4380, 2)).toBe('4.4 µs');
    expect(formatNs(432, 2)).toBe('430 ns');
  });
});

describe('percent', () => {
  test.each([
    [0.0743, '+7.4 %'],
    [-0.0743, '-7.4 %'],
    [0.00049, '+0.05 %'],
    [-0.0004, '-0.04 %'],
    [0.001, '+0.1 %'],
    [0, '+0.0 %'],
    [-0, '+0.0 %'],
    [-0.00001, '+0.0 %'],
    [2.4, '+240.0 %'],
    [123.456, '+12 346 %'],
    [-12, '-1 200 %'],
    [Number.NaN, 'n/a'],
  ])('%p is %p', (ratio, text) => expect(formatPercent(ratio)).toBe(text));

  test('limits as people write them', () => {
    expect([0.02, 0.005, 0.07, 0, 1.5].map(formatLimit)).toEqual(['+2 %', '+0.5 %', '+7 %', '+0 %', '+150 %']);
  });

  test('shares', () => {
    expect([0.9615, 0.0961, 0.12, 0.0995, 0.0004, 0].map(formatShare)).toEqual([
      '96 %',
      '9.6 %',
      '12 %',
      '10 %',
      'under 0.1 %',
      '0 %',
    ]);
  });

  test('spreads, none where it is zero in the digits shown', () => {
    expect([formatSpread(0.023), formatSpread(0.0002), formatSpread(0.0002, 1)]).toEqual(['±2.3', '±0.02', undefined]);
  });
});

test.each([
  [0, '0 ms'],
  [850.4, '850 ms'],
  [999.6, '1 s'],
  [8230, '8 s'],
  [59_600, '1 m'],
  [72_300, '1 m 12 s'],
  [3_599_600, '1 h'],
  [7_500_000, '2 h 5 m'],
  [-1, 'n/a'],
])('%p ms is %p', (ms, text) => expect(formatDuration(ms)).toBe(text));

test('a rise has its sign', () => {
  expect([
    formatRise(43_120, 'count'),
    formatRise(-5, 'bytes'),
    formatRise(0, 'count'),
    formatRise(4380, 'ns'),
  ]).toEqual(['+43 120', '-5', '+0', '+4.38 µs']);
});

test('any number can be written, on one line, in at most 25 characters, without a negative zero', () => {
  const number = fc.oneof(fc.double(), fc.double({ min: -1000, max: 1000 }));
  fc.assert(
    fc.property(number, fc.constantFrom('count' as const, 'bytes' as const, 'ns' as const), (value, unit) => {
      for (const text of [
        formatAmount(value, unit),
        formatRise(value, unit),
        formatPercent(value),
        formatShare(value),
      ]) {
        expect(text).toMatch(/^(n\/a|(under )?[-+]?(\d{1,3}( \d{3})*(\.\d+)?|\d\.\d\de\+\d+)( (ns|µs|ms|s|%))?)$/);
        expect(text.length).toBeLessThanOrEqual(25);
        expect(text).not.toMatch(/^-0(\.0*)?( |$)/);
      }
    }),
  );
});
