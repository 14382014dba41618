/** Which instruments a verdict must not do without. */

import type { World } from '../base/world.ts';
import { isInCi } from '../ci/hosts.ts';
import type { Config } from '../config/config.ts';
import { INSTRUMENTS, type InstrumentName } from '../model/metrics.ts';

/** As the config says; where it says nothing, all of them in CI, where nobody reads what stands beside a green. */
export const requiredIn = (
  { require }: Pick<Config, 'require'>,
  { env }: Pick<World, 'env'>,
): readonly InstrumentName[] => require ?? (isInCi(env) ? INSTRUMENTS.filter((name) => name !== 'cpu') : []);
