import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionsIn } from '../../src/config/lines.ts';

test('lines and columns count from 1; what is beyond the text stands at its end', () => {
  const at = positionsIn('ab\n\r\nc');
  expect([0, 1, 2, 3, 4, 5, 6, 99].map((offset) => at(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 2, column: 2 },
    { line: 3, column: 1 },
    { line: 3, column: 2 },
    { line: 3, column: 2 },
  ]);
  expect(positionsIn('')(0)).toEqual({ line: 1, column: 1 });
});

test('as counted by splitting', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'ä') });
  fc.assert(
    fc.property(text, fc.nat(30), (written, offset) => {
      const before = written.slice(0, offset).split('\n');
      expect(positionsIn(written)(offset)).toEqual({ line: before.length, column: before.at(-1)!.length + 1 });
    }),
  );
});
