/**
 * Latencies in bounded memory: a histogram with logarithmic buckets (as HdrHistogram), each 1 % wide.
 */

export interface Latency {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
  readonly mean: number;
}

const LEAST_MS = 0.001;
const LOG_WIDTH = Math.log(1.01);
const BUCKETS = 2400; // 1 µs to 6.5 hours

export class LatencyHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;

  record(ms: number): void {
    const bucket = ms <= LEAST_MS ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / LEAST_MS) / LOG_WIDTH));
    this.#counts[bucket]!++;
    this.#count++;
    this.#sumMs += ms;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }

  /** Quantiles to 0.5 %, mean and maximum exact; undefined where nothing was recorded. */
  summary(): Latency | undefined {
    if (this.#count === 0) return undefined;
    return {
      p50: this.#quantile(0.5),
      p90: this.#quantile(0.9),
      p99: this.#quantile(0.99),
      max: this.#maxMs,
      mean: this.#sumMs / this.#count,
    };
  }

  #quantile(q: number): number {
    const rank = Math.ceil(q * this.#count);
    let seen = 0;
    let bucket = 0;
    while (bucket < BUCKETS && seen + this.#counts[bucket]! < rank) seen += this.#counts[bucket++]!;
    return Math.min(this.#maxMs, LEAST_MS * Math.exp((bucket - 0.5) * LOG_WIDTH));
  }
}
