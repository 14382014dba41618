import { expect, test } from '@jest/globals';
import { mayPassUnmeasured, type WhatDiffers } from '../../src/run/may-pass-unmeasured.ts';

const nothing: WhatDiffers = { isSameCode: true, dataFiles: [], rewritten: [], isBuiltOtherwise: false };

test.each<[string, Partial<WhatDiffers>, boolean]>([
  ['nothing differs that reaches the program', {}, true],
  ['the machine code', { isSameCode: false }, false],
  ['a file that is read while it runs', { dataFiles: ['prices.csv'] }, false],
  ['a committed source that its own setup has written over', { rewritten: ['main.go'] }, false],
  ['how it is built, by its own word', { isBuiltOtherwise: true }, false],
])('%s', (_, differs, may) => {
  expect(mayPassUnmeasured({ ...nothing, ...differs })).toBe(may);
});
