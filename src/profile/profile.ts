/**
 * What a pprof profile is once it has been read and checked: a plain record that nobody changes. Ids are gone
 * (everything points by index), the millions of small things lie in typed arrays, and all numbers are exact integers.
 * Nothing here knows the file format (decode.ts, encode.ts) or what a figure means (table.ts, stacks.ts).
 */
import { MeasurementError } from '../base/errors.ts';

/** What one column of values counts: `cpu` in `nanoseconds`. */
export interface ValueType {
  readonly type: string;
  readonly unit: string;
}

/** An executable or library that was mapped into the process. */
export interface Mapping {
  readonly start: bigint;
  /** First address behind it; 0 when not known. */
  readonly limit: bigint;
  readonly offset: bigint;
  readonly file: string;
  /** GNU build id, empty when the linker wrote none. */
  readonly buildId: string;
  readonly hasFunctions: boolean;
  readonly hasFilenames: boolean;
  readonly hasLineNumbers: boolean;
  readonly hasInlineFrames: boolean;
}

export interface ProfileFunction {
  /** As recorded; names.ts makes it comparable. */
  readonly name: string;
  readonly file: string;
  /** Line of the declaration; 0 where the producer does not say (Go before 1.20). */
  readonly startLine: number;
}

export interface Line {
  /** Index into `functions`. */
  readonly fn: number;
  /** Line in the function's file; 0 when not known. */
  readonly line: number;
}

/** One address of the program. */
export interface Location {
  readonly address: bigint;
  /** Index into `mappings`; -1 for none. */
  readonly mapping: number;
  /** Innermost inlined function first, the function that owns the code last. Empty where nobody knew the address. */
  readonly lines: readonly Line[];
}

/** A label of a sample: either text (`pprof.Do`) or a number (`bytes`, the object size of a heap sample). */
export type Label =
  | { readonly key: string; readonly text: string }
  | { readonly key: string; readonly number: number; readonly unit: string };

/**
 * The samples, in columns. Sample `i` has the stack `stacks[starts[i]] … stacks[starts[i + 1] - 1]` (indexes into
 * `locations`, leaf first, possibly none), the values `values[i * types + t]`, and the labels `labelSets[labels[i]]`.
 * The same stack may come many times: always sum.
 */
export interface Samples {
  readonly count: number;
  readonly starts: Int32Array;
  readonly stacks: Int32Array;
  /** Whole numbers within ±(2^53 - 1); negative ones are real in differences. */
  readonly values: Float64Array;
  readonly labels: Int32Array;
  /** Distinct sets, each sorted by key; number 0 is the empty set. */
  readonly labelSets: readonly (readonly Label[])[];
}

export interface Profile {
  /** Where it came from (`base cpu round 3`), for messages. */
  readonly label: string;
  readonly sampleTypes: readonly ValueType[];
  /** Empty when the producer names none; never rely on it. */
  readonly defaultSampleType: string;
  readonly periodType: ValueType | undefined;
  /** Between two samples: ns for CPU, MemProfileRate for the heap; 1 otherwise. */
  readonly period: number;
  /** Since 1970, start (CPU) or moment (heap) of the profile; rounded to 2^-2 µs, for it is beyond 2^53. 0: not known. */
  readonly timeNanos: number;
  /** 0 where the producer does not say (heap snapshots). */
  readonly durationNanos: number;
  readonly comments: readonly string[];
  readonly mappings: readonly Mapping[];
  readonly functions: readonly ProfileFunction[];
  readonly locations: readonly Location[];
  readonly samples: Samples;
}

/** The bytes are not a profile, not a whole one, or not the kind that is needed. */
export class ProfileError extends MeasurementError {}

/** The column of the sample type of that name; throws a ProfileError that lists what there is. */
export function columnOf(profile: Profile, type: string): number {
  const column = profile.sampleTypes.findIndex((t) => t.type === type);
  if (column >= 0) return column;
  const types = profile.sampleTypes.map((t) => `${t.type}/${t.unit}`).join(', ');
  throw new ProfileError(`${profile.label}: no values of type '${type}'; it has ${types}`);
}
