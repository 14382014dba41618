/**
 * Asking a service until it is ready. Knows the network only: whether the process still lives is its caller's, who
 * aborts the waiting.
 */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isListening } from './port.ts';

export type ReadyCheck =
  | { readonly kind: 'port' }
  | {
      readonly kind: 'http';
      readonly method: string;
      readonly path: string;
      /** Any 2xx where it is not given. */
      readonly status?: readonly number[];
    };

/** What the last question brought: `closed` the port is not open, `silent` connected but no answer, `broken` no HTTP. */
export type Readiness =
  | { readonly kind: 'ready' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'broken'; readonly message: string };

export interface ReadyTarget {
  readonly host: string;
  readonly port: number;
  readonly check: ReadyCheck;
}

const PROBE_TIMEOUT_MS = 5000;
const BODY_TIMEOUT_MS = 1000;
const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 200;

/** Asks until the service is ready or the time is over; also returns, with what is known then, when `signal` aborts. */
export async function awaitReady(target: ReadyTarget, timeoutMs: number, signal: AbortSignal): Promise<Readiness> {
  const over = new AbortController();
  const end = () => over.abort();
  const timer = setTimeout(end, timeoutMs);
  signal.addEventListener('abort', end, { once: true });
  let last: Readiness = { kind: 'closed' };
  try {
    if (signal.aborted) return last;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      last = await probe(target, last, over.signal);
      if (last.kind === 'ready' || over.signal.aborted) return last;
      await sleep(pauseMs, undefined, { signal: over.signal }).catch(() => undefined);
      if (over.signal.aborted) return last;
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

async function probe(target: ReadyTarget, before: Readiness, over: AbortSignal): Promise<Readiness> {
  const { host, port, check } = target;
  if (check.kind === 'port') return { kind: (await isListening(host, port)) ? 'ready' : 'closed' };
  const answer = await ask(host, port, check.method, check.path, over);
  if (answer.kind === 'answered' && isReadyStatus(check.status, answer.status)) return { kind: 'ready' };
  // A question that the end of the waiting cut short knows less than the one before it.
  const isCut = over.aborted && answer.kind !== 'answered';
  return isCut && before.kind !== 'closed' ? before : answer;
}

function isReadyStatus(wanted: readonly number[] | undefined, status: number): boolean {
  return wanted === undefined ? status >= 200 && status < 300 : wanted.includes(status);
}

/** One request on a connection of its own; the body is read to its end if that comes soon. */
function ask(host: string, port: number, method: string, path: string, over: AbortSignal): Promise<Readiness> {
  return new Promise((resolve) => {
    let known: Readiness = { kind: 'closed' };
    const question = request({ host, port, method, path, agent: false, headers: { connection: 'close' } });
    const finish = () => {
      clearTimeout(timer);
      over.removeEventListener('abort', finish);
      question.destroy();
      resolve(known);
    };
    let timer = setTimeout(finish, PROBE_TIMEOUT_MS);
    over.addEventListener('abort', finish, { once: true });
    question.once('socket', (socket) =>
      socket.once('connect', () => {
        known = { kind: 'silent' };
      }),
    );
    question.once('response', (response) => {
      known = { kind: 'answered', status: response.statusCode ?? 0 };
      clearTimeout(timer);
      timer = setTimeout(finish, BODY_TIMEOUT_MS); // a stream of events has no end
      response.once('close', finish);
      response.once('error', finish);
      response.resume();
    });
    question.on('error', (error: NodeJS.ErrnoException) => {
      if (known.kind === 'silent') known = { kind: 'broken', message: error.message };
      finish();
    });
    question.end();
  });
}
