/** The help is made from what the parser accepts, and what it shows can be typed. */
import { describe, expect, test } from '@jest/globals';
import { type Flag, FORMAT, SETTINGS } from '../../src/commands/flag.ts';
import { readGiven } from '../../src/commands/given.ts';
import { type CommandName, entries, isCommand, type Spec } from '../../src/commands/spec.ts';
import { usageOf } from '../../src/commands/usage.ts';
import { CONFIG_SCHEMA, type Schema } from '../../src/config/schema.ts';
import { INSTRUMENTS } from '../../src/model/metrics.ts';
import { formats } from '../../src/report/formats.ts';
import { REPORT_JSON_SCHEMA } from '../../src/report/schema.ts';
import { perfGate } from '../support/world.ts';

const cwd = process.cwd();

/** The words of a line as a shell takes it, up to a pipe or a redirection. */
function wordsOf(line: string): string[] {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const end = words.findIndex((word) => ['|', '>', '>>'].includes(word));
  return end < 0 ? words : words.slice(0, end);
}

describe.each(entries)('perf-gate %s --help', (name: CommandName, entry: Spec) => {
  const usage = usageOf(name);
  const lines = usage.split('\n');

  test('names all that the command accepts, in lines that fit', () => {
    expect(lines[0]).toMatch(new RegExp(`^usage: perf-gate \\[?${name}\\]?( |$)`));
    for (const [flag, { about, value, default: standard }] of Object.entries<Flag>(entry.flags)) {
      const at = lines.findIndex(
        (line) => line.startsWith(`  --${flag}`) && !/[\w-]/.test(line[flag.length + 4] ?? ' '),
      );
      const shown = lines
        .slice(at, at + 4)
        .join(' ')
        .replaceAll(/\s+/g, ' ');
      expect(shown).toContain(standard === undefined ? about : `${about} (default: ${standard})`);
      if (value !== undefined) expect(lines[at]).toContain(value);
    }
    for (const [example] of entry.examples) expect(lines.some((line) => line.startsWith(`  ${example}`))).toBe(true);
    for (const action of Object.keys(entry.actions ?? {})) expect(usage).toContain(`\n  ${action} `);
    const examples = entry.examples.map(([line]) => line);
    for (const line of lines.filter((one) => !examples.some((example) => one.includes(example)))) {
      expect(line.length).toBeLessThanOrEqual(125);
    }
  });

  test('is what `perf-gate help` and -h tell too, on the standard output alone', async () => {
    for (const args of [
      [name, '--help'],
      ['help', name],
      [name, '-h'],
    ]) {
      if (name !== 'help' || args[0] !== 'help' || args[1] !== 'help')
        expect(await perfGate(cwd, args)).toEqual({ code: 0, out: usage, err: '' });
    }
  });

  test('shows examples that the parser takes', () => {
    const own = entry.examples.map(([line]) => wordsOf(line)).filter(([first]) => first === 'perf-gate');
    if (name !== 'completion') expect(own.length).toBeGreaterThan(0);
    expect(entry.examples.length).toBeGreaterThan(0);
    for (const [, first = 'run', ...rest] of own) {
      const isPlain = !isCommand(first);
      expect(isPlain ? 'run' : first).toBe(name);
      const args = isPlain ? [first, ...rest].filter((word) => word !== 'run') : rest;
      expect(() => readGiven(name, args)).not.toThrow();
    }
  });
});

describe('the words that a flag takes are those of the program', () => {
  test('--format', () => expect(FORMAT.wants).toEqual(Object.keys(formats)));
  test('--instruments', () => expect(SETTINGS.instruments.wants).toEqual(INSTRUMENTS));
  test('--on-inconclusive', () =>
    expect(SETTINGS['on-inconclusive'].wants).toEqual(CONFIG_SCHEMA.properties?.['on-inconclusive']?.enum));
});

test.each(Object.entries<Flag>(SETTINGS).flatMap(([name, { sets }]) => (sets === undefined ? [] : [[name, sets]])))(
  '--%s sets a key that there is: %s',
  (_, key) => {
    const found = key!
      .split('.')
      .reduce<Schema | undefined>((schema, part) => schema?.properties?.[part], CONFIG_SCHEMA);
    expect(found?.description).toBeDefined();
  },
);

test.each([
  ['perf-gate.yml', [], CONFIG_SCHEMA],
  ['report.json', ['--report'], REPORT_JSON_SCHEMA],
])('perf-gate schema prints that of %s', async (_, flags, schema) => {
  const { code, out, err } = await perfGate(cwd, ['schema', ...flags]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('perf-gate --help and help list every command with its summary', async () => {
  const { code, out, err } = await perfGate(cwd, ['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const [name, { summary }] of entries)
    expect(out).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 30)}`, 'm'));
  expect((await perfGate(cwd, ['help'])).out).toBe(out);
});
