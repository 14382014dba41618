/** Which pull request a result belongs to. Only the event and GitHub are asked; what a fork may have written is not. */
import type { GitHubRepository, NumberedPullRequest, PullRequest, PullRequestHead } from '../ci/job.ts';
import { type Api, pagesOf } from './api.ts';
import { isPassing } from './patience.ts';

/** Its number, or why there is none. */
export type FoundPullRequest = { readonly number: number } | { readonly none: string };

/** The pull request whose head is the commit that was measured: an older run must not speak for a newer commit. */
export async function findPullRequest(api: Api, pullRequest: PullRequest): Promise<FoundPullRequest> {
  if (pullRequest.head !== undefined) return findByHead(api, pullRequest, pullRequest.head);
  const { number, measured } = pullRequest;
  if (measured === undefined) return { number };
  const head = await headOf(api, pullRequest);
  if (head === undefined || head === measured) return { number };
  return { none: `pull request #${number} has newer commits by now: ${short(measured)} is not its head any more` };
}

/** The commit that it wants to merge; undefined where the token may write comments and not look. */
async function headOf(api: Api, { owner, repo, number }: GitHubRepository & NumberedPullRequest) {
  try {
    const { data } = await api.rest.pulls.get({ owner, repo, pull_number: number });
    return data.head.sha;
  } catch (error) {
    const { status } = error as { status?: number };
    if (isPassing(error) || (status !== 403 && status !== 404)) throw error;
    return undefined;
  }
}

/** The open pull request that wants to merge exactly this commit of this repository. */
async function findByHead(
  api: Api,
  { owner, repo }: GitHubRepository,
  head: PullRequestHead,
): Promise<FoundPullRequest> {
  const pages = api.paginate.iterator(api.rest.pulls.list, {
    owner,
    repo,
    state: 'open',
    head: `${head.owner}:${head.branch}`,
    per_page: 100,
  });
  // The filter is a convenience: an older GitHub ignores what it does not understand.
  const isIts = (pull: { head: { sha: string; repo: { full_name: string } | null } }) =>
    pull.head.sha === head.commit && pull.head.repo?.full_name === head.repository;
  const matching: { readonly number: number }[] = [];
  for await (const { data } of pagesOf(pages)) matching.push(...data.filter(isIts));
  const [first, second] = matching;
  const commit = short(head.commit);
  if (first === undefined) {
    return {
      none: `no open pull request has ${commit} as its head: it is not open yet, is closed, or has newer commits by now`,
    };
  }
  // They have different bases, and nothing that can be trusted says against which of them it was measured.
  if (second !== undefined)
    return { none: `pull requests #${first.number} and #${second.number} both have the head ${commit}` };
  return { number: first.number };
}

const short = (commit: string) => commit.slice(0, 7);
