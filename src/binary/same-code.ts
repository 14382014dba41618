/**
 * Whether two executables hold the same machine code, and if not, which Go functions differ.
 * A change moves everything that lies behind it, so operands that are relative to the program counter and pointers in
 * data are compared by what they lead to, never by their value. What only holds source lines and build ids may differ.
 * Where nothing can be told the answer is 'differs'.
 */
import {
  type Elf,
  type Symbol as ElfSymbol,
  type Section,
  SHF_ALLOC,
  SHT,
  sameBytes,
  sectionBytes,
  symbolsOf,
} from './elf.ts';
import {
  type FunctionTable,
  findModule,
  functionDataAt,
  functionTable,
  type GoFunction,
  goFunctions,
  isLineTableSize,
  lineFields,
  MODULE,
  type Module,
  sameFunctions,
} from './go-functions.ts';

export interface CodeComparison {
  readonly same: boolean;
  /** Names of the loaded sections that differ, in the order of the base; empty when it is the same code. */
  readonly differing: readonly string[];
}

/** Whether both executables run the same machine code on the same constants and initial data. */
export function compareCode(base: Elf, head: Elf): CodeComparison {
  if (sameBytes(base.bytes, head.bytes)) return { same: true, differing: [] };
  const before = imageOf(base, 'base');
  const after = imageOf(head, 'head');
  const names = before.pieces.map(({ name }) => name);
  const others = after.pieces.map(({ name }) => name);
  const isPaired = names.length === others.length && names.every((name, i) => name === others[i]);
  if (!isPaired || base.machine !== head.machine || base.isRelocatable !== head.isRelocatable) {
    const lonely = [
      ...names.filter((name) => !others.includes(name)),
      ...others.filter((name) => !names.includes(name)),
    ];
    return { same: false, differing: lonely.length > 0 ? unique(lonely) : ['the layout of the file'] };
  }
  const differing = new Comparison(before, after).differing();
  return { same: differing.length === 0, differing };
}

export interface ChangedFunctions {
  /** On both sides, with other machine code. As the linker names them, in the order of the base. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * The Go functions whose machine code differs. Several functions of one name are matched in order. Read-only data that
 * a function uses is compared as far as its size is known, at least its first bytes; variables only by their names.
 * (Executables with a symbol table are compared more closely.)
 */
export function changedCode(base: Elf, head: Elf): ChangedFunctions {
  return new FunctionComparison(base, head).result();
}

const unique = (names: readonly string[]) => [...new Set(names)];

// ---------------------------------------------------------------------------------------------------------------------
// Whole executables

const SHF_EXECUTE = 4;
const SHF_THREAD = 0x400;
const PAGE = 4096;
/** Hashes of the file itself. */
const IDS = new Set(['.note.go.buildid', '.note.gnu.build-id']);

/** A loaded section, or a part of one: the function table is a piece of its own wherever it lies. */
interface Piece {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly kind: 'code' | 'data' | 'table' | 'unwinding' | 'thread';
  readonly attributes: string;
}

interface Image {
  readonly elf: Elf;
  readonly pieces: readonly Piece[];
  readonly table: FunctionTable;
  readonly module: Module | undefined;
  readonly functions: readonly GoFunction[];
}

function imageOf(elf: Elf, label: string): Image {
  const table = functionTable(elf, label);
  const module = findModule(elf, table);
  const pieces = elf.sections
    .filter(({ name, flags }) => (flags & SHF_ALLOC) !== 0 && !IDS.has(name))
    .flatMap((section) => piecesOf(elf, section, table, module));
  return { elf, pieces, table, module, functions: goFunctions(elf, label) };
}

function piecesOf(elf: Elf, section: Section, table: FunctionTable, module: Module | undefined): Piece[] {
  const all = sectionBytes(elf, section);
  const piece = (from: number, to: number, kind: Piece['kind']): Piece => {
    const bytes = all.subarray(from, to);
    return {
      name: section.name,
      address: section.address + from,
      size: to - from,
      bytes,
      view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      kind,
      attributes: `${section.type} ${section.flags} ${section.entrySize}`,
    };
  };
  const tableAt = table.address - section.address;
  if (tableAt >= 0 && tableAt < section.size && all.length > 0) {
    if (section.name.endsWith('.gopclntab')) return [piece(0, section.size, 'table')];
    const functions = module?.word(MODULE.functions) ?? 0;
    const length = module?.word(MODULE.functions + 1) ?? 0;
    const tableEnd = functions + length - section.address;
    if (tableEnd > tableAt && tableEnd <= section.size) {
      return [piece(0, tableAt, 'data'), piece(tableAt, tableEnd, 'table'), piece(tableEnd, section.size, 'data')];
    }
  }
  const kind =
    (section.flags & SHF_THREAD) !== 0
      ? 'thread'
      : (section.flags & SHF_EXECUTE) !== 0
        ? 'code'
        : section.name.startsWith('.eh_frame')
          ? 'unwinding'
          : 'data';
  return [piece(0, section.size, kind)];
}

class Comparison {
  readonly base: Image;
  readonly head: Image;
  /** Where the base keeps what only tells source lines, 4 bytes each. */
  readonly lineFields: ReadonlySet<number>;
  readonly isMoved: boolean;

  constructor(base: Image, head: Image) {
    this.base = base;
    this.head = head;
    this.lineFields = base.module === undefined ? new Set() : lineFields(base.table, base.module);
    this.isMoved = base.pieces.some(({ address }, i) => address !== head.pieces[i]!.address);
  }

  differing(): string[] {
    const { base, head } = this;
    return unique(base.pieces.filter((piece, i) => !this.isSame(piece, head.pieces[i]!)).map(({ name }) => name));
  }

  private isSame(a: Piece, b: Piece): boolean {
    if (a.attributes !== b.attributes) return false;
    if (a.kind === 'table') return this.isSameTable(a, b);
    if (a.size !== b.size) return false;
    if (a.kind === 'thread') return sameBytes(a.bytes, b.bytes);
    if (a.kind === 'code') return this.isSameText(a, b);
    return this.isSameData(a, b);
  }

  /** Whether both addresses are the same place: as far from the beginning of the same piece, or from its end. */
  readonly isSamePlace = (a: number, b: number): boolean => {
    const { pieces } = this.base;
    let isInside = false;
    for (let i = 0; i < pieces.length; i++) {
      const before = pieces[i]!;
      const after = this.head.pieces[i]!;
      if (before.kind === 'thread') continue;
      const [from, to] = [a - before.address, b - after.address];
      const [isIn, isInToo] = [from >= 0 && from < before.size, to >= 0 && to < after.size];
      // Lines shift what lies inside the table; isSameTable looks at it.
      if (isIn && isInToo && (from === to || before.kind === 'table')) return true;
      if (from === before.size && to === after.size) return true;
      isInside ||= isIn || isInToo;
    }
    if (isInside) return false;
    // Marks of the linker between two pieces, for example __TMC_END__.
    return pieces.some((before, i) => {
      const distance = a - before.address - before.size;
      const after = this.head.pieces[i]!;
      return distance >= 0 && distance < PAGE && distance === b - after.address - after.size;
    });
  };

  private isSameText(a: Piece, b: Piece): boolean {
    if (!this.isMoved) return sameBytes(a.bytes, b.bytes);
    let at = 0;
    const isSameUpTo = (end: number) => {
      const before = { bytes: a.bytes.subarray(at, end), address: a.address + at };
      const after = { bytes: b.bytes.subarray(at, end), address: b.address + at };
      at = end;
      return sameInstructions(this.base.elf.machine, before, after, this.isSamePlace);
    };
    for (const { start, end } of this.base.functions) {
      const [from, to] = [start - a.address, end - a.address];
      if (from < at || to > a.size) continue;
      if (!isSameUpTo(from) || !isSameUpTo(to)) return false;
    }
    return isSameUpTo(a.size);
  }

  private isSameData(a: Piece, b: Piece): boolean {
    const length = a.bytes.length;
    let at = 0;
    while (at + 4 <= length) {
      if (a.view.getUint32(at, true) === b.view.getUint32(at, true) || this.lineFields.has(a.address + at)) {
        at += 4;
        continue;
      }
      const word = at - (at % 8);
      if (word + 8 <= length && this.isSameWord(a, b, word)) at = word + 8;
      else if (a.kind === 'unwinding' && this.isSameOffset(a, b, at)) at += 4;
      else return false;
    }
    return sameBytes(a.bytes.subarray(at), b.bytes.subarray(at));
  }

  private isSameWord(a: Piece, b: Piece, at: number): boolean {
    const [before, after] = [wordAt(a.view, at), wordAt(b.view, at)];
    const { module } = this.base;
    return this.isSamePlace(before, after) || (module !== undefined && isLineTableSize(module, a.address + at));
  }

  /** In .eh_frame and .eh_frame_hdr: signed, relative to the field or to the beginning of the section. */
  private isSameOffset(a: Piece, b: Piece, at: number): boolean {
    const [before, after] = [a.view.getInt32(at, true), b.view.getInt32(at, true)];
    return (
      this.isSamePlace(a.address + at + before, b.address + at + after) ||
      this.isSamePlace(a.address + before, b.address + after)
    );
  }

  private isSameTable(a: Piece, b: Piece): boolean {
    return sameBytes(a.bytes, b.bytes) || (sameFunctions(this.base.table, this.head.table) && this.isSameTail());
  }

  /** From Go 1.26 on the functions' data lies behind the table proper. */
  private isSameTail(): boolean {
    const tail = ({ table, module }: Image) => {
      const from = module === undefined ? -1 : functionDataAt(table, module) - table.address;
      return { from, bytes: from < 0 ? table.bytes.subarray(0, 0) : table.bytes.subarray(from) };
    };
    const [a, b] = [tail(this.base), tail(this.head)];
    const { address } = this.base.table;
    return (
      this.base.module !== undefined &&
      a.bytes.length === b.bytes.length &&
      a.bytes.every((byte, i) => byte === b.bytes[i] || this.lineFields.has(address + a.from + i - (i % 4)))
    );
  }
}

const wordAt = (view: DataView, at: number) => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

// ---------------------------------------------------------------------------------------------------------------------
// Instructions

interface Code {
  readonly bytes: Uint8Array;
  readonly address: number;
}

type IsSamePlace = (base: number, head: number) => boolean;

/** Whether two pieces of code are equal but for relative operands, and those lead to the same places. */
function sameInstructions(machine: Elf['machine'], base: Code, head: Code, isSamePlace: IsSamePlace): boolean {
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

const int32 = (bytes: Uint8Array, at: number) =>
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

// ---------------------------------------------------------------------------------------------------------------------
// Functions

/** What can be told of the addresses of an executable. */
interface Places {
  readonly elf: Elf;
  readonly functions: readonly GoFunction[];
  readonly starts: Float64Array;
  readonly sections: readonly Section[];
  /** Data with names, ascending; those of size 0 mark where a region without names begins. */
  readonly objects: readonly ElfSymbol[];
  readonly objectStarts: Float64Array;
}

function placesOf(elf: Elf, label: string): Places {
  const functions = goFunctions(elf, label);
  const sections = elf.sections
    .filter(({ flags, size }) => (flags & SHF_ALLOC) !== 0 && (flags & SHF_THREAD) === 0 && size > 0)
    .sort((a, b) => a.address - b.address);
  const objects = [...symbolsOf(elf)].filter(
    ({ name, size, isFunction }) => !isFunction && (size > 0 || REGION.test(name)),
  );
  objects.sort((a, b) => a.address - b.address);
  return {
    elf,
    functions,
    starts: Float64Array.from(functions, ({ start }) => start),
    sections,
    objects,
    objectStarts: Float64Array.from(objects, ({ address }) => address),
  };
}

/** Where the linker puts what has no names, as the symbol table calls it (Go 1.18 and 1.19 write a dot for the colon). */
const REGION = /^(?:(type)[.:]\*|go[.:](string)\.\*|runtime\.(gcbits)\.\*|go[.:]func.*)$/;

/** Index of the last of the ascending numbers that is not above `value`; -1 for none. */
function lastUpTo(numbers: Float64Array, value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function functionIndex({ functions, starts }: Places, address: number): number {
  const i = lastUpTo(starts, address);
  return i >= 0 && address < functions[i]!.end ? i : -1;
}

function objectAt({ objects, objectStarts }: Places, address: number): ElfSymbol | undefined {
  const object = objects[lastUpTo(objectStarts, address)];
  return object !== undefined && address < object.address + object.size ? object : undefined;
}

/** Which of the regions without names holds the address; undefined: none that we know, or the file is stripped. */
function regionAt({ objects, objectStarts }: Places, address: number): string | undefined {
  const mark = objects[lastUpTo(objectStarts, address)];
  if (mark === undefined || mark.size > 0) return undefined;
  const [, type, string, bits] = REGION.exec(mark.name) ?? [];
  return type ?? string ?? bits;
}

const sectionAt = ({ sections }: Places, address: number) =>
  sections.find((section) => address >= section.address && address < section.address + section.size);

/** The compiler numbers what has no name of its own; a number is no identity. */
const NUMBERED = /^(.*(?:\.\.[A-Za-z]+[._]|\.jump|\.stmp_))\d+$/;
const SHF_WRITE = 1;
/** Tables beyond this are compared in their first bytes only. */
const MOST_BYTES = 4096;
/** Size, hash and kind of a type stand in its first 24 bytes, before what depends on other types (internal/abi.Type). */
const TYPE_BYTES = 24;
/** Pointers are followed no further. */
const DEEPEST = 2;

class FunctionComparison {
  private readonly base: Places;
  private readonly head: Places;
  /** For each function of the base the index of its partner in the head; -1 for none. */
  private readonly partners: Int32Array;
  private readonly added: string[] = [];
  private readonly removed: string[] = [];
  private readonly changed = new Set<string>();
  /** Places of both sides that are known to be the same. */
  private readonly known = new Map<number, number>();
  /** Uses of read-only data without a name or size: compared at the end, when it is known where the next one begins. */
  private readonly uses: { readonly name: string; readonly base: number; readonly head: number }[] = [];

  constructor(base: Elf, head: Elf) {
    this.base = placesOf(base, 'base');
    this.head = placesOf(head, 'head');
    this.partners = this.pair();
  }

  result(): ChangedFunctions {
    const { base, head, changed } = this;
    for (const [i, fn] of base.functions.entries()) {
      const partner = head.functions[this.partners[i]!];
      if (partner !== undefined && !this.isSame(fn, partner)) changed.add(fn.name);
    }
    this.compareUses();
    return {
      changed: unique(base.functions.map(({ name }) => name)).filter((name) => changed.has(name)),
      added: this.added,
      removed: this.removed,
    };
  }

  private pair(): Int32Array {
    const waiting = new Map<string, number[]>();
    for (const [i, { name }] of this.head.functions.entries()) {
      const indexes = waiting.get(name);
      if (indexes === undefined) waiting.set(name, [i]);
      else indexes.push(i);
    }
    const taken = new Map<string, number>();
    const partners = Int32Array.from(this.base.functions, ({ name }) => {
      const index = taken.get(name) ?? 0;
      taken.set(name, index + 1);
      return waiting.get(name)?.[index] ?? -1;
    });
    for (const [name, indexes] of waiting) {
      const count = taken.get(name);
      if (count === undefined) this.added.push(name);
      else if (count !== indexes.length) this.changed.add(name);
    }
    for (const name of taken.keys()) if (!waiting.has(name)) this.removed.push(name);
    return partners;
  }

  private isSame(a: GoFunction, b: GoFunction): boolean {
    const { machine } = this.base.elf;
    if (machine !== this.head.elf.machine) return false;
    const [before, after] = [codeOf(this.base, a), codeOf(this.head, b)];
    return sameInstructions(machine, before, after, (from, to) => this.isSamePlace(a.name, from, to));
  }

  private isSamePlace(name: string, a: number, b: number): boolean {
    if (this.known.get(a) === b) return true;
    const answer = this.comparePlaces(a, b, 0);
    if (answer === 'unknown') this.uses.push({ name, base: a, head: b });
    else if (answer === 'same') this.known.set(a, b);
    return answer !== 'differs';
  }

  /** 'unknown': both in read-only data, of a size that nobody tells. */
  private comparePlaces(a: number, b: number, depth: number): 'same' | 'differs' | 'unknown' {
    const { base, head } = this;
    const told = (isSame: boolean) => (isSame ? 'same' : 'differs');
    const fn = functionIndex(base, a);
    if (fn !== -1) {
      const partner = this.partners[fn]!;
      if (partner === -1) return 'differs';
      return told(a - base.starts[fn]! === b - head.starts[partner]!);
    }
    const [before, after] = [sectionAt(base, a), sectionAt(head, b)];
    if (before === undefined || after === undefined) return told(before === after); // marks such as runtime.end
    if (before.name !== after.name) return 'differs';
    const [object, other] = [objectAt(base, a), objectAt(head, b)];
    if (object === undefined || other === undefined) {
      if (object !== other) return 'differs';
      return (before.flags & (SHF_WRITE | SHF_EXECUTE)) !== 0 && !isReadOnlyLater(before) ? 'same' : 'unknown';
    }
    const numbered = NUMBERED.exec(object.name)?.[1];
    const isSameName =
      numbered === undefined ? object.name === other.name : numbered === NUMBERED.exec(other.name)?.[1];
    if (!isSameName || a - object.address !== b - other.address) return 'differs';
    const isVariable = (before.flags & SHF_WRITE) !== 0 && !isReadOnlyLater(before);
    if ((isVariable && numbered === undefined) || before.type === SHT.nobits) return 'same';
    if (object.size !== other.size) return 'differs';
    return told(this.isSameContent(object.address, other.address, Math.min(object.size, MOST_BYTES), depth));
  }

  /** Whether both places hold the same `size` bytes; pointers are compared by what they lead to. */
  private isSameContent(a: number, b: number, size: number, depth: number): boolean {
    const [before, after] = [bytesAt(this.base, a, size), bytesAt(this.head, b, size)];
    if (before.byteLength !== after.byteLength) return false;
    let at = 0;
    for (; at + 8 <= before.byteLength; at += 8) {
      const [from, to] = [wordAt(before, at), wordAt(after, at)];
      if (from !== to && !this.isSamePointer(from, to, a + at, depth + 1)) return false;
    }
    for (; at < before.byteLength; at++) if (before.getUint8(at) !== after.getUint8(at)) return false;
    return true;
  }

  /** Whether the pointers `a` and `b`, the former found at `address` of the base, lead to the same. */
  private isSamePointer(a: number, b: number, address: number, depth: number): boolean {
    if (sectionAt(this.base, a) === undefined) return false;
    if (this.known.get(a) === b) return true;
    const answer = depth > DEEPEST ? 'same' : this.comparePlaces(a, b, depth);
    if (answer !== 'unknown') return answer === 'same';
    const isText = regionAt(this.base, a) === 'string';
    const size = isText ? Math.min(TYPE_BYTES, wordAt(bytesAt(this.base, address + 8, 8), 0)) : this.knownSize(a);
    return this.isSameContent(a, b, size, depth);
  }

  private compareUses(): void {
    const [before, after] = [this.uses.map((use) => use.base), this.uses.map((use) => use.head)];
    const [starts, otherStarts] = [Float64Array.from(new Set(before)).sort(), Float64Array.from(new Set(after)).sort()];
    for (const { name, base, head } of this.uses) {
      if (this.changed.has(name) || this.known.get(base) === head) continue;
      const ahead = regionAt(this.base, base) === 'string' ? STRINGS_AHEAD : 1;
      const room = Math.min(roomAt(this.base, starts, base, ahead), roomAt(this.head, otherStarts, head, ahead));
      const size = Math.min(room, this.knownSize(base));
      if (this.isSameContent(base, head, size, 0)) this.known.set(base, head);
      else this.changed.add(name);
    }
  }

  /** How many bytes without a name belong together at least, or are likely to. */
  private knownSize(address: number): number {
    const isAligned = address % 8 === 0;
    switch (regionAt(this.base, address)) {
      case 'type':
        return isAligned ? TYPE_BYTES : 4;
      case 'string':
        return TYPE_BYTES;
      case 'gcbits':
        return 1;
      default:
        return isAligned ? 8 : 4;
    }
  }
}

/** Read-only once the dynamic linker has filled it. */
const isReadOnlyLater = ({ name }: Section) => name.startsWith('.data.rel.ro');

/**
 * The linker sorts strings by length, so none is longer than the distance between any two that follow it. Looking at
 * this many is enough to find two neighbours, and an address in the middle of a string spoils only a few.
 */
const STRINGS_AHEAD = 32;

/** Bytes from `address` to the next place that is used or has a name; the least of `count` such distances. */
function roomAt({ objectStarts }: Places, starts: Float64Array, address: number, count: number): number {
  const first = lastUpTo(starts, address);
  const object = objectStarts[lastUpTo(objectStarts, address) + 1] ?? Number.POSITIVE_INFINITY;
  let room = object - address;
  for (let i = first; i < first + count && i + 1 < starts.length && starts[i + 1]! <= object; i++) {
    room = Math.min(room, starts[i + 1]! - starts[i]!);
  }
  return room;
}

const NOTHING = new DataView(new ArrayBuffer(8));

/** Up to `size` bytes at an address; eight zeros where the file has none. */
function bytesAt(places: Places, address: number, size: number): DataView {
  const section = sectionAt(places, address);
  if (section === undefined || section.type === SHT.nobits) return NOTHING;
  const offset = address - section.address;
  const { bytes } = places.elf;
  return new DataView(bytes.buffer, bytes.byteOffset + section.offset + offset, Math.min(size, section.size - offset));
}

/** The machine code of a function without what fills the gap to the next one. */
function codeOf(places: Places, { start, end }: GoFunction): Code {
  const { elf } = places;
  const section = sectionAt(places, start);
  const from = section === undefined ? 0 : section.offset + start - section.address;
  const filling = elf.machine === 'amd64' ? 0xcc : 0;
  let to = section === undefined ? 0 : from + end - start;
  while (to > from && elf.bytes[to - 1] === filling) to--;
  if (elf.machine === 'arm64') to = from + Math.ceil((to - from) / 4) * 4;
  return { bytes: elf.bytes.subarray(from, to), address: start };
}
