/** The sides of a run, built: comparable first, then as they are measured. */
import { join } from 'node:path';
import { atOnce } from '../at-once.ts';
import { codeDigest } from '../baseline/code-digest.ts';
import { changedCode } from '../binary/changed-functions.ts';
import type { Elf } from '../binary/elf.ts';
import { compareCode } from '../binary/same-code.ts';
import { type Build, link, type Prepared, prepare } from '../build/build.ts';
import { proveInjected, type Undeclared } from '../build/inject.ts';
import type { Config } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import type { Checkout } from '../git/checkout.ts';
import type { Side } from '../git/sides.ts';
import type { SideName } from '../measure/manifest.ts';
import type { Progress } from '../progress.ts';
import type { World } from '../world.ts';
import type { RunDirectory } from './run-directory.ts';

/** What every step of a run works on; a run has two sides, `save` has one. */
export interface Job<Names extends SideName = SideName> {
  readonly config: Config;
  /** Of the service, relative to the repository's root. */
  readonly serviceDirectory: string;
  readonly sides: Readonly<Record<Names, Side>>;
  readonly checkouts: Readonly<Record<Names, Checkout>>;
  /** The run's temporary directory. */
  readonly work: string;
  readonly output: Pick<RunDirectory, 'side'>;
  readonly world: World;
  readonly progress: Progress;
}

/** A side with placeholders for what is injected, so that its code can be held against another's; not the program. */
export interface ComparableBuild extends Pick<Build, 'goVersion' | 'fingerprint'> {
  readonly prepared: Prepared;
  /** See codeDigest. */
  readonly code: string;
  /** Variables of service.inject that it does not have. */
  readonly undeclared: readonly Undeclared[];
}

export interface ComparedCode extends Readonly<Record<SideName, ComparableBuild>> {
  readonly isSame: boolean;
  /** Go functions whose machine code differs. */
  readonly changed: readonly string[];
}

/** Builds both sides in the comparable way, and compares their machine code. */
export async function buildForComparison(job: Job): Promise<ComparedCode> {
  job.progress('building both sides');
  const [base, head] = await eachSide(job, ['base', 'head'], (side, signal) => build(job, side, signal));
  const isSame = base.built.goVersion === head.built.goVersion && compareCode(base.elf, head.elf).same;
  return {
    base: base.built,
    head: head.built,
    isSame,
    changed: isSame ? [] : changedCode(base.elf, head.elf).changed,
  };
}

export async function buildComparable<Name extends SideName>(job: Job<Name>, side: Name): Promise<ComparableBuild> {
  job.progress('building it');
  return (await build(job, side, job.world.signal)).built;
}

async function build<Name extends SideName>(
  job: Job<Name>,
  side: Name,
  signal: AbortSignal,
): Promise<{ readonly built: ComparableBuild; readonly elf: Elf }> {
  const prepared = await prepareSide(job, side, signal);
  const linked = await linkSide(job, prepared, side, true);
  const { elf, goVersion, fingerprint } = linked;
  const undeclared = await proveInjected(prepared, linked);
  return { built: { prepared, goVersion, fingerprint, code: codeDigest(elf), undeclared }, elf };
}

/** The sides, linked as they are measured: with the real version and commit. In their order. */
export function buildForMeasuring<Name extends SideName>(
  job: Job<Name>,
  sides: readonly Name[],
  built: Readonly<Record<Name, Pick<ComparableBuild, 'prepared'>>>,
): Promise<Build[]> {
  return eachSide(job, sides, (side, signal) => {
    const { prepared } = built[side];
    return linkSide(job, { ...prepared, spec: { ...prepared.spec, signal } }, side, false);
  });
}

/** A build of a large service takes about this much. */
const BUILD_BYTES = 3e9;

async function eachSide<const Names extends readonly SideName[], T>(
  { world }: Pick<Job, 'world'>,
  sides: Names,
  act: (side: Names[number], signal: AbortSignal) => Promise<T>,
): Promise<{ -readonly [index in keyof Names]: T }> {
  const { memory, signal } = world;
  if (memory.freeBytes() > sides.length * BUILD_BYTES) return atOnce(sides, signal, act);
  const results: T[] = [];
  for (const side of sides) results.push(await act(side, signal));
  return results as { -readonly [index in keyof Names]: T };
}

function prepareSide<Name extends SideName>(
  { config, checkouts, serviceDirectory, sides, work, output, world }: Job<Name>,
  side: Name,
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
    env: { ...world.env, GOTMPDIR: work, TMPDIR: work },
    signal,
    logFile: join(output.side(side), 'logs', 'build.log'),
    placeholders: { version, commit },
  });
}

function linkSide<Name extends SideName>(
  job: Job<Name>,
  prepared: Prepared,
  side: Name,
  isComparable: boolean,
): Promise<Build> {
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
