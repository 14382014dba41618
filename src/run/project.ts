/** What every command begins with: the repository that it is run in, and the config in charge there. */
import { resolve } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { Config } from '../config/config.ts';
import { configDirectory } from '../config/places.ts';
import { findConfig, readConfig } from '../config/read.ts';
import type { Setting } from '../config/settings.ts';
import { openRepository, type Repository } from '../git/repository.ts';

/** The directory that a config speaks for, absolute. */
export const directoryOf = ({ root }: Repository, { fileName }: Config): string =>
  resolve(root, configDirectory(fileName));

export interface Project {
  readonly repo: Repository;
  readonly config: Config;
  /** Of the service, relative to the repository's root. */
  readonly serviceDirectory: string;
}

/** Opens the repository of the World's directory and reads its config, or the one that is named. */
export async function openProject(
  world: World,
  explicit: string | undefined,
  settings: readonly Setting[] = [],
): Promise<Project> {
  const repo = await openRepository(world.cwd, world);
  return { repo, ...(await loadConfig(repo, explicit, world, settings)) };
}

/** The config in charge, and the directory of its service, relative to the repository's root. */
export async function loadConfig(
  repo: Repository,
  explicit: string | undefined,
  world: World,
  settings: readonly Setting[] = [],
) {
  const path = await findConfig(world.cwd, repo.root, explicit);
  if (path === undefined) {
    const place = repo.prefix === '' ? repo.root : `${world.cwd} or above it, up to ${repo.root}`;
    throw noConfig(place);
  }
  const config = await readConfig(path, repo.root, settings);
  addSecretsOf(config, world);
  return { config, serviceDirectory: config.service.dir ?? configDirectory(config.fileName) };
}

/** What a config gives to the service and to its build may be secret as well. */
export function addSecretsOf({ service }: Config, { secrets }: World): void {
  secrets.addFrom(service.env);
  secrets.addFrom(service.build.env);
}

export const noConfig = (place: string): UserError =>
  new UserError(`there is no perf-gate.yml in ${place}`, {
    hint: 'perf-gate init writes one that runs; one that lies elsewhere is named with --config',
  });
