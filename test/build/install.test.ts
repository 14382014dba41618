import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { AGENT_ANCHOR, AGENT_FILES, installAgent } from '../../src/agent/install.ts';
import { MeasurementError } from '../../src/base/errors.ts';
import { errorOf, newDirectory, removeDirectories } from './service.ts';

afterAll(removeDirectories);

test('all files of the agent are installed, as they are', async () => {
  const directory = newDirectory({ 'main.go': 'package main\n' });
  await installAgent(directory);
  for (const [name, text] of Object.entries(AGENT_FILES)) {
    expect(readFileSync(join(directory, name), 'utf8')).toBe(text);
  }
  const text = Object.values(AGENT_FILES).join('');
  expect(text).toContain(`func ${AGENT_ANCHOR.replace('main.', '')}()`);
});

test('nothing is overwritten', async () => {
  const directory = newDirectory({ 'perf_gate_agent_runtime.go': 'mine' });
  const error = await errorOf(installAgent(directory));
  expect(error).toBeInstanceOf(MeasurementError);
  expect(error.message).toBe(
    `${join(directory, 'perf_gate_agent_runtime.go')} is there already: perf-gate adds a file of this name`,
  );
  expect(readFileSync(join(directory, 'perf_gate_agent_runtime.go'), 'utf8')).toBe('mine');
});
