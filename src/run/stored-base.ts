/** Looks for the base in the store of the config, so that only what is not there has to be measured. */

import { UserError } from '../base/errors.ts';
import { listed } from '../base/text.ts';
import { ago } from '../baseline/age.ts';
import { writeBundle } from '../baseline/bundle.ts';
import { type Found, findBundle } from '../baseline/find.ts';
import { openStore } from '../baseline/stores.ts';
import { isInJob } from '../ci/hosts.ts';
import type { Note } from '../compare/report.ts';
import { fetchedFirstParents, firstParents } from '../git/ancestors.ts';
import { changedPaths } from '../git/diff.ts';
import type { Repository } from '../git/repository.ts';
import type { Bench } from '../measure/bench.ts';
import { EXACT_INSTRUMENTS, type InstrumentResults, type Manifest } from '../measure/manifest.ts';
import type { ComparableBuild, Job } from './build-sides.ts';
import { filesReadAtRunTime } from './notes.ts';
import { directoryOf } from './project.ts';
import { fingerprintHere } from './side-manifest.ts';

export interface StoredBase {
  /** The figures that can be used; their profiles lie in the run directory. */
  readonly results: InstrumentResults;
  readonly answers: Manifest['answers'];
  /** For the report: `measured 2 days ago`. */
  readonly origin: string;
}

export interface LookUp {
  /** Undefined: the base is to be measured here. */
  readonly base: StoredBase | undefined;
  readonly notes: readonly Note[];
}

/** What of a run is needed to look for its base. */
type LookUpJob = Omit<Job, 'checkouts'>;
type LookUpCode = { readonly base: Pick<ComparableBuild, 'code' | 'fingerprint'> };

export async function findStored(repo: Repository, job: LookUpJob, code: LookUpCode, bench: Bench): Promise<LookUp> {
  const { config, sides, world, progress } = job;
  // A command of the person's may say anything.
  const { clean } = world.secrets;
  const { store: storeConfig, maxDistance } = config.baseline;
  if (storeConfig === undefined) return { base: undefined, notes: [] };
  try {
    const store = openStore(storeConfig, { repo, world, directory: directoryOf(repo, config) });
    const { treeCommit } = sides.base;
    const ancestors = isInJob(world.env) ? fetchedFirstParents : firstParents;
    const { found, reasons: said } = await progress.step(`looking for the base in ${store.place}`, async () =>
      findBundle(store, {
        service: config.service.name,
        scenario: config.scenario,
        commits: await ancestors(repo, treeCommit, 1 + maxDistance),
        code: code.base.code,
        here: await fingerprintHere(code.base, bench),
        instruments: config.instruments,
        readsTheSame: async (commit) =>
          filesReadAtRunTime(await changedPaths(repo, commit, treeCommit), config.service).length === 0,
      }),
    );
    const reasons = said.map(clean);
    for (const reason of reasons) progress.detail(`a stored base is not used: ${reason}`);
    if (found === undefined) return { base: undefined, notes: [measuredHere('no-stored-base', reasons.join('; '))] };
    return { base: use(found, job), notes: reasons.map((text) => ({ code: 'stored-base-unfit', text })) };
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    const words = clean([error.message, error.detail].join(' ').trim());
    return { base: undefined, notes: [measuredHere('store-failed', words)] };
  }
}

const measuredHere = (code: string, reason: string): Note => ({
  code,
  text: `the base was measured in this run: ${reason}`,
});

function use({ bundle, distance, instruments }: Found, { config, output, world }: LookUpJob): StoredBase {
  const manifest = writeBundle(bundle, output.side('base'), instruments);
  const age = ago(world.now().getTime() - Date.parse(manifest.measuredAt));
  const commits = distance === 1 ? 'commit' : 'commits';
  const isAll = EXACT_INSTRUMENTS.every((name) => instruments.includes(name) || !config.instruments.includes(name));
  const what = isAll ? 'measured' : `${listed(instruments, 'and')} measured`;
  const as =
    distance === 0 ? '' : ` as ${manifest.commit.slice(0, 7)}, ${distance} ${commits} before it and the same program`;
  return { results: manifest.instruments, answers: manifest.answers, origin: `${what} ${age}${as}` };
}
