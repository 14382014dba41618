/** Which failures pass, and how long a server asks us to wait. */
import { describe, expect, test } from '@jest/globals';
import { BrokenAnswer, isPassing, patiently, waitAskedFor } from '../../src/publish/patience.ts';
import { testWorld } from '../support/world.ts';

const NOW = new Date('2026-11-21T10:00:00Z');
const failure = (status: number, headers: Record<string, string> = {}, message = '') =>
  Object.assign(new Error(message), { status, response: { headers } });

describe('a failure', () => {
  test.each([
    ['of the server', failure(500), true],
    ['of the way to it', Object.assign(new Error('ECONNRESET'), { status: 500 }), true],
    ['in the middle of an answer', new BrokenAnswer('the answer was cut off'), true],
    ['for too many requests', failure(429), true],
    ['for too many of a kind', failure(403, {}, 'You have exceeded a secondary rate limit. Please wait'), true],
    [
      'for too many in an hour',
      failure(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795255260' }),
      true,
    ],
    ['for missing rights', failure(403, { 'x-ratelimit-remaining': '4999' }, 'Resource not accessible'), false],
    ['for a wrong token', failure(401), false],
    ['for what is not there', failure(404), false],
    ['for what is wrong', failure(422), false],
    ['of ours', new TypeError('x is not a function'), false],
  ])('%s', (_, error, passes) => {
    expect(isPassing(error)).toBe(passes);
  });
});

describe('the wait that is asked for', () => {
  test.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': 'Sat, 21 Nov 2026 10:00:30 GMT' }, 30_000],
    ['a date that has passed', { 'retry-after': 'Sat, 21 Nov 2026 09:00:00 GMT' }, 0],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['until the hour is over', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1795255260' }, 60_000],
    [
      'nothing, some requests being left',
      { 'x-ratelimit-remaining': '9', 'x-ratelimit-reset': '1795255260' },
      undefined,
    ],
    ['nothing', {}, undefined],
  ])('%s', (_, headers, expected) => {
    expect(waitAskedFor(failure(403, headers as Record<string, string>), NOW)).toBe(expected);
  });
});

test('a server that asks for no wait is asked a handful of times, with longer and longer waits', async () => {
  for (const headers of [{ 'retry-after': '0' }, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }] as Record<
    string,
    string
  >[]) {
    const times: number[] = [];
    const act = async () => {
      times.push(performance.now());
      throw failure(403, headers);
    };
    const patience = { requestMs: 1, totalMs: 60_000, firstWaitMs: 4 };
    await expect(patiently(act, testWorld('.'), patience)).rejects.toMatchObject({ status: 403 });
    expect(times).toHaveLength(8);
    expect(times[6]! - times[5]!).toBeGreaterThan(60);
  }
});

test('a job that is cancelled waits for nothing', async () => {
  const stop = new AbortController();
  const world = testWorld('.', { signal: stop.signal });
  const tried = patiently(
    async () => {
      stop.abort(new Error('cancelled'));
      throw failure(502);
    },
    world,
    { requestMs: 1, totalMs: 60_000, firstWaitMs: 60_000 },
  );
  await expect(tried).rejects.toThrow('cancelled');
});
