import { describe, expect, test } from '@jest/globals';
import { notesOnAnswers } from '../../src/compare/answers.ts';
import { AnswerBook, type Answered } from '../../src/load/answers.ts';

const answered = (leastBytes: number, mostBytes = leastBytes, changes: Partial<Answered> = {}): Answered => ({
  count: 50,
  statuses: [200],
  leastBytes,
  mostBytes,
  ...changes,
});

const texts = (base: Answered, head: Answered) =>
  notesOnAnswers({ answers: { 'GET /orders': base } }, { answers: { 'GET /orders': head } }).map(({ text }) => text);

describe('a request that is answered differently', () => {
  test.each<[string, Answered, Answered, string]>([
    ['with less', answered(3120), answered(1204), '1 204 bytes in head, 3 120 in base'],
    ['with more', answered(0), answered(16), '16 bytes in head, 0 in base'],
    [
      'with less, whatever it varies by',
      answered(3000, 3200),
      answered(1e6, 12_345_678),
      '1 000 000 to 12 345 678 bytes in head, 3 000 to 3 200 in base',
    ],
    [
      'with another status',
      answered(10, 10, { statuses: [200, 201] }),
      answered(10, 10, { statuses: [202] }),
      '202 in head, 200 or 201 in base',
    ],
  ])('%s', (_, base, head, told) => {
    expect(texts(base, head)).toEqual([`GET /orders answers ${told}`]);
  });

  test.each<[string, Answered, Answered]>([
    ['is not one that is answered alike', answered(3120), answered(3120)],
    ['is not one whose answers vary by themselves', answered(3000, 3120), answered(3120, 3500)],
    ['is not one with a version or a date in it', answered(100), answered(115)],
    ['is not one whose large answer has a little more', answered(100_000), answered(100_999)],
    ['is not one that shares a status', answered(9, 9, { statuses: [200, 304] }), answered(9, 9, { statuses: [304] })],
    ['is not known from two answers', answered(3120), answered(1204, 1204, { count: 2 })],
  ])('%s', (_, base, head) => {
    expect(texts(base, head)).toEqual([]);
  });

  test('of a base that was measured before there were answers, or by a command, nothing is said', () => {
    expect(notesOnAnswers({}, { answers: { 'GET /': answered(1) } })).toEqual([]);
    expect(notesOnAnswers({ answers: { 'GET /': answered(1) } }, {})).toEqual([]);
    expect(notesOnAnswers({ answers: {} }, { answers: { toString: answered(1) } })).toEqual([]);
  });

  test('where there are many, the first are told and the others counted', () => {
    const all = (bytes: number) => Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`GET /${n}`, answered(bytes)]));
    const notes = notesOnAnswers({ answers: all(0) }, { answers: all(100) });
    expect(notes.map(({ code }) => code)).toEqual(Array(6).fill('answers-differ'));
    expect(notes[4]?.text).toBe('GET /5 answers 100 bytes in head, 0 in base');
    expect(notes[5]?.text).toBe('so do 2 other requests');
  });
});

test('what was answered is collected by request', () => {
  const book = new AnswerBook();
  for (const bytes of [20, 10, 30]) book.note('GET /a', 200, bytes);
  for (const status of [304, 200]) book.note('GET /b', status, 0);
  expect(book.all()).toEqual({
    'GET /a': { count: 3, statuses: [200], leastBytes: 10, mostBytes: 30 },
    'GET /b': { count: 2, statuses: [200, 304], leastBytes: 0, mostBytes: 0 },
  });
});
