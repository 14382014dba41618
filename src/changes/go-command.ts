/**
 * Runs the go command and what it has built. Errors are told with the end of what the process wrote.
 */
import { execa, type Options } from 'execa';
import { MeasurementError } from '../base/errors.ts';

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
  signal?.throwIfAborted();
  const options = {
    cwd,
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined)),
    extendEnv: false,
    reject: false,
    maxBuffer: MAX_OUTPUT_BYTES,
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  } satisfies Options;
  const result = await execa(command, args, options);
  signal?.throwIfAborted();
  if (result.exitCode === undefined || result.isMaxBuffer) {
    throw new MeasurementError(
      `${shown(command, args)} could not be run: ${result.originalMessage ?? result.shortMessage}`,
      {
        hint: hintFor(result.code, command) ?? `it ran in ${cwd}`,
        detail: endOf(String(result.stderr ?? '')),
      },
    );
  }
  return { exitCode: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
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
  return text.trim().split('\n').slice(-20).join('\n');
}
