/** Paths as routers write them: which parts are parameters, and what could stand for them. Pure. */
import { wordsOf } from './names.ts';

export type PathPart = { readonly literal: string } | PathParameter;

export interface PathParameter {
  readonly name: string;
  /** What it must match, where the pattern says so: `[0-9]+`. */
  readonly constraint: string;
  /** It takes the rest of the path. */
  readonly isRest: boolean;
}

/**
 * The parts of a path: `{id}`, `{id:[0-9]+}`, `{path...}` and `{$}` (net/http, chi, gorilla), `:id`, `:id?`, `:id<int>`
 * (gin, echo, fiber, httprouter) and `*path`. Undefined where braces do not close.
 */
export function parsePathPattern(pattern: string): PathPart[] | undefined {
  const parts: PathPart[] = [];
  let literal = '';
  let rest = pattern;
  const take = (length: number) => {
    rest = rest.slice(length);
  };
  const parameter = (part: PathParameter) => {
    if (literal !== '') parts.push({ literal });
    literal = '';
    parts.push(part);
  };
  while (rest !== '') {
    const before = literal.at(-1) ?? '/';
    const colon = /^:([A-Za-z_]\w*)(?:<([^>]*)>|\(([^)]*)\))?\??/.exec(rest);
    const star = /^[*+](\w*)$/.exec(rest);
    if (rest.startsWith('{')) {
      const end = closingBrace(rest);
      if (end === -1) return undefined;
      const inside = rest.slice(1, end);
      take(end + 1);
      if (inside === '$') continue;
      const [, name = '', dots, constraint = ''] = /^(.*?)(\.\.\.)?(?::(.*))?$/s.exec(inside) ?? [];
      parameter({ name, constraint, isRest: dots !== undefined });
    } else if (colon !== null && /[/.-]/.test(before)) {
      take(colon[0].length);
      parameter({ name: colon[1]!, constraint: colon[2] ?? colon[3] ?? '', isRest: false });
    } else if (star !== null && before === '/') {
      take(star[0].length);
      parameter({ name: star[1]!, constraint: '', isRest: true });
    } else {
      literal += rest[0];
      take(1);
    }
  }
  if (literal !== '') parts.push({ literal });
  return parts;
}

export const isParameter = (part: PathPart): part is PathParameter => 'name' in part;

/** Of the brace that a text begins with. */
function closingBrace(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

/** Values that a parameter may well take, the likeliest first. */
export function plausibleValues({ name, constraint, isRest }: PathParameter): string[] {
  const words = wordsOf(name);
  const [, known = []] = KNOWN_VALUES.find(([names]) => words.some((word) => names.includes(word))) ?? [];
  const all = [...new Set([...known, ...(isRest ? ['index.html'] : []), 'example', '1', '10'])];
  const allowed = all.filter((value) => matches(constraint, value));
  return allowed.length > 0 ? allowed : all;
}

const KNOWN_VALUES: readonly (readonly [names: readonly string[], values: readonly string[]])[] = [
  [['uuid', 'guid'], ['00000000-0000-0000-0000-000000000001']],
  [['date', 'day'], ['2026-01-31']],
  [['year'], ['2026']],
  [['code', 'status'], ['200']],
  [['lang', 'language', 'locale'], ['en']],
  [['currency'], ['EUR']],
  [['country'], ['DE', 'de']],
  [['email'], ['someone@example.com']],
  [['id', 'n', 'i', 'num', 'number', 'count', 'page', 'index', 'limit', 'offset', 'size', 'seconds', 'version'], ['1']],
];

/** What is no regular expression here (`int`, RE2's own forms) allows numbers alone, or everything. */
function matches(constraint: string, value: string): boolean {
  if (constraint === '') return true;
  if (/^int/.test(constraint)) return /^\d+$/.test(value);
  try {
    return new RegExp(`^(?:${constraint})$`).test(value);
  } catch {
    return true;
  }
}

/** The path with these values for its parameters, in their order; percent-encoded. */
export function fillPath(parts: readonly PathPart[], values: readonly string[]): string {
  let next = 0;
  const path = parts
    .map((part) => {
      if (!isParameter(part)) return encodeURI(part.literal).replaceAll('#', '%23');
      const value = values[next++] ?? '';
      return part.isRest ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
    })
    .join('');
  return path === '' ? '/' : path;
}
