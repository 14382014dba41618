/** The text of lines as they were committed, where the repository is at hand: never that of a work tree, which moves on. */

import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { InspectedLine, Inspection } from '../compare/inspect.ts';
import { openRepository, type Repository } from '../git/repository.ts';

type SourceLine = (line: Pick<InspectedLine, 'file' | 'line' | 'in'>) => string | undefined;

const LARGEST_SOURCE_BYTES = 10_000_000;

/**
 * The source of an inspection's lines. Nothing where there is no repository or it lacks the commit, nor of a side that was
 * measured with uncommitted changes.
 */
export async function sourceLines({ base, head, lines }: Inspection, world: World): Promise<SourceLine> {
  const { env, temporaryDirectory, signal } = world;
  const repo = await openRepository(world.cwd, { env, temporaryDirectory, signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof UserError) return undefined; // no repository here, or no git: no mistake of anybody
    throw error;
  });
  if (repo === undefined) return () => undefined;
  const files = new Map<string, readonly string[] | undefined>();
  for (const { file, in: name } of lines) {
    const side = name === 'base' ? base : head;
    if (side === undefined || side.isDirty || files.has(`${name} ${file}`)) continue;
    files.set(`${name} ${file}`, await committedLines(repo, side.commit, file));
  }
  return ({ file, line, in: name }) => files.get(`${name} ${file}`)?.[line - 1];
}

async function committedLines(repo: Repository, commit: string, file: string): Promise<string[] | undefined> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return undefined;
  const object = `${commit}:${file}`;
  const size = await repo.git.ask(['cat-file', '-s', object]);
  if (size.exitCode !== 0 || Number(size.stdout) > LARGEST_SOURCE_BYTES) return undefined;
  const { exitCode, stdout } = await repo.git.ask(['cat-file', 'blob', object]);
  return exitCode === 0 ? stdout.split('\n') : undefined;
}
