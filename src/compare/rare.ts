/**
 * What is allocated so seldom that its share of a request is an accident of the window: a map that doubles, a pool that
 * makes one more large buffer. 256 kB once in 300 requests is 873 bytes a request, and nothing in 300 others. So it is
 * taken out of both sides before they are compared, and told. Pure; it knows no limits.
 */
import { requestsOf, type SideName } from '../measure/manifest.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import type { Profile } from '../profile/profile.ts';
import type { ChangedCode } from './changed-code.ts';
import { type RareAllocations, RarePlaces } from './rare-places.ts';
import { type Column, Sampled, Seldom, type SharedNames } from './seldom.ts';

export interface WithoutRare {
  readonly sides: Readonly<Record<SideName, MeasuredSide>>;
  readonly rare: RareAllocations;
}

/** Both sides without what is rare on both: what is rare on one and usual on the other has risen or fallen, and stays. */
export function withoutRare(
  given: Readonly<Record<SideName, MeasuredSide>>,
  changes: Pick<ChangedCode, 'headKey' | 'lines' | 'isOwn' | 'inRepository'>,
): WithoutRare {
  const places = new RarePlaces(changes);
  const sides = { ...given };
  const deck = deckOf(given.head) ?? deckOf(given.base);
  if (deck !== undefined) {
    for (const column of ['objects', 'bytes'] as const) {
      const base = seldomIn(given.base, column, deck, {
        keyOf: changes.headKey,
        lineOf: (file, line) => changes.lines.toHead(file, line)?.line,
      });
      const head = seldomIn(given.head, column, deck, { keyOf: (key) => key, lineOf: (_, line) => line });
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
  names: SharedNames,
): Seldom | undefined {
  const result = manifest.instruments.allocs;
  return allocs && result && new Seldom(new Sampled(allocs.merged, column), result, deck, names);
}

/** The side without these samples of a column; what is left out of all replicates is added up in `places`. */
function withoutThose(side: MeasuredSide, column: Column, rare: ReadonlySet<string>, places: RarePlaces): MeasuredSide {
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

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
