/** Completion as the shells themselves do it: in bash always, in fish and zsh where they are installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { entries } from '../../src/commands/spec.ts';
import { newRepository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
const cwd = join(scratch, 'repository');
const script = (shell: string) => join(scratch, `completion.${shell}`);

beforeAll(async () => {
  const repository = newRepository(cwd);
  repository.commit('start', { 'perf gate.yml': '', 'a.pb.gz': '' });
  repository.git('tag', 'v1.4.0');
  repository.git('branch', 'release/2');
  mkdirSync(join(cwd, 'out dir'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out, err } = await perfGate(cwd, ['completion', shell]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    writeFileSync(script(shell), out);
  }
});
afterAll(() => removeDirectory(scratch));

const hasShell = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What bash offers for the last word of a line; it takes `=` for a word of its own (COMP_WORDBREAKS). */
function inBash(line: string, directory = cwd): string[] {
  const words = line.split(' ').flatMap((word) => word.split(/(=)/).filter((part, i) => part !== '' || i === 0));
  const asArray = words.map((word) => `'${word}'`).join(' ');
  const program = `source ${script('bash')}; COMP_WORDS=(${asArray}); COMP_CWORD=${words.length - 1}; _perf_gate; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', program], { cwd: directory, encoding: 'utf8' });
  return out.split('\n').filter((word) => word !== '');
}

/** The same of fish, which adds descriptions. */
function inFish(line: string): string[] {
  const program = `source ${script('fish')}; complete -C ${JSON.stringify(line)}`;
  const out = execFileSync('fish', ['--no-config', '-c', program], { cwd, encoding: 'utf8' });
  return out.split('\n').flatMap((row) => row.split('\t')[0] || []);
}

const COMMANDS = entries.map(([name]) => name);

const STORIES: readonly (readonly [string, readonly string[]])[] = [
  ['perf-gate ', COMMANDS],
  ['perf-gate re', ['report']],
  ['perf-gate help pu', ['publish']],
  ['perf-gate --qui', ['--quick', '--quiet']],
  ['perf-gate run --no', []],
  ['perf-gate doctor --no', ['--no-service']],
  ['perf-gate --format ', ['text', 'markdown', 'json', 'junit']],
  ['perf-gate doctor --format ', ['text', 'json']],
  ['perf-gate run --on-inconclusive f', ['fail']],
  ['perf-gate save --instruments allocs,i', ['allocs,instructions', 'allocs,io']],
  ['perf-gate compare --set limits.cpu.', ['limits.cpu.total=', 'limits.cpu.function=', 'limits.cpu.floor=']],
  ['perf-gate baseline ', ['list', 'show', 'fetch', 'prune']],
  ['perf-gate baseline show v', ['v1.4.0']],
  ['perf-gate --base ', ['HEAD', 'main', 'release/2', 'v1.4.0']],
  ['perf-gate top a', ['a.pb.gz']],
  ['perf-gate run --config perf', ['perf gate.yml']],
  ['perf-gate completion ', ['bash', 'zsh', 'fish']],
  ['perf-gate run --budget ', []],
];

describe('bash', () => {
  test.each(STORIES)('%s', (line, words) => {
    expect(inBash(line).sort()).toEqual([...words].sort());
  });

  test('a value behind =', () => {
    expect(inBash('perf-gate run --format=m')).toEqual(['markdown']);
    expect(inBash('perf-gate run --format=')).toHaveLength(4);
  });

  test('a directory where one is wanted, with its space', () => {
    expect(inBash('perf-gate report out')).toEqual(['out dir']);
    expect(inBash('perf-gate --output o')).toEqual(['out dir']);
  });

  test('a branch that is called like a command, which is not run, neither now nor when the line is', () => {
    const directory = join(scratch, 'hostile');
    const { commit, git } = newRepository(directory);
    commit('start');
    git('branch', '$(>pwned)');
    const offered = ['\\$\\(\\>pwned\\)'];
    expect(inBash('perf-gate --base ', directory)).toEqual(['HEAD', ...offered, 'main']);
    // As it was typed, and as bash has begun to complete it.
    expect(inBash('perf-gate --base $', directory)).toEqual(offered);
    expect(inBash('perf-gate --base \\$', directory)).toEqual(offered);
    expect(existsSync(join(directory, 'pwned'))).toBe(false);
  });
});

// Where these shells are: bash is everywhere.
if (hasShell('fish')) {
  describe('fish', () => {
    test.each(STORIES)('%s', (line, words) => {
      expect(
        inFish(line)
          .map((word) => word.replaceAll('\\ ', ' '))
          .sort(),
      ).toEqual([...words].sort());
    });
  });
}

if (hasShell('zsh')) {
  test('zsh takes the script for sound', () => {
    execFileSync('zsh', ['-f', '-n', script('zsh')]);
  });
}
