/**
 * When a process has come to rest. What a service does behind a response (a read that finds nothing yet, a goroutine that
 * is put to sleep) depends on how soon the next request comes; sent to a service at rest, every request meets the same.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Looks without sleeping in between: most services rest at once. */
const QUICK_LOOKS = 4;
const PAUSE_MS = 1;

interface Clock {
  monotonicMs(): number;
}

/**
 * Resolves when no thread of the process runs or waits for a disk, at the latest after `atMostMs`: some services always
 * have something to do. At once where the system has no /proc. Whether it rests.
 */
export async function untilIdle(pid: number, atMostMs: number, clock: Clock): Promise<boolean> {
  const deadlineMs = clock.monotonicMs() + atMostMs;
  for (let look = 1; isBusy(pid); look++) {
    if (clock.monotonicMs() >= deadlineMs) return false;
    await (look < QUICK_LOOKS ? nextTurn() : sleep(PAUSE_MS));
  }
  return true;
}

/** Waits in vain after which a service is not waited for as long again, until it has rested once. */
const PATIENCE = 20;
const SHORT_MS = 2;

/** The rests of one process. */
export class Rest {
  readonly #pid: number;
  readonly #longestMs: number;
  readonly #clock: Clock;
  #inVainInRow = 0;
  #waits = 0;
  #inVain = 0;

  constructor(pid: number, longestMs: number, clock: Clock) {
    this.#pid = pid;
    this.#longestMs = longestMs;
    this.#clock = clock;
  }

  /** Waits for it, for so long at most; sooner in vain where it never comes. */
  async wait(): Promise<void> {
    const atMostMs = this.#inVainInRow < PATIENCE ? this.#longestMs : SHORT_MS;
    const rests = await untilIdle(this.#pid, atMostMs, this.#clock);
    this.#waits++;
    if (!rests) this.#inVain++;
    this.#inVainInRow = rests ? 0 : this.#inVainInRow + 1;
  }

  get waits(): number {
    return this.#waits;
  }

  /** The share of the waits that were in vain, 0 to 1. */
  get unrest(): number {
    return this.#waits === 0 ? 0 : this.#inVain / this.#waits;
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
