/** Limits that guard nothing are told: a written one for time, which is shown and not judged. */
import { expect, test } from '@jest/globals';
import { notesOnLimits } from '../../src/compare/limit-notes.ts';
import { parseConfig } from '../../src/config/parse.ts';

function notesOf(limits: string): string[] {
  const text = `service: { package: . }\nload: { requests: [GET /] }\n${limits}`;
  const judged = { names: [], rows: [], isDeclared: () => true, today: '2026-01-01' };
  return notesOnLimits({ ...judged, limits: parseConfig(text, 'perf-gate.yml').limits }).map((note) => note.text);
}

test('a limit on CPU time that somebody wrote, and none that holds by itself', () => {
  const told = 'limits.cpu guards nothing: time is shown and not judged yet, instructions judge the CPU';
  expect(notesOf('limits:\n  cpu: { total: +5% }\n')).toEqual([`perf-gate.yml:4: ${told}`]);
  expect(notesOf('limits:\n  cpu: { function: +5% }\n')).toEqual([`perf-gate.yml:4: ${told}`]);
  expect(notesOf('limits:\n  objects: { total: +5% }\n')).toEqual([]);
  expect(notesOf('limits:\n  cpu: off\n')).toEqual([]);
});
