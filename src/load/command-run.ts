/** Runs a load command once. It is over at its deadline, and no more of what it writes is kept than a report can be. */
import { constants } from 'node:os';
import { MeasurementError } from '../base/errors.ts';
import { pinned } from '../process/affinity.ts';
import { type Ran, runProgram } from '../process/program.ts';

export interface CommandRun {
  /** For a shell. */
  readonly command: string;
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
  /** Undefined: not pinned. */
  readonly cores: readonly number[] | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface CommandAnswer {
  readonly end: Ran['end'];
  /** As a shell tells it: 128 and more: by a signal. */
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
export async function runCommand({
  command,
  cwd,
  env,
  run,
  cores,
  timeoutMs,
  signal,
}: CommandRun): Promise<CommandAnswer> {
  const ran = await runProgram({
    ...pinned('/bin/sh', ['-c', command], cores),
    ...{ cwd, env, run, timeoutMs, signal },
    isSwept: true,
    stdout: { mostBytes: LARGEST_STDOUT_BYTES, keptBytes: LARGEST_STDOUT_BYTES },
    stderr: { mostBytes: LARGEST_STDERR_BYTES, keptBytes: KEPT_STDERR_BYTES },
  }).catch((cause: Error) => {
    if (signal.aborted) throw cause;
    throw new MeasurementError(`load.command could not be run: ${cause.message}`, { cause });
  });
  const exitCode = ran.exitCode ?? 128 + (ran.signal === undefined ? 0 : constants.signals[ran.signal]);
  return { end: ran.end, exitCode, stdout: ran.stdout.toString('utf8'), stderr: ran.stderr.toString('utf8') };
}
