/**
 * One keep-alive connection that works through a run, one request at a time. It is its own undici handler, so that a
 * request allocates nothing of ours.
 */
import type { Dispatcher } from 'undici';
import type { Captured, Fields } from './capture.ts';
import type { PreparedRequest, Sequence } from './prepared.ts';
import type { Failure, Run } from './run.ts';

// Enough for the 300 characters that are shown.
const KEPT_BODY_BYTES = 2048;
/** A longer response is not looked into. */
const MOST_READ_BYTES = 4e6;

/**
 * So long behind the request before it, or behind the beginning of its connection, a request finds a service that may have
 * given the connection up by a time limit of its own (1 s for a header and 5 s between requests are usual): this process
 * was kept from sending it, by what it reads meanwhile or by a machine that is busy.
 */
const LATE_MS = 500;

/** When something was last written over a client's connection, which may outlive a run. */
const writtenMs = new WeakMap<Dispatcher, number>();

export class Connection implements Dispatcher.DispatchHandler {
  readonly #client: Dispatcher;
  readonly #run: Run;
  readonly #values = new Map<string, Captured>();
  #sequence: Sequence = [];
  #step = 0;
  #request: PreparedRequest | undefined;
  #options: Dispatcher.DispatchOptions | undefined;
  #controller: Dispatcher.DispatchController | undefined;
  #startedMs = 0;
  #startedAwakeMs = 0;
  #isLate = false;
  #isSentAgain = false;
  #isAnswered = false;
  #status = 0;
  #headers: Fields = {};
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
  expire(awakeMs: number): void {
    if (this.#request === undefined || awakeMs - this.#startedAwakeMs <= this.#run.timeoutMs) return;
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
    this.#startedMs = nowMs;
    this.#startedAwakeMs = this.#run.awakeMs(nowMs);
    this.#isSentAgain = false;
    this.#options = this.#request.options(this.#values);
    this.#send();
  }

  #send(): void {
    this.#controller = undefined;
    this.#isAnswered = false;
    this.#status = 0;
    this.#bytes = 0;
    this.#client.dispatch(this.#options!, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    const now = this.#run.monotonicMs();
    this.#isLate = now - (writtenMs.get(this.#client) ?? this.#startedMs) >= LATE_MS;
    writtenMs.set(this.#client, now);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Fields): void {
    this.#isAnswered = true;
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

  /** Of the body that is coming: to look into it, or to be shown. */
  get #wantedBytes(): number {
    const { captures, check, isExpected } = this.#request!;
    if (isExpected(this.#status)) return captures.length > 0 || check.needsBody(this.#headers) ? MOST_READ_BYTES : 0;
    return this.#run.hasFailure ? 0 : KEPT_BODY_BYTES;
  }

  onResponseEnd(controller: Dispatcher.DispatchController, trailers: Fields): void {
    const now = this.#run.monotonicMs();
    const request = this.#request!;
    const failure = request.isExpected(this.#status)
      ? this.#faultOf(request, controller, trailers)
      : { body: Buffer.concat(this.#kept) };
    if (failure === undefined) this.#run.succeed(request, this.#status, this.#bytes, this.#startedMs, now);
    else this.#fail({ status: this.#status, ...failure });
    this.#request = undefined;
    if (this.#run.pace !== undefined) void this.#run.pace().then(() => this.#next(this.#run.monotonicMs()));
    // Now, not in a later turn: undici would let one more turn of the event loop pass before it is sent.
    else this.#next(now);
  }

  /** What is wrong with an answer whose status is right; keeps what the requests behind need of it. */
  #faultOf(
    { captures, check }: PreparedRequest,
    controller: Dispatcher.DispatchController,
    trailers: Fields,
  ): Omit<Failure, 'path'> | undefined {
    if (!this.#isWhole()) return { error: WRONG_LENGTH };
    if (captures.length === 0 && !check.applies(this.#headers)) return undefined;
    const body = Buffer.concat(this.#kept);
    const response = { headers: this.#headers, trailers: { ...trailers, ...trailersOf(controller) }, body };
    const isCut = this.#bytes > this.#keptBytes;
    const tooLong = `it is longer than ${MOST_READ_BYTES / 1e6} MB`;
    const shown = body.subarray(0, KEPT_BODY_BYTES);
    const wrong = isCut && check.needsBody(this.#headers) ? { what: tooLong } : check.wrongIn(response);
    if (wrong !== undefined)
      return { wrong: wrong.what, body: wrong.said === undefined ? shown : Buffer.from(wrong.said) };
    for (const { name, capture } of captures) {
      const value = isCut ? tooLong : capture(response);
      if (typeof value === 'string') return { body: shown, notCaptured: `"${name}" (${value})` };
      this.#values.set(name, value);
    }
    return undefined;
  }

  /** undici takes an HTTP/2 stream that the service gives up (RST_STREAM with NO_ERROR or CANCEL) for one that is whole. */
  #isWhole(): boolean {
    const announced = this.#headers['content-length'];
    if (announced === undefined || Number(announced) === this.#bytes) return true;
    return this.#status === 204 || this.#status === 304 || this.#request!.spec.method === 'HEAD';
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (isClosing(error) && this.#isLate && !this.#isAnswered && !this.#isSentAgain && this.#run.sendAgain()) {
      this.#isSentAgain = true;
      setImmediate(() => this.#send()); // as below
      return;
    }
    const status = this.#status === 0 ? {} : { status: this.#status };
    this.#fail({ ...status, error: describeError(error) });
    this.#request = undefined;
    // Later: undici is still putting the connection away, and may have failed without leaving dispatch().
    setImmediate(() => this.#next(this.#run.monotonicMs()));
  }

  /** What stands behind a request that failed in its sequence would fail for its sake, and is not sent. */
  #fail(failure: Omit<Failure, 'path'>): void {
    this.#run.fail(this.#request!, { path: this.#options!.path, ...failure }, this.#bytes);
    this.#step = this.#sequence.length;
  }
}

/** Those of HTTP/2, which undici gives to the controller alone, as a map. */
function trailersOf({ rawTrailers }: { rawTrailers?: unknown }): Fields {
  return typeof rawTrailers === 'object' && !Array.isArray(rawTrailers) ? (rawTrailers as Fields) : {};
}

const WRONG_LENGTH = 'the body does not have the length that its content-length says';

const codeOf = (error: Error) => (error as NodeJS.ErrnoException).code ?? '';

/** The service, or whoever stands in between, has closed the connection. */
const isClosing = (error: Error) => ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error));

/** Errors as undici and node name them, in words. */
function describeError(error: Error): string {
  if (isClosing(error)) return `the connection was closed before the response was complete (${error.message})`;
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return WRONG_LENGTH;
    default:
      return error.message;
  }
}
