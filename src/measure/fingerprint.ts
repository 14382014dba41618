/** Holds two fingerprints against each other: whatever differs besides the code can move a figure. */

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
