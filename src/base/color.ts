/** Whether an output is to be coloured: the one rule for the report and for the progress. */
import type { World } from './world.ts';

/**
 * https://no-color.org before https://force-color.org: any value that is not empty counts, but 0 and false, which turn
 * FORCE_COLOR into its opposite (1 to 3 are shades that we do not tell apart). Without either, terminals are coloured.
 */
export function wantsColor({ env, stdout }: World, output = stdout): boolean {
  const forced = env['FORCE_COLOR'];
  if (env['NO_COLOR'] || forced === '0' || forced === 'false') return false;
  return forced ? true : output.isTerminal && env['TERM'] !== 'dumb';
}
