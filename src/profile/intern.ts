/**
 * Numbers for things that are met again and again: ids of a file, sets of labels, anything with a key. Each kind counts
 * from 0 in the order of the first meeting, so the same input always gives the same numbers.
 */
import type { Label } from './profile.ts';
import { WireError } from './wire.ts';

/** An opaque id of up to 64 bits: a number where that is exact. */
export type Id = number | bigint;

/** Index by id within one kind of a profile's messages. */
export class Ids {
  readonly #kind: string;
  /** Index + 1 of small ids, which is what all of today's producers write; the others are in the map. */
  readonly #dense: Int32Array;
  readonly #sparse = new Map<Id, number>();
  #count = 0;

  constructor(kind: string, count: number) {
    this.#kind = kind;
    this.#dense = new Int32Array(2 * count + 1);
  }

  /** Gives the next index to `id`, which must be new and not 0. */
  add(id: Id): void {
    if (id === 0) throw new WireError(`a ${this.#kind} has the id 0`);
    if (this.find(id) >= 0) throw new WireError(`two ${this.#kind}s have the id ${id} (several profiles in one file?)`);
    const index = this.#count++;
    if (typeof id === 'number' && id < this.#dense.length) this.#dense[id] = index + 1;
    else this.#sparse.set(id, index);
  }

  /** The index of `id`, -1 when there is none. */
  find(id: Id): number {
    if (typeof id === 'number' && id < this.#dense.length) return this.#dense[id]! - 1;
    return this.#sparse.get(id) ?? -1;
  }
}

/** Distinct values in the order of their first meeting, by a key that tells them apart. */
export class Interner<T> {
  readonly values: T[] = [];
  readonly #index = new Map<string, number>();

  /** The index of the value of this key; `make` is called when it is new. */
  index(key: string, make: () => T): number {
    let index = this.#index.get(key);
    if (index === undefined) {
      index = this.values.push(make()) - 1;
      this.#index.set(key, index);
    }
    return index;
  }
}

/** Distinct sets of labels; number 0 is the empty set. */
export class LabelSets {
  readonly #sets = new Interner<readonly Label[]>();

  constructor() {
    this.add([]);
  }

  get sets(): readonly (readonly Label[])[] {
    return this.#sets.values;
  }

  /** The number of this set. The order in the file is random (a Go map), so it does not count. */
  add(labels: readonly Label[]): number {
    const sorted = labels.length > 1 ? labels.toSorted(byKey) : labels;
    return this.#sets.index(JSON.stringify(sorted), () => sorted);
  }
}

function byKey(a: Label, b: Label): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}
