/** What was measured of one function, for a terminal: figures per request in columns, base beside head. */

import {
  formatAmount,
  formatCount,
  formatLimit,
  formatPercent,
  formatRise,
  formatShare,
  type Unit,
} from '../base/units.ts';
import { padded, widthsOf } from '../base/width.ts';
import type {
  AllocationSite,
  Both,
  InspectedLine,
  InspectedMetric,
  Inspection,
  JudgedMetricOfFunction,
  Neighbour,
} from '../compare/inspect.ts';
import type { ReportedSide } from '../compare/report.ts';
import type { SideName } from '../measure/manifest.ts';
import { cleaned, cleanName, cleanProse } from './clean.ts';
import { PLAIN_MARKS } from './marks.ts';
import { COLOURS, type Palette, PLAIN, type TextOptions, wrapped } from './text.ts';
import { changeBehind, labelOf, shortCommit } from './words.ts';

export interface ExplainOptions extends TextOptions {
  /** Rows of each list. */
  readonly limit: number;
  /** The text of a line of the repository; undefined where it is not at hand. */
  readonly source?: (line: Pick<InspectedLine, 'file' | 'line' | 'in'>) => string | undefined;
  /** Why nothing was judged, where it was not. */
  readonly unjudged?: string;
}

/** The inspection as lines, the last with its end of line. */
export function renderInspection(inspection: Inspection, options: ExplainOptions): string {
  const paint = options.color ? COLOURS : PLAIN;
  const measured = (['base', 'head'] as const).filter((side) => inspection[side] !== undefined);
  const context: Context = { ...options, paint, measured, isPair: measured.length === 2 };
  const blocks = [
    heading(inspection, context),
    metricsTable(inspection.metrics, context),
    neighboursTable(
      'called by',
      'nobody: a goroutine begins here, or it is not known',
      inspection.callers,
      inspection,
      context,
    ),
    neighboursTable('calls', 'nothing: in itself', inspection.callees, inspection, context),
    linesTable(inspection, context),
    allocationsTable(inspection.allocations, context),
    judgement(inspection, context),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => `${line}\n`).join(''))
    .join('\n');
}

interface Context extends ExplainOptions {
  readonly paint: Palette;
  readonly measured: readonly SideName[];
  readonly isPair: boolean;
}

// ---- parts

function heading({ function: fn, names, service, base, head, place, change }: Inspection, { paint }: Context) {
  const side = (name: string, { commit, isDirty }: ReportedSide) =>
    `${name} ${cleanName(shortCommit(commit))}${isDirty ? ' + uncommitted changes' : ''}`;
  const sides = [
    ...(head === undefined ? [] : [side('head', head)]),
    ...(base === undefined ? [] : [side('base', base)]),
  ].join(' against ');
  const did = change && changeBehind(change, PLAIN_MARKS);
  const where = place && `${cleanName(place.file)}${place.line === undefined ? '' : `:${place.line}`}`;
  const about = [where, change?.isChanged === false ? 'not changed in head' : did].filter((text) => text !== undefined);
  return [
    paint.bold(cleanName(fn)),
    ...(about.length === 0 ? [] : [`  ${about.join('  ')}`]),
    paint.dim(`  ${cleanProse(service)}, ${sides}`),
    ...(names.length > 1 ? wrapped(`together: ${names.map(cleanName).join(', ')}`, '  ', paint.dim) : []),
  ];
}

const OWN = /^own /;

function metricsTable(metrics: readonly InspectedMetric[], context: Context): string[] {
  const rows = metrics
    .filter(({ base, head }) => (base ?? 0) !== 0 || (head ?? 0) !== 0)
    .map((row) => [
      OWN.test(row.name) ? '  in itself' : row.name,
      ...figures(row, row.unit, context),
      ...(context.isPair ? [changeIn(row)] : []),
    ]);
  const isUncalled = metrics.some(({ name, base, head }) => name === 'calls' && !base && !head);
  return [
    ...table([['per request', ...context.measured, ...(context.isPair ? ['change'] : [])], ...rows], 'lrrr', context),
    ...(isUncalled
      ? [context.paint.dim('     no call of it was counted: it is inlined, or a goroutine stayed in it')]
      : []),
  ];
}

function neighboursTable(
  title: string,
  /** What stands for no function. */
  nobody: string,
  neighbours: readonly Neighbour[],
  { sharedMetric }: Inspection,
  context: Context,
): string[] {
  if (sharedMetric === undefined || neighbours.length === 0) return [];
  const unit = sharedMetric === 'cpu' ? 'ns' : 'count';
  const isCounted = neighbours.some(({ calls }) => calls.base !== undefined || calls.head !== undefined);
  const shown = neighbours.slice(0, context.limit);
  const rows = shown.map((one) => [
    formatShare(one.share),
    one.function === undefined ? nobody : cleanName(one.function),
    ...figures(one, unit, context),
    ...(isCounted ? [callsIn(one.calls)] : []),
  ]);
  const head = ['share', 'function', ...context.measured, ...(isCounted ? ['calls a request'] : [])];
  return [
    `  ${context.paint.bold(title)}: shares of its ${labelOf(sharedMetric)}`,
    ...table([head, ...rows], 'rlrrr', context),
    ...leftOut(neighbours.length - shown.length, context),
  ];
}

const MARK = { same: ' ', new: '+', changed: '~', removed: '-' } as const;

function linesTable({ lines, metrics }: Inspection, context: Context): string[] {
  if (lines.length === 0) return [];
  const { paint, source, limit } = context;
  const metric = metrics.some(({ name }) => name === 'instructions') ? 'instructions' : 'objects';
  const isRan = lines.some(({ ran }) => ran.base !== undefined || ran.head !== undefined);
  const costliest = lines
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .filter((line, i) => i < limit || line.change !== 'same');
  const shown = lines.filter((line) => costliest.includes(line));
  const blocks: string[] = [];
  for (const file of new Set(shown.map((line) => line.file))) {
    const rows = shown
      .filter((line) => line.file === file)
      .map((line) => [
        `${context.isPair ? MARK[line.change] : ''}${line.line}`,
        ...(isRan ? [timesIn(line.ran)] : []),
        ...figures(line.cost, 'count', context),
        oneLine(source?.(line)),
      ]);
    const head = ['line', ...(isRan ? ['runs'] : []), ...context.measured, ''];
    blocks.push(
      `  ${paint.bold(`lines of ${cleanName(file)}`)}: ${metric} with what they call`,
      ...table([head, ...rows], isRan ? 'rrrrl' : 'rrrl', context),
    );
  }
  const legend = context.isPair && shown.some(({ change }) => change !== 'same');
  return [
    ...blocks,
    ...(legend ? [paint.dim('  ~ changed, + new in head, - in the base alone, numbered as there')] : []),
    ...leftOut(lines.length - shown.length, context),
  ];
}

const weightOf = ({ cost }: InspectedLine) => Math.max(cost.base ?? 0, cost.head ?? 0);

const LONGEST_SOURCE = 60;

function oneLine(text: string | undefined): string {
  const characters = [...cleaned(text ?? '')];
  return characters.length > LONGEST_SOURCE
    ? `${characters.slice(0, LONGEST_SOURCE - 1).join('')}…`
    : characters.join('');
}

function allocationsTable(sites: readonly AllocationSite[], context: Context): string[] {
  if (sites.length === 0) return [];
  const shown = sites.slice(0, context.limit);
  const rows = shown.map((site) => [
    `${cleanName(site.file.slice(site.file.lastIndexOf('/') + 1))}:${site.line}${site.isGone ? ' of base' : ''}`,
    site.through === undefined ? 'in itself' : cleanName(site.through),
    arrow(site.objects, (value) => formatCount(value)),
    arrow(site.bytes, (value) => formatCount(value)),
  ]);
  return [
    `  ${context.paint.bold('allocates')}`,
    ...table([['line', 'in', 'objects', 'bytes'], ...rows], 'llrr', context),
    ...leftOut(sites.length - shown.length, context),
  ];
}

function judgement({ function: own, charges, judged, change }: Inspection, { paint, unjudged }: Context): string[] {
  if (judged === undefined) return unjudged === undefined ? [] : wrapped(`not judged: ${unjudged}`, '  ', paint.dim);
  const isAnswered = charges.some(({ function: fn }) => fn !== undefined);
  const isOthers = charges.some(({ function: fn }) => fn !== undefined && fn !== own);
  const charged = charges
    .filter(({ base, head }) => (base ?? 0) + (head ?? 0) > 0)
    .slice(0, MOST_CHARGED)
    .map(({ function: fn, base, head }) => {
      const figures = `${formatCount(base ?? 0)} -> ${formatCount(head ?? 0)}`;
      return fn === undefined ? `nobody (${figures})` : `${cleanName(fn)} (${figures})`;
    });
  const lines = [
    ...judged.map(judgedPhrase),
    ...(judged.length > 0 ? [] : [change?.isChanged ? UNCHARGED : isAnswered ? UNCHANGED : UNTOUCHED]),
    ...(isOthers ? [`its own instructions are charged to ${charged.join(', ')}`] : []),
  ];
  return [`  ${paint.bold('judged')}`, ...lines.flatMap((line) => wrapped(line, '     '))];
}

const MOST_CHARGED = 3;
const UNCHARGED = 'nothing that was measured is charged to it';
const UNCHANGED = 'not judged by itself: the commit did not change it';
const UNTOUCHED = 'not judged: the commit changed neither it nor anything that calls it';

/** `instructions 8 273 -> 80 349 charged, net +72 076 (+871.2 %): over the limit +5 %`. */
function judgedPhrase(judged: JudgedMetricOfFunction): string {
  const { metric, base, head, netRise, relative } = judged;
  const ratio = base > 0 ? formatPercent(relative) : `${formatPercent(relative)} of the total`;
  const charged = `${labelOf(metric)} ${formatCount(base)} -> ${formatCount(head)} charged`;
  return `${charged}, net ${formatRise(netRise, 'count')} (${ratio}): ${reasonOf(judged)}`;
}

function reasonOf({ status, limit, floor, isBelowFloor, noise, waiver, base, head, netRise }: JudgedMetricOfFunction) {
  const rule =
    limit === undefined
      ? undefined
      : `${formatLimit(limit.ratio)}${limit.at === undefined ? '' : ` (${cleanName(limit.at)})`}`;
  switch (status) {
    case 'over':
      return `over the limit ${rule}`;
    case 'ignored':
      return 'not judged: the config ignores the function';
    case 'waived':
      return `waived until ${cleanProse(waiver?.until ?? '')}: ${cleanProse(waiver?.reason ?? '')}`;
    case 'moved':
      return `no finding: of the rise of ${formatCount(head - base)} its callers saved all but ${formatCount(Math.max(0, netRise))} elsewhere`;
    case 'noisy':
      return `over the limit ${rule}, but not clearly: the same code differs by ${formatCount(noise)} from run to run`;
    case 'within':
      if (rule === undefined) return 'not judged: the limit is off';
      return isBelowFloor
        ? `beyond the limit ${rule}, but too small to matter: the floor is ${formatCount(floor)} a request`
        : `within the limit ${rule}`;
  }
}

// ---- cells

/** One figure for each side that was measured. */
const figures = (of: Both, unit: Unit, { measured }: Context) =>
  measured.map((side) => (of[side] === undefined ? '' : formatAmount(of[side], unit)));

function changeIn({ base, head }: Both): string {
  if (base === undefined || head === undefined) return '';
  if (base === 0) return head === 0 ? '' : 'was none';
  return formatPercent(head / base - 1);
}

function arrow({ base, head }: Both, amount: (value: number) => string): string {
  if (base === undefined || head === undefined) return amount(head ?? base ?? 0);
  return amount(base) === amount(head) ? amount(head) : `${amount(base)} -> ${amount(head)}`;
}

const times = (count: number) => `${formatCount(count)}x`;
const timesIn = (ran: Both) => (ran.base === undefined && ran.head === undefined ? '' : arrow(ran, times));
const callsIn = (calls: Both) => (calls.base === undefined && calls.head === undefined ? '' : arrow(calls, times));

const leftOut = (count: number, { paint }: Context) =>
  count > 0 ? [paint.dim(`     … and ${formatCount(count)} more, see --limit`)] : [];

/** Rows under a head, each column as wide as its widest cell; `aligns` has an l or an r for each. */
function table(rows: readonly (readonly string[])[], aligns: string, { paint }: Context): string[] {
  if (rows.length < 2) return [];
  const widths = widthsOf(rows);
  return rows.map((row, i) => {
    const cells = row.map((cell, column) => padded(cell, widths[column]!, aligns[column] === 'r'));
    const line = `     ${cells.join('   ')}`.trimEnd();
    return i === 0 ? paint.dim(line) : line;
  });
}
