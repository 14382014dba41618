/** A text file of a commit that is not checked out. */
import { isUtf8 } from 'node:buffer';
import type { Repository } from './repository.ts';

/** More than any config has. */
const MOST_BYTES = 1_000_000;

/** Undefined where the commit has no regular file at this path from the root, or one that is too large or no text. */
export async function textAt(repo: Repository, commit: string, path: string): Promise<string | undefined> {
  const listed = await repo.git.run([
    ...['--literal-pathspecs', 'ls-tree', '-z', '--long', '--full-tree', commit, '--'],
    path,
  ]);
  const [, id, size] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t/.exec(listed) ?? [];
  if (id === undefined || Number(size) > MOST_BYTES) return undefined;
  const bytes = await repo.git.blob(id);
  return isUtf8(bytes) ? Buffer.from(bytes).toString() : undefined;
}
