/**
 * The built-in load generator: a closed loop of requests over a few keep-alive connections, one at a time on each. It
 * shares the machine with the service, so the path of a request is short. What a failure means is not decided here.
 *
 * A connection is never cut while the service may still write on it, other than for a request that has failed: under
 * valgrind the SIGPIPE would end the service.
 */
import type { Dispatcher } from 'undici';
import { type Address, openClient } from '../service/client.ts';
import { Connection } from './connection.ts';
import type { LoadResult } from './result.ts';
import { type Limit, type LoadOptions, Run } from './run.ts';

export type { LoadOptions } from './run.ts';

/** Connections that outlive a run, so that the next run meets the same goroutines with their stacks grown. */
export interface Connections extends AsyncDisposable {
  readonly clients: readonly Dispatcher[];
}

/** `count` connections to a service, made when they are first used; `timeoutMs` is for making one. */
export function openConnections(address: Address, count: number, timeoutMs: number): Connections {
  const clients = Array.from({ length: count }, () => openClient(address, timeoutMs));
  const close = async () => {
    await Promise.all(clients.map((client) => client.destroy()));
  };
  return { clients, [Symbol.asyncDispose]: close };
}

/** The result of exactly `count` requests, failed ones included; over `connections` or, without them, some of its own. */
export function runRequests(
  options: LoadOptions & { readonly count: number },
  connections?: Connections,
): Promise<LoadResult> {
  return drive(options, { mode: 'count', count: options.count }, connections);
}

/**
 * The result of a window of time that begins now. Requests in flight at its end are let finish; a success then does not
 * count, a failure does.
 */
export function runWindow(options: LoadOptions & { readonly durationMs: number }): Promise<LoadResult> {
  return drive(options, { mode: 'window', durationMs: options.durationMs });
}

async function drive(options: LoadOptions, limit: Limit, given?: Connections): Promise<LoadResult> {
  const { signal, timeoutMs } = options;
  signal.throwIfAborted();
  const count = limit.mode === 'count' ? Math.min(options.connections, limit.count) : options.connections;
  const own = given === undefined ? openConnections(options.address, count, timeoutMs) : undefined;
  const { clients } = given ?? own!;
  const run = new Run(options, limit);
  const connections = clients.map((client) => new Connection(client, run));

  // One timer for all: a timer for each request would cost more than many a request.
  const expiry = setInterval(() => {
    const awakeMs = run.look();
    for (const connection of connections) connection.expire(awakeMs);
  }, run.lookEveryMs);
  const onAbort = () => {
    run.close();
    for (const client of clients) void client.destroy();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.all(connections.map((connection) => connection.work()));
    signal.throwIfAborted();
    return run.result();
  } finally {
    clearInterval(expiry);
    signal.removeEventListener('abort', onAbort);
    // All are idle now, every response read to its end: this closes them in order, nothing is cut.
    await own?.[Symbol.asyncDispose]();
  }
}
