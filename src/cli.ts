#!/usr/bin/env node
/** The door for people and scripts: the arguments in, the exit code out. */
import { setFlagsFromString } from 'node:v8';
import { EXIT, Interrupted } from './errors.ts';
import { main } from './main.ts';
import { processWorld } from './world.ts';

// The gate shares its machine with what it measures, and V8 lets garbage grow to four times what is in use.
setFlagsFromString('--optimize-for-size');

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort(new Interrupted(`interrupted (${name})`));
  });
}
// A reader that has gone away (`perf-gate | head`) is no reason to fail.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2), processWorld(stop.signal));
