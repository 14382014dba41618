/**
 * Checks that bytes are a whole pprof message in protobuf's wire format, down to the innermost field, before anything is
 * made of them. pprof-format, which decodes them afterwards, notices none of this: a length beyond the end is cut short
 * in silence, a list that breaks off loses its last number, a tag of two bytes is read as two tags.
 */

/** What is wrong with the bytes; decode.ts turns it into a ProfileError with the file's label. */
export class WireError extends Error {}

/** Type of a field: a number, numbers (packed or one by one), bytes, or the fields of a message by their number. */
type Field = 'number' | 'numbers' | 'bytes' | Message;

/** Fields by number. */
interface Message extends ReadonlyArray<Field | undefined> {}

/** google/pprof proto/profile.proto; the first element stands for field 0, which does not exist. */
const VALUE_TYPE: Message = [undefined, 'number', 'number'];
const LABEL: Message = [undefined, 'number', 'number', 'number', 'number'];
const SAMPLE: Message = [undefined, 'numbers', 'numbers', LABEL];
const MAPPING: Message = [undefined, ...Array<Field>(10).fill('number')];
const LINE: Message = [undefined, 'number', 'number', 'number'];
const LOCATION: Message = [undefined, 'number', 'number', 'number', LINE, 'number'];
const FUNCTION: Message = [undefined, ...Array<Field>(5).fill('number')];
const PROFILE: Message = [
  undefined,
  VALUE_TYPE,
  SAMPLE,
  MAPPING,
  LOCATION,
  FUNCTION,
  'bytes',
  'number',
  'number',
  'number',
  'number',
  VALUE_TYPE,
  'number',
  'numbers',
  'number',
  'number',
];

/** Fields of a profile that are written once: two of one are two profiles in one file. */
const ONCE = new Set([7, 8, 9, 10, 11, 12, 14, 15]);

/** Throws a WireError unless `bytes` are exactly one profile message. */
export function checkWire(bytes: Uint8Array): void {
  const once = new Set<number>();
  const met = (field: number) => {
    if (once.has(field)) throw new WireError('it is several profiles in one (concatenated)');
    if (ONCE.has(field)) once.add(field);
  };
  checkMessage(bytes, 0, bytes.length, PROFILE, met);
}

function checkMessage(
  bytes: Uint8Array,
  start: number,
  end: number,
  fields: Message,
  met?: (field: number) => void,
): void {
  let at = start;
  while (at < end) {
    const tag = bytes[at++]!;
    const number = tag >> 3;
    const type = tag & 7;
    if (tag >= 0x80 || type === 1 || type === 5) {
      throw new WireError('it has fields that are not in the format: an unsupported producer, or no profile');
    }
    if (number === 0 || (type !== 0 && type !== 2)) throw new WireError('a field has no number or no type');
    const field = fields[number];
    met?.(number);
    if (type === 0) {
      if (field !== undefined && field !== 'number' && field !== 'numbers')
        throw new WireError(`field ${number} is a number`);
      at = afterNumber(bytes, at, end);
      continue;
    }
    if (field === 'number') throw new WireError(`field ${number} is no number`);
    const content = afterNumber(bytes, at, end);
    const stop = content + lengthAt(bytes, at, content);
    if (stop > end) throw new WireError('a length runs past the end: cut off or damaged');
    if (field === 'numbers') {
      if (stop > content && bytes[stop - 1]! >= 0x80) throw new WireError('a list of numbers breaks off');
    } else if (typeof field === 'object') checkMessage(bytes, content, stop, field);
    at = stop;
  }
}

/** Where the number at `at` ends: at most ten bytes, the last one below 0x80. */
function afterNumber(bytes: Uint8Array, at: number, end: number): number {
  const last = Math.min(end, at + 10);
  for (let i = at; i < last; i++) if (bytes[i]! < 0x80) return i + 1;
  throw new WireError('a number does not end: cut off or damaged');
}

function lengthAt(bytes: Uint8Array, at: number, end: number): number {
  let length = 0;
  for (let i = end - 1; i >= at; i--) length = length * 0x80 + (bytes[i]! & 0x7f);
  return length;
}
