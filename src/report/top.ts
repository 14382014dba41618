/**
 * A table by function as text, in the columns of `go tool pprof -top`, with readable amounts. It shows and never judges.
 */
import type { FunctionTable } from '../profile/table.ts';

export interface TopOptions {
  /** Unit of the values as profiles name it (`nanoseconds`, `bytes`, `count`); the table's own when absent. */
  readonly unit?: string;
  readonly sort: 'flat' | 'cum';
  /** Rows to show; all when absent. */
  readonly limit?: number;
}

/** The table as lines of text, each with an end of line: what is shown, the heads of the columns, the rows. */
export function renderTop(table: FunctionTable, { unit = table.type.unit, sort, limit }: TopOptions): string {
  const order = table.rows.toSorted((a, b) => {
    const [x, y] = sort === 'flat' ? [a.flat, b.flat] : [a.cum, b.cum];
    return Math.abs(y) - Math.abs(x) || Math.abs(b.cum) - Math.abs(a.cum) || (a.name < b.name ? -1 : 1);
  });
  const rows = order.slice(0, limit);
  const shown = rows.reduce((sum, { flat }) => sum + flat, 0);
  const amount = (value: number) => formatAmount(value, unit);
  const share = (value: number) => formatShare(value, table.total);
  const lines = [`Type: ${table.type.type}`];
  lines.push(`Showing nodes accounting for ${amount(shown)}, ${share(shown).trim()} of ${amount(table.total)} total`);
  if (table.dropped > 0) lines.push(`Left out ${amount(table.dropped)} of the measurement's own work`);
  if (rows.length < table.rows.length) lines.push(`Showing top ${rows.length} nodes out of ${table.rows.length}`);
  lines.push(`${'flat'.padStart(12)}  flat%   sum% ${'cum'.padStart(12)}   cum%`);
  let sum = 0;
  for (const { name, flat, cum } of rows) {
    sum += flat;
    const figures = [amount(flat).padStart(12), share(flat), share(sum), amount(cum).padStart(12), share(cum)];
    lines.push(`${figures.join(' ')}  ${printable(name)}`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Times and sizes in the largest unit that keeps one digit before the point; everything else in groups of three digits. */
function formatAmount(value: number, unit: string): string {
  const steps = UNITS[unit.toLowerCase().replace(/s$/, '')];
  if (steps === undefined) return String(value).replace(/\B(?=(\d{3})+$)/g, ' ');
  const [name, factor] = steps.findLast(([, size]) => Math.abs(value) >= size) ?? steps[0]!;
  return `${(value / factor).toFixed(2).replace(/\.00$/, '')}${value === 0 ? '' : name}`;
}

type Steps = readonly [readonly [string, number], ...(readonly [string, number])[]];

const UNITS: Readonly<Record<string, Steps | undefined>> = {
  nanosecond: [
    ['ns', 1],
    ['us', 1e3],
    ['ms', 1e6],
    ['s', 1e9],
  ],
  byte: [
    ['B', 1],
    ['kB', 1024],
    ['MB', 1024 ** 2],
    ['GB', 1024 ** 3],
    ['TB', 1024 ** 4],
  ],
};

/** Without a sign, as pprof prints it. */
function formatShare(value: number, total: number): string {
  const percent = total === 0 ? 0 : Math.abs(value / total) * 100;
  if (percent === 0) return '    0%';
  if (percent < 0.005) return '<0.01%';
  return percent >= 99.95 && percent <= 100.05 ? '  100%' : `${percent.toFixed(2).padStart(5)}%`;
}

/** Names of symbols may hold tabs and worse. */
function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, ' ');
}
