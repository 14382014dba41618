/** The README says what the program does. UPDATE_GOLDEN=1 writes the parts that are made from the source. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { commands } from '../src/commands/list.ts';
import { parseConfig } from '../src/config/parse.ts';
import { CONFIG_SCHEMA } from '../src/config/schema.ts';
import { EXIT } from '../src/errors.ts';

const PATH = fileURLToPath(new URL('../README.md', import.meta.url));
const readme = () => readFileSync(PATH, 'utf8');

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
function section(name: string): string {
  const found = new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme());
  if (found?.[1] === undefined) throw new Error(`the README has no section ${name}`);
  return found[1];
}

describe('the README', () => {
  test('lists every key of the config with its default', () => {
    const table = ['| key | default | meaning |', '|---|---|---|', ...rows(CONFIG_SCHEMA as Key), ''].join('\n');
    if (process.env['UPDATE_GOLDEN'] === '1') {
      const whole = readme().replace(
        /(<!-- config -->\n)[\s\S]*?(<!-- \/config -->)/,
        (_, start, end) => start + table + end,
      );
      writeFileSync(PATH, whole);
    }
    expect(section('config')).toBe(table);
  });

  test('lists every exit code', () => {
    const listed = [...section('exit-codes').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed.sort((a, b) => a - b)).toEqual(Object.values(EXIT).sort((a, b) => a - b));
  });

  test('lists every command', () => {
    const listed = [...readme().matchAll(/^\| `(\w+)[^`]*` \| [a-z]/gm)].map(([, name]) => name);
    for (const name of Object.keys(commands)) expect(listed).toContain(name);
  });

  test('shows configs that are legal', () => {
    const configs = readme().replaceAll(/<!-- (github|circleci) -->[\s\S]*?<!-- \/\1 -->/g, '');
    const blocks = [...configs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text]) => text as string);
    expect(blocks.length).toBeGreaterThan(1);
    for (const block of blocks) {
      const whole = block.includes('service:')
        ? block
        : `service: { package: ./cmd/orders }\nload: { requests: [GET /] }\n${block}`;
      expect(parseConfig(whole, 'perf-gate.yml').service.package).toBe('./cmd/orders');
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
