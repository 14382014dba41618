/**
 * From the bytes of a pprof file to a Profile, or a ProfileError that says what is wrong: nothing is repaired, skipped or
 * half read. pprof-format decodes; what it lets pass is refused here, before it (unwrap.ts, wire.ts) and after it: this
 * file has pprof's own rules of validity (CheckValid).
 */
import { Profile as Message } from 'pprof-format';
import { type Id, Ids, LabelSets } from './intern.ts';
import {
  type Label,
  type Location,
  type Mapping,
  type Profile,
  ProfileError,
  type ProfileFunction,
  type Samples,
  type ValueType,
} from './profile.ts';
import { unwrap } from './unwrap.ts';
import { checkWire, WireError } from './wire.ts';

/** The profile in `bytes` (gzipped or not); `label` names it in messages. Throws a ProfileError when it is not a whole, valid one. */
export function decodeProfile(bytes: Uint8Array, label: string): Profile {
  const body = unwrap(bytes, label);
  try {
    checkWire(body);
    return profileOf(Message.decode(body), label);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const hint = 'it is cut off, damaged, or not a pprof profile; measure again';
    throw new ProfileError(`${label}: not a whole, valid profile: ${cause.message}`, { hint, cause });
  }
}

/** As pprof-format decodes integers: bigint from five bytes on, unsigned. */
type Numeric = number | bigint;

function profileOf(message: Message, label: string): Profile {
  const strings = new Strings(message.stringTable.strings);
  const valueType = ({ type, unit }: { type: Numeric; unit: Numeric }): ValueType => ({
    type: strings.at(type),
    unit: strings.at(unit),
  });
  const sampleTypes = message.sampleType.map(valueType);
  if (!sampleTypes.some((t) => t.type !== '')) throw new WireError('it names no type of sample');
  for (const index of [message.dropFrames, message.keepFrames, message.docUrl]) strings.at(index);

  const mappingIds = new Ids('mapping', message.mapping.length);
  const functionIds = new Ids('function', message.function.length);
  const locationIds = new Ids('location', message.location.length);
  const mappings = message.mapping.map((m): Mapping => {
    mappingIds.add(id(m.id));
    return {
      start: BigInt(m.memoryStart),
      limit: BigInt(m.memoryLimit),
      offset: BigInt(m.fileOffset),
      file: strings.at(m.filename),
      buildId: strings.at(m.buildId),
      hasFunctions: m.hasFunctions,
      hasFilenames: m.hasFilenames,
      hasLineNumbers: m.hasLineNumbers,
      hasInlineFrames: m.hasInlineFrames,
    };
  });
  const functions = message.function.map((f): ProfileFunction => {
    functionIds.add(id(f.id));
    strings.at(f.systemName);
    return { name: strings.at(f.name), file: strings.at(f.filename), startLine: integer(f.startLine) };
  });
  const locations = message.location.map((l): Location => {
    locationIds.add(id(l.id));
    return {
      address: BigInt(l.address),
      // One that is not there is tolerated, as pprof does: the location then has none.
      mapping: mappingIds.find(id(l.mappingId)),
      lines: l.line.map(({ functionId, line }) => {
        const fn = functionIds.find(id(functionId));
        if (fn < 0) throw new WireError(`a location refers to function ${functionId}, which is missing`);
        return { fn, line: integer(line) };
      }),
    };
  });
  return {
    label,
    sampleTypes,
    defaultSampleType: strings.at(message.defaultSampleType),
    periodType: message.periodType && valueType(message.periodType),
    period: integer(message.period),
    timeNanos: integer(message.timeNanos),
    durationNanos: integer(message.durationNanos),
    comments: message.comment.map((index) => strings.at(index)),
    mappings,
    functions,
    locations,
    samples: samplesOf(message, sampleTypes.length, locationIds, strings),
  };
}

function samplesOf({ sample: all }: Message, types: number, locations: Ids, strings: Strings): Samples {
  const starts = new Int32Array(all.length + 1);
  for (const [i, { locationId }] of all.entries()) starts[i + 1] = starts[i]! + locationId.length;
  const stacks = new Int32Array(starts[all.length]!);
  const values = new Float64Array(all.length * types);
  const labels = new Int32Array(all.length);
  const labelSets = new LabelSets();
  for (const [i, sample] of all.entries()) {
    let at = starts[i]!;
    for (const recorded of sample.locationId) {
      const location = locations.find(id(recorded));
      if (location < 0) throw new WireError(`a sample refers to location ${recorded}, which is missing`);
      stacks[at++] = location;
    }
    if (sample.value.length !== types)
      throw new WireError(`a sample has ${sample.value.length} values for ${types} types`);
    for (let type = 0; type < types; type++) {
      const value = integer(sample.value[type]!);
      if (!Number.isSafeInteger(value)) throw new WireError('a value is beyond 2^53 and could not be added up exactly');
      values[i * types + type] = value;
    }
    if (sample.label.length > 0) labels[i] = labelSets.add(sample.label.flatMap((label) => labelOf(label, strings)));
  }
  return { count: all.length, starts, stacks, values, labels, labelSets: labelSets.sets };
}

/** A label with neither text nor number is none. */
function labelOf(label: Message['sample'][number]['label'][number], strings: Strings): Label[] {
  const key = strings.at(label.key);
  if (integer(label.str) !== 0) return [{ key, text: strings.at(label.str) }];
  const [number, unit] = [integer(label.num), strings.at(label.numUnit)];
  return number !== 0 || unit !== '' ? [{ key, number, unit }] : [];
}

/** The string table, which must hold all that is asked for: Go writes it last, so a cut-off file lacks some. */
class Strings {
  readonly #strings: readonly string[];

  constructor(strings: readonly string[]) {
    if (strings[0] !== '') throw new WireError('its string table does not begin with the empty string');
    this.#strings = strings;
  }

  at(index: Numeric): string {
    const text = this.#strings[Number(index)];
    if (text === undefined) throw new WireError(`text number ${index} of ${this.#strings.length} is missing`);
    return text;
  }
}

/** A signed 64-bit integer; rounded beyond 2^53. */
function integer(value: Numeric): number {
  return typeof value === 'number' ? value : Number(BigInt.asIntN(64, value));
}

/** One spelling for each id: an over-long varint of 1 is decoded to 1n. */
function id(value: Numeric): Id {
  return typeof value === 'number' || value > Number.MAX_SAFE_INTEGER ? value : Number(value);
}
