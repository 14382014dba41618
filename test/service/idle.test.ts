import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { untilIdle } from '../../src/service/idle.ts';

const clock = { monotonicMs: () => performance.now() };

/** How long a node process that runs `script` is waited for, at most `atMostMs`. */
async function waitedFor(script: string, atMostMs: number): Promise<number> {
  const child = spawn(process.execPath, ['-e', `console.log('up'); ${script}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    const startMs = performance.now();
    await untilIdle(child.pid!, atMostMs, clock);
    return performance.now() - startMs;
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

test('a process is waited for while it works, and no longer', async () => {
  const waited = await waitedFor(
    'for (const end = Date.now() + 300; Date.now() < end;); setInterval(() => {}, 60_000)',
    20_000,
  );
  expect(waited).toBeGreaterThan(200);
  expect(waited).toBeLessThan(10_000);
});

test('one that always works is waited for only so long', async () => {
  const waited = await waitedFor('for (;;);', 50);
  expect(waited).toBeGreaterThanOrEqual(50);
  expect(waited).toBeLessThan(5000);
});

test('one that has ended is at rest', async () => {
  await untilIdle(2 ** 22 + 1, 60_000, clock);
});
