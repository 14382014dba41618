/**
 * Trying again what a server could not do just now. GitHub's rules for when and after how long:
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { World } from '../base/world.ts';

/** An answer that is no answer: cut off on its way. */
export class BrokenAnswer extends Error {}

/** What octokit throws, as far as we look at it. What never reached the server has status 500 there. */
interface RequestFailure {
  readonly status?: number;
  readonly message?: string;
  readonly response?: { readonly headers?: Headers };
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** A job must not hang on a comment. */
export interface Patience {
  /** For one request. */
  readonly requestMs: number;
  /** For all tries and waits together; the last request may go beyond it, and no further. */
  readonly totalMs: number;
  /** Before the second try, or longer where the server says so; each further wait is at least twice as long. */
  readonly firstWaitMs: number;
}

/** However short the waits are that a server asks for. */
const MOST_TRIES = 8;

export const PATIENCE: Patience = { requestMs: 15_000, totalMs: 60_000, firstWaitMs: 500 };

/** What `act` returns; it is called again, as a whole, while its failure is one that passes and the time allows it. */
export async function patiently<Result>(
  act: () => Promise<Result>,
  world: Pick<World, 'monotonicMs' | 'now' | 'signal'>,
  { totalMs, firstWaitMs }: Patience = PATIENCE,
): Promise<Result> {
  const deadlineMs = world.monotonicMs() + totalMs;
  for (let failures = 1; ; failures++) {
    try {
      return await act();
    } catch (error) {
      world.signal.throwIfAborted();
      if (!isPassing(error) || failures === MOST_TRIES) throw error;
      // A server that asks for no wait at all would be asked without end.
      const waitMs = Math.max(waitAskedFor(error, world.now()) ?? 0, firstWaitMs * 2 ** (failures - 1));
      if (world.monotonicMs() + waitMs > deadlineMs) throw error;
      await delay(waitMs, undefined, { signal: world.signal });
    }
  }
}

/** Whether the same request may succeed later: a limit, a fault of the server or of the way to it. */
export function isPassing(error: unknown): boolean {
  const { status } = error as RequestFailure;
  return error instanceof BrokenAnswer || (status !== undefined && status >= 500) || isRateLimit(error);
}

/** Whether this was too much for GitHub, and not what the token may not do. */
export function isRateLimit(error: unknown): boolean {
  const { status, message = '' } = error as RequestFailure;
  if (status === 429) return true;
  const headers = headersOf(error);
  const isLimited =
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /secondary rate limit/i.test(message);
  return status === 403 && isLimited;
}

const headersOf = (error: unknown): Headers => (error as RequestFailure).response?.headers ?? {};

/** The wait that the server asks for, in milliseconds: Retry-After (RFC 9110, 10.2.3), or when its limit is reset. */
export function waitAskedFor(error: unknown, now: Date): number | undefined {
  const headers = headersOf(error);
  const retryAfter = headers['retry-after'];
  if (retryAfter !== undefined) {
    const seconds = Number(retryAfter);
    const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(String(retryAfter)) - now.getTime();
    if (Number.isFinite(ms)) return Math.max(0, ms);
  }
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] === '0' && Number.isFinite(reset)) {
    return Math.max(0, reset * 1000 - now.getTime());
  }
  return undefined;
}
