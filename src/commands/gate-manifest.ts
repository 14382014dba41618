/** The manifest of one measured side of a run. */
import type { Build } from '../build/build.ts';
import { MANIFEST_SCHEMA, type Manifest, type SideName } from '../measure/manifest.ts';
import { VERSION } from '../version.ts';
import type { Job } from './gate-build.ts';

export function manifestOf(
  { config, sides, world }: Job,
  side: SideName,
  build: Build,
  measured: Pick<Manifest, 'instruments' | 'missing' | 'warnings'>,
): Manifest {
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
    fingerprint: build.fingerprint,
    ...measured,
  };
}
