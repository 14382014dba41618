/**
 * Which two commits are compared. The state of a work tree with uncommitted changes becomes a commit of its own, which no
 * branch points to; the person's index, files and refs are read and never written.
 */
import { UserError } from '../base/errors.ts';
import { branchOf, currentBranch, findCommit, resolveCommit } from './refs.ts';
import type { Repository } from './repository.ts';
import { snapshot } from './snapshot.ts';

export interface Side {
  readonly name: 'base' | 'head';
  /** The full id of the real commit; of a work tree, HEAD's. */
  readonly commit: string;
  readonly shortCommit: string;
  /** The commit to check out: of a work tree with uncommitted changes, a temporary one on top of `commit`. */
  readonly treeCommit: string;
  /** What `git describe --tags --always --dirty` says. */
  readonly version: string;
  /** Undefined for a detached HEAD, a tag or a bare commit id. */
  readonly branch: string | undefined;
  /** It holds changes that are in no commit. (`version` says -dirty for changes of tracked files only, as git does.) */
  readonly isDirty: boolean;
  /** When `commit` was committed: ISO 8601, UTC. */
  readonly commitTime: string;
}

export interface Sides {
  readonly head: Side;
  readonly base: Side;
  /** Why this base: 'merge base with origin/main', 'given as v1.4.0'. */
  readonly baseReason: string;
}

export interface SidesOptions {
  /** Undefined for the work tree as it is, uncommitted and untracked files included (ignored ones not). */
  readonly head?: string | undefined;
  /** Undefined for the merge base of the head with the branch. */
  readonly base?: string | undefined;
  /** Why `base`, for the report; without it that it was given. */
  readonly baseReason?: string | undefined;
  /** The branch that the head will go to; undefined to find it out: origin's default branch, main or master. */
  readonly branch?: string | undefined;
  /** Paths from the root that are left out of the work tree's state: our own output. */
  readonly exclude?: readonly string[];
}

/** The two sides to compare; throws a UserError for an unknown ref, or when no base can be found. */
export async function resolveSides(repo: Repository, options: SidesOptions = {}): Promise<Sides> {
  const head =
    options.head === undefined
      ? await workTree(repo, options.exclude ?? [])
      : await committed(repo, 'head', await resolveCommit(repo, options.head), await branchOf(repo, options.head));
  if (options.base !== undefined) {
    const commit = await resolveCommit(repo, options.base);
    const base = await committed(repo, 'base', commit, await branchOf(repo, options.base));
    return { head, base, baseReason: options.baseReason ?? `given as ${options.base}` };
  }
  const { commit, name, branch } = await mergeBaseWith(repo, head.commit, options.branch);
  const base = await committed(repo, 'base', commit, branch);
  const isHead = commit === head.commit ? ', which is the head commit itself' : '';
  return { head, base, baseReason: `merge base with ${name}${isHead}` };
}

/** A commit's merge base with a branch. */
export interface MergeBase {
  readonly commit: string;
  /** The branch as people write it: origin/main. */
  readonly name: string;
  readonly branch: string;
}

/** With the branch of this name, or the usual one; throws a UserError where there is none. */
export async function mergeBaseWith(repo: Repository, head: string, branch: string | undefined): Promise<MergeBase> {
  const target = await findTarget(repo, branch);
  return { ...target, commit: await mergeBase(repo, head, target) };
}

/** The branch that the head will go to. */
export interface Target {
  /** As people write it: origin/main. */
  readonly name: string;
  readonly branch: string;
  readonly commit: string;
}

async function workTree(repo: Repository, exclude: readonly string[]): Promise<Side> {
  const { treeCommit, version } = await snapshot(repo, exclude);
  const side = await committed(repo, 'head', repo.headCommit, await currentBranch(repo));
  return { ...side, treeCommit, version, isDirty: treeCommit !== repo.headCommit };
}

async function committed(
  repo: Repository,
  name: Side['name'],
  commit: string,
  branch: string | undefined,
): Promise<Side> {
  const [shortCommit, version, seconds] = await Promise.all([
    repo.git.run(['rev-parse', '--short', commit]),
    repo.git.run(['describe', '--tags', '--always', commit]),
    repo.git.run(['show', '--no-patch', '--no-show-signature', '--format=%ct', commit]),
  ]);
  const commitTime = new Date(Number(seconds) * 1000).toISOString();
  return { name, commit, shortCommit, treeCommit: commit, version, branch, isDirty: false, commitTime };
}

/** The branch of this name, or the usual one; throws a UserError when there is none. */
export async function findTarget(repo: Repository, branch: string | undefined): Promise<Target> {
  for (const ref of branch === undefined ? await usualBranches(repo) : branchRefs(branch)) {
    const commit = await findCommit(repo, ref);
    if (commit !== undefined) {
      const name = ref.replace(/^refs\/(heads|remotes)\//, '');
      return { name, branch: (await branchOf(repo, ref)) ?? name, commit };
    }
  }
  if (repo.isShallow) {
    const name = branch ?? 'main';
    throw new UserError(`the branch ${name} is not in this shallow clone, so the base cannot be found`, {
      hint: `${fetchCommand(name)} (GitHub: actions/checkout with fetch-depth: 0), or name a commit with --base`,
    });
  }
  if (branch !== undefined) {
    return { name: branch, branch, commit: await resolveCommit(repo, branch) };
  }
  throw new UserError('no branch to compare with: there is no origin/HEAD, main or master', {
    hint: 'set baseline.branch in perf-gate.yml, or name a commit with --base',
  });
}

function branchRefs(branch: string): string[] {
  return [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`];
}

async function usualBranches(repo: Repository): Promise<string[]> {
  const answer = await repo.git.ask(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD']);
  const declared = answer.exitCode === 0 ? [answer.stdout.trim()] : [];
  return [...declared, ...branchRefs('main'), ...branchRefs('master')];
}

async function mergeBase(repo: Repository, head: string, target: Target): Promise<string> {
  const answer = await repo.git.ask(['merge-base', head, target.commit]);
  const commit = answer.stdout.trim();
  if (answer.exitCode === 0 && commit !== '') return commit;
  if (repo.isShallow) {
    throw new UserError(`this clone is too shallow: it does not reach the merge base of the head and ${target.name}`, {
      hint: `${fetchCommand(target.branch)} (GitHub: actions/checkout with fetch-depth: 0), or name a commit with --base`,
    });
  }
  throw new UserError(`the head and ${target.name} have no common history`, {
    hint: 'set baseline.branch in perf-gate.yml to the branch that this work will go to, or name a commit with --base',
  });
}

/** Deepening by a number does not always reach the merge base, and two refs at once are not deepened (git 2.39). */
function fetchCommand(branch: string): string {
  return `git fetch --unshallow origin +refs/heads/${branch}:refs/remotes/origin/${branch}`;
}
