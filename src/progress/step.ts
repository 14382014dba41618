/** A step of a run as data, and what shows it. */
import { formatPercent, formatSpread, percentDigits } from '../base/units.ts';

export interface Step {
  /** `base` or `head` where each of them has such a step. */
  readonly side: string | undefined;
  /** One line of plain text. */
  readonly name: string;
  readonly startedMs: number;
  state: StepState;
  /** How far it is, as it said last. */
  stage?: Stage;
  endedMs?: number;
}

/** `stopped`: by an interruption, or because something beside it failed. */
export type StepState = 'running' | 'done' | 'failed' | 'stopped';

/** How far a step is: words, or rounds and what they say so far. */
export type Stage = string | Rounds;

export interface Rounds {
  /** The one at work; the last one at the end. */
  readonly round: number;
  readonly rounds: number;
  /** Of the rounds that are over; undefined before the first. */
  readonly estimate?: Estimate | undefined;
}

/** Head over base, both as ratios: 0.012 is +1.2 %. */
export interface Estimate {
  readonly change: number;
  /** Standard deviation from round to round; undefined of a single round. */
  readonly sd: number | undefined;
}

export interface Display {
  /** A line that stays. Lines are plain text. */
  tell(line: string, options?: { readonly isDetail: boolean }): void;
  /** The step has begun, come further, or ended. */
  show(step: Readonly<Step>): void;
}

/** `head: counting the instructions of 300 requests`. */
export const nameOf = ({ side, name }: Readonly<Step>) => (side === undefined ? name : `${side}: ${name}`);

/** ` (2 of 2)`; of a step that is done, only what its rounds came to. */
export function stageOf({ stage, state }: Readonly<Step>): string {
  const isDone = state === 'done';
  if (stage === undefined || (isDone && typeof stage === 'string')) return '';
  return ` (${typeof stage === 'string' ? stage : textOfRounds(stage, isDone)})`;
}

function textOfRounds({ round, rounds, estimate }: Rounds, isDone: boolean): string {
  const where = isDone ? `${rounds} rounds` : `round ${round} of ${rounds}`;
  if (estimate === undefined) return where;
  const { change, sd } = estimate;
  if (sd === undefined) return `${where}: ${formatPercent(change)}`;
  const digits = percentDigits(change);
  return `${where}: ${formatPercent(change)} ${formatSpread(sd, digits) ?? `±${(0).toFixed(digits)}`} %`;
}
