/** What the machine refuses (a full disk, a read-only place, too many open files), as an error that a person can repair. */
import { MeasurementError } from './errors.ts';

/** The error in words; undefined where it is none of these, and so a bug. */
export function machineFault(error: unknown, temporaryDirectory: string): MeasurementError | undefined {
  const { code, syscall, message = '' } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const isNoTemporary = code === 'ENOENT' && (syscall === 'mkdtemp' || syscall === 'realpath');
  const fault = isNoTemporary
    ? { message: `there is no directory ${temporaryDirectory}`, hint: 'make it, or name another one in TMPDIR' }
    : faultOf(isOutOfMemory(error) ? 'ENOMEM' : code, temporaryDirectory);
  return fault && new MeasurementError(fault.message, { hint: fault.hint, detail: message, cause: error });
}

/** V8 has no code for it: a buffer, or the memory of a WebAssembly module (Node's HTTP parser). */
const isOutOfMemory = (error: unknown) =>
  error instanceof RangeError && /out of memory|Array buffer allocation failed/i.test(error.message);

/** By the code of the system call: errno(3). */
function faultOf(code: string | undefined, temporaryDirectory: string) {
  const places = `${temporaryDirectory} (TMPDIR), to --output and to .git`;
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        message: code === 'ENOSPC' ? 'there is no space left on the disk' : 'the disk quota is used up',
        hint: `free some: both sides are built in ${temporaryDirectory} (TMPDIR), and their profiles go to --output`,
      };
    case 'EROFS':
      return { message: 'a place that is written to is read-only', hint: `perf-gate writes to ${places}` };
    case 'EACCES':
    case 'EPERM':
      return { message: 'the system does not permit what perf-gate needs', hint: `it writes to ${places}` };
    case 'EFBIG':
      return { message: 'a file grew over the size that is allowed here', hint: 'raise the limit: ulimit -f' };
    case 'EMFILE':
    case 'ENFILE':
      return { message: 'too many files are open', hint: 'raise the limit: ulimit -n' };
    case 'ENOMEM':
      return { message: 'there is not enough memory', hint: 'end other programs, or raise the limit: ulimit -v' };
    case 'EAGAIN':
      return { message: 'no more processes may be started here', hint: 'raise the limit: ulimit -u' };
    default:
      return undefined;
  }
}
