/** Requests written on one line (`GET /orders?limit=40`), and what a path may be. */
import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { METHODS, type Method } from './config.ts';
import { either, quoted } from './show.ts';

/** A path that begins with a captured value, which is a link then: `{upload}&digest=1`. */
const FOLLOWS = /^\{[A-Za-z]\w*\}/;

/** The method and path of `GET /path`. Throws a UserError that says what to write. */
export const parseRequestLine = (text: string) => parseLine(text, parsePath);

/** The same of a request behind another, whose path may be a link that was captured. */
export const parseStepLine = (text: string) => parseLine(text, parseStepPath);

export const parseStepPath = (text: string): string => {
  const [link = ''] = FOLLOWS.exec(text) ?? [];
  parsePath(link === '' ? text : `/${text.slice(link.length)}`);
  return text;
};

function parseLine(text: string, parse: (path: string) => string): { readonly method: Method; readonly path: string } {
  const [first = '', ...rest] = text.trim().split(/\s+/);
  if (first.startsWith('/') || first.includes('://')) {
    throw new UserError(`${quoted(text)} has no method`, { hint: `write ${quoted(`GET ${pathOf(first)}`)}` });
  }
  const method = METHODS.find((known) => known === first);
  if (method === undefined) {
    const meant = nearest(first, METHODS);
    throw new UserError(`${quoted(text)} does not begin with a method`, {
      hint:
        meant === undefined
          ? `a request is written "GET /path"; methods: ${either(METHODS)}`
          : `did you mean ${meant}?`,
    });
  }
  if (rest.length === 0) throw new UserError(`${quoted(text)} has no path`, { hint: `write ${quoted(`${first} /`)}` });
  if (rest.length > 1) {
    throw new UserError(`${quoted(text)} has more than a method and a path`, {
      hint: 'a space in a path is written %20; headers, body and the rest are keys: { method, path, headers, … }',
    });
  }
  return { method, path: parse(rest[0]!) };
}

/** The path itself, with its query, if it can stand in a request. Throws a UserError that says what to write. */
export function parsePath(text: string): string {
  if (text.includes('://'))
    throw new UserError(`${quoted(text)} is more than a path`, { hint: `write ${quoted(pathOf(text))}` });
  if (!text.startsWith('/'))
    throw new UserError(`the path ${quoted(text)} does not begin with "/"`, { hint: `write ${quoted(`/${text}`)}` });
  if (text.includes('#'))
    throw new UserError(`the path ${quoted(text)} has a "#", which is never sent`, {
      hint: 'a literal # is written %23',
    });
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new UserError(`the path ${quoted(text)} has a character that must be percent-encoded`, {
      hint: 'a space is written %20, ä is written %C3%A4',
    });
  }
  return text;
}

/** The path of an address. */
function pathOf(address: string): string {
  const path = address.replace(/^[^/]*:\/\/[^/]*/, '');
  return path === '' ? '/' : path;
}
