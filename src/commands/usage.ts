/** The help: of the program, and of each command. Made from their entries, and pure. */
import { wordWrapped } from '../base/wrap.ts';
import type { Argument, Flag, Flags } from './flag.ts';
import { type CommandName, commands, entries, type Spec } from './spec.ts';

const WIDTH = 120;

/** What `perf-gate --help` prints. */
export function usage(): string {
  return [
    'perf-gate: which function and which line of a Go service costs more per request, and is that over the limit?',
    '',
    'usage: perf-gate [command] [flags]     (perf-gate alone is perf-gate run)',
    '',
    ...table(
      entries.map(([name, { summary }]) => [name, summary]),
      0,
    ),
    '',
    'perf-gate COMMAND --help tells its flags.   Exit codes: 0 pass, 1 fail, 2 wrong use or config,',
    '3 could not be measured, 4 inconclusive where the config says that this fails.',
    '',
  ].join('\n');
}

/** What `perf-gate COMMAND --help` prints. */
export function usageOf(name: CommandName): string {
  const { calls, about, takes = [], actions = {}, flags, examples }: Spec = commands[name];
  const [first, ...others] = calls ?? [callOf(name, takes, flags)];
  const own = Object.entries(flags).filter(([flag]) => !isSetting(flag, flags));
  const settings = Object.entries(flags).filter(([flag]) => isSetting(flag, flags));
  const sections = [
    [`usage: ${first}`, ...others.map((call) => `       ${call}`)],
    [about],
    table(Object.entries(actions).map(([action, { about }]) => [action, about])),
    table(own.map(flagRow)),
    settings.length === 0 ? [] : [IN_PLACE, ...table(settings.map(flagRow))],
    table(examples.map(([line, purpose = '']) => [line, purpose])),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

const IN_PLACE = 'For this once, in place of what perf-gate.yml says:';

const isSetting = (name: string, flags: Flags) => name === 'set' || flags[name]?.sets !== undefined;

function callOf(name: string, takes: readonly Argument[], flags: Flags): string {
  const words = ['perf-gate', name, ...takes.map((argument) => argument.name)];
  return [...words, ...(Object.keys(flags).length === 0 ? [] : ['[flags]'])].join(' ');
}

function flagRow([name, { value, about, default: standard }]: readonly [string, Flag]): [string, string] {
  const shown = value === undefined ? `--${name}` : `--${name}${value.startsWith('=') ? '' : ' '}${value}`;
  return [shown, standard === undefined ? about : `${about} (default: ${standard})`];
}

/** Two columns; what is too long for its line goes on below itself. */
function table(rows: readonly (readonly [string, string])[], least = 16): string[] {
  const widths = rows.filter(([, text]) => text !== '').map(([label]) => label.length);
  const width = Math.max(least, ...widths) + 2;
  return rows.flatMap(([label, text]) => {
    const [first = '', ...more] = wordWrapped(text, WIDTH - width - 2);
    return [`  ${label.padEnd(width)}${first}`.trimEnd(), ...more.map((line) => `  ${' '.repeat(width)}${line}`)];
  });
}
