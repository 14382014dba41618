/** From what a job says to a commit in the clone, in clones as CI systems make them. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findBase, findJobBase } from '../../src/ci/base.ts';
import { github } from '../../src/ci/github.ts';
import type { CiJob } from '../../src/ci/job.ts';
import { assertMayMeasure } from '../../src/ci/own-code.ts';
import { commit, git, newRepository, open, removeTemporaryDirectories, temporaryDirectory } from '../git/fixture.ts';
import { testWorld } from '../support/world.ts';
import { EVENTS, environment } from './events.ts';

/** main: 1 2 … 130; faster: two commits from 127 on; the merge of it onto 130. */
let origin: string;
let main: string[];
let head: string;
let merge: string;

beforeAll(() => {
  origin = newRepository();
  main = [git(origin, 'rev-parse', 'HEAD')];
  const tree = git(origin, 'rev-parse', 'HEAD^{tree}');
  const grow = (parent: string) => git(origin, 'commit-tree', tree, '-p', parent, '-m', 'more');
  while (main.length < 130) main.push(grow(main.at(-1)!));
  git(origin, 'reset', '--quiet', '--hard', main[126]!);
  git(origin, 'checkout', '--quiet', '-b', 'faster');
  commit(origin, { 'a.go': 'package main\n' });
  head = commit(origin, { 'b.go': 'package main\n' });
  git(origin, 'branch', '--force', 'main', main[129]!);
  git(origin, 'checkout', '--quiet', 'main');
  git(origin, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'faster');
  merge = git(origin, 'rev-parse', 'HEAD');
  git(origin, 'update-ref', 'refs/pull/7/merge', merge);
  git(origin, 'reset', '--quiet', '--hard', main[129]!);
});
afterAll(removeTemporaryDirectories);

/** What actions/checkout does: an empty repository, one fetched commit, no branches. */
function checkout(ref: string, ...depth: string[]): string {
  const clone = temporaryDirectory();
  git(clone, 'init', '--quiet');
  git(clone, 'remote', 'add', 'origin', pathToFileURL(origin).href);
  git(clone, 'fetch', '--quiet', '--no-tags', ...depth, 'origin', ref);
  git(clone, 'checkout', '--quiet', '--detach', 'FETCH_HEAD');
  return clone;
}

/** The job of an event, whose placeholders become commits of this history. */
function jobOf(
  event: keyof typeof EVENTS,
  sha: string,
  changes: Record<string, string> = {},
  before = main[128]!,
): CiJob {
  const { name, payload } = EVENTS[event];
  const text = JSON.stringify(payload)
    .replaceAll('a'.repeat(40), head)
    .replaceAll('0123456789'.repeat(4), before)
    .replaceAll('release/2', 'main');
  return github.read(environment({ GITHUB_EVENT_NAME: name, GITHUB_SHA: sha, ...changes }), text);
}

const baseIn = async (clone: string, job: CiJob) => findBase(await open(clone), job);
const onMain = { GITHUB_REF: 'refs/heads/main' };

describe('a pull request', () => {
  const mergedOnto = () => ({ commit: main[129], reason: 'what pull request #7 is merged onto' });

  test('whose merge is all that was fetched is compared with its first parent, which is fetched too', async () => {
    const clone = checkout(merge, '--depth=1');
    expect(() => git(clone, 'rev-parse', '--verify', '--quiet', 'HEAD^1')).toThrow();
    expect(await baseIn(clone, jobOf('pullRequest', merge))).toEqual(mergedOnto());
    // No more than that one commit, and nothing of the clone's own is moved.
    expect(git(clone, 'rev-list', '--count', main[129]!)).toBe('1');
    expect(git(clone, 'status', '--porcelain')).toBe('');
    expect(git(clone, 'rev-parse', 'HEAD')).toBe(merge);
  });

  test('whose parents are there needs no origin', async () => {
    const clone = checkout(merge, '--depth=2');
    git(clone, 'remote', 'remove', 'origin');
    expect(await baseIn(clone, jobOf('pullRequest', merge))).toEqual(mergedOnto());
  });

  test.each([
    ['all of its history', [], 'false'],
    ['its last commit', ['--depth=1'], 'true'],
  ])(
    'whose own head is checked out, with %s, is compared with where it left the branch',
    async (_, depth, isShallow) => {
      const clone = checkout(head, ...depth);
      const base = await baseIn(clone, jobOf('pullRequest', merge));
      expect(base).toEqual({ commit: main[126], reason: 'merge base with origin/main' });
      expect(git(clone, 'rev-parse', '--is-shallow-repository')).toBe(isShallow);
      expect(git(clone, 'rev-parse', 'HEAD')).toBe(head);
    },
  );

  test('in a workspace that is kept is compared with what the branch is now, or was when origin gives nothing', async () => {
    const clone = checkout(head);
    git(clone, 'update-ref', 'refs/remotes/origin/main', main[100]!);
    expect((await baseIn(clone, jobOf('pullRequest', merge)))?.commit).toBe(main[126]);

    git(clone, 'remote', 'remove', 'origin');
    git(clone, 'update-ref', 'refs/remotes/origin/main', main[100]!);
    expect((await baseIn(clone, jobOf('pullRequest', merge)))?.commit).toBe(main[100]);
  });

  test('is compared without cutting off the history that is there', async () => {
    const clone = checkout(head, '--depth=20');
    git(clone, 'fetch', '--quiet', '--depth=20', 'origin', `+${main[120]}:refs/remotes/origin/main`);
    expect((await baseIn(clone, jobOf('pullRequest', merge)))?.commit).toBe(main[126]);
    expect(git(clone, 'rev-list', '--count', 'origin/main')).toBe('29');
  });

  test('whose head is itself a merge is not taken for GitHub’s', async () => {
    const own = git(origin, 'commit-tree', `${head}^{tree}`, '-p', head, '-p', main[128]!, '-m', 'catch up');
    git(origin, 'update-ref', 'refs/heads/caught-up', own);
    const job = jobOf('pullRequest', merge);
    const base = await baseIn(checkout(own, '--depth=1'), { ...job, heads: [merge, own] });
    expect(base?.commit).toBe(main[128]);
  });

  test('of which something else is checked out is left to the config', async () => {
    expect(await baseIn(checkout(main[100]!, '--depth=1'), jobOf('pullRequest', merge))).toBeUndefined();
  });

  test('whose base nobody gives is told, with what to do', async () => {
    const clone = checkout(merge, '--depth=1');
    git(clone, 'remote', 'set-url', 'origin', pathToFileURL(join(clone, 'nowhere')).href);
    await expect(baseIn(clone, jobOf('pullRequest', merge))).rejects.toMatchObject({
      message: `the base of ${merge.slice(0, 7)} is not in this clone and could not be fetched`,
      hint: expect.stringContaining('fetch-depth: 0'),
    });
  });
});

describe('a push', () => {
  test('to the main branch is compared with what was there before, however many commits ago', async () => {
    const job = jobOf('push', main[129]!, onMain, main[120]!);
    const base = await baseIn(checkout(main[129]!, '--depth=1'), job);
    expect(base).toEqual({ commit: main[120], reason: 'main before this push' });
  });

  test('that wrote over what was there, which is gone, is compared with the commit before it', async () => {
    const job = jobOf('push', main[129]!, onMain, 'd'.repeat(40));
    expect((await baseIn(checkout(main[129]!, '--depth=1'), job))?.commit).toBe(main[128]);
  });

  test('to a branch is compared with where it left the main branch, beyond what a first deepening brings', async () => {
    git(
      origin,
      'update-ref',
      'refs/heads/old',
      git(origin, 'commit-tree', `${head}^{tree}`, '-p', main[2]!, '-m', 'old'),
    );
    const old = git(origin, 'rev-parse', 'refs/heads/old');
    const job = jobOf('push', old, { GITHUB_REF: 'refs/heads/old' });
    expect((await baseIn(checkout(old, '--depth=1'), job))?.commit).toBe(main[2]);
  });

  test('of the very first commit has nothing to be compared with', async () => {
    const job = jobOf('firstPush', main[0]!, onMain);
    await expect(baseIn(checkout(main[0]!), job)).rejects.toThrow('is the first commit: there is nothing to compare');
  });
});

test('a run by hand on the main branch is compared with the commit before', async () => {
  const job = jobOf('dispatch', main[129]!, { GITHUB_REF: 'refs/heads/a-copy-of-main' });
  const base = await baseIn(checkout(main[129]!), job);
  expect(base).toEqual({ commit: main[128], reason: 'the commit before it on main' });
});

test('a merge group is compared with what it is merged onto', async () => {
  const base = await baseIn(checkout(merge, '--depth=1'), jobOf('mergeGroup', merge));
  expect(base?.commit).toBe(main[128]);
});

test('nothing is measured where the code of a fork would have rights', async () => {
  expect(() => assertMayMeasure(jobOf('pullRequestTarget', main[129]!))).toThrow('pull_request_target');
  expect(() => assertMayMeasure(jobOf('workflowRun', main[129]!))).toThrow('workflow_run');
  const env = environment({ GITHUB_EVENT_NAME: 'pull_request_target' });
  await expect(findJobBase(testWorld(origin, { env }))).rejects.toThrow('pull_request_target');
});

test('outside of CI there is no base to be found', async () => {
  expect(await findJobBase(testWorld(origin, { env: {} }))).toBeUndefined();
});
