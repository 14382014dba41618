import { describe, expect, test } from '@jest/globals';
import { BackgroundError, refuseBackground } from '../../src/measure/background.ts';
import type { Bench, Running } from '../../src/measure/bench.ts';

const bench: Pick<Bench, 'signal'> = { signal: new AbortController().signal };
const running = { subject: { side: 'head' } } as Running;

/** `amount` was counted in 20 ms of load, and `idle` in as long without any. */
const refuse = (amount: number, idle: number, floor = 0) =>
  refuseBackground(bench, running, { load: { durationMs: 20 }, amount, floor, unit: 'objects' }, async (act) => {
    await act();
    return idle;
  });

describe('what a service does by itself', () => {
  test('is let pass where it is little of what was counted, or too little to be its own', async () => {
    await refuse(1000, 0);
    await refuse(1000, 20);
    await refuse(1000, 90, 100);
  });

  test.each([
    [
      21,
      'without any request the service (head) comes to 2 % of the objects that were counted, which differ from run to run',
    ],
    [
      500,
      'without any request the service (head) comes to 50 % of the objects that were counted, which differ from run to run',
    ],
    [
      3000,
      'without any request the service (head) comes to all of the objects that were counted, which differ from run to run',
    ],
  ])('is refused where it could pass for a rise: %d of 1000', async (idle, message) => {
    const refused = refuse(1000, idle);
    await expect(refused).rejects.toBeInstanceOf(BackgroundError);
    await expect(refused).rejects.toMatchObject({
      message,
      hint: 'switch its background work off while it is measured, by service.args or service.env',
    });
  });
});

test('a long load is held against a second without any', async () => {
  const load = { durationMs: 60_000 };
  const startMs = performance.now();
  // 100 in this second are 6000 in that minute.
  const refused = refuseBackground(bench, running, { load, amount: 10_000, floor: 0, unit: 'objects' }, async (act) => {
    await act();
    return 100;
  });
  await expect(refused).rejects.toThrow('60 % of the objects');
  expect(performance.now() - startMs).toBeLessThan(20_000);
});
