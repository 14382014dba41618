/** The orb as a document: packed, valid, described; and the scripts as text. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Fields, fields } from './steps.ts';
import { problemsOf } from './validate.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCE = 'orbs/perf-gate/src';
const PACKED = 'orbs/perf-gate.yml';
const SCRIPTS = join(ROOT, SOURCE, 'scripts');

const text = readFileSync(join(ROOT, PACKED), 'utf8');
const read = () => parse(text) as Record<'commands' | 'jobs' | 'examples', Record<string, Fields>>;

describe('the packed orb', () => {
  test('is what the sources pack to', () => {
    const packing = ['orbs/pack.mjs', '--check', SOURCE, PACKED];
    const { status, stderr } = spawnSync('node', packing, { cwd: ROOT, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test('is valid, and everything in it is described', () => {
    expect(problemsOf(read())).toEqual([]);
  });

  test('says the same to readers of YAML 1.1 and of 1.2', () => {
    expect(parse(text, { version: '1.1' })).toEqual(read());
  });

  test('runs the version of perf-gate that it belongs to, and its examples use that version of it', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    const { commands, jobs, examples } = read();
    const parameters = [...Object.values(commands), ...Object.values(jobs)].map((element) =>
      fields(element['parameters']),
    );
    const defaults = parameters.flatMap((all) => ('version' in all ? fields(all['version'])['default'] : []));
    expect(new Set(defaults)).toEqual(new Set([version]));
    for (const { usage } of Object.values(examples)) {
      expect(fields(usage)['orbs']).toEqual({ 'perf-gate': `perf-gate/perf-gate@${version}` });
    }
  });

  test('gives a job the parameters of its command, with the same defaults', () => {
    const { commands, jobs } = read();
    for (const name of Object.keys(jobs)) {
      expect(jobs[name]?.['parameters']).toMatchObject(fields(commands[name]?.['parameters']));
    }
  });
});

describe('the validation refuses', () => {
  const text = { type: 'string', description: 'a text' };
  test.each([
    ['an unknown type', '/commands/gate/parameters/base/type', 'text', 'commands.gate.parameters.base: no type: text'],
    [
      'a default of another type',
      '/commands/save/parameters/version/default',
      1,
      'commands.save.parameters.version: 1 is not of type string',
    ],
    [
      'a default that is not in the enum',
      '/executors/docker/parameters/go',
      { type: 'enum', enum: ['1.25'], default: '1.26', description: 'Go' },
      'executors.docker.parameters.go: "1.26" is not of type enum',
    ],
    ['a parameter that nobody uses', '/jobs/save/parameters/key', text, 'jobs.save: key is not used'],
    [
      'a parameter that nobody declares',
      '/commands/gate/parameters/output',
      undefined,
      'commands.gate: output is not declared',
    ],
    [
      'a misspelt step',
      '/commands/save/steps/-',
      { store_artefacts: { path: 'x' } },
      'commands.save.steps[4]: no such step: store_artefacts',
    ],
    [
      'a misspelt key of a step',
      '/commands/save/steps/-',
      { run: { cmd: 'x' } },
      'commands.save.steps[4]: unknown key cmd',
    ],
    [
      'a value that YAML made something else of',
      '/jobs/save/steps/-',
      { attach_workspace: { at: Number.NaN } },
      'jobs.save.steps[2]: at cannot be NaN',
    ],
    [
      'a step without a parameter that it needs',
      '/commands/publish/parameters/title',
      text,
      'commands.gate.steps[3].steps[0]: needs title',
    ],
    ['a parameter that is not taken', '/jobs/gate/steps/1/gate/bse', 'main', 'jobs.gate.steps[1]: takes no bse'],
    [
      'a command named like a built-in step',
      '/commands/run',
      { description: 'runs', steps: ['checkout'] },
      'commands.run: named like a built-in step',
    ],
    [
      'an executor that is not there',
      '/jobs/gate/parameters/executor/default',
      'dokcer',
      'jobs.gate: no such executor: dokcer',
    ],
    [
      'an element without a description',
      '/executors/machine/description',
      undefined,
      'executors.machine: no description',
    ],
    [
      'a parameter without a description',
      '/jobs/publish/parameters/output/description',
      ' ',
      'jobs.publish.parameters.output: no description',
    ],
    [
      'an example of a job that is not there',
      '/examples/machine/usage/workflows/performance/jobs/-',
      'perf-gate/run',
      'examples.machine.workflows.performance.perf-gate/run: no such job: perf-gate/run',
    ],
    [
      'an example with a parameter that is not there',
      '/examples/own-job/usage/jobs/performance/steps/2/perf-gate~1gate/conf',
      'x',
      'examples.own-job.jobs.performance.steps[2]: takes no conf',
    ],
    [
      'a here-document that is not escaped',
      '/commands/save/steps/-',
      { run: 'cat <<EOF' },
      'commands.save: not a parameter, and not escaped: <<EOF',
    ],
  ])('%s', (_, pointer, value, problem) => {
    const orb = read();
    put(orb, pointer, value);
    expect(problemsOf(orb)).toContain(problem);
  });
});

/** Puts a value at a JSON Pointer (RFC 6901), `-` being behind the last item; takes away what is there for undefined. */
function put(document: object, pointer: string, value: unknown): void {
  const path = pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/'));
  const last = path.pop() as string;
  let at = document as Record<string, unknown>;
  for (const part of path) at = at[part] as Record<string, unknown>;
  if (last === '-') (at as unknown as unknown[]).push(value);
  else if (value === undefined) delete at[last];
  else at[last] = value;
}

describe('the scripts', () => {
  const names = readdirSync(SCRIPTS);
  const runs = [...stepsOf(read())];

  test('are all included', () => {
    const included = new Set(runs.map(({ command }) => command));
    for (const name of names)
      expect(included).toContain(readFileSync(join(SCRIPTS, name), 'utf8').replaceAll('<<', '\\<<'));
    expect(included.size).toBe(names.length);
  });

  test.each(names)('%s is bash that stops at the first failure', (name) => {
    const script = readFileSync(join(SCRIPTS, name), 'utf8');
    execFileSync('bash', ['-n', join(SCRIPTS, name)]);
    expect(script).toMatch(/^#!\/usr\/bin\/env bash\n(#.*\n)+set -euo pipefail\n/);
  });

  test('take their parameters from the environment, and what they take is given', () => {
    for (const { name, command, environment } of runs) {
      expect(command.replaceAll('\\<<', '')).not.toContain('<<');
      const taken = new Set([...command.matchAll(/\bPARAM_\w+/g)].map(([variable]) => variable));
      const given = new Set(Object.keys(environment));
      expect({ name, unknown: [...given].filter((variable) => !taken.has(variable)) }).toEqual({ name, unknown: [] });
      // What is not given everywhere has a default in the script.
      const needed = [...taken].filter((variable) => !command.includes(`\${${variable}:-}`));
      expect({ name, missing: needed.filter((variable) => !given.has(variable)) }).toEqual({ name, missing: [] });
    }
  });
});

function* stepsOf(node: unknown): Generator<{ name: string; command: string; environment: Fields }> {
  if (typeof node !== 'object' || node === null) return;
  const { run } = node as { run?: { name: string; command: string; environment?: Fields } };
  if (typeof run?.command === 'string') yield { ...run, environment: run.environment ?? {} };
  const { examples, ...rest } = node as Fields;
  for (const value of Object.values(rest)) yield* stepsOf(value);
}
