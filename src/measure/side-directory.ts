/**
 * A measured side on disk: a manifest and the profiles that it names. Whatever is read here may come from a stranger's
 * artifact: names stay inside the directory, sizes are bounded, and a manifest of another version is refused.
 */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, normalize } from 'node:path';
import { MeasurementError } from '../errors.ts';
import { decodeProfile } from '../profile/decode.ts';
import type { Profile } from '../profile/profile.ts';
import { MANIFEST_SCHEMA, type Manifest } from './manifest.ts';
import { validateManifest } from './manifest-schema.ts';
import type { MeasuredSide } from './measured-side.ts';

export const MANIFEST = 'manifest.json';
const LARGEST_MANIFEST_BYTES = 10_000_000;
const LARGEST_PROFILE_BYTES = 256_000_000;

export function writeManifest(directory: string, manifest: Manifest): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The side in a directory; throws a MeasurementError that says what is missing, damaged or of another version. */
export function readSide(directory: string): MeasuredSide {
  const path = join(directory, MANIFEST);
  const manifest = parseManifest(readText(path), path);
  const profile = (name: string) => readProfile(directory, name);
  const { instructions, allocs, cpu } = manifest.instruments;
  return {
    manifest,
    ...(instructions && {
      instructions: {
        replicates: instructions.replicates.map((replicate) => profile(replicate.profile)),
        paths: profile('paths.pb.gz'),
        merged: profile('instructions.pb.gz'),
      },
    }),
    ...(allocs && {
      allocs: {
        replicates: allocs.replicates.map((replicate) => profile(replicate.profile)),
        merged: profile('allocs.pb.gz'),
      },
    }),
    ...(cpu && { cpu: profile('cpu/merged.pb.gz') }),
  };
}

/** The profiles that `readSide` reads of a side with this manifest. (Rounds of cpu are merged already.) */
export function profilesOf({ instruments }: Manifest): string[] {
  const { instructions, allocs, cpu } = instruments;
  return [
    ...(instructions ? ['instructions.pb.gz', 'paths.pb.gz'] : []),
    ...(allocs ? ['allocs.pb.gz'] : []),
    ...[instructions, allocs].flatMap((result) => result?.replicates.map(({ profile }) => profile) ?? []),
    ...(cpu ? ['cpu/merged.pb.gz'] : []),
  ];
}

function readText(path: string): string {
  return read(path, LARGEST_MANIFEST_BYTES, {
    why: 'this is not a side that perf-gate measured, or not a whole one',
    hint: 'a side is a directory such as perf-gate-out/base or perf-gate-out/head',
  }).toString('utf8');
}

/** The manifest that a text is; `path` is what it is called in errors. */
export function parseManifest(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: 'measure again' });
  }
  const schema = (value as { schema?: unknown } | null)?.schema;
  if (schema !== MANIFEST_SCHEMA) {
    throw new MeasurementError(
      `${path} is of version ${String(schema)}, this perf-gate reads version ${MANIFEST_SCHEMA}`,
      {
        hint: 'measure again with this perf-gate, or read it with the one that wrote it',
      },
    );
  }
  return validateManifest(value, path);
}

function readProfile(directory: string, name: string): Profile {
  const inside = normalize(name);
  if (inside.startsWith('..') || inside.startsWith('/')) {
    throw new MeasurementError(`${directory}/${MANIFEST} names a file outside its directory: ${name}`, {
      hint: 'perf-gate writes no such manifest: where does it come from?',
    });
  }
  const path = join(directory, inside);
  const bytes = read(path, LARGEST_PROFILE_BYTES, { why: 'the manifest names it', hint: 'measure again' });
  return decodeProfile(bytes, `${basename(directory)}/${name}`);
}

function read(path: string, largestBytes: number, { why, hint }: { why: string; hint: string }): Buffer {
  try {
    const about = statSync(path);
    if (!about.isFile()) throw new MeasurementError(`${path} is not a file`, { hint });
    if (about.size > largestBytes) {
      throw new MeasurementError(`${path} is larger than ${largestBytes / 1e6} MB`, { hint });
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof MeasurementError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new MeasurementError(`there is no ${path}: ${why}`, { cause, hint });
    }
    throw new MeasurementError(`${path} cannot be read: ${(cause as Error).message}`, { cause, hint });
  }
}
