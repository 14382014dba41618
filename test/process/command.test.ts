import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import { MeasurementError } from '../../src/base/errors.ts';
import { ask, type Command, shellWord, shown, withCommand } from '../../src/process/command.ts';
import { endProcessesFrom } from '../../src/process/group.ts';
import { processesFrom } from '../../src/process/proc.ts';
import { errorOf, newDirectory, removeDirectories } from '../build/service.ts';

afterAll(removeDirectories);

const cwd = newDirectory();
const sh = (script: string, more: Partial<Command> = {}): Command => ({
  command: 'sh',
  args: ['-c', script],
  cwd,
  env: process.env,
  signal: new AbortController().signal,
  ...more,
});

async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 500; i++) {
    try {
      if (/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return true;
    } catch {
      return true; // no such process
    }
    await sleep(20);
  }
  return false;
}

/** What a command that still runs has written, once it has. */
async function said(logFile: string, text: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const found = text.exec(readFileSync(logFile, 'utf8'));
    if (found !== null) return found;
    await sleep(10);
  }
}

test('the answer, whatever the exit code, and all of it in the log', async () => {
  const logFile = join(newDirectory(), 'log');
  expect(await ask(sh('echo out; echo err >&2; exit 3', { logFile }))).toEqual({
    exitCode: 3,
    stdout: 'out\n',
    output: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
  });
  expect(readFileSync(logFile, 'utf8')).toContain(`$ cd ${cwd} && sh -c 'echo out; echo err >&2; exit 3'\n`);
  expect(readFileSync(logFile, 'utf8')).toContain('err\n');
});

test('a log that cannot be written any more is told when the command has ended', async () => {
  const logFile = join(newDirectory(), 'log');
  const error = await ask(sh(`rm ${logFile}; mkdir ${logFile}; echo out; sleep 0.1; touch ended`, { logFile })).catch(
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ code: 'EISDIR' });
  expect(existsSync(join(cwd, 'ended'))).toBe(true);
});

test('nothing is inherited but what is given', async () => {
  expect(
    (await ask(sh('echo "$HOME:$GIVEN"', { env: { PATH: process.env['PATH'], GIVEN: 'x', HOME: undefined } }))).stdout,
  ).toBe(':x\n');
});

test('of much output the end is kept, as plain text', async () => {
  const { output, stdout } = await ask(
    sh(
      `yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -n 200000; printf '\\033[31mred\\033[0m\\007\\rend'`,
    ),
  );
  expect(output.length).toBeLessThanOrEqual(64 * 1024);
  expect(stdout.length).toBeLessThanOrEqual(4 * 1024 * 1024);
  expect(output.endsWith('\nred\nend')).toBe(true);
});

test('a child that is left behind neither lives on nor keeps us waiting', async () => {
  const { stdout } = await ask(sh('sleep 60 & echo $!'));
  expect(await isGone(Number(stdout))).toBe(true);
});

test('one in the background with our output is not waited for; the end of the run ends it', async () => {
  const env = { ...process.env, GOTMPDIR: cwd };
  const started = performance.now();
  // Until it has left the group it would end with it.
  const away = join(newDirectory(), 'away');
  const script = `setsid -f env -i sh -c "cd /; : >${away}; sleep 60; true"; until [ -e ${away} ]; do sleep 0.01; done`;
  const { stdout } = await ask(sh(`${script}; echo started`, { env }));
  expect(stdout).toBe('started\n');
  expect(performance.now() - started).toBeLessThan(20_000);
  const left = processesFrom(cwd);
  expect(left).not.toEqual([]);
  await endProcessesFrom(cwd);
  for (const pid of left) expect(await isGone(pid)).toBe(true);
});

test('an interruption ends the whole group', async () => {
  const stop = new AbortController();
  const logFile = join(newDirectory(), 'log');
  const asked = ask(sh('sleep 60 & echo child $!; wait', { signal: stop.signal, logFile }));
  const [, pid] = await said(logFile, /^child (\d+)$/m);
  stop.abort(new Error('stopped by a person'));
  await expect(asked).rejects.toThrow('stopped by a person');
  expect(await isGone(Number(pid))).toBe(true);
  await expect(ask(sh('true', { signal: stop.signal }))).rejects.toThrow('stopped by a person');
});

test('everybody in the group is asked politely first', async () => {
  const stop = new AbortController();
  const logFile = join(newDirectory(), 'log');
  // A shell runs its trap only when what it waits for has ended.
  const script = `trap "echo cleaned up; exit 1" TERM; sh -c 'echo ready; exec sleep 60'`;
  const asked = ask(sh(script, { signal: stop.signal, logFile }));
  await said(logFile, /^ready$/m);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
  expect(readFileSync(logFile, 'utf8')).toMatch(/^cleaned up$/m);
});

test('one that ignores a polite signal is killed', async () => {
  const stop = new AbortController();
  const logFile = join(newDirectory(), 'log');
  const script = 'trap "" TERM; echo ready; while :; do sleep 0.05; done';
  const asked = ask(sh(script, { signal: stop.signal, logFile }));
  await said(logFile, /^ready$/m);
  stop.abort(new Error('stopped'));
  await expect(asked).rejects.toThrow('stopped');
});

test('one that does not exist, or is killed, is an error', async () => {
  const missing = await errorOf(ask(sh('', { command: 'no-such-command', args: [] })));
  expect(missing).toBeInstanceOf(MeasurementError);
  expect(missing.hint).toBe('is no-such-command installed and on PATH?');
  expect((await errorOf(ask(sh('kill -9 $$')))).message).toContain('SIGKILL');
});

test('a command as one line', () => {
  expect(shellWord("it's")).toBe(`'it'\\''s'`);
  const command = sh('a b', { shownEnv: { GOFLAGS: '-s -w', X: '' } });
  expect(shown(command)).toBe(`cd ${cwd} && GOFLAGS='-s -w' X='' sh -c 'a b'`);
  expect(withCommand('', command)).toBe(`$ ${shown(command)}`);
  const lines = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n');
  expect(withCommand(lines, command).split('\n')).toEqual([
    '…',
    ...lines.split('\n').slice(-40),
    `$ ${shown(command)}`,
  ]);
});
