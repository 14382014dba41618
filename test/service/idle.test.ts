import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { Rest, untilIdle } from '../../src/service/idle.ts';

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

test('one that never rests is soon not waited for as long, and is known for it', async () => {
  const child = spawn(process.execPath, ['-e', "console.log('up'); for (;;);"], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    let nowMs = 0;
    const rest = new Rest(child.pid!, 1000, { monotonicMs: () => (nowMs += 100) });
    const waited: number[] = [];
    for (let i = 0; i < 25; i++) {
      const startMs = nowMs;
      await rest.wait();
      waited.push(nowMs - startMs);
    }
    expect(waited.slice(0, 20)).toEqual(Array(20).fill(1100));
    expect(waited.slice(20)).toEqual(Array(5).fill(200));
    expect({ waits: rest.waits, unrest: rest.unrest }).toEqual({ waits: 25, unrest: 1 });
    child.kill('SIGKILL');
    await once(child, 'close');
    await rest.wait();
    expect(rest.unrest).toBeCloseTo(25 / 26);
  } finally {
    child.kill('SIGKILL');
  }
});
