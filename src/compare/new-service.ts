/** What is to be said of a service that the base does not have: its figures, and that nothing was compared. */
import type { LimitsConfig } from '../config/config.ts';
import type { Manifest } from '../measure/manifest.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { isOwed } from './compare.ts';
import type { Report, TotalRow } from './report.ts';
import { totalsOf } from './totals.ts';

export type NewService = Pick<Report, 'verdict' | 'totals' | 'missing' | 'isNewService'>;

/** There is no limit that could be held against it; an instrument that failed on it leaves the verdict open. */
export function newService(head: Manifest, limits: LimitsConfig, required: readonly InstrumentName[]): NewService {
  const totals = totalsOf(head, head).map(({ change: _, ...row }): TotalRow => {
    return { ...row, base: 0, change: undefined, limit: undefined, status: 'unjudged' };
  });
  const { missing } = head;
  const isOpen = missing.some((one) => isOwed(one, limits, required));
  return {
    verdict: totals.length === 0 ? 'invalid' : isOpen ? 'inconclusive' : 'pass',
    totals,
    missing,
    isNewService: true,
  };
}
