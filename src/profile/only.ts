/** Leaves out the values of some sample types. */
import { columnOf, type Profile } from './profile.ts';

/** The profile with zeros in every column but those of the named types, which it has; samples and columns stay. */
export function only(profile: Profile, types: readonly string[]): Profile {
  const kept = new Set(types.map((type) => columnOf(profile, type)));
  const { length } = profile.sampleTypes;
  const values = profile.samples.values.map((value, i) => (kept.has(i % length) ? value : 0));
  return { ...profile, samples: { ...profile.samples, values } };
}
