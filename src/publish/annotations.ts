/** The verdict and its causes as annotations of the changed lines. Pure: whoever shows them does the escaping. */

import { UserError } from '../base/errors.ts';
import type { Secrets } from '../base/redact.ts';
import { type Cause, type Report, WORST_FIRST } from '../compare/report.ts';
import { ConfigError } from '../config/problem.ts';
import { cleanName, cleanProse } from '../report/clean.ts';
import { PLAIN_MARKS } from '../report/marks.ts';
import { type Story, storyOf } from '../report/story.ts';
import { effectPhrase, explainedBy, explanationOf, headlineOf, rulePhrase } from '../report/words.ts';
import { OUR_FAULT } from './document.ts';

export interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** GitHub keeps ten of a level for each step, and cuts a message off at 4096 characters. */
const MOST = 10;
const MAX_MESSAGE = 4096;
const MAX_TITLE = 200;

/** Of several reports, which share the room: those of the worst first. */
export function annotationsOfAll(
  reports: readonly Report[],
  inWorkspace: (file: string) => string | undefined,
): readonly Annotation[] {
  const most = Math.max(1, Math.floor(MOST / reports.length));
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  return ordered.flatMap((report) => annotationsOf(report, inWorkspace, most));
}

/**
 * One for the verdict, and one for each of the worst causes of a failure. `inWorkspace` turns a path of the repository
 * into one of the workspace; undefined for what is not there. A pass says nothing, unless something was not judged.
 */
export function annotationsOf(
  report: Report,
  inWorkspace: (file: string) => string | undefined,
  most = MOST,
): readonly Annotation[] {
  const story = storyOf(report, PLAIN_MARKS);
  const unjudged = story.warnings;
  const loosened = loosenedRules(report, inWorkspace).slice(0, most - 1);
  if (report.verdict === 'pass' && unjudged.length === 0) return loosened;
  const level = report.verdict === 'fail' || report.verdict === 'invalid' ? 'error' : 'warning';
  const over = report.causes.filter(isOver);
  const totals = report.totals.filter(({ status }) => status === 'over').length;
  const found =
    over.length + totals === 0
      ? []
      : [`${counted(totals, 'total')} and ${counted(over.length, 'function')} over the limit`];
  // Where no line can be annotated, this is all that is seen beside the changes.
  const reasons = report.verdict === 'fail' && over.length === 0 ? reasonsIn(story) : [];
  const notes = report.verdict === 'invalid' ? report.notes.map(({ text }) => cleanProse(text)) : [];
  return [
    annotation({
      level,
      title: `${titleFor(report)}: ${headlineOf(report)}`,
      message: [
        `${story.service}: ${story.head} against ${story.base}`,
        ...found,
        ...reasons,
        ...notes,
        ...unjudged,
      ].join('\n'),
    }),
    ...loosened,
    ...over
      .slice(0, most - 1 - loosened.length)
      .map((cause) => annotation({ level, ...ofCause(cause, report), ...placeOf(cause, inWorkspace) })),
  ];
}

const MOST_REASONS = 10;

/** What explains a failure, and what may be behind it, as lines. */
const reasonsIn = ({ sections }: Story): string[] =>
  sections
    .flatMap(({ weight, content }) => (weight === 'main' && content.kind === 'lines' ? content.lines : []))
    .slice(0, MOST_REASONS);

/** Why there is no report: the mistakes of a config at their lines, or the error. */
export function annotationsOfFailure(
  failure: unknown,
  inWorkspace: (file: string) => string | undefined,
  secrets: Secrets,
): readonly Annotation[] {
  const title = 'perf-gate: no verdict';
  const withHint = (message: string, hint: string | undefined) =>
    [message, hint ?? '']
      .map((text) => cleanProse(secrets.clean(text)))
      .filter((text) => text !== '')
      .join('\n');
  if (failure instanceof ConfigError) {
    const file = inWorkspace(failure.fileName);
    return failure.problems.slice(0, MOST).map(({ message, hint, line }) =>
      annotation({
        level: 'error',
        title,
        message: withHint(message, hint),
        ...(file === undefined ? {} : { file, line }),
      }),
    );
  }
  const message = failure instanceof UserError ? withHint(failure.message, failure.hint) : OUR_FAULT;
  return [annotation({ level: 'error', title, message })];
}

/** Where the commit allows itself more, or measures less. */
function loosenedRules(report: Report, inWorkspace: (file: string) => string | undefined): readonly Annotation[] {
  const loosened = (report.configChanges ?? []).filter(({ kind }) => kind === 'loosened');
  return loosened.map((change) => {
    const [, file = '', line] = /^(.+):(\d+)$/.exec(change.at) ?? [];
    const place = placeOf({ file, line: Number(line), isFileInRepository: file !== '' }, inWorkspace);
    const title = `${titleFor(report)}: this commit changes its own rules`;
    return annotation({ level: 'warning', title, message: rulePhrase(change, PLAIN_MARKS), ...place });
  });
}

const isOver = ({ effects }: Cause) => effects.some(({ status }) => status === 'over');

const titleFor = ({ scenario }: Report) =>
  ['perf-gate', ...(scenario === undefined ? [] : [cleanName(scenario)])].join(' ');

function ofCause(cause: Cause, report: Report) {
  const { sentence } = explanationOf(cause, PLAIN_MARKS);
  const effects = cause.effects.map((effect) => effectPhrase(effect, cause.timeNs));
  return {
    title: `${titleFor(report)}: ${cleanName(cause.function)}`,
    message: [sentence, ...effects, explainedBy(cause, report.totals)].filter((line) => line !== undefined).join('\n'),
  };
}

function placeOf(
  { file, line, isFileInRepository }: Pick<Cause, 'file' | 'line' | 'isFileInRepository'>,
  inWorkspace: (file: string) => string | undefined,
) {
  const shown = file !== undefined && isFileInRepository ? inWorkspace(file) : undefined;
  if (shown === undefined) return {};
  return line === undefined ? { file: shown } : { file: shown, line };
}

const annotation = (given: Annotation): Annotation => ({
  ...given,
  title: given.title.slice(0, MAX_TITLE),
  message: given.message.slice(0, MAX_MESSAGE),
});

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
