/**
 * Refs and what they stand for. Refs come from people and CI systems, so they are checked before git sees them.
 */
import { UserError } from '../base/errors.ts';
import { namesLike } from './names-like.ts';
import type { Repository } from './repository.ts';

/** The full commit id that a ref stands for, or undefined if there is none. */
export async function findCommit(repo: Repository, ref: string): Promise<string | undefined> {
  if (!isSafe(ref)) return undefined;
  const answer = await repo.git.ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  const commit = answer.stdout.trim();
  // `^main` is understood too, and answered with ^<id>.
  return answer.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : undefined;
}

/** The full commit id that a ref stands for; throws a UserError that names refs like it. */
export async function resolveCommit(repo: Repository, ref: string): Promise<string> {
  const commit = await findCommit(repo, ref);
  if (commit !== undefined) return commit;
  const names = namesLike(ref, await refNames(repo));
  const hint =
    names.length > 0
      ? `did you mean ${names.join(', ')}?`
      : repo.isShallow
        ? `this is a shallow clone; fetch it: ${fetchOf(ref)}`
        : 'see the names with: git branch --all, git tag';
  throw new UserError(`there is no commit, branch or tag ${JSON.stringify(ref)} in ${repo.root}`, { hint });
}

/** The name of the branch that a ref is, without a remote's name in front; undefined for tags and commit ids. */
export async function branchOf(repo: Repository, ref: string): Promise<string | undefined> {
  if (!isSafe(ref)) return undefined;
  const answer = await repo.git.ask(['rev-parse', '--symbolic-full-name', '--end-of-options', ref]);
  const name = answer.stdout.trim().split('\n').at(-1) ?? '';
  return /^refs\/heads\/(.+)$/.exec(name)?.[1] ?? /^refs\/remotes\/[^/]+\/(.+)$/.exec(name)?.[1];
}

/** The branch that is checked out, or undefined for a detached HEAD. */
export async function currentBranch(repo: Repository): Promise<string | undefined> {
  const answer = await repo.git.ask(['symbolic-ref', '--quiet', '--short', 'HEAD']);
  return answer.exitCode === 0 ? answer.stdout.trim() : undefined;
}

async function refNames(repo: Repository): Promise<string[]> {
  const listed = await repo.git.run([
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ]);
  return listed.split('\n').filter((name) => name !== '');
}

function fetchOf(ref: string): string {
  return /^[0-9a-f]{40}$/.test(ref)
    ? `git fetch --depth=1 origin ${ref}`
    : `git fetch --unshallow --tags origin ${ref}`;
}

function isSafe(ref: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not reach a command line
  return ref !== '' && !ref.startsWith('-') && !/[\u0000-\u001f\u007f]/.test(ref);
}
