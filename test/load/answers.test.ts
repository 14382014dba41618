/** An answer with a status that is right and that is none: what each protocol says of its own failures, and what the config asks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createHttp2Server, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { Secrets } from '../../src/base/redact.ts';
import { processWorld } from '../../src/base/world.ts';
import { type AnswerConfig, NO_EXPECTATIONS } from '../../src/config/config.ts';
import { checkLoad, describeFailure } from '../../src/load/check.ts';
import { type LoadOptions, runRequests } from '../../src/load/generator.ts';
import type { LoadResult } from '../../src/load/result.ts';
import { makeScenario, type RequestInput } from '../../src/load/scenario.ts';
import { type Answer, data, goAway, headers, reset, serveFrames } from './frames.ts';

const clock = processWorld(new AbortController().signal);

const to = (protocol: 'http' | 'h2c', port: number, request: RequestInput, secrets = new Secrets()): LoadOptions => ({
  address: { protocol, port, socket: undefined },
  scenario: makeScenario([request]),
  secrets,
  connections: 1,
  timeoutMs: 2000,
  signal: new AbortController().signal,
  clock,
});

/** What a person is told of the first failure; undefined where all is well. */
const told = ({ firstFailure }: LoadResult) => firstFailure && describeFailure(firstFailure);

const MESSAGE = Buffer.from([0, 0, 0, 0, 1, 42]);
const CALL: RequestInput = {
  method: 'POST',
  path: '/shop.Orders/List',
  headers: { 'content-type': 'application/grpc' },
  body: MESSAGE,
};

describe('HTTP/2', () => {
  const ok = headers({ ':status': '200' });
  const ofLength = (length: number) => headers({ ':status': '200', 'content-length': String(length) });

  test.each<[string, Answer]>([
    ['an answer', [ok, data('hello', 'last')]],
    ['an answer as long as it says', [ofLength(5), data('hello', 'last')]],
    ['an early hint before it', [headers({ ':status': '103' }), ok, data('hello', 'last')]],
    ['one that is whole before the rest is refused', [ok, data('hello', 'last'), reset(0)]],
    ['a 204', [headers({ ':status': '204' }, 'last')]],
  ])('%s is a success', async (_, answer) => {
    await using server = await serveFrames(answer);
    const result = await runRequests({ ...to('h2c', server.port, { path: '/' }), count: 3 });
    expect([result.requests, told(result)]).toEqual([3, undefined]);
  });

  test.each<[string, Answer]>([
    ['nothing but an early hint', [headers({ ':status': '103' }), 'end']],
    ['an end behind the headers', [ok, 'end']],
    ['an end in the body', [ok, data('he'), 'end']],
    ['a reset connection in the body', [ok, data('he'), 'reset']],
    ['a refused stream', [reset(7)]],
    ['a cancelled stream', [reset(8)]],
    ['a stream that fails behind the headers', [ok, reset(2)]],
    ['a stream that fails in the body', [ok, data('he'), reset(2)]],
    ['a stream that is given up in a body of some length', [ofLength(5), data('he'), reset(0)]],
    ['a stream that is cancelled in a body of some length', [ofLength(5), data('he'), reset(8)]],
    ['less than it says', [ofLength(5), data('he', 'last')]],
    ['nothing of what it says', [headers({ ':status': '200', 'content-length': '5' }, 'last')]],
    ['more than it says', [ofLength(5), data('hello, world', 'last')]],
    ['a 204 with a body', [headers({ ':status': '204' }), data('hello', 'last')]],
    ['a good bye in the body', [ok, data('he'), goAway(0)]],
    ['a redirect', [headers({ ':status': '302', location: '/login' }, 'last')]],
  ])('%s is a failure', async (_, answer) => {
    await using server = await serveFrames(answer);
    const result = await runRequests({ ...to('h2c', server.port, { path: '/' }), count: 2 });
    expect([result.requests, result.failed]).toEqual([0, 2]);
    expect(told(result)).toBeTruthy();
  });
});

describe('gRPC', () => {
  const begun = headers({ ':status': '200', 'content-type': 'application/grpc' });
  const only = (fields: Record<string, string>) =>
    headers({ ':status': '200', 'content-type': 'application/grpc', ...fields }, 'last');
  const answered = 'POST /shop.Orders/List answered 200, but ';

  test.each<[string, Answer, string | undefined]>([
    ['OK', [begun, data(MESSAGE), headers({ 'grpc-status': '0' }, 'last')], undefined],
    ['OK without a message', [only({ 'grpc-status': '0' })], undefined],
    [
      'an error in the trailers',
      [begun, headers({ 'grpc-status': '3', 'grpc-message': 'no name' }, 'last')],
      'its grpc-status is 3 (INVALID_ARGUMENT), expected OK: "no name"',
    ],
    [
      'an error behind messages',
      [begun, data(MESSAGE), headers({ 'grpc-status': '8' }, 'last')],
      'its grpc-status is 8 (RESOURCE_EXHAUSTED), expected OK',
    ],
    [
      'an error in the headers, and a message that is encoded',
      [only({ 'grpc-status': '12', 'grpc-message': 'k%C3%A4se %1B[31m100%25 %zz' })],
      'its grpc-status is 12 (UNIMPLEMENTED), expected OK: "käse 100% %zz"',
    ],
    ['a code that nobody knows', [only({ 'grpc-status': '42' })], 'its grpc-status is 42, expected OK'],
    ['what is no code', [only({ 'grpc-status': 'fine' })], 'its grpc-status is fine, expected OK'],
    ['no trailers', [begun, data(MESSAGE, 'last')], 'it has no grpc-status, expected OK'],
    ['trailers without a status', [begun, headers({ 'x-cost': '3' }, 'last')], 'it has no grpc-status, expected OK'],
    ['what is no gRPC', [headers({ ':status': '200' }), data('hello', 'last')], 'it has no grpc-status, expected OK'],
    ['a stream that is cancelled', [begun, data(MESSAGE), reset(8)], 'it has no grpc-status, expected OK'],
  ])('%s', async (_, answer, wrong) => {
    await using server = await serveFrames(answer);
    const result = await runRequests({ ...to('h2c', server.port, CALL), count: 2 });
    expect(told(result)).toBe(wrong && answered + wrong);
    expect(result).toMatchObject(wrong === undefined ? { requests: 2 } : { failed: 2, byStatus: { 200: 2 } });
  });

  test('another end may be expected, and OK is none then', async () => {
    const answer = { ...NO_EXPECTATIONS, grpc: 'NOT_FOUND' } as const;
    await using right = await serveFrames([only({ 'grpc-status': '5' })]);
    expect((await runRequests({ ...to('h2c', right.port, { ...CALL, answer }), count: 1 })).failed).toBe(0);
    await using wrong = await serveFrames([only({ 'grpc-status': '0' })]);
    const result = await runRequests({ ...to('h2c', wrong.port, { ...CALL, answer }), count: 1 });
    expect(told(result)).toBe(`${answered}its grpc-status is 0 (OK), expected NOT_FOUND`);
  });

  test('an answer that is gRPC is taken for it whatever was asked', async () => {
    await using server = await serveFrames([only({ 'grpc-status': '13' })]);
    const result = await runRequests({ ...to('h2c', server.port, { path: '/' }), count: 1 });
    expect(told(result)).toBe('GET / answered 200, but its grpc-status is 13 (INTERNAL), expected OK');
  });

  test('a message is short, plain and without secrets', async () => {
    await using server = await serveMessages(`token-9 ${'x'.repeat(3000)}`);
    const result = await runRequests({ ...to('h2c', server.port, CALL, new Secrets({ TOKEN: 'token-9' })), count: 1 });
    expect(told(result)).toBe(`${answered}its grpc-status is 2 (UNKNOWN), expected OK: "*** ${'x'.repeat(296)}"`);
    expect(() => checkLoad(result, { tolerated: 0, label: 'head', log: () => 'list: no database' })).toThrow(
      expect.objectContaining({
        hint: 'correct the request under load.requests, or set its expect to the answer that is right',
        detail: expect.stringContaining("the service's last lines:\nlist: no database"),
      }),
    );
  });

  test('a body is sent byte by byte, and its sender says that it understands trailers', async () => {
    const seen: unknown[] = [];
    await using server = await serveMessages('', (body, te) => void seen.push([body, te]));
    const text = '\u0000\u0000\u0000\u0000\u000e\n\f\n\u0003who\u0012\u0005\u001a\u0003ana';
    await runRequests({ ...to('h2c', server.port, { ...CALL, body: text }), count: 1 });
    const hex = '000000000e0a0c0a0377686f12051a03616e61';
    expect(seen).toEqual([[Buffer.from(hex, 'hex'), 'trailers']]);
  });

  /** Node's own server, which answers with a status 2 and this message. */
  async function serveMessages(message: string, look: (body: Buffer, te: unknown) => void = () => undefined) {
    const server = createHttp2Server();
    server.on('stream', async (stream: ServerHttp2Stream, { te }) => {
      look(Buffer.concat(await stream.toArray()), te);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '2', 'grpc-message': message }));
      stream.end(MESSAGE);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
    return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
  }
});

/** Over HTTP/1.1. */
async function serve(body: string | Buffer, fields: Record<string, string | string[]> = {}) {
  const server = createServer((_, response) => void response.writeHead(200, fields).end(body));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, [Symbol.asyncDispose]: close };
}

describe('gRPC-Web', () => {
  const framed = (flags: number, content: string) =>
    Buffer.concat([Buffer.from([flags, 0, 0, 0, content.length]), Buffer.from(content)]);
  const trailers = (text: string) => framed(0x80, text);
  const answered = 'POST /shop.Orders/List answered 200, but ';

  test.each<[string, string, string | Buffer, string | undefined]>([
    ['OK', '-web+proto', Buffer.concat([MESSAGE, trailers('grpc-status: 0\r\n')]), undefined],
    [
      'an error',
      '-web',
      Buffer.concat([MESSAGE, trailers('Grpc-Status:5\r\ngrpc-message:no%20order\r\n')]),
      'its grpc-status is 5 (NOT_FOUND), expected OK: "no order"',
    ],
    ['no trailers', '-web', MESSAGE, 'it has no grpc-status, expected OK: "*"'],
    [
      'half of them',
      '-web',
      trailers('grpc-status: 0\r\n').subarray(0, 8),
      'it has no grpc-status, expected OK: "\ufffdgrp"',
    ],
    [
      'OK in base64, each part by itself',
      '-web-text',
      MESSAGE.subarray(0, 5).toString('base64') +
        MESSAGE.subarray(5).toString('base64') +
        trailers('grpc-status:0').toString('base64'),
      undefined,
    ],
    [
      'an error in base64',
      '-web-text',
      trailers('grpc-status:7').toString('base64'),
      'its grpc-status is 7 (PERMISSION_DENIED), expected OK',
    ],
  ])('%s', async (_, kind, body, wrong) => {
    const type = { 'content-type': `application/grpc${kind}` };
    await using server = await serve(body, type);
    const result = await runRequests({ ...to('http', server.port, { ...CALL, headers: type }), count: 2 });
    expect(told(result)).toBe(wrong && answered + wrong);
  });

  test('an error in the headers', async () => {
    const type = { 'content-type': 'application/grpc-web' };
    await using server = await serve('', { ...type, 'grpc-status': '16' });
    const result = await runRequests({ ...to('http', server.port, { ...CALL, headers: type }), count: 1 });
    expect(told(result)).toBe(`${answered}its grpc-status is 16 (UNAUTHENTICATED), expected OK`);
  });
});

describe('what the config expects of an answer', () => {
  const BODY = '{"items":[{"id":7,"name":"lamp","at":null}],"errors":[{"message":"no"}],"n":0}';
  const fields = { 'content-type': 'application/json; charset=utf-8', 'set-cookie': ['a=1', 'b=2'] };
  const json = (path: string, value: 'exists' | 'absent' | { is: string | number | null }): Partial<AnswerConfig> => ({
    json: [
      typeof value === 'object'
        ? { path, is: 'equal', value: value.is }
        : { path, is: value === 'exists' ? 'there' : 'absent' },
    ],
  });
  const shown = `: ${JSON.stringify(BODY)}`;

  test.each<[Partial<AnswerConfig>, string | undefined]>([
    [{ headers: { 'content-type': 'json', 'x-old': 'absent', 'set-cookie': 'b=2' } }, undefined],
    [
      { headers: { 'content-type': 'html' } },
      'its header content-type is "application/json; charset=utf-8", expected "html"',
    ],
    [{ headers: { 'x-new': 'exists' } }, 'it has no header x-new'],
    [{ headers: { constructor: 'absent' } }, undefined],
    [{ headers: { 'x-new': 'v2' } }, 'it has no header x-new, expected "v2"'],
    [{ headers: { 'set-cookie': 'absent' } }, 'its header set-cookie is "a=1, b=2", expected none'],
    [{ contains: '"id":7' }, undefined],
    [{ contains: '"id":8' }, `its body does not have "\\"id\\":8"${shown}`],
    [{ regex: '"id":[0-9]+,' }, undefined],
    [{ regex: '^$' }, `its body does not match "^$"${shown}`],
    [{ regex: '^(("?[^"]*"?)*)*!$' }, `^(("?[^"]*"?)*)*!$ was not matched within 1 s${shown}`],
    [json('$.items[0].id', { is: 7 }), undefined],
    [json('$.items[0].id', { is: '7' }), `$.items[0].id is 7, expected "7"${shown}`],
    [json('$.items[0].at', { is: null }), undefined],
    [json('$.n', { is: 0 }), undefined],
    [json('$.n', 'exists'), undefined],
    [json('$.items[1]', 'exists'), `it has no $.items[1]${shown}`],
    [json('$.items[1].id', { is: 7 }), `it has no $.items[1].id, expected 7${shown}`],
    [json('$.more', 'absent'), undefined],
    [json('$.errors', 'absent'), `$.errors is [{"message":"no"}], expected nothing there${shown}`],
  ])('%j', async (expected, wrong) => {
    await using server = await serve(BODY, fields);
    const request = { path: '/', answer: { ...NO_EXPECTATIONS, ...expected } };
    const result = await runRequests({ ...to('http', server.port, request), count: 1 });
    expect(told(result)).toBe(wrong && `GET / answered 200, but ${wrong}`);
  });

  test.each([
    ['text where JSON is expected', 'hello', 'it is not JSON: "hello"'],
    ['more than is looked into', '1'.repeat(4e6 + 1), expect.stringMatching(/but it is longer than 4 MB: "1+"$/)],
  ])('%s', async (_, body, wrong) => {
    await using server = await serve(body);
    const request = { path: '/', answer: { ...NO_EXPECTATIONS, ...json('$.errors', 'absent') } };
    const result = await runRequests({ ...to('http', server.port, request), count: 1 });
    expect(told(result)).toEqual(typeof wrong === 'string' ? `GET / answered 200, but ${wrong}` : wrong);
  });

  test('an answer that becomes another one is looked into again', async () => {
    let n = 0;
    const server = createServer((_, response) => void response.end(n++ < 3 ? 'good' : 'bad'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const request = { path: '/', answer: { ...NO_EXPECTATIONS, contains: 'good' } };
    const result = await runRequests({ ...to('http', (server.address() as AddressInfo).port, request), count: 5 });
    expect(result).toMatchObject({ requests: 3, failed: 2, firstFailure: { bodyStart: 'bad' } });
    await new Promise((resolve) => server.close(resolve));
  });
});
