/** The orb, the CI examples and our own files for GitHub before the tools of others: shellcheck, and the public schemas. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'perf-gate-counterparts');
const BIN = join(CACHE, 'shellcheck-0.11.0.1-check-jsonschema-0.39.0/bin');

beforeAll(() => {
  if (!existsSync(BIN)) throw new Error(`${BIN} is not there: run node test/counterparts/install.mjs`);
});

function check(command: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(BIN, command), args, { cwd: ROOT, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

const below = (directory: string, pattern: RegExp) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => `${directory}/${file}`);

test.each(below('orbs', /\.sh$/))('shellcheck has nothing to say of %s', (file) => {
  expect(check('shellcheck', file)).toEqual({ status: 0, said: '' });
});

// A virtual environment that was moved is found by its python alone.
const validate = (schema: string, file: string) =>
  check('python', '-m', 'check_jsonschema', '--builtin-schema', schema, file);

test.each(['orbs/perf-gate.yml', ...below('examples', /\.circleci\/config\.yml$/)])(
  'the schema of CircleCI takes %s',
  (file) => expect(validate('vendor.circle-ci', file)).toMatchObject({ status: 0 }),
);

test.each([
  ...below('examples', /\.github\/workflows\/.+\.yml$/).map((file) => ['github-workflows', file]),
  ...below('.github/workflows', /\.yml$/).map((file) => ['github-workflows', file]),
  ...below('.github/ISSUE_TEMPLATE', /(?<!config)\.yml$/).map((file) => ['github-issue-forms', file]),
  ['github-issue-config', '.github/ISSUE_TEMPLATE/config.yml'],
  ['dependabot', '.github/dependabot.yml'],
  ['github-actions', 'action.yml'],
])('the schema %s takes %s', (schema, file) => expect(validate(`vendor.${schema}`, file)).toMatchObject({ status: 0 }));

test('the JUnit reports are XML for a parser of others', () => {
  const files = below('test/report/golden', /\.xml$/);
  const script = 'import sys, xml.dom.minidom\nfor file in sys.argv[1:]: xml.dom.minidom.parse(file)';
  expect(files.length).toBeGreaterThan(5);
  expect(check('python', '-c', script, ...files)).toEqual({ status: 0, said: '' });
});
