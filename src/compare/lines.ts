/**
 * Which line of a changed function costs more, and how often it runs. Base lines are given their numbers in the head
 * before they are compared.
 */
import type { ChangedFrame, CulpritIn, StackFrame, WeightedStack } from './weighted-stack.ts';

export interface LineCost {
  readonly file: string;
  readonly line: number;
  /** Cost of the line with all that it calls, per request. */
  readonly cost: number;
  /**
   * How often the line ran per request: the count of its most frequent instruction, of all places where it is inlined.
   * Undefined where nobody counted.
   */
  readonly ran: number | undefined;
}

/** A line that ran: one instruction, with its innermost frame. */
export interface ExecutedLine {
  readonly frame: StackFrame;
  /** Those in whose code it is inlined, from the inside out; none when absent. */
  readonly outer?: readonly StackFrame[];
  /** The place where the frame's function is inlined: each has instructions of its own. Empty where it is not. */
  readonly within: string;
  readonly count: number;
}

/** The lines of each function that `isChanged` names, by key and then by `file:line`. */
export function linesOf(
  stacks: Iterable<WeightedStack>,
  executed: Iterable<ExecutedLine> | undefined,
  isChanged: ChangedFrame,
  culpritIn: CulpritIn = (frames) => frames.findIndex(isChanged),
): Map<string, Map<string, LineCost>> {
  const byFunction = new Map<string, Map<string, LineCost>>();
  const runs = new Map<string, number>();
  const add = (frame: StackFrame, cost: number, more: number | undefined) => {
    const lines = byFunction.get(frame.key) ?? new Map<string, LineCost>();
    byFunction.set(frame.key, lines);
    const { file, line } = frame;
    const key = `${file}:${line}`;
    const known = lines.get(key);
    const ran = more === undefined ? known?.ran : (known?.ran ?? 0) + more;
    lines.set(key, { file, line, cost: (known?.cost ?? 0) + cost, ran });
  };
  for (const { frames, value } of stacks) {
    const at = culpritIn(frames);
    // The function's own instructions come from `executed`, which knows their lines exactly.
    if (at > 0 || (at === 0 && executed === undefined)) add(frames[at] as StackFrame, value, undefined);
  }
  for (const { frame, outer = [], within, count } of executed ?? []) {
    if (!isChanged(frame, 0, [frame, ...outer])) continue;
    const place = `${frame.key} ${frame.file}:${frame.line} ${within}`;
    const most = runs.get(place) ?? 0;
    add(frame, count, Math.max(0, count - most));
    runs.set(place, Math.max(most, count));
  }
  return byFunction;
}

export interface LineChange {
  readonly file: string;
  /** In the head. */
  readonly line: number;
  readonly rise: number;
  readonly ranBase: number | undefined;
  readonly ranHead: number | undefined;
  /** The commit touches this line. */
  readonly isTouched: boolean;
}

export interface LineMap {
  /** The line's number in the head, or that of the line in its place; undefined when there is none. */
  toHead(file: string, baseLine: number): { file: string; line: number } | undefined;
  isTouched(file: string, headLine: number): boolean;
}

/** A line must hold this share of a function's rise to be named before one that the commit does not touch. */
const TOUCHED_SHARE = 0.02;

/** The line of one function whose cost rose most, lines touched by the commit first; undefined when none rose. */
export function risenLine(
  base: ReadonlyMap<string, LineCost> | undefined,
  head: ReadonlyMap<string, LineCost> | undefined,
  map: LineMap,
): LineChange | undefined {
  const before = new Map<string, { cost: number; ran: number | undefined }>();
  for (const { file, line, cost, ran } of base?.values() ?? []) {
    const at = map.toHead(file, line);
    if (at === undefined) continue;
    const key = `${at.file}:${at.line}`;
    const known = before.get(key);
    before.set(key, { cost: cost + (known?.cost ?? 0), ran: ran ?? known?.ran });
  }
  const changes = [...(head?.values() ?? [])]
    .map(({ file, line, cost, ran }): LineChange => {
      const old = before.get(`${file}:${line}`);
      return {
        file,
        line,
        rise: cost - (old?.cost ?? 0),
        ranBase: old?.ran,
        ranHead: ran,
        isTouched: map.isTouched(file, line),
      };
    })
    .filter(({ rise, line }) => rise > 0 && line > 0) // 0: code whose lines nobody knows
    .sort((a, b) => b.rise - a.rise);
  const all = changes.reduce((sum, { rise }) => sum + rise, 0);
  return changes.find(({ isTouched, rise }) => isTouched && rise >= TOUCHED_SHARE * all) ?? changes[0];
}
