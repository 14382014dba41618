/**
 * Chooses the bundle that stands for the base: its own, or that of a commit before it which builds to the very same
 * program and reads the same files, so that its figures are the base's figures. An older commit of another program is
 * never taken: the verdict would then be about other people's commits as well, for better or worse.
 */

import { UserError } from '../base/errors.ts';
import type { Manifest } from '../measure/manifest.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { type Bundle, unpackBundle } from './bundle.ts';
import { fitOf, told } from './fit.ts';
import { fingerprintDigest, type Key } from './key.ts';
import type { Store } from './store.ts';

export interface Wanted {
  readonly service: string;
  /** See Key. */
  readonly scenario: string | undefined;
  /** The base and its first-parent ancestors as far as they may be taken, nearest first. */
  readonly commits: readonly string[];
  /** `codeDigest` of the base as it is built here. */
  readonly code: string;
  /** The fingerprint that the manifest would have if the base was measured here. */
  readonly here: Manifest['fingerprint'];
  readonly instruments: readonly InstrumentName[];
  /** Whether the service reads the same files at this ancestor as at the base, while it runs. */
  readsTheSame(commit: string): Promise<boolean>;
}

export interface Found {
  readonly bundle: Bundle;
  /** Commits between it and the base; 0: the base itself. */
  readonly distance: number;
  /** Those whose figures can be used, at least one. */
  readonly instruments: readonly InstrumentName[];
}

export interface Finding {
  readonly found: Found | undefined;
  /** Why what there is could not be used, a sentence each, and why there is nothing if there is nothing. */
  readonly reasons: readonly string[];
}

/** Bundles that are looked into before the base is measured instead. */
const MOST_READ = 5;

export async function findBundle(store: Store, wanted: Wanted): Promise<Finding> {
  const { service, scenario, commits, code, here, instruments } = wanted;
  const digest = fingerprintDigest(here);
  const known = (await store.list(service))
    .map((key) => ({ key, distance: commits.indexOf(key.commit) }))
    .filter(({ key, distance }) => key.scenario === scenario && distance !== -1);
  // Measured in the same way first: it has every instrument. Then the nearest.
  const isOther = ({ fingerprint }: Key) => Number(fingerprint !== digest);
  const candidates = known
    .filter(({ key }) => key.code === code)
    .sort((a, b) => isOther(a.key) - isOther(b.key) || a.distance - b.distance);
  const reasons: string[] = [];
  for (const { key, distance } of candidates.slice(0, MOST_READ)) {
    if (distance > 0 && !(await wanted.readsTheSame(key.commit))) continue;
    const bundle = await openBundle(store, key, reasons);
    if (bundle === undefined) continue;
    const { instruments: usable, differing } = fitOf(bundle.manifest, here, instruments);
    if (usable.length > 0) return { found: { bundle, distance, instruments: usable }, reasons };
    reasons.push(
      differing.length === 0
        ? `what is stored of ${short(key)} has no figures of ${instruments.join(', ')}`
        : `what is stored of ${short(key)} was measured otherwise: ${told(differing)}`,
    );
  }
  if (reasons.length === 0)
    reasons.push(
      await whyNone(
        store,
        wanted,
        known.map(({ key }) => key),
      ),
    );
  return { found: undefined, reasons };
}

/** The bundle under a key; undefined, with the reason noted, when it is damaged or has just been removed. */
async function openBundle(store: Store, key: Key, reasons: string[]): Promise<Bundle | undefined> {
  const bytes = await store.read(key);
  if (bytes === undefined) return undefined;
  try {
    return unpackBundle(bytes, key);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    reasons.push(error.message);
    return undefined;
  }
}

/** Nothing fits by its name. What is there of the base itself may tell what has changed since. */
async function whyNone(store: Store, { commits, here }: Wanted, known: readonly Key[]): Promise<string> {
  const [base = ''] = commits;
  const own = known.find(({ commit }) => commit === base);
  if (own === undefined) {
    const before =
      commits.length === 1 ? '' : `, nor of the same program in the ${commits.length - 1} commits before it`;
    return `nothing is stored of ${base.slice(0, 7)}${before}`;
  }
  const reasons: string[] = [];
  const bundle = await openBundle(store, own, reasons);
  const differing = bundle === undefined ? [] : fitOf(bundle.manifest, here, []).differing;
  if (differing.length > 0) return `what is stored of ${short(own)} was measured otherwise: ${told(differing)}`;
  return reasons[0] ?? `what is stored of ${short(own)} is of another program than the one that is built here`;
}

const short = ({ commit }: Key) => commit.slice(0, 7);
