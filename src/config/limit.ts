/** Limits (`+2%`) and shares (`0.1%`): text to ratio. */
import { UserError } from '../base/errors.ts';
import type { Floor, Limit, LimitOrOff } from './config.ts';
import { quoted } from './show.ts';

export const LIMIT_PATTERN = '^\\+\\s*\\d{1,5}(\\.\\d{1,9})?\\s*%$';
export const SHARE_PATTERN = '^\\d{1,2}(\\.\\d{1,9})?\\s*%$';

/** The limit that `+2%` or `+0.5 %` says; `at` is where it stands. Throws a UserError that says what to write. */
export function parseLimit(text: string, at?: string): Limit {
  const written = text.trim();
  if (!new RegExp(LIMIT_PATTERN).test(written))
    throw new UserError(`${quoted(text)} is not a limit`, { hint: limitHint(written) });
  return { ratio: ratioOf(written), text: written, at };
}

/** The one of two limits on the same thing that allows less; the first where they allow the same. */
export function stricter(a: LimitOrOff, b: LimitOrOff): LimitOrOff {
  if (a === 'off' || b === 'off') return a === 'off' ? b : a;
  return b.ratio < a.ratio ? b : a;
}

/** Whether a floor is nowhere larger than another, whatever the total. */
export const isAtMost = (floor: Floor, other: Floor): boolean =>
  floor.perRequest <= other.perRequest && floor.ratio <= other.ratio;

/** The ratio that a share such as `0.1%` says: at least 0, under 1. Throws a UserError that says what to write. */
export function parseShare(text: string): number {
  const written = text.trim();
  if (!new RegExp(SHARE_PATTERN).test(written)) {
    throw new UserError(`${quoted(text)} is not a share`, { hint: 'write a share under 100 %, such as "0.1%"' });
  }
  return ratioOf(written);
}

/** What to write where a plain number stands: 2 can only mean +2%, 0.02 may mean either. */
export function limitForNumber(value: number): string {
  if (!(value >= 0) || value > 1000) return 'write a limit such as "+2%"';
  if (value === 0 || value >= 1) return `write "+${value}%"`;
  return `write "+${Number((value * 100).toPrecision(12))}%", or "+${value}%" if that is what you mean`;
}

function limitHint(written: string): string {
  const number = /^([+-]?)\s*(\d+)(?:[.,](\d+))?\s*%?$/.exec(written);
  if (number === null) {
    const isAmount = /^[+-]?\s*[\d.,]+\s*[\p{L}/][^%]*$/u.test(written);
    return isAmount
      ? 'a limit is a share of the base, such as "+2%"; an amount can be a floor'
      : 'write a limit such as "+2%"';
  }
  const [, sign, whole, fraction] = number;
  if (whole!.length > 5) return 'write at most "+99999%"';
  const meant = `"+${whole}${fraction === undefined ? '' : `.${fraction.slice(0, 9)}`}%"`;
  return sign === '-' ? `a limit is the rise that is allowed: write ${meant}` : `write ${meant}`;
}

/** By way of the decimal exponent: 0.7 / 100 would be 0.006999999999999999. */
function ratioOf(percent: string): number {
  return Number(`${percent.replaceAll(/[+%\s]/g, '')}e-2`);
}
