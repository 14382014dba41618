/** Mistakes in what lies around the service: its repository, the machine, the toolchain. Told before anything is measured. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newRepository } from '../support/repository.ts';
import { Bench, QUICK, SERVICE_CONFIG } from './mistake.ts';

const GOOD = `${SERVICE_CONFIG}${QUICK}`;

let bench: Bench;
beforeAll(() => {
  bench = new Bench();
});
afterEach(() => bench.expectNothingLeft());
afterAll(() => bench.remove());

const told = (message: string, hint: string) => `perf-gate: ${message}\n  -> ${hint}\n`;

describe('a base that cannot be found', () => {
  /** Five commits on main and one on work, cloned as CI systems do. */
  function clone(name: string, ...options: string[]): { readonly directory: string; readonly fork: string } {
    const origin = newRepository(bench.path(`${name}-origin`));
    for (const n of [1, 2, 3, 4]) origin.commit(`${n}`, { 'perf-gate.yml': GOOD, n: `${n}` });
    const fork = origin.git('rev-parse', 'HEAD');
    origin.git('switch', '--quiet', '--create', 'work');
    origin.commit('work', { n: 'work' });
    origin.git('switch', '--quiet', 'main');
    const directory = bench.path(name);
    origin.git('clone', '--quiet', ...options, '--branch=work', `file://${origin.directory}`, directory);
    return { directory, fork };
  }
  const found = (cwd: string, ...args: string[]) =>
    bench.attempt(['--head', 'HEAD', ...args], { cwd, findsBase: true });
  const FETCH = 'git fetch --unshallow origin +refs/heads/main:refs/remotes/origin/main';
  const OR = '(GitHub: actions/checkout with fetch-depth: 0), or name a commit with --base';

  test.each([
    [
      'in a shallow clone of one branch',
      ['--depth=1'],
      'the branch main is not in this shallow clone, so the base cannot be found',
    ],
    [
      'in a shallow clone of all branches',
      ['--depth=1', '--no-single-branch'],
      'this clone is too shallow: it does not reach the merge base of the head and origin/main',
    ],
  ])('%s: one command away', async (name, options, message) => {
    const { directory, fork } = clone(name, ...options);
    const { code, said } = await found(directory);
    expect(said).toBe(told(message, `${FETCH} ${OR}`));
    expect(code).toBe(2);
    execFileSync('sh', ['-c', `${FETCH} --quiet`], { cwd: directory });
    // There is no Go in this repository: the base is found, and go is asked for the package next.
    expect((await found(directory)).progress).toContain(
      `against base ${fork.slice(0, 7)} (merge base with origin/main)`,
    );
  });

  test('a commit that a shallow clone does not hold', async () => {
    const { directory, fork } = clone('without', '--depth=1');
    const { code, said } = await found(directory, '--base', fork);
    expect(said).toBe(
      told(
        `there is no commit, branch or tag "${fork}" in ~/without`,
        `this is a shallow clone; fetch it: git fetch --depth=1 origin ${fork}`,
      ),
    );
    expect(code).toBe(2);
  });

  test('in a history of its own', async () => {
    const { directory } = clone('unrelated');
    newRepository(join(directory, 'other')).commit('other', { 'perf-gate.yml': GOOD });
    execFileSync('git', ['fetch', '--quiet', 'other', 'main:other'], { cwd: directory });
    const { code, said } = await bench.attempt(['--head', 'other'], { cwd: directory, findsBase: true });
    expect(said).toBe(
      told(
        'the head and origin/main have no common history',
        'set baseline.branch in perf-gate.yml to the branch that this work will go to, or name a commit with --base',
      ),
    );
    expect(code).toBe(2);
  });

  test('the head itself: told, since a pass without a comparison is no proof of anything', async () => {
    const { code, out } = await bench.attempt(['--head', 'HEAD', '--base', 'HEAD'], { config: GOOD });
    expect(out).toMatch(/^perf-gate {2}PASS {2}repository /);
    expect(out.replace(/\n {7}/g, ' ')).toContain(
      '\n     base and head are the same commit, so there is nothing to compare: name another commit with --base\n',
    );
    expect(code).toBe(0);
  });
});

test('a repository of another user', async () => {
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  // As git's own tests do it.
  const PATH = bench.pathOf(['go'], { git: `GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${git} "$@"` });
  const { code, said } = await bench.attempt([], { config: GOOD, env: { PATH } });
  expect(said).toMatch(
    /^perf-gate: git does not trust the repository at ~\/repository: it belongs to another user\n {2}\| /,
  );
  expect(said).toMatch(/\n {2}-> git config --global --add safe\.directory ~\/repository\n$/);
  expect(code).toBe(2);
});

describe('a temporary directory', () => {
  test('that is not there', async () => {
    const { code, said } = await bench.attempt([], { config: GOOD, temporaryDirectory: bench.path('nowhere') });
    expect(said.replace(/^ {2}\| .*\n/m, '')).toBe(
      told('there is no directory ~/nowhere', 'make it, or name another one in TMPDIR'),
    );
    expect(code).toBe(3);
  });

  test('that is too long for a socket: before anything is built', async () => {
    const long = bench.path('x'.repeat(100));
    mkdirSync(long);
    const { code, said, progress } = await bench.attempt([], { config: GOOD, temporaryDirectory: long });
    expect(said).toMatch(
      /^perf-gate: the path of the agent's socket has \d+ bytes, and a unix socket's at most 103: ~\/x+\/perf-gate-XXXXXX\/run\/[\w-]+\.sock\n {2}-> set TMPDIR to a shorter directory\n$/,
    );
    expect(progress).not.toContain('building');
    expect(code).toBe(3);
    expect(readdirSync(long)).toEqual([]);
  });
});

describe('a Go that cannot build it', () => {
  test('without a home', async () => {
    const gone = { HOME: undefined, XDG_CACHE_HOME: undefined, GOCACHE: undefined, GOPATH: undefined };
    const { code, said } = await bench.attempt([], { config: GOOD, env: gone });
    expect(said).toMatch(/^perf-gate: go does not answer in this checkout\n {2}\| build cache is required/);
    expect(said).toMatch(/\n {2}-> set HOME, or GOCACHE and GOPATH: go keeps its cache and its modules there\n$/);
    expect(code).toBe(2);
  });

  test('older than go.mod wants', async () => {
    bench.repository.edit('go.mod', 'go 1.18', 'go 1.99');
    const { code, said } = await bench.attempt([], { config: GOOD, env: { GOTOOLCHAIN: 'local' } });
    bench.repository.git('checkout', '--quiet', 'go.mod');
    bench.remember();
    expect(said).toMatch(/^perf-gate: go\.mod wants a newer Go than there is: .*go\.mod requires go >= 1\.99/);
    expect(said).toMatch(/\n {2}-> install that version, or let go fetch it with GOTOOLCHAIN=auto \(.*\)\n$/);
    expect(code).toBe(2);
  });

  test('without a go.mod', async () => {
    rmSync(bench.path('repository/go.mod'));
    const { code, said } = await bench.attempt([], { config: GOOD });
    bench.repository.git('checkout', '--quiet', 'go.mod');
    bench.remember();
    expect(said).toMatch(/^perf-gate: go does not find the package \. of head\n {2}\| go: go\.mod file not found/);
    expect(said).toMatch(
      /\n {2}-> make one \(go mod init\) and commit it, or name the directory that holds it with service\.dir\n$/,
    );
    expect(code).toBe(3);
  });
});

describe('a commit', () => {
  /** Two commits more than HEAD, which are gone afterwards. */
  async function withCommits(base: Record<string, string>, head: Record<string, string>) {
    const { repository } = bench;
    const before = repository.git('rev-parse', 'HEAD');
    repository.commit('base', base);
    repository.commit('head', head);
    try {
      // Not even where this machine has git-lfs.
      const env = { GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
      return await bench.attempt([], { config: GOOD, env });
    } finally {
      repository.git('reset', '--quiet', '--hard', before);
      bench.remember();
    }
  }

  test('before the one that repairs it does not build', async () => {
    const good = bench.repository.read('prices/prices.go');
    const { code, said } = await withCommits(
      { 'prices/prices.go': good.replace('sum +=', 'summ +=') },
      { 'prices/prices.go': good },
    );
    expect(said).toMatch(/^perf-gate: the build of base failed\n {2}\| # example\.com\/mistakes\/prices\n/);
    expect(said).toMatch(/\n {2}-> does `go build \.` work there\?.*\. With --base another commit is compared with\n$/);
    expect(code).toBe(3);
  });

  test('of which LFS keeps a file, and git-lfs is not set up', async () => {
    const pointer = (oid: string) =>
      `version https://git-lfs.github.com/spec/v1\noid sha256:${oid.repeat(64)}\nsize 12345\n`;
    const { code, out } = await withCommits(
      { '.gitattributes': '*.bin filter=lfs diff=lfs merge=lfs -text\n', 'model.bin': pointer('a') },
      { 'model.bin': pointer('b') },
    );
    expect(out).toMatch(/^perf-gate {2}PASS {2}repository /);
    expect(out.replace(/\n {7}/g, ' ')).toContain(
      '\n     files of LFS are pointers and not what they stand for, as git-lfs is not set up here (git lfs install): model.bin\n',
    );
    expect(code).toBe(0);
  });
});
