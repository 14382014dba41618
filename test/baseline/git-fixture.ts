/** A bare repository that is `origin` of four clones, two of them shallow. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/baseline/stores.ts';
import { openRepository } from '../../src/git/repository.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import type { Fixture } from './contract.ts';

export const BRANCH = 'perf-gate-baselines';

export interface Remote {
  /** Of the directory that holds the bare repositories. */
  readonly url: string;
  readonly token?: string;
  settled?(): Promise<void>;
  close?(): Promise<void>;
}

export interface GitFixture extends Fixture {
  readonly bare: string;
  readonly clones: readonly string[];
}

export const ENV = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

export const git = (directory: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@localhost', ...args], {
    cwd: directory,
    env: ENV,
    encoding: 'utf8',
  }).trim();

export async function gitFixture(serve: (root: string) => Promise<Remote>): Promise<GitFixture> {
  const scratch = scratchDirectory();
  const root = join(scratch, 'srv');
  const bare = join(root, 'shop.git');
  mkdirSync(bare, { recursive: true });
  git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  const source = newRepository(join(scratch, 'source'));
  for (const message of ['first', 'second', 'third']) source.commit(message, { 'main.go': `// ${message}\n` });
  source.git('push', '--quiet', bare, 'main');
  const remote = await serve(root);
  const clones = [0, 1, 2, 3].map((i) => {
    const clone = join(scratch, `clone ${i}`);
    git(scratch, 'clone', '--quiet', ...(i < 2 ? ['--depth=1'] : []), `file://${bare}`, clone);
    git(clone, 'remote', 'set-url', 'origin', `${remote.url}/shop.git`);
    return clone;
  });
  let next = 0;
  return {
    bare,
    clones,
    open: async (world) => {
      const own = { ...world, env: { ...ENV, ...(remote.token && { TOKEN: remote.token }) } };
      const repo = await openRepository(clones[next++ % clones.length]!, own);
      const config = { kind: 'git', remote: 'origin', branch: BRANCH, tokenEnv: 'TOKEN' } as const;
      return openStore(config, { repo, world: own, directory: repo.root });
    },
    put: async (name, bytes) => {
      const file = join(scratch, 'content');
      writeFileSync(file, bytes);
      const index = { env: { ...ENV, GIT_INDEX_FILE: join(scratch, 'index') }, cwd: bare, encoding: 'utf8' } as const;
      const run = (...args: string[]) => execFileSync('git', args, index).trim();
      const tip = git(bare, 'for-each-ref', '--format=%(objectname)', `refs/heads/${BRANCH}`);
      run('read-tree', ...(tip === '' ? ['--empty'] : [tip]));
      run('update-index', '--add', '--cacheinfo', `100644,${run('hash-object', '-w', file)},${name}`);
      git(bare, 'update-ref', `refs/heads/${BRANCH}`, git(bare, 'commit-tree', '-m', 'put', run('write-tree')));
    },
    settled: async () => remote.settled?.(),
    remove: async () => {
      await remote.close?.();
      removeDirectory(scratch);
    },
  };
}
