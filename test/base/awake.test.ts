import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { afterAwake } from '../../src/base/awake.ts';

const holdUp = (ms: number) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

/** When it was called, in milliseconds from now. */
const calledAfter = (ms: number): Promise<number> => {
  const start = performance.now();
  return new Promise((resolve) => afterAwake(ms, () => resolve(performance.now() - start)));
};

test('a limit is reached after its time, and no sooner', async () => {
  expect(await calledAfter(200)).toBeGreaterThanOrEqual(195);
});

test('time in which nothing could be seen does not count', async () => {
  const called = calledAfter(200);
  await sleep(50);
  holdUp(400);
  // 50 ms and 400 of which next to nothing counts: most of the 200 is still to come.
  expect(await called).toBeGreaterThan(520);
});

test('a limit that was stopped is never reached', async () => {
  let called = false;
  const stop = afterAwake(20, () => {
    called = true;
  });
  stop();
  await sleep(60);
  expect(called).toBe(false);
});
