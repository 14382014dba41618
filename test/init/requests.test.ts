/** From routes to requests: paths with parameters, which routes are tried, and what a real server's answers make of them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ask } from '../../src/init/ask.ts';
import { findCandidates } from '../../src/init/candidates.ts';
import { learn, learntValues } from '../../src/init/learn.ts';
import { fillPath, isParameter, parsePathPattern, plausibleValues } from '../../src/init/path-pattern.ts';
import { tryRequests } from '../../src/init/try-requests.ts';
import { source } from './source-of.ts';

describe('a path', () => {
  test.each([
    ['/orders', '/orders', []],
    ['/orders/{id}', '/orders/7', ['id']],
    ['/orders/{orderID:[0-9]{1,3}}/lines', '/orders/7/lines', ['orderID']],
    ['/files/{path...}', '/files/7', ['path']],
    ['/{$}', '/', []],
    ['/orders/:id', '/orders/7', ['id']],
    ['/orders/:id?', '/orders/7', ['id']],
    ['/orders/:id<int>/x', '/orders/7/x', ['id']],
    ['/flights/:from-:to', '/flights/7-7', ['from', 'to']],
    ['/static/*', '/static/7', ['']],
    ['/static/*filepath', '/static/7', ['filepath']],
    ['/items:batch', '/items:batch', []],
    ['/a b/ü', '/a%20b/%C3%BC', []],
  ])('%s', (pattern, filled, names) => {
    const parts = parsePathPattern(pattern)!;
    const parameters = parts.filter(isParameter);
    expect(parameters.map(({ name }) => name)).toEqual(names);
    expect(
      fillPath(
        parts,
        parameters.map(() => '7'),
      ),
    ).toBe(filled);
  });

  test('with braces that do not close is not understood', () => {
    expect(parsePathPattern('/orders/{id')).toBeUndefined();
  });

  test('takes values that its constraint allows, and none that leave it', () => {
    const values = (pattern: string) => plausibleValues(parsePathPattern(pattern)!.find(isParameter)!);
    expect(values('/{id:[0-9]+}')).toEqual(['1', '10']);
    expect(values('/status/{code:[0-9]+}')[0]).toBe('200');
    expect(values('/:n<int>')).toEqual(['1', '10']);
    expect(values('/{lang:de|en}')).toEqual(['en']);
    expect(values('/{x:(?P<re2>a)}')[0]).toBe('example');
    expect(fillPath(parsePathPattern('/{x}/y')!, ['a/../b?c#d'])).toBe('/a%2F..%2Fb%3Fc%23d/y');
  });
});

describe('values are learnt', () => {
  const list = learn('/orders?limit=2', '{"orders":[{"id":"o-1","customerId":7},{"id":"o-2"},{"id":"o-3"}],"sku":"s"}');

  test('from the list before the parameter', () => {
    expect(learntValues([list], 'id', '/orders/')).toEqual(['o-1', 'o-2']);
    expect(learntValues([list], 'orderID', '/orders/')).toEqual(['o-1', 'o-2']);
  });

  test('from elsewhere, where the name says of what', () => {
    expect(learntValues([list], 'customer_id', '/customers/')).toEqual(['7']);
    expect(learntValues([list], 'id', '/customers/')).toEqual([]);
  });

  test('from nothing that is no JSON, is deep, or is no name', () => {
    const deep = `${'['.repeat(50)}{"id":"x"}${']'.repeat(50)}`;
    for (const body of ['<html>', '{"id":', deep, '{"id":"a b\\n"}', '{"id":{}}', '{"id":null}']) {
      expect(learntValues([learn('/orders', body)], 'id', '/orders/')).toEqual([]);
    }
  });
});

test('routes are tried without parameters first, each once; what may change something is not', () => {
  const routes = [
    'GET /orders/{id}',
    '/orders',
    'POST /orders',
    '/orders/',
    'GET /quit',
    'HEAD /orders',
    '/debug/vars',
    'GET /bad/{',
  ];
  const { toTry, leftOut } = findCandidates([source([], [], routes)]);
  expect(toTry.map(({ pattern }) => pattern)).toEqual(['/orders', '/orders/{id}']);
  expect(leftOut.map(({ request, reason }) => `${request}: ${reason}`)).toEqual([
    'POST /orders: not tried: it may change something, or needs a body',
    'GET /quit: not tried: "quit" sounds as if it changed or ended something',
    'GET /debug/vars: not tried: it is for debugging',
    'GET /bad/{: its path was not understood',
  ]);
});

describe('a service is asked', () => {
  type Handler = (response: ServerResponse, request: IncomingMessage, count: number) => void;
  let handlers: Record<string, Handler>;
  let server: Server;
  let asked: string[];
  let hasEnded: boolean;

  beforeEach(async () => {
    asked = [];
    hasEnded = false;
    server = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const handler = handlers[path] ?? handlers['*'];
      if (handler === undefined) response.writeHead(404).end();
      else handler(response, request, asked.filter((one) => one === path).length);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const text: Handler = (response) => void response.setHeader('content-type', 'text/plain').end('hello');
  const status =
    (code: number, body = '', headers: Record<string, string> = {}): Handler =>
    (response) =>
      void response.writeHead(code, headers).end(body);
  const json = (value: unknown) => status(200, JSON.stringify(value), { 'content-type': 'application/json' });

  async function tried(routes: readonly string[]) {
    const { port } = server.address() as AddressInfo;
    const { toTry } = findCandidates([source([], [], routes)]);
    const result = await tryRequests(toTry, {
      ask: (path) => ask({ port, path, signal: new AbortController().signal, monotonicMs: () => performance.now() }),
      restartIfEnded: async () => {
        const ended = hasEnded;
        hasEnded = false;
        return ended;
      },
      monotonicMs: () => performance.now(),
    });
    return {
      kept: result.kept.map(({ path }) => path),
      spare: result.spare.map(({ path }) => path),
      ready: result.ready?.path,
      leftOut: result.leftOut.map(({ request, reason }) => `${request}: ${reason}`),
    };
  }

  test('what it answers every time is kept; readiness is no load', async () => {
    handlers = { '/orders': text, '/healthz': text, '/readyz': text, '/version': text };
    expect(await tried(['/orders', '/healthz', '/readyz', '/version'])).toEqual({
      kept: ['/orders'],
      spare: [],
      ready: '/readyz',
      leftOut: [
        'GET /version: it answers, but is hardly what the service is there for',
        'GET /healthz: it answers, but a health check is no load',
      ],
    });
  });

  test('with the ids that it has told', async () => {
    handlers = { '/orders': json([{ id: 'o-17' }]), '/orders/o-17': text };
    expect(await tried(['GET /orders/{id}', 'GET /orders'])).toMatchObject({ kept: ['/orders', '/orders/o-17'] });
  });

  test('with another value where the first is not there', async () => {
    handlers = { '/orders/example': text };
    expect(await tried(['GET /orders/{id}'])).toMatchObject({ kept: ['/orders/example'] });
    expect(asked).not.toContain('/orders/10');
  });

  test('with a slash at the end where it wants one', async () => {
    handlers = { '/orders': status(301, '', { location: '/orders/' }), '/orders/': text };
    expect(await tried(['/orders'])).toMatchObject({ kept: ['/orders/'] });
  });

  test('and why the others are left out is told in its own words', async () => {
    handlers = {
      '/ok': text,
      '/secret': status(401),
      '/search': status(400, '{"error":"q is missing"}', { 'content-type': 'application/json' }),
      '/old': status(302, '', { location: '/new' }),
      '/create': status(405),
      '/broken': (response) => void response.socket?.destroy(),
      '/flaky': (response, _, count) => void response.writeHead(count % 2 === 0 ? 500 : 200).end(),
      '/evil': status(400, `\u001b[2Jred\n${'x'.repeat(500)}`, { 'content-type': 'text/plain' }),
    };
    const { leftOut } = await tried([
      '/ok',
      '/secret',
      '/search',
      '/old',
      '/create',
      '/broken',
      '/flaky',
      '/evil',
      '/gone',
    ]);
    expect(leftOut).toEqual([
      'GET /secret: answered 401: it wants credentials (load.headers)',
      'GET /search: answered 400: q is missing',
      'GET /old: redirects to /new',
      'GET /create: answered 405: it is not for GET',
      'GET /broken: broke off (socket hang up)',
      'GET /flaky: answered 500 in 5 of 10 tries',
      `GET /evil: answered 400: red ${'x'.repeat(66)}…`,
      'GET /gone: answered 404',
    ]);
  });

  test('never for ever: a stream, a flood and a slow answer', async () => {
    handlers = {
      '/ok': text,
      '/stream': (response) => void response.write('data: 1\n\n'),
      '/flood': (response) => {
        const more = () => {
          while (response.write(Buffer.alloc(1_000_000))) if (response.destroyed) return;
        };
        response.on('drain', more);
        more();
      },
      '/slow': (response) => void setTimeout(() => response.end('late'), 700),
    };
    const { kept, leftOut } = await tried(['/ok', '/stream', '/flood', '/slow']);
    expect(kept).toEqual(['/ok']);
    expect(leftOut).toEqual([
      'GET /stream: did not answer within 3 s',
      'GET /flood: answers with more than 8 MB',
      expect.stringMatching(/^GET \/slow: takes \d\.\d s: too long to be asked thousands of times$/),
    ]);
  });

  test('on after it has ended, and not again for what ended it', async () => {
    handlers = {
      '/ok': text,
      '/end': (response) => {
        hasEnded = true;
        response.socket?.destroy();
      },
    };
    expect(await tried(['/end', '/ok'])).toMatchObject({
      kept: ['/ok'],
      leftOut: ['GET /end: the service ended when it was asked'],
    });
    expect(asked.filter((path) => path === '/end')).toHaveLength(1);
  });

  test('for what most services answer, where its source says nothing', async () => {
    handlers = { '/': text, '/health': text };
    expect(await tried([])).toEqual({ kept: ['/'], spare: [], ready: '/health', leftOut: [] });
  });

  test('but one that answers everything says nothing about being ready', async () => {
    handlers = { '*': text };
    expect(await tried([])).toEqual({ kept: ['/'], spare: [], ready: undefined, leftOut: [] });
  });

  test('a landing page is joined by what stands beside it, and a health check is better than nothing', async () => {
    handlers = { '/': text, '/version': text, '/healthz': text };
    expect(await tried(['/', '/version', '/healthz'])).toMatchObject({ kept: ['/', '/version'], ready: '/healthz' });
    handlers = { '/healthz': text };
    expect(await tried(['/healthz'])).toMatchObject({ kept: ['/healthz'], ready: '/healthz' });
  });

  test('figures about the service are no load beside anything else', async () => {
    handlers = { '/': text, '/metrics': text };
    expect(await tried(['/', '/metrics'])).toMatchObject({
      kept: ['/'],
      leftOut: ['GET /metrics: it answers, but figures about the service are no load'],
    });
    expect(await tried(['/metrics'])).toMatchObject({ kept: ['/'] });
    handlers = { '/metrics': text };
    expect(await tried(['/metrics'])).toMatchObject({ kept: ['/metrics'], leftOut: [] });
  });

  test('no request is in the load twice, however many routes lead to it', async () => {
    handlers = { '/': text, '/a/1': text, '/b/': text, '/b': status(301, '', { location: '/b/' }) };
    const { kept, leftOut } = await tried(['GET /', 'GET /{$}', 'GET /a/{id}', 'GET /a/:n', 'GET /b']);
    expect(kept).toEqual(['/', '/b/', '/a/1']);
    expect(leftOut).toEqual([
      'GET /{$}: it asks for the same as a request before it',
      'GET /a/:n: answered 404 to /a/example and /a/10',
    ]);
  });

  test('ten requests are kept, the rest is spare; what answers with nothing comes last', async () => {
    handlers = { '*': text, '/0': status(204) };
    const { kept, spare } = await tried(Array.from({ length: 12 }, (_, i) => `/${i}`));
    expect(kept).toEqual(Array.from({ length: 10 }, (_, i) => `/${i + 1}`));
    expect(spare).toEqual(['/11', '/0']);
  });

  test('and the person can stop it', async () => {
    handlers = { '*': (response) => void response.write('…') };
    const stop = new AbortController();
    const { port } = server.address() as AddressInfo;
    const answer = ask({ port, path: '/', signal: stop.signal, monotonicMs: () => 0 });
    server.once('request', () => stop.abort(new Error('stopped')));
    await expect(answer).rejects.toThrow('stopped');
  });
});
