/** Load over each transport, sent to a real Go service that speaks it and nothing else. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { Secrets } from '../../src/base/redact.ts';
import { processWorld } from '../../src/base/world.ts';
import type { Protocol } from '../../src/config/config.ts';
import { templateOf, type Values } from '../../src/load/capture.ts';
import { checkLoad, describeFailure } from '../../src/load/check.ts';
import { type LoadOptions, openConnections, runRequests, runWindow } from '../../src/load/generator.ts';
import { makeScenario, type RequestInput } from '../../src/load/scenario.ts';
import type { TlsTrust } from '../../src/service/client.ts';
import { freePort } from '../../src/service/port.ts';
import { type Service, type ServiceSpec, startService } from '../../src/service/service.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
const program = join(scratch, 'transports');
const pair = join(scratch, 'pair.pem');
beforeAll(() => {
  const cwd = join(import.meta.dirname, '../fixtures/transports');
  execFileSync('go', ['build', '-o', program, '.'], { cwd, stdio: 'pipe' });
  execFileSync(program, ['-make-pair', pair]);
});
afterAll(() => removeDirectory(scratch));

interface Serving {
  readonly protocol: Protocol;
  /** What the service speaks, where that is another. */
  readonly spoken?: Protocol;
  readonly isUnix?: boolean;
  readonly tls?: () => TlsTrust;
  readonly args?: readonly string[];
  readonly changes?: Partial<ServiceSpec>;
}

let started = 0;

async function serve({ protocol, spoken = protocol, isUnix, tls, args = [], changes }: Serving): Promise<Service> {
  const port = await freePort();
  const name = `${protocol}-${++started}`;
  const socket = isUnix ? join(scratch, `${name}.http`) : undefined;
  const place = socket === undefined ? ['-address', `127.0.0.1:${port}`] : ['-network', 'unix', '-address', socket];
  return startService({
    command: program,
    args: [...place, '-protocol', spoken, '-pair', pair, ...args],
    env: {},
    cwd: scratch,
    logFile: join(scratch, `${name}.log`),
    ready: { kind: 'http', method: 'GET', path: '/echo' },
    readyTimeoutMs: 20_000,
    address: { protocol, port, socket, tls: tls?.() },
    stop: { signal: 'SIGTERM', timeoutMs: 5000 },
    signal: new AbortController().signal,
    label: 'head',
    ...changes,
  });
}

const EMPTY_MESSAGE = Buffer.alloc(5);
const clock = processWorld(new AbortController().signal);
const to = (service: Service, requests: readonly RequestInput[], changes: Partial<LoadOptions> = {}): LoadOptions => ({
  address: service.address,
  scenario: makeScenario(requests),
  connections: 1,
  timeoutMs: 5000,
  signal: new AbortController().signal,
  clock,
  ...changes,
});

const TRANSPORTS: readonly Serving[] = [
  { protocol: 'http' },
  { protocol: 'http', isUnix: true },
  { protocol: 'https' },
  { protocol: 'https', tls: () => ({ ca: readFileSync(pair, 'utf8'), serverName: 'shop.internal' }) },
  { protocol: 'h2' },
  { protocol: 'h2', isUnix: true },
  { protocol: 'h2c' },
  { protocol: 'h2c', isUnix: true },
];
const named = (serving: Serving): [string, Serving] => [
  [serving.protocol, serving.isUnix ? 'on a unix socket' : '', serving.tls ? 'with a CA' : '']
    .filter(Boolean)
    .join(' '),
  serving,
];

describe.each(TRANSPORTS.map(named))('%s', (_, serving) => {
  test('is ready, and sends every kind of request over one connection', async () => {
    await using service = await serve(serving);
    await using connections = openConnections(service.address, 1, 5000);
    const version = serving.protocol.startsWith('h2') ? 'HTTP/2.0' : 'HTTP/1.1';
    const echoes = [
      { path: '/echo?a=b%20c', headers: { 'x-name': 'one' }, answer: `${version} GET /echo?a=b%20c one 0` },
      { method: 'POST', path: '/echo', body: 'x'.repeat(100_000), answer: `${version} POST /echo  100000` },
      { method: 'PUT', path: '/echo', body: Buffer.from([0, 255]), answer: `${version} PUT /echo  2` },
      { method: 'DELETE', path: '/echo', answer: `${version} DELETE /echo  0` },
    ];
    for (const { answer, ...request } of echoes) {
      const result = await runRequests({ ...to(service, [request]), count: 2 }, connections);
      expect(result).toMatchObject({ requests: 2, failed: 0, byStatus: { 200: 2 }, bytesReceived: 2 * answer.length });
      // What was said in full, by asking for what is not there.
      const wrong = to(service, [{ ...request, expect: [418] }]);
      expect((await runRequests({ ...wrong, count: 1 }, connections)).firstFailure?.bodyStart).toBe(answer);
    }
    const large = await runRequests({ ...to(service, [{ path: '/big' }]), count: 3 }, connections);
    expect(large).toMatchObject({ requests: 3, failed: 0, bytesReceived: 3 * 2 ** 20 });
    const paced = to(service, [{ path: '/echo' }], { pace: () => Promise.resolve() });
    expect(await runRequests({ ...paced, count: 100 }, connections)).toMatchObject({ requests: 100, failed: 0 });
  });

  if (serving.protocol.startsWith('h2')) {
    test('knows a call of gRPC that failed from one that did not', async () => {
      await using service = await serve(serving);
      const headers = { 'content-type': 'application/grpc' };
      const call = (status: number) => ({ method: 'POST', path: `/shop.Shop/${status}`, headers, body: EMPTY_MESSAGE });
      expect(await runRequests({ ...to(service, [call(0)]), count: 20 })).toMatchObject({ requests: 20, failed: 0 });
      const result = await runRequests({ ...to(service, [call(0), call(14)]), count: 20 });
      expect(result).toMatchObject({ requests: 10, failed: 10, byStatus: { 200: 20 } });
      expect(describeFailure(result.firstFailure!)).toBe(
        'POST /shop.Shop/14 answered 200, but its grpc-status is 14 (UNAVAILABLE), expected OK: "of \\"Go\\""',
      );
    });
  }

  test('goes on behind a request that was cut, and ends a window in order', async () => {
    await using service = await serve(serving);
    const cut = to(service, [{ path: '/panic' }, { path: '/echo' }]);
    const result = await runRequests({ ...cut, count: 6 });
    expect(result).toMatchObject({ requests: 3, failed: 3, byStatus: { 200: 3 } });
    expect(result.firstFailure).toMatchObject({ line: 'GET /panic' });
    const slow = await runRequests({ ...to(service, [{ path: '/slow' }], { timeoutMs: 1000 }), count: 1 });
    expect(slow.firstFailure?.error).toBe('no complete response within 1 s (0 bytes of its body came)');
    const window = to(service, [{ path: '/echo' }], { connections: 3 });
    const timed = await runWindow({ ...window, durationMs: 1000 });
    expect(timed).toMatchObject({ failed: 0 });
    expect(timed.requests).toBeGreaterThan(0);
    expect(service.logTail(5)).not.toContain('error');
  });
});

describe('a service that is not what the config says', () => {
  const stories: readonly (readonly [name: string, serving: Serving, message: RegExp])[] = [
    [
      'HTTP/1.1 without TLS',
      { protocol: 'https', spoken: 'http' },
      /its answer is not HTTP over TLS \(.*wrong version/,
    ],
    ['TLS where none is meant', { protocol: 'http', spoken: 'https' }, /it answered 400$/],
    ['no HTTP/2 over TLS', { protocol: 'h2', spoken: 'https' }, /HTTP\/2 over TLS \(it does not offer HTTP\/2: there/],
    ['no HTTP/2 in clear', { protocol: 'h2c', spoken: 'http' }, /its answer is not HTTP\/2 in clear \(/],
    ['HTTP/2 alone', { protocol: 'http', spoken: 'h2c' }, /its answer is not HTTP \(/],
    [
      'another certificate',
      { protocol: 'https', tls: () => ({ ca: '', serverName: undefined }) },
      /over TLS \(self-signed certificate/,
    ],
    [
      'a certificate for another name',
      { protocol: 'h2', tls: () => ({ ca: readFileSync(pair, 'utf8'), serverName: 'other.internal' }) },
      /HTTP\/2 over TLS \(Hostname\/IP does not match/,
    ],
    [
      'another place',
      { protocol: 'http', isUnix: true, args: ['-address', '/nowhere/x'] },
      /^the service \(head\) exited/,
    ],
    [
      'a socket that is never opened, which is named',
      { protocol: 'http', isUnix: true, args: ['-network', 'tcp', '-address', '127.0.0.1:0'] },
      /on the socket \S+\.http within 3 s: the socket was never opened; it listens on 127/,
    ],
  ];
  const endings = new Map<string, unknown>();

  // Together, since most of them take the whole of their time.
  beforeAll(async () => {
    const started = stories.map(async ([name, serving]) => {
      const starting = serve({ ...serving, changes: { readyTimeoutMs: 3000 } });
      const ending = starting.then(
        (service) => service.stop(),
        (reason: unknown) => reason,
      );
      endings.set(name, await ending);
    });
    await Promise.all(started);
  });

  test.each(stories)('%s', (name, _, message) => {
    expect(endings.get(name)).toBeInstanceOf(MeasurementError);
    expect(endings.get(name)).toMatchObject({ message: expect.stringMatching(message) });
  });
});

describe('requests that need what another has answered', () => {
  const ORDER: RequestInput = {
    method: 'POST',
    path: '/orders',
    headers: { 'content-type': 'application/json' },
    body: '{"item":"lamp"}',
    expect: [201],
    capture: { id: { from: 'json', path: '$.order.id' } },
    steps: [
      { path: '/orders/{id}' },
      {
        method: 'POST',
        path: '/echo',
        headers: { 'x-name': 'order-{id}' },
        body: '{"item":"of {id}","order":"{id}","{id}":1}',
        isJson: true,
        expect: [418],
      },
    ],
  };

  test('are sent with it; each connection has values of its own', async () => {
    await using service = await serve({ protocol: 'http' });
    const { steps: [get] = [], ...create } = ORDER;
    const remove: RequestInput = { ...create, steps: [get!, { ...get!, method: 'DELETE' }, { path: '/echo' }] };
    const scenario = [remove, { path: '/echo', weight: 2 }];
    const counted = await runRequests({ ...to(service, scenario), count: 24 });
    expect(counted).toMatchObject({ requests: 24, failed: 0, byStatus: { 201: 4, 200: 20 } });
    const window = await runWindow({ ...to(service, scenario, { connections: 4 }), durationMs: 150 });
    expect(window).toMatchObject({ failed: 0 });
  });

  test('a number stays one in JSON, and a header and a text have it too', async () => {
    await using service = await serve({ protocol: 'http' });
    const { firstFailure } = await runRequests({ ...to(service, [ORDER]), count: 3 });
    const body = '{"item":"of 1","order":1,"1":1}';
    expect(firstFailure?.bodyStart).toBe(`HTTP/1.1 POST /echo order-1 ${body.length}`);
  });

  test.each<[string, RequestInput['capture'], string]>([
    ['a header, cut', { id: { from: 'header', name: 'location', match: '[0-9]+$' } }, '/orders/1'],
    ['a header', { id: { from: 'header', name: 'location', match: undefined } }, '/orders/%2Forders%2F1'],
    ['the text', { id: { from: 'text', match: '"id":([0-9]+)' } }, '/orders/1'],
    ['a list', { id: { from: 'json', path: "$['links'][0]" } }, '/orders/%2Forders%2F1'],
  ])('from %s', async (_, capture, path) => {
    await using service = await serve({ protocol: 'http' });
    const load = to(service, [{ ...ORDER, capture: capture!, steps: [{ path: '/orders/{id}', expect: [418] }] }]);
    expect((await runRequests({ ...load, count: 2 })).firstFailure?.line).toBe(`GET ${path}`);
  });

  test.each([
    ['{id}?full=1', '/orders/1?full=1'],
    ['{id}', '/orders/1'],
  ])('a path that begins with one follows it: %s', async (path, followed) => {
    await using service = await serve({ protocol: 'http' });
    const capture = { id: { from: 'json', path: "$['links'][0]" } } as const;
    const load = to(service, [{ ...ORDER, capture, steps: [{ path, expect: [418] }] }]);
    expect((await runRequests({ ...load, count: 2 })).firstFailure?.line).toBe(`GET ${followed}`);
  });

  test.each([
    ['/v2/blobs/7?state=a%3D&n=1', '/v2/blobs/7?state=a%3D&n=1'],
    ['http://127.0.0.1:4000/v2/blobs/7?state=a', '/v2/blobs/7?state=a'],
    ['https://shop.example', '/'],
    ['orders/1 2\r\nhost: x', '/orders/1%202host:%20x'],
    ['//elsewhere/x', '/x'],
    ['http://[', '/http%3A%2F%2F%5B'],
  ])('the link %j leads to %s', (text, path) => {
    const fill = templateOf('{link}', new Set(['link']), 'path') as (values: Values) => string;
    expect(fill(new Map([['link', { text, json: JSON.stringify(text) }]]))).toBe(path);
  });

  test.each<[string, RequestInput['capture'], string]>([
    ['nothing there', { id: { from: 'json', path: '$.id' } }, '"id" ($.id leads to nothing)'],
    ['a map there', { id: { from: 'json', path: '$.order' } }, '"id" ($.order is a map)'],
    ['no such header', { id: { from: 'header', name: 'x-id', match: undefined } }, '"id" (it has no header x-id)'],
    ['no match', { id: { from: 'text', match: 'uuid' } }, '"id" (its text does not match uuid)'],
  ])('%s: told, and what would need it is not sent', async (_, capture, told) => {
    await using service = await serve({ protocol: 'http' });
    const load = to(service, [{ ...ORDER, capture: capture! }]);
    const result = await runRequests({ ...load, count: 4 });
    expect(result).toMatchObject({ requests: 0, failed: 4, byStatus: { 201: 4 } });
    expect(describeFailure(result.firstFailure!)).toBe(
      `POST /orders answered 201 without ${told}: ${JSON.stringify('{"order":{"id":1},"links":["/orders/1"]}')}`,
    );
    expect(() => checkLoad(result, { tolerated: 0, label: 'head' })).toThrow(
      expect.objectContaining({ hint: 'correct "capture" of the request: what it names must be in every response' }),
    );
  });
});

test('a secret that the service says again is taken out, of its answer and of its log', async () => {
  const token = 'c2VjcmV0LXRva2Vu';
  const secrets = new Secrets({ TOKEN: token });
  await using service = await serve({
    protocol: 'http',
    args: ['-token', 'another'],
    changes: { secrets, ready: { kind: 'port' } },
  });
  const load = to(service, [{ path: '/echo', headers: { authorization: `Bearer ${token}` } }], { secrets });
  const { firstFailure } = await runRequests({ ...load, count: 1 });
  expect(firstFailure).toMatchObject({ status: 401, bodyStart: 'not "Bearer ***"' });
  expect(service.logTail(1)).toMatch(/refused "Bearer \*\*\*"$/);
});
