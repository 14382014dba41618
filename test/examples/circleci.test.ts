/** The CircleCI example as CircleCI would run it: main is saved, and a pull request finds it and measures its own side alone. */
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { parseReport } from '../../src/report/json.ts';
import { runElement } from '../orbs/runner.ts';
import { type Fields, fields } from '../orbs/steps.ts';
import { bundledCli } from '../support/bundle.ts';
import { newRepository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { quick } from './quick.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLE = join(ROOT, 'examples/circleci');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

/** The parameters that the example gives a job. */
function parametersOf(job: string): Fields {
  const { jobs } = parse(read('examples/circleci/.circleci/config.yml')).workflows.performance;
  const { context, filters, ...parameters } = fields(jobs.map(fields).find((entry: Fields) => job in entry)[job]);
  return parameters;
}

test('a pull request is judged against what the main branch has saved', () => {
  const origin = newRepository(join(scratch, 'origin'));
  for (const from of [join(ROOT, 'examples/orders'), EXAMPLE]) cpSync(from, origin.directory, { recursive: true });
  origin.write('perf-gate.yml', quick(read('examples/circleci/perf-gate.yml')));
  origin.commit('orders');
  origin.git('config', 'uploadpack.allowFilter', 'true');
  const orb = parse(read('orbs/perf-gate.yml'));
  const cli = bundledCli(join(scratch, 'dist'));
  const job = (name: string, branch: string) => {
    const directory = join(scratch, branch);
    // As CircleCI checks out: with all history, and files only as they are needed.
    const clone = [
      'clone',
      '--quiet',
      '--filter=blob:none',
      '--branch',
      branch,
      `file://${origin.directory}`,
      directory,
    ];
    execFileSync('git', clone);
    const { CIRCLE_PULL_REQUEST, GITHUB_TOKEN, ...env } = process.env as Record<string, string>;
    const here = { 'install-valgrind': false, command: `node '${cli}'` };
    const circle = { directory, kept: join(scratch, 'kept'), env: { ...env, CIRCLECI: 'true', CIRCLE_BRANCH: branch } };
    return { directory, ...runElement(orb, 'jobs', name, { ...parametersOf(`perf-gate/${name}`), ...here }, circle) };
  };

  const saved = job('save', 'main');
  expect(saved.output).toContain('saved orders');
  expect(saved.exitCode).toBe(0);

  origin.git('switch', '--quiet', '--create', 'topic');
  origin.git('apply', join(ROOT, 'examples/orders-slower.patch'));
  origin.commit('orders: describe lines with fmt');
  origin.git('switch', '--quiet', 'main');
  const gated = job('gate', 'topic');
  expect(gated.exitCode).toBe(1);
  expect(gated.steps.at(-1)).toBe('run: The verdict');
  expect(gated.output).not.toContain('base: ');
  const report = parseReport(readFileSync(join(gated.directory, 'perf-gate-out/report.json'), 'utf8'));
  expect(report.causes[0]).toMatchObject({ file: 'internal/api/list.go', line: 120 });
  expect(readFileSync(join(gated.directory, 'perf-gate-out/junit.xml'), 'utf8')).toContain(
    'file="internal/api/list.go" line="120"',
  );
});
