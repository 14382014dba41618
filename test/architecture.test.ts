/** The rules of the house (src/README.md), checked. Each says why it is there. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** From the ground floor up: a room uses what stands before it. `main.ts` stands between the commands and the doors. */
const FLOW = [
  ...['base', 'model', 'process', 'progress', 'config', 'git', 'binary', 'agent', 'build', 'changes', 'service'],
  ...[
    'load',
    'profile',
    'measure',
    'baseline',
    'compare',
    'report',
    'ci',
    'publish',
    'init',
    'doctor',
    'run',
    'commands',
  ],
  ...['main.ts', 'doors'],
];
const PURE = ['binary', 'profile', 'compare', 'report'];

interface Import {
  /** A path below src, a package, or a built-in module. */
  readonly target: string;
  readonly isType: boolean;
  /** `import()`: not before it is needed. */
  readonly isDeferred: boolean;
}

interface Source {
  /** `measure/bench.ts` */
  readonly path: string;
  /** `measure`; of a file that lies in src itself, its name. */
  readonly room: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

const roomOf = (path: string) => path.split('/')[0] as string;

const IMPORT =
  /^(?:import|export)\s+(?<type>type\s)?(?<names>[^;'()]*?)\s*from\s+'(?<from>[^']+)'|^import\s+'(?<bare>[^']+)'|\bimport\(\s*'(?<deferred>[^']+)'\s*\)/gm;

function importsOf(path: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(({ groups = {} }) => {
    const { type, names = '', from, bare, deferred } = groups;
    const name = (from ?? bare ?? deferred) as string;
    const [, listed = ''] = /\{([^}]*)\}/.exec(names) ?? [];
    const each = listed.split(',').flatMap((one) => one.trim() || []);
    return {
      target: name.startsWith('.') ? relative(SRC, resolve(SRC, dirname(path), name)) : name,
      isType: type !== undefined || (each.length > 0 && each.every((one) => one.startsWith('type '))),
      isDeferred: deferred !== undefined,
    };
  });
}

const sources: Source[] = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(join(SRC, path), 'utf8');
    return { path, room: roomOf(path), text, imports: importsOf(path, text) };
  });
const byPath = new Map(sources.map((source) => [source.path, source]));

/** What runs when a file is loaded: itself, and whatever it imports by value, through any number of others. */
function loadedWith(path: string): Source[] {
  const loaded = new Set<string>([path]);
  for (const each of loaded) {
    for (const { target, isType, isDeferred } of byPath.get(each)?.imports ?? []) {
      if (!isType && !isDeferred && byPath.has(target)) loaded.add(target);
    }
  }
  return [...loaded].map((each) => byPath.get(each) as Source);
}

test('every room is in the flow, so that none escapes these rules', () => {
  expect([...new Set(sources.map(({ room }) => room))].sort()).toEqual([...FLOW].sort());
});

describe('the way is forward: what comes later may change without breaking what comes before', () => {
  test.each(FLOW)('%s', (room) => {
    const wrong = sources
      .filter((source) => source.room === room)
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target }) => FLOW.indexOf(roomOf(target)) > FLOW.indexOf(room))
          .map(({ target }) => `${path} imports ${target}`),
      );
    expect(wrong).toEqual([]);
  });
});

test('no file needs itself through others: each can be read, loaded and moved alone', () => {
  const inCircle = sources
    .filter(({ path, imports }) =>
      imports.some(
        ({ target, isType }) =>
          !isType && byPath.has(target) && loadedWith(target).some((loaded) => loaded.path === path),
      ),
    )
    .map(({ path }) => path);
  expect(inCircle).toEqual([]);
});

describe('what decides is pure: the same files give the same report on another machine, years later', () => {
  /** They compute, and ask nothing of the machine. */
  const computing = ['node:zlib', 'node:util', 'node:path'];

  test.each(PURE)('%s', (room) => {
    const files = sources.filter((source) => source.room === room);
    const builtIns = files.flatMap(({ path }) =>
      loadedWith(path).flatMap((loaded) =>
        loaded.imports
          .filter(({ target }) => target.startsWith('node:') && !computing.includes(target))
          .map(({ target }) => `${path} loads ${loaded.path}, which imports ${target}`),
      ),
    );
    const impure = files.filter(({ text }) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/.test(text),
    );
    expect(builtIns).toEqual([]);
    expect(impure.map(({ path }) => path)).toEqual([]);
  });
});

test('the ground floor stands on nothing: no room, and no package but the validator of schemas', () => {
  const others = sources
    .filter(({ room }) => room === 'base')
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => roomOf(target) !== 'base' && !target.startsWith('node:'))
        .map(({ target }) => `${path} imports ${target}`),
    );
  expect(others).toEqual([
    'base/compile-schema.ts imports ajv/dist/2020.js',
    'base/version.ts imports ../package.json',
  ]);
});

test('only the doors and the World touch the process: everything else can be run in a test', () => {
  // A process can be asked after, and a group of them signalled, in no other way than by node:process.
  const allowed = new Set(['base/world.ts', 'process/owner.ts', 'process/group.ts', 'process/command.ts']);
  const doors = ['doors/cli.ts', 'doors/action.ts', 'doors/door.ts'];
  const touching = sources.filter(
    ({ path, text, imports }) =>
      !allowed.has(path) &&
      !doors.includes(path) &&
      (/(?<![.\w'])process\.(env|cwd|argv|exit|stdout|stderr|platform|on|hrtime|kill)\b/.test(text) ||
        imports.some(({ target }) => target === 'node:process')),
  );
  expect(touching.map(({ path }) => path)).toEqual([]);
});

test('only judge.ts holds a figure against a limit: no renderer and no door decides again', () => {
  const deciding = sources.filter(
    ({ path, room, text }) =>
      ['report', 'commands', 'compare', 'run', 'publish', 'doors'].includes(room) &&
      path !== 'compare/judge.ts' &&
      /limit\.ratio\s*[*<>]|[<>*]=?\s*\w*\.?limit\.ratio/.test(text),
  );
  expect(deciding.map(({ path }) => path)).toEqual([]);
});
