/**
 * The only place where a figure is held against a limit. Exact metrics: a rise counts when it is beyond the limit by
 * more than its own noise, and beyond the floor.
 */

import { matchesGlob } from '../base/glob.ts';
import type { Limit, LimitOrOff, LimitsConfig, Waiver } from '../config/config.ts';
import { stricter } from '../config/limit.ts';
import { type FunctionMetricName, type MetricName, metricOf, type RowName, wholeOf } from '../model/metrics.ts';
import type { FunctionEffect } from './effects.ts';
import type { RowStatus, TotalRow, VerdictName } from './report.ts';

/**
 * A rise must also be so many times its noise, the difference of two replicates, which know it only roughly. More for a
 * function than for the total: there are many functions, and one of them may show no difference by chance.
 */
const NOISE_MULTIPLE = { total: 2, function: 3 };

/** The smallest rise of a total that can be told from its noise. */
export const visible = (noise: number) => NOISE_MULTIPLE.total * noise;

export interface JudgedEffect {
  readonly effect: FunctionEffect;
  readonly relative: number;
  readonly limit: Limit | undefined;
  /** The smallest net rise that can be a finding. */
  readonly floor: number;
  /** Beyond the limit, but by less than the floor. */
  readonly isBelowFloor: boolean;
  /** `moved`: its callers saved what it costs more. `noisy`: over the limit by no more than its noise. */
  readonly status: 'over' | 'within' | 'waived' | 'ignored' | 'moved' | 'noisy';
  readonly waiver: Waiver | undefined;
}

export interface Amounts {
  readonly base: number;
  readonly head: number;
  readonly noise: number;
  /** The smallest rise that can be a finding. */
  readonly floor: number;
}

/** Whether a total is within its limit; undefined limit: shown only. `waived` is the rise that waivers accept. */
export function judgeTotal({ base, head, noise, floor }: Amounts, limit: Limit | 'off', waived = 0): RowStatus {
  if (limit === 'off') return 'unjudged';
  const allowed = limit.ratio * base;
  const rise = head - base;
  // Where chance alone may be more than is allowed, that a rise was within it says nothing.
  const isOpen = noise > Math.max(allowed, floor) && rise + noise > allowed;
  if (isWithin({ base, head }, limit)) return isOpen ? 'close' : 'ok';
  if (rise < floor) return 'small';
  if (rise - noise <= allowed || rise <= visible(noise)) return 'close';
  return rise - waived <= allowed ? 'waived' : 'over';
}

/** Whether the figures of a row are within its limit, whatever the row says of itself. */
export const isWithin = ({ base, head }: Pick<Amounts, 'base' | 'head'>, { ratio }: Pick<Limit, 'ratio'>): boolean =>
  head - base <= ratio * base;

/** A row with what is allowed of it; `rows` are all of the comparison, `waived` is the rise that waivers accept. */
export function judgedRow(row: TotalRow, rows: readonly TotalRow[], limits: LimitsConfig, waived = 0): TotalRow {
  const { name, base, head, uncertainty } = row;
  const whole = wholeOf(name);
  const limit = limitOfTotal(name, limits);
  if (limit === 'off') return { ...row, limit: undefined, status: 'unjudged' };
  if (uncertainty.kind === 'spread') return { ...row, limit, status: 'unjudged' };
  const floor = floorOf(whole, rows.find((one) => one.name === whole)?.base ?? base, limits);
  const status = judgeTotal({ base, head, noise: uncertainty.noise * base, floor }, limit, waived);
  return { ...row, limit, status, ...(status === 'small' && { floor }) };
}

function limitOfTotal(name: RowName, { metrics }: LimitsConfig): LimitOrOff {
  const { partOf } = metricOf(name);
  const limits = metrics[wholeOf(name)];
  if (partOf === undefined) return limits.total;
  return partOf.limit === undefined ? 'off' : limits[partOf.limit];
}

/** Whether anything limits a metric, of the whole service or of a function. */
export function hasLimit(metric: MetricName, { metrics, functions, besides }: LimitsConfig): boolean {
  const { total, function: ofFunctions, collection } = metrics[metric];
  const ofRules = functions.map(
    ({ limits }: { limits: Partial<Record<MetricName, LimitOrOff>> }) => limits[metric] ?? 'off',
  );
  const isOwn = [total, ofFunctions, collection, ...ofRules].some((limit) => limit !== 'off');
  return isOwn || (besides !== undefined && hasLimit(metric, besides));
}

export interface Judged {
  /** Whether anything has a limit that was held against a figure. */
  readonly isJudged: boolean;
  readonly rows: readonly Pick<TotalRow, 'status'>[];
  readonly functions: readonly Pick<JudgedEffect, 'status'>[];
  /** An instrument is missing whose absence alone leaves the verdict open. */
  readonly isOwed: boolean;
  /** A rule matches no function, so that it guards nothing. */
  readonly guardsNothing: boolean;
}

/** What it comes to: a rise that is beyond its limit for certain, one that may be, or none. */
export function verdictOf({ isJudged, rows, functions, isOwed, guardsNothing }: Judged): VerdictName {
  if (!isJudged) return 'invalid';
  if ([...rows, ...functions].some(({ status }) => status === 'over')) return 'fail';
  const isClose = rows.some(({ status }) => status === 'close') || functions.some(({ status }) => status === 'noisy');
  return isClose || isOwed || guardsNothing ? 'inconclusive' : 'pass';
}

/** Whether a function's net rise is within its limit. `total` is the metric's total of the base, `today` YYYY-MM-DD. */
export function judgeFunction(
  effect: FunctionEffect,
  names: readonly string[],
  metric: FunctionMetricName,
  total: number,
  limits: LimitsConfig,
  today: string,
): JudgedEffect {
  const limit = limitFor(names, metric, limits);
  // A function without a base has nothing to be compared with but the whole.
  const reference = effect.base > 0 ? effect.base : total;
  const relative = reference > 0 ? effect.netRise / reference : 0;
  const waiver = waiverFor(names, metric, limits, today);
  const least = floorOf(metric, total, limits);
  const isOff = limit === 'off';
  const isBelowFloor = !isOff && effect.netRise > limit.ratio * reference && effect.netRise < least;
  const judged = { effect, relative, limit: isOff ? undefined : limit, floor: least, isBelowFloor, waiver };
  if (isIgnored(names, limits)) return { ...judged, status: 'ignored' };
  if (limit === 'off') return { ...judged, status: 'within' };
  const allowed = limit.ratio * reference;
  const rise = effect.head - effect.base;
  if (rise > allowed && rise >= least && effect.netRise <= allowed) return { ...judged, status: 'moved' };
  if (effect.netRise <= allowed || effect.netRise < least) return { ...judged, status: 'within' };
  if (waiver !== undefined && isUpTo(waiver, relative)) return { ...judged, status: 'waived' };
  const isClear = effect.netRise - effect.noise > allowed && effect.netRise > NOISE_MULTIPLE.function * effect.noise;
  return { ...judged, status: isClear ? 'over' : 'noisy' };
}

const isUpTo = ({ upTo }: Waiver, relative: number) => relative <= upTo.ratio;

/** Whether a waiver accepts the rise, also where that is within the function's own limit. */
export const isAccepted = ({ status, waiver, relative, effect }: JudgedEffect): boolean =>
  status === 'waived' ||
  (status === 'within' && effect.netRise > 0 && waiver !== undefined && isUpTo(waiver, relative));

/** A judged effect that is shown and decides nothing. */
export const toldOnly = (judged: JudgedEffect): JudgedEffect => ({
  ...judged,
  status: judged.status === 'ignored' || judged.status === 'waived' ? judged.status : 'within',
});

/** The smallest rise of a metric that can be a finding, per request; `total` is the base's. */
export function floorOf(metric: MetricName, total: number, limits: LimitsConfig): number {
  const { floor } = limits.metrics[metric];
  return Math.max(floor.perRequest, floor.ratio * total);
}

/** The function's own limit: the last rule that matches any of its names, else the metric's. */
function limitFor(names: readonly string[], metric: FunctionMetricName, limits: LimitsConfig): Limit | 'off' {
  const rule = limits.functions.findLast(
    (rule) => rule.limits[metric] !== undefined && names.some((name) => matchesGlob(rule.match, name)),
  );
  const limit = rule?.limits[metric] ?? limits.metrics[metric].function;
  return limits.besides === undefined ? limit : stricter(limit, limitFor(names, metric, limits.besides));
}

const isIgnored = (names: readonly string[], { ignore, besides }: LimitsConfig): boolean =>
  names.some((name) => ignore.some(({ match }) => matchesGlob(match, name))) &&
  (besides === undefined || isIgnored(names, besides));

/** The waiver that holds for a function; of two that both have to, the one that accepts less. */
function waiverFor(
  names: readonly string[],
  metric: FunctionMetricName,
  { waivers, besides }: LimitsConfig,
  today: string,
): Waiver | undefined {
  const own = waivers.find(
    (waiver) =>
      waiver.metric === metric && waiver.until >= today && names.some((name) => matchesGlob(waiver.function, name)),
  );
  if (own === undefined || besides === undefined) return own;
  const other = waiverFor(names, metric, besides, today);
  return other !== undefined && isUpTo(own, other.upTo.ratio) ? other : other && own;
}

/** The smallest limit of a total that its noise lets be judged, where the one that is set is smaller. */
export function finestLimit({ ratio }: Pick<Limit, 'ratio'>, noise: number): number | undefined {
  return ratio < visible(noise) ? visible(noise) : undefined;
}

export interface UnmatchedPattern {
  readonly pattern: string;
  readonly at: string | undefined;
  readonly kind: 'rule' | 'ignore' | 'waiver';
}

/** The patterns of a config that match no function of either side: a limit that guards nothing. */
export function unmatchedPatterns(limits: LimitsConfig, names: readonly string[]): UnmatchedPattern[] {
  const patterns = [
    ...limits.functions.map(({ match, at }) => ({ pattern: match, at, kind: 'rule' as const })),
    ...limits.ignore.map(({ match, at }) => ({ pattern: match, at, kind: 'ignore' as const })),
    ...limits.waivers.map(({ function: pattern, at }) => ({ pattern, at, kind: 'waiver' as const })),
  ];
  return patterns.filter(({ pattern }) => !names.some((name) => matchesGlob(pattern, name)));
}
