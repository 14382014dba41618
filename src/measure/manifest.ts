/**
 * What is kept of a measured side next to its profiles: who, what, how, and the figures that are no profile.
 * All figures are per request unless their name says otherwise.
 */

import type { Answers } from '../load/answers.ts';
import type { InstrumentName } from '../model/metrics.ts';

export const MANIFEST_SCHEMA = 3;

export type SideName = 'base' | 'head';

/** Instruments whose figures belong to the commit and not to the machine, so that they can be kept. */
export const EXACT_INSTRUMENTS = ['instructions', 'allocs', 'io'] as const satisfies readonly InstrumentName[];

export interface Manifest {
  readonly schema: typeof MANIFEST_SCHEMA;
  /** The version of perf-gate that measured, for whoever wonders; what counts is `measuring` in the fingerprint. */
  readonly tool: string;
  readonly side: SideName;
  readonly service: string;
  /** Of a service that has several. */
  readonly scenario?: string;
  readonly commit: string;
  readonly version: string;
  readonly isDirty: boolean;
  readonly measuredAt: string;
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly instruments: InstrumentResults;
  /** Instruments that were wanted and could not be used, with the reason. */
  readonly missing: readonly MissingInstrument[];
  readonly warnings: readonly MeasureWarning[];
  /** While it was tried and warmed up; undefined where a command sent the load. */
  readonly answers?: Answers;
}

export interface InstrumentResults {
  readonly instructions?: InstructionsResult;
  readonly allocs?: AllocsResult;
  readonly io?: IoResult;
  readonly cpu?: CpuResult;
}

export interface MissingInstrument {
  readonly instrument: InstrumentName;
  readonly reason: string;
  readonly hint?: string;
  /** What it needs is there, and it failed on the service, perhaps by what the commit changed. */
  readonly fault?: 'service';
}

export interface MeasureWarning {
  readonly code: string;
  readonly text: string;
}

export interface InstructionsResult {
  /** That each replicate was asked for. */
  readonly requests: number;
  readonly valgrind: string;
  readonly replicates: readonly InstructionsReplicate[];
  readonly paths: {
    readonly requests: number;
    /** Levels of callers that were kept. */
    readonly callers: number;
    /** Share of the instructions on call chains too deep to be kept whole. */
    readonly truncated: number;
  };
}

export interface InstructionsReplicate {
  /** Profile of what was executed: `instructions/replicate-1.pb.gz`. */
  readonly profile: string;
  /** That were counted: a load command may send more or fewer than it is asked for. */
  readonly requests: number;
  /** Instructions of the program itself, the agent's left out. */
  readonly mutator: number;
  /** Of that, in functions other than the Go runtime's. */
  readonly user: number;
  /** Instructions of the garbage collector. */
  readonly collection: number;
  /** Collections that `collection` was learnt from; 0: estimated from a forced one. */
  readonly collections: number;
  /** What `collection` is made of; absent in what older versions measured. */
  readonly oneCollection?: { readonly instructions: number; readonly bytesBetween: number };
}

export interface AllocsResult {
  readonly requests: number;
  readonly replicates: readonly AllocsReplicate[];
}

/** That the profile of all replicates is of. */
export const requestsOf = ({ replicates }: Pick<InstructionsResult | AllocsResult, 'replicates'>): number =>
  replicates.reduce((sum, { requests }) => sum + requests, 0);

export interface AllocsReplicate {
  readonly profile: string;
  /** As InstructionsReplicate.requests. */
  readonly requests: number;
  readonly objects: number;
  readonly bytes: number;
  /** runtime.MemStats over the same requests as `bytes`, the check sum. */
  readonly mallocs: number;
  readonly totalAlloc: number;
}

export interface IoResult {
  readonly requests: number;
  readonly replicates: readonly IoReplicate[];
}

export interface IoReplicate {
  readonly readCalls: number;
  readonly writeCalls: number;
  readonly readBytes: number;
  readonly writeBytes: number;
}

export interface CpuResult {
  readonly isPinned: boolean;
  readonly rounds: readonly CpuRound[];
}

export interface CpuRound {
  readonly profile: string;
  readonly requests: number;
  readonly durationMs: number;
  /** CPU time of the service by the kernel's clock. */
  readonly userNs: number;
  readonly systemNs: number;
  /** CPU time by the profile's samples. */
  readonly profileNs: number;
  readonly latencyMs: { readonly p50: number; readonly p90: number; readonly p99: number; readonly max: number };
  /** All scalar runtime/metrics before and after. */
  readonly runtime: {
    readonly before: Readonly<Record<string, number>>;
    readonly after: Readonly<Record<string, number>>;
  };
}
