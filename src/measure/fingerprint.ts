/** Holds two fingerprints against each other: whatever differs besides the code can move a figure. */

/**
 * Which way of measuring it was: part of the fingerprint under `measuring`, so that what is stored stands for a base only
 * where it was measured in the same way. It must be raised with every change by which the figures of one and the same
 * program may become others: in the agent or the copies of the binary that are run, in how a service is started, warmed
 * up, brought to rest and sent its load, in how counts are taken, divided by requests, or written into the profiles. Not
 * for a change of what is judged, charged or shown: that is made anew of what was measured, each time. Where nobody
 * thought of it, a run still compares the counts of code that was left alone (compare/doubt.ts).
 */
export const MEASURING = 1;

/** Who sent the load where that was no part of perf-gate, with its version. */
export const LOAD_TOOL = 'load tool';

export interface Difference {
  readonly key: string;
  /** Undefined: not set on this side. */
  readonly base: string | undefined;
  readonly head: string | undefined;
}

/** What differs between two fingerprints, by key, in the order of the base. */
export function difference(
  base: Readonly<Record<string, string>>,
  head: Readonly<Record<string, string>>,
): Difference[] {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(head)])];
  return keys.filter((key) => base[key] !== head[key]).map((key) => ({ key, base: base[key], head: head[key] }));
}
