/** Every kind of store. Adding one is a file in stores/, a line here and its keys in the config. */
import type { StoreConfig } from '../config/config.ts';
import type { OpenStore, Store, StoreContext } from './store.ts';
import { directoryStore } from './stores/directory.ts';
import { execStore } from './stores/exec.ts';
import { gitStore } from './stores/git.ts';
import { s3Store } from './stores/s3.ts';

const stores: { readonly [Kind in StoreConfig['kind']]: OpenStore<Kind> } = {
  git: gitStore,
  directory: directoryStore,
  s3: s3Store,
  exec: execStore,
};

export function openStore(config: StoreConfig, context: StoreContext): Store {
  const open = stores[config.kind] as OpenStore<StoreConfig['kind']>;
  return open(config, context);
}
