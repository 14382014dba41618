/** One GET request, bounded in time and size, on a connection of its own. What comes is hostile: only its beginning is kept. */
import { request } from 'node:http';

export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly location: string;
      readonly contentType: string;
      /** The beginning of the body; all of it unless it is longer than `bytes`. */
      readonly body: Buffer;
      readonly bytes: number;
      readonly ms: number;
    }
  /** No complete answer; the reason as an end of 'GET /path …'. */
  | { readonly kind: 'none'; readonly reason: string; readonly isTimeout: boolean };

export interface AskOptions {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly monotonicMs: () => number;
}

export const ASK_TIMEOUT_MS = 3000;
const MOST_BYTES = 8e6;
const KEPT_BYTES = 256 * 1024;

export function ask({ port, path, headers = {}, signal, monotonicMs }: AskOptions): Promise<Answer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const startedMs = monotonicMs();
    const question = request({ host: '127.0.0.1', port, path, headers, agent: false });
    const finish = (answer: Answer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      question.destroy();
      resolve(answer);
    };
    const fail = (reason: string, isTimeout = false) => finish({ kind: 'none', reason, isTimeout });
    const onAbort = () => {
      clearTimeout(timer);
      question.destroy();
      reject(signal.reason);
    };
    const late = `did not answer within ${ASK_TIMEOUT_MS / 1000} s`;
    const timer = setTimeout(() => fail(late, true), ASK_TIMEOUT_MS);
    signal.addEventListener('abort', onAbort, { once: true });
    question.once('upgrade', () => fail('became another protocol'));
    question.on('error', (error) => fail(`broke off (${error.message})`));
    question.once('response', (response) => {
      const kept: Buffer[] = [];
      let bytes = 0;
      response.on('error', (error) => fail(`broke off (${error.message})`));
      response.on('data', (chunk: Buffer) => {
        if (bytes < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - bytes));
        bytes += chunk.length;
        if (bytes > MOST_BYTES) fail(`answers with more than ${MOST_BYTES / 1e6} MB`);
      });
      response.once('end', () =>
        finish({
          kind: 'answered',
          status: response.statusCode ?? 0,
          location: response.headers.location ?? '',
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(kept),
          bytes,
          ms: monotonicMs() - startedMs,
        }),
      );
    });
    question.end();
  });
}
