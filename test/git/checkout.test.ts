import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCheckout } from '../../src/git/checkout.ts';
import { openRepository } from '../../src/git/repository.ts';
import { resolveSides } from '../../src/git/sides.ts';
import { ownerLine } from '../../src/process/owner.ts';
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

function worktrees(root: string): string[] {
  return git(root, 'worktree', 'list', '--porcelain')
    .split('\n')
    .filter((line) => line.startsWith('worktree '))
    .map((line) => line.slice('worktree '.length));
}

describe('createCheckout', () => {
  test('has the files of each side, and leaves no trace', async () => {
    const root = newRepository({ 'main.go': 'one', 'run.sh': 'echo' });
    chmodSync(join(root, 'run.sh'), 0o755);
    write(root, { 'main.go': 'two', 'new file.go': 'three' });
    const repo = await open(root);
    const { base, head } = await resolveSides(repo);
    const directory = temporaryDirectory();
    const [one, two] = await Promise.all([
      createCheckout(repo, base, join(directory, 'the base')),
      createCheckout(repo, head, join(directory, 'the head')),
    ]);
    expect(one.warnings).toEqual([]);
    expect(readFileSync(join(one.directory, 'main.go'), 'utf8')).toBe('one');
    expect(existsSync(join(one.directory, 'new file.go'))).toBe(false);
    expect(readFileSync(join(two.directory, 'main.go'), 'utf8')).toBe('two');
    expect(readFileSync(join(two.directory, 'new file.go'), 'utf8')).toBe('three');
    expect(statSync(join(two.directory, 'run.sh')).mode & 0o111).toBe(0o111);
    expect(git(two.directory, 'status', '--porcelain')).toBe('');
    expect(worktrees(root)).toHaveLength(3);

    await one[Symbol.asyncDispose]();
    expect(worktrees(root)).toEqual([root, two.directory]);
    await two[Symbol.asyncDispose]();
    expect(worktrees(root)).toEqual([root]);
    expect(existsSync(two.directory)).toBe(false);
    expect(existsSync(join(root, '.git/worktrees'))).toBe(false);
    await two[Symbol.asyncDispose]();
    expect(git(root, 'branch', '--all')).toBe('* main');
  });

  test('is removed also when it was built in, damaged or deleted, or the run was stopped', async () => {
    const root = newRepository();
    // The person's own work tree on a disk that is not there now: `git worktree prune` would forget it.
    git(root, 'worktree', 'add', '--quiet', join(temporaryDirectory(), 'usb'));
    const before = worktrees(root);
    rmSync(before[1]!, { recursive: true });
    const controller = new AbortController();
    const repo = await openRepository(root, {
      env: ENV,
      temporaryDirectory: temporaryDirectory(),
      signal: controller.signal,
    });
    const { base } = await resolveSides(repo);
    const directory = temporaryDirectory();
    for (const harm of [
      (checkout: string) => write(checkout, { 'bin/service': 'built', 'main.go': 'edited' }),
      (checkout: string) => rmSync(join(checkout, '.git')),
      (checkout: string) => writeFileSync(join(checkout, '.git'), 'nonsense'),
      (checkout: string) => rmSync(checkout, { recursive: true }),
      () => controller.abort(),
    ]) {
      const checkout = await createCheckout(repo, base, join(directory, 'base'));
      harm(checkout.directory);
      await checkout[Symbol.asyncDispose]();
      expect(existsSync(checkout.directory)).toBe(false);
      expect(worktrees(root)).toEqual(before);
    }
  });

  test('knows what of the commit was replaced, also where git was told to look away', async () => {
    const root = newRepository({
      'main.go': 'one',
      'go.mod': 'module x',
      'gone.go': '',
      'same.go': '',
      '.gitignore': 'bin',
    });
    const repo = await open(root);
    const { base } = await resolveSides(repo);
    const checkout = await createCheckout(repo, base, join(temporaryDirectory(), 'base'));
    expect(await checkout.rewrittenFiles()).toEqual([]);
    write(checkout.directory, {
      'main.go': 'two',
      'go.mod': 'module y',
      'same.go': '',
      'new.go': '',
      'bin/service': '',
    });
    rmSync(join(checkout.directory, 'gone.go'));
    git(checkout.directory, 'commit', '--quiet', '--message', 'hidden', 'main.go');
    git(checkout.directory, 'update-index', '--assume-unchanged', 'go.mod');
    expect(await checkout.rewrittenFiles()).toEqual(['go.mod', 'gone.go', 'main.go']);
    await checkout[Symbol.asyncDispose]();
    expect(worktrees(root)).toEqual([root]);
  });

  test('does not run hooks, but runs filters', async () => {
    const root = newRepository({ '.gitattributes': '*.big filter=shout\n', 'a.big': 'text' });
    git(root, 'config', 'filter.shout.smudge', 'tr a-z A-Z');
    write(root, { '.git/hooks/post-checkout': `#!/bin/sh\ntouch '${root}/../hook-ran'\n` });
    chmodSync(join(root, '.git/hooks/post-checkout'), 0o755);
    const repo = await open(root);
    const { base } = await resolveSides(repo);
    const checkout = await createCheckout(repo, base, join(temporaryDirectory(), 'base'));
    expect(readFileSync(join(checkout.directory, 'a.big'), 'utf8')).toBe('TEXT');
    expect(existsSync(join(root, '../hook-ran'))).toBe(false);
    await checkout[Symbol.asyncDispose]();
  });

  test('keeps its hands off a directory that holds something', async () => {
    const root = newRepository();
    const repo = await open(root);
    const { base } = await resolveSides(repo);
    const directory = temporaryDirectory();
    write(directory, { 'thesis.txt': 'three years' });
    await expect(createCheckout(repo, base, directory)).rejects.toThrow('not empty');
    expect(readFileSync(join(directory, 'thesis.txt'), 'utf8')).toBe('three years');
  });

  test('a failed one leaves nothing', async () => {
    const root = newRepository({ '.gitattributes': '*.big filter=broken\n', 'a.big': 'text' });
    git(root, 'config', 'filter.broken.smudge', 'false');
    git(root, 'config', 'filter.broken.required', 'true');
    const repo = await open(root);
    const { base } = await resolveSides(repo, { head: 'HEAD' });
    const directory = join(temporaryDirectory(), 'base');
    await expect(createCheckout(repo, base, directory)).rejects.toThrow(/git reset failed/);
    expect(worktrees(root)).toEqual([root]);
    expect(existsSync(directory)).toBe(false);
  });

  test('has the submodules that the clone has, theirs too, at the commits of the side; and tells of the others', async () => {
    const add = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add'];
    const [inner, library, unknown] = [
      newRepository({ 'inner.c': '1' }),
      newRepository({ 'lib.c': '1' }),
      newRepository({ 'x.c': '' }),
    ];
    git(library, ...add, inner, 'inner');
    commit(library, {});
    const root = newRepository();
    git(root, ...add, library, 'third party/lib');
    git(root, ...add, unknown, 'unknown');
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'update', '--init', '--recursive');
    const base = commit(root, {});
    commit(join(root, 'third party/lib'), { 'lib.c': '2' });
    commit(root, {});
    rmSync(join(root, '.git/modules/unknown'), { recursive: true });
    const before = readFileSync(join(root, '.git/modules/third party/lib/config'), 'utf8');
    const repo = await open(root);
    const sides = await resolveSides(repo, { base, head: 'HEAD' });
    for (const [side, text] of [
      [sides.base, '1'],
      [sides.head, '2'],
    ] as const) {
      const checkout = await createCheckout(repo, side, join(temporaryDirectory(), 'src'));
      const read = (path: string) => readFileSync(join(checkout.directory, 'third party/lib', path), 'utf8');
      expect([read('lib.c'), read('inner/inner.c')]).toEqual([text, '1']);
      expect(checkout.warnings).toEqual([{ code: 'submodules-empty', paths: ['unknown'] }]);
      expect(await checkout.changedFiles()).toEqual([]);
      await checkout[Symbol.asyncDispose]();
    }
    expect(readFileSync(join(root, '.git/modules/third party/lib/config'), 'utf8')).toBe(before);
    expect(git(join(root, 'third party/lib'), 'status', '--porcelain')).toBe('');
    expect(worktrees(root)).toEqual([root]);
  });

  test('of a run that was killed is forgotten by the next; one that may be at work, and a person’s lock, are not', async () => {
    const root = newRepository();
    const repo = await open(root);
    const { base } = await resolveSides(repo, { base: 'HEAD' });
    const records = join(root, '.git/worktrees');
    const locks = {
      dead: `perf-gate, process ${ownerLine().replace(/^\d+ \d+/, `${process.pid} 1`)}\n`,
      rebooted: `perf-gate, process ${ownerLine().replace(/\S+$/, 'another-boot')}\n`,
      working: `perf-gate, process ${ownerLine()}\n`,
      contained: `perf-gate, process ${ownerLine().replace(/ pid:\S+/, ' pid:[1]')}\n`,
      person: 'on my usb stick\n',
    };
    for (const [name, lock] of Object.entries(locks)) {
      git(root, 'worktree', 'add', '--quiet', '--detach', join(temporaryDirectory(), name));
      writeFileSync(join(records, name, 'locked'), lock);
    }
    const checkout = await createCheckout(repo, base, join(temporaryDirectory(), 'src'));
    expect(readFileSync(join(records, 'src/locked'), 'utf8')).toBe(locks.working);
    expect(readdirSync(records).sort()).toEqual(['contained', 'person', 'src', 'working']);
    await checkout[Symbol.asyncDispose]();
    expect(readdirSync(records).sort()).toEqual(['contained', 'person', 'working']);
  });

  test('works from inside a linked work tree', async () => {
    const root = newRepository();
    const linked = join(temporaryDirectory(), 'linked');
    git(root, 'worktree', 'add', '--quiet', linked);
    write(linked, { 'new.go': '' });
    const repo = await open(linked);
    const { head } = await resolveSides(repo);
    const directory = join(temporaryDirectory(), 'deep', 'er');
    mkdirSync(directory, { recursive: true });
    const checkout = await createCheckout(repo, head, directory);
    expect(existsSync(join(directory, 'new.go'))).toBe(true);
    await checkout[Symbol.asyncDispose]();
    expect(worktrees(root)).toEqual([root, linked]);
  });
});
