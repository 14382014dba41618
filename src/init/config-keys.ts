/**
 * Config files by the struct that they are decoded into: whether a file is one, and the same file with the key of the port,
 * where it leaves that to its default. YAML, TOML and ini are read as lines, so that all else stays as it is. Pure.
 */
import { rankOf } from './config-port.ts';
import { wordsOf } from './names.ts';
import type { ConfigFormat, ConfigKey, ConfigStruct, Place } from './source.ts';

export interface WithKey {
  /** A template of {port}. */
  readonly text: string;
  /** As it is nested: `web.port`. */
  readonly key: string;
  /** Where the source has it. */
  readonly place: Place;
}

/** By the last part of a path that says one; undefined for what is none of them. */
export function formatOf(path: string): ConfigFormat | undefined {
  const [, ending = ''] = /\.(ya?ml|toml|json|ini|conf|cfg)(?:\.\w+)?$/i.exec(path) ?? [];
  const format = ending
    .toLowerCase()
    .replace('yml', 'yaml')
    .replace(/conf|cfg/, 'ini');
  return format === '' ? undefined : (format as ConfigFormat);
}

/** The struct that the text of a file could be decoded into: it knows all keys of the first level. */
export function structFor(
  text: string,
  format: ConfigFormat,
  structs: readonly ConfigStruct[],
): ConfigStruct | undefined {
  const keys = topKeys(text, format);
  if (keys.length === 0) return undefined;
  return structs.find(({ format: own, top }) => {
    const known = new Set(top.map((key) => key.toLowerCase()));
    return (own === '' || own === format) && keys.every((key) => known.has(key.toLowerCase()));
  });
}

/** The key that says the port, the likeliest; undefined where none does. */
export function portKey({ keys }: ConfigStruct): ConfigKey | undefined {
  const named = (key: ConfigKey, word: string) => wordsOf(key.path.at(-1)!).includes(word);
  const parent = ({ path }: ConfigKey) => path.slice(0, -1).join('.');
  const ranked = keys.flatMap((key) => {
    const rank = rankOf(key.path);
    if (rank === undefined || rank.isBeside || !key.path.every(isPlainName)) return [];
    // An address beside a port is a host.
    const isHost =
      !named(key, 'port') &&
      keys.some((other) => parent(other) === parent(key) && named(other, 'port') && rankOf(other.path));
    return isHost ? [] : [{ key, likelihood: rank.likelihood }];
  });
  return ranked.toSorted((a, b) => b.likelihood - a.likelihood)[0]?.key;
}

/** What needs no quotes in any format. */
const isPlainName = (name: string) => /^(?!__)[\w-]+$/.test(name);

/** The text with that key in it, `text` being '' for a file of its own; undefined where its place is not clear. */
export function withKey(text: string, format: ConfigFormat, key: ConfigKey): WithKey | undefined {
  const added = WRITERS[format](text, key);
  return added === undefined ? undefined : { text: added, key: key.path.join('.'), place: key };
}

type Writer = (text: string, key: ConfigKey) => string | undefined;

/** By what the key is called: a port alone, or an address with it. */
const value = ({ path, isNumber }: ConfigKey) =>
  isNumber || (wordsOf(path.at(-1)!).includes('port') && !/addr|listen|bind/i.test(path.at(-1)!))
    ? '{port}'
    : '127.0.0.1:{port}';

const inQuotes = (key: ConfigKey) => (key.isNumber ? value(key) : `"${value(key)}"`);

function yamlWith(text: string, key: ConfigKey): string | undefined {
  const { path } = key;
  const lines = text === '' ? [] : text.replace(/\n$/, '').split('\n');
  const nested = (from: number, indent: string) =>
    path
      .slice(from)
      .map((name, i, all) => `${indent}${'  '.repeat(i)}${name}:${i === all.length - 1 ? ` ${inQuotes(key)}` : ''}`);
  const at = lines.findIndex((line) => path.length > 1 && line.startsWith(`${path[0]}:`));
  if (at === -1) return [...lines, ...nested(0, ''), ''].join('\n');
  // Below a section that is there: only where it is a block.
  const [, indent] = /^([ ]+)[\w"'-]/.exec(lines.slice(at + 1).find((line) => /^\s*[^\s#]/.test(line)) ?? '') ?? [];
  if (!/^[\w.-]+:\s*(#.*)?$/.test(lines[at]!) || indent === undefined) return undefined;
  if (path.length > 2 && lines.slice(at + 1).some((line) => line.startsWith(`${indent}${path[1]}:`))) return undefined;
  return [...lines.slice(0, at + 1), ...nested(1, indent), ...lines.slice(at + 1), ''].join('\n');
}

const sectionsWith =
  (write: (key: ConfigKey) => string): Writer =>
  (text, key) => {
    const { path } = key;
    const line = `${path.at(-1)} = ${write(key)}`;
    if (path.length === 1) return `${line}\n${text}`;
    const heading = `[${path.slice(0, -1).join('.')}]`;
    const lines = text.split('\n');
    const at = lines.findIndex((one) => one.trim() === heading);
    if (at === -1) return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${heading}\n${line}\n`;
    return lines.toSpliced(at + 1, 0, line).join('\n');
  };

function jsonWith(text: string, key: ConfigKey): string | undefined {
  const root = text === '' ? {} : record(text);
  if (root === undefined) return undefined;
  let at: Record<string, unknown> = root;
  for (const name of key.path.slice(0, -1)) {
    const below: unknown = Object.hasOwn(at, name) ? at[name] : {};
    if (typeof below !== 'object' || below === null || Array.isArray(below)) return undefined;
    at[name] = below;
    at = below as Record<string, unknown>;
  }
  at[key.path.at(-1)!] = value(key);
  const written = JSON.stringify(root, undefined, 2);
  return `${key.isNumber ? written.replace('"{port}"', '{port}') : written}\n`;
}

function record(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // with comments, or of something else
  }
}

const WRITERS: Readonly<Record<ConfigFormat, Writer>> = {
  yaml: yamlWith,
  toml: sectionsWith(inQuotes),
  ini: sectionsWith(value),
  json: jsonWith,
};

/** The keys of the first level. */
export function topKeys(text: string, format: ConfigFormat): string[] {
  if (format === 'json') return Object.keys(record(text) ?? {});
  const keys: string[] = [];
  for (const line of text.split('\n')) {
    if (format !== 'yaml' && line.startsWith('[')) break; // what follows is a section's
    const [, name] = /^["']?([\w.-]+)["']?\s*[:=]/.exec(line) ?? [];
    if (name !== undefined) keys.push(name);
    // A list, a second document or a template is no such file.
    else if (format === 'yaml' && /^(- |---.|\{\{)/.test(line)) return [];
  }
  if (format !== 'yaml') {
    for (const [, heading] of text.matchAll(/^\[+\s*([\w-]+)/gm)) keys.push(heading!);
  }
  return [...new Set(keys)];
}
