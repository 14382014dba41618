/**
 * Asking a service until it is ready. Knows the network only: whether the process still lives is its caller's, who
 * aborts the waiting.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { afterAwake } from '../base/awake.ts';
import { type Address, openClient } from './client.ts';
import { isListening } from './port.ts';

export type ReadyCheck = { readonly kind: 'port' } | HttpCheck;

interface HttpCheck {
  readonly kind: 'http';
  readonly method: string;
  readonly path: string;
  /** Any 2xx where it is not given. */
  readonly status?: readonly number[];
}

/** What the last question brought: `closed` nobody listens, `silent` connected but no answer, `broken` another protocol. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'broken'; readonly message: string };

export interface ReadyTarget {
  readonly address: Address;
  readonly ready: ReadyCheck;
}

/** Of the whole wait, one question may take: a service that is slow to answer once is to be asked again. */
const PROBE_SHARE = 1 / 6;
const SHORTEST_PROBE_MS = 5000;
const BODY_TIMEOUT_MS = 1000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

/** Asks until the service is ready or the time is over; also returns, with what is known then, when `signal` aborts. */
export async function awaitReady(target: ReadyTarget, timeoutMs: number, signal: AbortSignal): Promise<Readiness> {
  const over = new AbortController();
  const end = () => over.abort();
  const stopWaiting = afterAwake(timeoutMs, end);
  signal.addEventListener('abort', end, { once: true });
  const probeMs = Math.max(SHORTEST_PROBE_MS, PROBE_SHARE * timeoutMs);
  let last: Readiness = { kind: 'closed' };
  try {
    if (signal.aborted) return last;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      last = await probe(target, last, probeMs, over.signal);
      if (last.kind === 'ready' || over.signal.aborted) return last;
      await sleep(pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) return last;
    }
  } finally {
    stopWaiting();
    signal.removeEventListener('abort', end);
  }
}

async function probe(target: ReadyTarget, before: Readiness, timeoutMs: number, over: AbortSignal): Promise<Readiness> {
  const { address, ready: check } = target;
  if (check.kind === 'port') return { kind: (await isListening(address)) ? 'ready' : 'closed' };
  const answer = await ask(address, check, timeoutMs, over);
  if (answer.kind === 'answered' && isReadyStatus(check.status, answer.status)) return { kind: 'ready' };
  // A question that the end of the waiting cut short knows less than the one before it.
  const isCut = over.aborted && answer.kind !== 'answered';
  return isCut && before.kind !== 'closed' ? before : answer;
}

function isReadyStatus(wanted: readonly number[] | undefined, status: number): boolean {
  return wanted === undefined ? status >= 200 && status < 300 : wanted.includes(status);
}

/** One request on a connection of its own; the body is read to its end if that comes soon. */
async function ask(
  address: Address,
  { method, path }: HttpCheck,
  timeoutMs: number,
  over: AbortSignal,
): Promise<Readiness> {
  const client = openClient(address, timeoutMs);
  try {
    return await new Promise((resolve) => {
      const question = new Question(resolve, timeoutMs);
      client.once('connect', () => question.connected());
      over.addEventListener('abort', () => question.finish(), { once: true, signal: question.isOver });
      client.dispatch({ method, path, reset: true }, question);
    });
  } finally {
    await client.destroy();
  }
}

class Question implements Dispatcher.DispatchHandler {
  readonly #resolve: (known: Readiness) => void;
  readonly #over = new AbortController();
  #known: Readiness = { kind: 'closed' };
  #stopWaiting: () => void;

  constructor(resolve: (known: Readiness) => void, timeoutMs: number) {
    this.#resolve = resolve;
    this.#stopWaiting = afterAwake(timeoutMs, () => this.finish());
  }

  get isOver(): AbortSignal {
    return this.#over.signal;
  }

  connected(): void {
    this.#known = { kind: 'silent' };
  }

  onRequestStart(): void {
    // Nothing is to be kept of it, but undici takes a handler without this for an older kind.
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return;
    this.#known = { kind: 'answered', status };
    this.#stopWaiting();
    this.#stopWaiting = afterAwake(BODY_TIMEOUT_MS, () => this.finish()); // a stream of events has no end
  }

  onResponseData(): void {
    // The body says nothing about being ready.
  }

  onResponseEnd(): void {
    this.finish();
  }

  onResponseError(_: Dispatcher.DispatchController | undefined, error: NodeJS.ErrnoException): void {
    const isOpen = this.#known.kind !== 'closed' || !NOT_OPEN.has(error.code ?? '');
    if (isOpen && this.#known.kind !== 'answered') this.#known = { kind: 'broken', message: error.message };
    this.finish();
  }

  finish(): void {
    this.#stopWaiting();
    this.#over.abort();
    this.#resolve(this.#known);
  }
}

/** Nobody listens there yet; what else keeps a connection from being made is told (TLS, a certificate). */
const NOT_OPEN: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'UND_ERR_CONNECT_TIMEOUT']);
