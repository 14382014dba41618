/**
 * Measures the subjects with every instrument that the config names and gathers what is kept of it. An instrument that
 * cannot be used is told as missing; a service that fails ends the run.
 */
import { MeasurementError } from '../errors.ts';
import { type Bench, request, type Subject, wholeDecks, withService } from './bench.ts';
import { instruments } from './instruments.ts';
import type { InstrumentResults, MeasureWarning, MissingInstrument } from './manifest.ts';

export interface Measurement {
  /** In the order of the subjects. */
  readonly results: readonly InstrumentResults[];
  readonly missing: readonly MissingInstrument[];
  readonly warnings: readonly MeasureWarning[];
}

export async function measure(subjects: readonly Subject[], bench: Bench): Promise<Measurement> {
  for (const subject of subjects) await tryOut(bench, subject);
  const results: InstrumentResults[] = subjects.map(() => ({}));
  const missing: MissingInstrument[] = [];
  for (const name of bench.config.instruments) {
    bench.signal.throwIfAborted();
    const measured = await instruments[name].measure(subjects, bench);
    if ('missing' in measured) missing.push({ instrument: name, ...measured.missing });
    else for (const [i, result] of measured.results.entries()) Object.assign(results[i]!, { [name]: result });
  }
  if (missing.length === bench.config.instruments.length) {
    throw new MeasurementError('nothing could be measured', {
      detail: missing.map(({ instrument, reason }) => `${instrument}: ${reason}`).join('\n'),
      hint: missing[0]?.hint ?? 'name more instruments in the config',
    });
  }
  return { results, missing, warnings: bench.warnings };
}

/** One round of the scenario on the service as it is, so that a wrong request or a crash is told within a second. */
async function tryOut(bench: Bench, subject: Subject): Promise<void> {
  bench.progress(`${subject.side}: trying the scenario`);
  await withService(bench, subject, { name: 'trial' }, (running) => request(bench, running, wholeDecks(bench, 1)));
}
