/** Measured sides on disk, and bundles of them, without measuring anything. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packBundle } from '../../src/baseline/bundle.ts';
import { fingerprintDigest, type Key } from '../../src/baseline/key.ts';
import type { Manifest } from '../../src/measure/manifest.ts';
import { writeManifest } from '../../src/measure/side-directory.ts';
import { ProfileBuilder } from '../../src/profile/builder.ts';
import { encodeProfile } from '../../src/profile/encode.ts';
import { removeDirectory, scratchDirectory } from '../support/world.ts';

export const COMMIT = '3f2a91c0ffee0000000000000000000000000001';

/** Of a side that says nothing else. */
export const FINGERPRINT = { measuring: '1', go: 'go1.26.8' };

export interface SideFacts {
  readonly service?: string;
  readonly scenario?: string;
  readonly commit?: string;
  readonly committed?: string;
  readonly code?: string;
  readonly fingerprint?: Readonly<Record<string, string>>;
  readonly tool?: string;
  /** In place of the digest of the fingerprint in the key. */
  readonly name?: string;
  /** Without the instructions, as where valgrind is missing. */
  readonly allocsOnly?: boolean;
}

function profile(types: readonly [string, string], value: number): Uint8Array {
  const builder = new ProfileBuilder({ sampleTypes: types.map((type) => ({ type, unit: 'count' })) });
  builder.add([{ address: 1, frames: [{ fn: 'main.serve', file: 'main.go', line: 7, startLine: 5 }] }], [1, value]);
  return encodeProfile(builder.build());
}

/** Writes a whole side, as a run leaves it: with logs and with a profile of each cpu round. */
export function writeSide(directory: string, facts: SideFacts = {}): Manifest {
  const { service = 'orders', commit = COMMIT, fingerprint = FINGERPRINT, tool = '1.0.0' } = facts;
  const replicates = (folder: string) => [1, 2].map((i) => `${folder}/replicate-${i}.pb.gz`);
  const manifest: Manifest = {
    schema: 3,
    tool,
    side: 'base',
    service,
    ...(facts.scenario === undefined ? {} : { scenario: facts.scenario }),
    commit,
    version: 'v1.2.3',
    isDirty: false,
    measuredAt: '2026-11-21T14:19:50.000Z',
    fingerprint,
    missing: [],
    warnings: [],
    instruments: {
      ...(!facts.allocsOnly && {
        instructions: {
          requests: 10,
          valgrind: '3.19.0',
          replicates: replicates('instructions').map((name) => ({
            profile: name,
            requests: 10,
            mutator: 1000,
            user: 1000,
            collection: 10,
            collections: 6,
          })),
          paths: { requests: 10, callers: 32, truncated: 0 },
        },
      }),
      allocs: {
        requests: 10,
        replicates: replicates('allocs').map((name) => ({
          profile: name,
          requests: 10,
          objects: 4,
          bytes: 256,
          mallocs: 4,
          totalAlloc: 256,
        })),
      },
    },
  };
  const files = ['allocs.pb.gz', ...replicates('allocs')];
  if (!facts.allocsOnly) files.push('instructions.pb.gz', 'paths.pb.gz', ...replicates('instructions'));
  for (const [i, name] of files.entries()) {
    const types = name.startsWith('allocs')
      ? (['alloc_objects', 'alloc_space'] as const)
      : (['calls', 'instructions'] as const);
    write(directory, name, profile(types, 1000 + i));
  }
  write(directory, 'logs/build.log', Buffer.from('$ go build\n'));
  writeManifest(directory, manifest);
  return manifest;
}

function write(directory: string, name: string, bytes: Uint8Array): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), bytes);
}

/** The key of no bundle in particular. */
export const KEY: Key = {
  service: 'orders',
  scenario: undefined,
  committed: '20261121T141950Z',
  commit: 'c'.repeat(40),
  code: '0123456789abcdef',
  fingerprint: 'fedcba9876543210',
};

export function keyOf(manifest: Manifest, facts: SideFacts = {}): Key {
  const {
    committed = KEY.committed,
    code = KEY.code,
    name: fingerprint = fingerprintDigest(manifest.fingerprint),
  } = facts;
  const { service, scenario, commit } = manifest;
  return { service, scenario, committed, commit, code, fingerprint };
}

/** The bundle of a side, and its key. */
export function bundleOf(facts: SideFacts = {}): { key: Key; bytes: Uint8Array } {
  const directory = scratchDirectory();
  try {
    const key = keyOf(writeSide(directory, facts), facts);
    return { key, bytes: packBundle(directory, key) };
  } finally {
    removeDirectory(directory);
  }
}
