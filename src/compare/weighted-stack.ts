/** What every comparison starts from: stacks of one metric, per request, with names that mean the same on both sides. */

export interface StackFrame {
  /** As Go's own profile prints it. */
  readonly fn: string;
  /** The name by which base and head are matched (names.ts). */
  readonly key: string;
  /** The declared function that a closure belongs to; the function itself otherwise. */
  readonly owner: string;
  readonly file: string;
  readonly line: number;
}

export interface WeightedStack {
  /** From the leaf to the root, inlined frames expanded. */
  readonly frames: readonly StackFrame[];
  /** Per request, in the metric's unit. */
  readonly value: number;
}

/** Whether the frame at `index` of a stack belongs to a changed function that answers for the stack's leaf. */
export type ChangedFrame = (frame: StackFrame, index: number, frames: readonly StackFrame[]) => boolean;
