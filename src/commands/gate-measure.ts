/** Measures what the plan names of each side, and leaves both sides in the run directory. */
import { join } from 'node:path';
import type { InstrumentName } from '../config/config.ts';
import type { Bench } from '../measure/bench.ts';
import type { SideName } from '../measure/manifest.ts';
import { type Measured, measure, type Plan } from '../measure/measure.ts';
import { writeManifest } from '../measure/side-directory.ts';
import { buildForMeasuring, type ComparableBuild, type Job } from './gate-build.ts';
import { manifestOf } from './gate-manifest.ts';

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
  const builds = await buildForMeasuring(job, sides, built);
  const subjects = sides.map((side, i) => ({
    side,
    binary: builds[i]!.binary,
    directory: join(job.checkouts[side].directory, job.serviceDirectory),
    output: job.output.side(side),
  }));
  const measured = await measure(subjects, bench, plan);
  const all: Record<Name, Measured> = { ...known };
  for (const [i, side] of sides.entries()) all[side] = replaced(known[side], plan[side] ?? [], measured[i]!);
  for (const side of names) {
    const { results: instruments, missing } = all[side];
    const manifest = manifestOf(job, side, built[side], bench, { instruments, missing });
    writeManifest(job.output.side(side), manifest);
  }
  return all;
}

export const NOTHING_KNOWN: Measured = { results: {}, missing: [] };

/** What was known, with what was planned replaced by what came of it: an instrument that failed leaves nothing old. */
export function replaced(known: Measured, planned: readonly InstrumentName[], measured: Measured): Measured {
  const isKept = (name: string) => !planned.some((one) => one === name);
  const kept = Object.entries(known.results).filter(([name]) => isKept(name));
  return {
    results: { ...Object.fromEntries(kept), ...measured.results },
    missing: [...known.missing.filter(({ instrument }) => isKept(instrument)), ...measured.missing],
  };
}
