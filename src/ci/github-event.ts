/**
 * What GitHub says has happened (the file at GITHUB_EVENT_PATH), checked and reduced to what we ask of it. Formats:
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { UserError } from '../base/errors.ts';
import type { PullRequestHead } from './job.ts';

export type GitHubEvent =
  | { readonly name: 'pull_request'; readonly number: number; readonly head: string; readonly branch: string }
  /** `before` is undefined for a new branch or tag. */
  | { readonly name: 'push'; readonly before: string | undefined; readonly defaultBranch: string }
  | { readonly name: 'merge_group'; readonly base: string }
  | { readonly name: 'workflow_run'; readonly run: WorkflowRun; readonly defaultBranch: string }
  | { readonly name: 'pull_request_target' }
  /** schedule, workflow_dispatch and everything else. */
  | { readonly name: 'other'; readonly defaultBranch: string | undefined };

export interface WorkflowRun {
  readonly id: number;
  /** What started it: `pull_request`. */
  readonly event: string;
  /** What it ran on. */
  readonly commit: string;
  /** Undefined where its repository or its branch is gone. */
  readonly head: PullRequestHead | undefined;
}

/** The event of that name; throws a UserError for a text that GitHub would not have written. */
export function parseEvent(name: string, text: string): GitHubEvent {
  switch (name) {
    case 'pull_request':
    // These run on the same merge commit, and with the same rights.
    case 'pull_request_review':
    case 'pull_request_review_comment': {
      const { pull_request: pull } = checked<PullRequestPayload>('pull_request', text);
      return { name: 'pull_request', number: pull.number, head: pull.head.sha, branch: pull.base.ref };
    }
    case 'push': {
      const { before, repository } = checked<PushPayload>(name, text);
      return { name, before: /^0+$/.test(before) ? undefined : before, defaultBranch: repository.default_branch };
    }
    case 'merge_group':
      return { name, base: checked<MergeGroupPayload>(name, text).merge_group.base_sha };
    case 'workflow_run': {
      const { workflow_run: run, repository } = checked<WorkflowRunPayload>(name, text);
      const { id, event, head_sha, head_branch, head_repository } = run;
      const isThere = head_repository !== null && head_branch !== null;
      const head = isThere
        ? {
            commit: head_sha,
            owner: head_repository.owner.login,
            repository: head_repository.full_name,
            branch: head_branch,
          }
        : undefined;
      return { name, run: { id, event, commit: head_sha, head }, defaultBranch: repository.default_branch };
    }
    case 'pull_request_target':
      return { name };
    default:
      return { name: 'other', defaultBranch: checked<OtherPayload>('other', text).repository?.default_branch };
  }
}

interface PullRequestPayload {
  readonly pull_request: {
    readonly number: number;
    readonly head: { readonly sha: string };
    readonly base: { readonly ref: string };
  };
}

interface PushPayload {
  readonly before: string;
  readonly repository: { readonly default_branch: string };
}

interface MergeGroupPayload {
  readonly merge_group: { readonly base_sha: string };
}

interface WorkflowRunPayload {
  readonly workflow_run: {
    readonly id: number;
    readonly event: string;
    readonly head_sha: string;
    readonly head_branch: string | null;
    readonly head_repository: { readonly full_name: string; readonly owner: { readonly login: string } } | null;
  };
  readonly repository: { readonly default_branch: string };
}

interface OtherPayload {
  readonly repository?: { readonly default_branch?: string };
}

const has = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});
const orNull = (schema: object) => ({ anyOf: [{ type: 'null' }, schema] });

const commit = { type: 'string', pattern: '^([0-9a-f]{40}|[0-9a-f]{64})$' };
const number = { type: 'integer', minimum: 1 };
/** `git check-ref-format`, as far as it keeps a name from being anything else in a refspec. */
const branch = { type: 'string', maxLength: 1000, pattern: '^[^-/\\s~^:?*\\[\\\\\\p{Cc}][^\\s~^:?*\\[\\\\\\p{Cc}]*$' };
const word = { type: 'string', maxLength: 200, pattern: '^[\\w.-]+$' };

const SCHEMAS: Readonly<Record<Exclude<GitHubEvent['name'], 'pull_request_target'>, object>> = {
  pull_request: has({ pull_request: has({ number, head: has({ sha: commit }), base: has({ ref: branch }) }) }),
  push: has({ before: commit, repository: has({ default_branch: branch }) }),
  merge_group: has({ merge_group: has({ base_sha: commit }) }),
  workflow_run: has({
    workflow_run: has({
      id: number,
      event: word,
      head_sha: commit,
      head_branch: orNull(branch),
      head_repository: orNull(
        has({
          full_name: { type: 'string', maxLength: 200, pattern: '^[\\w.-]+/[\\w.-]+$' },
          owner: has({ login: word }),
        }),
      ),
    }),
    repository: has({ default_branch: branch }),
  }),
  other: { type: 'object', properties: { repository: { type: 'object', properties: { default_branch: branch } } } },
};

function checked<Payload>(name: keyof typeof SCHEMAS, text: string): Payload {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`the event of this job (${name}) is no JSON`, { cause, hint: HINT });
  }
  const validate: ValidateFunction = new Ajv2020({ strict: true }).compile(SCHEMAS[name]);
  if (validate(value)) return value as Payload;
  const [error] = validate.errors ?? [];
  throw new UserError(
    `the event of this job (${name}) is not what GitHub sends: ${error?.instancePath} ${error?.message}`,
    {
      hint: HINT,
    },
  );
}

const HINT = 'name the commit to compare with, with --base (the input base of the action)';
