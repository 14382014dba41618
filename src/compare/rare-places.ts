/** Where on both sides it was that something was allocated too rarely to be divided by the requests, and how much. */
import type { SideName } from '../measure/manifest.ts';
import { gateKey } from '../profile/names.ts';
import type { Profile } from '../profile/profile.ts';
import { framesAt } from '../profile/stacks.ts';
import type { ChangedCode } from './changed-code.ts';

/** What was taken out of both sides, in all windows together. */
export interface RareAllocations {
  readonly requests: Readonly<Record<SideName, number>>;
  /** By the function that asked for it; the largest first. */
  readonly places: readonly RarePlace[];
  /** All on the paths to them, as recorded. */
  readonly functions: Readonly<Record<SideName, ReadonlySet<string>>>;
}

export interface RarePlace {
  /** Of the service's own code, where that is on the path; its name and one of its lines are the head's, if it is there. */
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly base: Amounts;
  readonly head: Amounts;
}

/** Whole numbers. */
export interface Amounts {
  readonly objects: number;
  readonly bytes: number;
}

/** Adds them up. */
export class RarePlaces {
  readonly functions = { base: new Set<string>(), head: new Set<string>() };
  readonly #changes: Pick<ChangedCode, 'headKey' | 'isOwn' | 'inRepository'>;
  readonly #places = new Map<string, RarePlace>();

  constructor(changes: Pick<ChangedCode, 'headKey' | 'isOwn' | 'inRepository'>) {
    this.#changes = changes;
  }

  add(side: SideName, profile: Profile, sample: number, more: Amounts): void {
    const { headKey, isOwn, inRepository } = this.#changes;
    const { starts, stacks } = profile.samples;
    const locations = stacks.subarray(starts[sample], starts[sample + 1]);
    const frames = Array.from(locations, (location) => framesAt(profile, location, (frame) => frame)).flat();
    for (const { name } of frames) this.functions[side].add(name);
    const { name, file, line } = frames.find((frame) => isOwn(frame.file)) ?? frames[0]!;
    const key = side === 'base' ? headKey(gateKey(name)) : gateKey(name);
    const known = this.#places.get(key) ?? { base: NOTHING, head: NOTHING };
    const { objects, bytes } = known[side];
    this.#places.set(key, {
      ...known,
      function: name,
      file: inRepository(file) ?? file,
      line,
      [side]: { objects: objects + more.objects, bytes: bytes + more.bytes },
    });
  }

  all(): RarePlace[] {
    const most = ({ base, head }: RarePlace, what: keyof Amounts) => Math.max(base[what], head[what]);
    return [...this.#places.values()].sort(
      (a, b) => most(b, 'bytes') - most(a, 'bytes') || most(b, 'objects') - most(a, 'objects'),
    );
  }
}

const NOTHING: Amounts = { objects: 0, bytes: 0 };
