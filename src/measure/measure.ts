/**
 * Measures the subjects with the instruments that the plan names for each and gathers what is kept of it. An instrument
 * that cannot be used is told as missing; a service that fails ends the run.
 */
import { atOnce } from '../base/at-once.ts';
import { MeasurementError } from '../base/errors.ts';
import { AnswerBook, type Answers } from '../load/answers.ts';
import { FailedRequests } from '../load/check.ts';
import type { InstrumentName } from '../model/metrics.ts';
import { type Bench, request, type Subject, wholeDecks, withService } from './bench.ts';
import { instruments } from './instruments.ts';
import type { InstrumentResults, MissingInstrument, SideName } from './manifest.ts';

export interface Measured {
  readonly results: InstrumentResults;
  readonly missing: readonly MissingInstrument[];
  /** Undefined where nothing was asked, or by a command. */
  readonly answers?: Answers | undefined;
}

/** A side does not answer the load as that expects, which was found before anything was measured. */
export class Unanswered extends MeasurementError {
  readonly side: SideName;
  /** What came of the first request that failed, or what else is wrong with the load. */
  readonly reason: string;

  constructor(side: SideName, error: MeasurementError) {
    const { message, hint, at, detail } = error;
    const options = { ...(hint && { hint }), ...(at && { at }), ...(detail && { detail }), cause: error.cause };
    super(message, options);
    this.side = side;
    this.reason = (error instanceof FailedRequests ? error.first : undefined) ?? message;
  }
}

/** What is to be measured on each side. Of a base that is known from elsewhere that may be less than of the head. */
export type Plan = Readonly<Partial<Record<SideName, readonly InstrumentName[]>>>;

/**
 * In the order of the subjects. What came up on the way is in the bench's warnings. Throws Unanswered where the load is
 * of no use on one of them.
 */
export async function measure(given: readonly Subject[], bench: Bench, plan: Plan): Promise<Measured[]> {
  const books = given.map(() => new AnswerBook());
  const subjects = given.map((subject, i) => ({ ...subject, answers: books[i]! }));
  for (const subject of subjects) await tryOut(bench, subject);
  const measureBy = async (name: InstrumentName, signal: AbortSignal) => {
    const chosen = subjects.filter(({ side }) => plan[side]?.includes(name));
    signal.throwIfAborted();
    const measured = chosen.length > 0 && (await instruments[name].measure(chosen, { ...bench, signal }));
    return { name, chosen, measured };
  };
  const gathered = subjects.map(() => ({ results: {}, missing: [] as MissingInstrument[] }));
  for (const { name, chosen, measured } of await eachInstrument(bench, measureBy)) {
    if (!measured) continue;
    if ('missing' in measured) bench.progress.detail(`without ${name}: ${measured.missing.reason}`);
    for (const [i, subject] of chosen.entries()) {
      const { results, missing } = gathered[subjects.indexOf(subject)]!;
      if ('missing' in measured) {
        const { detail: _, ...told } = measured.missing;
        missing.push({ instrument: name, ...told });
      } else Object.assign(results, { [name]: measured.results[i] });
    }
  }
  const { missing = [] } = gathered.find(({ missing }) => missing.length === bench.config.instruments.length) ?? {};
  if (missing.length > 0) {
    throw new MeasurementError('nothing could be measured', {
      detail: missing.map(({ instrument, reason }) => `${instrument}: ${reason}`).join('\n'),
      hint: missing[0]?.hint ?? 'name more instruments in the config',
    });
  }
  return gathered.map((one, i) => (bench.command === undefined ? { ...one, answers: books[i]!.all() } : one));
}

/** One after the other; in a quick look, in which all are exact, at once: what starts and waits leaves a core to another. */
async function eachInstrument<Result>(
  { config, signal, isQuick }: Bench,
  measureBy: (name: InstrumentName, signal: AbortSignal) => Promise<Result>,
): Promise<readonly Result[]> {
  if (isQuick) return atOnce(config.instruments, signal, measureBy);
  const results: Result[] = [];
  for (const name of config.instruments) results.push(await measureBy(name, signal));
  return results;
}

/** One round of the scenario on the service as it is, so that a wrong request or a crash is told within a second. */
async function tryOut(bench: Bench, subject: Subject): Promise<void> {
  const { side } = subject;
  await bench.progress.step({ side, name: 'trying the scenario' }, () =>
    withService(bench, subject, { name: 'trial' }, (running) =>
      request(bench, running, wholeDecks(bench, 1), { answers: subject.answers }).catch((error: unknown) => {
        throw error instanceof MeasurementError ? new Unanswered(side, error) : error;
      }),
    ),
  );
}
