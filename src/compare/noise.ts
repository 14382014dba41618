/** What a figure may be off by, from the replicates that it is the mean of. */

/**
 * Of two replicates their difference, which knows it only roughly. Of more, twice the standard error of the difference of
 * two such means: it falls with the root of their number, while the difference of the farthest two would grow.
 */
export function noiseOf(replicates: readonly number[]): number {
  const count = replicates.length;
  if (count < 2) return 0;
  if (count === 2) return Math.abs(replicates[0]! - replicates[1]!);
  const mean = replicates.reduce((sum, value) => sum + value, 0) / count;
  const squares = replicates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return 2 * Math.sqrt((2 * squares) / (count - 1) / count);
}
