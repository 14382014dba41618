import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/errors.ts
var EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  invalid: 3,
  inconclusive: 4,
  interrupted: 130
};
var UserError = class extends Error {
  exitCode = EXIT.usage;
  hint;
  at;
  detail;
  constructor(message, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.at = options.at;
    this.detail = options.detail;
  }
};
var MeasurementError = class extends UserError {
  exitCode = EXIT.invalid;
};
var Interrupted = class extends UserError {
  exitCode = EXIT.interrupted;
};

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

// src/config/nearest.ts
function nearest(word, legal) {
  const plain = bare(word);
  let best;
  for (const candidate of legal) {
    const other = bare(candidate);
    const longer = Math.max(plain.length, other.length);
    const tolerated = Math.floor(longer / 3);
    if (longer - Math.min(plain.length, other.length) > tolerated) continue;
    const edits = distance(plain, other);
    if (edits <= tolerated && (best === void 0 || edits < best.edits)) best = { word: candidate, edits };
  }
  return best?.word ?? legal.find((candidate) => isPart(plain, bare(candidate)));
}
function bare(word) {
  return word.toLowerCase().replaceAll(/[-_\s]/g, "");
}
function isPart(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.includes(short);
}
function distance(a, b) {
  let beforeLast = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, beforeLast[j - 2] + 1);
      row.push(least);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

export {
  EXIT,
  UserError,
  MeasurementError,
  Interrupted,
  readTail,
  readLastWords,
  plainText,
  nearest
};
