/**
 * The last try: the config as it will be written, with two copies of the service running side by side, as in a run. What
 * is written has worked once.
 */
import { MeasurementError, UserError } from '../base/errors.ts';
import { deckLength } from '../load/scenario.ts';
import { type Bench, request, type Subject, withService } from '../measure/bench.ts';

/** Throws a MeasurementError where a request fails, or the second copy does not start beside the first. */
export async function prove(bench: Bench, head: Subject): Promise<void> {
  const once = deckLength(bench.scenario);
  await withService(bench, head, { name: 'proof' }, async (first) => {
    await request(bench, first, once);
    try {
      await withService(bench, head, { name: 'proof-2' }, (second) => request(bench, second, once));
    } catch (error) {
      bench.signal.throwIfAborted();
      throw error instanceof UserError ? notTwice(error) : error;
    }
    await request(bench, first, once);
  });
}

function notTwice(error: UserError): MeasurementError {
  return new MeasurementError(`one copy of the service runs, a second one beside it does not: ${error.message}`, {
    hint: 'perf-gate runs several copies at the same time; a second port, a lock or a file needs a value of its own for each: {port}, or port 0, in --arg and --env',
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    cause: error,
  });
}
