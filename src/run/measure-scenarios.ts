/**
 * Measures and judges the scenarios of a run, one after the other. One that cannot be measured has no verdict and does
 * not keep the others from theirs.
 */
import { isDeepStrictEqual } from 'node:util';
import { EXIT, UserError } from '../base/errors.ts';
import type { World } from '../base/world.ts';
import type { ChangeRecord } from '../compare/changed-code.ts';
import type { Comparison } from '../compare/compare.ts';
import { newService } from '../compare/new-service.ts';
import type { Note, Report } from '../compare/report.ts';
import { patternsOfOthers, withoutRulesOfOthers } from '../compare/shared-limits.ts';
import type { LimitsConfig } from '../config/config.ts';
import type { Repository } from '../git/repository.ts';
import type { Bench } from '../measure/bench.ts';
import { Unanswered } from '../measure/measure.ts';
import { readSide } from '../measure/side-directory.ts';
import type { Progress } from '../progress/progress.ts';
import type { ComparableBuild, ComparedCode, Job } from './build-sides.ts';
import { compareMeasured, measureAndCompare } from './measure-and-compare.ts';
import { measureSides, NOTHING_KNOWN } from './measure-sides.ts';
import { notesOn, notesOnNew } from './notes.ts';
import { requiredIn } from './required.ts';
import type { ScenarioDirectory } from './run-directory.ts';
import { findStored } from './stored-base.ts';
import type { OnOwnLoad } from './under-rules-of-base.ts';

/** A scenario in a run: its config, its place in the run directory, and its load. */
export interface Part {
  readonly job: Job & { readonly output: ScenarioDirectory };
  /** Undefined where there is nothing to send: the base's load cannot be, and the head has none in its place. */
  readonly bench: Bench | undefined;
  /** Why it is not the base's load, where the base has another; see loads-in-force.ts. */
  readonly whyNotBase?: string;
  /** Where it is the base's and the head has another: the same with the head's own, for this reason. */
  readonly withHeadsLoad?: (why: Unanswered) => Promise<Part>;
}

/** What is to be reported of a scenario; all else is the same for all of them. */
export type Outcome = Pick<Report, 'verdict' | 'isSameCode' | 'durationMs'> &
  Partial<Report> &
  OnOwnLoad & {
    /** See patternsOfOthers. */
    readonly ofOthers?: readonly string[];
  };

interface Prepared {
  readonly repo: Repository;
  readonly code: ComparedCode;
  readonly record: ChangeRecord;
  readonly baseReason: string;
  /** That differ, and that the service may read. */
  readonly dataFiles: readonly string[];
  /** The limits that stand outside of all scenarios. */
  readonly shared: LimitsConfig;
  /** Beside those on the measurement. */
  readonly notes: readonly Note[];
  /** Milliseconds since it was called before. */
  lap(): number;
}

/** In the order of the parts. */
export async function measureScenarios(parts: readonly Part[], prepared: Prepared): Promise<Outcome[]> {
  const results: (Measured | Outcome)[] = [];
  for (const part of parts) {
    results.push(await measureOrSayWhyNot(part, prepared.lap, () => measureScenario(part, prepared)));
  }
  const measured = results.filter((result): result is Measured => 'names' in result);
  return results.map((result, i) => ('names' in result ? outcomeOf(result, parts[i]!, measured, prepared) : result));
}

/** The figures of a service that the base does not have. In the order of the parts. */
export async function measureNewService(
  parts: readonly Part[],
  head: ComparableBuild,
  lap: () => number,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const part of parts) {
    const { job, bench, whyNotBase } = part;
    if (bench === undefined) throw new Error('a new service has no load but its own');
    const measureHead = async (): Promise<Outcome> => {
      const plan = { head: job.config.instruments };
      await measureSides<'head'>(job, { head }, bench, plan, { head: NOTHING_KNOWN });
      const { manifest } = readSide(job.output.side('head'));
      const notes = notesOnNew(job, bench.warnings);
      return {
        ...newService(manifest, job.config.limits, requiredIn(job.config, job.world)),
        isSameCode: false,
        durationMs: lap(),
        notes,
        whyNotBase,
      };
    };
    outcomes.push(await measureOrSayWhyNot(part, lap, measureHead));
  }
  return outcomes;
}

interface Measured {
  readonly comparison: Comparison;
  /** Of the functions that ran. */
  readonly names: readonly string[];
  /** Beside the comparison. */
  readonly facts: Pick<Report, 'baselineSource' | 'notes' | 'durationMs'> &
    Partial<Pick<Report, 'baseReason'>> &
    OnOwnLoad;
}

/** The only scenario of a run that has no name throws what it throws. */
async function measureOrSayWhyNot<Result>(
  part: Part,
  lap: () => number,
  act: () => Promise<Result>,
): Promise<Result | Outcome> {
  const { config, progress, world } = part.job;
  try {
    return await act();
  } catch (error) {
    world.signal.throwIfAborted();
    const isUnmeasured = error instanceof UserError && error.exitCode === EXIT.invalid;
    if (!isUnmeasured || config.scenario === undefined) throw error;
    const words = wordsOf(error, world);
    progress(`not measured: ${words[0]}`);
    const notes: Note[] = words.map((text) => ({ code: 'not-measured', text }));
    return { verdict: 'invalid', isSameCode: false, durationMs: lap(), notes };
  }
}

async function measureScenario(part: Part, prepared: Prepared): Promise<Measured | Outcome> {
  const { job, bench, whyNotBase, withHeadsLoad } = part;
  const unmeasured = (why: string): Outcome => {
    job.progress(`not measured: ${why}`);
    return { verdict: 'inconclusive', isSameCode: false, durationMs: prepared.lap(), whyNotBase: why };
  };
  if (bench === undefined) return unmeasured(whyNotBase ?? '');
  if (withHeadsLoad !== undefined) job.progress("the base's load is sent: this commit changes it");
  try {
    return await measureLoad(job, bench, whyNotBase, prepared);
  } catch (error) {
    job.world.signal.throwIfAborted();
    if (!(error instanceof Unanswered)) throw error;
    if (withHeadsLoad !== undefined) {
      const own = await withHeadsLoad(error);
      if (own.bench !== undefined) job.progress(`this commit's load is sent: ${own.whyNotBase}`);
      return measureScenario(own, prepared);
    }
    // What it sends is new to the base, so there is nothing to compare: no fault of the commit.
    if (whyNotBase === undefined || error.side === 'head') throw error;
    const why = `${whyNotBase}, and the base does not answer this commit's (${error.reason})`;
    return unmeasured(why);
  }
}

async function measureLoad(
  job: Part['job'],
  bench: Bench,
  whyNotBase: string | undefined,
  prepared: Prepared,
): Promise<Measured> {
  const { repo, code, record, baseReason, dataFiles, lap } = prepared;
  const lookUp = await findStored(repo, job, code, bench);
  const { compared, source, notes } = await measureAndCompare(job, { code, bench, lookUp, record });
  const { comparison, names } = compared;
  return {
    comparison,
    names,
    facts: {
      baselineSource: source,
      ...(source === 'stored' && { baseReason: `${baseReason}; ${lookUp.base?.origin}` }),
      notes: [...notes, ...prepared.notes, ...notesOn(job, { code, dataFiles, warnings: bench.warnings })],
      durationMs: lap(),
      whyNotBase,
    },
  };
}

/** The verdict, with the rules that all scenarios share held against what all of them ran. */
function outcomeOf(measured: Measured, { job }: Part, all: readonly Measured[], { record, shared }: Prepared): Outcome {
  const { names, facts } = measured;
  const { limits } = job.config;
  const elsewhere = all.flatMap((other) => (other === measured ? [] : other.names));
  const ofOthers = patternsOfOthers(shared, names, elsewhere);
  const own = withoutRulesOfOthers(limits, shared, ofOthers);
  const comparison = isDeepStrictEqual(own, limits)
    ? measured.comparison
    : compareMeasured(job, record, own).comparison;
  return { ...comparison, isSameCode: false, ...facts, notes: [...comparison.notes, ...facts.notes], ofOthers };
}

const MOST_DETAILS = 10;

/** What a person is told of an error, a line each: what happened and what to do about it, then what there is to see. */
function wordsOf({ at, message, hint, detail = '' }: UserError, { secrets: { clean } }: World): [string, ...string[]] {
  const said = `${at === undefined ? '' : `${at}: `}${message}${hint === undefined ? '' : `; ${hint}`}`;
  const details = detail.split('\n').filter((line) => line.trim() !== '');
  return [clean(said), ...details.slice(-MOST_DETAILS).map(clean)];
}

/** Says of all that is told which scenario it is about. */
export function progressOf(progress: Progress, scenario: string | undefined): Progress {
  if (scenario === undefined) return progress;
  const named = (text: string) => `${scenario}: ${text}`;
  const step: Progress['step'] = (given, act) =>
    progress.step(typeof given === 'string' ? named(given) : { ...given, name: named(given.name) }, act);
  return Object.assign((fact: string) => progress(named(fact)), {
    step,
    detail: (text: string) => progress.detail(named(text)),
  });
}
