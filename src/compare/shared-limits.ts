/** The rules that several scenarios share: each has to fit a function of one of them, not of every one. */

import { matchesGlob } from '../base/glob.ts';
import type { LimitsConfig } from '../config/config.ts';

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
  return {
    ...limits,
    functions: limits.functions.filter((rule) => !(shared.functions.includes(rule) && isOfOthers(rule.match))),
    ignore: limits.ignore.filter((rule) => !(shared.ignore.includes(rule) && isOfOthers(rule.match))),
    waivers: limits.waivers.filter((waiver) => !(shared.waivers.includes(waiver) && isOfOthers(waiver.function))),
  };
}
