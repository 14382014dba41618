/** Starts the service in one way after the other until it listens where it was told to, and keeps it running. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError, UserError } from '../base/errors.ts';
import { type Bench, type Running, type Subject, start } from '../measure/bench.ts';
import { type Answer, ask } from './ask.ts';
import { callGrpc, type RpcAnswer } from './ask-grpc.ts';
import { type Launch, shownLaunch } from './launch.ts';
import { type Clues, type Failure, notStarted } from './not-started.ts';
import type { RpcTrial } from './try-calls.ts';
import type { Trial } from './try-requests.ts';

/** A service that runs, and is started again should it end. */
export class Session implements Trial, RpcTrial, AsyncDisposable {
  readonly launch: Launch;
  readonly #bench: Bench;
  readonly #subject: Subject;
  #running: Running;
  #starts = 1;

  constructor(launch: Launch, bench: Bench, subject: Subject, running: Running) {
    this.launch = launch;
    this.#bench = bench;
    this.#subject = subject;
    this.#running = running;
  }

  async ask(path: string): Promise<Answer> {
    const { signal, world } = this.#bench;
    const { service } = this.#running;
    const answer = await ask({ port: service.port, path, signal, monotonicMs: () => world.monotonicMs() });
    // Connections break before the process is gone.
    if (answer.kind === 'none') await Promise.race([service.exited, sleep(EXIT_SHOWS_MS, undefined, { ref: false })]);
    return answer;
  }

  /** Throws a MeasurementError where it answers with something that is no HTTP; it is ended then, as on an interrupt. */
  async expectHttp(): Promise<void> {
    try {
      const answer = await this.ask('/');
      if (answer.kind === 'answered' || !/Parse Error/.test(answer.reason)) return;
      throw new MeasurementError('what listens there does not speak HTTP');
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  async call(path: string): Promise<RpcAnswer> {
    const { signal, world } = this.#bench;
    const { service } = this.#running;
    const answer = await callGrpc({ port: service.port, path, signal, monotonicMs: () => world.monotonicMs() });
    if (answer.kind === 'failed') await Promise.race([service.exited, sleep(EXIT_SHOWS_MS, undefined, { ref: false })]);
    return answer;
  }

  async restartIfEnded(): Promise<boolean> {
    if (!this.#running.service.hasExited) return false;
    await this.#running[Symbol.asyncDispose]();
    // What has ended by itself has left its agent's socket behind.
    this.#starts++;
    this.#running = await start(this.#bench, this.#subject, { name: `init-${this.#starts}` });
    return true;
  }

  monotonicMs(): number {
    return this.#bench.world.monotonicMs();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running[Symbol.asyncDispose]();
  }
}

const EXIT_SHOWS_MS = 300;

/**
 * The service, running in the first way that holds. Throws a MeasurementError that tells what each way came to; a gRPC
 * service does not speak HTTP as it is asked here.
 */
export async function launchService(
  launches: readonly Launch[],
  subject: Subject,
  benchFor: (launch: Launch) => Promise<Bench>,
  clues: Clues,
  speaksHttp: boolean,
): Promise<Session> {
  const failures: Failure[] = [];
  for (const launch of launches) {
    const bench = await benchFor(launch);
    try {
      const running = await bench.progress.step(`starting it with ${shownLaunch(launch)}`, () =>
        start(bench, subject, { name: 'init' }),
      );
      const session = new Session(launch, bench, subject, running);
      if (speaksHttp) await session.expectHttp();
      return session;
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      failures.push({ launch, error });
    }
  }
  throw notStarted(failures, clues);
}
