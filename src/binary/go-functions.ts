/**
 * The functions of a Go executable, stripped or not, from the table that its own runtime uses (pclntab), and the
 * runtime's record of where its pieces lie (moduledata).
 * Format: debug/gosym/pclntab.go and runtime/symtab.go (pcHeader, functab, moduledata) of Go 1.18 to 1.27.
 */
import { MeasurementError } from '../base/errors.ts';
import { cString, type Elf, type Section, sameBytes, sectionBytes, symbolsOf } from './elf.ts';

export interface GoFunction {
  /** As the linker named it; the runtime prints generics a little differently. */
  readonly name: string;
  /** Addresses as in the file (without the load bias of a PIE). */
  readonly start: number;
  readonly end: number;
}

/** A function whose run-time address is known; it places the table where the linker recorded no address for it. */
export interface Anchor {
  readonly name: string;
  readonly address: number;
}

/** The table and the offsets of its pieces, which count from its beginning. */
export interface FunctionTable {
  readonly address: number;
  /** To the end of the section that holds it. */
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Go 1.20 and newer keep the line where a function starts. */
  readonly hasStartLines: boolean;
  readonly count: number;
  readonly namesAt: number;
  readonly unitsAt: number;
  readonly pcAt: number;
  readonly functionsAt: number;
  /** As the header has it: 0 from Go 1.26 on. */
  readonly recordedText: number;
}

const MAGIC_GO118 = 0xfffffff0;
const MAGIC_GO120 = 0xfffffff1;
const HEADER_SIZE = 72;

/** The Go functions of an executable in ascending order of address. Throws where there is no table we know. */
export function goFunctions(elf: Elf, label: string, anchor?: Anchor): GoFunction[] {
  const table = functionTable(elf, label);
  const { bytes, view, count, functionsAt, namesAt } = table;
  const entries = Array.from({ length: count }, (_, i) => {
    const at = functionsAt + i * 8;
    const functionAt = functionsAt + view.getUint32(at + 4, true);
    const nameAt = functionAt + 8 <= bytes.length ? namesAt + view.getInt32(functionAt + 4, true) : 0;
    return { offset: view.getUint32(at, true), name: cString(bytes, nameAt, bytes.length) };
  });
  const text = textStart(elf, table, entries, anchor);
  if (text === undefined) throw new MeasurementError(`${label}: cannot tell where its Go code begins`);
  const end = view.getUint32(functionsAt + count * 8, true);
  return entries.map(({ name, offset }, i) => ({
    name,
    start: text + offset,
    end: text + (entries[i + 1]?.offset ?? end),
  }));
}

/** The function table. Throws where there is none, or none of a kind we know. */
export function functionTable(elf: Elf, label: string): FunctionTable {
  const found = findTable(elf);
  if (found === undefined) throw new MeasurementError(`${label}: no Go function table: not built by the Go compiler?`);
  const { section, offset } = found;
  const bytes = sectionBytes(elf, section).subarray(offset);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= HEADER_SIZE ? view.getUint32(0, true) : 0;
  if (magic !== MAGIC_GO118 && magic !== MAGIC_GO120) {
    throw new MeasurementError(`${label}: its Go function table is of a kind that perf-gate does not know`, {
      hint: 'perf-gate reads executables of Go 1.18 and newer',
    });
  }
  const word = (index: number) => Number(view.getBigUint64(8 + index * 8, true));
  const count = word(0);
  const functionsAt = word(7);
  if (functionsAt + (count * 2 + 1) * 4 > bytes.length) {
    throw new MeasurementError(`${label}: its Go function table is cut off`);
  }
  return {
    address: section.address + offset,
    bytes,
    view,
    hasStartLines: magic === MAGIC_GO120,
    count,
    recordedText: word(2),
    namesAt: word(3),
    unitsAt: word(4),
    pcAt: word(6),
    functionsAt,
  };
}

/** Up to Go 1.25 the system's linker puts the table of a PIE into the middle of a section without telling where. */
function findTable(elf: Elf): { section: Section; offset: number } | undefined {
  const own = elf.sections.find(({ name }) => name === '.gopclntab' || name === '.data.rel.ro.gopclntab');
  if (own !== undefined) return { section: own, offset: 0 };
  const shared = elf.sections.find(({ name }) => name === '.data.rel.ro');
  if (shared === undefined) return undefined;
  const { view } = elf;
  const size = sectionBytes(elf, shared).length;
  for (let offset = 0; offset + HEADER_SIZE <= size; offset += 8) {
    const at = shared.offset + offset;
    const magic = view.getUint32(at, true);
    if (magic !== MAGIC_GO118 && magic !== MAGIC_GO120) continue;
    const isHeader = view.getUint16(at + 4, true) === 0 && view.getUint8(at + 7) === 8;
    // The names follow, aligned to 32 bytes.
    if (isHeader && Number(view.getBigUint64(at + 32, true)) === HEADER_SIZE + 24) return { section: shared, offset };
  }
  return undefined;
}

/** Indexes of the words of runtime.moduledata that we use; the same from Go 1.18 to 1.27. */
export const MODULE = { header: 0, names: 1, units: 4, files: 7, pc: 10, functions: 13, text: 22 } as const;

/** The runtime's record of the executable's pieces. */
export interface Module {
  readonly address: number;
  word(index: number): number;
}

/** runtime.firstmoduledata; undefined where its addresses are filled in only when the program is loaded. */
export function findModule(elf: Elf, table: FunctionTable): Module | undefined {
  for (const name of ['.go.module', '.noptrdata', '.data', '.data.rel.ro']) {
    const section = elf.sections.find((candidate) => candidate.name === name);
    const size = section === undefined ? 0 : sectionBytes(elf, section).length;
    for (let offset = 0; section !== undefined && offset + (MODULE.text + 1) * 8 <= size; offset += 8) {
      const word = (index: number) => Number(elf.view.getBigUint64(section.offset + offset + index * 8, true));
      if (elf.view.getUint32(section.offset + offset, true) !== table.address % 2 ** 32) continue;
      if (word(MODULE.header) === table.address && word(MODULE.names) === table.address + table.namesAt) {
        return { address: section.address + offset, word };
      }
    }
  }
  return undefined;
}

/** The address of runtime.text. Go 1.26 no longer writes it into the table's header; external linking moves it. */
function textStart(
  elf: Elf,
  table: FunctionTable,
  entries: readonly { name: string; offset: number }[],
  anchor: Anchor | undefined,
): number | undefined {
  const anchored = anchor && entries.find((entry) => entry.name === anchor.name);
  if (anchor !== undefined && anchored !== undefined) return anchor.address - anchored.offset;
  for (const symbol of symbolsOf(elf)) if (symbol.name === 'runtime.text') return symbol.address;
  if (table.recordedText !== 0) return table.recordedText;
  const inModule = findModule(elf, table)?.word(MODULE.text);
  if (inModule !== undefined && inModule !== 0) return inModule;
  const isExternallyLinked = elf.sections.some((section) => section.name === '.init' || section.name === '.fini');
  return isExternallyLinked ? undefined : elf.sections.find((section) => section.name === '.text')?.address;
}

/** Whether the word at this address of moduledata is a length or capacity that depends on line tables. */
export function isLineTableSize({ address: start }: Module, address: number): boolean {
  const index = (address - start) / 8;
  return [MODULE.units, MODULE.files, MODULE.pc, MODULE.functions].some(
    (slice) => index === slice + 1 || index === slice + 2,
  );
}

/** The address of go:func.*, what functions tell the collector and the unwinder: in .rodata, from Go 1.26 in the table. */
export function functionDataAt(table: FunctionTable, { word }: Module): number {
  if (!table.hasStartLines) return word(38);
  // Go 1.27 has the length of the types between their two addresses, and two more words behind; rodata begins before them.
  const [types, length, end] = [word(37), word(38), word(39)];
  return word(types + length <= end ? 43 : 40);
}

/** Offset of the record of the i-th function (runtime._func). */
const functionAt = ({ view, functionsAt }: FunctionTable, i: number) =>
  functionsAt + view.getUint32(functionsAt + i * 8 + 4, true);

/** Size of runtime._func without the two arrays that follow it. */
const recordSize = (table: FunctionTable) => (table.hasStartLines ? 44 : 40);

const FIELD = { entry: 0, name: 4, arguments: 8, deferReturn: 12, stack: 16, pcTables: 28 } as const;

/** Whether two tables say the same of everything but source lines and files. */
export function sameFunctions(a: FunctionTable, b: FunctionTable): boolean {
  if (a.count !== b.count || a.hasStartLines !== b.hasStartLines) return false;
  const names = ({ bytes, namesAt, unitsAt }: FunctionTable) => bytes.subarray(namesAt, unitsAt);
  if (!sameBytes(names(a), names(b))) return false;
  for (let i = 0; i < a.count; i++) if (!sameFunction(a, functionAt(a, i), b, functionAt(b, i))) return false;
  const end = ({ view, functionsAt, count }: FunctionTable) => view.getUint32(functionsAt + count * 8, true);
  return end(a) === end(b);
}

function sameFunction(a: FunctionTable, atA: number, b: FunctionTable, atB: number): boolean {
  const isEqual = (field: number) => a.view.getUint32(atA + field, true) === b.view.getUint32(atB + field, true);
  const size = recordSize(a);
  const plain = [FIELD.entry, FIELD.name, FIELD.arguments, FIELD.deferReturn, FIELD.pcTables, size - 4];
  if (!plain.every(isEqual)) return false;
  const pcTables = a.view.getUint32(atA + FIELD.pcTables, true);
  const isEqualTable = (field: number) =>
    sameTable(a, a.view.getUint32(atA + field, true), b, b.view.getUint32(atB + field, true));
  if (!isEqualTable(FIELD.stack)) return false;
  for (let i = 0; i < pcTables; i++) if (!isEqualTable(size + i * 4)) return false;
  const data = size + pcTables * 4;
  for (let i = 0; i < a.bytes[atA + size - 1]!; i++) if (!isEqual(data + i * 4)) return false;
  return true;
}

/** Whether two tables of values by program counter are equal: pairs of varints, ended by a 0 that is not the first. */
function sameTable(a: FunctionTable, atA: number, b: FunctionTable, atB: number): boolean {
  if (atA === 0 || atB === 0) return atA === atB;
  let isValue = true;
  for (let i = 0; ; i++) {
    const byte = a.bytes[a.pcAt + atA + i];
    if (byte === undefined || byte !== b.bytes[b.pcAt + atB + i]) return false;
    if (byte === 0 && isValue && i > 0) return true;
    if (byte < 0x80) isValue = !isValue;
  }
}

/** Addresses of the source lines (before Go 1.20 of the files too) in the records of inlined calls; 4 bytes each. */
export function lineFields(table: FunctionTable, module: Module): Set<number> {
  const fields = new Set<number>();
  const data = functionDataAt(table, module);
  const [size, lines] = table.hasStartLines ? [16, [12]] : [20, [4, 8]];
  const INLINED_CALLS = { table: 2, data: 3 }; // PCDATA_InlTreeIndex, FUNCDATA_InlTree
  for (let i = 0; i < table.count; i++) {
    const at = functionAt(table, i);
    const pcTables = table.view.getUint32(at + FIELD.pcTables, true);
    const arrays = at + recordSize(table);
    if (pcTables <= INLINED_CALLS.table || table.bytes[arrays - 1]! <= INLINED_CALLS.data) continue;
    const tree = table.view.getUint32(arrays + (pcTables + INLINED_CALLS.data) * 4, true);
    if (tree === 0xffffffff) continue;
    const calls = greatest(table, table.view.getUint32(arrays + INLINED_CALLS.table * 4, true)) + 1;
    for (let call = 0; call < calls; call++) for (const line of lines) fields.add(data + tree + call * size + line);
  }
  return fields;
}

/** The greatest value of a table by program counter; -1 for none. */
function greatest({ bytes, pcAt }: FunctionTable, offset: number): number {
  if (offset === 0) return -1;
  let at = pcAt + offset;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  };
  let value = -1;
  let most = -1;
  for (let isFirst = true; ; isFirst = false) {
    const delta = varint();
    if (delta === 0 && !isFirst) return most;
    value += delta & 1 ? -((delta + 1) / 2) : delta / 2;
    most = Math.max(most, value);
    varint();
  }
}
