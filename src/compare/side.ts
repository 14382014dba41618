/** A measured side as the comparison wants it: every figure per request, names made comparable. */
import { type AllocsResult, type InstructionsResult, requestsOf } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { gateKey, ownerOf, packageOfFile } from '../profile/names.ts';
import { columnOf, type Profile } from '../profile/profile.ts';
import { type Frame, framesAt, stacksOf } from '../profile/stacks.ts';
import { type ChangedCode, MACHINE_CODE } from './changed-code.ts';
import type { StackMetric } from './effects.ts';
import type { ExecutedLine } from './lines.ts';
import type { StackFrame, WeightedStack } from './weighted-stack.ts';

export interface ComparableSide {
  /** Every function that ran, as recorded. */
  readonly functions: ReadonlyMap<string, FunctionNames>;
  readonly instructions?: StackMetric & {
    /** The instructions that ran, of functions that are wanted. */
    executed(isWanted?: (frames: readonly StackFrame[]) => boolean): readonly ExecutedLine[];
    /** How often a function was entered, by key. */
    readonly calls: ReadonlyMap<string, number>;
  };
  readonly objects?: StackMetric;
  readonly bytes?: StackMetric;
  /** CPU time in ns. */
  readonly cpu?: readonly WeightedStack[];
}

type FunctionNames = Pick<StackFrame, 'key' | 'owner' | 'change' | 'isDeclared'>;

/** Makes the frames of one side comparable with those of the other; closures are given to functions that either declares. */
export class FrameMaker {
  readonly functions = new Map<string, FunctionNames>();
  readonly #changes: Pick<ChangedCode, 'isDeclared' | 'reasonFor'>;
  readonly #headKey: (key: string) => string;
  /** Of functions by their names, as recorded. */
  readonly #files = new Map<string, string>();

  constructor(changes: Pick<ChangedCode, 'isDeclared' | 'reasonFor'>, headKey: (key: string) => string) {
    this.#changes = changes;
    this.#headKey = headKey;
  }

  readonly make = ({ name, file, line, address, isInlined }: Frame): StackFrame => {
    const { key, owner, change, isDeclared } = this.named(name);
    return { fn: name, key, owner, change, file, line, address, isInlined, isDeclared };
  };

  /** Learns where the functions of a profile stand, before any of them is named. */
  see({ functions }: Pick<Profile, 'functions'>): void {
    for (const { name, file } of functions) if (file !== '') this.#files.set(name, file);
  }

  /** What a function of this name is called on both sides. */
  named(name: string): FunctionNames {
    let known = this.functions.get(name);
    if (known === undefined) {
      known = this.#functionOf(name);
      this.functions.set(name, known);
    }
    return known;
  }

  #functionOf(name: string): FunctionNames {
    const { isDeclared, reasonFor } = this.#changes;
    const key = this.#headKey(gateKey(name));
    const file = this.#files.get(name);
    const owner = this.#headKey(ownerOf(name, isDeclared, file === undefined ? undefined : packageOfFile(file)));
    const reasons = [reasonFor(owner), reasonFor(key)].filter((reason) => reason !== undefined);
    const isCodeAlone = reasons.every((reason) => reason === MACHINE_CODE);
    const change = reasons.length === 0 ? undefined : isCodeAlone ? MACHINE_CODE : 'source';
    return { key, owner, change, isDeclared: isDeclared(owner) };
  }
}

/** All that are measured of a side. */
function profilesOf({ instructions, allocs, cpu }: MeasuredSide): Profile[] {
  const counted = instructions === undefined ? [] : [instructions.merged, instructions.paths];
  return [...counted, allocs?.merged, cpu].filter((profile) => profile !== undefined);
}

/** `more`: functions that ran as well, as recorded. */
export function comparable(side: MeasuredSide, maker: FrameMaker, more: Iterable<string> = []): ComparableSide {
  for (const profile of profilesOf(side)) maker.see(profile);
  for (const name of more) maker.named(name);
  const { instructions, allocs, cpu } = side.manifest.instruments;
  const weighted = (profile: Profile, type: string, requests: number): WeightedStack[] =>
    stacksOf(profile, type, maker.make, requests);
  const allocated = (
    { replicates, merged }: NonNullable<MeasuredSide['allocs']>,
    result: AllocsResult,
    type: string,
  ): StackMetric => ({
    stacks: weighted(merged, type, requestsOf(result)),
    replicates: replicates.map((profile, i) => weighted(profile, type, result.replicates[i]!.requests)),
  });
  const cpuRequests = cpu?.rounds.reduce((sum, round) => sum + round.requests, 0) ?? 0;
  return {
    functions: maker.functions,
    ...(instructions && side.instructions
      ? {
          instructions: countedIn(
            side.instructions,
            instructions,
            weighted(side.instructions.paths, 'instructions', instructions.paths.requests),
            maker,
          ),
        }
      : {}),
    ...(allocs && side.allocs
      ? {
          objects: allocated(side.allocs, allocs, 'alloc_objects'),
          bytes: allocated(side.allocs, allocs, 'alloc_space'),
        }
      : {}),
    ...(side.cpu && cpuRequests > 0 ? { cpu: weighted(side.cpu, 'cpu', cpuRequests) } : {}),
  };
}

function countedIn(
  { replicates, merged }: NonNullable<MeasuredSide['instructions']>,
  result: InstructionsResult,
  paths: readonly WeightedStack[],
  maker: FrameMaker,
): NonNullable<ComparableSide['instructions']> {
  const counted = requestsOf(result);
  const fitted = fitter(paths);
  return {
    stacks: [...fitted(flatIn(merged, counted, maker))],
    replicates: replicates.map((profile, i) => fitted(flatIn(profile, result.replicates[i]!.requests, maker))),
    executed: (isWanted) => executedIn(merged, counted, maker, isWanted),
    calls: callsIn(merged, counted, maker),
  };
}

/** What functions executed themselves, by key. */
interface Flat {
  readonly byKey: ReadonlyMap<string, { readonly value: number; readonly location: number }>;
  frameAt(location: number): StackFrame;
}

/**
 * Call paths, followed over a few requests, with the exact cost of each leaf function: its cost is shared out over its
 * paths as they were seen. A function that was seen on no path stands alone.
 */
function fitter(paths: readonly WeightedStack[]): (exact: Flat) => Iterable<WeightedStack> {
  const leaves = new Map<string, number>();
  const leafOf = Int32Array.from(paths, ({ frames }) => {
    const key = frames[0]?.key ?? '';
    let leaf = leaves.get(key);
    if (leaf === undefined) {
      leaf = leaves.size;
      leaves.set(key, leaf);
    }
    return leaf;
  });
  const seen = new Float64Array(leaves.size);
  for (const [i, { value }] of paths.entries()) seen[leafOf[i]!] = seen[leafOf[i]!]! + value;
  return (exact) => {
    const flat = Float64Array.from(leaves.keys(), (key) => exact.byKey.get(key)?.value ?? 0);
    // Made anew whenever they are asked for: those of a replicate are added up, and no more.
    function* stacks(): Generator<WeightedStack> {
      for (let i = 0; i < paths.length; i++) {
        const leaf = leafOf[i]!;
        const { frames, value } = paths[i]!;
        if (flat[leaf]! > 0) yield { frames, value: (value * flat[leaf]!) / seen[leaf]! };
      }
      for (const [key, { value, location }] of exact.byKey) {
        if (!leaves.has(key)) yield { frames: [exact.frameAt(location)], value };
      }
    }
    return { [Symbol.iterator]: stacks };
  };
}

/** Of each sample of executed code its only place and its value, where it has one. */
function forEachPlace(profile: Profile, type: string, see: (location: number, value: number) => void): void {
  const column = columnOf(profile, type);
  const types = profile.sampleTypes.length;
  const { count, starts, stacks, values } = profile.samples;
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * types + column]!;
    if (value !== 0 && starts[sample]! < starts[sample + 1]!) see(stacks[starts[sample]!]!, value);
  }
}

function flatIn(profile: Profile, requests: number, maker: FrameMaker): Flat {
  const frameAt = (location: number) => framesAt(profile, location, maker.make)[0]!;
  // Many samples, few functions.
  const sums = new Float64Array(profile.functions.length);
  const placeOf = new Int32Array(profile.functions.length).fill(-1);
  const byKey = new Map<string, { value: number; location: number }>();
  const add = (key: string, location: number, value: number) => {
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { value: value / requests, location });
    else known.value += value / requests;
  };
  forEachPlace(profile, 'instructions', (location, value) => {
    const fn = profile.locations[location]!.lines[0]?.fn;
    if (fn === undefined || profile.functions[fn]!.name === '') add(frameAt(location).key, location, value);
    else {
      sums[fn] = sums[fn]! + value;
      if (placeOf[fn] === -1) placeOf[fn] = location;
    }
  });
  placeOf.forEach((location, fn) => {
    if (location >= 0) add(maker.named(profile.functions[fn]!.name).key, location, sums[fn]!);
  });
  return { byKey, frameAt };
}

/**
 * One row for each instruction: how often it ran says how often its line did, which a sum over the line would not.
 * `isWanted` is given its frames, from the innermost to the function whose code it is.
 */
function executedIn(
  profile: Profile,
  requests: number,
  maker: FrameMaker,
  isWanted: (frames: readonly StackFrame[]) => boolean = () => true,
): ExecutedLine[] {
  const executed: ExecutedLine[] = [];
  forEachPlace(profile, 'instructions', (location, value) => {
    const frames = framesAt(profile, location, maker.make);
    if (!isWanted(frames)) return;
    const [frame, ...outer] = frames;
    const within = outer.map(({ fn, line }) => `${fn}:${line}`).join(' ');
    executed.push({ frame: frame!, outer, within, count: value / requests });
  });
  return executed;
}

function callsIn(profile: Profile, requests: number, maker: FrameMaker): Map<string, number> {
  const calls = new Map<string, number>();
  forEachPlace(profile, 'calls', (location, value) => {
    // The last frame is the function that was entered; those before it are inlined there.
    const fn = profile.locations[location]!.lines.at(-1)?.fn;
    const name = fn === undefined ? '' : profile.functions[fn]!.name;
    const { key } = name === '' ? framesAt(profile, location, maker.make).at(-1)! : maker.named(name);
    calls.set(key, (calls.get(key) ?? 0) + value / requests);
  });
  return calls;
}
