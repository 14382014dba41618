import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  joinFields,
  settingFields,
  splitFields,
  valuesOfFlag,
  withoutSettings,
  withoutStripping,
} from '../../src/build/ldflags.ts';

test.each([
  ['', []],
  ['  -s  -w ', ['-s', '-w']],
  [`-X 'main.version=v1 beta' -s`, ['-X', 'main.version=v1 beta', '-s']],
  [`"it's"`, ["it's"]],
  [`-X main.note="a`, ['-X', 'main.note="a']], // quotes count at the beginning of a field only
  [`''`, ['']],
])('go splits %j', (text, fields) => expect(splitFields(text)).toEqual(fields));

test('quotes without a partner are refused', () =>
  expect(() => splitFields(`-X 'main.version=v1`)).toThrow("a ' without a partner"));

test('what is joined is split again, unless a field has both kinds of quotes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\n', '\\', '=', 'é') })), (fields) => {
      const has = (quote: string) => (field: string) => field.includes(quote);
      if (fields.some((field) => has('"')(field) && has("'")(field))) {
        expect(() => joinFields(fields)).toThrow('single and double quotes');
      } else {
        expect(splitFields(joinFields(fields))).toEqual(fields);
      }
    }),
  );
});

test('values for the linker', () => {
  expect(settingFields({ 'main.version': 'a b', 'x.com/y.v2/z.Commit': '' })).toEqual([
    '-X',
    'main.version=a b',
    '-X',
    'x.com/y.v2/z.Commit=',
  ]);
  for (const name of ['version', 'main.', 'main.a b', 'main.a=b', '']) {
    expect(() => settingFields({ [name]: 'v1' })).toThrow('is no variable for the linker to set');
  }
});

describe('fields left out', () => {
  const fields = ['-s', '-w', '-s=true', '--w=1', '-X', '-s', '-linkmode=external', '-sx', '-w=false'];
  test('stripping', () => expect(withoutStripping(fields)).toEqual(['-X', '-linkmode=external', '-sx', '-w=false']));
  test('values', () =>
    expect(withoutSettings(['-s', '-X', 'main.a=b', '-X=main.c=d', '--X', 'main.e=f', '-w'])).toEqual(['-s', '-w']));
});

test('a flag in GOFLAGS', () => {
  expect(valuesOfFlag(`-mod=mod '-ldflags=-s -w' --tags=a,b -tags=c`, 'tags')).toEqual(['a,b', 'c']);
  expect(valuesOfFlag(`-mod=mod '-ldflags=-s -w'`, 'ldflags')).toEqual(['-s -w']);
  expect(valuesOfFlag('', 'tags')).toEqual([]);
});
