/**
 * Whose something is that a run leaves when it is killed: written beside it, so that the next run knows whether it may
 * be removed. A process id alone says little: it is given again, and in another container it is somebody else's.
 */
import { readFileSync, readlinkSync } from 'node:fs';
// Not ambient state but the only system call that asks after a process where there is no /proc.
import { kill, pid as self } from 'node:process';

/** In a temporary directory of a run, or one for a copy of the index: its owner, in a line. */
export const OWNER_FILE = 'process';

/** The process in a line: its id, when it began, its name space of ids, and the boot of the machine; `-` for unknown. */
export const ownerLine = (pid = self): string =>
  [pid, startOf(pid) ?? '-', nameSpace() ?? '-', boot() ?? '-'].join(' ');

/** Whether the process of this line may be alive: of a name space that is not ours nobody here can say that it is not. */
export function mayBeAtWork(line: string): boolean {
  const [pid = '', start = '-', space = '-', bootThen = '-'] = line.trim().split(' ');
  if (!/^[1-9]\d*$/.test(pid)) return false;
  const bootNow = boot();
  if (bootNow !== undefined && bootThen !== '-' && bootThen !== bootNow) return false;
  if (space !== '-' && space !== nameSpace()) return true;
  return isAtWork(Number(pid), start === '-' ? undefined : start);
}

/** Whether there is a process of this id that began then; undefined: whenever it began. */
export const isAtWork = (pid: number, start: string | undefined): boolean =>
  isRunning(pid) && (start === undefined || startOf(pid) === start);

/** When the process began, in ticks since the machine did (proc(5), starttime): with its id it is like no other. */
export function startOf(pid: number): string | undefined {
  const stat = read(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

/** Whether there is a process of this number, whoever's it is. */
function isRunning(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const nameSpace = () => read(() => readlinkSync('/proc/self/ns/pid'));
const boot = () => read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim());

/** Undefined where the system does not tell it. */
function read(ask: () => string): string | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
