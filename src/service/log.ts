/**
 * The end of a log that somebody else's program writes. What it says is hostile: terminal escapes, carriage returns
 * and bidirectional overrides never get through, and no more than the last 64 kB is ever read.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { plainText } from '../base/text.ts';

const TAIL_BYTES = 64 * 1024;
const LINE_CHARACTERS = 500;

/**
 * The last lines of a file, as plain text; `from` is the offset below which it is not ours (an earlier run's). A file
 * that is not there has none.
 */
export function readTail(file: string, lines: number, from = 0): string {
  return tailLines(file, from).slice(-lines).join('\n');
}

/**
 * The lines that tell why a program ended or broke a request off: its last ones, but for a Go program that panicked the
 * message and what follows, which stand far above the last line of the last goroutine.
 */
export function readLastWords(file: string, lines: number, from = 0): string {
  const all = tailLines(file, from);
  const panic = all.findLastIndex((line) => /^(panic|fatal error): |\bhttp: panic serving /.test(line));
  if (panic === -1 || all.length - panic <= lines) return all.slice(-lines).join('\n');
  return [...all.slice(panic, panic + lines), '…'].join('\n');
}

function tailLines(file: string, from: number): string[] {
  const { text, isCut } = readEnd(file, from);
  const lines = plainText(text).replace(/\n+$/, '').split('\n');
  if (isCut && lines.length > 1) lines.shift(); // the first one has lost its beginning
  return lines.map((line) => (line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}…` : line));
}

function readEnd(file: string, from: number): { text: string; isCut: boolean } {
  if (!existsSync(file)) return { text: '', isCut: false };
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const start = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const read = readSync(fd, bytes, 0, bytes.length, start);
    return { text: bytes.toString('utf8', 0, read), isCut: start > from };
  } finally {
    closeSync(fd);
  }
}
