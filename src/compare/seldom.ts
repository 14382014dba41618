/** What one side allocates so seldom in its windows that nobody can say how often it does. */
import { type AllocsResult, requestsOf } from '../measure/manifest.ts';
import { gateKey } from '../profile/names.ts';
import { columnOf, type Profile } from '../profile/profile.ts';

/** Fewer times in a window: how often it comes is not known even to a half. */
const FEW = 3;
/** In a window of few requests even two are no rare thing. */
const LARGEST_SHARE = 0.02;

const COLUMNS = { objects: 'alloc_objects', bytes: 'alloc_space' } as const;
export type Column = keyof typeof COLUMNS;

/** The samples of one column of a profile, and what tells them apart in every profile of the same program. */
export class Sampled {
  readonly profile: Profile;
  readonly #column: number;
  readonly #objects: boolean;
  readonly #names: string[] = [];

  constructor(profile: Profile, column: Column) {
    this.profile = profile;
    this.#column = columnOf(profile, COLUMNS[column]);
    this.#objects = column === 'objects';
  }

  value(sample: number): number {
    return this.profile.samples.values[this.at(sample)]!;
  }

  at(sample: number): number {
    return sample * this.profile.sampleTypes.length + this.#column;
  }

  /** How many objects: bytes are counted in another process than objects are, so by their own size. */
  count(sample: number): number | undefined {
    if (this.#objects) return this.value(sample);
    const size = this.size(sample);
    return size === undefined ? undefined : this.value(sample) / size;
  }

  locations(sample: number): Int32Array {
    const { starts, stacks } = this.profile.samples;
    return stacks.subarray(starts[sample], starts[sample + 1]);
  }

  /** Its path by address and line, and its size. */
  identity(sample: number): string {
    const path = Array.from(this.locations(sample), (location) => this.#nameOf(location));
    return `${this.size(sample)} ${path.join(';')}`;
  }

  /** Of each object. */
  size(sample: number): number | undefined {
    const { labels, labelSets } = this.profile.samples;
    const label = labelSets[labels[sample]!]!.find(({ key }) => key === 'bytes');
    return label !== undefined && 'number' in label && label.number > 0 ? label.number : undefined;
  }

  /** Independent of where the program lies. */
  #nameOf(location: number): string {
    let name = this.#names[location];
    if (name === undefined) {
      const { mappings, locations, functions } = this.profile;
      const { address, mapping, lines } = locations[location]!;
      const relative = address - (mappings[mapping]?.start ?? 0n);
      name = [relative, ...lines.map(({ fn, line }) => `${functions[fn]!.name}:${line}`)].join(' ');
      this.#names[location] = name;
    }
    return name;
  }
}

/** By which functions and lines of a side are found again on the other. */
export interface SharedNames {
  keyOf(key: string): string;
  /** Undefined where the other side has no such line. */
  lineOf(file: string, line: number): number | undefined;
}

interface Kind {
  readonly path: string;
  /** The path with the size of the object. */
  readonly sized: string;
  /** Function and line that allocate; undefined where nobody knows. */
  readonly site: string | undefined;
  readonly count: number;
}

/** How often each thing is allocated on one side, in all its windows. */
export class Seldom {
  readonly #sampled: Sampled;
  readonly #result: AllocsResult;
  readonly #deck: number;
  readonly #names: SharedNames;
  readonly #keys: string[][] = [];
  readonly #kinds = new Map<number, Kind>();
  readonly #sized = new Map<string, number>();
  /** Of things that are few. */
  readonly #sites = new Map<string, number>();
  /** Paths on which anything is not rare. */
  readonly #usual = new Set<string>();

  /** `sampled`: of all replicates together. `deck`: after how many requests the scenario repeats. */
  constructor(sampled: Sampled, result: AllocsResult, deck: number, names: SharedNames) {
    this.#sampled = sampled;
    this.#result = result;
    this.#deck = deck;
    this.#names = names;
    for (let sample = 0; sample < sampled.profile.samples.count; sample++) {
      if (sampled.value(sample) !== 0) this.#kinds.set(sample, this.#kindOf(sample));
    }
    for (const { sized, count } of this.#kinds.values()) this.#sized.set(sized, (this.#sized.get(sized) ?? 0) + count);
    for (const { sized, site, count } of this.#kinds.values()) {
      if (site !== undefined && this.#isFew(this.#sized.get(sized)!)) {
        this.#sites.set(site, (this.#sites.get(site) ?? 0) + count);
      }
    }
    for (const kind of this.#kinds.values()) if (!this.#isRare(kind)) this.#usual.add(kind.path);
  }

  /**
   * The identities of what is rare here and no more than rare on the other side. What is rare here and usual there, on a
   * path that is not usual here, has become more or less.
   */
  rareBeside(other: Seldom): ReadonlySet<string> {
    const identities = new Set<string>();
    for (const [sample, kind] of this.#kinds) {
      const isOtherwise = other.#usual.has(kind.path) && !this.#usual.has(kind.path);
      if (this.#isRare(kind) && other.#isRare(kind) && !isOtherwise) identities.add(this.#sampled.identity(sample));
    }
    return identities;
  }

  /** Of a place that is reached in many ways, or allocates many sizes, each way may be rare, and the place is not. */
  #isRare({ sized, site }: Kind): boolean {
    return site !== undefined && this.#isFew(this.#sized.get(sized) ?? 0) && this.#isFew(this.#sites.get(site) ?? 0);
  }

  /** What comes in each turn of the scenario, be it with one request of hundreds, is a cost like any other. */
  #isFew(count: number): boolean {
    const { replicates } = this.#result;
    const requests = requestsOf(this.#result);
    return count < FEW * replicates.length && count <= LARGEST_SHARE * requests && count < requests / this.#deck;
  }

  #kindOf(sample: number): Kind {
    const locations = this.#sampled.locations(sample);
    const path = [...new Set(Array.from(locations, (location) => this.#keysOf(location)).flat())].join(';');
    const size = this.#sampled.size(sample);
    const count = this.#sampled.count(sample);
    const isKnown = locations.length > 0 && count !== undefined && count > 0;
    const site = isKnown ? this.#siteOf(locations[0]!) : undefined;
    return { path, sized: `${size} ${path}`, site, count: count ?? 0 };
  }

  #siteOf(leaf: number): string | undefined {
    const { locations, functions } = this.#sampled.profile;
    const [innermost] = locations[leaf]!.lines;
    if (innermost === undefined) return undefined;
    const line = this.#names.lineOf(functions[innermost.fn]!.file, innermost.line);
    return `${this.#keysOf(leaf)[0]}:${line ?? `gone ${innermost.line}`}`;
  }

  #keysOf(location: number): string[] {
    const { locations, functions } = this.#sampled.profile;
    this.#keys[location] ??= locations[location]!.lines.map(({ fn }) =>
      this.#names.keyOf(gateKey(functions[fn]!.name)),
    );
    return this.#keys[location]!;
  }
}
