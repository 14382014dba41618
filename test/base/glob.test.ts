import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matchesGlob } from '../../src/base/glob.ts';

test.each([
  ['main.hash', 'main.hash', true],
  ['main.hash', 'main.hashItems', false],
  ['main.*', 'main.hash', true],
  ['main.*', 'example.com/main.hash', false],
  ['*.hash', 'example.com/shop/pricing.hash', true],
  ['example.com/*.(*Cart).*', 'example.com/shop/pricing.(*Cart).Total', true],
  ['main.F[...]', 'main.F[...]', true],
  ['main.F[...]', 'main.Fx', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'aab', false],
  ['*', '', true],
])('%s and %s: %p', (glob, name, matches) => {
  expect(matchesGlob(glob, name)).toBe(matches);
});

test('as a regular expression would have it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, (glob, name) => {
      const pattern = glob.replaceAll('.', '\\.').replaceAll('*', '[^]*');
      expect(matchesGlob(glob, name)).toBe(new RegExp(`^${pattern}$`).test(name));
    }),
    { numRuns: 2000 },
  );
});

test('many stars take no time', () => {
  expect(matchesGlob('*a'.repeat(1000).concat('b'), 'a'.repeat(10_000))).toBe(false);
});
