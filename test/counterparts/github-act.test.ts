/**
 * The example workflows as they are, run by act on Node 24: our action as a published one, checkout as act does it, and
 * small actions in place of GitHub's other ones. (act's own server for artifacts does not work with today's clients.)
 */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { bundleAction } from '../action/runner.ts';
import { CONFIG, newShop, type Shop, SLOWER } from '../action/shop.ts';
import { EVENTS } from '../ci/events.ts';
import { type FakeGitHub, fakeGitHub, TOKENS } from '../publish/fake-github.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { act, node24 } from './github-tools.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples/github', import.meta.url));

let scratch: string;
let shop: Shop;
let github: FakeGitHub;

beforeAll(() => {
  scratch = scratchDirectory();
  bundleAction(join(scratch, 'perf-gate'));
  // An artifact is a directory outside of the workspace.
  smallAction('setup-go', "console.log('go is here already');");
  smallAction('upload-artifact', 'fs.cpSync(process.env.INPUT_PATH, process.env.ARTIFACT, { recursive: true });');
  smallAction('download-artifact', 'fs.cpSync(process.env.ARTIFACT, process.env.INPUT_PATH, { recursive: true });');
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

function smallAction(name: string, script: string): void {
  mkdirSync(join(scratch, name));
  writeFileSync(join(scratch, name, 'action.yml'), `name: ${name}\nruns: { using: node24, main: index.js }\n`);
  writeFileSync(join(scratch, name, 'index.js'), `const fs = require('node:fs');\n${script}\n`);
}

/** A line of act's log: what a step says, or a command that it gave. */
interface Line {
  readonly msg?: string;
  readonly command?: string;
  readonly name?: string;
  readonly arg?: string;
  readonly content?: string;
  readonly jobResult?: string;
}

/** Runs one workflow of the examples on what is checked out in the shop. */
async function runWorkflow(workflow: string, event: { name: string; payload: unknown }) {
  const { directory } = shop.repository;
  const eventFile = join(scratch, 'event.json');
  writeFileSync(eventFile, JSON.stringify(event.payload));
  const actions = {
    'perf-gate/perf-gate@v1': 'perf-gate',
    'actions/setup-go@v6': 'setup-go',
    'actions/upload-artifact@v7': 'upload-artifact',
    'actions/download-artifact@v8': 'download-artifact',
  };
  const args = [
    ...[event.name, '--json', '-W', join(EXAMPLES, workflow), '-e', eventFile, '-P', 'ubuntu-latest=-self-hosted'],
    ...['-s', `GITHUB_TOKEN=${TOKENS.job}`, '--env', `GITHUB_API_URL=${github.apiUrl}`],
    ...['--env', `ARTIFACT=${join(scratch, 'artifact')}`, '--action-cache-path', join(scratch, 'cache')],
    ...['--no-cache-server'],
    ...Object.entries(actions).flatMap(([name, path]) => ['--local-repository', `${name}=${join(scratch, path)}`]),
  ];
  const goCache = execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim();
  const path = `${node24()}:${process.env['PATH']}`;
  const env = { ...process.env, HOME: join(scratch, 'home'), GOCACHE: goCache, PATH: path };
  const child = spawn(act(), args, { cwd: directory, env });
  let out = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    out += data;
  });
  const code = await new Promise((resolve) => child.on('close', resolve));
  const lines = out.split('\n').flatMap((line): Line[] => (line.startsWith('{') ? [JSON.parse(line)] : []));
  const outputs = lines.filter(({ command }) => command === 'set-output').map(({ name, arg }) => [name, arg]);
  return {
    code,
    said: lines.map(({ msg }) => msg).join(''),
    outputs: Object.fromEntries(outputs) as Record<string, string>,
    summaries: lines.filter(({ command }) => command === 'summary').map(({ content }) => content),
    jobs: lines.flatMap(({ jobResult }) => jobResult ?? []),
  };
}

/** Checks the merge of a pull request out, as on its runner. */
function checkOutPullRequest(files: Readonly<Record<string, string>>) {
  const { head: sha, merge, event } = shop.pullRequest(files);
  shop.repository.git('checkout', '--quiet', '--detach', merge);
  github.pulls.push({ number: 7, isOpen: true, head: { sha, ref: 'faster', owner: 'mia', repository: 'mia/shop' } });
  return { event, sha };
}

beforeAll(() => {
  mkdirSync(join(scratch, 'home'));
  shop.repository.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
});

test('perf-gate.yml fails a pull request that costs more, and comments on it', async () => {
  const { event } = checkOutPullRequest(SLOWER);
  const { code, outputs, summaries, jobs, said } = await runWorkflow('perf-gate.yml', event);
  expect(jobs).toEqual(['failure']);
  expect(code).toBe(1);
  expect(outputs).toMatchObject({ verdict: 'fail', findings: '2', 'comment-url': github.comments[0]!.url });
  expect(summaries.join()).toContain('**perf-gate: fail** · shop');
  expect(github.comments[0]!.body).toContain('main.greet');
  expect(said).not.toContain(TOKENS.job);
});

test('perf-gate.yml stores what was pushed to main', async () => {
  const { git, commit } = shop.repository;
  const store = join(scratch, 'store');
  git('checkout', '--quiet', 'main');
  commit('keep baselines', { 'perf-gate.yml': `${CONFIG}baseline: { store: directory, path: ${store} }\n` });
  const { code, jobs, said } = await runWorkflow('perf-gate.yml', EVENTS.push);
  expect(jobs).toEqual(['success']);
  expect(code).toBe(0);
  expect(said).toContain('saved shop');
  expect(readdirSync(store, { recursive: true }).length).toBeGreaterThan(0);
});

test('the pair for forks comments without rights in the first job and without code in the second', async () => {
  const { event, sha } = checkOutPullRequest(SLOWER);
  const measured = await runWorkflow('forks/measure.yml', event);
  expect(measured.jobs).toEqual(['failure']);
  expect(github.requests).toEqual([]);
  // What a fork can do to its own artifact.
  cpSync(join(EXAMPLES, 'perf-gate.yml'), join(scratch, 'artifact', 'report.md'));

  const payload = JSON.parse(JSON.stringify(EVENTS.workflowRun.payload).replaceAll('a'.repeat(40), sha));
  payload.workflow_run.conclusion = 'failure';
  const { code, jobs, outputs } = await runWorkflow('forks/comment.yml', { name: 'workflow_run', payload });
  expect(jobs).toEqual(['success']);
  expect(code).toBe(0);
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]!.body).toContain('**perf-gate: fail** · shop');
  expect(outputs['comment-url']).toBe(github.comments[0]!.url);

  payload.workflow_run.conclusion = 'cancelled';
  const cancelled = await runWorkflow('forks/comment.yml', { name: 'workflow_run', payload });
  expect(cancelled.outputs).toEqual({});
});
