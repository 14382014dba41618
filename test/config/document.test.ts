import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/config/parse.ts';
import { config, problemsOf } from './problems-of.ts';

describe('text that is not YAML', () => {
  test.each([
    ['budget: a: b', '1:9  a second "key:" on the same line / if it is part of the value, put the value in quotes'],
    ['load:\n\twarmup: 5', '2:1  a tab cannot indent YAML / use spaces'],
    ['budget: "3m', '1:12  a closing " is missing'],
    ['budget: "3m\nload: {}\nlimits: "', '1:12  a closing " is missing'],
    ['budget: |3m', '1:11  nothing may follow the | or > of a text on its line'],
    [
      'load: [1, 2',
      '1:12  a ] is missing, or the lines before it are not indented enough / is a quote or bracket left open above?',
    ],
    ['budget: @3m', '1:9  a value cannot begin with @ / put the value in quotes'],
    ['budget: %3m', '1:9  a value cannot begin with % / put the value in quotes'],
    ['budget: "\\q"', '1:10  unknown escape \\q in double quotes / write \\\\ for a backslash, or use single quotes'],
    ["budget: 'it's'", '1:13  this does not belong here / is a quote, a comma or a bracket missing before it?'],
    [
      'budget: 3m\n---\nbudget: 4m',
      '2:1  a second YAML document begins here / a config is one document: remove the "---"',
    ],
    ['{port}: 1', '1:1  a key must be text / write a placeholder such as "{port}" in quotes'],
    ['budget: !env BUDGET', '1:9  YAML tags ("!…") mean nothing here / leave it out, or put the value in quotes'],
    [
      'service:\n  name: a\n load: b',
      '3:1  the indentation does not fit that of the lines above / is a quote or bracket left open above?',
    ],
    ['load: {}\nservice:\n  name', '3:3  service must be a map, not "name"'],
    ['service:{}', '1:1  the file must be a map, not "service:{}" / a space must follow the ":"'],
    ['', '1:1  the file is empty: it must be a map / examples/orders has a whole one'],
    ['# nothing yet\n', '1:1  the file is empty: it must be a map / examples/orders has a whole one'],
    ['- a', '1:1  the file must be a map, not a list'],
  ])('%j', (text, told) => {
    expect(problemsOf(text).find((line) => !line.includes('needs'))).toBe(told);
  });

  test('brackets may close where their line began', () => {
    expect(problemsOf(config({ service: 'args: [\n  "{port}",\n]\nenv: {\n  A: b,\n}' }))).toEqual([]);
  });

  test('the echoes of a mistake in the same line are not told', () => {
    expect(problemsOf('- a\nbudget: 1')).toHaveLength(1);
  });

  test('a key that stands twice is told beside everything else', () => {
    const text = config({ rest: 'budget: 3m\nlimits: { cpu: off, cpu: { total: +1% } }\nbudget: 4' });
    expect(problemsOf(text)).toEqual([
      '6:21  the key "cpu" stands twice in limits / keep one of them',
      '7:1  the key "budget" stands twice / keep one of them',
    ]);
  });
});

describe('aliases', () => {
  test('stand for what they name; what is wrong in it is told where it is written', () => {
    const text = config({ rest: 'limits:\n  cpu: &same { total: 2% }\n  bytes: *same' });
    expect(problemsOf(text)).toEqual([
      '6:23  limits.cpu.total: "2%" is not a limit / write "+2%"',
      '6:23  limits.bytes.total: "2%" is not a limit / write "+2%"',
    ]);
  });

  test('of the wrong kind are told where they stand', () => {
    expect(problemsOf(config({ rest: 'budget: &b 3m\nlimits: *b' }))).toEqual(['6:9  limits must be a map, not "3m"']);
  });

  test('mean the anchor that stands before them', () => {
    const text = config({ rest: 'limits: { ignore: [&a one, *a, &a two, *a] }' });
    const { ignore } = parseConfig(text, 'perf-gate.yml').limits;
    expect(ignore.map(({ match }) => match)).toEqual(['one', 'one', 'two', 'two']);
  });

  test('do not bring back an anchor that was given anew', () => {
    const body = '[&a [&b one], &b two, *a, *b]';
    const { requests } = parseConfig(config({ load: `requests: [{ path: /, body: ${body} }]` }), 'perf-gate.yml').load;
    expect(requests[0]?.body).toBe('[["one"],"two",["one"],"two"]');
  });

  test('of themselves, or of nothing', () => {
    expect(problemsOf(config({ rest: 'limits: &l { cpu: *l }' }))).toEqual([
      '5:19  "*l" stands in what it is an alias of',
    ]);
    expect(problemsOf(config({ rest: 'budget: *b' }))).toEqual([
      '5:9  nothing in this file has the anchor "&b" / if no alias is meant, write "*b" in quotes',
    ]);
  });
});

describe('text that is made to be too much', () => {
  test('a billion laughs', () => {
    const names = [...'abcdefghij'];
    const lines = names.map((name, i) => {
      const inside = i === 0 ? 'ha' : `*${names[i - 1]}`;
      return `${name}: &${name} [${Array(10).fill(inside).join(', ')}]`;
    });
    expect(problemsOf(lines.join('\n'))).toEqual([
      expect.stringMatching(/the aliases in this file expand to too much$/),
    ]);
  });

  test.each([
    ['70 lists in each other', `a: ${'['.repeat(70)}${']'.repeat(70)}`],
    ['100 000 lists in each other', '['.repeat(100_000)],
  ])('%s', (_, text) => {
    expect(problemsOf(text)).toEqual([expect.stringMatching(/this is nested too deeply$/)]);
  });

  test('a megabyte', () => {
    expect(problemsOf(`# ${'x'.repeat(1_000_000)}`)).toEqual(['1:1  the file is larger than 1 MB']);
  });

  test('fifty thousand keys, each of them unknown, in a few seconds', () => {
    const text = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`).join('\n');
    expect(problemsOf(text).at(-1)).toBe('and 49952 more problems in perf-gate.yml');
  });

  test('a key of a hundred thousand letters is shown in short', () => {
    expect(problemsOf(config({ rest: `? ${'x'.repeat(100_000)}\n: 1` })).join('').length).toBeLessThan(300);
  });
});

test('lines count with every line end, and a byte order mark does not count', () => {
  const text = `\ufeff${config({ rest: 'budget: 5' }).replaceAll('\n', '\r\n')}`;
  expect(problemsOf(text)).toEqual([
    '5:9  budget must be a duration such as "30s", not the number 5 / say the unit: write "5s"',
  ]);
});
