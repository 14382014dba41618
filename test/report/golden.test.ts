import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderText } from '../../src/report/text.ts';
import { expectGolden } from './golden.ts';
import * as reports from './reports.ts';

const cases: [string, Report][] = [
  ['fail', reports.fail],
  ['explanations', reports.explanations],
  ['unexplained', reports.unexplained],
  ['elsewhere', reports.elsewhere],
  ['pass', reports.pass],
  ['answers', reports.answers],
  ['same-code', reports.sameCode],
  ['new-service', reports.newService],
  ['inconclusive', reports.inconclusive],
  ['own-rules', reports.ownRules],
  ['invalid', reports.invalid],
  ['missing-valgrind', reports.missingValgrind],
  ['waived', reports.waived],
  ['moved', reports.moved],
  ['hostile', reports.hostile],
];

describe.each(cases)('%s', (name, report) => {
  test('as text', () => expectGolden(`golden/${name}.txt`, renderText(report)));
  test('as Markdown', () => expectGolden(`golden/${name}.md`, renderMarkdown(report)));
  test('as JUnit XML', () => expectGolden(`golden/${name}.xml`, renderJunit(report)));
  test('colours change no character', () => {
    const coloured = renderText(report, { color: true });
    expect(coloured).toContain('\u001B[');
    expect(stripVTControlCharacters(coloured)).toBe(renderText(report));
  });
});
