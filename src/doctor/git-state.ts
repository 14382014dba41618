/** The repository as it is, and the base that a run would take. */

import type { World } from '../base/world.ts';
import { findJobBase } from '../ci/base.ts';
import { currentBranch } from '../git/refs.ts';
import type { Repository } from '../git/repository.ts';
import { resolveSides } from '../git/sides.ts';
import { shortCommit } from '../report/words.ts';
import { type Finding, looked, ok } from './finding.ts';

export function lookAtGit(repo: Repository, world: World): Promise<Finding> {
  return looked('git', world, () => describe(repo));
}

async function describe(repo: Repository): Promise<Finding> {
  const [branch, changed] = await Promise.all([
    currentBranch(repo),
    repo.git.run(['--no-optional-locks', 'status', '--porcelain', '-z', '--no-renames', '--ignore-submodules=dirty']),
  ]);
  const files = changed.split('\0').filter((entry) => entry !== '').length;
  const on = branch === undefined ? 'no branch (HEAD is detached)' : `branch ${branch}`;
  const uncommitted =
    files === 0 ? 'nothing uncommitted' : `${files === 1 ? 'one file' : `${files} files`} uncommitted`;
  const history = repo.isShallow ? 'a shallow clone' : 'the whole history';
  return ok('git', `${shortCommit(repo.headCommit)}, ${on}, ${uncommitted}, ${history}`);
}

/** `branch`: baseline.branch of the config. In a CI job what is missing of the base is fetched, as a run does. */
export function lookAtBase(repo: Repository, branch: string | undefined, world: World): Promise<Finding> {
  return looked('base', world, async () => {
    const chosen = await findJobBase(world);
    const { base, baseReason } = await resolveSides(repo, {
      head: 'HEAD',
      base: chosen?.commit,
      baseReason: chosen?.reason,
      branch,
    });
    return ok('base', `${base.shortCommit}, ${baseReason}`);
  });
}
