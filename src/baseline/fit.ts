/**
 * Whether stored figures are what measuring the same program here and now would give: everything in the fingerprint must
 * be the same. What concerns one instrument alone rules out that one alone.
 */

import { type Difference, difference } from '../measure/fingerprint.ts';
import { EXACT_INSTRUMENTS, type Manifest } from '../measure/manifest.ts';
import type { InstrumentName } from '../model/metrics.ts';

/** Fields of the fingerprint that only one instrument depends on. */
const CONCERNS: Readonly<Record<string, InstrumentName>> = { valgrind: 'instructions', processor: 'instructions' };

export interface Fit {
  /** The instruments whose stored figures can be used. */
  readonly instruments: readonly InstrumentName[];
  /** What is not the same here: `base` is stored, `head` is here. */
  readonly differing: readonly Difference[];
}

/** `here` is the fingerprint that a measurement in this job would have; `wanted` are the config's instruments. */
export function fitOf(stored: Manifest, here: Manifest['fingerprint'], wanted: readonly InstrumentName[]): Fit {
  const differing = difference(stored.fingerprint, here);
  const concerned = differing.map(({ key }) => CONCERNS[key]);
  const instruments = concerned.includes(undefined)
    ? []
    : EXACT_INSTRUMENTS.filter(
        (name) => wanted.includes(name) && stored.instruments[name] !== undefined && !concerned.includes(name),
      );
  return { instruments, differing };
}

/** `valgrind was 3.19.0 and is 3.22.0` */
export const told = (differing: readonly Difference[]): string =>
  differing.map(({ key, base, head }) => `${key} was ${base ?? 'not set'} and is ${head ?? 'not set'}`).join(', ');
