/**
 * Measures the head, and of the base what is not known already, or what is known and turns out not to compare; then
 * compares the two.
 */
import { type ChangeRecord, changedCode } from '../compare/changed-code.ts';
import { type Compared, compareClosely } from '../compare/compare.ts';
import { doubtOf } from '../compare/doubt.ts';
import type { Note, Report } from '../compare/report.ts';
import type { LimitsConfig } from '../config/config.ts';
import type { Bench } from '../measure/bench.ts';
import type { InstrumentResults } from '../measure/manifest.ts';
import { readSide } from '../measure/side-directory.ts';
import type { ComparedCode, Job } from './build-sides.ts';
import { measureSides, NOTHING_KNOWN } from './measure-sides.ts';
import { requiredIn } from './required.ts';
import type { LookUp } from './stored-base.ts';

interface Prepared {
  readonly code: ComparedCode;
  readonly record: ChangeRecord;
  readonly lookUp: LookUp;
  readonly bench: Bench;
}

export interface Judged {
  readonly compared: Compared;
  readonly source: Report['baselineSource'];
  readonly notes: readonly Note[];
}

export async function measureAndCompare(job: Job, prepared: Prepared): Promise<Judged> {
  const { code, record, bench } = prepared;
  const { base, notes } = prepared.lookUp;
  const { config, progress } = job;
  const compare = () => compareMeasured(job, record, config.limits);
  const all = config.instruments;
  const stored = all.filter((name) => base?.results[name] !== undefined);
  for (const name of COUNT_MORE) {
    const known = base?.results[name];
    if (known !== undefined) {
      bench.efforts.set(name, { requests: known.requests, replicates: known.replicates.length });
    }
  }
  const plan = { base: all.filter((name) => !stored.includes(name)), head: all };
  const known = await measureSides(job, code, bench, plan, {
    base: { results: base?.results ?? {}, missing: [], answers: base?.answers },
    head: NOTHING_KNOWN,
  });
  const compared = compare();
  if (stored.length === 0) return { compared, source: 'measured', notes };
  const doubt = doubtOf(compared, stored) ?? (countedMore(bench, base!.results) ? COUNTED_LESS : undefined);
  if (doubt === undefined) return { compared, source: 'stored', notes };
  progress('measuring the base here: what is stored of it does not compare');
  await measureSides(job, code, bench, { base: stored }, known);
  return { compared: compare(), source: 'measured', notes: [...notes, doubt] };
}

/** Instruments that count more where requests cost at random. */
const COUNT_MORE = ['instructions', 'allocs'] as const;

/** Requests that change a service's state are as many on both sides, or its later ones cost something else. */
const countedMore = ({ efforts }: Bench, stored: InstrumentResults): boolean =>
  COUNT_MORE.some((name) => {
    const [counted, known] = [efforts.get(name), stored[name]];
    return counted !== undefined && known !== undefined && counted.requests !== known.requests;
  });

const COUNTED_LESS: Note = {
  code: 'stored-base-doubted',
  text: 'the base was measured in this run: requests cost at random, and more of them were counted than are stored',
};

/** What lies in the run directory, held against these limits. */
export const compareMeasured = ({ output, world, config }: Job, record: ChangeRecord, limits: LimitsConfig): Compared =>
  compareClosely({
    base: readSide(output.side('base')),
    head: readSide(output.side('head')),
    changes: changedCode(record),
    limits,
    today: world.now().toISOString().slice(0, 10),
    required: requiredIn(config, world),
  });
