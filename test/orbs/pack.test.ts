/** orbs/pack.mjs, on small orbs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { removeDirectory, scratchDirectory } from '../support/world.ts';
import { type Fields, fields } from './steps.ts';

const PACKER = fileURLToPath(new URL('../../orbs/pack.mjs', import.meta.url));

const scratch = scratchDirectory();
afterAll(() => removeDirectory(scratch));

let count = 0;
function packed(files: Readonly<Record<string, string>>): { orb: Fields; said: string } {
  const [source, file] = [join(scratch, `${++count}`), join(scratch, `${count}.yml`)];
  for (const [path, content] of Object.entries({ '@orb.yml': 'version: 2.1\n', ...files })) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), content);
  }
  const { status, stderr } = spawnSync('node', [PACKER, source, file], { encoding: 'utf8' });
  return { orb: status === 0 ? fields(parse(readFileSync(file, 'utf8'))) : {}, said: stderr };
}

test('puts files below the key of their directory, and reads no others', () => {
  const { orb } = packed({
    'commands/a.yml': 'steps: [checkout]',
    'commands/deeper/b.yaml': 'steps: [{ run: "on" }]',
    'commands/@more.yml': 'c: { steps: [] }',
    'commands/.hidden.yml': 'x: 1',
    'scripts/a.sh': 'true',
    'examples/README.md': '# not YAML',
  });
  expect(orb).toEqual({
    version: 2.1,
    commands: { a: { steps: ['checkout'] }, b: { steps: [{ run: 'on' }] }, c: { steps: [] } },
  });
});

test('includes a script as it is, whatever is in it', () => {
  const script = `#!/bin/sh\ncat <<EOF >"$1"\n  a: 'b' "c" \\ \t # {{ x }}\nEOF\n\necho "$((1<<2))"   \n`;
  const { orb } = packed({
    'scripts/a.sh': script,
    'commands/a.yml': 'steps: [{ run: { command: <<include(scripts/a.sh)>> } }]',
  });
  const [step] = fields(fields(orb['commands'])['a'])['steps'] as Fields[];
  const included = String(fields(step?.['run'])['command']);
  expect(included).toContain('\\<<EOF');
  expect(included.replaceAll('\\<<', '<<')).toBe(script);
});

test.each([
  ['a name twice', { 'jobs/a.yml': 'x: 1', 'jobs/deeper/a.yml': 'x: 2' }, 'a is defined twice'],
  [
    'an include within a text',
    { 'jobs/a.yml': 'x: "set -e; <<include(scripts/a.sh)>>"' },
    'an include is a whole value',
  ],
  ['an include from outside', { 'jobs/a.yml': 'x: <<include(../secret)>>' }, 'an include stays within the orb'],
  ['a directory that means nothing', { 'comands/a.yml': 'x: 1' }, 'an orb has no comands'],
  ['broken YAML', { 'jobs/a.yml': 'x: [' }, 'jobs/a.yml: '],
])('refuses %s', (_, files, message) => {
  expect(packed(files).said).toContain(message);
});
