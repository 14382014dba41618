/**
 * A program in a process group of its own. It is told to end as a group and leaves nothing behind: what its leader
 * started and forgot is killed as soon as the leader is gone. A child that makes itself a session of its own is known by
 * its mark.
 */
import { spawn } from 'node:child_process';
// Not ambient state of this process but the only system call for it: ChildProcess.kill reaches the leader alone.
import { kill } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../base/errors.ts';
import { marked } from './mark.ts';
import { processesFrom, processesMarked } from './proc.ts';
import { reaperFor } from './reaper.ts';

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface GroupSpec {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  /** An open file for both of its outputs. */
  readonly output: number;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
}

export interface Group {
  /** Of the leader; also the number of the group. */
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly exit: Exit | undefined;
  /** Sends the signal to all, waits, then kills them; everything is gone when it resolves. Also after the exit. */
  stop(signal: NodeJS.Signals, timeoutMs: number): Promise<void>;
}

// A killed process is gone within milliseconds, unless it hangs in the kernel (a dead network file system).
const KILL_TIMEOUT_MS = 10_000;
// Killed orphans stay as zombies for ever where process 1 does not collect them (a container without an init).
const ORPHANS_TIMEOUT_MS = 500;

/** Starts the program; rejects with the system's error (ENOENT, EACCES) where it cannot be run. */
export async function startGroup(spec: GroupSpec): Promise<Group> {
  const { command, args, mark } = await marked(spec, spec);
  const child = spawn(command, args, {
    cwd: spec.cwd,
    env: { ...spec.env },
    stdio: ['ignore', spec.output, spec.output],
    detached: true,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid!;
  const reaper = reaperFor(pid, mark);

  let exit: Exit | undefined;
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      // At once: while children are left the number cannot be given to another group, later it can.
      signalGroup(pid, 'SIGKILL');
      exit = { code, signal };
      resolve(exit);
    });
  });
  const gone = exited.then(async () => {
    await reaper.dismiss();
    if (mark !== undefined) await endProcessesMarked(mark);
    const deadline = performance.now() + ORPHANS_TIMEOUT_MS;
    while (signalGroup(pid, 0) && performance.now() < deadline) await sleep(5);
  });

  return {
    pid,
    exited,
    get exit() {
      return exit;
    },
    async stop(signal, timeoutMs) {
      if (exit === undefined) signalGroup(pid, signal);
      if (!(await endsWithin(gone, timeoutMs))) {
        if (exit === undefined) signalGroup(pid, 'SIGKILL');
        if (!(await endsWithin(gone, KILL_TIMEOUT_MS))) {
          throw new MeasurementError(`process ${pid} (${spec.command}) could not be killed`);
        }
      }
    },
  };
}

/** Whether there was anybody to send it to; signal 0 only asks. */
export function signalGroup(groupId: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return kill(-groupId, signal);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // EPERM: only processes that became somebody else's are left (macOS: zombies too).
    if (code === 'ESRCH' || code === 'EPERM') return false;
    throw error;
  }
}

/** Kills whatever a run in this directory has started and not ended, in whatever group (Linux). */
export const endProcessesFrom = (directory: string): Promise<void> => endAll(() => processesFrom(directory));

/** Kills the processes that carry the mark (Linux). */
export const endProcessesMarked = (mark: string): Promise<void> => endAll(() => processesMarked(mark));

async function endAll(find: () => readonly number[]): Promise<void> {
  const deadline = performance.now() + ORPHANS_TIMEOUT_MS;
  for (let left = find(); left.length > 0; left = find()) {
    for (const pid of left) killOne(pid);
    if (performance.now() > deadline) return;
    await sleep(5);
  }
}

function killOne(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error; // it has just ended, or became somebody else's
  }
}

async function endsWithin(event: Promise<void>, timeoutMs: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    const late = sleep(timeoutMs, false, { signal: timer.signal });
    late.catch(() => undefined); // the rejection is how the timer is put away
    return await Promise.race([event.then(() => true), late]);
  } finally {
    timer.abort();
  }
}
