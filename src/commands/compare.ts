/** perf-gate compare: two measured sides judged again, with the limits of today's config and those that held in its run. */
import { dirname, parse, relative, resolve } from 'node:path';
import { wantsColor } from '../base/color.ts';
import { VERSION } from '../base/version.ts';
import { differingFunctions, unknownChanges } from '../compare/changed-code.ts';
import { compareSides } from '../compare/compare.ts';
import { type Note, REPORT_SCHEMA, type Report } from '../compare/report.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { shownSetting } from '../config/settings.ts';
import type { MeasuredSide } from '../measure/measured-side.ts';
import { formats } from '../report/formats.ts';
import { exitCodeOf } from '../run/exit-code.ts';
import { readPair } from '../run/measured-run.ts';
import { noConfig } from '../run/project.ts';
import { requiredIn } from '../run/required.ts';
import { configUnder, limitsUnder } from '../run/rules-record.ts';
import { spendMemory } from '../run/spend-memory.ts';
import { underRulesOfBase } from '../run/under-rules-of-base.ts';
import type { Command } from './list.ts';
import { settingsOf } from './settings.ts';

export const compare: Command<'compare'> = async ({ values, positionals }, world) => {
  const [baseDirectory, headDirectory] = positionals.map((path) => resolve(world.cwd, path)) as [string, string];
  const path = await findConfig(world.cwd, parse(world.cwd).root, values.config);
  if (path === undefined) throw noConfig(`${world.cwd} or above it`);
  const settings = settingsOf(values);
  const own = await readConfig(path, dirname(path), settings);
  const startedMs = world.monotonicMs();
  spendMemory();
  const { base, head, changes, rules } = readPair(baseDirectory, headDirectory);
  const { service, scenario } = head.manifest;
  const config = configUnder(rules, own);
  const comparison = compareSides({
    base,
    head,
    changes: changes ?? unknownChanges(differingFunctions({ base, head })),
    limits: limitsUnder(rules, config, {
      named: values.scenario,
      measured: scenario,
      howToName: 'name it with --scenario',
    }),
    today: world.now().toISOString().slice(0, 10),
    required: requiredIn(config, world),
  });
  const named = values.scenario === undefined ? [] : ['--scenario', values.scenario];
  const reported = ({ manifest: { commit, version, isDirty } }: MeasuredSide) => ({ commit, version, isDirty });
  const judged = { ...comparison, isSameCode: false, notes: [...comparison.notes, ...whileMeasured(base, head)] };
  const report: Report = {
    ...(rules === undefined ? judged : underRulesOfBase({ ...judged, whyNotBase: rules.whyNotBase }, rules, scenario)),
    schema: REPORT_SCHEMA,
    tool: VERSION,
    service,
    scenario,
    base: reported(base),
    head: reported(head),
    baselineSource: undefined,
    baseReason: `measured before, in ${relative(world.cwd, baseDirectory)}`,
    durationMs: Math.round(world.monotonicMs() - startedMs),
    reproduce: ['npx perf-gate compare', ...positionals, ...named, ...settings.map(shownSetting)].join(' '),
    directory: `${relative(world.cwd, dirname(headDirectory)) || '.'}/`,
  };
  world.stdout.write(formats[values.format](report, { color: wantsColor(world) }));
  return exitCodeOf(report.verdict, config.onInconclusive);
};

/** What came up while the sides were measured, once. */
function whileMeasured(...sides: readonly MeasuredSide[]): Note[] {
  const all = sides.flatMap(({ manifest }) => manifest.warnings);
  return all.filter(({ text }, i) => all.findIndex((other) => other.text === text) === i);
}
