import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  newestFirst,
  openStore
} from "./aws4fetch.js";
import {
  directoryOf,
  openProject
} from "./run-project.js";
import {
  UserError
} from "./base-errors.js";

// src/baseline/prune.ts
async function prune(store, service, keep, spared) {
  const keys = (await store.list(service)).sort(newestFirst);
  const kept = new Set([...new Set(keys.map(({ commit }) => commit))].slice(0, keep));
  const old = keys.filter(({ commit }) => !kept.has(commit) && commit !== spared);
  if (old.length > 0) await store.remove(old);
  return old;
}

// src/run/configured-store.ts
async function configuredStore(explicit, world, settings = []) {
  const { repo, config, serviceDirectory } = await openProject(world, explicit, settings);
  if (config.baseline.store === void 0) {
    throw new UserError(`${config.fileName} names no store`, {
      hint: "write for example baseline: { store: git }, see the README"
    });
  }
  const store = openStore(config.baseline.store, { repo, world, directory: directoryOf(repo, config) });
  return { repo, config, serviceDirectory, store };
}

export {
  prune,
  configuredStore
};
