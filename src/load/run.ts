/**
 * The counts of one run of load: which request is next, when it is over, and what came of each.
 */
import { Secrets } from '../base/redact.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import type { Address } from '../service/client.ts';
import type { AnswerBook } from './answers.ts';
import { LatencyHistogram } from './latency.ts';
import { type PreparedRequest, prepareDeck, type Sequence } from './prepared.ts';
import type { LoadFailure, LoadResult } from './result.ts';
import { formatExpectation, type Scenario, type StepSpec } from './scenario.ts';

export interface LoadOptions {
  readonly address: Address;
  readonly scenario: Scenario;
  /** With 1 the requests are strictly sequential: each response is read to its end before the next is sent. */
  readonly connections: number;
  /** For one request, from its start to the end of the response. */
  readonly timeoutMs: number;
  /** Abort: everything is cut and the reason is thrown. */
  readonly signal: AbortSignal;
  readonly clock: Pick<World, 'monotonicMs' | 'cpuMs'>;
  /** The service may say again what it was sent. */
  readonly secrets?: Secrets;
  /** Awaited behind every response; the next request is sent then. */
  readonly pace?: (() => Promise<void>) | undefined;
  /** What it does to the service is counted to the digit: no request is sent again. */
  readonly isExact?: boolean | undefined;
  /** Where in the deck to begin; 0 where it is not given. */
  readonly start?: number;
  /** What is answered well is noted there. */
  readonly answers?: AnswerBook | undefined;
  /** A longer response is a failure; 64 MB where it is not given. */
  readonly maxBodyBytes?: number;
  /** Given up after so many failures in a row; 50 where it is not given. */
  readonly maxFailuresInRow?: number;
}

export type Limit =
  | { readonly mode: 'count'; readonly count: number }
  | { readonly mode: 'window'; readonly durationMs: number };

/** Why a request failed: an unexpected answer with the beginning of its body, or no complete one. */
export interface Failure {
  /** As it was sent. */
  readonly path: string;
  readonly status?: number;
  readonly body?: Buffer;
  readonly error?: string;
  /** What was to be captured from it and was not there. */
  readonly notCaptured?: string;
  /** What was not as expected besides the status. */
  readonly wrong?: string;
}

const MB = 1e6;
const DEFAULT_MAX_BODY_BYTES = 64 * MB;
const DEFAULT_MAX_FAILURES_IN_ROW = 50;
const BODY_START_CHARACTERS = 300;
/** A service that gives up more of them has other reasons than that they came late. */
const MOST_SENT_AGAIN = 3;

export class Run {
  readonly timeoutMs: number;
  readonly lookEveryMs: number;
  readonly maxBodyBytes: number;
  readonly pace: LoadOptions['pace'];
  readonly #clock: LoadOptions['clock'];
  readonly #limit: Limit;
  readonly #maxFailuresInRow: number;
  readonly #deck: readonly Sequence[];
  readonly #answers: AnswerBook | undefined;
  readonly #secrets: Secrets;
  readonly #latency = new LatencyHistogram();
  readonly #byStatus = new Map<number, number>();
  readonly #began: { readonly ms: number; readonly cpuMs: number };
  readonly #deadlineMs: number;
  #ended: { readonly ms: number; readonly cpuMs: number } | undefined;
  #position: number;
  #mayBeSentAgain: number;
  #awakeMs = 0;
  #lookedMs: number;
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
    this.lookEveryMs = Math.min(100, Math.ceil(options.timeoutMs / 10));
    this.maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    this.pace = options.pace;
    this.#clock = options.clock;
    this.#limit = limit;
    this.#maxFailuresInRow = options.maxFailuresInRow ?? DEFAULT_MAX_FAILURES_IN_ROW;
    this.#deck = prepareDeck(options.scenario);
    this.#answers = options.answers;
    this.#secrets = options.secrets ?? new Secrets();
    this.#position = (options.start ?? 0) % this.#deck.length;
    this.#mayBeSentAgain = options.isExact === true ? 0 : MOST_SENT_AGAIN;
    this.#began = this.#now();
    this.#lookedMs = this.#began.ms;
    this.#deadlineMs = limit.mode === 'window' ? this.#began.ms + limit.durationMs : Number.POSITIVE_INFINITY;
  }

  get hasFailure(): boolean {
    return this.#firstFailure !== undefined;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  /** What is to be sent next; undefined: the run is over. Each of its requests must be issued. */
  take(nowMs: number): Sequence | undefined {
    if (this.#isFull || this.#isClosed || nowMs >= this.#deadlineMs) {
      if (this.#limit.mode === 'window') this.#ended ??= this.#now();
      return undefined;
    }
    const sequence = this.#deck[this.#position]!;
    this.#position = this.#position + 1 === this.#deck.length ? 0 : this.#position + 1;
    return sequence;
  }

  /** Whether one more request may be sent. What has been begun in a window is brought to its end. */
  issue(): boolean {
    if (this.#isFull || this.#isClosed) return false;
    this.#issued++;
    return true;
  }

  /** Of the time until now, that in which this process could see what came (base/awake.ts). */
  awakeMs(nowMs: number): number {
    return this.#awakeMs + Math.min(nowMs - this.#lookedMs, 2 * this.lookEveryMs);
  }

  /** To be called every `lookEveryMs`, or as soon as it can be: what is missing of that, this process was not awake. */
  look(): number {
    const now = this.monotonicMs();
    this.#awakeMs = this.awakeMs(now);
    this.#lookedMs = now;
    return this.#awakeMs;
  }

  /** Whether one that got no answer, and perhaps came too late, may be sent once more. */
  sendAgain(): boolean {
    if (this.#mayBeSentAgain === 0 || this.#isClosed) return false;
    this.#mayBeSentAgain--;
    return true;
  }

  get #isFull(): boolean {
    return this.#limit.mode === 'count' && this.#issued >= this.#limit.count;
  }

  /** No further request is given out. */
  close(): void {
    this.#isClosed = true;
  }

  succeed({ spec }: PreparedRequest, status: number, bytes: number, startedMs: number, nowMs: number): void {
    this.#bytes += bytes;
    this.#failuresInRow = 0;
    this.#countStatus(status);
    this.#requests++;
    this.#latency.record(nowMs - startedMs);
    this.#answers?.note(spec.name, status, bytes);
  }

  fail({ spec }: PreparedRequest, failure: Failure, bytes: number): void {
    this.#bytes += bytes;
    this.#failed++;
    if (failure.status !== undefined) this.#countStatus(failure.status);
    this.#firstFailure ??= this.#describe(spec, failure);
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

  #describe({ name, method, expect }: StepSpec, failure: Failure): LoadFailure {
    const { path, status, body, error, notCaptured, wrong } = failure;
    const clean = (text: string) => this.#secrets.clean(plainText(text));
    return {
      request: name,
      line: clean(`${method} ${path}`),
      expected: formatExpectation(expect),
      ...(status === undefined ? {} : { status }),
      ...(body === undefined ? {} : { bodyStart: startOf(clean(body.toString('utf8'))) }),
      ...(error === undefined ? {} : { error: clean(error) }),
      ...(notCaptured === undefined ? {} : { notCaptured: clean(notCaptured) }),
      ...(wrong === undefined ? {} : { wrong: clean(wrong) }),
    };
  }

  #countStatus(status: number): void {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  #now(): { ms: number; cpuMs: number } {
    return { ms: this.#clock.monotonicMs(), cpuMs: this.#clock.cpuMs() };
  }
}

function startOf(text: string): string {
  return [...text].slice(0, BODY_START_CHARACTERS).join('').trim();
}
