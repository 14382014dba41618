import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Report, VERDICTS, type VerdictName, worstOf } from '../../src/compare/report.ts';
import { formats } from '../../src/report/formats.ts';
import { parseReport } from '../../src/report/json.ts';
import { renderSeveral } from '../../src/report/several.ts';
import { anyReport } from './arbitrary-report.ts';
import { fail, hostile, invalid, missingValgrind, pass } from './reports.ts';
import { type Element, parseXml } from './xml.ts';

const browse: Report = { ...pass, scenario: 'browse' };
const checkout: Report = { ...fail, scenario: 'checkout' };
const both = [browse, checkout];
const FORMATS = ['text', 'markdown', 'json', 'junit'] as const;

test('one report alone is as it is, in every format', () => {
  for (const format of FORMATS) expect(renderSeveral([fail], format)).toBe(formats[format](fail));
});

describe('the verdict of several', () => {
  const of = (...verdicts: VerdictName[]) => worstOf(verdicts.map((verdict) => ({ verdict })));

  test('is fail if one fails: what is over its limit is so, whatever else was not measured', () => {
    expect(VERDICTS.map((verdict) => of('pass', verdict, 'fail'))).toEqual(['fail', 'fail', 'fail', 'fail']);
  });

  test('is otherwise invalid if one is: what was not measured is never green', () => {
    expect([of('pass', 'invalid'), of('invalid', 'inconclusive', 'pass')]).toEqual(['invalid', 'invalid']);
    expect([of('pass', 'inconclusive'), of('pass', 'pass'), of()]).toEqual(['inconclusive', 'pass', 'invalid']);
  });
});

describe('scenarios of one service', () => {
  test('are texts one after the other, with a line in front that sums up, and say which is which', () => {
    const text = renderSeveral(both, 'text');
    expect(text).toBe(
      `perf-gate  FAIL  orders  browse pass, checkout fail\n\n${formats.text(browse)}\n${formats.text(checkout)}`,
    );
    expect(text).toContain('\nperf-gate  PASS  orders · browse  head 3f2a91c');
    expect(text).toContain('\nperf-gate  FAIL  orders · checkout  head 3f2a91c');
  });

  test('wrap in their line, and have colours there', () => {
    const many = Array.from({ length: 12 }, (_, i) => ({ ...pass, scenario: `a-scenario-${i}` }));
    const [first = '', second = ''] = renderSeveral(many, 'text').split('\n');
    expect(first.length).toBeLessThanOrEqual(100);
    expect(second).toMatch(/^ {11}a-scenario-\d+ pass, /);
    expect(renderSeveral(both, 'text', { color: true }).split('\n')[0]).toContain('\u001B[31mcheckout fail\u001B[39m');
  });

  test('are one Markdown document that is no longer than it may be', () => {
    const text = renderSeveral(both, 'markdown');
    expect(text).toMatch(
      /^\*\*perf-gate: fail\*\* · orders · browse pass, checkout fail\n\n\*\*perf-gate: pass\*\* · orders · browse · /,
    );
    const names = Array.from({ length: 4000 }, (_, i) => ({ ...hostile.moved[0]!, function: `f${i}` }));
    const long = both.map((report) => ({ ...report, moved: names }));
    for (const maxLength of [10_000, 60_000]) {
      const cut = renderSeveral(long, 'markdown', { maxLength });
      expect(cut.length).toBeLessThanOrEqual(maxLength);
      expect(cut.match(/Left out, because/g)).toHaveLength(2);
    }
    expect(renderSeveral(long, 'markdown').length).toBeLessThanOrEqual(60_000);
  });

  test('are one JSON value with the worst verdict and every report whole', () => {
    const { verdict, reports } = JSON.parse(renderSeveral(both, 'json')) as { verdict: string; reports: object[] };
    expect(verdict).toBe('fail');
    expect(reports.map((report) => parseReport(JSON.stringify(report)))).toEqual(both);
    expect(reports.map((report) => JSON.stringify(report))).toEqual(
      both.map((report) => JSON.stringify(JSON.parse(formats.json(report)))),
    );
  });

  test('are one JUnit document with a suite of each, and tests that a CI system can tell apart', () => {
    const root = parseXml(renderSeveral([...both, { ...invalid, scenario: 'search' }], 'junit'));
    expect(root.children.map(({ attributes }) => attributes['name'])).toEqual([
      'orders · browse',
      'orders · checkout',
      'orders · search',
    ]);
    const count = (element: Element, name: string) => Number(element.attributes[name]);
    for (const name of ['tests', 'failures', 'errors', 'skipped', 'time']) {
      const sum = root.children.reduce((all, suite) => all + count(suite, name), 0);
      expect(count(root, name)).toBeCloseTo(sum);
    }
    const ids = root.children.flatMap(({ children }) =>
      children.map((one) => Object.values(one.attributes).slice(0, 2).join()),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('reports of several services are called by them', () => {
  const line = (...reports: Report[]) => renderSeveral(reports, 'text').split('\n')[0];
  expect(line(pass, { ...fail, service: 'stock' })).toBe('perf-gate  FAIL  orders pass, stock fail');
  expect(line(browse, { ...invalid, service: 'stock' })).toBe(
    'perf-gate  INVALID  orders · browse pass, stock invalid',
  );
});

test('whatever they hold, they stay one line, one value, one element', () => {
  fc.assert(
    fc.property(fc.array(anyReport, { minLength: 2, maxLength: 3 }), (reports) => {
      expect(JSON.parse(renderSeveral(reports, 'json')).reports).toHaveLength(reports.length);
      expect(parseXml(renderSeveral(reports, 'junit')).children).toHaveLength(reports.length);
      const [line = '', empty] = renderSeveral(reports, 'markdown').split('\n');
      expect(line).toMatch(/^\*\*perf-gate: \w+( \([\w ,]+ not judged\))?\*\* · /);
      expect(empty).toBe('');
    }),
    { numRuns: 30 },
  );
});

test('what was not judged in one of them stands beside the verdict of all', () => {
  const two = [
    { ...pass, scenario: 'list' },
    { ...missingValgrind, scenario: 'checkout' },
  ];
  expect(renderSeveral(two, 'text').split('\n')[0]).toContain('PASS (CPU not judged)');
  expect(renderSeveral(two, 'markdown')).toMatch(
    /^\*\*perf-gate: pass \(CPU not judged\)\*\*.*list pass, checkout pass \(CPU not judged\)/,
  );
});
