/** Errors in words, and as an exit code. */
import { EXIT, type ExitCode, UserError } from './errors.ts';
import { machineFault } from './machine-fault.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

/** Prints what a person should know of an error, and of those of the cleaning up after it; returns the exit code. */
export function tell(error: unknown, world: World): ExitCode {
  const [first, ...later] = inOrder(error);
  const { text, code } = told(world.signal.aborted ? world.signal.reason : first, world);
  const lines = later.map((failure) => (failure instanceof Error ? failure.message : failure));
  const all = [text, ...lines.map((line) => `perf-gate: then, while cleaning up: ${line}\n`)].join('');
  // Services print what they connect to, and whoever reads the log of a job is not always who may know it.
  world.stderr.write(world.secrets.clean(all));
  return code;
}

/** What `await using` puts into one SuppressedError: the first error, and those of the cleaning up after it. */
function inOrder(error: unknown): unknown[] {
  if (!(error instanceof Error && 'suppressed' in error && 'error' in error)) return [error];
  return [...inOrder(error.suppressed), ...inOrder(error.error)];
}

function told(error: unknown, world: World): { readonly text: string; readonly code: ExitCode } {
  const reason = error instanceof UserError ? error : (machineFault(error, world.temporaryDirectory) ?? error);
  if (reason instanceof UserError) {
    const { at, message, detail, hint, exitCode } = reason;
    const lines = [
      `perf-gate: ${at === undefined ? '' : `${at}: `}${message}`,
      ...(detail ? [indent(detail.trimEnd())] : []),
      ...(hint ? [`  -> ${hint}`] : []),
    ];
    return { text: `${lines.join('\n')}\n`, code: exitCode };
  }
  const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  return {
    text: `perf-gate: this is a bug in perf-gate ${VERSION}, please report it:\n${stack}\n`,
    code: EXIT.invalid,
  };
}

const indent = (text: string) => text.replace(/^/gm, '  | ');
