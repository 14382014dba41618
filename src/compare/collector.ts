/** What of a rise in instructions is the garbage collector's, and what it comes from. Knows no limits. */
import type { Manifest } from '../measure/manifest.ts';
import type { Collector, TotalRow } from './report.ts';

/** A smaller share of the rise explains nothing. */
const LEAST_SHARE = 0.05;

/** Undefined where it has no part in a rise of the instructions. */
export function collectorOf(rows: readonly TotalRow[], base: Manifest, head: Manifest): Collector | undefined {
  const [all, own] = ['instructions', 'collection'].map((wanted) => rows.find(({ name }) => name === wanted));
  if (all === undefined || own === undefined) return undefined;
  const rise = own.head - own.base;
  const explains = rise / (all.head - all.base);
  const isOver = own.status === 'over' || (all.status === 'over' && explains >= LEAST_SHARE);
  if (!isOver || rise <= 0) return undefined;
  const [before, after] = [figuresOf(base), figuresOf(head)];
  const bytes = rows.find(({ name }) => name === 'bytes');
  const allocated = bytes === undefined ? [] : [{ part: 'allocated' as const, base: bytes.base, head: bytes.head }];
  const parts: Collector['parts'] =
    before === undefined || after === undefined
      ? allocated
      : [
          { part: 'one collection', base: before.cost, head: after.cost },
          ...allocated,
          { part: 'distance', base: before.distance, head: after.distance },
        ];
  return { rise, explains: Number.isFinite(explains) ? Math.max(0, explains) : 1, parts };
}

function figuresOf({ instruments }: Manifest): { cost: number; distance: number } | undefined {
  const known = (instruments.instructions?.replicates ?? []).flatMap(({ oneCollection }) => oneCollection ?? []);
  if (known.length === 0) return undefined;
  const mean = (of: (one: (typeof known)[number]) => number) =>
    known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return { cost: mean(({ instructions }) => instructions), distance: mean(({ bytesBetween }) => bytesBetween) };
}
