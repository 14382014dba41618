/**
 * What the program may know of the process it runs in. This file and the doors are the only ones that touch `process`;
 * everything else is handed a World, so the whole program can be run as `main(argv, world)` in a test.
 */
import { availableParallelism, freemem, tmpdir, totalmem } from 'node:os';
import { Secrets } from './redact.ts';

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** The width of the terminal in cells, as it is now; undefined where it is not known. */
  columns?(): number | undefined;
}

export interface World {
  readonly pid: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly arch: string;
  /** Cores that this process may use. */
  readonly cores: number;
  readonly memory: { readonly totalBytes: number; freeBytes(): number };
  readonly temporaryDirectory: string;
  /** What nobody may be told; everything that leaves the program is cleaned of it. */
  readonly secrets: Secrets;
  readonly stdout: Output;
  readonly stderr: Output;
  now(): Date;
  /** A clock that never goes back, in milliseconds. */
  monotonicMs(): number;
  /** CPU time of this process, in milliseconds. */
  cpuMs(): number;
  /** Aborted when the person or the CI system asks us to stop. */
  readonly signal: AbortSignal;
}

/** The World of this process; `signal` is given by the door, which owns the signal handlers. */
export function processWorld(signal: AbortSignal): World {
  return {
    pid: process.pid,
    cwd: process.cwd(),
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    cores: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem },
    temporaryDirectory: tmpdir(),
    secrets: new Secrets(process.env),
    stdout: { write: (text) => void process.stdout.write(text), isTerminal: process.stdout.isTTY === true },
    stderr: {
      write: (text) => void process.stderr.write(text),
      isTerminal: process.stderr.isTTY === true,
      columns: () => process.stderr.columns,
    },
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    },
    signal,
  };
}
