/**
 * What is to be said of a report and in which order, the most important first; how it is laid out is the format's own.
 * It decides nothing: every status stands in the report.
 */

import { listed } from '../base/text.ts';
import { formatDuration, formatShare } from '../base/units.ts';
import type { Cause, Moved, Note, Report } from '../compare/report.ts';
import type { MissingInstrument } from '../measure/manifest.ts';
import { FUNCTION_METRICS, type RowName } from '../model/metrics.ts';
import type { Marks } from './marks.ts';
import {
  changeBehind,
  collectorPhrase,
  effectPhrase,
  explainedBy,
  explanationOf,
  firstOf,
  headlineOf,
  labelOf,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  risePhrase,
  rulePhrase,
  sensitivityPhrase,
  shortCommit,
  suspectPhrase,
  titleOf,
  unchangedPhrase,
  withinPhrase,
} from './words.ts';

export interface Story {
  /** With its scenario: `orders · checkout`. */
  readonly service: string;
  readonly head: string;
  /** `base 88d0e14 (merge base with origin/main)`; of a new service that there is none. */
  readonly base: string;
  readonly duration: string;
  /** What was not judged although the verdict may be read as if it were; to stand beside the verdict. */
  readonly warnings: readonly string[];
  /** Why rows of the table have the words that they have. */
  readonly remarks: readonly string[];
  /** None of them is empty. */
  readonly sections: readonly Section[];
  /** The smallest rises that the run could see; empty where nothing was measured. */
  readonly sensitivity: string;
  readonly reproduce: string;
  readonly directory: string;
}

export interface Section {
  /** `main`: belongs to the verdict. `aside`: for who wants to know more. */
  readonly weight: 'main' | 'aside';
  readonly title: string;
  /** What the title means, where it needs saying. */
  readonly meaning?: string;
  readonly content:
    | { readonly kind: 'causes'; readonly causes: readonly CauseStory[] }
    | { readonly kind: 'lines'; readonly lines: readonly string[] };
}

export interface CauseStory {
  readonly name: string;
  /** Where it is, unless the explanation says so. */
  readonly place: string | undefined;
  readonly explanation: string;
  readonly change: string;
  readonly effects: readonly { readonly text: string; readonly isOver: boolean }[];
  readonly explains: string | undefined;
  readonly waiver: string | undefined;
  readonly consequences: string | undefined;
}

export function storyOf(report: Report, marks: Marks): Story {
  const side = ({ commit, isDirty }: Report['head']) =>
    `${marks.name(shortCommit(commit))}${isDirty ? ' + uncommitted changes' : ''}`;
  return {
    service: titleOf(report, marks.prose),
    head: `head ${side(report.head)}`,
    base: report.isNewService
      ? `nothing: a new service, which base ${side(report.base)} (${marks.prose(report.baseReason)}) does not have`
      : `base ${side(report.base)} (${marks.prose(report.baseReason)})`,
    duration: formatDuration(report.durationMs),
    warnings: [
      ...report.notes.filter(isOnRules).map(({ text }) => marks.prose(text)),
      ...report.missing.filter(isJudging).map((missing) => missingPhrase(missing, marks)),
    ],
    remarks: report.totals.flatMap((row) => remarkOn(row) ?? []),
    sections: sectionsOf(report, marks),
    sensitivity: sensitivityPhrase(report.sensitivity),
    reproduce: marks.command(report.reproduce),
    directory: marks.name(report.directory),
  };
}

/** The service that all of the reports are of, where they are scenarios of one, and what each of them came to. */
export function summaryOf(reports: readonly Report[], marks: Marks) {
  const [first] = reports;
  const isOne = reports.every(({ service, scenario }) => service === first?.service && scenario !== undefined);
  return {
    service: first !== undefined && isOne ? marks.prose(first.service) : undefined,
    verdicts: reports.map((report) => ({
      name: isOne ? marks.prose(report.scenario ?? '') : titleOf(report, marks.prose),
      verdict: report.verdict,
      headline: headlineOf(report),
    })),
  };
}

/** Time is shown and not judged; a pass without any of the others says less than it seems to. */
const isJudging = ({ instrument }: MissingInstrument) => instrument !== 'cpu';

/** It decided the verdict, kept a pass from being one, or says on whose load it is. */
const isOnRules = ({ code }: Note) => code === 'config-changed' || code === 'load-of-base';

function sectionsOf(report: Report, marks: Marks): Section[] {
  const causes = report.causes.filter((cause) => !isWaived(cause));
  const isOpen = report.verdict === 'inconclusive';
  const isAnswer = ({ code }: Note) => code === 'answers-differ';
  const told = (notes: readonly Note[]) => notes.map(({ text }) => marks.prose(text));
  const answers = told(report.notes.filter(isAnswer));
  const notes = told(report.notes.filter((note) => !isAnswer(note) && !isOnRules(note)));
  const rules = (report.configChanges ?? []).map((change) => rulePhrase(change, marks));
  const noisy = report.noisy.map((row) => noisyPhrase(row, marks));
  const unmeasured = report.missing
    .filter((missing) => !isJudging(missing))
    .map((missing) => missingPhrase(missing, marks));
  const around = report.moved.filter(({ isAround }) => isAround === true);
  const unchanged = report.unchanged
    .filter(({ metric, change }) => change > 0 || !around.some((one) => one.metric === metric))
    .map((row) => unchangedPhrase(row, marks));
  const collector = report.collector === undefined ? [] : [collectorPhrase(report.collector)];
  const isCollectorFirst = (report.collector?.explains ?? 0) >= MOST_OF_IT;
  const leading = isCollectorFirst ? collector : [];
  const others = [...unexplained(report, marks), ...(isCollectorFirst ? [] : collector)];
  const suspects = (report.suspects ?? []).map((suspect) => suspectPhrase(suspect, marks));
  const sections = [
    ...(report.verdict === 'invalid' ? [lines('main', 'why there is no verdict', notes)] : []),
    lines('main', 'this commit changes its own rules', rules),
    lines('main', 'why', leading),
    stories('main', leading.length === 0 ? 'why' : 'beside the collector', causes, report, marks),
    lines('main', leading.length + causes.length === 0 ? 'why' : 'what these do not explain', others),
    lines('main', 'what head changed that may be behind it', suspects),
    lines('main', 'answered differently', answers, 'so the work is another, and what answers less costs less'),
    lines('main', 'what would decide', deciding(report, marks)),
    lines(isOpen ? 'main' : 'aside', 'too noisy to judge', noisy, 'over the limit, but not clearly'),
    stories('aside', 'waived', report.causes.filter(isWaived), report, marks),
    ...(report.verdict === 'invalid' ? [] : [lines(isOpen ? 'main' : 'aside', 'notes', notes)]),
    lines('aside', 'not measured', unmeasured),
    lines(
      'aside',
      'moved',
      movedLines(
        report.moved.filter((one) => !around.includes(one)),
        marks,
      ),
      'costs more, but its callers save it elsewhere',
    ),
    lines('aside', 'a new function around code that was there', movedLines(around, marks), AROUND),
    lines('aside', 'unchanged code', unchanged, "not changed in head, so this is a side effect or the run's own noise"),
  ];
  return sections.filter(({ content }) => (content.kind === 'causes' ? content.causes : content.lines).length > 0);
}

/** From this share of a rise on, the collector is said before any function. */
const MOST_OF_IT = 0.5;
/** From here on nothing is left to look for. */
const NEARLY_ALL = 0.9;

const AROUND = 'charged with that now; nothing has moved';

/** Over no limit, and somebody accepted at least one of its rises. */
const isWaived = ({ effects }: Cause) =>
  effects.some(({ status }) => status === 'waived') && !effects.some(({ status }) => status === 'over');

const stories = (
  weight: Section['weight'],
  title: string,
  of: readonly Cause[],
  report: Report,
  marks: Marks,
): Section => ({
  weight,
  title,
  content: { kind: 'causes', causes: of.map((cause) => causeStory(cause, report, marks)) },
});

const lines = (weight: Section['weight'], title: string, of: readonly string[], meaning?: string): Section => ({
  weight,
  title,
  ...(meaning === undefined ? {} : { meaning }),
  content: { kind: 'lines', lines: of },
});

function causeStory(cause: Cause, { totals }: Report, marks: Marks): CauseStory {
  const waiver = cause.effects.find(({ waiver }) => waiver !== undefined)?.waiver;
  const { place, sentence } = explanationOf(cause, marks);
  return {
    name: marks.name(cause.function),
    place,
    explanation: sentence,
    change: changeBehind(cause, marks),
    effects: cause.effects.map((effect) => ({
      text: effectPhrase(effect, cause.timeNs),
      isOver: effect.status === 'over',
    })),
    explains: explainedBy(cause, totals),
    waiver: waiver && `waived until ${marks.prose(waiver.until)}: ${marks.prose(waiver.reason)}`,
    consequences: cause.consequences.length === 0 ? undefined : `consequences in ${firstOf(cause.consequences, marks)}`,
  };
}

/** What to say of totals that are over their limit when no changed function is to blame. */
function unexplained({ totals, causes, unchanged, collector }: Report, marks: Marks): string[] {
  const over = totals.filter(({ status }) => status === 'over').map(({ name }) => name);
  const isExplained = (name: RowName) =>
    causes.some(({ effects }) => effects.some(({ metric, netRise }) => metric === name && netRise > 0));
  const isCollectors = (name: RowName) => name === 'instructions' && (collector?.explains ?? 0) >= NEARLY_ALL;
  const open = over.filter(
    (name) => FUNCTION_METRICS.some((metric) => metric === name) && !isExplained(name) && !isCollectors(name),
  );
  const outside = open.filter((name) => unchanged.some(({ metric, change }) => metric === name && change > 0));
  const nowhere = open.filter((name) => !outside.includes(name));
  const io = over.filter((name) => name === 'io-calls' || name === 'io-bytes');
  const of = (names: readonly RowName[]) => listed(names.map((name) => labelOf(name)));
  const whole = (collector?.explains ?? 0) >= MOST_OF_IT ? 'the rest of the rise' : 'the rise';
  const nobody = `no function that head changed explains ${whole} in`;
  return [
    ...(outside.length === 0 ? [] : [`${nobody} ${of(outside)}: it is in unchanged code, see below`]),
    ...unchanged.filter(({ metric }) => outside.includes(metric)).flatMap((row) => withinPhrase(row, marks) ?? []),
    ...(nowhere.length === 0 ? [] : [`${nobody} ${of(nowhere)}`]),
    ...(over.includes('collection') && collector === undefined
      ? ['collection follows what is allocated and kept: see objects and bytes']
      : []),
    ...(io.length === 0 ? [] : [`${of(io)}: counted for the service as a whole, so no function can be named`]),
  ];
}

/** What a person can do to get a verdict out of an inconclusive run. */
function deciding({ verdict, totals, noisy, notes, missing, owed: absent = [] }: Report, marks: Marks): string[] {
  if (verdict !== 'inconclusive') return [];
  const owed = missing.flatMap(({ instrument, fault }) => (fault === 'service' ? [instrument] : []));
  const required = absent.filter((instrument) => !owed.includes(instrument));
  const close = totals.filter(({ status }) => status === 'close');
  const exact = close.filter(({ uncertainty }) => uncertainty.kind === 'exact').map(({ name }) => labelOf(name));
  const timed = close.filter(({ uncertainty }) => uncertainty.kind === 'spread').map(({ name }) => labelOf(name));
  const noisyNames = [...new Set(noisy.map(({ function: name }) => name))];
  const blurred = [...exact, ...(noisyNames.length === 0 ? [] : [firstOf(noisyNames, marks)])];
  return [
    ...(blurred.length === 0 ? [] : [`less noise in ${listed(blurred)}: raise load.count in the config`]),
    ...(timed.length === 0 ? [] : [`more rounds for ${listed(timed)}: raise budget in the config`]),
    ...(owed.length === 0
      ? []
      : [
          `a service of which ${listed(owed)} can be counted (see above), or a config whose instruments leave them out`,
        ]),
    ...(required.length === 0
      ? []
      : [`a machine where ${listed(required)} can be measured (see above), or "require" in the config without it`]),
    ...(notes.some(({ code }) => code === 'rule-matches-nothing')
      ? ['a limit that guards something (see notes): add a request that runs the function, or correct the pattern']
      : []),
  ];
}

/** One line a function: `main.encode: instructions +12 060, objects +4`. */
function movedLines(moved: readonly Moved[], marks: Marks): string[] {
  const byFunction = new Map<string, string[]>();
  for (const { function: name, metric, rise, netRise } of moved) {
    const phrases = byFunction.get(name) ?? [];
    byFunction.set(name, phrases);
    const left = rise > 0 && netRise / rise >= 0.01 ? ` (${formatShare(netRise / rise)} of it is left)` : '';
    phrases.push(`${risePhrase(metric, rise)}${left}`);
  }
  return [...byFunction].map(([name, phrases]) => `${marks.name(name)}: ${phrases.join(', ')}`);
}
