/** Services and loads that go wrong: the run ends with what happened and the service's own words, and leaves nothing. */
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { Bench, making, QUICK } from './mistake.ts';

jest.setTimeout(60_000);

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

test.each([
  'exits at start',
  'never listens',
  'is not healthy',
  'exits under load',
  'panics under load',
  'fails under load',
  'closes connections',
  'is slow',
  'none',
])('%s', async (mistake) => {
  const config = making(mistake)
    .replace('ready: GET /healthz', 'ready: { path: /healthz, timeout: 2s }')
    .replace('count: 20', 'timeout: 300ms, count: 20');
  console.log((await bench.attempt([], { config: mistake === 'none' ? config.replace('/price', '/pirce') : config })).said);
});
