import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { plainText } from '../../src/base/text.ts';
import { hasTaskset, pinned } from '../../src/process/affinity.ts';
import { readLastWords, readTail } from '../../src/service/log.ts';
import { freePort } from '../../src/service/port.ts';

let directory: string;
let file: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'perf-gate-log-'));
  file = join(directory, 'service.log');
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('the tail of a log', () => {
  test.each([
    ['fewer lines than asked for', 'a\nb\n', 5, 'a\nb'],
    ['more', 'a\nb\nc\n', 2, 'b\nc'],
    ['no end of line', 'a\nb', 1, 'b'],
    ['nothing', '', 3, ''],
    ['a progress bar', '10 %\r20 %\r\n', 2, '10 %\n20 %'],
  ])('%s', (_, text, lines, expected) => {
    writeFileSync(file, text);
    expect(readTail(file, lines)).toBe(expected);
  });

  test('begins where this run began', () => {
    writeFileSync(file, 'earlier\nlater\n');
    expect(readTail(file, 5, 'earlier\n'.length)).toBe('later');
  });

  test('is read from the last 64 kB, without the line that they cut', () => {
    writeFileSync(file, `${'x'.repeat(99)}\n`.repeat(1000));
    const tail = readTail(file, 1e6).split('\n');
    expect(tail).toHaveLength(655);
    expect(new Set(tail)).toEqual(new Set(['x'.repeat(99)]));
  });

  test('shortens lines that nobody would read', () => {
    writeFileSync(file, 'y'.repeat(200_000));
    expect(readTail(file, 1)).toBe(`${'y'.repeat(500)}…`);
  });
});

test.each([
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a title that the terminal would answer', 'a\u001b]0;title\u0007b', 'ab'],
  ['a cursor that overwrites what we said', '\u001b[2J\u001b[1;1Hverdict: pass', 'verdict: pass'],
  ['C1 controls, which some terminals obey', 'a\u009b31mb', 'ab'],
  ['a bare escape', 'a\u001b', 'a'],
  ['backspaces', 'fail\b\b\b\bpass', 'failpass'],
  ['text direction', 'a\u202egnp.exe', 'agnp.exe'],
  ['what belongs to text', 'tab\tnew\nline é 日本 👍', 'tab\tnew\nline é 日本 👍'],
])('plain text: %s', (_, text, expected) => {
  expect(plainText(text)).toBe(expected);
});

test('the last words of a Go program that panicked begin with the panic', () => {
  const goroutines = Array.from({ length: 50 }, (_, i) => `goroutine ${i}`);
  writeFileSync(file, ['serving', 'panic: boom', '\tpanic: again', ...goroutines].join('\n'));
  expect(readLastWords(file, 3)).toBe('panic: boom\n\tpanic: again\ngoroutine 0\n…');
  writeFileSync(file, 'one\ntwo\nthree\n');
  expect(readLastWords(file, 2)).toBe('two\nthree');
});

test('pinning puts taskset before the command, or nothing', () => {
  expect(pinned('./orders', ['-v'], [2, 3])).toEqual({ command: 'taskset', args: ['-c', '2,3', './orders', '-v'] });
  expect(pinned('./orders', ['-v'], undefined)).toEqual({ command: './orders', args: ['-v'] });
  expect(hasTaskset({ PATH: '/nowhere' })).toBe(false);
});

test('ports that are asked for together differ, and are none that somebody listens on', async () => {
  const first = await freePort();
  const taken = createServer().listen(first + 1, '127.0.0.1');
  await once(taken, 'listening');
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  await new Promise((resolve) => taken.close(resolve));
  expect(new Set([first, first + 1, ...ports]).size).toBe(22);
  for (const port of ports) expect(String(port)).toHaveLength(5);
});
