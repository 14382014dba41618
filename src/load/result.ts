/**
 * What a run of load brought; kept as JSON beside the profiles.
 */
import type { Latency } from './latency.ts';

export interface LoadResult {
  /** A fixed number of requests, or a window of time. */
  readonly mode: 'count' | 'window';
  /**
   * Those that succeeded; in a window: that were begun in it, since what is measured goes on to the end of the last. Every
   * figure is divided by it.
   */
  readonly requests: number;
  readonly failed: number;
  /** Responses by status, failed ones included; a request that got no status is in none. */
  readonly byStatus: Readonly<Record<string, number>>;
  /** Of those that succeeded; undefined where none did. */
  readonly latencyMs: Latency | undefined;
  /** From the first request on; a window's own length, though its last requests may end later. */
  readonly durationMs: number;
  /** Of response bodies, as they came over the wire without their framing. */
  readonly bytesReceived: number;
  /** CPU time of this process over time, in cores: all that perf-gate does, not this run's part alone. */
  readonly generatorCpuShare: number;
  /** Given up after too many failures in a row. */
  readonly stoppedEarly: boolean;
  readonly firstFailure?: LoadFailure;
}

export interface LoadFailure {
  /** The request's name. */
  readonly request: string;
  /** 'GET /orders'. */
  readonly line: string;
  /** '2xx', '200 or 404'. */
  readonly expected: string;
  readonly status?: number;
  /** Where an unexpected answer came: the beginning of its body, or the message of gRPC, as plain text. */
  readonly bodyStart?: string;
  /** Where no complete response came: what happened instead. */
  readonly error?: string;
  /** Where the status was right: what was to be captured from the response and was not in it, as `"id": it is not JSON`. */
  readonly notCaptured?: string;
  /** Where the status was right: what else was not as expected, as `its grpc-status is 3 (INVALID_ARGUMENT), expected OK`. */
  readonly wrong?: string;
}
