/** Mistakes in what perf-gate is given: each is answered with what happened, where, and what to do, and leaves nothing. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/commands/spec.ts';
import { Bench, QUICK, SERVICE_CONFIG } from './mistake.ts';

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const GOOD = `${SERVICE_CONFIG}${QUICK}`;
const WRITE_ONE = 'perf-gate init writes one that runs; one that lies elsewhere is named with --config';
/** With something else in place of a text that it holds. */
const but = (from: string, to: string) => GOOD.replace(from, to);

describe('on the command line', () => {
  test.each([
    ['tpo', 'there is no command "tpo"', 'did you mean top?'],
    ['deploy', 'there is no command "deploy"', `commands: ${Object.keys(commands).join(', ')}`],
    ['help tpo', 'there is no command "tpo"', 'did you mean top?'],
    ['--bsae main', 'unknown flag --bsae', 'did you mean --base?'],
    ['run --jobs', 'unknown flag --jobs', '--help shows the flags that there are'],
    ['--base', '--base needs a value', '--help shows how it is used'],
    ['--base --format json', '--base needs a value', '--help shows how it is used'],
    ['demo --keep=yes', '--keep takes no value', '--help shows how it is used'],
    [
      'run main',
      'this command takes no arguments besides its flags, and was given main',
      '--help shows how it is used',
    ],
    ['top', 'this command takes PROFILE besides its flags, and was given nothing', '--help shows how it is used'],
    ['compare a', 'this command takes BASE and HEAD besides its flags, and was given a', '--help shows how it is used'],
    ['--format yaml', '--format is text, markdown, json or junit, not "yaml"', undefined],
    ['--format txt', '--format is text, markdown, json or junit, not "txt"', 'did you mean text?'],
    ['completion tcsh', 'SHELL is bash, zsh or fish, not "tcsh"', undefined],
    ['--set budget', '--set takes KEY=VALUE, not "budget"', 'for example --set limits.instructions.total=+1%'],
    [
      '--set limits.cpu.totl=+3%',
      '--set limits.cpu.totl: unknown key "totl" in limits.cpu / did you mean "total"?',
      undefined,
    ],
    ['--budget soon', '--budget: "soon" is not a duration / write a duration such as "30s" or "1m30s"', undefined],
    [
      '--instruments cpus',
      '--instruments: instruments[0] must be instructions, allocs, io or cpu, not "cpus" / did you mean "cpu"?',
      undefined,
    ],
    ['--count 3', '--count: load.count must be at least 10, not 3', undefined],
    [
      '--quick --instruments cpu',
      '--quick measures no cpu, and perf-gate.yml names nothing else',
      'leave --quick out, or name more with --instruments instructions,allocs',
    ],
    ['--config ci.yml', 'there is no config ~/repository/ci.yml', '--config takes a path from where perf-gate is run'],
    ['--base mian', 'there is no commit, branch or tag "mian" in ~/repository', 'did you mean main?'],
    [
      '--base v1.4.0',
      'there is no commit, branch or tag "v1.4.0" in ~/repository',
      'see the names with: git branch --all, git tag',
    ],
    [
      '--output prices',
      '~/repository/prices holds something that perf-gate did not write: prices.go',
      'remove it, or name another place with --output',
    ],
    [
      '--output go.mod',
      "cannot use ~/repository/go.mod as the run directory: ENOTDIR: not a directory, scandir '~/repository/go.mod'",
      'name another place with --output',
    ],
  ])('%s', async (line, message, hint) => {
    const { code, out, said, progress } = await bench.attempt(line.split(' '), { config: GOOD });
    expect(said).toBe(`perf-gate: ${message}\n${hint === undefined ? '' : `  -> ${hint}\n`}`);
    expect({ code, out, progress }).toEqual({ code: 2, out: '', progress: '' });
  });

  test('an output directory of another program with a report.json is left as it is', async () => {
    const place = bench.path('repository/perf-gate-out');
    mkdirSync(place);
    writeFileSync(`${place}/report.json`, '{"tests":12}');
    const { code, said } = await bench.attempt([], { config: GOOD });
    expect(said).toBe(
      'perf-gate: ~/repository/perf-gate-out holds something that perf-gate did not write: report.json\n' +
        '  -> remove it, or name another place with --output\n',
    );
    expect(code).toBe(2);
    expect(existsSync(`${place}/report.json`)).toBe(true);
  });
});

test('a second run in a directory where one is at work', async () => {
  const draft = bench.path('repository/perf-gate-out.unfinished');
  mkdirSync(draft);
  writeFileSync(`${draft}/process`, `${process.pid}\n`);
  const { code, said } = await bench.attempt([], { config: GOOD });
  expect(said).toBe(
    `perf-gate: another perf-gate is at work in ~/repository/perf-gate-out.unfinished (process ${process.pid})\n` +
      '  -> wait for its end, or name another place with --output\n',
  );
  expect(code).toBe(2);
  expect(readdirSync(draft)).toEqual(['process']);

  // Of a run that was killed nothing is in the way, not even where its number is that of another process now.
  for (const killed of [`${2 ** 22 + 1}`, `${process.pid} 1`]) {
    mkdirSync(draft, { recursive: true });
    writeFileSync(`${draft}/process`, `${killed}\n`);
    const { said } = await bench.attempt(['--base', 'mian'], { config: GOOD });
    expect(said).toContain('no commit, branch or tag "mian"');
    expect(existsSync(draft)).toBe(false);
  }
  bench.remember();
});

describe('in perf-gate.yml', () => {
  test.each([
    ['none', undefined, 'there is no perf-gate.yml in ~/repository', WRITE_ONE],
    [
      'an empty file',
      '',
      'perf-gate.yml:1:1  the file is empty: it must be a map / examples/orders has a whole one',
      undefined,
    ],
    [
      'broken YAML',
      'service: {package: .\nload: {}\n',
      'perf-gate.yml:2:1  a } is missing, or the lines before it are not indented enough / is a quote or bracket left open above?',
      undefined,
    ],
    [
      'an unknown key',
      but('ready:', 'raedy:'),
      'perf-gate.yml:4:3  unknown key "raedy" in service / did you mean "ready"?',
      undefined,
    ],
    [
      'an unknown method',
      but('GET /price', 'FETCH /price'),
      'perf-gate.yml:5:20  load.requests[0]: "FETCH /price" does not begin with a method / a request is written "GET /path"; methods: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS',
      undefined,
    ],
    [
      'a limit in another unit',
      but('objects: { total: +300%', 'objects: { total: +3ms'),
      'perf-gate.yml:7:21  limits.objects.total: "+3ms" is not a limit / a limit is a share of the base, such as "+2%"; an amount can be a floor',
      undefined,
    ],
    [
      'a limit without its sign',
      but('objects: { total: +300%', 'objects: { total: 5%'),
      'perf-gate.yml:7:21  limits.objects.total: "5%" is not a limit / write "+5%"',
      undefined,
    ],
    [
      'a limit that wants a saving',
      but('objects: { total: +300%', 'objects: { total: -50%'),
      'perf-gate.yml:7:21  limits.objects.total: "-50%" is not a limit / a limit is the rise that is allowed: write "+50%"',
      undefined,
    ],
    [
      'a body that is not there',
      but('GET /price', '{ method: POST, path: /price, body-file: order.json }'),
      'request "POST /price": its body cannot be read: ENOENT: no such file or directory, open \'~/repository/order.json\'',
      'body-file is relative to the directory of perf-gate.yml',
    ],
  ])('%s', async (_, config, message, hint) => {
    const { code, out, said } = await bench.attempt([], config === undefined ? {} : { config });
    expect(said).toBe(`perf-gate: ${message}\n${hint === undefined ? '' : `  -> ${hint}\n`}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('none, looked for from a directory below', async () => {
    const { code, said } = await bench.attempt([], { cwd: 'prices' });
    expect(said).toBe(
      'perf-gate: there is no perf-gate.yml in ~/repository/prices or above it, up to ~/repository\n' +
        `  -> ${WRITE_ONE}\n`,
    );
    expect(code).toBe(2);
  });
});

describe('around it', () => {
  test('not a git repository', async () => {
    mkdirSync(bench.path('nowhere'));
    const { code, said } = await bench.attempt([], { cwd: bench.path('nowhere') });
    expect(said).toBe(
      'perf-gate: ~/nowhere is not inside a git repository\n' +
        '  -> run perf-gate in a clone of the service, or make one: git init && git add -A && git commit -m start\n',
    );
    expect(code).toBe(2);
  });

  test('git is not installed', async () => {
    const { code, said } = await bench.attempt([], { config: GOOD, env: { PATH: bench.pathOf(['go', 'gcc']) } });
    expect(said).toBe(
      'perf-gate: there is no git command on PATH: both commits are taken from it\n' +
        '  -> install git and put it on PATH: https://git-scm.com/downloads\n',
    );
    expect(code).toBe(2);
  });

  test('go is not installed', async () => {
    const { code, said } = await bench.attempt([], { config: GOOD, env: { PATH: bench.pathOf(['git']) } });
    expect(said).toBe(
      'perf-gate: there is no go command on PATH: the service is built with it\n  -> install Go 1.18 or newer (https://go.dev/dl/; in GitHub Actions: actions/setup-go; in CircleCI: the image cimg/go)\n',
    );
    expect(code).toBe(2);
  });

  test.each([
    ['init', 'git', ['go']],
    ['save', 'go', ['git']],
    ['demo', 'go', ['git']],
  ])('%s is told at once that there is no %s', async (command, missing, tools) => {
    const { code, out, said, progress } = await bench.attempt([command], { env: { PATH: bench.pathOf(tools) } });
    expect(said).toMatch(new RegExp(`^perf-gate: there is no ${missing} command on PATH: .*\\n  -> install .*\\n$`));
    expect({ code, out, progress }).toEqual({ code: 2, out: '', progress: '' });
  });

  test('neither is installed: both are named, each with its purpose', async () => {
    const { code, said } = await bench.attempt([], { env: { PATH: bench.pathOf([]) } });
    expect(said).toMatch(
      /^perf-gate: there is no git and no go command on PATH\n {2}\| git: both commits .*\n {2}\| go: the service .*https:\/\/go\.dev.*\n {2}-> install them/,
    );
    expect(code).toBe(2);
  });
});

describe('in what is built', () => {
  // Whichever side was looked at first.
  const PACKAGE = expect.stringMatching(
    /^service\.package names the directory with func main, relative to service\.dir(; where the base has it elsewhere: service\.base\.package)?; there are: \.$/,
  );
  const SETUP = 'the commands of service.setup run with sh -c in service.dir of a fresh checkout';
  const injecting = (name: string) => but('package: .', `package: .\n  inject: { ${name}: "{version}" }`);

  test.each([
    [
      'a package that is not main',
      but('package: .', 'package: ./prices'),
      /^perf-gate: \.\/prices of (base|head) is package prices, not main: there is nothing to start\n/,
      PACKAGE,
    ],
    [
      'a package that is not there',
      but('package: .', 'package: ./cmd/orders'),
      /^perf-gate: go does not find the package \.\/cmd\/orders of (base|head)\n {2}\| .*directory not found\n {2}\| \$ cd .* go list /,
      PACKAGE,
    ],
    [
      'an injected variable that is not there',
      injecting('main.versoin'),
      /^perf-gate: main\.versoin cannot be set: package main has no such variable\n/,
      'did you mean main.version? its string variables: version (service.inject in perf-gate.yml)',
    ],
    [
      'an injected constant',
      injecting('main.few'),
      /^perf-gate: main\.few cannot be set: it is a constant/,
      expect.any(String),
    ],
    [
      'a setup command that is not there',
      but('package: .', 'package: .\n  setup: ["buf generate"]'),
      /^perf-gate: service\.setup of (base|head) failed \(exit code 127\): buf generate\n {2}\| .*buf: not found\n/,
      SETUP,
    ],
  ])('%s', async (_, config, message, hint) => {
    const { code, out, said } = await bench.attempt([], { config });
    expect(said).toMatch(message);
    expect(/^ {2}-> (.*)\n$/m.exec(said)?.[1]).toEqual(hint);
    expect({ code, out }).toEqual({ code: 3, out: '' });
  });

  test('one side that fails does not wait for the other, which is stopped', async () => {
    const setup = 'case $PWD in */base/*) sleep 0.5; exit 3;; esac; sleep 50; true';
    const startedMs = performance.now();
    const { code, said } = await bench.attempt([], { config: but('package: .', `package: .\n  setup: ["${setup}"]`) });
    expect(said).toMatch(/^perf-gate: service\.setup of base failed \(exit code 3\)/);
    expect(code).toBe(3);
    expect(performance.now() - startedMs).toBeLessThan(20_000);
  });

  test("code that does not compile: the compiler's own lines", async () => {
    const path = 'prices/prices.go';
    const good = bench.repository.read(path);
    bench.repository.edit(path, 'sum +=', 'summ +=');
    const { code, out, said } = await bench.attempt([], { config: GOOD });
    expect(said).toMatch(
      /^perf-gate: the build of head failed\n {2}\| # example\.com\/mistakes\/prices\n {2}\| prices\/prices\.go:9:3: undefined: summ\n {2}\| \$ cd .* && go build /,
    );
    expect(said).toMatch(
      /\n {2}-> does `go build \.` work there\? Generated code belongs into service\.setup, tags and settings into service\.build\n$/,
    );
    expect({ code, out }).toEqual({ code: 3, out: '' });
    await bench.expectNothingLeft();
    bench.repository.write(path, good);
    bench.remember();
  });
});
