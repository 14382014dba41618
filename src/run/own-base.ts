/**
 * Whether a commit's own file has chosen what it is compared with. Where neither a flag nor the job names the base,
 * `baseline.branch` does, and a commit could name a branch that costs as much as it does, or has rules of its own.
 */
import { posix } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { Config, OnConfigChange } from '../config/config.ts';
import type { Difference } from '../config/differences.ts';
import { parseConfig } from '../config/parse.ts';
import { configDirectory, isOutside, whereIs } from '../config/places.ts';
import { CONFIG_NAMES } from '../config/read.ts';
import type { Repository } from '../git/repository.ts';
import { type MergeBase, mergeBaseWith, type Sides } from '../git/sides.ts';
import { textAt } from '../git/text-at.ts';

export interface OwnBase {
  readonly difference: Difference;
  /** What the file of the default branch does about changes of it. */
  readonly mode: OnConfigChange;
}

/**
 * Undefined where the base is the one that the file names which the commit has from the repository's default branch, where
 * that has none, or where a flag names the branch.
 */
export async function ownBase(
  repo: Repository,
  head: Config,
  sides: Pick<Sides, 'base' | 'head'>,
): Promise<OwnBase | undefined> {
  const key = 'baseline.branch';
  if (isOutside(head.fileName) || typeof head.places[key] === 'string') return undefined;
  const usual = await baseOn(repo, sides, undefined);
  const file = usual && (await configAt(repo, usual.commit, head));
  if (usual === undefined || file === undefined) return undefined;
  const { branch } = file.baseline;
  const own = head.baseline.branch;
  const due = branch === undefined ? usual : await baseOn(repo, sides, branch);
  if (due === undefined ? branch === own : due.commit === sides.base.commit) return undefined;
  const [before, after] = [branch ?? usual.name, own ?? 'none'];
  const at = whereIs(head, key);
  return {
    difference: { key, base: before, head: after, kind: 'changed', at, about: 'base' },
    mode: file.onConfigChange,
  };
}

const baseOn = (repo: Repository, { head }: Pick<Sides, 'head'>, branch: string | undefined) =>
  mergeBaseWith(repo, head.commit, branch).catch((error: unknown): MergeBase | undefined => {
    if (error instanceof UserError) return undefined;
    throw error;
  });

/** The config of a commit, at the place of this one or under another name there; undefined where none can be read. */
async function configAt(repo: Repository, commit: string, { fileName }: Config): Promise<Config | undefined> {
  const others = CONFIG_NAMES.map((name) => posix.join(configDirectory(fileName), name));
  for (const path of new Set([fileName, ...others])) {
    const text = await textAt(repo, commit, path);
    if (text === undefined) continue;
    try {
      return parseConfig(text, path);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return undefined;
}
