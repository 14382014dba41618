/** Directories of the work tree that are in no commit. */
import type { Repository } from './repository.ts';

/** Paths from the root of untracked directories with one of these names, ignored ones left out. */
export async function untrackedDirectories(repo: Repository, names: readonly string[]): Promise<string[]> {
  const specs = names.map((name) => `:(top,glob)**/${name}/**`);
  const listed = await repo.git.run([
    'ls-files',
    '--others',
    '--exclude-standard',
    '--full-name',
    '-z',
    '--',
    ...specs,
  ]);
  const found = new Set<string>();
  for (const path of listed.split('\0')) {
    const parts = path.split('/');
    const at = parts.findIndex((part) => names.includes(part));
    if (at >= 0) found.add(parts.slice(0, at + 1).join('/'));
  }
  return [...found];
}
