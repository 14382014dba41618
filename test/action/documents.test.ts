/** action.yml, docs/github.md and the examples say what the code does. UPDATE_GOLDEN=1 writes what is made from it. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { commands } from '../../src/commands/spec.ts';
import { INPUTS, OUTPUTS } from '../../src/doors/action-inputs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const EXAMPLES = join(ROOT, 'examples', 'github');
const ACTION = join(ROOT, 'action.yml');
const DOCS = join(ROOT, 'docs', 'github.md');
const read = (path: string) => readFileSync(path, 'utf8');
const workflows = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.yml'))
  .sort();

/** Compares a file with what it should be, or makes it so. */
function expectFile(path: string, expected: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, expected);
  expect(read(path)).toBe(expected);
}

test('action.yml has the inputs and outputs of the code, and runs what is bundled', () => {
  const described = Object.entries(OUTPUTS).map(([name, description]) => [name, { description }]);
  const action = {
    name: 'perf-gate',
    description:
      'Which function and line of a Go service costs more CPU or memory per request, and is that over the limit?',
    author: 'The perf-gate authors',
    branding: { icon: 'activity', color: 'orange' },
    inputs: Object.fromEntries(
      Object.entries(INPUTS).map(([name, { default: standard, description }]) => [
        name,
        { description, required: false, default: standard },
      ]),
    ),
    outputs: Object.fromEntries(described),
    runs: { using: 'node24', main: 'dist/action.js' },
  };
  expectFile(ACTION, stringify(action, { lineWidth: 0 }));
  // The Marketplace shows no more of it.
  expect(action.description.length).toBeLessThanOrEqual(125);
  expect(read(join(ROOT, 'build.mjs'))).toContain("action: 'src/doors/action.ts'");
});

describe('docs/github.md', () => {
  const cell = (text: string) => text.replaceAll('|', '\\|');
  const inputs = Object.entries(INPUTS).map(
    ([name, { default: standard, description }]) =>
      `| \`${name}\` | ${standard === '' ? '' : `\`${standard}\``} | ${cell(description)} |`,
  );
  const outputs = Object.entries(OUTPUTS).map(([name, description]) => `| \`${name}\` | ${cell(description)} |`);

  test('lists every input and output, and shows the examples as they are', () => {
    const sections: Record<string, string> = {
      inputs: ['| input | default | meaning |', '|---|---|---|', ...inputs].join('\n'),
      outputs: ['| output | meaning |', '|---|---|', ...outputs].join('\n'),
    };
    for (const name of workflows) sections[`workflow ${name}`] = `\`\`\`yaml\n${read(join(EXAMPLES, name))}\`\`\``;
    let text = read(DOCS);
    for (const [name, content] of Object.entries(sections)) {
      const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
      expect(text).toMatch(marks);
      text = text.replace(marks, (_, start: string, end: string) => `${start}${content}\n${end}`);
    }
    expectFile(DOCS, text);
  });

  test('links to what is there', () => {
    const links = [...read(DOCS).matchAll(/\]\((\.\.\/[^)#]+)/g)].map(([, path]) => path as string);
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((path) => !existsSync(join(ROOT, 'docs', path)))).toEqual([]);
  });
});

test('every command of the action is one of the command line', () => {
  const named = [...INPUTS.command.description.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named).toEqual(['run', 'save', 'publish']);
  for (const name of named) expect(Object.keys(commands)).toContain(name);
});

describe('the examples', () => {
  interface Step {
    readonly uses?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  }
  interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions: Readonly<Record<string, string>>;
    readonly jobs: Readonly<Record<string, { permissions?: Readonly<Record<string, string>>; steps: Step[] }>>;
  }
  const parsed = workflows.map((name) => [name, parse(read(join(EXAMPLES, name))) as Workflow] as const);

  test.each(parsed)('%s uses inputs that there are, and no more rights than it says', (_, { permissions, jobs }) => {
    expect(Object.values(permissions)).not.toContain('write');
    const steps = Object.values(jobs).flatMap(({ steps }) => steps);
    const ours = steps.filter(({ uses }) => uses?.startsWith('perf-gate/perf-gate@'));
    expect(ours.length).toBeGreaterThan(0);
    for (const { with: given = {} } of ours)
      expect(Object.keys(INPUTS)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  test('where a run of a fork is followed by a job that may write, that job checks nothing out and runs nothing', () => {
    const following = parsed.filter(([, { on }]) => 'workflow_run' in on);
    expect(following.map(([name]) => name)).toEqual(['forks/comment.yml']);
    for (const [, { jobs }] of following) {
      const steps = Object.values(jobs).flatMap((job) => job.steps);
      expect(steps.map((step) => step.uses?.split('@')[0])).toEqual([
        'actions/download-artifact',
        'perf-gate/perf-gate',
      ]);
      expect(steps.at(-1)?.with).toEqual({ command: 'publish' });
    }
  });

  test('nothing that people copy measures on pull_request_target', () => {
    const documents = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => join('docs', name))];
    const copied = [
      ...readdirSync(join(ROOT, 'examples'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ya?ml|md)$/.test(name))
        .map((name) => read(join(ROOT, 'examples', name))),
      // In prose it may be warned of, in a block it would be advice.
      ...documents.flatMap((name) => [...read(join(ROOT, name)).matchAll(/```[\s\S]*?```/g)].map(([block]) => block)),
    ];
    expect(copied.length).toBeGreaterThan(5);
    expect(copied.filter((text) => text.includes('pull_request_target'))).toEqual([]);
  });
});
