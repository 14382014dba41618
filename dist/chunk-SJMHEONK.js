import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// package.json
var package_default = {
  name: "perf-gate",
  version: "0.1.0",
  description: "A performance gate for Go services: which function and which line costs more per request, and is that over the limit?",
  license: "MIT",
  type: "module",
  bin: {
    "perf-gate": "dist/cli.js"
  },
  files: [
    "dist",
    "examples",
    "README.md",
    "LICENSE"
  ],
  engines: {
    node: ">=20.19"
  },
  scripts: {
    typecheck: "tsc --noEmit",
    lint: "biome check --error-on-warnings .",
    format: "biome check --write .",
    build: "node build.mjs",
    pretest: "npm run typecheck && npm run lint && node build.mjs --check",
    test: "node --disable-warning=ExperimentalWarning --experimental-vm-modules node_modules/jest/bin/jest.js"
  },
  devDependencies: {
    "@biomejs/biome": "2.5.15",
    "@jest/globals": "30.5.2",
    "@swc/core": "1.16.18",
    "@swc/jest": "0.2.39",
    "@types/node": "20.19.43",
    ajv: "8.20.0",
    esbuild: "0.28.2",
    execa: "9.6.1",
    "fast-check": "4.10.2",
    jest: "30.5.2",
    "markdown-table": "3.1.0",
    "pprof-format": "2.3.2",
    "simple-git": "4.0.2",
    typescript: "7.0.2",
    undici: "7.30.2",
    yaml: "2.9.1"
  },
  overrides: {
    "unrs-resolver": "1.12.2"
  }
};

// src/version.ts
var VERSION = package_default.version;

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
  const panic = all.findLastIndex((line) => /^(panic|fatal error): /.test(line));
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
  plainText,
  VERSION
};
