import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  UserError
} from "./base-errors.js";

// src/config/problem.ts
var SHOWN = 50;
var ConfigError = class extends UserError {
  fileName;
  problems;
  constructor(fileName, problems) {
    const ordered = inOrder(problems);
    const [first = "", ...others] = listed(fileName, ordered);
    if (others.length === 0) super(first);
    else super(`${sourcesOf(fileName, ordered)} ${ordered.length} problems`, { detail: [first, ...others].join("\n") });
    this.fileName = fileName;
    this.problems = ordered;
  }
};
function inOrder(problems) {
  const seen = /* @__PURE__ */ new Set();
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column).filter(({ line, column, flag, message }) => {
    const key = `${flag ?? ""} ${line}:${column} ${message}`;
    return !seen.has(key) && seen.add(key);
  });
}
function sourcesOf(fileName, problems) {
  const set = problems.filter(({ flag }) => flag !== void 0);
  if (set.length === 0) return `${fileName} has`;
  return set.length === problems.length ? "the flags have" : `the flags and ${fileName} have`;
}
var begun = (fileName, { message, line, column, flag }) => flag === void 0 ? `${fileName}:${line}:${column}  ${message}` : `${flag}: ${message.replace(/^[\w.-]+: /, "")}`;
function listed(fileName, problems) {
  const lines = problems.slice(0, SHOWN).map((problem) => `${begun(fileName, problem)}${problem.hint === void 0 ? "" : ` / ${problem.hint}`}`);
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more problems in ${fileName}`);
  return lines;
}

export {
  ConfigError
};
