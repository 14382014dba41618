/** Leaves out samples by the functions on their stacks. */
import type { Profile } from './profile.ts';

/** The profile without the samples that have a frame whose function is refused. Tables of functions and locations stay. */
export function without(profile: Profile, refuse: (fnName: string) => boolean): Profile {
  const refusedFunction = profile.functions.map((fn) => refuse(fn.name));
  const refused = profile.locations.map((location) => location.lines.some(({ fn }) => refusedFunction[fn]));
  const { count, starts, stacks, values, labels, labelSets } = profile.samples;
  const kept: number[] = [];
  for (let sample = 0; sample < count; sample++) {
    if (!stacks.subarray(starts[sample], starts[sample + 1]).some((location) => refused[location])) kept.push(sample);
  }
  if (kept.length === count) return profile;
  const types = profile.sampleTypes.length;
  const stackOf = (sample: number) => stacks.subarray(starts[sample], starts[sample + 1]);
  const newStarts = new Int32Array(kept.length + 1);
  for (const [i, sample] of kept.entries()) newStarts[i + 1] = newStarts[i]! + stackOf(sample).length;
  const newStacks = new Int32Array(newStarts.at(-1)!);
  for (const [i, sample] of kept.entries()) newStacks.set(stackOf(sample), newStarts[i]!);
  return {
    ...profile,
    samples: {
      count: kept.length,
      starts: newStarts,
      stacks: newStacks,
      values: Float64Array.from(kept.flatMap((sample) => [...values.subarray(sample * types, (sample + 1) * types)])),
      labels: Int32Array.from(kept, (sample) => labels[sample]!),
      labelSets,
    },
  };
}
