/**
 * What every store is: a place for bundles by key. A store does not look into what it keeps; whoever reads from one
 * checks it (bundle.ts). Stores are files in stores/, and all of them pass test/baseline/contract.ts.
 */

import { EXIT, type ExitCode, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { StoreConfig } from '../config/config.ts';
import type { Repository } from '../git/repository.ts';
import type { Key } from './key.ts';

export interface Store {
  /** For people: `the branch perf-gate-baselines of origin`. */
  readonly place: string;
  /** What there is of a service, in any order. Names that are no keys are left out. */
  list(service: string): Promise<Key[]>;
  /** The bytes, or undefined when there is nothing under this key. Bytes larger than a bundle may be are not read. */
  read(key: Key): Promise<Uint8Array | undefined>;
  /** Nobody ever sees a part of it. What is there already under the key is as good, so either may be kept. */
  write(key: Key, bytes: Uint8Array): Promise<void>;
  /** Keys that are not there are no mistake. */
  remove(keys: readonly Key[]): Promise<void>;
}

/** What a store may know of its surroundings. */
export interface StoreContext {
  readonly repo: Repository;
  readonly world: World;
  /** The directory that the config speaks for, absolute. */
  readonly directory: string;
}

/** Opens a store of one kind; nothing is asked of it yet. */
export type OpenStore<Kind extends StoreConfig['kind']> = (
  config: Extract<StoreConfig, { kind: Kind }>,
  context: StoreContext,
) => Store;

/** The store cannot be reached, refuses, or holds something else than it should. */
export class StoreError extends UserError {
  override readonly exitCode: ExitCode = EXIT.invalid;
}

/** The largest bundle: a hundred times that of a small service. */
export const LARGEST_BUNDLE_BYTES = 64_000_000;

export function tooLarge(place: string): StoreError {
  return new StoreError(`a bundle in ${place} is larger than ${LARGEST_BUNDLE_BYTES / 1e6} MB`, {
    hint: 'perf-gate writes no such bundle: who else writes there?',
  });
}
