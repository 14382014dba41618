/**
 * Says in which line and in what way a changed function costs more, from exact counts: more often run, more often
 * called, or dearer each time.
 */

import type { LineChange } from './lines.ts';
import type { Explanation } from './report.ts';

export interface ExplainInput {
  readonly isNew: boolean;
  readonly base: number;
  readonly head: number;
  readonly callsBase: number | undefined;
  readonly callsHead: number | undefined;
  readonly line: LineChange | undefined;
}

/** Counts per request that differ by less are the same: caches and timers move them. */
const SAME_COUNT = 0.0005;

export function explain({ isNew, base, head, callsBase, callsHead, line }: ExplainInput): Explanation {
  if (isNew) return { kind: 'new' };
  const costRatio = head / base;
  if (callsBase !== undefined && callsHead !== undefined && callsBase > 0 && callsHead > 0) {
    const callRatio = callsHead / callsBase;
    // Most of the rise is due to more calls when their ratio explains more than half of it (on the log scale, where
    // calls and cost of a call add up).
    if (callRatio > 1 + SAME_COUNT && Math.log(callRatio) > Math.log(costRatio) / 2) {
      return { kind: 'calls', base: callsBase, head: callsHead };
    }
  }
  const { ranBase, ranHead } = line ?? {};
  if (ranBase !== undefined && ranHead !== undefined && ranBase > 0 && ranHead > ranBase * (1 + SAME_COUNT)) {
    return { kind: 'line', base: ranBase, head: ranHead };
  }
  if (callsHead !== undefined && callsHead > 0 && callsBase !== undefined && callsBase > 0) {
    return { kind: 'per-call', calls: callsHead, ratio: head / callsHead / (base / callsBase) - 1 };
  }
  return { kind: 'dearer' };
}
