/**
 * What one metric of one side's stacks says about the functions that the commit changed: cost, net rise, and the noise
 * that its replicates show. Knows no limits.
 */
import { type Charged, charge } from './charge.ts';
import { noiseOf } from './noise.ts';
import type { CulpritIn, WeightedStack } from './weighted-stack.ts';

/** The replicates of one metric on one side, each a list of stacks, and the stacks of all of them together (their mean). */
export interface StackMetric {
  readonly stacks: readonly WeightedStack[];
  readonly replicates: readonly Iterable<WeightedStack>[];
}

export interface FunctionEffect extends Charged {
  /** That its replicates show, of the side that has more of it; see `noiseOf`. */
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
export function effectsOf(base: StackMetric, head: StackMetric, culpritIn: CulpritIn, floor: number): MetricEffects {
  const sides = [base, head].map(({ replicates }) => replicates.map((stacks) => addedUp(stacks, culpritIn)));
  const noiseIn = (figure: (replicate: AddedUp) => number) =>
    Math.max(...sides.map((replicates) => noiseOf(replicates.map(figure))));
  const noise = noiseIn(({ total }) => total);
  const unchangedVaries = Math.max(floor, noise, UNCHANGED_VARIES * addedUp(base.stacks, culpritIn).total);
  const charges = charge(base.stacks, head.stacks, culpritIn, { charged: floor, unchanged: unchangedVaries });
  const functions = [...charges.changed.values()].map((one) => ({
    ...one,
    noise: noiseIn(({ charged }) => charged.get(one.key) ?? 0),
  }));
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

interface AddedUp {
  readonly total: number;
  /** To whom it is charged, by key. */
  readonly charged: ReadonlyMap<string, number>;
}

function addedUp(stacks: Iterable<WeightedStack>, culpritIn: CulpritIn): AddedUp {
  const charged = new Map<string, number>();
  let total = 0;
  for (const { frames, value } of stacks) {
    total += value;
    const key = frames[culpritIn(frames)]?.key;
    if (key !== undefined) charged.set(key, (charged.get(key) ?? 0) + value);
  }
  return { total, charged };
}
