/** The examples are what people copy: each file is read by what will read theirs, and what can be run here is run. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { parse, parseDocument } from 'yaml';
import { readConfig } from '../../src/config/read.ts';
import { parseReport } from '../../src/report/json.ts';
import { type Fields, fields } from '../orbs/steps.ts';
import { problemsOfUse } from '../orbs/use.ts';
import { newRepository, type Repository } from '../support/repository.ts';
import { perfGate, removeDirectory, scratchDirectory } from '../support/world.ts';
import { quick } from './quick.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = join(ROOT, 'examples');
const files = readdirSync(EXAMPLES, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(EXAMPLES.length + 1));
const textOf = (file: string) => readFileSync(join(EXAMPLES, file), 'utf8');
const matching = (pattern: RegExp) => files.filter((file) => pattern.test(file));

const workflows = matching(/^github\/.*\.yml$|\/\.github\/workflows\/[^/]+\.yml$/);
const configs = matching(/(^|\/)perf-gate\.yml$/).filter((file) => !workflows.includes(file));

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

describe('is read without a complaint:', () => {
  test.each(matching(/\.ya?ml$/))('%s, as YAML', (file) => {
    const { errors, warnings } = parseDocument(textOf(file));
    expect([...errors, ...warnings]).toEqual([]);
  });

  test.each(configs)('%s, as a config', async (file) => {
    const example = file.split('/')[0] as string;
    await expect(readConfig(join(EXAMPLES, file), join(EXAMPLES, example))).resolves.toBeDefined();
  });

  test.each(matching(/\.circleci\/config\.yml$/))('%s, as a config of CircleCI that uses the orb', (file) => {
    const orb = parse(readFileSync(join(ROOT, 'orbs/perf-gate.yml'), 'utf8'));
    expect(problemsOfUse(parse(textOf(file)), orb)).toEqual([]);
  });

  test.each(workflows)('%s, as a workflow that uses the action', (file) => {
    const { inputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
    const steps = Object.values<Fields>(parse(textOf(file)).jobs).flatMap(({ steps }) => steps as Fields[]);
    const ours = steps.filter(({ uses }) => /^perf-gate\/perf-gate@v\d+$/.test(String(uses)));
    expect(ours.length).toBeGreaterThan(0);
    const given = ours.flatMap((step) => Object.keys(fields(step['with'])));
    expect(given.filter((name) => !(name in inputs))).toEqual([]);
  });
});

test('the orb is used in the version that this is', () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const used = files.flatMap((file) =>
    [...textOf(file).matchAll(/perf-gate\/perf-gate@(\d[\d.]*)/g)].map(([, used]) => used),
  );
  expect(used.length).toBeGreaterThan(0);
  expect(new Set(used)).toEqual(new Set([version]));
});

describe('the Go of', () => {
  test.each(matching(/(^|\/)go\.mod$/).map(dirname))('%s is formatted', (example) => {
    expect(execFileSync('gofmt', ['-l', '.'], { cwd: join(EXAMPLES, example), encoding: 'utf8' })).toBe('');
  });
});

/** A copy as a repository of its own, with one commit on main. */
function repositoryOf(example: string): Repository {
  const directory = join(scratch, example);
  cpSync(join(EXAMPLES, example), directory, { recursive: true });
  const repository = newRepository(directory);
  for (const config of configs.filter((file) => file.startsWith(`${example}/`))) {
    repository.write(config.slice(example.length + 1), quick(textOf(config)));
  }
  repository.commit('as it is');
  return repository;
}

describe('the monorepo', () => {
  const repository = repositoryOf('monorepo');
  const gate = (service: string) => perfGate(join(repository.directory, 'services', service), ['--format', 'json']);

  test('passes go vet', () => {
    execFileSync('go', ['vet', './...'], { cwd: repository.directory, stdio: 'pipe' });
  });

  test('a change of one service is measured there, and leaves the other the same', async () => {
    repository.edit('services/catalog/index.go', 'found := make([]product, 0, limit)', 'found := []product{}');
    const [catalog, stock] = [await gate('catalog'), await gate('stock')];
    expect(stock).toMatchObject({ code: 0 });
    expect(parseReport(stock.out)).toMatchObject({ service: 'stock', isSameCode: true, verdict: 'pass' });
    expect(catalog).toMatchObject({ code: 1 });
    const { causes } = parseReport(catalog.out);
    expect(causes[0]).toMatchObject({ function: 'main.(*index).find', file: 'services/catalog/index.go' });
  });
});

describe('the Makefile', () => {
  test('needs make', () => {
    expect(spawnSync('make', ['--version']).error).toBeUndefined();
  });

  test('builds both sides, and what it is to put into the program is proved to be there', async () => {
    const repository = repositoryOf('makefile');
    repository.commit('a comment', { 'cmd/labels/doc.go': '// Nothing else changes.\npackage main\n' });
    const { code, out, err } = await perfGate(repository.directory, ['--base', 'HEAD~1', '--format', 'json']);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    expect(parseReport(out)).toMatchObject({ service: 'labels', isSameCode: true });
  });
});
