/**
 * A running service: started in a process group of its own, ready, its output in a file, and stopped on every way out.
 * Knows nothing of load or measurement.
 */
import { closeSync, fstatSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { redactArgs, Secrets } from '../base/redact.ts';
import { hasTaskset, pinned } from '../process/affinity.ts';
import { shellWord } from '../process/command.ts';
import { type Exit, type Group, startGroup } from '../process/group.ts';
import { listeningAddresses } from '../process/proc.ts';
import { type Address, originOf, placeOf } from './client.ts';
import { readLastWords, readTail } from './log.ts';
import { isListening } from './port.ts';
import { awaitReady, type Readiness, type ReadyCheck } from './ready.ts';

export interface ServiceSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
  /** Appended to. */
  readonly logFile: string;
  /** Cores to pin it to; not pinned where the system has no taskset (see `Service.cores`). */
  readonly cores?: readonly number[] | undefined;
  readonly ready: ReadyCheck;
  readonly readyTimeoutMs: number;
  readonly address: Address;
  /** How it is asked to end, and how long it may take before it is killed. */
  readonly stop: { readonly signal: NodeJS.Signals; readonly timeoutMs: number };
  /** Stops it at any moment. */
  readonly signal: AbortSignal;
  /** For messages: 'base', 'head'. */
  readonly label: string;
  /** Taken out of what is shown of its log. */
  readonly secrets?: Secrets;
  /** A log that grows over it ends the service; 1 GB where it is not given. */
  readonly maxLogBytes?: number;
}

export interface Service extends AsyncDisposable {
  readonly label: string;
  /** Of the service itself: taskset and valgrind replace themselves by it. */
  readonly pid: number;
  readonly port: number;
  readonly address: Address;
  /** `http://127.0.0.1:41233`. */
  readonly baseUrl: string;
  /** The cores that it is pinned to; undefined: not pinned. */
  readonly cores: readonly number[] | undefined;
  readonly exited: Promise<Exit>;
  readonly hasExited: boolean;
  /** Why it ended although nobody stopped it; undefined while it runs and after stop(). */
  failure(): MeasurementError | undefined;
  /** The last lines of what this process wrote, control characters removed. */
  logTail(lines: number): string;
  /** As logTail, but from the last panic on where there was one. */
  lastWords(lines: number): string;
  /** Asks it to end, then kills it and all that it started. Any number of times. */
  stop(): Promise<void>;
}

const GB = 1e9;
const BEFORE_READY = 'before it was ready';
const LOG_CHECK_MS = 250;
const SHOWN_LINES = 20;
/** How long it may take to end once the run is given up. */
const ABORT_TIMEOUT_MS = 2000;

/** A service that is ready. On any error and on abort nothing of it is left running. */
export async function startService(spec: ServiceSpec): Promise<Service> {
  spec.signal.throwIfAborted();
  if (await isListening(spec.address)) {
    throw new MeasurementError(`${placeOf(spec.address)} is already used by another program`, {
      hint: 'end that program, or let perf-gate choose the port with {port} in service.args',
    });
  }
  const { service, failure } = await launch(spec);
  try {
    await untilReady(service, spec, () => failure(BEFORE_READY));
    return service;
  } catch (error) {
    await service.stop().catch((stopError: unknown) => {
      throw new AggregateError([error, stopError], `${error}, and then: ${stopError}`);
    });
    throw error;
  }
}

interface Launched {
  readonly service: Service;
  failure(when: string): MeasurementError | undefined;
}

async function launch(spec: ServiceSpec): Promise<Launched> {
  const { label, address, logFile } = spec;
  const maxLogBytes = spec.maxLogBytes ?? GB;
  const { clean } = spec.secrets ?? new Secrets();
  const cores = spec.cores !== undefined && hasTaskset(spec.env) ? spec.cores : undefined;
  const { group, logStart } = await startLogged(spec, cores);

  let isStopped = false;
  let logIsFull = false;
  let stopping: Promise<void> | undefined;

  const stop = () => {
    if (group.exit === undefined) isStopped = true;
    stopping ??= group.stop(spec.stop.signal, spec.stop.timeoutMs);
    return stopping;
  };
  const onAbort = () => {
    if (group.exit === undefined) isStopped = true;
    // Nobody who presses Ctrl-C waits for a service that takes its time, least of all one under valgrind.
    const soon = group.stop(spec.stop.signal, Math.min(spec.stop.timeoutMs, ABORT_TIMEOUT_MS));
    soon.catch(() => undefined); // whoever disposes of the service hears of it
    stopping ??= soon;
  };
  const logCheck = setInterval(() => {
    const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= maxLogBytes || stopping !== undefined) return;
    logIsFull = true;
    stopping = group.stop('SIGKILL', 0); // asking politely would let it go on writing
    stopping.catch(() => undefined);
  }, LOG_CHECK_MS);
  logCheck.unref();
  spec.signal.addEventListener('abort', onAbort, { once: true });
  void group.exited.then(() => {
    clearInterval(logCheck);
    spec.signal.removeEventListener('abort', onAbort);
  });

  const failure = (when: string) => {
    if (logIsFull) {
      return new MeasurementError(`the log of the service (${label}) grew over ${maxLogBytes / GB} GB: ${logFile}`, {
        hint: 'let it log less while it is measured, by service.args or service.env',
        detail: clean(readTail(logFile, SHOWN_LINES, logStart)),
      });
    }
    if (group.exit === undefined || isStopped) return undefined;
    const lastWords = clean(readLastWords(logFile, SHOWN_LINES, logStart));
    return new MeasurementError(`the service (${label}) ${describeExit(group.exit)} ${when}`, {
      hint: hintFor(group.exit, when, lastWords, spec),
      detail: `${commandLine(spec)}\n${lastWords}`,
    });
  };
  const service: Service = {
    label,
    pid: group.pid,
    port: address.port,
    address,
    baseUrl: originOf(address),
    cores,
    exited: group.exited,
    get hasExited() {
      return group.exit !== undefined;
    },
    failure: () => failure('while it was measured'),
    logTail: (lines) => clean(readTail(logFile, lines, logStart)),
    lastWords: (lines) => clean(readLastWords(logFile, lines, logStart)),
    stop,
    [Symbol.asyncDispose]: stop,
  };
  return { service, failure };
}

/** The process, both outputs in the log file by descriptor: it never waits for us to read. */
async function startLogged(
  spec: ServiceSpec,
  cores: readonly number[] | undefined,
): Promise<{ group: Group; logStart: number }> {
  mkdirSync(dirname(spec.logFile), { recursive: true });
  const output = openSync(spec.logFile, 'a');
  try {
    const logStart = fstatSync(output).size;
    const { command, args } = pinned(spec.command, spec.args, cores);
    const group = await startGroup({ command, args, cwd: spec.cwd, env: spec.env, output, run: spec.run });
    return { group, logStart };
  } catch (error) {
    const isRefused = (error as NodeJS.ErrnoException).code === 'EACCES';
    throw new MeasurementError(`the service (${spec.label}) could not be started: ${(error as Error).message}`, {
      detail: commandLine(spec),
      ...(isRefused ? { hint: 'is TMPDIR on a disk that is mounted noexec, or the file not executable?' } : {}),
      cause: error,
    });
  } finally {
    closeSync(output);
  }
}

async function untilReady(
  service: Service,
  spec: ServiceSpec,
  failure: () => MeasurementError | undefined,
): Promise<void> {
  const waiting = new AbortController();
  const give = () => waiting.abort();
  void service.exited.then(give);
  spec.signal.addEventListener('abort', give, { once: true });
  if (spec.signal.aborted) give(); // aborted while the process was being started
  const readiness = await awaitReady(spec, spec.readyTimeoutMs, waiting.signal);
  spec.signal.removeEventListener('abort', give);

  spec.signal.throwIfAborted();
  const failed = failure();
  if (failed !== undefined) throw failed;
  if (readiness.kind !== 'ready') throw notReady(service, spec, readiness);
}

function notReady(service: Service, spec: ServiceSpec, readiness: Exclude<Readiness, { kind: 'ready' }>): Error {
  const { ready, address } = spec;
  const question = ready.kind === 'http' ? `answer ${ready.method} ${ready.path}` : 'open a connection';
  const what = `the service (${spec.label}) did not ${question} on ${placeOf(address)} within ${spec.readyTimeoutMs / 1000} s`;
  const elsewhere = readiness.kind === 'closed' ? listeningAddresses(service.pid) : [];
  const instead = elsewhere.length === 0 ? '' : `; it listens on ${elsewhere.join(' and ')}`;
  return new MeasurementError(`${what}: ${describeReadiness(readiness, address)}${instead}`, {
    ...(readiness.kind === 'closed' && { code: 'never-opened' }),
    hint:
      readiness.kind === 'closed'
        ? howToListen(address)
        : 'set service.ready to a request that it answers when it can serve',
    detail: service.logTail(SHOWN_LINES),
  });
}

const howToListen = ({ port, socket }: Address) =>
  socket === undefined
    ? `see that it listens on 127.0.0.1:${port} ({port} in service.args or service.env)`
    : 'see that it listens on the unix socket ({socket} in service.args or service.env)';

function describeReadiness(readiness: Exclude<Readiness, { kind: 'ready' }>, { socket, protocol }: Address): string {
  switch (readiness.kind) {
    case 'closed':
      return `the ${socket === undefined ? 'port' : 'socket'} was never opened`;
    case 'silent':
      return 'it accepted the connection and did not answer';
    case 'answered':
      return `it answered ${readiness.status}`;
    case 'broken':
      return `its answer is not ${SPOKEN[protocol]} (${readiness.message})`;
  }
}

const SPOKEN = { http: 'HTTP', https: 'HTTP over TLS', h2: 'HTTP/2 over TLS', h2c: 'HTTP/2 in clear' };

function commandLine({ command, args }: ServiceSpec): string {
  return `$ ${[command, ...redactArgs(args)].map(shellWord).join(' ')}`;
}

function describeExit({ code, signal }: Exit): string {
  return signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
}

/** What a service needs that is to run several times at once. */
export const ONE_EACH =
  'several copies of the service run at the same time: give a second port, a lock or a file a value of its own for each by {port}, or port 0, in service.args, service.env or service.files';

function hintFor(exit: Exit, when: string, log: string, spec: ServiceSpec): string {
  const [refused] = /.*address already in use.*/i.exec(log) ?? [];
  if (refused !== undefined) {
    const { port, socket } = spec.address;
    const isOurs = refused.includes(socket ?? `:${port}`);
    return isOurs ? `another program took ${placeOf(spec.address)} meanwhile: run again` : ONE_EACH;
  }
  if (exit.code === 0 && when === BEFORE_READY) return 'it must run until it is stopped, and not go to the background';
  if (exit.signal === 'SIGKILL') return 'the system kills a process that takes too much memory: see dmesg';
  return 'its last lines are above: correct service.args, service.env, or what it needs to run';
}
