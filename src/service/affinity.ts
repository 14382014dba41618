/**
 * Pinning a program to cores. taskset replaces itself by the program (exec), so the process id stays the same.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** The command, run on these cores only; the same command where `cores` is undefined (pin nothing). */
export function pinned(command: string, args: readonly string[], cores: readonly number[] | undefined): Command {
  if (cores === undefined) return { command, args };
  return { command: 'taskset', args: ['-c', cores.join(','), command, ...args] };
}

/** Whether a program with this environment could be pinned: taskset is a Linux program (util-linux, busybox). */
export function hasTaskset(env: Readonly<Record<string, string | undefined>>): boolean {
  // Without PATH, execvp(3) looks here.
  const path = env['PATH'] ?? '/usr/bin:/bin';
  return path.split(delimiter).some((directory) => isExecutable(join(directory, 'taskset')));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // whatever the reason, it cannot be run
  }
}
