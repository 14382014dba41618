/** The manifest of one measured side of a run. */
import { createHash } from 'node:crypto';
import type { Build } from '../build/build.ts';
import { MANIFEST_SCHEMA, type Manifest, type SideName } from '../measure/manifest.ts';
import { VERSION } from '../version.ts';
import type { Job } from './gate-build.ts';

export function manifestOf(
  job: Job,
  side: SideName,
  build: Build,
  measured: Pick<Manifest, 'instruments' | 'missing' | 'warnings'>,
): Manifest {
  const { config, sides, world } = job;
  const { commit, version, isDirty } = sides[side];
  return {
    schema: MANIFEST_SCHEMA,
    tool: VERSION,
    side,
    service: config.service.name,
    commit,
    version,
    isDirty,
    measuredAt: world.now().toISOString(),
    fingerprint: { ...build.fingerprint, ...settingsOf(job, measured) },
    ...measured,
  };
}

/** What the build does not know and that can change a figure all the same. */
function settingsOf({ config }: Job, { instruments }: Pick<Manifest, 'instruments'>): Record<string, string> {
  const { args, env } = config.service;
  const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
  return {
    load: hash(config.load),
    service: hash({ args, env }),
    ...(instruments.instructions && { valgrind: instruments.instructions.valgrind }),
  };
}
