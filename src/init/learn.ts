/** Values for path parameters, learnt from what the service itself answers: the ids of a list are those of its items. Pure. */
import { wordsOf } from './names.ts';

export interface Learnt {
  /** The path that was asked. */
  readonly path: string;
  /** The first values by key, in the order of the answer: `id`, `sku`. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

const DEEPEST = 5;
const MOST_ITEMS = 3;
const MOST_VALUES = 2;

/** What a JSON body tells; nothing where it is none. */
export function learn(path: string, body: string): Learnt {
  const values = new Map<string, string[]>();
  const read = (value: unknown, depth: number) => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
    if (Array.isArray(value)) {
      for (const item of value.slice(0, MOST_ITEMS)) read(item, depth + 1);
      return;
    }
    const entries = Object.entries(value);
    for (const [key, one] of entries) note(values, key, one);
    for (const [, one] of entries) read(one, depth + 1);
  };
  read(parsed(body), 0);
  return { path, values };
}

function note(values: Map<string, string[]>, key: string, value: unknown): void {
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) return;
  const text = String(value);
  if (!/^[\w.:@+~-]{1,100}$/.test(text)) return;
  const name = wordsOf(key).join(' ');
  const known = values.get(name) ?? [];
  if (known.length < MOST_VALUES && !known.includes(text)) values.set(name, [...known, text]);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // HTML, text, or the beginning of something long
  }
}

/** Values for a parameter that stands behind `before` in a path; those of the list `before` itself come first. */
export function learntValues(all: readonly Learnt[], name: string, before: string): string[] {
  const plain = (path: string) => path.replace(/\?.*$/, '').replace(/\/+$/, '');
  const words = wordsOf(name);
  const list = all.filter(({ path }) => plain(path) === plain(before));
  const keys = [words.join(' '), words.at(-1) ?? '', 'id', 'uuid', 'key', 'slug', 'name', 'code'];
  const fromList = list.flatMap(({ values }) => keys.flatMap((key) => values.get(key) ?? []));
  // Elsewhere `id` may be the id of anything.
  const fromAnywhere = words.length > 1 ? all.flatMap(({ values }) => values.get(words.join(' ')) ?? []) : [];
  return [...new Set([...fromList, ...fromAnywhere])].slice(0, MOST_VALUES);
}
