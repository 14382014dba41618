/**
 * One program from its start to its end, in a process group of its own. Whatever it does: it is over at its deadline or
 * when the run is given up, what it started and left in its group ends with it, no more of what it writes is kept than
 * is asked for, and where perf-gate itself is killed, it is killed too. It does not judge.
 */
import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { afterAwake } from '../base/awake.ts';
import { ended } from './ended.ts';
import { endProcessesMarked, signalGroup } from './group.ts';
import { marked } from './mark.ts';
import { reaperFor } from './reaper.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited, and what is undefined is left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For its standard input; it is empty where this is undefined. */
  readonly input?: string | Uint8Array | undefined;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
  /** What left its group ends with it, too. Otherwise that ends with the run: a setup may start a server. */
  readonly isSwept?: boolean;
  /** Undefined: it is never given up. */
  readonly signal?: AbortSignal | undefined;
  /** From `signal` to the end by force, for whoever cleans up. 0: at once. */
  readonly graceMs?: number;
  readonly timeoutMs?: number;
  readonly stdout: Bound;
  readonly stderr: Bound;
}

/** What is done with one output. */
export interface Bound {
  /** The program is killed where it writes more. */
  readonly mostBytes: number;
  /** Only its end is kept: the last so many bytes. */
  readonly keptBytes: number;
  /** Hears each part as it comes. */
  readonly hear?: ((part: Buffer) => void) | undefined;
}

export interface Ran {
  /** `over`: it ended by itself, or by somebody else's signal. The others: it was killed. */
  readonly end: 'over' | 'late' | 'too much output';
  /** Undefined where a signal ended it. */
  readonly exitCode: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

/** Rejects with the system's error (ENOENT, EACCES) where it cannot be started, and with the signal's reason on abort. */
export async function runProgram(program: Program): Promise<Ran> {
  const { cwd, env, input, signal, graceMs = 0, timeoutMs, isSwept = false } = program;
  signal?.throwIfAborted();
  const { command, args, mark } = await marked(program, program);
  const child = spawn(command, args, {
    cwd,
    env: defined(env),
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const over = ended(child);
  const { pid } = child;
  if (pid === undefined) throw await over.then(() => undefined, reasonOf);
  const reaper = reaperFor(pid, mark);

  let end: Ran['end'] = 'over';
  let force: NodeJS.Timeout | undefined;
  const kill = () => void signalGroup(pid, 'SIGKILL');
  const killFor = (reason: Ran['end']) => {
    end = reason;
    kill();
  };
  const onAbort = () => {
    if (graceMs === 0) return kill();
    signalGroup(pid, 'SIGTERM');
    force = setTimeout(kill, graceMs);
  };
  const stdout = collect(child.stdout as Readable, program.stdout, () => killFor('too much output'));
  const stderr = collect(child.stderr as Readable, program.stderr, () => killFor('too much output'));
  const stopWaiting = timeoutMs === undefined ? () => undefined : afterAwake(timeoutMs, () => killFor('late'));
  signal?.addEventListener('abort', onAbort, { once: true });
  // At once: what it leaves behind keeps our end of the output open, and later its number may be another group's.
  child.once('exit', kill);
  if (child.stdin !== null) {
    child.stdin.on('error', () => undefined); // it need not read what it is given
    child.stdin.end(input);
  }
  try {
    const { code, signal: endedBy } = await over;
    signal?.throwIfAborted();
    return { end, exitCode: code ?? undefined, signal: endedBy ?? undefined, stdout: stdout(), stderr: stderr() };
  } finally {
    stopWaiting();
    clearTimeout(force);
    signal?.removeEventListener('abort', onAbort);
    await reaper.dismiss();
    if (isSwept && mark !== undefined) await endProcessesMarked(mark);
  }
}

/** The environment without what is undefined. */
export function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

const reasonOf = (error: unknown) => error;

/** What is kept of a stream so far; calls `stop` where it is longer than it may be. */
function collect(stream: Readable, { mostBytes, keptBytes, hear }: Bound, stop: () => void): () => Buffer {
  let chunks: Buffer[] = [];
  let size = 0;
  let kept = 0;
  stream.on('data', (chunk: Buffer) => {
    const isWithin = size <= mostBytes;
    size += chunk.length;
    if (size > mostBytes) {
      if (isWithin) stop();
      return;
    }
    hear?.(chunk);
    chunks.push(chunk);
    kept += chunk.length;
    if (kept <= 2 * keptBytes) return;
    const whole = Buffer.concat(chunks);
    chunks = [whole.subarray(whole.length - keptBytes)];
    kept = keptBytes;
  });
  return () => {
    const whole = Buffer.concat(chunks);
    return whole.subarray(Math.max(0, whole.length - keptBytes));
  };
}
