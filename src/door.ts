/** What both doors do: save memory, listen for signals, and hand the process down as a World. */
import { setFlagsFromString } from 'node:v8';
import { EXIT, Interrupted } from './errors.ts';
import { processWorld, type World } from './world.ts';

/** The World of this process. Its signal is aborted by the first of these signals; the second ends the process at once. */
export function openDoor(...signals: readonly NodeJS.Signals[]): World {
  // The gate shares its machine with what it measures, and V8 lets garbage grow to four times what is in use.
  setFlagsFromString('--heap-growing-percent=20');
  const stop = new AbortController();
  for (const name of signals) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort(new Interrupted(`interrupted (${name})`));
    });
  }
  return processWorld(stop.signal);
}
