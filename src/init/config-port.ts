/**
 * Where a config file of a service says what it listens on, and the same file with perf-gate's port. YAML, TOML and ini are
 * read as lines with keys, values and sections, so that everything else, comments too, stays as it is. Pure.
 */
import { wordsOf } from './names.ts';
import { isOfAnother, isOfSecondListener, LISTENS } from './port.ts';

export interface WithPort {
  /** A template of {port}. */
  readonly text: string;
  /** As it is nested: `http.addr`. */
  readonly key: string;
  /** 1-based. */
  readonly line: number;
}

/** `key: value`, `key = value`, with quotes or without, and what stands behind it. */
const SETTING = /^(\s*)(["']?)([\w.-]+)\2(\s*[:=]\s*)(["']?)([^"'#;]*?)\5(\s*,?\s*(?:[#;].*)?)$/;
const SECTION = /^\s*\[+\s*([^\]]+?)\s*\]+\s*(?:[#;].*)?$/;

interface Found extends Rank {
  readonly index: number;
  readonly key: string;
  readonly written: string;
}

/** Undefined where no key is about a port of the service's own. */
export function withPort(text: string): WithPort | undefined {
  const lines = text.split('\n');
  const found = [...settingsIn(lines)];
  const [main] = found.filter(({ isBeside }) => !isBeside).toSorted((a, b) => b.likelihood - a.likelihood);
  if (main === undefined) return undefined;
  const changed = [...lines];
  for (const one of found) {
    if (one === main || one.isBeside) changed[one.index] = one.written;
  }
  return { text: changed.join('\n'), key: main.key, line: main.index + 1 };
}

function* settingsIn(lines: readonly string[]): Generator<Found> {
  let section: string[] = [];
  const parents: { readonly indent: number; readonly name: string }[] = [];
  for (const [index, line] of lines.entries()) {
    const [, heading] = SECTION.exec(line) ?? [];
    if (heading !== undefined) {
      section = heading.split('.');
      continue;
    }
    const [whole, indent = '', quote = '', name = '', between = '', inner = '', value = '', rest = ''] =
      SETTING.exec(line) ?? [];
    if (whole === undefined) continue;
    while (parents.length > 0 && parents.at(-1)!.indent >= indent.length) parents.pop();
    const path = [...section, ...parents.map((parent) => parent.name), name];
    if (value === '') {
      parents.push({ indent: indent.length, name });
      continue;
    }
    const rank = rankOf(path);
    const filled = rank === undefined ? undefined : fill(value, rank.isBeside);
    if (rank === undefined || filled === undefined) continue;
    yield {
      index,
      key: path.join('.'),
      ...rank,
      written: `${indent}${quote}${name}${quote}${between}${inner}${filled}${inner}${rest}`,
    };
  }
}

interface Rank {
  readonly likelihood: number;
  readonly isBeside: boolean;
}

/** Of a key by its path; undefined where it is not about a port of the service's own. */
export function rankOf(path: readonly string[]): Rank | undefined {
  const words = path.flatMap(wordsOf);
  if (!wordsOf(path.at(-1) ?? '').some((word) => LISTENS.has(word)) || isOfAnother(words)) return undefined;
  return {
    likelihood: words.filter((word) => USUAL.has(word)).length - path.length / 10,
    isBeside: isOfSecondListener(words),
  };
}

const USUAL: ReadonlySet<string> = new Set(['http', 'server', 'web', 'port', 'addr', 'address', 'listen', 'api']);

/** The value in its own form; undefined where it is neither a port nor an address with one. */
function fill(value: string, isBeside: boolean): string | undefined {
  const [, scheme = '', , port] = /^(\w+:\/\/)?([\w.*-]*|\[[0-9a-f:]*\]):(\d{2,5})$/i.exec(value) ?? [];
  if (port !== undefined) return `${scheme}127.0.0.1:${isBeside ? '0' : '{port}'}`;
  return /^\d{2,5}$/.test(value) ? (isBeside ? '0' : '{port}') : undefined;
}
