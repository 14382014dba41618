/**
 * The bundled action on the Node of these tests and on Node 24, against a GitHub that others have written. It has no GraphQL, so a small
 * server in front of it answers that one question and hands everything else on.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { renderJson } from '../../src/report/json.ts';
import { bundleAction, runStep } from '../action/runner.ts';
import { fail, pass } from '../report/reports.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { emulate, node24 } from './github-tools.ts';

const TOKEN = 'gho_octocat0123456789abcdefghijklmnopqrstuv';
const SEED = `
tokens:
  ${TOKEN}: { login: octocat, scopes: [repo, user] }
github:
  users: [{ login: octocat, name: Octocat, email: octocat@example.com }]
  repos: [{ owner: octocat, name: shop, auto_init: true }]
`;

let scratch: string;
let action: string;
let emulator: ChildProcess;
let front: Server;
let apiUrl: string;

beforeAll(async () => {
  scratch = scratchDirectory();
  action = bundleAction(join(scratch, 'action'));
  writeFileSync(join(scratch, 'seed.yaml'), SEED);
  const port = await freePort();
  const args = [
    emulate(),
    'start',
    '--service',
    'github',
    '--port',
    String(port),
    '--seed',
    join(scratch, 'seed.yaml'),
  ];
  emulator = spawn(join(node24(), 'node'), args, { cwd: scratch, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(emulator.stdout!, 'data');
  front = inFrontOf(port);
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  apiUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
});

afterAll(async () => {
  front?.closeAllConnections();
  front?.close();
  if (emulator?.kill()) await once(emulator, 'exit');
  removeDirectory(scratch);
});

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function inFrontOf(port: number): Server {
  return createServer((from, to) => {
    if (from.url === '/graphql') {
      to.setHeader('content-type', 'application/json');
      to.end(JSON.stringify({ data: { viewer: { login: 'octocat' }, nodes: [] } }));
      return;
    }
    const { method, headers, url: path } = from;
    const onward = request({ host: '127.0.0.1', port, method, headers, path }, (answer) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(to);
    });
    from.pipe(onward);
  });
}

async function api<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `token ${TOKEN}`, 'content-type': 'application/json' };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(`${apiUrl}${path}`, init);
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

interface Pull {
  readonly number: number;
  readonly head: { readonly sha: string };
}

interface Comment {
  readonly html_url: string;
  readonly body: string;
}

/** A pull request from a new branch with a commit of its own. */
async function openPullRequest(branch: string): Promise<Pull> {
  const main = await api<{ object: { sha: string } }>('GET', '/repos/octocat/shop/git/ref/heads/main');
  await api('POST', '/repos/octocat/shop/git/refs', { ref: `refs/heads/${branch}`, sha: main.object.sha });
  const content = Buffer.from(branch).toString('base64');
  await api('PUT', `/repos/octocat/shop/contents/${branch}.txt`, { message: 'a change', content, branch });
  return api<Pull>('POST', '/repos/octocat/shop/pulls', { title: branch, head: branch, base: 'main' });
}

describe.each([
  ['the Node of these tests', 'this', () => process.execPath],
  ['the Node of GitHub’s runners', '24', () => join(node24(), 'node')],
])('on %s', (_, version, node) => {
  let pull: Pull;
  beforeAll(async () => {
    pull = await openPullRequest(`faster-on-${version}`);
  });

  async function publish(report: Report) {
    const workspace = join(scratch, `workspace-${version}`);
    mkdirSync(join(workspace, 'perf-gate-out'), { recursive: true });
    writeFileSync(join(workspace, 'perf-gate-out', 'report.json'), renderJson(report));
    const run = {
      id: 41,
      event: 'pull_request',
      head_sha: pull.head.sha,
      head_branch: `faster-on-${version}`,
      head_repository: { full_name: 'octocat/shop', owner: { login: 'octocat' } },
    };
    const payload = { workflow_run: run, repository: { default_branch: 'main' } };
    const result = await runStep({
      action,
      workspace,
      node: node(),
      token: TOKEN,
      event: { name: 'workflow_run', payload },
      inputs: { command: 'publish' },
      env: { GITHUB_API_URL: apiUrl, GITHUB_REPOSITORY: 'octocat/shop' },
    });
    expect(result).toMatchObject({ code: 0, commands: [] });
    const comments = await api<Comment[]>('GET', `/repos/octocat/shop/issues/${pull.number}/comments`);
    return { comments, url: result.outputs['comment-url'] };
  }

  test('one comment is written, kept up to date, and a fresh one when the verdict turns', async () => {
    const first = await publish(pass);
    expect(first.comments.map(({ html_url }) => html_url)).toEqual([first.url]);
    expect(first.comments[0]!.body).toContain('**perf-gate: pass** · orders');

    const second = await publish({ ...pass, durationMs: 81_000 });
    expect(second.comments).toHaveLength(1);
    expect(second.comments[0]!.body).toContain('1 m 21 s');

    const third = await publish(fail);
    expect(third.comments).toHaveLength(2);
    expect(third.comments[0]!.body).toContain(`[newer report](${third.url})`);
    expect(third.comments[1]).toMatchObject({ html_url: third.url });
    expect(third.comments[1]!.body).toContain('main.hashItems');
  });

  test('it is found on a later page', async () => {
    const { number } = pull;
    const others = Array.from({ length: 110 }, (_, i) => ({ body: `remark ${i}` }));
    for (const body of others) await api('POST', `/repos/octocat/shop/issues/${number}/comments`, body);
    const { url } = await publish({ ...fail, service: 'stock' });
    expect((await publish({ ...fail, service: 'stock', durationMs: 1 })).url).toBe(url);
  });
});
