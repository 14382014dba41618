/**
 * The part of GitHub's API that we use, with state and with its limits: a small server that takes nothing it would not
 * understand. Faults are put in front of it: an answer in place of the real one, once or more often.
 * Formats: https://docs.github.com/en/rest
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeComment {
  readonly id: number;
  readonly author: string;
  body: string;
  isMinimized: boolean;
  readonly url: string;
}

export interface FakePullRequest {
  readonly number: number;
  readonly head: { readonly sha: string; readonly ref: string; readonly owner: string; readonly repository: string };
  isOpen: boolean;
}

interface Account {
  readonly login: string;
  readonly mayWrite: boolean;
  /** GraphQL is not for every token, nor on every server. */
  readonly graphql: boolean;
}

export interface Fault {
  /** `POST /repos/acme/shop/issues/7/comments`, or the beginning of it. */
  readonly on: string;
  /** How often; once when absent. */
  times?: number;
  /** Do what was asked before failing. */
  readonly afterwards?: boolean;
  readonly answer:
    | {
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly message?: string;
        /** In place of JSON with the message. */
        readonly text?: string;
      }
    /** Never answers; ends in the middle of the body; closes without a word. */
    | 'silence'
    | 'cut off'
    | 'hang up';
}

export interface FakeGitHub extends AsyncDisposable {
  /** For GITHUB_API_URL. */
  readonly apiUrl: string;
  readonly comments: FakeComment[];
  readonly pulls: FakePullRequest[];
  /** `GET /repos/…?page=2`, in the order of arrival. */
  readonly requests: string[];
  /** What a strict server would have complained of. */
  readonly complaints: string[];
  fail(fault: Fault): void;
  comment(author: string, body: string, isMinimized?: boolean): FakeComment;
}

export const BOT = 'github-actions[bot]';
export const TOKENS = {
  job: 'ghs_job0123456789abcdefghijklmnopqrstuvwxyz',
  fork: 'ghs_fork123456789abcdefghijklmnopqrstuvwxyz',
  person: 'ghp_person3456789abcdefghijklmnopqrstuvwxyz',
  withoutGraphql: 'ghs_nogql456789abcdefghijklmnopqrstuvwxyz12',
} as const;

const ACCOUNTS: Readonly<Record<string, Account>> = {
  [TOKENS.job]: { login: BOT, mayWrite: true, graphql: true },
  [TOKENS.fork]: { login: BOT, mayWrite: false, graphql: true },
  [TOKENS.person]: { login: 'ann', mayWrite: true, graphql: true },
  [TOKENS.withoutGraphql]: { login: BOT, mayWrite: true, graphql: false },
};

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** acme/shop with pull request 7 (of a branch) and 8 (of a fork). `prefix` is that of an Enterprise server, `/api/v3`. */
export async function fakeGitHub(prefix = ''): Promise<FakeGitHub> {
  const comments: FakeComment[] = [];
  const pulls: FakePullRequest[] = [];
  const requests: string[] = [];
  const complaints: string[] = [];
  const faults: Fault[] = [];
  let nextId = 1000;

  const add = (author: string, body: string, isMinimized = false): FakeComment => {
    const id = nextId++;
    const comment = { id, author, body, isMinimized, url: `https://github.test/acme/shop/pull/7#issuecomment-${id}` };
    comments.push(comment);
    return comment;
  };

  function answer(account: Account, method: string, path: string, query: URLSearchParams, body: unknown): Answer {
    const thread = /^\/repos\/acme\/shop\/issues\/(\d+)\/comments$/.exec(path);
    if (thread !== null) {
      if (!pulls.some(({ number }) => String(number) === thread[1])) return notFound;
      if (method === 'GET') return paged(comments.map(shown), path, query);
      if (method === 'POST')
        return writing(account, body, (text) => ({ status: 201, body: shown(add(account.login, text)) }));
    }
    const one = /^\/repos\/acme\/shop\/issues\/comments\/(\d+)$/.exec(path);
    if (one !== null && method === 'PATCH') {
      const comment = comments.find(({ id }) => String(id) === one[1]);
      if (comment === undefined) return notFound;
      return writing(account, body, (text) => {
        comment.body = text;
        return { status: 200, body: shown(comment) };
      });
    }
    if (path === '/repos/acme/shop/pulls' && method === 'GET') {
      const [owner, branch] = (query.get('head') ?? '').split(':');
      const found = pulls.filter(
        ({ head, isOpen }) =>
          isOpen === (query.get('state') === 'open') &&
          (branch === undefined || (head.owner === owner && head.ref === branch)),
      );
      return paged(found.map(shownPull), path, query);
    }
    const pull = /^\/repos\/acme\/shop\/pulls\/(\d+)$/.exec(path);
    if (pull !== null && method === 'GET') {
      const found = pulls.find(({ number }) => String(number) === pull[1]);
      return found === undefined ? notFound : { status: 200, body: shownPull(found) };
    }
    if (path === '/graphql' && method === 'POST' && account.graphql) return graphql(account, body);
    complaints.push(`no such resource: ${method} ${path}`);
    return notFound;
  }

  function graphql(account: Account, body: unknown): Answer {
    const { query, variables } = body as { query: string; variables: { ids: string[] } };
    if (!/viewer \{ login \}/.test(query) || variables.ids.length > 100) {
      return { status: 200, body: { data: null, errors: [{ type: 'INVALID', message: 'not understood' }] } };
    }
    const nodes = variables.ids.map((id) => {
      const comment = comments.find((known) => nodeId(known) === id);
      return comment === undefined ? null : { id, isMinimized: comment.isMinimized };
    });
    return { status: 200, body: { data: { viewer: { login: account.login }, nodes } } };
  }

  /** The real one has a page of Link headers; ours has what octokit reads of them. */
  function paged(items: readonly unknown[], path: string, query: URLSearchParams): Answer {
    const perPage = Math.min(100, Number(query.get('per_page') ?? 30));
    const page = Number(query.get('page') ?? 1);
    const next = new URLSearchParams(query);
    next.set('page', String(page + 1));
    const isLast = page * perPage >= items.length;
    const link: Record<string, string> = isLast ? {} : { link: `<${apiUrl()}${path}?${next}>; rel="next"` };
    return { status: 200, body: items.slice((page - 1) * perPage, page * perPage), headers: link };
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: Error) => {
      complaints.push(error.message);
      response.destroy();
    });
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
    const method = request.method ?? '';
    const text = await textOf(request);
    const path = pathname === '/api/graphql' ? '/graphql' : pathname.replace(prefix, '');
    if (!pathname.startsWith(prefix) && pathname !== '/api/graphql') complaints.push(`outside of the API: ${pathname}`);
    const said = `${method} ${path}${searchParams.size === 0 ? '' : `?${searchParams}`}`;
    requests.push(said);
    if (!request.headers['user-agent']?.startsWith('perf-gate/')) complaints.push(`${said}: no user agent`);
    const token = /^(?:token|bearer) (\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const account = ACCOUNTS[token];
    const real = (): Answer =>
      account === undefined
        ? { status: 401, body: { message: 'Bad credentials' } }
        : answer(account, method, path, searchParams, text === '' ? undefined : JSON.parse(text));

    const fault = faults.find(({ on, times = 1 }) => times > 0 && said.startsWith(on));
    if (fault === undefined) return send(response, real());
    fault.times = (fault.times ?? 1) - 1;
    if (fault.afterwards) real();
    if (fault.answer === 'silence') return;
    if (fault.answer === 'hang up') return void response.destroy();
    if (fault.answer === 'cut off') {
      const whole = JSON.stringify(real().body);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': whole.length });
      response.write(whole.slice(0, whole.length / 2), () => response.destroy());
      return;
    }
    const { status, headers = {}, message = `fault ${status}`, text: raw } = fault.answer;
    if (raw !== undefined) {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(raw);
      return;
    }
    send(response, { status, headers, body: { message } });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`;
  return {
    apiUrl: apiUrl(),
    comments,
    pulls,
    requests,
    complaints,
    comment: add,
    fail: (fault) => faults.push(fault),
    [Symbol.asyncDispose]: () => closed(server),
  };
}

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };
const nodeId = ({ id }: FakeComment) => `IC_${id}`;

const shown = (comment: FakeComment) => ({
  id: comment.id,
  node_id: nodeId(comment),
  body: comment.body,
  html_url: comment.url,
  user: { login: comment.author, type: comment.author.endsWith('[bot]') ? 'Bot' : 'User' },
});

const shownPull = ({ number, head }: FakePullRequest) => ({
  number,
  head: { sha: head.sha, ref: head.ref, repo: { full_name: head.repository } },
});

function writing({ mayWrite }: Account, body: unknown, write: (text: string) => Answer): Answer {
  if (!mayWrite) return { status: 403, body: { message: 'Resource not accessible by integration' } };
  const text = (body as { body?: unknown } | undefined)?.body;
  if (typeof text !== 'string' || text === '') return { status: 422, body: { message: 'Validation Failed' } };
  if (text.length > 65_536) {
    return { status: 422, body: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' } };
  }
  return write(text);
}

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
