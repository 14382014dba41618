/**
 * allocs: every object and byte that is allocated for a request, by function and call path. Go's own memory profile at
 * rate 1 between two forced collections around a fixed number of requests: exact, and independent of the machine.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Agent } from '../agent/client.ts';
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../at-once.ts';
import { MeasurementError } from '../errors.ts';
import { decodeProfile } from '../profile/decode.ts';
import { encodeProfile } from '../profile/encode.ts';
import { mergeProfiles, subtract } from '../profile/merge.ts';
import type { Profile } from '../profile/profile.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';
import { BackgroundError, refuseBackground } from './background.ts';
import { type Bench, type Running, request, type Subject, warmUp, wholeDecks, withService } from './bench.ts';
import type { Instrument } from './instrument.ts';
import type { AllocsReplicate, AllocsResult } from './manifest.ts';

const REPLICATES = 2;
/** Recording every allocation makes a service about four times slower. */
const SLOWDOWN = 5;
/** At most so many come from asking the agent, and from the runtime, whatever the service does. */
const OWN_OBJECTS = 100;
/** While the collector is off: where it would switch itself on again. */
const MEMORY_LIMIT_BYTES = 4 * 2 ** 30;

export const allocs: Instrument<'allocs'> = {
  name: 'allocs',
  async measure(subjects, bench) {
    const requests = wholeDecks(bench, bench.config.load.count);
    const name = `recording the allocations of ${requests} requests`;
    const measured = (subject: Subject, signal: AbortSignal) =>
      bench.progress.step({ side: subject.side, name }, (update) =>
        measureSide({ ...bench, signal }, subject, requests, (i) => update(`${i} of ${REPLICATES}`)),
      );
    try {
      return { results: await atOnce(subjects, bench.signal, measured) };
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

async function measureSide(
  bench: Bench,
  subject: Subject,
  requests: number,
  onReplicate: (number: number) => void,
): Promise<AllocsResult> {
  mkdirSync(join(subject.output, 'allocs'), { recursive: true });
  const replicates: AllocsReplicate[] = [];
  const profiles: Profile[] = [];
  for (let i = 1; i <= REPLICATES; i++) {
    onReplicate(i);
    // A sync.Pool is filled anew for each processor and after each collection, which come when they come.
    const env = { PERF_GATE_MEMPROFILERATE: '1', GOMAXPROCS: '1' };
    const options = { name: `allocs-${i}`, env, slowdown: SLOWDOWN };
    const { profile, ...figures } = await withService(bench, subject, options, (running) =>
      measureOnce(bench, running, requests),
    );
    const file = `allocs/replicate-${i}.pb.gz`;
    writeFileSync(join(subject.output, file), encodeProfile(profile));
    replicates.push({ profile: file, ...figures });
    profiles.push(profile);
  }
  writeFileSync(join(subject.output, 'allocs.pb.gz'), encodeProfile(mergeProfiles(profiles, 'all replicates')));
  return { requests, replicates };
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
  const before = decodeProfile(await agent.allocsProfile(2), label);
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES);
  const memoryBefore = await agent.memStats();
  const load = await request(bench, running, requests);
  const memoryAfter = await agent.memStats();
  const allocating = { load, amount: memoryAfter.mallocs - memoryBefore.mallocs, floor: OWN_OBJECTS, unit: 'objects' };
  await refuseBackground(bench, running, allocating, (act) => allocatedDuring(agent, act));
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  const after = decodeProfile(await agent.allocsProfile(2), label);
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
    objects,
    bytes: perRequest('alloc_space'),
    mallocs,
    totalAlloc: (memoryAfter.totalAlloc - memoryBefore.totalAlloc) / load.requests,
  };
}
