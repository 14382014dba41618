/**
 * Time limits for others. While this process reads what was measured it sees nothing that comes, for a minute on a machine
 * that is busy, and finds the time over before it finds the answer. So what it missed does not count.
 */

/** In so many parts a limit is waited for; of a time in which nothing could be seen, one counts. */
const PARTS = 20;

/** Calls `act` after `ms` in which this process could see what came. The returned function puts an end to it. */
export function afterAwake(ms: number, act: () => void): () => void {
  let left = PARTS;
  const stop = () => clearInterval(timer);
  const timer = setInterval(() => {
    if (--left > 0) return;
    stop();
    act();
  }, ms / PARTS);
  return stop;
}
