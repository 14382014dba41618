/** The rules that several scenarios share: each has to fit a function of one of them, not of every one. */

import { matchesGlob } from '../base/glob.ts';
import type { LimitsConfig } from '../config/config.ts';
import { sayTheSame } from '../config/rules.ts';

/**
 * The limits of one scenario without those of the shared rules that fit a function of another scenario and none of its
 * own: they judge nothing here, and nothing is wrong with them. `here` and `elsewhere` are names of functions that ran.
 */
export function withoutRulesOfOthers(
  limits: LimitsConfig,
  shared: LimitsConfig,
  here: readonly string[],
  elsewhere: readonly string[],
): LimitsConfig {
  const isOfOthers = (pattern: string) => {
    const fits = (name: string) => matchesGlob(pattern, name);
    return !here.some(fits) && elsewhere.some(fits);
  };
  const isIn = (rules: readonly unknown[], rule: unknown) => rules.some((one) => sayTheSame(one, rule));
  return {
    ...limits,
    functions: limits.functions.filter((rule) => !(isIn(shared.functions, rule) && isOfOthers(rule.match))),
    ignore: limits.ignore.filter((rule) => !(isIn(shared.ignore, rule) && isOfOthers(rule.match))),
    waivers: limits.waivers.filter((waiver) => !(isIn(shared.waivers, waiver) && isOfOthers(waiver.function))),
  };
}
