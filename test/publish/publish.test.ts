/** A report on its way to a pull request, against a GitHub that keeps what it is given and can fail in every way. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import type { World } from '../../src/base/world.ts';
import type { CiJob, PullRequest } from '../../src/ci/job.ts';
import type { Report } from '../../src/compare/report.ts';
import { type Document, documentOf, documentOfAll, documentOfFailure } from '../../src/publish/document.ts';
import type { Patience } from '../../src/publish/patience.ts';
import { publish } from '../../src/publish/publish.ts';
import { fail, hostile, invalid, pass, sameCode } from '../report/reports.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';
import { BOT, type FakeGitHub, type Fault, fakeGitHub, TOKENS } from './fake-github.ts';

let github: FakeGitHub;
let directory: string;

beforeEach(async () => {
  directory = scratchDirectory();
  await start();
});

afterEach(async () => {
  removeDirectory(directory);
  const { complaints } = github;
  await github[Symbol.asyncDispose]();
  expect(complaints).toEqual([]);
});

const THREAD = 'GET /repos/acme/shop/issues/7/comments';
const PULL = 'GET /repos/acme/shop/pulls/7';

async function start(prefix?: string): Promise<void> {
  github = await fakeGitHub(prefix);
  github.pulls.push(
    { number: 7, isOpen: true, head: { sha: 'a'.repeat(40), ref: 'faster', owner: 'acme', repository: 'acme/shop' } },
    { number: 8, isOpen: true, head: { sha: 'b'.repeat(40), ref: 'faster', owner: 'mia', repository: 'mia/shop' } },
  );
}

interface Delivery {
  readonly token?: string | undefined;
  readonly key?: string;
  readonly config?: string;
  readonly pullRequest?: PullRequest;
  readonly patience?: Patience;
  readonly clock?: Pick<World, 'monotonicMs'>;
}

const QUICK: Patience = { requestMs: 10_000, totalMs: 30_000, firstWaitMs: 2 };
/** For a server that does not answer: until it is asked again. */
const FORSAKEN: Patience = { ...QUICK, requestMs: 300 };
const patienceFor = (answer: Fault['answer']) => (answer === 'silence' ? FORSAKEN : QUICK);

/** Publishes to pull request 7. */
function deliver(given: Report | Document, delivery: Delivery = {}) {
  const { key = '', patience = QUICK, pullRequest, clock, config } = delivery;
  const token = 'token' in delivery ? delivery.token : TOKENS.job;
  const document = 'render' in given ? given : documentOf(given);
  const job: CiJob = {
    host: 'GitHub Actions',
    heads: [],
    bases: [],
    refusal: undefined,
    own: undefined,
    pullRequest: pullRequest ?? {
      apiUrl: github.apiUrl,
      owner: 'acme',
      repo: 'shop',
      number: 7,
      measured: 'a'.repeat(40),
    },
    runUrl: 'https://github.test/acme/shop/actions/runs/5',
    summaryFile: undefined,
  };
  return publish(
    document,
    job,
    { token, key, patience, ...(config === undefined ? {} : { config }), wants: { summary: false, comment: true } },
    testWorld(directory, clock),
  );
}

const writes = () => github.requests.filter((request) => /^(POST|PATCH) \/repos/.test(request));
const later: Report = { ...pass, durationMs: 81_000 };

describe('the one comment', () => {
  test('is written once, left alone while it is right, and then brought up to date in its place', async () => {
    const first = await deliver(pass);
    expect(github.comments).toHaveLength(1);
    const [comment] = github.comments;
    expect(first).toEqual({ commentUrl: comment!.url, problems: [] });
    expect(comment!.body).toMatch(/^<!-- perf-gate [0-9a-f]{16} pass -->\n\*\*perf-gate: pass\*\* · orders · /);
    expect(comment!.body).toContain('[Log and files of this run](https://github.test/acme/shop/actions/runs/5)');

    expect(await deliver(pass)).toEqual(first);
    expect(writes()).toHaveLength(1);

    expect(await deliver(later)).toEqual(first);
    expect(github.comments).toHaveLength(1);
    expect(comment!.body).toContain('1 m 21 s');
  });

  test('is a fresh one when the verdict turns to fail, and the old one points to it', async () => {
    const green = await deliver(pass);
    const red = await deliver(fail);
    expect(github.comments).toHaveLength(2);
    expect(red.commentUrl).not.toBe(green.commentUrl);
    expect(github.comments[0]!.body).toContain(`[newer report](${red.commentUrl})`);
    expect(github.comments[0]!.body).not.toContain('per request');

    // From now on it is the second one, whatever the verdict.
    expect((await deliver({ ...fail, durationMs: 1 })).commentUrl).toBe(red.commentUrl);
    expect((await deliver(pass)).commentUrl).toBe(red.commentUrl);
    expect(github.comments).toHaveLength(2);
    await deliver(fail);
    expect(github.comments).toHaveLength(3);
  });

  test('of another service, or with another key, is another one', async () => {
    await deliver(pass);
    await deliver({ ...pass, service: 'stock' });
    await deliver(pass, { key: 'go 1.26' });
    expect(github.comments).toHaveLength(3);
    await deliver({ ...later, service: 'stock' });
    expect(github.comments.map(({ body }) => body.includes('1 m 21 s'))).toEqual([false, true, false]);
  });

  test('is found behind hundreds of others', async () => {
    for (let i = 0; i < 130; i++) github.comment('ann', `remark ${i}`);
    await deliver(pass);
    for (let i = 0; i < 130; i++) github.comment('ann', `remark ${i}`);
    await deliver(later);
    expect(github.comments).toHaveLength(261);
    expect(github.comments[130]!.body).toContain('1 m 21 s');
  });

  test('of somebody else who copied our marker is left as it is', async () => {
    await deliver(pass);
    const body = github.comments.pop()!.body;
    const copy = github.comment('eve', body);
    await deliver(later);
    expect(copy.body).toBe(body);
    expect(github.comments.map(({ author }) => author)).toEqual(['eve', BOT]);
  });

  test('that a person has hidden is left alone, and a new one is written', async () => {
    await deliver(pass);
    github.comments[0]!.isMinimized = true;
    await deliver(later);
    expect(github.comments).toHaveLength(2);
    expect(github.comments[0]!.body).not.toContain('1 m 21 s');
  });

  test('that was edited in a browser is not rewritten for its ends of lines', async () => {
    await deliver(pass);
    github.comments[0]!.body = github.comments[0]!.body.trimEnd().replaceAll('\n', '\r\n');
    await deliver(pass);
    expect(writes()).toHaveLength(1);
  });

  test('belongs to whoever the token is', async () => {
    await deliver(pass, { token: TOKENS.person });
    await deliver(later, { token: TOKENS.person });
    expect(github.comments.map(({ author }) => author)).toEqual(['ann']);
  });

  test('is found without GraphQL too', async () => {
    await deliver(pass, { token: TOKENS.withoutGraphql });
    await deliver(later, { token: TOKENS.withoutGraphql });
    expect(github.comments).toHaveLength(1);
    // That server has no such resource for this token, which is what the fake would complain of.
    expect(github.complaints.splice(0)).toEqual(['no such resource: POST /graphql']);
  });

  test('is not written where nothing was measured, but says so in place of older figures', async () => {
    expect((await deliver(sameCode)).commentUrl).toBeUndefined();
    expect(github.comments).toEqual([]);
    await deliver(fail);
    await deliver(sameCode);
    expect(github.comments.map(({ body }) => body.includes('Same machine code'))).toEqual([true]);
  });

  test('of a run without figures takes the place of what a run before had found', async () => {
    const { commentUrl } = await deliver(pass);
    const error = new MeasurementError('the service did not start: `@ann` <b>', {
      hint: 'see *its* log at https://ann:secret@logs.test',
    });
    expect((await deliver(documentOfFailure('orders', error, undefined, new Secrets()))).commentUrl).toBe(commentUrl);
    const { body } = github.comments[0]!;
    expect(body).toContain('invalid -->\n**perf-gate: no verdict** · orders\n');
    expect(body).toContain('the service did not start: \\`@\u200Bann\\` &lt;b&gt;');
    expect(body).toContain('see \\*its\\* log at https:\u200B//\\*\\*\\*@\u200Blogs.test');
  });

  test('of a config stays the same when its service is called otherwise, or nobody knows how', async () => {
    const config = 'services/orders/perf-gate.yml';
    const error = new MeasurementError('it is not legal');
    const unknown = documentOfFailure(undefined, error, 'a'.repeat(40), new Secrets());
    // What nobody has asked about needs no answer.
    expect(await deliver(unknown, { config })).toEqual({ commentUrl: undefined, problems: [] });
    // One that an older version has left is taken over.
    const { commentUrl } = await deliver(pass);
    expect((await deliver(later, { config })).commentUrl).toBe(commentUrl);
    expect((await deliver({ ...pass, service: 'renamed' }, { config })).commentUrl).toBe(commentUrl);
    expect((await deliver(unknown, { config })).commentUrl).toBe(commentUrl);
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual(['**perf-gate: no verdict** · aaaaaaa']);
    await deliver(pass, { config: 'services/stock/perf-gate.yml' });
    expect(github.comments).toHaveLength(2);
  });

  test('is taken back where there is no report at all, if it is plain which one is meant', async () => {
    const nothing = documentOfFailure(
      undefined,
      new MeasurementError('there is no report'),
      'a'.repeat(40),
      new Secrets(),
    );
    expect((await deliver(nothing)).commentUrl).toBeUndefined();
    const { commentUrl } = await deliver(pass);
    expect((await deliver(nothing, { key: 'of another job' })).commentUrl).toBeUndefined();
    expect((await deliver(nothing)).commentUrl).toBe(commentUrl);
    // The next report finds it.
    expect((await deliver(later)).commentUrl).toBe(commentUrl);
    await deliver({ ...pass, service: 'stock' });
    expect((await deliver(nothing)).commentUrl).toBeUndefined();
    expect(github.comments.map(({ body }) => body.includes('no verdict'))).toEqual([false, false]);
  });

  test('of several services has the worst first and turns red when one of them does', async () => {
    const all = (...reports: Report[]) => documentOfAll('*', reports);
    const green = await deliver(all(pass, { ...pass, service: 'stock' }));
    const red = await deliver(all(pass, { ...fail, service: 'stock' }));
    expect(red.commentUrl).not.toBe(green.commentUrl);
    const body = github.comments[1]!.body;
    expect(body).toMatch(
      /^<!-- perf-gate [0-9a-f]{16} fail -->\n\*\*perf-gate: fail\*\* · stock fail, orders pass\n\n/,
    );
    expect(body.indexOf('**perf-gate: fail** · stock · head')).toBeGreaterThan(0);
    expect(body.indexOf('**perf-gate: pass** · orders')).toBeGreaterThan(body.indexOf('· stock · head'));
    expect(body.match(/\| per request/g)).toHaveLength(2);
  });

  test('is never longer than GitHub takes, and what names say stays inside', async () => {
    const names = Array.from({ length: 3000 }, (_, i) => {
      const row = hostile.moved[i % hostile.moved.length]!;
      return { ...row, function: `${i}${row.function}` };
    });
    const long: Report = { ...hostile, service: 'orders --> <!-- perf-gate', moved: names, notes: [...hostile.notes] };
    const { problems } = await deliver(long);
    expect(problems).toEqual([]);
    const { body } = github.comments[0]!;
    expect(body.length).toBeLessThan(60_000);
    // Names in code spans keep their looks, and there they are nothing but text.
    expect(body.replaceAll(/(`+)[^\n]*?[^`]\1(?!`)/g, '').match(/<!--/g)).toHaveLength(1);
    expect(body.split('\n')[0]).toMatch(/^<!-- perf-gate [0-9a-f]{16} fail -->$/);
    expect(body).toContain('[Log and files of this run]');
    await deliver(long);
    expect(writes()).toHaveLength(1);
  });
});

describe('the comment of a newer commit', () => {
  test('is not replaced by an older run that took longer', async () => {
    const [pull] = github.pulls.splice(0, 1, {
      ...github.pulls[0]!,
      head: { ...github.pulls[0]!.head, sha: 'f'.repeat(40) },
    });
    const place = { apiUrl: github.apiUrl, owner: 'acme', repo: 'shop', number: 7 };
    await deliver(pass, { pullRequest: { ...place, measured: 'f'.repeat(40) } });
    const message = 'You have exceeded a secondary rate limit';
    github.fail({ on: PULL, answer: { status: 403, headers: { 'retry-after': '0' }, message } });
    const { commentUrl, problems } = await deliver(fail, { pullRequest: { ...place, measured: pull!.head.sha } });
    expect(commentUrl).toBeUndefined();
    expect(problems).toEqual([
      {
        level: 'notice',
        text: 'no comment on the pull request: pull request #7 has newer commits by now: aaaaaaa is not its head any more',
      },
    ]);
    expect(writes()).toHaveLength(1);
  });

  test.each([403, 404])(
    'cannot be known with a token that may not look (%i): the comment is written',
    async (status) => {
      github.fail({ on: PULL, answer: { status } });
      expect((await deliver(pass)).problems).toEqual([]);
      expect(github.comments).toHaveLength(1);
    },
  );

  test('nor by a job that does not say what it measured', async () => {
    const place = { apiUrl: github.apiUrl, owner: 'acme', repo: 'shop', number: 7 };
    expect((await deliver(pass, { pullRequest: { ...place, measured: undefined } })).problems).toEqual([]);
    expect(github.requests).not.toContain(PULL);
  });
});

describe('on an Enterprise server', () => {
  test('all requests go beneath its own addresses', async () => {
    await github[Symbol.asyncDispose]();
    await start('/api/v3');
    await deliver(pass);
    await deliver(later);
    expect(github.comments).toHaveLength(1);
    expect(github.requests).toContain('POST /graphql');
  });
});

describe('what passes is waited for', () => {
  const faults: Readonly<Record<string, Omit<Fault, 'on'>>> = {
    'a bad gateway': { answer: { status: 502 } },
    'a limit that says how long': { answer: { status: 429, headers: { 'retry-after': '0' } } },
    'a secondary limit': {
      answer: { status: 403, headers: { 'retry-after': '0' }, message: 'You have exceeded a secondary rate limit' },
    },
    'an answer that is cut off': { answer: 'cut off' },
    'a connection that is closed': { answer: 'hang up' },
    'no answer at all': { answer: 'silence' },
  };
  const requests = [PULL, THREAD, 'POST /graphql', 'PATCH /repos/acme/shop/issues/comments/'];

  test.each(Object.entries(faults))('%s', async (_, fault) => {
    // Of a person: while GraphQL fails nobody must take the bot for the author.
    const delivery = { token: TOKENS.person, patience: patienceFor(fault.answer) };
    await deliver(pass, delivery);
    for (const on of requests) github.fail({ on, ...fault });
    github.fail({ on: 'POST /repos/acme/shop/issues/7/comments', ...fault });
    expect((await deliver(later, delivery)).problems).toEqual([]);
    await deliver({ ...pass, service: 'stock' }, delivery);
    expect(github.comments.map(({ body }) => body.includes('1 m 21 s'))).toEqual([true, false]);
  });

  test.each([
    ['a bad gateway', { status: 502 }],
    ['silence', 'silence'],
    ['a hang up', 'hang up'],
  ] as const)('%s behind which the comment was written all the same does not make it two', async (_, answer) => {
    github.fail({ on: 'POST /repos/acme/shop/issues/7/comments', afterwards: true, answer });
    const { commentUrl, problems } = await deliver(pass, { patience: patienceFor(answer) });
    expect(problems).toEqual([]);
    expect(github.comments.map(({ url }) => url)).toEqual([commentUrl]);
  });

  test('a failure between the fresh comment and the old one leaves no two that both speak', async () => {
    await deliver(pass);
    github.fail({ on: 'PATCH', answer: { status: 500 } });
    const { commentUrl } = await deliver(fail);
    expect(github.comments).toHaveLength(2);
    expect(github.comments[0]!.body).toContain(`(${commentUrl})`);
  });

  test('no answer is noticed while memory is collected too', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    let timer: NodeJS.Timeout;
    // Never most of the time: a large heap takes longer than the request.
    const collect = () => {
      const startMs = performance.now();
      gc();
      timer = setTimeout(collect, Math.max(20, 4 * (performance.now() - startMs)));
    };
    collect();
    try {
      github.fail({ on: THREAD, answer: 'silence' });
      expect((await deliver(pass, { patience: FORSAKEN })).problems).toEqual([]);
    } finally {
      clearTimeout(timer!);
    }
  });

  test('a list without an end has one all the same', async () => {
    const link = `<${github.apiUrl}/repos/acme/shop/issues/7/comments?page=2>; rel="next"`;
    github.fail({ on: THREAD, times: 1000, answer: { status: 200, headers: { link }, text: '[]' } });
    const { problems } = await deliver(pass);
    expect(problems).toEqual([
      { level: 'warning', text: expect.stringContaining('could not answer: a list of more than 50 pages') },
    ]);
    expect(github.requests.length).toBeLessThan(60);
  });

  test('only until the deadline, also where every answer is quick', async () => {
    const link = `<${github.apiUrl}/repos/acme/shop/issues/7/comments?page=2>; rel="next"`;
    github.fail({ on: THREAD, times: 1, answer: { status: 200, headers: { link }, text: '[]' } });
    github.fail({ on: THREAD, times: 1000, answer: 'silence' });
    const { problems } = await deliver(pass, { patience: { requestMs: 200, totalMs: 100, firstWaitMs: 2 } });
    expect(problems[0]!.level).toBe('warning');
    expect(github.requests.length).toBeLessThan(8);
  });

  test('the page of a proxy is called one, and not shown', async () => {
    const page = { headers: { 'content-type': 'text/html' }, text: '<html><body>Bad gateway</body></html>' };
    const patience = { ...QUICK, firstWaitMs: 1 };
    github.fail({ on: PULL, times: 8, answer: { status: 502, ...page } });
    expect((await deliver(pass, { patience })).problems[0]!.text).toMatch(
      /could not answer: status 502, with a page of HTML$/,
    );
    github.fail({ on: PULL, times: 8, answer: { status: 200, ...page } });
    expect((await deliver(pass, { patience })).problems[0]!.text).toMatch(
      /the answer is text\/html, no JSON: something on the way/,
    );
  });

  test.each([
    [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, ''],
    [403, {}, 'You have exceeded a secondary rate limit'],
    [429, {}, ''],
  ])('a limit (%d, %j) is not told as a missing right', async (status, headers, message) => {
    github.fail({
      on: 'POST /repos',
      times: 8,
      answer: { status, headers: headers as Record<string, string>, message },
    });
    const [problem] = (await deliver(pass, { patience: { ...QUICK, firstWaitMs: 1 } })).problems;
    expect(problem).toEqual({ level: 'warning', text: expect.stringContaining('(rate limit)') });
    expect(problem!.text).not.toContain('pull-requests: write');
  });

  test('comments without a text are no hindrance', async () => {
    const emptied = github.comment('ann', '');
    (emptied as { body: unknown }).body = null;
    expect((await deliver(pass)).problems).toEqual([]);
  });

  test('only for so long', async () => {
    github.fail({ on: PULL, times: 1000, answer: { status: 503 } });
    const { commentUrl, problems } = await deliver(pass, {
      patience: { requestMs: 10_000, totalMs: 400, firstWaitMs: 200 },
      // Waiting takes its time, and an answer none.
      clock: { monotonicMs: () => (github.requests.length > 1 ? 200 : 0) },
    });
    expect(commentUrl).toBeUndefined();
    expect(problems).toEqual([
      {
        level: 'warning',
        text: 'no comment on the pull request: GitHub could not be reached or could not answer: fault 503',
      },
    ]);
    // At once and after 0.2 s; another 0.4 s would be too long.
    expect(github.requests).toHaveLength(2);
  });

  test('a limit that ends only in an hour is not waited for', async () => {
    github.fail({ on: PULL, answer: { status: 429, headers: { 'retry-after': '3600' } } });
    expect((await deliver(pass)).problems[0]!.level).toBe('warning');
    expect(github.requests).toHaveLength(1);
  });
});

describe('what is refused is told, once', () => {
  test.each([
    ['a token that is none', { token: 'ghs_unknown' }, 'the token is not valid: Bad credentials'],
    ['the token of a fork', { token: TOKENS.fork }, 'that of a fork may not'],
    ['no token', { token: undefined }, 'there is no token'],
    [
      'a pull request that is not there',
      { pullRequest: { apiUrl: '', owner: 'acme', repo: 'shop', number: 99, measured: 'a'.repeat(40) } },
      'does not reach this pull request',
    ],
  ])('%s', async (_, delivery: Delivery, words) => {
    const { pullRequest } = delivery;
    const { commentUrl, problems } = await deliver(
      pass,
      pullRequest === undefined ? delivery : { pullRequest: { ...pullRequest, apiUrl: github.apiUrl } },
    );
    expect(commentUrl).toBeUndefined();
    expect(problems).toEqual([{ level: 'notice', text: expect.stringContaining(words) }]);
    expect(new Set(github.requests).size).toBe(github.requests.length);
  });

  test('and GitHub’s own words never hold the token', async () => {
    const message = `body is spam\u001B[31m ${TOKENS.job}`;
    github.fail({ on: 'POST /repos/acme/shop/issues/7/comments', answer: { status: 422, message } });
    const [problem] = (await deliver(pass)).problems;
    expect(problem!.text).toBe('no comment on the pull request: GitHub does not take it: body is spam[31m ***');
  });

  test('a comment that is deleted between looking and writing is written again', async () => {
    await deliver(pass);
    github.fail({ on: 'PATCH', answer: { status: 404, message: 'Not Found' } });
    const { commentUrl } = await deliver(later);
    expect(commentUrl).toBe(github.comments[1]!.url);
  });
});

describe('a run of a fork', () => {
  const place = (commit: string, repository = 'mia/shop'): PullRequest => ({
    apiUrl: github.apiUrl,
    owner: 'acme',
    repo: 'shop',
    head: { commit: commit.repeat(40), owner: repository.split('/')[0]!, repository, branch: 'faster' },
  });

  test('belongs to the open pull request that has its commit', async () => {
    await deliver(pass, { pullRequest: place('b') });
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/8/comments']);
  });

  test('belongs to none that has newer commits, is closed, or comes from elsewhere', async () => {
    const none = [{ level: 'notice', text: expect.stringContaining('no open pull request has') }];
    expect((await deliver(pass, { pullRequest: place('c') })).problems).toEqual(none);
    // The commit is somebody else's pull request.
    expect((await deliver(pass, { pullRequest: place('a') })).problems).toEqual(none);
    // The same person and branch, in another repository.
    expect((await deliver(pass, { pullRequest: place('b', 'mia/shop-2') })).problems).toEqual(none);
    github.pulls[1]!.isOpen = false;
    expect((await deliver(pass, { pullRequest: place('b') })).problems).toEqual(none);
    expect(github.comments).toEqual([]);
  });

  test('that two pull requests share belongs to neither', async () => {
    github.pulls.push({ ...github.pulls[1]!, number: 9 });
    const { problems } = await deliver(pass, { pullRequest: place('b') });
    expect(problems).toEqual([
      { level: 'notice', text: expect.stringContaining('#8 and #9 both have the head bbbbbbb') },
    ]);
  });

  test('is found among more pull requests than a page holds', async () => {
    const [, fork] = github.pulls;
    for (let i = 100; i < 230; i++)
      github.pulls.unshift({ ...fork!, number: i, head: { ...fork!.head, sha: 'd'.repeat(40) } });
    await deliver(pass, { pullRequest: place('b') });
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/8/comments']);
  });
});

describe('the summary', () => {
  const summarize = (report: Report, file: string) => {
    const job = {
      host: '',
      heads: [],
      bases: [],
      refusal: undefined,
      own: undefined,
      pullRequest: undefined,
      runUrl: undefined,
    };
    const options = { token: undefined, key: '', wants: { summary: true, comment: true } };
    return publish(documentOf(report), { ...job, summaryFile: file }, options, testWorld(directory));
  };

  test('is added to what the step has written already, and needs no token', async () => {
    const file = join(directory, 'summary.md');
    writeFileSync(file, 'before\n');
    expect(await summarize(invalid, file)).toEqual({ commentUrl: undefined, problems: [] });
    expect(readFileSync(file, 'utf8')).toMatch(/^before\n\*\*perf-gate: invalid\*\*/);
  });

  test('is never larger than the 1 MiB that GitHub takes, in bytes', async () => {
    const wide = '猫'.repeat(190);
    const moved = Array.from({ length: 9000 }, (_, i) => ({
      function: `${wide}${i}`,
      metric: 'objects' as const,
      rise: 3,
      netRise: 0,
    }));
    const file = join(directory, 'summary.md');
    await summarize({ ...pass, moved }, file);
    const { byteLength } = readFileSync(file);
    expect(byteLength).toBeLessThanOrEqual(1024 * 1024);
    // Of a report with short names the same limit leaves more than a comment holds.
    rmSync(file);
    await summarize({ ...pass, moved: moved.map((row, i) => ({ ...row, function: `f${i}` })) }, file);
    expect(readFileSync(file).byteLength).toBeGreaterThan(100_000);
  });

  test('that cannot be written is a warning', async () => {
    const { problems } = await summarize(pass, directory);
    expect(problems).toEqual([
      { level: 'warning', text: expect.stringMatching(/^the summary could not be written: EISDIR/) },
    ]);
  });
});
