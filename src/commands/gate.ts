/**
 * The story of a run: two commits in, a report out. All that it makes lies in one temporary directory and in the run
 * directory; the first is gone on every way out, the second is put in its place only when it is whole.
 */
import { join, relative, resolve } from 'node:path';
import { changedCode } from '../compare/changed-code.ts';
import { compareSides } from '../compare/compare.ts';
import { REPORT_SCHEMA, type Report } from '../compare/report.ts';
import type { Config } from '../config/config.ts';
import { configDirectory } from '../config/places.ts';
import { findConfig, readConfig } from '../config/read.ts';
import { UserError } from '../errors.ts';
import { createCheckout } from '../git/checkout.ts';
import { changedPaths, diffLines } from '../git/diff.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { resolveSides, type Side } from '../git/sides.ts';
import { measure } from '../measure/measure.ts';
import { readSide, writeManifest } from '../measure/side-directory.ts';
import type { Progress } from '../progress.ts';
import { VERSION } from '../version.ts';
import type { World } from '../world.ts';
import { benchFor } from './gate-bench.ts';
import { buildForComparison, buildForMeasuring, type Job } from './gate-build.ts';
import { findChanged } from './gate-changes.ts';
import { manifestOf } from './gate-manifest.ts';
import { filesReadAtRunTime, notesOn } from './gate-notes.ts';
import { openRunDirectory } from './run-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface GateOptions {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly config: string | undefined;
  /** Relative to the World's directory. */
  readonly output: string;
}

export interface Gated {
  readonly report: Report;
  readonly config: Config;
}

/** Measures head against base. The report lies in the run directory as well. */
export async function gate(options: GateOptions, world: World, progress: Progress): Promise<Gated> {
  const startedMs = world.monotonicMs();
  const { temporaryDirectory: scratch, env, signal } = world;
  const repo = await openRepository(world.cwd, { env, temporaryDirectory: scratch, signal });
  const { config, serviceDirectory } = await loadConfig(repo, options, world);
  await using output = await openRunDirectory(resolve(world.cwd, options.output), world);
  const ours = relative(repo.root, output.path);
  const sides = await resolveSides(repo, {
    head: options.head,
    base: options.base,
    branch: config.baseline.branch,
    exclude: ours.startsWith('..') ? [] : [ours, `${ours}.unfinished`],
  });
  progress(`head ${shown(sides.head)} against base ${shown(sides.base)} (${sides.baseReason})`);

  await using work = await temporaryDirectory(world);
  // Names of the same length on both sides: paths reach the service through its arguments and its environment.
  await using base = await createCheckout(repo, sides.base, join(work.path, 'base', 'src'));
  await using head = await createCheckout(repo, sides.head, join(work.path, 'head', 'src'));
  const job: Job = {
    config,
    serviceDirectory,
    sides,
    checkouts: { base, head },
    work: work.path,
    output,
    world,
    progress,
  };
  const finish = async (judged: Pick<Report, 'verdict' | 'isSameCode'> & Partial<Report>): Promise<Gated> => {
    const report: Report = {
      ...NOTHING,
      schema: REPORT_SCHEMA,
      tool: VERSION,
      service: config.service.name,
      base: reported(sides.base),
      head: reported(sides.head),
      baseReason: sides.baseReason,
      durationMs: Math.round(world.monotonicMs() - startedMs),
      reproduce: reproduce(options, sides.base),
      directory: output.shown,
      ...judged,
    };
    await output.finish(report);
    return { report, config };
  };

  const bench = await benchFor(job, repo.root);
  const code = await buildForComparison(job);
  const dataFiles = filesReadAtRunTime(await changedPaths(repo, sides.base.treeCommit, sides.head.treeCommit));
  if (code.isSame && dataFiles.length === 0) return finish({ verdict: 'pass', isSameCode: true });

  const builds = await buildForMeasuring(job, code);
  const diff = await diffLines(repo, sides.base.treeCommit, sides.head.treeCommit);
  const record = await findChanged(job, builds, diff, code.changed);
  await output.writeChanges(record);
  const subjects = (['base', 'head'] as const).map((side) => ({
    side,
    binary: builds[side].binary,
    directory: join(job.checkouts[side].directory, serviceDirectory),
    output: output.side(side),
  }));
  const { results, missing, warnings } = await measure(subjects, bench);
  for (const [i, { side, output: directory }] of subjects.entries()) {
    writeManifest(directory, manifestOf(job, side, builds[side], { instruments: results[i]!, missing, warnings }));
  }
  const comparison = compareSides({
    base: readSide(output.side('base')),
    head: readSide(output.side('head')),
    changes: changedCode(record),
    limits: config.limits,
    today: world.now().toISOString().slice(0, 10),
  });
  const notes = [...comparison.notes, ...notesOn(job, { code, dataFiles, warnings })];
  return finish({ ...comparison, isSameCode: false, notes });
}

/** A report before anything was measured. */
const NOTHING: Pick<
  Report,
  'totals' | 'causes' | 'moved' | 'unchanged' | 'noisy' | 'notes' | 'missing' | 'sensitivity'
> = { totals: [], causes: [], moved: [], unchanged: [], noisy: [], notes: [], missing: [], sensitivity: [] };

async function loadConfig(repo: Repository, options: GateOptions, world: World) {
  const path = await findConfig(world.cwd, repo.root, options.config);
  if (path === undefined) {
    const place = repo.prefix === '' ? repo.root : `${world.cwd} or above it, up to ${repo.root}`;
    throw new UserError(`there is no perf-gate.yml in ${place}`, {
      hint: 'write one with service.package and one request under load.requests; examples/orders has a whole one',
    });
  }
  const config = await readConfig(path, repo.root);
  return { config, serviceDirectory: config.service.dir ?? configDirectory(config.fileName) };
}

const shown = ({ shortCommit, isDirty }: Side) => `${shortCommit}${isDirty ? ' with uncommitted changes' : ''}`;

const reported = ({ commit, version, isDirty }: Side) => ({ commit, version, isDirty });

function reproduce({ head, config }: GateOptions, base: Side): string {
  const flags = [head === undefined ? [] : ['--head', head], config === undefined ? [] : ['--config', config]].flat();
  return ['npx perf-gate run --base', base.shortCommit, ...flags].join(' ');
}
