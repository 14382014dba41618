/** The rules of the house (src/README.md), checked. Each says why it is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** The way through the program; a folder uses what stands before it. */
const FLOW = [
  ...['config', 'git', 'binary', 'agent', 'build', 'changes', 'service', 'load', 'profile', 'measure'],
  ...['baseline', 'compare', 'report', 'progress', 'ci', 'publish', 'init', 'doctor', 'commands'],
];
const PURE = ['binary', 'profile', 'compare', 'report'];

interface Source {
  /** `measure/bench.ts` */
  readonly path: string;
  readonly folder: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) => name as string);
    return { path, folder: path.includes('/') ? (path.split('/')[0] as string) : '', text, imports };
  });

const folderOf = (source: Source, imported: string) => {
  const target = relative(SRC, resolve(SRC, dirname(source.path), imported));
  return target.includes('/') ? (target.split('/')[0] as string) : '';
};

test('every folder is in the flow, so that none escapes these rules', () => {
  const folders = new Set(sources.map(({ folder }) => folder).filter((folder) => folder !== ''));
  expect([...folders].sort()).toEqual([...FLOW].sort());
});

describe('the way is forward: what comes later may change without breaking what comes before', () => {
  test.each(FLOW)('%s', (folder) => {
    const wrong = sources
      .filter((source) => source.folder === folder)
      .flatMap((source) =>
        source.imports
          .filter((name) => name.startsWith('.'))
          .map((name) => folderOf(source, name))
          .filter((target) => FLOW.indexOf(target) > FLOW.indexOf(folder))
          .map((target) => `${source.path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });
});

describe('what decides is pure: the same files give the same report on another machine, years later', () => {
  test.each(PURE)('%s', (folder) => {
    const files = sources.filter((source) => source.folder === folder);
    const builtIns = files.flatMap(({ path, imports }) =>
      imports
        .filter((name) => name.startsWith('node:') && name !== 'node:zlib')
        .map((name) => `${path} imports ${name}`),
    );
    const impure = files.filter(({ text }) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/.test(text),
    );
    expect(builtIns).toEqual([]);
    expect(impure.map(({ path }) => path)).toEqual([]);
  });
});

test('only the doors and the World touch the process: everything else can be run in a test', () => {
  const doors = ['cli.ts', 'action.ts', 'door.ts', 'world.ts'];
  // A process can be asked after, and a group of them signalled, in no other way than by node:process.
  const allowed = new Set([...doors, 'owner.ts', 'service/group.ts', 'build/command.ts']);
  const touching = sources.filter(
    ({ path, text, imports }) =>
      !allowed.has(path) &&
      (/(?<![.\w'])process\.(env|cwd|argv|exit|stdout|stderr|platform|on|hrtime|kill)\b/.test(text) ||
        imports.includes('node:process')),
  );
  expect(touching.map(({ path }) => path)).toEqual([]);
});

test('only judge.ts holds a figure against a limit: no renderer and no door decides again', () => {
  const deciding = sources.filter(
    ({ path, folder, text }) =>
      (folder === 'report' || folder === 'commands' || folder === 'compare') &&
      path !== 'compare/judge.ts' &&
      /limit\.ratio\s*[*<>]|[<>*]=?\s*\w*\.?limit\.ratio/.test(text),
  );
  expect(deciding.map(({ path }) => path)).toEqual([]);
});
