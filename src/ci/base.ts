/**
 * From a job's choice of a base to a commit that is in the clone. CI systems clone as little as they can, so what is
 * missing is fetched: the one commit, or as much history as the merge base needs. No branch, tag or file of the work tree
 * is touched.
 */
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { fetch } from '../git/fetch.ts';
import { findCommit } from '../git/refs.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { readJob } from './hosts.ts';
import type { BaseChoice, CiJob } from './job.ts';
import { assertMayMeasure } from './own-code.ts';

export interface ChosenBase {
  readonly commit: string;
  /** Why this one: `what pull request #7 is merged onto`. */
  readonly reason: string;
}

/** `findBase` for the CI job and the directory that we run in; undefined outside of CI. */
export async function findJobBase(world: World): Promise<ChosenBase | undefined> {
  const job = await readJob(world.env);
  if (job === undefined) return undefined;
  assertMayMeasure(job);
  return findBase(await openRepository(world.cwd, world), job);
}

/**
 * The base that the job says, for the HEAD that is checked out; undefined where the job says none or is about another
 * commit. Throws a UserError where it cannot be had.
 */
export async function findBase(repo: Repository, job: CiJob): Promise<ChosenBase | undefined> {
  if (!job.heads.includes(repo.headCommit) || job.bases.length === 0) return undefined;
  for (const choice of job.bases) {
    const base = await commitOf(repo, choice);
    if (base !== undefined) return base;
  }
  throw new UserError(`the base of ${repo.headCommit.slice(0, 7)} is not in this clone and could not be fetched`, {
    hint: NEEDS_HISTORY,
  });
}

const NEEDS_HISTORY = 'give actions/checkout fetch-depth: 0, or leave its persist-credentials on';

async function commitOf(repo: Repository, choice: BaseChoice): Promise<ChosenBase | undefined> {
  switch (choice.kind) {
    case 'commit':
      return found(await fetched(repo, choice.commit), choice.reason);
    case 'merged-onto': {
      const [first, second] = await parentsOf(repo);
      return second === choice.head ? found(await fetched(repo, first!), choice.reason) : undefined;
    }
    case 'merge-base': {
      const commit = await mergeBase(repo, choice.branch);
      if (commit === repo.headCommit) return firstParent(repo, `the commit before it on ${choice.branch}`);
      return found(commit, `merge base with origin/${choice.branch}`);
    }
    case 'parent':
      return firstParent(repo, choice.reason);
  }
}

async function firstParent(repo: Repository, reason: string): Promise<ChosenBase | undefined> {
  const [first] = await parentsOf(repo);
  if (first === undefined) {
    throw new UserError(`${repo.headCommit.slice(0, 7)} is the first commit: there is nothing to compare it with`, {
      hint: 'name a commit with --base (the input base of the action)',
    });
  }
  return found(await fetched(repo, first), reason);
}

const found = (commit: string | undefined, reason: string) => (commit === undefined ? undefined : { commit, reason });

/** The parents of HEAD as they are written in it: a shallow clone knows their names and not their contents. */
async function parentsOf(repo: Repository): Promise<string[]> {
  const text = await repo.git.run(['cat-file', 'commit', repo.headCommit]);
  const header = text.slice(0, text.indexOf('\n\n'));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, commit]) => commit!);
}

/** The commit, which is in the clone now; undefined where origin does not give it. */
async function fetched(repo: Repository, commit: string): Promise<string | undefined> {
  if ((await findCommit(repo, commit)) === undefined) {
    // In a complete clone --depth would cut the history off.
    await fetch(repo, [...(repo.isShallow ? ['--depth=1'] : []), 'origin', commit]);
  }
  return findCommit(repo, commit);
}

/** Further and further back. (Several refs with --depth are not deepened, with --deepen they are: git 2.39.) */
const DEPTHS = ['--deepen=100', '--deepen=1000', '--unshallow'];

async function mergeBase(repo: Repository, branch: string): Promise<string | undefined> {
  const ref = `refs/remotes/origin/${branch}`;
  const refspec = `+refs/heads/${branch}:${ref}`;
  // In a workspace that is kept it is there and old. Where it cannot be fetched, it is the best there is.
  const isNew = (await findCommit(repo, ref)) === undefined;
  await fetch(repo, [...(repo.isShallow && isNew ? ['--depth=1'] : []), 'origin', refspec]);
  for (const depth of [undefined, ...DEPTHS]) {
    if (depth !== undefined) {
      if ((await repo.git.run(['rev-parse', '--is-shallow-repository'])) !== 'true') return undefined;
      if (!(await fetch(repo, [depth, 'origin', repo.headCommit, refspec]))) return undefined;
    }
    const { exitCode, stdout } = await repo.git.ask(['merge-base', repo.headCommit, ref]);
    if (exitCode === 0 && stdout.trim() !== '') return stdout.trim();
  }
  return undefined;
}
