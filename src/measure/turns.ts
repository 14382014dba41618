/** One at a time for each side, where what is done has the same files. */
import type { Subject } from './bench.ts';

const last = new WeakMap<Subject, Promise<unknown>>();

/** What `act` returns; it begins when those before it for the same subject have ended, in whatever way. */
export function inTurn<Result>(subject: Subject, act: () => Promise<Result>): Promise<Result> {
  const turn = (last.get(subject) ?? Promise.resolve()).then(act, act);
  last.set(subject, turn);
  return turn;
}
