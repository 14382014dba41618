/**
 * How much is counted. Where requests cost at random, two processes differ by chance: more of them, with more requests each,
 * bring that below the limit, and tell better how much is left of it.
 */
import type { InstrumentName, MetricName } from '../model/metrics.ts';
import type { Bench } from './bench.ts';

export interface Effort {
  /** Processes a side. */
  readonly replicates: number;
  /** That each of them is asked to count. */
  readonly requests: number;
}

export interface Counting<Result> {
  readonly instrument: InstrumentName;
  readonly figures: readonly Figure<Result>[];
  /** In the order of the subjects, with the time that each side's replicates took. */
  measure(effort: Effort): Promise<readonly { readonly result: Result; readonly took: Took }[]>;
}

/** What differs between replicates by chance of the requests alone. */
export interface Figure<Result> {
  /** Whose limits say what is too much noise. */
  readonly metric: MetricName;
  /** Each replicate's, per request. */
  of(result: Result): readonly number[];
}

/** What the replicates of one side took, one after the other. */
export interface Took {
  readonly replicatesMs: number;
  /** Of that, the time of the requests that were counted. */
  readonly requestsMs: number;
  /** That a request allocates, and none is freed while they are counted. */
  readonly bytesPerRequest: number;
}

const USUAL_REPLICATES = 2;
const MORE_REPLICATES = 4;
/** In each process, times the usual number. */
const MOST_REQUESTS = 64;
/** That the requests of a process may allocate. */
const MOST_BYTES = 2 ** 30;
const MOST_RAISES = 2;
/** Where four processes have no time for so large a share of the requests that fewer processes have, those are better. */
const SHARE_OF_MOST = 0.8;
/** A few replicates tell their variance roughly: that of many may well be so many times as large. */
const VARIANCE_MAY_BE_TIMES = 1.5;
/** Counting more may take so many times the config's budget: on a busy machine each process takes long to start. */
const BUDGETS = 2;
/** The share of a limit that noise may be: a rise of one and a half times the limit is then clear. */
const SHARE_OF_LIMIT = 0.5;
/**
 * Two processes on either side know their noise by two differences, which may both be small by chance: one time in ten
 * three times too small for what is random (chi-squared with two degrees of freedom).
 */
const MAY_BE_TIMES = { [USUAL_REPLICATES]: 3 } as Readonly<Record<number, number>>;

/** The results of both sides, counted as often as the noise of the requests wants; in bounded time. */
export async function countUntilClear<Result>(
  bench: Bench,
  usual: number,
  counting: Counting<Result>,
): Promise<readonly Result[]> {
  const { config, efforts, world } = bench;
  const figures = counting.figures.flatMap(({ metric, of }) => {
    const limit = smallestLimit(bench, metric);
    return limit === undefined ? [] : [{ of, wanted: SHARE_OF_LIMIT * limit }];
  });
  let effort = efforts.get(counting.instrument) ?? { replicates: USUAL_REPLICATES, requests: usual };
  let leftMs = BUDGETS * config.budgetMs;
  for (let turn = 0; ; turn++) {
    efforts.set(counting.instrument, effort);
    const startedMs = world.monotonicMs();
    const measured = await counting.measure(effort);
    if (turn > 0) leftMs -= world.monotonicMs() - startedMs;
    const results = measured.map(({ result }) => result);
    if (bench.isQuick || turn === MOST_RAISES) return results;
    const slowest = measured.map(({ took }) => took).reduce((a, b) => (b.replicatesMs > a.replicatesMs ? b : a));
    const bytesPerRequest = Math.max(...measured.map(({ took }) => took.bytesPerRequest));
    const spent = { effort, took: { ...slowest, bytesPerRequest }, leftMs };
    const raises = figures.flatMap(({ of, wanted }) => {
      const sides = results.map(of);
      const raised = raisedEffort(sides, spent, wanted, usual);
      return raised === undefined ? [] : [{ raised, noise: noiseOf(sides, effort.replicates) }];
    });
    const [most] = raises.sort((a, b) => requestsIn(b.raised) - requestsIn(a.raised));
    if (most === undefined) return results;
    const { raised, noise } = most;
    bench.progress(
      `requests cost more or less at random (±${(noise * 100).toFixed(1)} %): counting ${raised.replicates} times ${raised.requests} of them`,
    );
    effort = raised;
  }
}

export interface Spent {
  readonly effort: Effort;
  readonly took: Took;
  /** That counting more may take. */
  readonly leftMs: number;
}

/** What brings the noise below `wanted`, a share, as far as there is time; undefined where it is below, or nothing helps. */
export function raisedEffort(
  sides: readonly (readonly number[])[],
  { effort, took, leftMs }: Spent,
  wanted: number,
  usual: number,
): Effort | undefined {
  const { replicates, requests } = effort;
  if (noiseOf(sides, replicates) * (MAY_BE_TIMES[replicates] ?? 1) <= wanted) return undefined;
  const startMs = (took.replicatesMs - took.requestsMs) / replicates;
  const requestMs = took.requestsMs / replicates / requests;
  const most = Math.max(1, Math.min(MOST_REQUESTS * usual, MOST_BYTES / took.bytesPerRequest));
  const raised: Effort[] = [];
  for (let more = MORE_REPLICATES; more >= replicates; more--) {
    const room = leftMs - startMs * more;
    const affordable = requestMs > 0 ? room / (requestMs * more) : Number.POSITIVE_INFINITY;
    // As the noise of a mean falls with the root of what it is a mean of.
    const times = Math.max(1, VARIANCE_MAY_BE_TIMES * (noiseOf(sides, more) / wanted) ** 2);
    const wantedRequests = Math.min(requests * times, affordable, most);
    // Whole multiples, so that the mixture of requests stays as it is.
    const one = { replicates: more, requests: Math.ceil(wantedRequests / usual) * usual };
    if (affordable >= usual && requestsIn(one) > requestsIn(effort)) raised.push(one);
  }
  const mostCounted = Math.max(...raised.map(requestsIn));
  return raised.find((one) => requestsIn(one) >= SHARE_OF_MOST * mostCounted);
}

const requestsIn = ({ replicates, requests }: Effort): number => replicates * requests;

/** Twice the standard error of the difference of both sides, with so many replicates of the same requests, as a share. */
function noiseOf(sides: readonly (readonly number[])[], replicates: number): number {
  const variances = sides.map((figures) => {
    const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
    return mean === 0 || figures.length < 2 ? 0 : squares / (figures.length - 1) / mean ** 2;
  });
  const variance = variances.reduce((sum, one) => sum + one, 0) / Math.max(1, variances.length);
  return 2 * Math.sqrt((2 * variance) / replicates);
}

function smallestLimit({ config }: Bench, metric: MetricName): number | undefined {
  const { total, function: ofFunctions } = config.limits.metrics[metric];
  const limits = [total, ofFunctions].flatMap((limit) => (limit === 'off' ? [] : limit.ratio));
  const smallest = Math.min(...limits);
  return Number.isFinite(smallest) && smallest > 0 ? smallest : undefined;
}
