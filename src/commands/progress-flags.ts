/** --quiet and --verbose: how much a command tells of its work. */
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { openProgress } from '../progress/progress.ts';
import type { PROGRESS } from './flag.ts';

export function progressFor(world: World, { quiet, verbose }: Readonly<Record<keyof typeof PROGRESS, boolean>>) {
  if (quiet && verbose) {
    throw new UserError('--quiet and --verbose contradict each other', { hint: 'leave one of them out' });
  }
  return openProgress(world, { isQuiet: quiet, isVerbose: verbose });
}
