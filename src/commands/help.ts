/** perf-gate help: the same as --help. */
import { EXIT } from '../errors.ts';
import { readFlags } from './flags.ts';
import { type Command, commands } from './list.ts';
import { named } from './named.ts';
import { usage, usageOf } from './usage.ts';

export const help: Command = async (args, world) => {
  const [name] = readFlags(args, commands.help).positionals;
  world.stdout.write(name === undefined ? usage() : usageOf(named(name)));
  return EXIT.pass;
};
