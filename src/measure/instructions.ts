/**
 * instructions: every machine instruction that the service's own executable executes for a request, by function, line
 * and call path, counted by valgrind's callgrind. The garbage collector is counted apart: with it off, user code
 * repeats to the digit; what collections cost is learnt in a second phase.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MemStats } from '../agent/client.ts';
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../at-once.ts';
import { MeasurementError } from '../errors.ts';
import { type CallgrindProfile, parseCallgrind } from '../profile/callgrind.ts';
import { callPaths, executedCode, spentBeneath } from '../profile/callgrind-stacks.ts';
import { encodeProfile } from '../profile/encode.ts';
import { mergeProfiles } from '../profile/merge.ts';
import type { Profile } from '../profile/profile.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';
import {
  type Bench,
  type Running,
  request,
  type StartOptions,
  type Subject,
  warmUp,
  wholeDecks,
  withService,
} from './bench.ts';
import { executedProfile, pathsProfile } from './instruction-profiles.ts';
import { type SymbolSource, symbolSource } from './instruction-symbols.ts';
import type { Instrument } from './instrument.ts';
import type { InstructionsReplicate, InstructionsResult } from './manifest.ts';
import { type Callgrind, callgrind, findValgrind, resumeStopped, STOPPED_CHECK_MS } from './valgrind.ts';

const REPLICATES = 2;
/**
 * Levels of callers kept for call paths: enough for a handler under a router, middleware and encoding/json. The paths
 * come from a process of their own with fewer requests, since each goroutine that is resumed makes chains of its own: 64
 * goroutines a request wrote 100 MB for 50 requests, and 10 tell the same.
 */
const CALLERS = 32;
const REQUESTS_FOR_PATHS = 50;
const SWITCHES_FOR_PATHS = 2000;
/** Counted code runs 13 to 30 times slower. */
const SLOWDOWN = 30;
/** Collections to learn their cost from, in each replicate, and the requests that may be spent on it. */
const COLLECTIONS = 6;
const MOST_REQUESTS_PER_COLLECTION = 1000;
const MOST_REQUESTS_WITH_COLLECTOR = 3000;
const LONGEST_COLLECTION_PHASE_MS = 8000;
/** Requests that tell how much memory one of them allocates. */
const REQUESTS_FOR_BYTES = 20;
/** While the collector is off: where it would switch itself on again. */
const MEMORY_LIMIT_BYTES = 4 * 2 ** 30;

export const instructions: Instrument<'instructions'> = {
  name: 'instructions',
  async measure(subjects, bench) {
    const valgrind = await findValgrind(bench.world);
    if ('missing' in valgrind) return { missing: { reason: valgrind.missing, hint: valgrind.hint } };
    try {
      const results = await atOnce(subjects, bench.signal, (subject, signal, i) =>
        countSide({ ...bench, signal }, subject, coreFor(bench, i), valgrind.version),
      );
      return { results };
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      for (const { output } of subjects) removeResults(output);
      bench.progress(`going on without instructions: ${error.message}`);
      // The service answered the same requests without valgrind, so the other instruments can still judge it.
      return { missing: { reason: `under valgrind, ${error.message}`, hint: HINT } };
    }
  },
};

const HINT = 'the service and valgrind may have said more in the logs of the run directory';

function removeResults(output: string): void {
  for (const name of ['instructions', 'instructions.pb.gz', 'paths.pb.gz']) {
    rmSync(join(output, name), { recursive: true, force: true });
  }
}

/** No clock is involved, so both sides count at the same time, each on a core of its own. */
const coreFor = ({ cores }: Bench, index: number) => cores[cores.length - 1 - (index % cores.length)];

function countSide(
  bench: Bench,
  subject: Subject,
  core: number | undefined,
  valgrind: string,
): Promise<InstructionsResult> {
  return withService(bench, subject, { name: 'symbols' }, async (resolver) => {
    const symbols = await symbolSource(resolver);
    return { valgrind, ...(await countWith(symbols, bench, subject, core)) };
  });
}

async function countWith(symbols: SymbolSource, bench: Bench, subject: Subject, core: number | undefined) {
  const requests = wholeDecks(bench, bench.config.load.count);
  mkdirSync(join(subject.output, 'instructions'), { recursive: true });
  const countable = join(bench.scratch, `${subject.side}.bin`);
  writeFileSync(countable, symbols.countable, { mode: 0o700 });
  const options = { bench, subject, core, countable, symbols };

  const replicates: InstructionsReplicate[] = [];
  const profiles: Profile[] = [];
  let cycle: CollectionCycle | undefined;
  let switches = 0;
  for (let i = 1; i <= REPLICATES; i++) {
    bench.progress(`${subject.side}: counting the instructions of ${requests} requests (${i} of ${REPLICATES})`);
    const { profile, cycle: found, switches: seen, ...figures } = await countExecuted(options, requests, i, cycle);
    cycle = found;
    switches = Math.max(switches, seen);
    const file = `instructions/replicate-${i}.pb.gz`;
    writeFileSync(join(subject.output, file), encodeProfile(profile));
    replicates.push({ profile: file, ...figures });
    profiles.push(profile);
  }
  writeFileSync(join(subject.output, 'instructions.pb.gz'), encodeProfile(mergeProfiles(profiles, 'all replicates')));

  const fewer = wholeDecks(bench, Math.min(REQUESTS_FOR_PATHS, Math.max(1, SWITCHES_FOR_PATHS / switches)));
  bench.progress(`${subject.side}: following the call paths of ${fewer} requests`);
  const { profile, ...paths } = await countPaths(options, fewer);
  writeFileSync(join(subject.output, 'paths.pb.gz'), encodeProfile(profile));
  return { requests, replicates, paths };
}

interface CountOptions {
  readonly bench: Bench;
  readonly subject: Subject;
  readonly core: number | undefined;
  readonly countable: string;
  readonly symbols: SymbolSource;
}

/** Every instruction of `requests` requests with the collector off, and what the collector adds. */
function countExecuted(options: CountOptions, requests: number, replicate: number, known: CollectionCycle | undefined) {
  return underCallgrind(options, { name: `instructions-${replicate}`, callers: 0 }, async (running, counter) => {
    const { bench, subject, symbols, countable } = options;
    const load = await count(bench, running, counter, requests);
    const counted = read(load.bytes, subject);
    const code = executedCode(counted, await symbols.symbolsFor(counted, countable));
    const profile = without(executedProfile(code, subject.binary), isAgentFunction);
    const mutator = tableOf(profile, { type: 'instructions' }).total / load.requests;
    const switches = code.entered.find(({ site }) => site.frames[0]?.fn === 'runtime.execute')?.calls ?? 0;
    // Only now: it takes as many requests as it needs, and what was counted must begin in the same state every time.
    const cycle = known ?? { bytes: await bytesPerCollection(bench, running) };
    const mostRequests = Math.min(
      MOST_REQUESTS_WITH_COLLECTOR,
      (LONGEST_COLLECTION_PHASE_MS * load.requests) / load.durationMs,
    );
    const collector = await countCollections(bench, running, {
      counter,
      symbols,
      mutator: mutator - stackGrowth(counted, symbols) / load.requests,
      perCollection: cycle.bytes === undefined ? undefined : cycle.bytes / load.bytesPerRequest,
      mostRequests,
    });
    return { profile, cycle, switches: switches / load.requests, mutator, ...collector };
  });
}

/** The call paths of a few requests; their figures are then fitted to the exact ones of each function. */
function countPaths(options: CountOptions, requests: number) {
  return underCallgrind(options, { name: 'paths', callers: CALLERS }, async (running, counter) => {
    const { bench, subject, symbols, countable } = options;
    const load = await count(bench, running, counter, requests);
    const counted = read(load.bytes, subject);
    const paths = callPaths(counted, await symbols.symbolsFor(counted, countable), CALLERS);
    const profile = without(pathsProfile(paths, subject.binary), isAgentFunction);
    return { profile, requests: load.requests, callers: CALLERS, truncated: paths.truncated / counted.total };
  });
}

/** What `act` returns, given the service warm under callgrind, which does not count yet. */
function underCallgrind<Result>(
  { bench, subject, core, countable }: CountOptions,
  { name, callers }: { readonly name: string; readonly callers: number },
  act: (running: Running, counter: Callgrind) => Promise<Result>,
): Promise<Result> {
  const counter = callgrind(join(bench.scratch, `${subject.side}-${name}`), callers, bench.world, bench.signal);
  const options: StartOptions = {
    name,
    core,
    binary: countable,
    wrapper: counter.wrapper,
    slowdown: SLOWDOWN,
    // callgrind loses its way when a preemption signal interrupts the code that it counts; a stack that shrinks and
    // grows again breaks its chains of callers.
    godebug: ['asyncpreemptoff=1', 'gcshrinkstackoff=1', 'gcstoptheworld=1'],
    // The memory profiler takes samples at random intervals, and unwinds a stack for each.
    env: { GOMAXPROCS: '1', PERF_GATE_MEMPROFILERATE: '0' },
  };
  return withService(bench, subject, options, async (running) => {
    const watch = setInterval(resumeStopped, STOPPED_CHECK_MS, running.service.pid);
    try {
      await warmUp(bench, running);
      await running.agent.quietSignals();
      return await act(running, counter);
    } finally {
      clearInterval(watch);
    }
  });
}

/** Counts `requests` requests with the collector off. */
async function count(bench: Bench, running: Running, counter: Callgrind, requests: number) {
  const { agent, service } = running;
  const before = await agent.memStats();
  const some = wholeDecks(bench, REQUESTS_FOR_BYTES);
  await request(bench, running, some);
  const bytesPerRequest = ((await agent.memStats()).totalAlloc - before.totalAlloc) / some;
  await agent.useHeap(Math.min(MEMORY_LIMIT_BYTES / 4, 2 * bytesPerRequest * requests));
  await agent.useStacks();
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES);
  const allocated = await agent.memStats();
  await counter.on(service.pid);
  const load = await request(bench, running, requests);
  const bytes = await counter.off(service.pid);
  const exactBytes = (await agent.memStats()).totalAlloc - allocated.totalAlloc;
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  return { bytes, requests: load.requests, durationMs: load.durationMs, bytesPerRequest: exactBytes / load.requests };
}

function read(bytes: Uint8Array, subject: Subject): CallgrindProfile {
  const profile = parseCallgrind(bytes, `the counts of ${subject.side}`);
  if (profile.total === 0) throw new MeasurementError(`valgrind counted no instruction of ${subject.side}`);
  return profile;
}

/**
 * How much is allocated between two collections, with the collector as the service set it. In bytes, not in requests: to
 * ask the agent allocates as well. Undefined when the service collects too rarely for that to be seen.
 */
async function bytesPerCollection(bench: Bench, running: Running): Promise<number | undefined> {
  const step = wholeDecks(bench, 10);
  await running.agent.gc(1);
  let first: MemStats | undefined;
  let last = await running.agent.memStats();
  const deadlineMs = bench.world.monotonicMs() + LONGEST_COLLECTION_PHASE_MS;
  for (let requests = 0; requests < MOST_REQUESTS_PER_COLLECTION; requests += step) {
    if (bench.world.monotonicMs() > deadlineMs) break;
    await request(bench, running, step);
    const now = await running.agent.memStats();
    if (now.numGC === last.numGC) continue;
    last = now;
    first ??= now;
    if (now.numGC - first.numGC >= COLLECTIONS) break;
  }
  if (first === undefined || last.numGC === first.numGC) return undefined;
  return (last.totalAlloc - first.totalAlloc) / (last.numGC - first.numGC);
}

/** Learnt in the first replicate of a side. */
interface CollectionCycle {
  /** Allocated from one collection to the next; undefined: too much to be seen. */
  readonly bytes: number | undefined;
}

interface CollectionOptions {
  readonly counter: Callgrind;
  readonly symbols: SymbolSource;
  /** Instructions of a request with the collector off, the growth of stacks left out. */
  readonly mutator: number;
  readonly perCollection: number | undefined;
  readonly mostRequests: number;
}

/**
 * The collector's instructions per request. Counting starts behind a forced collection and ends half a cycle after the
 * last one, so that a collection more or less at the border does not show. Each collection decides anew how large a stack
 * goroutines start with, by those that it happens to meet; so what growing stacks cost is left out here.
 */
async function countCollections(bench: Bench, running: Running, options: CollectionOptions) {
  const { counter, symbols, mutator, perCollection, mostRequests } = options;
  const { agent, service } = running;
  const cycles =
    perCollection === undefined ? 0 : Math.min(COLLECTIONS, Math.floor(mostRequests / perCollection - 0.5));
  if (perCollection === undefined || cycles < 1) return forcedCollection(bench, running, { counter, perCollection });

  const requests = wholeDecks(bench, Math.round(perCollection * (cycles + 0.5)));
  const before = await agent.gc(1);
  await counter.on(service.pid);
  const load = await request(bench, running, requests);
  const counted = read(await counter.off(service.pid), running.subject);
  const total = counted.total - stackGrowth(counted, symbols);
  const collections = (await agent.memStats()).numGC - before.numGC;
  if (collections === 0) return forcedCollection(bench, running, { counter, perCollection });
  return { collection: (total - mutator * load.requests) / (collections * perCollection), collections };
}

/** For a service that allocates so little that one collection is forced and shared out over the bytes up to the next. */
async function forcedCollection(
  bench: Bench,
  running: Running,
  { counter, perCollection }: Pick<CollectionOptions, 'counter' | 'perCollection'>,
) {
  const { agent, service } = running;
  const before = await agent.memStats();
  const requests = wholeDecks(bench, 50);
  await request(bench, running, requests);
  const bytesPerRequest = ((await agent.memStats()).totalAlloc - before.totalAlloc) / requests;
  await counter.on(service.pid);
  await agent.gc(1);
  const total = totalOf(await counter.off(service.pid), running);
  const after = await agent.memStats();
  const requestsBetween = perCollection ?? Math.max(1, after.nextGC - after.heapAlloc) / Math.max(1, bytesPerRequest);
  return { collection: total / requestsBetween, collections: 0 };
}

const stackGrowth = (profile: CallgrindProfile, symbols: SymbolSource) =>
  spentBeneath(profile, symbols.symbolOf('runtime.copystack'));

const totalOf = (bytes: Uint8Array, running: Running) => read(bytes, running.subject).total;
