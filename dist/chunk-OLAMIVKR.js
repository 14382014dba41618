import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/service/log.ts
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";
var TAIL_BYTES = 64 * 1024;
var LINE_CHARACTERS = 500;
function readTail(file, lines, from = 0) {
  return tailLines(file, from).slice(-lines).join("\n");
}
function readLastWords(file, lines, from = 0) {
  const all = tailLines(file, from);
  const panic = all.findLastIndex((line) => /^(panic|fatal error): |\bhttp: panic serving /.test(line));
  if (panic === -1 || all.length - panic <= lines) return all.slice(-lines).join("\n");
  return [...all.slice(panic, panic + lines), "\u2026"].join("\n");
}
function plainText(text) {
  return stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(/(?![\n\t])[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}
function tailLines(file, from) {
  const { text, isCut } = readEnd(file, from);
  const lines = plainText(text).replace(/\n+$/, "").split("\n");
  if (isCut && lines.length > 1) lines.shift();
  return lines.map((line) => line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}\u2026` : line);
}
function readEnd(file, from) {
  if (!existsSync(file)) return { text: "", isCut: false };
  const fd = openSync(file, "r");
  try {
    const { size } = fstatSync(fd);
    const start = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start));
    const read = readSync(fd, bytes, 0, bytes.length, start);
    return { text: bytes.toString("utf8", 0, read), isCut: start > from };
  } finally {
    closeSync(fd);
  }
}

export {
  readTail,
  readLastWords,
  plainText
};
