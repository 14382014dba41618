import { describe, expect, test } from '@jest/globals';
import { ago } from '../../src/baseline/age.ts';
import {
  compactTime,
  fingerprintDigest,
  isoTime,
  type Key,
  keyText,
  newestFirst,
  parseKey,
} from '../../src/baseline/key.ts';
import { KEY } from './measured.ts';

const key: Key = { ...KEY, commit: 'a'.repeat(40) };

describe('a key', () => {
  test('is one word, and comes back from it', () => {
    expect(keyText(key)).toBe(`orders/20261121T141950Z-${'a'.repeat(40)}-0123456789abcdef-fedcba9876543210`);
    expect(parseKey(keyText(key))).toEqual(key);
    expect(parseKey(keyText({ ...key, commit: 'b'.repeat(64) }))?.commit).toBe('b'.repeat(64));
  });

  test.each(['checkout', '0', 'a-b_C', '0123456789abcdef', 'a'.repeat(60)])(
    'may end in a scenario called %s',
    (scenario) => {
      expect(keyText({ ...key, scenario })).toBe(`${keyText(key)}-${scenario}`);
      expect(parseKey(keyText({ ...key, scenario }))).toEqual({ ...key, scenario });
    },
  );

  test.each(['orders', '0', 'x.lock', 'a..b', '__proto__'.slice(2), 'constructor', 'a'.repeat(100)])(
    'may be of a service called %s',
    (service) => {
      expect(parseKey(keyText({ ...key, service }))).toEqual({ ...key, service });
    },
  );

  test.each([
    '',
    keyText({ ...key, service: '..' }),
    keyText({ ...key, service: '.git' }),
    keyText({ ...key, service: '-rf' }),
    keyText({ ...key, service: 'a/b' }),
    keyText({ ...key, service: 'a b' }),
    keyText({ ...key, service: 'a\nb' }),
    keyText({ ...key, service: 'a'.repeat(101) }),
    keyText({ ...key, scenario: '' }),
    keyText({ ...key, scenario: '-x' }),
    keyText({ ...key, scenario: 'a.lock' }),
    keyText({ ...key, scenario: 'a/b' }),
    keyText({ ...key, scenario: 'a'.repeat(61) }),
    keyText({ ...key, commit: 'A'.repeat(40) }),
    keyText({ ...key, commit: 'a'.repeat(39) }),
    keyText({ ...key, committed: '2026-11-21' }),
    `${keyText(key)}\n`,
    `${keyText(key)}.part`,
    `/${keyText(key)}`,
    `../${keyText(key)}`,
  ])('is nothing else: %j', (text) => {
    expect(parseKey(text)).toBeUndefined();
  });

  test('has the time of the commit, to the second', () => {
    expect(compactTime('2026-11-21T14:19:50.771Z')).toBe('20261121T141950Z');
    expect(isoTime('20261121T141950Z')).toBe('2026-11-21T14:19:50Z');
  });

  test('sorts by it', () => {
    const at = (committed: string, commit: string) => ({ ...key, committed, commit: commit.repeat(40) });
    const keys = [at('20261121T000000Z', 'b'), at('20261122T000000Z', 'c'), at('20261121T000000Z', 'a')];
    expect(keys.sort(newestFirst).map(({ commit }) => commit[0])).toEqual(['c', 'a', 'b']);
  });
});

test('a fingerprint is the same in any order, and another one with any other field', () => {
  const of = (fingerprint: Record<string, string>) => fingerprintDigest(fingerprint);
  expect(of({ go: '1', load: '2' })).toBe(of({ load: '2', go: '1' }));
  const others = [
    of({ go: '1', load: '3' }),
    of({ go: '1' }),
    of({ go: '1', load: '2', measuring: '2' }),
    of({ 'go,1': 'load,2' }),
  ];
  expect(new Set([of({ go: '1', load: '2' }), ...others]).size).toBe(5);
});

test.each([
  [-5000, 'just now'],
  [59_999, 'just now'],
  [60_000, '1 minute ago'],
  [7_199_999, '1 hour ago'],
  [86_400_000 * 12.9, '12 days ago'],
])('%d ms are %s', (ms, text) => {
  expect(ago(ms)).toBe(text);
});
