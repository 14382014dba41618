/**
 * The report as a pull request comment or job summary. Names stand in code spans, and none of them in the table; what
 * does not fit is left out from the least important on, and counted.
 */

import { markdownTable } from 'markdown-table';
import { listed } from '../base/text.ts';
import { formatAmount, formatCount } from '../base/units.ts';
import type { Report } from '../compare/report.ts';
import { cleanCommand, cleanName, cleanProse } from './clean.ts';
import { codeSpan, escapeProse } from './markdown-escape.ts';
import type { Marks } from './marks.ts';
import { type CauseStory, type Section, type Story, storyOf, summaryOf } from './story.ts';
import { changeOf, headlineOf, labelOf, limitOf, statusOf, together, uncertaintyOf } from './words.ts';

export interface MarkdownOptions {
  /** In UTF-16 units. 60 000 when absent: GitHub refuses comments of more than 65 536 characters. */
  readonly maxLength?: number;
}

export const MAX_LENGTH = 60_000;

const MARKS: Marks = {
  name: (text) => codeSpan(cleanName(text)),
  prose: (text) => escapeProse(cleanProse(text)),
  command: (text) => codeSpan(cleanCommand(text)),
};

/** The report as Markdown of at most `maxLength`, with an end of line. */
export function renderMarkdown(report: Report, { maxLength = MAX_LENGTH }: MarkdownOptions = {}): string {
  const story = storyOf(report, MARKS);
  const bare = `**perf-gate: ${headlineOf(report)}**`;
  const heading = `${bare} · ${story.service} · ${story.head} against ${story.base} · ${story.duration}`;
  const found = report.isSameCode ? ['Same machine code: nothing to measure.'] : [table(report), listOf(story.remarks)];
  const start = [heading, ...story.warnings.map((warning) => `**Note:** ${warning}`), ...found];
  const middle = story.sections.map(partOf);
  const end = report.isSameCode ? [] : footer(report, story);
  return `${fitted({ bare, start: start.filter(isThere), middle, end, maxLength: maxLength - 1 })}\n`;
}

/** What stands before several reports: the worst verdict, and that of each. */
export function renderMarkdownSummary(reports: readonly Report[]): string {
  const { service, verdicts } = summaryOf(reports, MARKS);
  const each = verdicts.map(({ name, headline }) => `${name} ${headline}`).join(', ');
  const parts = [`**perf-gate: ${headlineOf(together(reports))}**`, ...(service === undefined ? [] : [service]), each];
  return `${parts.join(' · ')}\n`;
}

// ---- parts

function table({ totals, isNewService }: Report): string {
  if (totals.length === 0) return '';
  const rows = totals.map((row) => [
    `${row.name === 'collection' ? '&nbsp;&nbsp;' : ''}${labelOf(row.name)}`,
    isNewService ? '' : unbroken(formatAmount(row.base, row.unit)),
    unbroken(formatAmount(row.head, row.unit)),
    isNewService ? '' : unbroken(`${changeOf(row)} ${uncertaintyOf(row)}`.trim()),
    unbroken(limitOf(row)),
    statusOf(row) === 'over' ? '**over**' : statusOf(row),
  ]);
  return markdownTable([['per request', 'base', 'head', 'change', 'limit', ''], ...rows], {
    align: ['l', 'r', 'r', 'r', 'r', 'l'],
  });
}

/** Columns of a comment are narrow, and figures have spaces. */
const unbroken = (text: string) => text.replaceAll(' ', '\u00A0');

function partOf({ weight, title, meaning, content }: Section): Part {
  const items =
    content.kind === 'causes'
      ? content.causes.map((cause, i) => causeItem(cause, i + 1))
      : content.lines.map((line) => `- ${line}`);
  const name = capitalised(title);
  const explained = meaning === undefined ? '' : `: ${meaning}`;
  if (weight === 'main') return { title, open: `**${name}**${explained}\n\n`, items, close: '' };
  const summary = `${name} (${formatCount(items.length)})${explained}`;
  return { title, open: `<details><summary>${summary}</summary>\n\n`, items, close: '\n\n</details>' };
}

function causeItem(cause: CauseStory, number: number): string {
  const { name, place, explanation, change, effects, explains, waiver, consequences } = cause;
  const label = `${number}. `;
  const details = [
    ...effects.map(({ text, isOver }) => (isOver ? `**${text}**` : text)),
    explains,
    waiver,
    consequences,
  ];
  const indent = ' '.repeat(label.length);
  return [
    `${label}${name}${place === undefined ? '' : ` at ${place}`}: ${explanation} (${change})`,
    ...details.flatMap((detail) => (detail === undefined ? [] : `${indent}- ${detail}`)),
  ].join('\n');
}

function footer({ tool }: Report, { sensitivity, reproduce, directory }: Story): string[] {
  const seen = sensitivity === '' ? [] : [`This run could have seen: ${sensitivity}.`];
  return [...seen, `Try it: ${reproduce} · Profiles: ${directory} · perf-gate ${escapeProse(cleanName(tool))}`];
}

const listOf = (texts: readonly string[]) => texts.map((text) => `- ${text}`).join('\n');
const capitalised = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const isThere = (text: string) => text !== '';

// ---- length

/** A stretch of the document that is shortened by leaving out items from its end, and never otherwise. */
interface Part {
  readonly title: string;
  readonly open: string;
  readonly items: readonly string[];
  readonly close: string;
}

interface Pieces {
  /** What to say when there is no room for anything. */
  readonly bare: string;
  readonly start: readonly string[];
  /** The most important first. */
  readonly middle: readonly Part[];
  readonly end: readonly string[];
  readonly maxLength: number;
}

function fitted({ bare, start, middle, end, maxLength }: Pieces): string {
  const withCounts = (counts: readonly number[]) =>
    joined([...start, ...middle.map((part, i) => shown(part, counts[i]!)), leftOut(middle, counts), ...end]);
  const whole = withCounts(middle.map(({ items }) => items.length));
  if (whole.length <= maxLength) return whole;

  const nothing = middle.map(() => 0);
  // Nothing is longer than the remark that all is left out.
  let room = maxLength - withCounts(nothing).length;
  if (room >= 0) {
    const counts = middle.map((part) => {
      const count = fitting(part, room);
      // What is less important does not take the room of what is more.
      room = count < part.items.length ? 0 : room - BETWEEN.length - shown(part, count).length;
      return count;
    });
    return withCounts(counts);
  }
  for (let kept = start.length; kept > 0; kept--) {
    const text = joined([...start.slice(0, kept), leftOut(middle, nothing)]);
    if (text.length <= maxLength) return text;
  }
  return bare.slice(0, Math.max(0, maxLength));
}

/** How many of the part's items there is room for, with what stands around them. */
function fitting({ open, items, close }: Part, room: number): number {
  let length = BETWEEN.length + open.length + close.length - 1;
  const over = items.findIndex((item) => {
    length += item.length + 1;
    return length > room;
  });
  return over < 0 ? items.length : over;
}

function shown({ open, items, close }: Part, count: number): string {
  return count === 0 ? '' : `${open}${items.slice(0, count).join('\n')}${close}`;
}

/** `Left out for their length: 12 of "why", 3 of "notes".`; nothing where all is shown. */
function leftOut(parts: readonly Part[], counts: readonly number[]): string {
  const gaps = parts.flatMap(({ title, items }, i) => {
    const count = items.length - counts[i]!;
    return count === 0 ? [] : [`${formatCount(count)} of "${title}"`];
  });
  return gaps.length === 0
    ? ''
    : `Left out, because the comment would be too long: ${listed(gaps)}. All of it is in report.json.`;
}

const BETWEEN = '\n\n';
const joined = (blocks: readonly string[]) => blocks.filter(isThere).join(BETWEEN);
