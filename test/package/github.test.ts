/**
 * What GitHub reads of this repository: its workflows, what Dependabot watches, its forms. actionlint, shellcheck and the
 * public schemas read them in test/counterparts.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const below = (directory: string) =>
  readdirSync(join(ROOT, directory), { encoding: 'utf8' }).map((name) => `${directory}/${name}`);
const { scripts, repository } = JSON.parse(textOf('package.json'));

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Job {
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

const workflows = below('.github/workflows').map((path) => {
  const text = textOf(path);
  const { on, permissions, concurrency, jobs } = parse(text, { uniqueKeys: true });
  return { path, text, on, permissions, concurrency, jobs: jobs as Readonly<Record<string, Job>> };
});

/** The jobs that may more than read this repository, and for what. */
const MAY_WRITE = {
  '.github/workflows/release.yml': { npm: { 'id-token': 'write' }, 'major-tag': { contents: 'write' } },
};

describe.each(workflows)('$path', ({ path, text, on, permissions, concurrency, jobs }) => {
  test('gives no job more rights than it needs, and strangers none', () => {
    expect(Object.keys(on)).not.toEqual(expect.arrayContaining([expect.stringMatching(/_target$|^workflow_run$/)]));
    expect(permissions).toEqual(path.endsWith('release.yml') ? {} : { contents: 'read' });
    const writes = Object.entries(jobs).flatMap(([name, job]) => {
      const rights = Object.entries(job.permissions ?? {}).filter(([, right]) => right !== 'read');
      return rights.length === 0 ? [] : [[name, Object.fromEntries(rights)]];
    });
    expect(Object.fromEntries(writes)).toEqual((MAY_WRITE as Record<string, object>)[path] ?? {});
    // What a pull request can start sees no secret.
    if ('pull_request' in on) expect(text).not.toContain('secrets.');
    // The workflow's own text may be the title of a pull request or the name of a branch: it is no part of a script.
    for (const { run = '' } of Object.values(jobs).flatMap(({ steps = [] }) => steps)) expect(run).not.toContain('${{');
  });

  test('ends what hangs, and does not run beside itself', () => {
    expect(concurrency.group).toEqual(expect.any(String));
    for (const [name, job] of Object.entries(jobs)) {
      if (job.uses === undefined)
        expect({ name, minutes: job['timeout-minutes'] }).toEqual({ name, minutes: expect.any(Number) });
    }
  });

  test('runs scripts and files that there are', () => {
    const runs = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? []));
    const named = runs.flatMap((run) => [...run.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name as string));
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    const files = runs.flatMap((run) => run.match(/(?<![\w/$.-])(?:\.ci|orbs|examples|test)\/[\w./-]+/g) ?? []);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  test('uses actions as one commit has them, with their version beside it', () => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, used]) => used as string);
    expect(uses.length).toBeGreaterThan(0);
    for (const used of uses) {
      if (used.startsWith('./')) expect(existsSync(join(ROOT, used, used === './' ? 'action.yml' : ''))).toBe(true);
      else expect(used).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
});

test('an action is pinned to one commit, wherever it is used', () => {
  const uses = workflows.flatMap(({ text }) => [...text.matchAll(/uses: ([\w-]+\/[\w-]+)(@.*)/g)]);
  const [pins, actions] = [0, 1].map((part) => new Set(uses.map((used) => used[part])));
  expect(pins!.size).toBe(actions!.size);
});

test('Dependabot watches every module that requires anything', () => {
  const { updates } = parse(textOf('.github/dependabot.yml'), { uniqueKeys: true });
  const watched = updates.flatMap(
    (update: { directory?: string; directories?: string[]; 'package-ecosystem': string }) =>
      [update.directory ?? [], update.directories ?? []].flat().map((one) => `${update['package-ecosystem']} ${one}`),
  );
  const modules = ['examples', 'test/fixtures']
    .flatMap((directory) =>
      readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' }).map((name) => `${directory}/${name}`),
    )
    .filter((path) => path.endsWith('/go.mod') && /^require/m.test(textOf(path)))
    .map((path) => `gomod /${path.slice(0, -'/go.mod'.length)}`);
  expect(modules.length).toBeGreaterThan(0);
  expect(watched.sort()).toEqual([...modules, 'npm /', 'github-actions /'].sort());
});

describe('the forms of issues', () => {
  const forms = below('.github/ISSUE_TEMPLATE').filter((path) => !path.endsWith('/config.yml'));
  const idsIn = (path: string): string[] =>
    parse(textOf(path), { uniqueKeys: true }).body.flatMap(
      ({ id, validations }: { id?: string; validations?: { required?: boolean } }) =>
        id === undefined || !validations?.required ? [] : [id],
    );

  test.each(['false-red', 'false-green'])('%s asks for all that a verdict can be judged again by', (name) => {
    const ids = idsIn(`.github/ISSUE_TEMPLATE/${name}.yml`);
    expect(ids).toEqual(expect.arrayContaining(['commit', 'truth', 'report', 'versions']));
  });

  test.each(forms)('%s names commands and documents that there are', (path) => {
    const text = textOf(path);
    expect(idsIn(path)).toContain('versions');
    const links = [...text.matchAll(/\/blob\/main\/([\w./-]+)/g)].map(([, file]) => file as string);
    expect(links.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

test('the repository has one name', () => {
  const [, name] = /^git\+https:\/\/github\.com\/([\w-]+\/[\w-]+)\.git$/.exec(repository.url) ?? [];
  expect(textOf('README.md')).toContain(`uses: ${name}@v`);
  const own = [...below('.github/ISSUE_TEMPLATE'), 'SECURITY.md', 'CHANGELOG.md', 'CONTRIBUTING.md'];
  const named = own.flatMap((path) => [...textOf(path).matchAll(/https:\/\/github\.com\/([\w-]+\/[\w-]+)/g)]);
  expect(new Set(named.map(([, found]) => found))).toEqual(new Set([name]));
});

test('the change log begins with this version', () => {
  const { version } = JSON.parse(textOf('package.json'));
  const [, first] = /^## \[(.*?)\] - (?:unreleased|\d{4}-\d\d-\d\d)$/m.exec(textOf('CHANGELOG.md')) ?? [];
  expect(first).toBe(version);
});
