/** gRPC services: which methods are called, what a real HTTP/2 server's answers make of them, and what is written down. */
import { createServer, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { callGrpc } from '../../src/init/ask-grpc.ts';
import { findCalls, grpcServer, requestFor } from '../../src/init/grpc.ts';
import type { PackageSource, Rpc } from '../../src/init/source.ts';
import { tryCalls } from '../../src/init/try-calls.ts';
import { source } from './source-of.ts';

const PLACE = { file: 'main.go', line: 7 };

/** 'server', 'service Orders', 'method shop.Orders GetOrder' */
const grpc = (rpcs: readonly string[], routes: readonly string[] = []): PackageSource => ({
  ...source([], ['net.Listen'], routes),
  rpcs: rpcs.map((text) => {
    const [kind, service = '', name = ''] = text.split(' ');
    return { kind: kind as Rpc['kind'], service, name, ...PLACE };
  }),
});

const SHOP = grpc([
  'method shop.Orders GetOrder',
  'method shop.Orders DeleteOrder',
  'method shop.Stock GetStock',
  'server',
  'service Orders',
  'service grpc.health.v1.Health',
]);

test('a program is a gRPC service unless it has routes that are more than about itself', () => {
  expect(grpcServer([SHOP])).toMatchObject(PLACE);
  expect(grpcServer([grpc(['server'], ['/metrics', '/healthz', '/'])])).toMatchObject(PLACE);
  expect(grpcServer([grpc(['server'], ['/orders'])])).toBeUndefined();
  expect(grpcServer([grpc(['service Orders'])])).toBeUndefined();
});

test('methods that read, of services that are registered, are called, the health check last', () => {
  const { toTry, leftOut } = findCalls([SHOP]);
  expect(toTry.map(({ path }) => path)).toEqual(['/shop.Orders/GetOrder', '/grpc.health.v1.Health/Check']);
  expect(leftOut).toEqual([
    { request: 'POST /shop.Orders/DeleteOrder', reason: 'not called: it may change something', place: PLACE },
  ]);
});

test('a call is a request of the load with a message of no length', () => {
  const [call] = findCalls([SHOP]).toTry;
  const text = `service: { package: ., protocol: h2c }\nload:\n  requests:\n    - ${requestFor(call!)}\n`;
  const [request] = parseConfig(text, 'perf-gate.yml').load.requests;
  expect(request).toMatchObject({ method: 'POST', path: '/shop.Orders/GetOrder', body: '\0\0\0\0\0' });
  expect(request!.headers['content-type']).toBe('application/grpc');
});

describe('a service is called', () => {
  let server: Http2Server;
  let handlers: Record<string, (stream: ServerHttp2Stream) => void>;
  const calls: string[] = [];

  beforeEach(async () => {
    calls.length = 0;
    server = createServer();
    server.on('stream', (stream, headers) => {
      const path = String(headers[':path']);
      const body: Buffer[] = [];
      stream.on('error', () => stream.destroy());
      stream.on('data', (chunk: Buffer) => body.push(chunk));
      stream.on('end', () => {
        calls.push(`${headers['content-type']} ${path} ${Buffer.concat(body).toString('hex')}`);
        handlers[path]!(stream);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.close();
  });

  const answer =
    (status: string, message = '') =>
    (stream: ServerHttp2Stream) => {
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status, 'grpc-message': message }));
      stream.end(Buffer.from([0, 0, 0, 0, 3, 1, 2, 3]));
    };
  const refuse = (stream: ServerHttp2Stream) =>
    stream.respond({ ':status': 200, 'grpc-status': '3', 'grpc-message': 'no id' }, { endStream: true });

  async function tried() {
    const { port } = server.address() as AddressInfo;
    const { signal } = new AbortController();
    const { kept, leftOut } = await tryCalls(findCalls([SHOP]).toTry, {
      call: (path) => callGrpc({ port, path, signal, monotonicMs: () => performance.now() }),
      restartIfEnded: async () => false,
    });
    return { kept: kept.map(({ path, bytes }) => `${path} ${bytes}`), leftOut: leftOut.map(({ reason }) => reason) };
  }

  test('and what it answers with OK every time is kept; a health check is no load', async () => {
    handlers = { '/shop.Orders/GetOrder': answer('0'), '/grpc.health.v1.Health/Check': answer('0') };
    expect(await tried()).toEqual({
      kept: ['/shop.Orders/GetOrder 3'],
      leftOut: ['it answers, but a health check is no load'],
    });
    expect(calls[0]).toBe('application/grpc /shop.Orders/GetOrder 0000000000');
  });

  test('what fails in headers or trailers is left out with its words, and a health check is better than nothing', async () => {
    handlers = { '/shop.Orders/GetOrder': answer('5', 'no such order'), '/grpc.health.v1.Health/Check': answer('0') };
    expect(await tried()).toEqual({
      kept: ['/grpc.health.v1.Health/Check 3'],
      leftOut: ['answered an empty message with gRPC status 5: no such order'],
    });
    handlers = { '/shop.Orders/GetOrder': refuse, '/grpc.health.v1.Health/Check': (stream) => stream.close(2) };
    const { kept, leftOut } = await tried();
    expect(kept).toEqual([]);
    expect(leftOut[0]).toBe('answered an empty message with gRPC status 3: no id');
    expect(leftOut[1]).toMatch(/^(broke off|answered)/);
  });
});
