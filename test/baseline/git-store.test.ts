/** What the git store does to other people's repositories: nothing. */
import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { World } from '../../src/base/world.ts';
import { type Key, keyText } from '../../src/baseline/key.ts';
import { type Store, StoreError } from '../../src/baseline/store.ts';
import { openStore } from '../../src/baseline/stores.ts';
import type { StoreConfig } from '../../src/config/config.ts';
import { openRepository } from '../../src/git/repository.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';
import { BRANCH, ENV, type GitFixture, git, gitFixture } from './git-fixture.ts';
import { type GitServer, startGitServer } from './git-server.ts';
import { KEY } from './measured.ts';

const key = (n: number): Key => ({ ...KEY, commit: n.toString(16).padStart(40, '0') });
const BYTES = new Uint8Array(Buffer.from('a bundle'));

async function storeIn(
  clone: string,
  config: Partial<StoreConfig> = {},
  env: object = {},
  changes: Partial<World> = {},
): Promise<Store> {
  const world = testWorld(clone, { env: { ...ENV, ...env }, ...changes });
  const whole = { kind: 'git', remote: 'origin', branch: BRANCH, tokenEnv: undefined, ...config } as StoreConfig;
  return openStore(whole, { repo: await openRepository(clone, world), world, directory: clone });
}

async function refused(promise: Promise<unknown>): Promise<StoreError> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  return error as StoreError;
}

/** Everything in a clone, times included, but for git's objects. */
function stateOf(clone: string): string {
  return [
    execFileSync('find', ['.', '-path', './.git/objects', '-prune', '-o', '-printf', '%p %m %s %T@\n'], {
      cwd: clone,
      encoding: 'utf8',
    }),
    git(clone, 'for-each-ref'),
    git(clone, '--no-optional-locks', 'status', '--porcelain=v2', '--branch'),
    readFileSync(join(clone, '.git/index')).toString('hex'),
    git(clone, 'rev-parse', '--is-shallow-repository'),
  ].join('\n');
}

describe('over the file system', () => {
  let fixture: GitFixture;
  beforeAll(async () => {
    fixture = await gitFixture(async (root) => ({ url: `file://${root}` }));
  });
  afterAll(() => fixture.remove());

  test('the person’s clone is not touched, be it shallow or whole', async () => {
    const [shallow = '', , whole = ''] = fixture.clones;
    for (const clone of [shallow, whole]) {
      writeFileSync(join(clone, 'main.go'), '// not committed\n');
      writeFileSync(join(clone, 'new.go'), '// not added\n');
      const before = stateOf(clone);
      const store = await storeIn(clone);
      await store.write(key(1), BYTES);
      expect(await store.list('orders')).toEqual([key(1)]);
      expect(await store.read(key(1))).toEqual(Buffer.from(BYTES));
      await store.remove([key(1)]);
      expect(stateOf(clone)).toBe(before);
    }
    // What another clone wrote has to be fetched.
    await (await storeIn(whole)).write(key(2), BYTES);
    const before = stateOf(shallow);
    expect(await (await storeIn(shallow)).read(key(2))).toEqual(Buffer.from(BYTES));
    expect(stateOf(shallow)).toBe(before);
  });

  test('no file is left where temporary files go', async () => {
    const temporaryDirectory = scratchDirectory();
    await (await storeIn(fixture.clones[2]!, {}, {}, { temporaryDirectory })).write(key(3), BYTES);
    expect(readdirSync(temporaryDirectory)).toEqual([]);
    removeDirectory(temporaryDirectory);
  });

  test('the branch always has one commit, and keeps what others put there', async () => {
    await fixture.put('README.md', BYTES);
    const store = await storeIn(fixture.clones[3]!);
    await store.write(key(4), BYTES);
    await store.write(key(5), BYTES);
    await store.remove([key(4)]);
    expect(git(fixture.bare, 'rev-list', '--count', BRANCH)).toBe('1');
    expect(git(fixture.bare, 'rev-list', '--parents', BRANCH)).toMatch(/^[0-9a-f]{40}$/);
    const paths = git(fixture.bare, 'ls-tree', '-r', '--name-only', BRANCH).split('\n');
    expect(paths).toContain('README.md');
    expect(paths).toContain(keyText(key(5)));
    expect(paths).not.toContain(keyText(key(4)));
    expect(git(fixture.bare, 'show', '-s', '--format=%an %s', BRANCH)).toBe(
      'perf-gate perf-gate: measured commits [skip ci]',
    );
  });

  test('to write what is there changes nothing at the remote', async () => {
    const store = await storeIn(fixture.clones[3]!);
    await store.write(key(5), BYTES);
    const before = git(fixture.bare, 'rev-parse', BRANCH);
    await store.write(key(5), BYTES);
    await store.remove([key(99)]);
    expect(git(fixture.bare, 'rev-parse', BRANCH)).toBe(before);
  });

  test('what a fetch that was killed left behind is completed', async () => {
    await (await storeIn(fixture.clones[2]!)).write(key(6), new Uint8Array(Buffer.from('to be lost')));
    const clone = fixture.clones[1]!;
    expect(await (await storeIn(clone)).read(key(6))).toBeDefined();
    const blob = git(fixture.bare, 'rev-parse', `${BRANCH}:${keyText(key(6))}`);
    const file = join(clone, '.git/objects', blob.slice(0, 2), blob.slice(2));
    rmSync(file);
    expect(await (await storeIn(clone)).read(key(6))).toEqual(Buffer.from('to be lost'));
  });

  test('a link or a directory under the name of a bundle is none', async () => {
    const work = fixture.clones[3]!;
    const index = { ...ENV, GIT_INDEX_FILE: join(work, '.git/other-index') };
    const run = (...args: string[]) => execFileSync('git', args, { cwd: work, env: index, encoding: 'utf8' }).trim();
    run('read-tree', '--empty');
    writeFileSync(join(work, '.git/target'), '/etc/passwd');
    const blob = run('hash-object', '-w', join(work, '.git/target'));
    run('update-index', '--add', '--cacheinfo', `120000,${blob},${keyText(key(7))}`);
    run('update-index', '--add', '--cacheinfo', `100644,${blob},${keyText(key(8))}/inside`);
    const commit = git(work, 'commit-tree', '-m', 'links', run('write-tree'));
    git(work, 'push', '--quiet', '--force', 'origin', `${commit}:refs/heads/links`);
    const store = await storeIn(fixture.clones[2]!, { branch: 'links' });
    expect(await store.list('orders')).toEqual([]);
    expect(await store.read(key(7))).toBeUndefined();
    expect(await store.read(key(8))).toBeUndefined();
  });

  test('a remote that refuses is told with its reason, and asked once', async () => {
    const hook = join(fixture.bare, 'hooks/pre-receive');
    writeFileSync(
      hook,
      `#!/bin/sh\necho asked >> ${join(fixture.bare, 'asked')}\necho only humans may push >&2\nexit 1\n`,
    );
    chmodSync(hook, 0o755);
    try {
      const error = await refused((await storeIn(fixture.clones[2]!)).write(key(9), BYTES));
      expect(error.message).toBe(`git push of the branch ${BRANCH} of origin failed (exit code 1)`);
      expect(error.detail).toContain('only humans may push');
      expect(readFileSync(join(fixture.bare, 'asked'), 'utf8')).toBe('asked\n');
    } finally {
      rmSync(hook);
    }
  });

  test('a remote that is not there', async () => {
    const error = await refused((await storeIn(fixture.clones[2]!, { remote: 'file:///nonexistent' })).list('orders'));
    expect(error.message).toMatch(/^git ls-remote of the branch .* of file:\/\/\/nonexistent failed/);
    expect(error.detail).toMatch(/does not appear to be a git repository|not exist/);
  });
});

describe('over http', () => {
  let fixture: GitFixture;
  let server: GitServer;
  let clone: string;
  beforeAll(async () => {
    fixture = await gitFixture(async (root) => {
      server = await startGitServer(root, 'sesame');
      return { url: server.url, close: server.close };
    });
    clone = fixture.clones[0]!;
  });
  beforeEach(() => void server.authorizations.splice(0));
  afterAll(() => fixture.remove());

  const header = (token: string) => `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;

  test('a token takes the place of the header that actions/checkout left in the config', async () => {
    git(clone, 'config', `http.${server.url}/.extraheader`, header('expired'));
    try {
      const store = await storeIn(clone, { tokenEnv: 'TOKEN' }, { TOKEN: 'sesame' });
      await store.write(key(1), BYTES);
      expect(await (await storeIn(clone, { tokenEnv: 'TOKEN' }, { TOKEN: 'sesame' })).list('orders')).toEqual([key(1)]);
      expect(server.authorizations.length).toBeGreaterThan(3);
      const sent = new Set(server.authorizations.map((given) => given.join(' and ')));
      expect([...sent]).toEqual([header('sesame').replace('AUTHORIZATION: ', '')]);
    } finally {
      git(clone, 'config', '--unset-all', `http.${server.url}/.extraheader`);
    }
  });

  test('settings that come by the environment stay', async () => {
    const env = {
      TOKEN: 'sesame',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `url.${server.url}/.insteadOf`,
      GIT_CONFIG_VALUE_0: 'http://nowhere.example/',
    };
    const remote = 'http://nowhere.example/shop.git';
    const found = await (await storeIn(clone, { remote: `${server.url}/shop.git`, tokenEnv: 'TOKEN' }, env)).list(
      'orders',
    );
    expect(found).toEqual([key(1)]);
    git(clone, 'remote', 'add', 'aliased', remote);
    expect(await (await storeIn(clone, { remote: 'aliased', tokenEnv: 'TOKEN' }, env)).list('orders')).toEqual([
      key(1),
    ]);
  });

  test('without a token, what git has is used', async () => {
    git(clone, 'config', `http.${server.url}/.extraheader`, header('sesame'));
    try {
      expect(await (await storeIn(clone, { tokenEnv: 'UNSET' })).list('orders')).toEqual([key(1)]);
    } finally {
      git(clone, 'config', '--unset-all', `http.${server.url}/.extraheader`);
    }
  });

  test('a token that is refused is told and not shown, and nobody is asked for a password', async () => {
    const secret = 'ghs_wrongwrongwrong';
    const error = await refused((await storeIn(clone, { tokenEnv: 'TOKEN' }, { TOKEN: secret })).list('orders'));
    const said = [error.message, error.hint, error.detail].join('\n');
    expect(said).toMatch(/git ls-remote of the branch/);
    expect(said).toContain('baseline.token-env');
    expect(said).not.toContain(secret);
    expect(said).not.toContain(Buffer.from(`x-access-token:${secret}`).toString('base64'));
  });

  test('a token that the server repeats is not shown', async () => {
    const hook = join(fixture.bare, 'hooks/pre-receive');
    const encoded = header('sesame').replace('AUTHORIZATION: ', '');
    writeFileSync(hook, `#!/bin/sh\necho "who is sesame, or ${encoded}?" >&2\nexit 1\n`);
    chmodSync(hook, 0o755);
    try {
      const store = await storeIn(clone, { tokenEnv: 'TOKEN' }, { TOKEN: 'sesame' });
      expect((await refused(store.write(key(2), BYTES))).detail).toContain('who is ***, or basic ***?');
    } finally {
      rmSync(hook);
    }
  });

  test('a password in the URL is not shown either', async () => {
    const remote = `${server.url.replace('//', '//me:hunter2@')}/shop.git`;
    const error = await refused((await storeIn(clone, { remote })).list('orders'));
    expect([error.message, error.hint, error.detail].join('\n')).not.toContain('hunter2');
    expect(error.message).toContain('http://***@127.0.0.1');
  });
});
