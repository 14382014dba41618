/** The way back from a commit, as people see the history of a branch: each commit's first parent. */
import { fetch } from './fetch.ts';
import type { Repository } from './repository.ts';

/** The commit and those before it, at most `count`; fewer where the history ends or a shallow clone is cut off. */
export async function firstParents(repo: Repository, commit: string, count: number): Promise<string[]> {
  const listed = await repo.git.run(['rev-list', '--first-parent', `--max-count=${count}`, '--end-of-options', commit]);
  return listed.split('\n');
}

/** As firstParents; what a shallow clone lacks of them is fetched into it, as far as origin gives it. */
export async function fetchedFirstParents(repo: Repository, commit: string, count: number): Promise<string[]> {
  const known = await firstParents(repo, commit, count);
  const missing = count - known.length;
  // (--depth would cut off what is there of other branches.)
  const isFetched = repo.isShallow && missing > 0 && (await fetch(repo, [`--deepen=${missing}`, 'origin', commit]));
  return isFetched ? firstParents(repo, commit, count) : known;
}

/** Whether a commit is `tip` or lies before it. */
export async function isAncestor(repo: Repository, commit: string, tip: string): Promise<boolean> {
  const { exitCode } = await repo.git.ask(['merge-base', '--is-ancestor', commit, tip]);
  return exitCode === 0;
}
