/** Steps as lines of a terminal (pure). */
import { cellsOf, cut } from '../base/width.ts';
import { nameOf, type Step, type StepState, stageOf } from './step.ts';

export interface Look {
  /** Cells of a line; what does not fit is cut off. */
  readonly width: number;
  readonly hasColor: boolean;
}

const MARKS: Readonly<Record<StepState, { readonly sign: string; readonly color: number }>> = {
  running: { sign: '•', color: 36 },
  done: { sign: '✓', color: 32 },
  failed: { sign: '✗', color: 31 },
  stopped: { sign: '–', color: 33 },
};
const DIM = 2;
const TIME_CELLS = 9;
const SHORTEST_NAME = 12;

/** `✓    12.3 s  building both sides`: how the step stands, how long it took or takes, what it is, how far it is. */
export function renderStep(step: Readonly<Step>, nowMs: number, { width, hasColor }: Look): string {
  const { sign, color } = MARKS[step.state];
  const { startedMs, endedMs } = step;
  const took = endedMs === undefined ? whole(nowMs - startedMs) : exact(endedMs - startedMs);
  const time = ` ${took.padStart(TIME_CELLS)}  `;
  const room = width - cellsOf(sign) - time.length;
  if (room < 1) return cut(`${sign}${time}`, width);
  const stage = stageOf(step);
  // How far it is changes; what it is was read before.
  const name = cut(nameOf(step), Math.max(room - cellsOf(stage), SHORTEST_NAME));
  const text = cut(`${name}${stage}`, room);
  return hasColor ? `${painted(sign, color)}${painted(time, DIM)}${text}` : `${sign}${time}${text}`;
}

/** A fact, below what the steps are. It may run over the edge of the terminal: it stays, and a path is to be copied. */
export function renderFact(text: string, isDetail: boolean, hasColor: boolean): string {
  const line = `${' '.repeat(cellsOf(MARKS.done.sign) + 1 + TIME_CELLS + 2)}${text}`;
  return isDetail && hasColor ? painted(line, DIM) : line;
}

const painted = (text: string, color: number) => `\x1b[${color}m${text}\x1b[0m`;

/** Whole seconds, so that a line changes no more than once in one. */
const whole = (ms: number) => (ms < 60_000 ? `${Math.floor(ms / 1000)} s` : minutes(Math.floor(ms / 1000)));

const exact = (ms: number) => (ms < 59_950 ? `${(ms / 1000).toFixed(1)} s` : minutes(Math.round(ms / 1000)));

const minutes = (seconds: number) => `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
