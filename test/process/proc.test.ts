/** Whom a run ends that it has started, and whom it leaves alone. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { endProcessesFrom } from '../../src/process/group.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const directory = realpathSync(scratchDirectory());
afterAll(() => removeDirectory(directory));

/** In a session of its own, as what goes to the background makes itself one. */
const sleeping = (command: string, env: Record<string, string> = {}, cwd = '/') =>
  spawn(command, ['60'], { cwd, env: { PATH: process.env['PATH'], ...env }, stdio: 'ignore', detached: true });

async function endOf(child: ChildProcess): Promise<NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.signalCode;
}

test('what was built there, services and builds are ended; whoever only works there is not', async () => {
  copyFileSync('/bin/sleep', join(directory, 'orders'));
  const ours = [
    sleeping(join(directory, 'orders')),
    sleeping('sleep', { PERF_GATE_SOCKET: join(directory, 'run/head-io-1.sock') }),
    sleeping('sleep', { GOTMPDIR: directory }),
  ];
  const others = [
    sleeping('sleep', { PWD: directory }, directory),
    sleeping('sleep', { PERF_GATE_SOCKET: `${directory}-2/run/head-io-1.sock` }),
  ];
  await Promise.all([...ours, ...others].map((child) => once(child, 'spawn')));
  try {
    await endProcessesFrom(directory);
    expect(await Promise.all(ours.map(endOf))).toEqual(['SIGKILL', 'SIGKILL', 'SIGKILL']);
    expect(others.map((child) => child.signalCode)).toEqual([null, null]);
  } finally {
    for (const child of [...ours, ...others]) child.kill('SIGKILL');
  }
});
