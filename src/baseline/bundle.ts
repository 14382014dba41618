/**
 * What is kept of a measured commit: its manifest and profiles, no program and no log, as one compressed archive with a
 * digest of every file. Profiles lie in it unpacked, since replicates repeat each other over more than gzip can see.
 * Whatever is unpacked may come from a stranger: size and number are bounded, digests and identity are checked, and
 * nothing is written outside of the directory that is asked for.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync, gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { UserError } from '../base/errors.ts';
import type { Manifest } from '../measure/manifest.ts';
import { MANIFEST, parseManifest, profilesOf, writeManifest } from '../measure/side-directory.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { decodeProfile } from '../profile/decode.ts';
import { fingerprintDigest, type Key, keyText } from './key.ts';
import { LARGEST_BUNDLE_BYTES, StoreError } from './store.ts';
import { type Files, readTar, writeTar } from './tar.ts';

export interface Bundle {
  readonly key: Key;
  readonly manifest: Manifest;
  /** The manifest and the profiles that it stands for, these without their compression. */
  readonly files: Files;
}

const SCHEMA = 1;
const INDEX = 'bundle.json';
const LARGEST_UNPACKED_BYTES = 256_000_000;
const MOST_FILES = 200;
/** Half of what more would gain takes thirty times as long. */
const QUALITY = 6;

interface Index {
  readonly schema: typeof SCHEMA;
  readonly key: string;
  /** SHA-256 by name. */
  readonly files: Readonly<Record<string, string>>;
}

const validIndex = new Ajv2020({ strict: true }).compile<Index>({
  type: 'object',
  properties: {
    schema: { const: SCHEMA },
    key: { type: 'string' },
    files: { type: 'object', additionalProperties: { type: 'string' } },
  },
  required: ['schema', 'key', 'files'],
  additionalProperties: false,
});

/** The measured side in a directory as a bundle; the same files always give the same bytes. */
export function packBundle(directory: string, key: Key): Uint8Array {
  const files = new Map<string, Uint8Array>([[MANIFEST, readFileSync(join(directory, MANIFEST))]]);
  const manifest = parseManifest(text(files.get(MANIFEST)!), join(directory, MANIFEST));
  for (const name of profilesOf(manifest)) {
    files.set(unpackedName(name), gunzipSync(readFileSync(join(directory, name))));
  }
  const index: Index = {
    schema: SCHEMA,
    key: keyText(key),
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]).sort()),
  };
  const archive = writeTar(new Map(files).set(INDEX, Buffer.from(JSON.stringify(index))));
  const bytes = brotliCompressSync(archive, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: archive.length,
    },
  });
  if (bytes.length <= LARGEST_BUNDLE_BYTES && archive.length <= LARGEST_UNPACKED_BYTES) return bytes;
  throw new UserError(`the profiles of ${key.service} take ${Math.round(bytes.length / 1e6)} MB: too much to be kept`, {
    hint: 'fewer different requests under load.requests make smaller profiles',
  });
}

/** The bundle in what a store gave for a key; throws a StoreError that says what is wrong with any other bytes. */
export function unpackBundle(bytes: Uint8Array, key: Key): Bundle {
  const refuse = (why: string, cause?: unknown): never => {
    throw new StoreError(`the bundle ${keyText(key)} is damaged: ${why}`, {
      cause,
      hint: 'remove it from the store, or measure the commit again with perf-gate save --force',
    });
  };
  if (bytes.length > LARGEST_BUNDLE_BYTES) refuse(`it is larger than ${LARGEST_BUNDLE_BYTES / 1e6} MB`);
  let files: Map<string, Uint8Array>;
  try {
    files = readTar(brotliDecompressSync(bytes, { maxOutputLength: LARGEST_UNPACKED_BYTES }), MOST_FILES);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') refuse(`it unpacks to more than ${LARGEST_UNPACKED_BYTES / 1e6} MB`, error);
    return refuse(code === undefined ? message : 'it cannot be unpacked', error);
  }
  const index = indexIn(files) ?? refuse(`its ${INDEX} is missing, or of another version`);
  files.delete(INDEX);
  if (index.key !== keyText(key)) refuse('it is the bundle of something else');
  const names = Object.keys(index.files);
  if (names.length !== files.size) refuse('files are missing or too many');
  for (const name of names) {
    const content = files.get(name);
    if (content === undefined) return refuse(`${name} is missing`);
    if (sha256(content) !== index.files[name]) refuse(`${name} is not what was measured`);
  }
  const manifest = parseManifest(
    text(files.get(MANIFEST) ?? refuse('it has no manifest')),
    `${keyText(key)}/${MANIFEST}`,
  );
  const { service, scenario, commit, isDirty } = manifest;
  if (service !== key.service || scenario !== key.scenario || commit !== key.commit || isDirty) {
    refuse('its manifest is of something else');
  }
  // Without `measuring` it is of a version that put its own into the digest: not damaged, but it fits nothing of today.
  const { fingerprint } = manifest;
  if (fingerprint['measuring'] !== undefined && fingerprintDigest(fingerprint) !== key.fingerprint)
    refuse('its manifest does not have the fingerprint of its name');
  const wanted = [MANIFEST, ...profilesOf(manifest).map(unpackedName)];
  for (const name of wanted) if (!files.has(name)) refuse(`${name} is missing`);
  for (const name of names) if (!wanted.includes(name)) refuse(`${name} does not belong into it`);
  // Whoever uses it later has no other base to go on with.
  for (const name of wanted.slice(1)) decodeProfile(files.get(name)!, `${keyText(key)}/${name}`);
  return { key, manifest, files };
}

/**
 * Writes the side, with the figures of these instruments alone if they are given, into a directory as `readSide` and
 * `go tool pprof` read it; returns its manifest as it is there.
 */
export function writeBundle(bundle: Bundle, directory: string, instruments?: readonly InstrumentName[]): Manifest {
  const all = Object.entries(bundle.manifest.instruments);
  const chosen = all.filter(([name]) => instruments?.includes(name as InstrumentName) ?? true);
  const manifest: Manifest = { ...bundle.manifest, instruments: Object.fromEntries(chosen) };
  for (const name of profilesOf(manifest)) {
    const path = join(directory, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, gzipSync(bundle.files.get(unpackedName(name))!));
  }
  writeManifest(directory, manifest);
  return manifest;
}

const COMPRESSED = '.gz';
const unpackedName = (name: string) => name.slice(0, -COMPRESSED.length);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function indexIn(files: Files): Index | undefined {
  try {
    const index: unknown = JSON.parse(text(files.get(INDEX) ?? Buffer.of()));
    return validIndex(index) ? index : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
