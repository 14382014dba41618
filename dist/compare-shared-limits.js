import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  matchesGlob
} from "./report-words.js";
import {
  sayTheSame
} from "./config-rules.js";

// src/compare/shared-limits.ts
function patternsOfOthers({ functions, ignore, waivers }, here, elsewhere) {
  const patterns = [
    ...[...functions, ...ignore].map(({ match }) => match),
    ...waivers.map(({ function: pattern }) => pattern)
  ];
  return [...new Set(patterns)].filter((pattern) => {
    const fits = (name) => matchesGlob(pattern, name);
    return !here.some(fits) && elsewhere.some(fits);
  });
}
function withoutRulesOfOthers(limits, shared, patterns) {
  const isIn = (rules, rule) => rules.some((one) => sayTheSame(one, rule));
  return {
    ...limits,
    functions: limits.functions.filter((rule) => !(patterns.includes(rule.match) && isIn(shared.functions, rule))),
    ignore: limits.ignore.filter((rule) => !(patterns.includes(rule.match) && isIn(shared.ignore, rule))),
    waivers: limits.waivers.filter((one) => !(patterns.includes(one.function) && isIn(shared.waivers, one)))
  };
}

export {
  patternsOfOthers,
  withoutRulesOfOthers
};
