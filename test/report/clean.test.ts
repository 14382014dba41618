import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cleaned, cleanName, shortened } from '../../src/report/clean.ts';

describe('what goes', () => {
  test.each([
    ['a terminal escape', 'a\u001B[31mb\u009B1m', 'a[31mb1m'],
    ['a bidirectional override', 'a\u202Eb\u2066c\u200Fd\u061Ce', 'abcde'],
    ['what cannot be seen', 'a\u200Bb\uFEFFc\u{E0041}d\u00ADe', 'abcde'],
    ['line ends and tabs', ' a\r\nb\tc\u2028d\u0085e\u00A0 ', 'a b c d e'],
    ['half a character', 'a\uD800b', 'a\u{FFFD}b'],
    ['nothing of a Go name', 'é.(*T[go.shape.int]).日本·f-fm%2e', 'é.(*T[go.shape.int]).日本·f-fm%2e'],
  ])('%s', (_, text, expected) => expect(cleaned(text)).toBe(expected));
});

test('long names are cut in the middle', () => {
  expect(shortened('abcdefghij', 10)).toBe('abcdefghij');
  expect(shortened('abcdefghijk', 10)).toBe('abcde…hijk');
  expect(shortened('🚀'.repeat(11), 10)).toBe(`${'🚀'.repeat(5)}…${'🚀'.repeat(4)}`);
});

test('every name is one well-formed line of at most 200 characters', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), (units) => {
      const name = cleanName(String.fromCharCode(...units));
      expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect([...name].length).toBeLessThanOrEqual(200);
    }),
  );
});
