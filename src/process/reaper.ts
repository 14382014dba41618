/**
 * A watchdog for the one way out that we cannot catch: perf-gate itself is killed (SIGKILL, out of memory, a cancelled
 * job). It is a shell that sleeps in `read` on a pipe which only we hold; when we are gone it reads the end of the file
 * and kills the service's whole process group, and what carries its mark (see mark.ts). Everything else ends it first.
 *
 * Chosen over `setpriv --pdeathsig`: that reaches only the leader and not its children, is bound to the thread that
 * started it, is lost on set-uid programs, and is missing in busybox and on macOS.
 */
import { spawn } from 'node:child_process';

export interface Reaper {
  /** Ends the watchdog without killing anything; it is gone when this resolves. */
  dismiss(): Promise<void>;
}

/** Ends the group at once, then what left it: one line of each process's limits says whose it is. */
const SCRIPT = `read -r _
kill -s KILL -- "-$1"
[ -n "$2" ] || exit
for limits in /proc/[0-9]*/limits; do
  while read -r _ resident _ soft _; do
    [ "$resident" = resident ] || continue
    if [ "$soft" = "$2" ]; then pid=\${limits%/limits}; kill -s KILL "\${pid#/proc/}"; fi
    break
  done <"$limits"
done`;

/** Watches over a process group from now on, and over what carries the mark. */
export function reaperFor(groupId: number, mark: string | undefined): Reaper {
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'perf-gate-reaper', `${groupId}`, mark ?? ''], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // a Ctrl-C at the terminal must not end the watchdog before us
    env: {},
  });
  const ended = new Promise<void>((resolve) => {
    shell.once('exit', () => resolve());
    shell.once('error', () => resolve()); // no shell, no watchdog: every other way out is still covered
  });
  shell.unref();
  return {
    dismiss: async () => {
      shell.ref();
      shell.kill('SIGKILL');
      await ended;
    },
  };
}
