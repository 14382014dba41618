/**
 * `command: publish` of the bundled action, after the run of a fork: a job with the right to write, whose only input is a
 * file that the fork has written.
 */
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { EVENTS, HEAD } from '../ci/events.ts';
import { type FakeGitHub, fakeGitHub, TOKENS } from '../publish/fake-github.ts';
import { fail, hostile, pass } from '../report/reports.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import { bundleAction, runStep, type Step } from './runner.ts';

let scratch: string;
let action: string;
let workspace: string;
let github: FakeGitHub;

beforeAll(() => {
  scratch = scratchDirectory();
  action = bundleAction(join(scratch, 'action'));
});
afterAll(() => removeDirectory(scratch));

beforeEach(async () => {
  workspace = scratchDirectory();
  github = await fakeGitHub();
  github.pulls.push(
    { number: 7, isOpen: true, head: { sha: 'c'.repeat(40), ref: 'faster', owner: 'acme', repository: 'acme/shop' } },
    { number: 8, isOpen: true, head: { sha: HEAD, ref: 'faster', owner: 'mia', repository: 'mia/shop' } },
  );
});
afterEach(async () => {
  removeDirectory(workspace);
  await github[Symbol.asyncDispose]();
  expect(github.complaints).toEqual([]);
});

/** What actions/download-artifact leaves. */
function artifact(text: string, directory = 'perf-gate-out'): string {
  mkdirSync(join(workspace, directory), { recursive: true });
  const file = join(workspace, directory, 'report.json');
  writeFileSync(file, text);
  return file;
}

const publish = (step: Partial<Step> = {}) =>
  runStep({
    action,
    workspace,
    token: TOKENS.job,
    event: EVENTS.workflowRun,
    ...step,
    inputs: { command: 'publish', ...step.inputs },
    env: { GITHUB_API_URL: github.apiUrl, ...step.env },
  });

const writes = () => github.requests.filter((request) => /^(POST|PATCH) \/repos/.test(request));

describe('the report of a fork', () => {
  test('becomes a comment on the pull request that the event is about, written anew, and fails nothing', async () => {
    artifact(renderJson({ ...fail, reproduce: `${fail.reproduce} --set baseline.store=exec` }));
    writeFileSync(join(workspace, 'perf-gate-out', 'report.md'), '# [pwned](https://evil.example)');
    const { code, outputs, summary, commands } = await publish();
    expect(code).toBe(0);
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/8/comments']);
    const [comment] = github.comments;
    expect(comment!.body).toContain('**perf-gate: fail** · orders');
    expect(comment!.body).toContain('(https://github.test/acme/shop/actions/runs/41)');
    expect(comment!.body).not.toContain('pwned');
    // A line that a reader may copy.
    expect(comment!.body).toContain('Try it: `npx perf-gate run --base 88d0e14` ·');
    expect(outputs).toEqual({ verdict: 'fail', findings: '6', 'comment-url': comment!.url });
    expect(summary).toContain('**perf-gate: fail** · orders');
    expect(commands).toEqual([]);
  });

  test('cannot say which pull request it belongs to, nor be taken for more than text', async () => {
    // What the schema lets through.
    const causes = hostile.causes.map((cause) => ({
      ...cause,
      effects: cause.effects.map((one) => ({ ...one, waiver: undefined })),
    }));
    artifact(renderJson({ ...hostile, causes, reproduce: 'npx perf-gate run' }));
    const { code, log, commands } = await publish();
    expect(code).toBe(0);
    expect(commands).toEqual([]);
    expect(log).not.toContain('octocat');
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/8/comments']);
  });

  test('of commits that are not the newest any more is not shown on the pull request', async () => {
    artifact(renderJson(pass));
    github.pulls[1] = { ...github.pulls[1]!, head: { ...github.pulls[1]!.head, sha: 'd'.repeat(40) } };
    const { code, commands, outputs } = await publish();
    expect(code).toBe(0);
    expect(github.comments).toEqual([]);
    expect(outputs['comment-url']).toBe('');
    expect(commands).toMatchObject([{ name: 'notice', message: expect.stringContaining('has newer commits by now') }]);
  });
});

test('after a run that was no pull request the report is shown on the job alone, which is said', async () => {
  artifact(renderJson(pass));
  const { code, commands, summary } = await publish({ event: EVENTS.workflowRunOfPush });
  expect(code).toBe(0);
  expect(summary).toContain('**perf-gate: pass**');
  expect(commands).toMatchObject([{ name: 'notice', message: expect.stringContaining('names none for this job') }]);
});

test('a runner behind a proxy reaches GitHub through it, with the name and the password that it wants', async () => {
  artifact(renderJson(fail));
  const asked: string[] = [];
  // It alone knows where the name leads.
  const proxy = createServer().on('connect', ({ url, headers }, client, head) => {
    asked.push(`${url} ${headers['proxy-authorization']}`);
    const server = connect(Number(new URL(github.apiUrl).port), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      server.write(head);
      server.pipe(client).pipe(server);
    });
    const end = () => server.destroy() && client.destroy();
    server.on('error', end);
    client.on('error', end);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  try {
    const { code, commands } = await publish({
      env: {
        GITHUB_API_URL: 'http://api.github.test',
        http_proxy: `http://ann:secret@127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      },
    });
    expect({ code, commands }).toEqual({ code: 0, commands: [] });
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/8/comments']);
    expect(new Set(asked)).toEqual(new Set([`api.github.test:80 Basic ${btoa('ann:secret')}`]));
  } finally {
    proxy.close();
    proxy.closeAllConnections();
  }
});

describe('what is no report', () => {
  const big = () => {
    truncateSync(artifact('{}'), 21e6);
  };
  const link = () => {
    mkdirSync(join(workspace, 'perf-gate-out'));
    symlinkSync('/etc/passwd', join(workspace, 'perf-gate-out', 'report.json'));
  };
  test.each([
    ['JSON that breaks off', () => artifact(renderJson(pass).slice(0, 500)), 'the report is no JSON'],
    [
      'one with a number for a text',
      () => artifact(JSON.stringify({ ...pass, reproduce: 7 })),
      'the report is damaged',
    ],
    ['lines for the runner', () => artifact('\n::error::pwned\n##[add-mask]e\n'), 'the report is no JSON'],
    ['one of another version', () => artifact(JSON.stringify({ ...pass, schema: 99 })), 'has schema version 99'],
    ['one whose verdict was changed', () => artifact(renderJson({ ...fail, verdict: 'pass' })), 'contradicts itself'],
    ['a file without end', big, 'more than 20 MB'],
    ['a link to something else', link, 'is not a file'],
    ['nothing', () => undefined, 'there is no report.json in'],
  ])('%s: nothing is published, the step says why, and an older verdict is taken back', async (what, make, words) => {
    const isThere = ['nothing', 'one whose verdict was changed', 'a file without end'].includes(what);
    if (isThere) {
      artifact(renderJson(pass));
      await publish();
      github.requests.length = 0;
      removeDirectory(join(workspace, 'perf-gate-out'));
    }
    make();
    const { code, log, commands, summary, outputs } = await publish();
    expect(code).toBe(2);
    expect(outputs).toEqual({ verdict: 'invalid' });
    expect(log).toContain(words);
    expect(commands.map(({ name, properties }) => [name, properties['title']])).toEqual([
      ['error', 'perf-gate: no verdict'],
    ]);
    expect(summary).toBe('');
    expect(writes()).toEqual(isThere ? [`PATCH /repos/acme/shop/issues/comments/${github.comments[0]!.id}`] : []);
    expect(github.comments.map(({ body }) => body.includes('**perf-gate: no verdict** · aaaaaaa'))).toEqual(
      isThere ? [true] : [],
    );
  });
});

describe('the reports of several services', () => {
  const stock: Report = { ...pass, service: 'stock' };

  test('are one comment, which stays the same one when a service comes or goes', async () => {
    artifact(renderJson(pass), 'perf-gate-out/orders');
    artifact(renderJson(stock), 'perf-gate-out/stock');
    mkdirSync(join(workspace, 'perf-gate-out', 'logs'));
    const { outputs } = await publish();
    expect(outputs).toMatchObject({ verdict: 'pass', findings: '0', 'comment-url': github.comments[0]!.url });
    expect(github.comments[0]!.body.match(/\| per request/g)).toHaveLength(2);

    removeDirectory(join(workspace, 'perf-gate-out', 'orders'));
    await publish();
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]!.body.match(/\| per request/g)).toHaveLength(1);
  });
});

describe('the scenarios of one service', () => {
  test('are the one comment of that service, with the worst verdict and what is over in all of them', async () => {
    artifact(renderJson(pass));
    await publish();
    removeDirectory(join(workspace, 'perf-gate-out'));
    artifact(renderJson({ ...pass, scenario: 'browse' }), 'perf-gate-out/browse');
    artifact(renderJson({ ...fail, scenario: 'checkout' }), 'perf-gate-out/checkout');
    artifact(renderJson({ ...fail, scenario: 'search' }), 'perf-gate-out/search');
    const { outputs } = await publish();
    expect(outputs).toMatchObject({ verdict: 'fail', findings: '12' });
    // It turns red, so it is a new one; the older one points to it.
    expect(github.comments).toHaveLength(2);
    expect(github.comments[0]!.body).toContain(`[newer report](${outputs['comment-url']})`);
    expect(github.comments[1]!.body).toContain(
      '**perf-gate: fail** · orders · checkout fail, search fail, browse pass\n\n**perf-gate: fail** · orders · checkout · ',
    );
  });
});

describe('perf-gate publish', () => {
  test('does the same on CircleCI', async () => {
    artifact(renderJson(fail));
    const env = {
      CIRCLECI: 'true',
      CIRCLE_SHA1: 'c'.repeat(40),
      CIRCLE_PULL_REQUEST: 'https://github.com/acme/shop/pull/7',
      CIRCLE_BUILD_URL: 'https://circleci.com/gh/acme/shop/12',
      GITHUB_API_URL: github.apiUrl,
      GITHUB_TOKEN: TOKENS.person,
    };
    const { code, out, err } = await perfGate(workspace, ['publish'], { env });
    expect({ code, out, err }).toEqual({ code: 0, out: `${github.comments[0]!.url}\n`, err: '' });
    expect(github.comments[0]!.body).toContain('(https://circleci.com/gh/acme/shop/12)');

    const without = await perfGate(workspace, ['publish'], { env: { ...env, GITHUB_TOKEN: '' } });
    expect(without).toMatchObject({ code: 0, out: '' });
    expect(without.err).toBe('perf-gate: no comment on the pull request: there is no token to write it with\n');
  });

  test('finds the pull request that was opened after the push, and says where there is none', async () => {
    artifact(renderJson(pass));
    const env = {
      CIRCLECI: 'true',
      CIRCLE_SHA1: 'c'.repeat(40),
      CIRCLE_BRANCH: 'faster',
      CIRCLE_REPOSITORY_URL: 'git@github.com:acme/shop.git',
      GITHUB_API_URL: github.apiUrl,
      GITHUB_TOKEN: TOKENS.person,
    };
    expect((await perfGate(workspace, ['publish'], { env })).err).toBe('');
    expect(writes()).toEqual(['POST /repos/acme/shop/issues/7/comments']);

    const ofTag = await perfGate(workspace, ['publish'], { env: { ...env, CIRCLE_BRANCH: '' } });
    expect([ofTag.code, ofTag.err]).toEqual([
      0,
      'perf-gate: no comment on the pull request: CircleCI names none for this job\n',
    ]);
    github.pulls[0]!.isOpen = false;
    const { err } = await perfGate(workspace, ['publish'], { env });
    expect(err).toContain('no open pull request has ccccccc as its head: it is not open yet, ');
  });

  test('has nowhere to go outside of CI', async () => {
    artifact(renderJson(fail));
    const { code, err } = await perfGate(workspace, ['publish'], { env: {} });
    expect(code).toBe(2);
    expect(err).toContain('there is nowhere to publish');
    expect(readdirSync(workspace)).toEqual(['perf-gate-out']);
  });
});
