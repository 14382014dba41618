/** Reads the flags of one command; a flag that is not known is answered with the nearest that is. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { nearest } from '../config/nearest.ts';
import { UserError } from '../errors.ts';
import { plainText } from '../service/log.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export function readFlags<T extends Options>(args: readonly string[], options: T, positionals: readonly string[]) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw flagError(error as NodeJS.ErrnoException, Object.keys(options));
  }
  if (parsed.positionals.length !== positionals.length) {
    const wanted = positionals.length === 0 ? 'no arguments' : positionals.join(' and ');
    const given = parsed.positionals.length === 0 ? 'nothing' : parsed.positionals.map(plainText).join(' ');
    throw new UserError(`this command takes ${wanted} besides its flags, and was given ${given}`, { hint: SEE_HELP });
  }
  return parsed;
}

const SEE_HELP = '--help shows how it is used';

function flagError(error: NodeJS.ErrnoException, known: readonly string[]): Error {
  if (!error.code?.startsWith('ERR_PARSE_ARGS')) return error;
  const unknown = /Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (unknown === undefined) {
    const flag = /'(?:-\w, )?(--[\w-]+)/.exec(error.message)?.[1] ?? 'a flag';
    const isNeeded = /argument (missing|is ambiguous)/.test(error.message);
    return new UserError(isNeeded ? `${flag} needs a value` : `${flag} takes no value`, { hint: SEE_HELP });
  }
  const meant = nearest(unknown, known);
  return new UserError(`unknown flag --${plainText(unknown)}`, {
    hint: meant === undefined ? `flags: ${known.map((name) => `--${name}`).join(', ')}` : `did you mean --${meant}?`,
  });
}
