/** What a server of a test is at work on, for its client may break off and look at once at what came of it. */
import { setImmediate as nextTurn } from 'node:timers/promises';

export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();

  add(work: Promise<unknown>): void {
    this.#works.add(work);
    const done = () => this.#works.delete(work);
    work.then(done, done);
  }

  /** Once all is done that was sent until now, also what the server has not read yet. */
  async settled(): Promise<void> {
    // The first turn may have begun before the last of it came.
    await nextTurn();
    await nextTurn();
    await Promise.allSettled(this.#works);
  }
}
