/**
 * The command that repeats a comparison, of a report that somebody else may have written: whoever reads it may type it, so
 * it is built here, from a closed list of flags. A `--set` could name a command that the run then executes.
 */
import type { Report } from '../compare/report.ts';
import { SCENARIO_PATTERN } from '../config/scenarios.ts';

/** Nothing that begins like a flag, and nothing that a shell or git would take for more than a name. */
const REF = /^\w[\w./@^~+-]{0,199}$/;
/** Relative, and below where the person is. */
const CONFIG = /^(?!.*\.\.)[\w-][\w./-]{0,199}\.ya?ml$/;
const SCENARIO = new RegExp(`^${SCENARIO_PATTERN}$`);

/** In the order in which they are shown. */
const FLAGS = { base: REF, head: REF, config: CONFIG, scenario: SCENARIO } as const;

/** `npx perf-gate run --base 88d0e14 --scenario search`: of the report's own line what is safe to type, and no more. */
export function safeReproduce({ reproduce, base }: Pick<Report, 'reproduce' | 'base'>): string {
  const words = reproduce.split(' ');
  const isRun = words.includes('run');
  const given = (name: string) => (isRun ? words[words.indexOf(`--${name}`) + 1] : undefined);
  const flags = Object.entries(FLAGS).flatMap(([name, pattern]) => {
    const value = words.includes(`--${name}`) ? given(name) : name === 'base' ? base.commit.slice(0, 7) : undefined;
    return value !== undefined && pattern.test(value) ? [`--${name}`, value] : [];
  });
  return ['npx perf-gate run', ...(words.includes('--quick') ? ['--quick'] : []), ...flags].join(' ');
}
