/**
 * Talks to the agent that is compiled into a service (`go/`), over its unix socket. It knows the protocol and checks
 * every answer at the door; what the figures mean is for those who ask.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAwake } from '../base/awake.ts';
import { MeasurementError } from '../base/errors.ts';

/** The version of the protocol; another one means that the service was built by another perf-gate. */
const PROTOCOL = 1;
/** sockaddr_un holds 104 bytes on macOS and the BSDs, 108 on Linux, the closing zero included. */
const SOCKET_PATH_LIMIT_BYTES = 103;
const ANSWER_LIMIT_BYTES = 512 * 1024 * 1024;
/** The agent takes bodies of 64 MB; this keeps answers small too. */
const ADDRESSES_PER_REQUEST = 200_000;
const POLL_MS = 20;
const REQUEST_TIMEOUT_MS = 60_000;

/** The agent refused, broke off, did not answer in time, or answered what it should not. */
export class AgentError extends MeasurementError {
  /** For example `GET /info`. */
  readonly endpoint: string;
  /** The HTTP status; 0 where there was no whole answer. */
  readonly status: number;
  /** What the agent said, or what went wrong. */
  readonly text: string;

  constructor(endpoint: string, status: number, text: string, options: { hint?: string; cause?: unknown } = {}) {
    super(`the agent in the service, ${endpoint}: ${status === 0 ? '' : `status ${status}, `}${text}`, options);
    this.endpoint = endpoint;
    this.status = status;
    this.text = text;
  }
}

/** What kind of process the agent sits in. */
export interface AgentInfo {
  readonly goVersion: string;
  readonly pid: number;
  readonly gomaxprocs: number;
  /** Cores that the process may use. */
  readonly numCPU: number;
  /** Bytes allocated per sample of the memory profile; 1 is every object, 0 is none. */
  readonly memProfileRate: number;
  readonly goos: string;
  readonly goarch: string;
  /** Where the entry of `main.perfGateAnchor` lies in this process. */
  readonly anchor: bigint;
  /** As `go version -m` has it: module, dependencies, build settings; '' for a program built without modules. */
  readonly buildInfo: string;
}

export interface PreviousGCSettings {
  /** GOGC as it was; -1 is off. */
  readonly previousPercent: number;
  /**
   * Bytes, as it was; about 2^63 stands for no limit and may be given back as it is. Undefined before Go 1.19, which
   * has no limit: none was set either.
   */
  readonly previousMemoryLimit: number | undefined;
}

/** Counted since the process started, unless said otherwise. */
export interface MemStats {
  /** Collections, forced ones included. */
  readonly numGC: number;
  readonly numForcedGC: number;
  /** Objects allocated; of tiny objects that share a block each. */
  readonly mallocs: number;
  readonly frees: number;
  /** Bytes allocated. */
  readonly totalAlloc: number;
  /** Bytes of live and not yet swept objects, now. */
  readonly heapAlloc: number;
  /** Objects, now. */
  readonly heapObjects: number;
  /** Size of the heap in bytes at which the next collection starts. */
  readonly nextGC: number;
  /** Share of the available CPU time that collections took, 0 to 1. */
  readonly gcCPUFraction: number;
  readonly pauseTotalNs: number;
}

/** Only differences between two readings of one process mean something. */
export interface Clock {
  /** CPU time of all threads in user code, nanoseconds. */
  readonly userNs: number;
  /** CPU time of all threads in the kernel, nanoseconds. */
  readonly systemNs: number;
  /** A clock that never goes back, nanoseconds. */
  readonly wallNs: number;
}

/** One function on the stack of an instruction. */
export interface ResolvedFrame {
  /** Canonical name as in Go's own profiles: `main.F[...]`, `net/http.(*conn).serve`. */
  readonly fn: string;
  /** As the compiler was given it; shortened in a build with -trimpath. */
  readonly file: string;
  readonly line: number;
  /**
   * The line of the function's first instruction: that of its declaration, or of its first statement in a small
   * function that calls none. 0 for an inlined function.
   */
  readonly startLine: number;
}

/** The agent of one running service. Every method throws AgentError; no connection is kept between calls. */
export interface Agent {
  info(): Promise<AgentInfo>;
  /** Forces that many collections, one after another; returns how many there were since the start, these included. */
  gc(times: number): Promise<{ readonly numGC: number }>;
  /**
   * Sets GOGC (-1: no collections) and the memory limit in bytes, at which collections start nevertheless; returns
   * what was set before. Without a limit the present one stays.
   */
  setGCPercent(percent: number, memoryLimit?: number): Promise<PreviousGCSettings>;
  memStats(): Promise<MemStats>;
  /**
   * All that this Go has in runtime/metrics, by name with unit: `/gc/heap/allocs:bytes`. A histogram is two numbers,
   * `/sched/latencies:seconds.count` and `.sum`; the sum is approximate, every value counts as the middle of its bucket.
   */
  metrics(): Promise<Readonly<Record<string, number>>>;
  /** Refused with status 501 where there is no getrusage, as on Windows. */
  clock(): Promise<Clock>;
  /**
   * Everything allocated since the start: a gzipped pprof profile, after `collections` forced ones (2 unless given; with
   * none the latest allocations are not in it yet). runtime.GC publishes all that was allocated before it began.
   */
  allocsProfile(collections?: number): Promise<Uint8Array>;
  /** A profile of runtime/pprof by name (`heap`, `goroutine`), after `collections` forced ones; gzipped pprof. */
  profile(name: string, collections?: number): Promise<Uint8Array>;
  /** Starts Go's own CPU profiler at 100 Hz; refused with status 409 where one runs, be it the service's. */
  startCpuProfile(): Promise<void>;
  /** Gzipped pprof; refused with status 409 where none runs or where the service stopped it. */
  stopCpuProfile(): Promise<Uint8Array>;
  /**
   * Lets the heap grow by `bytes` and gives all that is free back to the system: what is allocated next lies in memory
   * of one kind, which either all needs clearing or none of it.
   */
  useHeap(bytes: number): Promise<void>;
  /** Lets new goroutines start with stacks of 16 KB until the next collection. Before Go 1.19 it changes nothing. */
  useStacks(): Promise<void>;
  /**
   * Takes the handlers of SIGCHLD, SIGWINCH, SIGURG, SIGPIPE and SIGPROF from the Go runtime, which then gets none of these
   * signals; for a process that is counted instruction by instruction. Refused with status 501 off Linux.
   */
  quietSignals(): Promise<void>;
  /**
   * Lets the callgrind that runs the service count from now on, beginning with `collections` forced ones. Refused with status 501 where the executable is not the
   * copy made for that (`binary/counted-copy.ts`), and with 409 where nothing runs it.
   */
  startCount(collections?: number): Promise<void>;
  /** Ends counting, as any other question does, and returns when callgrind has written what it counted. */
  stopCount(): Promise<void>;
  /**
   * The stack of each instruction, in the order of the addresses: innermost first, so the inlined functions stand
   * before the one that holds them; empty where the address is not Go code. Addresses are those of instructions in
   * that very process, no return addresses, the load bias already added.
   */
  resolve(addresses: readonly (number | bigint)[]): Promise<ResolvedFrame[][]>;
}

/** Returns the agent behind that socket, which need not be there yet; `timeoutMs` is for one request. */
export function connectAgent(socketPath: string, { timeoutMs }: { readonly timeoutMs: number }): Agent {
  checkSocketPath(socketPath);
  return agentAt({ socketPath, timeoutMs });
}

function agentAt(door: Door): Agent {
  const ask = async (endpoint: string, body?: string): Promise<Answer> => {
    const answer = await exchange(door, endpoint, body);
    if (answer.status !== 200) throw new AgentError(endpoint, answer.status, decodeText(answer.body).trim());
    return answer;
  };
  const askRecord = async (endpoint: string) => recordOf(await ask(endpoint));
  const askProfile = async (endpoint: string) => profileOf(await ask(endpoint));

  return {
    async info() {
      const record = await askRecord('GET /info');
      const version = record.integer('agent');
      if (version !== PROTOCOL) throw record.wrong(`speaks protocol ${version}, not ${PROTOCOL}`);
      return {
        goVersion: record.text('goVersion'),
        pid: record.integer('pid'),
        gomaxprocs: record.integer('gomaxprocs'),
        numCPU: record.integer('numCPU'),
        memProfileRate: record.integer('memProfileRate'),
        goos: record.text('goos'),
        goarch: record.text('goarch'),
        anchor: record.address('anchor'),
        buildInfo: record.text('buildInfo'),
      };
    },
    async gc(times) {
      return { numGC: (await askRecord(`POST /gc?times=${times}`)).count('numGC') };
    },
    async setGCPercent(percent, memoryLimit) {
      const limit = memoryLimit === undefined ? '' : `&memoryLimit=${BigInt(memoryLimit)}`;
      const record = await askRecord(`POST /gcpercent?percent=${percent}${limit}`);
      return {
        previousPercent: record.integer('previousPercent'),
        previousMemoryLimit: record.isNull('previousMemoryLimit') ? undefined : record.count('previousMemoryLimit'),
      };
    },
    async memStats() {
      const record = await askRecord('GET /memstats');
      return {
        numGC: record.count('numGC'),
        numForcedGC: record.count('numForcedGC'),
        mallocs: record.count('mallocs'),
        frees: record.count('frees'),
        totalAlloc: record.count('totalAlloc'),
        heapAlloc: record.count('heapAlloc'),
        heapObjects: record.count('heapObjects'),
        nextGC: record.count('nextGC'),
        gcCPUFraction: record.number('gcCPUFraction'),
        pauseTotalNs: record.count('pauseTotalNs'),
      };
    },
    async metrics() {
      return metricsOf(await ask('GET /metrics'));
    },
    async clock() {
      const record = await askRecord('GET /clock');
      return { userNs: record.count('userNs'), systemNs: record.count('systemNs'), wallNs: record.count('wallNs') };
    },
    allocsProfile: (collections = 2) => askProfile(`GET /profile/allocs?gc=${collections}`),
    profile: (name, collections = 0) => askProfile(`GET /profile/${encodeURIComponent(name)}?gc=${collections}`),
    async startCpuProfile() {
      await askRecord('POST /cpu/start');
    },
    stopCpuProfile: () => askProfile('POST /cpu/stop'),
    async useHeap(bytes) {
      await askRecord(`POST /heap/use?bytes=${Math.ceil(bytes)}`);
    },
    async useStacks() {
      await askRecord('POST /stacks/use');
    },
    async quietSignals() {
      await askRecord('POST /signals/quiet');
    },
    async startCount(collections = 0) {
      await askRecord(`POST /count/start?gc=${collections}`);
    },
    async stopCount() {
      await askRecord('POST /count/stop');
    },
    async resolve(addresses) {
      const stacks: ResolvedFrame[][] = [];
      for (let start = 0; start < addresses.length; start += ADDRESSES_PER_REQUEST) {
        const some = addresses.slice(start, start + ADDRESSES_PER_REQUEST);
        const answer = await ask('POST /resolve', some.map((address) => `${address.toString(16)}\n`).join(''));
        for (const stack of stacksOf(answer, some.length)) stacks.push(stack);
      }
      return stacks;
    },
  };
}

/**
 * Returns the agent as soon as it answers; its requests may then take `REQUEST_TIMEOUT_MS` each, or `timeoutMs` where
 * that is more. Throws AgentError when there is no answer within `timeoutMs` or the agent could not listen, and the
 * signal's reason when that is aborted: whoever started the service aborts it when the service ends.
 */
export async function waitForAgent(socketPath: string, signal: AbortSignal, timeoutMs: number): Promise<Agent> {
  checkSocketPath(socketPath);
  const over = new AbortController();
  const stopWaiting = afterAwake(timeoutMs, () => over.abort());
  const timedOut = (cause?: unknown) =>
    new AgentError('GET /info', 0, `there was no answer within ${timeoutMs / 1000} s`, {
      hint: 'is the service stuck before its main function, or did it remove PERF_GATE_SOCKET from its environment?',
      cause,
    });
  try {
    for (;;) {
      signal.throwIfAborted();
      const reason = await readReport(socketPath);
      if (reason !== undefined) throw new AgentError('listen', 0, reason);
      if (over.signal.aborted) throw timedOut();
      if (existsSync(socketPath)) {
        try {
          await agentAt({ socketPath, timeoutMs, signal: AbortSignal.any([signal, over.signal]) }).info();
          return agentAt({ socketPath, timeoutMs: Math.max(timeoutMs, REQUEST_TIMEOUT_MS) });
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (over.signal.aborted) throw timedOut(error);
          if (!isNotListening(error)) throw error;
        }
      }
      await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  } finally {
    stopWaiting();
  }
}

/** The longest name of an agent's socket below the directory for temporary files. */
export const LONGEST_SOCKET = 'perf-gate-XXXXXX/run/head-instructions-1.sock';

/** Throws a MeasurementError for a path that no unix socket can have. */
export function checkSocketPath(socketPath: string): void {
  const bytes = Buffer.byteLength(socketPath);
  if (bytes <= SOCKET_PATH_LIMIT_BYTES) return;
  throw new MeasurementError(
    `the path of the agent's socket has ${bytes} bytes, and a unix socket's at most ${SOCKET_PATH_LIMIT_BYTES}: ${socketPath}`,
    { hint: 'set TMPDIR to a shorter directory' },
  );
}

/** What the agent left beside its socket when it could not listen; undefined where there is nothing (yet). */
async function readReport(socketPath: string): Promise<string | undefined> {
  try {
    const text = await readFile(`${socketPath}.error`, 'utf8');
    return text === '' ? undefined : text.trim(); // empty: being written
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The socket file was there a moment ago but nobody accepts on it: it is being made, or left from another process. */
function isNotListening(error: unknown): boolean {
  return error instanceof AgentError && ['ENOENT', 'ECONNREFUSED'].includes(codeOf(error.cause) ?? '');
}

function codeOf(error: unknown): string | undefined {
  return isRecord(error) && typeof error['code'] === 'string' ? error['code'] : undefined;
}

/** Where the agent is asked, and for how long. */
interface Door {
  readonly socketPath: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly endpoint: string;
  readonly status: number;
  readonly body: Buffer;
}

/** One request on a connection of its own; `endpoint` is `METHOD /path?query`. */
function exchange({ timeoutMs, ...door }: Door, endpoint: string, body = ''): Promise<Answer> {
  const [method = '', path = ''] = endpoint.split(' ');
  return new Promise((resolve, reject) => {
    const fail = (text: string, cause?: unknown) => {
      stopWaiting();
      reject(new AgentError(endpoint, 0, text, { cause }));
      outgoing.destroy();
    };
    const stopWaiting = afterAwake(timeoutMs, () => fail(`there was no answer within ${timeoutMs / 1000} s`));
    const headers = { host: 'agent', 'content-length': Buffer.byteLength(body) };
    const outgoing = request({ ...door, method, path, headers, agent: false });
    outgoing.on('error', (error) => fail(error.message, error));
    outgoing.on('response', (incoming: IncomingMessage) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > ANSWER_LIMIT_BYTES) fail(`the answer has more than ${ANSWER_LIMIT_BYTES} bytes`);
        else chunks.push(chunk);
      });
      incoming.on('error', (error) => fail(`the answer broke off: ${error.message}`, error));
      incoming.on('end', () => {
        stopWaiting();
        resolve({ endpoint, status: incoming.statusCode ?? 0, body: Buffer.concat(chunks, bytes) });
      });
    });
    outgoing.end(body);
  });
}

function decodeText(body: Buffer): string {
  return body.toString('utf8');
}

function profileOf(answer: Answer): Uint8Array {
  const { body } = answer;
  if (body[0] !== 0x1f || body[1] !== 0x8b) {
    throw new AgentError(answer.endpoint, answer.status, `sent ${body.length} bytes that are no gzipped profile`);
  }
  return body;
}

function parseJson(answer: Answer): unknown {
  try {
    return JSON.parse(decodeText(answer.body));
  } catch (error) {
    throw new AgentError(answer.endpoint, answer.status, 'sent no JSON', { cause: error });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The fields of a JSON object, each checked when it is read. */
function recordOf(answer: Answer) {
  const value = parseJson(answer);
  const wrong = (text: string) => new AgentError(answer.endpoint, answer.status, text);
  if (!isRecord(value)) throw wrong('sent JSON that is no object');

  const field = <T>(name: string, type: string, check: (value: unknown) => value is T): T => {
    const found = Object.hasOwn(value, name) ? value[name] : undefined;
    if (!check(found)) throw wrong(`sent a ${name} that is no ${type}: ${JSON.stringify(found)}`);
    return found;
  };
  return {
    wrong,
    isNull: (name: string) => value[name] === null,
    text: (name: string) => field(name, 'string', (v): v is string => typeof v === 'string'),
    number: (name: string) => field(name, 'number', (v): v is number => typeof v === 'number'),
    integer: (name: string) => field(name, 'integer', (v): v is number => Number.isInteger(v)),
    /** An integer of zero or more. */
    count: (name: string) => field(name, 'count', (v): v is number => isCount(v)),
    address: (name: string) => BigInt(field(name, 'address', isHexadecimal)),
  };
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isHexadecimal(value: unknown): value is `0x${string}` {
  return typeof value === 'string' && /^0x[0-9a-f]{1,16}$/.test(value);
}

function metricsOf(answer: Answer): Record<string, number> {
  const metrics: Record<string, number> = {};
  const value = parseJson(answer);
  for (const [name, metric] of Object.entries(isRecord(value) ? value : {})) {
    if (typeof metric === 'number') {
      metrics[name] = metric;
    } else if (isRecord(metric) && isCount(metric['count']) && typeof metric['sum'] === 'number') {
      metrics[`${name}.count`] = metric['count'];
      metrics[`${name}.sum`] = metric['sum'];
    } else {
      throw new AgentError(answer.endpoint, answer.status, `sent a ${name} that is neither number nor histogram`);
    }
  }
  if (Object.keys(metrics).length === 0) throw new AgentError(answer.endpoint, answer.status, 'sent no metrics');
  return metrics;
}

const NUMBERS_PER_FRAME = 4;

function stacksOf(answer: Answer, expected: number): ResolvedFrame[][] {
  const value = parseJson(answer);
  const wrong = (text: string) => new AgentError(answer.endpoint, answer.status, text);
  if (!isRecord(value)) throw wrong('sent JSON that is no object');
  const { functions, files, stacks } = value;
  if (!isTextList(functions) || !isTextList(files)) throw wrong('sent tables that hold other than strings');
  if (!Array.isArray(stacks) || stacks.length !== expected) throw wrong(`did not send ${expected} stacks`);

  return stacks.map((numbers: unknown, index) => {
    if (!isCountList(numbers) || numbers.length % NUMBERS_PER_FRAME !== 0) {
      throw wrong(`sent stack ${index} in another form than four counts a frame`);
    }
    const frames: ResolvedFrame[] = [];
    for (let at = 0; at < numbers.length; at += NUMBERS_PER_FRAME) {
      const fn = functions[numbers[at]!];
      const file = files[numbers[at + 1]!];
      if (fn === undefined || file === undefined) throw wrong(`sent stack ${index} with a name that is in no table`);
      frames.push({ fn, file, line: numbers[at + 2]!, startLine: numbers[at + 3]! });
    }
    return frames;
  });
}

function isCountList(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(isCount);
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}
