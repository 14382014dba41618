import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  MeasurementError
} from "./base-errors.js";

// src/base/machine-fault.ts
function machineFault(error, temporaryDirectory) {
  const { code, syscall, message = "" } = error ?? {};
  const isNoTemporary = code === "ENOENT" && (syscall === "mkdtemp" || syscall === "realpath");
  const fault = isNoTemporary ? { message: `there is no directory ${temporaryDirectory}`, hint: "make it, or name another one in TMPDIR" } : faultOf(isOutOfMemory(error) ? "ENOMEM" : code, temporaryDirectory);
  return fault && new MeasurementError(fault.message, { hint: fault.hint, detail: message, cause: error });
}
var isOutOfMemory = (error) => error instanceof RangeError && /out of memory|Array buffer allocation failed/i.test(error.message);
function faultOf(code, temporaryDirectory) {
  const places = `${temporaryDirectory} (TMPDIR), to --output and to .git`;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return {
        message: code === "ENOSPC" ? "there is no space left on the disk" : "the disk quota is used up",
        hint: `free some: both sides are built in ${temporaryDirectory} (TMPDIR), and their profiles go to --output`
      };
    case "EROFS":
      return { message: "a place that is written to is read-only", hint: `perf-gate writes to ${places}` };
    case "EACCES":
    case "EPERM":
      return { message: "the system does not permit what perf-gate needs", hint: `it writes to ${places}` };
    case "EFBIG":
      return { message: "a file grew over the size that is allowed here", hint: "raise the limit: ulimit -f" };
    case "EMFILE":
    case "ENFILE":
      return { message: "too many files are open", hint: "raise the limit: ulimit -n" };
    case "ENOMEM":
      return { message: "there is not enough memory", hint: "end other programs, or raise the limit: ulimit -v" };
    case "EAGAIN":
      return { message: "no more processes may be started here", hint: "raise the limit: ulimit -u" };
    default:
      return void 0;
  }
}

export {
  machineFault
};
