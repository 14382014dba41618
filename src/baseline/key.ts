/**
 * The name of a stored bundle. It says enough to choose one from a list without reading it: whose, when, of which
 * commit, of which program and how it was measured. Everything that comes from a store passes `parseKey`.
 */
import { createHash } from 'node:crypto';
import { SCENARIO_PATTERN } from '../config/scenarios.ts';
import type { Manifest } from '../measure/manifest.ts';

export interface Key {
  readonly service: string;
  /** Of a service that has several; undefined where its only one has no name. */
  readonly scenario: string | undefined;
  /** When the commit was committed, UTC, in whole seconds: `20261121T141950Z`. */
  readonly committed: string;
  /** The full id of the commit that was measured. */
  readonly commit: string;
  /** Of the program that was measured, see `codeDigest`. */
  readonly code: string;
  /** Of the manifest's fingerprint, see `fingerprintDigest`. */
  readonly fingerprint: string;
}

// The service's name is what the config allows, so that a key is a legal path, ref and object name everywhere.
const SERVICE = '[A-Za-z0-9][A-Za-z0-9._-]{0,99}';
const DIGEST = '[0-9a-f]{16}';
const KEY = new RegExp(
  `^(${SERVICE})/(\\d{8}T\\d{6}Z)-([0-9a-f]{40}|[0-9a-f]{64})-(${DIGEST})-(${DIGEST})(?:-(${SCENARIO_PATTERN}))?$`,
);

/** `orders/20261121T141950Z-<commit>-<code>-<fingerprint>`, with `-checkout` after it for a scenario of that name. */
export const keyText = ({ service, scenario, committed, commit, code, fingerprint }: Key): string =>
  `${service}/${committed}-${commit}-${code}-${fingerprint}${scenario === undefined ? '' : `-${scenario}`}`;

/** The key that a text says; undefined for any other text, which is then none of ours. */
export function parseKey(text: string): Key | undefined {
  const [, service, committed, commit, code, fingerprint, scenario] = KEY.exec(text) ?? [];
  if (service === undefined) return undefined;
  return { service, scenario, committed: committed!, commit: commit!, code: code!, fingerprint: fingerprint! };
}

/** An ISO 8601 time in UTC as a key has it, and back. */
export const compactTime = (iso: string): string => iso.replace(/\.\d+/, '').replaceAll(/[-:]/g, '');
export const isoTime = (compact: string): string =>
  compact.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');

/** The newest commits first; the bundles of one commit together. */
export const newestFirst = (a: Key, b: Key): number =>
  compare(b.committed, a.committed) || compare(a.commit, b.commit) || compare(keyText(a), keyText(b));

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Of everything but the code that can change a figure. */
export function fingerprintDigest(fingerprint: Manifest['fingerprint']): string {
  return shortDigest(JSON.stringify(Object.entries(fingerprint).sort(([a], [b]) => compare(a, b))));
}

/** 64 bits: who could write into the store would not have to find two that agree. */
export const shortDigest = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);
