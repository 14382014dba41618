/** perf-gate compare: two measured sides judged again, with the limits of today's config. */
import { readFile } from 'node:fs/promises';
import { dirname, join, parse, relative, resolve } from 'node:path';
import {
  type ChangedCode,
  changedCode,
  differingFunctions,
  parseChangeRecord,
  unknownChanges,
} from '../compare/changed-code.ts';
import { compareSides } from '../compare/compare.ts';
import { REPORT_SCHEMA, type Report } from '../compare/report.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { UserError } from '../errors.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { readSide } from '../measure/side-directory.ts';
import { formats } from '../report/formats.ts';
import { VERSION } from '../version.ts';
import { exitCodeOf } from './exit-code.ts';
import { readFlags } from './flags.ts';
import type { Command } from './list.ts';
import { formatOf, wantsColor } from './run.ts';

export const compare: Command = async (args, world) => {
  const { values, positionals } = readFlags(
    args,
    { config: { type: 'string' }, format: { type: 'string', default: 'text' } },
    ['BASE', 'HEAD'],
  );
  const format = formatOf(values.format);
  const [baseDirectory, headDirectory] = positionals.map((path) => resolve(world.cwd, path)) as [string, string];
  const path = await findConfig(world.cwd, parse(world.cwd).root, values.config);
  if (path === undefined)
    throw new UserError(`there is no perf-gate.yml in ${world.cwd} or above it`, {
      hint: 'name the config with --config',
    });
  const config = await readConfig(path);
  const startedMs = world.monotonicMs();
  const [base, head] = [readSide(baseDirectory), readSide(headDirectory)];
  const changes = await changesBeside(baseDirectory, headDirectory, { base, head });
  const comparison = compareSides({
    base,
    head,
    changes,
    limits: config.limits,
    today: world.now().toISOString().slice(0, 10),
  });
  const reported = ({ manifest: { commit, version, isDirty } }: MeasuredSide) => ({ commit, version, isDirty });
  const report: Report = {
    ...comparison,
    schema: REPORT_SCHEMA,
    tool: VERSION,
    isSameCode: false,
    service: head.manifest.service,
    base: reported(base),
    head: reported(head),
    baselineSource: undefined,
    baseReason: `measured before, in ${relative(world.cwd, baseDirectory)}`,
    durationMs: Math.round(world.monotonicMs() - startedMs),
    reproduce: `npx perf-gate compare ${positionals.join(' ')}`,
    directory: `${relative(world.cwd, dirname(headDirectory)) || '.'}/`,
  };
  world.stdout.write(formats[format](report, { color: wantsColor(world) }));
  return exitCodeOf(report, config.onInconclusive);
};

/** What the commit changed, where both sides come from one run; else what the figures themselves say. */
async function changesBeside(
  baseDirectory: string,
  headDirectory: string,
  sides: { base: MeasuredSide; head: MeasuredSide },
): Promise<ChangedCode> {
  if (dirname(baseDirectory) !== dirname(headDirectory)) return unknownChanges(differingFunctions(sides));
  const path = join(dirname(headDirectory), 'changes.json');
  try {
    return changedCode(parseChangeRecord(await readFile(path, 'utf8'), path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return unknownChanges(differingFunctions(sides));
  }
}
