/** Services that do not end when they are asked to: told once in a run, and not waited for again. */
import type { StopSignal } from '../config/config.ts';
import type { Service } from '../service/service.ts';
import type { Bench } from './bench.ts';

const KILLED = 'service-killed';
/** How long a service is asked to end where one did not listen before. */
const STUBBORN_MS = 200;

/**
 * How to stop it. Not longer where it runs slowly: what was counted is there already, and nothing is lost by killing it.
 */
export function stopOf({ config, warnings }: Pick<Bench, 'config' | 'warnings'>): {
  readonly signal: StopSignal;
  readonly timeoutMs: number;
} {
  const { stop } = config.service;
  return isKnown(warnings) ? { ...stop, timeoutMs: Math.min(STUBBORN_MS, stop.timeoutMs) } : stop;
}

/** Warns where a stopped service had to be killed. */
export async function tellIfKilled({ config, signal, warnings }: Bench, service: Service): Promise<void> {
  const ended = await service.exited;
  const isOurs = service.failure() === undefined && !signal.aborted;
  if (ended.signal !== 'SIGKILL' || !isOurs || isKnown(warnings)) return;
  const { stop } = config.service;
  warnings.push({
    code: KILLED,
    text: `the service had not ended ${stop.timeoutMs / 1000} s after ${stop.signal} and was killed, and so were those after it at once: service.stop has the signal and the time`,
  });
}

const isKnown = (warnings: Bench['warnings']) => warnings.some(({ code }) => code === KILLED);
