/** docs/circleci.md and docs/npx.md, held to the orb and to the program. UPDATE_GOLDEN=1 writes the table of parameters. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { EXIT } from '../../src/base/errors.ts';
import { commands, isCommand } from '../../src/commands/spec.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { type Fields, fields } from './steps.ts';
import { problemsOfUse } from './use.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const read = (file: string) => readFileSync(pathOf(file), 'utf8');
const blocksOf = (file: string, language: string) =>
  [...read(file).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, text]) => text as string,
  );
const { version } = JSON.parse(read('package.json'));

describe('docs/circleci.md', () => {
  const FILE = 'docs/circleci.md';
  const orb = parse(read('orbs/perf-gate.yml'));
  const blocks = blocksOf(FILE, 'yaml');
  const ofCircle = blocks.filter((block) => block.startsWith('version: 2.1'));

  test.each(ofCircle.map((block, i) => ({ number: i + 1, block })))(
    'config $number uses what the orb has, in this version',
    ({ block }) => {
      expect(problemsOfUse(parse(block), orb)).toEqual([]);
      expect(parse(block).orbs).toEqual({ 'perf-gate': `perf-gate/perf-gate@${version}` });
    },
  );

  test('everything else in YAML is a part of perf-gate.yml', () => {
    const others = blocks.filter((block) => !ofCircle.includes(block));
    expect(others.length).toBeGreaterThan(0);
    for (const block of others) {
      const whole = `service: { package: . }\nload: { requests: [GET /] }\n${block}`;
      expect(parseConfig(whole, 'perf-gate.yml').baseline.store).toEqual({
        kind: 'directory',
        path: '.cache/perf-gate',
      });
    }
  });

  test('lists every parameter of every job', () => {
    const table = `${Object.entries<Fields>(orb.jobs)
      .flatMap(([name, job]) => tableOf(name, job))
      .join('\n')}\n`;
    const section = /(<!-- orb -->\n)([\s\S]*?)(<!-- \/orb -->)/;
    if (process.env['UPDATE_GOLDEN'] === '1') {
      writeFileSync(
        pathOf(FILE),
        read(FILE).replace(section, (_, start, __, end) => start + table + end),
      );
    }
    expect(section.exec(read(FILE))?.[2]).toBe(table);
  });
});

function tableOf(name: string, job: Fields): string[] {
  const rows = Object.entries(fields(job['parameters'])).map(([parameter, declaration]) => {
    const { default: standard, description } = fields(declaration);
    const shown = standard === '' ? '' : `\`${typeof standard === 'string' ? standard : JSON.stringify(standard)}\``;
    return `| \`${parameter}\` | ${shown} | ${String(description).trim().replaceAll('|', '\\|')} |`;
  });
  return [
    `### ${name}`,
    '',
    String(job['description']).trim(),
    '',
    '| parameter | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ];
}

describe('docs/npx.md', () => {
  const FILE = 'docs/npx.md';
  const lines = blocksOf(FILE, 'sh')
    .join('')
    .split('\n')
    .filter((line) => line.includes('npx '));

  test.each(lines)('%s', (line) => {
    const [, pinned, rest] = /npx (?:--yes )?perf-gate(@[\d.]+)?(?: (.*))?$/.exec(line) ?? [];
    if (pinned !== undefined) expect(pinned).toBe(`@${version}`);
    const words = (rest ?? '').split(' ').filter((word) => word !== '');
    if (words[0] === '--version') return;
    const [name = '', ...args] = words[0]?.startsWith('-') === false ? words : ['run', ...words];
    expect(isCommand(name)).toBe(true);
    const flags = Object.keys(commands[name as keyof typeof commands].flags).map((flag) => `--${flag}`);
    expect(flags).toEqual(expect.arrayContaining(args.filter((word) => word.startsWith('--'))));
  });

  test('lists every exit code but that of an interruption', () => {
    const listed = [...read(FILE).matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed.toSorted()).toEqual(
      Object.values(EXIT)
        .filter((code) => code !== EXIT.interrupted)
        .toSorted(),
    );
  });
});
