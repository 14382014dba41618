import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/base/errors.ts';
import { limitForNumber, parseLimit, parseShare } from '../../src/config/limit.ts';

function hintOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as UserError).hint;
  }
  throw new Error('no error');
}

describe('parseLimit', () => {
  test.each([
    ['+2%', 0.02],
    ['+0.5%', 0.005],
    ['+3 %', 0.03],
    ['+ 3%', 0.03],
    ['+0.7%', 0.007],
    ['+0%', 0],
    ['+150%', 1.5],
  ])('%s', (text, ratio) => {
    expect(parseLimit(text, 'perf-gate.yml:3')).toEqual({ ratio, text, at: 'perf-gate.yml:3' });
  });

  test.each([
    ['2%', 'write "+2%"'],
    ['2', 'write "+2%"'],
    ['+2', 'write "+2%"'],
    ['+0,5%', 'write "+0.5%"'],
    ['-5%', 'a limit is the rise that is allowed: write "+5%"'],
    ['+123456%', 'write at most "+99999%"'],
    ['two', 'write a limit such as "+2%"'],
    ['+2%%', 'write a limit such as "+2%"'],
    ['+1e3%', 'write a limit such as "+2%"'],
    ['+Infinity%', 'write a limit such as "+2%"'],
    ['', 'write a limit such as "+2%"'],
  ])('%j is refused', (text, hint) => {
    expect(() => parseLimit(text)).toThrow(UserError);
    expect(hintOf(() => parseLimit(text))).toBe(hint);
  });

  test('any percentage comes back as the number nearest to it', () => {
    const digits = fc.tuple(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 999_999_999 }));
    fc.assert(
      fc.property(digits, ([whole, part]) => {
        const percent = `${whole}.${String(part).padStart(9, '0')}`;
        const { ratio } = parseLimit(`+${percent}%`);
        // The same decimal, its point two digits to the left.
        const shifted = percent.replace('.', '').padStart(12, '0');
        expect(ratio).toBe(Number(`${shifted.slice(0, -11)}.${shifted.slice(-11)}`));
      }),
    );
  });

  test('no other text is ever a limit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+-]?\d*[.,]?\d*%?$/)), (text) => {
        fc.pre(!/^\s*\+\s*\d{1,5}(\.\d{1,9})?\s*%\s*$/.test(text));
        expect(() => parseLimit(text)).toThrow(UserError);
      }),
    );
  });

  test('what a hint proposes is a limit', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[+-]?\d{1,7}([.,]\d{1,12})?%?$/)), (text) => {
        let hint: string | undefined;
        try {
          parseLimit(text);
          return;
        } catch (error) {
          hint = (error as UserError).hint;
        }
        const proposed = /"([^"]*)"/.exec(hint ?? '')?.[1];
        expect(() => parseLimit(proposed ?? '')).not.toThrow();
      }),
    );
  });
});

test('a number is most likely per cent, a small one may be a ratio', () => {
  expect(limitForNumber(2)).toBe('write "+2%"');
  expect(limitForNumber(0.02)).toBe('write "+2%", or "+0.02%" if that is what you mean');
  expect(limitForNumber(0.07)).toContain('"+7%"');
  expect(limitForNumber(-2)).toBe('write a limit such as "+2%"');
  expect(limitForNumber(Number.NaN)).toBe('write a limit such as "+2%"');
});

describe('parseShare', () => {
  test.each([
    ['0.1%', 0.001],
    ['0%', 0],
    ['99.9 %', 0.999],
  ])('%s', (text, ratio) => {
    expect(parseShare(text)).toBe(ratio);
  });

  test.each(['+1%', '-1%', '100%', '1', '1e1%', ''])('%j is refused', (text) => {
    expect(() => parseShare(text)).toThrow(UserError);
  });
});
