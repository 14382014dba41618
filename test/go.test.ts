/** The Go module go/: it is held to Go's own rules, passes its tests, and all of it but those is in the program. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AGENT_FILES } from '../src/agent/install.ts';
import { CHANGES_PROGRAM } from '../src/changes/find.ts';
import { INSPECT_PROGRAM } from '../src/init/inspect.ts';

const MODULE = join(import.meta.dirname, '../go');

/** Nothing of the service that a test may stand in, nor anything from outside the module. */
const ENV = { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', GO111MODULE: 'on', CGO_ENABLED: '0' };
const OFFLINE = { ...ENV, GOPROXY: 'off' };

/** What a program prints; one that fails throws all of it. */
function printed(command: string, args: readonly string[], env: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: MODULE, env, encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
  return stdout;
}

test('is formatted', () => {
  expect(printed('gofmt', ['-l', '.'], OFFLINE)).toBe('');
});

describe.each([
  ['the Go that is here', OFFLINE],
  // What the agent and the programs have to compile with, from the oldest to the newest; downloaded where it is not here.
  // The agent stands in the service's module, whose go.mod may ask for the language of 1.16.
  ['Go 1.18', { ...ENV, GOTOOLCHAIN: 'go1.18.10', GOFLAGS: '-mod=mod -gcflags=perf-gate.local/agent=-lang=go1.16' }],
  ['Go 1.27', { ...ENV, GOTOOLCHAIN: 'go1.27.0' }],
])('with %s', (_, env) => {
  test('passes go vet', () => {
    printed('go', ['vet', './...'], env);
  });

  test('passes its own tests', () => {
    const packages = printed('go', ['test', './...'], env).trim().split('\n');
    // One without tests would pass too: `?   perf-gate.local/agent [no test files]`.
    expect(packages.filter((line) => !line.startsWith('ok '))).toEqual([]);
    expect(packages).toHaveLength(readdirSync(MODULE, { withFileTypes: true }).filter((e) => e.isDirectory()).length);
  });
});

test.each([
  ['agent', AGENT_FILES],
  ['changes', CHANGES_PROGRAM.files],
  ['inspect', INSPECT_PROGRAM.files],
])('every file of %s is given to go as it is, and no test', (name, files) => {
  const folder = join(MODULE, name);
  const sources = readdirSync(folder).filter((file) => !file.endsWith('_test.go'));
  expect({ ...files }).toEqual(
    Object.fromEntries(sources.map((file) => [file, readFileSync(join(folder, file), 'utf8')])),
  );
});
