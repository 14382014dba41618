/**
 * What one metric of one side's stacks says about the functions that the commit changed: cost, net rise, and the noise
 * that its replicates show. Knows no limits.
 */
import { type Charged, charge } from './charge.ts';
import type { ChangedFrame, WeightedStack } from './weighted-stack.ts';

/** The replicates of one metric on one side, each a list of stacks, and the stacks of all of them together (their mean). */
export interface StackMetric {
  readonly stacks: readonly WeightedStack[];
  readonly replicates: readonly (readonly WeightedStack[])[];
}

export interface FunctionEffect extends Charged {
  /** The largest difference between two replicates of one side. */
  readonly noise: number;
}

export interface MetricEffects {
  readonly base: number;
  readonly head: number;
  /** Of the total, as FunctionEffect.noise. */
  readonly noise: number;
  readonly functions: readonly FunctionEffect[];
  readonly unchanged: {
    readonly base: number;
    readonly head: number;
    readonly byLeaf: ReadonlyMap<string, { base: number; head: number }>;
  };
}

/**
 * What code that the commit left alone was seen to vary by, as a share of the total (docs/measuring.md): the network
 * poller, timers, caches filled at random. Two replicates may miss it by chance.
 */
const UNCHANGED_VARIES = 0.003;

/** `floor`: the smallest rise that can matter, per request. What callers failed to show by less they have not saved. */
export function effectsOf(base: StackMetric, head: StackMetric, isChanged: ChangedFrame, floor: number): MetricEffects {
  const noise = Math.max(spread(base.replicates.map(sumOf)), spread(head.replicates.map(sumOf)));
  const unchangedVaries = Math.max(floor, noise, UNCHANGED_VARIES * sumOf(base.stacks));
  const charges = charge(base.stacks, head.stacks, isChanged, { charged: floor, unchanged: unchangedVaries });
  const chargedBase = base.replicates.map((stacks) => chargedTo(stacks, isChanged));
  const chargedHead = head.replicates.map((stacks) => chargedTo(stacks, isChanged));
  const noiseOf = (key: string) =>
    Math.max(spread(chargedBase.map((of) => of.get(key) ?? 0)), spread(chargedHead.map((of) => of.get(key) ?? 0)));
  const functions = [...charges.changed.values()].map((charged) => ({ ...charged, noise: noiseOf(charged.key) }));
  let unchangedBase = 0;
  let unchangedHead = 0;
  for (const leaf of charges.unchanged.values()) {
    unchangedBase += leaf.base;
    unchangedHead += leaf.head;
  }
  return {
    base: charges.base,
    head: charges.head,
    noise,
    functions: functions.sort((a, b) => b.netRise - a.netRise || (a.key < b.key ? -1 : 1)),
    unchanged: { base: unchangedBase, head: unchangedHead, byLeaf: charges.unchanged },
  };
}

function chargedTo(stacks: readonly WeightedStack[], isChanged: ChangedFrame): Map<string, number> {
  const charged = new Map<string, number>();
  for (const { frames, value } of stacks) {
    const key = frames.find(isChanged)?.key;
    if (key !== undefined) charged.set(key, (charged.get(key) ?? 0) + value);
  }
  return charged;
}

const sumOf = (stacks: readonly WeightedStack[]) => stacks.reduce((sum, { value }) => sum + value, 0);

const spread = (values: readonly number[]) => (values.length < 2 ? 0 : Math.max(...values) - Math.min(...values));
