/** The command install-valgrind, on machines with few tools. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { JobBench, ORB } from './job-bench.ts';
import { runElement } from './runner.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let count = 0;
let bench: JobBench;
beforeEach(() => {
  bench = new JobBench(join(scratch, String(++count)));
});

/** A machine with these tools and no others; each writes down how it was called. */
function install(tools: Readonly<Record<string, string>>, user: number) {
  const bin = join(bench.place, 'tools');
  mkdirSync(bin);
  for (const name of ['bash', 'env'])
    symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(bin, name));
  const log = join(bench.place, 'tools.log');
  bench.executable('tools/id', `#!${bin}/bash\necho ${user}\n`);
  for (const [name, then] of Object.entries(tools)) {
    bench.executable(`tools/${name}`, `#!${bin}/bash\necho "${name} $*" >>'${log}'\n${then}\n`);
  }
  const ran = runElement(ORB, 'commands', 'install-valgrind', {}, { ...bench.circle, env: { PATH: bin } });
  return { ...ran, log: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [] };
}
const SUDO = { sudo: 'shift; "$@"' };

test('is left alone where it is', () => {
  const { output, log } = install({ valgrind: 'echo valgrind-3.22.0', 'apt-get': '' }, 0);
  expect(output).toBe('valgrind-3.22.0 is there\n');
  expect(log).toEqual(['valgrind --version']);
});

test.each([
  ['apt-get', ['apt-get update', 'apt-get install --yes --no-install-recommends valgrind']],
  ['dnf', ['dnf install --assumeyes valgrind']],
  ['apk', ['apk add valgrind']],
])('comes from %s, with sudo for who is not root', (manager, expected) => {
  const { exitCode, log } = install({ ...SUDO, [manager]: '' }, 3434);
  expect(exitCode).toBe(0);
  expect(log.filter((line) => !line.startsWith('sudo'))).toEqual(expected);
  expect(log.filter((line) => line.startsWith('sudo -n'))).toHaveLength(expected.length);
});

test('needs no sudo for root', () => {
  expect(install({ ...SUDO, dnf: '' }, 0).log).toEqual(['dnf install --assumeyes valgrind']);
});

test.each([
  ['the package manager fails', { ...SUDO, 'apt-get': 'exit 100' }],
  ['there is no package manager', { ...SUDO }],
  ['sudo asks for a password', { sudo: 'exit 1', apk: '' }],
  ['there is no sudo', { apk: '' }],
])('fails nothing where %s, and says what follows', (_, tools) => {
  const { exitCode, output } = install(tools, 3434);
  expect(exitCode).toBe(0);
  expect(output).toContain('instructions will not be counted, and the report will say so');
});

test('is not touched where the job forbids it', () => {
  expect(bench.job('gate', { 'install-valgrind': true }, { WITH_REPORT: '1' }).steps).toContain(
    'run: Install valgrind where it is missing',
  );
  expect(bench.job('gate', {}, { WITH_REPORT: '1' }).steps).not.toContain('run: Install valgrind where it is missing');
});
