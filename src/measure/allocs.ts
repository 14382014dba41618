/**
 * allocs: every object and byte that is allocated for a request, by function and call path. Go's own memory profile at
 * rate 1 between two forced collections around a fixed number of requests: exact, and independent of the machine. Objects
 * come from a copy of the executable in which tiny ones do not share blocks; bytes from the executable itself.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from '../agent/client.ts';
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../base/at-once.ts';
import { MeasurementError } from '../base/errors.ts';
import { tinyApartCopy } from '../binary/tiny-apart-copy.ts';
import { decodeProfile } from '../profile/decode.ts';
import { encodeProfile } from '../profile/encode.ts';
import { mergeProfiles, subtract } from '../profile/merge.ts';
import { only } from '../profile/only.ts';
import type { Profile } from '../profile/profile.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';
import { BackgroundError, refuseBackground } from './background.ts';
import { type Bench, type Running, request, type Subject, warmUp, wholeDecks, withService } from './bench.ts';
import { countUntilClear, type Effort, type Took } from './effort.ts';
import { executableOf } from './executable.ts';
import type { Instrument } from './instrument.ts';
import type { AllocsReplicate, AllocsResult } from './manifest.ts';

/** Recording every allocation makes a service about four times slower. */
const SLOWDOWN = 5;
/** Behind the last collection of its own pace, so that pools hold what every kind of request takes from them. */
const REQUESTS_FOR_POOLS = 20;
/** At most so many come from asking the agent, and from the runtime, whatever the service does. */
const OWN_OBJECTS = 100;
/** While the collector is off: where it would switch itself on again. */
const MEMORY_LIMIT_BYTES = 4 * 2 ** 30;

export const allocs: Instrument<'allocs'> = {
  name: 'allocs',
  async measure(subjects, bench) {
    try {
      const results = await countUntilClear<AllocsResult>(bench, wholeDecks(bench, bench.config.load.count), {
        instrument: 'allocs',
        figures: [
          { metric: 'objects', of: ({ replicates }) => replicates.map(({ objects }) => objects) },
          { metric: 'bytes', of: ({ replicates }) => replicates.map(({ bytes }) => bytes) },
        ],
        measure: (effort) =>
          atOnce(subjects, bench.signal, (subject, signal) => measureSide({ ...bench, signal }, subject, effort)),
      });
      return { results };
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof BackgroundError)) throw error;
      for (const { output } of subjects) removeResults(output);
      const { message: reason, hint } = error;
      return { missing: { reason, fault: 'service', ...(hint !== undefined && { hint }) } };
    }
  },
};

function removeResults(output: string): void {
  for (const name of ['allocs', 'allocs.pb.gz']) rmSync(join(output, name), { recursive: true, force: true });
}

function measureSide(bench: Bench, subject: Subject, effort: Effort) {
  const { replicates, requests } = effort;
  const name = `recording the allocations of ${requests} requests`;
  return bench.progress.step({ side: subject.side, name }, (update) =>
    recordSide(bench, subject, effort, (i) => update(`${i} of ${replicates}`)),
  );
}

async function recordSide(
  bench: Bench,
  subject: Subject,
  effort: Effort,
  onReplicate: (number: number) => void,
): Promise<{ readonly result: AllocsResult; readonly took: Took }> {
  const { requests } = effort;
  const startedMs = bench.world.monotonicMs();
  mkdirSync(join(subject.output, 'allocs'), { recursive: true });
  const replicates: AllocsReplicate[] = [];
  const profiles: Profile[] = [];
  let apart: string | undefined;
  let requestsMs = 0;
  for (let i = 1; i <= effort.replicates; i++) {
    onReplicate(i);
    const recorded = (name: string, binary?: string, act?: (running: Running) => Promise<void>) => {
      // A sync.Pool is filled anew for each processor and after each collection, which come when they come.
      const env = { PERF_GATE_MEMPROFILERATE: '1', GOMAXPROCS: '1' };
      const options = { name, env, slowdown: SLOWDOWN, ...(binary === undefined ? {} : { binary }) };
      return withService(bench, subject, options, async (running) => {
        await act?.(running);
        return measureOnce(bench, running, requests);
      });
    };
    const spaces = await recorded(`allocs-${i}`, undefined, async (running) => {
      if (i === 1) apart = await writeTinyApart(bench, running);
    });
    const objects = apart === undefined ? spaces : await recorded(`objects-${i}`, apart);
    requestsMs += spaces.durationMs + (objects === spaces ? 0 : objects.durationMs);
    const profile = apart === undefined ? spaces.profile : bothOf(objects.profile, spaces.profile);
    const file = `allocs/replicate-${i}.pb.gz`;
    writeFileSync(join(subject.output, file), encodeProfile(profile));
    const { requests: counted, bytes, mallocs, totalAlloc } = spaces;
    replicates.push({ profile: file, requests: counted, objects: objects.objects, bytes, mallocs, totalAlloc });
    profiles.push(profile);
  }
  writeFileSync(join(subject.output, 'allocs.pb.gz'), encodeProfile(mergeProfiles(profiles, 'all replicates')));
  const bytesPerRequest = Math.max(...replicates.map(({ totalAlloc }) => totalAlloc));
  const took = { replicatesMs: bench.world.monotonicMs() - startedMs, requestsMs, bytesPerRequest };
  return { result: { requests, replicates }, took };
}

/**
 * Writes the copy of the service's executable in which tiny objects do not share blocks, and returns its path. Undefined,
 * and told, where that cannot be made: then a block of them counts as one object.
 */
async function writeTinyApart(bench: Bench, running: Running): Promise<string | undefined> {
  const { side } = running.subject;
  const path = join(bench.scratch, `${side}.tiny`);
  const copy = await tinyApart(running);
  if (copy !== undefined) {
    writeFileSync(path, copy, { mode: 0o700 });
    return path;
  }
  const text = 'objects of less than 16 bytes without pointers share blocks, and each block counts as one object';
  if (!bench.warnings.some(({ code }) => code === 'tiny-objects')) bench.warnings.push({ code: 'tiny-objects', text });
  return undefined;
}

async function tinyApart(running: Running): Promise<Uint8Array | undefined> {
  try {
    const { elf, functions } = await executableOf(running);
    return tinyApartCopy(elf, functions);
  } catch (error) {
    if (error instanceof MeasurementError) return undefined; // no executable that we can read
    throw error;
  }
}

/** One profile with the objects of the one and the bytes of the other. */
function bothOf(objects: Profile, spaces: Profile): Profile {
  const { mappings } = spaces;
  // The copy is the service's executable by another name.
  const renamed = {
    ...objects,
    mappings: objects.mappings.map((one, i) => ({ ...one, file: mappings[i]?.file ?? one.file })),
  };
  return mergeProfiles([only(renamed, ['alloc_objects']), only(spaces, ['alloc_space'])], spaces.label);
}

/**
 * The agent, and threads: the runtime starts one (5.6 kB) when its watchdog finds a processor that waits in a system
 * call, which depends on what else the machine does.
 */
const isNotTheRequests = (name: string) => isAgentFunction(name) || name === 'runtime.allocm';

/** Objects, without those that asking for them takes. */
async function allocatedDuring(agent: Agent, act: () => Promise<void>): Promise<number> {
  const first = await agent.memStats();
  const before = await agent.memStats();
  await act();
  const after = await agent.memStats();
  return Math.max(0, after.mallocs - before.mallocs - (before.mallocs - first.mallocs));
}

async function measureOnce(bench: Bench, running: Running, requests: number) {
  const { agent, subject } = running;
  await warmUp(bench, running);
  const label = `the allocation profile of ${subject.side}`;
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES);
  // What a sync.Pool holds outlives one collection (sync/pool.go, the victim cache), if it was in use before it. So no
  // collection comes between these requests and the one that the profile needs, and none behind that.
  await request(bench, running, wholeDecks(bench, REQUESTS_FOR_POOLS));
  const before = decodeProfile(await agent.allocsProfile(1), label);
  const memoryBefore = await agent.memStats();
  const load = await request(bench, running, requests, { isExact: true });
  const memoryAfter = await agent.memStats();
  const allocating = { load, amount: memoryAfter.mallocs - memoryBefore.mallocs, floor: OWN_OBJECTS, unit: 'objects' };
  await refuseBackground(bench, running, allocating, (act) => allocatedDuring(agent, act));
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  const after = decodeProfile(await agent.allocsProfile(1), label);
  if (after.period !== 1) {
    throw new MeasurementError(`${subject.side} records one allocation in ${after.period} bytes instead of every one`, {
      hint: 'the service sets runtime.MemProfileRate itself: leave that out while it is measured',
    });
  }
  const profile = without(subtract(after, before), isNotTheRequests);
  const perRequest = (type: string) => tableOf(profile, { type }).total / load.requests;
  const objects = perRequest('alloc_objects');
  const mallocs = (memoryAfter.mallocs - memoryBefore.mallocs) / load.requests;
  if (objects === 0 && mallocs > 1) {
    throw new MeasurementError(`${label} is empty, although a request allocates ${mallocs.toFixed(1)} objects`, {
      hint: 'does the service set runtime.MemProfileRate itself, or write its own memory profile?',
    });
  }
  return {
    profile,
    requests: load.requests,
    durationMs: load.durationMs,
    objects,
    bytes: perRequest('alloc_space'),
    mallocs,
    totalAlloc: (memoryAfter.totalAlloc - memoryBefore.totalAlloc) / load.requests,
  };
}
