/** perf-gate completion: what makes a shell complete commands, flags and values. Made from the entries of list.ts. */
import { CONFIG_SCHEMA, type Schema } from '../config/schema.ts';
import { EXIT } from '../errors.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { zshCompletion } from './completion-zsh.ts';
import type { Flag, Wants } from './flag.ts';
import { readFlags } from './flags.ts';
import { type Command, commands, entries } from './list.ts';

/** What a shell needs to know of a command. */
export interface Completable {
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly (readonly [name: string, flag: Flag])[];
  /** What may stand where no flag is: the first word behind the command, and any. */
  readonly actions: readonly string[];
  readonly takes: readonly Wants[];
}

export interface Known {
  readonly commands: readonly Completable[];
  /** Of perf-gate.yml, by their dotted paths: what --set takes. */
  readonly keys: readonly string[];
}

const SHELLS: Readonly<Record<string, (known: Known) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

export const completion: Command = async (args, world) => {
  const [shell = ''] = readFlags(args, commands.completion).positionals;
  world.stdout.write(SHELLS[shell]!(known()));
  return EXIT.pass;
};

function known(): Known {
  const names = entries.map(([name]) => name);
  return {
    commands: entries.map(([name, { summary, flags, actions = {}, takes = [] }]) => ({
      name,
      summary,
      flags: [...Object.entries(flags), ['help', HELP]],
      actions: Object.keys(actions),
      takes: name === 'help' ? [names] : takes.flatMap(({ wants }) => (wants === undefined ? [] : [wants])),
    })),
    keys: keysOf(CONFIG_SCHEMA, ''),
  };
}

const HELP: Flag = { type: 'boolean', about: 'tell how it is used' };

function keysOf(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (child.not !== undefined) return [];
    return child.properties === undefined ? [prefix + name] : keysOf(child, `${prefix}${name}.`);
  });
}
