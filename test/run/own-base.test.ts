/** A commit whose own file names the branch that it is compared with: real repositories, nothing is built. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/repository.ts';
import { resolveSides } from '../../src/git/sides.ts';
import { ownBase } from '../../src/run/own-base.ts';
import { loadConfig } from '../../src/run/project.ts';
import { underRulesOfBase } from '../../src/run/under-rules-of-base.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

let scratch: string;
let repository: Repository;
beforeEach(() => {
  scratch = scratchDirectory();
  repository = newRepository(join(scratch, 'repository'));
});
afterEach(() => removeDirectory(scratch));

const config = (more = '') => `service: { package: . }\nload: { requests: [GET /] }\n${more}`;
const to = (branch: string, more = '') => config(`baseline: { branch: ${branch} }\n${more}`);

/** The branch, made where the repository is now, with a commit that has these files. */
function branchOff(name: string, files: Readonly<Record<string, string>>): void {
  repository.git('checkout', '--quiet', '-b', name);
  repository.commit(name, files);
}

/** What is told of the base of the commit that is checked out, whose file is `perf-gate.yml` or what it was moved to. */
async function chosen(...set: string[]) {
  const world = testWorld(repository.directory);
  const repo = await openRepository(world.cwd, world);
  const settings = set.map((text) => ({ flag: '--branch', key: 'baseline.branch', text }));
  const { config: own } = await loadConfig(repo, undefined, world, settings);
  const sides = await resolveSides(repo, { head: 'HEAD', branch: own.baseline.branch });
  return ownBase(repo, own, sides);
}

test('a branch that the default branch knows nothing of is told, wherever the file was', async () => {
  repository.commit('main', { '.github/perf-gate.yml': config('on-config-change: fail\n') });
  branchOff('mine', { 'perf-gate.yml': to('mine', 'on-config-change: note\n') });
  branchOff('work', { 'a.go': '' });
  expect(await chosen()).toEqual({
    difference: {
      ...{ key: 'baseline.branch', base: 'main', head: 'mine', kind: 'changed', about: 'base' },
      at: 'perf-gate.yml:3',
    },
    mode: 'fail',
  });
  expect(await chosen('mine')).toBeUndefined();
});

test("the branch of the default branch's file is the right one, and none other, nor none", async () => {
  repository.commit('main', { 'perf-gate.yml': to('develop') });
  branchOff('develop', { 'a.go': '' });
  branchOff('work', { 'b.go': '' });
  expect(await chosen()).toBeUndefined();
  repository.commit('the key is gone', { 'perf-gate.yml': config() });
  expect(await chosen()).toMatchObject({ difference: { base: 'develop', head: 'none' }, mode: 'base' });
});

test('another name for the same base is no matter, nor one where no default branch has a file', async () => {
  repository.commit('main', { 'a.go': '' });
  branchOff('develop', { 'perf-gate.yml': to('develop') });
  branchOff('work', { 'b.go': '' });
  expect(await chosen()).toBeUndefined();
  repository.git('checkout', '--quiet', 'main');
  repository.commit('main has one', { 'perf-gate.yml': config() });
  repository.git('branch', '--quiet', 'release');
  branchOff('other', { 'perf-gate.yml': to('release') });
  expect(await chosen()).toBeUndefined();
});

test('a base that the commit has chosen gives no pass, of the same code neither', () => {
  const difference = {
    key: 'baseline.branch',
    base: 'main',
    head: 'mine',
    kind: 'changed',
    at: 'x:1',
    about: 'base',
  } as const;
  const rules = { differences: [difference], dropped: [], rewritten: [], notes: [] };
  const under = (mode: 'note' | 'base' | 'fail', isSameCode = false) =>
    underRulesOfBase({ verdict: 'pass', isSameCode }, { ...rules, mode }, undefined);
  expect(['note', 'base', 'fail'].map((mode) => under(mode as 'base').verdict)).toEqual([
    'pass',
    'inconclusive',
    'fail',
  ]);
  const { verdict, notes } = under('base', true);
  expect([verdict, notes[0]?.text]).toEqual([
    'inconclusive',
    expect.stringMatching(/^baseline.branch of this commit \(mine\)/),
  ]);
});
