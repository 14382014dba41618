/** The validator's findings in plain English, each with its place in the file and what to do about it. */
import type { ErrorObject } from 'ajv/dist/2020.js';
import { nearest } from '../base/nearest.ts';
import type { ConfigDocument } from './document.ts';
import { FORMATS, type Format, type FormatName } from './formats.ts';
import { placeName, pointer } from './places.ts';
import type { Problem } from './problem.ts';
import { CONFIG_SCHEMA, type Schema } from './schema.ts';
import { described, either, quoted } from './show.ts';

/** What is wrong, or undefined where the same is said by another finding. Needs ajv's `verbose`. */
export function explain(error: ErrorObject, document: ConfigDocument): Problem | undefined {
  // What is wrong with a key's name comes twice: once as itself, once as 'propertyNames'.
  if (error.propertyName !== undefined) return undefined;
  const place = error.instancePath;
  const schema = error.parentSchema as Schema;
  const name = placeName(place);
  const subject = name === '' ? 'the file' : name;
  const ofValue = (message: string, hint?: string): Problem => ({ message, hint, ...document.ofValue(place) });
  const ofKey = (message: string, hint?: string): Problem => ({ message, hint, ...document.ofKey(place) });

  switch (error.keyword) {
    case 'additionalProperties': {
      const key: string = error.params['additionalProperty'];
      const message = `unknown key ${quoted(key)}${name === '' ? '' : ` in ${name}`}`;
      return { message, hint: hintForKey(key, schema), ...document.ofKey(pointer(place, key)) };
    }
    case 'required': {
      const key: string = error.params['missingProperty'];
      const example = schema.properties?.[key]?.examples?.[0];
      return ofKey(
        name === '' ? `${quoted(key)} is missing` : `${name} needs ${quoted(key)}`,
        typeof example === 'string'
          ? `for example ${key}: ${example.includes('#') ? quoted(example) : example}`
          : undefined,
      );
    }
    case 'type': {
      if (error.data === null) {
        return ofKey(
          `${subject} is empty: it must be ${nounOf(schema)}`,
          name === '' ? 'examples/orders has a whole one' : undefined,
        );
      }
      const hint = hintForType(error.data, schema, document.source(place), place);
      return ofValue(`${subject} must be ${nounOf(schema)}, not ${described(error.data)}`, hint);
    }
    case 'format':
    case 'pattern': {
      const fault = formatOf(schema)?.fault(String(error.data));
      return ofValue(`${name}: ${fault?.message ?? `${described(error.data)} cannot stand here`}`, fault?.hint);
    }
    case 'propertyNames': {
      const key: string = error.params['propertyName'];
      const fault = formatOf(schema.propertyNames)?.fault(key);
      return {
        message: `${name}: ${fault?.message ?? `${quoted(key)} cannot be a key`}`,
        hint: fault?.hint,
        ...document.ofKey(pointer(place, key)),
      };
    }
    case 'enum': {
      // Of the wrong type: told as that.
      if (typeof error.data !== 'string') return undefined;
      const legal = schema.enum ?? [];
      const meant = nearest(String(error.data), legal);
      return ofValue(
        `${name} must be ${either(legal)}, not ${described(error.data)}`,
        meant === undefined ? undefined : `did you mean ${quoted(meant)}?`,
      );
    }
    case 'minimum':
    case 'maximum': {
      const format = formatOf(schema);
      if (format?.forNumber !== undefined) {
        const value = Number(error.data);
        return ofValue(`${name} must be ${format.noun}, not ${described(value)}`, format.forNumber(value));
      }
      const bound = error.keyword === 'minimum' ? 'at least' : 'at most';
      return ofValue(`${name} must be ${bound} ${error.params['limit']}, not ${error.data}`);
    }
    case 'minItems':
      return ofValue(`${name} is an empty list`, 'it needs at least one entry');
    case 'uniqueItems': {
      const later = Math.max(error.params['i'], error.params['j']);
      const item = (error.data as unknown[])[later];
      return { message: `${described(item)} stands twice in ${name}`, ...document.ofValue(pointer(place, later)) };
    }
    case 'not':
      return ofKey(`${name}: ${schema.description}`);
    default:
      return ofValue(`${subject} ${error.message ?? 'is not valid'}`);
  }
}

function formatOf(schema: Schema | undefined): Format | undefined {
  return schema?.format === undefined ? undefined : FORMATS[schema.format as FormatName];
}

const NOUNS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** "a request such as "GET /path" or a map". */
function nounOf(schema: Schema): string {
  if (schema.enum !== undefined) return either(schema.enum);
  return either(typesOf(schema).map((type) => (type === 'string' ? (formatOf(schema)?.noun ?? 'text') : NOUNS[type]!)));
}

function typesOf(schema: Schema): readonly string[] {
  return schema.type === undefined ? [] : [schema.type].flat();
}

function hintForKey(key: string, schema: Schema): string {
  const legal = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    child.not === undefined ? [name] : [],
  );
  const meant = nearest(key, legal);
  if (meant !== undefined) return `did you mean ${quoted(meant)}?`;
  const homes = HOMES.get(key) ?? [];
  if (homes.length === 1) return `it belongs in ${homes[0]}`;
  return `known here: ${legal.join(', ')}`;
}

/** The maps of the config that know a key, by name; those of the root are left out. */
const HOMES = homesBelow(CONFIG_SCHEMA, '', new Map());

function homesBelow(schema: Schema, place: string, homes: Map<string, string[]>): Map<string, string[]> {
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    if (place !== '') homes.set(key, [...(homes.get(key) ?? []), placeName(place)]);
    homesBelow(child, pointer(place, key), homes);
  }
  return schema.items === undefined ? homes : homesBelow(schema.items, place, homes);
}

function hintForType(value: unknown, schema: Schema, source: string | undefined, place: string): string | undefined {
  const types = typesOf(schema);
  const format = formatOf(schema);
  if (types.includes('string')) {
    const placeholder = unquotedPlaceholder(value);
    if (placeholder !== undefined) return `YAML takes braces for a map: write "{${placeholder}}" in quotes`;
    if (typeof value === 'number' && format?.forNumber !== undefined) return format.forNumber(value);
    if (value === false && format?.noun.endsWith('off')) return 'write off';
    const isScalar = source !== undefined && source !== '' && typeof value !== 'object';
    const fits = schema.enum?.includes(source ?? '') ?? format?.fault(source ?? '') === undefined;
    return isScalar && fits ? `write it in quotes: ${quoted(source)}` : undefined;
  }
  if (schema === CONFIG_SCHEMA && typeof value === 'string' && value.includes(':'))
    return 'a space must follow the ":"';
  if (typeof value === 'string' && schema.items?.type === 'string') {
    const words = PART_OF_COMMAND_LINE.has(place) ? shellWords(value) : [value];
    return `write it as a list: [${words.map((word) => JSON.stringify(word)).join(', ')}]`;
  }
  return undefined;
}

/** A person writes them as they would be typed, with spaces between them. */
const PART_OF_COMMAND_LINE: ReadonlySet<string> = new Set([
  '/service/args',
  '/service/build/flags',
  '/service/build/tags',
]);

/** The words of a command line, as far as quotes tell. */
function shellWords(text: string): string[] {
  const words = text.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [text];
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single));
}

/** The name in `{port}`, which YAML reads as a map with an empty value. */
function unquotedPlaceholder(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]![1] === null ? entries[0]![0] : undefined;
}
