/**
 * The phrases of a report: one row, one cause, one effect at a time. Names and other people's text go through `Marks`,
 * because only a format knows how they are made harmless; everything else here is plain English in every format.
 */

import { listed } from '../base/text.ts';
import {
  formatAmount,
  formatCount,
  formatLimit,
  formatNs,
  formatPercent,
  formatRise,
  formatShare,
  formatSpread,
  percentDigits,
} from '../base/units.ts';
import { isWithin } from '../compare/judge.ts';
import {
  type Cause,
  type Collector,
  type ConfigChange,
  type Effect,
  type Report,
  type Suspect,
  type TotalRow,
  type UnchangedRow,
  worstOf,
} from '../compare/report.ts';
import type { MissingInstrument } from '../measure/manifest.ts';
import { limitsOf, type MetricName, metricOf, type RowName } from '../model/metrics.ts';
import type { Marks } from './marks.ts';

export const labelOf = (name: RowName): string => metricOf(name).label;

/** `instructions +43 120`. */
export const risePhrase = (metric: MetricName, rise: number) =>
  `${labelOf(metric)} ${formatRise(rise, metricOf(metric).unit)}`;

/** `3f2a91c`: the first seven digits, as git prints it. */
export function shortCommit(commit: string): string {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit;
}

/** `orders · checkout`: the service, with the scenario of one that has several. */
export const titleOf = ({ service, scenario }: Pick<Report, 'service' | 'scenario'>, mark: (text: string) => string) =>
  scenario === undefined ? mark(service) : `${mark(service)} · ${mark(scenario)}`;

/** `pass (CPU not judged)`: the verdict, with what it says nothing of although it has a limit. */
export function headlineOf({ verdict, unjudged = [] }: Pick<Report, 'verdict' | 'unjudged'>): string {
  if (verdict === 'invalid' || unjudged.length === 0) return verdict;
  const names = new Set(unjudged.map((metric) => limitsOf(metric).missing ?? labelOf(metric)));
  return `${verdict} (${listed([...names])} not judged)`;
}

/** `instructions rose beneath main.inBin (+155 422)`; undefined where nobody knows. */
export function withinPhrase({ metric, within = [] }: UnchangedRow, marks: Marks): string | undefined {
  if (within.length === 0) return undefined;
  const each = within.map(
    ({ function: name, rise }) => `${marks.name(name)} (${formatRise(rise, metricOf(metric).unit)})`,
  );
  return `${labelOf(metric)} rose in and beneath ${listed(each)}`;
}

/** Of several together: the worst verdict, and all that was not judged in any of them. */
export const together = (reports: readonly Pick<Report, 'verdict' | 'unjudged'>[]) => ({
  verdict: worstOf(reports),
  unjudged: [...new Set(reports.flatMap(({ unjudged = [] }) => unjudged))],
});

// ---- rows of the table

export function changeOf({ base, head, change }: TotalRow): string {
  if (change !== undefined) return formatPercent(change);
  return head === base ? '' : 'was none';
}

/** `exact`, `(±0.9)`: exact where the replicates agree in every digit that is shown of the change. */
export function uncertaintyOf({ uncertainty, change }: TotalRow): string {
  if (change === undefined) return '';
  if (uncertainty.kind === 'spread' && uncertainty.rounds < 2) return '(1 round)';
  const spread = uncertainty.kind === 'exact' ? uncertainty.noise : uncertainty.sd;
  const figure = formatSpread(spread, spread < 0.001 ? percentDigits(change) : 1);
  if (figure !== undefined) return `(${figure})`;
  return uncertainty.kind === 'exact' ? 'exact' : '(±0.0)';
}

export const limitOf = ({ limit }: TotalRow) => (limit === undefined ? '' : formatLimit(limit.ratio));

/** The word at the end of a row: nothing where all is well or nothing was promised. */
export function statusOf({ status, limit }: TotalRow): '' | 'over' | 'small' | 'close' | 'waived' | 'not judged' {
  if (status === 'unjudged') return limit === undefined ? '' : 'not judged';
  return status === 'ok' ? '' : status;
}

/** Why a row has the word that it has; undefined where the word says it all. */
export function remarkOn(row: TotalRow): string | undefined {
  const label = labelOf(row.name);
  const { uncertainty } = row;
  switch (statusOf(row)) {
    case 'waived':
      return `${label}: what is over the limit is waived`;
    case 'small':
      return row.floor === undefined
        ? `${label}: over the limit, but by so little a request that it is below the floor`
        : `${label}: over the limit, but by less than the floor of ${formatAmount(row.floor, row.unit)} a request`;
    case 'close':
      if (uncertainty.kind !== 'exact')
        return `${label}: over the limit, but not clearly: its spread over ${uncertainty.rounds} rounds is ±${percentOf(uncertainty.sd)}`;
      return row.limit !== undefined && isWithin(row, row.limit)
        ? `${label}: within the limit, but not clearly: the same code differs by ${percentOf(uncertainty.noise)} from run to run`
        : `${label}: over the limit, but not clearly: the same code differs by ${percentOf(uncertainty.noise)} from run to run`;
    case 'not judged':
      if (uncertainty.kind === 'exact') return `${label} is shown, not judged`;
      return uncertainty.rounds < 2
        ? `${label} is shown, not judged: one round says nothing of its spread`
        : `${label} is shown, not judged: its spread over ${uncertainty.rounds} rounds is ±${percentOf(uncertainty.sd)}`;
    default:
      return undefined;
  }
}

const percentOf = (ratio: number) => formatPercent(Math.abs(ratio)).slice(1);

// ---- causes

/** What became dearer and where: `orders.go:37 runs 440x a request, was 400x`; else the place stands apart. */
export function explanationOf(cause: Cause, marks: Marks): { place: string | undefined; sentence: string } {
  const { explanation } = cause;
  const place = placeOf(cause, marks);
  if (explanation.kind !== 'line') return { place, sentence: sentenceOf(explanation) };
  const runs = `runs ${times(explanation.head)} a request, was ${times(explanation.base)}`;
  return { place: undefined, sentence: `${place ?? 'one of its lines'} ${runs}` };
}

function sentenceOf(explanation: Exclude<Cause['explanation'], { kind: 'line' }>): string {
  switch (explanation.kind) {
    case 'calls':
      return `called ${times(explanation.head)} a request, was ${times(explanation.base)}`;
    case 'per-call': {
      const { calls, ratio } = explanation;
      const subject =
        calls > 1.5 ? `each of its ${formatCount(calls)} calls` : calls > 0.95 ? 'its one call a request' : 'each call';
      if (ratio <= 0) return `${subject} costs more`;
      return `${subject} costs ${ratio < 1 ? `${formatShare(ratio)} more` : `${times(1 + ratio)} as much`}`;
    }
    case 'new':
      return 'new function';
    case 'dearer':
      return 'costs more than in the base';
  }
}

const times = (count: number) => `${formatCount(count)}x`;

/** `orders.go:37`; of a dependency from its module on. */
function placeOf({ file, line, isFileInRepository }: Cause, marks: Marks): string | undefined {
  if (file === undefined) return undefined;
  const shown = isFileInRepository ? file : file.replace(/^.*\/pkg\/mod\//s, '');
  return marks.name(line === undefined ? shown : `${shown}:${line}`);
}

/** What the commit did to the function: `changed in head`, `dependency cbor v2.6.0 -> v2.7.0`. */
export function changeBehind({ changedBy, module }: Pick<Cause, 'changedBy' | 'module'>, marks: Marks): string {
  if (module !== undefined) {
    const name = marks.name(module.path);
    if (module.base === undefined) {
      return module.head === undefined ? `dependency ${name}` : `new dependency ${name} ${marks.name(module.head)}`;
    }
    if (module.head === undefined) return `dependency ${name} ${marks.name(module.base)}, now left out`;
    return `dependency ${name} ${marks.name(module.base)} -> ${marks.name(module.head)}`;
  }
  if (changedBy === undefined) return 'no change to it was found';
  if (changedBy === 'source') return 'changed in head';
  const [, verb, what] = /^(uses|embed) (.+)$/s.exec(changedBy) ?? [];
  if (verb === 'uses') return `uses ${marks.name(what!)}, changed in head`;
  if (verb === 'embed') return `embeds ${marks.name(what!)}, changed in head`;
  if (changedBy === 'machine code') return 'same source, but compiled to something else';
  return changedBy === 'assembly' || changedBy === 'cgo' ? `${changedBy} changed in head` : marks.prose(changedBy);
}

/** `instructions +43 120 (+8.1 %, limit +5 %), about +4.4 µs of cpu time`. */
export function effectPhrase(
  { metric, base, netRise, relative, limit, status }: Effect,
  timeNs: number | undefined,
): string {
  const ratio = base > 0 ? formatPercent(relative) : `${formatPercent(relative)} of the total`;
  const rule =
    status === 'ignored'
      ? ', ignored by the config'
      : limit === undefined
        ? ''
        : `, ${LIMIT_WORDS[status]} ${formatLimit(limit.ratio)}`;
  const time = metric === 'instructions' && timeNs !== undefined ? `, about +${formatNs(timeNs, 2)} of cpu time` : '';
  return `${risePhrase(metric, netRise)} (${ratio}${rule})${time}`;
}

const LIMIT_WORDS = { over: 'limit', waived: 'waived, limit', within: 'within', ignored: '' } as const;

/** `explains 96 % of the rise in instructions and all of the rise in objects`; undefined where nothing needs explaining. */
export function explainedBy({ effects }: Cause, totals: readonly TotalRow[]): string | undefined {
  const parts = effects.flatMap(({ metric, status, explains }) => {
    const total = totals.find(({ name }) => name === metric);
    const isAsked =
      status === 'over' || status === 'waived' || (total !== undefined && !['ok', 'unjudged'].includes(total.status));
    if (!isAsked || explains === undefined || explains < 0.005) return [];
    return [{ metric: labelOf(metric), share: explains >= 0.995 ? 'all' : formatShare(explains) }];
  });
  if (parts.length === 0) return undefined;
  const byShare = [...new Set(parts.map(({ share }) => share))].map((share) => {
    const metrics = parts.filter((part) => part.share === share).map(({ metric }) => metric);
    return `${share} of the rise in ${listed(metrics)}`;
  });
  return `explains ${listed(byShare)}`;
}

/** The first three with the number of the others: `a, b, c … and 2 more`. */
export function firstOf(names: readonly string[], marks: Marks, most = 3): string {
  const shown = names
    .slice(0, most)
    .map((name) => marks.name(name))
    .join(', ');
  return names.length > most ? `${shown} … and ${formatCount(names.length - most)} more` : shown;
}

// ---- everything else

/** `instructions +1 400 (+0.2 % of the total), most in runtime: collection (+1 190)`. */
export function unchangedPhrase({ metric, base, head, change, functions }: UnchangedRow, marks: Marks): string {
  const unit = metricOf(metric).unit;
  const inside = functions.map(({ function: name, rise }) => `${marks.name(name)} (${formatRise(rise, unit)})`);
  const sum = `${labelOf(metric)} ${formatRise(head - base, unit)} (${formatPercent(change)} of the total)`;
  return inside.length === 0 ? sum : `${sum}, most in ${listed(inside)}`;
}

/** `main.schema, used in main.routes (main.go:55): runs before the first request`. */
export function suspectPhrase({ kind, name, detail, usedIn = [], file, line, ran }: Suspect, marks: Marks): string {
  const place = file === undefined ? '' : ` (${marks.name(line === undefined ? file : `${file}:${line}`)})`;
  const users = usedIn.length === 0 ? '' : `, used in ${firstOf(usedIn, marks)}`;
  const more = [
    ...(kind === 'file' ? ['differs, and the service may read it'] : []),
    ...(detail === undefined ? [] : [marks.prose(detail)]),
    ...(ran === false ? ['changed, and no request runs it; what it did at start may be paid for later'] : []),
    ...(ran === true ? ['changed, and runs in a request'] : []),
  ];
  const subject = kind === 'build' ? marks.prose(name) : marks.name(name);
  return `${subject}${users}${place}${more.length === 0 ? '' : `: ${more.join('; ')}`}`;
}

const PARTS: Readonly<
  Record<Collector['parts'][number]['part'], (more: string, base: string, head: string) => string>
> = {
  'one collection': (more, base, head) =>
    `one collection costs ${more} more (${base} -> ${head} instructions: more that is kept, to be marked or swept)`,
  allocated: (more, base, head) => `a request allocates ${more} more (${base} -> ${head} bytes)`,
  distance: (_, base, head) =>
    `collections come after ${head} bytes, were after ${base} (the heap is smaller, or paced otherwise)`,
};

/** Less than this of what a collector's cost is made of is none of its reasons. */
const LEAST_PART = 0.01;

/** `the garbage collector explains 88 % of the rise in instructions: one collection costs 1.9x as much, …`. */
export function collectorPhrase({ rise, explains, parts }: Collector): string {
  const reasons = parts.flatMap(({ part, base, head }) => {
    const ratio = part === 'distance' ? base / head - 1 : head / base - 1;
    if (!(ratio >= LEAST_PART) || !Number.isFinite(ratio)) return [];
    return [PARTS[part](formatShare(ratio), formatCount(base), formatCount(head))];
  });
  const share = explains >= 0.995 ? 'all' : formatShare(explains);
  const why = reasons.length === 0 ? '' : `: ${listed(reasons)}`;
  return `the garbage collector explains ${share} of the rise in instructions (${formatRise(rise, 'count')} a request)${why}`;
}

const UNJUDGED: Readonly<Record<MissingInstrument['instrument'], string>> = {
  instructions: 'CPU was not judged',
  allocs: 'objects and bytes were not judged',
  io: 'io was not judged',
  cpu: 'cpu time',
};

/** `CPU was not judged: valgrind is not installed; apt-get install valgrind`; time is judged by no limit, so it is only named. */
export function missingPhrase({ instrument, reason, hint }: MissingInstrument, marks: Marks): string {
  const remedy = hint === undefined ? '' : `; ${marks.prose(hint)}`;
  return `${UNJUDGED[instrument]}: ${marks.prose(reason)}${remedy}`;
}

/** `instructions +0.2 %; any rise of objects or bytes`: the smallest rises that this run could tell from noise. */
export function sensitivityPhrase(sensitivity: Report['sensitivity']): string {
  const parts: string[] = [];
  const any: string[] = [];
  for (const { metric, ratio } of sensitivity) {
    if (formatSpread(ratio) === undefined) any.push(labelOf(metric));
    else parts.push(`${labelOf(metric)} ${formatPercent(ratio)}`);
  }
  if (any.length > 0) parts.push(`any rise of ${listed(any, 'or')}`);
  return parts.join('; ');
}

/** `main.cacheGet: instructions +5 100, but the same code differs by 4 800 from run to run`. */
export function noisyPhrase({ function: name, metric, netRise, noise }: Report['noisy'][number], marks: Marks): string {
  const spread = formatAmount(noise, metricOf(metric).unit);
  return `${marks.name(name)}: ${risePhrase(metric, netRise)}, but the same code differs by ${spread} from run to run`;
}

/** `a, b, c and 4 more`. */
export const few = (items: readonly string[]): string =>
  items.length <= 3 ? items.join(', ') : `${items.slice(0, 3).join(', ')} and ${items.length - 3} more`;

/** `limits.objects.total: +1% in base, +9% in head; that of base counts (perf-gate.yml:12)`. */
export function rulePhrase({ key, base, head, at, counts }: ConfigChange, marks: Marks): string {
  const whose = { base: 'that of base counts', head: 'that of head counts', both: 'the stricter counts' }[counts];
  return `${marks.name(key)}: ${marks.name(base)} in base, ${marks.name(head)} in head; ${whose} (${marks.name(at)})`;
}
