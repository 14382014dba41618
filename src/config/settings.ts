/**
 * What the command line sets in place of the file. A setting is put into the document before that is checked, so every
 * mistake in it is answered as one in the file is, with the flag's name where the line would stand.
 */
import { type ConfigDocument, readYaml } from './document.ts';
import type { Position } from './lines.ts';
import { parentOf, placeName, pointer } from './places.ts';
import type { Problem } from './problem.ts';
import { CONFIG_SCHEMA, type Schema } from './schema.ts';
import { described } from './show.ts';

export interface Setting {
  /** The flag as the person knows it: `--set limits.cpu.total`, `--budget`. */
  readonly flag: string;
  /** The key by its dotted path: `limits.cpu.total`, `service.env.LOG_LEVEL`. */
  readonly key: string;
  /** The value, as YAML. */
  readonly text: string;
}

/**
 * As a person would type it again, for reports that others read: dots stand for what a shell would take amiss, and for
 * what may be secret.
 */
export function shownSetting({ key, text }: Setting): string {
  const isPlain = /^[\w.,:/%+@-]+$/.test(key + text) && !/env|headers|auth/.test(key);
  return `--set ${key.replaceAll(/[^\w.-]/g, '')}=${isPlain ? text : '...'}`;
}

interface Applied {
  readonly place: string;
  readonly position: Position;
  /** The value as a document of its own. */
  readonly given: ConfigDocument;
}

/** The document with the settings in it, in their order; a later one wins. */
export function withSettings(document: ConfigDocument, settings: readonly Setting[]): ConfigDocument {
  if (settings.length === 0 || document.value === undefined) return document;
  const problems: Problem[] = [...document.problems];
  const applied: Applied[] = [];
  let value: unknown = document.value ?? {};
  for (const { flag, key, text } of settings) {
    const position = { line: 0, column: 0, flag };
    const given = readYaml(text);
    const keys = keysOf(key);
    const inTheWay = given.problems.length > 0 ? undefined : notAMap(value, keys);
    problems.push(...given.problems.map((problem) => ({ ...problem, ...position })));
    if (inTheWay !== undefined) problems.push({ ...inTheWay, ...position });
    else if (given.problems.length === 0) {
      value = put(value, keys, given.value);
      applied.push({ place: pointer('', ...keys), position, given });
    }
  }
  return merged(document, { value, problems, applied });
}

/** Maps whose keys the person chooses, such as service.env, take the rest of the path for one key: main.version. */
function keysOf(path: string): string[] {
  const parts = path.split('.');
  let schema: Schema = CONFIG_SCHEMA;
  for (const [i, part] of parts.entries()) {
    const { properties, additionalProperties: free } = schema as Schema;
    const isFree = properties === undefined && typeof free === 'object';
    if (isFree && free.properties === undefined) return [...parts.slice(0, i), parts.slice(i).join('.')];
    schema = (isFree ? free : properties?.[part]) ?? {};
  }
  return parts;
}

/** What stands where a map would have to be for the last key to have a place, if anything does. */
function notAMap(root: unknown, keys: readonly string[]): Pick<Problem, 'message' | 'hint'> | undefined {
  let value = root;
  for (const [i, key] of keys.entries()) {
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value)) {
      const name = placeName(pointer('', ...keys.slice(0, i)));
      return {
        message: `${name === '' ? 'the file' : name} is ${described(value)}, so there is no "${key}" in it to be set`,
        hint: name === '' ? 'put the file right first' : `set the whole of it: --set ${name}=...`,
      };
    }
    value = own(value, key);
  }
  return undefined;
}

function put(into: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const map = typeof into === 'object' && into !== null ? into : {};
  return { ...map, [key]: put(own(map, key), rest, value) };
}

const own = (map: object, key: string): unknown => (Object.hasOwn(map, key) ? map[key as keyof object] : undefined);

function merged(
  file: ConfigDocument,
  { value, problems, applied }: Pick<ConfigDocument, 'value' | 'problems'> & { readonly applied: readonly Applied[] },
): ConfigDocument {
  /** The setting that says what stands in a place, and the place in its own document. */
  const settingOf = (place: string) => {
    const by = applied.findLast((one) => isAtOrIn(place, one.place));
    return by === undefined ? undefined : { ...by, inner: place.slice(by.place.length) };
  };
  /** The setting that made a place because it stands in it. */
  const makerOf = (place: string) =>
    file.isWritten(place) ? undefined : applied.findLast((one) => isAtOrIn(one.place, place));
  const isWritten = (place: string): boolean => {
    const by = settingOf(place);
    if (by === undefined) return file.isWritten(place) || makerOf(place) !== undefined;
    // Nothing at all is said to be empty, at the flag.
    return by.inner === '' || by.given.isWritten(by.inner);
  };
  const positionOf = (of: 'ofKey' | 'ofValue') => (place: string) => {
    let known = place;
    while (known !== '' && !isWritten(known)) known = parentOf(known);
    return settingOf(known)?.position ?? makerOf(known)?.position ?? file[of](known);
  };
  const set = applied.flatMap(({ place, given }) => [
    ...parentsOf(place),
    place,
    ...[...given.written].map((inner) => place + inner),
  ]);
  return {
    value,
    problems,
    written: [...new Set([...file.written, ...set])].filter(isWritten),
    isUnread: (place) => settingOf(place) === undefined && file.isUnread(place),
    isWritten,
    ofKey: positionOf('ofKey'),
    ofValue: positionOf('ofValue'),
    source: (place) => {
      const by = settingOf(place);
      return by === undefined ? file.source(place) : by.given.source(by.inner);
    },
  };
}

const isAtOrIn = (place: string, outer: string) => place === outer || place.startsWith(`${outer}/`);

function parentsOf(place: string): string[] {
  const parents: string[] = [];
  for (let parent = parentOf(place); parent !== ''; parent = parentOf(parent)) parents.unshift(parent);
  return parents;
}
