/**
 * One keep-alive connection that works through a run, one request at a time. It is its own undici handler, so that a
 * request allocates nothing of ours.
 */
import type { Dispatcher } from 'undici';
import type { Captured, Response } from './capture.ts';
import type { PreparedRequest, Sequence } from './prepared.ts';
import type { Failure, Run } from './run.ts';

// Enough for the 300 characters that are shown.
const KEPT_BODY_BYTES = 2048;
/** A longer response is not looked through for values. */
const MOST_CAPTURE_BYTES = 4e6;

export class Connection implements Dispatcher.DispatchHandler {
  readonly #client: Dispatcher;
  readonly #run: Run;
  readonly #values = new Map<string, Captured>();
  #sequence: Sequence = [];
  #step = 0;
  #request: PreparedRequest | undefined;
  #path = '';
  #controller: Dispatcher.DispatchController | undefined;
  #startedMs = 0;
  #status = 0;
  #headers: Response['headers'] = {};
  #bytes = 0;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #done: () => void = () => undefined;

  constructor(client: Dispatcher, run: Run) {
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
    if (this.#step === this.#sequence.length) {
      this.#sequence = this.#run.take(nowMs) ?? [];
      this.#step = 0;
    }
    if (this.#sequence.length === 0 || !this.#run.issue()) {
      this.#done();
      return;
    }
    this.#request = this.#sequence[this.#step++]!;
    this.#controller = undefined;
    this.#startedMs = nowMs;
    this.#status = 0;
    this.#bytes = 0;
    const options = this.#request.options(this.#values);
    this.#path = options.path;
    this.#client.dispatch(options, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Response['headers']): void {
    if (status < 200) return; // interim: the request still has no status
    this.#status = status;
    this.#headers = headers;
    this.#kept = [];
    this.#keptBytes = 0;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    const wanted = this.#wantedBytes;
    if (this.#keptBytes < wanted) {
      const part = Buffer.from(chunk.subarray(0, wanted - this.#keptBytes));
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    if (this.#bytes > this.#run.maxBodyBytes) {
      controller.abort(new Error(`the response is larger than ${this.#run.maxBodyBytes / 1e6} MB`));
    }
  }

  /** Of the body that is coming: for its values, or to be shown. */
  get #wantedBytes(): number {
    if (this.#request!.isExpected(this.#status)) return this.#request!.captures.length > 0 ? MOST_CAPTURE_BYTES : 0;
    return this.#run.hasFailure ? 0 : KEPT_BODY_BYTES;
  }

  onResponseEnd(): void {
    const now = this.#run.monotonicMs();
    const request = this.#request!;
    if (!request.isExpected(this.#status)) {
      this.#fail({ status: this.#status, body: Buffer.concat(this.#kept) });
    } else {
      const notCaptured = request.captures.length === 0 ? undefined : this.#capture(request);
      if (notCaptured === undefined) this.#run.succeed(this.#status, this.#bytes, this.#startedMs, now);
      else
        this.#fail({ status: this.#status, body: Buffer.concat(this.#kept).subarray(0, KEPT_BODY_BYTES), notCaptured });
    }
    this.#request = undefined;
    if (this.#run.pace !== undefined) void this.#run.pace().then(() => this.#next(this.#run.monotonicMs()));
    // Now, not in a later turn: undici would let one more turn of the event loop pass before it is sent.
    else this.#next(now);
  }

  /** Keeps what the requests behind need; a text says what is missing. */
  #capture({ captures }: PreparedRequest): string | undefined {
    const response = { headers: this.#headers, body: Buffer.concat(this.#kept) };
    for (const { name, capture } of captures) {
      const value =
        this.#bytes > this.#keptBytes ? `it is longer than ${MOST_CAPTURE_BYTES / 1e6} MB` : capture(response);
      if (typeof value === 'string') return `"${name}" (${value})`;
      this.#values.set(name, value);
    }
    return undefined;
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    const status = this.#status === 0 ? {} : { status: this.#status };
    this.#fail({ ...status, error: describeError(error) });
    this.#request = undefined;
    // Later: undici is still putting the connection away, and may have failed without leaving dispatch().
    setImmediate(() => this.#next(this.#run.monotonicMs()));
  }

  /** What stands behind a request that failed in its sequence would fail for its sake, and is not sent. */
  #fail(failure: Omit<Failure, 'path'>): void {
    this.#run.fail(this.#request!, { path: this.#path, ...failure }, this.#bytes);
    this.#step = this.#sequence.length;
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
