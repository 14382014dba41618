import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nearest } from '../../src/base/nearest.ts';

const LEGAL = [
  'package',
  'name',
  'dir',
  'setup',
  'build',
  'inject',
  'args',
  'env',
  'ready',
  'stop',
  'body-file',
  'cpu',
];

test.each([
  ['pacakge', 'package'],
  ['packages', 'package'],
  ['cup', 'cpu'],
  ['bodyFile', 'body-file'],
  ['BODY_FILE', 'body-file'],
  ['redy', 'ready'],
  ['environment', 'env'],
  ['argument', undefined],
  ['store', undefined],
  ['xyz', undefined],
  ['', undefined],
])('%j is nearest to %j', (word, meant) => {
  expect(nearest(word, LEGAL)).toBe(meant);
});

test('of two that are near, the nearer one', () => {
  expect(nearest('insert', ['invert', 'inserts'])).toBe('invert');
  expect(nearest('inserst', ['invert', 'inserts'])).toBe('inserts');
});

test('one slip in a word of six letters or more is always forgiven', () => {
  const word = fc.constantFrom('package', 'inject', 'instructions', 'connections', 'requests');
  const slip = fc.tuple(word, fc.nat(), fc.constantFrom('leave out', 'put in', 'change', 'swap'));
  fc.assert(
    fc.property(slip, ([legal, where, how]) => {
      const i = where % (legal.length - 1);
      const [before, at, next, after] = [legal.slice(0, i), legal[i], legal[i + 1], legal.slice(i + 2)];
      const slipped = {
        'leave out': `${before}${next}${after}`,
        'put in': `${before}${at}q${next}${after}`,
        change: `${before}q${next}${after}`,
        swap: `${before}${next}${at}${after}`,
      }[how];
      expect(nearest(slipped, [legal, 'nothing-like-it'])).toBe(legal);
    }),
  );
});
