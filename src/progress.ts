/** Progress for people, on the error stream so that the standard output holds the result alone. */
import type { World } from './world.ts';

export type Progress = (text: string) => void;

/** Plain lines with the time since the start. */
export function progressLines(world: World): Progress {
  const start = world.monotonicMs();
  return (text) => {
    const seconds = ((world.monotonicMs() - start) / 1000).toFixed(1).padStart(6);
    world.stderr.write(`${seconds} s  ${text}\n`);
  };
}
