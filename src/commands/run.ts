/** perf-gate run: the gate, its report on the standard output, the verdict as the exit code. */
import { resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { findJobBase } from '../ci/base.ts';
import { isInJob } from '../ci/hosts.ts';
import { assertMayMeasureHere } from '../ci/own-code.ts';
import { worstOf } from '../compare/report.ts';
import { renderSeveral } from '../report/several.ts';
import { exitCodeOf } from '../run/exit-code.ts';
import { gate } from '../run/gate.ts';
import { requireTools } from '../run/require-tools.ts';
import { removeEarlierRun } from '../run/run-directory.ts';
import type { Command } from './list.ts';
import { progressFor } from './progress-flags.ts';
import { settingsOf } from './settings.ts';

export const run: Command<'run'> = async ({ values }, world) => {
  const progress = progressFor(world, values);
  await requireTools(world);
  const { head, config: configFile, scenario, output } = values;
  if (isInJob(world.env)) await removeEarlierRun(resolve(world.cwd, output));
  const settings = settingsOf(values);
  await assertMayMeasureHere(world, values['allow-foreign-code'], [head, values.base]);
  const chosen = values.base === undefined && head === undefined ? await findJobBase(world) : undefined;
  const base = { base: values.base ?? chosen?.commit, baseReason: chosen?.reason };
  const flags = { isQuick: values.quick, acceptConfig: values['accept-config'] };
  const options = { ...base, ...flags, head, config: configFile, settings, scenario, output };
  const { reports, config } = await gate(options, world, progress);
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return exitCodeOf(worstOf(reports), config.onInconclusive);
};
