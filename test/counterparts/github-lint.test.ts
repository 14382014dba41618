/**
 * Our own workflows and those of the examples before actionlint, which reads expressions too, and has shellcheck read what
 * they run. The public schemas are in orb.test.ts.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { actionlint, shellcheck } from './github-tools.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const workflows = ['.github/workflows', 'examples/github'].flatMap((directory) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${directory}/${name}`),
);

function lint(args: readonly string[], input = '') {
  const all = ['-no-color', '-oneline', '-pyflakes=', '-shellcheck', shellcheck(), ...args];
  const { status, stdout, stderr } = spawnSync(actionlint(), all, { cwd: ROOT, input, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

test('actionlint has nothing to say of any workflow', () => {
  expect(workflows).toHaveLength(5);
  expect(lint(workflows)).toEqual({ status: 0, said: '' });
});

test.each([
  ['an expression', 'examples/github/perf-gate.yml', 'github.event.', 'github.evnt.', '"evnt"'],
  ['a script', '.github/workflows/release.yml', '"$GITHUB_SHA"', '$GITHUB_SHA', 'SC2086'],
])('and has something to say of %s', (_, file, right, wrong, said) => {
  const text = readFileSync(join(ROOT, file), 'utf8');
  expect(text).toContain(right);
  expect(lint(['-'], text.replaceAll(right, wrong))).toEqual({ status: 1, said: expect.stringContaining(said) });
});
