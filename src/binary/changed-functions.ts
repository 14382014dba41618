/**
 * Which Go functions of two executables differ in their machine code. What a function uses is compared by what it is, never
 * by its address. Where nothing can be told the answer is 'differs'.
 */
import {
  type Elf,
  type Symbol as ElfSymbol,
  type Section,
  SHF_ALLOC,
  SHF_EXECUTE,
  SHF_THREAD,
  SHF_WRITE,
  SHT,
  symbolsOf,
  wordAt,
} from './elf.ts';
import { type GoFunction, goFunctions } from './go-functions.ts';
import { type Code, sameInstructions } from './instructions.ts';

export interface ChangedFunctions {
  /** On both sides, with other machine code. As the linker names them, in the order of the base. */
  readonly changed: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * The Go functions whose machine code differs. Several functions of one name are matched in order. Read-only data that
 * a function uses is compared as far as its size is known, at least its first bytes; variables only by their names.
 * (Executables with a symbol table are compared more closely.) Of macOS executables, which are not read, there are none.
 */
export function changedCode(base: Elf, head: Elf): ChangedFunctions {
  if (base.isMachO || head.isMachO) return { changed: [], added: [], removed: [] };
  return new FunctionComparison(base, head).result();
}

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
      changed: [...new Set(base.functions.map(({ name }) => name))].filter((name) => changed.has(name)),
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
