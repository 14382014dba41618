/**
 * The whole program as a function of its world: arguments in, exit code out. Finds the command, loads only what that
 * command needs, and turns every error into words.
 */
import { commands, isCommand } from './commands/list.ts';
import { nearest } from './config/nearest.ts';
import { EXIT, type ExitCode, UserError } from './errors.ts';
import { plainText } from './service/log.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    if (argv.includes('--version')) {
      world.stdout.write(`perf-gate ${VERSION}\n`);
      return EXIT.pass;
    }
    const [first = 'run'] = argv;
    if (first === '--help' || first === '-h' || first === 'help') {
      world.stdout.write(usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith('-') || argv.length === 0;
    const name = isPlain ? 'run' : first;
    if (!isCommand(name)) {
      const meant = nearest(name, Object.keys(commands));
      throw new UserError(`there is no command "${plainText(name)}"`, {
        hint: meant === undefined ? `commands: ${Object.keys(commands).join(', ')}` : `did you mean ${meant}?`,
      });
    }
    const args = isPlain ? argv : argv.slice(1);
    const command = commands[name];
    if (args.includes('--help') || args.includes('-h')) {
      world.stdout.write(`${command.usage}\n`);
      return EXIT.pass;
    }
    return await (await command.load())(args, world);
  } catch (error) {
    return tell(error, world);
  }
}

function usage(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return [
    'perf-gate: which function and which line of a Go service costs more per request, and is that over the limit?',
    '',
    'usage: perf-gate [command] [flags]     (perf-gate alone is perf-gate run)',
    '',
    ...lines,
    '',
    'perf-gate COMMAND --help tells its flags.   Exit codes: 0 pass, 1 fail, 2 wrong use or config,',
    '3 could not be measured, 4 inconclusive where the config says that this fails.',
    '',
  ].join('\n');
}

/** Prints what a person should know of an error, and of those of the cleaning up after it; returns the exit code. */
export function tell(error: unknown, world: World): ExitCode {
  const [first, ...later] = inOrder(error);
  const code = tellFirst(world.signal.aborted ? world.signal.reason : first, world);
  for (const failure of later) {
    world.stderr.write(`perf-gate: then, while cleaning up: ${failure instanceof Error ? failure.message : failure}\n`);
  }
  return code;
}

/** What `await using` puts into one SuppressedError: the first error, and those of the cleaning up after it. */
function inOrder(error: unknown): unknown[] {
  if (!(error instanceof Error && 'suppressed' in error && 'error' in error)) return [error];
  return [...inOrder(error.suppressed), ...inOrder(error.error)];
}

function tellFirst(reason: unknown, world: World): ExitCode {
  if (reason instanceof UserError) {
    const at = reason.at === undefined ? '' : `${reason.at}: `;
    world.stderr.write(`perf-gate: ${at}${reason.message}\n`);
    if (reason.detail) world.stderr.write(`${indent(reason.detail.trimEnd())}\n`);
    if (reason.hint) world.stderr.write(`  -> ${reason.hint}\n`);
    return reason.exitCode;
  }
  const stack = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
  world.stderr.write(`perf-gate: this is a bug in perf-gate ${VERSION}, please report it:\n${stack}\n`);
  return EXIT.invalid;
}

const indent = (text: string) => text.replace(/^/gm, '  | ');
