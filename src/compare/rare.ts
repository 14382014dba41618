/**
 * What is allocated so seldom that its share of a request is an accident of the window: a map that doubles, a pool that
 * makes one more large buffer. 256 kB once in 300 requests is 873 bytes a request, and nothing in 300 others. So it is
 * taken out of both sides before they are compared, and told. Pure; it knows no limits.
 */
import { type AllocsResult, requestsOf, type SideName } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { gateKey } from '../profile/names.ts';
import { columnOf, type Profile } from '../profile/profile.ts';
import { framesAt } from '../profile/stacks.ts';
import type { ChangedCode } from './changed-code.ts';

/** Fewer times in a window: how often it comes is not known even to a half. */
const FEW = 3;
/** In a window of few requests even two are no rare thing. */
const LARGEST_SHARE = 0.02;

const COLUMNS = { objects: 'alloc_objects', bytes: 'alloc_space' } as const;
type Column = keyof typeof COLUMNS;

/** What was taken out of both sides, in all windows together. */
export interface RareAllocations {
  readonly requests: Readonly<Record<SideName, number>>;
  /** By the function that asked for it; the largest first. */
  readonly places: readonly RarePlace[];
  /** All on the paths to them, as recorded. */
  readonly functions: Readonly<Record<SideName, ReadonlySet<string>>>;
}

export interface RarePlace {
  /** Of the service's own code, where that is on the path; its name and one of its lines are the head's, if it is there. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly base: Amounts;
  readonly head: Amounts;
}

/** Whole numbers. */
export interface Amounts {
  readonly objects: number;
  readonly bytes: number;
}

export interface WithoutRare {
  readonly sides: Readonly<Record<SideName, MeasuredSide>>;
  readonly rare: RareAllocations;
}

/** Both sides without what is rare on both; what is rare on one and usual on the other has risen or fallen, and stays. */
export function withoutRare(
  given: Readonly<Record<SideName, MeasuredSide>>,
  changes: Pick<ChangedCode, 'headKey' | 'isOwn' | 'inRepository'>,
): WithoutRare {
  const places = new Places(changes);
  const sides = { ...given };
  const deck = deckOf(given.head) ?? deckOf(given.base);
  if (deck !== undefined) {
    for (const column of ['objects', 'bytes'] as const) {
      const base = seldomIn(given.base, column, deck, changes.headKey);
      const head = seldomIn(given.head, column, deck, (key) => key);
      if (base === undefined || head === undefined) continue;
      sides.base = withoutThose(sides.base, column, base.rareBeside(head), places);
      sides.head = withoutThose(sides.head, column, head.rareBeside(base), places);
    }
  }
  const requests = { base: requestsIn(given.base), head: requestsIn(given.head) };
  return { sides, rare: { requests, places: places.all(), functions: places.functions } };
}

const requestsIn = ({ manifest: { instruments } }: MeasuredSide) =>
  instruments.allocs === undefined ? 0 : requestsOf(instruments.allocs);

/**
 * After how many requests the scenario repeats, by what was answered while the service was tried and warmed up, which are
 * whole turns of it. Undefined where a command sent them: what its requests have in common is not known.
 */
function deckOf({ manifest: { answers } }: MeasuredSide): number | undefined {
  const counts = Object.values(answers ?? {}).map(({ count }) => count);
  const turns = counts.reduce(greatestCommonDivisor, 0);
  return turns === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0) / turns;
}

function seldomIn(
  { allocs, manifest }: MeasuredSide,
  column: Column,
  deck: number,
  headKey: (key: string) => string,
): Seldom | undefined {
  const result = manifest.instruments.allocs;
  return allocs && result && new Seldom(new Sampled(allocs.merged, column), result, deck, headKey);
}

/** The samples of one column of a profile, and what tells them apart in every profile of the same program. */
class Sampled {
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
    const size = this.#size(sample);
    return size === undefined ? undefined : this.value(sample) / size;
  }

  locations(sample: number): Int32Array {
    const { starts, stacks } = this.profile.samples;
    return stacks.subarray(starts[sample], starts[sample + 1]);
  }

  /** Its path by address and line, and its size. */
  identity(sample: number): string {
    const path = Array.from(this.locations(sample), (location) => this.#nameOf(location));
    return `${this.#size(sample)} ${path.join(';')}`;
  }

  #size(sample: number): number | undefined {
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

/** What comes seldom on one side, and the paths on which anything comes more often. */
class Seldom {
  readonly #sampled: Sampled;
  readonly #result: AllocsResult;
  readonly #deck: number;
  readonly #headKey: (key: string) => string;
  readonly #keys: string[][] = [];
  readonly #seldom: readonly number[];
  readonly #usual: Set<string>;

  constructor(sampled: Sampled, result: AllocsResult, deck: number, headKey: (key: string) => string) {
    this.#sampled = sampled;
    this.#result = result;
    this.#deck = deck;
    this.#headKey = headKey;
    const few: { readonly sample: number; readonly count: number; readonly site: string }[] = [];
    const usual: number[] = [];
    const sites = new Map<string, number>();
    for (let sample = 0; sample < sampled.profile.samples.count; sample++) {
      if (sampled.value(sample) === 0) continue;
      const count = sampled.count(sample);
      const site = this.#siteOf(sample);
      if (count === undefined || site === undefined || !this.#isFew(count)) {
        usual.push(sample);
        continue;
      }
      sites.set(site, (sites.get(site) ?? 0) + count);
      few.push({ sample, count, site });
    }
    // Of a place that is reached in many ways, or for many sizes, each way is rare, and the place is not.
    const isSeldom = ({ site }: (typeof few)[number]) => this.#isFew(sites.get(site)!);
    this.#seldom = few.filter(isSeldom).map(({ sample }) => sample);
    const others = few.filter((one) => !isSeldom(one)).map(({ sample }) => sample);
    this.#usual = new Set([...usual, ...others].map((sample) => this.#pathOf(sample)));
  }

  /** The identities of what is rare here, and not on a path that only the other side takes usually. */
  rareBeside(other: Seldom): ReadonlySet<string> {
    const rare = this.#seldom.filter((sample) => {
      const path = this.#pathOf(sample);
      return this.#usual.has(path) || !other.#usual.has(path);
    });
    return new Set(rare.map((sample) => this.#sampled.identity(sample)));
  }

  /** What comes in each turn of the scenario, be it of one request in hundreds, is a cost like any other. */
  #isFew(count: number): boolean {
    const { replicates } = this.#result;
    const requests = requestsOf(this.#result);
    return (
      count > 0 && count < FEW * replicates.length && count <= LARGEST_SHARE * requests && count < requests / this.#deck
    );
  }

  /** Function and line that allocate. */
  #siteOf(sample: number): string | undefined {
    const [leaf] = this.#sampled.locations(sample);
    if (leaf === undefined) return undefined;
    const { locations, functions } = this.#sampled.profile;
    const [own] = locations[leaf]!.lines;
    return own && `${functions[own.fn]!.name}:${own.line}`;
  }

  /** The functions on the way, each once, by the names that both sides share. */
  #pathOf(sample: number): string {
    const keys = Array.from(this.#sampled.locations(sample), (location) => this.#keysOf(location));
    return [...new Set(keys.flat())].join(';');
  }

  #keysOf(location: number): string[] {
    const { locations, functions } = this.#sampled.profile;
    this.#keys[location] ??= locations[location]!.lines.map(({ fn }) => this.#headKey(gateKey(functions[fn]!.name)));
    return this.#keys[location]!;
  }
}

/** The side without these samples of a column; what is left out of all replicates is added up in `places`. */
function withoutThose(side: MeasuredSide, column: Column, rare: ReadonlySet<string>, places: Places): MeasuredSide {
  const { allocs, manifest } = side;
  const result = manifest.instruments.allocs;
  if (allocs === undefined || result === undefined || rare.size === 0) return side;
  const leaveOut = (profile: Profile, see?: (sample: number, value: number) => void) => {
    const sampled = new Sampled(profile, column);
    const values = Float64Array.from(profile.samples.values);
    let amount = 0;
    for (let sample = 0; sample < profile.samples.count; sample++) {
      const value = sampled.value(sample);
      if (value === 0 || !rare.has(sampled.identity(sample))) continue;
      values[sampled.at(sample)] = 0;
      amount += value;
      see?.(sample, value);
    }
    return { profile: { ...profile, samples: { ...profile.samples, values } }, amount };
  };
  const replicates = allocs.replicates.map((profile) => leaveOut(profile));
  const merged = leaveOut(allocs.merged, (sample, value) =>
    places.add(manifest.side, allocs.merged, sample, { objects: 0, bytes: 0, [column]: value }),
  );
  const figures = result.replicates.map((one, i) => ({
    ...one,
    [column]: (Math.round(one[column] * one.requests) - replicates[i]!.amount) / one.requests,
  }));
  return {
    ...side,
    allocs: { replicates: replicates.map(({ profile }) => profile), merged: merged.profile },
    manifest: {
      ...manifest,
      instruments: { ...manifest.instruments, allocs: { ...result, replicates: figures } },
    },
  };
}

/** Where it is that rare things are allocated, on both sides. */
class Places {
  readonly functions = { base: new Set<string>(), head: new Set<string>() };
  readonly #changes: Pick<ChangedCode, 'headKey' | 'isOwn' | 'inRepository'>;
  readonly #places = new Map<string, RarePlace>();

  constructor(changes: Pick<ChangedCode, 'headKey' | 'isOwn' | 'inRepository'>) {
    this.#changes = changes;
  }

  add(side: SideName, profile: Profile, sample: number, more: Amounts): void {
    const { headKey, isOwn, inRepository } = this.#changes;
    const { starts, stacks } = profile.samples;
    const locations = stacks.subarray(starts[sample], starts[sample + 1]);
    const frames = Array.from(locations, (location) => framesAt(profile, location, (frame) => frame)).flat();
    for (const { name } of frames) this.functions[side].add(name);
    const { name, file, line } = frames.find((frame) => isOwn(frame.file)) ?? frames[0]!;
    const key = side === 'base' ? headKey(gateKey(name)) : gateKey(name);
    const known = this.#places.get(key) ?? { base: NOTHING, head: NOTHING };
    const { objects, bytes } = known[side];
    this.#places.set(key, {
      ...known,
      function: name,
      file: inRepository(file) ?? file,
      line,
      [side]: { objects: objects + more.objects, bytes: bytes + more.bytes },
    });
  }

  all(): RarePlace[] {
    const most = ({ base, head }: RarePlace, what: keyof Amounts) => Math.max(base[what], head[what]);
    return [...this.#places.values()].sort(
      (a, b) => most(b, 'bytes') - most(a, 'bytes') || most(b, 'objects') - most(a, 'objects'),
    );
  }
}

const NOTHING: Amounts = { objects: 0, bytes: 0 };

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
