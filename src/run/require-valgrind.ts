/** What counts instructions, looked for before anything is built where nothing else would be measured. */

import { MeasurementError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { findValgrind } from '../measure/valgrind.ts';
import type { InstrumentName } from '../model/metrics.ts';

/** Throws a MeasurementError where the instruments are instructions alone and valgrind, which counts them, cannot run. */
export async function requireValgrind(instruments: readonly InstrumentName[], world: World): Promise<void> {
  if (!instruments.every((name) => name === 'instructions')) return;
  const valgrind = await findValgrind(world);
  if (!('missing' in valgrind)) return;
  throw new MeasurementError(`${valgrind.missing}, and nothing but instructions is to be measured`, {
    hint: `${valgrind.hint}; or measure more: --instruments instructions,allocs`,
  });
}
