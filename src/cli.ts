#!/usr/bin/env node
/** The door for people and scripts: the arguments in, the exit code out. */
import { openDoor } from './door.ts';
import { main } from './main.ts';

const world = openDoor('SIGINT', 'SIGTERM', 'SIGHUP');
// A reader that has gone away (`perf-gate | head`, a terminal that was closed) is no reason to fail, or to clean up less.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  });
}
process.exitCode = await main(process.argv.slice(2), world);
