/** The programs that perf-gate cannot do without, looked for before anything is built or written. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import { GET_GO } from '../build/toolchain.ts';
import { GET_GIT } from '../git/git.ts';

const TOOLS = {
  git: { purpose: 'both commits are taken from it', get: GET_GIT },
  go: { purpose: 'the service is built with it', get: GET_GO },
} as const;

type Tool = keyof typeof TOOLS;

/** Throws a UserError for all that are not on PATH: what each is for, and how to get it. */
export async function requireTools(world: World): Promise<void> {
  const names = Object.keys(TOOLS) as Tool[];
  const found = await Promise.all(names.map((name) => isOnPath(name, world)));
  const missing = names.filter((_, i) => !found[i]);
  const [first, ...others] = missing;
  if (first === undefined) return;
  if (others.length === 0) {
    throw new UserError(`there is no ${first} command on PATH: ${TOOLS[first].purpose}`, { hint: TOOLS[first].get });
  }
  throw new UserError(`there is no ${missing.join(' and no ')} command on PATH`, {
    detail: missing.map((name) => `${name}: ${TOOLS[name].purpose}; ${TOOLS[name].get}`).join('\n'),
    hint: 'install them and run perf-gate again',
  });
}

async function isOnPath(name: Tool, { env, platform }: World): Promise<boolean> {
  const file = platform === 'win32' ? `${name}.exe` : name;
  const directories = (env['PATH'] ?? '').split(delimiter);
  const attempts = directories.map((directory) => access(join(directory || '.', file), constants.X_OK));
  return (await Promise.allSettled(attempts)).some(({ status }) => status === 'fulfilled');
}
