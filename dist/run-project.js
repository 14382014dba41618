import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  findConfig,
  openRepository,
  readConfig
} from "./simple-git.js";
import {
  configDirectory
} from "./config-places.js";
import {
  UserError
} from "./base-errors.js";

// src/run/project.ts
import { resolve } from "node:path";
var directoryOf = ({ root }, { fileName }) => resolve(root, configDirectory(fileName));
async function openProject(world, explicit, settings = []) {
  const repo = await openRepository(world.cwd, world);
  return { repo, ...await loadConfig(repo, explicit, world, settings) };
}
async function loadConfig(repo, explicit, world, settings = []) {
  const path = await findConfig(world.cwd, repo.root, explicit);
  if (path === void 0) {
    const place = repo.prefix === "" ? repo.root : `${world.cwd} or above it, up to ${repo.root}`;
    throw noConfig(place);
  }
  const config = await readConfig(path, repo.root, settings);
  addSecretsOf(config, world);
  return { config, serviceDirectory: config.service.dir ?? configDirectory(config.fileName) };
}
function addSecretsOf({ service }, { secrets }) {
  secrets.addFrom(service.env);
  secrets.addFrom(service.build.env);
}
var noConfig = (place) => new UserError(`there is no perf-gate.yml in ${place}`, {
  hint: "perf-gate init writes one that runs; one that lies elsewhere is named with --config"
});

export {
  directoryOf,
  openProject,
  loadConfig,
  noConfig
};
