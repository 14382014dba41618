/**
 * The smallest change that an instrument will see, from the noise of the head itself. What an exact instrument needs to
 * tell is what the judge says; of time it is told what its own spread leaves open. Pure.
 */

import { listed } from '../base/text.ts';
import { formatDuration, formatPercent, formatSpread } from '../base/units.ts';
import { visible } from '../compare/judge.ts';
import type { TotalRow } from '../compare/report.ts';
import { roundsWithin } from '../measure/cpu.ts';
import { type InstrumentName, metricsOf } from '../model/metrics.ts';
import { labelOf } from '../report/words.ts';
import { type Finding, ok } from './finding.ts';

/** `rows`: the head against itself. `requests`: in each of the two replicates that were tried, and in those of a run. */
export function tellExact(
  name: Exclude<InstrumentName, 'cpu'>,
  rows: readonly TotalRow[],
  requests: { readonly tried: number; readonly ofRun: number },
): Finding {
  const noises = rows.flatMap(({ name: row, uncertainty }) =>
    metricsOf(name).some((metric) => metric === row) && uncertainty.kind === 'exact'
      ? [{ row, noise: uncertainty.noise }]
      : [],
  );
  const exact = noises.filter(({ noise }) => formatSpread(visible(noise)) === undefined);
  const noisy = noises.filter((one) => !exact.includes(one));
  const seen = [
    ...(exact.length === 0 ? [] : [`any rise of ${listed(exact.map(({ row }) => labelOf(row)))}`]),
    ...noisy.map(({ row, noise }) => `${labelOf(row)} from ${formatPercent(visible(noise))} on`),
  ];
  const differed = noisy.map(({ noise }) => percentOf(noise));
  const same = `two processes of ${requests.tried} requests each`;
  const why =
    noisy.length === 0 ? `${same} agreed` : `${same} differed by ${listed(differed)}, and a rise must be twice that`;
  const more = requests.ofRun > requests.tried ? `; a run counts ${requests.ofRun} and can see smaller ones` : '';
  return ok(name, `works; sees ${listed(seen)}: ${why}${noisy.length === 0 ? '' : more}`);
}

/** Of two that are not the same, never `0.0 %`. */
const percentOf = (noise: number) =>
  formatSpread(noise) === undefined ? 'under 0.01 %' : formatPercent(noise).slice(1);

/**
 * Student's t, two-sided 95 %, by degrees of freedom from 1 on (R: qt(0.975, 1:9)); beyond, the last is near enough.
 */
const T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

/** `ratios`: log ratios of the head against itself, one a window. */
export function tellTime(ratios: readonly number[], windowMs: number, budgetMs: number): Finding {
  const rounds = roundsWithin(budgetMs);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const sd = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1));
  const half = (T95[Math.min(rounds - 1, T95.length) - 1]! * sd) / Math.sqrt(rounds);
  const windows = `${ratios.length} windows of ${formatDuration(windowMs)}`;
  return ok(
    'cpu',
    `works; sees cpu time from about ${formatPercent(Math.expm1(half))} on, and no limit judges it: the head against itself varied by ` +
      `${formatSpread(sd) ?? '±0.0'} % over ${windows}, and ${rounds} rounds fit into the budget of ${formatDuration(budgetMs)}`,
  );
}
