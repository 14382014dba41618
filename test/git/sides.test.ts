import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/base/errors.ts';
import { resolveSides, type SidesOptions } from '../../src/git/sides.ts';
import {
  commit,
  ENV,
  git,
  newRepository,
  open,
  removeTemporaryDirectories,
  temporaryDirectory,
  write,
} from './fixture.ts';

afterAll(removeTemporaryDirectories);

async function sidesOf(directory: string, options: SidesOptions = {}) {
  return resolveSides(await open(directory), options);
}

async function problem(promise: Promise<unknown>): Promise<UserError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** What must be the same before and after: index, HEAD, refs, status, work trees. */
function stateOf(directory: string) {
  return {
    index: readFileSync(join(directory, '.git/index')).toString('hex'),
    indexTime: statSync(join(directory, '.git/index')).mtimeMs,
    head: readFileSync(join(directory, '.git/HEAD'), 'utf8'),
    refs: git(directory, 'for-each-ref'),
    worktrees: git(directory, 'worktree', 'list', '--porcelain'),
    files: execFileSync('find', ['.', '-path', './.git/objects', '-prune', '-o', '-printf', '%p %m %s %T@\n'], {
      cwd: directory,
      encoding: 'utf8',
    })
      .split('\n')
      .filter((line) => !/^\.\/\.git(\/sharedindex\.\w+)? /.test(line)), // git marks those that it reads
    // Last: status refreshes the index.
    status: git(directory, '--no-optional-locks', 'status', '--porcelain=v2', '--branch'),
  };
}

/** The files of a commit with mode and content. */
function filesOf(directory: string, commitId: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of git(directory, 'ls-tree', '-r', '-z', commitId).split('\0')) {
    const [, mode, , object, path] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(entry) ?? [];
    if (path !== undefined) files[path] = `${mode} ${git(directory, 'cat-file', 'blob', object!)}`;
  }
  return files;
}

describe('the head', () => {
  test('is the work tree as it is, and nothing of it is touched', async () => {
    const root = newRepository({
      '.gitignore': '*.log\nbin/\n',
      'changed.go': 'one',
      'deleted.go': 'gone',
      'moved.go': 'the same text before and after',
      'run.sh': 'echo',
      'staged.go': 'old',
      'kept by force.log': 'tracked though ignored',
      'ünï "cödé".go': 'old',
    });
    git(root, 'add', '--force', 'kept by force.log');
    git(root, 'commit', '--quiet', '--amend', '--no-edit');
    write(root, { 'staged.go': 'staged' });
    git(root, 'add', 'staged.go');
    git(root, 'mv', 'moved.go', 'elsewhere.go');
    write(root, {
      'staged.go': 'staged and changed again',
      'changed.go': 'two',
      'new dir/untracked.go': 'new',
      'ünï "cödé".go': 'new',
      'bin/service': 'ignored',
      'debug.log': 'ignored',
      'perf-gate-out/report.json': 'our own output',
    });
    rmSync(join(root, 'deleted.go'));
    chmodSync(join(root, 'run.sh'), 0o755);
    symlinkSync('run.sh', join(root, 'link'));

    const before = stateOf(root);
    const { head, base } = await sidesOf(root, { exclude: ['perf-gate-out'] });
    expect(stateOf(root)).toEqual(before);

    expect(filesOf(root, head.treeCommit)).toEqual({
      '.gitignore': '100644 *.log\nbin/\n'.trimEnd(),
      'changed.go': '100644 two',
      'elsewhere.go': '100644 the same text before and after',
      'kept by force.log': '100644 tracked though ignored',
      link: '120000 run.sh',
      'new dir/untracked.go': '100644 new',
      'run.sh': '100755 echo',
      'staged.go': '100644 staged and changed again',
      'ünï "cödé".go': '100644 new',
    });
    const commitId = git(root, 'rev-parse', 'HEAD');
    expect(head).toMatchObject({
      commit: commitId,
      branch: 'main',
      isDirty: true,
      commitTime: '2026-01-02T03:04:05.000Z',
    });
    expect(head.version).toBe(`${head.shortCommit}-dirty`);
    expect(git(root, 'rev-parse', `${head.treeCommit}^`)).toBe(commitId);
    expect(base).toMatchObject({ commit: commitId, treeCommit: commitId, isDirty: false });
    expect((await sidesOf(root, { exclude: ['perf-gate-out'] })).head.treeCommit).toBe(head.treeCommit);
  });

  test('is HEAD itself when the work tree is clean', async () => {
    const root = newRepository();
    git(root, 'tag', 'v1.2.0');
    write(root, { 'perf-gate-out/report.json': '' });
    const before = stateOf(root);
    const { head, base, baseReason } = await sidesOf(root, { exclude: ['perf-gate-out'] });
    expect(stateOf(root)).toEqual(before);
    expect(head.treeCommit).toBe(head.commit);
    expect(head).toMatchObject({ name: 'head', isDirty: false, version: 'v1.2.0' });
    expect(base.commit).toBe(head.commit);
    expect(baseReason).toBe('merge base with main, which is the head commit itself');
  });

  test('leaves an ignored output directory out without a complaint', async () => {
    const root = newRepository({ '.gitignore': 'perf-gate-out/\n' });
    write(root, { 'perf-gate-out/report.json': '', 'new.go': '' });
    const { head } = await sidesOf(root, { exclude: ['perf-gate-out'] });
    expect(Object.keys(filesOf(root, head.treeCommit))).toEqual(['.gitignore', 'new.go']);
  });

  test('untracked files alone make it dirty, but not its version, as with git describe', async () => {
    const root = newRepository();
    write(root, { 'new.go': 'package main\n' });
    const { head } = await sidesOf(root);
    expect(head.isDirty).toBe(true);
    expect(head.version).toBe(head.shortCommit);
  });

  test('sees a change of equal length within the second of the last git add', async () => {
    const root = newRepository();
    git(root, 'config', 'core.trustctime', 'false');
    const sameSecond = (path: string) => utimesSync(join(root, path), 1_700_000_000, 1_700_000_000);
    write(root, { 'main.go': 'package main // a\n' });
    sameSecond('main.go');
    git(root, 'add', 'main.go');
    write(root, { 'main.go': 'package main // b\n' });
    sameSecond('main.go');
    sameSecond('.git/index');
    const { head } = await sidesOf(root);
    expect(filesOf(root, head.treeCommit)['main.go']).toBe('100644 package main // b');
  });

  test('of a repository with unmerged files, split index or none', async () => {
    const root = newRepository({ 'main.go': 'one\n' });
    git(root, 'switch', '--quiet', '--create', 'other');
    commit(root, { 'main.go': 'two\n' });
    git(root, 'switch', '--quiet', 'main');
    commit(root, { 'main.go': 'three\n' });
    expect(() => git(root, 'merge', 'other')).toThrow();
    const before = stateOf(root);
    expect(filesOf(root, (await sidesOf(root)).head.treeCommit)['main.go']).toContain('<<<<<<<');
    expect(stateOf(root)).toEqual(before);

    git(root, 'reset', '--quiet', '--hard');
    git(root, 'config', 'core.splitIndex', 'true');
    git(root, 'config', 'splitIndex.maxPercentChange', '0');
    git(root, 'update-index', '--split-index');
    const shared = () => readdirSync(join(root, '.git')).filter((name) => name.startsWith('sharedindex'));
    const sharedBefore = shared();
    write(root, { 'main.go': 'four\n' });
    const split = stateOf(root);
    expect(filesOf(root, (await sidesOf(root)).head.treeCommit)['main.go']).toBe('100644 four');
    expect(stateOf(root)).toEqual(split);
    expect(shared()).toEqual(sharedBefore);

    rmSync(join(root, '.git/index'));
    expect(filesOf(root, (await sidesOf(root)).head.treeCommit)).toEqual({ 'main.go': '100644 four' });
    expect(existsSync(join(root, '.git/index'))).toBe(false);
  });

  test('needs no user.name and runs no hook', async () => {
    const root = newRepository();
    for (const hook of ['pre-commit', 'post-index-change', 'reference-transaction', 'post-checkout']) {
      write(root, { [`.git/hooks/${hook}`]: `#!/bin/sh\ntouch '${root}/../hook-ran'\n` });
      chmodSync(join(root, `.git/hooks/${hook}`), 0o755);
    }
    write(root, { 'new.go': '' });
    await sidesOf(root);
    expect(existsSync(join(root, '../hook-ran'))).toBe(false);
  });

  test('may be any ref', async () => {
    const root = newRepository();
    git(root, 'switch', '--quiet', '--create', 'faster/sums');
    const id = commit(root, { 'sum.go': '' });
    git(root, 'tag', '--annotate', '--message=x', 'v2');
    git(root, 'switch', '--quiet', 'main');
    write(root, { 'main.go': 'dirty' });
    const { head, base } = await sidesOf(root, { head: 'faster/sums' });
    expect(head).toMatchObject({ commit: id, treeCommit: id, branch: 'faster/sums', version: 'v2', isDirty: false });
    expect(base.commit).toBe(git(root, 'rev-parse', 'main'));
    expect((await sidesOf(root, { head: 'v2' })).head).toMatchObject({ commit: id, branch: undefined });
  });

  test('of a detached HEAD has no branch', async () => {
    const root = newRepository();
    git(root, 'checkout', '--quiet', '--detach');
    expect((await sidesOf(root)).head.branch).toBeUndefined();
  });
});

describe('the base', () => {
  function withOrigin(defaultBranch = 'main'): { root: string; fork: string } {
    const origin = newRepository();
    git(origin, 'branch', '--move', 'main', defaultBranch);
    const root = join(temporaryDirectory(), 'clone');
    git(origin, 'clone', '--quiet', origin, root);
    const fork = git(root, 'rev-parse', 'HEAD');
    commit(origin, { 'later.go': '' });
    git(root, 'switch', '--quiet', '--create', 'feature');
    commit(root, { 'feature.go': '' });
    git(root, 'fetch', '--quiet');
    return { root, fork };
  }

  test('is the merge base with origin, whose default branch may have any name', async () => {
    const { root, fork } = withOrigin();
    expect(await sidesOf(root)).toMatchObject({
      base: { name: 'base', commit: fork, branch: 'main' },
      baseReason: 'merge base with origin/main',
    });
    const trunk = withOrigin('trunk');
    expect(await sidesOf(trunk.root)).toMatchObject({
      base: { commit: trunk.fork, branch: 'trunk' },
      baseReason: 'merge base with origin/trunk',
    });
  });

  test('is the merge base with a local branch where there is no origin', async () => {
    const root = newRepository();
    const fork = git(root, 'rev-parse', 'HEAD');
    git(root, 'switch', '--quiet', '--create', 'feature');
    commit(root, { 'feature.go': '' });
    expect(await sidesOf(root)).toMatchObject({ base: { commit: fork }, baseReason: 'merge base with main' });
    git(root, 'branch', '--move', 'main', 'release/7');
    expect(await sidesOf(root, { branch: 'release/7' })).toMatchObject({
      base: { commit: fork, branch: 'release/7' },
      baseReason: 'merge base with release/7',
    });
    const error = await problem(sidesOf(root));
    expect(error.message).toMatch(/no branch to compare with/);
    expect(error.hint).toMatch(/baseline.branch/);
  });

  test('may be given', async () => {
    const root = newRepository();
    const first = git(root, 'rev-parse', 'HEAD');
    git(root, 'tag', 'v1');
    commit(root, { 'more.go': '' });
    expect(await sidesOf(root, { base: 'v1' })).toMatchObject({
      base: { commit: first, version: 'v1', branch: undefined },
      baseReason: 'given as v1',
    });
    expect((await sidesOf(root, { base: first.slice(0, 9) })).base.commit).toBe(first);
    expect((await sidesOf(root, { base: 'HEAD~1' })).base.commit).toBe(first);
  });

  test.each(['maim', 'mian', 'Main'])('%s is unknown, and main is like it', async (ref) => {
    const root = newRepository();
    const error = await problem(sidesOf(root, { base: ref }));
    expect(error.message).toBe(`there is no commit, branch or tag "${ref}" in ${root}`);
    expect(error.hint).toBe('did you mean main?');
  });

  test.each(['', '-x', '--upload-pack=touch pwned', '^main', 'main..main', 'main\n', ':/first'])(
    'is not taken from %j',
    async (ref) => {
      expect((await problem(sidesOf(newRepository(), { base: ref }))).message).toMatch(/there is no commit/);
    },
  );

  test('a branch of the remote is offered for its short name', async () => {
    const { root } = withOrigin();
    git(root, 'update-ref', 'refs/remotes/origin/pricing', 'HEAD');
    expect((await problem(sidesOf(root, { base: 'pricing' }))).hint).toBe('did you mean origin/pricing?');
  });

  test('of unrelated histories does not exist', async () => {
    const root = newRepository();
    git(root, 'switch', '--quiet', '--orphan', 'other');
    commit(root, { 'other.go': '' });
    expect((await problem(sidesOf(root))).message).toBe('the head and main have no common history');
  });

  describe('in a shallow clone', () => {
    function shallow(...options: string[]): { root: string; fork: string } {
      const origin = newRepository();
      for (const n of [1, 2, 3]) commit(origin, { 'main.go': `${n}` });
      const fork = git(origin, 'rev-parse', 'HEAD');
      git(origin, 'switch', '--quiet', '--create', 'feature');
      for (const n of [1, 2, 3]) commit(origin, { 'feature.go': `${n}` });
      git(origin, 'switch', '--quiet', 'main');
      commit(origin, { 'later.go': '' });
      const root = join(temporaryDirectory(), 'clone');
      git(origin, 'clone', '--quiet', '--depth=1', '--branch=feature', ...options, `file://${origin}`, root);
      return { root, fork };
    }

    test.each([
      { options: ['--no-single-branch'], what: 'too shallow', message: /too shallow.* origin\/main/ },
      {
        options: ['--single-branch'],
        what: 'without the branch',
        message: /the branch main is not in this shallow clone/,
      },
    ])('$what: the command in the hint helps', async ({ options, message }) => {
      const { root, fork } = shallow(...options);
      const error = await problem(sidesOf(root));
      expect(error.message).toMatch(message);
      const command = /^git (fetch --unshallow origin \S+)/.exec(error.hint ?? '')?.[1];
      git(root, ...command!.split(' '));
      expect((await sidesOf(root)).base.commit).toBe(fork);
    });

    test('a commit that was not fetched is one command away', async () => {
      const { root, fork } = shallow();
      const error = await problem(sidesOf(root, { base: fork }));
      const command = /git (fetch .*)$/.exec(error.hint ?? '')?.[1];
      git(root, ...command!.split(' '));
      expect((await sidesOf(root, { base: fork })).base.commit).toBe(fork);
    });
  });
});

test('the settings that CI systems pass in the environment reach git', async () => {
  const root = newRepository();
  const env = {
    ...ENV,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'url.https://x@example.com/.insteadOf',
    GIT_CONFIG_VALUE_0: 'z:',
  };
  const repo = await open(root, env);
  expect(await repo.git.run(['config', 'url.https://x@example.com/.insteadOf'])).toBe('z:');
});

test('a moved file stays one in the snapshot', async () => {
  const root = newRepository({ 'a/long name.go': 'package a\n' });
  renameSync(join(root, 'a'), join(root, 'b'));
  const { head } = await sidesOf(root);
  expect(filesOf(root, head.treeCommit)).toEqual({ 'b/long name.go': '100644 package a' });
});
