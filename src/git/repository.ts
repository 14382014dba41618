/**
 * The repository around a directory: where it is, and that it can be worked with. Reads only.
 */
import { resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import { type Environment, failure, type Git, NOT_STARTED, openGit } from './git.ts';

export interface Repository {
  /** The work tree's directory. */
  readonly root: string;
  /** From the root to the directory that was opened: '' or 'services/orders'. */
  readonly prefix: string;
  /** This work tree's own git directory. */
  readonly gitDir: string;
  /** The git directory that all work trees share. */
  readonly commonDir: string;
  /** The commit of HEAD. */
  readonly headCommit: string;
  /** The history is cut off (`git clone --depth`). */
  readonly isShallow: boolean;
  readonly temporaryDirectory: string;
  /** git at the root. */
  readonly git: Git;
  /** git elsewhere, with the same environment. */
  gitAt(directory: string): Git;
}

/** What opening a repository needs of the World. */
export interface RepositoryOptions {
  readonly env: Environment;
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal;
}

/** The repository that holds the directory; throws a UserError where there is none, or none with a commit. */
export async function openRepository(cwd: string, options: RepositoryOptions): Promise<Repository> {
  const gitAt = (directory: string) => openGit(directory, options.env, options.signal);
  const question = ['rev-parse', '--is-inside-work-tree', '--is-shallow-repository', '--absolute-git-dir'];
  const { exitCode, stdout, stderr } = await gitAt(cwd).ask(question);
  if (exitCode !== 0) throw notOpened(cwd, question, exitCode, stderr);
  const [isInside, isShallow, gitDir = ''] = stdout.split('\n');
  if (isInside !== 'true') {
    throw new UserError(`${cwd} has no work tree: it is a bare repository or a git directory`, {
      hint: 'run perf-gate in a clone with checked-out files',
    });
  }
  const [root, prefix, common] = await Promise.all([
    gitAt(cwd).run(['rev-parse', '--show-toplevel']),
    gitAt(cwd).run(['rev-parse', '--show-prefix']),
    gitAt(cwd).run(['rev-parse', '--git-common-dir']),
  ]);
  const git = gitAt(root);
  const head = await git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}']);
  if (head.exitCode !== 0) {
    throw new UserError(`the repository ${root} has no commits yet`, {
      hint: 'commit something first: perf-gate compares with a commit',
    });
  }
  return {
    root,
    prefix: prefix.replace(/\/$/, ''),
    gitDir,
    commonDir: resolve(cwd, common),
    headCommit: head.stdout.trim(),
    isShallow: isShallow === 'true',
    temporaryDirectory: options.temporaryDirectory,
    git,
    gitAt,
  };
}

function notOpened(cwd: string, args: readonly string[], exitCode: number, stderr: string): UserError {
  if (exitCode !== NOT_STARTED && /not a git repository/.test(stderr)) {
    return new UserError(`${cwd} is not inside a git repository`, {
      hint: 'run perf-gate in a clone of the service, or make one: git init && git add -A && git commit -m start',
    });
  }
  if (/dubious ownership/.test(stderr)) {
    return new UserError(`git does not trust the repository at ${cwd}: it belongs to another user`, {
      hint: `git config --global --add safe.directory ${cwd}`,
      detail: stderr.trim(),
    });
  }
  return failure(args, cwd, exitCode, stderr);
}
