/**
 * What time varies by here: the head against a copy of itself, both on one core at once, in short windows. A copy of the
 * file, since two processes of one file share its pages and agree better than base and head ever do.
 */
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../base/at-once.ts';
import { MeasurementError } from '../base/errors.ts';
import {
  type Bench,
  causeOf,
  type Running,
  requestFor,
  type StartOptions,
  type Subject,
  start,
  warmUp,
} from '../measure/bench.ts';
import { decodeProfile } from '../profile/decode.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';

const WINDOWS = { short: 6, long: 3 };
const SHORTEST_MS = 400;
/** That of a run (measure/cpu.ts). */
const LONGEST_MS = 2000;
/** So many requests, one after the other, should fit into a window. */
const REQUESTS = 10;

/** Load tools take a while to start, and seconds for their window. */
const windowFor = (bench: Bench, waitMs: number) =>
  bench.command === undefined ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, REQUESTS * waitMs)) : LONGEST_MS;

export interface TimeNoise {
  /** Log ratios of CPU time per request, head over copy, one a window; at least two. */
  readonly ratios: readonly number[];
  readonly windowMs: number;
}

/** `waitMs`: for one request. Throws a MeasurementError where the copy does not run, or nothing of its time is seen. */
export async function timeNoise(
  bench: Bench,
  subjects: readonly [Subject, Subject],
  waitMs: number,
): Promise<TimeNoise> {
  const windowMs = windowFor(bench, waitMs);
  const windows = windowMs < LONGEST_MS ? WINDOWS.short : WINDOWS.long;
  const core = bench.cores.length > 1 ? bench.cores.at(-1) : undefined;
  const options: StartOptions = { name: 'cpu', core };
  const running: Running[] = [];
  try {
    for (const subject of subjects) running.push(await start(bench, subject, options));
    await atOnce(running, bench.signal, (side, signal) => warmUp({ ...bench, signal }, side));
    const [, head] = running;
    await head!.agent.startCpuProfile();
    const ratios: number[] = [];
    for (let window = 1; window <= windows; window++) {
      const [copy, own] = await atOnce(running, bench.signal, (side, signal) =>
        nsPerRequest({ ...bench, signal }, side, windowMs),
      );
      const ratio = Math.log(own! / copy!);
      if (Number.isFinite(ratio)) ratios.push(ratio);
    }
    if (ratios.length < 2) {
      throw new MeasurementError('the requests take too little CPU time for it to be seen', {
        hint: 'name requests that make the service work, or leave cpu out of instruments',
      });
    }
    const profile = decodeProfile(await head!.agent.stopCpuProfile(), 'the CPU profile of the head');
    if (tableOf(without(profile, isAgentFunction), { type: 'cpu' }).total === 0) {
      throw new MeasurementError("Go's CPU profiler took no sample", {
        hint: 'does the service profile itself, or block SIGPROF? It may not while it is measured',
      });
    }
    return { ratios, windowMs };
  } catch (error) {
    throw await causeOf(error, running);
  } finally {
    await Promise.all(running.map((side) => side[Symbol.asyncDispose]()));
  }
}

/** User time, as the cpu instrument compares it. */
async function nsPerRequest(bench: Bench, side: Running, windowMs: number): Promise<number> {
  const before = await side.agent.clock();
  const { requests } = await requestFor(bench, side, windowMs);
  const after = await side.agent.clock();
  return (after.userNs - before.userNs) / requests;
}
