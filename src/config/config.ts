/**
 * The config as types: `Config` is what the program works with (camelCase, every default filled, limits as ratios,
 * durations in milliseconds); `WrittenConfig` is what stands in perf-gate.yml once the schema has filled its defaults.
 * Neither knows how it is read.
 */
import type { FunctionMetricName, InstrumentName, MetricName } from '../model/metrics.ts';

/**
 * What counts where the commit under test changes its own config: the commit's (`note`), the stricter of both (`base`),
 * or that, and a change which could hide a rise fails (`fail`).
 */
export const ON_CONFIG_CHANGE = ['note', 'base', 'fail'] as const;
export type OnConfigChange = (typeof ON_CONFIG_CHANGE)[number];

export interface Config {
  /** As shown to people: relative to the repository, `perf-gate.yml`. */
  readonly fileName: string;
  readonly service: ServiceConfig;
  /** The scenario whose `load` and `limits` these are; undefined where the file names none, see `eachScenario`. */
  readonly scenario: string | undefined;
  readonly load: LoadConfig;
  readonly limits: LimitsConfig;
  /** In the order of the file. Where there are any, `load` and `limits` are what they share, without a request. */
  readonly scenarios: readonly ScenarioConfig[];
  readonly baseline: BaselineConfig;
  /** Time that the cpu instrument may spend, on each scenario. */
  readonly budgetMs: number;
  readonly onInconclusive: 'pass' | 'fail';
  readonly onConfigChange: OnConfigChange;
  readonly instruments: readonly InstrumentName[];
  /** Those without which there is no pass where a limit hangs on them; undefined: in CI all of them, elsewhere none. */
  readonly require: readonly InstrumentName[] | undefined;
  /** The line of everything that is written, or the flag that sets it, by its name: `service.ready`, `load.requests[0]`. */
  readonly places: Readonly<Record<string, number | string>>;
}

export interface ServiceConfig {
  readonly name: string;
  /** The main package, relative to `dir`: `./cmd/orders`. */
  readonly package: string;
  /** What the base has elsewhere: `package` counts if it has none in that of the service; undefined: git's renames tell. */
  readonly base: { readonly package: string | undefined };
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
  /** Written into the checkout before each start, by their paths in the service's directory. */
  readonly files: Readonly<Record<string, ServiceFile>>;
  readonly listen: Listen;
  readonly protocol: Protocol;
  readonly tls: TlsConfig;
  readonly ready: ReadyConfig;
  readonly stop: { readonly signal: StopSignal; readonly timeoutMs: number };
}

/** A template whose unknown braces stay as they are (`fillKnown`): its text, or where it stands, as a body file. */
export type ServiceFile = { readonly text: string } | { readonly template: string };

/** What the service listens on: a port of 127.0.0.1, or a unix socket. */
export const LISTEN = ['port', 'unix'] as const;
export type Listen = (typeof LISTEN)[number];

/** HTTP/1.1 and HTTP/2, each in clear and over TLS. */
export const PROTOCOLS = ['http', 'https', 'h2', 'h2c'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export interface TlsConfig {
  /** A file with the certificates that are trusted, as written; undefined: any certificate will do. */
  readonly ca: string | undefined;
  readonly serverName: string | undefined;
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
} as const;

/** One of several loads of a service, whole: what it leaves unsaid is taken from what all of them share. */
export interface ScenarioConfig {
  readonly name: string;
  readonly load: LoadConfig;
  readonly limits: LimitsConfig;
}

/** Load tools whose output is understood; `json`: any command that says its counts in JSON. */
export const LOAD_TOOLS = ['k6', 'hey', 'wrk', 'oha', 'ghz', 'autocannon', 'vegeta', 'json'] as const;
export type LoadToolName = (typeof LOAD_TOOLS)[number];

/** Free of places in the file, so that it can be part of a fingerprint as it is. */
export interface LoadConfig {
  /** At least one, with unique names; none where a command sends them, and in what scenarios share. */
  readonly requests: readonly RequestConfig[];
  /** `user:password`, with `{env:NAME}`, for requests without an authorization header of their own. */
  readonly basicAuth: string | undefined;
  /** Undefined: perf-gate sends the requests itself. */
  readonly command: LoadCommandConfig | undefined;
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

export interface LoadCommandConfig {
  /** For a shell; a template of `PLACEHOLDERS.load`. */
  readonly template: string;
  /** Undefined where the file does not say it. */
  readonly tool: LoadToolName | undefined;
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
  /** What counts as success besides the status. */
  readonly answer: AnswerConfig;
  readonly weight: number;
  /** What is taken from the response, by the name that it then has: `{id}` in the path, headers and body of `steps`. */
  readonly capture: Readonly<Record<string, CaptureConfig>>;
  /** `then` in the file: sent behind it, in order, over the same connection; all of them together have the weight. */
  readonly steps: readonly StepConfig[];
}

export type StepConfig = Omit<RequestConfig, 'weight' | 'steps'> & {
  /** Whether the body was a map or a list, which text is put into as JSON. */
  readonly isJson: boolean;
};

/** What an answer must be besides its status; `NO_EXPECTATIONS` has nothing. */
export interface AnswerConfig {
  /** By names in lower case: `exists`, `absent`, or what the value has in it. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the body has in it. */
  readonly contains: string | undefined;
  /** What the body matches. */
  readonly regex: string | undefined;
  readonly json: readonly JsonExpectation[];
  /** How a call of gRPC ends; undefined: with OK. */
  readonly grpc: GrpcCode | undefined;
}

export const NO_EXPECTATIONS: AnswerConfig = {
  headers: {},
  contains: undefined,
  regex: undefined,
  json: [],
  grpc: undefined,
};

/** Of a place in the JSON body, as written: `$.items[0].id`. */
export type JsonExpectation = { readonly path: string } & (
  | { readonly is: 'equal'; readonly value: JsonScalar }
  | { readonly is: 'there' | 'absent'; readonly value?: undefined }
);

export type JsonScalar = string | number | boolean | null;

/** https://grpc.io/docs/guides/status-codes, by their numbers. */
export const GRPC_CODES = [
  ...['OK', 'CANCELLED', 'UNKNOWN', 'INVALID_ARGUMENT', 'DEADLINE_EXCEEDED', 'NOT_FOUND', 'ALREADY_EXISTS'],
  ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'FAILED_PRECONDITION', 'ABORTED', 'OUT_OF_RANGE', 'UNIMPLEMENTED'],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
] as const;
export type GrpcCode = (typeof GRPC_CODES)[number];

export type CaptureConfig =
  /** A place in the JSON body, as written: `$.items[0].id`. */
  | { readonly from: 'json'; readonly path: string }
  /** What the pattern matches, or its first group; the whole header where there is no pattern. */
  | { readonly from: 'header'; readonly name: string; readonly match: string | undefined }
  | { readonly from: 'text'; readonly match: string };

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

/** The smallest rise that can be a finding: so much per request, or a share of the service's total, the larger of both. */
export interface Floor {
  readonly perRequest: number;
  readonly ratio: number;
  /** As written. */
  readonly text: string;
  readonly at: string | undefined;
}

/** An amount, a share, or a list of both, of which the larger counts. */
export type WrittenFloor = number | string | readonly (number | string)[];

export interface LimitsConfig {
  readonly metrics: Readonly<Record<MetricName, MetricLimits>>;
  /** In the order of the file: a later rule wins. */
  readonly functions: readonly FunctionRule[];
  /** Functions that are never judged. */
  readonly ignore: readonly { readonly match: string; readonly at: string }[];
  readonly waivers: readonly Waiver[];
  /**
   * Rules that hold as well, for the same metrics: of a limit the stricter counts, and what is ignored or waived must be
   * so in both.
   */
  readonly besides?: LimitsConfig | undefined;
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
    readonly base: { readonly package?: string };
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
    readonly files: Readonly<Record<string, string | { readonly template: string }>>;
    readonly listen: Listen;
    readonly protocol: Protocol;
    readonly tls: { readonly ca?: string; readonly 'server-name'?: string };
    readonly ready: string | WrittenReady;
    readonly stop: { readonly signal: StopSignal; readonly timeout: string };
  };
  readonly load: WrittenLoad;
  readonly limits: WrittenLimits;
  readonly scenarios: Readonly<Record<string, WrittenScenario>>;
  readonly baseline: WrittenBaseline;
  readonly budget: string;
  readonly 'on-inconclusive': 'pass' | 'fail';
  readonly 'on-config-change': OnConfigChange;
  readonly instruments: readonly InstrumentName[];
  readonly require?: readonly InstrumentName[];
}

export interface WrittenLoad {
  readonly requests?: readonly (string | WrittenRequest)[];
  readonly command?: string;
  readonly tool?: LoadToolName;
  readonly headers: Readonly<Record<string, string>>;
  readonly 'basic-auth'?: string;
  readonly warmup: number;
  readonly count: number;
  readonly connections: number;
  readonly timeout: string;
  readonly errors: number | string;
}

export type WrittenLimits = Readonly<Record<MetricName, 'off' | WrittenMetricLimits>> & WrittenRules;

interface WrittenRules {
  readonly functions: readonly WrittenFunctionRule[];
  readonly ignore: readonly string[];
  readonly waivers: readonly WrittenWaiver[];
}

export type WrittenFunctionRule = Readonly<Partial<Record<FunctionMetricName, string>>> & { readonly match: string };

/** The keys of `load`, and limits with the keys of `limits`; each may be left out, and none has a default. */
export type WrittenScenario = Partial<WrittenLoad> & { readonly limits?: WrittenOwnLimits };

export type WrittenOwnLimits = Readonly<Partial<Record<MetricName, 'off' | Partial<WrittenMetricLimits>>>> &
  Partial<WrittenRules>;

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
  readonly expect?: number | readonly number[] | WrittenExpectation;
  readonly weight: number;
  readonly capture: Readonly<Record<string, string | { readonly header?: string; readonly match?: string }>>;
  readonly then: readonly (string | Omit<WrittenRequest, 'weight' | 'then'>)[];
}

export interface WrittenExpectation {
  readonly status?: number | readonly number[];
  readonly header?: Readonly<Record<string, string>>;
  readonly body?: {
    readonly contains?: string;
    readonly regex?: string;
    readonly json?: Readonly<Record<string, JsonScalar>>;
  };
  readonly grpc?: GrpcCode;
}

export interface WrittenMetricLimits {
  readonly total: string;
  readonly function?: string;
  readonly collection?: string;
  readonly floor: WrittenFloor;
}

export interface WrittenWaiver {
  readonly function: string;
  readonly metric: FunctionMetricName;
  readonly 'up-to': string;
  readonly until: string;
  readonly reason: string;
}
