/**
 * All that was measured of one function, per request, on both sides or on the only one. Pure arithmetic over stacks; what
 * is over a limit was decided by judge.ts.
 */
import type { LimitsConfig } from '../config/config.ts';
import type { SideName } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import type { FunctionMetricName } from '../model/metrics.ts';
import { type ChangedCode, unknownChanges } from './changed-code.ts';
import { type Compared, compareClosely } from './compare.ts';
import type { NamedFunction } from './find-function.ts';
import type { JudgedEffect } from './judge.ts';
import { type LineCost, linesOf } from './lines.ts';
import type { Cause, ReportedSide, TotalRow } from './report.ts';
import { type ComparableSide, comparable, FrameMaker } from './side.ts';
import type { ChangedFrame, WeightedStack } from './weighted-stack.ts';

/** One figure; undefined where its side was not measured so. */
export interface Both {
  readonly base: number | undefined;
  readonly head: number | undefined;
}

export interface Inspection {
  /** As recorded; its key where several closures share it. */
  readonly function: string;
  readonly names: readonly string[];
  readonly service: string;
  readonly base: ReportedSide | undefined;
  readonly head: ReportedSide | undefined;
  /** In the repository where the file is there, else as the compiler recorded it; the line of the declaration. */
  readonly place: { readonly file: string; readonly line: number | undefined } | undefined;
  /** What the commit did to it, as in a report's causes; undefined for a single side. */
  readonly change: (Pick<Cause, 'changedBy' | 'module'> & { readonly isChanged: boolean }) | undefined;
  readonly metrics: readonly InspectedMetric[];
  /** What `callers` and `callees` have shares of. */
  readonly sharedMetric: SharedMetric | undefined;
  /** By the larger of the two costs, the largest first. */
  readonly callers: readonly Neighbour[];
  readonly callees: readonly Neighbour[];
  /** By their number in the head; those that only the base has where they stood. */
  readonly lines: readonly InspectedLine[];
  readonly allocations: readonly AllocationSite[];
  /** Who answers for the function's own instructions: the nearest changed function on the way to the root. */
  readonly charges: readonly (Both & { readonly function: string | undefined })[];
  /** Undefined where there is nothing to judge by: a single side, or no limits. */
  readonly judged: readonly JudgedMetricOfFunction[] | undefined;
}

export type InspectedMetricName =
  | 'instructions'
  | 'own instructions'
  | 'calls'
  | 'instructions a call'
  | 'cpu time'
  | 'own cpu time'
  | 'objects'
  | 'own objects'
  | 'bytes'
  | 'own bytes';

export interface InspectedMetric extends Both {
  readonly name: InspectedMetricName;
  readonly unit: TotalRow['unit'];
}

export type SharedMetric = 'instructions' | 'objects' | 'cpu';

export interface Neighbour extends Both {
  /** Undefined: of callers, nobody (a goroutine begins here, or its callers are not known); of callees, itself. */
  readonly function: string | undefined;
  /** Of the function's cost, in the head where that was measured. */
  readonly share: number;
  /** From here; undefined where nobody counted, or where the function is inlined and so not called. */
  readonly calls: Both;
}

export interface InspectedLine {
  readonly file: string;
  /** In the head, or in the base where the head has none in its place. */
  readonly line: number;
  readonly in: SideName;
  /** `same`: the commit left it alone, as far as anybody knows. `removed`: the base's alone. */
  readonly change: 'same' | 'new' | 'changed' | 'removed';
  /** How often it ran. */
  readonly ran: Both;
  /** Instructions with all that it calls; objects where no instructions were counted. */
  readonly cost: Both;
}

export interface AllocationSite {
  readonly file: string;
  readonly line: number;
  /** The line is the base's: the head has none in its place. */
  readonly isGone: boolean;
  /** The function beneath that allocates; undefined: the function itself. */
  readonly through: string | undefined;
  readonly objects: Both;
  readonly bytes: Both;
}

export interface JudgedMetricOfFunction extends Omit<JudgedEffect, 'effect'> {
  readonly metric: FunctionMetricName;
  /** Charged cost. */
  readonly base: number;
  readonly head: number;
  readonly netRise: number;
  readonly noise: number;
}

export interface InspectInput {
  readonly base: MeasuredSide | undefined;
  readonly head: MeasuredSide | undefined;
  /** Undefined for a single side. */
  readonly changes: ChangedCode | undefined;
  /** Undefined: nothing is judged. */
  readonly limits: LimitsConfig | undefined;
  /** YYYY-MM-DD, for waivers. */
  readonly today: string;
}

export interface Inspector {
  readonly functions: readonly NamedFunction[];
  /** What is known of one of the functions. */
  inspect(fn: NamedFunction): Inspection;
}

/** Opens what was measured for questions; at least one side is there. */
export function inspector({ base, head, changes = unknownChanges(new Set()), limits, today }: InspectInput): Inspector {
  const compared =
    base !== undefined && head !== undefined && limits !== undefined
      ? compareClosely({ base, head, changes, limits, today })
      : undefined;
  const open = (side: MeasuredSide | undefined, headKey: (key: string) => string) =>
    side && comparable(side, new FrameMaker(changes, headKey));
  const sides: Sides = compared?.sides ?? { base: open(base, changes.headKey), head: open(head, (key) => key) };
  const functions = functionsOf(sides);
  const names = new Map(functions.map((fn) => [fn.key, displayName(fn)]));
  const isPair = base !== undefined && head !== undefined;
  return {
    functions,
    inspect: (fn) => {
      const { key } = fn;
      const shared = SHARED.find((metric) => SIDES.some((side) => stacksOf(sides[side], metric) !== undefined));
      const reason = changes.reasonFor(key) ?? changes.reasonFor(ownerOf(sides, key));
      return {
        function: displayName(fn),
        names: fn.names,
        service: (head ?? base)!.manifest.service,
        base: reported(base),
        head: reported(head),
        place: placeOf(fn, sides, { base, head }, changes),
        change: isPair
          ? { changedBy: reason, module: changes.moduleOf(key), isChanged: reason !== undefined }
          : undefined,
        metrics: metricsOf(sides, key),
        sharedMetric: shared,
        ...(shared === undefined
          ? { callers: [], callees: [] }
          : neighboursOf(sides, shared, key, (other) => names.get(other) ?? other)),
        lines: inspectedLines(sides, key, changes, isPair),
        allocations: allocationsOf(sides, key, changes, (other) => names.get(other) ?? other),
        charges: compared === undefined ? [] : chargesOf(compared, key, (other) => names.get(other) ?? other),
        judged: compared && judgedOf(compared, key),
      };
    },
  };
}

// ---- sides

const SIDES = ['base', 'head'] as const;
const SHARED = ['instructions', 'objects', 'cpu'] as const;

type Sides = Readonly<Record<SideName, ComparableSide | undefined>>;

const stacksOf = (side: ComparableSide | undefined, metric: SharedMetric | 'bytes') =>
  metric === 'cpu' ? side?.cpu : side?.[metric]?.stacks;

const both = (of: (side: SideName) => number | undefined): Both => ({ base: of('base'), head: of('head') });

const reported = (side: MeasuredSide | undefined): ReportedSide | undefined =>
  side && { commit: side.manifest.commit, version: side.manifest.version, isDirty: side.manifest.isDirty };

const displayName = ({ key, names }: NamedFunction) => (names.length === 1 ? names[0]! : key);

function functionsOf(sides: Sides): NamedFunction[] {
  const known = new Map<string, { key: string; names: Set<string>; cost: number }>();
  for (const side of SIDES) {
    for (const metric of SHARED) {
      for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
        for (const { key, fn } of frames) {
          let found = known.get(key);
          if (found === undefined) {
            found = { key, names: new Set(), cost: 0 };
            known.set(key, found);
          }
          found.names.add(fn);
          found.cost += value;
        }
      }
    }
  }
  return [...known.values()].map(({ key, names, cost }) => ({ key, names: [...names].sort(), cost }));
}

/** The declared function that it belongs to. */
function ownerOf(sides: Sides, key: string): string {
  for (const side of SIDES) {
    for (const metric of SHARED) {
      for (const { frames } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame) => frame.key === key);
        if (frame !== undefined) return frame.owner;
      }
    }
  }
  return key;
}

function placeOf(
  { key, names }: NamedFunction,
  sides: Sides,
  measured: Readonly<Record<SideName, MeasuredSide | undefined>>,
  changes: ChangedCode,
): Inspection['place'] {
  for (const side of ['head', 'base'] as const) {
    for (const metric of SHARED) {
      for (const { frames } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame) => frame.key === key && frame.file !== '');
        if (frame === undefined) continue;
        const { instructions, allocs, cpu } = measured[side] ?? {};
        const declared = [instructions?.merged, allocs?.merged, cpu]
          .flatMap((profile) => profile?.functions ?? [])
          .find(({ name, startLine }) => names.length === 1 && name === names[0] && startLine > 0);
        return { file: changes.inRepository(frame.file) ?? frame.file, line: declared?.startLine };
      }
    }
  }
  return undefined;
}

// ---- figures

function metricsOf(sides: Sides, key: string): InspectedMetric[] {
  const rows: InspectedMetric[] = [];
  const add = (name: InspectedMetricName, unit: TotalRow['unit'], of: (side: ComparableSide) => number | undefined) => {
    const row = { name, unit, ...both((side) => sides[side] && of(sides[side])) };
    if (row.base !== undefined || row.head !== undefined) rows.push(row);
  };
  const calls = (side: ComparableSide) => side.instructions && (side.instructions.calls.get(key) ?? 0);
  const cum = (stacks: readonly WeightedStack[] | undefined) =>
    stacks && sumOf(stacks, ({ frames }) => frames.some((frame) => frame.key === key));
  const flat = (stacks: readonly WeightedStack[] | undefined) =>
    stacks && sumOf(stacks, ({ frames }) => frames[0]?.key === key);
  add('instructions', 'count', (side) => cum(side.instructions?.stacks));
  add('own instructions', 'count', (side) => flat(side.instructions?.stacks));
  add('calls', 'count', calls);
  add('instructions a call', 'count', (side) => {
    const [cost, times] = [cum(side.instructions?.stacks), calls(side)];
    return cost !== undefined && times !== undefined && times > 0 ? cost / times : undefined;
  });
  add('cpu time', 'ns', (side) => cum(side.cpu));
  add('own cpu time', 'ns', (side) => flat(side.cpu));
  add('objects', 'count', (side) => cum(side.objects?.stacks));
  add('own objects', 'count', (side) => flat(side.objects?.stacks));
  add('bytes', 'bytes', (side) => cum(side.bytes?.stacks));
  add('own bytes', 'bytes', (side) => flat(side.bytes?.stacks));
  return rows;
}

function sumOf(stacks: readonly WeightedStack[], isOne: (stack: WeightedStack) => boolean): number {
  let sum = 0;
  for (const stack of stacks) if (isOne(stack)) sum += stack.value;
  return sum;
}

/** What is added up under a name for either side. */
class Sums {
  readonly #sums = new Map<string, Record<SideName, number>>();

  add(name: string, side: SideName, value: number): void {
    const sum = this.#sums.get(name) ?? { base: 0, head: 0 };
    sum[side] += value;
    this.#sums.set(name, sum);
  }

  get(name: string): Readonly<Record<SideName, number>> {
    return this.#sums.get(name) ?? { base: 0, head: 0 };
  }

  names(): string[] {
    return [...this.#sums.keys()];
  }
}

const largest = ({ base, head }: Both) => Math.max(base ?? 0, head ?? 0);

/** Only of sides that were measured so. */
const onlyMeasured = (sums: Readonly<Record<SideName, number>>, isMeasured: (side: SideName) => boolean): Both =>
  both((side) => (isMeasured(side) ? sums[side] : undefined));

/**
 * A recursive function's callers are those of its outermost call and its callees those of its innermost, so that the
 * shares of either add up to its whole cost.
 */
function neighboursOf(sides: Sides, metric: SharedMetric, key: string, nameOf: (key: string) => string) {
  const isMeasured = (side: SideName) => stacksOf(sides[side], metric) !== undefined;
  const [callers, callees] = [new Edges(), new Edges()];
  for (const side of SIDES) {
    for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
      const inner = frames.findIndex((frame) => frame.key === key);
      if (inner < 0) continue;
      const outer = frames.findLastIndex((frame) => frame.key === key);
      callees.add(frames[inner - 1]?.key ?? '', side, value, inner === 0 ? undefined : frames[inner]!.address);
      callers.add(frames[outer + 1]?.key ?? '', side, value, frames[outer + 1]?.address);
    }
  }
  const timesAt = { base: timesOf(sides.base), head: timesOf(sides.head) };
  const listOf = (edges: Edges, entered: (other: string) => string): Neighbour[] => {
    const whole = edges.total();
    const leading = isMeasured('head') ? 'head' : 'base';
    return edges
      .names()
      .map((other): Neighbour => {
        const cost = edges.costs.get(other);
        return {
          function: other === '' ? undefined : nameOf(other),
          ...onlyMeasured(cost, isMeasured),
          share: whole[leading] === 0 ? 0 : cost[leading] / whole[leading],
          calls: both((side) => {
            const sites = edges.sites(other, side);
            const calls = sides[side]?.instructions?.calls.get(entered(other));
            if (sites === undefined || calls === undefined) return undefined;
            let times = 0;
            for (const site of sites) times += timesAt[side].get(site) ?? 0;
            // One place may call several functions, by turns.
            return Math.min(times, calls);
          }),
        };
      })
      .sort((a, b) => largest(b) - largest(a));
  };
  return { callers: listOf(callers, () => key), callees: listOf(callees, (other) => other) };
}

/** Costs by the function at the other end, and the addresses of the calls. */
class Edges {
  readonly costs = new Sums();
  readonly #sites = new Map<string, Set<number>>();

  add(other: string, side: SideName, value: number, site: number | undefined): void {
    this.costs.add(other, side, value);
    if (site === undefined || other === '') return;
    const known = this.#sites.get(`${side} ${other}`);
    if (known === undefined) this.#sites.set(`${side} ${other}`, new Set([site]));
    else known.add(site);
  }

  sites(other: string, side: SideName): ReadonlySet<number> | undefined {
    return this.#sites.get(`${side} ${other}`);
  }

  names(): string[] {
    return this.costs.names();
  }

  total(): Record<SideName, number> {
    const total = { base: 0, head: 0 };
    for (const name of this.names()) for (const side of SIDES) total[side] += this.costs.get(name)[side];
    return total;
  }
}

/** How often each instruction ran. */
function timesOf(side: ComparableSide | undefined): Map<number, number> {
  const times = new Map<number, number>();
  for (const { frame, count } of side?.instructions?.executed() ?? []) {
    if (frame.address !== undefined) times.set(frame.address, (times.get(frame.address) ?? 0) + count);
  }
  return times;
}

// ---- lines

function inspectedLines(sides: Sides, key: string, changes: ChangedCode, isPair: boolean): InspectedLine[] {
  const isIt: ChangedFrame = (frame) => frame.key === key;
  const costsOf = (side: SideName): LineCost[] => {
    const { instructions, objects } = sides[side] ?? {};
    const stacks = (instructions ?? objects)?.stacks ?? [];
    const lines = linesOf(stacks, instructions?.executed(), isIt).get(key)?.values() ?? [];
    return [...lines].filter(({ line }) => line > 0);
  };
  const rows = new Map<string, { at: Pick<InspectedLine, 'file' | 'line' | 'in'>; base?: LineCost; head?: LineCost }>();
  for (const cost of costsOf('base')) {
    const to = isPair ? changes.lines.toHead(cost.file, cost.line) : cost;
    const place = to === undefined ? `base ${cost.file}:${cost.line}` : `${to.file}:${to.line}`;
    const known = rows.get(place)?.base;
    const at = { ...(to ?? cost), in: to === undefined || !isPair ? 'base' : 'head' } as const;
    rows.set(place, { at, base: known === undefined ? cost : added(known, cost) });
  }
  for (const cost of costsOf('head')) {
    const { file, line } = cost;
    const place = `${file}:${line}`;
    rows.set(place, { ...rows.get(place), at: { file, line, in: 'head' }, head: cost });
  }
  const hasBase = sides.base !== undefined;
  const hasHead = sides.head !== undefined;
  const lines = [...rows.values()].map(({ at, base, head }): InspectedLine => {
    const isTouched = isPair && at.in === 'head' && changes.lines.isTouched(at.file, at.line);
    const change =
      isPair && at.in === 'base' ? 'removed' : !isTouched ? 'same' : base === undefined ? 'new' : 'changed';
    const figure = (of: (cost: LineCost) => number | undefined): Both => {
      const one = (cost: LineCost | undefined) => (cost === undefined ? 0 : of(cost));
      return { base: hasBase ? one(base) : undefined, head: hasHead ? one(head) : undefined };
    };
    const isCounted = (base ?? head)?.ran !== undefined || head?.ran !== undefined;
    return {
      file: changes.inRepository(at.file) ?? at.file,
      line: at.line,
      in: at.in,
      change,
      ran: isCounted ? figure(({ ran }) => ran ?? 0) : { base: undefined, head: undefined },
      cost: figure(({ cost }) => cost),
    };
  });
  return lines.sort((a, b) =>
    a.file === b.file ? a.line - b.line || (a.in === 'base' ? -1 : 1) : a.file < b.file ? -1 : 1,
  );
}

const added = (a: LineCost, b: LineCost): LineCost => ({
  ...a,
  cost: a.cost + b.cost,
  ran: a.ran === undefined ? b.ran : a.ran + (b.ran ?? 0),
});

function allocationsOf(
  sides: Sides,
  key: string,
  changes: ChangedCode,
  nameOf: (key: string) => string,
): AllocationSite[] {
  const sums = { objects: new Sums(), bytes: new Sums() };
  const places = new Map<string, Omit<AllocationSite, 'objects' | 'bytes'>>();
  const isPair = sides.base !== undefined && sides.head !== undefined;
  for (const side of SIDES) {
    for (const metric of ['objects', 'bytes'] as const) {
      for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame) => frame.key === key);
        if (frame === undefined) continue;
        const to = side === 'base' && isPair ? changes.lines.toHead(frame.file, frame.line) : frame;
        const { file, line } = to ?? frame;
        const leaf = frames[0]!;
        const through = leaf === frame ? undefined : nameOf(leaf.key);
        const place = `${to === undefined ? side : ''} ${file}:${line} ${leaf.key}`;
        places.set(place, { file: changes.inRepository(file) ?? file, line, isGone: to === undefined, through });
        sums[metric].add(place, side, value);
      }
    }
  }
  return [...places]
    .map(([place, at]): AllocationSite => {
      const of = (metric: 'objects' | 'bytes') =>
        onlyMeasured(sums[metric].get(place), (side) => stacksOf(sides[side], metric) !== undefined);
      return { ...at, objects: of('objects'), bytes: of('bytes') };
    })
    .sort((a, b) => largest(b.bytes) - largest(a.bytes));
}

// ---- judgement

function chargesOf({ sides, culpritIn }: Compared, key: string, nameOf: (key: string) => string) {
  const sums = new Sums();
  for (const side of SIDES) {
    for (const { frames, value } of sides[side].instructions?.stacks ?? []) {
      if (frames[0]?.key === key) sums.add(frames[culpritIn(frames)]?.key ?? '', side, value);
    }
  }
  return sums
    .names()
    .map((charged) => ({ function: charged === '' ? undefined : nameOf(charged), ...sums.get(charged) }))
    .sort((a, b) => b.head - a.head || b.base - a.base);
}

function judgedOf({ metrics }: Compared, key: string): JudgedMetricOfFunction[] {
  return metrics.flatMap(({ metric, judged }) => {
    const found = judged.find(({ effect }) => effect.key === key);
    if (found === undefined) return [];
    const { effect, ...rest } = found;
    const { base, head, netRise, noise } = effect;
    return { ...rest, metric, base, head, netRise, noise };
  });
}
