/**
 * YAML text to plain values, with the place of every one of them. It knows YAML and nothing of configs. Aliases become
 * copies, so that no two places share a value; how much they and nesting may blow the text up is bounded.
 */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument } from 'yaml';
import { type Position, positionsIn } from './lines.ts';
import { parentOf, placeName, pointer } from './places.ts';
import type { Problem } from './problem.ts';
import { quoted } from './show.ts';
import { syntaxProblems } from './syntax.ts';

/** Far more than a config needs, little enough to be read at once. */
export const LONGEST_BYTES = 1_000_000;
const DEEPEST = 64;
const MOST_COPIES = 10_000;

export interface ConfigDocument {
  /** Plain values; undefined where the text is not sound YAML. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** Every place that is written, as a JSON pointer, in the order of the text. */
  readonly written: Iterable<string>;
  /** Whether the value of a place is unknown, which `problems` tells already; it is null then. */
  isUnread(place: string): boolean;
  /** Whether the place is written in the text, as opposed to filled in later. */
  isWritten(place: string): boolean;
  /** Where the key of a place stands, or an entry of a list; for what is not written, what it would stand in. */
  ofKey(place: string): Position;
  /** Where the value of a place stands. */
  ofValue(place: string): Position;
  /** A plain value as it is written, `1.10`; undefined for maps and lists. */
  source(place: string): string | undefined;
}

interface Spot {
  readonly key: number;
  readonly value: number;
  readonly source: string | undefined;
}

/** The values and places of a YAML text, with everything that YAML itself has to say against it. */
export function readYaml(text: string): ConfigDocument {
  const spots = new Map<string, Spot>();
  const unread = new Set<string>();
  const problems: Problem[] = [];
  const at = positionsIn(text);
  const spot = (place: string): Spot => {
    for (let known = place; ; known = parentOf(known)) {
      const found = spots.get(known);
      if (found !== undefined || known === '') return found ?? { key: 0, value: 0, source: undefined };
    }
  };
  let value: unknown;
  if (text.length > LONGEST_BYTES) {
    problems.push({ message: `the file is larger than ${LONGEST_BYTES / 1e6} MB`, ...at(0) });
  } else {
    // Schema 'core' even where the text says %YAML 1.1, so that `off` is never false. Unique keys are looked for
    // below: the library compares each with each.
    const document = parseDocument(text, {
      prettyErrors: false,
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      uniqueKeys: false,
      logLevel: 'error',
    });
    // The library only warns of tags that it does not know, and then ignores them.
    problems.push(...syntaxProblems([...document.errors, ...document.warnings], at));
    if (problems.length === 0) {
      const reading = new Reading(
        text,
        spots,
        unread,
        (offset, message, hint) => void problems.push({ message, hint, ...at(offset) }),
      );
      value = reading.read(document.contents);
    }
  }
  return {
    value,
    problems,
    written: spots.keys(),
    isUnread: (place) => unread.has(place),
    isWritten: (place) => spots.has(place),
    ofKey: (place) => at(spot(place).key),
    ofValue: (place) => at(spot(place).value),
    source: (place) => spots.get(place)?.source,
  };
}

/** One walk over the nodes of a document. */
class Reading {
  readonly #text: string;
  readonly #spots: Map<string, Spot>;
  readonly #unread: Set<string>;
  readonly #report: (offset: number, message: string, hint?: string) => void;
  readonly #anchors = new Map<string, Node>();
  readonly #targets = new Map<Alias, Node | undefined>();
  readonly #open = new Set<Node>();
  #copies = 0;
  #isTooMuch = false;

  constructor(
    text: string,
    spots: Map<string, Spot>,
    unread: Set<string>,
    report: (offset: number, message: string, hint?: string) => void,
  ) {
    this.#text = text;
    this.#spots = spots;
    this.#unread = unread;
    this.#report = report;
  }

  /** The root's value, undefined where the document is too much to be read. */
  read(root: Node | null): unknown {
    const value = root === null ? null : this.#value(root, '', 0, 0, false);
    return this.#isTooMuch ? undefined : value;
  }

  #value(node: Node, place: string, key: number, depth: number, isCopy: boolean): unknown {
    const offset = node.range?.[0] ?? key;
    if (isCopy) this.#copies++;
    if (depth > DEEPEST) this.#giveUp(offset, 'this is nested too deeply');
    if (this.#copies > MOST_COPIES) this.#giveUp(offset, 'the aliases in this file expand to too much');
    if (this.#isTooMuch) return null;
    if (!isCopy && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isAlias(node)) return this.#aliased(node, place, key, offset, depth);
    this.#spots.set(place, { key, value: offset, source: isScalar(node) ? this.#source(node) : undefined });
    if (isScalar(node)) return node.value;
    this.#open.add(node);
    const value = isMap(node)
      ? this.#map(node.items as Pair<Node, Node | null>[], place, depth, isCopy)
      : isSeq(node)
        ? (node.items as Node[]).map((item, i) =>
            this.#value(item, pointer(place, i), item.range?.[0] ?? offset, depth + 1, isCopy),
          )
        : null;
    this.#open.delete(node);
    return value;
  }

  #map(pairs: readonly Pair<Node, Node | null>[], place: string, depth: number, isCopy: boolean): unknown {
    const entries = new Map<string, unknown>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? String(key.value) : '';
      const offset = key.range?.[0] ?? 0;
      const child = pointer(place, name);
      if (entries.has(name)) {
        const parent = placeName(place);
        this.#report(
          offset,
          `the key ${quoted(name)} stands twice${parent === '' ? '' : ` in ${parent}`}`,
          'keep one of them',
        );
        continue;
      }
      if (value === null) this.#spots.set(child, { key: offset, value: offset, source: '' });
      entries.set(name, value === null ? null : this.#value(value, child, offset, depth + 1, isCopy));
    }
    // Not by assignment: a key `__proto__` is to be a key like any other, and refused like any other.
    return Object.fromEntries(entries);
  }

  #aliased(alias: Alias, place: string, key: number, offset: number, depth: number): unknown {
    if (!this.#targets.has(alias)) this.#targets.set(alias, this.#anchors.get(alias.source));
    const target = this.#targets.get(alias);
    const written = `*${alias.source}`;
    if (target === undefined) {
      this.#report(
        offset,
        `nothing in this file has the anchor "&${alias.source}"`,
        `if no alias is meant, write ${quoted(written)} in quotes`,
      );
    } else if (this.#open.has(target)) {
      this.#report(offset, `${quoted(written)} stands in what it is an alias of`);
    } else {
      const value = this.#value(target, place, key, depth, true);
      // The place itself is where the alias stands; what is below it stands where the anchor is.
      this.#spots.set(place, { key, value: offset, source: this.#spots.get(place)?.source });
      return value;
    }
    this.#spots.set(place, { key, value: offset, source: written });
    this.#unread.add(place);
    return null;
  }

  #giveUp(offset: number, message: string): void {
    if (!this.#isTooMuch) this.#report(offset, message);
    this.#isTooMuch = true;
  }

  #source(node: Node): string {
    const [start = 0, end = 0] = node.range ?? [];
    return this.#text.slice(start, end);
  }
}
