/** The store that the config names, for the commands that are about it. */

import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { Store } from '../baseline/store.ts';
import { openStore } from '../baseline/stores.ts';
import type { Setting } from '../config/settings.ts';
import { directoryOf, openProject, type Project } from './project.ts';

export interface ConfiguredStore extends Project {
  readonly store: Store;
}

export async function configuredStore(
  explicit: string | undefined,
  world: World,
  settings: readonly Setting[] = [],
): Promise<ConfiguredStore> {
  const { repo, config, serviceDirectory } = await openProject(world, explicit, settings);
  if (config.baseline.store === undefined) {
    throw new UserError(`${config.fileName} names no store`, {
      hint: 'write for example baseline: { store: git }, see the README',
    });
  }
  const store = openStore(config.baseline.store, { repo, world, directory: directoryOf(repo, config) });
  return { repo, config, serviceDirectory, store };
}
