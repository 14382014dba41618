/** valgrind as it is installed; whether it can run this very service is tried later. */

import { MeasurementError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { findValgrind, type Valgrind } from '../measure/valgrind.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { type Finding, failed, ok, warning } from './finding.ts';

/** Between these measuring was tried (docs/measuring.md); older ones write the same format. */
const TRIED = { from: [3, 19], to: '3.24' } as const;

/** `instruments`: those of the config; undefined where it is not known. */
export const lookAtValgrind = async (world: World, instruments: readonly InstrumentName[] | undefined) =>
  judgeValgrind(await findValgrind(world), instruments);

export function judgeValgrind(valgrind: Valgrind, instruments: readonly InstrumentName[] | undefined): Finding {
  if ('missing' in valgrind) return withoutIt(valgrind, instruments);
  const { version } = valgrind;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isOld = major < TRIED.from[0] || (major === TRIED.from[0] && minor < TRIED.from[1]);
  if (!isOld) return ok('valgrind', version);
  const tried = `${TRIED.from.join('.')} to ${TRIED.to}`;
  return ok('valgrind', `${version}, older than what measuring was tried with (${tried}): the service will tell`);
}

function withoutIt({ missing, hint }: Extract<Valgrind, { missing: string }>, instruments?: readonly InstrumentName[]) {
  if (instruments !== undefined && !instruments.includes('instructions')) {
    return ok('valgrind', `${missing}; not needed, since instruments leaves instructions out`);
  }
  if (instruments?.length === 1) {
    const text = `${missing}, and instruments names instructions alone: nothing can be measured`;
    return failed('valgrind', new MeasurementError(text, { hint }));
  }
  return warning('valgrind', `${missing}, so instructions cannot be counted`, hint);
}
