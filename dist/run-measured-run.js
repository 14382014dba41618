import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  changedCode,
  parseChangeRecord
} from "./compare-compare.js";
import {
  MANIFEST,
  readBounded,
  readSide
} from "./measure-side-directory.js";
import {
  RULES,
  parseRulesRecord
} from "./run-rules-record.js";
import {
  listed,
  plainText
} from "./base-text.js";
import {
  MeasurementError,
  UserError
} from "./base-errors.js";

// src/run/measured-run.ts
import { existsSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
var CHANGES = "changes.json";
var LARGEST_CHANGES_BYTES = 5e7;
var LARGEST_RULES_BYTES = 5e6;
function readRun(directory) {
  const holds = (...path) => existsSync(join(directory, ...path));
  if (holds(MANIFEST)) {
    const side = readSide(directory);
    return { base: void 0, head: void 0, changes: void 0, rules: void 0, [side.manifest.side]: side };
  }
  const [base, head] = ["base", "head"].map((side) => holds(side, MANIFEST));
  if (!base && !head) throw nothingMeasured(directory);
  if (base !== head) {
    throw new MeasurementError(
      `${directory} holds the ${base ? "base" : "head"} only: it is not a whole run directory`,
      {
        hint: `name the side itself, ${join(directory, base ? "base" : "head")}, or measure again`
      }
    );
  }
  return readPair(join(directory, "base"), join(directory, "head"));
}
function readPair(baseDirectory, headDirectory) {
  const [base, head] = [readSide(baseDirectory), readSide(headDirectory)];
  if (realpathSync(baseDirectory) === realpathSync(headDirectory)) {
    throw new UserError(`BASE and HEAD are the same directory: ${baseDirectory}`, { hint: TWO_SIDES });
  }
  for (const [what, name] of [
    ["service", (side) => side.manifest.service],
    ["scenario", (side) => side.manifest.scenario ?? "none"]
  ]) {
    if (name(base) === name(head)) continue;
    const names = `BASE is of ${plainText(name(base))}, HEAD of ${plainText(name(head))}`;
    throw new UserError(`the sides are of different ${what}s: ${names}`, {
      hint: `only sides of the same ${what} can be compared`
    });
  }
  const isOneRun = dirname(baseDirectory) === dirname(headDirectory);
  if (isOneRun && base.manifest.side === "head" && head.manifest.side === "base") {
    throw new UserError("the sides are swapped: BASE was measured as the head of this run, HEAD as its base", {
      hint: TWO_SIDES
    });
  }
  const directory = isOneRun ? dirname(headDirectory) : void 0;
  const changes = directory === void 0 ? void 0 : readChanges(directory);
  const rules = directory === void 0 ? void 0 : readRules(directory);
  return { base, head, changes, rules };
}
var TWO_SIDES = "the base comes first: perf-gate compare perf-gate-out/base perf-gate-out/head";
function readChanges(directory) {
  const path = join(directory, CHANGES);
  if (!existsSync(path)) return void 0;
  const bytes = readBounded(path, LARGEST_CHANGES_BYTES, { why: "it was there", hint: "measure again" });
  return changedCode(parseChangeRecord(bytes.toString("utf8"), path));
}
function readRules(directory) {
  const path = join(directory, RULES);
  if (!existsSync(path)) return void 0;
  const bytes = readBounded(path, LARGEST_RULES_BYTES, { why: "it was there", hint: "measure again" });
  return parseRulesRecord(bytes.toString("utf8"), path);
}
function nothingMeasured(directory) {
  if (!existsSync(directory)) {
    return new UserError(`there is no ${directory}`, { hint: "perf-gate run makes it; name another directory" });
  }
  if (existsSync(join(directory, "report.json")) && !holdsRuns(directory)) {
    return new UserError(`nothing was measured in the run of ${directory}`, {
      hint: `both sides may have been the same code: perf-gate report ${basename(directory)} tells what it found`
    });
  }
  const [first, ...others] = runsIn(directory);
  if (first !== void 0) {
    const names = [first, ...others].map((name) => plainText(join(basename(directory), name)));
    return new UserError(`${directory} holds several run directories`, {
      hint: `name one of them: ${listed(names.slice(0, MOST_NAMES), "or")}`
    });
  }
  return new UserError(`${directory} is no run directory, and no measured side`, {
    hint: "a run directory is what perf-gate run leaves: perf-gate-out; a side is perf-gate-out/base or perf-gate-out/head"
  });
}
var MOST_NAMES = 10;
var holdsRuns = (directory) => runsIn(directory).length > 0;
function runsIn(directory) {
  try {
    return readdirSync(directory).filter((name) => ["base", "head"].some((side) => existsSync(join(directory, name, side, MANIFEST)))).sort();
  } catch {
    return [];
  }
}

export {
  readRun,
  readPair
};
