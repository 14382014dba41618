/**
 * The bench that instruments work on: it starts a side's service the way an instrument wants it and puts the scenario's
 * load on it. It decides nothing about what is measured.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Agent, waitForAgent } from '../agent/client.ts';
import type { Config } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import { checkLoad } from '../load/check.ts';
import { type Connections, openConnections, runRequests, runWindow } from '../load/generator.ts';
import type { LoadResult } from '../load/result.ts';
import { deckLength, type Scenario } from '../load/scenario.ts';
import { untilIdle } from '../service/idle.ts';
import { freePort } from '../service/port.ts';
import { type Service, startService } from '../service/service.ts';
import type { World } from '../world.ts';
import type { MeasureWarning, SideName } from './manifest.ts';

/** One side, built and ready to be started. */
export interface Subject {
  readonly side: SideName;
  readonly binary: string;
  /** Where the service runs: its directory in the private checkout. */
  readonly directory: string;
  /** Where its results go: `perf-gate-out/base`. */
  readonly output: string;
}

export interface Bench {
  readonly config: Config;
  readonly scenario: Scenario;
  readonly world: World;
  readonly signal: AbortSignal;
  /** A short path for sockets and scratch files. */
  readonly scratch: string;
  /** Cores that the service may be pinned to, ascending. */
  readonly cores: readonly number[];
  readonly progress: (text: string) => void;
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
  const values = { port: String(port), side: subject.side, dir: subject.directory };
  const args = config.service.args.map((arg) => fill(arg, values));
  const own = Object.fromEntries(
    Object.entries(config.service.env).map(([name, value]) => [name, fill(value, values)]),
  );
  const inherited = { ...definedIn(world.env), ...own };
  const godebug = [inherited['GODEBUG'] ?? [], options.godebug ?? []].flat().join();
  const env = { ...inherited, ...(godebug && { GODEBUG: godebug }), ...options.env, PERF_GATE_SOCKET: socket };
  const binary = options.binary ?? subject.binary;
  const logs = join(subject.output, 'logs');
  mkdirSync(logs, { recursive: true });
  const { ready } = config.service;
  const service = await startService({
    command: options.wrapper?.command ?? binary,
    args: options.wrapper === undefined ? args : [...options.wrapper.args, binary, ...args],
    env,
    cwd: subject.directory,
    logFile: join(logs, `${options.name}.log`),
    ...(options.core === undefined ? {} : { cores: [options.core] }),
    ready: ready.kind === 'port' ? { kind: 'port' } : { ...ready, status: [ready.status] },
    readyTimeoutMs: ready.timeoutMs * slowdown,
    port,
    host: '127.0.0.1',
    stop: { ...config.service.stop, timeoutMs: config.service.stop.timeoutMs * slowdown },
    signal,
    label: subject.side,
  });
  try {
    const ended = new AbortController();
    void service.exited.then(() => ended.abort(service.failure()));
    const agent = await waitForAgent(socket, AbortSignal.any([signal, ended.signal]), 10_000 * slowdown);
    const connection = openConnections(service.baseUrl, 1, config.load.timeoutMs * slowdown);
    const stop = async () => {
      await connection[Symbol.asyncDispose]();
      await service.stop();
    };
    return { subject, service, agent, connection, slowdown, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const cause = await causeOf(error, [{ service, slowdown }]);
    await service.stop();
    throw cause;
  }
}

/** Services that never rest get their next request then all the same. */
const LONGEST_REST_MS = 20;

/**
 * `count` requests one after the other in the scenario's order, always over the same connection, each when the service
 * has come to rest; throws when any fails.
 */
export async function request(bench: Bench, running: Running, count: number, start = 0): Promise<LoadResult> {
  const { config, scenario, signal, world } = bench;
  const options = {
    origin: running.service.baseUrl,
    scenario,
    count,
    connections: 1,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    start,
    clock: world,
    pace: () => untilIdle(running.service.pid, LONGEST_REST_MS, world),
  };
  const result = await runRequests(options, running.connection);
  return checked(bench, running, result);
}

/** As many requests as the service answers in a window of time, over the configured connections. */
export async function requestFor(bench: Bench, running: Running, durationMs: number): Promise<LoadResult> {
  const { config, scenario, signal, world } = bench;
  const result = await runWindow({
    origin: running.service.baseUrl,
    scenario,
    durationMs,
    connections: config.load.connections,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    clock: world,
  });
  return checked(bench, running, result);
}

/** Requests before anything is counted, so that caches, pools and lazily made tables are filled. */
export async function warmUp(bench: Bench, running: Running): Promise<void> {
  if (bench.config.load.warmup > 0) await request(bench, running, wholeDecks(bench, bench.config.load.warmup));
}

/** The next multiple of the scenario's period, so that every counted run holds the same mixture of requests. */
export function wholeDecks({ scenario }: Pick<Bench, 'scenario'>, count: number): number {
  const deck = deckLength(scenario);
  return Math.ceil(count / deck) * deck;
}

const SHOWN_LOG_LINES = 10;

function checked(bench: Bench, running: Running, result: LoadResult): LoadResult {
  bench.signal.throwIfAborted();
  const crash = running.service.failure();
  if (crash !== undefined) throw crash;
  const { subject, service } = running;
  for (const { code, cpuShare } of checkLoad(result, {
    tolerated: bench.config.load.errors,
    label: subject.side,
    log: () => service.lastWords(SHOWN_LOG_LINES),
  })) {
    if (bench.warnings.some((warning) => warning.code === code)) continue;
    const cores = cpuShare.toFixed(1);
    bench.warnings.push({ code, text: `the load generator needed ${cores} cores: it may have held the service back` });
  }
  return result;
}

function definedIn(env: World['env']): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
