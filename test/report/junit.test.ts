import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report } from '../../src/compare/report.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { anyReport } from './arbitrary-report.ts';
import * as reports from './reports.ts';
import { cause, effect, NASTY } from './reports.ts';
import { type Element, parseXml } from './xml.ts';

const suiteOf = (report: Report): Element => parseXml(renderJunit(report)).children[0]!;

/** `passed`, or the name of the element that says otherwise. */
const outcomes = (report: Report) =>
  Object.fromEntries(
    suiteOf(report).children.map((one) => [one.attributes['name'], one.children[0]?.name ?? 'passed']),
  );

describe('whatever a report holds,', () => {
  test('it is well-formed XML with names as they are, and the counts are true', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const suite = suiteOf(report);
        const kinds = suite.children.flatMap(({ children }) => children.map(({ name }) => name));
        for (const [attribute, kind] of [
          ['failures', 'failure'],
          ['errors', 'error'],
          ['skipped', 'skipped'],
        ] as const) {
          expect(suite.attributes[attribute]).toBe(String(kinds.filter((name) => name === kind).length));
        }
        expect(suite.attributes['tests']).toBe(String(suite.children.length));
        expect(renderJunit(report)).not.toMatch(/undefined|NaN|Infinity|\[object/);
      }),
    );
  });

  test('what a name holds is text', () => {
    const [, , , markup] = NASTY;
    const { children } = suiteOf({ ...reports.pass, causes: [cause(`\uFFFE${markup}\u0007\uFFFF"`)] });
    expect(children.at(-1)?.attributes['name']).toBe(`function: ${markup}"`);
  });
});

describe('the verdict decides over the first case, and nothing is red that is not', () => {
  test.each([
    ['fail', reports.fail, 'failure'],
    ['pass', reports.pass, 'passed'],
    ['same code', reports.sameCode, 'passed'],
    ['inconclusive', reports.inconclusive, 'skipped'],
    ['invalid', reports.invalid, 'error'],
  ] as const)('%s', (_, report, kind) => {
    expect(outcomes(report)['verdict']).toBe(kind);
    const red = Object.values(outcomes(report)).filter((outcome) => outcome === 'failure' || outcome === 'error');
    expect(red.length > 0).toBe(kind === 'failure' || kind === 'error');
  });
});

test('a waived function is skipped, beside one that is over its limit', () => {
  const [waived] = reports.waived.causes;
  expect(
    outcomes({ ...reports.fail, causes: [waived!, cause('main.slower', { effects: [effect('objects', 4, 2)] })] }),
  ).toMatchObject({
    [`function: ${waived?.function}`]: 'skipped',
    'function: main.slower': 'failure',
  });
});

test('a function over no limit of its own is red only where it explains a red total', () => {
  const explaining = [cause('main.f', { effects: [effect('objects', 40, 1, { status: 'within' })] })];
  expect(outcomes({ ...reports.fail, causes: explaining })['function: main.f']).toBe('failure');
  expect(outcomes({ ...reports.inconclusive, causes: explaining })['function: main.f']).toBe('skipped');
});

test('a place is given only where it lies in the repository', () => {
  const places = suiteOf(reports.explanations).children.map(({ attributes }) => attributes['file']);
  expect(places.filter((file) => file !== undefined)).toEqual([
    'cmd/orders/main.go',
    'internal/store/store.go',
    'page/page.go',
  ]);
});
