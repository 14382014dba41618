/** What a side answered to each request, as far as another side's answers can be held against it. */

/** Of all that was answered well to one request. */
export interface Answered {
  readonly count: number;
  /** Ascending. */
  readonly statuses: readonly number[];
  /** Of the smallest and the largest body. */
  readonly leastBytes: number;
  readonly mostBytes: number;
}

/** By the request's name. */
export type Answers = Readonly<Record<string, Answered>>;

/** Collects them, over as many runs of load as there are. */
export class AnswerBook {
  readonly #seen = new Map<string, { count: number; statuses: Set<number>; leastBytes: number; mostBytes: number }>();

  note(request: string, status: number, bytes: number): void {
    const seen = this.#seen.get(request);
    if (seen === undefined) {
      this.#seen.set(request, { count: 1, statuses: new Set([status]), leastBytes: bytes, mostBytes: bytes });
      return;
    }
    seen.count++;
    seen.statuses.add(status);
    seen.leastBytes = Math.min(seen.leastBytes, bytes);
    seen.mostBytes = Math.max(seen.mostBytes, bytes);
  }

  all(): Answers {
    const entries = [...this.#seen].map(([name, seen]): [string, Answered] => [
      name,
      { ...seen, statuses: [...seen.statuses].sort((a, b) => a - b) },
    ]);
    return Object.fromEntries(entries);
  }
}
