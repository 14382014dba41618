/** Whether a commit that changes no machine code may pass without being measured. Pure. */

export interface WhatDiffers {
  /** Both sides were built from their sources into the same loaded bytes. */
  readonly isSameCode: boolean;
  /** Files that the commit changes and the service reads while it runs: the same code may do something else. */
  readonly dataFiles: readonly string[];
  /** Files that the commit changes and its own setup wrote over: what was built is not what was committed. */
  readonly rewritten: readonly string[];
  /** The commit's own config decides how it is built, and otherwise than the base's. */
  readonly isBuiltOtherwise: boolean;
}

export const mayPassUnmeasured = ({ isSameCode, dataFiles, rewritten, isBuiltOtherwise }: WhatDiffers): boolean =>
  isSameCode && dataFiles.length === 0 && rewritten.length === 0 && !isBuiltOtherwise;
