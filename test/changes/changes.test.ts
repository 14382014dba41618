import { describe, expect, test } from '@jest/globals';
import { parseChanges } from '../../src/changes/changes.ts';

const FUNCTION = { name: 'main.f', kind: 'go', package: 'example.com/shop' };
const PLACE = {
  ...FUNCTION,
  file: 'example.com/shop/main.go',
  path: '/x/main.go',
  startLine: 3,
  endLine: 5,
  hash: 'ab',
};
const CHANGED = { ...FUNCTION, status: 'modified', reason: 'source' };

function document(changed: unknown = CHANGED, place: unknown = PLACE) {
  return {
    functions: { base: [], head: [place] },
    changed: [changed],
    moved: [{ from: 'a.F', to: 'b.F' }],
    modules: [{ path: 'example.com/dep', head: 'v1.0.0' }],
    unparsed: [],
  };
}

describe('parseChanges', () => {
  test('takes what the program writes', () => {
    const module = { path: 'example.com/dep', base: 'v1.0.0', head: 'v1.1.0' };
    for (const reason of ['source', 'assembly', 'cgo', 'uses main.size', 'embed a b.txt']) {
      const whole = document({ ...CHANGED, reason, module });
      expect(parseChanges(JSON.stringify(whole))).toEqual(whole);
    }
  });

  test.each([
    ['functions', { ...document(), functions: undefined }],
    ['changed', { ...document(), changed: null }],
    ['changed[0].status', document({ ...CHANGED, status: 'gone' })],
    ['changed[0].kind', document({ ...CHANGED, kind: undefined })],
    ['changed[0].reason', document({ ...CHANGED, reason: 'uses ' })],
    ['changed[0].name', document({ ...CHANGED, name: '' })],
    ['functions.head[0].startLine', document(CHANGED, { ...PLACE, startLine: 0 })],
    ['functions.head[0]', document(CHANGED, [])],
    ['moved[0].to', { ...document(), moved: [{ from: 'a.F' }] }],
    ['modules[0].path', { ...document(), modules: [{}] }],
  ])('says that %s is wrong', (place, value) => {
    expect(() => parseChanges(JSON.stringify(value))).toThrow(`malformed at ${place}:`);
  });
});
