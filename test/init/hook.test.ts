/** The pre-push hook: what git really does with it, and what it leaves alone. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openRepository } from '../../src/git/repository.ts';
import { addHook } from '../../src/init/hook.ts';
import { tellHook } from '../../src/init/told.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let repository: Repository;
let count = 0;

beforeEach(() => {
  repository = newRepository(join(scratch, `repository-${count++}`));
  repository.commit('start', { 'a.txt': 'a' });
});

async function add(config?: string) {
  const repo = await openRepository(repository.directory, { env: process.env, temporaryDirectory: scratch });
  return addHook(repo, config);
}

const HOOK = '.git/hooks/pre-push';

describe('a push', () => {
  let bin: string;
  let log: string;

  beforeEach(async () => {
    execFileSync('git', ['init', '--quiet', '--bare', join(repository.directory, '..', `remote-${count}.git`)]);
    repository.git('remote', 'add', 'origin', `../remote-${count}.git`);
    bin = join(repository.directory, '..', `bin-${count}`);
    log = join(bin, 'log');
    mkdirSync(bin);
    answer(0);
    expect(await add()).toEqual({ kind: 'written', file: HOOK });
  });

  /** An npx that notes what it is asked and answers with a verdict. */
  function answer(code: number): void {
    writeFileSync(join(bin, 'npx'), `#!/bin/sh\necho "$@" >> ${log}\ncat >> ${log}\nexit ${code}\n`);
    chmodSync(join(bin, 'npx'), 0o755);
  }

  function push(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const PATH = `${bin}:${process.env['PATH']}`;
    const cwd = repository.directory;
    const { status, stderr } = spawnSync('git', ['push', '--quiet', ...args], {
      cwd,
      env: { ...process.env, PATH, ...env },
      encoding: 'utf8',
    });
    const asked = existsSync(log) ? readFileSync(log, 'utf8') : '';
    return { isPushed: status === 0, stderr, asked };
  }

  test('is measured at the commit that is pushed, once for each branch', () => {
    const commit = repository.git('rev-parse', 'HEAD');
    repository.git('branch', 'other');
    expect(push(['origin', 'main', 'other'])).toMatchObject({
      isPushed: true,
      asked: `perf-gate --quick --head ${commit}\n`.repeat(2),
    });
  });

  test('is stopped by a fail, and told how to go on', () => {
    answer(1);
    const { isPushed, stderr } = push(['origin', 'main']);
    expect(isPushed).toBe(false);
    expect(stderr).toContain('perf-gate: the push was stopped; PERF_GATE_SKIP=1 git push goes ahead without perf-gate');
  });

  test('is not measured if the person does not want it', () => {
    answer(1);
    expect(push(['origin', 'main'], { PERF_GATE_SKIP: '1' })).toMatchObject({ isPushed: true, asked: '' });
    repository.commit('more');
    expect(push(['--no-verify', 'origin', 'main'])).toMatchObject({ isPushed: true, asked: '' });
  });

  test('of a tag, and of a branch that goes away, is not measured', () => {
    push(['origin', 'main', 'HEAD:gone'], { PERF_GATE_SKIP: '1' });
    repository.git('tag', 'v1');
    expect(push(['origin', 'v1'])).toMatchObject({ isPushed: true, asked: '' });
    expect(push(['origin', ':gone'])).toMatchObject({ isPushed: true, asked: '' });
  });

  test('goes on with the same hook when it is added again', async () => {
    const before = repository.read(HOOK);
    expect(await add()).toEqual({ kind: 'written', file: HOOK });
    expect(repository.read(HOOK)).toBe(before);
  });
});

test('the hook names the config that would not be found from the root', async () => {
  await add("services/shop's/perf-gate.yml");
  expect(repository.read(HOOK)).toContain(
    `npx perf-gate --quick --config 'services/shop'\\''s/perf-gate.yml' --head "$local_commit"`,
  );
});

describe('nothing is written where somebody else looks after the hooks, and the lines to add are told', () => {
  test.each<[string, string, string, string]>([
    ['lefthook looks after the hooks', 'lefthook.yml', 'lefthook.yml', '      run: npx perf-gate --quick --head HEAD'],
    ['husky looks after the hooks', '.husky/pre-commit', '.husky/pre-push', 'npx perf-gate --quick --head HEAD'],
    [
      'pre-commit looks after the hooks',
      '.pre-commit-config.yaml',
      '.pre-commit-config.yaml',
      '      entry: npx perf-gate --quick --head HEAD',
    ],
    [
      'there is a pre-push hook already',
      HOOK,
      HOOK,
      '[ -n "$PERF_GATE_SKIP" ] || npx perf-gate --quick --head HEAD </dev/null || exit 1',
    ],
  ])('%s', async (why, there, file, line) => {
    repository.write(there, 'theirs\n');
    const outcome = await add();
    expect(outcome).toMatchObject({ kind: 'told', why, file, lines: expect.arrayContaining([line]) });
    expect(repository.read(there)).toBe('theirs\n');
    expect(there === HOOK || !existsSync(join(repository.directory, HOOK))).toBe(true);
    expect(tellHook(outcome)).toContain(`${why}, so no hook was written; add this to ${file}:\n\n  `);
  });

  test('core.hooksPath', async () => {
    repository.git('config', 'core.hooksPath', 'build/hooks');
    expect(await add()).toEqual({
      kind: 'told',
      why: 'core.hooksPath is set',
      file: 'build/hooks/pre-push',
      lines: ['npx perf-gate --quick --head HEAD'],
    });
    expect(existsSync(join(repository.directory, 'build'))).toBe(false);
  });
});
