/** perf-gate report: what a run found, told again from its directory, in any format. */
import { resolve } from 'node:path';
import { wantsColor } from '../color.ts';
import { EXIT } from '../errors.ts';
import { readSavedReports } from '../publish/saved-reports.ts';
import { renderSeveral } from '../report/several.ts';
import { readFlags } from './flags.ts';
import { type Command, commands } from './list.ts';

export const report: Command = async (args, world) => {
  const { values, positionals } = readFlags(args, commands.report);
  const directory = resolve(world.cwd, positionals[0] ?? 'perf-gate-out');
  const { reports } = await readSavedReports(directory, 'perf-gate report DIR');
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
