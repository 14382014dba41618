/** What the job save keeps in the cache, and what of it the job gate finds. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { HOSTILE, JobBench } from './job-bench.ts';
import type { Fields } from './steps.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let count = 0;
let bench: JobBench;
beforeEach(() => {
  bench = new JobBench(join(scratch, String(++count)));
});

const PATH = '.cache/perf-gate';
/** A clone as CircleCI makes it, on a branch that left main two commits ago. */
function cloned(branch = 'main'): { base: string; tip: string } {
  bench.repository.git('branch', '--move', branch);
  const base = bench.repository.commit('the base');
  bench.repository.git('switch', '--quiet', '--create', 'topic');
  bench.repository.commit('of the topic');
  bench.repository.git('switch', '--quiet', branch);
  const tip = bench.repository.commit('later on main');
  const directory = join(bench.place, 'clone');
  execFileSync('git', ['clone', '--quiet', bench.repository.directory, directory]);
  bench.circle = { ...bench.circle, directory };
  git('switch', '--quiet', 'topic');
  return { base, tip };
}
const keysOf = () => JSON.parse(readFileSync(join(bench.circle.kept, 'caches.json'), 'utf8')) as string[];
const saved = (name: string) => {
  mkdirSync(join(bench.circle.directory, PATH), { recursive: true });
  writeFileSync(join(bench.circle.directory, PATH, name), name);
};
const has = (name: string) => existsSync(join(bench.circle.directory, PATH, name));
const git = (...args: string[]) => execFileSync('git', args, { cwd: bench.circle.directory });
const cleaned = () => git('clean', '-fdxq');

test.each(['main', 'trunk'])('what is saved of %s is what a pull request finds that left it there', (branch) => {
  const { base, tip } = cloned(branch);
  for (const commit of [base, tip]) {
    git('checkout', '--quiet', '--detach', commit);
    cleaned();
    saved(commit);
    const { steps, exitCode } = bench.job('save', { 'baseline-path': PATH });
    expect(exitCode).toBe(0);
    expect(steps.slice(1)).toEqual([
      'run: Find the commit',
      'restore_cache: Restore earlier baselines',
      'run: Measure and save',
      'save_cache: Keep the baseline',
    ]);
  }
  expect(keysOf()).toHaveLength(2);
  git('switch', '--quiet', 'topic');
  cleaned();
  const { output } = bench.job('gate', { 'baseline-path': PATH }, { WITH_REPORT: '1' });
  expect(output).toContain(`baseline: commit ${base} of branch ${branch}`);
  expect({ base: has(base), tip: has(tip) }).toEqual({ base: true, tip: false });
});

test('the second of main keeps what the first had: its cache holds both', () => {
  const { base, tip } = cloned();
  for (const commit of [base, tip]) {
    git('checkout', '--quiet', '--detach', commit);
    cleaned();
    bench.job('save', { 'baseline-path': PATH, command: `mkdir -p ${PATH} && touch ${PATH}/${commit} && :` });
  }
  cleaned();
  bench.job('gate', { 'baseline-path': PATH, base: tip }, { WITH_REPORT: '1' });
  expect({ base: has(base), tip: has(tip) }).toEqual({ base: true, tip: true });
});

test('where the base itself was never saved, the newest of its branch is taken; of another branch or name, none', () => {
  const { tip } = cloned();
  git('checkout', '--quiet', '--detach', tip);
  saved(tip);
  bench.job('save', { 'baseline-path': PATH });
  const found = (args: Fields) => {
    git('switch', '--quiet', 'topic');
    cleaned();
    const { exitCode } = bench.job('gate', { 'baseline-path': PATH, ...args }, { WITH_REPORT: '1' });
    return { exitCode, isFound: has(tip) };
  };
  expect(found({})).toEqual({ exitCode: 0, isFound: true });
  expect(found({ base: 'no-such-commit' })).toEqual({ exitCode: 0, isFound: true });
  expect(found({ 'base-branch': 'release' })).toEqual({ exitCode: 0, isFound: false });
  expect(found({ 'cache-name': 'arm' })).toEqual({ exitCode: 0, isFound: false });
  expect(found({ base: HOSTILE, 'base-branch': HOSTILE })).toEqual({ exitCode: 0, isFound: false });
  expect(bench.isPwned).toBe(false);
});

test('a commit that cannot be saved fails the job, and no cache is written', () => {
  const { exitCode, steps } = bench.job('save', { 'baseline-path': PATH, config: HOSTILE }, { CODE_OF_OTHERS: '3' });
  expect({ exitCode, last: steps.at(-1) }).toEqual({ exitCode: 3, last: 'run: Measure and save' });
  expect(bench.calls()[0]?.args).toEqual(['save', '--config', HOSTILE]);
});

test('a store that perf-gate reads by itself needs no cache', () => {
  expect(bench.job('save').steps).toEqual(['checkout', 'run: Measure and save']);
  expect(bench.job('gate', {}, { WITH_REPORT: '1' }).steps).not.toContain('restore_cache: Restore the baseline');
});
