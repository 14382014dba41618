/**
 * Whole call paths: each distinct stack of a profile once, as the functions and lines that a reader of the source would
 * name, with its value. For charging costs to the nearest changed function; tables are table.ts.
 */
import { Interner } from './intern.ts';
import { namelessIn } from './names.ts';
import { columnOf, type Profile } from './profile.ts';

export interface Frame {
  /** The function's name, or its key when one was asked for. */
  readonly name: string;
  /** Empty when not known. */
  readonly file: string;
  /** 0 when not known, or when lines were not asked for. */
  readonly line: number;
}

export interface Stack {
  /** Leaf first, inlined functions as frames of their own. Empty for samples without a stack. */
  readonly frames: readonly Frame[];
  readonly value: number;
}

export interface StackOptions {
  /** What to call functions, for example gateKey; the recorded name when absent. */
  readonly key?: (fnName: string) => string;
  /** Leaves out each sample with a frame whose recorded name is refused. */
  readonly drop?: (fnName: string) => boolean;
  /** Are stacks that differ only in lines different stacks? True when absent. */
  readonly lines?: boolean;
}

/**
 * The distinct stacks of one sample type, in the order of their first sample; those whose values cancel are left out.
 * Equal frames are the same object, so they can be compared and collected by identity.
 */
export function stacksOf(profile: Profile, type: string, options: StackOptions = {}): Stack[] {
  const column = columnOf(profile, type);
  const { frames, refused } = framesOf(profile, options);
  const { count, starts, stacks, values } = profile.samples;
  const types = profile.sampleTypes.length;
  const found = new Interner<{ ids: number[]; value: number }>();
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * types + column]!;
    if (value === 0) continue;
    const locations = stacks.subarray(starts[sample]!, starts[sample + 1]!);
    if (locations.some((location) => refused[location])) continue;
    const ids: number[] = [];
    for (const location of locations) for (const id of frames.ofLocation[location]!) ids.push(id);
    const index = found.index(ids.join(), () => ({ ids, value: 0 }));
    found.values[index]!.value += value;
  }
  const distinct = found.values.filter((stack) => stack.value !== 0);
  return distinct.map(({ ids, value }) => ({ frames: ids.map((id) => frames.all[id]!), value }));
}

interface LocationFrames {
  readonly frames: { readonly all: readonly Frame[]; readonly ofLocation: readonly (readonly number[])[] };
  readonly refused: readonly boolean[];
}

function framesOf(profile: Profile, { key = (name) => name, drop, lines = true }: StackOptions): LocationFrames {
  const all = new Interner<Frame>();
  const frame = (name: string, file: string, line: number): number =>
    all.index(`${name}\n${file}\n${line}`, () => ({ name, file, line }));
  const keys = profile.functions.map((fn) => (fn.name === '' ? '' : key(fn.name)));
  const refusedFunction = profile.functions.map((fn) => drop?.(fn.name) === true);
  const ofLocation = profile.locations.map((location) => {
    const nameless = () => frame(namelessIn(profile.mappings[location.mapping]?.file ?? ''), '', 0);
    if (location.lines.length === 0) return [nameless()];
    return location.lines.map(({ fn, line }) =>
      keys[fn] === '' ? nameless() : frame(keys[fn]!, profile.functions[fn]!.file, lines ? line : 0),
    );
  });
  const refused = profile.locations.map((location) => location.lines.some(({ fn }) => refusedFunction[fn]));
  return { frames: { all: all.values, ofLocation }, refused };
}
