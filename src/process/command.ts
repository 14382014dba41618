/**
 * Runs one command to its end, in a process group of its own, so that nothing which it started outlives it or an
 * interruption (compilers are grandchildren). All output goes to the log; only its end is kept. It does not judge.
 */
import { appendFileSync } from 'node:fs';
// The only system call for a whole group: a child's own kill reaches the leader alone.
import { kill } from 'node:process';
import { StringDecoder } from 'node:string_decoder';
import { execa } from 'execa';
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import { ended } from './ended.ts';
import { marked } from './mark.ts';

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

interface End {
  readonly exitCode: number | undefined;
  /** Of the system, where it could not be started. */
  readonly code?: string | undefined;
  readonly said: string | undefined;
}

const STDOUT_CHARACTERS = 4 * 1024 * 1024;
const OUTPUT_CHARACTERS = 64 * 1024;
const KILL_DELAY_MS = 3000;

/** The answer, whatever the exit code. Throws where the command cannot be started or was killed. */
export async function ask(command: Command): Promise<Answer> {
  const { signal, logFile } = command;
  signal.throwIfAborted();
  const log = (text: string) => logFile !== undefined && appendFileSync(logFile, text);
  log(`$ ${shown(command)}\n`);
  command.tell?.(`$ ${shown(command)}`);

  const { cwd, env } = command;
  // Builds have this directory, and it is that of the run.
  const started = await marked(command, { run: env['GOTMPDIR'], cwd, env });
  const child = execa(started.command, started.args, {
    cwd,
    env: defined(env),
    extendEnv: false,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    detached: true,
    cancelSignal: signal,
    forceKillAfterDelay: KILL_DELAY_MS,
  });
  let unlogged: unknown;
  const output = tail(OUTPUT_CHARACTERS);
  const stdout = tail(STDOUT_CHARACTERS);
  for (const stream of [child.stdout, child.stderr]) {
    const decoder = new StringDecoder('utf8');
    stream.on('data', (chunk: Buffer) => {
      const text = decoder.write(chunk);
      try {
        log(text);
      } catch (error) {
        unlogged ??= error; // where it is thrown nobody would end the command
      }
      output.add(text);
      if (stream === child.stdout) stdout.add(text);
    });
  }
  const killAll = (name: NodeJS.Signals) => child.pid !== undefined && signalGroup(child.pid, name);
  const onAbort = () => killAll('SIGTERM');
  signal.addEventListener('abort', onAbort, { once: true });
  // At once: a child left behind keeps our end of the output open, and later its number may be somebody else's.
  child.once('exit', () => killAll('SIGKILL'));
  const told = child.then(({ exitCode, code, originalMessage, shortMessage }): End => {
    return { exitCode, code, said: originalMessage ?? shortMessage };
  });
  const early = ended(child).then(
    ({ code, signal }): End => ({ exitCode: code ?? undefined, said: `it was ended by ${signal}` }),
    () => told, // which has the reason
  );
  const result = await Promise.race([told, early]).finally(() => signal.removeEventListener('abort', onAbort));
  signal.throwIfAborted();
  if (unlogged !== undefined) throw unlogged;
  if (result.exitCode === undefined) {
    throw new MeasurementError(`${command.command} could not be run: ${result.said}`, {
      detail: withCommand(output.text(), command),
      ...(result.code === 'ENOENT' ? { hint: `is ${command.command} installed and on PATH?` } : {}),
    });
  }
  return { exitCode: result.exitCode, stdout: stdout.text(), output: plainText(output.text()) };
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

/** The environment with variables added; undefined removes one. */
export function defined(env: Environment): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
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

function signalGroup(groupId: number, name: NodeJS.Signals): void {
  try {
    kill(-groupId, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error; // nobody left, or only what became somebody else's
  }
}
