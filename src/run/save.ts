/** One commit of the base branch measured, and kept in the store. */
import { join } from 'node:path';
import { EXIT, MeasurementError, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { packBundle } from '../baseline/bundle.ts';
import { findBundle } from '../baseline/find.ts';
import { compactTime, fingerprintDigest, type Key } from '../baseline/key.ts';
import { prune } from '../baseline/prune.ts';
import type { Store } from '../baseline/store.ts';
import { assertMayMeasureHere } from '../ci/own-code.ts';
import type { Config } from '../config/config.ts';
import { eachScenario } from '../config/scenarios.ts';
import type { Setting } from '../config/settings.ts';
import { isAncestor } from '../git/ancestors.ts';
import { createCheckout } from '../git/checkout.ts';
import type { Repository } from '../git/repository.ts';
import { findTarget, resolveSides } from '../git/sides.ts';
import type { Bench } from '../measure/bench.ts';
import { EXACT_INSTRUMENTS } from '../measure/manifest.ts';
import { readSide } from '../measure/side-directory.ts';
import type { Progress } from '../progress/progress.ts';
import { titleOf } from '../report/words.ts';
import { benchFor } from './bench-for.ts';
import { buildComparable, type ComparableBuild, type Job } from './build-sides.ts';
import { configuredStore } from './configured-store.ts';
import { progressOf } from './measure-scenarios.ts';
import { measureSides, NOTHING_KNOWN } from './measure-sides.ts';
import { requireTools } from './require-tools.ts';
import { requireValgrind } from './require-valgrind.ts';
import { fingerprintHere } from './side-manifest.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface SaveOptions {
  readonly config: string | undefined;
  /** In place of what the config says. */
  readonly settings?: readonly Setting[];
  /** Also a commit that is not on the base branch, and one that is there already. */
  readonly isForced?: boolean;
  readonly allowForeignCode: boolean;
}

/** Writes what it has kept to the standard output. Throws where a scenario could not be measured or kept. */
export async function save(options: SaveOptions, world: World, progress: Progress): Promise<void> {
  const { config: named, settings = [], isForced = false, allowForeignCode } = options;
  await requireTools(world);
  await assertMayMeasureHere(world, allowForeignCode, []);
  const { repo, config, serviceDirectory, store } = await configuredStore(named, world, settings);
  await requireValgrind(config.instruments, world);
  const { base: side } = await resolveSides(repo, { head: 'HEAD', base: 'HEAD' });
  await refuseDirty(repo, config);
  if (!isForced) await refuseForeign(repo, config);

  progress(`${config.service.name} at ${side.shortCommit} for ${store.place}`);
  await using work = await temporaryDirectory(world);
  await using checkout = await createCheckout(repo, side, join(work.path, 'base', 'src'));
  const common = { serviceDirectory, sides: { base: side }, checkouts: { base: checkout }, work: work.path, world };
  const parts = await Promise.all(
    eachScenario(config).map(async (one, i): Promise<Part> => {
      const directory = join(work.path, 'measured', String(i));
      const own = { config: one, output: { side: () => directory }, progress: progressOf(progress, one.scenario) };
      const job = { ...common, ...own };
      const name = one.scenario === undefined ? undefined : String(i);
      return { job, bench: await benchFor(job, repo.root, name), directory };
    }),
  );
  const built = await progress.step('building it', () => buildComparable({ ...parts[0]!.job, progress }, 'base'));
  const failures: UserError[] = [];
  for (const part of parts) {
    try {
      world.stdout.write(await saveScenario(part, built, store, isForced));
    } catch (error) {
      world.signal.throwIfAborted();
      const { scenario } = part.job.config;
      // What cannot be measured or kept of one scenario is no reason to have nothing of the others.
      if (!(error instanceof UserError) || error.exitCode !== EXIT.invalid || scenario === undefined) throw error;
      failures.push(inScenario(scenario, error));
    }
  }
  if (failures[0] !== undefined) throw failures[0];
}

interface Part {
  readonly job: Job<'base'>;
  readonly bench: Bench;
  /** What is measured of it. */
  readonly directory: string;
}

/** What was done, for the standard output. */
async function saveScenario(
  { job, bench, directory }: Part,
  built: ComparableBuild,
  store: Store,
  isForced: boolean,
): Promise<string> {
  const { config, sides, progress } = job;
  const { scenario } = config;
  const side = sides.base;
  const service = config.service.name;
  const what = `${titleOf({ service, scenario }, (name) => name)} ${side.shortCommit}`;
  if (!isForced) {
    const { found } = await findBundle(store, {
      service,
      scenario,
      commits: [side.commit],
      code: built.code,
      here: await fingerprintHere(built, bench),
      instruments: config.instruments,
      readsTheSame: async () => true,
    });
    const wanted = EXACT_INSTRUMENTS.filter((name) => config.instruments.includes(name));
    if (found !== undefined && wanted.every((name) => found.instruments.includes(name))) {
      return `${what} is already in ${store.place}\n`;
    }
  }

  await measureSides(job, { base: built }, bench, { base: config.instruments }, { base: NOTHING_KNOWN });
  // As whoever uses it will read it: what cannot be read is not kept.
  const { manifest } = readSide(directory);
  const key: Key = {
    service,
    scenario,
    committed: compactTime(side.commitTime),
    commit: side.commit,
    code: built.code,
    fingerprint: fingerprintDigest(manifest.fingerprint),
  };
  const bytes = packBundle(directory, key);
  if (isForced) await store.remove([key]);
  await store.write(key, bytes);
  const removed = await prune(store, service, config.baseline.keep, side.commit);
  for (const { instrument, reason } of manifest.missing) progress(`without ${instrument}: ${reason}`);
  const old = removed.length === 0 ? '' : `, ${removed.length} old ones removed`;
  const size = Math.ceil(bytes.length / 1000);
  return `saved ${what} (${size} kB) in ${store.place}${old}\n`;
}

function inScenario(scenario: string, { message, hint, at, detail, cause }: UserError): UserError {
  const options = { ...(hint && { hint }), ...(at && { at }), ...(detail && { detail }), cause };
  return new MeasurementError(`scenario ${scenario}: ${message}`, options);
}

/** The commit is measured, but with the config and the request bodies of the work tree. */
async function refuseDirty(repo: Repository, { fileName }: Config): Promise<void> {
  const changed = await repo.git.run(['status', '--porcelain', '--untracked-files=no', '--ignore-submodules=all']);
  if (changed === '') return;
  throw new UserError(`${repo.root} has uncommitted changes, so it is not the commit that would be kept`, {
    hint: `commit or stash them; ${fileName} counts too`,
    detail: changed.split('\n').slice(0, 5).join('\n'),
  });
}

async function refuseForeign(repo: Repository, config: Config): Promise<void> {
  const target = await findTarget(repo, config.baseline.branch);
  if (await isAncestor(repo, repo.headCommit, target.commit)) return;
  throw new UserError(`the commit that is checked out is not on ${target.name}: no run would have it as its base`, {
    hint: 'save is for what was merged; --force keeps it all the same',
  });
}
