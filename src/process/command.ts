/** A command of a build: all that it says goes to the log of the run, its end into what is told of a failure. */
import { appendFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import { type Bound, runProgram } from './program.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited. */
  readonly env: Environment;
  /** What of `env` belongs to the command as shown to people: `CGO_ENABLED=0 go build`. */
  readonly shownEnv?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** All output is appended to this file. */
  readonly logFile?: string | undefined;
  /** Hears the command as `shown` gives it, before it runs. */
  readonly tell?: ((line: string) => void) | undefined;
}

export interface Answer {
  readonly exitCode: number;
  /** The last 4 MB. */
  readonly stdout: string;
  /** The end of both outputs as they came, as plain text. */
  readonly output: string;
}

const STDOUT_CHARACTERS = 4 * 1024 * 1024;
const OUTPUT_CHARACTERS = 64 * 1024;
const GRACE_MS = 3000;

/** The answer, whatever the exit code. Throws where the command cannot be started or was killed. */
export async function ask(command: Command): Promise<Answer> {
  const { signal, logFile, cwd, env } = command;
  signal.throwIfAborted();
  const log = (text: string) => logFile !== undefined && appendFileSync(logFile, text);
  log(`$ ${shown(command)}\n`);
  command.tell?.(`$ ${shown(command)}`);

  let unlogged: unknown;
  const output = tail(OUTPUT_CHARACTERS);
  const stdout = tail(STDOUT_CHARACTERS);
  const hearing = (add: (text: string) => void): Bound => {
    const decoder = new StringDecoder('utf8');
    const hear = (part: Buffer) => {
      const text = decoder.write(part);
      try {
        log(text);
      } catch (error) {
        unlogged ??= error; // where it is thrown nobody would end the command
      }
      output.add(text);
      add(text);
    };
    return { mostBytes: Number.POSITIVE_INFINITY, keptBytes: 0, hear };
  };
  const ran = await runProgram({
    ...{ command: command.command, args: command.args, cwd, env, signal },
    // Builds have this directory, and it is that of the run.
    run: env['GOTMPDIR'],
    graceMs: GRACE_MS,
    stdout: hearing(stdout.add),
    stderr: hearing(() => undefined),
  }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw notRun(command, cause as NodeJS.ErrnoException, output.text());
  });
  if (unlogged !== undefined) throw unlogged;
  if (ran.exitCode === undefined) throw notRun(command, new Error(`it was ended by ${ran.signal}`), output.text());
  return { exitCode: ran.exitCode, stdout: stdout.text(), output: plainText(output.text()) };
}

function notRun(command: Command, cause: NodeJS.ErrnoException, output: string): MeasurementError {
  return new MeasurementError(`${command.command} could not be run: ${cause.message}`, {
    cause,
    detail: withCommand(output, command),
    ...(cause.code === 'ENOENT' ? { hint: `is ${command.command} installed and on PATH?` } : {}),
  });
}

/** The command as one line that can be pasted into a shell. */
export function shown({
  command,
  args,
  cwd,
  shownEnv = {},
}: Pick<Command, 'command' | 'args' | 'cwd' | 'shownEnv'>): string {
  const variables = Object.entries(shownEnv).map(([name, value]) => `${name}=${shellWord(value)}`);
  return ['cd', shellWord(cwd), '&&', ...variables, ...[command, ...args].map(shellWord)].join(' ');
}

/** A word of a POSIX shell that means exactly this text. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const SHOWN_LINES = 40;

/** The last lines of an output and the command that wrote it, for the detail of an error. */
export function withCommand(output: string, command: Command): string {
  const lines = output.trimEnd().split('\n');
  const end = lines.length > SHOWN_LINES ? ['…', ...lines.slice(-SHOWN_LINES)] : lines;
  return [...end.filter((line, i) => i > 0 || line !== ''), `$ ${shown(command)}`].join('\n');
}

/** Keeps the last `size` characters. */
function tail(size: number) {
  let kept = '';
  return {
    add: (text: string) => {
      kept += text;
      if (kept.length > 2 * size) kept = kept.slice(-size);
    },
    text: () => kept.slice(-size),
  };
}
