/**
 * The one record that every renderer shows and the exit code is derived from. Everything is decided here already:
 * whoever reads it compares no number with a limit again. Figures are per request, ratios are plain (0.1 = 10 %).
 */
import type { ModuleChange } from '../changes/changes.ts';
import type { Difference } from '../config/differences.ts';
import type { MissingInstrument } from '../measure/manifest.ts';
import type { InstrumentName, MetricName, RowName } from '../model/metrics.ts';

export const REPORT_SCHEMA = 1;

export const VERDICTS = ['pass', 'fail', 'inconclusive', 'invalid'] as const;
export type VerdictName = (typeof VERDICTS)[number];

/** What is over its limit is so whatever else was not measured; what was not measured is never a pass. */
export const WORST_FIRST: readonly VerdictName[] = ['fail', 'invalid', 'inconclusive', 'pass'];

/** The verdict of several together: the worst of them. */
export const worstOf = (reports: readonly Pick<Report, 'verdict'>[]): VerdictName =>
  WORST_FIRST.find((name) => reports.some(({ verdict }) => verdict === name)) ?? 'invalid';

export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  /** Version of perf-gate. */
  readonly tool: string;
  readonly verdict: VerdictName;
  /** Base and head execute the same machine code on the same files: nothing was measured. */
  readonly isSameCode: boolean;
  /** The base does not have the service: nothing was compared, and the totals of the base are 0. */
  readonly isNewService?: true | undefined;
  readonly service: string;
  /** The one that was measured, of a service that has several; undefined where its only one has no name. */
  readonly scenario: string | undefined;
  readonly base: ReportedSide;
  readonly head: ReportedSide;
  /** How the base was chosen: `merge base with origin/main`. */
  readonly baseReason: string;
  /** Where the exact figures of the base come from; undefined where nothing was measured, or nobody knows. */
  readonly baselineSource: 'stored' | 'measured' | undefined;
  readonly durationMs: number;
  readonly totals: readonly TotalRow[];
  /** Functions whose rise is over a limit or explains a total that is; the largest first. */
  readonly causes: readonly Cause[];
  /** Functions whose rise their callers saved elsewhere. */
  readonly moved: readonly Moved[];
  /** What code that the commit did not change costs more or less: the run's own noise, or a side effect. */
  readonly unchanged: readonly UnchangedRow[];
  /** What else the commit changed, where the causes do not explain a total, and what changed the machine code of one. */
  readonly suspects?: readonly Suspect[];
  /** Where the instructions are over their limit or the collector is, and it has a share in it. */
  readonly collector?: Collector;
  /** Instruments whose absence alone leaves the verdict open. */
  readonly owed?: readonly InstrumentName[];
  /** Metrics with a limit that could not be judged on this machine or this service. */
  readonly unjudged?: readonly MetricName[];
  /** Functions that rose over a limit by no more than their own noise. */
  readonly noisy: readonly NoisyFunction[];
  readonly notes: readonly Note[];
  /** What the commit changes in the config that it is judged by; undefined where nobody looked. */
  readonly configChanges?: readonly ConfigChange[] | undefined;
  readonly missing: readonly MissingInstrument[];
  /** The smallest rise of a total that this run could have told from its noise. */
  readonly sensitivity: readonly { readonly metric: MetricName; readonly ratio: number }[];
  /** A command that repeats the comparison. */
  readonly reproduce: string;
  /** The run directory, as a person would type it. */
  readonly directory: string;
}

export interface ReportedSide {
  readonly commit: string;
  readonly version: string;
  readonly isDirty: boolean;
}

/**
 * `ok`: within its limit. `small`: over it, but a rise below the floor. `close`: over it by less than the noise, or within
 * it where the noise is more than the limit.
 * `unjudged`: shown only.
 */
export type RowStatus = 'ok' | 'over' | 'small' | 'close' | 'waived' | 'unjudged';

export interface TotalRow {
  readonly name: RowName;
  readonly unit: 'count' | 'bytes' | 'ns';
  readonly base: number;
  readonly head: number;
  /** head / base - 1; undefined where the base is 0. */
  readonly change: number | undefined;
  readonly uncertainty:
    | { readonly kind: 'exact' /** Difference of the replicates over the base. */; readonly noise: number }
    | {
        readonly kind: 'spread' /** Standard deviation of the rounds' log ratios. */;
        readonly sd: number;
        readonly rounds: number;
      };
  readonly limit: ReportedLimit | undefined;
  readonly status: RowStatus;
  /** The smallest rise that can be a finding, per request; where the status hangs on it. */
  readonly floor?: number;
}

export interface ReportedLimit {
  readonly ratio: number;
  readonly text: string;
  /** `perf-gate.yml:31`; undefined for a default. */
  readonly at: string | undefined;
}

export interface Cause {
  /** As Go's own profile names it. */
  readonly function: string;
  /** In the repository where the file is there, else as the compiler recorded it. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly isFileInRepository: boolean;
  /** What the commit did to it: `source`, `uses pricing.Rounds`, `assembly`; undefined when nobody knows. */
  readonly changedBy: string | undefined;
  readonly module: ModuleChange | undefined;
  readonly explanation: Explanation;
  readonly effects: readonly Effect[];
  /** The rise in CPU time that the instructions stand for. */
  readonly timeNs: number | undefined;
  /** Callers that cost more because of it, nearest first. */
  readonly consequences: readonly string[];
}

export type Explanation =
  /** The line runs more often. */
  | { readonly kind: 'line'; readonly base: number; readonly head: number }
  /** The function is called more often. */
  | { readonly kind: 'calls'; readonly base: number; readonly head: number }
  /** As many calls, each dearer by `ratio`. */
  | { readonly kind: 'per-call'; readonly calls: number; readonly ratio: number }
  | { readonly kind: 'new' }
  | { readonly kind: 'dearer' };

export interface Effect {
  readonly metric: MetricName;
  /** Charged cost. */
  readonly base: number;
  readonly head: number;
  readonly netRise: number;
  /** Net rise over the base's charged cost, for a new function over the total. */
  readonly relative: number;
  readonly noise: number;
  readonly limit: ReportedLimit | undefined;
  readonly status: 'over' | 'within' | 'waived' | 'ignored';
  /** Share of the total's rise. */
  readonly explains: number | undefined;
  readonly waiver: { readonly reason: string; readonly until: string } | undefined;
}

export interface Moved {
  readonly function: string;
  readonly metric: MetricName;
  readonly rise: number;
  readonly netRise: number;
  /** A new function around code that was there before: it is charged with that now, and nothing has moved. */
  readonly isAround?: boolean;
}

export interface UnchangedRow {
  readonly metric: MetricName;
  readonly base: number;
  readonly head: number;
  /** Its change over the total of the base. */
  readonly change: number;
  readonly functions: readonly { readonly function: string; readonly rise: number }[];
  /** The service's own functions beneath which it is, the nearest of each path; absent where nobody knows which they are. */
  readonly within?: readonly { readonly function: string; readonly rise: number }[];
}

/**
 * Something that the commit changed and that may be behind a total which no changed function on the path of a request
 * explains: what runs once is paid for later.
 */
export interface Suspect {
  /** `declaration`: a constant, variable or type. `build`: how it was built, the `go` line of go.mod with it. */
  readonly kind: 'function' | 'declaration' | 'file' | 'module' | 'build';
  /** `main.routes`, `main.schema`, `settings.json`, `golang.org/x/text`, `go 1.21 -> 1.22 in go.mod`. */
  readonly name: string;
  /** What was done to it or what follows from it, in words. */
  readonly detail?: string;
  /** The functions that use a declaration. */
  readonly usedIn?: readonly string[];
  /** Of the function, or of the first that uses the declaration; in the repository. */
  readonly file?: string;
  readonly line?: number;
  /** Whether any of these functions ran while requests were measured. */
  readonly ran?: boolean;
}

/** What the garbage collector has to do with a rise of the instructions. */
export interface Collector {
  /** Instructions per request. */
  readonly rise: number;
  /** Of the rise in all instructions. */
  readonly explains: number;
  /**
   * What its cost is made of: instructions of one collection, bytes that a request allocates, bytes allocated from one
   * collection to the next. Those that were measured on both sides.
   */
  readonly parts: readonly {
    readonly part: 'one collection' | 'allocated' | 'distance';
    readonly base: number;
    readonly head: number;
  }[];
}

export interface NoisyFunction {
  readonly function: string;
  readonly metric: MetricName;
  readonly netRise: number;
  readonly noise: number;
}

/** A remark with a code for machines and a sentence for people. */
export interface Note {
  readonly code: string;
  readonly text: string;
}

export interface ConfigChange extends Pick<Difference, 'key' | 'base' | 'head' | 'kind'> {
  /** In the head's config: `perf-gate.yml:31`. */
  readonly at: string;
  /** Whose word counted; of `both` the stricter, wherever they apply. */
  readonly counts: 'base' | 'head' | 'both';
}
