/** One step as one line: whatever it is called and however narrow the terminal is. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { oneLine } from '../../src/base/text.ts';
import { cellsOf } from '../../src/base/width.ts';
import { renderFact, renderStep } from '../../src/progress/render.ts';
import type { Step } from '../../src/progress/step.ts';

const WIDE = { width: 100, hasColor: false };
const step = (changes: Partial<Step> = {}): Step => ({
  side: undefined,
  name: 'building both sides',
  startedMs: 1000,
  state: 'running',
  ...changes,
});
const ended = (state: 'done' | 'failed' | 'stopped', tookMs: number, changes: Partial<Step> = {}) =>
  step({ state, endedMs: 1000 + tookMs, ...changes });

test.each([
  ['at work, in whole seconds', step(), 4990, '•       3 s  building both sides'],
  ['at work for minutes', step(), 1000 + 132_900, '•  2 m 12 s  building both sides'],
  ['done, to the tenth', ended('done', 12_340), 99_000, '✓    12.3 s  building both sides'],
  ['done after what rounds to a minute', ended('done', 59_960), 99_000, '✓   1 m 0 s  building both sides'],
  ['done after minutes', ended('done', 605_400), 999_000, '✓  10 m 5 s  building both sides'],
  ['failed', ended('failed', 200), 99_000, '✗     0.2 s  building both sides'],
  ['stopped', ended('stopped', 0), 99_000, '–     0.0 s  building both sides'],
  ['of one side', step({ side: 'head' }), 1000, '•       0 s  head: building both sides'],
  ['with how far it is', step({ stage: '1 of 2' }), 1000, '•       0 s  building both sides (1 of 2)'],
  ['done: not where it was last', ended('done', 100, { stage: '2 of 2' }), 0, '✓     0.1 s  building both sides'],
  [
    'failed: where it was last',
    ended('failed', 100, { stage: '2 of 2' }),
    0,
    '✗     0.1 s  building both sides (2 of 2)',
  ],
])('a step %s', (_, given, now, line) => {
  expect(renderStep(given, now, WIDE)).toBe(line);
});

describe('rounds', () => {
  test.each([
    ['none is over', undefined, '(round 3 of 5)'],
    ['one is over: it has no spread', { change: 0.0123, sd: undefined }, '(round 3 of 5: +1.2 %)'],
    ['several are over', { change: 0.0123, sd: 0.0081 }, '(round 3 of 5: +1.2 % ±0.8 %)'],
    ['less than nothing', { change: -0.0004, sd: 0.0102 }, '(round 3 of 5: -0.04 % ±1.02 %)'],
    ['a spread of nothing', { change: 0.0123, sd: 0 }, '(round 3 of 5: +1.2 % ±0.0 %)'],
  ])('%s', (_, estimate, text) => {
    const line = renderStep(step({ stage: { round: 3, rounds: 5, estimate } }), 1000, WIDE);
    expect(line).toBe(`•       0 s  building both sides ${text}`);
  });

  test('what they came to stays when all are over', () => {
    const stage = { round: 5, rounds: 5, estimate: { change: 0.012, sd: 0.008 } };
    expect(renderStep(ended('done', 100, { stage }), 0, WIDE)).toMatch(/ \(5 rounds: \+1\.2 % ±0\.8 %\)$/);
  });
});

describe('what does not fit', () => {
  const profiling = step({ name: 'profiling both sides on one core', stage: 'round 3 of 5' });

  test.each([
    [70, '•       0 s  profiling both sides on one core (round 3 of 5)'],
    [50, '•       0 s  profiling both sides … (round 3 of 5)'],
    [38, '•       0 s  profiling b… (round 3 of…'],
    [20, '•       0 s  profil…'],
    [13, '•       0 s  '],
    [12, '•       0 s…'],
    [3, '• …'],
    [1, '…'],
    [0, ''],
  ])('is left out of %d cells: of the name first, because how far it is changes', (width, line) => {
    expect(renderStep(profiling, 1000, { width, hasColor: false })).toBe(line);
  });

  test('a wide character counts for two and is never halved', () => {
    const named = step({ name: '価格サービス' });
    const lines = [25, 24, 22].map((width) => renderStep(named, 1000, { width, hasColor: false }).slice(13));
    expect(lines).toEqual(['価格サービス', '価格サービ…', '価格サー…']);
  });

  const anything = fc.string({ unit: 'binary', maxLength: 60 }).map(oneLine);
  test('no name is too hostile: one line of at most this many cells', () => {
    fc.assert(
      fc.property(anything, anything, fc.nat(100), (name, stage, width) => {
        const line = renderStep(step({ name, stage }), 1000, { width, hasColor: false });
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
        expect(cellsOf(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test('colours are for the sign and the time, and cost no room', () => {
  const line = renderStep(ended('failed', 200), 0, { width: 20, hasColor: true });
  expect(line).toBe('\x1b[31m✗\x1b[0m\x1b[2m     0.2 s  \x1b[0mbuildi…');
});

test('a fact stands below the names of the steps; what is for --verbose is dim', () => {
  expect(renderFact('head against base', false, true)).toBe('             head against base');
  expect(renderFact('$ go build', true, true)).toBe('\x1b[2m             $ go build\x1b[0m');
  expect(renderFact('$ go build', true, false)).toBe('             $ go build');
});

test.each([
  ['ASCII', 'abc', 3],
  ['an accent of its own', 'e\u0301', 1],
  ['Chinese', '价格', 4],
  ['Korean', '가격', 4],
  ['fullwidth letters', 'ＡＢ', 4],
  ['katakana with a long vowel', 'サーバー', 8],
  ['a middle dot', '·', 1],
  ['halfwidth katakana', 'ｶﾅ', 2],
  ['an emoji', '🚀', 2],
  ['a family, joined', '👨\u200d👩\u200d👧', 2],
  ['a sign made an emoji', '❤\ufe0f', 2],
  ['a sign that is none', '✓', 1],
  ['what has no width', 'a\u200bb\u2060', 2],
])('cells of %s', (_, text, cells) => {
  expect(cellsOf(text)).toBe(cells);
});
