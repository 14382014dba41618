/** The totals of both sides, side by side, from their manifests: what a request costs as a whole. */
import type { CpuResult, Manifest } from '../measure/manifest.ts';
import type { RowName, TotalRow } from './report.ts';

type Row = Omit<TotalRow, 'limit' | 'status'> & Pick<TotalRow, 'limit' | 'status'>;

export function totalsOf(base: Manifest, head: Manifest): TotalRow[] {
  const rows: TotalRow[] = [];
  const [b, h] = [base.instruments, head.instruments];
  if (b.instructions && h.instructions) {
    const [before, after] = [b.instructions.replicates, h.instructions.replicates];
    rows.push(exact('instructions', 'count', before, after, ({ mutator, collection }) => mutator + collection));
    rows.push(exact('collection', 'count', before, after, ({ collection }) => collection));
  }
  if (b.cpu && h.cpu) {
    rows.push(
      timed('cpu', b.cpu, h.cpu, ({ userNs }) => userNs),
      timed('system-cpu', b.cpu, h.cpu, ({ systemNs }) => systemNs),
    );
  }
  if (b.allocs && h.allocs) {
    const [before, after] = [b.allocs.replicates, h.allocs.replicates];
    rows.push(exact('objects', 'count', before, after, ({ objects }) => objects));
    rows.push(exact('bytes', 'bytes', before, after, ({ bytes }) => bytes));
  }
  if (b.io && h.io) {
    const [before, after] = [b.io.replicates, h.io.replicates];
    rows.push(exact('io-calls', 'count', before, after, ({ readCalls, writeCalls }) => readCalls + writeCalls));
    rows.push(exact('io-bytes', 'bytes', before, after, ({ readBytes, writeBytes }) => readBytes + writeBytes));
  }
  return rows;
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
  const noise = mean === 0 ? 0 : Math.max(spreadOf(before), spreadOf(after)) / mean;
  return { ...row(name, unit, mean, other), uncertainty: { kind: 'exact', noise } };
}

function timed(
  name: RowName,
  base: CpuResult,
  head: CpuResult,
  figure: (round: CpuResult['rounds'][number]) => number,
): Row {
  const perRequest = (result: CpuResult) => result.rounds.map((round) => figure(round) / Math.max(1, round.requests));
  const [before, after] = [perRequest(base), perRequest(head)];
  const ratios = before.map((value, i) => Math.log((after[i] ?? 0) / value)).filter(Number.isFinite);
  const center = ratios.length === 0 ? 0 : meanOf(ratios);
  const sd =
    ratios.length < 2 ? 0 : Math.sqrt(ratios.reduce((sum, r) => sum + (r - center) ** 2, 0) / (ratios.length - 1));
  const mean = meanOf(before);
  // Both sides shared each round's machine, so the ratio is taken round by round.
  return {
    ...row(name, 'ns', mean, mean * Math.exp(center)),
    uncertainty: { kind: 'spread', sd, rounds: ratios.length },
  };
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
const spreadOf = (values: readonly number[]) => (values.length < 2 ? 0 : Math.max(...values) - Math.min(...values));
