/** What the runs of a load command come to: how much the next one is told to send, and the sum of all. Pure. */
import { plainText } from '../base/text.ts';
import type { LoadCommand } from './command-open.ts';
import type { LoadResult } from './result.ts';
import type { LoadTool, Tally } from './tools/tool.ts';

export type Goal =
  | { readonly mode: 'count'; readonly count: number }
  | { readonly mode: 'window'; readonly durationMs: number };

/** One run that is over. */
export interface Timed extends Tally {
  /** What it was told, in the command's unit. */
  readonly amount: number;
  readonly durationMs: number;
}

/** How many connections it is told, and how many requests at first where the time is what counts. */
export interface Pace {
  readonly connections: number;
  readonly firstCount: number;
}

/** Of a window: less than this is not worth another run. */
const LEAST_PART = 0.2;

/** What the first run is told, in the command's unit. */
export function firstAmount({ unit }: LoadCommand, goal: Goal, { firstCount, connections }: Pace): number {
  if (unit === 'seconds') return goal.mode === 'window' ? wholeSeconds(goal.durationMs) : 1;
  // Less than one a connection is a mistake to most tools.
  return Math.max(connections, goal.mode === 'count' ? goal.count : firstCount);
}

const wholeSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

/** What is still to be sent, in the command's unit, by what was learnt of its pace; 0: the goal is reached. */
export function nextAmount({ unit }: LoadCommand, goal: Goal, { connections }: Pace, runs: readonly Timed[]): number {
  const { requests, durationMs } = totalOf(runs);
  const last = runs.at(-1)!;
  if (goal.mode === 'count') {
    // A tool that is told a number sends it, or says why it did not.
    if (unit === 'requests' || requests >= goal.count) return 0;
    return last.requests === 0 ? 2 * last.amount : wholeSeconds((goal.count - requests) * (durationMs / requests));
  }
  const left = goal.durationMs - durationMs;
  if (unit === 'seconds' || left < LEAST_PART * goal.durationMs) return 0;
  return Math.max(connections, Math.round(left * (last.requests / Math.max(1, last.durationMs))));
}

export const totalOf = (runs: readonly Timed[]) => ({
  requests: runs.reduce((total, { requests }) => total + requests, 0),
  failed: runs.reduce((total, { failed }) => total + failed, 0),
  durationMs: runs.reduce((total, { durationMs }) => total + durationMs, 0),
});

/** The runs as one. Its `generatorCpuShare` is 0: what another program needs is not looked at. */
export function resultOf({ mode }: Goal, runs: readonly Timed[], tool: LoadTool): LoadResult {
  const byStatus: Record<string, number> = {};
  for (const run of runs)
    for (const [status, count] of Object.entries(run.byStatus)) byStatus[status] = (byStatus[status] ?? 0) + count;
  // Quantiles cannot be added up: those of the longest run.
  const longest = runs.reduce((a, b) => (b.requests > a.requests ? b : a));
  const failing = runs.find(({ failed }) => failed > 0);
  return {
    mode,
    ...totalOf(runs),
    byStatus,
    latencyMs: longest.latencyMs,
    bytesReceived: runs.reduce((total, { bytesReceived }) => total + bytesReceived, 0),
    generatorCpuShare: 0,
    stoppedEarly: false,
    ...(failing && {
      firstFailure: {
        request: tool.name,
        line: tool.name,
        expected: 'success',
        error: plainText(failing.error ?? `${failing.failed} failed`).slice(0, 300),
      },
    }),
  };
}
