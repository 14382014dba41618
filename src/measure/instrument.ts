/** What every instrument is: a name, and a way to measure subjects on the bench. */
import type { InstrumentName } from '../model/metrics.ts';
import type { Bench, Subject } from './bench.ts';
import type { InstrumentResults } from './manifest.ts';

export interface Instrument<Name extends InstrumentName = InstrumentName> {
  readonly name: Name;
  /**
   * Measures the subjects, writes profiles below each one's output directory, and returns a result for each in their
   * order; or says why it cannot be used here. A service that fails is thrown.
   */
  measure(subjects: readonly Subject[], bench: Bench): Promise<Measured<Name> | Unusable>;
}

export interface Measured<Name extends InstrumentName> {
  readonly results: readonly Required<InstrumentResults>[Name][];
}

export interface Unusable {
  readonly missing: {
    readonly reason: string;
    readonly hint?: string;
    /** As MissingInstrument.fault. */
    readonly fault?: 'service';
    /** What the service or valgrind said last, several lines; not kept. */
    readonly detail?: string;
  };
}
