/**
 * Makes a Profile out of stacks that some instrument counted, one call a sample. It has no opinion on what is counted.
 * encode.ts writes the result to a file that `go tool pprof` opens.
 */
import { Interner, LabelSets } from './intern.ts';
import type { Label, Location, Mapping, Profile, ProfileFunction, ValueType } from './profile.ts';

export interface ProfileHeader {
  /** At least one, each with a name. */
  readonly sampleTypes: readonly ValueType[];
  /** What `go tool pprof` shows first; its own choice is the last type. */
  readonly defaultType?: string;
  readonly periodType?: ValueType;
  readonly period?: number;
  readonly timeNanos?: number;
  readonly durationNanos?: number;
  readonly comments?: readonly string[];
  /** For messages; `built` when absent. */
  readonly label?: string;
}

export interface BuilderFrame {
  readonly fn: string;
  readonly file: string;
  /** 0 when not known. */
  readonly line: number;
  /** Line of the declaration. */
  readonly startLine?: number;
}

export interface BuilderLocation {
  readonly address?: bigint | number;
  /** Innermost inlined function first. Empty where nobody knows the address. */
  readonly frames: readonly BuilderFrame[];
}

export interface MappingDetails {
  readonly start?: bigint | number;
  readonly limit?: bigint | number;
  readonly offset?: bigint | number;
  /** Are functions, files, lines and inlined functions known? True when absent, so that pprof does not look for them. */
  readonly isSymbolized?: boolean;
}

export class ProfileBuilder {
  readonly #header: ProfileHeader;
  readonly #mappings: Mapping[] = [];
  readonly #functions = new Interner<ProfileFunction>();
  readonly #locations = new Interner<Location>();
  /** Those that were added as the same object. */
  readonly #known = new Map<BuilderLocation, number>();
  readonly #labelSets = new LabelSets();
  readonly #starts = [0];
  readonly #stacks: number[] = [];
  readonly #values: number[] = [];
  readonly #labels: number[] = [];

  constructor(header: ProfileHeader) {
    if (header.sampleTypes.length === 0 || header.sampleTypes.some((t) => t.type === '')) {
      throw new Error('a profile needs sample types, and each a name');
    }
    this.#header = header;
  }

  /** Declares an executable or library, the program itself first. Locations added later belong to the one that holds their address. */
  mapping(file: string, buildId: string, details: MappingDetails = {}): this {
    const known = details.isSymbolized ?? true;
    this.#mappings.push({
      start: BigInt(details.start ?? 0),
      limit: BigInt(details.limit ?? 0),
      offset: BigInt(details.offset ?? 0),
      file,
      buildId,
      hasFunctions: known,
      hasFilenames: known,
      hasLineNumbers: known,
      hasInlineFrames: known,
    });
    return this;
  }

  /** Adds a sample: its stack, leaf first, and one value for each type. Values are rounded to whole numbers. */
  add(stack: readonly BuilderLocation[], values: readonly number[], labels: readonly Label[] = []): this {
    if (values.length !== this.#header.sampleTypes.length) {
      throw new Error(`${values.length} values for ${this.#header.sampleTypes.length} sample types`);
    }
    const whole = values.map(Math.round);
    const bad = whole.findIndex((value) => !Number.isSafeInteger(value));
    if (bad >= 0) throw new Error(`${values[bad]} cannot be a value of a profile`);
    for (const location of stack) this.#stacks.push(this.#location(location));
    for (const value of whole) this.#values.push(value);
    this.#labels.push(this.#labelSets.add(labels.filter(isLabel)));
    this.#starts.push(this.#stacks.length);
    return this;
  }

  build(): Profile {
    const { sampleTypes, defaultType, periodType, period, timeNanos, durationNanos, comments, label } = this.#header;
    return {
      label: label ?? 'built',
      sampleTypes,
      defaultSampleType: defaultType ?? '',
      periodType,
      period: period ?? 0,
      timeNanos: timeNanos ?? 0,
      durationNanos: durationNanos ?? 0,
      comments: comments ?? [],
      mappings: [...this.#mappings],
      functions: [...this.#functions.values],
      locations: [...this.#locations.values],
      samples: {
        count: this.#labels.length,
        starts: Int32Array.from(this.#starts),
        stacks: Int32Array.from(this.#stacks),
        values: Float64Array.from(this.#values),
        labels: Int32Array.from(this.#labels),
        labelSets: [...this.#labelSets.sets],
      },
    };
  }

  #location(location: BuilderLocation): number {
    let index = this.#known.get(location);
    if (index === undefined) {
      index = this.#indexOf(location);
      this.#known.set(location, index);
    }
    return index;
  }

  #indexOf({ address = 0n, frames }: BuilderLocation): number {
    const at = BigInt(address);
    const mapping = this.#mappings.findIndex(({ start, limit }) => limit === 0n || (start <= at && at < limit));
    const lines = frames.map(({ fn, file, line, startLine = 0 }) => ({
      fn: this.#functions.index(`${startLine}\n${file}\n${fn}`, () => ({ name: fn, file, startLine })),
      line,
    }));
    const key = `${mapping} ${at} ${lines.map(({ fn, line }) => `${fn}:${line}`).join()}`;
    return this.#locations.index(key, () => ({ address: at, mapping, lines }));
  }
}

/** pprof drops what has neither text nor number. */
function isLabel(label: Label): boolean {
  return 'text' in label ? label.text !== '' : label.number !== 0 || label.unit !== '';
}
