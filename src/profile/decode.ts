/**
 * From the bytes of a pprof file to a Profile, or a ProfileError that says what is wrong: nothing is repaired, skipped or
 * half read. The format is checked before it is read (unwrap.ts, wire.ts); pprof's own rules of validity (CheckValid) are
 * here. It reads into columns: a profile has a million small things, and an object for each would take seconds.
 */
import { type Id, Ids, LabelSets } from './intern.ts';
import {
  type Label,
  type Line,
  type Location,
  type Mapping,
  type Profile,
  ProfileError,
  type ProfileFunction,
  type Samples,
  type ValueType,
} from './profile.ts';
import { unwrap } from './unwrap.ts';
import { checkWire, WireError, WireReader } from './wire.ts';

/** The profile in `bytes` (gzipped or not); `label` names it in messages. Throws a ProfileError when it is not a whole, valid one. */
export function decodeProfile(bytes: Uint8Array, label: string): Profile {
  const body = unwrap(bytes, label);
  try {
    checkWire(body);
    return profileIn(body, label);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const hint = 'it is cut off, damaged, or not a pprof profile; measure again';
    throw new ProfileError(`${label}: not a whole, valid profile: ${cause.message}`, { hint, cause });
  }
}

/** Where in the file the messages or texts of one kind lie: start and end of each by turns. */
type Stretches = readonly number[];

/** Fields of google/pprof proto/profile.proto. What a message lacks is 0. */
function profileIn(bytes: Uint8Array, label: string): Profile {
  const messages: number[][] = Array.from({ length: 16 }, () => []);
  const numbers = new Float64Array(16);
  const comments: number[] = [];
  const file = new WireReader(bytes);
  while (file.next()) {
    if (file.field === COMMENT) file.numbers((index) => comments.push(Number(index)));
    else if (file.isStretch) messages[file.field]!.push(file.enter(), file.leave());
    else numbers[file.field] = file.number();
  }
  const strings = new Strings(bytes, messages[STRING]!);
  const valueTypes = (all: Stretches): ValueType[] =>
    file.each(all, () => {
      const [, type = 0, unit = 0] = numbersIn(file, 3);
      return { type: strings.at(type), unit: strings.at(unit) };
    });
  const sampleTypes = valueTypes(messages[SAMPLE_TYPE]!);
  if (!sampleTypes.some((t) => t.type !== '')) throw new WireError('it names no type of sample');
  for (const index of [DROP_FRAMES, KEEP_FRAMES, DOC_URL]) strings.at(numbers[index]!);
  const { mappings, mappingIds } = mappingsIn(file, messages[MAPPING]!, strings);
  const { functions, functionIds } = functionsIn(file, messages[FUNCTION]!, strings);
  const { locations, locationIds } = locationsIn(file, messages[LOCATION]!, mappingIds, functionIds);
  const [periodType] = valueTypes(messages[PERIOD_TYPE]!);
  return {
    label,
    sampleTypes,
    defaultSampleType: strings.at(numbers[DEFAULT_SAMPLE_TYPE]!),
    periodType,
    period: numbers[PERIOD]!,
    timeNanos: numbers[TIME_NANOS]!,
    durationNanos: numbers[DURATION_NANOS]!,
    comments: comments.map((index) => strings.at(index)),
    mappings,
    functions,
    locations,
    samples: samplesIn(file, messages[SAMPLE]!, sampleTypes.length, locationIds, strings),
  };
}

const [SAMPLE_TYPE, SAMPLE, MAPPING, LOCATION, FUNCTION, STRING, DROP_FRAMES, KEEP_FRAMES] = [1, 2, 3, 4, 5, 6, 7, 8];
const [TIME_NANOS, DURATION_NANOS, PERIOD_TYPE, PERIOD, COMMENT, DEFAULT_SAMPLE_TYPE, DOC_URL] = [
  9, 10, 11, 12, 13, 14, 15,
];

/** The numbers of the message at hand, by field, below `count`; the rest of it is passed over. */
function numbersIn(file: WireReader, count: number): number[] {
  const numbers = Array<number>(count).fill(0);
  while (file.next()) {
    if (file.field < count) numbers[file.field] = file.number();
    else file.skip();
  }
  return numbers;
}

function mappingsIn(file: WireReader, all: Stretches, strings: Strings) {
  const mappingIds = new Ids('mapping', all.length / 2);
  const mappings = file.each(all, (): Mapping => {
    const values = Array<bigint>(11).fill(0n);
    while (file.next()) {
      if (file.field < values.length) values[file.field] = file.big();
      else file.skip();
    }
    mappingIds.add(id(values[1]!));
    const text = (field: number) => strings.at(Number(BigInt.asIntN(64, values[field]!)));
    const has = (field: number) => values[field] !== 0n;
    return {
      start: values[2]!,
      limit: values[3]!,
      offset: values[4]!,
      file: text(5),
      buildId: text(6),
      hasFunctions: has(7),
      hasFilenames: has(8),
      hasLineNumbers: has(9),
      hasInlineFrames: has(10),
    };
  });
  return { mappings, mappingIds };
}

function functionsIn(file: WireReader, all: Stretches, strings: Strings) {
  const functionIds = new Ids('function', all.length / 2);
  const functions = file.each(all, (): ProfileFunction => {
    let own: Id = 0;
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

function locationsIn(file: WireReader, all: Stretches, mappingIds: Ids, functionIds: Ids) {
  const locationIds = new Ids('location', all.length / 2);
  const locations = file.each(all, (): Location => {
    let own: Id = 0;
    let mapping: Id = 0;
    let address: Id = 0;
    const lines: Line[] = [];
    while (file.next()) {
      if (file.field === 1) own = file.id();
      else if (file.field === 2) mapping = file.id();
      else if (file.field === 3) address = file.id();
      else if (file.field === 4) lines.push(lineIn(file, functionIds));
      else file.skip();
    }
    locationIds.add(own);
    // A mapping that is not there is tolerated, as pprof does: the location then has none.
    return { address: BigInt(address), mapping: mappingIds.find(mapping), lines };
  });
  return { locations, locationIds };
}

function lineIn(file: WireReader, functionIds: Ids): Line {
  let fn: Id = 0;
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

function samplesIn(file: WireReader, all: Stretches, types: number, locations: Ids, strings: Strings): Samples {
  const samples = all.length / 2;
  const starts = new Int32Array(samples + 1);
  let stacks = new Int32Array(Math.max(16, 8 * samples));
  let depth = 0;
  const values = new Float64Array(samples * types);
  const labels = new Int32Array(samples);
  const labelSets = new LabelSets();
  let sample = 0;
  let count = 0;
  const addLocation = (recorded: Id) => {
    const location = locations.find(recorded);
    if (location < 0) throw new WireError(`a sample refers to location ${recorded}, which is missing`);
    if (depth === stacks.length) {
      const larger = new Int32Array(2 * depth);
      larger.set(stacks);
      stacks = larger;
    }
    stacks[depth++] = location;
  };
  const addValue = (recorded: Id) => {
    const value = typeof recorded === 'number' ? recorded : Number(BigInt.asIntN(64, recorded));
    if (!Number.isSafeInteger(value)) throw new WireError('a value is beyond 2^53 and could not be added up exactly');
    if (count < types) values[sample * types + count] = value;
    count++;
  };
  file.each(all, () => {
    let found: Label[] | undefined;
    count = 0;
    while (file.next()) {
      if (file.field === 1) file.numbers(addLocation);
      else if (file.field === 2) file.numbers(addValue);
      else if (file.field === 3) found = [...(found ?? []), ...labelIn(file, strings)];
      else file.skip();
    }
    if (count !== types) throw new WireError(`a sample has ${count} values for ${types} types`);
    if (found !== undefined) labels[sample] = labelSets.add(found);
    starts[++sample] = depth;
  });
  return { count: samples, starts, stacks: stacks.slice(0, depth), values, labels, labelSets: labelSets.sets };
}

/** A label with neither text nor number is none. */
function labelIn(file: WireReader, strings: Strings): Label[] {
  file.enter();
  const [, keyIndex = 0, text = 0, number = 0, unitIndex = 0] = numbersIn(file, 5);
  file.leave();
  const key = strings.at(keyIndex);
  if (text !== 0) return [{ key, text: strings.at(text) }];
  const unit = strings.at(unitIndex);
  return number !== 0 || unit !== '' ? [{ key, number, unit }] : [];
}

/** The string table, which must hold all that is asked for: Go writes it last, so a cut-off file lacks some. */
class Strings {
  readonly #strings: readonly string[];

  constructor(bytes: Uint8Array, stretches: Stretches) {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const strings: string[] = [];
    for (let i = 0; i < stretches.length; i += 2) strings.push(all.toString('utf8', stretches[i]!, stretches[i + 1]!));
    this.#strings = strings;
    if (this.#strings[0] !== '') throw new WireError('its string table does not begin with the empty string');
  }

  at(index: number): string {
    const text = this.#strings[index];
    if (text === undefined) throw new WireError(`text number ${index} of ${this.#strings.length} is missing`);
    return text;
  }
}

/** One spelling for each id: an over-long varint of 1 is 1 too. */
const id = (value: bigint): Id => (value > Number.MAX_SAFE_INTEGER ? value : Number(value));
