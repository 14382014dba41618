/** A private directory for one run, with a short path: unix sockets lie in it. Gone when it is disposed of. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkSocketPath, LONGEST_SOCKET } from '../agent/client.ts';
import { endProcessesFrom } from '../service/group.ts';
import type { World } from '../world.ts';

export async function temporaryDirectory(world: World): Promise<AsyncDisposable & { readonly path: string }> {
  const parent = await realpath(world.temporaryDirectory);
  checkSocketPath(join(parent, LONGEST_SOCKET)); // now, and not when everything is built
  // mkdtemp makes it for this user alone (mode 0700).
  const path = await mkdtemp(join(parent, 'perf-gate-'));
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await endProcessesFrom(path); // a service that went to the background is in no group that we know
      // Go's module cache is read-only where a service put one here.
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
