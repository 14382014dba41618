import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { openRepository } from '../../src/git/repository.ts';
import { ENV, git, newRepository, open, removeTemporaryDirectories, temporaryDirectory } from './fixture.ts';

afterAll(removeTemporaryDirectories);

async function problem(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

describe('openRepository', () => {
  test('finds the root from a directory inside, whatever its name', async () => {
    const root = newRepository({ 'cmd/orders/main.go': 'package main\n' });
    const repo = await open(join(root, 'cmd/orders'));
    expect(repo).toMatchObject({ root, prefix: 'cmd/orders', gitDir: join(root, '.git'), isShallow: false });
    expect(repo.commonDir).toBe(join(root, '.git'));
    expect(repo.headCommit).toBe(git(root, 'rev-parse', 'HEAD'));
    expect((await open(root)).prefix).toBe('');
  });

  test('of a linked work tree has its own git directory and the shared one', async () => {
    const root = newRepository();
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '--quiet', linked);
    const repo = await open(linked);
    expect(repo).toMatchObject({ root: linked, commonDir: join(root, '.git') });
    expect(repo.gitDir).toBe(join(root, '.git/worktrees/linked'));
  });

  test('is not led astray by the variables that git sets for hooks', async () => {
    const [root, other] = [newRepository(), newRepository()];
    const env = { ...ENV, GIT_DIR: join(other, '.git'), GIT_INDEX_FILE: join(other, '.git/index'), EDITOR: 'vi' };
    expect(await open(root, env)).toMatchObject({ root, gitDir: join(root, '.git') });
  });

  test('says when git is missing', async () => {
    const error = await problem(open(newRepository(), { ...ENV, PATH: '/nonexistent' }));
    expect(error.message).toBe('git could not be started');
    expect(error.hint).toMatch(/install git/);
  });

  test('says when there is no repository, no work tree, no directory, no commit', async () => {
    const nowhere = temporaryDirectory();
    const outside = await problem(open(nowhere, { ...ENV, GIT_CEILING_DIRECTORIES: nowhere }));
    expect(outside.message).toBe(`${nowhere} is not inside a git repository`);
    expect(outside.hint).toMatch(/clone/);

    const bare = temporaryDirectory();
    git(bare, 'init', '--quiet', '--bare');
    expect((await problem(open(bare))).message).toMatch(/no work tree/);

    expect((await problem(open(join(nowhere, 'gone')))).message).toBe(`there is no directory ${join(nowhere, 'gone')}`);

    const empty = join(temporaryDirectory(), 'empty');
    mkdirSync(empty);
    git(empty, 'init', '--quiet');
    const error = await problem(open(empty));
    expect(error.message).toBe(`the repository ${empty} has no commits yet`);
    expect(error.hint).toMatch(/commit something/);
  });

  test('a failing command is told with its own words, also when it says nothing', async () => {
    const repo = await open(newRepository());
    const error = await problem(repo.git.run(['cat-file', 'blob', 'HEAD:gone.go']));
    expect(error.message).toMatch(/^git cat-file failed in .* \(exit code 128\)$/);
    expect(error.detail).toMatch(/gone\.go/);
    // simple-git takes this for a success: exit code 1 and an empty stderr.
    expect((await problem(repo.git.run(['rev-parse', '--verify', '--quiet', 'gone']))).message).toMatch(/exit code 1/);
    expect(await repo.git.ask(['rev-parse', '--verify', '--quiet', 'gone'])).toMatchObject({ exitCode: 1, stdout: '' });
  });

  test('stops when the run is stopped, but still cleans up', async () => {
    const controller = new AbortController();
    const options = { env: ENV, temporaryDirectory: temporaryDirectory(), signal: controller.signal };
    const repo = await openRepository(newRepository(), options);
    controller.abort(new Error('Ctrl-C'));
    await expect(repo.git.run(['status'])).rejects.toThrow('Ctrl-C');
    expect(await repo.git.run(['rev-parse', 'HEAD'], { uninterrupted: true })).toBe(repo.headCommit);
  });
});
