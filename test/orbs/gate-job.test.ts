/** The jobs gate and publish as CircleCI would run them, with every script really run. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { bundledCli } from '../support/bundle.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { FAKE, HOSTILE, JobBench, ORB } from './job-bench.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let count = 0;
let bench: JobBench;
beforeEach(() => {
  bench = new JobBench(join(scratch, String(++count)));
});

const MEASURED = { WITH_REPORT: '1' };
const STEPS = [
  'checkout',
  'run: Measure and judge',
  'run: Comment on the pull request',
  'store_artifacts: perf-gate-out',
  // CircleCI takes every XML file in it and below it: with scenarios each has one.
  'store_test_results: perf-gate-out',
  'run: The verdict',
];

test('measures, delivers, and passes', () => {
  const { steps, exitCode } = bench.job('gate', {}, { ...MEASURED, GITHUB_TOKEN: 'secret' });
  expect({ steps, exitCode }).toEqual({ steps: STEPS, exitCode: 0 });
  expect(bench.calls().map(({ args }) => args)).toEqual([
    ['run', '--output', 'perf-gate-out'],
    ['publish', '--output', 'perf-gate-out'],
  ]);
});

test.each([1, 4])('delivers first and then ends as perf-gate ended: %d', (code) => {
  const { steps, exitCode, output } = bench.job(
    'gate',
    { workspace: true },
    { ...MEASURED, CODE: String(code), GITHUB_TOKEN: 'x' },
  );
  expect(exitCode).toBe(code);
  expect(steps).toEqual([...STEPS.slice(0, -1), 'persist_to_workspace: perf-gate-out', 'run: The verdict']);
  expect(output.endsWith('perf-gate  FAIL  orders\n')).toBe(true);
  expect(bench.calls()).toHaveLength(2);
});

test('delivers the reports of scenarios, each of which has a directory of its own', () => {
  const scenarios = { ...MEASURED, SCENARIOS: 'checkout,search', GITHUB_TOKEN: 'x' };
  for (const [code, words] of [
    [0, ''],
    [1, 'perf-gate  FAIL  orders checkout\nperf-gate  FAIL  orders search\n'],
  ] as const) {
    const { steps, exitCode, output } = bench.job('gate', { output: HOSTILE }, { ...scenarios, CODE: String(code) });
    expect({ exitCode, output }).toEqual({ exitCode: code, output: words });
    expect(steps).toEqual(STEPS.map((step) => step.replace('perf-gate-out', HOSTILE)));
  }
  expect(bench.calls().map(({ args }) => args[0])).toEqual(['run', 'publish', 'run', 'publish']);
  expect(bench.isPwned).toBe(false);
});

test.each([
  [2, 2],
  [3, 3],
  [130, 130],
  // Green was measured: an end without a report is none.
  [0, 3],
])('without a report there is nothing to deliver: perf-gate ends with %d, the job with %d', (code, expected) => {
  const { steps, exitCode } = bench.job('gate', {}, { CODE: String(code), GITHUB_TOKEN: 'x' });
  expect(exitCode).toBe(expected);
  expect(steps).not.toContain('run: Comment on the pull request');
  expect(bench.calls()).toHaveLength(1);
});

test('whatever a parameter holds, perf-gate gets it as it is', () => {
  const { exitCode } = bench.job(
    'gate',
    { config: HOSTILE, base: HOSTILE, output: HOSTILE },
    { ...MEASURED, GITHUB_TOKEN: 'x' },
  );
  expect(exitCode).toBe(0);
  expect(bench.calls().map(({ args }) => args)).toEqual([
    ['run', '--output', HOSTILE, '--config', HOSTILE, '--base', HOSTILE],
    ['publish', '--output', HOSTILE],
  ]);
  expect(bench.isPwned).toBe(false);
});

test('perf-gate is told where the rules of the branch are accepted', () => {
  bench.job('gate', { 'accept-config': true }, MEASURED);
  expect(bench.calls()[0]?.args).toEqual(['run', '--output', 'perf-gate-out', '--accept-config']);
});

test('the token is for the comment alone, whatever its variable is called', () => {
  bench.job('gate', { 'github-token': 'OTHER_TOKEN' }, { ...MEASURED, OTHER_TOKEN: 'secret' });
  const [measuring, publishing] = bench.calls();
  expect(measuring?.tokens).toEqual([]);
  expect(publishing?.tokens[0]).toBe('secret');
});

test('without a token it says so, and judges all the same', () => {
  const { exitCode, output } = bench.job('gate', {}, { ...MEASURED, CODE: '1', GITHUB_TOKEN: '' });
  expect(output).toContain('no comment: GITHUB_TOKEN is empty');
  expect({ exitCode, calls: bench.calls().length }).toEqual({ exitCode: 1, calls: 1 });
});

test('a comment that cannot be written changes nothing', () => {
  const { exitCode, output } = bench.job('gate', {}, { ...MEASURED, CODE_OF_OTHERS: '2', GITHUB_TOKEN: 'x' });
  expect(exitCode).toBe(0);
  expect(output).toContain('the report could not be published');
});

test('comments may be left to the job publish, which finds the reports of all', () => {
  for (const service of ['catalog', 'stock']) {
    const output = `perf-gate-out/${service}`;
    bench.job('gate', { comment: false, workspace: true, output }, { ...MEASURED, GITHUB_TOKEN: 'x', CODE: '1' });
  }
  execFileSync('git', ['clean', '-fdxq'], { cwd: bench.repository.directory });
  const { exitCode } = bench.job('publish', {}, { GITHUB_TOKEN: 'x' });
  expect(exitCode).toBe(0);
  expect(bench.calls().at(-1)?.args).toEqual(['publish', '--output', 'perf-gate-out']);
  expect(existsSync(join(bench.repository.directory, 'perf-gate-out/stock/report.json'))).toBe(true);
  expect(bench.calls().filter(({ args }) => args[0] === 'publish')).toHaveLength(1);
});

test('perf-gate comes through npx, in the version that is asked for', () => {
  bench.executable('npx/npx', FAKE);
  const env = { ...MEASURED, GITHUB_TOKEN: 'x', PATH: `${join(bench.place, 'npx')}:${process.env['PATH']}` };
  bench.job('gate', { command: '', version: HOSTILE }, env);
  const calls = bench.calls().map(({ args }) => args);
  expect(calls.map(([yes, prefix, _, ...rest]) => [yes, prefix, ...rest.slice(0, 2)])).toEqual([
    ['--yes', '--prefix', `perf-gate@${HOSTILE}`, 'run'],
    ['--yes', '--prefix', `perf-gate@${HOSTILE}`, 'publish'],
  ]);
  for (const [, , prefix] of calls) {
    expect(readdirSync(prefix!)).toEqual([]);
    removeDirectory(prefix!);
  }
  expect(bench.isPwned).toBe(false);
});

test('a perf-gate that the pull request has committed is not taken for it, nor its registry', () => {
  const version: string = ORB.commands.gate.parameters.version.default;
  bench.repository.commit('theirs', {
    'node_modules/perf-gate/package.json': JSON.stringify({ name: 'perf-gate', version, bin: { 'perf-gate': 'x.js' } }),
    'node_modules/perf-gate/x.js': '#!/bin/sh\ntouch pwned\n',
    'package.json': JSON.stringify({ dependencies: { 'perf-gate': version } }),
    '.npmrc': 'registry=http://127.0.0.1:2/\n',
  });
  const { directory } = bench.repository;
  mkdirSync(join(directory, 'node_modules/.bin'));
  chmodSync(join(directory, 'node_modules/perf-gate/x.js'), 0o755);
  symlinkSync('../perf-gate/x.js', join(directory, 'node_modules/.bin/perf-gate'));
  // A registry that gives nothing: whatever runs then was here before.
  const offline = { npm_config_registry: 'http://127.0.0.1:1/', npm_config_fetch_retries: '0' };
  const { exitCode, output } = bench.job('gate', { command: '' }, { ...MEASURED, ...offline, GITHUB_TOKEN: 'x' });
  expect(exitCode).not.toBe(0);
  expect(output).toContain('http://127.0.0.1:1/');
  expect(bench.isPwned).toBe(false);
});

test('a report that was committed is not taken for that of this run', () => {
  bench.repository.commit('theirs', { 'perf-gate-out/report.json': '{}', 'perf-gate-out/one/report.json': '{}' });
  const { steps, exitCode } = bench.job('gate', {}, { CODE: '3', GITHUB_TOKEN: 'x' });
  expect(exitCode).toBe(3);
  expect(steps).not.toContain('run: Comment on the pull request');
});

test('what measured code leaves in place of the exit code is written over, or is no exit code', () => {
  const plant = bench.executable('plant', `#!/bin/sh\nln -s "$LOG.else" "$(echo "$KEPT"/job-*)/exit-code"\n`);
  const setup = { command: `"${plant}"; ${bench.command}` };
  expect(bench.job('gate', setup, { ...MEASURED, CODE: '1', KEPT: bench.circle.kept }).exitCode).toBe(1);
  expect(existsSync(join(bench.place, 'log.else'))).toBe(false);
});

test('the code of a pull request finds no token in any process that it comes from', () => {
  const token = 'ghp_0123456789abcdefghij';
  const look = bench.executable(
    'look',
    `#!/bin/sh
p=$PPID
while [ "$p" -gt 1 ]; do
  tr "\\0" "\\n" <"/proc/$p/environ" | grep -E "^PARAM_OUTPUT|${token}"
  p=$(sed "s/.*) //" "/proc/$p/stat" | cut -d " " -f 2) # a name may hold spaces
done
`,
  );
  const args = { comment: false, command: `"${look}"; ${bench.command}` };
  const { output } = bench.job('gate', args, { ...MEASURED, GITHUB_TOKEN: token });
  expect(output).toBe('PARAM_OUTPUT=perf-gate-out\n'.repeat(2));
});

test('a command may be written as a block, with an end of line', () => {
  const { exitCode } = bench.job('gate', { command: `env X=1 ${bench.command}\n` }, MEASURED);
  expect({ exitCode, args: bench.calls()[0]?.args }).toEqual({
    exitCode: 0,
    args: ['run', '--output', 'perf-gate-out'],
  });
});

test('the real perf-gate passes a commit that changes no code', () => {
  bench.repository.commit('a service', {
    'go.mod': 'module example.com/s\n\ngo 1.21\n',
    'main.go': 'package main\n\nimport "net/http"\n\nfunc main() { panic(http.ListenAndServe("127.0.0.1:0", nil)) }\n',
    'perf-gate.yml': 'service: { package: . }\nload: { requests: [GET /] }\n',
    '.gitignore': 'perf-gate-out/\n',
  });
  bench.repository.git('switch', '--quiet', '--create', 'words');
  bench.repository.commit('words', { 'README.md': 'A service.\n' });
  const { exitCode, output } = bench.job('gate', { command: `node '${bundledCli(join(bench.place, 'dist'))}'` });
  expect(output).toContain('PASS');
  expect(output).toContain('against base');
  expect(output).toContain('(merge base with main)');
  expect(exitCode).toBe(0);
  expect(readFileSync(join(bench.repository.directory, 'perf-gate-out/junit.xml'), 'utf8')).toContain(
    'tests="1" failures="0"',
  );
});
