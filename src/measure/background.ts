/**
 * What a service does without being asked. It is counted with the requests and divided by them, but depends on how long
 * they took: where it is much of what was counted, the rest cannot be told from it, and nothing is said at all.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError } from '../base/errors.ts';
import type { LoadResult } from '../load/result.ts';
import type { Bench, Running } from './bench.ts';

/** Figures of this run tell nothing of the commit. */
export class BackgroundError extends MeasurementError {}

/** Of what was counted; as much as the usual limit of a total. */
const MOST_SHARE = 0.02;
const LONGEST_MS = 1000;

export interface Counted {
  readonly load: Pick<LoadResult, 'durationMs'>;
  /** While the load ran. */
  readonly amount: number;
  /** Less than this is what the runtime and the asking come to. */
  readonly floor: number;
  /** 'instructions'. */
  readonly unit: string;
}

/** Throws a BackgroundError where too much was the service's own; `countDuring` counts what happens until `act` is over. */
export async function refuseBackground(
  { signal }: Pick<Bench, 'signal'>,
  { subject }: Running,
  { load, amount, floor, unit }: Counted,
  countDuring: (act: () => Promise<void>) => Promise<number>,
): Promise<void> {
  const idleMs = Math.min(LONGEST_MS, load.durationMs);
  const idle = await countDuring(() => sleep(idleMs, undefined, { signal }));
  const share = (idle / idleMs) * (load.durationMs / amount);
  if (idle < floor || share <= MOST_SHARE) return;
  const told = share > 1 ? 'all' : `${Math.round(share * 100)} %`;
  throw new BackgroundError(
    `without any request the service (${subject.side}) comes to ${told} of the ${unit} that were counted, which differ from run to run`,
    { hint: 'switch its background work off while it is measured, by service.args or service.env' },
  );
}
