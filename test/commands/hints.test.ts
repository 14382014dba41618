/** What messages advise: a flag that is named is one that the command has whose message it is. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { type CommandName, commands, entries } from '../../src/commands/spec.ts';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const sources = new Map(files.map((path) => [path, readFileSync(join(SRC, path), 'utf8')]));

/** The modules that a command is made of. */
function modulesOf(entry: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (path: string) => {
    // They know all commands by name, and load one.
    if (reached.has(path) || ['commands/list.ts', 'commands/spec.ts'].includes(path)) return;
    reached.add(path);
    for (const [, from] of sources.get(path)?.matchAll(/(?:from|import\()\s*'(\.[^']+\.ts)'/g) ?? []) {
      visit(relative(SRC, join(SRC, dirname(path), from!)));
    }
  };
  visit(entry);
  return reached;
}

const flagsOf = (name: CommandName) => Object.keys(commands[name].flags);
const allFlags = new Set(entries.flatMap(([name]) => flagsOf(name)));

/** The text of a source, without its comments. */
const textOf = (path: string) =>
  sources
    .get(path)!
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

/** Lines with a flag of perf-gate in a text that people read. */
function namedFlags(path: string): { readonly flag: string; readonly line: string }[] {
  const lines = textOf(path)
    .split('\n')
    .filter((line) => /hint|message|Error\(|: '|: `|' *$|`;?$/.test(line));
  return lines.flatMap((line) =>
    [...line.matchAll(/(?<![\w-])--([a-z][a-z-]*)(?=[ =,;:.'`)]|$)/g)].flatMap(([, flag]) =>
      allFlags.has(flag!) ? [{ flag: flag!, line: line.trim() }] : [],
    ),
  );
}

/** What is told of another command than the one that runs names that command right before the flag. */
const ofCommand = (line: string): CommandName | undefined =>
  entries
    .map(([name]) => name)
    .find((name) => new RegExp(`(perf-gate|with) ${name}\\b[^;]*--|--head HEAD`).test(line)) ??
  (/` {2}npx perf-gate\$\{.* run /.test(line) ? 'run' : undefined);

/** Messages of modules that other commands are made of too, but that only these can come to. */
const ONLY_OF: Readonly<Record<string, readonly CommandName[]>> = {
  // Where no base is given, and of the base's build; doctor tells what a run would come to.
  'git/sides.ts': ['run'],
  'build/build.ts': ['run'],
  'ci/base.ts': ['run'],
  'run/quick.ts': ['run'],
  'run/under-rules-of-base.ts': ['run'],
  // The demo's config names more.
  'run/require-valgrind.ts': ['run', 'save'],
  'run/run-directory.ts': ['run', 'doctor'],
  'init/told.ts': ['init'],
  // What was set by a flag that the command has, and what a path given to a flag means.
  'config/settings.ts': entries.map(([name]) => name).filter((name) => flagsOf(name).includes('set')),
  'run/project.ts': entries.map(([name]) => name).filter((name) => flagsOf(name).includes('config')),
  'config/read.ts': entries.map(([name]) => name).filter((name) => flagsOf(name).includes('config')),
};

describe.each(entries.map(([name]) => name))('%s', (name) => {
  test('has the flags that its messages name', () => {
    const wrong = [...modulesOf(`commands/${name}.ts`)]
      .filter((path) => ONLY_OF[path]?.includes(name) ?? true)
      .flatMap((path) =>
        namedFlags(path)
          .filter(({ flag, line }) => !flagsOf(ofCommand(line) ?? name).includes(flag))
          .map(({ flag, line }) => `${path}: --${flag}: ${line}`),
      );
    expect(wrong).toEqual([]);
  });
});
