import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MeasurementError, UserError } from '../../src/base/errors.ts';
import { symbolsOf } from '../../src/binary/elf.ts';
import { compareCode } from '../../src/binary/same-code.ts';
import { type Build, link, type Prepared } from '../../src/build/build.ts';
import { fingerprintOf } from '../../src/build/fingerprint.ts';
import { proveInjected } from '../../src/build/inject.ts';
import { difference } from '../../src/measure/fingerprint.ts';
import { errorOf, linked, newDirectory, prepared, removeDirectories, SHOP, specOf } from './service.ts';

// A toolchain that builds the standard library for the first time takes its time.
afterAll(removeDirectories);

const lines = async (binary: string) => (await promisify(execFile)(binary)).stderr.split('\n');
const hasSymbols = ({ elf }: { elf: Parameters<typeof symbolsOf>[0] }) =>
  [...symbolsOf(elf)].some(({ name }) => name === 'main.main');

const VALUES = {
  'main.version': `v1.2 "beta" of Ann's`.replace(/'s$/, ''),
  'main.gitCommitSHA': '3f2a91c',
  'main.built': '',
  'example.com/shop/internal/in.fo.Release': "it's a release",
};

describe('a service built by go build', () => {
  const WRONG: [string, string, string, string][] = [
    ['a misspelt variable', 'main.verzion', 'has no such variable', 'did you mean main.version?'],
    [
      'a misspelt package',
      'example.com/shop/internal/info.Release',
      'package example.com/shop/internal/info is no part of',
      'import path',
    ],
    [
      'main by its path',
      'example.com/shop/cmd/orders.version',
      'the linker calls package main by its name',
      'write main.version',
    ],
    ['a package outside of the build', 'example.com/shop/internal/tool.Name', 'is no part of', 'import path'],
    ['a constant', 'main.channel', 'it is a constant', 'write var channel = "…"'],
    ['one set by a call', 'main.started', 'a call gives it its value', 'write var started = "…" with a literal'],
    ['one that nobody uses', 'main.unused', 'nothing in the program uses it', 'use it'],
  ];
  let shop: Prepared;
  let wrong: Promise<Build>;
  beforeAll(async () => {
    shop = await prepared();
    wrong = linked(shop, Object.fromEntries(WRONG.map(([, variable]) => [variable, 'v2'])), true);
  });

  test('is package main of the checkout', () => {
    const directory = shop.spec.directory;
    expect(shop).toMatchObject({
      importPath: 'example.com/shop/cmd/orders',
      packageDirectory: join(directory, 'cmd/orders'),
      modulePath: 'example.com/shop',
      moduleDirectory: directory,
    });
  });

  test('holds the values, says who built it and does what it did', async () => {
    const build = await linked(shop, VALUES);
    expect((await lines(build.binary)).slice(0, 8)).toEqual([
      '[v1.2 "beta" of Ann]',
      '[3f2a91c]',
      '[unknown]',
      '[]',
      `[${build.binary}]`,
      '[stable]',
      "[it's a release]",
      '[none]',
    ]);
    expect(await proveInjected(shop, build)).toEqual([]);
    expect(build.goVersion).toBe(shop.toolchain.version);
    expect(build.moduleInfo).toContain('\tpath\texample.com/shop/cmd/orders\n');
    expect(build.moduleInfo).not.toContain('3f2a91c');
    expect(build.buildMs).toBeGreaterThan(0);
  });

  test('is the same in a comparable build, whatever the values', async () => {
    const other = await prepared({ files: { 'cmd/orders/main.go': `// Hello.\n${SHOP['cmd/orders/main.go']}` } });
    const [base, head] = await Promise.all([
      linked(shop, VALUES, true),
      linked(other, { ...VALUES, 'main.version': 'v2', 'main.gitCommitSHA': '88d0e14' }, true),
    ]);
    expect(compareCode(base.elf, head.elf)).toEqual({ same: true, differing: [] });
    expect(base.injected).toEqual(head.injected);
    expect(new Set(Object.values(base.injected).map(({ length }) => length))).toEqual(new Set([40]));
    expect(await proveInjected(shop, base)).toEqual([]);
  });

  test('takes more for the linker', async () => {
    const build = await linked(shop, {}, false, ['-s', '-w']);
    expect(hasSymbols(build)).toBe(false);
    expect(build.fingerprint['ldflags']).toBeUndefined();
  });

  test('replaces an older executable', async () => {
    const output = join(newDirectory({ orders: 'an older one' }), 'orders');
    await link(shop, { output, inject: {}, isComparable: false });
    expect(readFileSync(output).subarray(1, 4).toString()).toBe('ELF');
  });

  test.each(WRONG)('cannot be given %s', async (_, variable, message, hint) => {
    const build = await wrong;
    const error = await errorOf(proveInjected(shop, { ...build, injected: { [variable]: build.injected[variable]! } }));
    expect(error).toBeInstanceOf(MeasurementError);
    expect(error.message).toContain(`${variable} cannot be set`);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
    expect(error.hint).toContain('service.inject in perf-gate.yml');
  });

  test('tells of all variables at once', async () => {
    const { detail } = await errorOf(proveInjected(shop, await wrong));
    expect(detail?.split('\n')).toHaveLength(WRONG.length - 1);
    expect(detail).toContain('main.channel cannot be set: it is a constant');
  });

  test('cannot be given a number', async () => {
    const error = await errorOf(linked(shop, { 'main.answer': '43' }));
    expect(error.message).toBe('the build of head failed');
    expect(error.detail).toContain('main.answer: cannot set with -X: not a var of type string');
  });

  test.each([
    ['quotes of both kinds', `it's "new"`, 'single and double quotes'],
    ['a NUL', 'a\0b', 'NUL'],
  ])('cannot be given a value with %s', async (_, value, message) => {
    expect((await errorOf(linked(shop, { 'main.version': value }))).message).toContain(message);
  });
});

describe('proof without a symbol table', () => {
  test('for a stripped PIE, by a placeholder', async () => {
    const stripped = await prepared({ build: { ldflags: '-s -w', flags: ['-buildmode=pie'] } });
    const build = await linked(stripped, VALUES);
    expect(hasSymbols(build)).toBe(false);
    expect(build.elf.isRelocatable).toBe(true);
    expect(await proveInjected(stripped, build)).toEqual([]);
    expect(existsSync(`${build.binary}.proof`)).toBe(false);
    expect(hasSymbols(await linked(stripped, VALUES, true))).toBe(true);
    const wrong = await linked(stripped, { 'main.verzion': 'v1' });
    expect((await errorOf(proveInjected(stripped, wrong))).message).toContain('main.verzion cannot be set');
  });

  test('for a command that strips by itself and records its flags', async () => {
    const own = await prepared({
      build: { command: `GOFLAGS= go build -buildvcs=false -ldflags "-s -w {ldflags}" -o {output} {package}` },
    });
    const build = await linked(own, { 'main.version': 'v1' }, true);
    expect(hasSymbols(build)).toBe(false);
    expect(build.moduleInfo).toContain(build.injected['main.version']);
    expect(await proveInjected(own, build)).toEqual([]);
    const wrong = await linked(own, { 'main.verzion': 'v1' }, true);
    expect((await errorOf(proveInjected(own, wrong))).message).toContain('main.verzion cannot be set');
  });
});

test('a base that is older than a variable is no mistake; a misspelt one is found in the head', async () => {
  const base = await prepared({ label: 'base' });
  const older = await proveInjected(base, await linked(base, { 'main.newer': 'v1', 'main.version': 'v1' }, true));
  expect(older).toEqual([
    { variable: 'main.newer', message: expect.stringContaining('no such variable'), hint: expect.any(String) },
  ]);
  const constant = await linked(base, { 'main.channel': 'v1' }, true);
  expect((await errorOf(proveInjected(base, constant))).message).toContain('it is a constant');
});

describe("the service's own command", () => {
  const makefile = (recipe: string) => ({ Makefile: `orders:\n\t${recipe}\n` });

  test('a Makefile that honours LDFLAGS and OUTPUT', async () => {
    const own = await prepared({
      files: makefile('go build -ldflags "$$LDFLAGS" -o "$(OUTPUT)" ./cmd/orders'),
      build: { command: 'make' },
      env: { GOFLAGS: '-tags=made' },
    });
    const build = await linked(own, VALUES);
    expect((await lines(build.binary)).slice(0, 2)).toEqual(['[v1.2 "beta" of Ann]', '[3f2a91c]']);
    expect(build.moduleInfo).toContain('-trimpath=true');
    expect(build.moduleInfo).toContain('-tags=made');
    expect(build.fingerprint['command']).toBe('make');
    expect(await proveInjected(own, build)).toEqual([]);
  });

  test('placeholders, with a value for the shell to misunderstand', async () => {
    const own = await prepared({
      build: { command: `echo {version} && go build -ldflags '{ldflags}' -o {output} {package}` },
      placeholders: { version: '$(touch hacked) `id` "v1"' },
      logFile: join(newDirectory(), 'logs', 'build.log'),
    });
    const build = await linked(own, { 'main.version': '$(id) `id` $HOME' });
    expect((await lines(build.binary))[0]).toBe('[$(id) `id` $HOME]');
    expect(existsSync(join(own.spec.directory, 'hacked'))).toBe(false);
    expect(readFileSync(own.spec.logFile!, 'utf8')).toContain('\n$(touch hacked) `id` "v1"\n');
  });

  test.each([
    ['writes elsewhere', 'go build -o bin/orders ./cmd/orders', 'there is no executable', '{output}'],
    ['writes no executable', 'echo done > "$OUTPUT"', 'not an ELF executable', 'ELF'],
    [
      'builds another checkout',
      'cd "$OTHER" && go build -o "$OUTPUT" ./cmd/orders',
      'has no agent in it',
      'service.package',
    ],
    ['copies some other program', 'cp /bin/ls "$OUTPUT"', 'has no agent in it', 'with go'],
  ])('one that %s', async (_, command, message, hint) => {
    const other = newDirectory(SHOP);
    const own = await prepared({ build: { command }, env: { OTHER: other } });
    const error = await errorOf(linked(own));
    expect(error).toBeInstanceOf(MeasurementError);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('one that builds another package with the agent', async () => {
    const files = { 'cmd/other/main.go': SHOP['cmd/orders/main.go']! };
    const own = await prepared({
      files,
      build: { command: 'cp cmd/orders/perf_gate* cmd/other && go build -o {output} ./cmd/other' },
    });
    const error = await errorOf(linked(own));
    expect(error.message).toBe('the command of head built example.com/shop/cmd/other, not example.com/shop/cmd/orders');
  });

  test('one that drops LDFLAGS sets nothing', async () => {
    const own = await prepared({ build: { command: 'go build -o "$OUTPUT" ./cmd/orders' } });
    const build = await linked(own, { 'main.version': 'v1' });
    expect((await errorOf(proveInjected(own, build))).message).toContain('main.version cannot be set');
  });

  test('one that fails', async () => {
    const own = await prepared({ build: { command: 'echo compiling; echo no compiler >&2; exit 7' } });
    const error = await errorOf(linked(own));
    expect(error.message).toBe('the build of head failed');
    expect(error.detail).toMatch(/compiling\nno compiler\n\$ cd \S+ && GOFLAGS=.* sh -c 'echo compiling;/);
  });
});

describe('what cannot be built', () => {
  test('code with mistakes: the compiler says which, and the command can be pasted', async () => {
    const main = `package main\n\nfunc main() {\n${'\tundefinedName()\n'.repeat(60)}}\n`;
    const broken = await prepared({
      files: { 'cmd/orders/main.go': main },
      build: { env: { GODEBUG: 'x=1' }, flags: ['-gcflags=-e'] },
    });
    const error = await errorOf(linked(broken));
    expect(error.message).toBe('the build of head failed');
    expect(error.detail).toContain('cmd/orders/main.go:63:2: undefined: undefinedName');
    const shown = error.detail!.split('\n');
    expect(shown).toHaveLength(42);
    expect(shown[0]).toBe('…');
    expect(shown.at(-1)).toMatch(
      /^\$ cd \S+ && GODEBUG=x=1 go build -trimpath -buildvcs=false -gcflags=-e -o \S+ \.\/cmd\/orders$/,
    );
    expect(error.hint).toContain('service.setup');
  });

  test('setup that fails', async () => {
    const story = { setup: ['echo one', 'echo generating; echo no protoc >&2; exit 3', 'touch never'] };
    const error = await errorOf(prepared(story));
    expect(error).toBeInstanceOf(MeasurementError);
    expect(error.message).toBe(
      'service.setup of head failed (exit code 3): echo generating; echo no protoc >&2; exit 3',
    );
    expect(error.detail).toContain('generating\nno protoc\n$ cd ');
  });

  test('setup comes first, in the directory of the service, with its environment', async () => {
    const main = SHOP['cmd/orders/main.go']!;
    const story = {
      files: { 'cmd/orders/main.go': '' },
      setup: ['mv "$FROM" cmd/orders/main.go'],
      build: { env: { FROM: join(newDirectory({ 'main.go': main }), 'main.go') } },
    };
    expect((await prepared(story)).importPath).toBe('example.com/shop/cmd/orders');
  });

  test.each([
    ['./internal/tool', 'is package tool, not main', '.'],
    ['./cmd/orderz', 'go does not find the package ./cmd/orderz of head', 'did you mean ./cmd/orders?'],
    ['./nowhere', 'go does not find the package ./nowhere of head', 'there are: ./cmd/orders'],
    ['./...', 'means 3 packages, not one', 'there are: ./cmd/orders'],
  ])('the package %s', async (name, message, hint) => {
    const error = await errorOf(prepared({ package: name }));
    expect(error).toBeInstanceOf(MeasurementError);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('a service directory that this side does not have', async () => {
    expect((await errorOf(prepared({ directory: '/nonexistent/shop' }))).message).toBe(
      'head has no directory /nonexistent/shop',
    );
  });

  test.each([
    ['-o=x', 'perf-gate chooses'],
    ['-ldflags=-s', 'service.build.ldflags'],
    ['--tags=x', 'service.build.tags'],
  ])('flags that are not for service.build.flags: %s', async (flag, hint) => {
    const error = await errorOf(prepared({ build: { flags: [flag] } }));
    expect(error).toBeInstanceOf(UserError);
    expect(error.hint).toContain(hint);
  });

  test('a checkout that holds a file of the name of the agent', async () => {
    const files = { 'cmd/orders/perf_gate_agent.go': 'package main\n' };
    const error = await errorOf(prepared({ files }));
    expect(error.message).toContain('perf_gate_agent.go is there already');
  });

  test('an agent that does not compile is our bug', async () => {
    const shop = await prepared();
    writeFileSync(
      join(shop.packageDirectory, 'perf_gate_agent.go'),
      'package main\n\nfunc perfGateStart() { nonsense() }\n',
    );
    expect((await errorOf(linked(shop))).message).toContain('the agent of perf-gate does not compile');
  });

  test('an interruption ends the build and everything it has started', async () => {
    const stop = new AbortController();
    const own = await prepared({ build: { command: 'sleep 30 & sleep 30' }, signal: stop.signal });
    const building = linked(own);
    setTimeout(() => stop.abort(new Error('stop')), 200);
    const start = performance.now();
    await expect(building).rejects.toThrow('stop');
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe('GOFLAGS', () => {
  test('keep their linker flags and tags beside ours', async () => {
    const shop = await prepared({ env: { GOFLAGS: `-tags=given '-ldflags=-s -w'` }, build: { tags: ['ours'] } });
    const build = await linked(shop, { 'main.version': 'v1' });
    expect(hasSymbols(build)).toBe(false);
    expect(build.moduleInfo).toContain('-tags=given,ours');
    expect((await lines(build.binary))[0]).toBe('[v1]');
  });
});

describe('the fingerprint', () => {
  test('says everything that can change a number, and nothing of the commit', async () => {
    const story = {
      build: { ldflags: '-X main.branch=x -s', env: { GOMEMLIMIT: '1GiB', GOARCH: 'amd64' }, tags: ['a', 'b'] },
      env: { GOGC: '50' },
    };
    const [base, head] = await Promise.all([prepared(story), prepared({ ...story, label: 'base' })]);
    const [one, other] = await Promise.all([
      linked(base, { 'main.version': 'v1' }),
      linked(head, { 'main.version': 'v2' }),
    ]);
    expect(one.fingerprint).toEqual(other.fingerprint);
    expect(Object.keys(one.fingerprint)).toEqual(Object.keys(other.fingerprint));
    expect(one.fingerprint).toMatchObject({
      go: base.toolchain.version,
      GOOS: 'linux',
      GOARCH: 'amd64',
      GOAMD64: 'v1',
      CGO_ENABLED: '0',
      tags: 'a,b',
      ldflags: '-s',
      'build env': 'GOMEMLIMIT=1GiB GOARCH=amd64',
      'env GOMEMLIMIT': '1GiB',
      'build -trimpath': 'true',
      'env GOGC': '50',
    });
    expect(JSON.stringify(one.fingerprint)).not.toMatch(/v2|main\.(branch|version)|vcs\.|perf-gate-build-test/);
  });

  test('holds the profile that guides the compiler, where one is used', async () => {
    const shop = await prepared({ files: { 'cmd/orders/default.pgo': 'a', 'other.pgo': 'b' } });
    const pgoOf = async (service: Prepared, line: string) => (await fingerprintOf(service, 'go1.26', line))['pgo'];
    const used = '\tbuild\t-pgo=default.pgo';
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    expect(await pgoOf(shop, '')).toBeUndefined();
    expect(await pgoOf(shop, used)).toBe(sha256('a'));
    const spec = { ...shop.spec, build: { ...shop.spec.build, flags: ['-pgo=other.pgo'] } };
    expect(await pgoOf({ ...shop, spec }, used)).toBe(sha256('b'));
  });

  test('differences by key', () => {
    expect(difference({ go: 'go1.25', tags: 'a', GOOS: 'linux' }, { go: 'go1.26', GOOS: 'linux', pgo: 'x' })).toEqual([
      { key: 'go', base: 'go1.25', head: 'go1.26' },
      { key: 'tags', base: 'a', head: undefined },
      { key: 'pgo', base: undefined, head: 'x' },
    ]);
  });
});

describe.each(['go1.18.10', 'go1.21.13'])('%s', (go) => {
  test('builds with the agent, and the values are proved', async () => {
    const shop = await prepared({ env: { GOTOOLCHAIN: go } });
    const build = await linked(shop, VALUES);
    expect(build.goVersion).toBe(go);
    expect(await proveInjected(shop, build)).toEqual([]);
    expect((await lines(build.binary))[0]).toBe('[v1.2 "beta" of Ann]');
  });
});

test('specs of stories keep the defaults', () => {
  expect(specOf({ build: { tags: ['x'] } }).build).toEqual({
    command: undefined,
    flags: [],
    tags: ['x'],
    env: {},
    ldflags: '',
  });
});
