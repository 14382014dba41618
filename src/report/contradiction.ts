/** Whether a report says of itself what cannot be: one that somebody has changed since perf-gate wrote it. */
import { isWithin } from '../compare/judge.ts';
import type { Report } from '../compare/report.ts';
import { cleanName } from './clean.ts';
import { labelOf } from './words.ts';

/** What contradicts what, as the end of a sentence; undefined for a report of perf-gate's own. */
export function contradictionIn(
  report: Pick<Report, 'verdict' | 'isSameCode' | 'totals' | 'causes' | 'noisy' | 'configChanges'>,
): string | undefined {
  const { verdict, isSameCode, totals, causes, noisy, configChanges = [] } = report;
  const row = totals.find(({ status }) => status === 'over');
  if (row !== undefined && verdict !== 'fail')
    return `${labelOf(row.name)} is over its limit, and the verdict ${verdict}`;
  const cause = causes.find(({ effects }) => effects.some(({ status }) => status === 'over'));
  if (cause !== undefined && verdict !== 'fail') {
    return `${cleanName(cause.function)} is over its limit, and the verdict ${verdict}`;
  }
  // Red for its own rules, where those of the base say so, or no green for having chosen the base.
  const isOnRules = configChanges.some(({ kind }) => kind !== 'tightened');
  if (verdict === 'fail' && row === undefined && cause === undefined && !isOnRules) {
    return 'the verdict is fail, and nothing is over its limit';
  }
  const wrong = totals.find((one) => one.status === 'ok' && one.limit !== undefined && !isWithin(one, one.limit));
  if (wrong !== undefined) return `${labelOf(wrong.name)} is called within its limit, and its figures are not`;
  if (verdict !== 'pass')
    return isSameCode && !isOnRules ? `both sides are the same code, and the verdict ${verdict}` : undefined;
  if (totals.some(({ status }) => status === 'close') || noisy.length > 0) {
    return 'not all is clearly within its limit, and the verdict pass';
  }
  if (isSameCode && totals.length > 0) return 'both sides are the same code, and figures differ';
  return !isSameCode && totals.length === 0 ? 'nothing was measured, and the verdict is pass' : undefined;
}
