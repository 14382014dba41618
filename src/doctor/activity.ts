/**
 * What else goes on: how much of the machine its host gives to others (steal), and who waits for a core. Counts do not
 * mind, times do.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { formatShare } from '../base/units.ts';
import { type Finding, ok, untried, warning } from './finding.ts';
import type { ReadText } from './system-text.ts';

/** Long enough for 50 ticks of the kernel's clock a core. */
const SAMPLE_MS = 500;
/** From here on it is told: what a round of the cpu instrument varies by anyway is of this size. */
const NOTABLE_STEAL = 0.05;
/** Of the last ten seconds, while somebody had to wait for a core. */
const NOTABLE_WAITING = 0.25;
const NOTABLE_LOAD_PER_CORE = 0.75;

export interface ActivityFacts {
  /** /proc/stat twice, some time apart. */
  readonly stat: readonly [string, string];
  readonly loadavg: string | undefined;
  /** Absent in older kernels, and where it is switched off. */
  readonly pressure: string | undefined;
}

/** Undefined where the system has no /proc. */
export async function activityFacts(read: ReadText, signal: AbortSignal): Promise<ActivityFacts | undefined> {
  const [loadavg, pressure] = [read('/proc/loadavg'), read('/proc/pressure/cpu')];
  const before = read('/proc/stat');
  if (before === undefined) return undefined;
  await sleep(SAMPLE_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  return { stat: [before, read('/proc/stat') ?? before], loadavg, pressure };
}

export function judgeActivity(facts: ActivityFacts | undefined): Finding {
  if (facts === undefined) return untried('activity', 'this system does not tell how busy it is');
  const cores = facts.stat[0].match(/^cpu\d+ /gm)?.length ?? 1;
  const steal = stealBetween(...facts.stat);
  const load = Number(facts.loadavg?.split(' ')[0] ?? Number.NaN);
  const waiting = Number(/^some avg10=([\d.]+)/m.exec(facts.pressure ?? '')?.[1] ?? Number.NaN) / 100;
  const text = [
    steal === undefined ? [] : `steal ${formatShare(steal)}`,
    Number.isNaN(load) ? [] : `load ${load.toFixed(1)} on ${cores === 1 ? 'one core' : `${cores} cores`}`,
    Number.isNaN(waiting) ? [] : `a core waited for in ${formatShare(waiting)} of the last 10 s`,
  ]
    .flat()
    .join(', ');
  if ((steal ?? 0) >= NOTABLE_STEAL) {
    return warning(
      'activity',
      `${text}: the host gives this machine's time to others, so times say little; counts do not change by it`,
      'rely on instructions, allocs and io, or use a runner of its own (a dedicated host, a machine executor)',
    );
  }
  if (load >= NOTABLE_LOAD_PER_CORE * cores || waiting >= NOTABLE_WAITING) {
    return warning(
      'activity',
      `${text}: a run takes longer and times say less; counts do not change by it`,
      'end what else runs (top shows it), or wait until uptime tells a load near 0',
    );
  }
  return ok('activity', text);
}

/** The share of all cores' time that the host took away (proc(5): user nice system idle iowait irq softirq steal). */
function stealBetween(before: string, after: string): number | undefined {
  const [first, second] = [before, after].map((text) => /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number));
  if (first === undefined || second === undefined || first.length < 8) return undefined;
  // Guests' time, behind steal, is in user already.
  const passed = first.slice(0, 8).map((ticks, i) => (second[i] ?? ticks) - ticks);
  const total = passed.reduce((sum, ticks) => sum + ticks, 0);
  return total > 0 ? passed[7]! / total : 0;
}
