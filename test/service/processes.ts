/** What still runs, read from /proc: zombies are gone, they only have not been collected. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The living processes of a group, and the watchdog of that group. */
export function runningOf(groupId: number): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const [, state, group] = /^\d+ \(.*\) (\S) \d+ (\d+)/s.exec(read(`/proc/${pid}/stat`)) ?? [];
      const isWatchdog = read(`/proc/${pid}/cmdline`).includes(`perf-gate-reaper\0${groupId}\0`);
      return state !== undefined && state !== 'Z' && (group === `${groupId}` || isWatchdog);
    });
}

export async function eventually(condition: () => boolean, timeoutMs = 10_000): Promise<boolean> {
  for (const end = performance.now() + timeoutMs; performance.now() < end; await sleep(10))
    if (condition()) return true;
  return condition();
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // it ended while we looked
  }
}
