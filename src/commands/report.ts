/** perf-gate report: what a run found, told again from its directory, in any format. */
import { resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { EXIT } from '../base/errors.ts';
import { readSavedReports } from '../publish/saved-reports.ts';
import { renderSeveral } from '../report/several.ts';
import type { Command } from './list.ts';

export const report: Command<'report'> = async ({ values, positionals }, world) => {
  const directory = resolve(world.cwd, positionals[0] ?? 'perf-gate-out');
  const { reports } = await readSavedReports(directory, 'perf-gate report DIR');
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
