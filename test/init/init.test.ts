/** perf-gate init on real repositories: real builds, real services, real requests, and nothing left behind. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Interrupted } from '../../src/base/errors.ts';
import type { World } from '../../src/base/world.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { freePort } from '../../src/service/port.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import {
  accepting,
  BY_FILE,
  BY_KEY,
  CATALOGUE,
  type Files,
  ON_A_CONSTANT,
  ON_ITS_PORT,
  SHOP,
  WITH_A_LOCK,
} from './services.ts';

const scratch = scratchDirectory();
const temporary = join(scratch, 'tmp');
mkdirSync(temporary);
afterAll(() => removeDirectory(scratch));

let repository: Repository;
let count = 0;

function repositoryOf(files: Files): Repository {
  repository = newRepository(join(scratch, `repository-${count++}`));
  repository.commit('start', files);
  return repository;
}

/** The program, in a directory of the repository. */
function init(args: readonly string[] = [], directory = '.', changes: Partial<World> = {}) {
  const env = { ...process.env, TMPDIR: temporary, DATABASE_URL: undefined, PORT: undefined };
  const world = { env, temporaryDirectory: temporary, ...changes };
  return perfGate(join(repository.directory, directory), ['init', ...args], world);
}

const configOf = (path = 'perf-gate.yml') => parseConfig(repository.read(path), path);
const requestsOf = (path?: string) => configOf(path).load.requests.map((one) => `${one.method} ${one.path}`);

/** Of processes that were started from the temporary directory. */
const running = () =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(temporary);
    } catch {
      return false; // it has just ended
    }
  });

afterEach(async () => {
  // go leaves a process for a moment that does its own housekeeping.
  for (let i = 0; i < 40 && running().length > 0; i++) await sleep(50);
  expect(running()).toEqual([]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(existsSync(join(repository.directory, '.git/worktrees'))).toBe(false);
});

describe('a service', () => {
  test('gets a perf-gate.yml with what it is, what it takes and what it answers; its tree gets nothing else', async () => {
    repositoryOf(SHOP);
    repository.edit('cmd/shop/main.go', '"GET /private"', '"GET /secret"'); // not committed
    const { code, out, err } = await init();
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('building ./cmd/shop') });
    expect(repository.git('status', '--porcelain')).toBe('M cmd/shop/main.go\n?? perf-gate.yml');

    const { service, baseline, load } = configOf();
    expect(service).toMatchObject({
      package: './cmd/shop',
      dir: undefined,
      inject: { 'main.version': '{version}', 'example.com/shop/internal/build.Commit': '{commit}' },
      args: ['-addr', '127.0.0.1:{port}', '-metrics-addr', '127.0.0.1:0'],
      ready: { path: '/healthz', status: 200 },
    });
    expect(load.requests.map(({ path }) => path)).toEqual(['/orders', '/orders/ord-17']);
    expect(baseline.branch).toBe('main');
    expect(repository.read('perf-gate.yml')).toMatch(/^# yaml-language-server: \$schema=\S*perf-gate\.schema\.json\n/);

    for (const line of [
      /^wrote perf-gate\.yml$/m,
      /^ {2}not taken +\.\/cmd\/migrate; --package takes another one$/m,
      /^ {2}port +the flag -addr \(cmd\/shop\/main\.go:21\)\n {2}started +with -addr 127\.0\.0\.1:\{port\} -metrics-addr 127\.0\.0\.1:0$/m,
      /^ {2}inject +main\.version and example\.com\/shop\/internal\/build\.Commit$/m,
      /^ +not main\.buildTime: it cannot be set: nothing in the program uses it/m,
      /^ +not example\.com\/shop\/internal\/build\.Version: its value in the source is "7\.1\.0"$/m,
      /^ {4}GET \/orders\/ord-17 +200 in .*, for \/orders\/\{id\}$/m,
      /^ {4}GET \/secret +answered 401: it wants credentials \(load\.headers\) \(cmd\/shop\/main\.go:\d+\)$/m,
      /^ {4}GET \/fatal +the service ended when it was asked/m,
      /^ {4}GET \/shutdown +not tried: "shutdown" sounds as if/m,
      /^ {4}POST \/orders +not tried: it may change something, or needs a body/m,
      /^next\n {2}git add perf-gate\.yml\n {2}npx perf-gate\n$/m,
    ]) {
      expect(out).toMatch(line);
    }
  });

  test('keeps the perf-gate.yml that it has, unless told otherwise', async () => {
    const written = repository.read('perf-gate.yml').replace('main\n', 'release\n');
    repository.write('perf-gate.yml', written);
    const refused = {
      code: 2,
      out: '',
      err: 'perf-gate: perf-gate.yml is there already\n  -> perf-gate init --force writes it anew\n',
    };
    expect(await init([], 'cmd')).toEqual(refused);
    expect(repository.read('perf-gate.yml')).toBe(written);

    expect(await init(['--hook'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^wrote \.git\/hooks\/pre-push: /),
    });
    expect(repository.read('perf-gate.yml')).toBe(written);

    repository.write('perf-gate.yml', 'service: nonsense');
    expect(await init(['--force'], 'cmd/shop')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^wrote \.\.\/\.\.\/perf-gate\.yml\n/),
    });
    expect(requestsOf()).toEqual(['GET /orders', 'GET /orders/ord-17']);
  });

  test('that reads its port from a file gets the example of its repository, with a port of its own', async () => {
    repositoryOf(BY_FILE);
    const { code, out, err } = await init();
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringContaining('starting it with -config config-{port}.ini'),
    });
    expect(out).toMatch(
      /^ {2}port +server\.HTTP_PORT in config\.example\.ini, by the flag -config \(config\.example\.ini:3\)$/m,
    );
    expect(configOf().service.files).toEqual({
      'config-{port}.ini': { text: BY_FILE['config.example.ini']!.replace('3000', '{port}') },
    });
    expect(requestsOf()).toEqual(['GET /notes']);
    expect(repository.git('status', '--porcelain')).toBe('?? perf-gate.yml');
  });

  test('that lacks its config file says so and where its port stands in it, and takes one that is put there', async () => {
    repositoryOf(BY_KEY);
    const without = await init();
    expect(without).toMatchObject({ code: 3, out: '' });
    expect(without.err).toContain('starting it with -config perf-gate-config-{port}.json');
    expect(without.err).toMatch(/^ {2}\| {5}.* there are no notes$/m);
    expect(without.err).toMatch(
      /-> give it what it needs to run, which its own words above may name: .*\. The flag -config \(main\.go:18\) names its config file, and Web\.Port \(main\.go:13\) in it is the port: put one with what it needs into the repository, such as config\.example\.json, and run perf-gate init again$/m,
    );
    repository.write('config.example.json', '{ "notes": ["first"] }\n');
    const { code, out } = await init();
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^ {2}port +Web\.Port in config\.example\.json, to which it is added, by the flag -config \(main\.go:13\)$/m,
      ),
    });
    expect(
      JSON.parse((configOf().service.files['config-{port}.json'] as { text: string }).text.replace('{port}', '1')),
    ).toEqual({
      notes: ['first'],
      Web: { Port: 1 },
    });
    expect(requestsOf()).toEqual(['GET /notes']);
  });

  test('that answers POST alone is measured with a request that the person gives', async () => {
    repositoryOf(accepting(ON_ITS_PORT));
    const alone = await init();
    expect(alone).toMatchObject({ code: 3, out: '' });
    expect(alone.err).toContain(`perf-gate: no request was answered with success, so there would be nothing to measure
  |     GET /orders  answered 405: it is not for GET (main.go:13)
  -> name one: perf-gate init --request 'GET /orders?limit=10', or as in perf-gate.yml: --request '{ method: POST`);
    expect(repository.git('status', '--porcelain')).toBe('');

    const request = '{ method: POST, path: /orders, body: { sku: a-1 }, expect: 201 }';
    for (const [port, args] of [
      [[], ['-port', '{port}']],
      [['--arg=-port={port}'], ['-port={port}']],
    ]) {
      expect(await init(['--request', request, '--force', ...port!])).toMatchObject({
        code: 0,
        out: expect.stringContaining('load: 1 request\n'),
      });
      expect(requestsOf()).toEqual(['POST /orders']);
      expect(configOf().service).toMatchObject({ package: '.', args, ready: { kind: 'port' } });
    }
  });
});

const hasChi = spawnSync('go', ['mod', 'download', 'github.com/go-chi/chi/v5@v5.1.0'], { cwd: scratch }).status === 0;
// Downloaded by the go command; without a network there is nothing to be tried.
(hasChi ? test : test.skip)(
  'a service in a module of its own is found from the root, and told what it needs',
  async () => {
    repositoryOf(CATALOGUE);
    execFileSync('go', ['mod', 'tidy'], { cwd: join(repository.directory, 'services/catalogue'), stdio: 'ignore' });
    repository.commit('tidy');
    const without = await init();
    expect(without).toMatchObject({ code: 3, out: '' });
    expect(without.err).toMatch(/the service does not start in any of the 2 ways that were tried/);
    expect(without.err).toMatch(
      /with PORT=\{port\}: the service \(head\) exited with code 1.*\n.*DATABASE_URL is not set/,
    );
    expect(without.err).toMatch(
      /-> give it what it needs to run, which its own words above may name: perf-gate init .*--env NAME=value, as often as needed\n/,
    );

    const given = ['--env', 'DATABASE_URL=memory://{side}', '--env', 'PORT={port}'];
    const { code, out } = await init(['--package', './services/catalogue', ...given]);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(/^ {2}service +\. in services\/catalogue$/m),
    });
    expect(requestsOf()).toEqual(['GET /v1/items/', 'GET /v1/items/example']);
    expect(configOf().service).toMatchObject({
      dir: 'services/catalogue',
      package: '.',
      env: { DATABASE_URL: 'memory://{side}', PORT: '{port}' },
      ready: { path: '/ready', status: 204 },
    });
  },
);

describe('what cannot be measured is not written down, and the reason is told', () => {
  test('a port that is a constant', async () => {
    repositoryOf(accepting(ON_A_CONSTANT.replace('_ = port', '_ = port')));
    repository.edit('main.go', 'flag.String("port", "8080", "port")', 'flag.String("colour", "red", "colour")');
    const { code, out, err } = await init();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(
      'perf-gate: main.go:22: the service listens on "127.0.0.1:18080", which nothing can change: perf-gate runs two of it at once, each on a port of its own\n  -> let it read',
    );
  });

  test('a service of which no second copy runs', async () => {
    repositoryOf(accepting(WITH_A_LOCK(await freePort())));
    const { code, err } = await init(['--request', '{ method: POST, path: /orders, body: { sku: a-1 } }']);
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('one copy of the service runs, a second one beside it does not'),
    });
    expect(err).toContain('bind: address already in use');
    expect(existsSync(join(repository.directory, 'perf-gate.yml'))).toBe(false);
  });

  test('a program that does not build', async () => {
    repositoryOf({ ...accepting(ON_ITS_PORT), 'generated.go': 'package main\n\nvar _ = missing\n' });
    const { code, err } = await init();
    expect(code).toBe(3);
    expect(err).toMatch(/the build of the work tree failed\n(.*\n)*.*undefined: missing(.*\n)*.*--setup 'go generate/);
  });

  test.each<[string, readonly string[], Files, number, RegExp]>([
    [
      'no Go',
      [],
      { 'README.md': 'x' },
      2,
      /there is no go\.mod in .*\n {2}-> run perf-gate init in the repository of a Go service/,
    ],
    ['no program', [], { 'go.mod': 'module x\n', 'x.go': 'package x\n' }, 2, /there is no main package here/],
    [
      'another name',
      ['--package', './cmd/shpo'],
      SHOP,
      2,
      /there is no main package in \.\/cmd\/shpo\n {2}-> there are: \.\/cmd\/shop, \.\/cmd\/migrate/,
    ],
    [
      'no such placeholder',
      ['--arg={prot}'],
      SHOP,
      2,
      /--arg, --env or --setup: unknown placeholder "\{prot\}"\n {2}-> did you mean \{port\}/,
    ],
    ['no request', ['--request', 'orders'], SHOP, 2, /--request: "orders" does not begin with a method/],
    ['no variable', ['--env', 'X'], SHOP, 2, /--env takes NAME=value, not "X"/],
  ])('%s', async (_, args, files, code, message) => {
    repositoryOf(files);
    const answer = await init(args);
    expect(answer).toMatchObject({ code, out: '', err: expect.stringMatching(message) });
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});

describe('Ctrl-C', () => {
  test.each([
    ['while it is built', 'building'],
    ['while it is started', 'starting it'],
    ['while it is tried', 'trying 5 requests'],
    ['while two copies run', 'two copies'],
  ])('%s leaves nothing behind', async (_, step) => {
    repositoryOf(SHOP);
    const stop = new AbortController();
    let err = '';
    const write = (text: string) => {
      err += text;
      // Sooner than a service can be ready, which is asked for every 10 ms.
      if (text.includes(step)) setTimeout(() => stop.abort(new Interrupted('interrupted (SIGINT)')), 10);
    };
    const { code, out } = await init([], '.', { signal: stop.signal, stderr: { write, isTerminal: false } });
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/perf-gate: interrupted \(SIGINT\)\n$/);
    expect(repository.git('status', '--porcelain')).toBe('');
  });
});
