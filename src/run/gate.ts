/**
 * The story of a run: two commits in, a report of each scenario out. All that it makes lies in one temporary directory
 * and in the run directory; the first is gone on every way out, the second is put in its place only when it is whole.
 */
import { join, resolve } from 'node:path';
import type { World } from '../base/world.ts';
import { findBasePackage } from '../build/base-package.ts';
import type { Report } from '../compare/report.ts';
import type { Config } from '../config/config.ts';
import type { Setting } from '../config/settings.ts';
import { createCheckout } from '../git/checkout.ts';
import { changedPaths, diffLines } from '../git/diff.ts';
import type { Side } from '../git/sides.ts';
import type { Progress } from '../progress/progress.ts';
import { buildComparable, buildForComparison, type Job } from './build-sides.ts';
import { findChanged } from './find-changed.ts';
import { findSides } from './find-sides.ts';
import { partFor, sendingsOf } from './loads-in-force.ts';
import { mayPassUnmeasured } from './may-pass-unmeasured.ts';
import { measureNewService, measureScenarios, type Outcome, progressOf } from './measure-scenarios.ts';
import { filesReadAtRunTime, notesOnSameCode } from './notes.ts';
import { ownBase } from './own-base.ts';
import { openProject } from './project.ts';
import { quickConfig } from './quick.ts';
import { reportOf } from './report-of-run.ts';
import { requireValgrind } from './require-valgrind.ts';
import { rewrittenFiles } from './rewritten-files.ts';
import { rulesFor } from './rules-in-force.ts';
import { openRunDirectory } from './run-directory.ts';
import { spendMemory } from './spend-memory.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { underRulesOfBase } from './under-rules-of-base.ts';
import { withoutSecrets } from './without-secrets.ts';

export interface GateOptions {
  readonly base: string | undefined;
  /** Why this base, for the report. */
  readonly baseReason?: string | undefined;
  readonly head: string | undefined;
  readonly config: string | undefined;
  /** In place of what the config says. */
  readonly settings?: readonly Setting[];
  /** The commit's own config judges it, whatever the base's says. */
  readonly acceptConfig?: boolean;
  /** Gets what the instruments of the config need that counts, before anything is built. */
  readonly prepare?: (config: Config) => Promise<void>;
  /** A quick look, see quick.ts. */
  readonly isQuick?: boolean;
  /** The only one to measure, where the config names several; undefined: all of them. */
  readonly scenario?: string | undefined;
  /** Relative to the World's directory. */
  readonly output: string;
}

export interface Gated {
  /** Of each scenario, in the order of the config; at least one. */
  readonly reports: readonly Report[];
  readonly config: Config;
}

/** Measures head against base, in each scenario. The reports lie in the run directory as well. */
export async function gate(options: GateOptions, world: World, progress: Progress): Promise<Gated> {
  const lap = laps(world);
  const { settings = [] } = options;
  const project = await openProject(world, options.config, settings);
  const { repo, config: asked, serviceDirectory } = project;
  if (options.isQuick) {
    quickConfig(asked); // what it refuses is told before any work
    // Counts are the same however busy the machine is.
    spendMemory();
  }
  await using output = await openRunDirectory(resolve(world.cwd, options.output), world);
  const sides = await findSides(project, options, output.path);
  progress(`head ${shown(sides.head)} against base ${shown(sides.base)} (${sides.baseReason})`);

  await using work = await temporaryDirectory(world);
  // Names of the same length on both sides: paths reach the service through its arguments and its environment.
  await using base = await createCheckout(repo, sides.base, join(work.path, 'base', 'src'));
  await using head = await createCheckout(repo, sides.head, join(work.path, 'head', 'src'));
  const trees = { base: sides.base.treeCommit, head: sides.head.treeCommit };
  const { package: name, base: baseHas } = asked.service;
  const place = { directory: serviceDirectory, name, named: baseHas.package };
  const found = await findBasePackage(repo, trees, place);
  const basePackage = found.kind === 'moved' ? found.package : undefined;
  const checkouts = { base, head };
  const paths = await changedPaths(repo, trees.base, trees.head);
  const rules = await rulesFor(repo, {
    head: asked,
    settings,
    checkouts,
    changedPaths: paths,
    basePackage,
    isNamed: options.config !== undefined,
    ownBase: options.base === undefined ? await ownBase(repo, asked, sides) : undefined,
    accepts: options.acceptConfig === true,
  });
  const quickly = options.isQuick ? quickConfig : (config: Config) => config;
  const config = quickly(rules.config);
  await options.prepare?.(config);
  await requireValgrind(config.instruments, world);
  const sendings = sendingsOf(rules, options.scenario, found.kind === 'new');
  const scenarios = sendings.map((one) => one.config.scenario);
  await output.makeRoom(scenarios);
  const common = { serviceDirectory, sides, checkouts, basePackage, work: work.path, world };
  const parts = await Promise.all(
    sendings.map((sending, i) => {
      const { config: one } = sending;
      const own = { config: one, output: output.of(one.scenario), progress: progressOf(progress, one.scenario) };
      const name = one.scenario === undefined ? undefined : String(i);
      return partFor({ ...common, ...own }, sending, { root: repo.root, name, isQuick: options.isQuick === true });
    }),
  );
  const finish = async (outcomes: readonly Outcome[], rewritten: readonly string[] = []): Promise<Gated> => {
    const reports = outcomes.map(({ ofOthers: _, ...outcome }, i): Report => {
      const scenario = scenarios[i];
      const about = { service: config.service.name, scenario, directory: output.of(scenario).shown };
      const judged = underRulesOfBase(outcome, { ...rules, rewritten }, scenario);
      return reportOf(judged, { ...about, sides, asked: options }, world.secrets);
    });
    await Promise.all(
      reports.map(async (report, i) => {
        const { output } = parts[i]!.job;
        await output.writeReport(report);
        const { mode, differences, dropped, notes, base } = rules;
        const { whyNotBase, ofOthers = [] } = outcomes[i]!;
        if ([differences, notes, rewritten, ofOthers].every(({ length }) => length === 0)) return;
        const told = withoutSecrets({ whyNotBase, differences, notes }, world.secrets);
        await output.writeRules({ schema: 1, base, mode, ...told, dropped, rewritten, ofOthers });
      }),
    );
    await output.finish();
    return { reports, config };
  };

  const job: Job = { ...common, config, output: output.of(scenarios[0]), progress };
  if (found.kind === 'new') {
    progress(`the base has no package ${config.service.package}: a new service, of which the head alone is measured`);
    const built = await progress.step('building the head', () => buildComparable<'head'>(job, 'head'));
    return finish(await measureNewService(parts, built, lap));
  }
  const code = await progress.step('building both sides', () => buildForComparison(job));
  const dataFiles = filesReadAtRunTime(paths, config.service);
  const replaced = await rewrittenFiles(job);
  const doubted = code.isSame ? paths.filter((path) => replaced.paths.includes(path)) : [];
  const { isBuiltOtherwise } = rules;
  if (mayPassUnmeasured({ isSameCode: code.isSame, dataFiles, rewritten: doubted, isBuiltOtherwise })) {
    const notes = [...notesOnSameCode(sides), ...replaced.notes];
    return finish(scenarios.map(() => ({ verdict: 'pass', isSameCode: true, durationMs: lap(), notes })));
  }

  const diff = await diffLines(repo, sides.base.treeCommit, sides.head.treeCommit);
  const record = await progress.step('finding the functions that the commit changes', () =>
    findChanged(job, code, diff, dataFiles),
  );
  await Promise.all(parts.map((part) => part.job.output.writeChanges(record)));
  const { baseReason } = sides;
  return finish(
    await measureScenarios(parts, {
      ...{ repo, code, record, baseReason, dataFiles, lap },
      shared: config.limits,
      notes: replaced.notes,
    }),
    doubted,
  );
}

/** Milliseconds since it was called before, at first since now. */
function laps({ monotonicMs }: World): () => number {
  let before = monotonicMs();
  return () => {
    const start = before;
    before = monotonicMs();
    return Math.round(before - start);
  };
}

const shown = ({ shortCommit, isDirty }: Side) => `${shortCommit}${isDirty ? ' with uncommitted changes' : ''}`;
