/** The door of the action starts itself anew, without the rights of its step. (On Node 24: test/counterparts.) */
import { readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Replaceable, startAfresh } from '../../src/doors/start-afresh.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

let directory: string;
beforeEach(() => {
  directory = scratchDirectory();
});
afterEach(() => removeDirectory(directory));

type Call = readonly [file: string, args: readonly string[], env: Readonly<Record<string, string | undefined>>];

function processOf(argv: readonly string[], env: Record<string, string>) {
  const calls: Call[] = [];
  const own: Replaceable = {
    ...{ argv: ['node', 'action.js', ...argv], execArgv: ['--some-flag'], execPath: '/node', platform: 'linux', env },
    execve: (...call) => void calls.push(call),
  };
  return { own, calls };
}

const RIGHTS = { INPUT_TOKEN: 'secret', ACTIONS_RUNTIME_TOKEN: 'secret', GITHUB_OUTPUT: '/out' };

test('the new process is started without the rights, and has them all the same; nothing is left behind', () => {
  const { own, calls } = processOf([], { PATH: '/bin', GITHUB_SHA: 'abc', ...RIGHTS });
  startAfresh(own, directory);
  const [[file, args, env]] = calls as [Call];
  expect([file, env]).toEqual(['/node', { PATH: '/bin', GITHUB_SHA: 'abc' }]);
  expect(args.slice(0, 4)).toEqual(['/node', '--some-flag', '--disable-sigusr1', 'action.js']);
  expect(args.join()).not.toContain('secret');
  expect(statSync(args[4]!).mode & 0o077).toBe(0);

  const next = processOf(args.slice(4), { PATH: '/bin' });
  startAfresh(next.own, directory);
  expect(next.own.env).toEqual({ PATH: '/bin', ...RIGHTS });
  expect(next.calls).toEqual([]);
  expect(readdirSync(directory)).toEqual([]);
});

test('a Node that cannot replace its process goes on as it is', () => {
  const { own } = processOf([], { ...RIGHTS });
  for (const unable of [
    { ...own, execve: undefined },
    { ...own, platform: 'win32' },
  ]) {
    startAfresh(unable as Replaceable, directory);
    expect(unable.env).toEqual(RIGHTS);
  }
  expect(readdirSync(directory)).toEqual([]);
});
