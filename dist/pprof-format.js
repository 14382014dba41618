import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  LOAD_TOOL,
  MANIFEST_SCHEMA,
  estimateOf
} from "./compare-totals.js";
import {
  few
} from "./report-words.js";
import {
  isRuntime,
  tableOf
} from "./profile-runtime-groups.js";
import {
  Interner,
  LabelSets,
  ProfileError,
  columnOf,
  decodeProfile
} from "./profile-decode.js";
import {
  VERSION
} from "./package-json.js";
import {
  AgentError,
  FILE_IDS,
  FailedRequests,
  SECTION_HEADER_SIZE,
  SHF_ALLOC,
  SHF_EXECUTE,
  SHF_THREAD,
  SHF_WRITE,
  SHT,
  SYMBOL_SIZE,
  buildSettings,
  cString,
  causeOf,
  link,
  parseElf,
  prepare,
  proveInjected,
  request,
  requestFor,
  sameBytes,
  sectionBytes,
  start,
  symbolsOf,
  warmUp,
  wholeDecks,
  withService,
  wordAt
} from "./undici.js";
import {
  execa
} from "./figures.js";
import {
  fill
} from "./yaml.js";
import {
  plainText
} from "./base-text.js";
import {
  redact,
  secretsOf
} from "./base-redact.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/git/fetch.ts
async function fetch(repo, what) {
  const command = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", ...what];
  const { exitCode } = await repo.git.ask(command, { env: { GIT_TERMINAL_PROMPT: "0" } });
  return exitCode === 0;
}

// src/git/ancestors.ts
async function firstParents(repo, commit, count2) {
  const listed = await repo.git.run(["rev-list", "--first-parent", `--max-count=${count2}`, "--end-of-options", commit]);
  return listed.split("\n");
}
async function fetchedFirstParents(repo, commit, count2) {
  const known = await firstParents(repo, commit, count2);
  const missing = count2 - known.length;
  const isFetched = repo.isShallow && missing > 0 && await fetch(repo, [`--deepen=${missing}`, "origin", commit]);
  return isFetched ? firstParents(repo, commit, count2) : known;
}
async function isAncestor(repo, commit, tip) {
  const { exitCode } = await repo.git.ask(["merge-base", "--is-ancestor", commit, tip]);
  return exitCode === 0;
}

// src/base/at-once.ts
async function atOnce(items, signal, act) {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const all = items.map((item, index) => act(item, either, index));
  for (const one of all) one.catch((error) => stop.abort(error));
  try {
    return await Promise.all(all);
  } catch {
    await Promise.allSettled(all);
    throw either.reason;
  }
}

// src/run/build-sides.ts
import { join } from "node:path";

// src/baseline/code-digest.ts
import { createHash } from "node:crypto";
function codeDigest(elf) {
  const hash = createHash("sha256");
  if (elf.isMachO) hash.update(elf.bytes);
  for (const section of elf.sections) {
    if ((section.flags & SHF_ALLOC) === 0 || FILE_IDS.has(section.name)) continue;
    const { name, type, flags, address, size } = section;
    hash.update(JSON.stringify([name, type, flags, address, size])).update(sectionBytes(elf, section));
  }
  return hash.digest("hex").slice(0, 16);
}

// src/binary/go-functions.ts
var MAGIC_GO118 = 4294967280;
var MAGIC_GO120 = 4294967281;
var HEADER_SIZE = 72;
function goFunctions(elf, label, anchor) {
  const table = functionTable(elf, label);
  const { bytes, view, count: count2, functionsAt, namesAt } = table;
  const entries = Array.from({ length: count2 }, (_, i) => {
    const at = functionsAt + i * 8;
    const functionAt2 = functionsAt + view.getUint32(at + 4, true);
    const nameAt = functionAt2 + 8 <= bytes.length ? namesAt + view.getInt32(functionAt2 + 4, true) : 0;
    return { offset: view.getUint32(at, true), name: cString(bytes, nameAt, bytes.length) };
  });
  const text = textStart(elf, table, entries, anchor);
  if (text === void 0) throw new MeasurementError(`${label}: cannot tell where its Go code begins`);
  const end = view.getUint32(functionsAt + count2 * 8, true);
  return entries.map(({ name, offset }, i) => ({
    name,
    start: text + offset,
    end: text + (entries[i + 1]?.offset ?? end)
  }));
}
function functionTable(elf, label) {
  const found = findTable(elf);
  if (found === void 0) throw new MeasurementError(`${label}: no Go function table: not built by the Go compiler?`);
  const { section, offset } = found;
  const bytes = sectionBytes(elf, section).subarray(offset);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= HEADER_SIZE ? view.getUint32(0, true) : 0;
  if (magic !== MAGIC_GO118 && magic !== MAGIC_GO120) {
    throw new MeasurementError(`${label}: its Go function table is of a kind that perf-gate does not know`, {
      hint: "perf-gate reads executables of Go 1.18 and newer"
    });
  }
  const word = (index) => Number(view.getBigUint64(8 + index * 8, true));
  const count2 = word(0);
  const functionsAt = word(7);
  if (functionsAt + (count2 * 2 + 1) * 4 > bytes.length) {
    throw new MeasurementError(`${label}: its Go function table is cut off`);
  }
  return {
    address: section.address + offset,
    bytes,
    view,
    hasStartLines: magic === MAGIC_GO120,
    count: count2,
    recordedText: word(2),
    namesAt: word(3),
    unitsAt: word(4),
    pcAt: word(6),
    functionsAt
  };
}
function findTable(elf) {
  const own = elf.sections.find(({ name }) => name === ".gopclntab" || name === ".data.rel.ro.gopclntab");
  if (own !== void 0) return { section: own, offset: 0 };
  const shared = elf.sections.find(({ name }) => name === ".data.rel.ro");
  if (shared === void 0) return void 0;
  const { view } = elf;
  const size = sectionBytes(elf, shared).length;
  for (let offset = 0; offset + HEADER_SIZE <= size; offset += 8) {
    const at = shared.offset + offset;
    const magic = view.getUint32(at, true);
    if (magic !== MAGIC_GO118 && magic !== MAGIC_GO120) continue;
    const isHeader = view.getUint16(at + 4, true) === 0 && view.getUint8(at + 7) === 8;
    if (isHeader && Number(view.getBigUint64(at + 32, true)) === HEADER_SIZE + 24) return { section: shared, offset };
  }
  return void 0;
}
var MODULE = { header: 0, names: 1, units: 4, files: 7, pc: 10, functions: 13, text: 22 };
function findModule(elf, table) {
  for (const name of [".go.module", ".noptrdata", ".data", ".data.rel.ro"]) {
    const section = elf.sections.find((candidate) => candidate.name === name);
    const size = section === void 0 ? 0 : sectionBytes(elf, section).length;
    for (let offset = 0; section !== void 0 && offset + (MODULE.text + 1) * 8 <= size; offset += 8) {
      const word = (index) => Number(elf.view.getBigUint64(section.offset + offset + index * 8, true));
      if (elf.view.getUint32(section.offset + offset, true) !== table.address % 2 ** 32) continue;
      if (word(MODULE.header) === table.address && word(MODULE.names) === table.address + table.namesAt) {
        return { address: section.address + offset, word };
      }
    }
  }
  return void 0;
}
function textStart(elf, table, entries, anchor) {
  const anchored = anchor && entries.find((entry) => entry.name === anchor.name);
  if (anchor !== void 0 && anchored !== void 0) return anchor.address - anchored.offset;
  for (const symbol of symbolsOf(elf)) if (symbol.name === "runtime.text") return symbol.address;
  if (table.recordedText !== 0) return table.recordedText;
  const inModule = findModule(elf, table)?.word(MODULE.text);
  if (inModule !== void 0 && inModule !== 0) return inModule;
  const isExternallyLinked = elf.sections.some((section) => section.name === ".init" || section.name === ".fini");
  return isExternallyLinked ? void 0 : elf.sections.find((section) => section.name === ".text")?.address;
}
function isLineTableSize({ address: start2 }, address) {
  const index = (address - start2) / 8;
  return [MODULE.units, MODULE.files, MODULE.pc, MODULE.functions].some(
    (slice) => index === slice + 1 || index === slice + 2
  );
}
var functionDataAt = (table, module) => module.word(table.hasStartLines ? 40 : 38);
var functionAt = ({ view, functionsAt }, i) => functionsAt + view.getUint32(functionsAt + i * 8 + 4, true);
var recordSize = (table) => table.hasStartLines ? 44 : 40;
var FIELD = { entry: 0, name: 4, arguments: 8, deferReturn: 12, stack: 16, pcTables: 28 };
function sameFunctions(a, b2) {
  if (a.count !== b2.count || a.hasStartLines !== b2.hasStartLines) return false;
  const names = ({ bytes, namesAt, unitsAt }) => bytes.subarray(namesAt, unitsAt);
  if (!sameBytes(names(a), names(b2))) return false;
  for (let i = 0; i < a.count; i++) if (!sameFunction(a, functionAt(a, i), b2, functionAt(b2, i))) return false;
  const end = ({ view, functionsAt, count: count2 }) => view.getUint32(functionsAt + count2 * 8, true);
  return end(a) === end(b2);
}
function sameFunction(a, atA, b2, atB) {
  const isEqual = (field) => a.view.getUint32(atA + field, true) === b2.view.getUint32(atB + field, true);
  const size = recordSize(a);
  const plain = [FIELD.entry, FIELD.name, FIELD.arguments, FIELD.deferReturn, FIELD.pcTables, size - 4];
  if (!plain.every(isEqual)) return false;
  const pcTables = a.view.getUint32(atA + FIELD.pcTables, true);
  const isEqualTable = (field) => sameTable(a, a.view.getUint32(atA + field, true), b2, b2.view.getUint32(atB + field, true));
  if (!isEqualTable(FIELD.stack)) return false;
  for (let i = 0; i < pcTables; i++) if (!isEqualTable(size + i * 4)) return false;
  const data = size + pcTables * 4;
  for (let i = 0; i < a.bytes[atA + size - 1]; i++) if (!isEqual(data + i * 4)) return false;
  return true;
}
function sameTable(a, atA, b2, atB) {
  if (atA === 0 || atB === 0) return atA === atB;
  let isValue = true;
  for (let i = 0; ; i++) {
    const byte = a.bytes[a.pcAt + atA + i];
    if (byte === void 0 || byte !== b2.bytes[b2.pcAt + atB + i]) return false;
    if (byte === 0 && isValue && i > 0) return true;
    if (byte < 128) isValue = !isValue;
  }
}
function lineFields(table, module) {
  const fields = /* @__PURE__ */ new Set();
  const data = functionDataAt(table, module);
  const [size, lines] = table.hasStartLines ? [16, [12]] : [20, [4, 8]];
  const INLINED_CALLS = { table: 2, data: 3 };
  for (let i = 0; i < table.count; i++) {
    const at = functionAt(table, i);
    const pcTables = table.view.getUint32(at + FIELD.pcTables, true);
    const arrays = at + recordSize(table);
    if (pcTables <= INLINED_CALLS.table || table.bytes[arrays - 1] <= INLINED_CALLS.data) continue;
    const tree = table.view.getUint32(arrays + (pcTables + INLINED_CALLS.data) * 4, true);
    if (tree === 4294967295) continue;
    const calls = greatest(table, table.view.getUint32(arrays + INLINED_CALLS.table * 4, true)) + 1;
    for (let call = 0; call < calls; call++) for (const line of lines) fields.add(data + tree + call * size + line);
  }
  return fields;
}
function greatest({ bytes, pcAt }, offset) {
  if (offset === 0) return -1;
  let at = pcAt + offset;
  const varint = () => {
    let value2 = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value2 |= (byte & 127) << shift;
      if (byte < 128) return value2 >>> 0;
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

// src/binary/instructions.ts
function sameInstructions(machine, base, head, isSamePlace) {
  if (base.bytes.length !== head.bytes.length) return false;
  if (machine === "amd64") return sameAmd64(base, head, isSamePlace);
  if (machine === "arm64") return sameArm64(base, head, isSamePlace);
  return base.address === head.address && sameBytes(base.bytes, head.bytes);
}
function sameAmd64(base, head, isSamePlace) {
  const [a, b2] = [base.bytes, head.bytes];
  const end = a.length;
  for (let at = 0; at < end; ) {
    const instruction = decodeAmd64(a, at, end);
    if (instruction === 0) return sameBytes(a.subarray(at), b2.subarray(at));
    const next = at + (instruction & 15);
    const operand = at + (instruction >> 4);
    if (operand === at) {
      for (; at < next; at++) if (a[at] !== b2[at]) return false;
      continue;
    }
    for (; at < operand; at++) if (a[at] !== b2[at]) return false;
    for (at += 4; at < next; at++) if (a[at] !== b2[at]) return false;
    const before = next + int32(a, operand);
    const after = next + int32(b2, operand);
    if (before >= 0 && before < end) {
      if (before !== after) return false;
    } else if (!isSamePlace(base.address + before, head.address + after)) {
      return false;
    }
  }
  return true;
}
var int32 = (bytes, at) => bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16 | bytes[at + 3] << 24;
var ONE_BYTE = `
  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx  mmmmbzxx mmmmbzxx
  ........ ........  ........ ........  xxxm.... zMbB....  bbbbbbbb bbbbbbbb
  BMxBmmmm mmmmmmmm  ........ ..x.....  oooo.... bz......  bbbbbbbb vvvvvvvv
  BBw...BM e.w..bx.  mmmmxxx. mmmmmmmm  bbbbbbbb rrxb....  ......gG ......mm`;
var TWO_BYTES = `
  mmmmx... ..x.xm.B  mmmmmmmm mmmmmmmm  mmmmxxxx mmmmmmmm  ......x. xxxxxxxx
  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  BBBBmmm. mmmmmmmm
  rrrrrrrr rrrrrrrr  mmmmmmmm mmmmmmmm  ...mBmxx ...mBmmm  mmmmmmmm mmBmmmmm
  mmBmBBBm ........  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm  mmmmmmmm mmmmmmmm`;
var codes = (map) => Uint8Array.from(map.replace(/\s/g, ""), (letter) => letter.charCodeAt(0));
var [ONE, TWO] = [codes(ONE_BYTE), codes(TWO_BYTES)];
var [m, M, B, b, w, z, r, v, o, e, g, G, x] = codes("mMBbwzrvoegGx");
function decodeAmd64(code, at, end) {
  let i = at;
  let isShort = false;
  let isNarrow = false;
  for (; ; i++) {
    const prefix = code[i];
    if (prefix === 102) isShort = true;
    else if (prefix === 103) isNarrow = true;
    else if (prefix !== 240 && prefix !== 242 && prefix !== 243 && (prefix & 231) !== 38 && (prefix & 254) !== 100)
      break;
  }
  let isLong = false;
  if ((code[i] & 240) === 64) isLong = (code[i++] & 8) !== 0;
  let opcode = code[i++];
  let kind;
  if (opcode === 197 || opcode === 196 || opcode === 98) {
    const map = opcode === 197 ? 1 : code[i] & (opcode === 196 ? 31 : 7);
    i += opcode === 197 ? 1 : opcode === 196 ? 2 : 3;
    opcode = code[i++];
    if (map === 1) kind = TWO[opcode];
    else if (map === 3) kind = B;
    else if (map === 2 || map === 5 || map === 6) kind = m;
    else return 0;
  } else if (opcode === 15) {
    opcode = code[i++];
    if (opcode === 56 || opcode === 58) {
      i++;
      kind = opcode === 56 ? m : B;
    } else {
      kind = TWO[opcode];
    }
  } else {
    kind = ONE[opcode];
  }
  const wide = isShort && !isLong ? 2 : 4;
  let operand = 0;
  if (kind === m || kind === M || kind === B || kind === g || kind === G) {
    const modRm = code[i++];
    const mode = modRm >> 6;
    const register = modRm & 7;
    if (mode === 0 && register === 5) {
      operand = i - at;
      i += 4;
    } else if (mode !== 3) {
      const isIndexed = register === 4;
      const bare = isIndexed && mode === 0 && (code[i] & 7) === 5;
      i += (isIndexed ? 1 : 0) + (mode === 1 ? 1 : mode === 2 || bare ? 4 : 0);
    }
    if (kind === B || kind === g && (modRm & 56) < 16) i += 1;
    else if (kind === M || kind === G && (modRm & 56) < 16) i += wide;
  } else if (kind === b) i += 1;
  else if (kind === w) i += 2;
  else if (kind === z) i += wide;
  else if (kind === v) i += isLong ? 8 : wide;
  else if (kind === o) i += isNarrow ? 4 : 8;
  else if (kind === e) i += 3;
  else if (kind === r) {
    operand = i - at;
    i += 4;
  } else if (kind === x || kind === void 0) return 0;
  return i > end || i - at > 15 ? 0 : i - at | operand << 4;
}
function sameArm64(base, head, isSamePlace) {
  const [a, b2] = [base.bytes, head.bytes];
  const end = a.length - a.length % 4;
  for (let at = 0; at < end; at += 4) {
    const [before, after] = [int32(a, at), int32(b2, at)];
    const isPage = (before & 2667577344 | 0) === (2415919104 | 0);
    const isNear = (before & 2667577344) === 268435456;
    const isBranch = (before & 2080374784) === 335544320;
    if (isBranch) {
      if (((before ^ after) & 4227858432) !== 0) return false;
      const [from, to] = [at + (before << 6 >> 4), at + (after << 6 >> 4)];
      if (from >= 0 && from < end ? from !== to : !isSamePlace(base.address + from, head.address + to)) return false;
    } else if (isPage || isNear) {
      if (((before ^ after) & 2667577375) !== 0) return false;
      const [low, high] = isPage ? [offsetOf(a, at, before), offsetOf(b2, at, after)] : [0, 0];
      if (low === void 0 || high === void 0) return false;
      const from = (isPage ? base.address + at - (base.address + at) % 4096 : base.address + at) + immediate(before, isPage) + low;
      const to = (isPage ? head.address + at - (head.address + at) % 4096 : head.address + at) + immediate(after, isPage) + high;
      if (!isSamePlace(from, to)) return false;
      if (isPage) {
        at += 4;
        if (((int32(a, at) ^ int32(b2, at)) & ~4193280) !== 0) return false;
      }
    } else if (before !== after) {
      return false;
    }
  }
  return sameBytes(a.subarray(end), b2.subarray(end));
}
function immediate(instruction, isPage) {
  const value = (instruction >> 5 & 524287) << 13 >> 11 | instruction >>> 29 & 3;
  return isPage ? value * 4096 : value;
}
function offsetOf(code, at, page) {
  const instruction = at + 8 <= code.length ? int32(code, at + 4) : 0;
  if ((instruction >> 5 & 31) !== (page & 31)) return void 0;
  const offset = instruction >> 10 & 4095;
  if ((instruction & 4290772992 | 0) === (2432696320 | 0)) return offset;
  if ((instruction & 989855744) !== 956301312) return void 0;
  const isQuad = (instruction & 75497472) === 75497472;
  return offset << (isQuad ? 4 : instruction >>> 30);
}

// src/binary/changed-functions.ts
function changedCode(base, head) {
  if (base.isMachO || head.isMachO) return { changed: [], added: [], removed: [] };
  return new FunctionComparison(base, head).result();
}
function placesOf(elf, label) {
  const functions = goFunctions(elf, label);
  const sections = elf.sections.filter(({ flags, size }) => (flags & SHF_ALLOC) !== 0 && (flags & SHF_THREAD) === 0 && size > 0).sort((a, b2) => a.address - b2.address);
  const objects = [...symbolsOf(elf)].filter(
    ({ name, size, isFunction }) => !isFunction && (size > 0 || REGION.test(name))
  );
  objects.sort((a, b2) => a.address - b2.address);
  return {
    elf,
    functions,
    starts: Float64Array.from(functions, ({ start: start2 }) => start2),
    sections,
    objects,
    objectStarts: Float64Array.from(objects, ({ address }) => address)
  };
}
var REGION = /^(?:(type)[.:]\*|go[.:](string)\.\*|runtime\.(gcbits)\.\*|go[.:]func.*)$/;
function lastUpTo(numbers, value) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = low + high >>> 1;
    if (numbers[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
function functionIndex({ functions, starts }, address) {
  const i = lastUpTo(starts, address);
  return i >= 0 && address < functions[i].end ? i : -1;
}
function objectAt({ objects, objectStarts }, address) {
  const object = objects[lastUpTo(objectStarts, address)];
  return object !== void 0 && address < object.address + object.size ? object : void 0;
}
function regionAt({ objects, objectStarts }, address) {
  const mark = objects[lastUpTo(objectStarts, address)];
  if (mark === void 0 || mark.size > 0) return void 0;
  const [, type, string, bits] = REGION.exec(mark.name) ?? [];
  return type ?? string ?? bits;
}
var sectionAt = ({ sections }, address) => sections.find((section) => address >= section.address && address < section.address + section.size);
var NUMBERED = /^(.*(?:\.\.[A-Za-z]+[._]|\.jump|\.stmp_))\d+$/;
var MOST_BYTES = 4096;
var TYPE_BYTES = 24;
var DEEPEST = 2;
var FunctionComparison = class {
  base;
  head;
  /** For each function of the base the index of its partner in the head; -1 for none. */
  partners;
  added = [];
  removed = [];
  changed = /* @__PURE__ */ new Set();
  /** Places of both sides that are known to be the same. */
  known = /* @__PURE__ */ new Map();
  /** Uses of read-only data without a name or size: compared at the end, when it is known where the next one begins. */
  uses = [];
  constructor(base, head) {
    this.base = placesOf(base, "base");
    this.head = placesOf(head, "head");
    this.partners = this.pair();
  }
  result() {
    const { base, head, changed } = this;
    for (const [i, fn] of base.functions.entries()) {
      const partner = head.functions[this.partners[i]];
      if (partner !== void 0 && !this.isSame(fn, partner)) changed.add(fn.name);
    }
    this.compareUses();
    return {
      changed: [...new Set(base.functions.map(({ name }) => name))].filter((name) => changed.has(name)),
      added: this.added,
      removed: this.removed
    };
  }
  pair() {
    const waiting = /* @__PURE__ */ new Map();
    for (const [i, { name }] of this.head.functions.entries()) {
      const indexes = waiting.get(name);
      if (indexes === void 0) waiting.set(name, [i]);
      else indexes.push(i);
    }
    const taken = /* @__PURE__ */ new Map();
    const partners = Int32Array.from(this.base.functions, ({ name }) => {
      const index = taken.get(name) ?? 0;
      taken.set(name, index + 1);
      return waiting.get(name)?.[index] ?? -1;
    });
    for (const [name, indexes] of waiting) {
      const count2 = taken.get(name);
      if (count2 === void 0) this.added.push(name);
      else if (count2 !== indexes.length) this.changed.add(name);
    }
    for (const name of taken.keys()) if (!waiting.has(name)) this.removed.push(name);
    return partners;
  }
  isSame(a, b2) {
    const { machine } = this.base.elf;
    if (machine !== this.head.elf.machine) return false;
    const [before, after] = [codeOf(this.base, a), codeOf(this.head, b2)];
    return sameInstructions(machine, before, after, (from, to) => this.isSamePlace(a.name, from, to));
  }
  isSamePlace(name, a, b2) {
    if (this.known.get(a) === b2) return true;
    const answer = this.comparePlaces(a, b2, 0);
    if (answer === "unknown") this.uses.push({ name, base: a, head: b2 });
    else if (answer === "same") this.known.set(a, b2);
    return answer !== "differs";
  }
  /** 'unknown': both in read-only data, of a size that nobody tells. */
  comparePlaces(a, b2, depth) {
    const { base, head } = this;
    const told = (isSame) => isSame ? "same" : "differs";
    const fn = functionIndex(base, a);
    if (fn !== -1) {
      const partner = this.partners[fn];
      if (partner === -1) return "differs";
      return told(a - base.starts[fn] === b2 - head.starts[partner]);
    }
    const [before, after] = [sectionAt(base, a), sectionAt(head, b2)];
    if (before === void 0 || after === void 0) return told(before === after);
    if (before.name !== after.name) return "differs";
    const [object, other] = [objectAt(base, a), objectAt(head, b2)];
    if (object === void 0 || other === void 0) {
      if (object !== other) return "differs";
      return (before.flags & (SHF_WRITE | SHF_EXECUTE)) !== 0 && !isReadOnlyLater(before) ? "same" : "unknown";
    }
    const numbered = NUMBERED.exec(object.name)?.[1];
    const isSameName = numbered === void 0 ? object.name === other.name : numbered === NUMBERED.exec(other.name)?.[1];
    if (!isSameName || a - object.address !== b2 - other.address) return "differs";
    const isVariable = (before.flags & SHF_WRITE) !== 0 && !isReadOnlyLater(before);
    if (isVariable && numbered === void 0 || before.type === SHT.nobits) return "same";
    if (object.size !== other.size) return "differs";
    return told(this.isSameContent(object.address, other.address, Math.min(object.size, MOST_BYTES), depth));
  }
  /** Whether both places hold the same `size` bytes; pointers are compared by what they lead to. */
  isSameContent(a, b2, size, depth) {
    const [before, after] = [bytesAt(this.base, a, size), bytesAt(this.head, b2, size)];
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
  isSamePointer(a, b2, address, depth) {
    if (sectionAt(this.base, a) === void 0) return false;
    if (this.known.get(a) === b2) return true;
    const answer = depth > DEEPEST ? "same" : this.comparePlaces(a, b2, depth);
    if (answer !== "unknown") return answer === "same";
    const isText = regionAt(this.base, a) === "string";
    const size = isText ? Math.min(TYPE_BYTES, wordAt(bytesAt(this.base, address + 8, 8), 0)) : this.knownSize(a);
    return this.isSameContent(a, b2, size, depth);
  }
  compareUses() {
    const [before, after] = [this.uses.map((use) => use.base), this.uses.map((use) => use.head)];
    const [starts, otherStarts] = [Float64Array.from(new Set(before)).sort(), Float64Array.from(new Set(after)).sort()];
    for (const { name, base, head } of this.uses) {
      if (this.changed.has(name) || this.known.get(base) === head) continue;
      const ahead = regionAt(this.base, base) === "string" ? STRINGS_AHEAD : 1;
      const room = Math.min(roomAt(this.base, starts, base, ahead), roomAt(this.head, otherStarts, head, ahead));
      const size = Math.min(room, this.knownSize(base));
      if (this.isSameContent(base, head, size, 0)) this.known.set(base, head);
      else this.changed.add(name);
    }
  }
  /** How many bytes without a name belong together at least, or are likely to. */
  knownSize(address) {
    const isAligned = address % 8 === 0;
    switch (regionAt(this.base, address)) {
      case "type":
        return isAligned ? TYPE_BYTES : 4;
      case "string":
        return TYPE_BYTES;
      case "gcbits":
        return 1;
      default:
        return isAligned ? 8 : 4;
    }
  }
};
var isReadOnlyLater = ({ name }) => name.startsWith(".data.rel.ro");
var STRINGS_AHEAD = 32;
function roomAt({ objectStarts }, starts, address, count2) {
  const first = lastUpTo(starts, address);
  const object = objectStarts[lastUpTo(objectStarts, address) + 1] ?? Number.POSITIVE_INFINITY;
  let room = object - address;
  for (let i = first; i < first + count2 && i + 1 < starts.length && starts[i + 1] <= object; i++) {
    room = Math.min(room, starts[i + 1] - starts[i]);
  }
  return room;
}
var NOTHING = new DataView(new ArrayBuffer(8));
function bytesAt(places, address, size) {
  const section = sectionAt(places, address);
  if (section === void 0 || section.type === SHT.nobits) return NOTHING;
  const offset = address - section.address;
  const { bytes } = places.elf;
  return new DataView(bytes.buffer, bytes.byteOffset + section.offset + offset, Math.min(size, section.size - offset));
}
function codeOf(places, { start: start2, end }) {
  const { elf } = places;
  const section = sectionAt(places, start2);
  const from = section === void 0 ? 0 : section.offset + start2 - section.address;
  const filling = elf.machine === "amd64" ? 204 : 0;
  let to = section === void 0 ? 0 : from + end - start2;
  while (to > from && elf.bytes[to - 1] === filling) to--;
  if (elf.machine === "arm64") to = from + Math.ceil((to - from) / 4) * 4;
  return { bytes: elf.bytes.subarray(from, to), address: start2 };
}

// src/binary/same-code.ts
function compareCode(base, head) {
  if (sameBytes(base.bytes, head.bytes)) return { same: true, differing: [] };
  if (base.isMachO || head.isMachO) return { same: false, differing: ["the file"] };
  const before = imageOf(base, "base");
  const after = imageOf(head, "head");
  const names = before.pieces.map(({ name }) => name);
  const others = after.pieces.map(({ name }) => name);
  const isPaired = names.length === others.length && names.every((name, i) => name === others[i]);
  if (!isPaired || base.machine !== head.machine || base.isRelocatable !== head.isRelocatable) {
    const lonely = [
      ...names.filter((name) => !others.includes(name)),
      ...others.filter((name) => !names.includes(name))
    ];
    return { same: false, differing: lonely.length > 0 ? unique(lonely) : ["the layout of the file"] };
  }
  const differing = new Comparison(before, after).differing();
  return { same: differing.length === 0, differing };
}
var unique = (names) => [...new Set(names)];
var PAGE = 4096;
function imageOf(elf, label) {
  const table = functionTable(elf, label);
  const module = findModule(elf, table);
  const pieces = elf.sections.filter(({ name, flags }) => (flags & SHF_ALLOC) !== 0 && !FILE_IDS.has(name)).flatMap((section) => piecesOf(elf, section, table, module));
  return { elf, pieces, table, module, functions: goFunctions(elf, label) };
}
function piecesOf(elf, section, table, module) {
  const all = sectionBytes(elf, section);
  const piece = (from, to, kind2) => {
    const bytes = all.subarray(from, to);
    return {
      name: section.name,
      address: section.address + from,
      size: to - from,
      bytes,
      view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      kind: kind2,
      attributes: `${section.type} ${section.flags} ${section.entrySize}`
    };
  };
  const tableAt = table.address - section.address;
  if (tableAt >= 0 && tableAt < section.size && all.length > 0) {
    if (section.name.endsWith(".gopclntab")) return [piece(0, section.size, "table")];
    const functions = module?.word(MODULE.functions) ?? 0;
    const length = module?.word(MODULE.functions + 1) ?? 0;
    const tableEnd = functions + length - section.address;
    if (tableEnd > tableAt && tableEnd <= section.size) {
      return [piece(0, tableAt, "data"), piece(tableAt, tableEnd, "table"), piece(tableEnd, section.size, "data")];
    }
  }
  const kind = (section.flags & SHF_THREAD) !== 0 ? "thread" : (section.flags & SHF_EXECUTE) !== 0 ? "code" : section.name.startsWith(".eh_frame") ? "unwinding" : "data";
  return [piece(0, section.size, kind)];
}
var Comparison = class {
  base;
  head;
  /** Where the base keeps what only tells source lines, 4 bytes each. */
  lineFields;
  isMoved;
  constructor(base, head) {
    this.base = base;
    this.head = head;
    this.lineFields = base.module === void 0 ? /* @__PURE__ */ new Set() : lineFields(base.table, base.module);
    this.isMoved = base.pieces.some(({ address }, i) => address !== head.pieces[i].address);
  }
  differing() {
    const { base, head } = this;
    return unique(base.pieces.filter((piece, i) => !this.isSame(piece, head.pieces[i])).map(({ name }) => name));
  }
  isSame(a, b2) {
    if (a.attributes !== b2.attributes) return false;
    if (a.kind === "table") return this.isSameTable(a, b2);
    if (a.size !== b2.size) return false;
    if (a.kind === "thread") return sameBytes(a.bytes, b2.bytes);
    if (a.kind === "code") return this.isSameText(a, b2);
    return this.isSameData(a, b2);
  }
  /** Whether both addresses are the same place: as far from the beginning of the same piece, or from its end. */
  isSamePlace = (a, b2) => {
    const { pieces } = this.base;
    let isInside = false;
    for (let i = 0; i < pieces.length; i++) {
      const before = pieces[i];
      const after = this.head.pieces[i];
      if (before.kind === "thread") continue;
      const [from, to] = [a - before.address, b2 - after.address];
      const [isIn, isInToo] = [from >= 0 && from < before.size, to >= 0 && to < after.size];
      if (isIn && isInToo && (from === to || before.kind === "table")) return true;
      if (from === before.size && to === after.size) return true;
      isInside ||= isIn || isInToo;
    }
    if (isInside) return false;
    return pieces.some((before, i) => {
      const distance = a - before.address - before.size;
      const after = this.head.pieces[i];
      return distance >= 0 && distance < PAGE && distance === b2 - after.address - after.size;
    });
  };
  isSameText(a, b2) {
    if (!this.isMoved) return sameBytes(a.bytes, b2.bytes);
    let at = 0;
    const isSameUpTo = (end) => {
      const before = { bytes: a.bytes.subarray(at, end), address: a.address + at };
      const after = { bytes: b2.bytes.subarray(at, end), address: b2.address + at };
      at = end;
      return sameInstructions(this.base.elf.machine, before, after, this.isSamePlace);
    };
    for (const { start: start2, end } of this.base.functions) {
      const [from, to] = [start2 - a.address, end - a.address];
      if (from < at || to > a.size) continue;
      if (!isSameUpTo(from) || !isSameUpTo(to)) return false;
    }
    return isSameUpTo(a.size);
  }
  isSameData(a, b2) {
    const length = a.bytes.length;
    let at = 0;
    while (at + 4 <= length) {
      if (a.view.getUint32(at, true) === b2.view.getUint32(at, true) || this.lineFields.has(a.address + at)) {
        at += 4;
        continue;
      }
      const word = at - at % 8;
      if (word + 8 <= length && this.isSameWord(a, b2, word)) at = word + 8;
      else if (a.kind === "unwinding" && this.isSameOffset(a, b2, at)) at += 4;
      else return false;
    }
    return sameBytes(a.bytes.subarray(at), b2.bytes.subarray(at));
  }
  isSameWord(a, b2, at) {
    const [before, after] = [wordAt(a.view, at), wordAt(b2.view, at)];
    const { module } = this.base;
    return this.isSamePlace(before, after) || module !== void 0 && isLineTableSize(module, a.address + at);
  }
  /** In .eh_frame and .eh_frame_hdr: signed, relative to the field or to the beginning of the section. */
  isSameOffset(a, b2, at) {
    const [before, after] = [a.view.getInt32(at, true), b2.view.getInt32(at, true)];
    return this.isSamePlace(a.address + at + before, b2.address + at + after) || this.isSamePlace(a.address + before, b2.address + after);
  }
  isSameTable(a, b2) {
    return sameBytes(a.bytes, b2.bytes) || sameFunctions(this.base.table, this.head.table) && this.isSameTail();
  }
  /** From Go 1.26 on the functions' data lies behind the table proper. */
  isSameTail() {
    const tail = ({ table, module }) => {
      const from = module === void 0 ? -1 : functionDataAt(table, module) - table.address;
      return { from, bytes: from < 0 ? table.bytes.subarray(0, 0) : table.bytes.subarray(from) };
    };
    const [a, b2] = [tail(this.base), tail(this.head)];
    const { address } = this.base.table;
    return this.base.module !== void 0 && a.bytes.length === b2.bytes.length && a.bytes.every((byte, i) => byte === b2.bytes[i] || this.lineFields.has(address + a.from + i - i % 4));
  }
};

// src/run/build-sides.ts
async function buildForComparison(job) {
  const prepare2 = (side, signal) => prepareSide(job, side, signal);
  const prepared = await eachSide(job, ["base", "head"], prepare2);
  const base = await build(job, prepared[0], "base");
  const head = await build(job, prepared[1], "head");
  const isSame = base.built.goVersion === head.built.goVersion && compareCode(base.elf, head.elf).same;
  const changed = isSame ? [] : changedCode(base.elf, head.elf).changed;
  for (const side of [base, head]) {
    const { prepared: prepared2, code, goVersion } = side.built;
    job.progress.detail(`${prepared2.spec.label}: built by ${goVersion}, digest of its machine code ${code}`);
  }
  const isRead = !base.elf.isMachO && !head.elf.isMachO;
  const differing = isRead ? `the machine code of ${changed.length} Go functions differs` : NOT_READ;
  job.progress.detail(isSame ? "base and head are the same machine code" : differing);
  return { base: base.built, head: head.built, isSame, isRead, changed };
}
var NOT_READ = "machine code is compared on Linux only: what the commit changed is known by the source alone";
async function buildComparable(job, side) {
  const prepared = await prepareSide(job, side, job.world.signal);
  return (await build(job, prepared, side)).built;
}
async function build(job, preparedFor, side) {
  const prepared = { ...preparedFor, spec: { ...preparedFor.spec, signal: job.world.signal } };
  const linked = await linkSide(job, prepared, side, true);
  const { elf, goVersion, moduleInfo, fingerprint } = linked;
  const settings = buildSettings(moduleInfo);
  const undeclared = await proveInjected(prepared, linked);
  let program;
  const linkProgram = (signal) => linkSide(job, { ...prepared, spec: { ...prepared.spec, signal } }, side, false).catch((error) => {
    program = void 0;
    throw error;
  });
  const forMeasuring = (signal) => {
    program ??= linkProgram(signal);
    return program;
  };
  return {
    built: { prepared, goVersion, settings, fingerprint, code: codeDigest(elf), undeclared, forMeasuring },
    elf
  };
}
function buildForMeasuring(job, sides, built) {
  return eachSide(job, sides, (side, signal) => built[side].forMeasuring(signal));
}
var BUILD_BYTES = 3e9;
async function eachSide({ world }, sides, act) {
  const { memory, signal } = world;
  if (memory.freeBytes() > sides.length * BUILD_BYTES) return atOnce(sides, signal, act);
  const results = [];
  for (const side of sides) results.push(await act(side, signal));
  return results;
}
function prepareSide(job, side, signal) {
  const { config, checkouts, serviceDirectory, sides, work, output, world, progress } = job;
  const { setup, build: build2 } = config.service;
  const { version, commit } = sides[side];
  const logFile = join(output.side(side), "logs", "build.log");
  progress.detail(`${side}: all that its builds say is in ${logFile}`);
  const prepared = prepare({
    label: side,
    directory: join(checkouts[side].directory, serviceDirectory),
    package: packageOf(job, side),
    setup,
    build: build2,
    // go leaves what it was working on behind when it is interrupted.
    env: { ...world.env, GOTMPDIR: work, TMPDIR: work },
    signal,
    logFile,
    tell: (line) => progress.detail(`${side}: ${redact(line, secretsOf(build2.env))}`),
    placeholders: { version, commit }
  });
  return prepared.catch((error) => {
    throw withoutSubmodules(error, checkouts[side]);
  });
}
var packageOf = ({ config, basePackage }, side) => (side === "base" ? basePackage : void 0) ?? config.service.package;
function withoutSubmodules(error, { warnings }) {
  const { paths } = warnings.find(({ code }) => code === "submodules-empty") ?? {};
  if (paths === void 0 || !(error instanceof MeasurementError)) return error;
  const { message, detail = "", cause } = error;
  return new MeasurementError(message, {
    hint: `this clone does not have the submodules ${few(paths)}: git submodule update --init --recursive (actions/checkout: with submodules: recursive)`,
    detail,
    cause
  });
}
function linkSide(job, prepared, side, isComparable) {
  const { config, sides, work } = job;
  const { version, commit, shortCommit, branch, commitTime } = sides[side];
  const values = { version, commit, shortCommit, branch: branch ?? "", buildTime: commitTime };
  const inject = Object.fromEntries(
    Object.entries(config.service.inject).map(([name, template]) => [name, fill(template, values)])
  );
  const directory = isComparable ? "comparable" : "bin";
  const output = join(work, side, directory, config.service.name);
  return link(prepared, { output, inject, isComparable }).catch((error) => {
    throw withoutSubmodules(error, job.checkouts[side]);
  });
}

// src/run/side-manifest.ts
import { createHash as createHash2 } from "node:crypto";

// src/measure/processor.ts
import { readFileSync } from "node:fs";
var AMD64 = ["abm", "avx", "avx2", "bmi1", "cx16", "f16c", "pni", "rdrand", "rdseed", "rdtscp", "ssse3"];
function processorFeatures({ platform }) {
  if (platform !== "linux") return "";
  const lines = readFileSync("/proc/cpuinfo", "latin1").split("\n");
  const entry = (name) => lines.find((line) => line.startsWith(name))?.split(":")[1]?.trim().split(/\s+/);
  const flags = entry("flags");
  return (flags?.filter((flag) => AMD64.includes(flag)) ?? entry("Features") ?? []).sort().join(" ");
}

// src/measure/valgrind.ts
import { readdirSync, readFileSync as readFileSync2, rmSync } from "node:fs";
import { basename, dirname, join as join2 } from "node:path";

// src/profile/callgrind.ts
var CODE = {
  newline: 10,
  space: 32,
  tab: 9,
  open: 40,
  close: 41,
  star: 42,
  plus: 43,
  minus: 45,
  zero: 48,
  nine: 57,
  equals: 61,
  x: 120
};
function parseCallgrind(bytes, label) {
  const decoder = new TextDecoder();
  const contexts = [];
  const contextOf = /* @__PURE__ */ new Map();
  const objects = /* @__PURE__ */ new Map();
  const functions = /* @__PURE__ */ new Map();
  const costs = { context: [], address: [], count: [] };
  const calls = {
    caller: [],
    site: [],
    callee: [],
    target: [],
    count: [],
    inclusive: []
  };
  let at = 0;
  let object = "";
  let calledObject;
  let context = -1;
  let callee = -1;
  let pendingCalls = -1;
  let target = 0;
  let address = 0;
  let sum = 0;
  let total;
  const refuse = (why) => {
    throw new MeasurementError(`${label}: ${why}`, { hint: "the file was not written to its end; measure again" });
  };
  const number = () => {
    let value = 0;
    if (bytes[at] === CODE.zero && bytes[at + 1] === CODE.x) {
      at += 2;
      for (; ; ) {
        const c = bytes[at] ?? 0;
        const digit = c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : -1;
        if (digit < 0) return value;
        value = value * 16 + digit;
        at++;
      }
    }
    const start2 = at;
    for (let c = bytes[at] ?? 0; c >= CODE.zero && c <= CODE.nine; c = bytes[++at] ?? 0)
      value = value * 10 + c - CODE.zero;
    if (at === start2) refuse(`byte ${at} should be a number`);
    return value;
  };
  const skipSpace = () => {
    while (bytes[at] === CODE.space) at++;
  };
  const position = () => {
    const sign = bytes[at];
    let position2 = address;
    if (sign === CODE.star) at++;
    else if (sign === CODE.plus) {
      at++;
      position2 += number();
    } else if (sign === CODE.minus) {
      at++;
      position2 -= number();
    } else position2 = number();
    skipSpace();
    return position2;
  };
  const name = (names, end) => {
    if (bytes[at] !== CODE.open) return decoder.decode(bytes.subarray(at, end));
    at++;
    const id = number();
    at++;
    if (at >= end) return names.get(id) ?? refuse(`a name (${id}) is used before it is given`);
    const text = decoder.decode(bytes.subarray(at + 1, end));
    names.set(id, text);
    return text;
  };
  const contextIndex = (chain, file) => {
    const known = contextOf.get(chain);
    if (known !== void 0) return known;
    contextOf.set(chain, contexts.length);
    return contexts.push({ chain, object: file }) - 1;
  };
  const head = decoder.decode(bytes.subarray(0, 4096));
  if (!head.includes("creator: callgrind")) refuse("this is not a callgrind profile");
  if (!/^positions: instr$/m.test(head) || !/^events: Ir$/m.test(head))
    refuse("it does not hold counts of instructions");
  while (at < bytes.length) {
    let end = bytes.indexOf(CODE.newline, at);
    if (end === -1) end = bytes.length;
    const c = bytes[at] ?? 0;
    if (c >= CODE.zero && c <= CODE.nine || c === CODE.plus || c === CODE.minus || c === CODE.star) {
      if (context < 0) refuse("a count stands before any function");
      const here = position();
      if (at >= end) refuse("a count is cut off");
      const count2 = number();
      if (pendingCalls >= 0) {
        calls.caller.push(context);
        calls.site.push(here);
        calls.callee.push(callee);
        calls.target.push(target);
        calls.count.push(pendingCalls);
        calls.inclusive.push(count2);
        pendingCalls = -1;
        calledObject = void 0;
      } else {
        address = here;
        costs.context.push(context);
        costs.address.push(address);
        costs.count.push(count2);
        sum += count2;
      }
    } else if (end - at > 3) {
      const equals = bytes.indexOf(CODE.equals, at);
      const key = equals > 0 && equals - at < 6 ? decoder.decode(bytes.subarray(at, equals)) : "";
      if (key !== "") at = equals + 1;
      if (key === "fn") context = contextIndex(name(functions, end), object);
      else if (key === "cfn") callee = contextIndex(name(functions, end), calledObject ?? object);
      else if (key === "calls") {
        pendingCalls = number();
        skipSpace();
        target = position();
      } else if (key === "ob") object = name(objects, end);
      else if (key === "cob") calledObject = name(objects, end);
      else if (decoder.decode(bytes.subarray(at, at + 8)) === "totals: ") {
        at += 8;
        total = number();
      }
    }
    at = end + 1;
  }
  if (total === void 0) return refuse("it is cut off: the total at its end is missing");
  if (total !== sum) return refuse(`it is damaged: its counts add up to ${sum}, its total says ${total}`);
  return { contexts, costs, calls, total };
}

// src/measure/valgrind.ts
var OLDEST = [3, 15];
async function findValgrind(world) {
  const hint = "install the distribution's package: apt-get install valgrind, dnf install valgrind, apk add valgrind";
  if (world.platform !== "linux")
    return {
      missing: `valgrind counts instructions on Linux only, this is ${world.platform}`,
      hint: "run perf-gate on Linux, for example in CI"
    };
  const env = world.env;
  const run = (command) => execa(command, ["--version"], { env, extendEnv: false, reject: false, timeout: 2e4 });
  const valgrind = await run("valgrind");
  const version = /^valgrind-(\d+)\.(\d+)/.exec(typeof valgrind.stdout === "string" ? valgrind.stdout : "");
  if (version === null)
    return { missing: valgrind.code === "ENOENT" ? "valgrind is not installed" : doesNotRun(valgrind.stderr), hint };
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (major < OLDEST[0] || major === OLDEST[0] && minor < OLDEST[1]) {
    return {
      missing: `valgrind ${major}.${minor} is too old`,
      hint: `perf-gate needs valgrind ${OLDEST.join(".")} or newer`
    };
  }
  return { version: valgrind.stdout.trim().replace("valgrind-", "") };
}
function doesNotRun(stderr) {
  const [said = ""] = plainText(stderr ?? "").split("\n");
  return said === "" ? "valgrind does not run" : `valgrind does not run: ${said}`;
}
function callgrind(files, callers) {
  const output = `${files}.out`;
  const log = `${files}.log`;
  return {
    wrapper: {
      command: "valgrind",
      args: [
        "--tool=callgrind",
        "--instr-atstart=no",
        "--dump-instr=yes",
        "--dump-line=no",
        `--separate-callers=${callers}`,
        "--separate-recs=1",
        "--child-silent-after-fork=yes",
        "--vgdb=no",
        `--callgrind-out-file=${output}`,
        `--log-file=${log}`
      ]
    },
    take: () => {
      const written = readdirSync(dirname(output)).find((name) => name.startsWith(`${basename(output)}.`));
      if (written === void 0) throw new MeasurementError("valgrind wrote no counts", { detail: lastWords(log) });
      const file = join2(dirname(output), written);
      const bytes = readFileSync2(file);
      rmSync(file);
      return bytes;
    }
  };
}
function countedBy(counter, side) {
  const profile = parseCallgrind(counter.take(), `the counts of ${side}`);
  if (profile.total === 0) throw new MeasurementError(`valgrind counted no instruction of ${side}`);
  return profile;
}
function lastWords(log) {
  try {
    return readFileSync2(log, "utf8").split("\n").slice(-20).join("\n");
  } catch {
    return "";
  }
}

// src/run/side-manifest.ts
function manifestOf({ config, sides }, side, build2, bench, { answers, ...measured }) {
  const { commit, version, isDirty } = sides[side];
  return {
    schema: MANIFEST_SCHEMA,
    tool: VERSION,
    side,
    service: config.service.name,
    ...config.scenario === void 0 ? {} : { scenario: config.scenario },
    commit,
    version,
    isDirty,
    measuredAt: bench.world.now().toISOString(),
    fingerprint: fingerprintOf(build2, bench, measured.instruments.instructions?.valgrind),
    ...measured,
    warnings: bench.warnings,
    ...answers === void 0 ? {} : { answers }
  };
}
async function fingerprintHere(build2, bench) {
  const valgrind = bench.config.instruments.includes("instructions") ? await findValgrind(bench.world) : void 0;
  const version = valgrind && "version" in valgrind ? valgrind.version : void 0;
  return { tool: VERSION, fingerprint: fingerprintOf(build2, bench, version) };
}
function fingerprintOf(build2, { config, inputs, scenario, command, world }, valgrind) {
  const { args, env, listen, protocol, setup, inject } = config.service;
  const hash = (value) => createHash2("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
  const bodies = scenario.requests.flatMap((request2) => [request2, ...request2.steps]).map(
    ({ body }) => createHash2("sha256").update(body ?? "").digest("hex")
  );
  const fingerprint = {
    ...build2.fingerprint,
    load: hash([config.load, bodies]),
    service: hash({ args, env, listen, protocol, setup, inject, files: inputs.files })
  };
  if (command !== void 0) {
    fingerprint[LOAD_TOOL] = command.version;
    if (Object.keys(command.files).length > 0) fingerprint["load files"] = hash(command.files);
  }
  if (valgrind !== void 0) {
    fingerprint["valgrind"] = valgrind;
    const processor = processorFeatures(world);
    if (processor !== "") fingerprint["processor"] = processor;
  }
  return fingerprint;
}

// src/agent/names.ts
var isAgentFunction = (name) => name.startsWith("main.perfGate") || name.startsWith("main.(*perfGate");

// src/profile/without.ts
function without(profile, refuse) {
  const refusedFunction = profile.functions.map((fn) => refuse(fn.name));
  const refused = profile.locations.map((location) => location.lines.some(({ fn }) => refusedFunction[fn]));
  const { count: count2, starts, stacks, values, labels, labelSets } = profile.samples;
  const kept = [];
  for (let sample = 0; sample < count2; sample++) {
    if (!stacks.subarray(starts[sample], starts[sample + 1]).some((location) => refused[location])) kept.push(sample);
  }
  if (kept.length === count2) return profile;
  const types = profile.sampleTypes.length;
  const stackOf = (sample) => stacks.subarray(starts[sample], starts[sample + 1]);
  const newStarts = new Int32Array(kept.length + 1);
  for (const [i, sample] of kept.entries()) newStarts[i + 1] = newStarts[i] + stackOf(sample).length;
  const newStacks = new Int32Array(newStarts.at(-1));
  for (const [i, sample] of kept.entries()) newStacks.set(stackOf(sample), newStarts[i]);
  return {
    ...profile,
    samples: {
      count: kept.length,
      starts: newStarts,
      stacks: newStacks,
      values: Float64Array.from(kept.flatMap((sample) => [...values.subarray(sample * types, (sample + 1) * types)])),
      labels: Int32Array.from(kept, (sample) => labels[sample]),
      labelSets
    }
  };
}

// src/measure/cpu.ts
import { mkdirSync, writeFileSync } from "node:fs";
import { join as join3 } from "node:path";

// src/profile/encode.ts
import { gzipSync } from "node:zlib";

// node_modules/pprof-format/dist/esm/index.js
var __classPrivateFieldGet = function(receiver, state, kind, f) {
  if (kind === "a" && !f) throw new TypeError("Private accessor was defined without a getter");
  if (typeof state === "function" ? receiver !== state || !f : !state.has(receiver)) throw new TypeError("Cannot read private member from an object whose class did not declare it");
  return kind === "m" ? f : kind === "a" ? f.call(receiver) : f ? f.value : state.get(receiver);
};
var _StringTable_encodings;
var _StringTable_positions;
var lowMaxBig = 2n ** 32n - 1n;
var lowMax = 2 ** 32 - 1;
var lowMaxPlus1 = lowMax + 1;
var toUtf8 = typeof Buffer === "undefined" ? (value) => new TextEncoder().encode(value) : (value) => Buffer.from(value, "utf8");
function countNumberBytes(buffer) {
  if (!buffer.length)
    return 0;
  let i = 0;
  while (i < buffer.length && buffer[i++] >= 128)
    ;
  return i;
}
function decodeBigNumber(buffer) {
  if (!buffer.length)
    return BigInt(0);
  let value = BigInt(buffer[0] & 127);
  let i = 0;
  while (buffer[i++] >= 128) {
    value |= BigInt(buffer[i] & 127) << BigInt(7 * i);
  }
  return value;
}
function makeValue(value, offset = 0) {
  return { value, offset };
}
function getValue(mode, buffer) {
  switch (mode) {
    case kTypeVarInt:
      for (let i = 0; i < buffer.length; i++) {
        if (!(buffer[i] & 128)) {
          return makeValue(buffer.subarray(0, i + 1));
        }
      }
      return makeValue(buffer);
    case kTypeLengthDelim: {
      const offset = countNumberBytes(buffer);
      const size = decodeNumber(buffer);
      return makeValue(buffer.subarray(offset, Number(size) + offset), offset);
    }
    default:
      throw new Error(`Unrecognized value type: ${mode}`);
  }
}
function lowBits(number) {
  return typeof number !== "bigint" ? (number >>> 0) % lowMaxPlus1 : Number(number & lowMaxBig);
}
function highBits(number) {
  return typeof number !== "bigint" ? number / lowMaxPlus1 >>> 0 : Number(number >> 32n & lowMaxBig);
}
function long(number) {
  const sign = number < 0;
  if (sign)
    number = -number;
  let lo = lowBits(number);
  let hi = highBits(number);
  if (sign) {
    hi = ~hi >>> 0;
    lo = ~lo >>> 0;
    if (++lo > lowMax) {
      lo = 0;
      if (++hi > lowMax) {
        hi = 0;
      }
    }
  }
  return [hi, lo];
}
var kTypeVarInt = 0;
var kTypeLengthDelim = 2;
function decodeNumber(buffer) {
  const size = countNumberBytes(buffer);
  if (size > 4)
    return decodeBigNumber(buffer);
  if (!buffer.length)
    return 0;
  let value = buffer[0] & 127;
  let i = 0;
  while (buffer[i++] >= 128) {
    value |= (buffer[i] & 127) << 7 * i;
  }
  return value;
}
function decodeNumbers(buffer) {
  const values = [];
  let start2 = 0;
  for (let i = 0; i < buffer.length; i++) {
    if ((buffer[i] & 128) === 0) {
      values.push(decodeNumber(buffer.subarray(start2, i + 1)));
      start2 = i + 1;
    }
  }
  return values;
}
function push(value, list) {
  if (list == null) {
    return [value];
  }
  list.push(value);
  return list;
}
function pushAll(values, list) {
  if (list == null) {
    return values;
  }
  for (const value of values) {
    list.push(value);
  }
  return list;
}
function measureNumber(number) {
  if (number === 0 || number === 0n)
    return 0;
  const [hi, lo] = long(number);
  const a = lo;
  const b2 = (lo >>> 28 | hi << 4) >>> 0;
  const c = hi >>> 24;
  if (c !== 0) {
    return c < 128 ? 9 : 10;
  }
  if (b2 !== 0) {
    if (b2 < 16384) {
      return b2 < 128 ? 5 : 6;
    }
    return b2 < 2097152 ? 7 : 8;
  }
  if (a < 16384) {
    return a < 128 ? 1 : 2;
  }
  return a < 2097152 ? 3 : 4;
}
function measureValue(value) {
  if (typeof value === "undefined")
    return 0;
  if (typeof value === "number" || typeof value === "bigint") {
    return measureNumber(value) || 1;
  }
  return value.length;
}
function measureArray(list) {
  let size = 0;
  for (const item of list) {
    size += measureValue(item);
  }
  return size;
}
function measureNumberField(number) {
  const length = measureNumber(number);
  return length ? 1 + length : 0;
}
function measureNumberArrayField(values) {
  let total = 0;
  for (const value of values) {
    total += measureNumber(value) || 1;
  }
  return total ? 1 + measureNumber(total) + total : 0;
}
function measureLengthDelimField(value) {
  const length = measureValue(value);
  return length ? 1 + measureNumber(length) + length : 0;
}
function measureLengthDelimArrayField(values) {
  let total = 0;
  for (const value of values) {
    total += measureLengthDelimField(value);
  }
  return total;
}
function encodeNumber(buffer, i, number) {
  if (number === 0 || number === 0n) {
    buffer[i++] = 0;
    return i;
  }
  let [hi, lo] = long(number);
  while (hi) {
    buffer[i++] = lo & 127 | 128;
    lo = (lo >>> 7 | hi << 25) >>> 0;
    hi >>>= 7;
  }
  while (lo > 127) {
    buffer[i++] = lo & 127 | 128;
    lo = lo >>> 7;
  }
  buffer[i++] = lo;
  return i;
}
var emptyTableToken = /* @__PURE__ */ Symbol();
var StringTable = class _StringTable {
  constructor(tok) {
    this.strings = new Array();
    _StringTable_encodings.set(this, new Array());
    _StringTable_positions.set(this, /* @__PURE__ */ new Map());
    if (tok !== emptyTableToken) {
      this.dedup("");
    }
  }
  get encodedLength() {
    let size = 0;
    for (const encoded of __classPrivateFieldGet(this, _StringTable_encodings, "f")) {
      size += encoded.length;
    }
    return size;
  }
  _encodeToBuffer(buffer, offset) {
    for (const encoded of __classPrivateFieldGet(this, _StringTable_encodings, "f")) {
      buffer.set(encoded, offset);
      offset += encoded.length;
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.encodedLength)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static _encodeStringFromUtf8(stringBuffer) {
    const buffer = new Uint8Array(1 + stringBuffer.length + (measureNumber(stringBuffer.length) || 1));
    let offset = 0;
    buffer[offset++] = 50;
    offset = encodeNumber(buffer, offset, stringBuffer.length);
    if (stringBuffer.length > 0) {
      buffer.set(stringBuffer, offset);
    }
    return buffer;
  }
  static _encodeString(string) {
    return _StringTable._encodeStringFromUtf8(toUtf8(string));
  }
  dedup(string) {
    if (typeof string === "number")
      return string;
    if (!__classPrivateFieldGet(this, _StringTable_positions, "f").has(string)) {
      const pos = this.strings.push(string) - 1;
      __classPrivateFieldGet(this, _StringTable_positions, "f").set(string, pos);
      __classPrivateFieldGet(this, _StringTable_encodings, "f").push(_StringTable._encodeString(string));
    }
    return __classPrivateFieldGet(this, _StringTable_positions, "f").get(string);
  }
  _decodeString(buffer) {
    const string = new TextDecoder().decode(buffer);
    __classPrivateFieldGet(this, _StringTable_positions, "f").set(string, this.strings.push(string) - 1);
    __classPrivateFieldGet(this, _StringTable_encodings, "f").push(_StringTable._encodeStringFromUtf8(buffer));
  }
};
_StringTable_encodings = /* @__PURE__ */ new WeakMap(), _StringTable_positions = /* @__PURE__ */ new WeakMap();
function decode(buffer, decoder) {
  const data = {};
  let index = 0;
  while (index < buffer.length) {
    const field = buffer[index] >> 3;
    const mode = buffer[index] & 7;
    index++;
    const { offset, value } = getValue(mode, buffer.subarray(index));
    index += value.length + offset;
    decoder(data, field, value);
  }
  return data;
}
var ValueType = class _ValueType {
  static create(data) {
    return data instanceof _ValueType ? data : new _ValueType(data);
  }
  constructor(data) {
    this.type = data.type || 0;
    this.unit = data.unit || 0;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.type);
    total += measureNumberField(this.unit);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.type) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.type);
    }
    if (this.unit) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.unit);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.type = decodeNumber(buffer);
        break;
      case 2:
        data.unit = decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Label = class _Label {
  static create(data) {
    return data instanceof _Label ? data : new _Label(data);
  }
  constructor(data) {
    this.key = data.key || 0;
    this.str = data.str || 0;
    this.num = data.num || 0;
    this.numUnit = data.numUnit || 0;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.key);
    total += measureNumberField(this.str);
    total += measureNumberField(this.num);
    total += measureNumberField(this.numUnit);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.key) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.key);
    }
    if (this.str) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.str);
    }
    if (this.num) {
      buffer[offset++] = 24;
      offset = encodeNumber(buffer, offset, this.num);
    }
    if (this.numUnit) {
      buffer[offset++] = 32;
      offset = encodeNumber(buffer, offset, this.numUnit);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.key = decodeNumber(buffer);
        break;
      case 2:
        data.str = decodeNumber(buffer);
        break;
      case 3:
        data.num = decodeNumber(buffer);
        break;
      case 4:
        data.numUnit = decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Sample = class _Sample {
  static create(data) {
    return data instanceof _Sample ? data : new _Sample(data);
  }
  constructor(data) {
    this.locationId = data.locationId || [];
    this.value = data.value || [];
    this.label = (data.label || []).map(Label.create);
  }
  get length() {
    let total = 0;
    total += measureNumberArrayField(this.locationId);
    total += measureNumberArrayField(this.value);
    total += measureLengthDelimArrayField(this.label);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.locationId.length) {
      buffer[offset++] = 10;
      offset = encodeNumber(buffer, offset, measureArray(this.locationId));
      for (const locationId of this.locationId) {
        offset = encodeNumber(buffer, offset, locationId);
      }
    }
    if (this.value.length) {
      buffer[offset++] = 18;
      offset = encodeNumber(buffer, offset, measureArray(this.value));
      for (const value of this.value) {
        offset = encodeNumber(buffer, offset, value);
      }
    }
    for (const label of this.label) {
      buffer[offset++] = 26;
      offset = encodeNumber(buffer, offset, label.length);
      offset = label._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.locationId = pushAll(decodeNumbers(buffer), data.locationId);
        break;
      case 2:
        data.value = pushAll(decodeNumbers(buffer), data.value);
        break;
      case 3:
        data.label = push(Label.decode(buffer), data.label);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Mapping = class _Mapping {
  static create(data) {
    return data instanceof _Mapping ? data : new _Mapping(data);
  }
  constructor(data) {
    this.id = data.id || 0;
    this.memoryStart = data.memoryStart || 0;
    this.memoryLimit = data.memoryLimit || 0;
    this.fileOffset = data.fileOffset || 0;
    this.filename = data.filename || 0;
    this.buildId = data.buildId || 0;
    this.hasFunctions = !!data.hasFunctions;
    this.hasFilenames = !!data.hasFilenames;
    this.hasLineNumbers = !!data.hasLineNumbers;
    this.hasInlineFrames = !!data.hasInlineFrames;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.id);
    total += measureNumberField(this.memoryStart);
    total += measureNumberField(this.memoryLimit);
    total += measureNumberField(this.fileOffset);
    total += measureNumberField(this.filename);
    total += measureNumberField(this.buildId);
    total += measureNumberField(this.hasFunctions ? 1 : 0);
    total += measureNumberField(this.hasFilenames ? 1 : 0);
    total += measureNumberField(this.hasLineNumbers ? 1 : 0);
    total += measureNumberField(this.hasInlineFrames ? 1 : 0);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.id) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.id);
    }
    if (this.memoryStart) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.memoryStart);
    }
    if (this.memoryLimit) {
      buffer[offset++] = 24;
      offset = encodeNumber(buffer, offset, this.memoryLimit);
    }
    if (this.fileOffset) {
      buffer[offset++] = 32;
      offset = encodeNumber(buffer, offset, this.fileOffset);
    }
    if (this.filename) {
      buffer[offset++] = 40;
      offset = encodeNumber(buffer, offset, this.filename);
    }
    if (this.buildId) {
      buffer[offset++] = 48;
      offset = encodeNumber(buffer, offset, this.buildId);
    }
    if (this.hasFunctions) {
      buffer[offset++] = 56;
      offset = encodeNumber(buffer, offset, 1);
    }
    if (this.hasFilenames) {
      buffer[offset++] = 64;
      offset = encodeNumber(buffer, offset, 1);
    }
    if (this.hasLineNumbers) {
      buffer[offset++] = 72;
      offset = encodeNumber(buffer, offset, 1);
    }
    if (this.hasInlineFrames) {
      buffer[offset++] = 80;
      offset = encodeNumber(buffer, offset, 1);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.id = decodeNumber(buffer);
        break;
      case 2:
        data.memoryStart = decodeNumber(buffer);
        break;
      case 3:
        data.memoryLimit = decodeNumber(buffer);
        break;
      case 4:
        data.fileOffset = decodeNumber(buffer);
        break;
      case 5:
        data.filename = decodeNumber(buffer);
        break;
      case 6:
        data.buildId = decodeNumber(buffer);
        break;
      case 7:
        data.hasFunctions = !!decodeNumber(buffer);
        break;
      case 8:
        data.hasFilenames = !!decodeNumber(buffer);
        break;
      case 9:
        data.hasLineNumbers = !!decodeNumber(buffer);
        break;
      case 10:
        data.hasInlineFrames = !!decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Line = class _Line {
  static create(data) {
    return data instanceof _Line ? data : new _Line(data);
  }
  constructor(data) {
    this.functionId = data.functionId || 0;
    this.line = data.line || 0;
    this.column = data.column || 0;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.functionId);
    total += measureNumberField(this.line);
    total += measureNumberField(this.column);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.functionId) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.functionId);
    }
    if (this.line) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.line);
    }
    if (this.column) {
      buffer[offset++] = 24;
      offset = encodeNumber(buffer, offset, this.column);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.functionId = decodeNumber(buffer);
        break;
      case 2:
        data.line = decodeNumber(buffer);
        break;
      case 3:
        data.column = decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Location = class _Location {
  static create(data) {
    return data instanceof _Location ? data : new _Location(data);
  }
  constructor(data) {
    this.id = data.id || 0;
    this.mappingId = data.mappingId || 0;
    this.address = data.address || 0;
    this.line = (data.line || []).map(Line.create);
    this.isFolded = !!data.isFolded;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.id);
    total += measureNumberField(this.mappingId);
    total += measureNumberField(this.address);
    total += measureLengthDelimArrayField(this.line);
    total += measureNumberField(this.isFolded ? 1 : 0);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.id) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.id);
    }
    if (this.mappingId) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.mappingId);
    }
    if (this.address) {
      buffer[offset++] = 24;
      offset = encodeNumber(buffer, offset, this.address);
    }
    for (const line of this.line) {
      buffer[offset++] = 34;
      offset = encodeNumber(buffer, offset, line.length);
      offset = line._encodeToBuffer(buffer, offset);
    }
    if (this.isFolded) {
      buffer[offset++] = 40;
      offset = encodeNumber(buffer, offset, 1);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.id = decodeNumber(buffer);
        break;
      case 2:
        data.mappingId = decodeNumber(buffer);
        break;
      case 3:
        data.address = decodeNumber(buffer);
        break;
      case 4:
        data.line = push(Line.decode(buffer), data.line);
        break;
      case 5:
        data.isFolded = !!decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Function = class _Function {
  static create(data) {
    return data instanceof _Function ? data : new _Function(data);
  }
  constructor(data) {
    this.id = data.id || 0;
    this.name = data.name || 0;
    this.systemName = data.systemName || 0;
    this.filename = data.filename || 0;
    this.startLine = data.startLine || 0;
  }
  get length() {
    let total = 0;
    total += measureNumberField(this.id);
    total += measureNumberField(this.name);
    total += measureNumberField(this.systemName);
    total += measureNumberField(this.filename);
    total += measureNumberField(this.startLine);
    return total;
  }
  _encodeToBuffer(buffer, offset = 0) {
    if (this.id) {
      buffer[offset++] = 8;
      offset = encodeNumber(buffer, offset, this.id);
    }
    if (this.name) {
      buffer[offset++] = 16;
      offset = encodeNumber(buffer, offset, this.name);
    }
    if (this.systemName) {
      buffer[offset++] = 24;
      offset = encodeNumber(buffer, offset, this.systemName);
    }
    if (this.filename) {
      buffer[offset++] = 32;
      offset = encodeNumber(buffer, offset, this.filename);
    }
    if (this.startLine) {
      buffer[offset++] = 40;
      offset = encodeNumber(buffer, offset, this.startLine);
    }
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.id = decodeNumber(buffer);
        break;
      case 2:
        data.name = decodeNumber(buffer);
        break;
      case 3:
        data.systemName = decodeNumber(buffer);
        break;
      case 4:
        data.filename = decodeNumber(buffer);
        break;
      case 5:
        data.startLine = decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};
var Profile = class {
  constructor(data = {}) {
    this.sampleType = (data.sampleType || []).map(ValueType.create);
    this.sample = (data.sample || []).map(Sample.create);
    this.mapping = (data.mapping || []).map(Mapping.create);
    this.location = (data.location || []).map(Location.create);
    this.function = (data.function || []).map(Function.create);
    this.stringTable = data.stringTable || new StringTable();
    this.dropFrames = data.dropFrames || 0;
    this.keepFrames = data.keepFrames || 0;
    this.timeNanos = data.timeNanos || 0;
    this.durationNanos = data.durationNanos || 0;
    this.periodType = data.periodType ? ValueType.create(data.periodType) : void 0;
    this.period = data.period || 0;
    this.comment = data.comment || [];
    this.defaultSampleType = data.defaultSampleType || 0;
    this.docUrl = data.docUrl || 0;
  }
  get length() {
    let total = 0;
    total += measureLengthDelimArrayField(this.sampleType);
    total += measureLengthDelimArrayField(this.sample);
    total += measureLengthDelimArrayField(this.mapping);
    total += measureLengthDelimArrayField(this.location);
    total += measureLengthDelimArrayField(this.function);
    total += this.stringTable.encodedLength;
    total += measureNumberField(this.dropFrames);
    total += measureNumberField(this.keepFrames);
    total += measureNumberField(this.timeNanos);
    total += measureNumberField(this.durationNanos);
    total += measureLengthDelimField(this.periodType);
    total += measureNumberField(this.period);
    total += measureNumberArrayField(this.comment);
    total += measureNumberField(this.defaultSampleType);
    total += measureNumberField(this.docUrl);
    return total;
  }
  _encodeSampleTypesToBuffer(buffer, offset = 0) {
    for (const sampleType of this.sampleType) {
      buffer[offset++] = 10;
      offset = encodeNumber(buffer, offset, sampleType.length);
      offset = sampleType._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  _encodeSamplesToBuffer(buffer, offset = 0) {
    for (const sample of this.sample) {
      buffer[offset++] = 18;
      offset = encodeNumber(buffer, offset, sample.length);
      offset = sample._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  _encodeMappingsToBuffer(buffer, offset = 0) {
    for (const mapping of this.mapping) {
      buffer[offset++] = 26;
      offset = encodeNumber(buffer, offset, mapping.length);
      offset = mapping._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  _encodeLocationsToBuffer(buffer, offset = 0) {
    for (const location of this.location) {
      buffer[offset++] = 34;
      offset = encodeNumber(buffer, offset, location.length);
      offset = location._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  _encodeFunctionsToBuffer(buffer, offset = 0) {
    for (const fun of this.function) {
      buffer[offset++] = 42;
      offset = encodeNumber(buffer, offset, fun.length);
      offset = fun._encodeToBuffer(buffer, offset);
    }
    return offset;
  }
  _encodeBasicValuesToBuffer(buffer, offset = 0) {
    if (this.dropFrames) {
      buffer[offset++] = 56;
      offset = encodeNumber(buffer, offset, this.dropFrames);
    }
    if (this.keepFrames) {
      buffer[offset++] = 64;
      offset = encodeNumber(buffer, offset, this.keepFrames);
    }
    if (this.timeNanos) {
      buffer[offset++] = 72;
      offset = encodeNumber(buffer, offset, this.timeNanos);
    }
    if (this.durationNanos) {
      buffer[offset++] = 80;
      offset = encodeNumber(buffer, offset, this.durationNanos);
    }
    if (typeof this.periodType !== "undefined") {
      buffer[offset++] = 90;
      offset = encodeNumber(buffer, offset, this.periodType.length);
      offset = this.periodType._encodeToBuffer(buffer, offset);
    }
    if (this.period) {
      buffer[offset++] = 96;
      offset = encodeNumber(buffer, offset, this.period);
    }
    if (this.comment.length) {
      buffer[offset++] = 106;
      offset = encodeNumber(buffer, offset, measureArray(this.comment));
      for (const comment of this.comment) {
        offset = encodeNumber(buffer, offset, comment);
      }
    }
    if (this.defaultSampleType) {
      buffer[offset++] = 112;
      offset = encodeNumber(buffer, offset, this.defaultSampleType);
    }
    if (this.docUrl) {
      buffer[offset++] = 120;
      offset = encodeNumber(buffer, offset, this.docUrl);
    }
    return offset;
  }
  _encodeToBuffer(buffer, offset = 0) {
    offset = this._encodeSampleTypesToBuffer(buffer, offset);
    offset = this._encodeSamplesToBuffer(buffer, offset);
    offset = this._encodeMappingsToBuffer(buffer, offset);
    offset = this._encodeLocationsToBuffer(buffer, offset);
    offset = this._encodeFunctionsToBuffer(buffer, offset);
    offset = this.stringTable._encodeToBuffer(buffer, offset);
    offset = this._encodeBasicValuesToBuffer(buffer, offset);
    return offset;
  }
  async _encodeToBufferAsync(buffer, offset = 0) {
    offset = this._encodeSampleTypesToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this._encodeSamplesToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this._encodeMappingsToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this._encodeLocationsToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this._encodeFunctionsToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this.stringTable._encodeToBuffer(buffer, offset);
    await new Promise(setImmediate);
    offset = this._encodeBasicValuesToBuffer(buffer, offset);
    return offset;
  }
  encode(buffer = new Uint8Array(this.length)) {
    this._encodeToBuffer(buffer, 0);
    return buffer;
  }
  async encodeAsync(buffer = new Uint8Array(this.length)) {
    await this._encodeToBufferAsync(buffer, 0);
    return buffer;
  }
  static decodeValue(data, field, buffer) {
    switch (field) {
      case 1:
        data.sampleType = push(ValueType.decode(buffer), data.sampleType);
        break;
      case 2:
        data.sample = push(Sample.decode(buffer), data.sample);
        break;
      case 3:
        data.mapping = push(Mapping.decode(buffer), data.mapping);
        break;
      case 4:
        data.location = push(Location.decode(buffer), data.location);
        break;
      case 5:
        data.function = push(Function.decode(buffer), data.function);
        break;
      case 6: {
        if (data.stringTable === void 0) {
          data.stringTable = new StringTable(emptyTableToken);
        }
        data.stringTable._decodeString(buffer);
        break;
      }
      case 7:
        data.dropFrames = decodeNumber(buffer);
        break;
      case 8:
        data.keepFrames = decodeNumber(buffer);
        break;
      case 9:
        data.timeNanos = decodeNumber(buffer);
        break;
      case 10:
        data.durationNanos = decodeNumber(buffer);
        break;
      case 11:
        data.periodType = ValueType.decode(buffer);
        break;
      case 12:
        data.period = decodeNumber(buffer);
        break;
      case 13:
        data.comment = pushAll(decodeNumbers(buffer), data.comment);
        break;
      case 14:
        data.defaultSampleType = decodeNumber(buffer);
        break;
      case 15:
        data.docUrl = decodeNumber(buffer);
        break;
    }
  }
  static decode(buffer) {
    return new this(decode(buffer, this.decodeValue));
  }
};

// src/profile/encode.ts
function encodeProfile(profile) {
  const strings = new StringTable();
  const text = (value) => strings.dedup(value);
  const type = ({ type: type2, unit }) => ({ type: text(type2), unit: text(unit) });
  const label = (label2) => "text" in label2 ? { key: text(label2.key), str: text(label2.text) } : { key: text(label2.key), num: whole(label2.number), numUnit: text(label2.unit) };
  const { samples, periodType } = profile;
  const types = profile.sampleTypes.length;
  const message = new Profile({
    sampleType: profile.sampleTypes.map(type),
    sample: Array.from({ length: samples.count }, (_, i) => ({
      locationId: Array.from(samples.stacks.subarray(samples.starts[i], samples.starts[i + 1]), (index) => index + 1),
      value: Array.from(samples.values.subarray(i * types, (i + 1) * types), whole),
      label: samples.labelSets[samples.labels[i]].map(label)
    })),
    mapping: profile.mappings.map(({ start: start2, limit, offset, file: file2, buildId, ...has }, i) => ({
      id: i + 1,
      memoryStart: start2,
      memoryLimit: limit,
      fileOffset: offset,
      filename: text(file2),
      buildId: text(buildId),
      ...has
    })),
    location: profile.locations.map(({ address, mapping, lines }, i) => ({
      id: i + 1,
      mappingId: mapping + 1,
      address,
      line: lines.map(({ fn, line }) => ({ functionId: fn + 1, line: whole(line) }))
    })),
    function: profile.functions.map(({ name, file: file2, startLine }, i) => ({
      id: i + 1,
      name: text(name),
      systemName: text(name),
      filename: text(file2),
      startLine: whole(startLine)
    })),
    timeNanos: BigInt(whole(profile.timeNanos)),
    durationNanos: whole(profile.durationNanos),
    // An empty submessage is what must not be written.
    ...periodType !== void 0 && (periodType.type !== "" || periodType.unit !== "") && { periodType: type(periodType) },
    period: whole(profile.period),
    comment: profile.comments.map(text),
    defaultSampleType: text(profile.defaultSampleType),
    stringTable: strings
  });
  const file = gzipSync(message.encode());
  file[OS_BYTE] = UNKNOWN_OS;
  return file;
}
var OS_BYTE = 9;
var UNKNOWN_OS = 255;
function whole(value) {
  if (!Number.isInteger(value)) throw new Error(`${value} is no whole number and cannot be written to a profile`);
  return value;
}

// src/profile/merge.ts
function mergeProfiles(profiles, label) {
  const [first] = profiles;
  if (first === void 0) throw new Error("no profiles to merge");
  return {
    ...first,
    label,
    ...combine(profiles, () => 1),
    defaultSampleType: profiles.find((p) => p.defaultSampleType !== "")?.defaultSampleType ?? "",
    period: Math.max(...profiles.map((p) => p.period)),
    timeNanos: earliest(profiles),
    durationNanos: profiles.reduce((sum, p) => sum + p.durationNanos, 0),
    comments: [...new Set(profiles.flatMap((p) => p.comments))]
  };
}
function subtract(after, before) {
  const combined = combine([after, before], (index) => index === 0 ? 1 : -1);
  const negative = after.sampleTypes.map(() => 0);
  const { values } = combined.samples;
  for (let i = 0; i < values.length; i++) {
    const column = i % negative.length;
    if (values[i] < 0) negative[column] = negative[column] + values[i];
  }
  const isTimed = after.timeNanos > 0 && before.timeNanos > 0;
  return {
    ...after,
    ...combined,
    timeNanos: before.timeNanos,
    durationNanos: isTimed ? after.timeNanos - before.timeNanos : 0,
    negative
  };
}
function combine(profiles, weight) {
  const [first] = profiles;
  const mappings = new Interner();
  const functions = new Interner();
  const locations = new Interner();
  const labelSets = new LabelSets();
  const samples = new Interner();
  for (const [index, profile] of profiles.entries()) {
    requireSameTypes(first, profile);
    const sign = weight(index);
    const types = profile.sampleTypes.length;
    const ofMapping = profile.mappings.map((m2) => mappings.index(mappingKey(m2), () => m2));
    const ofFunction = profile.functions.map(
      (fn) => functions.index(`${fn.startLine}
${fn.file}
${fn.name}`, () => fn)
    );
    const ofLocation = profile.locations.map((location) => {
      const mapping = location.mapping < 0 ? -1 : ofMapping[location.mapping];
      const offset = mapping < 0 ? 0n : profile.mappings[location.mapping].start;
      const lines = location.lines.map(({ fn, line }) => ({ fn: ofFunction[fn], line }));
      const relative = location.address - offset;
      const key = `${mapping} ${relative} ${lines.map(({ fn, line }) => `${fn}:${line}`).join()}`;
      const address = mapping < 0 ? location.address : relative + mappings.values[mapping].start;
      return locations.index(key, () => ({ address: BigInt.asUintN(64, address), mapping, lines }));
    });
    const ofLabels = profile.samples.labelSets.map((set) => labelSets.add(set));
    for (let sample = 0; sample < profile.samples.count; sample++) {
      const stack = Array.from(
        profile.samples.stacks.subarray(profile.samples.starts[sample], profile.samples.starts[sample + 1]),
        (location) => ofLocation[location]
      );
      const labels = ofLabels[profile.samples.labels[sample]];
      const sum = samples.index(`${labels} ${stack.join()}`, () => ({ stack, labels, values: Array(types).fill(0) }));
      const { values } = samples.values[sum];
      for (let type = 0; type < types; type++) values[type] += sign * profile.samples.values[sample * types + type];
    }
  }
  const kept = samples.values.filter(({ values }) => values.some((value) => value !== 0));
  const starts = new Int32Array(kept.length + 1);
  for (const [i, { stack }] of kept.entries()) starts[i + 1] = starts[i] + stack.length;
  return {
    mappings: mappings.values,
    functions: functions.values,
    locations: locations.values,
    samples: {
      count: kept.length,
      starts,
      stacks: Int32Array.from(kept.flatMap(({ stack }) => stack)),
      values: Float64Array.from(kept.flatMap(({ values }) => values)),
      labels: Int32Array.from(kept, ({ labels }) => labels),
      labelSets: labelSets.sets
    }
  };
}
function mappingKey({ start: start2, limit, offset, buildId, file }) {
  return `${limit - start2} ${offset} ${buildId === "" ? file : buildId}`;
}
function requireSameTypes(a, b2) {
  const types = ({ sampleTypes, periodType }) => [periodType, ...sampleTypes].map((t) => `${t?.type ?? ""}/${t?.unit ?? ""}`).join(" ");
  const both = `${b2.label} cannot be combined with ${a.label}`;
  if (types(a) !== types(b2)) throw new ProfileError(`${both}: one holds ${types(b2)}, the other ${types(a)}`);
  if (a.periodType?.type === "space" && a.period !== b2.period) {
    throw new ProfileError(
      `${both}: memory was sampled every ${b2.period} bytes in one, every ${a.period} in the other`
    );
  }
}
function earliest(profiles) {
  const known = profiles.map((p) => p.timeNanos).filter((time) => time !== 0);
  return known.length === 0 ? 0 : Math.min(...known);
}

// src/measure/cpu.ts
var ROUND_MS = 2e3;
var ROUND_OVERHEAD_MS = 1e3;
var MOST_ROUNDS = 5;
var FEWEST_ROUNDS = 2;
function roundsWithin(budgetMs) {
  const affordable = Math.floor(budgetMs / (ROUND_MS + ROUND_OVERHEAD_MS));
  return Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, affordable));
}
var cpu = {
  name: "cpu",
  async measure(subjects, bench) {
    const core = bench.cores.length > 1 ? bench.cores.at(-1) : void 0;
    const rounds = roundsWithin(bench.config.budgetMs);
    bench.progress.detail(`cpu: ${rounds} rounds; from ${FEWEST_ROUNDS} to ${MOST_ROUNDS}, as the budget has time for`);
    const results = subjects.map(() => []);
    const profiles = subjects.map(() => []);
    for (const subject of subjects) mkdirSync(join3(subject.output, "cpu"), { recursive: true });
    const [base, head] = ["base", "head"].map(
      (name) => results[subjects.findIndex(({ side }) => side === name)]
    );
    const what = subjects.length === 1 ? "the service" : "both sides";
    const refusal = await bench.progress.step(`profiling ${what} on one core`, async (update) => {
      const tell = (round) => update({ round, rounds, estimate: base && head && estimateOf(base, head) });
      for (let round = 1; round <= rounds; round++) {
        tell(round);
        const measured = await measureRound(bench, subjects, core, round).catch(refusalOf);
        if ("refused" in measured) return measured;
        measured.forEach(({ profile, ...figures }, i) => {
          const file = `cpu/round-${String(round).padStart(2, "0")}.pb.gz`;
          writeFileSync(join3(subjects[i].output, file), encodeProfile(profile));
          results[i].push({ profile: file, ...figures });
          profiles[i].push(profile);
        });
      }
      tell(rounds);
      return void 0;
    });
    if (refusal !== void 0) {
      return {
        missing: {
          reason: `the CPU profiler of Go is taken: ${refusal.refused}`,
          hint: "let it not do so while it is measured, by service.args or service.env"
        }
      };
    }
    subjects.forEach(({ output }, i) => {
      writeFileSync(join3(output, "cpu/merged.pb.gz"), encodeProfile(mergeProfiles(profiles[i], "all rounds")));
    });
    return { results: results.map((list) => ({ isPinned: core !== void 0, rounds: list })) };
  }
};
function refusalOf(error) {
  if (error instanceof AgentError && error.status === 409) return { refused: error.text };
  throw error;
}
async function measureRound(bench, subjects, core, round) {
  const running = /* @__PURE__ */ new Map();
  try {
    for (const subject of round % 2 === 1 ? subjects : [...subjects].reverse()) {
      running.set(subject, await start(bench, subject, { name: `cpu-${round}`, core }));
    }
    const all = subjects.map((subject) => running.get(subject));
    await atOnce(all, bench.signal, (side, signal) => warmUp({ ...bench, signal }, side));
    return await atOnce(all, bench.signal, (side, signal) => measureWindow({ ...bench, signal }, side));
  } catch (error) {
    throw await causeOf(error, [...running.values()]);
  } finally {
    await Promise.all([...running.values()].map((side) => side[Symbol.asyncDispose]()));
  }
}
async function measureWindow(bench, running) {
  const { agent, subject } = running;
  const before = { clock: await agent.clock(), metrics: await agent.metrics() };
  await agent.startCpuProfile();
  const load = await requestFor(bench, running, ROUND_MS);
  const bytes = await agent.stopCpuProfile();
  const after = { clock: await agent.clock(), metrics: await agent.metrics() };
  const profile = without(decodeProfile(bytes, `the CPU profile of ${subject.side}`), isAgentFunction);
  const { p50 = 0, p90 = 0, p99 = 0, max = 0 } = load.latencyMs ?? {};
  return {
    profile,
    requests: load.requests,
    durationMs: load.durationMs,
    userNs: after.clock.userNs - before.clock.userNs,
    systemNs: after.clock.systemNs - before.clock.systemNs,
    profileNs: tableOf(profile, { type: "cpu" }).total,
    latencyMs: { p50, p90, p99, max },
    runtime: { before: before.metrics, after: after.metrics }
  };
}

// src/measure/allocs.ts
import { mkdirSync as mkdirSync2, rmSync as rmSync2, writeFileSync as writeFileSync2 } from "node:fs";
import { join as join4 } from "node:path";

// src/binary/edit-functions.ts
function editFunctions(copy, elf, functions, editOf) {
  for (const { name, start: start2, end } of functions) {
    const edit = editOf(name);
    const segment = elf.segments.find(
      ({ address, fileSize, isExecutable }) => isExecutable && start2 >= address && end <= address + fileSize
    );
    if (edit === void 0 || segment === void 0) continue;
    const at = segment.offset + start2 - segment.address;
    edit(copy.subarray(at, at + end - start2));
  }
}

// src/binary/tiny-apart-copy.ts
var PUTS_TOGETHER = /^runtime\.mallocgc(Tiny\w*)?$/;
var NEVER_FITS = {
  // cmpq $16, %reg (REX 83 /7 16), then ja.
  amd64: (code) => {
    let changed = 0;
    for (let at = 0; at + 6 <= code.length; at++) {
      const isCompare = (code[at] & 254) === 72 && code[at + 1] === 131 && (code[at + 2] & 248) === 248;
      const isGreater = code[at + 4] === 119 || code[at + 4] === 15 && code[at + 5] === 135;
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
      if (!isCompare || (int32(code, at + 4) & 4278190111) >>> 0 !== B_HI) continue;
      code[at + 1] = code[at + 1] & ~64;
      changed++;
    }
    return changed;
  }
};
var CMP_16 = 4043325471;
var B_HI = 1409286152;
function tinyApartCopy(elf, functions) {
  const neverFits = NEVER_FITS[elf.machine];
  if (neverFits === void 0) return void 0;
  const copy = new Uint8Array(elf.bytes);
  let changed = 0;
  const edit = (code) => {
    changed += neverFits(code);
  };
  editFunctions(copy, elf, functions, (name) => PUTS_TOGETHER.test(name) ? edit : void 0);
  return changed === 0 ? void 0 : copy;
}

// src/profile/only.ts
function only(profile, types) {
  const kept = new Set(types.map((type) => columnOf(profile, type)));
  const { length } = profile.sampleTypes;
  const values = profile.samples.values.map((value, i) => kept.has(i % length) ? value : 0);
  return { ...profile, samples: { ...profile.samples, values } };
}

// src/measure/background.ts
import { setTimeout as sleep } from "node:timers/promises";
var BackgroundError = class extends MeasurementError {
};
var MOST_SHARE = 0.02;
var LONGEST_MS = 1e3;
async function refuseBackground({ signal }, { subject }, { load, amount, floor, unit }, countDuring) {
  const idleMs = Math.min(LONGEST_MS, load.durationMs);
  const idle = await countDuring(() => sleep(idleMs, void 0, { signal }));
  const share = idle / idleMs * (load.durationMs / amount);
  if (idle < floor || share <= MOST_SHARE) return;
  const told = share > 1 ? "all" : `${Math.round(share * 100)} %`;
  throw new BackgroundError(
    `without any request the service (${subject.side}) comes to ${told} of the ${unit} that were counted, which differ from run to run`,
    { hint: "switch its background work off while it is measured, by service.args or service.env" }
  );
}

// src/measure/effort.ts
var USUAL_REPLICATES = 2;
var MORE_REPLICATES = 4;
var MOST_REQUESTS = 16;
var MOST_RAISES = 2;
var BUDGETS = 2;
var SHARE_OF_LIMIT = 0.5;
var MAY_BE_TIMES = { [USUAL_REPLICATES]: 3 };
async function countUntilClear(bench, usual, counting) {
  const { config, efforts, world } = bench;
  const limit = smallestLimit(bench, counting.metrics);
  let effort = efforts.get(counting.instrument) ?? { replicates: USUAL_REPLICATES, requests: usual };
  let leftMs = BUDGETS * config.budgetMs;
  for (let raises = 0; ; raises++) {
    efforts.set(counting.instrument, effort);
    const startedMs = world.monotonicMs();
    const measured = await counting.measure(effort);
    if (raises > 0) leftMs -= world.monotonicMs() - startedMs;
    const results = measured.map(({ result }) => result);
    if (bench.isQuick || limit === void 0 || raises === MOST_RAISES) return results;
    const sides = results.map((result) => counting.figuresOf(result));
    const slowest = measured.map(({ took }) => took).reduce((a, b2) => b2.replicatesMs > a.replicatesMs ? b2 : a);
    const raised = raisedEffort(sides, { effort, took: slowest, leftMs }, SHARE_OF_LIMIT * limit, usual);
    if (raised === void 0) return results;
    const noise = (noiseOf(sides, effort.replicates) * 100).toFixed(1);
    bench.progress(
      `requests cost more or less at random (\xB1${noise} %): counting ${raised.replicates} times ${raised.requests} of them`
    );
    effort = raised;
  }
}
function raisedEffort(sides, { effort, took, leftMs }, wanted, usual) {
  const { replicates, requests } = effort;
  if (noiseOf(sides, replicates) * (MAY_BE_TIMES[replicates] ?? 1) <= wanted) return void 0;
  const times = (noiseOf(sides, MORE_REPLICATES) / wanted) ** 2;
  const room = leftMs - (took.replicatesMs - took.requestsMs) / replicates * MORE_REPLICATES;
  const msEach = took.requestsMs / replicates / requests * MORE_REPLICATES;
  const affordable = msEach > 0 ? room / msEach : Number.POSITIVE_INFINITY;
  const wantedRequests = Math.min(Math.max(requests * times, requests), MOST_REQUESTS * usual, affordable);
  const raised = { replicates: MORE_REPLICATES, requests: Math.ceil(wantedRequests / usual) * usual };
  const isMore = raised.replicates > replicates || raised.requests > requests;
  return affordable >= usual && isMore ? raised : void 0;
}
function noiseOf(sides, replicates) {
  const variances = sides.map((figures) => {
    const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
    const squares = figures.reduce((sum, figure) => sum + (figure - mean) ** 2, 0);
    return mean === 0 || figures.length < 2 ? 0 : squares / (figures.length - 1) / mean ** 2;
  });
  const variance = variances.reduce((sum, one) => sum + one, 0) / Math.max(1, variances.length);
  return 2 * Math.sqrt(2 * variance / replicates);
}
function smallestLimit({ config }, metrics) {
  const limits = metrics.flatMap((metric) => {
    const { total, function: ofFunctions } = config.limits.metrics[metric];
    return [total, ofFunctions].flatMap((limit) => limit === "off" ? [] : limit.ratio);
  });
  const smallest = Math.min(...limits);
  return Number.isFinite(smallest) && smallest > 0 ? smallest : void 0;
}

// src/measure/executable.ts
import { readFileSync as readFileSync3 } from "node:fs";
async function executableOf({ subject, agent, service }) {
  const { binary, side } = subject;
  const label = `the executable of ${side}`;
  const elf = parseElf(readFileSync3(binary), label);
  const { anchor } = await agent.info();
  const bias = elf.isRelocatable ? loadBias(readFileSync3(`/proc/${service.pid}/maps`, "utf8"), binary, elf) : 0;
  const functions = goFunctions(elf, label, { name: "main.perfGateAnchor", address: Number(anchor) - bias });
  return { elf, functions, bias };
}
function loadBias(maps, binary, elf) {
  const [start2, , offset] = /^(\w+)-(\w+) \S+ (\w+) /.exec(maps.split("\n").find((line) => line.endsWith(` ${binary}`)) ?? "")?.slice(1) ?? [];
  const first = elf.segments[0];
  if (start2 === void 0 || offset === void 0 || first === void 0) {
    throw new MeasurementError(`cannot tell where ${binary} was loaded`);
  }
  return Number.parseInt(start2, 16) - Number.parseInt(offset, 16) - (first.address - first.offset);
}

// src/measure/allocs.ts
var SLOWDOWN = 5;
var REQUESTS_FOR_POOLS = 20;
var OWN_OBJECTS = 100;
var MEMORY_LIMIT_BYTES = 4 * 2 ** 30;
var allocs = {
  name: "allocs",
  async measure(subjects, bench) {
    try {
      const results = await countUntilClear(bench, wholeDecks(bench, bench.config.load.count), {
        instrument: "allocs",
        metrics: ["objects", "bytes"],
        figuresOf: ({ replicates }) => replicates.map(({ objects }) => objects),
        measure: (effort) => atOnce(subjects, bench.signal, (subject, signal) => measureSide({ ...bench, signal }, subject, effort))
      });
      return { results };
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof BackgroundError)) throw error;
      for (const { output } of subjects) removeResults(output);
      const { message: reason, hint } = error;
      return { missing: { reason, fault: "service", ...hint !== void 0 && { hint } } };
    }
  }
};
function removeResults(output) {
  for (const name of ["allocs", "allocs.pb.gz"]) rmSync2(join4(output, name), { recursive: true, force: true });
}
function measureSide(bench, subject, effort) {
  const { replicates, requests } = effort;
  const name = `recording the allocations of ${requests} requests`;
  return bench.progress.step(
    { side: subject.side, name },
    (update) => recordSide(bench, subject, effort, (i) => update(`${i} of ${replicates}`))
  );
}
async function recordSide(bench, subject, effort, onReplicate) {
  const { requests } = effort;
  const startedMs = bench.world.monotonicMs();
  mkdirSync2(join4(subject.output, "allocs"), { recursive: true });
  const replicates = [];
  const profiles = [];
  let apart;
  let requestsMs = 0;
  for (let i = 1; i <= effort.replicates; i++) {
    onReplicate(i);
    const recorded = (name, binary, act) => {
      const env = { PERF_GATE_MEMPROFILERATE: "1", GOMAXPROCS: "1" };
      const options = { name, env, slowdown: SLOWDOWN, ...binary === void 0 ? {} : { binary } };
      return withService(bench, subject, options, async (running) => {
        await act?.(running);
        return measureOnce(bench, running, requests);
      });
    };
    const spaces = await recorded(`allocs-${i}`, void 0, async (running) => {
      if (i === 1) apart = await writeTinyApart(bench, running);
    });
    const objects = apart === void 0 ? spaces : await recorded(`objects-${i}`, apart);
    requestsMs += spaces.durationMs + (objects === spaces ? 0 : objects.durationMs);
    const profile = apart === void 0 ? spaces.profile : bothOf(objects.profile, spaces.profile);
    const file = `allocs/replicate-${i}.pb.gz`;
    writeFileSync2(join4(subject.output, file), encodeProfile(profile));
    const { requests: counted, bytes, mallocs, totalAlloc } = spaces;
    replicates.push({ profile: file, requests: counted, objects: objects.objects, bytes, mallocs, totalAlloc });
    profiles.push(profile);
  }
  writeFileSync2(join4(subject.output, "allocs.pb.gz"), encodeProfile(mergeProfiles(profiles, "all replicates")));
  const took = { replicatesMs: bench.world.monotonicMs() - startedMs, requestsMs };
  return { result: { requests, replicates }, took };
}
async function writeTinyApart(bench, running) {
  const { side } = running.subject;
  const path = join4(bench.scratch, `${side}.tiny`);
  const copy = await tinyApart(running);
  if (copy !== void 0) {
    writeFileSync2(path, copy, { mode: 448 });
    return path;
  }
  const text = "objects of less than 16 bytes without pointers share blocks, and each block counts as one object";
  if (!bench.warnings.some(({ code }) => code === "tiny-objects")) bench.warnings.push({ code: "tiny-objects", text });
  return void 0;
}
async function tinyApart(running) {
  try {
    const { elf, functions } = await executableOf(running);
    return tinyApartCopy(elf, functions);
  } catch (error) {
    if (error instanceof MeasurementError) return void 0;
    throw error;
  }
}
function bothOf(objects, spaces) {
  const { mappings } = spaces;
  const renamed = {
    ...objects,
    mappings: objects.mappings.map((one, i) => ({ ...one, file: mappings[i]?.file ?? one.file }))
  };
  return mergeProfiles([only(renamed, ["alloc_objects"]), only(spaces, ["alloc_space"])], spaces.label);
}
var isNotTheRequests = (name) => isAgentFunction(name) || name === "runtime.allocm";
async function allocatedDuring(agent, act) {
  const first = await agent.memStats();
  const before = await agent.memStats();
  await act();
  const after = await agent.memStats();
  return Math.max(0, after.mallocs - before.mallocs - (before.mallocs - first.mallocs));
}
async function measureOnce(bench, running, requests) {
  const { agent, subject } = running;
  await warmUp(bench, running);
  const label = `the allocation profile of ${subject.side}`;
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES);
  await request(bench, running, wholeDecks(bench, REQUESTS_FOR_POOLS));
  const before = decodeProfile(await agent.allocsProfile(1), label);
  const memoryBefore = await agent.memStats();
  const load = await request(bench, running, requests);
  const memoryAfter = await agent.memStats();
  const allocating = { load, amount: memoryAfter.mallocs - memoryBefore.mallocs, floor: OWN_OBJECTS, unit: "objects" };
  await refuseBackground(bench, running, allocating, (act) => allocatedDuring(agent, act));
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  const after = decodeProfile(await agent.allocsProfile(1), label);
  if (after.period !== 1) {
    throw new MeasurementError(`${subject.side} records one allocation in ${after.period} bytes instead of every one`, {
      hint: "the service sets runtime.MemProfileRate itself: leave that out while it is measured"
    });
  }
  const profile = without(subtract(after, before), isNotTheRequests);
  const perRequest = (type) => tableOf(profile, { type }).total / load.requests;
  const objects = perRequest("alloc_objects");
  const mallocs = (memoryAfter.mallocs - memoryBefore.mallocs) / load.requests;
  if (objects === 0 && mallocs > 1) {
    throw new MeasurementError(`${label} is empty, although a request allocates ${mallocs.toFixed(1)} objects`, {
      hint: "does the service set runtime.MemProfileRate itself, or write its own memory profile?"
    });
  }
  return {
    profile,
    requests: load.requests,
    durationMs: load.durationMs,
    objects,
    bytes: perRequest("alloc_space"),
    mallocs,
    totalAlloc: (memoryAfter.totalAlloc - memoryBefore.totalAlloc) / load.requests
  };
}

// src/measure/instructions.ts
import { mkdirSync as mkdirSync3, rmSync as rmSync3, statSync, writeFileSync as writeFileSync4 } from "node:fs";
import { join as join5 } from "node:path";

// src/profile/callgrind-stacks.ts
var MOST_ALTERNATIVES = 6;
var KNOWN_LEVELS = 8;
var FOLLOWED_LEVELS = 4;
function addressesOf(profile, symbols) {
  const addresses = /* @__PURE__ */ new Set();
  const own = profile.contexts.map((context) => context.object === symbols.executable);
  profile.costs.address.forEach((address, i) => {
    if (own[profile.costs.context[i] ?? -1]) addresses.add(address);
  });
  profile.calls.site.forEach((site, i) => {
    if (own[profile.calls.caller[i] ?? -1]) addresses.add(site);
  });
  for (const symbol of chainsOf(profile).names) {
    const entry = symbols.entryOf(symbol);
    if (entry !== void 0) addresses.add(entry);
  }
  return addresses;
}
function executedCode(profile, symbols) {
  const { contexts, costs, calls } = profile;
  const places = placesOf2(profile, symbols);
  const counts = /* @__PURE__ */ new Map();
  for (let i = 0; i < costs.count.length; i++) {
    const site = places.at(costs.context[i], costs.address[i]);
    counts.set(site, (counts.get(site) ?? 0) + costs.count[i]);
  }
  const entered = /* @__PURE__ */ new Map();
  calls.callee.forEach((callee, i) => {
    const site = places.entry(places.chains[callee][0], contexts[callee].object);
    if (!isEntry(site, calls.target[i])) return;
    entered.set(site, (entered.get(site) ?? 0) + calls.count[i]);
  });
  return {
    executed: [...counts].map(([site, count2]) => ({ site, count: count2 })),
    entered: [...entered].map(([site, times]) => ({ site, calls: times }))
  };
}
function chainsOf({ contexts }) {
  const names = new Interner();
  const chains = contexts.map(
    ({ chain }) => Int32Array.from(chain.split("'"), (name) => names.index(name, () => name))
  );
  return { names: names.values, chains };
}
function placesOf2(profile, symbols) {
  const { contexts } = profile;
  const { names, chains } = chainsOf(profile);
  const sites = /* @__PURE__ */ new Map();
  const siteOf = (address) => {
    let site = sites.get(address);
    if (site === void 0) {
      site = { address, frames: symbols.framesAt(address) };
      sites.set(address, site);
    }
    return site;
  };
  const entries = [];
  const entry = (symbol, object) => {
    let site = entries[symbol];
    if (site === void 0) {
      const name = names[symbol];
      const address = symbols.entryOf(name);
      const outermost = address === void 0 ? void 0 : siteOf(address).frames.at(-1);
      const frame = outermost ?? { fn: nameOfC(name), file: baseName(object), line: 0, startLine: 0 };
      site = { address: address ?? 0, frames: [{ ...frame, line: frame.startLine }] };
      entries[symbol] = site;
    }
    return site;
  };
  const at = (context, address) => {
    const { object } = contexts[context];
    if (object === symbols.executable) {
      const site = siteOf(address);
      if (site.frames.length > 0) return site;
    }
    return entry(chains[context][0], object);
  };
  return { names, chains, entry, at };
}
var nameOfC = (symbol) => symbol.replace(/(\.(isra|constprop|part|cold|lto_priv|localalias)(\.\d+)?)+$/, "").replace(/^_cgo_[0-9a-f]{12}_(?=C2?func_)/, "_cgo_");
function callPaths(profile, symbols, callers) {
  const { contexts, costs, calls } = profile;
  const { names, chains, entry: entrySite, at: placeOf } = placesOf2(profile, symbols);
  const incoming = rowsByKey(calls.callee, contexts.length);
  const executed = rowsByKey(costs.context, contexts.length);
  const entryOf = (context) => entrySite(chains[context][0], contexts[context].object);
  const isCall = (context, row) => isEntry(entryOf(context), calls.target[row]) && chains[calls.caller[row]]?.[0] === chains[context][1];
  const switches = [];
  const isSwitching = (symbol, object) => {
    switches[symbol] ??= isSwitch(entrySite(symbol, object));
    return switches[symbol];
  };
  const { commonSite, called } = callersOf(profile, { names, chains }, entryOf);
  const contextsOf = names.map(() => []);
  for (const [context, chain] of chains.entries()) contextsOf[chain[0]].push(context);
  const memo = /* @__PURE__ */ new Map();
  const byNames = (chain, level, object) => {
    const sites = [];
    for (let at = level; ; at++) {
      const [callee, symbol] = [chain[at - 1], chain[at]];
      const common = symbol === void 0 ? void 0 : commonSite[callee]?.get(symbol);
      const isStart = symbol !== void 0 && isSwitching(symbol, object);
      if (common === void 0 || isStart) {
        return { sites, isWhole: !called[callee] || common !== void 0 && isStart, lost: at };
      }
      sites.push(placeOf(common.context, common.address));
    }
  };
  const waysAbove = (piece) => {
    const ways = [];
    for (const context of contextsOf[piece[0]]) {
      const chain = chains[context];
      if (!piece.every((symbol, i) => symbol === chain[i])) continue;
      const entered = sumOf(incoming(context), (row) => isCall(context, row) ? calls.count[row] : 0);
      const { sites, isWhole } = byNames(chain, piece.length, contexts[context].object);
      if (entered > 0 && isWhole) ways.push({ share: entered, path: joined(sites, void 0) });
    }
    return mostOf(ways);
  };
  const known = /* @__PURE__ */ new Map();
  const usualWays = (chain, end) => {
    for (let start2 = Math.max(0, end - KNOWN_LEVELS); start2 < end; start2++) {
      const piece = chain.subarray(start2, end);
      const name = piece.join();
      const ways = known.get(name) ?? waysAbove(piece);
      known.set(name, ways);
      if (ways.length > 0) return ways;
    }
    return [{ share: 1, path: void 0 }];
  };
  const waysByNames = (chain, level, object) => {
    const { sites, isWhole, lost } = byNames(chain, level, object);
    if (isWhole) return [{ share: 1, path: joined(sites, void 0) }];
    return usualWays(chain, lost).map(({ share, path }) => ({ share, path: joined(sites, path) }));
  };
  const placeNames = describer(({ frames }) => frames.map(({ fn, line }) => `${fn}:${line}`).join(";"));
  const pathsTo = (context, levels = FOLLOWED_LEVELS) => {
    const id = context * (FOLLOWED_LEVELS + 1) + levels;
    const known2 = memo.get(id);
    if (known2 !== void 0) return known2;
    const chain = chains[context];
    const { object } = contexts[context];
    const isFull = chain.length > callers;
    const self = entryOf(context);
    const ways = /* @__PURE__ */ new Map();
    const add = (key, count2, above) => {
      const way = ways.get(key);
      if (way === void 0) ways.set(key, { count: count2, above });
      else way.count += count2;
    };
    for (const row of incoming(context)) {
      const caller = calls.caller[row];
      if (chains[caller]?.[0] !== chain[1]) continue;
      const count2 = calls.count[row];
      if (!isEntry(self, calls.target[row])) add("resumed", count2, () => usualWays(chain, 1));
      else if (isSwitching(chain[1], object)) add("begun", count2, () => [{ share: 1, path: void 0 }]);
      else {
        const site = placeOf(caller, calls.site[row]);
        const isNear = !isFull || levels > 0;
        add(
          `${isNear ? caller : ""}|${placeNames(site)}`,
          count2,
          () => (isNear ? pathsTo(caller, isFull ? levels - 1 : levels) : waysByNames(chain, 2, object)).map(
            ({ share, path }) => ({ share, path: { site, up: path } })
          )
        );
      }
    }
    const alternatives = [...ways.values()].flatMap(
      ({ count: count2, above }) => above().map(({ share, path }) => ({ share: count2 * share, path }))
    );
    const result = alternatives.length === 0 ? waysByNames(chain, 1, object) : mostOf(alternatives);
    memo.set(id, result);
    return result;
  };
  const leafNames = describer(({ frames }) => frames.map(({ fn }) => fn).join(";"));
  const leavesOf = (context) => {
    const leaves = /* @__PURE__ */ new Map();
    for (const row of executed(context)) {
      const count2 = costs.count[row];
      const site = placeOf(context, costs.address[row]);
      const leaf = leaves.get(leafNames(site));
      if (leaf === void 0) leaves.set(leafNames(site), { site, most: count2, count: count2 });
      else {
        leaf.count += count2;
        if (count2 > leaf.most) Object.assign(leaf, { site, most: count2 });
      }
    }
    return leaves.values();
  };
  const isCutOff = (chain, object) => chain.length > callers && !chain.some((symbol) => isSwitching(symbol, object));
  let truncated = 0;
  for (const [context, chain] of chains.entries()) {
    if (isCutOff(chain, contexts[context].object)) truncated += sumOf(executed(context), (row) => costs.count[row]);
  }
  function* stacks() {
    for (const [context, { object }] of contexts.entries()) {
      const leaves = [...leavesOf(context)];
      const ways = isSwitching(chains[context][0], object) ? [{ share: 1, path: void 0 }] : pathsTo(context);
      for (const { share, path } of ways) {
        const callersUp = sitesOf(path);
        for (const { site, count: count2 } of leaves) yield { sites: [site, ...callersUp], instructions: count2 * share };
      }
    }
  }
  return { stacks: { [Symbol.iterator]: stacks }, truncated };
}
function describer(describe) {
  const known = /* @__PURE__ */ new Map();
  const short = new Interner();
  return (site) => {
    let name = known.get(site);
    if (name === void 0) {
      const text = describe(site);
      name = String(short.index(text, () => text));
      known.set(site, name);
    }
    return name;
  };
}
var isEntry = (callee, target) => callee.address === 0 || callee.address === target;
var isSwitch = (site) => SWITCHES.has((site.frames.at(-1)?.fn ?? "").replace(/\.abi0$/, ""));
var SWITCHES = /* @__PURE__ */ new Set(["runtime.mcall", "runtime.gogo", "gogo", "runtime.goexit", "runtime.mstart"]);
function sitesOf(path) {
  const sites = [];
  for (let at = path; at !== void 0; at = at.up) sites.push(at.site);
  return sites;
}
function callersOf({ calls }, { names, chains }, entryOf) {
  const commonSite = [];
  const called = names.map(() => false);
  calls.site.forEach((address, i) => {
    const [context, callee, count2] = [calls.caller[i], calls.callee[i], calls.count[i]];
    if (!isEntry(entryOf(callee), calls.target[i])) return;
    const [to, from] = [chains[callee][0], chains[context][0]];
    commonSite[to] ??= /* @__PURE__ */ new Map();
    if (count2 > (commonSite[to].get(from)?.count ?? -1)) commonSite[to].set(from, { context, address, count: count2 });
    if (!isSwitch(entryOf(context))) called[to] = true;
  });
  return { commonSite, called };
}
function mostOf(alternatives) {
  const kept = alternatives.toSorted((a, b2) => b2.share - a.share).slice(0, MOST_ALTERNATIVES);
  const sum = sumOf(kept, ({ share }) => share);
  return kept.map(({ share, path }) => ({ share: share / sum, path }));
}
var joined = (sites, up) => sites.reduceRight((above, site) => ({ site, up: above }), up);
function sumOf(items, value) {
  let sum = 0;
  for (const item of items) sum += value(item);
  return sum;
}
function rowsByKey(keys, keyCount) {
  const starts = new Int32Array(keyCount + 1);
  for (const key of keys) starts[key + 1] = (starts[key + 1] ?? 0) + 1;
  for (let i = 0; i < keyCount; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const rows = new Int32Array(keys.length);
  const next = starts.slice();
  keys.forEach((key, row) => {
    rows[next[key] ?? 0] = row;
    next[key] = (next[key] ?? 0) + 1;
  });
  return (key) => rows.subarray(starts[key] ?? 0, starts[key + 1] ?? 0);
}
var baseName = (path) => path.slice(path.lastIndexOf("/") + 1);

// src/measure/collections.ts
var CYCLES = { full: 5, quick: 1 };
var MOST_REQUESTS2 = 1e3;
var LONGEST_MS2 = 6e4;
var PRECISION = 0.02;
var LEAST_LOOKS = 20;
var STEP = 10;
var STEP_OF_COMMAND = 200;
var COUNTED = { full: 3, quick: 1 };
async function bytesBetweenCollections(bench, running) {
  const { agent } = running;
  await agent.gc(1);
  const deadlineMs = bench.world.monotonicMs() + LONGEST_MS2;
  const start2 = await agent.memStats();
  const known = Math.max(1, start2.nextGC - start2.heapAlloc);
  const step = wholeDecks(bench, bench.command === void 0 ? STEP : STEP_OF_COMMAND);
  const most = Math.max(MOST_REQUESTS2, LEAST_LOOKS * step);
  const cycles = CYCLES[bench.isQuick ? "quick" : "full"];
  let first = start2;
  let last = start2;
  let firstSeenAt = 0;
  for (let requests = step; requests <= most && bench.world.monotonicMs() < deadlineMs; requests += step) {
    await request(bench, running, step);
    const now = await agent.memStats();
    if (now.numGC !== last.numGC) {
      last = now;
      if (first === start2) {
        first = now;
        firstSeenAt = requests;
      }
      const [seen, span] = [last.numGC - first.numGC, requests - firstSeenAt];
      if (seen >= cycles && Math.min(step, span / seen) <= PRECISION * span) break;
    }
    const expected = 2 * known * requests / (now.totalAlloc - start2.totalAlloc);
    if (first === start2 && expected > most) break;
  }
  if (last.numGC > first.numGC) return (last.totalAlloc - first.totalAlloc) / (last.numGC - first.numGC);
  return known;
}
async function countCollections(bench, running, options) {
  const { counter, bytesBetween, bytesPerRequest } = options;
  const { agent } = running;
  const requestsBetween = bytesBetween / Math.max(1, bytesPerRequest);
  const requests = wholeDecks(bench, Math.min(bench.config.load.count, requestsBetween));
  await agent.gc(2);
  const collections = COUNTED[bench.isQuick ? "quick" : "full"];
  let total = 0;
  for (let i = 0; i < collections; i++) {
    await request(bench, running, requests);
    await agent.startCount(1);
    await agent.stopCount();
    total += countedBy(counter, running.subject.side).total;
  }
  const instructions2 = total / collections;
  return {
    collection: instructions2 / requestsBetween,
    collections,
    oneCollection: { instructions: instructions2, bytesBetween }
  };
}

// src/profile/builder.ts
var ProfileBuilder = class {
  #header;
  #mappings = [];
  #functions = new Interner();
  #locations = new Interner();
  /** Those that were added as the same object. */
  #known = /* @__PURE__ */ new Map();
  #labelSets = new LabelSets();
  #starts = [0];
  #stacks = [];
  #values = [];
  #labels = [];
  constructor(header) {
    if (header.sampleTypes.length === 0 || header.sampleTypes.some((t) => t.type === "")) {
      throw new Error("a profile needs sample types, and each a name");
    }
    this.#header = header;
  }
  /** Declares an executable or library, the program itself first. Locations added later belong to the one that holds their address. */
  mapping(file, buildId, details = {}) {
    const known = details.isSymbolized ?? true;
    this.#mappings.push({
      start: BigInt(details.start ?? 0),
      limit: BigInt(details.limit ?? 0),
      offset: BigInt(details.offset ?? 0),
      file,
      buildId,
      hasFunctions: known,
      hasFilenames: known,
      hasLineNumbers: known,
      hasInlineFrames: known
    });
    return this;
  }
  /** Adds a sample: its stack, leaf first, and one value for each type. Values are rounded to whole numbers. */
  add(stack, values, labels = []) {
    if (values.length !== this.#header.sampleTypes.length) {
      throw new Error(`${values.length} values for ${this.#header.sampleTypes.length} sample types`);
    }
    const whole2 = values.map(Math.round);
    const bad = whole2.findIndex((value) => !Number.isSafeInteger(value));
    if (bad >= 0) throw new Error(`${values[bad]} cannot be a value of a profile`);
    for (const location of stack) this.#stacks.push(this.#location(location));
    for (const value of whole2) this.#values.push(value);
    this.#labels.push(this.#labelSets.add(labels.filter(isLabel)));
    this.#starts.push(this.#stacks.length);
    return this;
  }
  build() {
    const { sampleTypes, defaultType, periodType, period, timeNanos, durationNanos, comments, label } = this.#header;
    return {
      label: label ?? "built",
      sampleTypes,
      defaultSampleType: defaultType ?? "",
      periodType,
      period: period ?? 0,
      timeNanos: timeNanos ?? 0,
      durationNanos: durationNanos ?? 0,
      comments: comments ?? [],
      mappings: [...this.#mappings],
      functions: [...this.#functions.values],
      locations: [...this.#locations.values],
      samples: {
        count: this.#labels.length,
        starts: Int32Array.from(this.#starts),
        stacks: Int32Array.from(this.#stacks),
        values: Float64Array.from(this.#values),
        labels: Int32Array.from(this.#labels),
        labelSets: [...this.#labelSets.sets]
      }
    };
  }
  #location(location) {
    let index = this.#known.get(location);
    if (index === void 0) {
      index = this.#indexOf(location);
      this.#known.set(location, index);
    }
    return index;
  }
  #indexOf({ address = 0n, frames }) {
    const at = BigInt(address);
    const mapping = this.#mappings.findIndex(({ start: start2, limit }) => limit === 0n || start2 <= at && at < limit);
    const lines = frames.map(({ fn, file, line, startLine = 0 }) => ({
      fn: this.#functions.index(`${startLine}
${file}
${fn}`, () => ({ name: fn, file, startLine })),
      line
    }));
    const key = `${mapping} ${at} ${lines.map(({ fn, line }) => `${fn}:${line}`).join()}`;
    return this.#locations.index(key, () => ({ address: at, mapping, lines }));
  }
};
function isLabel(label) {
  return "text" in label ? label.text !== "" : label.number !== 0 || label.unit !== "";
}

// src/measure/instruction-profiles.ts
var INSTRUCTIONS = { type: "instructions", unit: "count" };
var CALLS = { type: "calls", unit: "count" };
function executedProfile({ executed, entered }, executable) {
  const builder = newBuilder([CALLS, INSTRUCTIONS], executable);
  for (const { site, count: count2 } of executed) builder.add([site], [0, count2]);
  for (const { site, calls } of entered) builder.add([site], [calls, 0]);
  return builder.build();
}
function pathsProfile({ stacks }, executable) {
  const builder = newBuilder([INSTRUCTIONS], executable);
  for (const { sites, instructions: instructions2 } of stacks) {
    if (Math.round(instructions2) > 0) builder.add(sites, [instructions2]);
  }
  return builder.build();
}
function newBuilder(sampleTypes, executable) {
  const header = { sampleTypes, defaultType: "instructions", periodType: INSTRUCTIONS, period: 1 };
  return new ProfileBuilder(header).mapping(executable, "");
}

// src/measure/instruction-symbols.ts
import { writeFileSync as writeFileSync3 } from "node:fs";

// src/binary/symbols.ts
var SYMBOL_OF_GO = /^go@([0-9a-f]+)$/;
var goSymbol = (address) => `go@${address.toString(16)}`;
function addressOfGoSymbol(symbol) {
  const match = SYMBOL_OF_GO.exec(symbol);
  return match?.[1] === void 0 ? void 0 : Number.parseInt(match[1], 16);
}
function withGoSymbols(elf, functions) {
  const first = functions[0]?.start ?? 0;
  const last = functions.at(-1)?.end ?? 0;
  const symbols = [...symbolsOf(elf)].filter((s) => s.isFunction && (s.address < first || s.address >= last));
  for (const fn of functions) {
    symbols.push({ name: goSymbol(fn.start), address: fn.start, size: fn.end - fn.start, isFunction: true });
  }
  const text = elf.sections.find((section) => section.name === ".text")?.index ?? 1;
  const { table, strings } = symbolTable(symbols, text);
  const tables = elf.sections.filter((section) => section.type === SHT.symtab || section.type === SHT.dynsym);
  const replaced = new Set(tables.flatMap((table2) => [table2.index, table2.link]));
  const isDebugOnly = (s) => (s.flags & SHF_ALLOC) === 0 && /^\.z?debug_/.test(s.name);
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
      entry: SYMBOL_SIZE
    }),
    sectionHeader({ type: SHT.strtab, offset: stringsAt, size: strings.length, link: 0, info: 0, entry: 0 })
  );
  const names = elf.sections[elf.sectionNamesIndex];
  const oldNames = names === void 0 ? new Uint8Array(1) : elf.bytes.subarray(names.offset, names.offset + names.size);
  const newNames = new TextEncoder().encode(".symtab\0.strtab\0");
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
var align = (offset) => Math.ceil(offset / 16) * 16;
function symbolTable(symbols, section) {
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
    view.setUint8(at + 4, 1 << 4 | 2);
    view.setUint16(at + 6, section, true);
    view.setBigUint64(at + 8, BigInt(address), true);
    view.setBigUint64(at + 16, BigInt(size), true);
    strings.set(name, nameAt);
    nameAt += name.length + 1;
  }
  return { table, strings };
}
function sectionHeader(section) {
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
function setName(header, nameOffset) {
  if (header !== void 0) new DataView(header.buffer, header.byteOffset).setUint32(0, nameOffset, true);
}

// src/binary/counted-copy.ts
var NEVER_YIELD = {
  amd64: [49, 192, 195],
  // xorl %eax, %eax; ret
  arm64: [0, 0, 128, 82, 192, 3, 95, 214]
  // movz w0, #0; ret
};
var ASK_VALGRIND = {
  amd64: [
    ...[49, 210],
    // xorl %edx, %edx: the answer where nobody listens
    ...[72, 193, 199, 3, 72, 193, 199, 13],
    // rolq $3, %rdi; rolq $13, %rdi
    ...[72, 193, 199, 61, 72, 193, 199, 51],
    // rolq $61, %rdi; rolq $51, %rdi
    ...[72, 135, 219],
    // xchgq %rbx, %rbx: the words are at %rax, the answer comes in %rdx
    ...[72, 137, 208, 195]
    // movq %rdx, %rax; ret
  ],
  arm64: [
    ...[228, 3, 0, 170, 3, 0, 128, 210],
    // mov x4, x0: the words; mov x3, #0: where nobody listens
    ...[140, 13, 204, 147, 140, 53, 204, 147],
    // ror x12, x12, #3; ror x12, x12, #13
    ...[140, 205, 204, 147, 140, 245, 204, 147],
    // ror x12, x12, #51; ror x12, x12, #61
    ...[74, 1, 10, 170],
    // orr x10, x10, x10: the answer comes in x3
    ...[224, 3, 3, 170, 192, 3, 95, 214]
    // mov x0, x3; ret
  ]
};
var ALWAYS_FILL = {
  // testl $1023, %eax (or f7 c0+r for another register): of the immediate nothing is left.
  amd64: (code) => {
    for (let at = 1; at + 4 <= code.length; at++) {
      const isTest = code[at - 1] === 169 || code[at - 2] === 247 && (code[at - 1] & 248) === 192;
      if (isTest && int32(code, at) === 1023) code.fill(0, at, at + 4);
    }
  },
  // tst wN, #1023: N becomes 31, the register that is always zero.
  arm64: (code) => {
    for (let at = 0; at + 4 <= code.length; at += 4) {
      if ((int32(code, at) & ~(31 << 5)) === TST_1023) code.set([255, 39, 0, 114], at);
    }
  }
};
var TST_1023 = 1912611871;
var replacedBy = (codes2) => (machine) => {
  const code = codes2[machine];
  return code && ((old) => old.length >= code.length && old.set(code));
};
var EDITS = {
  "runtime.preemptone": replacedBy(NEVER_YIELD),
  "runtime.interfaceSwitch": (machine) => ALWAYS_FILL[machine],
  "runtime.typeAssert": (machine) => ALWAYS_FILL[machine],
  "main.perfGateAskValgrind": replacedBy(ASK_VALGRIND)
};
function countedCopy(elf, functions) {
  const copy = withGoSymbols(elf, functions);
  editFunctions(copy, elf, functions, (name) => Object.hasOwn(EDITS, name) ? EDITS[name]?.(elf.machine) : void 0);
  return copy;
}

// src/measure/instruction-symbols.ts
async function symbolSource(running, countable) {
  const { elf, functions, bias } = await executableOf(running);
  writeFileSync3(countable, countedCopy(elf, functions), { mode: 448 });
  return {
    symbolsFor: async (profile) => {
      const executable = countable;
      const list = [...addressesOf(profile, { executable, entryOf: addressOfGoSymbol })];
      const frames = await running.agent.resolve(list.map((address) => address + bias));
      const known = new Map(list.map((address, i) => [address, frames[i] ?? []]));
      return { executable, entryOf: addressOfGoSymbol, framesAt: (address) => known.get(address) ?? [] };
    }
  };
}

// src/measure/instructions.ts
var CALLERS = 32;
var REQUESTS_FOR_PATHS = { full: 50, quick: 20 };
var SWITCHES_FOR_PATHS = 2e3;
var SLOWDOWN2 = 30;
var UNREST = 0.1;
var REQUESTS_FOR_BYTES = 20;
var MEMORY_LIMIT_BYTES2 = 4 * 2 ** 30;
var instructions = {
  name: "instructions",
  async measure(subjects, bench) {
    const valgrind = await findValgrind(bench.world);
    if ("missing" in valgrind) return { missing: { reason: valgrind.missing, hint: valgrind.hint } };
    try {
      const results = await countUntilClear(bench, wholeDecks(bench, bench.config.load.count), {
        instrument: "instructions",
        metrics: ["instructions"],
        figuresOf: ({ replicates }) => replicates.map(({ user }) => user),
        measure: (effort) => atOnce(subjects, bench.signal, (subject, signal, i) => {
          const cores = coresFor(bench, i, subjects.length);
          return countSide({ ...bench, signal }, { subject, cores, effort, valgrind: valgrind.version });
        })
      });
      return { results };
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      for (const { output } of subjects) removeResults2(output);
      bench.progress(`going on without instructions: ${error.message}`);
      const { message, hint = HINT, detail } = error;
      return { missing: { reason: message, hint, fault: "service", ...detail !== void 0 && { detail } } };
    }
  }
};
var HINT = "the service and valgrind may have said more in the logs of the run directory";
function removeResults2(output) {
  for (const name of ["instructions", "instructions.pb.gz", "paths.pb.gz"]) {
    rmSync3(join5(output, name), { recursive: true, force: true });
  }
}
function coresFor({ cores, isQuick }, index, subjects) {
  const last = (back) => cores[cores.length - 1 - back % cores.length];
  if (isQuick && subjects > 1 && cores.length > 1) return [last(index), last(index)];
  return subjects === 1 && cores.length > 1 ? [last(0), last(1)] : [last(index)];
}
function countSide(bench, { subject, cores, effort, valgrind }) {
  const [core] = cores;
  return withService(bench, subject, { name: "symbols", core, ...STEADY }, async (resolver) => {
    const countable = join5(bench.scratch, `${subject.side}.bin`);
    const learnt = await bench.progress.step(
      { side: subject.side, name: "learning its symbols and collections" },
      async () => {
        const symbols = await symbolSource(resolver, countable);
        await warmUp(bench, resolver);
        return { symbols, bytesBetween: await bytesBetweenCollections(bench, resolver) };
      }
    );
    const { took, ...counted } = await countWith({ bench, subject, core, countable, ...learnt }, cores, effort);
    return { result: { valgrind, ...counted }, took };
  });
}
async function countWith(options, cores, effort) {
  const { bench, subject } = options;
  const { side } = subject;
  const { requests } = effort;
  mkdirSync3(join5(subject.output, "instructions"), { recursive: true });
  const startedMs = bench.world.monotonicMs();
  const counted = await bench.progress.step(
    { side, name: `counting the instructions of ${requests} requests` },
    (update) => countReplicates(options, cores, effort, update)
  );
  const took = {
    replicatesMs: bench.world.monotonicMs() - startedMs,
    requestsMs: counted.reduce((sum, { durationMs }) => sum + durationMs, 0) / cores.length
  };
  const replicates = counted.map(({ profile: profile2, switches: switches2, durationMs, ...figures }, i) => {
    const file = `instructions/replicate-${i + 1}.pb.gz`;
    writeFileSync4(join5(subject.output, file), encodeProfile(profile2));
    return { profile: file, ...figures };
  });
  const profiles = counted.map(({ profile: profile2 }) => profile2);
  const switches = Math.max(...counted.map((one) => one.switches));
  writeFileSync4(join5(subject.output, "instructions.pb.gz"), encodeProfile(mergeProfiles(profiles, "all replicates")));
  const fewer = wholeDecks(
    bench,
    Math.min(REQUESTS_FOR_PATHS[bench.isQuick ? "quick" : "full"], Math.max(1, SWITCHES_FOR_PATHS / switches))
  );
  const { profile, ...paths } = await bench.progress.step(
    { side, name: `following the call paths of ${fewer} requests` },
    () => countPaths(options, fewer)
  );
  writeFileSync4(join5(subject.output, "paths.pb.gz"), encodeProfile(profile));
  return { requests, replicates, paths, took };
}
async function countReplicates(options, cores, { replicates, requests }, update) {
  const { bench } = options;
  const count2 = (i, signal) => {
    const core = cores[(i - 1) % cores.length];
    return countExecuted({ ...options, bench: { ...bench, signal }, core }, requests, i);
  };
  const numbers = Array.from({ length: replicates }, (_, i) => i + 1);
  const counted = [];
  while (counted.length < replicates) {
    const next = numbers.slice(counted.length, counted.length + cores.length);
    update(next.length === replicates ? `${replicates} at once` : `${next.join(" and ")} of ${replicates}`);
    counted.push(...await atOnce(next, bench.signal, count2));
  }
  return counted;
}
function countExecuted(options, requests, replicate) {
  return underCallgrind(options, { name: `instructions-${replicate}`, callers: 0 }, async (running, counter) => {
    const { bench, subject, symbols, bytesBetween } = options;
    const { counted, bytesPerRequest, ...load } = await count(bench, running, counter, requests);
    const code = executedCode(counted, await symbols.symbolsFor(counted));
    const profile = without(executedProfile(code, subject.binary), isAgentFunction);
    const table = tableOf(profile, { type: "instructions" });
    const mutator = table.total / load.requests;
    const user = table.rows.reduce((sum, { name, flat }) => sum + (isRuntime(name) ? 0 : flat), 0) / load.requests;
    const switches = code.entered.find(({ site }) => site.frames[0]?.fn === "runtime.execute")?.calls ?? 0;
    const collector = await countCollections(bench, running, { counter, bytesBetween, bytesPerRequest });
    const { durationMs } = load;
    return {
      profile,
      requests: load.requests,
      durationMs,
      switches: switches / load.requests,
      mutator,
      user,
      ...collector
    };
  });
}
function countPaths(options, requests) {
  return underCallgrind(options, { name: "paths", callers: CALLERS }, async (running, counter) => {
    const { bench, subject, symbols } = options;
    const { counted, ...load } = await count(bench, running, counter, requests);
    const paths = callPaths(counted, await symbols.symbolsFor(counted), CALLERS);
    const profile = without(pathsProfile(paths, subject.binary), isAgentFunction);
    return { profile, requests: load.requests, callers: CALLERS, truncated: paths.truncated / counted.total };
  });
}
var STEADY = {
  // callgrind loses its way when a preemption signal interrupts the code that it counts; a stack that shrinks and
  // grows again breaks its chains of callers.
  godebug: ["asyncpreemptoff=1", "gcshrinkstackoff=1", "gcstoptheworld=1"],
  // The memory profiler takes samples at random intervals, and unwinds a stack for each.
  env: { GOMAXPROCS: "1", PERF_GATE_MEMPROFILERATE: "0" }
};
async function underCallgrind(options, phase, act) {
  const { bench, subject } = options;
  try {
    return await onceUnderCallgrind(options, phase, act);
  } catch (error) {
    if (!(error instanceof FailedRequests && error.isBroken)) throw underValgrind(error, options, phase);
    bench.progress(`${subject.side}: counting once more (${phase.name}): ${error.first}`);
  }
  const again = { ...phase, name: `${phase.name}-again` };
  return onceUnderCallgrind(options, again, act).catch((error) => {
    throw underValgrind(error, options, again);
  });
}
function onceUnderCallgrind({ bench, subject, core, countable }, { name, callers }, act) {
  const counter = callgrind(join5(bench.scratch, `${subject.side}-${name}`), callers);
  const options = {
    name,
    core,
    binary: countable,
    wrapper: counter.wrapper,
    slowdown: SLOWDOWN2,
    ...STEADY
  };
  return withService(bench, subject, options, async (running) => {
    await warmUp(bench, running);
    await running.agent.quietSignals();
    return act(running, counter);
  });
}
function underValgrind(error, { subject }, { name }) {
  if (!(error instanceof MeasurementError) || error instanceof BackgroundError) return error;
  const { message, detail, hint } = error;
  const isOfRequests = error instanceof FailedRequests && error.first !== void 0;
  const told = isOfRequests ? `${message} (${name}); the first: ${error.first}` : message;
  const hasLog = !isOfRequests || statSync(join5(subject.output, "logs", `${name}.log`), { throwIfNoEntry: false })?.size;
  const where = hasLog ? HINT : hint;
  return new MeasurementError(`under valgrind, ${told}`, {
    ...where !== void 0 && { hint: where },
    cause: error,
    ...detail !== void 0 && { detail }
  });
}
async function count(bench, running, counter, requests) {
  const { agent } = running;
  const before = await agent.memStats();
  const some = wholeDecks(bench, REQUESTS_FOR_BYTES);
  const { requests: learnt } = await request(bench, running, some);
  const bytesPerRequest = ((await agent.memStats()).totalAlloc - before.totalAlloc) / learnt;
  await agent.useHeap(Math.min(MEMORY_LIMIT_BYTES2 / 4, 2 * bytesPerRequest * (Math.max(requests, learnt) + learnt)));
  await agent.useStacks();
  const { previousPercent, previousMemoryLimit } = await agent.setGCPercent(-1, MEMORY_LIMIT_BYTES2);
  await request(bench, running, some);
  const allocated = await agent.memStats();
  await agent.startCount();
  const load = await request(bench, running, requests);
  await agent.stopCount();
  const counted = countedBy(counter, running.subject.side);
  const exactBytes = (await agent.memStats()).totalAlloc - allocated.totalAlloc;
  if (bench.command !== void 0 || running.rest.unrest > UNREST) {
    const counting = { load, amount: counted.total, floor: 0, unit: "instructions" };
    await refuseBackground(bench, running, counting, async (act) => {
      await agent.startCount();
      await act();
      await agent.stopCount();
      return parseCallgrind(counter.take(), "the counts of a service at rest").total;
    });
  }
  await agent.setGCPercent(previousPercent, previousMemoryLimit);
  return { counted, requests: load.requests, durationMs: load.durationMs, bytesPerRequest: exactBytes / load.requests };
}

// src/measure/io.ts
import { readFileSync as readFileSync4 } from "node:fs";
var REPLICATES = 2;
var io = {
  name: "io",
  async measure(subjects, bench) {
    if (bench.world.platform !== "linux") {
      return { missing: { reason: `read and write calls are counted on Linux only, this is ${bench.world.platform}` } };
    }
    const requests = wholeDecks(bench, bench.config.load.count);
    const name = `counting the input and output of ${requests} requests`;
    const results = [];
    for (const subject of subjects) {
      const measured = bench.progress.step(
        { side: subject.side, name },
        (update) => measureSide2(bench, subject, requests, (i) => update(`${i} of ${REPLICATES}`))
      );
      results.push(await measured);
    }
    return { results };
  }
};
async function measureSide2(bench, subject, requests, onReplicate) {
  const replicates = [];
  for (let i = 1; i <= REPLICATES; i++) {
    onReplicate(i);
    const options = { name: `io-${i}` };
    replicates.push(await withService(bench, subject, options, (running) => measureOnce2(bench, running, requests)));
  }
  return { requests, replicates };
}
async function measureOnce2(bench, running, requests) {
  await warmUp(bench, running);
  const before = accountOf(running.service.pid);
  const load = await request(bench, running, requests);
  const after = accountOf(running.service.pid);
  const perRequest = (name) => ((after.get(name) ?? 0) - (before.get(name) ?? 0)) / load.requests;
  return {
    readCalls: perRequest("syscr"),
    writeCalls: perRequest("syscw"),
    readBytes: perRequest("rchar"),
    writeBytes: perRequest("wchar")
  };
}
function accountOf(pid) {
  const lines = readFileSync4(`/proc/${pid}/io`, "utf8").trim().split("\n");
  return new Map(lines.map((line) => [line.split(":")[0] ?? "", Number(line.split(":")[1])]));
}

// src/measure/instruments.ts
var instruments = { instructions, allocs, io, cpu };

export {
  fetch,
  firstParents,
  fetchedFirstParents,
  isAncestor,
  atOnce,
  buildForComparison,
  NOT_READ,
  buildComparable,
  buildForMeasuring,
  packageOf,
  isAgentFunction,
  without,
  roundsWithin,
  findValgrind,
  instruments,
  manifestOf,
  fingerprintHere
};
