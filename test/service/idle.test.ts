import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Rest, untilIdle } from '../../src/service/idle.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { eventually } from './processes.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

const clock = { monotonicMs: () => performance.now() };

/** With a node process that runs `script`, from when it runs until `use` is done with it. */
async function withProcess(script: string, use: (pid: number) => Promise<void>): Promise<void> {
  const child = spawn(process.execPath, ['-e', `console.log('up'); ${script}`], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  try {
    await once(child.stdout, 'data');
    await use(child.pid!);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
  }
}

test('a process is waited for while it works, and no longer', async () => {
  const file = join(scratch, 'enough');
  const works = `while (!require('fs').existsSync(${JSON.stringify(file)})); setInterval(() => {}, 60_000)`;
  await withProcess(works, async (pid) => {
    // The clock is asked once at the start, and then whenever the process has been seen at work.
    let asked = 0;
    const standing = {
      monotonicMs: () => {
        asked++;
        return 0;
      },
    };
    let rests: boolean | undefined;
    const idle = untilIdle(pid, 1, standing).then((answer) => {
      rests = answer;
    });
    expect(await eventually(() => asked > 100)).toBe(true);
    expect(rests).toBeUndefined();
    writeFileSync(file, '');
    await idle;
    expect(rests).toBe(true);
  });
});

test('one that always works is waited for only so long', async () => {
  await withProcess('for (;;);', async (pid) => {
    const startMs = performance.now();
    expect(await untilIdle(pid, 50, clock)).toBe(false);
    const waited = performance.now() - startMs;
    expect(waited).toBeGreaterThanOrEqual(50);
    expect(waited).toBeLessThan(5000);
  });
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
