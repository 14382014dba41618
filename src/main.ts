/**
 * The whole program as a function of its world: arguments in, exit code out. Finds the command, loads only what that
 * command needs, and turns every error into words.
 */

import { EXIT, type ExitCode } from './base/errors.ts';
import { tell } from './base/tell.ts';
import { VERSION } from './base/version.ts';
import { withoutWorkflowCommands } from './base/workflow-commands.ts';
import type { World } from './base/world.ts';
import { readGiven } from './commands/given.ts';
import { type Command, loaders } from './commands/list.ts';
import { named } from './commands/named.ts';
import type { CommandName } from './commands/spec.ts';

export async function main(argv: readonly string[], given: World): Promise<ExitCode> {
  const world = withoutWorkflowCommands(given);
  try {
    if (argv.includes('--version')) {
      world.stdout.write(`perf-gate ${VERSION}\n`);
      return EXIT.pass;
    }
    const [first = 'run'] = argv;
    if (first === '--help' || first === '-h') {
      world.stdout.write((await import('./commands/usage.ts')).usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith('-') || argv.length === 0;
    const name = isPlain ? 'run' : named(first);
    const args = isPlain ? argv : argv.slice(1);
    if (args.includes('--help') || args.includes('-h')) {
      world.stdout.write((await import('./commands/usage.ts')).usageOf(name));
      return EXIT.pass;
    }
    return await call(name, args, world);
  } catch (error) {
    return tell(error, world);
  }
}

async function call<Name extends CommandName>(name: Name, args: readonly string[], world: World): Promise<ExitCode> {
  const given = readGiven(name, args);
  const command: Command<Name> = await loaders[name]();
  return command(given, world);
}
