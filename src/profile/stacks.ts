/**
 * Whole call paths: the stacks of a profile's samples, as the functions and lines that a reader of the source would name.
 * For charging costs to the nearest changed function; tables are table.ts.
 */
import { namelessIn } from './names.ts';
import { columnOf, type Profile } from './profile.ts';

export interface Frame {
  readonly name: string;
  /** Empty when not known. */
  readonly file: string;
  /** 0 when not known. */
  readonly line: number;
  /** Of the instruction that ran or called; undefined where the function beneath is inlined here, which nobody calls. */
  readonly address: number | undefined;
  /** Its code stands within that of the function above it. */
  readonly isInlined: boolean;
}

export interface Stack<Made> {
  /** Leaf first, inlined functions as frames of their own. Empty for samples without a stack. */
  readonly frames: readonly Made[];
  readonly value: number;
}

/**
 * The stacks of one sample type, a sample each: the same stack may come many times, so always sum. What `make` makes of a
 * place in the code is the same object wherever it comes. Values are divided by `requests`.
 */
export function stacksOf<Made>(
  profile: Profile,
  type: string,
  make: (frame: Frame) => Made,
  requests = 1,
): Stack<Made>[] {
  const column = columnOf(profile, type);
  const made: Made[][] = [];
  const { count, starts, stacks, values } = profile.samples;
  const types = profile.sampleTypes.length;
  const found: Stack<Made>[] = [];
  for (let sample = 0; sample < count; sample++) {
    const value = values[sample * types + column]!;
    if (value === 0) continue;
    const [start, end] = [starts[sample]!, starts[sample + 1]!];
    let depth = 0;
    for (let at = start; at < end; at++) {
      const location = stacks[at]!;
      made[location] ??= framesAt(profile, location, make);
      depth += made[location].length;
    }
    const frames = new Array<Made>(depth);
    depth = 0;
    for (let at = start; at < end; at++) for (const frame of made[stacks[at]!]!) frames[depth++] = frame;
    found.push({ frames, value: value / requests });
  }
  return found;
}

/** What `make` makes of the frames of one location, innermost first; at least one. */
export function framesAt<Made>(profile: Profile, location: number, make: (frame: Frame) => Made): Made[] {
  const { address, mapping, lines } = profile.locations[location]!;
  const nameless = (at: number | undefined, isInlined: boolean) =>
    make({ name: namelessIn(profile.mappings[mapping]?.file ?? ''), file: '', line: 0, address: at, isInlined });
  const own = Number(address);
  if (lines.length === 0) return [nameless(own, false)];
  return lines.map(({ fn, line }, i) => {
    const { name, file } = profile.functions[fn]!;
    const at = i === 0 ? own : undefined;
    const isInlined = i < lines.length - 1;
    return name === '' ? nameless(at, isInlined) : make({ name, file, line, address: at, isInlined });
  });
}
