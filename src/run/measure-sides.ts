/** Measures what the plan names of each side, and leaves both sides in the run directory. */
import { join } from 'node:path';
import type { Bench } from '../measure/bench.ts';
import type { MeasureWarning, SideName } from '../measure/manifest.ts';
import { type Measured, measure, type Plan } from '../measure/measure.ts';
import { writeManifest } from '../measure/side-directory.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { few } from '../report/words.ts';
import { isPathOf } from '../service/files.ts';
import { buildForMeasuring, type ComparableBuild, type Job } from './build-sides.ts';
import { manifestOf } from './side-manifest.ts';

/**
 * What is known of each side afterwards: what was `known` before and is not planned, whose profiles lie in the run
 * directory, and what was measured now. A side of which nothing is planned is not even linked.
 */
export async function measureSides<Name extends SideName>(
  job: Job<Name>,
  built: Readonly<Record<Name, ComparableBuild>>,
  bench: Bench,
  plan: Plan,
  known: Readonly<Record<Name, Measured>>,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(known) as Name[];
  const sides = names.filter((side) => (plan[side]?.length ?? 0) > 0);
  const builds = await job.progress.step('linking what is measured', () => buildForMeasuring(job, sides, built));
  const subjects = sides.map((side, i) => ({
    side,
    binary: builds[i]!.binary,
    directory: join(job.checkouts[side].directory, job.serviceDirectory),
    output: job.output.side(side),
  }));
  const before = await filesOf(job, sides);
  const measured = await measure(subjects, bench, plan);
  const ours = Object.keys(bench.inputs.files).map((path) => join(job.serviceDirectory, path));
  bench.warnings.push(...filesWritten(before, await filesOf(job, sides), ours));
  const all: Record<Name, Measured> = { ...known };
  for (const [i, side] of sides.entries()) all[side] = replaced(known[side], plan[side] ?? [], measured[i]!);
  for (const side of names) {
    const { results: instruments, missing, answers } = all[side];
    const manifest = manifestOf(job, side, built[side], bench, { instruments, missing, answers });
    writeManifest(job.output.side(side), manifest);
  }
  return all;
}

/** What each side's checkout holds beside its commit: what setup and build have made, and the agent. */
async function filesOf<Name extends SideName>({ checkouts }: Job<Name>, sides: readonly Name[]): Promise<Set<string>> {
  const lists = await Promise.all(sides.map((side) => checkouts[side].changedFiles()));
  return new Set(lists.flat());
}

/** A service that keeps something in its directory does not find the same there when it is started again. */
function filesWritten(
  before: ReadonlySet<string>,
  after: ReadonlySet<string>,
  ours: readonly string[],
): MeasureWarning[] {
  // A directory that is new as a whole is one path, with a slash at its end.
  const isOurs = (path: string) =>
    ours.some((one) => isPathOf(one, path) || (path.endsWith('/') && one.startsWith(path)));
  const written = [...after].filter((path) => !before.has(path) && !isOurs(path));
  if (written.length === 0) return [];
  const text = `the service wrote to its directory, and each start found what the one before had left: ${few(written)}`;
  return [{ code: 'files-written', text }];
}

export const NOTHING_KNOWN: Measured = { results: {}, missing: [] };

/** What was known, with what was planned replaced by what came of it: an instrument that failed leaves nothing old. */
export function replaced(known: Measured, planned: readonly InstrumentName[], measured: Measured): Measured {
  const isKept = (name: string) => !planned.some((one) => one === name);
  const kept = Object.entries(known.results).filter(([name]) => isKept(name));
  return {
    results: { ...Object.fromEntries(kept), ...measured.results },
    missing: [...known.missing.filter(({ instrument }) => isKept(instrument)), ...measured.missing],
    answers: measured.answers ?? known.answers,
  };
}
