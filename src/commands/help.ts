/** perf-gate help: the same as --help. */
import { EXIT } from '../base/errors.ts';
import type { Command } from './list.ts';
import { named } from './named.ts';
import { usage, usageOf } from './usage.ts';

export const help: Command<'help'> = async ({ positionals }, world) => {
  const [name] = positionals;
  world.stdout.write(name === undefined ? usage() : usageOf(named(name)));
  return EXIT.pass;
};
