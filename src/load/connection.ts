/**
 * One keep-alive connection that works through a run, one request at a time. It is its own undici handler, so that a
 * request allocates nothing of ours.
 */
import type { Client, Dispatcher } from 'undici';
import type { PreparedRequest, Run } from './run.ts';

// Enough for the 300 characters that are shown.
const KEPT_BODY_BYTES = 2048;

export class Connection implements Dispatcher.DispatchHandler {
  readonly #client: Client;
  readonly #run: Run;
  #request: PreparedRequest | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #startedMs = 0;
  #status = 0;
  #bytes = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #done: () => void = () => undefined;

  constructor(client: Client, run: Run) {
    this.#client = client;
    this.#run = run;
  }

  /** Resolves when the run has no further request and the last one here is complete. */
  work(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve;
      this.#next(this.#run.monotonicMs());
    });
  }

  /** Fails the request under way if it has had its time. */
  expire(nowMs: number): void {
    if (this.#request === undefined || nowMs - this.#startedMs <= this.#run.timeoutMs) return;
    // Without a controller it is still connecting, which has the same time-out.
    this.#controller?.abort(
      new Error(`no complete response within ${this.#run.timeoutMs / 1000} s (${this.#bytes} bytes of its body came)`),
    );
  }

  #next(nowMs: number): void {
    this.#request = this.#run.take(nowMs);
    if (this.#request === undefined) {
      this.#done();
      return;
    }
    this.#controller = undefined;
    this.#startedMs = nowMs;
    this.#status = 0;
    this.#bytes = 0;
    this.#client.dispatch(this.#request.options, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    if (status < 200) return; // interim: the request still has no status
    this.#status = status;
    this.#kept = [];
    this.#keptBytes = 0;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (!this.#run.hasFailure && this.#keptBytes < KEPT_BODY_BYTES && !this.#request!.isExpected(this.#status)) {
      const part = Buffer.from(chunk.subarray(0, KEPT_BODY_BYTES - this.#keptBytes));
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    if (this.#bytes > this.#run.maxBodyBytes) {
      controller.abort(new Error(`the response is larger than ${this.#run.maxBodyBytes / 1e6} MB`));
    }
  }

  onResponseEnd(): void {
    const now = this.#run.monotonicMs();
    const request = this.#request!;
    if (request.isExpected(this.#status)) this.#run.succeed(this.#status, this.#bytes, this.#startedMs, now);
    else this.#run.fail(request, { status: this.#status, body: Buffer.concat(this.#kept) }, this.#bytes);
    this.#request = undefined;
    if (this.#run.pace !== undefined) void this.#run.pace().then(() => this.#next(this.#run.monotonicMs()));
    // Now, not in a later turn: undici would let one more turn of the event loop pass before it is sent.
    else this.#next(now);
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const status = this.#status === 0 ? {} : { status: this.#status };
    this.#run.fail(this.#request!, { ...status, error: describeError(error) }, this.#bytes);
    this.#request = undefined;
    // Later: undici is still putting the connection away, and may have failed without leaving dispatch().
    setImmediate(() => this.#next(this.#run.monotonicMs()));
  }
}

/** Errors as undici and node name them, in words. */
function describeError(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return `the connection was closed before the response was complete (${error.message})`;
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'the body does not have the length that its content-length says';
    default:
      return error.message;
  }
}
