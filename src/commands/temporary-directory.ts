/** A private directory for one run, with a short path: unix sockets lie in it. Gone when it is disposed of. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../world.ts';

export async function temporaryDirectory(world: World): Promise<AsyncDisposable & { readonly path: string }> {
  // mkdtemp makes it for this user alone (mode 0700).
  const path = await mkdtemp(join(await realpath(world.temporaryDirectory), 'perf-gate-'));
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      // Go's module cache is read-only where a service put one here.
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
