/** perf-gate completion: what makes a shell complete commands, flags and values. Made from the entries of list.ts. */

import { EXIT } from '../base/errors.ts';
import { CONFIG_SCHEMA, type Schema } from '../config/schema.ts';
import { bashCompletion } from './completion-bash.ts';
import { fishCompletion } from './completion-fish.ts';
import { zshCompletion } from './completion-zsh.ts';
import type { Argument, Flag, Wants } from './flag.ts';
import type { Command } from './list.ts';
import { entries, type Spec } from './spec.ts';

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

export const completion: Command<'completion'> = async ({ positionals }, world) => {
  const [shell = ''] = positionals;
  world.stdout.write(SHELLS[shell]!(known()));
  return EXIT.pass;
};

function known(): Known {
  const names = entries.map(([name]) => name);
  return {
    commands: entries.map(([name, spec]) => ({
      name,
      summary: spec.summary,
      flags: [...Object.entries(spec.flags), ['help', HELP]],
      actions: Object.keys(spec.actions ?? {}),
      takes: name === 'help' ? [names] : takenBy(spec).flatMap(({ wants }) => (wants === undefined ? [] : [wants])),
    })),
    keys: keysOf(CONFIG_SCHEMA, ''),
  };
}

/** Those of the action that takes most. */
function takenBy({ takes, actions = {} }: Spec): readonly Argument[] {
  const each = Object.values(actions).map((action) => action.takes);
  return takes ?? each.sort((a, b) => b.length - a.length)[0] ?? [];
}

const HELP: Flag = { type: 'boolean', about: 'tell how it is used' };

function keysOf(schema: Schema, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (child.not !== undefined) return [];
    return child.properties === undefined ? [prefix + name] : keysOf(child, `${prefix}${name}.`);
  });
}
