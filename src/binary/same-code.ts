/**
 * Whether two executables hold the same machine code.
 * A change moves everything that lies behind it, so operands that are relative to the program counter and pointers in
 * data are compared by what they lead to, never by their value. What only holds source lines and build ids may differ.
 * Where nothing can be told the answer is 'differs'.
 */
import {
  type Elf,
  FILE_IDS,
  type Section,
  SHF_ALLOC,
  SHF_EXECUTE,
  SHF_THREAD,
  sameBytes,
  sectionBytes,
  wordAt,
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
import { sameInstructions } from './instructions.ts';

export interface CodeComparison {
  readonly same: boolean;
  /** Names of the loaded sections that differ, in the order of the base; empty when it is the same code. */
  readonly differing: readonly string[];
}

/** Whether both executables run the same machine code on the same constants and initial data. */
export function compareCode(base: Elf, head: Elf): CodeComparison {
  if (sameBytes(base.bytes, head.bytes)) return { same: true, differing: [] };
  if (base.isMachO || head.isMachO) return { same: false, differing: ['the file'] };
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

const unique = (names: readonly string[]) => [...new Set(names)];

const PAGE = 4096;

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
    .filter(({ name, flags }) => (flags & SHF_ALLOC) !== 0 && !FILE_IDS.has(name))
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
