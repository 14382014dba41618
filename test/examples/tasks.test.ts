/** The example with a config file, a token and a sequence does what its README says. */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { parseReport } from '../../src/report/json.ts';
import { newRepository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import { quick } from './quick.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

test('its port is in a file of its own, its token in no file, and its list as long as before', async () => {
  const directory = join(scratch, 'tasks');
  cpSync(fileURLToPath(new URL('../../examples/tasks', import.meta.url)), directory, { recursive: true });
  const repository = newRepository(directory);
  repository.write('perf-gate.yml', quick(repository.read('perf-gate.yml')));
  repository.commit('as it is', { '.gitignore': 'perf-gate-out\n' });
  repository.edit(
    'internal/tasks/list.go',
    '	task, ok := l.tasks[id]\n	return',
    '	copied := make(map[string]Task, 100)\n	for id, task := range l.tasks {\n		copied[id] = task\n	}\n	task, ok := copied[id]\n	return',
  );

  const run = (env: Record<string, string>) =>
    perfGate(directory, ['--format', 'json'], { env: { ...process.env, ...env } });
  const { code, out, err } = await run({ TASKS_TOKEN: 'anything-for-a-try' });
  expect({ code, err: code === 1 ? '' : err }).toEqual({ code: 1, err: '' });
  const { causes, notes } = parseReport(out);
  expect(causes[0]).toMatchObject({ function: 'example.com/tasks/internal/tasks.(*List).Find' });
  expect(notes).toEqual([]);
  expect(repository.git('status', '--porcelain')).toBe('M internal/tasks/list.go');

  const without = await run({ TASKS_TOKEN: '' });
  expect(without.code).toBe(2);
  expect(without.err).toMatch(/request "make": the environment has no TASKS_TOKEN\n/);
});
