/** perf-gate save: one commit of the base branch measured, and kept in the store. */
import { join } from 'node:path';
import { packBundle } from '../baseline/bundle.ts';
import { findBundle } from '../baseline/find.ts';
import { compactTime, fingerprintDigest, type Key } from '../baseline/key.ts';
import { prune } from '../baseline/prune.ts';
import type { Config } from '../config/config.ts';
import { EXIT, UserError } from '../errors.ts';
import { isAncestor } from '../git/ancestors.ts';
import { createCheckout } from '../git/checkout.ts';
import type { Repository } from '../git/repository.ts';
import { findTarget, resolveSides } from '../git/sides.ts';
import { EXACT_INSTRUMENTS } from '../measure/manifest.ts';
import { readSide } from '../measure/side-directory.ts';
import { progressLines } from '../progress.ts';
import { readFlags } from './flags.ts';
import { benchFor } from './gate-bench.ts';
import { buildComparable, type Job } from './gate-build.ts';
import { fingerprintHere } from './gate-manifest.ts';
import { measureSides, NOTHING_KNOWN } from './gate-measure.ts';
import type { Command } from './list.ts';
import { configuredStore } from './store.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export const save: Command = async (args, world) => {
  const { values } = readFlags(args, { force: { type: 'boolean', default: false }, config: { type: 'string' } }, []);
  const { repo, config, serviceDirectory, store } = await configuredStore(values.config, world);
  const { base: side } = await resolveSides(repo, { head: 'HEAD', base: 'HEAD' });
  await refuseDirty(repo, config);
  if (!values.force) await refuseForeign(repo, config);

  const progress = progressLines(world);
  progress(`${config.service.name} at ${side.shortCommit} for ${store.place}`);
  await using work = await temporaryDirectory(world);
  await using checkout = await createCheckout(repo, side, join(work.path, 'base', 'src'));
  const directory = join(work.path, 'measured');
  const job: Job<'base'> = {
    config,
    serviceDirectory,
    sides: { base: side },
    checkouts: { base: checkout },
    work: work.path,
    output: { side: () => directory },
    world,
    progress,
  };
  const bench = await benchFor(job, repo.root);
  const built = await buildComparable(job, 'base');
  if (!values.force) {
    const { found } = await findBundle(store, {
      service: config.service.name,
      commits: [side.commit],
      code: built.code,
      here: await fingerprintHere(built, bench),
      instruments: config.instruments,
      readsTheSame: async () => true,
    });
    const wanted = EXACT_INSTRUMENTS.filter((name) => config.instruments.includes(name));
    if (found !== undefined && wanted.every((name) => found.instruments.includes(name))) {
      world.stdout.write(`${config.service.name} ${side.shortCommit} is already in ${store.place}\n`);
      return EXIT.pass;
    }
  }

  await measureSides(job, { base: built }, bench, { base: config.instruments }, { base: NOTHING_KNOWN });
  // As whoever uses it will read it: what cannot be read is not kept.
  const { manifest } = readSide(directory);
  const key: Key = {
    service: config.service.name,
    committed: compactTime(side.commitTime),
    commit: side.commit,
    code: built.code,
    fingerprint: fingerprintDigest(manifest),
  };
  const bytes = packBundle(directory, key);
  if (values.force) await store.remove([key]);
  await store.write(key, bytes);
  const removed = await prune(store, config.service.name, config.baseline.keep, side.commit);
  for (const { instrument, reason } of manifest.missing) progress(`without ${instrument}: ${reason}`);
  const old = removed.length === 0 ? '' : `, ${removed.length} old ones removed`;
  const size = Math.ceil(bytes.length / 1000);
  world.stdout.write(`saved ${config.service.name} ${side.shortCommit} (${size} kB) in ${store.place}${old}\n`);
  return EXIT.pass;
};

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
