/**
 * A private checkout of a side, next to the person's work tree and independent of it (`git worktree`). Filters such as
 * LFS run as configured, hooks do not.
 */
import { lstat, readdir, readFile, realpath, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { mayBeAtWork, ownerLine } from '../process/owner.ts';
import type { Repository } from './repository.ts';
import type { Side } from './sides.ts';
import { fillSubmodules } from './submodules.ts';

export interface Checkout extends AsyncDisposable {
  readonly side: Side;
  readonly directory: string;
  readonly warnings: readonly CheckoutWarning[];
  /** Paths that differ from the commit or are not in it, ignored ones too; of new directories their own alone. */
  changedFiles(): Promise<string[]>;
  /** Paths of the commit whose content here is another, whatever was committed or hidden from git here since. */
  rewrittenFiles(): Promise<string[]>;
}

/**
 * What the checkout lacks. Submodules are not fetched: those that the clone does not have are empty. Files that LFS keeps elsewhere are
 * pointers where git-lfs is not set up.
 */
export interface CheckoutWarning {
  readonly code: 'submodules-empty' | 'lfs-pointers';
  readonly paths: readonly string[];
}

/** A checkout of the side in a directory that does not exist yet, or is empty; removed when it is disposed of. */
export async function createCheckout(repo: Repository, side: Side, directory: string): Promise<Checkout> {
  if ((await readdir(directory).catch(absent<string[]>([]))).length > 0) {
    throw new Error(`${directory} is not empty: not ours to write to, and to remove`);
  }
  try {
    // In two steps: `worktree add` has another git fill the directory, which would outlive an interruption.
    const add = ['worktree', 'add', '--detach', '--no-checkout', '--quiet', directory, side.treeCommit];
    await removeRecordsOfTheDead(repo);
    await repo.git.run(add, { uninterrupted: true });
    // As `git worktree lock` does, so that nobody's housekeeping takes it away, and the next run knows whose it is.
    for (const record of await recordsOf(repo, directory)) {
      await writeFile(join(record, LOCK), `${LOCKED_BY}${ownerLine()}\n`);
    }
    await repo.gitAt(directory).run(['reset', '--hard', '--quiet', '--no-recurse-submodules']);
    await fillSubmodules(repo, side.treeCommit, directory);
    return {
      side,
      directory,
      warnings: [...(await emptySubmodules(repo, directory)), ...(await lfsPointers(repo, directory))],
      changedFiles: () => changedFiles(repo, directory),
      rewrittenFiles: () => rewrittenFiles(repo, side, directory),
      [Symbol.asyncDispose]: () => removeCheckout(repo, directory),
    };
  } catch (error) {
    await removeCheckout(repo, directory);
    throw error;
  }
}

/** Of a record (gitrepository-layout(5)); what it says is shown by `git worktree list --verbose`. */
const LOCK = 'locked';
const LOCKED_BY = 'perf-gate, process ';

/** Git's records of checkouts whose runs were killed, wherever those lay. */
async function removeRecordsOfTheDead({ commonDir }: Repository): Promise<void> {
  const parent = join(commonDir, 'worktrees');
  for (const name of await readdir(parent).catch(absent<string[]>([]))) {
    const lock = await readFile(join(parent, name, LOCK), 'utf8').catch(absent(''));
    if (!lock.startsWith(LOCKED_BY) || mayBeAtWork(lock.slice(LOCKED_BY.length))) continue;
    await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Removes the directory and git's record of it, and nothing of other work trees; either may be gone already. */
async function removeCheckout(repo: Repository, directory: string): Promise<void> {
  const records = await recordsOf(repo, directory);
  await repo.git.ask(['worktree', 'remove', '--force', '--force', directory], { uninterrupted: true });
  // What git has not removed: it refuses a checkout whose directory or link was deleted or damaged.
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  for (const record of records) await rm(record, { recursive: true, force: true });
  await rmdir(join(repo.commonDir, 'worktrees')).catch((error: NodeJS.ErrnoException) => {
    // EROFS: what cannot be written to holds nothing of ours.
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'EROFS'].includes(error.code ?? '')) throw error;
  });
}

/** Git's directories for work trees at this place: .git/worktrees/<name>, whose file `gitdir` names it. */
async function recordsOf(repo: Repository, directory: string): Promise<string[]> {
  const parent = join(repo.commonDir, 'worktrees');
  const names = await readdir(parent).catch(absent<string[]>([]));
  const wanted = new Set([resolve(directory), await realPathOf(directory)]);
  const records: string[] = [];
  for (const name of names) {
    const link = (await readFile(join(parent, name, 'gitdir'), 'utf8').catch(absent(''))).trim();
    if (link !== '' && wanted.has(dirname(resolve(parent, name, link)))) records.push(join(parent, name));
  }
  return records;
}

/** The path without symbolic links, as git writes it; the last part may be missing. */
async function realPathOf(directory: string): Promise<string> {
  const parent = dirname(resolve(directory));
  const real = await realpath(parent).catch(absent(parent));
  return join(real, relative(parent, resolve(directory)));
}

async function emptySubmodules(repo: Repository, directory: string): Promise<CheckoutWarning[]> {
  if ((await readFile(join(directory, '.gitmodules'), 'utf8').catch(absent(''))) === '') return [];
  const listed = await repo.gitAt(directory).run(['ls-files', '--stage', '-z']);
  const paths: string[] = [];
  for (const entry of listed.split('\0')) {
    const [mode, path] = [entry.slice(0, 6), entry.slice(entry.indexOf('\t') + 1)];
    if (mode !== '160000') continue;
    if ((await readdir(join(directory, path)).catch(absent<string[]>([]))).length === 0) paths.push(path);
  }
  return paths.length === 0 ? [] : [{ code: 'submodules-empty', paths }];
}

/** What the first line of a pointer begins with (git-lfs, docs/spec.md). */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';
const LONGEST_POINTER_BYTES = 1024;

async function lfsPointers(repo: Repository, directory: string): Promise<CheckoutWarning[]> {
  const listed = await repo.gitAt(directory).run(['ls-files', '-z', '--', ':(attr:filter=lfs)']);
  const paths: string[] = [];
  for (const path of listed.split('\0')) if (path !== '' && (await isPointer(join(directory, path)))) paths.push(path);
  return paths.length === 0 ? [] : [{ code: 'lfs-pointers', paths }];
}

async function isPointer(file: string): Promise<boolean> {
  const about = await lstat(file).catch(absent(undefined));
  if (about === undefined || !about.isFile() || about.size > LONGEST_POINTER_BYTES) return false;
  return (await readFile(file, 'latin1')).startsWith(LFS_POINTER);
}

async function changedFiles(repo: Repository, directory: string): Promise<string[]> {
  const listed = await repo.gitAt(directory).run(['status', '--porcelain', '-z', '--ignored', '--no-renames']);
  return listed.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
}

/** By an index of its own: the checkout's may have been told to look away. */
async function rewrittenFiles(repo: Repository, { treeCommit }: Side, directory: string): Promise<string[]> {
  const index = `${directory}.index`;
  const options = { env: { GIT_INDEX_FILE: index } };
  const git = repo.gitAt(directory);
  try {
    await git.run(['read-tree', treeCommit], options);
    await git.ask(['update-index', '-q', '--refresh', '--ignore-submodules'], options);
    const listed = await git.run(['diff-files', '--name-only', '-z', '--ignore-submodules'], options);
    return listed.split('\0').filter((path) => path !== '');
  } finally {
    await rm(index, { force: true });
  }
}

function absent<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return value;
    throw error;
  };
}
