/**
 * Shows a result wherever the job allows it: on the job's page and in one comment on the pull request. It decides nothing,
 * and whatever cannot be delivered is told and changes nothing else.
 */
import { appendFile } from 'node:fs/promises';
import type { Secrets } from '../base/redact.ts';
import type { World } from '../base/world.ts';
import type { CiJob, PullRequest } from '../ci/job.ts';
import { cleaned } from '../report/clean.ts';
import { openApi } from './api.ts';
import { type Comment, putComment } from './comment.ts';
import type { Document } from './document.ts';
import { isRateLimit, PATIENCE, type Patience, patiently } from './patience.ts';
import { findPullRequest } from './pull-request.ts';

export interface PublishOptions {
  /** Undefined: no comment. */
  readonly token: string | undefined;
  /** See CommentIdentity. */
  readonly key: string;
  readonly config?: string;
  readonly wants: { readonly summary: boolean; readonly comment: boolean };
  readonly patience?: Patience;
}

export interface Published {
  readonly commentUrl: string | undefined;
  /** What was not delivered, for people. */
  readonly problems: readonly Problem[];
}

export interface Problem {
  /** `notice`: the rights of this job do not reach so far, which is normal for forks. */
  readonly level: 'notice' | 'warning';
  readonly text: string;
}

export async function publish(
  document: Document,
  job: CiJob,
  options: PublishOptions,
  world: World,
): Promise<Published> {
  const { summary, comment } = options.wants;
  const problems: Problem[] = [];
  if (summary && job.summaryFile !== undefined) problems.push(...(await writeSummary(job.summaryFile, document)));
  const { pullRequest, runUrl } = job;
  if (!comment || pullRequest === undefined) return { commentUrl: undefined, problems };
  const identity = { service: document.service, config: options.config, key: options.key };
  const { commentUrl, problem } = await deliverComment({ document, identity, runUrl }, pullRequest, options, world);
  return { commentUrl, problems: problem === undefined ? problems : [...problems, problem] };
}

/** Told where publishing is all that was asked for; a run on a push has nobody who waits for a comment. */
export function missingPullRequest(job: CiJob, { token, wants }: PublishOptions): Problem[] {
  if (!wants.comment || token === undefined || job.pullRequest !== undefined) return [];
  return [noComment(`${job.host} names none for this job`).problem];
}

/** GitHub drops a summary of more than 1 MiB. No UTF-16 unit is more than three bytes of UTF-8. */
const SUMMARY_BYTES = 1024 * 1024;
const SUMMARY_LENGTH = Math.floor(SUMMARY_BYTES / 3) - 1;

async function writeSummary(file: string, document: Document): Promise<Problem[]> {
  try {
    await appendFile(file, `${document.render(SUMMARY_LENGTH)}\n`);
    return [];
  } catch (error) {
    return [{ level: 'warning', text: `the summary could not be written: ${(error as Error).message}` }];
  }
}

interface Delivery {
  readonly commentUrl?: string | undefined;
  readonly problem?: Problem;
}

async function deliverComment(
  comment: Comment,
  pullRequest: PullRequest,
  { token, patience = PATIENCE }: PublishOptions,
  world: World,
): Promise<Delivery> {
  if (token === undefined) return noComment('there is no token to write it with');
  world.secrets.add(token);
  const { owner, repo } = pullRequest;
  const { totalMs, requestMs } = patience;
  const stop = new AbortController();
  const tooLong = setTimeout(() => stop.abort(new Error('it took too long')), totalMs + requestMs);
  const onAbort = () => stop.abort(world.signal.reason);
  world.signal.addEventListener('abort', onAbort, { once: true });
  try {
    world.signal.throwIfAborted();
    const api = await openApi(pullRequest, { token, signal: stop.signal, patience });
    const put = async (): Promise<Delivery> => {
      const found = await findPullRequest(api, pullRequest);
      if ('none' in found) return noComment(found.none);
      return { commentUrl: await putComment(api, { owner, repo, number: found.number }, comment) };
    };
    return await patiently(put, { ...world, signal: stop.signal }, patience);
  } catch (error) {
    world.signal.throwIfAborted();
    return problemOf(error, world.secrets);
  } finally {
    clearTimeout(tooLong);
    world.signal.removeEventListener('abort', onAbort);
  }
}

const noComment = (why: string, level: Problem['level'] = 'notice') => ({
  problem: { level, text: `no comment on the pull request: ${why}` },
});

/** What GitHub's refusals mean; its own words follow. */
const REFUSALS: Readonly<Record<number, string>> = {
  401: 'the token is not valid',
  403: 'the token may not write it (that of a fork may not; otherwise the job needs permissions: pull-requests: write)',
  404: 'the token does not reach this pull request, or it is not there',
  422: 'GitHub does not take it',
};

function problemOf(error: unknown, { clean }: Secrets): Delivery {
  const { status, message } = error as { status?: number; message?: string };
  if (isRateLimit(error))
    return noComment('GitHub takes no more requests of this token for now (rate limit)', 'warning');
  // The page that a proxy puts in place of an answer.
  const isPage = /^\s*</.test(message ?? '');
  const said = isPage ? `status ${status}, with a page of HTML` : cleaned(clean(String(message))).slice(0, 300);
  const refusal = status === undefined ? undefined : REFUSALS[status];
  return refusal === undefined
    ? noComment(`GitHub could not be reached or could not answer: ${said}`, 'warning')
    : noComment(`${refusal}: ${said}`);
}
