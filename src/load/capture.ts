/** Values that a response has and the requests behind it need: how they are taken, and how they are put in. */
import { type JsonStep, parseJsonPath } from '../config/capture.ts';
import type { CaptureConfig } from '../config/config.ts';
import { search } from './search.ts';

export interface Captured {
  /** As it stands in a path, a header or a text. */
  readonly text: string;
  /** As it stands in JSON: a number stays one. */
  readonly json: string;
}

export type Values = ReadonlyMap<string, Captured>;

/** Names in lower case. */
export type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Response {
  readonly headers: Fields;
  readonly trailers: Fields;
  readonly body: Buffer;
}

/** Takes one value from a response; a text says why there is none. */
export type Capture = (response: Response) => Captured | string;

/** The written capture, ready to be used. */
export function captureOf(written: CaptureConfig): Capture {
  switch (written.from) {
    case 'json': {
      const steps = parseJsonPath(written.path);
      return ({ body }) => fromJson(body, steps, written.path);
    }
    case 'header': {
      const { name } = written;
      const pattern = written.match === undefined ? undefined : new RegExp(written.match, 'u');
      return ({ headers }) => {
        const value = [headers[name] ?? []].flat()[0];
        if (value === undefined) return `it has no header ${name}`;
        return pattern === undefined ? textual(value) : matched(value, pattern, `its header ${name}`);
      };
    }
    case 'text': {
      const pattern = new RegExp(written.match, 'u');
      return ({ body }) => matched(body.toString('utf8'), pattern, 'its text');
    }
  }
}

/** What a body is as JSON; undefined where it is none. */
export function jsonIn(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

/** What stands at a place of a JSON document; undefined where it leads to nothing. */
export function valueAt(document: unknown, steps: readonly JsonStep[]): { readonly value: unknown } | undefined {
  let value = document;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<JsonStep, unknown>)[step];
  }
  return { value };
}

function fromJson(body: Buffer, steps: readonly JsonStep[], path: string): Captured | string {
  const document = jsonIn(body);
  if (document === undefined) return 'it is not JSON';
  const found = valueAt(document.value, steps);
  if (found === undefined) return `${path} leads to nothing`;
  const { value } = found;
  switch (typeof value) {
    case 'string':
      return textual(value);
    case 'number':
      // JSON's numbers are longer than ours.
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) return `${path} is too large: take it by a "match"`;
      return { text: String(value), json: String(value) };
    case 'boolean':
      return { text: String(value), json: String(value) };
    default:
      return `${path} is ${value === null ? 'null' : Array.isArray(value) ? 'a list' : 'a map'}`;
  }
}

function matched(text: string, pattern: RegExp, where: string): Captured | string {
  const found = search(pattern, text);
  if (typeof found === 'string') return found;
  if (found === null) return `${where} does not match ${pattern.source}`;
  return textual(found[1] ?? found[0]);
}

const textual = (text: string): Captured => ({ text, json: JSON.stringify(text) });

/** Where a value is put in. */
export type Place = 'path' | 'header' | 'text' | 'json';

/** What a text becomes with the values; the text itself where it holds none of the names. */
export function templateOf(
  text: string,
  names: ReadonlySet<string>,
  place: Place,
): string | ((values: Values) => string) {
  const isUsed = [...text.matchAll(PLACEHOLDER)].some(([, quoted, plain]) => names.has(quoted ?? plain ?? ''));
  if (!isUsed) return text;
  return (values) =>
    text.replaceAll(PLACEHOLDER, (written, quoted: string | undefined, plain: string | undefined, at: number) => {
      const value = values.get(quoted ?? plain ?? '');
      if (value === undefined) return written;
      if (place === 'path' && at === 0) return linkTo(value.text);
      if (plain !== undefined) return ESCAPED[place](value.text);
      return place === 'json' ? value.json : `"${ESCAPED[place](value.text)}"`;
    });
}

/** In quotes and alone it is a whole value of JSON, unless it is a key. */
const PLACEHOLDER = /"\{([A-Za-z][A-Za-z0-9_]*)\}"(?!:)|\{([A-Za-z][A-Za-z0-9_]*)\}/g;

/** What a path begins with is a link: a path, or an address, of which the path and the query are taken. */
function linkTo(text: string): string {
  try {
    const { pathname, search } = new URL(text, 'http://localhost');
    return pathname + search;
  } catch {
    return `/${encodeURIComponent(text)}`;
  }
}

const ESCAPED: Readonly<Record<Place, (text: string) => string>> = {
  path: encodeURIComponent,
  header: (text) => text,
  text: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1),
};
