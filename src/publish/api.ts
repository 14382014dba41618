/** GitHub's API, through octokit: one server, one token, no request without a time-out. It retries nothing by itself. */
import type { GitHub } from '@actions/github/lib/utils';
import { VERSION } from '../base/version.ts';
import type { GitHubRepository } from '../ci/job.ts';
import { BrokenAnswer, type Patience } from './patience.ts';

export type Api = InstanceType<typeof GitHub>;

export interface ApiOptions {
  readonly token: string;
  readonly signal: AbortSignal;
  readonly patience: Patience;
}

export async function openApi({ apiUrl }: Pick<GitHubRepository, 'apiUrl'>, options: ApiOptions): Promise<Api> {
  const { token, signal, patience } = options;
  const { GitHub, getOctokitOptions } = await import('@actions/github/lib/utils');
  // Not the library's own default: that is what GITHUB_API_URL was when it was loaded.
  const api = new GitHub(getOctokitOptions(token, { baseUrl: apiUrl, userAgent: `perf-gate/${VERSION}`, log: SILENT }));
  api.hook.before('request', (request) => {
    const timeout = AbortSignal.timeout(patience.requestMs);
    // With `timeout`, because Node 20 collects a source that only AbortSignal.any refers to; it would never fire.
    request.request = { ...request.request, signal: AbortSignal.any([signal, timeout]), timeout };
  });
  api.hook.after('request', ({ data, headers }) => {
    // Octokit hands on what it could not parse.
    if (typeof data === 'object') return;
    const type = String(headers['content-type'] ?? '').split(';')[0];
    const isJson = /\bjson\b/.test(type ?? '');
    throw new BrokenAnswer(
      isJson
        ? 'the answer was cut off'
        : `the answer is ${type || 'of no type'}, no JSON: something on the way to GitHub gave it`,
    );
  });
  return api;
}

/** GitHub's lists are shorter: a pull request has at most 2500 comments. */
const MOST_PAGES = 50;

/** The pages of a list; throws for one that does not end. */
export async function* pagesOf<Page>(pages: AsyncIterable<Page>): AsyncGenerator<Page> {
  let count = 0;
  for await (const page of pages) {
    if (++count > MOST_PAGES) throw new Error(`a list of more than ${MOST_PAGES} pages`);
    yield page;
  }
}

/** What octokit has to say (deprecations) is for us, not for whoever reads the log of a job. */
const silent = () => undefined;
const SILENT = { debug: silent, info: silent, warn: silent, error: silent };
