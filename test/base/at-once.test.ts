import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { atOnce } from '../../src/base/at-once.ts';

const never = new AbortController().signal;

test('the results come in the order of the items, whichever is ready first', async () => {
  const act = async (ms: number) => {
    await sleep(ms);
    return `${ms}`;
  };
  expect(await atOnce([20, 1, 10], never, act)).toEqual(['20', '1', '10']);
  expect(await atOnce([], never, act)).toEqual([]);
});

test('where one fails the others are told to stop and waited for, and its error is the one that is thrown', async () => {
  const told: string[] = [];
  const act = async (name: string, signal: AbortSignal) => {
    if (name === 'base') throw new Error('base failed');
    await sleep(60_000, undefined, { signal }).catch(() => told.push(`${name} stops`));
    await sleep(20);
    told.push(`${name} has stopped`);
    throw new Error('head failed because it was stopped');
  };
  await expect(atOnce(['head', 'base'], never, act)).rejects.toThrow('base failed');
  expect(told).toEqual(['head stops', 'head has stopped']);
});

test('an interruption reaches all of them, and its reason is thrown', async () => {
  const stop = new AbortController();
  const act = (_: string, signal: AbortSignal) => sleep(60_000, undefined, { signal });
  const running = atOnce(['base', 'head'], stop.signal, act);
  stop.abort(new Error('Ctrl-C'));
  await expect(running).rejects.toThrow('Ctrl-C');
});
