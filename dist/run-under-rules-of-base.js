import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  few
} from "./report-words.js";
import {
  listed
} from "./base-text.js";

// src/run/under-rules-of-base.ts
function underRulesOfBase(judged, rules, scenario) {
  const { whyNotBase, ...report } = judged;
  const { mode, dropped, rewritten } = rules;
  const differences = rules.differences.filter((one) => one.scenario === void 0 || one.scenario === scenario);
  const forbidden = mode === "fail" ? differences.filter(({ kind }) => kind !== "tightened") : [];
  const reasons = [
    ...forbidden.length > 0 ? [changesItsRules(forbidden)] : mode === "note" ? [] : [...againstOwnBase(differences), ...builtOtherwise(differences)],
    ...whyNotBase === void 0 ? [] : [onOwnLoad(judged, whyNotBase, differences)],
    ...mode === "note" ? [] : notMeasured(judged, dropped),
    ...report.isSameCode || rewritten.length === 0 ? [] : [builtFromOtherFiles(rewritten)]
  ];
  const isOfBase = mode !== "note" && whyNotBase === void 0;
  const notes = [
    ...isOfBase && !report.isSameCode && report.verdict !== "invalid" ? onLoadOfBase(differences) : [],
    ...reasons.map((text) => ({ code: "config-changed", text }))
  ];
  return {
    ...report,
    verdict: worse(report.verdict, forbidden.length > 0 ? "fail" : reasons.length > 0 ? "inconclusive" : "pass"),
    notes: [...report.notes ?? [], ...rules.notes, ...notes],
    configChanges: differences.map((one) => reported(one, mode, !isOfBase && isOnLoadOf(one, scenario)))
  };
}
function worse(verdict, atLeast) {
  if (verdict === "invalid" || atLeast === "pass") return verdict;
  return verdict === "pass" ? atLeast : verdict === "inconclusive" && atLeast === "fail" ? "fail" : verdict;
}
var REMEDY = "merge the change of the config by itself first, or have the job accept it with --accept-config";
var keysOf = (differences) => few(differences.map(({ key }) => key));
var changesItsRules = (differences) => `this commit changes what it is judged by (${keysOf(differences)}), and on-config-change is fail: ${REMEDY}`;
function againstOwnBase(differences) {
  return differences.filter(({ about }) => about === "base").map(
    ({ base, head }) => `baseline.branch of this commit (${head}) chose what it was compared with, and by that of the default branch (${base}) it would be another commit, so a pass would not be one by the base's rules: name the branch with --branch, ${REMEDY}`
  );
}
function builtOtherwise(differences) {
  const open = differences.filter(({ about }) => about === "build");
  if (open.length === 0) return [];
  return [
    `both sides were built as this commit says and not as the base does (${keysOf(open)}), so a pass would not be one by the base's rules: ${REMEDY}`
  ];
}
var ofLoad = (differences) => differences.filter(({ about }) => about === "load");
function onOwnLoad({ verdict, totals = [] }, why, differences) {
  const keys = keysOf(ofLoad(differences));
  const isNothing = verdict !== "invalid" && totals.length === 0;
  const what = isNothing ? `nothing was measured (${keys})` : `both sides were sent this commit's own load (${keys}), and a pass on that would not be one by the base's rules`;
  return `${why}: ${what}; ${REMEDY}`;
}
function onLoadOfBase(differences) {
  const changes = ofLoad(differences);
  if (changes.length === 0) return [];
  const text = `both sides were sent the load of the base: what this commit changes of it (${keysOf(changes)}) is sent once it is merged, or now with --accept-config`;
  return [{ code: "load-of-base", text }];
}
function notMeasured({ missing = [] }, dropped) {
  const names = dropped.filter((name) => missing.some(({ instrument }) => instrument === name));
  if (names.length === 0) return [];
  return [`this commit takes ${listed(names)} out of instruments, and the base's limits on it could not be judged`];
}
var builtFromOtherFiles = (paths) => `the machine code is the same because what is done before the build rewrote files that the commit changes: ${few(paths)}`;
var isOnLoadOf = ({ key }, scenario) => key.startsWith(scenario === void 0 ? "load" : `scenarios.${scenario}`);
function reported({ key, base, head, kind, at, about }, mode, isOnHeadsLoad) {
  const ofRules = { loosened: "base", tightened: "head", changed: "both" }[kind];
  if (key === "on-config-change") return { key, base, head, kind, at, counts: "base" };
  const ofBase = key === "baseline.store" ? "base" : ofRules;
  const rule = about === "rule" ? ofBase : "head";
  const counts = mode === "note" ? "head" : about === "load" && !isOnHeadsLoad ? "base" : rule;
  return { key, base, head, kind, at, counts };
}

export {
  underRulesOfBase
};
