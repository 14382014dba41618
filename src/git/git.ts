/**
 * Runs git, through simple-git. It knows how to hear every failure (simple-git takes a non-zero exit with an empty stderr
 * for success) and which of the environment's GIT_ variables reach git; it knows nothing of what the commands mean.
 */
import { GitConstructError, GitError, type SimpleGit, simpleGit } from 'simple-git';
import { MeasurementError, UserError } from '../base/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface GitOptions {
  /** Variables for this command only, GIT_ ones included. */
  readonly env?: Readonly<Record<string, string>>;
  /** Goes on when the run is being stopped: for cleaning up. */
  readonly uninterrupted?: boolean;
}

export interface Git {
  /** What the command wrote, without the last line break; any exit code but 0 is thrown as a UserError. */
  run(args: readonly string[], options?: GitOptions): Promise<string>;
  /** The answer whatever the exit code, for commands that say 'no' by it. */
  ask(args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
  /** The bytes of a blob; throws a UserError where there is none. */
  blob(id: string): Promise<Uint8Array>;
}

/** How to get git, for whoever has none. */
export const GET_GIT = 'install git and put it on PATH: https://git-scm.com/downloads';

/** The exit code that stands for 'git could not be started'. */
export const NOT_STARTED = -1;
const KILLED = -2;

/** simple-git passes its own errors on as they are and makes text of all others. */
class GitExit extends GitError {
  readonly answer: GitAnswer;

  constructor(answer: GitAnswer) {
    super(undefined, answer.stderr);
    this.answer = answer;
  }
}

/**
 * The variables that say how to reach and read repositories stay; those that say which repository, index or identity to
 * use (a hook that runs us has them set) go.
 */
const KEPT =
  /^GIT_(CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|SSL_\w+|SSH\w*|HTTP_\w+|ASKPASS|TERMINAL_PROMPT|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|LFS_\w+)$/i;
/** What simple-git's environment guard refuses besides GIT_*. */
const GUARDED = /^(EDITOR|PAGER|PREFIX|SSH_ASKPASS|VISUAL)$/i;

/**
 * simple-git distrusts arguments and environment alike. Ours are constants, checked commit ids and paths, and the
 * environment is the person's own: CI systems put credential helpers and url rewrites there.
 */
const TRUSTED = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeUrlRewrite: true,
};

const CONFIG = [
  'core.hooksPath=/dev/null', // the person's hooks are not for our checkouts
  'core.fsmonitor=false', // no daemon started by us, and no trust in one for a copied index
  'core.splitIndex=false', // a split copy of the index would write its other half beside the original
  'core.quotePath=false',
  'advice.detachedHead=false',
];

/** The git of a directory. */
export function openGit(directory: string, env: Environment, signal: AbortSignal | undefined): Git {
  async function attempt<Output>(
    act: (git: SimpleGit) => Promise<Output>,
    options: GitOptions,
  ): Promise<{ readonly output: Output } | GitAnswer> {
    const stop = options.uninterrupted === true ? undefined : signal;
    stop?.throwIfAborted();
    try {
      return { output: await act(start(directory, { ...kept(env), LC_ALL: 'C', ...options.env }, stop)) };
    } catch (error) {
      stop?.throwIfAborted();
      if (error instanceof GitExit) return error.answer;
      if (error instanceof GitConstructError)
        throw new UserError(`there is no directory ${directory}`, { cause: error });
      throw error;
    }
  }
  async function ask(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
    const answer = await attempt((git) => git.raw([...args]), options);
    return 'output' in answer ? { exitCode: 0, stdout: answer.output, stderr: '' } : answer;
  }
  async function run(args: readonly string[], options?: GitOptions): Promise<string> {
    const { exitCode, stdout, stderr } = await ask(args, options);
    if (exitCode !== 0) throw failure(args, directory, exitCode, stderr);
    return stdout.replace(/\n$/, '');
  }
  async function blob(id: string): Promise<Uint8Array> {
    const args = ['blob', id];
    const answer = await attempt<Uint8Array>((git) => git.binaryCatFile(args), {});
    if ('output' in answer) return answer.output;
    throw failure(['cat-file', ...args], directory, answer.exitCode, answer.stderr);
  }
  return { ask, run, blob };
}

function start(directory: string, env: Record<string, string>, signal: AbortSignal | undefined): SimpleGit {
  return simpleGit({
    baseDir: directory,
    config: CONFIG,
    unsafe: TRUSTED,
    allowEnvironment: Object.keys(env).filter((name) => /^GIT_/i.test(name)),
    // Its default ends a command 50 ms after the exit, even if output is still to come.
    completion: { onClose: true, onExit: false },
    errors: (error, { exitCode, stdOut, stdErr }) => {
      if (exitCode === 0) return error;
      const stderr = Buffer.concat(stdErr).toString();
      const isStarted = !/^Error: spawn \S+ E/.test(stderr);
      // Killed by a signal: the code is null, whatever the type says.
      const code = isStarted ? ((exitCode as number | null) ?? KILLED) : NOT_STARTED;
      return new GitExit({ exitCode: code, stdout: Buffer.concat(stdOut).toString(), stderr });
    },
    ...(signal === undefined ? {} : { abort: signal }),
  }).env(env);
}

function kept(env: Environment): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || GUARDED.test(name)) continue;
    if (!/^GIT_/i.test(name) || KEPT.test(name)) result[name] = value;
  }
  return result;
}

/** A failed command as the person should see it. */
export function failure(args: readonly string[], directory: string, exitCode: number, stderr: string): UserError {
  if (exitCode === NOT_STARTED) {
    return new UserError('git could not be started', {
      code: 'no-git',
      hint: GET_GIT,
      detail: stderr.split('\n')[0] ?? '',
    });
  }
  const command = args.find((word, index) => word !== '-c' && args[index - 1] !== '-c');
  // Nothing is wrong with the use where the machine has no room.
  const Failure = IS_FULL.test(stderr) ? MeasurementError : UserError;
  return new Failure(`git ${command} failed in ${directory} (exit code ${exitCode})`, {
    hint: remedyFor(stderr) ?? `try it there: git ${args.map(quoted).join(' ')}`,
    detail: stderr.trim().split('\n').slice(-10).join('\n'),
  });
}

const IS_FULL = /No space left|Disk quota|Out of diskspace|unable to write file/i;

/** For what the machine refuses; git names the reason of a file that cannot be written only now and then. */
function remedyFor(stderr: string): string | undefined {
  if (IS_FULL.test(stderr))
    return 'is the disk full? both sides are checked out below TMPDIR, and uncommitted changes are kept in .git';
  if (/Read-only file system|Permission denied|insufficient permission/i.test(stderr))
    return 'perf-gate must be able to write to .git, which is as before when it ends: make it writable, or run it in a clone';
  return undefined;
}

function quoted(word: string): string {
  return /^[\w./:@=,+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
