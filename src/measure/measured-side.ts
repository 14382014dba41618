/** What is known of a side once its run directory has been read: plain values, no files. */
import type { Profile } from '../profile/profile.ts';
import type { Manifest } from './manifest.ts';

/** The decoded profiles of a side, with the figures of its manifest. */
export interface MeasuredSide {
  readonly manifest: Manifest;
  /** What each replicate executed, all of them together, and the call paths. */
  readonly instructions?: {
    readonly replicates: readonly Profile[];
    readonly merged: Profile;
    readonly paths: Profile;
  };
  readonly allocs?: { readonly replicates: readonly Profile[]; readonly merged: Profile };
  readonly cpu?: Profile;
}
