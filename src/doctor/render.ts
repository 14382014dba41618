/** The doctor's findings as a table for people, and as JSON. Pure. */

import { listed, plainText } from '../base/text.ts';
import { wordWrapped } from '../base/wrap.ts';
import { cleanProse } from '../report/clean.ts';
import { jsonText } from '../report/json-text.ts';
import { errorsIn, type Finding, type Level, type Section } from './finding.ts';

export interface Diagnosis {
  readonly tool: string;
  readonly sections: readonly Section[];
}

const MARKS: Readonly<Record<Level, string>> = {
  ok: '✓ ok',
  warning: '! warning',
  error: '✗ error',
  untried: '· untried',
};
/** Select Graphic Rendition (ECMA-48, 8.3.117). */
const COLOURS: Readonly<Record<Level, number>> = { ok: 32, warning: 33, error: 31, untried: 2 };
const MARK_WIDTH = 11;
const MOST_LINES = 20;
/** A longer one shifts its own line alone. */
const LONGEST_NAME = 14;
const WIDTH = 110;

export function renderTable({ tool, sections }: Diagnosis, { color }: { readonly color: boolean }): string {
  const names = sections.flatMap(({ findings }) => findings.map(({ name }) => name.length));
  const width = 2 + Math.max(...names.filter((length) => length <= LONGEST_NAME));
  const blocks = sections
    .filter(({ findings }) => findings.length > 0)
    .map(({ title, findings }) => [title, ...findings.flatMap((finding) => linesOf(finding, width, color))]);
  return `${[[`perf-gate doctor ${tool}`], ...blocks, [verdictOf(sections)]].map((block) => block.join('\n')).join('\n\n')}\n`;
}

function linesOf({ name, level, text, remedy, detail }: Finding, width: number, color: boolean): string[] {
  const mark = MARKS[level].padEnd(MARK_WIDTH);
  const painted = color ? `\u001B[${COLOURS[level]}m${mark}\u001B[0m` : mark;
  const indent = ' '.repeat(2 + MARK_WIDTH + width);
  const [first = '', ...rest] = wordWrapped(cleanProse(text), Math.max(40, WIDTH - indent.length), BREAK);
  return [
    `  ${painted}${name.padEnd(width - 2)}  ${first}`,
    ...rest.map((line) => `${indent}${line}`),
    ...(detail === undefined ? [] : lastLines(detail).map((line) => `${indent}| ${line}`)),
    ...(remedy === undefined ? [] : [`${indent}-> ${cleanProse(remedy)}`]),
  ];
}

/** A space that is not within an amount: `2 m`, `1.1 GB`, `0.4 %`. */
const BREAK = / (?!(?<=\d )(?:%|[nµm]?s\b|[mh]\b|[MG]B\b))/;

function lastLines(detail: string): string[] {
  const lines = plainText(detail).trimEnd().split('\n');
  return lines.length <= MOST_LINES ? lines : ['…', ...lines.slice(-MOST_LINES)];
}

function verdictOf(sections: readonly Section[]): string {
  const errors = errorsIn(sections).map(({ name }) => name);
  if (errors.length > 0) return `A run cannot work yet: see ${listed(errors)}.`;
  const all = sections.flatMap(({ findings }) => findings);
  const warnings = all.filter(({ level }) => level === 'warning').map(({ name }) => name);
  const isTried = !all.some(({ level }) => level === 'untried');
  const works = isTried ? 'A run can work here' : 'Nothing stands in the way of a run';
  return warnings.length === 0 ? `${works}.` : `${works}, though less well than it could: see ${listed(warnings)}.`;
}

/** For scripts; what is in it is what the table shows. */
export function renderJson({ tool, sections }: Diagnosis): string {
  const findings = sections.flatMap(({ title, findings }) =>
    findings.map((finding) => ({ section: title, ...finding })),
  );
  return jsonText({ tool, canRun: errorsIn(sections).length === 0, findings });
}
