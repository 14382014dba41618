/** A run directory as a run leaves it, without measuring anything: two sides, what the commit changed, and the report. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ChangeRecord } from '../../src/compare/changed-code.ts';
import type { Manifest, SideName } from '../../src/measure/manifest.ts';
import { writeManifest } from '../../src/measure/side-directory.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import type { Profile } from '../../src/profile/profile.ts';
import { renderJson } from '../../src/report/json.ts';
import { side } from '../compare/sides.ts';
import { fail } from '../report/reports.ts';

const PATHS = (cost: number) => [
  'main.serve:12;main.list:20 9000',
  `main.serve:12;main.list:22;main.hash:37 ${cost}`,
  'main.serve:12;main.list:22;main.hash:38;main.mix:50 300',
];

export const CHANGES: ChangeRecord = {
  schema: 1,
  changed: [{ key: 'main.hash', reason: 'source' }],
  declared: ['main.hash', 'main.list', 'main.mix', 'main.serve'],
  renamed: [],
  files: { base: [{ compiled: 'main.go', path: 'main.go' }], head: [{ compiled: 'main.go', path: 'main.go' }] },
  diff: [
    {
      basePath: 'main.go',
      headPath: 'main.go',
      hunks: [{ baseStart: 37, baseCount: 1, headStart: 37, headCount: 1 }],
    },
  ],
};

/** Writes one side; `changes` goes over its manifest. */
export function writeMeasured(directory: string, name: SideName, changes: Partial<Manifest> = {}): Manifest {
  const cost = name === 'base' ? 1000 : 1300;
  const { manifest, instructions, allocs } = side(name, {
    instructions: PATHS(cost),
    objects: ['main.serve:12;main.list:22;main.hash:37 4'],
  });
  const files: Record<string, Profile> = {
    'instructions.pb.gz': instructions!.merged,
    'paths.pb.gz': instructions!.paths,
    'allocs.pb.gz': allocs!.merged,
  };
  const named = <Replicate extends object>(folder: string, replicates: readonly Replicate[], of: readonly Profile[]) =>
    replicates.map((replicate, i) => {
      const profile = `${folder}/replicate-${i + 1}.pb.gz`;
      files[profile] = of[i]!;
      return { ...replicate, profile };
    });
  const { instructions: counted, allocs: allocated } = manifest.instruments;
  const whole: Manifest = {
    ...manifest,
    instruments: {
      instructions: {
        ...counted!,
        replicates: named('instructions', counted!.replicates, instructions!.replicates),
      },
      allocs: { ...allocated!, replicates: named('allocs', allocated!.replicates, allocs!.replicates) },
    },
    ...changes,
  };
  for (const [path, profile] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), encodeProfile(profile));
  }
  writeManifest(directory, whole);
  return whole;
}

export function writeRun(directory: string): void {
  for (const name of ['base', 'head'] as const) writeMeasured(join(directory, name), name);
  writeFileSync(join(directory, 'changes.json'), JSON.stringify(CHANGES));
  writeFileSync(join(directory, 'report.json'), renderJson(fail));
}

export const CONFIG = `service: { package: . }
load: { requests: [GET /] }
limits:
  instructions: { total: +2%, function: +5% }
  objects: off
  bytes: off
`;
