/** A report that somebody has changed says two things at once. */
import { describe, expect, test } from '@jest/globals';
import type { Report } from '../../src/compare/report.ts';
import { contradictionIn } from '../../src/report/contradiction.ts';
import * as reports from './reports.ts';

const { fail, pass, inconclusive, sameCode } = reports;

describe('a report', () => {
  const made = Object.entries(reports).filter(
    (entry): entry is [string, Report] => typeof entry[1] === 'object' && 'verdict' in entry[1],
  );
  test.each(made)('as a run makes it, %s, does not contradict itself', (_, report) => {
    expect(contradictionIn(report)).toBeUndefined();
  });

  test('that is red for its own rules does not, unless they are tightened alone', () => {
    const { configChanges = [] } = reports.ownRules;
    const red = (kind: 'loosened' | 'tightened', report: Report) =>
      contradictionIn({ ...report, verdict: 'fail', configChanges: [{ ...configChanges[0]!, kind }] });
    expect([red('loosened', pass), red('loosened', sameCode)]).toEqual([undefined, undefined]);
    expect(red('tightened', pass)).toContain('nothing is over its limit');
  });

  const faster = fail.totals.map((row) => ({ ...row, status: 'ok' as const }));
  test.each<[string, Report, string]>([
    [
      'with a total over its limit',
      { ...fail, verdict: 'pass' },
      'instructions is over its limit, and the verdict pass',
    ],
    [
      'with a function over its limit',
      { ...pass, causes: fail.causes },
      'main.hashItems is over its limit, and the verdict pass',
    ],
    ['with figures over the limit', { ...pass, totals: faster }, 'its figures are not'],
    ['of noise', { ...inconclusive, verdict: 'pass' }, 'not all is clearly within its limit'],
    ['of nothing', { ...pass, totals: [] }, 'nothing was measured'],
    ['of the same code', { ...pass, isSameCode: true }, 'figures differ'],
    ['red of nothing', { ...pass, verdict: 'fail' }, 'nothing is over its limit'],
    ['red of the same code', { ...sameCode, verdict: 'inconclusive' }, 'the same code'],
  ])('that was changed, %s, does', (_, report, words) => {
    expect(contradictionIn(report)).toContain(words);
  });
});
