/**
 * Fills the submodules of a private checkout from what the person's clone has of them (.git/modules): the commit that
 * the tree names, without network. Their repositories are read and not written to, the person's settings included.
 */
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { GitOptions } from './git.ts';
import type { Repository } from './repository.ts';

/** A directory that has submodules: the repository, or one of them. */
interface Parent {
  /** In the checkout. */
  readonly directory: string;
  /** Where the person has it. */
  readonly original: string;
  /** Git directories that may hold those of its submodules. */
  readonly gitDirs: readonly string[];
  readonly commit: string;
}

/** Those that nothing is known of here stay empty. */
export async function fillSubmodules(repo: Repository, commit: string, directory: string): Promise<void> {
  const gitDirs = [repo.gitDir, repo.commonDir];
  await fill(repo, { directory, original: repo.root, gitDirs, commit });
}

async function fill(repo: Repository, parent: Parent): Promise<void> {
  const { directory, commit } = parent;
  const places = await namesByPath(repo, directory);
  if (places.size === 0) return;
  const [gitDir = ''] = parent.gitDirs;
  const listed = await repo.git.run(['ls-tree', '-r', '-z', commit], { env: { GIT_DIR: gitDir } });
  for (const entry of listed.split('\0')) {
    const [, submodule, path] = /^160000 commit ([0-9a-f]{40,64})\t(.+)$/s.exec(entry) ?? [];
    const name = path === undefined ? undefined : places.get(path);
    if (submodule === undefined || path === undefined || name === undefined) continue;
    const original = join(parent.original, path);
    const candidates = [...parent.gitDirs.map((one) => join(one, 'modules', name)), join(original, '.git')];
    const found = await firstWith(repo, candidates, submodule);
    if (found === undefined) continue;
    const target = join(directory, path);
    await checkOut(repo, found, submodule, target);
    await fill(repo, { directory: target, original, gitDirs: [found], commit: submodule });
  }
}

/** The names of submodules by their paths, from .gitmodules; none that leads out of the directory of all of them. */
async function namesByPath(repo: Repository, directory: string): Promise<Map<string, string>> {
  const file = join(directory, '.gitmodules');
  const text = await readFile(file, 'utf8').catch(() => '');
  if (text === '') return new Map();
  const answer = await repo.git.ask(['config', '--null', '--file', file, '--get-regexp', '^submodule\\..*\\.path$']);
  return new Map(
    answer.stdout.split('\0').flatMap((entry) => {
      const [, name, path] = /^submodule\.(.*)\.path\n(.+)$/s.exec(entry) ?? [];
      const isInside = name !== undefined && !name.startsWith('/') && !name.split(/[/\\]/).includes('..');
      return isInside && path !== undefined ? [[path, name] as const] : [];
    }),
  );
}

/** The first git directory that holds the commit; `.git` of a submodule may be a file that names it, which git reads. */
async function firstWith(repo: Repository, gitDirs: readonly string[], commit: string): Promise<string | undefined> {
  for (const gitDir of gitDirs) {
    const about = await stat(gitDir).catch(() => undefined);
    if (about?.isDirectory() !== true) continue;
    const answer = await repo.git.ask(['cat-file', '-e', `${commit}^{tree}`], { env: { GIT_DIR: gitDir } });
    if (answer.exitCode === 0) return gitDir;
  }
  return undefined;
}

/** By an index of its own, beside the directory. */
async function checkOut(repo: Repository, gitDir: string, commit: string, directory: string): Promise<void> {
  const index = `${directory}.perf-gate-index`;
  const options: GitOptions = { env: { GIT_DIR: gitDir, GIT_WORK_TREE: directory, GIT_INDEX_FILE: index } };
  await mkdir(directory, { recursive: true });
  const git = repo.gitAt(directory);
  try {
    await git.run(['read-tree', commit], options);
    await git.run(['checkout-index', '--all', '--force', '--quiet'], options);
  } finally {
    await rm(index, { force: true });
  }
}
