/**
 * CircleCI: its environment as a job of ours. It checks out the tip of a branch and merges nothing, so the base is the
 * merge base with the branch of the config. Variables: https://circleci.com/docs/reference/variables/
 */
import type { CiHost, Environment, PullRequest } from './job.ts';

const GITHUB_API = 'https://api.github.com';

export const circleci: CiHost = {
  isHere: (env) => env['CIRCLECI'] === 'true',
  eventFile: () => undefined,
  read: (env) => ({
    host: 'CircleCI',
    heads: env['CIRCLE_SHA1'] ? [env['CIRCLE_SHA1']] : [],
    bases: [],
    refusal: undefined,
    // Jobs of forks have no contexts; no variable says whether somebody has turned that off.
    own: undefined,
    pullRequest: namedPullRequest(env) ?? pullRequestOfBranch(env),
    runUrl: env['CIRCLE_BUILD_URL'] || undefined,
    summaryFile: undefined,
  }),
};

/** CIRCLE_PULL_REQUEST is the page of a pull request, one of them where a branch has several. */
function namedPullRequest(env: Environment): PullRequest | undefined {
  const page = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)\/pull\/([1-9]\d{0,8})$/.exec(
    env['CIRCLE_PULL_REQUEST'] ?? '',
  );
  if (page === null) return undefined;
  const [, host, owner, repo, number] = page as unknown as [string, string, string, string, string];
  const apiUrl = host === 'github.com' ? GITHUB_API : `https://${host}/api/v3`;
  return {
    apiUrl: env['GITHUB_API_URL'] || apiUrl,
    owner,
    repo,
    number: Number(number),
    measured: env['CIRCLE_SHA1'] || undefined,
  };
}

/** A branch that was pushed before its pull request was opened has no CIRCLE_PULL_REQUEST, however long the job takes. */
function pullRequestOfBranch(env: Environment): PullRequest | undefined {
  const url = /^(?:https:\/\/github\.com\/|git@github\.com:)([\w.-]+)\/([\w.-]+?)(?:\.git)?$/;
  const [, owner, repo] = url.exec(env['CIRCLE_REPOSITORY_URL'] ?? '') ?? [];
  const { CIRCLE_SHA1: commit, CIRCLE_BRANCH: branch } = env;
  if (owner === undefined || repo === undefined || !commit || !branch) return undefined;
  const head = { commit, owner, repository: `${owner}/${repo}`, branch };
  return { apiUrl: env['GITHUB_API_URL'] || GITHUB_API, owner, repo, head };
}
