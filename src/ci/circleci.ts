/**
 * CircleCI: its environment as a job of ours. It checks out the tip of a branch and merges nothing, so the base is the
 * merge base with the branch of the config. Variables: https://circleci.com/docs/reference/variables/
 */
import type { CiHost, Environment, PullRequest } from './job.ts';

export const circleci: CiHost = {
  isHere: (env) => env['CIRCLECI'] === 'true',
  eventFile: () => undefined,
  read: (env) => ({
    host: 'CircleCI',
    heads: env['CIRCLE_SHA1'] ? [env['CIRCLE_SHA1']] : [],
    bases: [],
    refusal: undefined,
    pullRequest: pullRequestOf(env),
    runUrl: env['CIRCLE_BUILD_URL'] || undefined,
    summaryFile: undefined,
  }),
};

/** CIRCLE_PULL_REQUEST is the page of a pull request, one of them where a branch has several. */
function pullRequestOf(env: Environment): PullRequest | undefined {
  const page = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)\/pull\/([1-9]\d{0,8})$/.exec(
    env['CIRCLE_PULL_REQUEST'] ?? '',
  );
  if (page === null) return undefined;
  const [, host, owner, repo, number] = page as unknown as [string, string, string, string, string];
  const apiUrl = host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`;
  return { apiUrl: env['GITHUB_API_URL'] || apiUrl, owner, repo, number: Number(number) };
}
