/** What every comparison starts from: stacks of one metric, per request, with names that mean the same on both sides. */

export interface StackFrame {
  /** As Go's own profile prints it. */
  readonly fn: string;
  /** The name by which base and head are matched (names.ts). */
  readonly key: string;
  /** The declared function that a closure belongs to; the function itself otherwise. */
  readonly owner: string;
  /** What the commit did to the function, `machine code` to nothing else; undefined: nothing, as far as anybody knows. */
  readonly change?: 'source' | 'machine code' | undefined;
  readonly file: string;
  readonly line: number;
  /** Of the instruction that ran or called; undefined where nobody knows, and where the function beneath is inlined. */
  readonly address?: number | undefined;
  /** Its code stands within that of the next frame. */
  readonly isInlined?: boolean;
  /** In a package that the commit may have changed. */
  readonly isDeclared?: boolean | undefined;
}

export interface WeightedStack {
  /** From the leaf to the root, inlined frames expanded. */
  readonly frames: readonly StackFrame[];
  /** Per request, in the metric's unit. */
  readonly value: number;
}

/** Whether the frame at `index` of a stack belongs to a changed function that answers for the stack's leaf. */
export type ChangedFrame = (frame: StackFrame, index: number, frames: readonly StackFrame[]) => boolean;

/** Where in a stack the changed function stands that answers for its leaf; -1 where there is none. */
export type CulpritIn = (frames: readonly StackFrame[]) => number;

/** Looks at each list of frames once: a path is the same list in every replicate. */
export function culpritFinder(isChanged: ChangedFrame): CulpritIn {
  const known = new Map<readonly StackFrame[], number>();
  return (frames) => {
    let index = known.get(frames);
    if (index === undefined) {
      index = frames.findIndex(isChanged);
      known.set(frames, index);
    }
    return index;
  };
}
