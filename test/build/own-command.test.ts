import { execFileSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fillCommand } from '../../src/build/own-command.ts';

const shell = (script: string) => execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { HOME: '/home/ann' } });

test.each([
  ['without quotes', 'printf %s {v}'],
  ['between double quotes', 'printf %s "{v}"'],
  ['between single quotes', "printf %s '{v}'"],
  ['behind an escaped quote', 'printf %s%.0s {v} \\"'],
  ['in a quoted field', `printf '%s%.0s' "{v}" "it's \\" {v}"`],
  ['behind a backslash between single quotes', "printf '%s%.0s' {v} '\\'"],
])('a value is the text it is: %s', (_, template) => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '$', '`', '\\', '{', '}', '*', ';', '\n') }),
      (v) => {
        expect(shell(fillCommand(template, { v }))).toBe(v);
      },
    ),
    { numRuns: 40 },
  );
});

test('values are not filled again, braces may be literal, and typing mistakes are told', () => {
  expect(fillCommand('echo {a} {{x}}', { a: '{b}', b: 'no' })).toBe("echo '{b}' {x}");
  expect(() => fillCommand('go build -o {outptu}', { output: '/tmp/x' })).toThrow('unknown placeholder');
});
