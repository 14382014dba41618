/**
 * The bench that instruments work on: it starts a side's service the way an instrument wants it and puts the scenario's
 * load on it. It decides nothing about what is measured.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, waitForAgent } from '../agent/client.ts';
import { redactArgs } from '../base/redact.ts';
import type { World } from '../base/world.ts';
import type { Config } from '../config/config.ts';
import { fill, fillKnown } from '../config/placeholders.ts';
import type { AnswerBook } from '../load/answers.ts';
import { checkLoad, type LoadCheck } from '../load/check.ts';
import { runLoadCommand } from '../load/command.ts';
import type { LoadCommand } from '../load/command-open.ts';
import type { Goal } from '../load/command-runs.ts';
import { type Connections, type LoadOptions, openConnections, runRequests, runWindow } from '../load/generator.ts';
import type { LoadResult } from '../load/result.ts';
import { deckLength, type Scenario } from '../load/scenario.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { shown } from '../process/command.ts';
import { defined } from '../process/program.ts';
import type { Progress } from '../progress/progress.ts';
import { type Address, placeOf } from '../service/client.ts';
import { fillPath, writeServiceFiles } from '../service/files.ts';
import { Rest, untilIdle } from '../service/idle.ts';
import { freePort } from '../service/port.ts';
import { type Service, type ServiceSpec, startService } from '../service/service.ts';
import type { Effort } from './effort.ts';
import type { MeasureWarning, SideName } from './manifest.ts';
import { stopOf, tellIfKilled } from './stubborn.ts';
import { inTurn } from './turns.ts';

/** One side, built and ready to be started. */
export interface Subject {
  readonly side: SideName;
  readonly binary: string;
  /** Where the service runs: its directory in the private checkout. */
  readonly directory: string;
  /** Where its results go: `perf-gate-out/base`. */
  readonly output: string;
  /** What is answered where nothing is counted yet is noted there. */
  readonly answers?: AnswerBook;
}

/** Files of the config that a start of the service needs, read. */
export interface ServiceInputs {
  /** The templates of `service.files`, by path. */
  readonly files: Readonly<Record<string, string>>;
  /** The certificates of `service.tls.ca`. */
  readonly ca: string | undefined;
}

export interface Bench {
  readonly config: Config;
  readonly inputs: ServiceInputs;
  /** Without a request where a command sends the load. */
  readonly scenario: Scenario;
  /** Sends the load in place of the scenario. */
  readonly command?: LoadCommand | undefined;
  readonly world: World;
  readonly signal: AbortSignal;
  /** The run's temporary directory: what is started is known by it. */
  readonly run: string;
  /** A short path for sockets and scratch files. */
  readonly scratch: string;
  /** Cores that the service may be pinned to, ascending. */
  readonly cores: readonly number[];
  readonly progress: Progress;
  /** A look within seconds: what repeats is repeated less. */
  readonly isQuick?: boolean;
  /** How much each instrument counted last, or was known to have been counted: as much is counted from the start. */
  readonly efforts: Map<InstrumentName, Effort>;
  /** What came up while measuring, each code once; instruments add to it. */
  readonly warnings: MeasureWarning[];
}

export interface StartOptions {
  /** For file names and messages: `instructions-1`. */
  readonly name: string;
  /** The program that runs the service: valgrind with its options. */
  readonly wrapper?: { readonly command: string; readonly args: readonly string[] };
  /** In place of the subject's executable. */
  readonly binary?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Settings for the Go runtime, added to those of the service. */
  readonly godebug?: readonly string[];
  readonly core?: number | undefined;
  /** How much slower than usual the service runs; time limits are stretched by it. */
  readonly slowdown?: number;
}

export interface Running extends AsyncDisposable {
  readonly subject: Subject;
  readonly service: Service;
  readonly agent: Agent;
  /** The one connection of `request`. */
  readonly connection: Connections;
  /** Waited for behind each request of `request`. */
  readonly rest: Rest;
  readonly slowdown: number;
}

/**
 * What `act` returns, given the subject's service, ready, with its agent. The service is stopped afterwards; where its
 * end is what made `act` fail, that is thrown.
 */
export async function withService<Result>(
  bench: Bench,
  subject: Subject,
  options: StartOptions,
  act: (running: Running) => Promise<Result>,
): Promise<Result> {
  await using running = await start(bench, subject, options);
  try {
    return await act(running);
  } catch (error) {
    throw await causeOf(error, [running]);
  }
}

/** The error, or the end of the first of the services that has ended by itself: all that is asked of it fails then. */
export async function causeOf(error: unknown, all: readonly Pick<Running, 'service' | 'slowdown'>[]): Promise<unknown> {
  // Connections break before the process is gone.
  const ended = all.map(({ service }) => service.exited);
  const longest = Math.max(...all.map(({ slowdown }) => EXIT_SHOWS_MS * slowdown));
  await Promise.race([...ended, sleep(Math.min(longest, EXIT_SHOWS_AT_MOST_MS), undefined, { ref: false })]);
  return all.map(({ service }) => service.failure()).find((failure) => failure !== undefined) ?? error;
}

const EXIT_SHOWS_MS = 300;
const EXIT_SHOWS_AT_MOST_MS = 3000;

/** The subject's service, ready, with its agent. Stopped when it is disposed of. */
export async function start(bench: Bench, subject: Subject, options: StartOptions): Promise<Running> {
  const { config, world, signal } = bench;
  const slowdown = options.slowdown ?? 1;
  const port = await freePort();
  const socket = join(bench.scratch, `${subject.side}-${options.name}.sock`);
  const address = addressOf(bench, port, join(bench.scratch, `${subject.side}-${options.name}.http`));
  // A service of this name may have run before and left its socket.
  for (const file of [socket, `${socket}.error`, address.socket ?? []].flat()) rmSync(file, { force: true });
  const values = {
    port: String(port),
    side: subject.side,
    dir: subject.directory,
    ...(address.socket === undefined ? {} : { socket: address.socket }),
  };
  const args = config.service.args.map((arg) => fill(arg, values));
  const own = Object.fromEntries(
    Object.entries(config.service.env).map(([name, value]) => [name, fill(value, values)]),
  );
  // valgrind leaves files in TMPDIR where it is killed while it starts.
  const temporary: Record<string, string> = options.wrapper === undefined ? {} : { TMPDIR: bench.scratch };
  const inherited = { ...defined(world.env), ...temporary, ...own };
  const godebug = [inherited['GODEBUG'] ?? [], options.godebug ?? []].flat().join();
  const env = { ...inherited, ...(godebug && { GODEBUG: godebug }), ...options.env, PERF_GATE_SOCKET: socket };
  const binary = options.binary ?? subject.binary;
  const logs = join(subject.output, 'logs');
  mkdirSync(logs, { recursive: true });
  const logFile = join(logs, `${options.name}.log`);
  const [command = binary, ...all] = [options.wrapper?.command ?? [], options.wrapper?.args ?? [], binary, args].flat();
  const where = options.core === undefined ? 'on any core' : `on core ${options.core}`;
  const line = shown({ command, args: redactArgs(all), cwd: subject.directory });
  world.secrets.addFrom(env);
  world.secrets.addFromArgs(args);
  bench.progress.detail(`${subject.side}: $ ${line}`);
  bench.progress.detail(`${subject.side}: ${placeOf(address)}, ${where}, log ${logFile}`);
  const { ready } = config.service;
  const spec: ServiceSpec = {
    command,
    args: all,
    env,
    cwd: subject.directory,
    run: bench.run,
    logFile,
    ...(options.core === undefined ? {} : { cores: [options.core] }),
    ready: ready.kind === 'port' ? { kind: 'port' } : { ...ready, status: [ready.status] },
    readyTimeoutMs: ready.timeoutMs * slowdown,
    address,
    stop: stopOf(bench),
    signal,
    label: subject.side,
    secrets: world.secrets,
  };
  const service = await startWithFiles(bench, subject, spec, values);
  try {
    const ended = new AbortController();
    void service.exited.then(() => ended.abort(service.failure()));
    const agent = await waitForAgent(socket, AbortSignal.any([signal, ended.signal]), 10_000 * slowdown);
    const connection = openConnections(service.address, 1, config.load.timeoutMs * slowdown);
    const stop = async () => {
      await connection[Symbol.asyncDispose]();
      await service.stop();
      await tellIfKilled(bench, service);
    };
    const rest = new Rest(service.pid, LONGEST_REST_MS, world);
    return { subject, service, agent, connection, rest, slowdown, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const cause = await causeOf(error, [{ service, slowdown }]);
    await service.stop();
    throw cause;
  }
}

function addressOf({ config, inputs }: Bench, port: number, socket: string): Address {
  const { listen, protocol, tls } = config.service;
  return {
    protocol,
    port,
    socket: listen === 'unix' ? socket : undefined,
    tls: { ca: inputs.ca, serverName: tls.serverName },
  };
}

/**
 * All that run in one checkout may find their files at the same place, so that each is ready before the next may write. One
 * that looks at its file again later wants a path of its own.
 */
function startWithFiles(
  { inputs }: Bench,
  subject: Subject,
  spec: ServiceSpec,
  values: Readonly<Record<string, string>>,
): Promise<Service> {
  const files = Object.entries(inputs.files).map(([path, text]) => [fillPath(path, values), fillKnown(text, values)]);
  if (files.length === 0) return startService(spec);
  return inTurn(subject, async () => {
    spec.signal.throwIfAborted();
    await writeServiceFiles(subject.directory, Object.fromEntries(files));
    return startService(spec);
  });
}

/** Services that never rest get their next request then all the same. */
const LONGEST_REST_MS = 20;

/**
 * `count` requests one after the other in the scenario's order, always over the same connection, each when the service
 * has come to rest; throws when any fails. A command sends about as many in its own way, over one connection of its own.
 */
export async function request(
  bench: Bench,
  running: Running,
  count: number,
  more: Pick<LoadOptions, 'start' | 'answers' | 'isExact'> = {},
): Promise<LoadResult> {
  if (bench.command !== undefined) return sendBy(bench.command, bench, running, { mode: 'count', count });
  const { config, scenario, signal, world } = bench;
  const options = {
    address: running.service.address,
    scenario,
    count,
    connections: 1,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    clock: world,
    secrets: world.secrets,
    pace: () => running.rest.wait(),
    ...more,
  };
  const result = await runRequests(options, running.connection);
  return checked(bench, running, result);
}

/** As many requests as the service answers in a window of time, over the configured connections. */
export async function requestFor(bench: Bench, running: Running, durationMs: number): Promise<LoadResult> {
  if (bench.command !== undefined) return sendBy(bench.command, bench, running, { mode: 'window', durationMs });
  const { config, scenario, signal, world } = bench;
  const result = await runWindow({
    address: running.service.address,
    scenario,
    durationMs,
    connections: config.load.connections,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    clock: world,
    secrets: world.secrets,
  });
  return checked(bench, running, result);
}

/** The command's load; the service has come to rest behind it, as it had after each request of the scenario. */
async function sendBy(command: LoadCommand, bench: Bench, running: Running, goal: Goal): Promise<LoadResult> {
  const { config, world, signal } = bench;
  const { service, subject, slowdown } = running;
  const own = service.cores;
  const others = own === undefined ? [] : bench.cores.filter((core) => !own.includes(core));
  // A tool may wait for ever for a service that has ended.
  const ended = new AbortController();
  void service.exited.then(() => ended.abort(service.failure()));
  const { result, lastWords } = await runLoadCommand(command, goal, {
    url: service.baseUrl,
    port: service.port,
    socket: service.address.socket ?? '',
    connections: goal.mode === 'count' ? 1 : config.load.connections,
    side: subject.side,
    checkout: command.checkout ?? subject.directory,
    timeoutMs: config.load.timeoutMs * slowdown,
    firstCount: config.load.count,
    tolerated: config.load.errors,
    cores: others.length === 0 ? undefined : others,
    run: bench.run,
    scratch: bench.scratch,
    logFile: join(subject.output, 'logs', 'load-command.log'),
    signal: AbortSignal.any([signal, ended.signal]),
    world,
  });
  await untilIdle(service.pid, LONGEST_REST_MS * slowdown, world);
  return checked(bench, running, result, { name: command.tool.name, lastWords });
}

/** Requests before anything is counted, so that caches, pools and lazily made tables are filled. */
export async function warmUp(bench: Bench, running: Running): Promise<void> {
  const { warmup } = bench.config.load;
  if (warmup > 0) await request(bench, running, wholeDecks(bench, warmup), { answers: running.subject.answers });
}

/** The next multiple of the scenario's period, so that every counted run holds the same mixture of requests. */
export function wholeDecks({ scenario }: Pick<Bench, 'scenario'>, count: number): number {
  const deck = scenario.requests.length === 0 ? 1 : deckLength(scenario);
  return Math.ceil(count / deck) * deck;
}

const SHOWN_LOG_LINES = 10;

function checked(bench: Bench, running: Running, result: LoadResult, tool?: LoadCheck['tool']): LoadResult {
  bench.signal.throwIfAborted();
  const crash = running.service.failure();
  if (crash !== undefined) throw crash;
  const { subject, service } = running;
  for (const { code, cpuShare } of checkLoad(result, {
    tolerated: bench.config.load.errors,
    label: subject.side,
    log: () => service.lastWords(SHOWN_LOG_LINES),
    tool,
  })) {
    if (bench.warnings.some((warning) => warning.code === code)) continue;
    const cores = cpuShare.toFixed(1);
    bench.warnings.push({ code, text: `the load generator needed ${cores} cores: it may have held the service back` });
  }
  return result;
}
