/**
 * How figures are written, in one place: amounts, shares, times. It knows units and no metrics. Groups of digits are
 * parted by plain spaces; a renderer that may break lines there makes them non-breaking.
 */
export type Unit = 'count' | 'bytes' | 'ns';

/** `603 241`, `469.8`, `40`, `0.0123`: whole from 1000 on, one decimal below if it is no whole number, three digits below 1. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return 'n/a';
  const size = Math.abs(value);
  // The bounds are where rounding arrives at the next form.
  const digits = size >= 999.95 ? grouped(size) : size >= 0.9995 ? oneDecimal(size) : smallCount(size);
  return value < 0 && digits !== '0' ? `-${digits}` : digits;
}

/** `66.0 µs`: nanoseconds in the unit that leaves one to three digits before the point; `digits` significant ones. */
export function formatNs(ns: number, digits = 3): string {
  const size = Math.abs(ns);
  const rounded = Number(size.toPrecision(digits));
  if (!Number.isFinite(rounded)) return 'n/a';
  if (rounded < 0.01) return '0 ns';
  const [unit, factor] = TIMES.findLast(([, factor]) => rounded >= factor) ?? TIMES[0];
  const amount = rounded / factor;
  const whole = Math.floor(amount).toString().length;
  const figure = amount >= 1000 ? grouped(amount) : amount.toFixed(Math.max(0, digits - whole));
  return `${ns < 0 ? '-' : ''}${figure} ${unit}`;
}

/** The amount of a metric. Bytes are counted out, so that figures of exact instruments can be compared by eye. */
export function formatAmount(value: number, unit: Unit): string {
  return unit === 'ns' ? formatNs(value) : formatCount(value);
}

/** An amount with its sign: `+43 120`. */
export function formatRise(value: number, unit: Unit): string {
  return signed(formatAmount(value, unit));
}

/** `+7.4 %`; two decimals below 0.1 %. Never a negative zero. */
export function formatPercent(ratio: number): string {
  if (!Number.isFinite(ratio * 100)) return 'n/a';
  const figure = decimals(ratio * 100, percentDigits(ratio));
  return Number(figure) === 0 ? '+0.0 %' : `${signed(figure)} %`;
}

/** How many decimals `formatPercent` gives this ratio; what stands beside it should have as many. */
export function percentDigits(ratio: number): 1 | 2 {
  return Math.abs(ratio) < 0.001 ? 2 : 1;
}

/** A spread around something, in percent without its sign: `±2.3`; undefined where it is zero in that many decimals. */
export function formatSpread(ratio: number, digits: 1 | 2 = percentDigits(ratio)): string | undefined {
  const figure = decimals(Math.abs(ratio) * 100, digits);
  return Number(figure) === 0 ? undefined : `±${figure}`;
}

/** A limit as people write it: `+2 %`, `+0.5 %`. */
export function formatLimit(ratio: number): string {
  return `+${Number((ratio * 100).toPrecision(12))} %`;
}

/** A part of something, without a sign: `96 %`, `9.6 %`, `under 0.1 %`. */
export function formatShare(ratio: number): string {
  const percent = Math.max(0, ratio * 100);
  if (!Number.isFinite(percent)) return 'n/a';
  if (percent > 0 && percent < 0.1) return 'under 0.1 %';
  return `${percent >= 9.95 ? decimals(percent, 0) : trimmed(percent.toFixed(1))} %`;
}

/** How long something took: `850 ms`, `8 s`, `1 m 12 s`, `2 h 5 m`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return 'n/a';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = seconds < 3600 ? Math.floor(seconds / 60) : Math.round(seconds / 60);
  if (minutes < 60) return withRest(`${minutes} m`, seconds % 60, 's');
  return withRest(`${grouped(Math.floor(minutes / 60))} h`, minutes % 60, 'm');
}

const TIMES: readonly [readonly [string, number], ...(readonly [string, number])[]] = [
  ['ns', 1],
  ['µs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
];

const withRest = (text: string, rest: number, unit: string) => (rest === 0 ? text : `${text} ${rest} ${unit}`);

const signed = (figure: string) => (/^[-\d]/.test(figure) && !figure.startsWith('-') ? `+${figure}` : figure);

const trimmed = (figure: string) => figure.replace(/\.0+$/, '');

/** `2.02` is `2.0`, and only what is whole is `2`; sums of floating point numbers count as whole when they nearly are. */
const oneDecimal = (size: number) => (Math.abs(size - Math.round(size)) < 1e-6 ? size.toFixed(0) : size.toFixed(1));

/** Below the millionth of a thing per request there is none. */
const smallCount = (size: number) => (size < 1e-6 ? '0' : String(Number(size.toPrecision(3))));

/** The whole number in groups of three digits; nothing that is measured needs more than five of them. */
function grouped(size: number): string {
  if (size >= 1e15) return size.toExponential(2);
  return String(Math.round(size)).replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}

function decimals(value: number, digits: number): string {
  return Math.abs(value) >= 999.95 ? `${value < 0 ? '-' : ''}${grouped(Math.abs(value))}` : value.toFixed(digits);
}
