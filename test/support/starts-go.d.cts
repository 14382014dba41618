/** The beginning of a path, relative to the root, and seconds. */
export const STARTS_GO: readonly (readonly [beginning: string, seconds: number])[];
export function goSecondsOf(path: string): number | undefined;
