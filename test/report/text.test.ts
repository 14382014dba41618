import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Report } from '../../src/compare/report.ts';
import { renderText } from '../../src/report/text.ts';
import { anyReport } from './arbitrary-report.ts';
import * as reports from './reports.ts';
import { cause, effect, fail, limit, pass, row } from './reports.ts';

const lineWith = (report: Report, word: string) =>
  renderText(report)
    .split('\n')
    .find((line) => line.includes(word));

test('no line is longer than 100 characters where the names allow it', () => {
  const { hostile, NASTY, ...modest } = reports;
  for (const report of Object.values(modest).filter(
    (value): value is Report => typeof value === 'object' && 'verdict' in value,
  )) {
    for (const line of renderText(report).split('\n')) expect([...line].length).toBeLessThanOrEqual(100);
  }
});

test('no name reaches the terminal as anything but text', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const text = renderText(report);
      expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      expect(text.endsWith('\n')).toBe(true);
      expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
    }),
  );
});

test('a report of the same code is two lines', () => {
  expect(renderText(reports.sameCode).trimEnd().split('\n')).toHaveLength(2);
});

test('a pass without CPU says so right below the header', () => {
  const [first, second, third] = renderText(reports.missingValgrind).split('\n');
  expect(first).toContain('PASS (CPU not judged)');
  expect(second).toContain('against base');
  expect(third).toContain('CPU was not judged: valgrind is not installed');
});

describe('rows', () => {
  const withRow = (changed: Report['totals'][number]) => ({ ...pass, totals: [changed] });
  const spread = (sd: number, rounds: number) => ({ kind: 'spread' as const, sd, rounds });

  test('a base of nothing has no percentage', () => {
    expect(lineWith(withRow(row('objects', 0, 3)), 'objects  ')).toMatch(/0\s+3\s+was none$/);
    expect(lineWith(withRow(row('objects', 0, 0)), 'objects  ')).toMatch(/0\s+0$/);
  });

  test('a limit that is off leaves no word', () => {
    expect(lineWith(withRow(row('objects', 1, 3)), 'objects  ')).toMatch(/\+200\.0 % exact$/);
  });

  test('one round has no spread', () => {
    const text = renderText(
      withRow(row('cpu', 10, 11, { unit: 'ns', limit: limit(5), status: 'unjudged', uncertainty: spread(0, 1) })),
    );
    expect(text).toContain('(1 round)');
    expect(text).toContain('cpu time is shown, not judged: one round says nothing of its spread');
  });

  test('a close time says what its rounds differ by and what would decide', () => {
    const close = row('cpu', 10, 10.6, { unit: 'ns', limit: limit(5), status: 'close', uncertainty: spread(0.02, 7) });
    const text = renderText({ ...withRow(close), verdict: 'inconclusive' });
    expect(text).toContain('cpu time: over the limit, but not clearly: its spread over 7 rounds is ±2.0 %');
    expect(text).toContain('more rounds for cpu time: raise budget in the config');
  });

  test('a rise that is within its limit by chance is not said to be over it', () => {
    const close = row('objects', 1000, 1005, { limit: limit(1), noise: 0.03, status: 'close' });
    const text = renderText({ ...withRow(close), verdict: 'inconclusive' });
    expect(text).toContain(
      'objects: within the limit, but not clearly: the same code differs by 3.0 % from run to run',
    );
  });

  test('noise beyond the digits shown is told', () => {
    expect(lineWith(withRow(row('objects', 1000, 1100, { noise: 0.0004 })), 'objects  ')).toContain('+10.0 % exact');
    expect(lineWith(withRow(row('objects', 1000, 1100, { noise: 0.0006 })), 'objects  ')).toContain('+10.0 % (±0.1)');
    expect(lineWith(withRow(row('objects', 100_000, 100_010, { noise: 0.0004 })), 'objects  ')).toContain(
      '+0.01 % (±0.04)',
    );
  });
});

describe('causes', () => {
  const withCause = (changed: Parameters<typeof cause>[1]) => ({ ...fail, causes: [cause('main.f', changed)] });

  test.each([
    [{ path: 'x.io/m', head: 'v1.0.0' }, '(new dependency x.io/m v1.0.0)'],
    [{ path: 'x.io/m', base: 'v1.0.0' }, '(dependency x.io/m v1.0.0, now left out)'],
    [{ path: 'x.io/m', base: 'v1.0.0', head: 'v1.1.0' }, '(dependency x.io/m v1.0.0 -> v1.1.0)'],
  ])('dependency %p', (module, text) => expect(renderText(withCause({ module }))).toContain(text));

  test.each([
    [{ kind: 'per-call' as const, calls: 40, ratio: 0.12 }, 'each of its 40 calls costs 12 % more'],
    [{ kind: 'per-call' as const, calls: 1, ratio: 1 }, 'its one call a request costs 2x as much'],
    [{ kind: 'per-call' as const, calls: 0.2, ratio: 0.004 }, 'each call costs 0.4 % more'],
    [{ kind: 'per-call' as const, calls: 3, ratio: 0 }, 'each of its 3 calls costs more'],
    [{ kind: 'calls' as const, base: 0.5, head: 12 }, 'called 12x a request, was 0.5x'],
  ])('%p', (explanation, text) => expect(renderText(withCause({ explanation }))).toContain(text));

  test('what a total within its limit gained needs no explanation', () => {
    const within = effect('instructions', 100, 4, { status: 'within', explains: 0.5 });
    expect(renderText({ ...pass, causes: [cause('main.f', { effects: [within] })] })).not.toContain('explains');
    expect(renderText({ ...fail, causes: [cause('main.f', { effects: [within] })] })).toContain('explains 50 %');
  });

  test('ten of them, and how many more there are', () => {
    const text = renderText({ ...fail, causes: Array.from({ length: 12 }, (_, i) => cause(`main.f${i}`)) });
    expect(text).toContain('  10 main.f9');
    expect(text).not.toContain('main.f10');
    expect(text).toContain('… and 2 more, see report.json');
  });
});

describe('totals that no cause explains', () => {
  const over = (name: Report['totals'][number]['name']) => row(name, 100, 120, { limit: limit(5), status: 'over' });
  const hash = cause('main.hash', { effects: [effect('instructions', 10, 9, { status: 'within' })] });
  const withRows = (names: Parameters<typeof over>[0][], causes = [hash]) =>
    renderText({ ...fail, totals: names.map(over), causes, unchanged: [] });

  test('are named beside the causes of others', () => {
    const text = withRows(['instructions', 'objects', 'bytes']);
    expect(text).toContain('  what these do not explain\n');
    expect(text).toContain('     no function that head changed explains the rise in objects and bytes\n');
  });

  test('are not: those that a cause has a rise in, waived or not', () => {
    expect(withRows(['instructions'])).not.toContain('explain the rise');
    const waived = { ...hash, effects: [effect('instructions', 10, 9, { status: 'waived' })] };
    expect(withRows(['instructions'], [waived])).not.toContain('no function');
  });

  test('have another reason where functions have no figure', () => {
    const text = withRows(['collection', 'io-calls'], []);
    expect(text).toContain('     collection follows what is allocated and kept: see objects and bytes\n');
    expect(text).toContain('     io calls: counted for the service as a whole, so no function can be named\n');
    expect(text).not.toContain('no function that');
  });
});
