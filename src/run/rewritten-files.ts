/** Files of a commit that its setup or its own build command replaced: what was compiled is not what was committed. */
import type { Note } from '../compare/report.ts';
import { few } from '../report/words.ts';
import type { Job } from './build-sides.ts';

export interface Rewritten {
  /** From the repository's root, of either side. */
  readonly paths: readonly string[];
  readonly notes: readonly Note[];
}

export async function rewrittenFiles({ config, checkouts }: Pick<Job, 'config' | 'checkouts'>): Promise<Rewritten> {
  const { setup, build } = config.service;
  if (setup.length === 0 && build.command === undefined) return { paths: [], notes: [] };
  const by = [...(setup.length > 0 ? ['service.setup'] : []), ...(build.command ? ['service.build.command'] : [])];
  const [base, head] = await Promise.all([checkouts.base.rewrittenFiles(), checkouts.head.rewrittenFiles()]);
  const notes = Object.entries({ base, head }).flatMap(([side, paths]): Note[] => {
    if (paths.length === 0) return [];
    const text = `${by.join(' or ')} replaced files of the ${side} before it was compiled: ${few(paths)}`;
    return [{ code: 'setup-changed-files', text }];
  });
  return { paths: [...new Set([...base, ...head])], notes };
}
