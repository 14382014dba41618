/** What is no verdict never has the exit code of one. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { bundledCli } from '../support/bundle.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const directory = scratchDirectory();
afterAll(() => removeDirectory(directory));

let cli: string;
const door = join(directory, 'door.mjs');
beforeAll(() => {
  cli = bundledCli(join(directory, 'dist'));
  buildSync({
    entryPoints: [join(import.meta.dirname, '../fixtures/door.ts')],
    outfile: door,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
});

function shell(script: string, ...args: string[]) {
  const { status, stderr } = spawnSync('/bin/sh', ['-c', script, process.execPath, ...args], { encoding: 'utf8' });
  return { status, said: stderr };
}

test.each(['throws', 'rejects'])('an error that nobody catches (%s) ends the run, which cleans up', (how) => {
  const { status, said } = shell('exec "$0" "$@"', door, how, 'at once');
  expect(said).toMatch(/^cleaned up\nperf-gate: there is no space left on the disk\n/);
  expect(status).toBe(3);
});

test.each(['throws', 'rejects'])('behind the verdict (%s) it leaves a finding what it is', (how) => {
  const { status, said } = shell('exec "$0" "$@"', door, how, 'later');
  expect(said).toMatch(/^perf-gate: there is no space left on the disk\n/);
  expect(status).toBe(1);
});

test('a standard output that is full', () => {
  const { status, said } = shell('exec "$0" "$@" >/dev/full', cli, 'schema');
  expect(said).toMatch(/^perf-gate: the standard output could not be written: ENOSPC.*\n {2}-> .*\n$/);
  expect(status).toBe(3);
});

test('a reader that has gone away is no fault', () => {
  expect(shell('{ "$0" "$@"; echo $? >&2; } | head -n 1 >/dev/null', cli, 'schema').said).toBe('0\n');
});

test('too few open files to load the program', () => {
  const { status, said } = shell('ulimit -n 21; exec "$0" "$@"', cli, 'schema');
  expect(said).toMatch(/^perf-gate: the program itself cannot be loaded: EMFILE/);
  expect(status).toBe(3);
});
