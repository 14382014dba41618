import { describe, expect, test } from '@jest/globals';
import { findFunction } from '../../src/compare/find-function.ts';

const NAMES = [
  'example.com/shop/internal/digest.Items',
  'example.com/shop/internal/digest.Items.func*',
  'example.com/shop/internal/order.ItemsOf',
  'github.com/mccutchen/go-httpbin/httpbin.(*HTTPBin).UTF8',
  'example.com/shop/store.(*Store).Find',
  'example.com/shop/cache.(*Cache[...]).Find',
  'runtime.mallocgc',
];
const functions = NAMES.map((key, i) => ({ key, names: [key.replace('func*', 'func1')], cost: i }));

function found(text: string) {
  const result = findFunction(text, functions);
  return result.kind === 'one' ? result.fn.key : [result.kind, ...result.fns.map(({ key }) => key)];
}

describe('a function is found', () => {
  test.each([
    ['by its whole name', 'runtime.mallocgc', 'runtime.mallocgc'],
    ['by its key', 'example.com/shop/internal/digest.Items.func*', 'example.com/shop/internal/digest.Items.func*'],
    [
      'by the name that Go records',
      'example.com/shop/internal/digest.Items.func1',
      'example.com/shop/internal/digest.Items.func*',
    ],
    ['by the end of its name, although others contain that', 'Items', 'example.com/shop/internal/digest.Items'],
    ['with its package', 'digest.Items', 'example.com/shop/internal/digest.Items'],
    ['with its receiver', '(*HTTPBin).UTF8', 'github.com/mccutchen/go-httpbin/httpbin.(*HTTPBin).UTF8'],
    ['with its receiver as one says it', 'HTTPBin.UTF8', 'github.com/mccutchen/go-httpbin/httpbin.(*HTTPBin).UTF8'],
    [
      'by a part that no other has, whatever its case',
      'utf',
      'github.com/mccutchen/go-httpbin/httpbin.(*HTTPBin).UTF8',
    ],
  ])('%s', (_, text, key) => expect(found(text)).toBe(key));
});

describe('otherwise', () => {
  test('all that it may be are given, the costliest first', () => {
    expect(found('Find')).toEqual(['several', NAMES[5], NAMES[4]]);
    expect(found('order')).toBe(NAMES[2]);
    expect(found('item')).toEqual(['several', NAMES[2], NAMES[1], NAMES[0]]);
  });

  test('those whose names are near, where it is none', () => {
    expect(found('digest.Itmes')).toEqual(['near', NAMES[0]]);
    expect(found('malocgc')).toEqual(['near', NAMES[6]]);
    expect(found('zzz')).toEqual(['near']);
  });
});
