/**
 * What a load tool is to perf-gate: an output that says how many requests succeeded. Every figure of a run is divided by
 * that number, so nothing here is guessed: an output that does not say it is refused.
 */
import type { LoadToolName } from '../../config/config.ts';
import type { Latency } from '../latency.ts';

export interface LoadTool {
  readonly name: LoadToolName;
  /** The end of 'install it: …'. */
  readonly install: string;
  /** How it is called so that its output can be read, one sentence. */
  readonly usage: string;
  /** The flag that makes it say its version; undefined: it has none. */
  readonly versionFlag?: string;
  /** Exit codes besides 0 that leave its counts as good as they are. */
  readonly otherExitCodes?: readonly number[];
  /** Throws UnreadableOutput where that is no report of this tool. */
  tally(output: ToolOutput): Tally;
}

export interface ToolOutput {
  readonly stdout: string;
  /** What it wrote into the file `{summary}`; undefined: nothing. */
  readonly summary: string | undefined;
}

/** The counts of one run. */
export interface Tally {
  /** Those that succeeded. */
  readonly requests: number;
  readonly failed: number;
  /** Sent, and neither answered nor told as failed: where its time was over that is one a connection. */
  readonly unanswered?: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Undefined where the tool does not say all of it. */
  readonly latencyMs: Latency | undefined;
  /** Undefined: the tool does not say it. */
  readonly durationMs: number | undefined;
  readonly bytesReceived: number;
  /** The first of the errors, in the tool's words. */
  readonly error?: string | undefined;
}

/** The output is not what the tool writes; the message says what is wrong with it. */
export class UnreadableOutput extends Error {}

export type Fields = Readonly<Record<string, unknown>>;

/** The one JSON document of an output, whatever stands on the lines before and after it. */
export function jsonIn(text: string): Fields {
  const start = text.search(/^\s*\{/m);
  const end = text.lastIndexOf('}');
  if (start === -1 || end < start) throw new UnreadableOutput('there is no JSON in it');
  try {
    return JSON.parse(text.slice(start, end + 1));
  } catch (cause) {
    throw new UnreadableOutput(`its JSON cannot be read (${(cause as Error).message})`, { cause });
  }
}

/** A map within a document; an empty one where it is not there. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

// Far more than a run can have, and exact.
const MOST = 1e12;

/** A number of requests; throws for whatever cannot be one. `what` is the name that it has in the output. */
export function countOf(value: unknown, what: string): number {
  if (value === undefined) throw new UnreadableOutput(`it does not say ${what}`);
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST) return value;
  throw new UnreadableOutput(`${what} is ${JSON.stringify(value)}, which is no number of requests`);
}

/** As `countOf`, where absence means none. */
export const countIn = (value: unknown, what: string): number => (value === undefined ? 0 : countOf(value, what));

/** Counts by name, such as responses by status. */
export function countsOf(value: unknown, what: string): Record<string, number> {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(entries.map(([key, count]) => [key, countOf(count, `${what} of ${key}`)]));
}

/** An amount that is not counted in requests (time, bytes); undefined for whatever is none. */
export const amountOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;

/** Latencies in a unit of so many milliseconds; undefined where one of them is not known. */
export function latencyIn(unitMs: number, values: Readonly<Record<keyof Latency, unknown>>): Latency | undefined {
  const { p50, p90, p99, max, mean } = values;
  const inMs = (value: unknown) => (amountOf(value) ?? Number.NaN) * unitMs;
  const latency = { p50: inMs(p50), p90: inMs(p90), p99: inMs(p99), max: inMs(max), mean: inMs(mean) };
  return Object.values(latency).every(Number.isFinite) ? latency : undefined;
}

/** Successes and failures by status, as the built-in generator has them without an `expect`: any 2xx succeeds. */
export function byStatus(statuses: Readonly<Record<string, number>>): Pick<Tally, 'requests' | 'failed' | 'byStatus'> {
  let requests = 0;
  let failed = 0;
  for (const [status, count] of Object.entries(statuses)) {
    if (/^2\d\d$/.test(status)) requests += count;
    else failed += count;
  }
  return { requests, failed, byStatus: Object.fromEntries(Object.entries(statuses).filter(([key]) => key !== '0')) };
}

/** '503 (10 times)' for the statuses that are no success; undefined where there are none. */
export function describeStatuses(statuses: Readonly<Record<string, number>>): string | undefined {
  const bad = Object.entries(statuses).filter(([status, count]) => !/^(2\d\d|OK|0)$/.test(status) && count > 0);
  if (bad.length === 0) return undefined;
  return `answers of status ${bad.map(([status, count]) => `${status} (${count})`).join(', ')}`;
}

export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);
