/**
 * A copy of an executable that runs the same instructions, with a symbol table of our own: every Go function is called
 * by its address. A profiler that reads ELF symbols then names Go functions without ambiguity in stripped builds too,
 * and has no debug information to read. Nothing that is loaded into memory is touched.
 */
import { type Elf, SECTION_HEADER_SIZE, type Section, SHF_ALLOC, SHT, SYMBOL_SIZE, symbolsOf } from './elf.ts';
import type { GoFunction } from './go-functions.ts';

const SYMBOL_OF_GO = /^go@([0-9a-f]+)$/;

/** The symbol of the Go function that starts at `address`. */
export const goSymbol = (address: number) => `go@${address.toString(16)}`;

/** The address in a symbol made by goSymbol; undefined for any other name (a C function). */
export function addressOfGoSymbol(symbol: string): number | undefined {
  const match = SYMBOL_OF_GO.exec(symbol);
  return match?.[1] === undefined ? undefined : Number.parseInt(match[1], 16);
}

/** The bytes of the copy. Symbols of C functions stay as they are. */
export function withGoSymbols(elf: Elf, functions: readonly GoFunction[]): Uint8Array {
  const first = functions[0]?.start ?? 0;
  const last = functions.at(-1)?.end ?? 0;
  const symbols = [...symbolsOf(elf)].filter((s) => s.isFunction && (s.address < first || s.address >= last));
  for (const fn of functions) {
    symbols.push({ name: goSymbol(fn.start), address: fn.start, size: fn.end - fn.start, isFunction: true });
  }
  const text = elf.sections.find((section) => section.name === '.text')?.index ?? 1;
  const { table, strings } = symbolTable(symbols, text);

  const tables = elf.sections.filter((section) => section.type === SHT.symtab || section.type === SHT.dynsym);
  const replaced = new Set(tables.flatMap((table) => [table.index, table.link]));
  const isDebugOnly = (s: Section) => (s.flags & SHF_ALLOC) === 0 && /^\.z?debug_/.test(s.name);
  const headers = elf.sections.map((section) => {
    const at = elf.sectionTableOffset + section.index * SECTION_HEADER_SIZE;
    const header = elf.bytes.slice(at, at + SECTION_HEADER_SIZE);
    if (replaced.has(section.index) || isDebugOnly(section)) header.fill(0);
    return header;
  });
  const tableAt = align(elf.bytes.length);
  const stringsAt = align(tableAt + table.length);
  const headersAt = align(stringsAt + strings.length);
  headers.push(
    sectionHeader({
      type: SHT.symtab,
      offset: tableAt,
      size: table.length,
      link: headers.length + 1,
      info: 1,
      entry: SYMBOL_SIZE,
    }),
    sectionHeader({ type: SHT.strtab, offset: stringsAt, size: strings.length, link: 0, info: 0, entry: 0 }),
  );

  // The reader looks sections up by name: give the two new ones their names in a new string table of section names.
  const names = elf.sections[elf.sectionNamesIndex];
  const oldNames =
    names === undefined ? new Uint8Array(1) : elf.bytes.subarray(names.offset, names.offset + names.size);
  const newNames = new TextEncoder().encode('.symtab\0.strtab\0');
  const namesAt = align(headersAt + (headers.length + 1) * SECTION_HEADER_SIZE);
  setName(headers.at(-2), oldNames.length);
  setName(headers.at(-1), oldNames.length + 8);
  const namesSize = oldNames.length + newNames.length;
  const namesHeader = sectionHeader({ type: SHT.strtab, offset: namesAt, size: namesSize, link: 0, info: 0, entry: 0 });
  headers.push(namesHeader);

  const copy = new Uint8Array(namesAt + namesSize);
  copy.set(elf.bytes);
  copy.set(table, tableAt);
  copy.set(strings, stringsAt);
  for (const [i, header] of headers.entries()) copy.set(header, headersAt + i * SECTION_HEADER_SIZE);
  copy.set(oldNames, namesAt);
  copy.set(newNames, namesAt + oldNames.length);
  const view = new DataView(copy.buffer);
  view.setBigUint64(40, BigInt(headersAt), true);
  view.setUint16(60, headers.length, true);
  view.setUint16(62, headers.length - 1, true);
  return copy;
}

const align = (offset: number) => Math.ceil(offset / 16) * 16;

function symbolTable(symbols: readonly { name: string; address: number; size: number }[], section: number) {
  const table = new Uint8Array((symbols.length + 1) * SYMBOL_SIZE);
  const view = new DataView(table.buffer);
  const encoder = new TextEncoder();
  const names = symbols.map((symbol) => encoder.encode(symbol.name));
  const strings = new Uint8Array(1 + names.reduce((sum, name) => sum + name.length + 1, 0));
  let nameAt = 1;
  for (const [i, { address, size }] of symbols.entries()) {
    const name = names[i] ?? new Uint8Array(0);
    const at = (i + 1) * SYMBOL_SIZE;
    view.setUint32(at, nameAt, true);
    view.setUint8(at + 4, (1 << 4) | 2); // global function
    view.setUint16(at + 6, section, true);
    view.setBigUint64(at + 8, BigInt(address), true);
    view.setBigUint64(at + 16, BigInt(size), true);
    strings.set(name, nameAt);
    nameAt += name.length + 1;
  }
  return { table, strings };
}

function sectionHeader(section: {
  type: number;
  offset: number;
  size: number;
  link: number;
  info: number;
  entry: number;
}) {
  const header = new Uint8Array(SECTION_HEADER_SIZE);
  const view = new DataView(header.buffer);
  view.setUint32(4, section.type, true);
  view.setBigUint64(24, BigInt(section.offset), true);
  view.setBigUint64(32, BigInt(section.size), true);
  view.setUint32(40, section.link, true);
  view.setUint32(44, section.info, true);
  view.setBigUint64(48, 8n, true);
  view.setBigUint64(56, BigInt(section.entry), true);
  return header;
}

function setName(header: Uint8Array | undefined, nameOffset: number) {
  if (header !== undefined) new DataView(header.buffer, header.byteOffset).setUint32(0, nameOffset, true);
}
