import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  MeasurementError
} from "./base-errors.js";

// src/profile/wire.ts
var WireError = class extends Error {
};
var VALUE_TYPE = [void 0, "number", "number"];
var LABEL = [void 0, "number", "number", "number", "number"];
var SAMPLE = [void 0, "numbers", "numbers", LABEL];
var MAPPING = [void 0, ...Array(10).fill("number")];
var LINE = [void 0, "number", "number", "number"];
var LOCATION = [void 0, "number", "number", "number", LINE, "number"];
var FUNCTION = [void 0, ...Array(5).fill("number")];
var PROFILE = [
  void 0,
  VALUE_TYPE,
  SAMPLE,
  MAPPING,
  LOCATION,
  FUNCTION,
  "bytes",
  "number",
  "number",
  "number",
  "number",
  VALUE_TYPE,
  "number",
  "numbers",
  "number",
  "number"
];
var ONCE = /* @__PURE__ */ new Set([7, 8, 9, 10, 11, 12, 14, 15]);
function checkWire(bytes) {
  const once = /* @__PURE__ */ new Set();
  const met = (field) => {
    if (once.has(field)) throw new WireError("it is several profiles in one (concatenated)");
    if (ONCE.has(field)) once.add(field);
  };
  checkMessage(bytes, 0, bytes.length, PROFILE, met);
}
function checkMessage(bytes, start, end, fields, met) {
  let at = start;
  while (at < end) {
    const tag = bytes[at++];
    const number = tag >> 3;
    const type = tag & 7;
    if (tag >= 128 || type === 1 || type === 5) {
      throw new WireError("it has fields that are not in the format: an unsupported producer, or no profile");
    }
    if (number === 0 || type !== 0 && type !== 2) throw new WireError("a field has no number or no type");
    const field = fields[number];
    met?.(number);
    if (type === 0) {
      if (field !== void 0 && field !== "number" && field !== "numbers")
        throw new WireError(`field ${number} is a number`);
      at = afterNumber(bytes, at, end);
      continue;
    }
    if (field === "number") throw new WireError(`field ${number} is no number`);
    const content = afterNumber(bytes, at, end);
    const stop = content + lengthAt(bytes, at, content);
    if (stop > end) throw new WireError("a length runs past the end: cut off or damaged");
    if (field === "numbers") {
      if (stop > content && bytes[stop - 1] >= 128) throw new WireError("a list of numbers breaks off");
    } else if (typeof field === "object") checkMessage(bytes, content, stop, field);
    at = stop;
  }
}
function afterNumber(bytes, at, end) {
  const last = Math.min(end, at + 10);
  for (let i = at; i < last; i++) if (bytes[i] < 128) return i + 1;
  throw new WireError("a number does not end: cut off or damaged");
}
function lengthAt(bytes, at, end) {
  let length = 0;
  for (let i = end - 1; i >= at; i--) length = length * 128 + (bytes[i] & 127);
  return length;
}
var WireReader = class {
  /** The number of the field. */
  field = 0;
  /** It is bytes: a text, a message or packed numbers. */
  isStretch = false;
  #bytes;
  #at = 0;
  #end;
  /** Ends of the messages around the one at hand. */
  #around = [];
  constructor(bytes) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }
  /** What `read` makes of each of these messages: start and end by turns. It may leave the rest of one unread. */
  each(stretches, read) {
    const all = [];
    for (let i = 0; i < stretches.length; i += 2) {
      this.#at = stretches[i];
      this.#end = stretches[i + 1];
      all.push(read());
    }
    return all;
  }
  /** Whether there is one more field. */
  next() {
    if (this.#at >= this.#end) return false;
    const tag = this.#bytes[this.#at++];
    this.field = tag >> 3;
    this.isStretch = (tag & 7) === 2;
    return true;
  }
  /** A signed integer of 64 bits; rounded beyond 2^53. */
  number() {
    const value = this.id();
    return typeof value === "number" ? value : Number(BigInt.asIntN(64, value));
  }
  /** An unsigned integer of 64 bits. */
  big() {
    return BigInt(this.id());
  }
  /** An unsigned integer of 64 bits, as a number where that is exact. */
  id() {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++];
    if (byte < 128) return byte;
    let value = byte & 127;
    let scale = 128;
    do {
      byte = bytes[this.#at++];
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128 && scale < 2 ** 49);
    return byte < 128 ? value : this.#beyond49Bits(value);
  }
  /** One number, or several in one. */
  numbers(see) {
    if (!this.isStretch) {
      see(this.id());
      return;
    }
    this.enter();
    while (this.#at < this.#end) see(this.id());
    this.leave();
  }
  /** Goes into the bytes of the field; returns where they begin. */
  enter() {
    const length = Number(this.id());
    this.#around.push(this.#end);
    this.#end = this.#at + length;
    return this.#at;
  }
  /** Out again, wherever one was in it; returns where the bytes end. */
  leave() {
    this.#at = this.#end;
    this.#end = this.#around.pop();
    return this.#at;
  }
  skip() {
    if (!this.isStretch) this.id();
    else {
      this.enter();
      this.leave();
    }
  }
  #beyond49Bits(low) {
    let value = BigInt(low);
    for (let shift = 49n; ; shift += 7n) {
      const byte = this.#bytes[this.#at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) {
        const unsigned = BigInt.asUintN(64, value);
        return unsigned > Number.MAX_SAFE_INTEGER ? unsigned : Number(unsigned);
      }
    }
  }
};

// src/profile/intern.ts
var Ids = class {
  #kind;
  /** Index + 1 of small ids, which is what all of today's producers write; the others are in the map. */
  #dense;
  #sparse = /* @__PURE__ */ new Map();
  #count = 0;
  constructor(kind, count) {
    this.#kind = kind;
    this.#dense = new Int32Array(2 * count + 1);
  }
  /** Gives the next index to `id`, which must be new and not 0. */
  add(id2) {
    if (id2 === 0) throw new WireError(`a ${this.#kind} has the id 0`);
    if (this.find(id2) >= 0) throw new WireError(`two ${this.#kind}s have the id ${id2} (several profiles in one file?)`);
    const index = this.#count++;
    if (typeof id2 === "number" && id2 < this.#dense.length) this.#dense[id2] = index + 1;
    else this.#sparse.set(id2, index);
  }
  /** The index of `id`, -1 when there is none. */
  find(id2) {
    if (typeof id2 === "number" && id2 < this.#dense.length) return this.#dense[id2] - 1;
    return this.#sparse.get(id2) ?? -1;
  }
};
var Interner = class {
  values = [];
  #index = /* @__PURE__ */ new Map();
  /** The index of the value of this key; `make` is called when it is new. */
  index(key, make) {
    let index = this.#index.get(key);
    if (index === void 0) {
      index = this.values.push(make()) - 1;
      this.#index.set(key, index);
    }
    return index;
  }
};
var LabelSets = class {
  #sets = new Interner();
  constructor() {
    this.add([]);
  }
  get sets() {
    return this.#sets.values;
  }
  /** The number of this set. The order in the file is random (a Go map), so it does not count. */
  add(labels) {
    const sorted = labels.length > 1 ? labels.toSorted(byKey) : labels;
    return this.#sets.index(JSON.stringify(sorted), () => sorted);
  }
};
function byKey(a, b) {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

// src/profile/profile.ts
var ProfileError = class extends MeasurementError {
};
function columnOf(profile, type) {
  const column = profile.sampleTypes.findIndex((t) => t.type === type);
  if (column >= 0) return column;
  const types = profile.sampleTypes.map((t) => `${t.type}/${t.unit}`).join(", ");
  throw new ProfileError(`${profile.label}: no values of type '${type}'; it has ${types}`);
}

// src/profile/unwrap.ts
import { gunzipSync } from "node:zlib";
var MAX_BYTES = 256 * 1024 * 1024;
function unwrap(bytes, label) {
  if (bytes.length === 0) throw new ProfileError(`${label}: the profile is empty (0 bytes)`);
  if (bytes.length > MAX_BYTES) throw tooLarge(label);
  const body = isGzip(bytes) ? inflate(bytes, label) : bytes;
  if (body.length === 0) throw new ProfileError(`${label}: the profile is empty (nothing inside the gzip)`);
  if (isGzip(body)) throw new ProfileError(`${label}: gzipped twice, not a profile`);
  refuseText(body, label);
  return body;
}
function isGzip(bytes) {
  return bytes[0] === 31 && bytes[1] === 139;
}
function inflate(bytes, label) {
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : void 0;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLarge(label);
    const why = code === "Z_BUF_ERROR" ? "the file is cut off (its gzip stream does not end)" : "its gzip stream is damaged";
    throw new ProfileError(`${label}: ${why}`, { cause });
  }
}
function tooLarge(label) {
  return new ProfileError(`${label}: larger than ${MAX_BYTES / 1024 / 1024} MB, not a profile`);
}
function refuseText(body, label) {
  const start = body.subarray(0, 512);
  if (start.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return;
  const text = new TextDecoder().decode(start).trim();
  const detail = text.split("\n").slice(0, 5).join("\n");
  if (text.startsWith("<")) throw new ProfileError(`${label}: this is HTML, not a profile`, { detail });
  if (/^[[{]/.test(text)) throw new ProfileError(`${label}: this is JSON, not a profile`, { detail });
  if (/^(heap profile:|goroutine (profile:|\d+ \[)|threadcreate profile:|--- \w+:)/.test(text)) {
    const hint = "fetch it without ?debug=, which asks for text";
    throw new ProfileError(`${label}: this is a profile in Go's text format, which cannot be read`, { detail, hint });
  }
  throw new ProfileError(`${label}: this is text, not a profile`, { detail });
}

// src/profile/decode.ts
function decodeProfile(bytes, label) {
  const body = unwrap(bytes, label);
  try {
    checkWire(body);
    return profileIn(body, label);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const hint = "it is cut off, damaged, or not a pprof profile; measure again";
    throw new ProfileError(`${label}: not a whole, valid profile: ${cause.message}`, { hint, cause });
  }
}
function profileIn(bytes, label) {
  const messages = Array.from({ length: 16 }, () => []);
  const numbers = new Float64Array(16);
  const comments = [];
  const file = new WireReader(bytes);
  while (file.next()) {
    if (file.field === COMMENT) file.numbers((index) => comments.push(Number(index)));
    else if (file.isStretch) messages[file.field].push(file.enter(), file.leave());
    else numbers[file.field] = file.number();
  }
  const strings = new Strings(bytes, messages[STRING]);
  const valueTypes = (all) => file.each(all, () => {
    const [, type = 0, unit = 0] = numbersIn(file, 3);
    return { type: strings.at(type), unit: strings.at(unit) };
  });
  const sampleTypes = valueTypes(messages[SAMPLE_TYPE]);
  if (!sampleTypes.some((t) => t.type !== "")) throw new WireError("it names no type of sample");
  for (const index of [DROP_FRAMES, KEEP_FRAMES, DOC_URL]) strings.at(numbers[index]);
  const { mappings, mappingIds } = mappingsIn(file, messages[MAPPING2], strings);
  const { functions, functionIds } = functionsIn(file, messages[FUNCTION2], strings);
  const { locations, locationIds } = locationsIn(file, messages[LOCATION2], mappingIds, functionIds);
  const [periodType] = valueTypes(messages[PERIOD_TYPE]);
  return {
    label,
    sampleTypes,
    defaultSampleType: strings.at(numbers[DEFAULT_SAMPLE_TYPE]),
    periodType,
    period: numbers[PERIOD],
    timeNanos: numbers[TIME_NANOS],
    durationNanos: numbers[DURATION_NANOS],
    comments: comments.map((index) => strings.at(index)),
    mappings,
    functions,
    locations,
    samples: samplesIn(file, messages[SAMPLE2], sampleTypes.length, locationIds, strings)
  };
}
var [SAMPLE_TYPE, SAMPLE2, MAPPING2, LOCATION2, FUNCTION2, STRING, DROP_FRAMES, KEEP_FRAMES] = [1, 2, 3, 4, 5, 6, 7, 8];
var [TIME_NANOS, DURATION_NANOS, PERIOD_TYPE, PERIOD, COMMENT, DEFAULT_SAMPLE_TYPE, DOC_URL] = [
  9,
  10,
  11,
  12,
  13,
  14,
  15
];
function numbersIn(file, count) {
  const numbers = Array(count).fill(0);
  while (file.next()) {
    if (file.field < count) numbers[file.field] = file.number();
    else file.skip();
  }
  return numbers;
}
function mappingsIn(file, all, strings) {
  const mappingIds = new Ids("mapping", all.length / 2);
  const mappings = file.each(all, () => {
    const values = Array(11).fill(0n);
    while (file.next()) {
      if (file.field < values.length) values[file.field] = file.big();
      else file.skip();
    }
    mappingIds.add(id(values[1]));
    const text = (field) => strings.at(Number(BigInt.asIntN(64, values[field])));
    const has = (field) => values[field] !== 0n;
    return {
      start: values[2],
      limit: values[3],
      offset: values[4],
      file: text(5),
      buildId: text(6),
      hasFunctions: has(7),
      hasFilenames: has(8),
      hasLineNumbers: has(9),
      hasInlineFrames: has(10)
    };
  });
  return { mappings, mappingIds };
}
function functionsIn(file, all, strings) {
  const functionIds = new Ids("function", all.length / 2);
  const functions = file.each(all, () => {
    let own = 0;
    let name = 0;
    let systemName = 0;
    let source = 0;
    let startLine = 0;
    while (file.next()) {
      if (file.field === 1) own = file.id();
      else if (file.field === 2) name = file.number();
      else if (file.field === 3) systemName = file.number();
      else if (file.field === 4) source = file.number();
      else if (file.field === 5) startLine = file.number();
      else file.skip();
    }
    functionIds.add(own);
    strings.at(systemName);
    return { name: strings.at(name), file: strings.at(source), startLine };
  });
  return { functions, functionIds };
}
function locationsIn(file, all, mappingIds, functionIds) {
  const locationIds = new Ids("location", all.length / 2);
  const locations = file.each(all, () => {
    let own = 0;
    let mapping = 0;
    let address = 0;
    const lines = [];
    while (file.next()) {
      if (file.field === 1) own = file.id();
      else if (file.field === 2) mapping = file.id();
      else if (file.field === 3) address = file.id();
      else if (file.field === 4) lines.push(lineIn(file, functionIds));
      else file.skip();
    }
    locationIds.add(own);
    return { address: BigInt(address), mapping: mappingIds.find(mapping), lines };
  });
  return { locations, locationIds };
}
function lineIn(file, functionIds) {
  let fn = 0;
  let line = 0;
  file.enter();
  while (file.next()) {
    if (file.field === 1) fn = file.id();
    else if (file.field === 2) line = file.number();
    else file.skip();
  }
  file.leave();
  const index = functionIds.find(fn);
  if (index < 0) throw new WireError(`a location refers to function ${fn}, which is missing`);
  return { fn: index, line };
}
function samplesIn(file, all, types, locations, strings) {
  const samples = all.length / 2;
  const starts = new Int32Array(samples + 1);
  let stacks = new Int32Array(Math.max(16, 8 * samples));
  let depth = 0;
  const values = new Float64Array(samples * types);
  const labels = new Int32Array(samples);
  const labelSets = new LabelSets();
  let sample = 0;
  let count = 0;
  const addLocation = (recorded) => {
    const location = locations.find(recorded);
    if (location < 0) throw new WireError(`a sample refers to location ${recorded}, which is missing`);
    if (depth === stacks.length) {
      const larger = new Int32Array(2 * depth);
      larger.set(stacks);
      stacks = larger;
    }
    stacks[depth++] = location;
  };
  const addValue = (recorded) => {
    const value = typeof recorded === "number" ? recorded : Number(BigInt.asIntN(64, recorded));
    if (!Number.isSafeInteger(value)) throw new WireError("a value is beyond 2^53 and could not be added up exactly");
    if (count < types) values[sample * types + count] = value;
    count++;
  };
  file.each(all, () => {
    let found;
    count = 0;
    while (file.next()) {
      if (file.field === 1) file.numbers(addLocation);
      else if (file.field === 2) file.numbers(addValue);
      else if (file.field === 3) found = [...found ?? [], ...labelIn(file, strings)];
      else file.skip();
    }
    if (count !== types) throw new WireError(`a sample has ${count} values for ${types} types`);
    if (found !== void 0) labels[sample] = labelSets.add(found);
    starts[++sample] = depth;
  });
  return { count: samples, starts, stacks: stacks.slice(0, depth), values, labels, labelSets: labelSets.sets };
}
function labelIn(file, strings) {
  file.enter();
  const [, keyIndex = 0, text = 0, number = 0, unitIndex = 0] = numbersIn(file, 5);
  file.leave();
  const key = strings.at(keyIndex);
  if (text !== 0) return [{ key, text: strings.at(text) }];
  const unit = strings.at(unitIndex);
  return number !== 0 || unit !== "" ? [{ key, number, unit }] : [];
}
var Strings = class {
  #strings;
  constructor(bytes, stretches) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const strings = [];
    for (let i = 0; i < stretches.length; i += 2) strings.push(all.toString("utf8", stretches[i], stretches[i + 1]));
    this.#strings = strings;
    if (this.#strings[0] !== "") throw new WireError("its string table does not begin with the empty string");
  }
  at(index) {
    const text = this.#strings[index];
    if (text === void 0) throw new WireError(`text number ${index} of ${this.#strings.length} is missing`);
    return text;
  }
};
var id = (value) => value > Number.MAX_SAFE_INTEGER ? value : Number(value);

export {
  ProfileError,
  columnOf,
  Interner,
  LabelSets,
  decodeProfile
};
