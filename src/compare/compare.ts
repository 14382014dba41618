/**
 * Two measured sides and what the commit changed in, the whole comparison out: totals, causes, the verdict. Pure; the
 * limits are applied in judge.ts.
 */
import type { LimitsConfig } from '../config/config.ts';
import type { Manifest, MissingInstrument } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { INSTRUMENTS, type InstrumentName, type MetricName, metricsOf } from '../model/metrics.ts';
import { isRuntime, runtimeGroup } from '../profile/names.ts';
import { notesOnAnswers } from './answers.ts';
import { buildChanges } from './build-changes.ts';
import { type ChangedCode, MACHINE_CODE } from './changed-code.ts';
import { collectorOf } from './collector.ts';
import { effectsOf, type FunctionEffect, type MetricEffects, type StackMetric } from './effects.ts';
import { explain } from './explain.ts';
import {
  floorOf,
  hasLimit,
  isAccepted,
  type JudgedEffect,
  judgedRow,
  judgeFunction,
  toldOnly,
  verdictOf,
  visible,
} from './judge.ts';
import { notesOnLimits } from './limit-notes.ts';
import { linesOf, risenLine } from './lines.ts';
import { withoutRare } from './rare.ts';
import { notesOnRare } from './rare-note.ts';
import type { Cause, Effect, Moved, NoisyFunction, Note, Report, TotalRow, UnchangedRow } from './report.ts';
import { type ComparableSide, comparable, FrameMaker } from './side.ts';
import { suspectsOf } from './suspects.ts';
import { totalsOf } from './totals.ts';
import {
  type ChangedFrame,
  type CulpritIn,
  culpritFinder,
  type StackFrame,
  type WeightedStack,
} from './weighted-stack.ts';

export interface ComparisonInput {
  readonly base: MeasuredSide;
  readonly head: MeasuredSide;
  readonly changes: ChangedCode;
  readonly limits: LimitsConfig;
  /** YYYY-MM-DD: waivers that ended before do not hold any more. */
  readonly today: string;
  /** Instruments without which the verdict stays open where a limit hangs on them. */
  readonly required?: readonly InstrumentName[];
}

export type Comparison = Pick<
  Report,
  | 'verdict'
  | 'totals'
  | 'causes'
  | 'suspects'
  | 'collector'
  | 'moved'
  | 'unchanged'
  | 'noisy'
  | 'notes'
  | 'sensitivity'
  | 'missing'
  | 'unjudged'
  | 'owed'
>;

const STACK_METRICS = ['instructions', 'objects', 'bytes'] as const;
type StackMetricName = (typeof STACK_METRICS)[number];

export interface JudgedMetric {
  readonly metric: StackMetricName;
  readonly effects: MetricEffects;
  readonly judged: readonly JudgedEffect[];
  readonly row: TotalRow;
}

/** Functions named as an explanation of a total hold at least this share of its rise. */
const EXPLAINS_SHARE = 0.05;
const MOST_EXPLANATIONS = 5;
const MOST_UNCHANGED = 5;
/** A rise of unchanged code is worth a line from this share of the total. */
const UNCHANGED_SHARE = 0.001;

/** With what it was made of: for doubts about a base from elsewhere, and for questions about one function. */
export interface Compared {
  readonly comparison: Comparison;
  /** The cost of code that the commit left alone, by metric and function. */
  readonly unchanged: Readonly<Partial<Record<StackMetricName, UnchangedFunctions>>>;
  readonly sides: Readonly<Record<'base' | 'head', ComparableSide>>;
  readonly culpritIn: CulpritIn;
  readonly metrics: readonly JudgedMetric[];
  /** Of the functions that ran on either side. */
  readonly names: readonly string[];
}

export type UnchangedFunctions = MetricEffects['unchanged']['byLeaf'];

export const compareSides = (input: ComparisonInput): Comparison => compareClosely(input).comparison;

export function compareClosely({ changes, limits, today, required = [], ...measured }: ComparisonInput): Compared {
  const { sides: regular, rare } = withoutRare(measured, changes);
  const { base, head } = regular;
  const sides = {
    base: comparable(base, new FrameMaker(changes, changes.headKey), rare.functions.base),
    head: comparable(head, new FrameMaker(changes, (key) => key), rare.functions.head),
  };
  const culpritIn = culpritFinder(isChanged);
  const names = namesByKey(sides);
  const namesOf = (key: string) => [key, ...(names.get(key)?.recorded ?? [])];

  const rows = totalsOf(base.manifest, head.manifest);
  const floorIn = (metric: 'objects' | 'bytes') =>
    floorOf(metric, rows.find(({ name }) => name === metric)?.base ?? 0, limits);
  const hasOtherGo = base.manifest.fingerprint['go'] !== head.manifest.fingerprint['go'];
  const metrics: JudgedMetric[] = [];
  for (const metric of STACK_METRICS) {
    const [before, after] = [sides.base[metric], sides.head[metric]];
    const row = rows.find(({ name }) => name === metric);
    if (before === undefined || after === undefined || row === undefined) continue;
    const effects = effectsOf(before, after, culpritIn, floorOf(metric, row.base, limits));
    const judged = effects.functions
      .map((effect) => judgeFunction(effect, namesOf(effect.key), metric, row.base, limits, today))
      .map((one) => (hasOtherGo ? toldOnly(one) : one));
    const waived = judged.reduce((sum, one) => (isAccepted(one) ? sum + one.effect.netRise : sum), 0);
    const judgement = judgedRow(row, rows, limits, waived);
    metrics.push({
      metric,
      effects,
      // Within its own limit a waiver is needed only where the total would be over.
      judged: judgement.status === 'waived' ? judged.map((one) => (isAccepted(one) ? waivedOne(one) : one)) : judged,
      row: judgement,
    });
  }
  const judgedRows = rows.map(
    (row) => metrics.find(({ metric }) => metric === row.name)?.row ?? judgedRow(row, rows, limits),
  );

  const causes = causesOf(metrics, sides, changes, culpritIn, names);
  const noisy: NoisyFunction[] = metrics.flatMap(({ metric, judged }) =>
    judged
      .filter(({ status }) => status === 'noisy')
      .map(({ effect }) => ({
        function: displayName(names, effect.key),
        metric,
        netRise: effect.netRise,
        noise: effect.noise,
      })),
  );
  const moved: Moved[] = metrics.flatMap(({ metric, judged, effects }) =>
    judged
      .filter(({ status, effect }) => status === 'moved' || (status === 'within' && isAround(effect, effects)))
      .map(({ effect }) => ({
        function: displayName(names, effect.key),
        metric,
        rise: effect.head - effect.base,
        netRise: Math.max(0, effect.netRise),
        ...(isAround(effect, effects) && { isAround: true }),
      })),
  );
  const isJudged =
    judgedRows.some(({ status }) => status !== 'unjudged') || metrics.some(({ metric }) => hasLimit(metric, limits));
  const allNames = [...names].flatMap(([key, { recorded }]) => [key, ...recorded]);
  const notes = [
    ...(isJudged ? [] : [NOTHING_JUDGED]),
    ...notesOnAnswers(base.manifest, head.manifest),
    ...notesOnRare(rare, { objects: floorIn('objects'), bytes: floorIn('bytes') }),
    ...fingerprintNotes(base.manifest.fingerprint, head.manifest.fingerprint),
    ...notesOnLimits({
      limits,
      names: allNames,
      rows: judgedRows,
      isDeclared: (key) => changes.isDeclared(key),
      today,
    }),
  ];
  const missing = missingIn(base.manifest, head.manifest);
  const unjudged = missing.flatMap(({ instrument }) =>
    instrument === 'cpu' ? [] : metricsOf(instrument).filter((metric: MetricName) => hasLimit(metric, limits)),
  );
  const owed = missing.filter((one) => isOwed(one, limits, required)).map(({ instrument }) => instrument);
  const verdict = verdictOf({
    isJudged,
    rows: judgedRows,
    functions: metrics.flatMap(({ judged }) => judged),
    isOwed: owed.length > 0,
    guardsNothing: notes.some(({ code }) => code === 'rule-matches-nothing'),
  });
  const collector = collectorOf(judgedRows, base.manifest, head.manifest);
  const comparison: Comparison = {
    verdict,
    totals: judgedRows,
    causes,
    ...(isUnexplained(judgedRows, metrics, causes) && {
      suspects: suspectsOf({
        changes,
        ran: (key) => names.has(key),
        fingerprints: { base: base.manifest.fingerprint, head: head.manifest.fingerprint },
      }),
    }),
    ...(collector !== undefined && { collector }),
    moved,
    noisy,
    unchanged: metrics
      .map(({ metric, effects }) => ({
        ...unchangedRow(metric, effects),
        ...withinOwn(sides.base[metric], sides.head[metric], culpritIn, changes),
      }))
      .filter(({ change }) => Math.abs(change) >= UNCHANGED_SHARE),
    notes,
    missing,
    ...(unjudged.length > 0 && { unjudged }),
    ...(owed.length > 0 && { owed }),
    sensitivity: metrics.map(({ metric, row }) => ({
      metric,
      ratio: row.uncertainty.kind === 'exact' ? visible(row.uncertainty.noise) : 0,
    })),
  };
  const unchanged = Object.fromEntries(metrics.map(({ metric, effects }) => [metric, effects.unchanged.byLeaf]));
  return { comparison, unchanged, sides, culpritIn, metrics, names: allNames };
}

/** Absence is never a pass. */
const NOTHING_JUDGED: Note = {
  code: 'nothing-judged',
  text: 'nothing was measured on both sides that has a limit: name instructions or allocs under instruments',
};

/**
 * Whether limits hang on what is missing, and either it is required or the service is the reason: it may well be the
 * head's. Otherwise a machine without valgrind is told beside the verdict.
 */
export const isOwed = (
  { instrument, fault }: MissingInstrument,
  limits: LimitsConfig,
  required: readonly InstrumentName[],
): boolean =>
  (fault === 'service' || required.includes(instrument)) &&
  metricsOf(instrument).some((metric) => hasLimit(metric, limits));

/** What was wanted on either side and cannot be compared. */
function missingIn(base: Manifest, head: Manifest): MissingInstrument[] {
  return INSTRUMENTS.flatMap((instrument) => {
    const known = [head, base].flatMap(({ missing }) => missing.find((one) => one.instrument === instrument) ?? []);
    const [here, there] = [head, base].map(({ instruments }) => instruments[instrument] !== undefined);
    if (here === there) return known.slice(0, 1);
    return known[0] ?? { instrument, reason: `it was measured on the ${here ? 'head' : 'base'} only` };
  });
}

/** The functions over a limit, and those that explain a total that is over its own; each once, with all its effects. */
function causesOf(
  metrics: readonly JudgedMetric[],
  sides: { base: ComparableSide; head: ComparableSide },
  changes: ChangedCode,
  culpritIn: CulpritIn,
  names: Names,
): Cause[] {
  const keys = new Set<string>();
  for (const { judged, row } of metrics) {
    for (const { effect, status } of judged) if (status === 'over' || status === 'waived') keys.add(effect.key);
    if (row.status !== 'over') continue;
    const explaining = judged.filter(
      ({ effect, status }) => effect.netRise > EXPLAINS_SHARE * (row.head - row.base) && status !== 'ignored',
    );
    for (const { effect } of explaining.slice(0, MOST_EXPLANATIONS)) keys.add(effect.key);
  }
  if (keys.size === 0) return [];
  const lines = {
    instructions: linesOfSides(sides, 'instructions', culpritIn),
    objects: linesOfSides(sides, 'objects', culpritIn),
    bytes: linesOfSides(sides, 'bytes', culpritIn),
  };
  const nsPerInstruction = perInstruction(sides.base);
  const causes = [...keys].map((key): Cause & { weight: number } => {
    const of = metrics.flatMap(({ metric, judged, row }) => {
      const found = judged.find(({ effect }) => effect.key === key);
      return found === undefined ? [] : [{ metric, judged: found, row }];
    });
    const leading =
      of.find(({ judged }) => judged.status === 'over') ??
      of.reduce((a, b) => (b.judged.relative > a.judged.relative ? b : a));
    const { effect } = leading.judged;
    const side = lines[leading.metric];
    const line = risenLine(side?.base.get(key), side?.head.get(key), changes.lines);
    const instructions = of.find(({ metric }) => metric === 'instructions')?.judged.effect;
    const file = line && (changes.inRepository(line.file) ?? line.file);
    return {
      function: displayName(names, key),
      file,
      line: line?.line,
      isFileInRepository: line !== undefined && changes.inRepository(line.file) !== undefined,
      changedBy: changes.reasonFor(key) ?? changes.reasonFor(ownerIn(names, key)) ?? MACHINE_CODE,
      module: changes.moduleOf(key),
      explanation: explain({
        isNew: effect.base === 0,
        base: effect.base,
        head: effect.head,
        callsBase: sides.base.instructions?.calls.get(key),
        callsHead: sides.head.instructions?.calls.get(key),
        line,
      }),
      effects: of
        .map(({ metric, judged, row }) => effectOf(metric, judged, row))
        .filter(({ netRise, status }) => netRise > 0 || status === 'over'),
      timeNs:
        instructions && instructions.netRise > 0
          ? timeOf(instructions, sides.base, culpritIn, nsPerInstruction)
          : undefined,
      consequences: effect.consequences.map((caller) => displayName(names, caller)),
      weight: of.reduce(
        (sum, { judged, row }) =>
          sum + (judged.status === 'over' ? 1 : 0) + Math.max(0, judged.effect.netRise) / Math.max(1, row.base),
        0,
      ),
    };
  });
  return causes.sort((a, b) => b.weight - a.weight).map(({ weight, ...cause }) => cause);
}

function effectOf(
  metric: MetricName,
  { effect, relative, limit, status, waiver }: JudgedEffect,
  row: TotalRow,
): Effect {
  const risen = row.head - row.base;
  return {
    metric,
    base: effect.base,
    head: effect.head,
    netRise: effect.netRise,
    relative,
    noise: effect.noise,
    limit,
    status: status === 'moved' || status === 'noisy' ? 'within' : status,
    explains: risen > 0 ? Math.min(1, effect.netRise / risen) : undefined,
    waiver: waiver && status === 'waived' ? { reason: waiver.reason, until: waiver.until } : undefined,
  };
}

function linesOfSides(
  sides: { base: ComparableSide; head: ComparableSide },
  metric: StackMetricName,
  culpritIn: CulpritIn,
) {
  const of = (side: ComparableSide) => {
    const stacks = side[metric]?.stacks;
    const executed =
      metric === 'instructions' ? side.instructions?.executed((frames) => isChanged(frames[0]!, 0, frames)) : undefined;
    return stacks && linesOf(stacks, executed, isChanged, culpritIn);
  };
  const [base, head] = [of(sides.base), of(sides.head)];
  return base && head ? { base, head } : undefined;
}

/** Mean CPU time of one instruction of the base; undefined where either was not measured. */
function perInstruction({ cpu, instructions }: ComparableSide): number | undefined {
  if (cpu === undefined || instructions === undefined) return undefined;
  const sum = (stacks: readonly WeightedStack[]) => stacks.reduce((total, { value }) => total + value, 0);
  return sum(cpu) / sum(instructions.stacks);
}

/** The function's own share of CPU time, grown as its instructions grew; a new one at the average cost of an instruction. */
function timeOf(
  effect: FunctionEffect,
  base: ComparableSide,
  culpritIn: CulpritIn,
  average: number | undefined,
): number | undefined {
  if (average === undefined) return undefined;
  let charged = 0;
  for (const { frames, value } of base.cpu ?? []) if (frames[culpritIn(frames)]?.key === effect.key) charged += value;
  return charged > 0 && effect.base > 0 ? (charged * effect.netRise) / effect.base : effect.netRise * average;
}

function unchangedRow(metric: StackMetricName, { unchanged, base }: MetricEffects): UnchangedRow {
  const rises = new Map<string, number>();
  for (const [leaf, { base: before, head: after }] of unchanged.byLeaf) {
    const group = runtimeGroup(leaf);
    const name = group === undefined ? leaf : `runtime: ${group}`;
    rises.set(name, (rises.get(name) ?? 0) + after - before);
  }
  const sign = Math.sign(unchanged.head - unchanged.base);
  const functions = [...rises]
    .map(([name, rise]) => ({ function: name, rise }))
    .filter(({ rise }) => Math.sign(rise) === sign)
    .sort((a, b) => Math.abs(b.rise) - Math.abs(a.rise))
    .slice(0, MOST_UNCHANGED);
  return {
    metric,
    base: unchanged.base,
    head: unchanged.head,
    change: (unchanged.head - unchanged.base) / base,
    functions,
  };
}

/** The rises of unchanged code by the nearest function of the service's own that it runs beneath. */
function withinOwn(
  base: StackMetric | undefined,
  head: StackMetric | undefined,
  culpritIn: CulpritIn,
  changes: Pick<ChangedCode, 'isOwn'>,
): Pick<UnchangedRow, 'within'> {
  const rises = new Map<string, number>();
  const add = (metric: StackMetric | undefined, sign: number) => {
    for (const { frames, value } of metric?.stacks ?? []) {
      if (culpritIn(frames) >= 0) continue;
      const own = frames.find(({ file }) => changes.isOwn(file));
      if (own !== undefined) rises.set(own.key, (rises.get(own.key) ?? 0) + sign * value);
    }
  };
  add(base, -1);
  add(head, 1);
  const all = [...rises].reduce((sum, [, rise]) => sum + Math.abs(rise), 0);
  const within = [...rises]
    .map(([name, rise]) => ({ function: name, rise }))
    .filter(({ rise }) => rise > EXPLAINS_SHARE * all)
    .sort((a, b) => b.rise - a.rise)
    .slice(0, MOST_UNCHANGED);
  return within.length === 0 ? {} : { within };
}

/** A new function's rise is around old code where as much of that is no longer unchanged code. */
function isAround({ base, head }: FunctionEffect, { unchanged, base: total }: MetricEffects): boolean {
  const gone = unchanged.base - unchanged.head;
  return base === 0 && gone > UNCHANGED_SHARE * total && Math.min(head, gone) > Math.max(head, gone) / 2;
}

/** Less than this of a rise is explained: something else made most of it. */
const MOST_OF_IT = 0.5;

/** Whether a total is over its limit by what no changed function explains, or by what nobody wrote: other machine code. */
function isUnexplained(rows: readonly TotalRow[], metrics: readonly JudgedMetric[], causes: readonly Cause[]): boolean {
  const explained = ({ judged }: JudgedMetric) =>
    judged.reduce((sum, { effect, status }) => sum + (status === 'ignored' ? 0 : Math.max(0, effect.netRise)), 0);
  return (
    rows.some(({ name, status }) => name === 'collection' && status === 'over') ||
    metrics.some((one) => one.row.status === 'over' && explained(one) < MOST_OF_IT * (one.row.head - one.row.base)) ||
    causes.some(({ changedBy }) => changedBy === MACHINE_CODE)
  );
}

function fingerprintNotes(base: Manifest['fingerprint'], head: Manifest['fingerprint']): Note[] {
  const differing = buildChanges([], base, head);
  if (differing.length === 0) return [];
  const text = `the sides were not made alike: ${differing.map(({ name }) => name).join('; ')}`;
  const notes: Note[] = [{ code: 'fingerprint-differs', text }];
  if (base['go'] !== head['go']) {
    notes.push({
      code: 'go-version-differs',
      text: 'different Go versions: totals are judged, functions are only told',
    });
  }
  return notes;
}

/** The functions behind each key as recorded, and the declared function that they belong to. */
type Names = Map<string, { readonly recorded: string[]; readonly owner: string }>;

function namesByKey({ base, head }: { base: ComparableSide; head: ComparableSide }): Names {
  const names: Names = new Map();
  for (const { functions } of [base, head]) {
    for (const [fn, { key, owner }] of functions) {
      const known = names.get(key);
      if (known === undefined) names.set(key, { recorded: [fn], owner });
      else if (!known.recorded.includes(fn)) known.recorded.push(fn);
    }
  }
  return names;
}

/** As recorded where one function is meant; the key where several closures share it. */
function displayName(names: Names, key: string): string {
  const { recorded = [] } = names.get(key) ?? {};
  return recorded.length === 1 ? recorded[0]! : key;
}

const ownerIn = (names: Names, key: string) => names.get(key)?.owner ?? key;

/** Where the allocator fetches a fresh span: for many objects to come, and on the account of whoever needs the first. */
const FETCHES_SPAN = 'runtime.(*mcache).refill';

/**
 * A function of the same source that was compiled to something else is charged with its own instructions and what the
 * runtime does for it: whatever else it calls, it calls as before. Of what is inlined there, the function of the service
 * answers in whose source it stands. What falls on a function by chance is charged to none.
 */
const isChanged: ChangedFrame = (frame, index, frames) => {
  const change = frame.change ?? (frame.isDeclared === true ? hostOf(index, frames)?.change : undefined);
  if (change === undefined || (frame.change === undefined && change !== MACHINE_CODE)) return false;
  const beneath = frames.slice(0, index);
  if (beneath.some(({ key }) => key === FETCHES_SPAN)) return false;
  if (change === 'source') return true;
  const isInlinedHere = (at: number) => frames.slice(at, index).every(({ isInlined }) => isInlined === true);
  return beneath.every(({ key }, at) => isRuntime(key) || isInlinedHere(at));
};

/**
 * The function in whose machine code that of the frame stands, where that is another one, and none of changed source is
 * inlined around it, which answers for it.
 */
function hostOf(index: number, frames: readonly StackFrame[]): StackFrame | undefined {
  let at = index;
  while (frames[at]?.isInlined === true) {
    at++;
    if (frames[at]?.change === 'source') return undefined;
  }
  return at === index ? undefined : frames[at];
}

const waivedOne = (one: JudgedEffect): JudgedEffect => ({ ...one, status: 'waived' });
