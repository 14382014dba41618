/** Reads the flags of one command; a flag that is not known is answered with the nearest that is. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import { plainText } from '../base/text.ts';
import { either } from '../config/show.ts';
import type { Argument, Flag, Flags, Wants } from './flag.ts';

/** What a command accepts. */
export interface Accepted<T extends Flags> {
  readonly flags: T;
  readonly takes?: readonly Argument[];
}

export interface Given<T extends Flags> {
  readonly values: { readonly [Name in keyof T]: ValueOf<T[Name]> };
  readonly positionals: readonly string[];
}

type ValueOf<F extends Flag> = F extends { type: 'boolean' }
  ? boolean
  : F extends { multiple: true }
    ? readonly string[]
    : WordOf<F> | (F extends { default: string } ? never : undefined);

/** A key of the config is checked with the config. */
type WordOf<F extends Flag> = F extends { sets: string }
  ? string
  : F extends { wants: readonly (infer Word extends string)[] }
    ? Word
    : string;

export function readFlags<T extends Flags>(args: readonly string[], { flags, takes = [] }: Accepted<T>): Given<T> {
  const { values, positionals } = parse(args, flags);
  for (const [name, { wants, sets }] of Object.entries<Flag>(flags)) {
    if (sets === undefined) checkWord(`--${name}`, wants, values[name]);
  }
  const needed = takes.filter(({ name }) => !name.startsWith('['));
  if (positionals.length < needed.length || positionals.length > takes.length) {
    const wanted = takes.length === 0 ? 'no arguments' : takes.map(({ name }) => name).join(' and ');
    const given = positionals.length === 0 ? 'nothing' : positionals.map(plainText).join(' ');
    throw new UserError(`this command takes ${wanted} besides its flags, and was given ${given}`, { hint: SEE_HELP });
  }
  for (const [i, { name, wants }] of takes.entries()) checkWord(name, wants, positionals[i]);
  return { values: values as Given<T>['values'], positionals };
}

const SEE_HELP = '--help shows how it is used';

function parse(args: readonly string[], flags: Flags) {
  try {
    return parseArgs({ args: [...args], options: optionsOf(flags), allowPositionals: true, strict: true });
  } catch (error) {
    throw flagError(error as NodeJS.ErrnoException, Object.keys(flags));
  }
}

function optionsOf(flags: Flags): NonNullable<ParseArgsConfig['options']> {
  const option = ({ type, multiple, default: standard }: Flag) => {
    if (type === 'boolean') return { type, default: false };
    if (multiple) return { type, multiple, default: [] };
    return { type, ...(standard === undefined ? {} : { default: standard }) };
  };
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, option(flag)]));
}

function checkWord(name: string, wants: Wants | undefined, given: unknown): void {
  if (typeof wants !== 'object' || typeof given !== 'string' || wants.includes(given)) return;
  const meant = nearest(given, wants);
  throw new UserError(
    `${name} is ${either(wants)}, not "${plainText(given)}"`,
    meant === undefined ? {} : { hint: `did you mean ${meant}?` },
  );
}

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
    hint: meant === undefined ? '--help shows the flags that there are' : `did you mean --${meant}?`,
  });
}
