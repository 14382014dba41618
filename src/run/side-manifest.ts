/** The manifest of one measured side of a run. */
import { createHash } from 'node:crypto';
import { VERSION } from '../base/version.ts';
import type { Answers } from '../load/answers.ts';
import type { Bench } from '../measure/bench.ts';
import { LOAD_TOOL, MEASURING } from '../measure/fingerprint.ts';
import { MANIFEST_SCHEMA, type Manifest, type SideName } from '../measure/manifest.ts';
import { processorFeatures } from '../measure/processor.ts';
import { findValgrind } from '../measure/valgrind.ts';
import type { ComparableBuild, Job } from './build-sides.ts';

export function manifestOf<Name extends SideName>(
  { config, sides }: Job<Name>,
  side: Name,
  build: ComparableBuild,
  bench: Bench,
  { answers, ...measured }: Pick<Manifest, 'instruments' | 'missing'> & { readonly answers?: Answers | undefined },
): Manifest {
  const { commit, version, isDirty } = sides[side];
  return {
    schema: MANIFEST_SCHEMA,
    tool: VERSION,
    side,
    service: config.service.name,
    ...(config.scenario === undefined ? {} : { scenario: config.scenario }),
    commit,
    version,
    isDirty,
    measuredAt: bench.world.now().toISOString(),
    fingerprint: fingerprintOf(build, bench, measured.instruments.instructions?.valgrind),
    ...measured,
    warnings: bench.warnings,
    ...(answers === undefined ? {} : { answers }),
  };
}

/** The fingerprint that the manifest of a build would have if it was measured here and now. */
export async function fingerprintHere(
  build: Pick<ComparableBuild, 'fingerprint'>,
  bench: Bench,
): Promise<Manifest['fingerprint']> {
  const valgrind = bench.config.instruments.includes('instructions') ? await findValgrind(bench.world) : undefined;
  const version = valgrind && 'version' in valgrind ? valgrind.version : undefined;
  return fingerprintOf(build, bench, version);
}

/** With what the build does not know and that can change a figure all the same. */
function fingerprintOf(
  build: Pick<ComparableBuild, 'fingerprint'>,
  { config, inputs, scenario, command, world }: Bench,
  valgrind: string | undefined,
) {
  const { args, env, listen, protocol, setup, inject } = config.service;
  const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
  // Bodies from files are in the scenario.
  const bodies = scenario.requests
    .flatMap((request) => [request, ...request.steps])
    .map(({ body }) =>
      createHash('sha256')
        .update(body ?? '')
        .digest('hex'),
    );
  const fingerprint: Record<string, string> = {
    measuring: String(MEASURING),
    ...build.fingerprint,
    load: hash([config.load, bodies]),
    service: hash({ args, env, listen, protocol, setup, inject, files: inputs.files }),
  };
  if (command !== undefined) {
    fingerprint[LOAD_TOOL] = command.version;
    if (Object.keys(command.files).length > 0) fingerprint['load files'] = hash(command.files);
  }
  if (valgrind !== undefined) {
    fingerprint['valgrind'] = valgrind;
    const processor = processorFeatures(world);
    if (processor !== '') fingerprint['processor'] = processor;
  }
  return fingerprint;
}
