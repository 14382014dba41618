/**
 * Load that another program sends: the command of the config, run as often as it takes, and what it says of itself. What
 * a failure means is not decided here; a command that says nothing that can be counted is no load.
 */
import { appendFileSync, closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { plainText } from '../base/text.ts';
import type { World } from '../base/world.ts';
import { fillCommand } from '../build/own-command.ts';
import { defined } from '../process/program.ts';
import { type LoadCommand, NOT_FOUND, notInstalled } from './command-open.ts';
import { type CommandAnswer, LARGEST_STDOUT_BYTES, runCommand } from './command-run.ts';
import { firstAmount, type Goal, nextAmount, type Pace, resultOf, type Timed, totalOf } from './command-runs.ts';
import type { LoadResult } from './result.ts';
import { type LoadTool, type Tally, UnreadableOutput } from './tools/tool.ts';

export interface CommandLoad extends Pace {
  readonly url: string;
  readonly port: number;
  /** Where the service listens on a unix socket; empty where it does not. */
  readonly socket: string;
  readonly side: string;
  /** The side's checkout. */
  readonly checkout: string;
  /** For one run, besides the seconds that it is told. */
  readonly timeoutMs: number;
  /** The share of failures up to which it is worth going on. */
  readonly tolerated: number;
  readonly cores: readonly number[] | undefined;
  /** The run's temporary directory; undefined: it goes unmarked. */
  readonly run?: string | undefined;
  /** A short path for the summary. */
  readonly scratch: string;
  /** What it says is appended, the end of it. */
  readonly logFile: string;
  readonly signal: AbortSignal;
  readonly world: Pick<World, 'env' | 'monotonicMs' | 'secrets'>;
}

/** What a command brought, with the end of what its last run said. */
export interface CommandResult {
  readonly result: LoadResult;
  readonly lastWords: string;
}

/** A window is filled by as many runs, and a number of requests is reached by as many. */
const MOST_RUNS = 6;
/** What the command brought; throws a MeasurementError where a run fails or says nothing that can be counted. */
export async function runLoadCommand(command: LoadCommand, goal: Goal, load: CommandLoad): Promise<CommandResult> {
  const runs: Timed[] = [];
  let lastWords = '';
  for (let amount = firstAmount(command, goal, load); amount > 0 && runs.length < MOST_RUNS; ) {
    const startedMs = load.world.monotonicMs();
    const { tally, said } = await runOnce(command, amount, load);
    lastWords = said;
    const elapsedMs = load.world.monotonicMs() - startedMs;
    runs.push({ ...withUnanswered(tally, command, load), amount, durationMs: tally.durationMs ?? elapsedMs });
    const { failed, requests } = totalOf(runs);
    if (failed > load.tolerated * (failed + requests)) break;
    amount = nextAmount(command, goal, load, runs);
  }
  return { result: resultOf(goal, runs, command.tool), lastWords };
}

/** What nobody heard of again is a failure, but for what is under way when the tool's time is over. */
function withUnanswered(tally: Tally, { unit }: LoadCommand, { connections }: CommandLoad): Tally {
  const underWay = unit === 'seconds' ? connections : 0;
  const lost = Math.max(0, (tally.unanswered ?? 0) - underWay);
  if (lost === 0) return tally;
  return { ...tally, failed: tally.failed + lost, error: tally.error ?? `${lost} requests were never answered` };
}

async function runOnce(
  command: LoadCommand,
  amount: number,
  load: CommandLoad,
): Promise<{ tally: Tally; said: string }> {
  const { tool } = command;
  const summary = join(load.scratch, `${load.side}-${load.port}.summary`);
  const values = {
    url: load.url,
    port: String(load.port),
    socket: load.socket,
    requests: String(amount),
    seconds: String(amount),
    connections: String(load.connections),
    side: load.side,
    dir: load.checkout,
    summary,
  };
  const filled = fillCommand(command.template, values);
  const timeoutMs = load.timeoutMs + (command.unit === 'seconds' ? amount * 1000 : 0);
  try {
    const answer = await runCommand({
      command: filled,
      cwd: command.directory,
      env: defined(load.world.env),
      run: load.run,
      cores: load.cores,
      timeoutMs,
      signal: load.signal,
    });
    const { clean } = load.world.secrets;
    const said = clean(lastWordsOf(answer));
    const detail = [`$ ${clean(filled)}`, said].join('\n').trimEnd();
    appendToLog(load.logFile, `${detail}\n`);
    checkEnd(answer, tool, timeoutMs, detail);
    return { tally: read(tool, { stdout: answer.stdout, summary: textOf(summary) }, detail), said };
  } finally {
    rmSync(summary, { force: true });
  }
}

function checkEnd({ end, exitCode, stderr }: CommandAnswer, tool: LoadTool, timeoutMs: number, detail: string): void {
  if (end === 'late') {
    throw new MeasurementError(`load.command was not over within ${timeoutMs / 1000} s`, {
      hint: 'see that it ends by itself; set load.timeout to how long one run of it may take',
      detail,
    });
  }
  if (end === 'too much output') {
    throw new MeasurementError(`load.command wrote more than ${LARGEST_STDOUT_BYTES / 1e6} MB`, {
      hint: `let it write its report alone: ${tool.usage}`,
      detail,
    });
  }
  if (exitCode === NOT_FOUND) throw notInstalled(tool, plainText(stderr).trim().split('\n').at(-1) ?? '', detail);
  if (exitCode === 0 || tool.otherExitCodes?.includes(exitCode) === true) return;
  throw new MeasurementError(`load.command failed (exit code ${exitCode})`, {
    hint: 'its last lines are above: correct load.command, or what it needs to run',
    detail,
  });
}

function read(tool: LoadTool, output: { stdout: string; summary: string | undefined }, detail: string): Tally {
  try {
    return tool.tally(output);
  } catch (cause) {
    if (!(cause instanceof UnreadableOutput)) throw cause;
    throw new MeasurementError(`what load.command wrote is no report of ${tool.name}: ${cause.message}`, {
      hint: tool.usage,
      detail,
      cause,
    });
  }
}

const SHOWN_LINES = 20;
const SHOWN_CHARACTERS = 4000;

/** The end of both outputs, as plain text. */
function lastWordsOf({ stdout, stderr }: CommandAnswer): string {
  const ends = [stdout, stderr].map((text) => {
    const end = plainText(text.slice(-2 * SHOWN_CHARACTERS)).trimEnd();
    return end.split('\n').slice(-SHOWN_LINES).join('\n').slice(-SHOWN_CHARACTERS);
  });
  return ends.filter((end) => end !== '').join('\n');
}

const LARGEST_LOG_BYTES = 4e6;

function appendToLog(file: string, text: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < LARGEST_LOG_BYTES) appendFileSync(file, text);
}

/** A text file's content, at most what an output may have; undefined where there is none. */
function textOf(file: string): string | undefined {
  const about = statSync(file, { throwIfNoEntry: false });
  if (about?.isFile() !== true) return undefined;
  const bytes = Buffer.alloc(Math.min(about.size, LARGEST_STDOUT_BYTES));
  const descriptor = openSync(file, 'r');
  try {
    return bytes.toString('utf8', 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
