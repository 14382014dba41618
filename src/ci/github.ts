/**
 * GitHub Actions: its environment and event as a job of ours. Variables:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
import { type GitHubEvent, parseEvent } from './github-event.ts';
import type { BaseChoice, CiHost, CiJob, Environment, GitHubRepository, PullRequest } from './job.ts';

export const github: CiHost = {
  isHere: (env) => env['GITHUB_ACTIONS'] === 'true',
  eventFile: (env) => env['GITHUB_EVENT_PATH'] || undefined,
  read: (env, eventText) => jobOf(env, parseEvent(env['GITHUB_EVENT_NAME'] ?? '', eventText ?? '{}')),
};

function jobOf(env: Environment, event: GitHubEvent): CiJob {
  const repository = repositoryOf(env);
  const heads = [env['GITHUB_SHA'], event.name === 'pull_request' ? event.head : undefined];
  return {
    host: 'GitHub Actions',
    heads: heads.flatMap((commit) => commit || []),
    bases: basesOf(env, event),
    refusal: refusalOf(event),
    own: event.name === 'pull_request' ? undefined : ownOf(env, event),
    pullRequest: repository && pullRequestOf(repository, event),
    runUrl: runUrlOf(env, event),
    summaryFile: env['GITHUB_STEP_SUMMARY'] || undefined,
  };
}

function basesOf(env: Environment, event: GitHubEvent): BaseChoice[] {
  switch (event.name) {
    case 'pull_request': {
      const reason = `what pull request #${event.number} is merged onto`;
      return [
        { kind: 'merged-onto', head: event.head, reason },
        { kind: 'merge-base', branch: event.branch },
      ];
    }
    case 'push':
      return pushed(env, event);
    case 'merge_group':
      return [{ kind: 'commit', commit: event.base, reason: 'what the merge group is merged onto' }];
    case 'pull_request_target':
      return [];
    case 'workflow_run':
    case 'other':
      if (event.defaultBranch === undefined) return [];
      return env['GITHUB_REF'] === `refs/heads/${event.defaultBranch}`
        ? [COMMIT_BEFORE]
        : [{ kind: 'merge-base', branch: event.defaultBranch }];
  }
}

/** What builds and runs code must not have more rights than the author of that code. */
function refusalOf(event: GitHubEvent): CiJob['refusal'] {
  if (event.name === 'pull_request_target') {
    return {
      reason: 'in a job on pull_request_target the code of a fork would run with the rights of this repository',
      hint: 'measure on pull_request; docs/github.md shows how pull requests of forks get their comment',
    };
  }
  if (event.name === 'workflow_run' && event.run.event.startsWith('pull_request')) {
    return {
      reason: 'a job on workflow_run has the rights of this repository, also where a fork started the run before it',
      hint: 'measure on pull_request, and publish the report here with command: publish',
    };
  }
  return undefined;
}

function ownOf(env: Environment, event: GitHubEvent): CiJob['own'] {
  const measured = event.name === 'workflow_run' ? event.run.commit : undefined;
  return {
    commits: [env['GITHUB_SHA'], measured].flatMap((commit) => commit || []),
    repositoryUrl: repositoryUrlOf(env),
  };
}

const COMMIT_BEFORE: BaseChoice = { kind: 'parent', reason: 'the commit before it' };

function pushed(env: Environment, { before, defaultBranch }: Extract<GitHubEvent, { name: 'push' }>): BaseChoice[] {
  const ref = env['GITHUB_REF'] ?? '';
  if (ref.startsWith('refs/tags/')) return [COMMIT_BEFORE];
  if (ref !== `refs/heads/${defaultBranch}`) return [{ kind: 'merge-base', branch: defaultBranch }];
  // After a force-push `before` may be gone.
  const choices: BaseChoice[] = [COMMIT_BEFORE];
  if (before !== undefined) {
    choices.unshift({ kind: 'commit', commit: before, reason: `${defaultBranch} before this push` });
  }
  return choices;
}

function pullRequestOf(repository: GitHubRepository, event: GitHubEvent): PullRequest | undefined {
  if (event.name === 'pull_request') return { ...repository, number: event.number, measured: event.head };
  if (event.name !== 'workflow_run') return undefined;
  const { run } = event;
  return run.event === 'pull_request' && run.head !== undefined ? { ...repository, head: run.head } : undefined;
}

function repositoryOf(env: Environment): GitHubRepository | undefined {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env['GITHUB_REPOSITORY'] ?? '') ?? [];
  if (owner === undefined || repo === undefined) return undefined;
  return { apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com', owner, repo };
}

function runUrlOf(env: Environment, event: GitHubEvent): string | undefined {
  const id = event.name === 'workflow_run' ? String(event.run.id) : (env['GITHUB_RUN_ID'] ?? '');
  const repository = repositoryUrlOf(env);
  if (!/^\d+$/.test(id) || repository === undefined) return undefined;
  return `${repository}/actions/runs/${id}`;
}

function repositoryUrlOf(env: Environment): string | undefined {
  const repository = repositoryOf(env);
  if (repository === undefined) return undefined;
  return `${env['GITHUB_SERVER_URL'] || 'https://github.com'}/${repository.owner}/${repository.repo}`;
}
