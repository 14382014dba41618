/** The check of `.ci/run` over the commits of a branch, on a small repository whose build joins two files. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { newRepository, type Repository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const SCRIPT = fileURLToPath(new URL('../../.ci/dist-of-commits.mjs', import.meta.url));
const BUILD = `import { readFileSync } from 'node:fs';
const [source, part, built] = ['src/main', 'node_modules/part/part', 'dist/main'].map((path) => readFileSync(path, 'utf8'));
if (source + part !== built) {
  console.error('dist/ is not what src/ builds');
  process.exit(1);
}
`;

let scratch: string;
let repository: Repository;

beforeEach(() => {
  scratch = scratchDirectory();
  repository = newRepository(join(scratch, 'repository'));
  repository.write('node_modules/part/part', '-part');
  repository.commit('first', { '.gitignore': 'node_modules/\n', 'build.mjs': BUILD, 'package-lock.json': '{}' });
});
afterEach(() => removeDirectory(scratch));

const written = (source: string, built = `${source}-part`) => ({ 'src/main': source, 'dist/main': built });

function check({ directory }: Pick<Repository, 'directory'> = repository) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], { cwd: directory, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(existsSync(join(directory, '.git/dist-of-commits'))).toBe(false);
  return {
    code: status,
    said: stdout
      .trimEnd()
      .replaceAll(/\b[0-9a-f]{7,} /g, '')
      .split('\n'),
  };
}

test('one commit of a branch with a stale dist is named, also where the next one has put it right', () => {
  repository.commit('of main, long ago', written('a', 'stale'));
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repository.commit('good', written('b'));
  repository.commit('stale', written('c', 'b-part'));
  repository.commit('right again', written('c'));
  repository.commit('a test', { 'test/main': 'c' });
  repository.write('dist/main', 'what is not committed does not count');
  const before = repository.git('status', '--porcelain');
  expect(check()).toEqual({
    code: 1,
    said: [
      ...['ok: a test', 'ok: right again', 'not what it builds: stale', 'dist/ is not what src/ builds', 'ok: good'],
      '3 passed, 1 failed',
    ],
  });
  expect(repository.git('status', '--porcelain')).toBe(before);
});

test('a file that the commit does not have is not taken from another', () => {
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  repository.commit('good', written('a'));
  repository.git('rm', '--quiet', 'dist/main');
  repository.commit('without');
  repository.commit('good again', written('a'));
  const { code, said } = check();
  expect(code).toBe(1);
  expect(said.filter((line) => /^ok|^not/.test(line))).toEqual([
    'ok: good again',
    'not what it builds: without',
    'ok: good',
  ]);
});

test('where nothing is newer than the main branch, or there is none, the last five are checked', () => {
  for (const source of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) repository.commit(source, written(source));
  const five = { code: 0, said: ['ok: g', 'ok: f', 'ok: e', 'ok: d', 'ok: c', '5 passed, 0 failed'] };
  expect(check()).toEqual(five);
  repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(check()).toEqual(five);
});

test('what cannot be checked is said: other packages, commits that a shallow clone does not have', () => {
  repository.commit('older packages', { ...written('a', 'a-older'), 'package-lock.json': '{ "older": true }' });
  repository.commit('good', { ...written('b'), 'package-lock.json': '{}' });
  const skipped = 'skipped: older packages: its packages are not those that are installed';
  expect(check()).toMatchObject({ code: 1, said: expect.arrayContaining([skipped, 'ok: good']) });
  const directory = join(scratch, 'clone');
  repository.git('clone', '--quiet', '--depth=2', `file://${repository.directory}`, directory);
  cpSync(join(repository.directory, 'node_modules'), join(directory, 'node_modules'), { recursive: true });
  expect(check({ directory })).toEqual({
    code: 0,
    said: [
      'this clone is shallow: commits that it does not have are not checked',
      'ok: good',
      skipped,
      '1 passed, 0 failed',
    ],
  });
});
