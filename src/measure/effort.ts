/**
 * How much is counted. Where requests cost at random, two processes differ by chance: more of them, with more requests each,
 * bring that below the limit, and tell better how much is left of it.
 */
import type { InstrumentName, MetricName } from '../config/config.ts';
import type { Bench } from './bench.ts';

export interface Effort {
  /** Processes a side. */
  readonly replicates: number;
  /** That each of them is asked to count. */
  readonly requests: number;
}

export interface Counting<Result> {
  readonly instrument: InstrumentName;
  /** Whose limits say what is too much noise. */
  readonly metrics: readonly MetricName[];
  /** Of what differs between replicates by chance of the requests alone, each one's figure per request. */
  figuresOf(result: Result): readonly number[];
  /** In the order of the subjects, with the time that each side's replicates took. */
  measure(effort: Effort): Promise<readonly { readonly result: Result; readonly took: Took }[]>;
}

/** The time of all replicates of one side, one after the other, and what of it went into the requests that were counted. */
export interface Took {
  readonly replicatesMs: number;
  readonly requestsMs: number;
}

const USUAL_REPLICATES = 2;
const MORE_REPLICATES = 4;
const MOST_REQUESTS = 16;
const MOST_RAISES = 2;
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
  const limit = smallestLimit(bench, counting.metrics);
  let effort = efforts.get(counting.instrument) ?? { replicates: USUAL_REPLICATES, requests: usual };
  let leftMs = BUDGETS * config.budgetMs;
  for (let raises = 0; ; raises++) {
    efforts.set(counting.instrument, effort);
    const startedMs = world.monotonicMs();
    const measured = await counting.measure(effort);
    if (raises > 0) leftMs -= world.monotonicMs() - startedMs;
    const results = measured.map(({ result }) => result);
    if (bench.isQuick || limit === undefined || raises === MOST_RAISES) return results;
    const sides = results.map((result) => counting.figuresOf(result));
    const slowest = measured.map(({ took }) => took).reduce((a, b) => (b.replicatesMs > a.replicatesMs ? b : a));
    const raised = raisedEffort(sides, { effort, took: slowest, leftMs }, SHARE_OF_LIMIT * limit, usual);
    if (raised === undefined) return results;
    const noise = (noiseOf(sides, effort.replicates) * 100).toFixed(1);
    bench.progress(
      `requests cost more or less at random (±${noise} %): counting ${raised.replicates} times ${raised.requests} of them`,
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
  // As the noise of a mean falls with the root of what it is a mean of.
  const times = (noiseOf(sides, MORE_REPLICATES) / wanted) ** 2;
  const room = leftMs - ((took.replicatesMs - took.requestsMs) / replicates) * MORE_REPLICATES;
  const msEach = (took.requestsMs / replicates / requests) * MORE_REPLICATES;
  const affordable = msEach > 0 ? room / msEach : Number.POSITIVE_INFINITY;
  const wantedRequests = Math.min(Math.max(requests * times, requests), MOST_REQUESTS * usual, affordable);
  // Whole multiples, so that the mixture of requests stays as it is.
  const raised = { replicates: MORE_REPLICATES, requests: Math.ceil(wantedRequests / usual) * usual };
  const isMore = raised.replicates > replicates || raised.requests > requests;
  return affordable >= usual && isMore ? raised : undefined;
}

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

function smallestLimit({ config }: Bench, metrics: readonly MetricName[]): number | undefined {
  const limits = metrics.flatMap((metric) => {
    const { total, function: ofFunctions } = config.limits.metrics[metric];
    return [total, ofFunctions].flatMap((limit) => (limit === 'off' ? [] : limit.ratio));
  });
  const smallest = Math.min(...limits);
  return Number.isFinite(smallest) && smallest > 0 ? smallest : undefined;
}
