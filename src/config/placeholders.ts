/**
 * Templates: text with placeholders (`{port}`), `{{` and `}}` for literal braces. A brace that is neither is an error,
 * since a typing mistake must not reach the service as text.
 */
import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { either, quoted } from './show.ts';

/** The placeholders that each kind of template knows. */
export const PLACEHOLDERS = {
  /** service.build.command */
  build: ['output', 'ldflags'],
  /** service.inject */
  inject: ['version', 'commit', 'shortCommit', 'branch', 'buildTime'],
  /** service.args, service.env and service.files */
  run: ['port', 'socket', 'side', 'dir'],
  /** The paths of service.files */
  path: ['port', 'side'],
  /** load.command */
  load: ['url', 'port', 'socket', 'requests', 'seconds', 'connections', 'side', 'dir', 'summary'],
} as const;

/** The template with its placeholders replaced; values are taken as they are, never filled again. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return pieces(template, Object.keys(values))
    .map((piece) => ('name' in piece ? values[piece.name]! : piece.literal))
    .join('');
}

/**
 * The template with the placeholders of `values` replaced, and every other brace as it stands: for files and bodies,
 * which have braces of their own.
 */
export function fillKnown(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g, (written, name: string) =>
    Object.hasOwn(values, name) ? values[name]! : written,
  );
}

/** The first name in braces that is nearly one of `legal`, as `{prot}` is; undefined where there is none. */
export function misspeltIn(template: string, legal: readonly string[]): { written: string; meant: string } | undefined {
  for (const [written, name] of template.matchAll(/\{([A-Za-z][A-Za-z0-9_]*)\}/g)) {
    const meant = legal.includes(name!) ? undefined : nearest(name!, legal);
    if (meant !== undefined) return { written, meant: `{${meant}}` };
  }
  return undefined;
}

/** The names of the placeholders in a template, in order; throws a UserError where one is not legal. */
export function placeholdersIn(template: string, legal: readonly string[]): string[] {
  return pieces(template, legal).flatMap((piece) => ('name' in piece ? [piece.name] : []));
}

type Piece = { readonly literal: string } | { readonly name: string };

function pieces(template: string, legal: readonly string[]): Piece[] {
  const found: Piece[] = [];
  for (const [token] of template.matchAll(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g)) {
    if (token === '{{' || token === '}}') found.push({ literal: token[0]! });
    else if (token === '{' || token === '}') throw strayBrace(template, token);
    else if (token.startsWith('{')) found.push({ name: legalName(token.slice(1, -1), legal) });
    else found.push({ literal: token });
  }
  return found;
}

function legalName(name: string, legal: readonly string[]): string {
  if (legal.includes(name)) return name;
  const meant = nearest(name, legal);
  const known = legal.length === 0 ? 'there are none here' : `known here: ${either(legal.map((word) => `{${word}}`))}`;
  throw new UserError(`unknown placeholder ${quoted(`{${name}}`)}`, {
    hint: meant === undefined ? `${known}; a literal brace is written {{ or }}` : `did you mean {${meant}}?`,
  });
}

function strayBrace(template: string, brace: string): UserError {
  return new UserError(`${quoted(template)} has a "${brace}" that belongs to no placeholder`, {
    hint: `a literal brace is written ${brace}${brace}`,
  });
}
