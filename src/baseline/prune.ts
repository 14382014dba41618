/** Removes what is old from a store. */
import { type Key, newestFirst } from './key.ts';
import type { Store } from './store.ts';

/** Keeps the newest `keep` commits of a service, and `spared` in any case; returns what it removed. */
export async function prune(store: Store, service: string, keep: number, spared?: string): Promise<Key[]> {
  const keys = (await store.list(service)).sort(newestFirst);
  const kept = new Set([...new Set(keys.map(({ commit }) => commit))].slice(0, keep));
  const old = keys.filter(({ commit }) => !kept.has(commit) && commit !== spared);
  if (old.length > 0) await store.remove(old);
  return old;
}
