/** A measured side as the comparison wants it: every figure per request, names made comparable. */
import type { InstructionsResult } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { gateKey, ownerOf } from '../profile/names.ts';
import { columnOf, type Profile } from '../profile/profile.ts';
import { stacksOf } from '../profile/stacks.ts';
import type { StackMetric } from './effects.ts';
import type { ExecutedLine } from './lines.ts';
import type { StackFrame, WeightedStack } from './weighted-stack.ts';

export interface ComparableSide {
  readonly instructions?: StackMetric & {
    readonly executed: readonly ExecutedLine[];
    /** How often a function was entered, by key. */
    readonly calls: ReadonlyMap<string, number>;
  };
  readonly objects?: StackMetric;
  readonly bytes?: StackMetric;
  /** CPU time in ns. */
  readonly cpu?: readonly WeightedStack[];
}

type FrameMaker = (fn: string, file: string, line: number) => StackFrame;

/** Makes the frames of both sides comparable; closures are given to functions that either side declares. */
export function frameMaker(isDeclared: (key: string) => boolean, headKey: (key: string) => string): FrameMaker {
  const keys = new Map<string, { key: string; owner: string }>();
  return (fn, file, line) => {
    let known = keys.get(fn);
    if (known === undefined) {
      known = { key: headKey(gateKey(fn)), owner: headKey(ownerOf(fn, isDeclared)) };
      keys.set(fn, known);
    }
    return { fn, ...known, file, line };
  };
}

export function comparable(side: MeasuredSide, frame: FrameMaker): ComparableSide {
  const { instructions, allocs, cpu } = side.manifest.instruments;
  const weighted = (profile: Profile, type: string, requests: number): WeightedStack[] => {
    const frames = new Map<object, StackFrame>();
    return stacksOf(profile, type).map((stack) => ({
      value: stack.value / requests,
      frames: stack.frames.map((from) => {
        let made = frames.get(from);
        if (made === undefined) {
          made = frame(from.name, from.file, from.line);
          frames.set(from, made);
        }
        return made;
      }),
    }));
  };
  const metric = (replicates: readonly Profile[], merged: Profile, type: string, requests: number): StackMetric => ({
    stacks: weighted(merged, type, requests * replicates.length),
    replicates: replicates.map((profile) => weighted(profile, type, requests)),
  });
  const cpuRequests = cpu?.rounds.reduce((sum, round) => sum + round.requests, 0) ?? 0;
  return {
    ...(instructions && side.instructions
      ? { instructions: countedIn(side.instructions, instructions, weighted, frame) }
      : {}),
    ...(allocs && side.allocs
      ? {
          objects: metric(side.allocs.replicates, side.allocs.merged, 'alloc_objects', allocs.requests),
          bytes: metric(side.allocs.replicates, side.allocs.merged, 'alloc_space', allocs.requests),
        }
      : {}),
    ...(side.cpu && cpuRequests > 0 ? { cpu: weighted(side.cpu, 'cpu', cpuRequests) } : {}),
  };
}

type Weigh = (profile: Profile, type: string, requests: number) => WeightedStack[];

function countedIn(
  { replicates, merged, paths }: NonNullable<MeasuredSide['instructions']>,
  result: InstructionsResult,
  weighted: Weigh,
  frame: FrameMaker,
): NonNullable<ComparableSide['instructions']> {
  const followed = weighted(paths, 'instructions', result.paths.requests);
  const flat = (profile: Profile, requests: number) => flatOf(weighted(profile, 'instructions', requests));
  const counted = result.requests * replicates.length;
  return {
    stacks: fitted(followed, flat(merged, counted)),
    replicates: replicates.map((profile) => fitted(followed, flat(profile, result.requests))),
    executed: executedIn(merged, counted, frame),
    calls: callsIn(weighted(merged, 'calls', counted)),
  };
}

/** What each function executed itself, with one of its frames. */
function flatOf(stacks: readonly WeightedStack[]): Map<string, WeightedStack> {
  const flat = new Map<string, WeightedStack>();
  for (const { frames, value } of stacks) {
    const [leaf] = frames;
    if (leaf === undefined) continue;
    flat.set(leaf.key, { frames: [leaf], value: value + (flat.get(leaf.key)?.value ?? 0) });
  }
  return flat;
}

/**
 * Call paths, followed over a few requests, with the exact cost of each leaf function: its cost is shared out over its
 * paths as they were seen. A function that was seen on no path stands alone.
 */
function fitted(paths: readonly WeightedStack[], exact: ReadonlyMap<string, WeightedStack>): WeightedStack[] {
  const seen = flatOf(paths);
  const stacks: WeightedStack[] = [];
  for (const { frames, value } of paths) {
    const key = frames[0]?.key ?? '';
    const flat = exact.get(key)?.value ?? 0;
    if (flat > 0) stacks.push({ frames, value: (value * flat) / (seen.get(key)?.value ?? value) });
  }
  for (const [key, alone] of exact) if (!seen.has(key)) stacks.push(alone);
  return stacks;
}

function callsIn(entries: readonly WeightedStack[]): Map<string, number> {
  const calls = new Map<string, number>();
  // The last frame is the function that was entered; those before it are inlined there.
  for (const { frames, value } of entries) {
    const key = frames.at(-1)?.key ?? '';
    calls.set(key, (calls.get(key) ?? 0) + value);
  }
  return calls;
}

/** One row for each instruction: how often it ran says how often its line did, which a sum over the line would not. */
function executedIn(merged: Profile, requests: number, frame: FrameMaker): ExecutedLine[] {
  const column = columnOf(merged, 'instructions');
  const { count, starts, stacks, values } = merged.samples;
  const lines: ExecutedLine[] = [];
  for (let sample = 0; sample < count; sample++) {
    const times = values[sample * merged.sampleTypes.length + column]!;
    const [innermost, ...outer] = merged.locations[stacks[starts[sample]!]!]?.lines ?? [];
    const fn = innermost && merged.functions[innermost.fn];
    if (fn === undefined || times === 0) continue;
    const within = outer.map((place) => `${merged.functions[place.fn]?.name}:${place.line}`).join(' ');
    lines.push({ frame: frame(fn.name, fn.file, innermost!.line), within, count: times / requests });
  }
  return lines;
}
