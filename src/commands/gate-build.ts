/** Both sides of a run, built: comparable first, then as they are measured. */
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import { changedCode, compareCode } from '../binary/same-code.ts';
import { type Build, link, type Prepared, prepare } from '../build/build.ts';
import { proveInjected, type Undeclared } from '../build/inject.ts';
import type { Config } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import type { Checkout } from '../git/checkout.ts';
import type { Sides } from '../git/sides.ts';
import type { SideName } from '../measure/manifest.ts';
import type { Progress } from '../progress.ts';
import type { World } from '../world.ts';
import type { RunDirectory } from './run-directory.ts';

/** What every step of a run works on. */
export interface Job {
  readonly config: Config;
  /** Of the service, relative to the repository's root. */
  readonly serviceDirectory: string;
  readonly sides: Sides;
  readonly checkouts: Readonly<Record<SideName, Checkout>>;
  /** The run's temporary directory. */
  readonly work: string;
  readonly output: RunDirectory;
  readonly world: World;
  readonly progress: Progress;
}

export type Builds = Readonly<Record<SideName, Build>>;

export interface ComparedCode {
  readonly isSame: boolean;
  /** Go functions whose machine code differs. */
  readonly changed: readonly string[];
  readonly prepared: Readonly<Record<SideName, Prepared>>;
  /** Variables of service.inject that the base does not have yet. */
  readonly undeclared: readonly Undeclared[];
}

/** Builds both sides with placeholders for what is injected, and compares their machine code. */
export async function buildForComparison(job: Job): Promise<ComparedCode> {
  job.progress('building both sides');
  const [base, head] = await bothSides(job, async (side, signal) => {
    const prepared = await prepareSide(job, side, signal);
    const build = await linkSide(job, prepared, side, true);
    return { prepared, build, undeclared: await proveInjected(prepared, build) };
  });
  const isSame = base.build.goVersion === head.build.goVersion && compareCode(base.build.elf, head.build.elf).same;
  return {
    isSame,
    changed: isSame ? [] : changedCode(base.build.elf, head.build.elf).changed,
    prepared: { base: base.prepared, head: head.prepared },
    undeclared: base.undeclared,
  };
}

/** Links both sides as they are measured: with the real version and commit. */
export async function buildForMeasuring(job: Job, { prepared }: ComparedCode): Promise<Builds> {
  const [base, head] = await bothSides(job, (side, signal) => {
    const { spec } = prepared[side];
    return linkSide(job, { ...prepared[side], spec: { ...spec, signal } }, side, false);
  });
  return { base, head };
}

/** A build of a large service takes about this much. */
const BUILD_BYTES = 3e9;

async function bothSides<T>({ world }: Job, act: (side: SideName, signal: AbortSignal) => Promise<T>): Promise<[T, T]> {
  const { memory, signal } = world;
  if (memory.freeBytes() > 2 * BUILD_BYTES) return atOnce(['base', 'head'], signal, act);
  return [await act('base', signal), await act('head', signal)];
}

function prepareSide(
  { config, checkouts, serviceDirectory, sides, work, output, world }: Job,
  side: SideName,
  signal: AbortSignal,
): Promise<Prepared> {
  const { package: mainPackage, setup, build } = config.service;
  const { version, commit } = sides[side];
  return prepare({
    label: side,
    directory: join(checkouts[side].directory, serviceDirectory),
    package: mainPackage,
    setup,
    build,
    // go leaves what it was working on behind when it is interrupted.
    env: { ...world.env, GOTMPDIR: work },
    signal,
    logFile: join(output.side(side), 'logs', 'build.log'),
    placeholders: { version, commit },
  });
}

function linkSide(job: Job, prepared: Prepared, side: SideName, isComparable: boolean): Promise<Build> {
  const { config, sides, work } = job;
  const { version, commit, shortCommit, branch, commitTime } = sides[side];
  // The commit's time, not the clock's: the same commit gives the same file.
  const values = { version, commit, shortCommit, branch: branch ?? '', buildTime: commitTime };
  const inject = Object.fromEntries(
    Object.entries(config.service.inject).map(([name, template]) => [name, fill(template, values)]),
  );
  const directory = isComparable ? 'comparable' : 'bin';
  return link(prepared, { output: join(work, side, directory, config.service.name), inject, isComparable });
}
