import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { NO_EXPECTATIONS } from '../../src/config/config.ts';
import { deckLength, deckOf, formatExpectation, isExpected, makeScenario } from '../../src/load/scenario.ts';

const weighted = (...weights: number[]) =>
  makeScenario(weights.map((weight, i) => ({ path: '/', name: 'abcdef'[i]!, weight })));
const order = (...weights: number[]) =>
  deckOf(weighted(...weights))
    .map(({ name }) => name)
    .join('');

describe('the order of requests', () => {
  test.each([
    [[1], 'a'],
    [[1, 1], 'ab'],
    [[5, 1, 1], 'aabacaa'], // the example of nginx's commit 52327e0627f4
    [[3, 1], 'aaba'],
    [[1, 3], 'babb'],
    [[90, 10], 'aaaaabaaaa'], // as 9 to 1: the proportions are exact after 10 requests, not after 100
  ])('of weights %j', (weights, expected) => {
    expect(order(...weights)).toBe(expected);
  });

  test('has each request as often as its weight says, and any part of it near to that', () => {
    const weights = [7, 3, 2, 1];
    const deck = [...order(...weights)];
    expect(deck).toHaveLength(deckLength(weighted(...weights)));
    weights.forEach((weight, i) => {
      const name = 'abcd'[i]!;
      expect(deck.filter((c) => c === name)).toHaveLength(weight);
      for (let n = 1; n <= deck.length; n++) {
        const seen = deck.slice(0, n).filter((c) => c === name).length;
        expect(Math.abs(seen - (weight / 13) * n)).toBeLessThan(1.5);
      }
    });
  });
});

test('requests that belong together are one in the order, and as many as they are in the count', () => {
  const scenario = makeScenario([
    { path: '/', name: 'a', weight: 2, steps: [{ path: '/b' }, { path: '/c' }] },
    { path: '/', name: 'd', weight: 4 },
  ]);
  expect(deckOf(scenario).map(({ name }) => name)).toEqual(['d', 'a', 'd']);
  expect(deckLength(scenario)).toBe(5);
  expect(scenario.requests[0]?.steps.map(({ name }) => name)).toEqual(['GET /b', 'GET /c']);
  expect(() => makeScenario([{ path: '/', steps: [{ path: 'b' }] }])).toThrow("request 'GET b': the path must begin");
});

test('a request has defaults', () => {
  expect(makeScenario([{ path: '/orders?limit=40' }]).requests).toEqual([
    {
      name: 'GET /orders?limit=40',
      method: 'GET',
      path: '/orders?limit=40',
      headers: {},
      isJson: false,
      expect: '2xx',
      answer: NO_EXPECTATIONS,
      capture: {},
      weight: 1,
      steps: [],
    },
  ]);
});

const GRPC = { 'Content-Type': 'application/grpc+proto' };
const LIST = '\u0000\u0000\u0000\u0000\u000e\n\f\n\u0003who\u0012\u0005\u001a\u0003ana';

test('messages of gRPC are sent as they are', () => {
  const both = Buffer.concat([Buffer.from(LIST), Buffer.from(LIST)]);
  for (const body of [LIST, both, '', '\u0000\u0000\u0000\u0000\u0000'])
    expect(makeScenario([{ path: '/', headers: GRPC, body }]).requests[0]?.body).toBe(body);
});

test.each([
  ['no message', '{"who":"ana"}', 'a message begins with a byte 0, or 1 where it is compressed, not 123'],
  ['the beginning of one', '\u0000\u0000', 'there are 2 bytes where 5 begin a message'],
  ['half of one', LIST.slice(0, -1), 'a message of 14 bytes is announced, and 13 follow'],
  ['more than one', `${LIST}x`, 'there are 1 bytes where 5 begin a message'],
  ['bytes that UTF-8 makes two of', '\u0000\u0000\u0000\u0000\u0001\u0080', 'there are 1 bytes where'],
])('a gRPC body with %s is refused', (_, body, message) => {
  expect(() => makeScenario([{ path: '/', headers: GRPC, body }])).toThrow(
    expect.objectContaining({
      message: expect.stringContaining(`request 'GET /': its body is no message of gRPC: ${message}`),
    }),
  );
});

test.each([
  ['no requests', [], 'the load has no requests'],
  ['no slash', [{ path: 'orders' }], "request 'GET orders': the path must begin with /"],
  ['a space in the path', [{ path: '/a b' }], 'percent-encoded'],
  ['a line break in the path', [{ path: '/a\r\nhost: x' }], 'percent-encoded'],
  ['weight 0', [{ path: '/', weight: 0 }], 'a whole number from 1, not 0'],
  ['half a weight', [{ path: '/', weight: 0.5 }], 'not 0.5'],
  ['nothing that is right', [{ path: '/', expect: [] }], 'it could never succeed'],
  [
    'weights without end',
    [
      { path: '/', weight: 999_983 },
      { path: '/', weight: 2 },
    ],
    'repeat only after 999985 requests',
  ],
])('a scenario with %s is refused', (_, requests, message) => {
  expect(() => makeScenario(requests)).toThrow(UserError);
  expect(() => makeScenario(requests)).toThrow(message);
});

test('what is expected', () => {
  expect([200, 204, 299].every((status) => isExpected('2xx', status))).toBe(true);
  expect([199, 300, 302, 404].some((status) => isExpected('2xx', status))).toBe(false);
  expect(isExpected([404], 404)).toBe(true);
  expect(isExpected([404], 200)).toBe(false);
  expect([formatExpectation('2xx'), formatExpectation([201]), formatExpectation([200, 404])]).toEqual([
    '2xx',
    '201',
    '200 or 404',
  ]);
});
