/**
 * Progress on a terminal: what is over stays as lines that scroll away like any other, and below them stand the steps at
 * work, written anew where they stood. It is drawn over in place and in one piece, so nothing flickers; the cursor is
 * never hidden, so nothing has to bring it back.
 */
import { stripVTControlCharacters } from 'node:util';
import { cellsOf } from '../base/width.ts';
import type { Output } from '../base/world.ts';
import { renderFact, renderStep } from './render.ts';
import type { Display, Step } from './step.ts';

/** No more often: what draws takes its time from the machine that is measured on. */
const REDRAW_MS = 100;
const USUAL_COLUMNS = 80;

/** Calls again and again until the answer is called. */
export type Every = (ms: number, act: () => void) => () => void;

export function liveList(
  output: Output,
  monotonicMs: () => number,
  hasColor: boolean,
  every: Every = everyInterval,
): Display {
  const running = new Set<Readonly<Step>>();
  /** Lines that stay and are not written yet. */
  let fresh: string[] = [];
  /** The lines of the steps at work, as they stand on the terminal. */
  let drawn: readonly string[] = [];
  let stop: (() => void) | undefined;

  const look = () => {
    const columns = output.columns?.() || USUAL_COLUMNS;
    // Some terminals go on to the next line when the last cell is written.
    return { columns, width: columns - 1, hasColor };
  };
  const draw = () => {
    const { columns, ...rest } = look();
    const now = monotonicMs();
    const live = [...running].map((step) => renderStep(step, now, rest));
    if (fresh.length === 0 && live.join('\n') === drawn.join('\n')) return;
    // A terminal that has become narrower since has broken them up.
    const rows = drawn.map((line) => Math.max(1, Math.ceil(cellsOf(stripVTControlCharacters(line)) / columns)));
    const height = rows.reduce((sum, row) => sum + row, 0);
    const lines = [...fresh, ...live].map((line) => `${line}\x1b[K\n`).join('');
    // What a key has written at the cursor goes as well.
    output.write(`\r${height === 0 ? '' : `\x1b[${height}A`}${lines}\x1b[J`);
    fresh = [];
    drawn = live;
  };
  const changed = () => {
    if (running.size > 0) stop ??= every(REDRAW_MS, draw);
    else {
      stop?.();
      stop = undefined;
      draw();
    }
  };

  return {
    tell: (line, { isDetail } = { isDetail: false }) => {
      fresh.push(renderFact(line, isDetail, hasColor));
      changed();
    },
    show: (step) => {
      if (step.state === 'running') running.add(step);
      else if (running.delete(step)) fresh.push(renderStep(step, monotonicMs(), look()));
      changed();
    },
  };
}

const everyInterval: Every = (ms, act) => {
  const timer = setInterval(act, ms);
  timer.unref();
  return () => clearInterval(timer);
};
