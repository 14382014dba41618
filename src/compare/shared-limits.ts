/** The rules that several scenarios share: each has to fit a function of one of them, not of every one. */

import { matchesGlob } from '../base/glob.ts';
import type { LimitsConfig } from '../config/config.ts';
import { sayTheSame } from '../config/rules.ts';

/**
 * Patterns of the shared rules that fit a function of another scenario and none of this one. `here` and `elsewhere` are
 * names of functions that ran.
 */
export function patternsOfOthers(
  { functions, ignore, waivers }: LimitsConfig,
  here: readonly string[],
  elsewhere: readonly string[],
): string[] {
  const patterns = [
    ...[...functions, ...ignore].map(({ match }) => match),
    ...waivers.map(({ function: pattern }) => pattern),
  ];
  return [...new Set(patterns)].filter((pattern) => {
    const fits = (name: string) => matchesGlob(pattern, name);
    return !here.some(fits) && elsewhere.some(fits);
  });
}

/** The limits of a scenario without the shared rules of these patterns: they judge nothing here, and nothing is wrong. */
export function withoutRulesOfOthers(
  limits: LimitsConfig,
  shared: LimitsConfig,
  patterns: readonly string[],
): LimitsConfig {
  const isIn = (rules: readonly unknown[], rule: unknown) => rules.some((one) => sayTheSame(one, rule));
  return {
    ...limits,
    functions: limits.functions.filter((rule) => !(patterns.includes(rule.match) && isIn(shared.functions, rule))),
    ignore: limits.ignore.filter((rule) => !(patterns.includes(rule.match) && isIn(shared.ignore, rule))),
    waivers: limits.waivers.filter((one) => !(patterns.includes(one.function) && isIn(shared.waivers, one))),
  };
}
