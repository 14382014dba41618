/**
 * cpu: CPU time by function from Go's own profiler, base and head at the same time on the same core, so that whatever
 * else the machine does hits both alike. A round is one window of load over both; every round starts fresh processes,
 * and whoever started first starts second in the next.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentError } from '../agent/client.ts';
import { isAgentFunction } from '../agent/names.ts';
import { atOnce } from '../base/at-once.ts';
import { decodeProfile } from '../profile/decode.ts';
import { encodeProfile } from '../profile/encode.ts';
import { mergeProfiles } from '../profile/merge.ts';
import type { Profile } from '../profile/profile.ts';
import { tableOf } from '../profile/table.ts';
import { without } from '../profile/without.ts';
import { type Bench, causeOf, type Running, requestFor, type Subject, start, warmUp } from './bench.ts';
import { estimateOf } from './estimate.ts';
import type { Instrument } from './instrument.ts';
import type { CpuRound } from './manifest.ts';

const ROUND_MS = 2000;
/** Beside its window a round starts two processes, warms them up and stops them. */
const ROUND_OVERHEAD_MS = 1000;
/** More than this tells little more about a share of time; what judges time needs more and is another instrument. */
const MOST_ROUNDS = 5;
const FEWEST_ROUNDS = 2;

/** Rounds of a run that may spend this time on them. */
export function roundsWithin(budgetMs: number): number {
  const affordable = Math.floor(budgetMs / (ROUND_MS + ROUND_OVERHEAD_MS));
  return Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, affordable));
}

export const cpu: Instrument<'cpu'> = {
  name: 'cpu',
  async measure(subjects, bench) {
    const core = bench.cores.length > 1 ? bench.cores.at(-1) : undefined;
    const rounds = roundsWithin(bench.config.budgetMs);
    bench.progress.detail(`cpu: ${rounds} rounds; from ${FEWEST_ROUNDS} to ${MOST_ROUNDS}, as the budget has time for`);
    const results = subjects.map(() => [] as CpuRound[]);
    const profiles = subjects.map(() => [] as Profile[]);
    for (const subject of subjects) mkdirSync(join(subject.output, 'cpu'), { recursive: true });
    const [base, head] = (['base', 'head'] as const).map(
      (name) => results[subjects.findIndex(({ side }) => side === name)],
    );
    const what = subjects.length === 1 ? 'the service' : 'both sides';
    const refusal = await bench.progress.step(`profiling ${what} on one core`, async (update) => {
      const tell = (round: number) => update({ round, rounds, estimate: base && head && estimateOf(base, head) });
      for (let round = 1; round <= rounds; round++) {
        tell(round);
        const measured = await measureRound(bench, subjects, core, round).catch(refusalOf);
        if ('refused' in measured) return measured;
        measured.forEach(({ profile, ...figures }, i) => {
          const file = `cpu/round-${String(round).padStart(2, '0')}.pb.gz`;
          writeFileSync(join(subjects[i]!.output, file), encodeProfile(profile));
          results[i]!.push({ profile: file, ...figures });
          profiles[i]!.push(profile);
        });
      }
      tell(rounds);
      return undefined;
    });
    if (refusal !== undefined) {
      return {
        missing: {
          reason: `the CPU profiler of Go is taken: ${refusal.refused}`,
          hint: 'let it not do so while it is measured, by service.args or service.env',
        },
      };
    }
    subjects.forEach(({ output }, i) => {
      writeFileSync(join(output, 'cpu/merged.pb.gz'), encodeProfile(mergeProfiles(profiles[i]!, 'all rounds')));
    });
    return { results: results.map((list) => ({ isPinned: core !== undefined, rounds: list })) };
  },
};

/** Go has one CPU profiler in a process, and a service may use it itself; any other error is thrown on. */
function refusalOf(error: unknown): { readonly refused: string } {
  if (error instanceof AgentError && error.status === 409) return { refused: error.text };
  throw error;
}

async function measureRound(bench: Bench, subjects: readonly Subject[], core: number | undefined, round: number) {
  const running = new Map<Subject, Running>();
  try {
    for (const subject of round % 2 === 1 ? subjects : [...subjects].reverse()) {
      running.set(subject, await start(bench, subject, { name: `cpu-${round}`, core }));
    }
    const all = subjects.map((subject) => running.get(subject)!);
    await atOnce(all, bench.signal, (side, signal) => warmUp({ ...bench, signal }, side));
    return await atOnce(all, bench.signal, (side, signal) => measureWindow({ ...bench, signal }, side));
  } catch (error) {
    throw await causeOf(error, [...running.values()]);
  } finally {
    await Promise.all([...running.values()].map((side) => side[Symbol.asyncDispose]()));
  }
}

async function measureWindow(
  bench: Bench,
  running: Running,
): Promise<Omit<CpuRound, 'profile'> & { profile: Profile }> {
  const { agent, subject } = running;
  const before = { clock: await agent.clock(), metrics: await agent.metrics() };
  await agent.startCpuProfile();
  const load = await requestFor(bench, running, ROUND_MS);
  const bytes = await agent.stopCpuProfile();
  const after = { clock: await agent.clock(), metrics: await agent.metrics() };
  const profile = without(decodeProfile(bytes, `the CPU profile of ${subject.side}`), isAgentFunction);
  const { p50 = 0, p90 = 0, p99 = 0, max = 0 } = load.latencyMs ?? {};
  return {
    profile,
    requests: load.requests,
    durationMs: load.durationMs,
    userNs: after.clock.userNs - before.clock.userNs,
    systemNs: after.clock.systemNs - before.clock.systemNs,
    profileNs: tableOf(profile, { type: 'cpu' }).total,
    latencyMs: { p50, p90, p99, max },
    runtime: { before: before.metrics, after: after.metrics },
  };
}
