/** The one way to run a program to its end. What is kept of a build, and how it is asked to end: command.test.ts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { type Program, runProgram } from '../../src/process/program.ts';

const bound = { mostBytes: 1e6, keptBytes: 1e6 };
const sh = (script: string, more: Partial<Program> = {}): Program => ({
  ...{ command: 'sh', args: ['-c', script], cwd: '/', env: { PATH: process.env['PATH'] } },
  ...{ stdout: bound, stderr: bound },
  ...more,
});

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('its input, both of its outputs, and how it ended', async () => {
  const { stdout, stderr, ...how } = await runProgram(sh('cat; echo no >&2; exit 3', { input: 'given' }));
  expect([`${stdout}`, `${stderr}`, how]).toEqual(['given', 'no\n', { end: 'over', exitCode: 3, signal: undefined }]);
  expect(await runProgram(sh('kill -TERM $$'))).toMatchObject({ end: 'over', exitCode: undefined, signal: 'SIGTERM' });
});

test('one that does not read its input is not the worse for it', async () => {
  expect(await runProgram(sh('exec 0<&-; exit 0', { input: 'x'.repeat(1e6) }))).toMatchObject({ exitCode: 0 });
});

test('it is over at its deadline, with what it started', async () => {
  const ran = await runProgram(sh('sleep 300 & echo $!; wait', { timeoutMs: 300 }));
  expect(ran.end).toBe('late');
  for (let i = 0; i < 100 && isThere(Number(ran.stdout)); i++) await sleep(20);
  expect(isThere(Number(ran.stdout))).toBe(false);
});

test('it is not late where it was this process that did not look', async () => {
  const running = runProgram(sh('sleep 0.2; echo done', { timeoutMs: 400 }));
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700));
  const { end, stdout } = await running;
  expect([end, `${stdout}`]).toEqual(['over', 'done\n']);
});

test('it is over where it writes too much; of what it wrote the end is kept', async () => {
  const stdout = { mostBytes: 100_000, keptBytes: 1000 };
  expect((await runProgram(sh('yes', { stdout }))).end).toBe('too much output');
  const long = await runProgram(sh('seq 10000', { stdout }));
  expect([long.end, long.stdout.length, `${long.stdout}`.endsWith('9999\n10000\n')]).toEqual(['over', 1000, true]);
});

test('one that cannot be started is told as the system tells it', async () => {
  await expect(runProgram({ ...sh(''), command: '/nonexistent' })).rejects.toMatchObject({ code: 'ENOENT' });
});

test('where perf-gate is killed, it is killed too', async () => {
  const { outputFiles } = buildSync({
    ...{ entryPoints: [join(import.meta.dirname, '../fixtures/program.ts')], write: false, bundle: true },
    ...{ format: 'esm', platform: 'node' },
  });
  const script = outputFiles[0]?.text ?? '';
  const args = ['--input-type=module', '--eval', script];
  const parent = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(said);
  expect(isThere(pid)).toBe(true);
  parent.kill('SIGKILL');
  for (let i = 0; i < 250 && isThere(pid); i++) await sleep(20);
  expect(isThere(pid)).toBe(false);
});
