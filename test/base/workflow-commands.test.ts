/** The command line in a step of GitHub Actions says nothing to the runner, whatever functions are called. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { withoutWorkflowCommands } from '../../src/base/workflow-commands.ts';
import { renderJson } from '../../src/report/json.ts';
import { obey } from '../action/runner.ts';
import { cause, fail } from '../report/reports.ts';
import { perfGate, removeDirectory, scratchDirectory, testWorld } from '../support/world.ts';

const inStep = { env: { GITHUB_ACTIONS: 'true' } };

describe('what is written', () => {
  const written = (...pieces: string[]) => {
    const world = testWorld('.', inStep);
    const { stdout } = withoutWorkflowCommands(world);
    for (const piece of pieces) stdout.write(piece);
    return world.out();
  };

  test.each([
    [['::set-output name=verdict::pass\n']],
    [['a line\n \t\u00a0::add-mask::e\n']],
    [['a line\r::error::x\n']],
    [['in the middle ##[add-mask]e\n', '##[error]x\n']],
    [['  ', '::error::in pieces\n']],
    [['a\n:', ':error::in pieces\n']],
    [['a #', '#', '[error]in pieces\n']],
  ])('%j', (pieces) => {
    const text = written(...pieces);
    expect(obey(pieces.join('').replaceAll('\r', '\n'))).not.toEqual([]);
    expect(obey(text.replaceAll('\r', '\n'))).toEqual([]);
    expect(text.replaceAll('\u200B', '')).toBe(pieces.join(''));
  });

  test.each([[['main.go:37: x::y a::b\n', '# [x] ## [y]\n']], [['a ', '::b\n']]])('is left alone: %j', (pieces) => {
    expect(written(...pieces)).toBe(pieces.join(''));
  });

  test('is left alone elsewhere', () => {
    const world = testWorld('.', { env: {} });
    expect(withoutWorkflowCommands(world)).toBe(world);
  });
});

describe('perf-gate', () => {
  let directory: string;
  beforeAll(() => {
    directory = scratchDirectory();
    mkdirSync(join(directory, 'perf-gate-out'));
    const names = ['::add-mask::e', '##[add-mask]e', 'x ##[error]y'];
    const causes = names.map((name) => cause(name, { file: name, line: 1, effects: fail.causes[0]!.effects }));
    const notes = names.map((text) => ({ code: 'x', text }));
    writeFileSync(
      join(directory, 'perf-gate-out', 'report.json'),
      renderJson({ ...fail, causes, notes, service: names[0]! }),
    );
  });
  afterAll(() => removeDirectory(directory));

  test.each(['text', 'markdown', 'json', 'junit'])('shows a report as %s without a command', async (format) => {
    const { code, out, err } = await perfGate(directory, ['report', '--format', format], inStep);
    expect({ code, commands: obey(`${out}${err}`) }).toEqual({ code: 0, commands: [] });
  });

  test('shows the same JSON there as elsewhere', async () => {
    const args = ['report', '--format', 'json'];
    const [there, here] = [await perfGate(directory, args, inStep), await perfGate(directory, args, { env: {} })];
    expect(JSON.parse(there.out)).toEqual(JSON.parse(here.out));
  });

  test('tells mistakes without a command', async () => {
    const { code, err } = await perfGate(directory, ['report', 'x\n::error::y ##[error]z'], inStep);
    expect({ code, commands: obey(err) }).toEqual({ code: 2, commands: [] });
  });
});
