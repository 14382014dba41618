/** Starts the service in one way after the other until it listens where it was told to, and keeps it running. */
import { setTimeout as sleep } from 'node:timers/promises';
import { MeasurementError, UserError } from '../base/errors.ts';
import { redact } from '../base/redact.ts';
import { type Bench, type Running, type Subject, start } from '../measure/bench.ts';
import { shellWord } from '../process/command.ts';
import { type Answer, ask } from './ask.ts';
import { callGrpc, type RpcAnswer } from './ask-grpc.ts';
import type { FixedAddress, PortWay } from './port.ts';
import type { RpcTrial } from './try-calls.ts';
import type { Trial } from './try-requests.ts';

/** One way to start it; the values are templates. */
export interface Launch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Texts by their paths in the service's directory. */
  readonly files: Readonly<Record<string, string>>;
  /** What tells it its port; undefined where the person has said so. */
  readonly way: PortWay | undefined;
}

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
 * The service, running in the first way that holds. Throws a MeasurementError that tells what each way came to; `fixed`
 * is an address that the source has as a constant; a gRPC service does not speak HTTP as it is asked here.
 */
export async function launchService(
  launches: readonly Launch[],
  subject: Subject,
  benchFor: (launch: Launch) => Promise<Bench>,
  fixed: FixedAddress | undefined,
  speaksHttp: boolean,
): Promise<Session> {
  const failures: { readonly launch: Launch; readonly error: UserError }[] = [];
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
  throw notStarted(failures, fixed);
}

function notStarted(
  failures: readonly { readonly launch: Launch; readonly error: UserError }[],
  fixed: FixedAddress | undefined,
): MeasurementError {
  // The likeliest way in full: what keeps the service from starting is mostly the same in all of them.
  const told = failures.map(({ launch, error }, i) => {
    const detail = i === 0 ? (error.detail?.replace(/^\$ .*\n/, '').trimEnd() ?? '') : '';
    return [`with ${shownLaunch(launch)}: ${error.message}`, ...(detail === '' ? [] : [indent(detail)])].join('\n');
  });
  const ways = failures.length === 1 ? '' : ` in any of the ${failures.length} ways that were tried`;
  return new MeasurementError(`the service does not start${ways}`, {
    detail: told.join('\n'),
    hint:
      fixed !== undefined && failures.every(({ error }) => /never opened/.test(error.message))
        ? `does it always listen on ${fixed.address} (${fixed.file}:${fixed.line})? ${HOW_TO_TELL_THE_PORT}`
        : `give it what it needs to run: perf-gate init --arg=-config=dev.toml --env NAME=value, as often as needed. ${HOW_TO_TELL_THE_PORT}`,
    cause: failures[0]?.error,
  });
}

const HOW_TO_TELL_THE_PORT =
  'It must take its port from an argument or its environment, where {port} stands for it; one that reads it from a file gets it by service.files (docs/services.md), for which an example of that file in the repository is taken';

/** `PORT={port} serve -v`, without the name of the program, and without passwords. */
export function shownLaunch({ args, env }: Pick<Launch, 'args' | 'env'>): string {
  const words = [...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...args.map(shownWord)];
  return words.length === 0 ? 'no arguments' : redact(words.join(' '));
}

const shownWord = (word: string) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : shellWord(word));

const indent = (text: string) => text.replace(/^/gm, '    ');
