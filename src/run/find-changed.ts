/** What the commit changed, put together from the sources, the diff and the machine code of both sides. */
import { join, relative } from 'node:path';
import { atOnce } from '../base/at-once.ts';
import { findChanges } from '../changes/find.ts';
import { type GoPackage, listPackages } from '../changes/list.ts';
import { type ChangeRecord, changeRecord, type LanguageChange } from '../compare/changed-code.ts';
import type { FileDiff } from '../git/diff.ts';
import type { SideName } from '../measure/manifest.ts';
import { type ComparedCode, type Job, packageOf } from './build-sides.ts';

/** Settings of a build that decide which files belong to it, besides its tags. */
const CHOOSING = ['CGO_ENABLED', 'GOOS', 'GOARCH'];

export async function findChanged(
  job: Job,
  code: ComparedCode,
  diff: readonly FileDiff[],
  dataFiles: readonly string[],
): Promise<ChangeRecord> {
  const { config, checkouts, serviceDirectory, work, world } = job;
  const { flags, env: buildEnv } = config.service.build;
  const env = { ...world.env, GOTMPDIR: work, ...buildEnv };
  const packagesOf = (side: SideName, signal: AbortSignal) => {
    const { settings } = code[side];
    // As it was built: a Makefile may have chosen other files than the config and the environment would.
    const chosen = Object.fromEntries(
      CHOOSING.flatMap((name) => (settings.has(name) ? [[name, settings.get(name)]] : [])),
    );
    return listPackages('go', join(checkouts[side].directory, serviceDirectory), packageOf(job, side), {
      env: { ...env, ...chosen },
      flags,
      tags: (settings.get('-tags') ?? '').split(',').filter((tag) => tag !== ''),
      signal,
    });
  };
  const [base, head] = await atOnce(['base', 'head'], world.signal, packagesOf);
  const changes = await findChanges({
    env,
    base,
    head,
    hasOtherGo: code.base.goVersion !== code.head.goVersion,
    temporaryDirectory: work,
    signal: world.signal,
  });
  const inRepository = (side: SideName, file: string) => {
    const inside = relative(checkouts[side].directory, file);
    return inside.startsWith('..') ? undefined : inside;
  };
  return changeRecord(changes, diff, inRepository, code.changed, { language: languageChanges(base, head), dataFiles });
}

/** Of the modules that are built from the checkout: that of any other is its version's. */
export function languageChanges(base: readonly GoPackage[], head: readonly GoPackage[]): LanguageChange[] {
  const [before, after] = [base, head].map((packages) => {
    const own = packages.flatMap(({ module }) =>
      module?.isMain ? [[module.path, module.goVersion ?? '1.16'] as const] : [],
    );
    return new Map(own);
  }) as [Map<string, string>, Map<string, string>];
  return [...before].flatMap(([module, version]) => {
    const now = after.get(module);
    return now === undefined || now === version ? [] : [{ module, base: version, head: now }];
  });
}
