/**
 * Runs the go command and what it has built. Errors are told with the end of what the process wrote.
 */
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import { type Ran, runProgram } from '../process/program.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Environment;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** More output than this is an error: the package lists of a program of 3000 packages take 30 MB. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** What the command wrote; throws a MeasurementError for any exit code but 0. */
export async function run(options: Run): Promise<string> {
  const answer = await ask(options);
  if (answer.exitCode !== 0) throw failure(options, answer);
  return answer.stdout;
}

/** The answer whatever the exit code; throws if the command could not be run to its end. */
export async function ask({ command, args, cwd, env, input, signal }: Run): Promise<Answer> {
  const bound = { mostBytes: MAX_OUTPUT_BYTES, keptBytes: MAX_OUTPUT_BYTES };
  const ran = await runProgram({
    ...{ command, args, cwd, env, input, signal },
    run: env['GOTMPDIR'],
    stdout: bound,
    stderr: bound,
  }).catch((cause: NodeJS.ErrnoException) => {
    if (signal?.aborted) throw cause;
    throw notRun({ command, args, cwd }, cause.message, { cause, hint: hintFor(cause.code, command) });
  });
  const stderr = ran.stderr.toString('utf8');
  if (ran.end === 'over' && ran.exitCode !== undefined) {
    return { exitCode: ran.exitCode, stdout: ran.stdout.toString('utf8'), stderr };
  }
  throw notRun({ command, args, cwd }, reasonOf(ran), { detail: endOf(stderr) });
}

const reasonOf = ({ end, signal }: Ran) =>
  end === 'too much output' ? `it wrote more than ${MAX_OUTPUT_BYTES / 2 ** 20} MB` : `it was ended by ${signal}`;

function notRun(
  { command, args, cwd }: Pick<Run, 'command' | 'args' | 'cwd'>,
  reason: string,
  { hint = `it ran in ${cwd}`, ...more }: { hint?: string | undefined; detail?: string; cause?: unknown },
): MeasurementError {
  return new MeasurementError(`${shown(command, args)} could not be run: ${reason}`, { hint, ...more });
}

function hintFor(code: string | undefined, command: string): string | undefined {
  switch (code) {
    case 'ENOENT':
      return `is ${command} installed and on PATH?`;
    case 'EACCES':
      return 'is the temporary directory mounted noexec? set TMPDIR to one that programs may be started from';
    default:
      return undefined;
  }
}

export function failure({ command, args, cwd }: Run, { exitCode, stderr }: Answer): MeasurementError {
  return new MeasurementError(`${shown(command, args)} failed in ${cwd} (exit code ${exitCode})`, {
    detail: endOf(stderr),
  });
}

function shown(command: string, args: readonly string[]): string {
  return [command, ...args].map((word) => (word.length > 80 ? `${word.slice(0, 77)}...` : word)).join(' ');
}

function endOf(text: string): string {
  return plainText(text).trim().split('\n').slice(-20).join('\n');
}
