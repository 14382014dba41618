/** The bundled action on pull requests, as a runner would run it, against a GitHub that keeps what it is given. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parseReport, renderJson } from '../../src/report/json.ts';
import { type FakeGitHub, fakeGitHub, TOKENS } from '../publish/fake-github.ts';
import { pass } from '../report/reports.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { bundleAction, runStep, type Step, type StepResult } from './runner.ts';
import { CONFIG, newShop, openedAt, SAME_CODE, type Shop, SLOWER } from './shop.ts';

let scratch: string;
let action: string;
let shop: Shop;
let github: FakeGitHub;

beforeAll(() => {
  scratch = scratchDirectory();
  action = bundleAction(join(scratch, 'action'));
  shop = newShop(scratch);
});
afterAll(() => removeDirectory(scratch));

beforeEach(async () => {
  github = await fakeGitHub();
});
afterEach(async () => {
  await github[Symbol.asyncDispose]();
  expect(github.complaints).toEqual([]);
});

/** Opens number 7, or pushes to it. */
function openPullRequest(files: Readonly<Record<string, string>>, baseFiles?: Readonly<Record<string, string>>) {
  const { head, ...made } = shop.pullRequest(files, baseFiles);
  github.pulls.splice(0, 1, openedAt(head));
  return made;
}

let workspaces = 0;

/** Runs the action on a pull request with these files; nothing of the token may be seen, and no temporary file stay. */
async function onPullRequest(
  files: Readonly<Record<string, string>>,
  step: Partial<Step> = {},
  baseFiles?: Readonly<Record<string, string>>,
): Promise<StepResult & { workspace: string }> {
  const { merge, event } = openPullRequest(files, baseFiles);
  const workspace = shop.checkout(merge, `workspace-${workspaces++}`);
  const token = step.token ?? TOKENS.job;
  const env = { GITHUB_SHA: merge, GITHUB_REF: 'refs/pull/7/merge', GITHUB_API_URL: github.apiUrl, ...step.env };
  const result = await runStep({ action, workspace, event, ...step, token, env });
  expect(result.masks).toEqual([token]);
  for (const text of [
    result.log.replace(`::add-mask::${token}\n`, ''),
    result.summary,
    ...Object.values(result.outputs),
  ]) {
    expect(text).not.toContain(token);
  }
  expect(result.left).toBe('');
  expect(result.temporaryFiles).toEqual([]);
  return { ...result, workspace };
}

const annotations = ({ commands }: StepResult) =>
  commands.map(({ name, properties: { title, file, line } }) => [name, title, ...(file ? [`${file}:${line}`] : [])]);

describe('a pull request that costs more', () => {
  test('fails after it was shown everywhere, in a checkout of one commit', async () => {
    const witness = join(scratch, 'environment');
    // A job that has it in a variable as well.
    const env = { GITHUB_TOKEN: TOKENS.job };
    const config = CONFIG.replace('  args:', `  setup: ["env > ${witness}"]\n  args:`);
    github.fail({ on: 'POST /repos', times: 2, answer: { status: 502 } });
    const result = await onPullRequest({ ...SLOWER, 'perf-gate.yml': config }, { env });
    const { code, outputs, summary, log, workspace } = result;

    expect(code).toBe(1);
    const [comment] = github.comments;
    const directory = join(workspace, 'perf-gate-out');
    expect(outputs).toEqual({
      verdict: 'fail',
      findings: '2',
      report: join(directory, 'report.md'),
      'report-json': join(directory, 'report.json'),
      'baseline-source': 'measured',
      'comment-url': comment!.url,
    });
    const report = parseReport(readFileSync(outputs['report-json']!, 'utf8'));
    expect(report).toMatchObject({ verdict: 'fail', service: 'shop' });
    expect(report.base.commit).toBe(shop.repository.git('rev-parse', `${report.head.commit}^1`));
    expect(report.causes[0]).toMatchObject({ function: 'main.greet', file: 'greet.go' });

    expect(summary.trim()).toBe(readFileSync(outputs['report']!, 'utf8').trim());
    expect(github.comments).toHaveLength(1);
    expect(comment!.body).toContain(summary.trim());
    expect(comment!.body).toContain('(https://github.test/acme/shop/actions/runs/5)');
    expect(log).toContain('perf-gate  FAIL  shop');
    expect(annotations(result)).toEqual([
      ['error', 'perf-gate: fail'],
      ['error', 'perf-gate: main.greet', `greet.go:${report.causes[0]!.line}`],
    ]);

    // What builds and serves the code of a pull request has none of the job's rights.
    const environment = readFileSync(witness, 'utf8');
    expect(environment).toContain('GITHUB_SHA=');
    expect(environment).not.toMatch(/^(INPUT_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)=)/m);
    expect(environment).not.toContain(TOKENS.job);
  });
});

describe('a pull request of the same code', () => {
  test('passes with a summary, and without a comment or a mark', async () => {
    const { code, outputs, summary, commands } = await onPullRequest(SAME_CODE);
    expect(code).toBe(0);
    expect(outputs).toMatchObject({ verdict: 'pass', findings: '0', 'baseline-source': '', 'comment-url': '' });
    expect(summary).toContain('Same machine code');
    expect(commands).toEqual([]);
    expect(github.comments).toEqual([]);
  });

  test('has a report for each scenario, in the directory that the outputs name', async () => {
    const config = CONFIG.replace(
      'load:\n  requests: [GET /]',
      'scenarios: { first: { requests: [GET /] }, second: { requests: [GET /] } }',
    );
    const scenarios = { 'perf-gate.yml': config };
    const { code, outputs, summary, log, workspace } = await onPullRequest(SAME_CODE, {}, scenarios);
    expect(code).toBe(0);
    const directory = join(workspace, 'perf-gate-out');
    expect(outputs).toMatchObject({ verdict: 'pass', findings: '0', report: directory, 'report-json': directory });
    for (const scenario of ['first', 'second']) {
      expect(parseReport(readFileSync(join(directory, scenario, 'report.json'), 'utf8')).scenario).toBe(scenario);
    }
    expect(summary).toMatch(/^\*\*perf-gate: pass\*\* · shop · first pass, second pass\n/);
    expect(log).toContain('perf-gate  PASS  shop · second');
  });

  test('passes all the same where nothing can be delivered', async () => {
    // A comment is there, so that there is something to write.
    await onPullRequest({ 'greet.go': 'package main\n' });
    const [before] = github.comments.map(({ body }) => body);
    const result = await onPullRequest(SAME_CODE, {
      token: TOKENS.fork,
      env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' },
    });
    expect(result.code).toBe(0);
    expect(result.outputs['verdict']).toBe('pass');
    expect(annotations(result)).toEqual([
      ['warning', 'perf-gate'],
      ['notice', 'perf-gate'],
    ]);
    expect(result.commands.map(({ message }) => message).join()).toMatch(
      /summary could not be written.*pull-requests: write/,
    );
    expect(github.comments.map(({ body }) => body)).toEqual([before]);
  });

  test('of which a part of the workspace is the repository says nothing to GitHub when that is not wanted', async () => {
    const { merge, event } = openPullRequest(SAME_CODE);
    const workspace = join(scratch, `workspace-${workspaces++}`);
    shop.checkout(merge, join(`workspace-${workspaces - 1}`, 'services', 'shop'));
    const inputs = { 'working-directory': 'services/shop', comment: 'false', summary: 'false', output: '../../out' };
    const env = { GITHUB_SHA: merge, GITHUB_API_URL: github.apiUrl };
    const { code, outputs, summary } = await runStep({ action, workspace, event, token: TOKENS.job, inputs, env });
    expect(code).toBe(0);
    expect(outputs['report-json']).toBe(join(workspace, 'out', 'report.json'));
    expect(existsSync(outputs['report-json']!)).toBe(true);
    expect(summary).toBe('');
    expect(github.requests).toEqual([]);
  });
});

describe('a commit that cannot be saved', () => {
  /** In a workspace in which earlier steps have left these files. */
  async function save(config: string, left: Readonly<Record<string, string>> = {}): Promise<StepResult> {
    const { merge, event } = openPullRequest({ 'perf-gate.yml': config });
    const workspace = shop.checkout(merge, `workspace-${workspaces++}`);
    for (const [name, text] of Object.entries(left)) writeFileSync(join(workspace, name), text);
    const env = { GITHUB_SHA: merge, GITHUB_API_URL: github.apiUrl };
    return runStep({ action, workspace, event, token: TOKENS.job, inputs: { command: 'save' }, env });
  }

  test('fails as the command line does, and says why on the page of the run too', async () => {
    const config = `${CONFIG}baseline: { store: directory, path: .cache/perf-gate }\n`;
    const result = await save(config, { 'greet.go': 'package main\n' });
    expect(result.code).toBe(2);
    const why =
      /perf-gate: (.* has uncommitted changes, .*)\n {2}\| {2}M greet\.go\n {2}-> (commit or stash them; .*)\n/;
    const [, message, hint] = why.exec(result.log) ?? [];
    expect(result.commands).toEqual([
      { name: 'error', properties: { title: 'perf-gate: no verdict' }, message: `${message}\n${hint}` },
    ]);
  });

  test('for the mistakes in its config has each of them at its line', async () => {
    const result = await save(`${CONFIG}lode: {}\nbudget: never\n`);
    expect(result.code).toBe(2);
    expect(annotations(result)).toEqual([
      ['error', 'perf-gate: no verdict', 'perf-gate.yml:9'],
      ['error', 'perf-gate: no verdict', 'perf-gate.yml:10'],
    ]);
  });
});

describe('a pull request that cannot be measured', () => {
  test('fails as the command line does, says why, and takes back what its comment said', async () => {
    const noise = ['::error::obey me', '  ::set-output name=verdict::pass', 'x ##[add-mask]e', '::stop-commands::x'];
    const script = noise.map((line) => `echo '${line}'`).join('; ');
    const config = CONFIG.replace('  args:', `  setup: ["${script}; exit 3"]\n  args:`);
    const result = await onPullRequest({ 'perf-gate.yml': config });
    expect(result.code).toBe(3);
    expect(result.outputs).toEqual({ verdict: 'invalid', 'comment-url': github.comments[0]!.url });
    expect(result.summary).toContain('**perf-gate: no verdict** · shop');
    expect(github.comments[0]!.body).toContain(result.summary.trim());
    // What the setup has written is shown, and nothing of it is obeyed.
    for (const line of noise) expect(result.log).toContain(line.trim());
    expect(annotations(result)).toEqual([['error', 'perf-gate: no verdict']]);
    expect(result.outputs['verdict']).toBe('invalid');

    // Whose comment it is, is known by the name of the config, also where nobody can read that.
    const { outputs } = await onPullRequest({ 'perf-gate.yml': `${config}lode: {}\n` });
    expect(outputs).toEqual({ verdict: 'invalid', 'comment-url': github.comments[0]!.url });
    expect(github.comments.map(({ body }) => body.split('\n')[1])).toEqual([
      `**perf-gate: no verdict** · ${github.pulls[0]!.head.sha.slice(0, 7)}`,
    ]);
  });

  test('for the mistakes in its config has each of them at its line', async () => {
    const committed = { 'perf-gate-out/report.json': renderJson(pass), 'perf-gate-out/report.md': 'pass' };
    const result = await onPullRequest({ ...committed, 'perf-gate.yml': `${CONFIG}lode: {}\nbudget: never\n` });
    // What is kept as an artifact would be shown for this run's.
    expect(existsSync(join(result.workspace, 'perf-gate-out'))).toBe(false);
    expect(result.code).toBe(2);
    expect(annotations(result)).toEqual([
      ['error', 'perf-gate: no verdict', 'perf-gate.yml:9'],
      ['error', 'perf-gate: no verdict', 'perf-gate.yml:10'],
    ]);
    expect(result.summary).toMatch(/- perf-gate\.yml:9:.*\n- perf-gate\.yml:10:/);
    // There is nothing that it would put right.
    expect(github.comments).toEqual([]);
  });
});

describe('the job', () => {
  test('is refused where a fork would have the rights of the repository, before anything of it runs', async () => {
    const { merge, event } = openPullRequest({
      'perf-gate.yml': CONFIG.replace('  args:', '  setup: ["touch ran"]\n  args:'),
    });
    for (const command of ['run', 'save']) {
      const workspace = shop.checkout(merge, `workspace-${workspaces++}`);
      const { code, log } = await runStep({
        action,
        workspace,
        token: TOKENS.job,
        event: { ...event, name: 'pull_request_target' },
        inputs: { command },
        env: { GITHUB_SHA: merge, GITHUB_API_URL: github.apiUrl },
      });
      expect(code).toBe(2);
      expect(log).toContain('in a job on pull_request_target the code of a fork would run with the rights');
      expect(existsSync(join(workspace, 'perf-gate-out'))).toBe(false);
    }
  });

  test('is refused on a comment where a pull request is checked out, unless an input says so', async () => {
    const { merge, event } = openPullRequest(SAME_CODE);
    const run = (command: string, allowed: string) =>
      runStep({
        action,
        workspace: shop.checkout(merge, `workspace-${workspaces++}`),
        token: TOKENS.job,
        event: { ...event, name: 'issue_comment' },
        inputs: { command, 'allow-foreign-code': allowed },
        env: { GITHUB_SHA: shop.repository.git('rev-parse', `${merge}^1`), GITHUB_API_URL: github.apiUrl },
      });
    const refusal = `${merge.slice(0, 7)} is neither the commit of this event nor on a branch`;
    for (const command of ['run', 'save']) {
      const { code, log } = await run(command, 'false');
      expect(code).toBe(2);
      expect(log).toContain(refusal);
      expect((await run(command, 'true')).log).not.toContain(refusal);
    }
  });

  test.each([
    [{ command: 'lint' }, 'the input command is run, save or publish, not "lint"'],
    [{ comment: 'maybe' }, 'the input comment is true or false, not "maybe"'],
    [{ 'working-directory': 'nowhere' }, 'the working-directory nowhere is not a directory'],
    [{ base: 'v9' }, 'there is no commit, branch or tag "v9"'],
  ])('with the inputs %j is told what is wrong', async (inputs, words) => {
    const { code, commands, outputs } = await onPullRequest(SAME_CODE, { inputs });
    expect(code).toBe(2);
    expect(commands.map(({ name }) => name)).toEqual(['error']);
    expect(commands[0]!.message).toContain(words);
    expect(outputs['verdict']).toBe('invalid');
  });

  test('that is cancelled stops at once, and publishes nothing', async () => {
    let isStopped = false;
    const { code, summary } = await onPullRequest(SLOWER, {
      onLog: (log, step) => {
        if (isStopped || !log.includes('building both sides')) return;
        isStopped = true;
        step.kill('SIGINT');
      },
    });
    expect(code).toBe(130);
    expect(summary).toBe('');
    expect(github.requests).toEqual([]);
  });

  test('outside of GitHub Actions says so', async () => {
    const env = { GITHUB_ACTIONS: '' };
    const { code, log } = await onPullRequest(SAME_CODE, { env });
    expect(code).toBe(2);
    expect(log).toContain('this is no job of GitHub Actions');
  });
});

describe('valgrind on a hosted runner', () => {
  test('is installed before it is needed, also where only the base wants it, which the log says', async () => {
    const bin = join(scratch, 'bin');
    rmSync(bin, { recursive: true, force: true });
    const { base, merge, event } = openPullRequest(
      { ...SAME_CODE, 'perf-gate.yml': CONFIG },
      { 'perf-gate.yml': CONFIG.replace('[allocs]', '[instructions, allocs]') },
    );
    const workspace = shop.checkout(merge, `workspace-${workspaces++}`);
    mkdirSync(bin);
    writeFileSync(join(bin, 'valgrind'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(bin, 'sudo'), `#!/bin/sh\nprintf "%s\\n" "$*" >> ${bin}/log\n`, { mode: 0o755 });
    writeFileSync(join(bin, 'id'), '#!/bin/sh\necho 1001\n', { mode: 0o755 });
    writeFileSync(join(bin, 'apt-get'), '#!/bin/sh\n', { mode: 0o755 });
    const step = {
      action,
      workspace,
      event,
      token: TOKENS.job,
      env: {
        ...{ GITHUB_SHA: merge, GITHUB_API_URL: github.apiUrl, PATH: `${bin}:${process.env['PATH']}` },
        RUNNER_DEBUG: '1',
      },
    };
    const { code, log } = await runStep(step);
    expect(code).toBe(0);
    // As with --verbose.
    expect(log).toMatch(/^ +[\d.]+ s {2}base and head are the same machine code$/m);
    expect(log.indexOf('installing it with apt-get')).toBeGreaterThan(0);
    expect(log.indexOf('building both sides')).toBeGreaterThan(log.indexOf('valgrind is installed'));
    expect(readFileSync(join(bin, 'log'), 'utf8')).toMatch(/^-n apt-get .* install valgrind\n$/);

    rmSync(join(bin, 'log'));
    await runStep({ ...step, inputs: { 'install-valgrind': 'false' } });
    expect(existsSync(join(bin, 'log'))).toBe(false);

    // The base of the pull requests to come is counted with it too.
    const main = {
      workspace: shop.checkout(base, `workspace-${workspaces++}`),
      env: { ...step.env, GITHUB_SHA: base },
    };
    const saved = await runStep({ ...step, ...main, inputs: { command: 'save' } });
    expect(saved.log).toContain('valgrind is installed');
    expect(readFileSync(join(bin, 'log'), 'utf8')).toMatch(/^-n apt-get .* install valgrind\n$/);
  });
});
