/** Durations as Go writes them (`1m30s`): text to milliseconds. */
import { UserError } from '../base/errors.ts';
import { quoted } from './show.ts';

const NUMBER = '\\d{1,9}(?:\\.\\d{1,3})?';
export const DURATION_PATTERN = `^(?=\\d)(?:(${NUMBER})h)? ?(?:(${NUMBER})m)? ?(?:(${NUMBER})s)? ?(?:(${NUMBER})ms)?$`;

const UNITS_MS = [3_600_000, 60_000, 1000, 1];
const LONGEST_MS = 24 * 3_600_000;

/** The duration that `3m`, `90s`, `1m30s` or `500ms` says: 1 ms to a day. Throws a UserError that says what to write. */
export function parseDuration(text: string): number {
  const parts = new RegExp(DURATION_PATTERN).exec(text.trim())?.slice(1);
  if (parts === undefined) {
    const hint = /^\d+$/.test(text.trim())
      ? durationForNumber(Number(text))
      : 'write a duration such as "30s" or "1m30s"';
    throw new UserError(`${quoted(text)} is not a duration`, { hint });
  }
  const ms = Math.round(parts.reduce((sum, part, unit) => sum + Number(part ?? 0) * UNITS_MS[unit]!, 0));
  if (ms < 1) throw new UserError(`${quoted(text)} is no time at all`, { hint: 'write at least "1ms"' });
  if (ms > LONGEST_MS) throw new UserError(`${quoted(text)} is longer than a day`, { hint: 'write at most "24h"' });
  return ms;
}

/** What to write where a plain number stands: most likely seconds were meant. */
export function durationForNumber(value: number): string {
  return value > 0 && value <= 86_400 ? `say the unit: write "${value}s"` : 'write a duration such as "30s" or "1m30s"';
}
