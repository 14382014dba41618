/**
 * The config as types: `Config` is what the program works with (camelCase, every default filled, limits as ratios,
 * durations in milliseconds); `WrittenConfig` is what stands in perf-gate.yml once the schema has filled its defaults.
 * Neither knows how it is read.
 */

/** Every metric that can have a limit, in the order of the report. */
export const METRICS = ['instructions', 'cpu', 'objects', 'bytes', 'io-calls', 'io-bytes'] as const;
export type MetricName = (typeof METRICS)[number];

/** The metrics that have a figure per function; io is counted for the whole service only. */
export const FUNCTION_METRICS = ['instructions', 'cpu', 'objects', 'bytes'] as const;
export type FunctionMetricName = (typeof FUNCTION_METRICS)[number];

/** Every instrument that the config can choose. */
export const INSTRUMENTS = ['instructions', 'allocs', 'io', 'cpu'] as const;
export type InstrumentName = (typeof INSTRUMENTS)[number];

export interface Config {
  /** As shown to people: relative to the repository, `perf-gate.yml`. */
  readonly fileName: string;
  readonly service: ServiceConfig;
  readonly load: LoadConfig;
  readonly limits: LimitsConfig;
  readonly baseline: BaselineConfig;
  /** Time that the cpu instrument may spend. */
  readonly budgetMs: number;
  readonly onInconclusive: 'pass' | 'fail';
  readonly instruments: readonly InstrumentName[];
  /** The line of everything that is written in the file, by its name: `service.ready`, `load.requests[0]`. */
  readonly places: Readonly<Record<string, number>>;
}

export interface ServiceConfig {
  readonly name: string;
  /** The main package, relative to `dir`: `./cmd/orders`. */
  readonly package: string;
  /** Relative to the repository's root, as written; undefined: the config's own, see `configDirectory`. */
  readonly dir: string | undefined;
  /** Shell commands, run in each checkout before the build. */
  readonly setup: readonly string[];
  readonly build: BuildConfig;
  /** `-X` values by variable (`main.version`); templates of `PLACEHOLDERS.inject`. */
  readonly inject: Readonly<Record<string, string>>;
  /** Templates of `PLACEHOLDERS.run`, as are the values of `env`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ready: ReadyConfig;
  readonly stop: { readonly signal: StopSignal; readonly timeoutMs: number };
}

export interface BuildConfig {
  /** The user's own build command, a template of `PLACEHOLDERS.build`; undefined: `go build`. */
  readonly command: string | undefined;
  readonly flags: readonly string[];
  readonly tags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly ldflags: string;
}

/** `port`: the service is ready when its TCP port accepts connections. */
export type ReadyConfig =
  | { readonly kind: 'port'; readonly timeoutMs: number }
  | {
      readonly kind: 'http';
      readonly method: Method;
      readonly path: string;
      readonly status: number;
      readonly timeoutMs: number;
    };

export const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
export type StopSignal = (typeof STOP_SIGNALS)[number];

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof METHODS)[number];

/** The defaults that short forms (`ready: GET /`, `cpu: off`) leave unsaid; the schema has the same for the long ones. */
export const STANDARD = {
  method: 'GET',
  weight: 1,
  readyStatus: 200,
  readyTimeout: '30s',
  floors: { instructions: '0.1%', cpu: '0.1%', objects: 0.5, bytes: 64, 'io-calls': 0.1, 'io-bytes': 64 },
} as const;

/** Free of places in the file, so that it can be part of a fingerprint as it is. */
export interface LoadConfig {
  /** At least one; names are unique. */
  readonly requests: readonly RequestConfig[];
  /** Requests before anything is counted. */
  readonly warmup: number;
  /** Requests that the exact instruments count. At least the sum of the weights. */
  readonly count: number;
  /** Connections of a time window. */
  readonly connections: number;
  /** Of one request. */
  readonly timeoutMs: number;
  /** Share of failed requests that is tolerated, 0.01 = 1 %. */
  readonly errors: number;
}

export interface RequestConfig {
  readonly name: string;
  readonly method: Method;
  /** With its query: `/orders?limit=40`. */
  readonly path: string;
  /** Names in lower case; `load.headers` are merged in, and the content type of a JSON body. */
  readonly headers: Readonly<Record<string, string>>;
  /** The text to send; at most one of `body` and `bodyFile` is defined. */
  readonly body: string | undefined;
  /** A file to send, as written: relative to the directory of the config (`configDirectory`). */
  readonly bodyFile: string | undefined;
  /** The statuses that count as success, ascending. */
  readonly expect: readonly number[] | 'any 2xx';
  readonly weight: number;
}

export const STORES = ['git', 'directory', 's3', 'exec'] as const;

export interface BaselineConfig {
  /** Undefined where the file does not say it: detect the default branch, `main` if there is no telling. */
  readonly branch: string | undefined;
  /** Undefined: nothing is stored, the base is measured in every run. */
  readonly store: StoreConfig | undefined;
  /** First-parent ancestors of the base that are looked at, if the base itself is not stored. */
  readonly maxDistance: number;
  /** Commits of the service that are kept in the store. */
  readonly keep: number;
}

/** Where measured commits are kept. */
export type StoreConfig =
  | {
      readonly kind: 'git';
      /** A remote of the repository, or a URL. */
      readonly remote: string;
      readonly branch: string;
      /** The environment variable with the token for an http remote; undefined: git's own credentials. */
      readonly tokenEnv: string | undefined;
    }
  /** Relative to the directory of the config (`configDirectory`), or absolute. */
  | { readonly kind: 'directory'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Without slashes at its ends; may be empty. */
      readonly prefix: string;
      /** Undefined, as `endpoint`: what the environment says, then AWS's own. */
      readonly region: string | undefined;
      readonly endpoint: string | undefined;
    }
  /** A shell command. */
  | { readonly kind: 'exec'; readonly command: string };

/** A rise that is allowed: 0.02 for `+2%`. */
export interface Limit {
  readonly ratio: number;
  /** As written. */
  readonly text: string;
  /** `perf-gate.yml:31`; undefined for a default. */
  readonly at: string | undefined;
}

export type LimitOrOff = Limit | 'off';

/** The smallest rise that can be a finding: so much per request, or a share of the service's total per request. */
export type Floor =
  | { readonly kind: 'amount'; readonly perRequest: number; readonly text: string; readonly at: string | undefined }
  | { readonly kind: 'share'; readonly ratio: number; readonly text: string; readonly at: string | undefined };

export interface LimitsConfig {
  readonly metrics: Readonly<Record<MetricName, MetricLimits>>;
  /** In the order of the file: a later rule wins. */
  readonly functions: readonly FunctionRule[];
  /** Functions that are never judged. */
  readonly ignore: readonly { readonly match: string; readonly at: string }[];
  readonly waivers: readonly Waiver[];
}

export interface MetricLimits {
  readonly total: LimitOrOff;
  /** Always `off` for io, which has no figure per function. */
  readonly function: LimitOrOff;
  /** Of the garbage collector; always `off` but for instructions. */
  readonly collection: LimitOrOff;
  readonly floor: Floor;
}

/** Other limits for the functions whose name matches; a metric that is absent keeps the limit it had. */
export interface FunctionRule {
  /** A glob, see `matchesGlob`. */
  readonly match: string;
  readonly limits: Readonly<Partial<Record<FunctionMetricName, LimitOrOff>>>;
  readonly at: string;
}

export interface Waiver {
  /** A glob, see `matchesGlob`. */
  readonly function: string;
  readonly metric: FunctionMetricName;
  readonly upTo: Limit;
  /** The last day on which it holds: `2026-12-31`. */
  readonly until: string;
  readonly reason: string;
  readonly at: string;
}

/** The file's content after validation: the schema's defaults are in, everything else is as written. */
export interface WrittenConfig {
  readonly service: {
    readonly package: string;
    readonly name?: string;
    readonly dir?: string;
    readonly setup: readonly string[];
    readonly build: {
      readonly command?: string;
      readonly flags: readonly string[];
      readonly tags: readonly string[];
      readonly env: Readonly<Record<string, string>>;
      readonly ldflags: string;
    };
    readonly inject: Readonly<Record<string, string>>;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
    readonly ready: string | WrittenReady;
    readonly stop: { readonly signal: StopSignal; readonly timeout: string };
  };
  readonly load: {
    readonly requests: readonly (string | WrittenRequest)[];
    readonly headers: Readonly<Record<string, string>>;
    readonly warmup: number;
    readonly count: number;
    readonly connections: number;
    readonly timeout: string;
    readonly errors: number | string;
  };
  readonly limits: Readonly<Record<MetricName, 'off' | WrittenMetricLimits>> & {
    readonly functions: readonly (Readonly<Partial<Record<FunctionMetricName, string>>> & { readonly match: string })[];
    readonly ignore: readonly string[];
    readonly waivers: readonly WrittenWaiver[];
  };
  readonly baseline: WrittenBaseline;
  readonly budget: string;
  readonly 'on-inconclusive': 'pass' | 'fail';
  readonly instruments: readonly InstrumentName[];
}

/** What a store needs is there: see checks.ts. */
export interface WrittenBaseline {
  readonly branch?: string;
  readonly store?: (typeof STORES)[number];
  readonly remote: string;
  readonly 'data-branch': string;
  readonly 'token-env'?: string;
  readonly path?: string;
  readonly bucket?: string;
  readonly prefix: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly command?: string;
  readonly 'max-distance': number;
  readonly keep: number;
}

export interface WrittenReady {
  readonly method: Method;
  readonly path?: string;
  readonly status: number;
  readonly timeout: string;
}

export interface WrittenRequest {
  readonly name?: string;
  readonly method: Method;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly 'body-file'?: string;
  readonly expect?: number | readonly number[];
  readonly weight: number;
}

export interface WrittenMetricLimits {
  readonly total: string;
  readonly function?: string;
  readonly collection?: string;
  readonly floor: number | string;
}

export interface WrittenWaiver {
  readonly function: string;
  readonly metric: FunctionMetricName;
  readonly 'up-to': string;
  readonly until: string;
  readonly reason: string;
}
