import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { processWorld } from '../../src/base/world.ts';
import { AnswerBook } from '../../src/load/answers.ts';
import { type LoadOptions, openConnections, runRequests, runWindow } from '../../src/load/generator.ts';
import { makeScenario, type RequestInput } from '../../src/load/scenario.ts';
import { freePort } from '../../src/service/port.ts';

const servers: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen<S extends Server | TcpServer>(server: S): Promise<{ origin: string; server: S }> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

const http = (listener: RequestListener) => listen(createServer(listener));
/** A server that writes these bytes to whatever is asked, and then does something to the connection. */
const raw = (bytes: string, then: (socket: Socket) => void = () => undefined) =>
  listen(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', () => socket.write(bytes, () => then(socket)));
    }),
  );

const clock = processWorld(new AbortController().signal);
function options(origin: string, changes: Partial<LoadOptions> = {}, ...requests: RequestInput[]): LoadOptions {
  return {
    address: { protocol: 'http', port: Number(new URL(origin).port) },
    scenario: makeScenario(requests.length > 0 ? requests : [{ path: '/' }]),
    connections: 1,
    timeoutMs: 5000,
    signal: new AbortController().signal,
    clock,
    ...changes,
  };
}

/** Keeps this thread from all else. */
const holdUp = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);

/** The service has seen the end of every connection. */
async function allClosed(): Promise<void> {
  for (const end = performance.now() + 10_000; sockets.size > 0 && performance.now() < end; ) await sleep(1);
  expect(sockets.size).toBe(0);
}

const ok = (_: IncomingMessage, response: ServerResponse) => void response.end('fine');

describe('a fixed number of requests', () => {
  test('is sent over one connection, in the fixed order, one after the other', async () => {
    const seen: string[] = [];
    let inFlight = 0;
    let connections = 0;
    const { origin, server } = await http(async (request, response) => {
      expect(++inFlight).toBe(1);
      seen.push(request.url!);
      response.write('a');
      await sleep(2);
      inFlight--; // before the last byte: the next request may come with it
      response.end('bc');
    });
    server.on('connection', () => connections++);
    const result = await runRequests({
      ...options(origin, { start: 1 }, { path: '/a', weight: 2 }, { path: '/b' }),
      count: 6,
    });
    expect(seen).toEqual(['/b', '/a', '/a', '/b', '/a', '/a']);
    expect(connections).toBe(1);
    expect(result).toMatchObject({
      mode: 'count',
      requests: 6,
      failed: 0,
      byStatus: { 200: 6 },
      bytesReceived: 18,
      stoppedEarly: false,
    });
    expect(result.firstFailure).toBeUndefined();
    expect(result.latencyMs!.p50).toBeGreaterThan(1);
    expect(result.durationMs).toBeGreaterThan(10);
    expect(result.generatorCpuShare).toBeGreaterThan(0);
  });

  test('notes what is answered well, if it is asked to', async () => {
    let n = 0;
    const { origin } = await http((request, response) => {
      if (request.url === '/b') response.writeHead(n % 2 === 0 ? 500 : 201);
      response.end('x'.repeat(++n));
    });
    const answers = new AnswerBook();
    const load = options(origin, { answers }, { path: '/a', name: 'a' }, { path: '/b', name: 'b', expect: [201] });
    await runRequests({ ...load, count: 3 });
    await runRequests({ ...load, count: 1 });
    expect(answers.all()).toEqual({
      a: { count: 3, statuses: [200], leastBytes: 1, mostBytes: 4 },
      b: { count: 1, statuses: [201], leastBytes: 2, mostBytes: 2 },
    });
  });

  test('waits behind each response, the last one too, for as long as it is told', async () => {
    const events: string[] = [];
    const { origin } = await http((_, response) => {
      events.push('request');
      response.end('fine');
    });
    const pace = async () => {
      events.push('rest');
      await sleep(5);
      events.push('go');
    };
    expect((await runRequests({ ...options(origin, { pace }), count: 3 })).requests).toBe(3);
    expect(events.join(' ')).toBe('request rest go request rest go request rest go');
  });

  test('is exact with more connections, and none is used that has no request', async () => {
    const seen = new Map<string, number>();
    const { origin, server } = await http((request, response) => {
      seen.set(request.url!, (seen.get(request.url!) ?? 0) + 1);
      response.end();
    });
    let connections = 0;
    server.on('connection', () => connections++);
    const load = options(origin, { connections: 8 }, { path: '/a', weight: 3 }, { path: '/b' });
    expect(await runRequests({ ...load, count: 400 })).toMatchObject({ requests: 400, failed: 0 });
    expect(Object.fromEntries(seen)).toEqual({ '/a': 300, '/b': 100 });
    expect(connections).toBe(8);
    await runRequests({ ...load, count: 2 });
    expect(connections).toBe(10);
  });

  test('sends method, headers and body as they are written', async () => {
    const seen: unknown[] = [];
    let connections = 0;
    const { origin, server } = await http(async (request, response) => {
      const body = await request.toArray();
      seen.push([request.method, request.headers['content-type'], `${Buffer.concat(body)}`, request.rawHeaders.length]);
      response.writeHead(201).end();
    });
    server.on('connection', () => connections++);
    const headers = { 'Content-Type': 'application/json' };
    const result = await runRequests({
      ...options(
        origin,
        {},
        { method: 'POST', path: '/', headers, body: '{"é":1}', expect: [201] },
        { method: 'DELETE', path: '/', headers, body: new TextEncoder().encode('x'), expect: [201] },
      ),
      count: 4,
    });
    expect(result).toMatchObject({ requests: 4, failed: 0, byStatus: { 201: 4 } });
    const post = ['POST', 'application/json', '{"é":1}', 8]; // host, connection, content-type, content-length
    const del = ['DELETE', 'application/json', 'x', 8];
    expect(seen).toEqual([post, del, post, del]);
    expect(connections).toBe(1);
    await allClosed();
  });

  test('takes HEAD, 204, 304 and an interim response for what they are', async () => {
    const { origin } = await http((request, response) => {
      if (request.url === '/hints') response.writeEarlyHints({ link: '</a.css>; rel=preload' });
      const status = Number(request.url!.slice(1)) || 200;
      response.writeHead(status, status === 200 ? { 'content-length': 5 } : {});
      response.end(status === 200 ? 'hello' : undefined);
    });
    const requests = [
      { method: 'HEAD', path: '/' },
      { path: '/204' },
      { path: '/304', expect: [304] },
      { path: '/hints' },
    ];
    const result = await runRequests({ ...options(origin, {}, ...requests), count: 8 });
    expect(result).toMatchObject({ requests: 8, failed: 0, byStatus: { 200: 4, 204: 2, 304: 2 }, bytesReceived: 10 });
  });

  test('goes on where the service closes its connections after each response', async () => {
    const { origin } = await http((_, response) => void response.setHeader('connection', 'close').end('bye'));
    expect(await runRequests({ ...options(origin, { connections: 2 }), count: 20 })).toMatchObject({
      requests: 20,
      failed: 0,
    });
  });

  test('leaves its connections closed by both sides in order, not reset', async () => {
    const errors: Error[] = [];
    let ended = 0;
    const { origin, server } = await http((_, response) => void response.end('x'.repeat(300_000)));
    server.on('connection', (socket: Socket) => {
      socket.on('error', (error) => errors.push(error));
      socket.on('end', () => ended++);
    });
    server.on('clientError', (error) => errors.push(error));
    await runRequests({ ...options(origin, { connections: 4 }), count: 40 });
    await allClosed();
    expect(ended).toBe(4);
    expect(errors).toEqual([]);
  });
});

describe('a window of time', () => {
  test('counts what was begun within it: the service works on to the end of the last', async () => {
    let served = 0;
    const { origin } = await http((_, response) => {
      served++;
      response.end('x');
    });
    const result = await runWindow({ ...options(origin, { connections: 4 }), durationMs: 1000 });
    expect(result).toMatchObject({ mode: 'window', durationMs: 1000, failed: 0, stoppedEarly: false });
    expect(result.requests).toBeGreaterThan(50);
    expect(result.requests).toBe(served);
    expect(result.generatorCpuShare).toBeGreaterThan(0.05); // server and generator are one process here
  });

  test('lets a request in flight finish at its end: cut it and the service gets a SIGPIPE', async () => {
    const outcomes: string[] = [];
    const { origin } = await http(async (_, response) => {
      response.on('close', () => outcomes.push(response.writableFinished ? 'finished' : 'cut'));
      response.write('a');
      await sleep(300);
      response.end('b');
    });
    const result = await runWindow({ ...options(origin, { connections: 3 }), durationMs: 100 });
    expect(result).toMatchObject({ requests: 3, failed: 0, byStatus: { 200: 3 }, durationMs: 100 });
    expect(result.latencyMs?.p50).toBeGreaterThan(290);
    expect(outcomes).toEqual(['finished', 'finished', 'finished']);
  });

  test('does not call it a success that the service hangs at its end', async () => {
    let served = 0;
    const { origin } = await http((_, response) => void (++served <= 20 && response.end()));
    const result = await runWindow({ ...options(origin, { timeoutMs: 3000 }), durationMs: 2000 });
    expect(result).toMatchObject({ requests: 20, failed: 1 });
  });
});

describe('a request fails', () => {
  const one = async (origin: string, changes: Partial<LoadOptions> = {}, ...requests: RequestInput[]) =>
    runRequests({ ...options(origin, changes, ...requests), count: 1 });

  test('by its status; the beginning of the body is kept as plain text', async () => {
    const body = `\u001b[31mno\u001b[0m such page ${'é'.repeat(5000)}`;
    const { origin } = await http((_, response) => void response.writeHead(404).end(body));
    const result = await one(origin, {}, { path: '/orders', name: 'list', expect: [200] });
    expect(result).toMatchObject({ requests: 0, failed: 1, byStatus: { 404: 1 } });
    expect(result.firstFailure).toEqual({
      request: 'list',
      line: 'GET /orders',
      expected: '200',
      status: 404,
      bodyStart: `no such page ${'é'.repeat(287)}`,
    });
    expect(result.latencyMs).toBeUndefined();
  });

  test('by 500; the rest goes on and the first failure is the one that is kept', async () => {
    let n = 0;
    const { origin } = await http((_, response) => {
      n++;
      response.writeHead(n % 2 === 0 ? 500 : 200).end(`answer ${n}`);
    });
    const result = await runRequests({ ...options(origin), count: 10 });
    expect(result).toMatchObject({ requests: 5, failed: 5, byStatus: { 200: 5, 500: 5 }, stoppedEarly: false });
    expect(result.firstFailure!.bodyStart).toBe('answer 2');
    await allClosed();
  });

  test('every other time, for ever: that is not in a row', async () => {
    let n = 0;
    const { origin } = await http((_, response) => void response.writeHead(++n % 2 === 0 ? 500 : 200).end());
    const result = await runRequests({ ...options(origin, { maxFailuresInRow: 3 }), count: 20 });
    expect(result).toMatchObject({ requests: 10, failed: 10, stoppedEarly: false });
  });

  test('by an interim response and no other', async () => {
    const { origin } = await raw('HTTP/1.1 103 Early Hints\r\n\r\n', (socket) => socket.end());
    const result = await one(origin);
    expect(result).toMatchObject({ failed: 1, byStatus: {} });
    expect(result.firstFailure!.status).toBeUndefined();
  });

  test('by a redirect, which is not followed', async () => {
    const seen: string[] = [];
    const { origin } = await http((request, response) => {
      seen.push(request.url!);
      response.writeHead(302, { location: '/login' }).end();
    });
    expect((await one(origin)).firstFailure).toMatchObject({ status: 302, bodyStart: '' });
    expect(seen).toEqual(['/']);
  });

  test('by a reset in the middle of the body', async () => {
    const { origin } = await raw('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', (socket) =>
      socket.resetAndDestroy(),
    );
    const result = await one(origin);
    expect(result).toMatchObject({ requests: 0, failed: 1, byStatus: { 200: 1 } });
    expect(result.firstFailure!.error).toContain('the connection was closed before the response was complete');
  });

  test.each([
    ['an end before its content-length', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['an end in the middle of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\nhalf'],
    ['an end before anything', ''],
    ['an end in the middle of the headers', 'HTTP/1.1 200 OK\r\ncontent-'],
  ])('by %s', async (_, bytes) => {
    const { origin } = await raw(bytes, (socket) => socket.end());
    const result = await one(origin);
    expect(result).toMatchObject({ requests: 0, failed: 1 });
    expect(result.firstFailure!.error).toBeTruthy();
  });

  test.each([
    ['what is not HTTP', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a status line that is not one', 'HTTP/1.1 yes OK\r\n\r\n'],
    ['headers of a megabyte', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(1e6)}\r\n\r\n`],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc'],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'],
  ])('by %s', async (_, bytes) => {
    const { origin } = await raw(bytes);
    const result = await one(origin, { timeoutMs: 1000 });
    expect(result).toMatchObject({ requests: 0, failed: 1 });
    expect(result.firstFailure!.error).toBeTruthy();
  });

  test('or survives more bytes than its content-length: those after it are nobody’s', async () => {
    const { origin } = await raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokAND MORE');
    const result = await runRequests({ ...options(origin), count: 20 });
    expect(result.requests + result.failed).toBe(20);
  });

  test('by no answer in time', async () => {
    const { origin } = await http(() => undefined);
    const before = performance.now();
    const result = await one(origin, { timeoutMs: 200 });
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(result.firstFailure!.error).toBe('no complete response within 0.2 s (0 bytes of its body came)');
  });

  test('by no answer in time in which anybody could have seen it', async () => {
    const { origin } = await http(ok);
    const running = runRequests({ ...options(origin, { timeoutMs: 300 }), count: 1 });
    setImmediate(holdUp);
    expect(await running).toMatchObject({ requests: 1, failed: 0 });
  });

  test('by a slow body: each chunk in time, the whole not', async () => {
    const { origin } = await http((_, response) => {
      const writing = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(writing));
    });
    const result = await one(origin, { timeoutMs: 1000 });
    expect(result).toMatchObject({ failed: 1, byStatus: { 200: 1 } });
    expect(result.firstFailure!.error).toMatch(/^no complete response within 1 s \(\d\d? bytes/);
    expect(result.bytesReceived).toBeGreaterThan(2);
  });

  test('by a gigabyte, which is not read to its end', async () => {
    const chunk = Buffer.alloc(1 << 20);
    let written = 0;
    const { origin } = await http((_, response) => {
      response.writeHead(200, { 'content-length': 1e9 });
      const write = () => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
        written += chunk.length;
      };
      response.on('drain', write);
      write();
    });
    const result = await one(origin, { maxBodyBytes: 8e6 });
    expect(result.firstFailure).toMatchObject({ status: 200, error: 'the response is larger than 8 MB' });
    expect(result.bytesReceived).toBeLessThan(9e6);
    expect(written).toBeLessThan(40e6);
  });

  test('by a header that cannot be sent', async () => {
    const { origin } = await http(ok);
    const result = await one(origin, {}, { path: '/', headers: { 'transfer-encoding': 'chunked' } });
    expect(result.firstFailure!.error).toBe('invalid transfer-encoding header');
  });
});

describe('a request that is kept from being sent', () => {
  /** On a thread of its own, so that it goes on while this one is held up: it closes a connection that is idle for 200 ms. */
  const IMPATIENT = `
    const { parentPort } = require('node:worker_threads');
    const server = require('node:net').createServer((socket) => {
      socket.setTimeout(200, () => socket.destroy());
      socket.on('error', () => undefined);
      socket.on('data', (text) => {
        if (String(text).includes('/closed')) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok');
      });
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  let worker: Worker;
  let origin: string;
  beforeEach(async () => {
    worker = new Worker(IMPATIENT, { eval: true });
    const [port] = await once(worker, 'message');
    origin = `http://127.0.0.1:${port}`;
  });
  afterEach(() => worker.terminate());

  test('while its connection is made is sent over another one', async () => {
    const running = runRequests({ ...options(origin), count: 2 });
    process.nextTick(() => process.nextTick(holdUp)); // asked for by now, and nobody has looked whether it is there
    expect(await running).toMatchObject({ requests: 2, failed: 0 });
  });

  const holdsUpBehind = (...late: number[]) => {
    let n = 0;
    return async () => {
      if (late.includes(++n)) holdUp();
    };
  };

  test('behind an answer is sent over another connection', async () => {
    const pace = holdsUpBehind(2);
    expect(await runRequests({ ...options(origin, { pace }), count: 4 })).toMatchObject({ requests: 4, failed: 0 });
  });

  test('between two runs is sent over another connection', async () => {
    const load = options(origin);
    await using connections = openConnections(load.address, 1, 1000);
    await runRequests({ ...load, count: 1 }, connections);
    holdUp();
    expect(await runRequests({ ...load, count: 1 }, connections)).toMatchObject({ requests: 1, failed: 0 });
  });

  test('fails where all that is done is counted: another connection would be, too', async () => {
    const pace = holdsUpBehind(2);
    const result = await runRequests({ ...options(origin, { pace, isExact: true }), count: 4 });
    expect(result).toMatchObject({ requests: 3, failed: 1 });
    expect(result.firstFailure!.error).toMatch(/^the connection was closed before the response was complete/);
  });

  test('fails the second time', async () => {
    const load = options(origin, { pace: holdsUpBehind(1) }, { path: '/' }, { path: '/closed' });
    expect(await runRequests({ ...load, count: 2 })).toMatchObject({ requests: 1, failed: 1 });
  });

  test('fails where three have been sent again', async () => {
    const pace = holdsUpBehind(1, 2, 3, 4);
    expect(await runRequests({ ...options(origin, { pace }), count: 6 })).toMatchObject({ requests: 5, failed: 1 });
  });
});

describe('too many failures in a row', () => {
  test('end it: nobody listens', async () => {
    const origin = `http://127.0.0.1:${await freePort()}`;
    const result = await runRequests({ ...options(origin, { connections: 4 }), count: 100_000 });
    expect(result).toMatchObject({ requests: 0, stoppedEarly: true, byStatus: {} });
    expect(result.failed).toBeGreaterThanOrEqual(50);
    expect(result.failed).toBeLessThan(54);
    expect(result.firstFailure!.error).toBe('the connection was refused');
  });

  test('end it: the service dies on the way, also in a window', async () => {
    let served = 0;
    const { origin, server } = await http((_, response) => {
      if (++served === 200) {
        server.close();
        for (const socket of sockets) socket.destroy();
      } else response.end();
    });
    const result = await runWindow({
      ...options(origin, { connections: 2, maxFailuresInRow: 10 }),
      durationMs: 20_000,
    });
    expect(result.stoppedEarly).toBe(true);
    expect(result.requests).toBeLessThan(200);
    expect(result.durationMs).toBeLessThan(10_000);
  });
});

describe('abort', () => {
  test('before the start throws its reason', async () => {
    const { origin } = await http(ok);
    const reason = new Error('Ctrl-C');
    await expect(runRequests({ ...options(origin, { signal: AbortSignal.abort(reason) }), count: 1 })).rejects.toBe(
      reason,
    );
  });

  test.each([
    ['while responses come', ok],
    ['while none comes', () => undefined],
  ])('%s cuts all and throws its reason', async (_, listener: RequestListener) => {
    const { origin } = await http(listener);
    const abort = new AbortController();
    const reason = new Error('Ctrl-C');
    const load = options(origin, { signal: abort.signal, connections: 3, timeoutMs: 60_000 });
    const running = runWindow({ ...load, durationMs: 60_000 });
    setTimeout(() => abort.abort(reason), 100);
    await expect(running).rejects.toBe(reason);
    await allClosed();
  });
});
