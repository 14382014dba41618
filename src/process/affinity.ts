/**
 * Pinning a program to cores. taskset replaces itself by the program (exec), so the process id stays the same.
 */
import { readFileSync } from 'node:fs';
import { isOnPath } from '../base/on-path.ts';

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
  return isOnPath('taskset', env);
}

/** The cores that this process and its children may run on, ascending; the first `count` where the system does not say. */
export function allowedCores(count: number): number[] {
  let status: string;
  try {
    status = readFileSync('/proc/self/status', 'utf8');
  } catch {
    return Array.from({ length: count }, (_, core) => core); // not Linux: nothing is pinned there
  }
  return parseCores(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? '');
}

/** The numbers in a list such as `0-3,8` (cpuset(7)). */
export function parseCores(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = Number.NaN, last = first] = part.split('-').map(Number);
    return Number.isInteger(first) ? Array.from({ length: last - first + 1 }, (_, i) => first + i) : [];
  });
}
