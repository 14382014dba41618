/** Changes the machine code of some functions in a copy of an executable. What is changed is the caller's affair. */
import type { Elf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';

export type Machine = Elf['machine'];

/** Changes the machine code of one function in place, or leaves it as it is where it looks otherwise than known. */
export type Edit = (code: Uint8Array) => void;

/** Edits each function of the copy, which lies where it does in the original, that there is an edit for. */
export function editFunctions(
  copy: Uint8Array,
  elf: Elf,
  functions: readonly GoFunction[],
  editOf: (name: string) => Edit | undefined,
): void {
  for (const { name, start, end } of functions) {
    const edit = editOf(name);
    const segment = elf.segments.find(
      ({ address, fileSize, isExecutable }) => isExecutable && start >= address && end <= address + fileSize,
    );
    if (edit === undefined || segment === undefined) continue;
    const at = segment.offset + start - segment.address;
    edit(copy.subarray(at, at + end - start));
  }
}
