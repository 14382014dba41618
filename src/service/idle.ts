/**
 * When a process has come to rest. What a service does behind a response (a read that finds nothing yet, a goroutine that
 * is put to sleep) depends on how soon the next request comes; sent to a service at rest, every request meets the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Looks without sleeping in between: most services rest at once. */
const QUICK_LOOKS = 4;
const PAUSE_MS = 1;

/**
 * Resolves when no thread of the process runs or waits for a disk, at the latest after `atMostMs`: some services always
 * have something to do. At once where the system has no /proc.
 */
export async function untilIdle(pid: number, atMostMs: number, clock: { monotonicMs(): number }): Promise<void> {
  const deadlineMs = clock.monotonicMs() + atMostMs;
  for (let look = 1; isBusy(pid) && clock.monotonicMs() < deadlineMs; look++) {
    await (look < QUICK_LOOKS ? nextTurn() : sleep(PAUSE_MS));
  }
}

/** proc(5): the state stands behind the name, which ends with the last bracket. */
function isBusy(pid: number): boolean {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).some((id) => {
      const stat = readFileSync(`${tasks}/${id}/stat`, 'latin1');
      return /^[RD]/.test(stat.slice(stat.lastIndexOf(')') + 2));
    });
  } catch {
    return false; // a thread or the process has just ended, or there is no /proc
  }
}
