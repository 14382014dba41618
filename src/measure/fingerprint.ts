/** Holds two fingerprints against each other: whatever differs besides the code can move a figure. */

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
