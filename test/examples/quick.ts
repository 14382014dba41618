/** Makes an example's config one that a test has time for. */
import { parse, stringify } from 'yaml';

/** The same service under the same load, but little of it. */
export function quick(config: string): string {
  const { load, ...rest } = parse(config);
  return stringify({ ...rest, load: { ...load, count: 20, warmup: 10 }, instruments: ['allocs'], budget: '1s' });
}
