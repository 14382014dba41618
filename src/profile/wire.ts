/**
 * protobuf's wire format (https://protobuf.dev/programming-guides/encoding/). First the check that bytes are a whole pprof
 * message, down to the innermost field; then a reader that may rely upon that. Neither knows what a field means.
 */
import type { Id } from './intern.ts';

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

/**
 * Reads a message that `checkWire` has passed, field by field: after `next`, the field is read by one of the others. One
 * reader serves all messages of a file, as there are hundreds of thousands.
 */
export class WireReader {
  /** The number of the field. */
  field = 0;
  /** It is bytes: a text, a message or packed numbers. */
  isStretch = false;
  readonly #bytes: Uint8Array;
  #at = 0;
  #end: number;
  /** Ends of the messages around the one at hand. */
  readonly #around: number[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#end = bytes.length;
  }

  /** What `read` makes of each of these messages: start and end by turns. It may leave the rest of one unread. */
  each<Read>(stretches: readonly number[], read: () => Read): Read[] {
    const all: Read[] = [];
    for (let i = 0; i < stretches.length; i += 2) {
      this.#at = stretches[i]!;
      this.#end = stretches[i + 1]!;
      all.push(read());
    }
    return all;
  }

  /** Whether there is one more field. */
  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = this.#bytes[this.#at++]!;
    this.field = tag >> 3;
    this.isStretch = (tag & 7) === 2;
    return true;
  }

  /** A signed integer of 64 bits; rounded beyond 2^53. */
  number(): number {
    const value = this.id();
    return typeof value === 'number' ? value : Number(BigInt.asIntN(64, value));
  }

  /** An unsigned integer of 64 bits. */
  big(): bigint {
    return BigInt(this.id());
  }

  /** An unsigned integer of 64 bits, as a number where that is exact. */
  id(): Id {
    const bytes = this.#bytes;
    let byte = bytes[this.#at++]!;
    if (byte < 0x80) return byte;
    let value = byte & 0x7f;
    let scale = 0x80;
    do {
      byte = bytes[this.#at++]!;
      value += (byte & 0x7f) * scale;
      scale *= 0x80;
    } while (byte >= 0x80 && scale < 2 ** 49);
    return byte < 0x80 ? value : this.#beyond49Bits(value);
  }

  /** One number, or several in one. */
  numbers(see: (value: Id) => void): void {
    if (!this.isStretch) {
      see(this.id());
      return;
    }
    this.enter();
    while (this.#at < this.#end) see(this.id());
    this.leave();
  }

  /** Goes into the bytes of the field; returns where they begin. */
  enter(): number {
    const length = Number(this.id());
    this.#around.push(this.#end);
    this.#end = this.#at + length;
    return this.#at;
  }

  /** Out again, wherever one was in it; returns where the bytes end. */
  leave(): number {
    this.#at = this.#end;
    this.#end = this.#around.pop()!;
    return this.#at;
  }

  skip(): void {
    if (!this.isStretch) this.id();
    else {
      this.enter();
      this.leave();
    }
  }

  #beyond49Bits(low: number): Id {
    let value = BigInt(low);
    for (let shift = 49n; ; shift += 7n) {
      const byte = this.#bytes[this.#at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        const unsigned = BigInt.asUintN(64, value);
        return unsigned > Number.MAX_SAFE_INTEGER ? unsigned : Number(unsigned);
      }
    }
  }
}
