/** What a CI system says of the job that runs us: what is to be compared, and where the result can be shown. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface CiHost {
  /** Whether this environment is one of its jobs. */
  isHere(env: Environment): boolean;
  /** The file that says what started the job, where there is one. */
  eventFile(env: Environment): string | undefined;
  /** Pure; throws a UserError for an event that the system would not have written. */
  read(env: Environment, eventText: string | undefined): CiJob;
}

export interface CiJob {
  /** The CI system, as people call it. */
  readonly host: string;
  /** The commits that the job is about: its choice of a base holds where one of them is checked out. */
  readonly heads: readonly string[];
  /** The best first. None: as on a laptop, the merge base with the branch of the config. */
  readonly bases: readonly BaseChoice[];
  /** Why nothing may be built and run in this job; undefined where it may. */
  readonly refusal: { readonly reason: string; readonly hint: string } | undefined;
  /**
   * Whose code may run with the rights of this job: these commits, and what is on branches of this repository. Undefined
   * where the job has no more rights than the author of what is checked out.
   */
  readonly own: { readonly commits: readonly string[]; readonly repositoryUrl: string | undefined } | undefined;
  /** Undefined for a job that belongs to no pull request. */
  readonly pullRequest: PullRequest | undefined;
  /** The page of the run that measured, with its log and its files. */
  readonly runUrl: string | undefined;
  /** A file for Markdown that is shown on the page of the job. */
  readonly summaryFile: string | undefined;
}

/** The commit that the job's result is about, as a pull request knows it; undefined where the job does not say. */
export function subjectOf({ pullRequest, heads }: CiJob): string | undefined {
  const head = pullRequest?.head === undefined ? pullRequest?.measured : pullRequest.head.commit;
  return head ?? heads[0];
}

/** One way to find the base of what is checked out. */
export type BaseChoice =
  | { readonly kind: 'commit'; readonly commit: string; readonly reason: string }
  /** Where HEAD is the merge of this commit: the first parent, which it was merged onto. */
  | { readonly kind: 'merged-onto'; readonly head: string; readonly reason: string }
  /** The merge base of HEAD and this branch of `origin`; the first parent of HEAD where HEAD is on the branch. */
  | { readonly kind: 'merge-base'; readonly branch: string }
  /** The first parent of HEAD. */
  | { readonly kind: 'parent'; readonly reason: string };

/** A pull request on GitHub, by its number or by what is to be merged. */
export type PullRequest = GitHubRepository &
  (NumberedPullRequest | { readonly number?: never; readonly head: PullRequestHead });

export interface NumberedPullRequest {
  readonly number: number;
  /** Its head when the job was started; undefined where the job does not say. */
  readonly measured: string | undefined;
  readonly head?: never;
}

export interface GitHubRepository {
  /** Of the REST API: https://api.github.com, https://github.example.com/api/v3. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
}

export interface PullRequestHead {
  readonly commit: string;
  readonly owner: string;
  /** `owner/name`, of a fork where the pull request comes from one. */
  readonly repository: string;
  readonly branch: string;
}
