/**
 * Whose code a job is about to run. Jobs on `pull_request` have the rights of its author; all others have those of the
 * repository, and whatever is checked out in them (`issue_comment` with the merge of a fork's pull request) would get them.
 */
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { isAncestor } from '../git/ancestors.ts';
import { fetch } from '../git/fetch.ts';
import { findCommit } from '../git/refs.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { readJob } from './hosts.ts';
import type { CiJob } from './job.ts';

/** Throws a UserError in a job where code of a stranger would run with rights that are not theirs. */
export function assertMayMeasure({ refusal }: CiJob): void {
  if (refusal !== undefined) throw new UserError(refusal.reason, { hint: refusal.hint });
}

/**
 * Throws a UserError where HEAD, or what one of `refs` stands for, is neither a commit of the event nor on the default
 * branch, nor the tip of a branch or a tag, of the job's own repository.
 */
export async function assertOwnCode(
  repo: Repository,
  { own }: CiJob,
  refs: readonly (string | undefined)[],
): Promise<void> {
  if (own === undefined) return;
  const { commits: known, repositoryUrl } = own;
  // What is not there is told of by whoever needs it.
  const named = await Promise.all(
    ['HEAD', ...refs].map((ref) => (ref === undefined ? undefined : findCommit(repo, ref))),
  );
  for (const commit of new Set(named)) {
    if (commit === undefined || known.includes(commit)) continue;
    const isBefore = await Promise.all(known.map((tip) => isAncestor(repo, commit, tip)));
    if (isBefore.includes(true)) continue;
    if (repositoryUrl !== undefined && (await isPublished(repo, repositoryUrl, commit))) continue;
    throw new UserError(
      `${commit.slice(0, 7)} is neither the commit of this event nor on a branch of this repository: its code would run with the rights of the repository`,
      { hint: HINT },
    );
  }
}

/** Both for the CI job and the directory that we run in. `isAllowed`: a person has said that the code may be anybody's. */
export async function assertMayMeasureHere(
  world: World,
  isAllowed: boolean,
  refs: readonly (string | undefined)[],
): Promise<void> {
  const job = await readJob(world.env);
  if (job === undefined) return;
  assertMayMeasure(job);
  if (!isAllowed && job.own !== undefined) await assertOwnCode(await openRepository(world.cwd, world), job, refs);
}

const HINT =
  'measure pull requests on pull_request (docs/github.md shows how those of forks get their comment); for a job without any right or secret that its code must not have: allow-foreign-code (the input of the action, --allow-foreign-code)';

/**
 * Whether a commit is a tip of the repository's branches and tags, or on its default branch. The repository is asked by the
 * address that the job knows: `origin` may be a fork.
 */
async function isPublished(repo: Repository, url: string, commit: string): Promise<boolean> {
  const env = { GIT_TERMINAL_PROMPT: '0' };
  const tips = await repo.git.ask(['ls-remote', '--quiet', '--heads', '--tags', url], { env });
  if (tips.exitCode !== 0) return false;
  if (tips.stdout.split('\n').some((line) => line.startsWith(`${commit}\t`))) return true;
  if (!(await fetch(repo, [...(repo.isShallow ? ['--unshallow'] : []), url, 'HEAD']))) return false;
  return isAncestor(repo, commit, 'FETCH_HEAD');
}
