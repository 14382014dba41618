/**
 * instructions: every machine instruction that the service's own executable executes for a request, by function, line
 * and call path, counted by valgrind's callgrind. The garbage collector is counted apart: with it off, user code
 * repeats to the digit; what collections cost is learnt in a second phase.
 */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../base/at-once.ts';
import { MeasurementError } from '../base/errors.ts';
import { FailedRequests } from '../load/check.ts';
import { parseCallgrind } from '../profile/callgrind.ts';
import { callPaths, executedCode } from '../profile/callgrind-stacks.ts';
import { encodeProfile } from '../profile/encode.ts';
import { mergeProfiles } from '../profile/merge.ts';
import { isRuntime } from '../profile/runtime-groups.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';
import { BackgroundError, refuseBackground } from './background.ts';
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
import { bytesBetweenCollections, countCollections } from './collections.ts';
import { countUntilClear, type Effort } from './effort.ts';
import { executedProfile, pathsProfile } from './instruction-profiles.ts';
import { type SymbolSource, symbolSource } from './instruction-symbols.ts';
import type { Instrument } from './instrument.ts';
import type { InstructionsReplicate, InstructionsResult } from './manifest.ts';
import { type Callgrind, callgrind, countedBy, findValgrind } from './valgrind.ts';

/**
 * Levels of callers kept for call paths: enough for a handler under a router, middleware and encoding/json. The paths
 * come from a process of their own with fewer requests, since each goroutine that is resumed makes chains of its own: 64
 * goroutines a request wrote 100 MB for 50 requests, and 10 tell the same.
 */
const CALLERS = 32;
const REQUESTS_FOR_PATHS = { full: 50, quick: 20 };
const SWITCHES_FOR_PATHS = 2000;
/** Counted code runs 13 to 30 times slower. */
const SLOWDOWN = 30;
/** A service is asked what it does by itself that was found at work behind so many of the requests. */
const UNREST = 0.1;
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
      const results = await countUntilClear<InstructionsResult>(bench, wholeDecks(bench, bench.config.load.count), {
        instrument: 'instructions',
        figures: [{ metric: 'instructions', of: ({ replicates }) => replicates.map(({ user }) => user) }],
        measure: (effort) =>
          atOnce(subjects, bench.signal, (subject, signal, i) => {
            const cores = coresFor(bench, i, subjects.length);
            return countSide({ ...bench, signal }, { subject, cores, effort, valgrind: valgrind.version });
          }),
      });
      return { results };
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      for (const { output } of subjects) removeResults(output);
      bench.progress(`going on without instructions: ${error.message}`);
      // The service answered the same requests before, so the other instruments can still judge it.
      const { message, hint = HINT, detail } = error;
      return { missing: { reason: message, hint, fault: 'service', ...(detail !== undefined && { detail }) } };
    }
  },
};

const HINT = 'the service and valgrind may have said more in the logs of the run directory';

function removeResults(output: string): void {
  for (const name of ['instructions', 'instructions.pb.gz', 'paths.pb.gz']) {
    rmSync(join(output, name), { recursive: true, force: true });
  }
}

/**
 * No clock is involved, so two processes count at the same time, each on a core of its own: of both sides, or both
 * replicates of the only one. In a quick look all four of them, so that the cores are busy while counts are read.
 */
function coresFor({ cores, isQuick }: Bench, index: number, subjects: number): (number | undefined)[] {
  const last = (back: number) => cores[cores.length - 1 - (back % cores.length)];
  if (isQuick && subjects > 1 && cores.length > 1) return [last(index), last(index)];
  return subjects === 1 && cores.length > 1 ? [last(0), last(1)] : [last(index)];
}

interface SideOptions {
  readonly subject: Subject;
  readonly cores: readonly (number | undefined)[];
  readonly effort: Effort;
  readonly valgrind: string;
}

function countSide(bench: Bench, { subject, cores, effort, valgrind }: SideOptions) {
  const [core] = cores;
  return withService(bench, subject, { name: 'symbols', core, ...STEADY }, async (resolver) => {
    const countable = join(bench.scratch, `${subject.side}.bin`);
    const learnt = await bench.progress.step(
      { side: subject.side, name: 'learning its symbols and collections' },
      async () => {
        const symbols = await symbolSource(resolver, countable);
        await warmUp(bench, resolver);
        return { symbols, bytesBetween: await bytesBetweenCollections(bench, resolver) };
      },
    );
    const { took, ...counted } = await countWith({ bench, subject, core, countable, ...learnt }, cores, effort);
    return { result: { valgrind, ...counted }, took };
  });
}

async function countWith(options: CountOptions, cores: readonly (number | undefined)[], effort: Effort) {
  const { bench, subject } = options;
  const { side } = subject;
  const { requests } = effort;
  mkdirSync(join(subject.output, 'instructions'), { recursive: true });

  const startedMs = bench.world.monotonicMs();
  const counted = await bench.progress.step(
    { side, name: `counting the instructions of ${requests} requests` },
    (update) => countReplicates(options, cores, effort, update),
  );
  const took = {
    replicatesMs: bench.world.monotonicMs() - startedMs,
    requestsMs: counted.reduce((sum, { durationMs }) => sum + durationMs, 0) / cores.length,
    bytesPerRequest: Math.max(...counted.map((one) => one.bytesPerRequest)),
  };
  const replicates = counted.map(
    ({ profile, switches, durationMs, bytesPerRequest, ...figures }, i): InstructionsReplicate => {
      const file = `instructions/replicate-${i + 1}.pb.gz`;
      writeFileSync(join(subject.output, file), encodeProfile(profile));
      return { profile: file, ...figures };
    },
  );
  const profiles = counted.map(({ profile }) => profile);
  const switches = Math.max(...counted.map((one) => one.switches));
  writeFileSync(join(subject.output, 'instructions.pb.gz'), encodeProfile(mergeProfiles(profiles, 'all replicates')));

  const fewer = wholeDecks(
    bench,
    Math.min(REQUESTS_FOR_PATHS[bench.isQuick ? 'quick' : 'full'], Math.max(1, SWITCHES_FOR_PATHS / switches)),
  );
  const { profile, ...paths } = await bench.progress.step(
    { side, name: `following the call paths of ${fewer} requests` },
    () => countPaths(options, fewer),
  );
  writeFileSync(join(subject.output, 'paths.pb.gz'), encodeProfile(profile));
  return { requests, replicates, paths, took };
}

/** One replicate after the other, or where there are several cores as many at once. */
async function countReplicates(
  options: CountOptions,
  cores: readonly (number | undefined)[],
  { replicates, requests }: Effort,
  update: (stage: string) => void,
) {
  const { bench } = options;
  const count = (i: number, signal: AbortSignal) => {
    const core = cores[(i - 1) % cores.length];
    return countExecuted({ ...options, bench: { ...bench, signal }, core }, requests, i);
  };
  const numbers = Array.from({ length: replicates }, (_, i) => i + 1);
  const counted: Awaited<ReturnType<typeof count>>[] = [];
  while (counted.length < replicates) {
    const next = numbers.slice(counted.length, counted.length + cores.length);
    update(next.length === replicates ? `${replicates} at once` : `${next.join(' and ')} of ${replicates}`);
    counted.push(...(await atOnce(next, bench.signal, count)));
  }
  return counted;
}

interface CountOptions {
  readonly bench: Bench;
  readonly subject: Subject;
  readonly core: number | undefined;
  readonly countable: string;
  readonly symbols: SymbolSource;
  /** Allocated from one collection to the next. */
  readonly bytesBetween: number;
}

/** Every instruction of `requests` requests with the collector off, and what the collector adds. */
function countExecuted(options: CountOptions, requests: number, replicate: number) {
  return underCallgrind(options, { name: `instructions-${replicate}`, callers: 0 }, async (running, counter) => {
    const { bench, subject, symbols, bytesBetween } = options;
    const { counted, bytesPerRequest, ...load } = await count(bench, running, counter, requests);
    const code = executedCode(counted, await symbols.symbolsFor(counted));
    const profile = without(executedProfile(code, subject.binary), isAgentFunction);
    const table = tableOf(profile, { type: 'instructions' });
    const mutator = table.total / load.requests;
    const user = table.rows.reduce((sum, { name, flat }) => sum + (isRuntime(name) ? 0 : flat), 0) / load.requests;
    const switches = code.entered.find(({ site }) => site.frames[0]?.fn === 'runtime.execute')?.calls ?? 0;
    // Only now: what was counted must begin in the same state every time.
    const collector = await countCollections(bench, running, { counter, bytesBetween, bytesPerRequest });
    const { durationMs } = load;
    return {
      profile,
      requests: load.requests,
      durationMs,
      bytesPerRequest,
      switches: switches / load.requests,
      mutator,
      user,
      ...collector,
    };
  });
}

/** The call paths of a few requests; their figures are then fitted to the exact ones of each function. */
function countPaths(options: CountOptions, requests: number) {
  return underCallgrind(options, { name: 'paths', callers: CALLERS }, async (running, counter) => {
    const { bench, subject, symbols } = options;
    const { counted, ...load } = await count(bench, running, counter, requests);
    const paths = callPaths(counted, await symbols.symbolsFor(counted), CALLERS);
    const profile = without(pathsProfile(paths, subject.binary), isAgentFunction);
    return { profile, requests: load.requests, callers: CALLERS, truncated: paths.truncated / counted.total };
  });
}

/** How the Go runtime is set where instructions are counted, and where what is counted is prepared. */
const STEADY = {
  // callgrind loses its way when a preemption signal interrupts the code that it counts; a stack that shrinks and
  // grows again breaks its chains of callers.
  godebug: ['asyncpreemptoff=1', 'gcshrinkstackoff=1', 'gcstoptheworld=1'],
  // The memory profiler takes samples at random intervals, and unwinds a stack for each.
  env: { GOMAXPROCS: '1', PERF_GATE_MEMPROFILERATE: '0' },
} as const;

interface Phase {
  /** For file names and messages: `instructions-1`. */
  readonly name: string;
  /** Levels of callers that are kept. */
  readonly callers: number;
}

type Act<Result> = (running: Running, counter: Callgrind) => Promise<Result>;

/**
 * What `act` returns, given the service warm under callgrind, which does not count yet. Once more where a connection broke:
 * a slowed-down service may meet a time limit of its own that it never meets otherwise.
 */
async function underCallgrind<Result>(options: CountOptions, phase: Phase, act: Act<Result>): Promise<Result> {
  const { bench, subject } = options;
  try {
    return await onceUnderCallgrind(options, phase, act);
  } catch (error) {
    if (!(error instanceof FailedRequests && error.isBroken)) throw underValgrind(error, options, phase);
    bench.progress(`${subject.side}: counting once more (${phase.name}): ${error.first}`);
  }
  const again = { ...phase, name: `${phase.name}-again` };
  return onceUnderCallgrind(options, again, act).catch((error: unknown) => {
    throw underValgrind(error, options, again);
  });
}

function onceUnderCallgrind<Result>(
  { bench, subject, core, countable }: CountOptions,
  { name, callers }: Phase,
  act: Act<Result>,
): Promise<Result> {
  const counter = callgrind(join(bench.scratch, `${subject.side}-${name}`), callers);
  const options: StartOptions = {
    name,
    core,
    binary: countable,
    wrapper: counter.wrapper,
    slowdown: SLOWDOWN,
    ...STEADY,
  };
  return withService(bench, subject, options, async (running) => {
    await warmUp(bench, running);
    await running.agent.quietSignals();
    return act(running, counter);
  });
}

/** What a person is to know of an error under valgrind: the phase, the request, and where more is said, if it is. */
function underValgrind(error: unknown, { subject }: CountOptions, { name }: Phase): unknown {
  if (!(error instanceof MeasurementError) || error instanceof BackgroundError) return error;
  const { message, detail, hint } = error;
  const isOfRequests = error instanceof FailedRequests && error.first !== undefined;
  const told = isOfRequests ? `${message} (${name}); the first: ${error.first}` : message;
  const hasLog =
    !isOfRequests || statSync(join(subject.output, 'logs', `${name}.log`), { throwIfNoEntry: false })?.size;
  const where = hasLog ? HINT : hint;
  return new MeasurementError(`under valgrind, ${told}`, {
    ...(where !== undefined && { hint: where }),
    cause: error,
    ...(detail !== undefined && { detail }),
  });
}

/** Counts `requests` requests with the collector off. */
async function count(bench: Bench, running: Running, counter: Callgrind, requests: number) {
  const { agent } = running;
  const before = await agent.memStats();
  const some = wholeDecks(bench, REQUESTS_FOR_BYTES);
  // A load command may send as many as it can in its time, now as in the count.
  const { requests: learnt } = await request(bench, running, some);
  const bytesPerRequest = ((await agent.memStats()).totalAlloc - before.totalAlloc) / learnt;
  await agent.useHeap(Math.min(MEMORY_LIMIT_BYTES / 4, 2 * bytesPerRequest * (Math.max(requests, learnt) + learnt)));
  await agent.useStacks();
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES);
  // The collections on the way have emptied every sync.Pool: what is made once is made again before the count.
  await request(bench, running, some);
  const allocated = await agent.memStats();
  await agent.startCount();
  const load = await request(bench, running, requests, { isExact: true });
  await agent.stopCount();
  const counted = countedBy(counter, running.subject.side);
  const exactBytes = (await agent.memStats()).totalAlloc - allocated.totalAlloc;
  // Others come to nothing by the measure of instructions, and the count of nothing takes time. Behind the requests of a
  // command nobody looked.
  if (bench.command !== undefined || running.rest.unrest > UNREST) {
    const counting = { load, amount: counted.total, floor: 0, unit: 'instructions' };
    await refuseBackground(bench, running, counting, async (act) => {
      await agent.startCount();
      await act();
      await agent.stopCount();
      return parseCallgrind(counter.take(), 'the counts of a service at rest').total;
    });
  }
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  return { counted, requests: load.requests, durationMs: load.durationMs, bytesPerRequest: exactBytes / load.requests };
}
