/**
 * Several things at once, of which none outlives the others: a process of a side that nobody waits for any more would
 * work on in a directory that is being removed.
 */

/**
 * What `act` returns for each item, in their order. When one fails the others are stopped by their signal and waited for;
 * then the first failure is thrown.
 */
export async function atOnce<const Items extends readonly unknown[], Result>(
  items: Items,
  signal: AbortSignal,
  act: (item: Items[number], signal: AbortSignal, index: number) => Promise<Result>,
): Promise<{ -readonly [index in keyof Items]: Result }> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const all = items.map((item, index) => act(item, either, index));
  for (const one of all) one.catch((error: unknown) => stop.abort(error));
  try {
    return (await Promise.all(all)) as { -readonly [index in keyof Items]: Result };
  } catch {
    await Promise.allSettled(all);
    throw either.reason;
  }
}
