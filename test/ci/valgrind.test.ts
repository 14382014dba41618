/** valgrind on a runner that lacks it, with package managers that are scripts. */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { installValgrind } from '../../src/ci/valgrind.ts';
import { removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
  mkdirSync(join(directory, 'bin'));
  for (const tool of ['sh', 'cat', 'touch', 'chmod']) symlinkSync(`/bin/${tool}`, join(directory, 'bin', tool));
  provide('id', 'echo 1001');
  provide('sudo', `echo "sudo $*" >> "$LOG"; [ "$1" = -n ] && shift; "$@"`);
});
afterEach(() => removeDirectory(directory));

/** A program on the PATH of the world, which has nothing else on it. */
function provide(name: string, script: string): void {
  writeFileSync(join(directory, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Installs what looks like valgrind. */
const INSTALLS = `printf '#!/bin/sh\\n' > "$BIN/valgrind" && chmod +x "$BIN/valgrind"`;

/** A manager that does `script` when it is asked for anything but its version. */
const manager = (name: string, script: string) =>
  provide(name, `[ "$1" = --version ] && exit 0; echo "${name} $*" >> "$LOG"; ${script}`);

async function install(changes: Readonly<Record<string, string>> = {}) {
  const bin = join(directory, 'bin');
  const log = join(directory, 'log');
  rmSync(log, { force: true });
  const env = { PATH: bin, BIN: bin, LOG: log, RUNNER_ENVIRONMENT: 'github-hosted', ...changes };
  const said: string[] = [];
  await installValgrind(testWorld(directory, { env }), (line) => said.push(line));
  const done = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : [];
  return { said, done, isThere: existsSync(join(bin, 'valgrind')) };
}

test('is installed by the system’s own manager, without a question', async () => {
  manager('apt-get', INSTALLS);
  const { said, done, isThere } = await install();
  expect(isThere).toBe(true);
  expect(said).toEqual(['valgrind is not installed; installing it with apt-get', 'valgrind is installed']);
  expect(done).toHaveLength(2);
  expect(done[0]).toMatch(/^sudo -n apt-get -y .* install valgrind$/);
  // The next step of the job finds it there and asks nobody.
  expect(await install()).toEqual({ said: [], done: [], isThere: true });
});

test('is looked for in fresh lists where the old ones do not have it', async () => {
  manager('apt-get', `case "$*" in *update*) touch "$BIN/fresh";; *) [ -e "$BIN/fresh" ] && ${INSTALLS};; esac`);
  const { said, done, isThere } = await install();
  expect(isThere).toBe(true);
  expect(said.at(-1)).toBe('valgrind is installed');
  expect(done.filter((line) => line.startsWith('apt-get')).map((line) => line.split(' ').at(-1))).toEqual([
    'valgrind',
    'update',
    'valgrind',
  ]);
});

test.each([['dnf'], ['apk']])('is installed with %s too', async (name) => {
  manager(name, INSTALLS);
  expect((await install()).isThere).toBe(true);
});

test('is installed without sudo by the root of a container', async () => {
  rmSync(join(directory, 'bin', 'sudo'));
  provide('id', 'echo 0');
  manager('apk', INSTALLS);
  const { done, isThere } = await install();
  expect(isThere).toBe(true);
  expect(done).toEqual(['apk add --no-progress valgrind']);
});

test('that cannot be had is told and nothing more', async () => {
  manager('apt-get', 'echo "E: Could not get lock\u001B[31m" >&2; exit 100');
  expect((await install()).said.at(-1)).toBe('valgrind could not be installed: E: Could not get lock');
  provide('sudo', 'echo "sudo: a password is required" >&2; exit 1');
  expect((await install()).said.at(-1)).toBe('valgrind could not be installed: sudo: a password is required');
  rmSync(join(directory, 'bin', 'sudo'));
  expect((await install()).said.at(-1)).toMatch(/^valgrind could not be installed: .*sudo.*ENOENT/);
  rmSync(join(directory, 'bin', 'apt-get'));
  expect((await install()).said).toEqual([
    'valgrind is not installed, and there is no apt-get, dnf or apk to install it with',
  ]);
});

test.each([['self-hosted'], ['']])('is not installed on machines that stay (%j)', async (environment) => {
  manager('apt-get', INSTALLS);
  expect(await install({ RUNNER_ENVIRONMENT: environment })).toEqual({ said: [], done: [], isThere: false });
});
