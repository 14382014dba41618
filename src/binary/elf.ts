/**
 * Reads the headers of a 64-bit little-endian ELF file: what is loaded where, and which sections there are.
 * It knows nothing of Go. Layouts: System V ABI, chapters 4 and 5 (elf.h).
 */
import { MeasurementError } from '../base/errors.ts';

export interface Section {
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  /** Address in memory relative to the file's own base; 0 for what is not loaded. */
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
  readonly entrySize: number;
}

export interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly fileSize: number;
  readonly memorySize: number;
  readonly isExecutable: boolean;
}

export interface Elf {
  /** No ELF file but a macOS executable: its bytes are all that is read of it, and it has no section and no symbol. */
  readonly isMachO: boolean;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Linked to run at any address (PIE): addresses in memory are those of the file plus a load bias. */
  readonly isRelocatable: boolean;
  readonly machine: 'amd64' | 'arm64' | 'other';
  readonly sectionTableOffset: number;
  readonly sectionNamesIndex: number;
  readonly sections: readonly Section[];
  readonly segments: readonly Segment[];
}

export const SECTION_HEADER_SIZE = 64;
export const SYMBOL_SIZE = 24;
export const SHT = { null: 0, progbits: 1, symtab: 2, strtab: 3, note: 7, nobits: 8, dynsym: 11 } as const;
export const SHF_WRITE = 1;
export const SHF_ALLOC = 2;
export const SHF_EXECUTE = 4;
export const SHF_THREAD = 0x400;
/** Sections that hold a hash of the file itself. */
export const FILE_IDS: ReadonlySet<string> = new Set(['.note.go.buildid', '.note.gnu.build-id']);
const PT_LOAD = 1;
const ET_DYN = 3;

/** MH_MAGIC_64 in the byte order of all Macs (mach-o/loader.h), with room for the header. */
const isMachO = (bytes: Uint8Array) =>
  bytes.length >= 64 && bytes[0] === 0xcf && bytes[1] === 0xfa && bytes[2] === 0xed && bytes[3] === 0xfe;

const unread = (bytes: Uint8Array): Elf => ({
  isMachO: true,
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  isRelocatable: true,
  machine: 'other',
  sectionTableOffset: 0,
  sectionNamesIndex: 0,
  sections: [],
  segments: [],
});

/**
 * The headers of `bytes`, of a macOS executable none; throws a MeasurementError that names `label` when they are not an ELF
 * file we can read.
 */
export function parseElf(bytes: Uint8Array, label: string): Elf {
  const refuse = (why: string): never => {
    throw new MeasurementError(`${label}: ${why}`, { hint: 'perf-gate reads 64-bit little-endian ELF executables' });
  };
  if (bytes.length < 64 || bytes[0] !== 0x7f || bytes[1] !== 0x45 || bytes[2] !== 0x4c || bytes[3] !== 0x46) {
    if (isMachO(bytes)) return unread(bytes);
    refuse('not an ELF executable');
  }
  if (bytes[4] !== 2 || bytes[5] !== 1) refuse('not a 64-bit little-endian executable');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number64 = (at: number) => Number(view.getBigUint64(at, true));
  const inFile = (offset: number, size: number) => {
    if (offset < 0 || size < 0 || offset + size > bytes.length) refuse('cut off');
  };

  const programOffset = number64(32);
  const sectionTableOffset = number64(40);
  const programCount = view.getUint16(56, true);
  const sectionCount = view.getUint16(60, true);
  const sectionNamesIndex = view.getUint16(62, true);
  inFile(programOffset, programCount * 56);
  inFile(sectionTableOffset, sectionCount * SECTION_HEADER_SIZE);

  const segments: Segment[] = [];
  for (let i = 0; i < programCount; i++) {
    const at = programOffset + i * 56;
    if (view.getUint32(at, true) !== PT_LOAD) continue;
    segments.push({
      isExecutable: (view.getUint32(at + 4, true) & 1) !== 0,
      offset: number64(at + 8),
      address: number64(at + 16),
      fileSize: number64(at + 32),
      memorySize: number64(at + 40),
    });
  }

  const headers = Array.from({ length: sectionCount }, (_, index) => {
    const at = sectionTableOffset + index * SECTION_HEADER_SIZE;
    const section = {
      index,
      nameOffset: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      flags: number64(at + 8),
      address: number64(at + 16),
      offset: number64(at + 24),
      size: number64(at + 32),
      link: view.getUint32(at + 40, true),
      entrySize: number64(at + 56),
    };
    if (section.type !== SHT.nobits && section.type !== SHT.null) inFile(section.offset, section.size);
    return section;
  });
  const names = headers[sectionNamesIndex];
  const sections = headers.map(({ nameOffset, ...header }) => ({
    ...header,
    name: names === undefined ? '' : cString(bytes, names.offset + nameOffset, names.offset + names.size),
  }));
  const machine = view.getUint16(18, true);
  return {
    isMachO: false,
    bytes,
    view,
    isRelocatable: view.getUint16(16, true) === ET_DYN,
    machine: machine === 62 ? 'amd64' : machine === 183 ? 'arm64' : 'other',
    sectionTableOffset,
    sectionNamesIndex,
    sections,
    segments,
  };
}

/** The bytes of a section; empty for one without bytes in the file (.bss). */
export function sectionBytes(elf: Elf, section: Section): Uint8Array {
  return section.type === SHT.nobits
    ? new Uint8Array(0)
    : elf.bytes.subarray(section.offset, section.offset + section.size);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

const utf8 = new TextDecoder();

/** The NUL-terminated string at `start`, read no further than `end`. */
export function cString(bytes: Uint8Array, start: number, end: number): string {
  if (start < 0 || start >= end) return '';
  const stop = bytes.indexOf(0, start);
  return utf8.decode(bytes.subarray(start, stop === -1 || stop > end ? end : stop));
}

export interface Symbol {
  readonly name: string;
  readonly address: number;
  readonly size: number;
  readonly isFunction: boolean;
}

/** The entries with an address of all symbol tables; of a stripped file only those for the dynamic linker are left. */
export function* symbolsOf(elf: Elf): Generator<Symbol> {
  for (const table of elf.sections) {
    const strings = elf.sections[table.link];
    if ((table.type !== SHT.symtab && table.type !== SHT.dynsym) || strings === undefined) continue;
    for (let at = table.offset; at + SYMBOL_SIZE <= table.offset + table.size; at += SYMBOL_SIZE) {
      const address = Number(elf.view.getBigUint64(at + 8, true));
      if (address === 0 || elf.view.getUint16(at + 6, true) === 0) continue;
      yield {
        name: cString(elf.bytes, strings.offset + elf.view.getUint32(at, true), strings.offset + strings.size),
        address,
        size: Number(elf.view.getBigUint64(at + 16, true)),
        isFunction: ((elf.bytes[at + 4] ?? 0) & 15) === 2,
      };
    }
  }
}

/** A word of 8 bytes, least byte first; exact up to 2^53. */
export const wordAt = (view: DataView, at: number) => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
