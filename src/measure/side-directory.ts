/**
 * A measured side on disk: a manifest and the profiles that it names. Whatever is read here may come from a stranger's
 * artifact: names stay inside the directory, sizes are bounded, and a manifest of another version is refused.
 */
import { mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, normalize, sep } from 'node:path';
import { MeasurementError } from '../base/errors.ts';
import { decodeProfile } from '../profile/decode.ts';
import { columnOf, type Profile, ProfileError } from '../profile/profile.ts';
import { MANIFEST_SCHEMA, type Manifest } from './manifest.ts';
import { validateManifest } from './manifest-schema.ts';
import type { MeasuredSide } from './measured-side.ts';

export const MANIFEST = 'manifest.json';
const LARGEST_MANIFEST_BYTES = 10_000_000;
/** Of all profiles of a side together, as they lie there. */
const LARGEST_PROFILES_BYTES = 256_000_000;

export function writeManifest(directory: string, manifest: Manifest): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** The side in a directory; throws a MeasurementError that says what is missing, damaged or of another version. */
export function readSide(directory: string): MeasuredSide {
  const path = join(directory, MANIFEST);
  const manifest = parseManifest(readText(path), path);
  let room = LARGEST_PROFILES_BYTES;
  const profile = (name: string, types: readonly string[]) => {
    const bytes = readInside(directory, name, room);
    room -= bytes.length;
    return profileIn(bytes, `${basename(directory)}/${name}`, types);
  };
  const { instructions, allocs, cpu } = manifest.instruments;
  return {
    manifest,
    ...(instructions && {
      instructions: {
        replicates: instructions.replicates.map((replicate) => profile(replicate.profile, EXECUTED)),
        paths: profile('paths.pb.gz', ['instructions']),
        merged: profile('instructions.pb.gz', EXECUTED),
      },
    }),
    ...(allocs && {
      allocs: {
        replicates: allocs.replicates.map((replicate) => profile(replicate.profile, ALLOCATED)),
        merged: profile('allocs.pb.gz', ALLOCATED),
      },
    }),
    ...(cpu && { cpu: profile('cpu/merged.pb.gz', ['cpu']) }),
  };
}

const EXECUTED = ['instructions', 'calls'];
const ALLOCATED = ['alloc_objects', 'alloc_space'];

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
  return readBounded(path, LARGEST_MANIFEST_BYTES, {
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
  if (typeof schema !== 'number') {
    throw new MeasurementError(`${path} is no manifest of perf-gate: it does not say its version`, {
      hint: 'a side is a directory such as perf-gate-out/base or perf-gate-out/head',
    });
  }
  if (schema !== MANIFEST_SCHEMA) {
    throw new MeasurementError(`${path} is of version ${schema}, this perf-gate reads version ${MANIFEST_SCHEMA}`, {
      hint: 'measure again with this perf-gate, or read it with the one that wrote it',
    });
  }
  return validateManifest(value, path);
}

/** The bytes of a file that the manifest names; not of one elsewhere, whatever name or link leads there. */
function readInside(directory: string, name: string, mostBytes: number): Buffer {
  const inside = normalize(name);
  if (inside.startsWith('..') || inside.startsWith('/')) {
    throw new MeasurementError(`${directory}/${MANIFEST} names a file outside its directory: ${name}`, {
      hint: 'perf-gate writes no such manifest: where does it come from?',
    });
  }
  const path = join(directory, inside);
  return readBounded(path, mostBytes, { why: 'the manifest names it', hint: 'measure again', within: directory });
}

/** The profile with these types of values, of which each is needed. */
function profileIn(bytes: Uint8Array, label: string, types: readonly string[]): Profile {
  try {
    const profile = decodeProfile(bytes, label);
    for (const type of types) columnOf(profile, type);
    return profile;
  } catch (cause) {
    if (!(cause instanceof ProfileError) || cause.hint !== undefined) throw cause;
    const hint = 'it is not as perf-gate wrote it: measure again, or fetch it again from where it was kept';
    throw new ProfileError(cause.message, { hint, cause, ...(cause.detail !== undefined && { detail: cause.detail }) });
  }
}

export interface ReadOptions {
  /** Why the file should be there. */
  readonly why: string;
  readonly hint: string;
  /** The directory that no link may lead out of. */
  readonly within?: string;
}

/** The bytes of a regular file of at most so many; throws a MeasurementError for anything else. */
export function readBounded(path: string, mostBytes: number, { why, hint, within }: ReadOptions): Buffer {
  try {
    const about = statSync(path);
    if (!about.isFile()) throw new MeasurementError(`${path} is not a file`, { hint });
    if (within !== undefined && !isWithin(realpathSync(path), realpathSync(within))) {
      throw new MeasurementError(`${path} is a link to a file outside its directory`, {
        hint: 'perf-gate writes no links: where does the directory come from?',
      });
    }
    if (about.size > mostBytes) {
      throw new MeasurementError(
        `${path} is too large: ${megabytes(about.size)} where ${megabytes(mostBytes)} are left`,
        {
          hint: `perf-gate writes no such file: ${hint}`,
        },
      );
    }
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof MeasurementError) throw cause;
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) {
      throw new MeasurementError(`there is no ${path}: ${why}`, { cause, hint });
    }
    throw new MeasurementError(`${path} cannot be read: ${(cause as Error).message}`, { cause, hint });
  }
}

const isWithin = (path: string, directory: string) => path.startsWith(`${directory}${sep}`);

const megabytes = (bytes: number) => `${Math.floor(bytes / 1e6)} MB`;
