/**
 * The report as JUnit XML, for the test tabs of CI systems: one test case for the verdict, for each total with a limit,
 * each cause, and each thing that could not be judged. Nobody owns the format; this keeps to what all readers take
 * (https://github.com/testmoapp/junitxml).
 */

import { formatAmount } from '../base/units.ts';
import type { Cause, Report, TotalRow } from '../compare/report.ts';
import { cleanName, cleanProse } from './clean.ts';
import { PLAIN_MARKS } from './marks.ts';
import { type Section, type Story, storyOf } from './story.ts';
import {
  changeBehind,
  changeOf,
  effectPhrase,
  explanationOf,
  headlineOf,
  labelOf,
  limitOf,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  titleOf,
  uncertaintyOf,
} from './words.ts';

interface TestCase {
  /** The same in every run, so that a CI system can follow it. */
  readonly name: string;
  readonly place?: Pick<Cause, 'file' | 'line'>;
  /** Undefined when passed. */
  readonly result?: Result;
}

interface Result {
  readonly kind: 'failure' | 'error' | 'skipped';
  readonly message: string;
  readonly lines: readonly string[];
}

/** The report as an XML document, ending in an end of line. */
export const renderJunit = (report: Report): string => renderSuites([report]);

/** One document of several reports, each a suite. */
export function renderSuites(reports: readonly Report[]): string {
  const suites = reports.map(suiteOf);
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'perf-gate', ...countsOf(cases), time: seconds(reports) })}>`,
    ...suites.flatMap(({ name, cases, time }) => [
      `  <testsuite${attributes({ name, ...countsOf(cases), time })}>`,
      ...cases.map((testCase) => caseElement(testCase, `perf-gate.${name}`)),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteOf(report: Report) {
  const cases = [
    verdictCase(report, storyOf(report, PLAIN_MARKS)),
    ...report.totals.flatMap((row) => (row.limit === undefined ? [] : totalCase(row))),
    ...report.causes.map((cause) => causeCase(cause, report)),
    ...report.noisy.map((noisy) => skipped(`function: ${cleanName(noisy.function)}`, noisyPhrase(noisy, PLAIN_MARKS))),
    ...report.missing.map((missing) =>
      skipped(`not measured: ${missing.instrument}`, missingPhrase(missing, PLAIN_MARKS)),
    ),
  ];
  return { name: titleOf(report, cleanName), cases, time: seconds([report]) };
}

const seconds = (reports: readonly Report[]) =>
  (reports.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1000).toFixed(3);

// ---- cases

const VERDICT_KINDS = { fail: 'failure', invalid: 'error', inconclusive: 'skipped' } as const;

function verdictCase(report: Report, story: Story): TestCase {
  const { verdict, unjudged = [], isNewService } = report;
  const headline = headlineOf(report);
  if (verdict === 'pass') {
    if (isNewService) return skipped('verdict', 'a new service: nothing was compared');
    return unjudged.length === 0 ? { name: 'verdict' } : skipped('verdict', headline, story.warnings);
  }
  const { head, base, warnings, sections, reproduce, directory } = story;
  const lines = [
    `${head} against ${base}`,
    ...warnings,
    ...sections.flatMap(plainLines),
    `Try it: ${reproduce}`,
    `Profiles: ${directory}`,
  ];
  return { name: 'verdict', result: { kind: VERDICT_KINDS[verdict], message: headline, lines } };
}

/** Causes have cases of their own. */
function plainLines({ weight, title, content }: Section): string[] {
  return weight === 'main' && content.kind === 'lines' ? content.lines.map((line) => `${title}: ${line}`) : [];
}

function totalCase(row: TotalRow): TestCase {
  const name = `total: ${labelOf(row.name)}`;
  const [base, head] = [formatAmount(row.base, row.unit), formatAmount(row.head, row.unit)];
  const figures = `${base} -> ${head} per request, limit ${limitOf(row)}`;
  if (row.status === 'ok') return { name };
  if (row.status !== 'over') return skipped(name, remarkOn(row) ?? figures, [figures]);
  return {
    name,
    result: { kind: 'failure', message: `${changeOf(row)} ${uncertaintyOf(row)}`.trim(), lines: [figures] },
  };
}

function causeCase(cause: Cause, { verdict }: Report): TestCase {
  const { effects, timeNs, file, line, isFileInRepository } = cause;
  const { place, sentence } = explanationOf(cause, PLAIN_MARKS);
  const waiver = effects.find(({ waiver }) => waiver !== undefined)?.waiver;
  const isOver = effects.some(({ status }) => status === 'over');
  // What is over no limit of its own is named because it explains the total that is.
  const isBlamed = isOver || (verdict === 'fail' && waiver === undefined);
  const accepted = waiver && `waived until ${cleanProse(waiver.until)}: ${cleanProse(waiver.reason)}`;
  return {
    name: `function: ${cleanName(cause.function)}`,
    ...(isFileInRepository && { place: { file, line } }),
    result: {
      kind: isBlamed ? 'failure' : 'skipped',
      message: `${place === undefined ? '' : `${place}: `}${sentence} (${changeBehind(cause, PLAIN_MARKS)})`,
      lines: [...effects.map((effect) => effectPhrase(effect, timeNs)), ...(accepted === undefined ? [] : [accepted])],
    },
  };
}

const skipped = (name: string, message: string, lines: readonly string[] = []): TestCase => ({
  name,
  result: { kind: 'skipped', message, lines },
});

function countsOf(cases: readonly TestCase[]) {
  const count = (kind: Result['kind']) => String(cases.filter(({ result }) => result?.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: count('failure'),
    errors: count('error'),
    skipped: count('skipped'),
  };
}

// ---- XML

function caseElement({ name, place, result }: TestCase, classname: string): string {
  const file = place?.file === undefined ? undefined : cleanName(place.file);
  const start = `    <testcase${attributes({ name, classname, file, line: place?.line?.toString(), time: '0' })}`;
  if (result === undefined) return `${start}/>`;
  const { kind, message, lines } = result;
  const body = lines.map((line) => `${escapeXml(line)}\n`).join('');
  return `${start}>\n      <${kind}${attributes({ message })}>${body}</${kind}>\n    </testcase>`;
}

const attributes = (values: Readonly<Record<string, string | undefined>>) =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(value)}"`))
    .join('');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** For cleaned text: of the control characters that XML 1.0 cannot hold (2.2, Char), only these two are left in it. */
const escapeXml = (text: string) =>
  text.replaceAll(/[\uFFFE\uFFFF]/g, '').replaceAll(/[&<>"]/g, (character) => ENTITIES[character]!);
