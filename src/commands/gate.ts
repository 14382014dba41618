/**
 * The story of a run: two commits in, a report out. All that it makes lies in one temporary directory and in the run
 * directory; the first is gone on every way out, the second is put in its place only when it is whole.
 */
import { join, relative, resolve } from 'node:path';
import { REPORT_SCHEMA, type Report } from '../compare/report.ts';
import type { Config } from '../config/config.ts';
import { createCheckout } from '../git/checkout.ts';
import { changedPaths, diffLines } from '../git/diff.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { resolveSides, type Side } from '../git/sides.ts';
import { untrackedDirectories } from '../git/untracked.ts';
import type { Progress } from '../progress.ts';
import { VERSION } from '../version.ts';
import type { World } from '../world.ts';
import { benchFor } from './gate-bench.ts';
import { buildForComparison, type Job } from './gate-build.ts';
import { findChanged } from './gate-changes.ts';
import { measureAndCompare } from './gate-compare.ts';
import { directoryOf, loadConfig } from './gate-config.ts';
import { filesReadAtRunTime, notesOn } from './gate-notes.ts';
import { findStored } from './gate-stored.ts';
import { openRunDirectory } from './run-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface GateOptions {
  readonly base: string | undefined;
  /** Why this base, for the report. */
  readonly baseReason?: string | undefined;
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
  const { config, serviceDirectory } = await loadConfig(repo, options.config, world);
  await using output = await openRunDirectory(resolve(world.cwd, options.output), world);
  const { store } = config.baseline;
  const stored = store?.kind === 'directory' ? [resolve(directoryOf(repo, config), store.path)] : [];
  const ours = insideOf(repo, [output.path, `${output.path}.unfinished`, ...stored]);
  // Those of the repository's other services as well. A commit has none of them.
  const others = options.head === undefined ? await untrackedDirectories(repo, RUN_DIRECTORIES) : [];
  const sides = await resolveSides(repo, {
    head: options.head,
    base: options.base,
    baseReason: options.baseReason,
    branch: config.baseline.branch,
    exclude: [...new Set([...ours, ...others])],
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
      baselineSource: undefined,
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

  const diff = await diffLines(repo, sides.base.treeCommit, sides.head.treeCommit);
  const record = await findChanged(job, code, diff);
  await output.writeChanges(record);
  const lookUp = await findStored(repo, job, code, bench);
  const { comparison, source, notes } = await measureAndCompare(job, { code, bench, lookUp, record });
  return finish({
    ...comparison,
    isSameCode: false,
    baselineSource: source,
    baseReason: source === 'stored' ? `${sides.baseReason}; ${lookUp.base?.origin}` : sides.baseReason,
    notes: [...comparison.notes, ...notes, ...notesOn(job, { code, dataFiles, warnings: bench.warnings })],
  });
}

/** As a run directory is called that nobody gave another name. */
const RUN_DIRECTORIES = ['perf-gate-out', 'perf-gate-out.unfinished'];

/** A report before anything was measured. */
const NOTHING: Pick<
  Report,
  'totals' | 'causes' | 'moved' | 'unchanged' | 'noisy' | 'notes' | 'missing' | 'sensitivity'
> = { totals: [], causes: [], moved: [], unchanged: [], noisy: [], notes: [], missing: [], sensitivity: [] };

/** Paths in the repository, relative to its root. */
const insideOf = ({ root }: Repository, paths: readonly string[]) =>
  paths.map((path) => relative(root, path)).filter((path) => path !== '' && !path.startsWith('..'));

const shown = ({ shortCommit, isDirty }: Side) => `${shortCommit}${isDirty ? ' with uncommitted changes' : ''}`;

const reported = ({ commit, version, isDirty }: Side) => ({ commit, version, isDirty });

function reproduce({ head, config }: GateOptions, base: Side): string {
  const flags = [head === undefined ? [] : ['--head', head], config === undefined ? [] : ['--config', config]].flat();
  return ['npx perf-gate run --base', base.shortCommit, ...flags].join(' ');
}
