/** The end of a command whose outputs are read: also where something that it left behind keeps them open. */
import type { ChildProcess } from 'node:child_process';
import { afterAwake } from '../base/awake.ts';

/** What a command has written is read within this time, once it has ended: a pipe holds 64 kB. */
const READ_MS = 500;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * Resolves when the command has ended and what it wrote was read; rejects where it cannot be started. What went to the
 * background with its outputs (`setsid -f`) is not waited for: it is read on without holding up the end of perf-gate, as
 * it would be killed by its next line otherwise.
 */
export function ended(child: Pick<ChildProcess, 'once' | 'stdout' | 'stderr'>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const resolveNow = () => {
        stopWaiting();
        resolve({ code, signal });
      };
      const stopWaiting = afterAwake(READ_MS, () => {
        for (const stream of [child.stdout, child.stderr]) {
          if (stream !== null && 'unref' in stream) (stream as { unref(): void }).unref();
        }
        resolveNow();
      });
      child.once('close', resolveNow);
    });
  });
}
