/** Reads the flags of one command; a flag that is not known is answered with the nearest that is. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../config/nearest.ts';
import { UserError } from '../errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export function readFlags<T extends Options>(args: readonly string[], options: T, positionals: readonly string[]) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw flagError(error as NodeJS.ErrnoException, Object.keys(options));
  }
  if (parsed.positionals.length !== positionals.length) {
    const wanted = positionals.length === 0 ? 'takes no arguments' : `takes ${positionals.join(' and ')}`;
    throw new UserError(
      `this command ${wanted}; there ${parsed.positionals.length === 1 ? 'is' : 'are'} ${parsed.positionals.length}`,
    );
  }
  return parsed;
}

function flagError(error: NodeJS.ErrnoException, known: readonly string[]): Error {
  if (!error.code?.startsWith('ERR_PARSE_ARGS')) return error;
  const unknown = /Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (unknown === undefined) return new UserError(error.message.replace(/\. .*/s, ''));
  const meant = nearest(unknown, known);
  return new UserError(`unknown flag --${unknown}`, {
    hint: meant === undefined ? `flags: ${known.map((name) => `--${name}`).join(', ')}` : `did you mean --${meant}?`,
  });
}
