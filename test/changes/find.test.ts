import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { goFunctions } from '../../src/binary/go-functions.ts';
import type { ChangedFunction, Changes } from '../../src/changes/changes.ts';
import { findChanges } from '../../src/changes/find.ts';
import { listPackages } from '../../src/changes/list.ts';
import { gateKey } from '../../src/profile/names.ts';
import { goBuild, removeExecutables } from '../binary/go-build.ts';
import { ENV, type Files, removeTemporaryDirectories, shown, temporaryDirectory, tree } from './fixture.ts';
import { STORIES } from './stories.ts';

afterAll(removeTemporaryDirectories);
afterAll(removeExecutables);

async function changesOf(base: Files, head: Files, pkg = '.', env: NodeJS.ProcessEnv = ENV): Promise<Changes> {
  const [before, after] = await Promise.all([base, head].map((files) => listPackages('go', tree(files), pkg, { env })));
  return findChanges({ env, base: before!, head: after!, temporaryDirectory: temporaryDirectory() });
}

const MODULE = 'example.com/stories';

/** One module in which every story is a package, so that one run answers them all. */
function module(side: 'base' | 'head'): Files {
  const files: Record<string, string> = { 'go.mod': `module ${MODULE}\n\ngo 1.18\n` };
  const imports: string[] = [];
  for (const story of STORIES) {
    const source = story[side];
    for (const [path, text] of Object.entries(typeof source === 'string' ? { 'a.go': source } : source)) {
      const name = path.includes('/') ? 'inner' : story.name;
      const isInner = path.startsWith('inner/');
      const clause = path.endsWith('.go') ? `package ${isInner ? 'inner' : story.name}\n\n` : '';
      files[`${story.name}/${path}`] = clause + text;
      if (isInner) imports.push(`${MODULE}/${story.name}/${name}`);
    }
    imports.push(`${MODULE}/${story.name}`);
  }
  files['main.go'] =
    `package main\n\nimport (\n${imports.map((path) => `\t_ "${path}"\n`).join('')})\n\nfunc main() {}\n`;
  return files;
}

describe('a commit changes', () => {
  let changes: Changes;

  beforeAll(async () => {
    changes = await changesOf(module('base'), module('head'));
  });

  test.each(STORIES)('$name', ({ name, changed }) => {
    const prefix = `${MODULE}/${name}`;
    const own = changes.changed.filter((one) => one.package === prefix || one.package.startsWith(`${prefix}/`));
    const lines = own.map((one) => shown({ ...one, name: (one.kind === 'c' ? 'c ' : '') + one.name }));
    expect(lines.map((line) => line.replaceAll(`${prefix}.`, '.').replaceAll(`${prefix}/`, '/'))).toEqual(
      changed.map((line) => line.replace(/^(\w+) (?!\/|c )/, '$1 .')),
    );
  });

  test('nothing else, and all files were understood', () => {
    expect(changes.changed.filter((one) => !one.package.startsWith(`${MODULE}/`))).toEqual([]);
    expect(changes).toMatchObject({ unparsed: [], modules: [] });
    const mains = changes.functions.head.filter((one) => one.name === 'main.main');
    expect(mains).toMatchObject([{ kind: 'go', package: MODULE, file: `${MODULE}/main.go` }]);
  });

  test.each(['go1.18.10', 'go1.27.0'])('the same with %s', async (version) => {
    const other = await changesOf(module('base'), module('head'), '.', { ...ENV, GOTOOLCHAIN: version });
    expect(other.changed).toEqual(changes.changed);
    const places = (all: Changes) => all.functions.head.map(({ path: _, ...place }) => place);
    expect(places(other)).toEqual(places(changes));
  });

  test('and every function has its place', () => {
    for (const side of ['base', 'head'] as const) {
      for (const fn of changes.functions[side]) {
        const lines = readFileSync(fn.path, 'utf8').split('\n');
        const first = lines[fn.startLine - 1]!;
        const word = fn.name.endsWith('glob..func*') ? 'func' : (/(\w+)(\[\.\.\.\]|\.\*)?$/.exec(fn.name)?.[1] ?? '?');
        // A C function may begin with its type on a line of its own.
        expect(`${first}\n${fn.kind === 'c' ? lines[fn.startLine] : ''}`).toContain(word);
        expect(fn.endLine).toBeGreaterThanOrEqual(fn.startLine);
        if (fn.kind === 'go' && fn.endLine > fn.startLine) expect(lines[fn.endLine - 1]).toMatch(/^\t*\}/);
        expect(fn.path.endsWith(fn.file.slice(MODULE.length))).toBe(true);
      }
    }
    const names = changes.functions.head.map((one) => `${one.kind} ${one.name}`);
    expect(names).toContain(`go ${MODULE}/generics.(*L[...]).Len`);
    expect(names).toContain(`assembly ${MODULE}/assembly.Sub`);
    expect(names).toContain('c product');
    expect(names).not.toContain(`go ${MODULE}/assembly.Sub`);
  });
});

test('a method with type parameters of its own is named as in the program, from Go 1.27 on', async () => {
  const source = (step: string) => `package main

type list struct{ n int }

//go:noinline
func (l *list) add[T any](all []T) { l.n += ${step} }

//go:noinline
func (l list) sum[T any](all []T) int { return l.n + len(all) * ${step} }

func main() {
	l := &list{}
	l.add([]string{"a"})
	println(l.sum([]int{1}))
}
`;
  const files = (step: string) => ({ 'go.mod': 'module example.com/tiny\n\ngo 1.27\n', 'main.go': source(step) });
  const changes = await changesOf(files('1'), files('2'), '.', { ...ENV, GOTOOLCHAIN: 'go1.27.0' });
  expect(changes.changed.map(shown)).toEqual([
    'modified main.(*list).add[...]: source',
    'modified main.list.sum[...]: source',
  ]);
  const { elf } = await goBuild({ files: files('2'), go: 'go1.27.0' });
  const built = goFunctions(elf, 'tiny').map(({ name }) => gateKey(name));
  expect(built).toEqual(expect.arrayContaining(changes.changed.map(({ name }) => name)));
});

describe('packages', () => {
  const main = (path: string) => `package main\n\nimport d "${path}"\n\nfunc main() { println(d.Sum(1)) }\n`;
  const digest = (name: string) =>
    `package ${name}\n\nimport "strings"\n\ntype T struct{}\n\nfunc Sum(n int) int { return n + len(strings.ToUpper("a")) }\nfunc (t *T) Reset() {}\nfunc init() {}\n`;
  const go = { 'go.mod': 'module example.com/shop\n\ngo 1.18\n' };

  test('that were renamed have moved functions', async () => {
    const changes = await changesOf(
      {
        ...go,
        'cmd/orders/main.go': main('example.com/shop/internal/digest'),
        'internal/digest/a.go': digest('digest'),
      },
      { ...go, 'cmd/orders/main.go': main('example.com/shop/hash/v2.1'), 'hash/v2.1/b.go': digest('hash') },
      './cmd/orders',
    );
    expect(changes.moved).toEqual([
      { from: 'example.com/shop/internal/digest.(*T).Reset', to: 'example.com/shop/hash/v2.1.(*T).Reset' },
      { from: 'example.com/shop/internal/digest.Sum', to: 'example.com/shop/hash/v2.1.Sum' },
    ]);
    expect(changes.changed.map(shown)).toEqual([
      ...['(*T).Reset', 'Sum', 'init.*'].map((name) => `added example.com/shop/hash/v2.1.${name}: source`),
      ...['(*T).Reset', 'Sum', 'init.*'].map((name) => `removed example.com/shop/internal/digest.${name}: source`),
      'modified main.main: source',
    ]);
    expect(changes.functions.head.find((one) => one.name === 'main.main')?.file).toBe(
      'example.com/shop/cmd/orders/main.go',
    );
  });

  test('main keeps its functions when its directory moves', async () => {
    const files = (directory: string) => ({ ...go, [`${directory}/main.go`]: 'package main\n\nfunc main() {}\n' });
    const [before, after] = await Promise.all(
      ['orders', 'shop'].map((name) => listPackages('go', tree(files(name)), `./${name}`, { env: ENV })),
    );
    const changes = await findChanges({
      env: ENV,
      base: before!,
      head: after!,
      temporaryDirectory: temporaryDirectory(),
    });
    expect(changes.changed).toEqual([]);
  });

  test('that do not parse are compared by file, and told', async () => {
    const files = (other: string, broken: string) => ({
      ...go,
      'main.go': main('example.com/shop/d'),
      'd/d.go': digest('d'),
      'd/broken.go': broken,
      'd/other.go': other,
    });
    const [base, head] = [
      tree(files('package d\n\nfunc Other() {}\n', 'package d\n\nfunc A() {}\n\nfunc B() {}\n')),
      tree(files('package d\n\nfunc Other( {}\n', 'package d\n\nfunc A() {}\n\nfunc B() { x := }\n')),
    ];
    const before = await listPackages('go', base, '.', { env: ENV });
    // Go itself refuses them; a Go that is older than the sources would not know better either.
    const after = before.map((one) => ({ ...one, dir: one.dir.replace(base, head) }));
    const changes = await findChanges({
      env: ENV,
      base: before,
      head: after,
      temporaryDirectory: temporaryDirectory(),
    });
    expect(changes.unparsed.map((one) => one.path)).toEqual([join(head, 'd/broken.go'), join(head, 'd/other.go')]);
    expect(changes.changed.map(shown)).toEqual(
      ['A', 'B', 'Other'].map((name) => `modified example.com/shop/d.${name}: source`),
    );
  });

  test('stop when the run is stopped', async () => {
    const controller = new AbortController();
    const directory = temporaryDirectory();
    const signal = controller.signal;
    const finding = findChanges({ env: ENV, base: [], head: [], temporaryDirectory: directory, signal });
    setTimeout(() => controller.abort(new Error('Ctrl-C')), 20);
    await expect(finding).rejects.toThrow('Ctrl-C');
    expect(readdirSync(directory)).toEqual([]);
  });

  test('of a build with tags, and of one that fails', async () => {
    const directory = tree({
      ...go,
      'main.go': 'package main\n\nfunc main() { run() }\n',
      'a.go': '//go:build fast\n\npackage main\n\nfunc run() {}\n',
    });
    const packages = await listPackages('go', directory, '.', { env: ENV, tags: ['fast', 'other'] });
    expect(packages.at(-1)).toMatchObject({ name: 'main', goFiles: ['a.go', 'main.go'], module: { isMain: true } });
    expect(packages.at(-1)?.isStandard).toBe(false);
    expect(packages[0]?.isStandard).toBe(true);
    const failing = listPackages('go', directory, './gone', { env: ENV });
    await expect(failing).rejects.toBeInstanceOf(MeasurementError);
    await expect(failing).rejects.toMatchObject({ detail: expect.stringMatching(/gone/) });
    const missing = listPackages('/nonexistent/go', directory, '.', { env: ENV });
    await expect(missing).rejects.toMatchObject({ hint: expect.stringMatching(/installed/) });
  });
});

describe('dependencies', () => {
  const main =
    'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.F(), dep.Size) }\nfunc other() {}\n';
  const dep = (size: number, body: string) => ({
    'dep/go.mod': 'module example.com/dep\n\ngo 1.18\n',
    'dep/dep.go': `package dep\n\nconst Size = ${size}\n\nfunc F() int { return ${body} }\nfunc G() {}\n`,
  });
  const replaced = {
    'go.mod':
      'module example.com/shop\n\ngo 1.18\n\nrequire example.com/dep v1.0.0\n\nreplace example.com/dep => ./dep\n',
    'main.go': main,
  };

  test('that a directory replaces are compared though the version is the same', async () => {
    const changes = await changesOf({ ...replaced, ...dep(1, '1') }, { ...replaced, ...dep(2, '2') });
    const module = { path: 'example.com/dep', base: 'v1.0.0 => ./dep', head: 'v1.0.0 => ./dep' };
    expect(changes.changed.map((one: ChangedFunction) => ({ line: shown(one), module: one.module }))).toEqual([
      { line: 'modified example.com/dep.F: source', module },
      { line: 'modified main.main: uses example.com/dep.Size', module: undefined },
    ]);
    expect(changes.modules).toEqual([]);
    expect(changes.functions.head.map((one) => one.file)).toContain('example.com/dep@v1.0.0/dep.go');
  });

  test('that are vendored are compared too', async () => {
    const vendored = (size: number) => ({
      'go.mod': 'module example.com/shop\n\ngo 1.18\n\nrequire example.com/dep v1.0.0\n',
      'main.go': main,
      'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.18\nexample.com/dep\n',
      'vendor/example.com/dep/dep.go': `package dep\n\nconst Size = ${size}\n\nfunc F() int { return 1 }\n`,
    });
    const changes = await changesOf(vendored(1), vendored(2), '.', { ...ENV, GOFLAGS: '-mod=vendor' });
    expect(changes.changed.map(shown)).toEqual(['modified main.main: uses example.com/dep.Size']);
  });

  test('with another version are named with both; what is the same on both sides is not read', async () => {
    const shop = (version: string, sum: string) => ({
      'go.mod': `module example.com/shop\n\ngo 1.19\n\nrequire github.com/google/uuid ${version}\n`,
      'go.sum': sum,
      'main.go':
        'package main\n\nimport "github.com/google/uuid"\n\nfunc main() { println(uuid.NewString()) }\nfunc other() {}\n',
    });
    const changes = await changesOf(
      shop(
        'v1.5.0',
        'github.com/google/uuid v1.5.0 h1:1p67kYwdtXjb0gL0BPiP1Av9wiZPo5A8z2cWkTZ+eyU=\ngithub.com/google/uuid v1.5.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n',
      ),
      shop(
        'v1.6.0',
        'github.com/google/uuid v1.6.0 h1:NIvaJDMOsjHA8n1jAhLSgzrAzy1Hgr+hNrb57e+94F0=\ngithub.com/google/uuid v1.6.0/go.mod h1:TIyPZe4MgqvfeYDBFedMoGGpEw/LqOeaOT+nhxU+yHo=\n',
      ),
    );
    const module = { path: 'github.com/google/uuid', base: 'v1.5.0', head: 'v1.6.0' };
    expect(changes.modules).toEqual([module]);
    expect(changes.changed.every((one) => one.module?.head === 'v1.6.0')).toBe(true);
    expect(changes.changed.map(shown)).toEqual([
      'added github.com/google/uuid.getV7Time: source',
      'modified github.com/google/uuid.init: source', // the new variable Max
      'modified github.com/google/uuid.makeV7: source',
    ]);
    expect(changes.functions.head.map((one) => one.file)).toContain('github.com/google/uuid@v1.6.0/uuid.go');

    const same = await changesOf(shop('v1.6.0', ''), shop('v1.6.0', ''));
    expect(same.functions.head.map((one) => one.name)).toEqual(['main.main', 'main.other']);
  });
});
