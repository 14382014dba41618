/** The store that the config names, for the commands that are about it. */

import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { Store } from '../baseline/store.ts';
import { openStore } from '../baseline/stores.ts';
import type { Config } from '../config/config.ts';
import type { Setting } from '../config/settings.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { directoryOf, loadConfig } from './load-config.ts';

export interface ConfiguredStore {
  readonly repo: Repository;
  readonly config: Config;
  readonly serviceDirectory: string;
  readonly store: Store;
}

export async function configuredStore(
  explicit: string | undefined,
  world: World,
  settings: readonly Setting[] = [],
): Promise<ConfiguredStore> {
  const { env, temporaryDirectory, signal } = world;
  const repo = await openRepository(world.cwd, { env, temporaryDirectory, signal });
  const { config, serviceDirectory } = await loadConfig(repo, explicit, world, settings);
  if (config.baseline.store === undefined) {
    throw new UserError(`${config.fileName} names no store`, {
      hint: 'write for example baseline: { store: git }, see the README',
    });
  }
  const store = openStore(config.baseline.store, { repo, world, directory: directoryOf(repo, config) });
  return { repo, config, serviceDirectory, store };
}
