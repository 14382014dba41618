/**
 * Runs a load command once, in a process group of its own: whatever it does, it is over at its deadline or when the run is
 * given up, nothing that it started is left, and no more of what it writes is kept than a report can be.
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { MeasurementError } from '../base/errors.ts';
import { pinned } from '../process/affinity.ts';
import { ended } from '../process/ended.ts';
import { endProcessesMarked, signalGroup } from '../process/group.ts';
import { marked } from '../process/mark.ts';
import { reaperFor } from '../process/reaper.ts';

export interface CommandRun {
  /** For a shell. */
  readonly command: string;
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
  /** Undefined: not pinned. */
  readonly cores: readonly number[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface CommandAnswer {
  /** `over`: it ended by itself; 128 and more: by a signal. The others: it was killed. */
  readonly end: 'over' | 'late' | 'too much output';
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** ghz lists every request with its time: a window of two seconds has some 10 MB. */
export const LARGEST_STDOUT_BYTES = 64e6;
/** Of this only the end is kept, and it is no endless stream either. */
const LARGEST_STDERR_BYTES = 64e6;
const KEPT_STDERR_BYTES = 64 * 1024;

/** The answer, whatever the exit code; rejects with the signal's reason when that aborts. */
export async function runCommand(run: CommandRun): Promise<CommandAnswer> {
  const { signal } = run;
  signal.throwIfAborted();
  const { command, args, mark } = await marked(pinned('/bin/sh', ['-c', run.command], run.cores), run);
  const child = spawn(command, args, {
    cwd: run.cwd,
    env: { ...run.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const closed = ended(child).then(({ code, signal }) => code ?? (signal === 'SIGKILL' ? 137 : 128));
  const { pid } = child;
  if (pid === undefined) {
    const cause = await closed.catch((error: Error) => error);
    throw new MeasurementError(`load.command could not be run: ${(cause as Error).message}`, { cause });
  }
  const reaper = reaperFor(pid, mark);
  let end: CommandAnswer['end'] = 'over';
  const kill = () => void signalGroup(pid, 'SIGKILL');
  const killFor = (reason: CommandAnswer['end']) => {
    end = reason;
    kill();
  };
  const stdout = collect(child.stdout, LARGEST_STDOUT_BYTES, LARGEST_STDOUT_BYTES, () => killFor('too much output'));
  const stderr = collect(child.stderr, LARGEST_STDERR_BYTES, KEPT_STDERR_BYTES, () => killFor('too much output'));
  const deadline = setTimeout(() => killFor('late'), run.timeoutMs);
  signal.addEventListener('abort', kill, { once: true });
  // At once: what it leaves behind keeps our end of the output open, and later its number may be another group's.
  child.once('exit', kill);
  try {
    const exitCode = await closed;
    signal.throwIfAborted();
    return { end, exitCode, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(deadline);
    signal.removeEventListener('abort', kill);
    await reaper.dismiss();
    if (mark !== undefined) await endProcessesMarked(mark);
  }
}

/** The text of a stream or, where it is longer than `keptBytes`, its end; calls `stop` where it is longer than it may be. */
function collect(stream: Readable, largestBytes: number, keptBytes: number, stop: () => void): () => string {
  let chunks: Buffer[] = [];
  let size = 0;
  let kept = 0;
  stream.on('data', (chunk: Buffer) => {
    const isFirst = size <= largestBytes;
    size += chunk.length;
    if (size > largestBytes) {
      if (isFirst) stop();
      return;
    }
    chunks.push(chunk);
    kept += chunk.length;
    if (kept <= 2 * keptBytes) return;
    const whole = Buffer.concat(chunks);
    chunks = [whole.subarray(whole.length - keptBytes)];
    kept = keptBytes;
  });
  return () => {
    const whole = Buffer.concat(chunks);
    return whole.subarray(Math.max(0, whole.length - keptBytes)).toString('utf8');
  };
}
