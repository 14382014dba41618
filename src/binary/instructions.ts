/**
 * Whether two pieces of machine code do the same: equal but for operands that are relative to the program counter, which
 * are compared by what they lead to, never by their value.
 */
import { type Elf, sameBytes } from './elf.ts';

export interface Code {
  readonly bytes: Uint8Array;
  readonly address: number;
}

/** Whether an address of the base and one of the head mean the same thing. */
export type IsSamePlace = (base: number, head: number) => boolean;

/** Whether two pieces of code are equal but for relative operands, and those lead to the same places. */
export function sameInstructions(machine: Elf['machine'], base: Code, head: Code, isSamePlace: IsSamePlace): boolean {
  if (base.bytes.length !== head.bytes.length) return false;
  if (machine === 'amd64') return sameAmd64(base, head, isSamePlace);
  if (machine === 'arm64') return sameArm64(base, head, isSamePlace);
  return base.address === head.address && sameBytes(base.bytes, head.bytes);
}

function sameAmd64(base: Code, head: Code, isSamePlace: IsSamePlace): boolean {
  const [a, b] = [base.bytes, head.bytes];
  const end = a.length;
  for (let at = 0; at < end; ) {
    const instruction = decodeAmd64(a, at, end);
    if (instruction === 0) return sameBytes(a.subarray(at), b.subarray(at)); // data, or an instruction we do not know
    const next = at + (instruction & 15);
    const operand = at + (instruction >> 4);
    if (operand === at) {
      for (; at < next; at++) if (a[at] !== b[at]) return false;
      continue;
    }
    for (; at < operand; at++) if (a[at] !== b[at]) return false;
    for (at += 4; at < next; at++) if (a[at] !== b[at]) return false;
    const before = next + int32(a, operand);
    const after = next + int32(b, operand);
    if (before >= 0 && before < end) {
      if (before !== after) return false;
    } else if (!isSamePlace(base.address + before, head.address + after)) {
      return false;
    }
  }
  return true;
}

/** Four bytes, least byte first, as a signed number. */
export const int32 = (bytes: Uint8Array, at: number) =>
  bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);

/**
 * What follows an opcode byte: m = ModRM; b, w, z = immediate of 1, 2, and 2 or 4 bytes; r = relative target of 4 bytes;
 * v = MOV with an immediate of up to 8 bytes; o = an address; e = ENTER; g = TEST in group 3; x = does not exist; others
 * stand for themselves. Sixteen opcodes a line. Intel SDM volume 2, appendix A; 64-bit mode.
 */
const ONE_BYTE = `
  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx
  ........ ........  ........ ........  xxxm.... zMbB....  bbbbbbbb bbbbbbbb
  BMxBmmmm mmmmmmmm  ........ ..x.....  oooo.... bz......  bbbbbbbb vvvvvvvv
  BBw...BM e.w..bx.  mmmmxxx. mmmmmmmm  bbbbbbbb rrxb....  ......gG ......mm`;
const TWO_BYTES = `
  mmmmx... ..x.xm.B  mmmmmmmm mmmmmmmm  mmmmxxxx mmmmmmmm  ......x. xxxxxxxx
  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  BBBBmmm. mmmmmmmm
  rrrrrrrr rrrrrrrr  mmmmmmmm mmmmmmmm  ...mBmxx ...mBmmm  mmmmmmmm mmBmmmmm
  mmBmBBBm ........  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm`;
const codes = (map: string) => Uint8Array.from(map.replace(/\s/g, ''), (letter) => letter.charCodeAt(0));
const [ONE, TWO] = [codes(ONE_BYTE), codes(TWO_BYTES)];
const [m, M, B, b, w, z, r, v, o, e, g, G, x] = codes('mMBbwzrvoegGx') as unknown as number[];

/** Length of the instruction at `at` + 16 x offset of its relative operand of 4 bytes (0: it has none); 0: unknown. */
export function decodeAmd64(code: Uint8Array, at: number, end: number): number {
  let i = at;
  let isShort = false; // operands of 2 bytes
  let isNarrow = false; // addresses of 4 bytes
  for (; ; i++) {
    const prefix = code[i]!;
    if (prefix === 0x66) isShort = true;
    else if (prefix === 0x67) isNarrow = true;
    else if (
      prefix !== 0xf0 &&
      prefix !== 0xf2 &&
      prefix !== 0xf3 &&
      (prefix & 0xe7) !== 0x26 &&
      (prefix & 0xfe) !== 0x64
    )
      break;
  }
  let isLong = false;
  if ((code[i]! & 0xf0) === 0x40) isLong = (code[i++]! & 8) !== 0;
  let opcode = code[i++]!;
  let kind: number;
  if (opcode === 0xc5 || opcode === 0xc4 || opcode === 0x62) {
    // VEX and EVEX: the maps 0F, 0F38, 0F3A and the two of half-precision numbers.
    const map = opcode === 0xc5 ? 1 : code[i]! & (opcode === 0xc4 ? 31 : 7);
    i += opcode === 0xc5 ? 1 : opcode === 0xc4 ? 2 : 3;
    opcode = code[i++]!;
    if (map === 1) kind = TWO[opcode]!;
    else if (map === 3) kind = B!;
    else if (map === 2 || map === 5 || map === 6) kind = m!;
    else return 0;
  } else if (opcode === 0x0f) {
    opcode = code[i++]!;
    if (opcode === 0x38 || opcode === 0x3a) {
      i++;
      kind = opcode === 0x38 ? m! : B!;
    } else {
      kind = TWO[opcode]!;
    }
  } else {
    kind = ONE[opcode]!;
  }
  const wide = isShort && !isLong ? 2 : 4;
  let operand = 0;
  if (kind === m || kind === M || kind === B || kind === g || kind === G) {
    const modRm = code[i++]!;
    const mode = modRm >> 6;
    const register = modRm & 7;
    if (mode === 0 && register === 5) {
      operand = i - at;
      i += 4;
    } else if (mode !== 3) {
      const isIndexed = register === 4;
      const bare = isIndexed && mode === 0 && (code[i]! & 7) === 5;
      i += (isIndexed ? 1 : 0) + (mode === 1 ? 1 : mode === 2 || bare ? 4 : 0);
    }
    if (kind === B || (kind === g && (modRm & 0x38) < 0x10)) i += 1;
    else if (kind === M || (kind === G && (modRm & 0x38) < 0x10)) i += wide;
  } else if (kind === b) i += 1;
  else if (kind === w) i += 2;
  else if (kind === z) i += wide;
  else if (kind === v) i += isLong ? 8 : wide;
  else if (kind === o) i += isNarrow ? 4 : 8;
  else if (kind === e) i += 3;
  else if (kind === r) {
    operand = i - at;
    i += 4;
  } else if (kind === x || kind === undefined) return 0;
  return i > end || i - at > 15 ? 0 : (i - at) | (operand << 4);
}

function sameArm64(base: Code, head: Code, isSamePlace: IsSamePlace): boolean {
  const [a, b] = [base.bytes, head.bytes];
  const end = a.length - (a.length % 4);
  for (let at = 0; at < end; at += 4) {
    const [before, after] = [int32(a, at), int32(b, at)];
    const isPage = ((before & 0x9f000000) | 0) === (0x90000000 | 0); // ADRP: with the instruction behind it an address
    const isNear = (before & 0x9f000000) === 0x10000000; // ADR
    const isBranch = (before & 0x7c000000) === 0x14000000; // B, BL
    if (isBranch) {
      if (((before ^ after) & 0xfc000000) !== 0) return false;
      const [from, to] = [at + ((before << 6) >> 4), at + ((after << 6) >> 4)];
      if (from >= 0 && from < end ? from !== to : !isSamePlace(base.address + from, head.address + to)) return false;
    } else if (isPage || isNear) {
      if (((before ^ after) & 0x9f00001f) !== 0) return false;
      const [low, high] = isPage ? [offsetOf(a, at, before), offsetOf(b, at, after)] : [0, 0];
      if (low === undefined || high === undefined) return false;
      const from =
        (isPage ? base.address + at - ((base.address + at) % 4096) : base.address + at) +
        immediate(before, isPage) +
        low;
      const to =
        (isPage ? head.address + at - ((head.address + at) % 4096) : head.address + at) +
        immediate(after, isPage) +
        high;
      if (!isSamePlace(from, to)) return false;
      if (isPage) {
        at += 4;
        if (((int32(a, at) ^ int32(b, at)) & ~0x003ffc00) !== 0) return false;
      }
    } else if (before !== after) {
      return false;
    }
  }
  return sameBytes(a.subarray(end), b.subarray(end));
}

/** The immediate of ADR (bytes) or ADRP (pages of 4096 bytes), in bytes. */
function immediate(instruction: number, isPage: boolean): number {
  const value = ((((instruction >> 5) & 0x7ffff) << 13) >> 11) | ((instruction >>> 29) & 3);
  return isPage ? value * 4096 : value;
}

/** What the instruction behind an ADRP adds to its page: ADD, or a load or store with an unsigned offset. */
function offsetOf(code: Uint8Array, at: number, page: number): number | undefined {
  const instruction = at + 8 <= code.length ? int32(code, at + 4) : 0;
  if (((instruction >> 5) & 31) !== (page & 31)) return undefined;
  const offset = (instruction >> 10) & 0xfff;
  if (((instruction & 0xffc00000) | 0) === (0x91000000 | 0)) return offset;
  if ((instruction & 0x3b000000) !== 0x39000000) return undefined;
  const isQuad = (instruction & 0x04800000) === 0x04800000;
  return offset << (isQuad ? 4 : instruction >>> 30);
}
