/**
 * The counts of one run of load: which request is next, when it is over, and what came of each.
 */
import type { Dispatcher } from 'undici';
import { plainText } from '../service/log.ts';
import type { World } from '../world.ts';
import { LatencyHistogram } from './latency.ts';
import type { LoadFailure, LoadResult } from './result.ts';
import { formatExpectation, isExpected, type RequestSpec, type Scenario, sequence } from './scenario.ts';

export interface LoadOptions {
  /** 'http://127.0.0.1:41233'. */
  readonly origin: string;
  readonly scenario: Scenario;
  /** With 1 the requests are strictly sequential: each response is read to its end before the next is sent. */
  readonly connections: number;
  /** For one request, from its start to the end of the response. */
  readonly timeoutMs: number;
  /** Abort: everything is cut and the reason is thrown. */
  readonly signal: AbortSignal;
  readonly clock: Pick<World, 'monotonicMs' | 'cpuMs'>;
  /** Awaited behind every response; the next request is sent then. */
  readonly pace?: (() => Promise<void>) | undefined;
  /** Where in the deck to begin; 0 where it is not given. */
  readonly start?: number;
  /** A longer response is a failure; 64 MB where it is not given. */
  readonly maxBodyBytes?: number;
  /** Given up after so many failures in a row; 50 where it is not given. */
  readonly maxFailuresInRow?: number;
}

export type Limit =
  | { readonly mode: 'count'; readonly count: number }
  | { readonly mode: 'window'; readonly durationMs: number };

/** A request as undici wants it, made once. */
export interface PreparedRequest {
  readonly options: Dispatcher.DispatchOptions;
  isExpected(status: number): boolean;
  readonly spec: RequestSpec;
}

/** Why a request failed: an unexpected status with the beginning of its body, or no complete response. */
export interface Failure {
  readonly status?: number;
  readonly body?: Buffer;
  readonly error?: string;
}

const MB = 1e6;
const DEFAULT_MAX_BODY_BYTES = 64 * MB;
const DEFAULT_MAX_FAILURES_IN_ROW = 50;
const BODY_START_CHARACTERS = 300;

export class Run {
  readonly timeoutMs: number;
  readonly maxBodyBytes: number;
  readonly pace: LoadOptions['pace'];
  readonly #clock: LoadOptions['clock'];
  readonly #limit: Limit;
  readonly #maxFailuresInRow: number;
  readonly #deck: readonly PreparedRequest[];
  readonly #latency = new LatencyHistogram();
  readonly #byStatus = new Map<number, number>();
  readonly #began: { readonly ms: number; readonly cpuMs: number };
  readonly #deadlineMs: number;
  #ended: { readonly ms: number; readonly cpuMs: number } | undefined;
  #position: number;
  #issued = 0;
  #requests = 0;
  #failed = 0;
  #failuresInRow = 0;
  #bytes = 0;
  #isClosed = false;
  #stoppedEarly = false;
  #firstFailure: LoadFailure | undefined;

  constructor(options: LoadOptions, limit: Limit) {
    this.timeoutMs = options.timeoutMs;
    this.maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    this.pace = options.pace;
    this.#clock = options.clock;
    this.#limit = limit;
    this.#maxFailuresInRow = options.maxFailuresInRow ?? DEFAULT_MAX_FAILURES_IN_ROW;
    this.#deck = prepareDeck(sequence(options.scenario));
    this.#position = (options.start ?? 0) % this.#deck.length;
    this.#began = this.#now();
    this.#deadlineMs = limit.mode === 'window' ? this.#began.ms + limit.durationMs : Number.POSITIVE_INFINITY;
  }

  get hasFailure(): boolean {
    return this.#firstFailure !== undefined;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  /** The next request; undefined: the run is over. */
  take(nowMs: number): PreparedRequest | undefined {
    const isOver = this.#limit.mode === 'count' ? this.#issued >= this.#limit.count : nowMs >= this.#deadlineMs;
    if (isOver || this.#isClosed) {
      if (this.#limit.mode === 'window') this.#ended ??= this.#now();
      return undefined;
    }
    this.#issued++;
    const request = this.#deck[this.#position]!;
    this.#position = this.#position + 1 === this.#deck.length ? 0 : this.#position + 1;
    return request;
  }

  /** No further request is given out. */
  close(): void {
    this.#isClosed = true;
  }

  succeed(status: number, bytes: number, startedMs: number, nowMs: number): void {
    this.#bytes += bytes;
    this.#failuresInRow = 0;
    if (nowMs > this.#deadlineMs) return;
    this.#countStatus(status);
    this.#requests++;
    this.#latency.record(nowMs - startedMs);
  }

  fail({ spec }: PreparedRequest, failure: Failure, bytes: number): void {
    this.#bytes += bytes;
    this.#failed++;
    if (failure.status !== undefined) this.#countStatus(failure.status);
    this.#firstFailure ??= describe(spec, failure);
    if (++this.#failuresInRow >= this.#maxFailuresInRow) {
      this.#stoppedEarly = true;
      this.close();
    }
  }

  result(): LoadResult {
    const ended = this.#ended ?? this.#now();
    const elapsedMs = ended.ms - this.#began.ms;
    return {
      mode: this.#limit.mode,
      requests: this.#requests,
      failed: this.#failed,
      byStatus: Object.fromEntries(this.#byStatus),
      latencyMs: this.#latency.summary(),
      durationMs: this.#limit.mode === 'window' && !this.#stoppedEarly ? this.#limit.durationMs : elapsedMs,
      bytesReceived: this.#bytes,
      generatorCpuShare: elapsedMs > 0 ? (ended.cpuMs - this.#began.cpuMs) / elapsedMs : 0,
      stoppedEarly: this.#stoppedEarly,
      ...(this.#firstFailure === undefined ? {} : { firstFailure: this.#firstFailure }),
    };
  }

  #countStatus(status: number): void {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  #now(): { ms: number; cpuMs: number } {
    return { ms: this.#clock.monotonicMs(), cpuMs: this.#clock.cpuMs() };
  }
}

function prepareDeck(deck: readonly RequestSpec[]): PreparedRequest[] {
  const prepared = new Map<RequestSpec, PreparedRequest>();
  return deck.map((spec) => {
    const known = prepared.get(spec) ?? prepare(spec);
    prepared.set(spec, known);
    return known;
  });
}

function prepare(spec: RequestSpec): PreparedRequest {
  return {
    spec,
    options: {
      method: spec.method,
      path: spec.path,
      headers: Object.entries(spec.headers).flat(),
      body: spec.body === undefined ? null : Buffer.from(spec.body as string),
      // A DELETE with a body would otherwise cost a connection each.
      reset: false,
    },
    isExpected: (status) => isExpected(spec.expect, status),
  };
}

function describe(spec: RequestSpec, { status, body, error }: Failure): LoadFailure {
  return {
    request: spec.name,
    line: `${spec.method} ${spec.path}`,
    expected: formatExpectation(spec.expect),
    ...(status === undefined ? {} : { status }),
    ...(body === undefined ? {} : { bodyStart: startOf(body) }),
    ...(error === undefined ? {} : { error: plainText(error) }),
  };
}

function startOf(body: Buffer): string {
  return [...plainText(body.toString('utf8'))].slice(0, BODY_START_CHARACTERS).join('').trim();
}
