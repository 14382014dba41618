/**
 * Whether a base that was measured elsewhere compares at all. Every function that the commit did not change, on paths
 * where nothing is changed, is a reference: both sides executed it in the same way, so both counts agree to the digit.
 * Not each of them, since a commit has side effects (a longer answer takes longer to send), but most of them do.
 */
import type { InstrumentName } from '../model/metrics.ts';
import { isRuntime } from '../profile/names.ts';
import type { Compared, UnchangedFunctions } from './compare.ts';
import type { Note } from './report.ts';

const REFERENCES = [
  { instrument: 'instructions', metric: 'instructions' },
  { instrument: 'allocs', metric: 'objects' },
] as const;
/** User code repeats to 0.02 % in one job (docs/measuring.md). */
const AGREES_WITHIN = 0.001;

/** Why the base's figures of these instruments should not be relied upon; undefined where nothing speaks against them. */
export function doubtOf(
  { unchanged }: Pick<Compared, 'unchanged'>,
  stored: readonly InstrumentName[],
): Note | undefined {
  for (const { instrument, metric } of REFERENCES) {
    const functions = unchanged[metric];
    if (!stored.includes(instrument) || functions === undefined) continue;
    const difference = typicalDifference(functions);
    if (difference <= AGREES_WITHIN) continue;
    const said = Number.isFinite(difference)
      ? `code that did not change differs from what was stored of it, by ${(difference * 100).toFixed(1)} % of its ${metric}`
      : `nothing unchanged was executed on both sides that could show that its ${metric} compare`;
    return { code: 'stored-base-doubted', text: `the base was measured in this run: ${said}` };
  }
  return undefined;
}

/** The weighted median of how much functions outside of Go's runtime differ; infinite where there is none. */
function typicalDifference(functions: UnchangedFunctions): number {
  const rows = [...functions]
    .filter(([key, { base, head }]) => !isRuntime(key) && Math.max(base, head) > 0)
    .map(([, { base, head }]) => ({ weight: Math.max(base, head), difference: Math.abs(head / base - 1) }))
    .sort((a, b) => a.difference - b.difference);
  const half = rows.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const { weight, difference } of rows) {
    below += weight;
    if (below >= half) return difference;
  }
  return Number.POSITIVE_INFINITY;
}
