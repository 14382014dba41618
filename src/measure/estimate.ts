/** What rounds of both sides say so far of head over base. */
import type { CpuRound } from './manifest.ts';

export interface Estimate {
  /** head / base - 1. */
  readonly change: number;
  /** Standard deviation of the logarithms of the ratios; a single round has none. */
  readonly sd: number | undefined;
  /** Rounds that have a ratio. */
  readonly rounds: number;
}

/**
 * A figure per request of head over base: the ratio is taken round by round, because both sides share each round's
 * machine. Undefined where no round has one.
 */
export function estimateOf(
  base: readonly CpuRound[],
  head: readonly CpuRound[],
  figure: (round: CpuRound) => number = ({ userNs }) => userNs,
): Estimate | undefined {
  const perRequest = (round: CpuRound) => figure(round) / Math.max(1, round.requests);
  const logs = base.flatMap((round, i) => {
    const other = head[i];
    const log = other === undefined ? Number.NaN : Math.log(perRequest(other) / perRequest(round));
    return Number.isFinite(log) ? [log] : [];
  });
  if (logs.length === 0) return undefined;
  const center = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - center) ** 2, 0);
  const sd = logs.length < 2 ? undefined : Math.sqrt(squares / (logs.length - 1));
  return { change: Math.expm1(center), sd, rounds: logs.length };
}
