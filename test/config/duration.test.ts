import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/base/errors.ts';
import { durationForNumber, parseDuration } from '../../src/config/duration.ts';

describe('parseDuration', () => {
  test.each([
    ['3m', 180_000],
    ['90s', 90_000],
    ['1m30s', 90_000],
    ['1m 30s', 90_000],
    ['500ms', 500],
    ['1.5s', 1500],
    ['24h', 86_400_000],
    ['1h1m1s1ms', 3_661_001],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    ['90', 'say the unit: write "90s"'],
    ['3 minutes', 'write a duration such as "30s" or "1m30s"'],
    ['30s1m', 'write a duration such as "30s" or "1m30s"'],
    ['-3m', 'write a duration such as "30s" or "1m30s"'],
    ['', 'write a duration such as "30s" or "1m30s"'],
    ['1e3s', 'write a duration such as "30s" or "1m30s"'],
    ['0s', 'write at least "1ms"'],
    ['0.4ms', 'write at least "1ms"'],
    ['24h1ms', 'write at most "24h"'],
  ])('%j is refused', (text, hint) => {
    expect(() => parseDuration(text)).toThrow(expect.objectContaining({ hint }));
  });

  test('hours, minutes, seconds and milliseconds add up', () => {
    const parts = fc.record({ h: fc.nat(20), m: fc.nat(100), s: fc.nat(1000), ms: fc.nat(5000) });
    fc.assert(
      fc.property(parts, ({ h, m, s, ms }) => {
        const total = ((h * 60 + m) * 60 + s) * 1000 + ms;
        fc.pre(total > 0);
        expect(parseDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(total);
        expect(parseDuration(`${total}ms`)).toBe(total);
      }),
    );
  });

  test('any text is a duration of a millisecond to a day, or an error for a person', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(\d{0,3}\.?\d{0,3} ?(h|m|s|ms)){0,4}$/)), (text) => {
        try {
          const ms = parseDuration(text);
          expect(Number.isInteger(ms) && ms >= 1 && ms <= 86_400_000).toBe(true);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
    );
  });
});

test('a number is most likely seconds', () => {
  expect(durationForNumber(30)).toBe('say the unit: write "30s"');
  expect(durationForNumber(-1)).toBe('write a duration such as "30s" or "1m30s"');
});
