/**
 * A private directory for one run, with a short path: unix sockets lie in it. Gone when it is disposed of, and with the
 * next run where this one is killed.
 */
import { lstat, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSocketPath, LONGEST_SOCKET } from '../agent/client.ts';
import type { World } from '../base/world.ts';
import { endProcessesFrom } from '../process/group.ts';
import { mayBeAtWork, OWNER_FILE, ownerLine } from '../process/owner.ts';

const PREFIX = 'perf-gate-';

export async function temporaryDirectory(world: World): Promise<AsyncDisposable & { readonly path: string }> {
  const parent = await realpath(world.temporaryDirectory);
  checkSocketPath(join(parent, LONGEST_SOCKET)); // now, and not when everything is built
  // mkdtemp makes it for this user alone (mode 0700).
  const path = await mkdtemp(join(parent, PREFIX));
  const dispose = () => remove(path);
  try {
    await writeFile(join(path, OWNER_FILE), `${ownerLine(world.pid)}\n`);
    await removeThoseOfTheDead(parent, (await lstat(path)).uid);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: dispose };
}

async function remove(path: string): Promise<void> {
  await endProcessesFrom(path); // what went to the background is in no group that we know
  // Go's module cache is read-only where a service put one here.
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** What runs of this user left that were killed. One that is at work, or may be, is left alone. */
async function removeThoseOfTheDead(parent: string, user: number): Promise<void> {
  const names = await readdir(parent).catch((): string[] => []); // one may write to it and not read it
  for (const name of names.filter((one) => /^perf-gate-(index-)?\w{6}$/.test(one))) {
    const path = join(parent, name);
    try {
      const about = await lstat(path);
      if (!about.isDirectory() || about.uid !== user) continue;
      if (!mayBeAtWork(await readFile(join(path, OWNER_FILE), 'utf8'))) await remove(path);
    } catch {
      // Another run removes it now, or it is none of ours: it does not say whose it is.
    }
  }
}
