/** Events of GitHub, with what of them is read; the rest of the real ones is long. */
export const HEAD = 'a'.repeat(40);
export const MERGE = 'e'.repeat(40);
export const OLDER = '0123456789'.repeat(4);

const repository = { full_name: 'acme/shop', default_branch: 'main' };
const ofFork = { full_name: 'mia/shop', owner: { login: 'mia' } };
const run = { id: 41, event: 'pull_request', head_sha: HEAD, head_branch: 'faster', head_repository: ofFork };
const pull_request = { number: 7, head: { sha: HEAD, repo: ofFork }, base: { ref: 'release/2', sha: OLDER } };

export const EVENTS = {
  pullRequest: { name: 'pull_request', payload: { action: 'synchronize', number: 7, pull_request, repository } },
  pullRequestTarget: { name: 'pull_request_target', payload: { pull_request, repository } },
  push: { name: 'push', payload: { before: OLDER, after: MERGE, repository } },
  firstPush: { name: 'push', payload: { before: '0'.repeat(40), after: MERGE, repository } },
  mergeGroup: { name: 'merge_group', payload: { merge_group: { head_sha: MERGE, base_sha: OLDER }, repository } },
  issueComment: { name: 'issue_comment', payload: { issue: { number: 7, pull_request: {} }, repository } },
  repositoryDispatch: { name: 'repository_dispatch', payload: { action: 'perf', repository } },
  review: { name: 'pull_request_review', payload: { action: 'submitted', pull_request, repository } },
  schedule: { name: 'schedule', payload: { schedule: '0 4 * * *', repository } },
  dispatch: { name: 'workflow_dispatch', payload: { inputs: null, repository } },
  unknown: { name: 'issues', payload: {} },
  workflowRun: { name: 'workflow_run', payload: { workflow_run: run, repository } },
  workflowRunOfPush: { name: 'workflow_run', payload: { workflow_run: { ...run, event: 'push' }, repository } },
  workflowRunOfGoneFork: {
    name: 'workflow_run',
    payload: { workflow_run: { ...run, head_repository: null }, repository },
  },
} as const;

/** The variables of a job on a pull request. */
export const environment = (changes: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_SHA: MERGE,
  GITHUB_REF: 'refs/pull/7/merge',
  GITHUB_REPOSITORY: 'acme/shop',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_RUN_ID: '5',
  ...changes,
});
