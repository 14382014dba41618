/** The totals of both sides, side by side, from their manifests: what a request costs as a whole. */
import { estimateOf } from '../measure/estimate.ts';
import { LOAD_TOOL } from '../measure/fingerprint.ts';
import type { CpuResult, InstrumentResults, Manifest } from '../measure/manifest.ts';
import { metricOf, ROWS, type RowName } from '../model/metrics.ts';
import { noiseOf } from './noise.ts';
import type { TotalRow } from './report.ts';

type Row = Omit<TotalRow, 'limit' | 'status'> & Pick<TotalRow, 'limit' | 'status'>;

export function totalsOf(base: Manifest, head: Manifest): TotalRow[] {
  const rows = ROWS.flatMap((name) => rowOf(name, base.instruments, head.instruments) ?? []);
  const isByTool = [base, head].some(({ fingerprint }) => fingerprint[LOAD_TOOL] !== undefined);
  return isByTool ? rows.map(withChance) : rows;
}

/** Undefined where one side has no figures of it. */
function rowOf(name: RowName, base: InstrumentResults, head: InstrumentResults): Row | undefined {
  const { instrument, fields, unit } = metricOf(name);
  if (instrument === 'cpu') {
    if (base.cpu === undefined || head.cpu === undefined) return undefined;
    return timed(name, base.cpu, head.cpu, (round) => sumOf(round, fields));
  }
  const [before, after] = [base[instrument]?.replicates, head[instrument]?.replicates];
  if (before === undefined || after === undefined) return undefined;
  return exact<object>(name, unit, before, after, (replicate) => sumOf(replicate, fields));
}

function sumOf(figures: object, fields: readonly string[]): number {
  const all = figures as Readonly<Record<string, unknown>>;
  return fields.reduce((sum, field) => sum + Number(all[field]), 0);
}

/** The row with at least the noise that is known of load tools. */
function withChance(row: Row): Row {
  const { name, base, uncertainty } = row;
  if (uncertainty.kind !== 'exact' || base === 0) return row;
  const noise = Math.max(uncertainty.noise, metricOf(name).leftToTools ?? 0);
  return { ...row, uncertainty: { kind: 'exact', noise } };
}

function exact<Replicate>(
  name: RowName,
  unit: TotalRow['unit'],
  base: readonly Replicate[],
  head: readonly Replicate[],
  figure: (replicate: Replicate) => number,
): Row {
  const [before, after] = [base.map(figure), head.map(figure)];
  const [mean, other] = [meanOf(before), meanOf(after)];
  const noise = mean === 0 ? 0 : Math.max(noiseOf(before), noiseOf(after)) / mean;
  return { ...row(name, unit, mean, other), uncertainty: { kind: 'exact', noise } };
}

function timed(
  name: RowName,
  base: CpuResult,
  head: CpuResult,
  figure: (round: CpuResult['rounds'][number]) => number,
): Row {
  const mean = meanOf(base.rounds.map((round) => figure(round) / Math.max(1, round.requests)));
  const { change = 0, sd = 0, rounds = 0 } = estimateOf(base.rounds, head.rounds, figure) ?? {};
  return { ...row(name, 'ns', mean, mean * (1 + change)), uncertainty: { kind: 'spread', sd, rounds } };
}

const row = (name: RowName, unit: TotalRow['unit'], base: number, head: number): Omit<Row, 'uncertainty'> => ({
  name,
  unit,
  base,
  head,
  change: base === 0 ? undefined : head / base - 1,
  limit: undefined,
  status: 'unjudged',
});

const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
