/**
 * The copy of an executable in which each tiny object has a block of its own. Go puts objects of less than 16 bytes without
 * pointers into blocks of 16 bytes that several of them share, and its memory profile knows the blocks alone. In the copy
 * no object fits into a block that was begun, so the profile has each object with the stack that asked for it.
 */
import { type Edit, editFunctions, type Machine } from './edit-functions.ts';
import type { Elf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';
import { int32 } from './instructions.ts';

/** Where objects are put into blocks: mallocgc up to Go 1.23, mallocgcTiny, and in several versions of it from Go 1.27 on. */
const PUTS_TOGETHER = /^runtime\.mallocgc(Tiny\w*)?$/;

/**
 * `off+size <= maxTinySize` (runtime/malloc.go): a comparison with 16 and a jump where it is greater. The 16 becomes 0. The
 * other comparison with 16, whether an object is tiny, jumps where it is not below. The number of places that were changed.
 */
const NEVER_FITS: Readonly<Partial<Record<Machine, (code: Uint8Array) => number>>> = {
  // cmpq $16, %reg (REX 83 /7 16), then ja.
  amd64: (code) => {
    let changed = 0;
    for (let at = 0; at + 6 <= code.length; at++) {
      const isCompare = (code[at]! & 0xfe) === 0x48 && code[at + 1] === 0x83 && (code[at + 2]! & 0xf8) === 0xf8;
      const isGreater = code[at + 4] === 0x77 || (code[at + 4] === 0x0f && code[at + 5] === 0x87);
      if (!isCompare || code[at + 3] !== 16 || !isGreater) continue;
      code[at + 3] = 0;
      changed++;
    }
    return changed;
  },
  // cmp xN, #16, then b.hi.
  arm64: (code) => {
    let changed = 0;
    for (let at = 0; at + 8 <= code.length; at += 4) {
      const isCompare = (int32(code, at) & ~(31 << 5)) >>> 0 === CMP_16;
      if (!isCompare || (int32(code, at + 4) & 0xff00001f) >>> 0 !== B_HI) continue;
      code[at + 1] = code[at + 1]! & ~0x40;
      changed++;
    }
    return changed;
  },
};
const CMP_16 = 0xf100401f;
const B_HI = 0x54000008;

/** The bytes of the copy; undefined where no place was found that puts tiny objects together. */
export function tinyApartCopy(elf: Elf, functions: readonly GoFunction[]): Uint8Array | undefined {
  const neverFits = NEVER_FITS[elf.machine];
  if (neverFits === undefined) return undefined;
  const copy = new Uint8Array(elf.bytes);
  let changed = 0;
  const edit: Edit = (code) => {
    changed += neverFits(code);
  };
  editFunctions(copy, elf, functions, (name) => (PUTS_TOGETHER.test(name) ? edit : undefined));
  return changed === 0 ? undefined : copy;
}
