/** Which two commits a run is of. What lies in the work tree counts, but not what perf-gate itself has put there. */
import { relative, resolve } from 'node:path';
import type { Repository } from '../git/repository.ts';
import { resolveSides, type Sides } from '../git/sides.ts';
import { untrackedDirectories } from '../git/untracked.ts';
import { directoryOf, type Project } from './project.ts';

/** As a run directory is called that nobody gave another name. */
const RUN_DIRECTORIES = ['perf-gate-out', 'perf-gate-out.unfinished'];

export interface Wanted {
  readonly base: string | undefined;
  readonly baseReason?: string | undefined;
  /** Undefined: the work tree as it is. */
  readonly head: string | undefined;
}

/** `output`: the run directory, absolute. */
export async function findSides({ repo, config }: Project, wanted: Wanted, output: string): Promise<Sides> {
  const { store, branch } = config.baseline;
  const stored = store?.kind === 'directory' ? [resolve(directoryOf(repo, config), store.path)] : [];
  const ours = insideOf(repo, [output, `${output}.unfinished`, ...stored]);
  // Those of the repository's other services as well. A commit has none of them.
  const others = wanted.head === undefined ? await untrackedDirectories(repo, RUN_DIRECTORIES) : [];
  const { base, baseReason, head } = wanted;
  return resolveSides(repo, { head, base, baseReason, branch, exclude: [...new Set([...ours, ...others])] });
}

/** Paths in the repository, relative to its root. */
const insideOf = ({ root }: Repository, paths: readonly string[]) =>
  paths.map((path) => relative(root, path)).filter((path) => path !== '' && !path.startsWith('..'));
