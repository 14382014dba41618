/** Which pull request a result belongs to. Only the event and GitHub are asked; what a fork may have written is not. */
import type { PullRequest } from '../ci/job.ts';
import type { Api } from './api.ts';

/** Its number, or why there is none. */
export type FoundPullRequest = { readonly number: number } | { readonly none: string };

/** The open pull request that wants to merge exactly this commit of this repository. */
export async function findPullRequest(api: Api, { owner, repo, number, head }: PullRequest): Promise<FoundPullRequest> {
  if (head === undefined) return { number };
  const open = await api.paginate(api.rest.pulls.list, {
    owner,
    repo,
    state: 'open',
    head: `${head.owner}:${head.branch}`,
    per_page: 100,
  });
  // The filter is a convenience: an older GitHub ignores what it does not understand.
  const matching = open.filter(
    (pull) => pull.head.sha === head.commit && pull.head.repo?.full_name === head.repository,
  );
  const [first, second] = matching;
  const commit = head.commit.slice(0, 7);
  if (first === undefined) {
    return { none: `no open pull request has ${commit} as its head: it is closed, or has newer commits by now` };
  }
  // They have different bases, and nothing that can be trusted says against which of them it was measured.
  if (second !== undefined)
    return { none: `pull requests #${first.number} and #${second.number} both have the head ${commit}` };
  return { number: first.number };
}
