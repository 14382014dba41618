import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { codeSpan, escapeProse } from '../../src/report/markdown-escape.ts';
import { anyReport, hostileText } from './arbitrary-report.ts';
import { cause, effect, fail, sameCode } from './reports.ts';

/** The source without its code spans (each a `\uE000`) and backslash escapes (each a `\uE001`), as CommonMark reads a line. */
function outsideCode(line: string): string {
  let rest = '';
  for (let at = 0; at < line.length; ) {
    if (line[at] === '\\' && /[!-/:-@[-`{-~]/.test(line[at + 1] ?? '')) {
      rest += '\uE001';
      at += 2;
      continue;
    }
    const fence = /^`+/.exec(line.slice(at))?.[0];
    const close = fence && new RegExp(`(?<!\`)${fence}(?!\`)`, 'g');
    if (!close) {
      rest += line[at++];
      continue;
    }
    close.lastIndex = at + fence.length;
    const end = close.exec(line);
    // A fence that nothing closes is plain text, and then everything behind it is read otherwise than it was meant.
    if (end === null) return `${rest}\uE000 <unclosed`;
    rest += '\uE000';
    at = end.index + fence.length;
  }
  return rest;
}

const OWN_HTML = /^<details><summary>|<\/summary>$|^<\/details>$/g;

/** What a comment would obey: HTML, mentions and addresses, references, links, the rest of Markdown. */
const OBEYED = [/</, /@(?!\u200B)/, /#(?!\u200B|36;)/, /:\/\/|www\./i, /GH-\d/i, /[[\]_~|$*]/, /!\[/];

/** How our own lines begin, and what no item of a list may begin with: it would be a block of its own. */
const OWN_START = /^(|\*\*|\||- |\d+\. | {3,9}- |<\/?details>|This run|Try it|Left out|Same machine)/;
const BLOCK_IN_ITEM = /^ *- ([-+>]|#(?!\u200B)|\*(?!\*)|\d+[.)]( |$)|=|```[^`]*$|~~~)/;

/** The lines in which something of the report's texts is more than text. Without `expect` for each: that takes seconds. */
function faults(markdown: string): string[] {
  return markdown.split('\n').filter((line) => {
    if (line.startsWith('|')) return line.match(/(?<!\\)\|/g)?.length !== 7;
    const rest = outsideCode(line.replaceAll(OWN_HTML, '')).replaceAll('**', '');
    const isObeyed = OBEYED.some((pattern) => pattern.test(rest)) || /[\p{Cc}\p{Cs}]/u.test(line);
    return (
      isObeyed || !OWN_START.test(line) || BLOCK_IN_ITEM.test(line) || /undefined|NaN|Infinity|\[object/.test(line)
    );
  });
}

describe('names do nothing in a comment', () => {
  test('any report', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const markdown = renderMarkdown(report);
        expect(faults(markdown)).toEqual([]);
        const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
        expect(rows).toHaveLength(report.isSameCode || report.totals.length === 0 ? 0 : report.totals.length + 2);
      }),
      { numRuns: 300 },
    );
  });

  test.each(['a <b>', '@me', '#1', 'https://x', 'www.x', '*a*', 'a | b', '`a', '- # a', '- 1. a', '- ```'])(
    'the check would see %p',
    (line) => expect(faults(line)).toEqual([line]),
  );

  test('a code span shows what it was given', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const name = text.replaceAll(/\s+/g, ' ').trim();
        fc.pre(name !== '');
        const span = codeSpan(name);
        const [, fence, inside] = /^(`+)(.*)\1$/su.exec(span)!;
        expect(inside).not.toMatch(new RegExp(`(?<!\`)${fence}(?!\`)`));
        // CommonMark 6.1.
        const shown = /^ .*[^ ].* $/s.test(inside!) ? inside!.slice(1, -1) : inside;
        expect(shown).toBe(name);
      }),
    );
  });

  test.each([
    ['1. one', '1\\. one'],
    ['v1.2.3', 'v1.2.3'],
    ['0.1.0', '0.1.0'],
    ['- a', '\\- a'],
    ['a-b', 'a-b'],
    ['#412 by @me', '#\u200B412 by @\u200Bme'],
    ['$x$', '&#36;x&#36;'],
    ['a & b', 'a &amp; b'],
  ])('%p as prose is %p', (text, escaped) => expect(escapeProse(text)).toBe(escaped));
});

describe('length', () => {
  test('never over the maximum, never half a character, tables whole', () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 1, max: 12_000 }), (report, maxLength) => {
        const text = renderMarkdown(report, { maxLength });
        expect(text.length).toBeLessThanOrEqual(maxLength);
        expect(text).not.toMatch(/\p{Cs}/u);
        const rows = text.split('\n').filter((line) => line.startsWith('|')).length;
        expect([0, report.totals.length + 2]).toContain(rows);
        expect(text.match(/^<details>/gm)?.length).toBe(text.match(/^<\/details>/gm)?.length);
      }),
      { numRuns: 300 },
    );
  });

  const many = {
    ...fail,
    totals: fail.totals.filter(({ name }) => name === 'instructions'),
    causes: Array.from({ length: 900 }, (_, i) =>
      cause(`example.com/shop/generated.function${i}`, { effects: [effect('instructions', 1000, 100 - i / 10)] }),
    ),
    moved: Array.from({ length: 40 }, (_, i) => ({
      function: `main.moved${i}`,
      metric: 'objects' as const,
      rise: 3,
      netRise: 0,
    })),
  };

  test('the least important goes first, and what is left out is counted', () => {
    const text = renderMarkdown(many);
    expect(text.length).toBeLessThanOrEqual(60_000);
    expect(text.length).toBeGreaterThan(59_000);
    const shown = text.match(/^\d+\. /gm)!.length;
    expect(text).toContain(
      `Left out, because the comment would be too long: ${900 - shown} of "why", 40 of "moved" and 1 of "unchanged code".`,
    );
    expect(text).toContain('All of it is in report.json.');
    expect(text).toContain('Try it:');
    expect(text).not.toContain('main.moved');
  });

  test('a section is shortened, not dropped, where some of it fits', () => {
    const whole = renderMarkdown({ ...many, causes: [] });
    const text = renderMarkdown({ ...many, causes: [] }, { maxLength: whole.length - 500 });
    expect(text).toContain('main.moved0');
    expect(text).toContain('\n\n</details>');
    expect(text).toMatch(/Left out, because the comment would be too long: \d+ of "moved" and 1 of "unchanged code"/);
    expect(renderMarkdown({ ...many, causes: [] }, { maxLength: whole.length })).toBe(whole);
  });

  test('every length is kept, and no less important section takes the room of a more important one', () => {
    const report = {
      ...fail,
      notes: Array.from({ length: 4 }, (_, i) => ({ code: 'x', text: `${i} ${'a long note '.repeat(20)}` })),
      moved: many.moved.slice(0, 3),
    };
    const whole = renderMarkdown(report);
    for (let maxLength = 1; maxLength <= whole.length; maxLength++) {
      const text = renderMarkdown(report, { maxLength });
      if (text.length > maxLength) throw new Error(`${text.length} characters where ${maxLength} were allowed`);
      const notes = text.match(/a long note$/gm)?.length ?? 0;
      if (notes < 4 && text.includes('main.moved')) throw new Error(`moved functions, but only ${notes} notes`);
    }
  });

  test('the verdict is the last to go', () => {
    expect(renderMarkdown(fail, { maxLength: 600 })).toMatch(/^\*\*perf-gate: fail\*\* · orders .*\n\nLeft out,/);
    expect(renderMarkdown(fail, { maxLength: 30 })).toBe('**perf-gate: fail**\n');
  });
});

test('a report of the same code is two paragraphs', () => {
  expect(renderMarkdown(sameCode).trimEnd().split('\n\n')).toHaveLength(2);
});
