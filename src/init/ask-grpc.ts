/** One gRPC call with an empty message, bounded in time and size, on a connection of its own, over HTTP/2 in clear text. */
import { connect } from 'node:http2';
import { ASK_TIMEOUT_MS, type AskOptions } from './ask.ts';

export type RpcAnswer =
  | { readonly kind: 'ok'; readonly bytes: number; readonly ms: number }
  /** The reason as an end of 'POST /path …'. */
  | { readonly kind: 'failed'; readonly reason: string };

const MOST_BYTES = 8e6;
/** Not compressed, of length 0. */
const EMPTY_MESSAGE = Buffer.alloc(5);

export function callGrpc({ port, path, signal, monotonicMs }: AskOptions): Promise<RpcAnswer> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const startedMs = monotonicMs();
    const session = connect(`http://127.0.0.1:${port}`);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      session.destroy();
    };
    const finish = (answer: RpcAnswer) => {
      end();
      resolve(answer);
    };
    const fail = (reason: string) => finish({ kind: 'failed', reason });
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const timer = setTimeout(() => fail(`did not answer within ${ASK_TIMEOUT_MS / 1000} s`), ASK_TIMEOUT_MS);
    signal.addEventListener('abort', onAbort, { once: true });
    session.on('error', (error) => fail(`broke off (${error.message})`));
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let httpStatus = 0;
    let grpcStatus: string | undefined;
    let message = '';
    let bytes = 0;
    const read = (headers: Record<string, string | string[] | number | undefined>) => {
      if (headers['grpc-status'] !== undefined) grpcStatus = String(headers['grpc-status']);
      if (headers['grpc-message'] !== undefined) message = String(headers['grpc-message']);
    };
    stream.on('error', (error) => fail(`broke off (${error.message})`));
    stream.on('response', (headers) => {
      httpStatus = Number(headers[':status'] ?? 0);
      read(headers);
    });
    stream.on('trailers', read);
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) fail(`answers with more than ${MOST_BYTES / 1e6} MB`);
    });
    stream.on('end', () => {
      if (httpStatus !== 200) fail(`answered ${httpStatus}`);
      else if (grpcStatus === '0') finish({ kind: 'ok', bytes: Math.max(0, bytes - 5), ms: monotonicMs() - startedMs });
      else
        fail(
          `answered an empty message with gRPC status ${grpcStatus ?? '(none)'}${message === '' ? '' : `: ${message}`}`,
        );
    });
    stream.end(EMPTY_MESSAGE);
  });
}
