/** The report for a terminal or a log: columns and paragraphs of at most 100 characters, names permitting. */

import { formatAmount } from '../base/units.ts';
import { cellsOf, padded, widthsOf } from '../base/width.ts';
import { wordWrapped } from '../base/wrap.ts';
import type { Report, VerdictName } from '../compare/report.ts';
import { PLAIN_MARKS } from './marks.ts';
import { type CauseStory, type Section, type Story, storyOf, summaryOf } from './story.ts';
import { changeOf, headlineOf, labelOf, limitOf, statusOf, together, uncertaintyOf } from './words.ts';

export interface TextOptions {
  /** With ANSI colours; without them when absent. */
  readonly color?: boolean;
  /** The repository and the profiles are kept nowhere, so that no line tells what to do with them. */
  readonly isGone?: boolean;
}

const WIDTH = 100;
/** Longer lists are for the other formats. */
const MOST_LINES = 10;

/** The report as lines, the last with its end of line. */
export function renderText(report: Report, { color = false, isGone = false }: TextOptions = {}): string {
  const paint = color ? COLOURS : PLAIN;
  const story = storyOf(report, PLAIN_MARKS);
  const blocks = [heading(report, story, paint)];
  blocks[0]!.push(...story.warnings.flatMap((warning) => wrapped(warning, '  ', paint.yellow)));
  if (report.isSameCode) blocks[0]!.push('  same machine code: nothing to measure');
  else blocks.push(table(report, story, paint));
  blocks.push(...story.sections.map((section) => sectionLines(section, paint)));
  if (!report.isSameCode) blocks.push(footer(story, isGone, paint));
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.map((line) => `${line}\n`).join(''))
    .join('\n');
}

/** What stands before several reports: the worst verdict, and that of each. */
export function renderTextSummary(reports: readonly Report[], { color = false }: TextOptions = {}): string {
  const paint = color ? COLOURS : PLAIN;
  const { service, verdicts } = summaryOf(reports, PLAIN_MARKS);
  const of: Piece[] = service === undefined ? [] : [{ text: service, paint: paint.bold }];
  const each = verdicts.map(({ name, verdict, headline }, i): Piece => {
    const end = i < verdicts.length - 1 ? ',' : '';
    return { text: `${name} ${headline}${end}`, paint: paint[VERDICT_COLOURS[verdict]], gap: i === 0 ? 2 : 1 };
  });
  const lines = flowed([...headingOf(together(reports), paint), ...of, ...each], {
    indent: '',
    further: '           ',
  });
  return lines.map((line) => `${line}\n`).join('');
}

// ---- parts

const VERDICT_COLOURS: Readonly<Record<VerdictName, keyof Palette>> = {
  pass: 'green',
  fail: 'red',
  inconclusive: 'yellow',
  invalid: 'yellow',
};

function heading(report: Report, { service, head, base, duration }: Story, paint: Palette): string[] {
  const what: Piece[] = [...headingOf(report, paint), { text: service, paint: paint.bold }, { text: head }];
  const against: Piece[] = [{ text: `against ${base}` }, { text: duration, paint: paint.dim, gap: 3 }];
  return onOneOrTwo(what, against, { indent: '', further: '           ' });
}

function headingOf(report: Pick<Report, 'verdict' | 'unjudged'>, paint: Palette): Piece[] {
  const { verdict } = report;
  const unjudged = headlineOf(report).slice(verdict.length).trim();
  return [
    { text: 'perf-gate', paint: paint.bold },
    { text: verdict.toUpperCase(), paint: paint[VERDICT_COLOURS[verdict]] },
    ...(unjudged === '' ? [] : [{ text: unjudged, paint: paint.yellow, gap: 1 }]),
  ];
}

function table({ totals, isNewService }: Report, { remarks }: Story, paint: Palette): string[] {
  if (totals.length === 0) return [];
  const cells = totals.map((row) => [
    `${row.name === 'collection' ? '  ' : ''}${labelOf(row.name)}`,
    isNewService ? '' : formatAmount(row.base, row.unit),
    formatAmount(row.head, row.unit),
    isNewService ? '' : changeOf(row),
    uncertaintyOf(row),
    limitOf(row),
    statusOf(row),
  ]);
  const all = [['per request', 'base', 'head', 'change', '', 'limit', ''], ...cells];
  const widths = widthsOf(all);
  const line = (row: readonly string[], style: (text: string, column: number) => string) => {
    const last = row.findLastIndex((cell) => cell !== '');
    return row
      .slice(0, last + 1)
      .map((cell, column) => {
        const width = column === last && !isRight(column) ? 0 : widths[column]!;
        // What makes it coloured takes no room.
        return `${GAPS[column]}${padded(cell, width, isRight(column)).replace(cell, () => style(cell, column))}`;
      })
      .join('');
  };
  return [
    line(all[0]!, (text) => paint.dim(text)),
    ...cells.map((row) =>
      line(row, (text, column) => {
        if (column === 4) return paint.dim(text);
        return column === 6 ? (text === 'over' ? paint.red(text) : paint.yellow(text)) : text;
      }),
    ),
    ...remarks.flatMap((remark) => wrapped(remark, '  ', paint.dim)),
  ];
}

/** Before each column. */
const GAPS = ['  ', '    ', '    ', '    ', ' ', '    ', '    '];
const isRight = (column: number) => column >= 1 && column <= 5 && column !== 4;

function sectionLines({ title, meaning, content }: Section, paint: Palette): string[] {
  const head = meaning === undefined ? paint.bold(title) : `${paint.bold(title)}: ${meaning}`;
  const items = content.kind === 'causes' ? content.causes : content.lines;
  const more = items.length > MOST_LINES ? [`     … and ${items.length - MOST_LINES} more, see report.json`] : [];
  const shown =
    content.kind === 'causes'
      ? content.causes.slice(0, MOST_LINES).flatMap((cause, i) => causeLines(cause, i + 1, paint))
      : content.lines.slice(0, MOST_LINES).flatMap((line) => wrapped(line, '     '));
  return [`  ${head}`, ...shown, ...more.map(paint.dim)];
}

function causeLines(cause: CauseStory, number: number, paint: Palette): string[] {
  const { name, place, explanation, change, effects, explains, waiver, consequences } = cause;
  const label = `  ${number}`.padEnd(5);
  const further = '       ';
  const why: Piece[] = [
    { text: place === undefined ? explanation : `${place}: ${explanation}`, gap: 3 },
    { text: `(${change})`, paint: paint.dim },
  ];
  const costs: Piece[] = effects.map(({ text, isOver }) => ({ text, paint: isOver ? paint.red : asIs, gap: 3 }));
  return [
    ...onOneOrTwo([{ text: name, paint: paint.bold }], why, { indent: label, further }),
    ...flowed(costs, { indent: further, further }),
    ...[explains, waiver].flatMap((text) => (text === undefined ? [] : wrapped(text, further))),
    ...(consequences === undefined ? [] : wrapped(consequences, further, paint.dim)),
  ];
}

function footer({ sensitivity, reproduce, directory }: Story, isGone: boolean, paint: Palette): string[] {
  const seen = sensitivity === '' ? [] : wrapped(`This run could have seen: ${sensitivity}`, '  ', paint.dim);
  if (isGone) return seen;
  const pieces: Piece[] = [
    { text: `Try it: ${reproduce}`, paint: paint.dim },
    { text: `Profiles: ${directory}`, paint: paint.dim, gap: 3 },
  ];
  return [...seen, ...flowed(pieces, { indent: '  ', further: '  ' })];
}

// ---- lines

interface Piece {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Spaces before it on the same line; 2 when absent. */
  readonly gap?: number;
}

/** The pieces side by side, on further lines where they do not fit; a piece too long for a line of its own is wrapped. */
function flowed(pieces: readonly Piece[], { indent, further }: { indent: string; further: string }): string[] {
  const lines: string[] = [];
  let line = indent;
  let length = cellsOf(indent);
  let isEmpty = true;
  for (const { text, paint = asIs, gap = 2 } of pieces) {
    const needed = cellsOf(text) + (isEmpty ? 0 : gap);
    if (!isEmpty && length + needed > WIDTH) {
      lines.push(line);
      line = further;
      length = cellsOf(further);
      isEmpty = true;
    }
    const [first = '', ...rest] = isEmpty ? wordWrapped(text, WIDTH - length, BREAK) : [text];
    line += `${isEmpty ? '' : ' '.repeat(gap)}${paint(first)}`;
    length += cellsOf(first) + (isEmpty ? 0 : gap);
    isEmpty = false;
    for (const next of rest) {
      lines.push(line);
      line = `${further}${paint(next)}`;
      length = cellsOf(further) + cellsOf(next);
    }
  }
  if (!isEmpty) lines.push(line);
  return lines;
}

/** All on one line, or else the second group on a line of its own. */
function onOneOrTwo(
  first: readonly Piece[],
  second: readonly Piece[],
  indents: { indent: string; further: string },
): string[] {
  const together = flowed([...first, ...second], indents);
  if (together.length === 1) return together;
  return [...flowed(first, indents), ...flowed(second, { indent: indents.further, further: indents.further })];
}

/** A paragraph; its further lines are indented by two more. */
export function wrapped(text: string, indent: string, paint: (text: string) => string = asIs): string[] {
  const further = `${indent}  `;
  return wordWrapped(text, WIDTH - further.length, BREAK).map(
    (line, i) => `${i === 0 ? indent : further}${paint(line)}`,
  );
}

/** A space that is not within an amount (`603 241`, `4.4 µs`, `96 %`). */
const BREAK = /(?<!\d) | (?!\d{3}(?!\d)|%|[nµm]?s\b)/;

// ---- colours

export interface Palette {
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
}

const asIs = (text: string) => text;

/** Select Graphic Rendition (ECMA-48, 8.3.117): on and off. */
const sgr = (on: number, off: number) => (text: string) => (text === '' ? '' : `\u001B[${on}m${text}\u001B[${off}m`);

export const PLAIN: Palette = { red: asIs, green: asIs, yellow: asIs, dim: asIs, bold: asIs };
export const COLOURS: Palette = {
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  dim: sgr(2, 22),
  bold: sgr(1, 22),
};
