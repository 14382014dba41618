/**
 * Where the base has the package main of the head: at the same place, at another one (that the config names, or from which
 * git says that the commit moved it), or nowhere. A package that is generated may be anywhere, and go says so.
 */
import { posix } from 'node:path';
import type { Repository } from '../git/repository.ts';

export type BasePackage =
  | { readonly kind: 'there' }
  /** `package` as in service.package. */
  | { readonly kind: 'moved'; readonly package: string }
  | { readonly kind: 'new' };

interface Trees {
  readonly base: string;
  readonly head: string;
}

interface Asked {
  /** The service's, relative to the root. */
  readonly directory: string;
  /** service.package */
  readonly name: string;
  /** service.base.package, which counts where the base has no Go files at `name`. */
  readonly named: string | undefined;
}

/** `there` as well where only go can tell. */
export async function findBasePackage(
  repo: Repository,
  trees: Trees,
  { directory, name, named }: Asked,
): Promise<BasePackage> {
  // By an import path: it says nothing of a directory.
  if (!/^\.{1,2}(\/|$)/.test(name)) return { kind: 'there' };
  const place = posix.join(directory, name);
  if (place.startsWith('..')) return { kind: 'there' };
  const [before, after] = await Promise.all([goFilesIn(repo, trees.base, place), goFilesIn(repo, trees.head, place)]);
  if (before.length > 0) return { kind: 'there' };
  // Right or wrong, go says what it finds there.
  if (named !== undefined) return { kind: 'moved', package: named };
  if (after.length === 0) return { kind: 'there' };
  const from = await movedFrom(repo, trees, new Set(after));
  if (from === undefined) return { kind: 'new' };
  const path = posix.relative(directory, from);
  // From outside of the service's directory: another module, which is not built from here.
  if (path.startsWith('..')) return { kind: 'there' };
  return { kind: 'moved', package: path === '' ? '.' : `./${path}` };
}

/** The Go files of a package that belong to its program, with their paths from the root. */
async function goFilesIn({ git }: Repository, tree: string, place: string): Promise<string[]> {
  const at = place === '.' || place === './' ? tree : `${tree}:${place.replace(/\/$/, '')}`;
  const answer = await git.ask(['ls-tree', '-z', '--name-only', '--end-of-options', at]);
  if (answer.exitCode !== 0) return [];
  return answer.stdout
    .split('\0')
    .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go'))
    .map((file) => posix.join(place, file));
}

/** The directory that most of these files had in the base; undefined where none of them was moved. */
async function movedFrom({ git }: Repository, { base, head }: Trees, files: ReadonlySet<string>) {
  const flags = ['-r', '-z', '--find-renames', '-l5000', '--diff-filter=R', '--name-status'];
  const fields = (await git.run(['diff-tree', ...flags, '--end-of-options', base, head])).split('\0');
  const counts = new Map<string, number>();
  for (let at = 0; at + 2 < fields.length; at += 3) {
    const [from, to] = [fields[at + 1]!, fields[at + 2]!];
    if (!files.has(to) || !from.endsWith('.go')) continue;
    const directory = posix.dirname(from);
    counts.set(directory, (counts.get(directory) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, one], [, other]) => other - one);
  return most?.[0];
}
