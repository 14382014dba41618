/** The way back from a commit, in whole and in shallow clones. */
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fetchedFirstParents, firstParents } from '../../src/git/ancestors.ts';
import { commit, git, newRepository, open, removeTemporaryDirectories, temporaryDirectory } from './fixture.ts';

/** The newest first. */
let commits: string[];
let origin: string;

beforeAll(() => {
  origin = newRepository();
  for (let i = 1; i < 9; i++) commit(origin, { 'main.go': `package main // ${i}\n` });
  commits = git(origin, 'rev-list', 'main').split('\n');
});
afterAll(removeTemporaryDirectories);

function clone(...depth: string[]): string {
  const directory = temporaryDirectory();
  git(directory, 'clone', '--quiet', ...depth, pathToFileURL(origin).href, '.');
  return directory;
}

describe('the first parents of a commit', () => {
  test('are as many as are asked for, and no more than there are', async () => {
    const repo = await open(clone());
    expect(await fetchedFirstParents(repo, commits[1]!, 3)).toEqual(commits.slice(1, 4));
    expect(await fetchedFirstParents(repo, commits[1]!, 50)).toEqual(commits.slice(1));
    expect(git(repo.root, 'rev-parse', '--is-shallow-repository')).toBe('false');
  });

  test('are those of the clone, unless they may be fetched', async () => {
    const repo = await open(clone('--depth=1'));
    expect(await firstParents(repo, commits[0]!, 4)).toEqual(commits.slice(0, 1));
    expect(git(repo.root, 'rev-list', '--count', 'HEAD')).toBe('1');
  });

  test('are fetched where the clone is cut off, with their files', async () => {
    const repo = await open(clone('--depth=1'));
    expect(await fetchedFirstParents(repo, commits[0]!, 4)).toEqual(commits.slice(0, 4));
    expect(git(repo.root, 'show', `${commits[3]}:main.go`)).toContain('package main // 5');
    expect(git(repo.root, 'rev-list', '--count', 'HEAD')).toBe('4');
  });

  test('are not fetched when they are there', async () => {
    const repo = await open(clone('--depth=4'));
    git(repo.root, 'remote', 'set-url', 'origin', 'file:///nowhere');
    expect(await fetchedFirstParents(repo, commits[0]!, 4)).toEqual(commits.slice(0, 4));
  });

  test('are those that are there where origin gives nothing', async () => {
    const repo = await open(clone('--depth=2'));
    git(repo.root, 'remote', 'remove', 'origin');
    expect(await fetchedFirstParents(repo, commits[0]!, 4)).toEqual(commits.slice(0, 2));
  });

  test('are looked for a second time without cutting off what the first has fetched', async () => {
    const start = git(origin, 'commit-tree', 'HEAD^{tree}', '-m', 'start');
    const join = git(
      origin,
      'commit-tree',
      'HEAD^{tree}',
      '-p',
      start,
      '-p',
      commits[0]!,
      '-m',
      'join the other history',
    );
    git(origin, 'branch', 'joined', join);
    const repo = await open(clone('--depth=2', '--no-single-branch'));
    expect(await fetchedFirstParents(repo, commits[0]!, 50)).toEqual(commits);
    // All of the history is there now, which `repo` does not know.
    expect(await fetchedFirstParents(repo, join, 4)).toEqual([join, start]);
    expect(git(repo.root, 'rev-list', '--count', 'HEAD')).toBe('9');
  });
});
