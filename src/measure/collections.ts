/**
 * What the garbage collector costs a request. Collections are counted alone, with all requests between them uncounted:
 * what one costs repeats, while a request that happens to run beside one does not.
 */
import { type Bench, type Running, request, wholeDecks } from './bench.ts';
import { type Callgrind, countedBy } from './valgrind.ts';

/**
 * Collections to learn the distance between two from, and the most requests to wait for them. Whether they are waited for
 * must not depend on how fast the machine is today: the two ways to know the distance differ by some per cent.
 */
const CYCLES = { full: 5, quick: 1 };
const MOST_REQUESTS = 1000;
/** Not even for a service whose requests take long each. */
const LONGEST_MS = 60_000;
/**
 * How far the distance may be off: a collection is seen at the next look, up to a whole step behind it. Where a commit
 * moves one from this side of a look to that, both sides differ by as much, which no replicate shows.
 */
const PRECISION = 0.02;
const LEAST_LOOKS = 20;
/** Requests between two looks. Of a command more: each time it is started anew. */
const STEP = 10;
const STEP_OF_COMMAND = 200;
/** Collections that are counted in each replicate. */
const COUNTED = { full: 3, quick: 1 };

/**
 * Bytes allocated from one collection to the next, with the collector as the service sets it. In bytes and not in
 * requests, since asking the agent allocates as well.
 */
export async function bytesBetweenCollections(bench: Bench, running: Running): Promise<number> {
  const { agent } = running;
  await agent.gc(1);
  const deadlineMs = bench.world.monotonicMs() + LONGEST_MS;
  const start = await agent.memStats();
  const known = Math.max(1, start.nextGC - start.heapAlloc);
  const step = wholeDecks(bench, bench.command === undefined ? STEP : STEP_OF_COMMAND);
  const most = Math.max(MOST_REQUESTS, LEAST_LOOKS * step);
  const cycles = CYCLES[bench.isQuick ? 'quick' : 'full'];
  let first = start;
  let last = start;
  let firstSeenAt = 0;
  for (let requests = step; requests <= most && bench.world.monotonicMs() < deadlineMs; requests += step) {
    await request(bench, running, step);
    const now = await agent.memStats();
    if (now.numGC !== last.numGC) {
      last = now;
      if (first === start) {
        first = now;
        firstSeenAt = requests;
      }
      const [seen, span] = [last.numGC - first.numGC, requests - firstSeenAt];
      if (seen >= cycles && Math.min(step, span / seen) <= PRECISION * span) break;
    }
    // Two collections are too far away to be waited for; where the next one would begin is known all the same.
    const expected = (2 * known * requests) / (now.totalAlloc - start.totalAlloc);
    if (first === start && expected > most) break;
  }
  if (last.numGC > first.numGC) return (last.totalAlloc - first.totalAlloc) / (last.numGC - first.numGC);
  return known;
}

export interface CollectionOptions {
  readonly counter: Callgrind;
  /** As in `bytesBetweenCollections`. */
  readonly bytesBetween: number;
  readonly bytesPerRequest: number;
}

/** The collector's instructions per request, and the collections that they were learnt from. */
export async function countCollections(bench: Bench, running: Running, options: CollectionOptions) {
  const { counter, bytesBetween, bytesPerRequest } = options;
  const { agent } = running;
  const requestsBetween = bytesBetween / Math.max(1, bytesPerRequest);
  // As many as are counted, where it collects more rarely: with more of them it has more to sweep, which is little.
  const requests = wholeDecks(bench, Math.min(bench.config.load.count, requestsBetween));
  await agent.gc(2);
  const collections = COUNTED[bench.isQuick ? 'quick' : 'full'];
  let total = 0;
  for (let i = 0; i < collections; i++) {
    await request(bench, running, requests);
    await agent.startCount(1);
    await agent.stopCount();
    total += countedBy(counter, running.subject.side).total;
  }
  const instructions = total / collections;
  return {
    collection: instructions / requestsBetween,
    collections,
    oneCollection: { instructions, bytesBetween },
  };
}
