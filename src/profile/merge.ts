/**
 * Adds and subtracts whole profiles, sample by sample. Identity is what pprof takes: mapping by build id or file, address
 * relative to its mapping, function by name, file and first line, sample by stack and labels; so `go tool pprof` shows the
 * same figures for our result as for the parts given to it together.
 */
import { Interner, LabelSets } from './intern.ts';
import type { Location, Mapping, Profile, ProfileFunction } from './profile.ts';
import { ProfileError } from './profile.ts';

/**
 * One profile with all samples of the given ones (at least one, all of the same types). Earliest time, summed duration,
 * largest period, comments without repetition: read no duration from it that should be one of the clock.
 */
export function mergeProfiles(profiles: readonly Profile[], label: string): Profile {
  const [first] = profiles;
  if (first === undefined) throw new Error('no profiles to merge');
  return {
    ...first,
    label,
    ...combine(profiles, () => 1),
    defaultSampleType: profiles.find((p) => p.defaultSampleType !== '')?.defaultSampleType ?? '',
    period: Math.max(...profiles.map((p) => p.period)),
    timeNanos: earliest(profiles),
    durationNanos: profiles.reduce((sum, p) => sum + p.durationNanos, 0),
    comments: [...new Set(profiles.flatMap((p) => p.comments))],
  };
}

/** A profile of what happened between two snapshots. */
export interface Difference extends Profile {
  /**
   * By sample type, the sum of the samples that are negative, as a negative number. Real for `inuse_*` (memory was freed);
   * for `alloc_*` a sign of snapshots in the wrong order or of the runtime's known bug. They are kept.
   */
  readonly negative: readonly number[];
}

/**
 * `after` minus `before`, stack by stack; both are snapshots of the same process, or the result means nothing. Samples
 * that cancel are gone. Its duration is the time between the two.
 */
export function subtract(after: Profile, before: Profile): Difference {
  const combined = combine([after, before], (index) => (index === 0 ? 1 : -1));
  const negative = after.sampleTypes.map(() => 0);
  const { values } = combined.samples;
  for (let i = 0; i < values.length; i++) {
    const column = i % negative.length;
    if (values[i]! < 0) negative[column] = negative[column]! + values[i]!;
  }
  const isTimed = after.timeNanos > 0 && before.timeNanos > 0;
  return {
    ...after,
    ...combined,
    timeNanos: before.timeNanos,
    durationNanos: isTimed ? after.timeNanos - before.timeNanos : 0,
    negative,
  };
}

type Combined = Pick<Profile, 'mappings' | 'functions' | 'locations' | 'samples'>;

function combine(profiles: readonly Profile[], weight: (index: number) => 1 | -1): Combined {
  const [first] = profiles;
  const mappings = new Interner<Mapping>();
  const functions = new Interner<ProfileFunction>();
  const locations = new Interner<Location>();
  const labelSets = new LabelSets();
  const samples = new Interner<{ readonly stack: number[]; readonly labels: number; readonly values: number[] }>();
  for (const [index, profile] of profiles.entries()) {
    requireSameTypes(first!, profile);
    const sign = weight(index);
    const types = profile.sampleTypes.length;
    const ofMapping = profile.mappings.map((m) => mappings.index(mappingKey(m), () => m));
    const ofFunction = profile.functions.map((fn) =>
      functions.index(`${fn.startLine}\n${fn.file}\n${fn.name}`, () => fn),
    );
    const ofLocation = profile.locations.map((location) => {
      const mapping = location.mapping < 0 ? -1 : ofMapping[location.mapping]!;
      const offset = mapping < 0 ? 0n : profile.mappings[location.mapping]!.start;
      const lines = location.lines.map(({ fn, line }) => ({ fn: ofFunction[fn]!, line }));
      const relative = location.address - offset;
      const key = `${mapping} ${relative} ${lines.map(({ fn, line }) => `${fn}:${line}`).join()}`;
      const address = mapping < 0 ? location.address : relative + mappings.values[mapping]!.start;
      return locations.index(key, () => ({ address: BigInt.asUintN(64, address), mapping, lines }));
    });
    const ofLabels = profile.samples.labelSets.map((set) => labelSets.add(set));
    for (let sample = 0; sample < profile.samples.count; sample++) {
      const stack = Array.from(
        profile.samples.stacks.subarray(profile.samples.starts[sample]!, profile.samples.starts[sample + 1]!),
        (location) => ofLocation[location]!,
      );
      const labels = ofLabels[profile.samples.labels[sample]!]!;
      const sum = samples.index(`${labels} ${stack.join()}`, () => ({ stack, labels, values: Array(types).fill(0) }));
      const { values } = samples.values[sum]!;
      for (let type = 0; type < types; type++) values[type]! += sign * profile.samples.values[sample * types + type]!;
    }
  }
  const kept = samples.values.filter(({ values }) => values.some((value) => value !== 0));
  const starts = new Int32Array(kept.length + 1);
  for (const [i, { stack }] of kept.entries()) starts[i + 1] = starts[i]! + stack.length;
  return {
    mappings: mappings.values,
    functions: functions.values,
    locations: locations.values,
    samples: {
      count: kept.length,
      starts,
      stacks: Int32Array.from(kept.flatMap(({ stack }) => stack)),
      values: Float64Array.from(kept.flatMap(({ values }) => values)),
      labels: Int32Array.from(kept, ({ labels }) => labels),
      labelSets: labelSets.sets,
    },
  };
}

/** Size and identity, not place: the same program lies elsewhere in the next process. */
function mappingKey({ start, limit, offset, buildId, file }: Mapping): string {
  return `${limit - start} ${offset} ${buildId === '' ? file : buildId}`;
}

function requireSameTypes(a: Profile, b: Profile): void {
  const types = ({ sampleTypes, periodType }: Profile) =>
    [periodType, ...sampleTypes].map((t) => `${t?.type ?? ''}/${t?.unit ?? ''}`).join(' ');
  const both = `${b.label} cannot be combined with ${a.label}`;
  if (types(a) !== types(b)) throw new ProfileError(`${both}: one holds ${types(b)}, the other ${types(a)}`);
  // A heap sampled at another rate has another noise; elsewhere the period says nothing of the kind.
  if (a.periodType?.type === 'space' && a.period !== b.period) {
    throw new ProfileError(
      `${both}: memory was sampled every ${b.period} bytes in one, every ${a.period} in the other`,
    );
  }
}

function earliest(profiles: readonly Profile[]): number {
  const known = profiles.map((p) => p.timeNanos).filter((time) => time !== 0);
  return known.length === 0 ? 0 : Math.min(...known);
}
