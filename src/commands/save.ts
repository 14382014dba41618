/** perf-gate save: a commit of the base branch into the store. */
import { EXIT } from '../base/errors.ts';
import { save as saveCommit } from '../run/save.ts';
import type { Command } from './list.ts';
import { progressFor } from './progress-flags.ts';
import { settingsOf } from './settings.ts';

export const save: Command<'save'> = async ({ values }, world) => {
  const { config, force: isForced, 'allow-foreign-code': allowForeignCode } = values;
  const options = { config, settings: settingsOf(values), isForced, allowForeignCode };
  await saveCommit(options, world, progressFor(world, values));
  return EXIT.pass;
};
