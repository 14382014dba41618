/** The sides of a run, built: comparable first, then as they are measured. */
import { join } from 'node:path';
import { atOnce } from '../base/at-once.ts';
import { MeasurementError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { codeDigest } from '../baseline/code-digest.ts';
import { changedCode } from '../binary/changed-functions.ts';
import type { Elf } from '../binary/elf.ts';
import { compareCode } from '../binary/same-code.ts';
import { type Build, link, type Prepared, prepare } from '../build/build.ts';
import { buildSettings } from '../build/fingerprint.ts';
import { proveInjected, type Undeclared } from '../build/inject.ts';
import type { Config } from '../config/config.ts';
import { fill } from '../config/placeholders.ts';
import type { Checkout } from '../git/checkout.ts';
import type { Side } from '../git/sides.ts';
import type { SideName } from '../measure/manifest.ts';
import type { Progress } from '../progress/progress.ts';
import { few } from '../report/words.ts';
import type { ScenarioDirectory } from './run-directory.ts';

/** What every step of a run works on; a run has two sides, `save` has one. */
export interface Job<Names extends SideName = SideName> {
  readonly config: Config;
  /** Of the service, relative to the repository's root. */
  readonly serviceDirectory: string;
  readonly sides: Readonly<Record<Names, Side>>;
  readonly checkouts: Readonly<Record<Names, Checkout>>;
  /** Where the base has the main package, if the commit moved it: in place of service.package. */
  readonly basePackage?: string | undefined;
  /** The run's temporary directory. */
  readonly work: string;
  readonly output: Pick<ScenarioDirectory, 'side'>;
  readonly world: World;
  readonly progress: Progress;
}

/** A side with placeholders for what is injected, so that its code can be held against another's; not the program. */
export interface ComparableBuild extends Pick<Build, 'goVersion' | 'fingerprint'> {
  readonly prepared: Prepared;
  /** See buildSettings. */
  readonly settings: ReadonlyMap<string, string>;
  /** See codeDigest. */
  readonly code: string;
  /** Variables of service.inject that it does not have. */
  readonly undeclared: readonly Undeclared[];
  /** The program, with the real version and commit; linked when it is first asked for, and not again. */
  forMeasuring(signal: AbortSignal): Promise<Build>;
}

export interface ComparedCode extends Readonly<Record<SideName, ComparableBuild>> {
  readonly isSame: boolean;
  /** False on macOS: what the commit changes is then known by the source alone. */
  readonly isRead: boolean;
  /** Go functions whose machine code differs. */
  readonly changed: readonly string[];
}

/** Builds both sides in the comparable way, and compares their machine code. */
export async function buildForComparison(job: Job): Promise<ComparedCode> {
  const prepare = (side: SideName, signal: AbortSignal) => prepareSide(job, side, signal);
  const prepared = await eachSide(job, ['base', 'head'], prepare);
  // One after the other: what both sides share is then compiled once, and go has work for all cores in one build.
  const base = await build(job, prepared[0], 'base');
  const head = await build(job, prepared[1], 'head');
  const isSame = base.built.goVersion === head.built.goVersion && compareCode(base.elf, head.elf).same;
  const changed = isSame ? [] : changedCode(base.elf, head.elf).changed;
  for (const side of [base, head]) {
    const { prepared, code, goVersion } = side.built;
    job.progress.detail(`${prepared.spec.label}: built by ${goVersion}, digest of its machine code ${code}`);
  }
  const isRead = !base.elf.isMachO && !head.elf.isMachO;
  const differing = isRead ? `the machine code of ${changed.length} Go functions differs` : NOT_READ;
  job.progress.detail(isSame ? 'base and head are the same machine code' : differing);
  return { base: base.built, head: head.built, isSame, isRead, changed };
}

/** Of executables of macOS. */
export const NOT_READ = 'machine code is compared on Linux only: what the commit changed is known by the source alone';

export async function buildComparable<Name extends SideName>(job: Job<Name>, side: Name): Promise<ComparableBuild> {
  const prepared = await prepareSide(job, side, job.world.signal);
  return (await build(job, prepared, side)).built;
}

async function build<Name extends SideName>(
  job: Job<Name>,
  preparedFor: Prepared,
  side: Name,
): Promise<{ readonly built: ComparableBuild; readonly elf: Elf }> {
  const prepared = { ...preparedFor, spec: { ...preparedFor.spec, signal: job.world.signal } };
  const linked = await linkSide(job, prepared, side, true);
  const { elf, goVersion, moduleInfo, fingerprint } = linked;
  const settings = buildSettings(moduleInfo);
  const undeclared = await proveInjected(prepared, linked);
  let program: Promise<Build> | undefined;
  const linkProgram = (signal: AbortSignal) =>
    linkSide(job, { ...prepared, spec: { ...prepared.spec, signal } }, side, false).catch((error: unknown) => {
      program = undefined;
      throw error;
    });
  const forMeasuring = (signal: AbortSignal) => {
    program ??= linkProgram(signal);
    return program;
  };
  return {
    built: { prepared, goVersion, settings, fingerprint, code: codeDigest(elf), undeclared, forMeasuring },
    elf,
  };
}

/** The sides, linked as they are measured: with the real version and commit. In their order. */
export function buildForMeasuring<Name extends SideName>(
  job: Job<Name>,
  sides: readonly Name[],
  built: Readonly<Record<Name, Pick<ComparableBuild, 'forMeasuring'>>>,
): Promise<Build[]> {
  return eachSide(job, sides, (side, signal) => built[side].forMeasuring(signal));
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

function prepareSide<Name extends SideName>(job: Job<Name>, side: Name, signal: AbortSignal): Promise<Prepared> {
  const { config, checkouts, serviceDirectory, sides, work, output, world, progress } = job;
  const { setup, build } = config.service;
  const { version, commit } = sides[side];
  const logFile = join(output.side(side), 'logs', 'build.log');
  progress.detail(`${side}: all that its builds say is in ${logFile}`);
  const prepared = prepare({
    label: side,
    directory: join(checkouts[side].directory, serviceDirectory),
    package: packageOf(job, side),
    // Of a base without a head, as save has it, the commit's own file speaks.
    elsewhere: side === 'base' && 'head' in checkouts ? '; where the base has it elsewhere: service.base.package' : '',
    setup,
    build,
    // go leaves what it was working on behind when it is interrupted.
    env: { ...world.env, GOTMPDIR: work, TMPDIR: work },
    signal,
    logFile,
    tell: (line) => progress.detail(`${side}: ${line}`),
    placeholders: { version, commit },
  });
  return prepared.catch((error: unknown) => {
    throw withoutSubmodules(error, checkouts[side]);
  });
}

/** As in service.package. */
export const packageOf = <Name extends SideName>({ config, basePackage }: Job<Name>, side: Name): string =>
  (side === 'base' ? basePackage : undefined) ?? config.service.package;

/** A side that cannot be built for want of a submodule: what to do about it, in place of what go makes of it. */
function withoutSubmodules(error: unknown, { warnings }: Checkout): unknown {
  const { paths } = warnings.find(({ code }) => code === 'submodules-empty') ?? {};
  if (paths === undefined || !(error instanceof MeasurementError)) return error;
  const { message, detail = '', cause } = error;
  return new MeasurementError(message, {
    hint: `this clone does not have the submodules ${few(paths)}: git submodule update --init --recursive (actions/checkout: with submodules: recursive)`,
    detail,
    cause,
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
  const output = join(work, side, directory, config.service.name);
  return link(prepared, { output, inject, isComparable }).catch((error: unknown) => {
    throw withoutSubmodules(error, job.checkouts[side]);
  });
}
