/** The README and the reference say what the program does. UPDATE_GOLDEN=1 writes what is made from the source. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { EXIT } from '../src/base/errors.ts';
import { commands, entries } from '../src/commands/spec.ts';
import { usageOf } from '../src/commands/usage.ts';
import { parseConfig } from '../src/config/parse.ts';
import { CONFIG_SCHEMA } from '../src/config/schema.ts';

const pathOf = (document: string) => fileURLToPath(new URL(`../${document}`, import.meta.url));
const README = 'README.md';
const REFERENCE = 'docs/reference.md';
const textOf = (document: string) => readFileSync(pathOf(document), 'utf8');
const readme = () => textOf(README);

interface Key {
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Key>>;
}

function* rows(key: Key, prefix = ''): Generator<string> {
  for (const [name, value] of Object.entries(key.properties ?? {})) {
    const isSection = value.properties !== undefined;
    if (value.default === undefined && value.description?.startsWith('io is counted')) continue;
    const standard =
      value.default === undefined || isSection ? '' : `\`${JSON.stringify(value.default).replace(/^"(.*)"$/, '$1')}\``;
    if (!isSection)
      yield `| \`${prefix}${name}\` | ${standard === '``' ? '' : standard} | ${(value.description ?? '').replaceAll('|', '\\|')} |`;
    yield* rows(value, `${prefix}${name}.`);
  }
}

/** The text between `<!-- name -->` and `<!-- /name -->`. */
function section(name: string, document = README): string {
  const found = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(textOf(document));
  if (found?.[1] === undefined) throw new Error(`${document} has no section ${name}`);
  return found[1];
}

/** The section, once it is brought up to date where that was asked for. */
function made(name: string, document: string, text: string): string {
  if (process.env['UPDATE_GOLDEN'] === '1') {
    const around = `<!-- ${name} -->\n${section(name, document)}<!-- /${name} -->`;
    const whole = textOf(document).replace(around, () => `<!-- ${name} -->\n${text}<!-- /${name} -->`);
    writeFileSync(pathOf(document), whole);
  }
  return section(name, document);
}

describe('the reference', () => {
  test('lists every key of the config with its default', () => {
    const table = ['| key | default | meaning |', '|---|---|---|', ...rows(CONFIG_SCHEMA as Key), ''].join('\n');
    expect(made('config', REFERENCE, table)).toBe(table);
  });

  test('has the help of every command', () => {
    const text = entries.map(([name]) => `### ${name}\n\n\`\`\`text\n${usageOf(name)}\`\`\`\n`).join('\n');
    expect(made('commands', REFERENCE, text)).toBe(text);
  });
});

describe('the README', () => {
  test('lists every exit code', () => {
    const listed = [...section('exit-codes').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  test('lists every command', () => {
    const listed = [...readme().matchAll(/^\| `(\w+)[^`]*` \| [a-z]/gm)].map(([, name]) => name);
    for (const name of Object.keys(commands)) expect(listed).toContain(name);
  });

  test.each([README, 'docs/services.md', 'docs/baselines.md'])('the configs that %s shows are legal', (document) => {
    const configs = textOf(document).replaceAll(/<!-- (github|circleci) -->[\s\S]*?<!-- \/\1 -->/g, '');
    const blocks = [...configs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text as string);
    expect(blocks.length).toBeGreaterThan(2);
    for (const block of blocks) {
      const service = /^service:/m.test(block) ? '' : 'service: { package: ./cmd/orders }\n';
      const load = /^load:/m.test(block) ? '' : 'load: { requests: [GET /] }\n';
      expect(parseConfig(service + load + block, 'perf-gate.yml').service.package).toMatch(/^\.\/cmd\//);
    }
  });

  const block = (name: string) => parse(/```yaml\n([\s\S]*?)```/.exec(section(name))?.[1] ?? '');

  test('shows a workflow that may comment and needs no input', () => {
    const { on, permissions, jobs } = block('github');
    expect({ on, permissions }).toEqual({
      on: 'pull_request',
      permissions: { contents: 'read', 'pull-requests': 'write' },
    });
    const [action, ...others] = jobs.gate.steps.filter(({ uses }: { uses: string }) => uses.startsWith('perf-gate/'));
    expect([action, others]).toEqual([{ uses: 'perf-gate/perf-gate@v1' }, []]);
    const { inputs } = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8'));
    expect(Object.entries<{ required?: boolean }>(inputs).filter(([, { required }]) => required)).toEqual([]);
  });

  test('shows a CircleCI job that the orb has', () => {
    const orb = parse(readFileSync(new URL('../orbs/perf-gate.yml', import.meta.url), 'utf8'));
    const [job] = block('circleci').workflows.performance.jobs;
    expect(Object.keys(job)).toEqual(['perf-gate/gate']);
    expect(Object.keys(orb.jobs)).toContain('gate');
  });

  test('begins with a report that names a function, a line and the way to repeat it', () => {
    const report = section('report');
    for (const part of ['perf-gate  FAIL', 'why', 'internal/api/list.go:120', 'Try it:'])
      expect(report).toContain(part);
  });
});

test('every link between the documents leads to a file, and to a heading of it', () => {
  const own = ['CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'src/README.md'];
  const documents = [README, ...own, ...readdirSync(pathOf('docs')).map((name) => `docs/${name}`)];
  const links = documents.flatMap((document) =>
    [...textOf(document).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(([, path, anchor]) => {
      const target = path === '' ? document : join(dirname(document), path as string);
      return { document, target, anchor };
    }),
  );
  expect(links.length).toBeGreaterThan(10);
  for (const { document, target, anchor } of links) {
    expect(`${document}: ${target} ${existsSync(pathOf(target))}`).toBe(`${document}: ${target} true`);
    if (anchor === undefined) continue;
    const headings = [...textOf(target).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slugOf(heading as string));
    expect(headings).toContain(anchor);
  }
});

/** The anchor that GitHub makes of a heading. */
const slugOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

test('every message that is explained is one that the program says', () => {
  const source = readdirSync(pathOf('src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => textOf(`src/${name}`))
    .join('\n');
  const messages = [...textOf('docs/troubleshooting.md').matchAll(/^### `(.*)`$/gm)].map(([, text]) => text as string);
  expect(messages.length).toBeGreaterThan(15);
  const parts = messages.flatMap((message) => message.split('…').map((part) => part.trim()));
  expect(parts.filter((part) => !source.includes(part))).toEqual([]);
});
