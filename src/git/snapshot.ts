/**
 * A commit of the work tree as it is. Everything is done on a copy of the index; what remains are unreferenced objects,
 * which git's own housekeeping removes.
 */
import { copyFile, mkdtemp, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OWNER_FILE, ownerLine } from '../process/owner.ts';
import type { GitOptions } from './git.ts';
import type { Repository } from './repository.ts';

export interface Snapshot {
  /** HEAD when nothing differs from it, else a temporary commit on top of it. */
  readonly treeCommit: string;
  /** `git describe --tags --always --dirty`. */
  readonly version: string;
}

/** The work tree with its uncommitted and untracked files, without the ignored ones and the given paths. */
export async function snapshot(repo: Repository, exclude: readonly string[]): Promise<Snapshot> {
  const directory = await mkdtemp(join(repo.temporaryDirectory, 'perf-gate-index-'));
  try {
    await writeFile(join(directory, OWNER_FILE), `${ownerLine()}\n`); // whoever is killed here leaves it to the next run
    const index = join(directory, 'index');
    await copyIndex(resolve(repo.root, await repo.git.run(['rev-parse', '--git-path', 'index'])), index);
    const options: GitOptions = { env: { GIT_INDEX_FILE: index } };
    // Before anything is added: --dirty speaks of tracked files only. (On the copy, as describe refreshes the index.)
    const version = await repo.git.run(['describe', '--tags', '--always', '--dirty'], options);
    const add = ['-c', 'core.safecrlf=false', 'add', '--all', '--', '.'];
    await repo.git.run([...add, ...(await exclusions(repo, exclude))], options);
    const tree = await repo.git.run(['write-tree'], options);
    const [headTree, seconds] = await Promise.all([
      repo.git.run(['rev-parse', `${repo.headCommit}^{tree}`]),
      repo.git.run(['show', '--no-patch', '--no-show-signature', '--format=%ct', repo.headCommit]),
    ]);
    if (tree === headTree) return { treeCommit: repo.headCommit, version };
    return { treeCommit: await commitTree(repo, tree, Number(seconds)), version };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Pathspecs that leave the paths out. `git add` takes one that is ignored anyway for a mistake (git 2.39). */
async function exclusions(repo: Repository, paths: readonly string[]): Promise<string[]> {
  const specs: string[] = [];
  for (const path of paths) {
    const answer = await repo.git.ask(['check-ignore', '--quiet', '--', path]);
    if (answer.exitCode !== 0) specs.push(`:(exclude,top,literal)${path}`);
  }
  return specs;
}

/** The same state of the work tree on the same HEAD gives the same commit, whoever makes it and whenever. */
async function commitTree(repo: Repository, tree: string, seconds: number): Promise<string> {
  const env: Record<string, string> = {};
  for (const role of ['AUTHOR', 'COMMITTER']) {
    env[`GIT_${role}_NAME`] = 'perf-gate';
    env[`GIT_${role}_EMAIL`] = 'perf-gate@localhost';
    env[`GIT_${role}_DATE`] = `${seconds} +0000`;
  }
  return repo.git.run(['commit-tree', tree, '-p', repo.headCommit, '-m', 'perf-gate: the work tree'], { env });
}

/**
 * Git tells a file that changed within the second of the index's own time by reading it: a copy that is younger than its
 * original would hide such a change, so it is made to look older.
 */
async function copyIndex(from: string, to: string): Promise<void> {
  const times = await stat(from).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined; // `git clone --no-checkout`: nothing is in the index
    throw error;
  });
  if (times === undefined) return;
  await copyFile(from, to);
  const seconds = Math.floor(times.mtimeMs / 1000);
  await utimes(to, seconds, seconds);
}
