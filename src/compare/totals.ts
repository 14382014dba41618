/** The totals of both sides, side by side, from their manifests: what a request costs as a whole. */
import { estimateOf } from '../measure/estimate.ts';
import { LOAD_TOOL } from '../measure/fingerprint.ts';
import type { CpuResult, Manifest } from '../measure/manifest.ts';
import { noiseOf } from './noise.ts';
import type { RowName, TotalRow } from './report.ts';

type Row = Omit<TotalRow, 'limit' | 'status'> & Pick<TotalRow, 'limit' | 'status'>;

/**
 * What a load tool leaves to chance, as a share of the base, that two replicates need not show: it sends the next request
 * without waiting for the service to rest, so how often that is woken differs from process to process. In twelve
 * comparisons of a small service with itself (hey, k6, autocannon, wrk) instructions differed by up to 0.6 %, read and
 * write calls by up to 6 %, some of it by more than both replicates did.
 */
const LEFT_TO_CHANCE: Readonly<Partial<Record<RowName, number>>> = {
  instructions: 0.005,
  objects: 0.001,
  bytes: 0.002,
  'io-calls': 0.1,
  'io-bytes': 0.002,
};

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
  const isByTool = [base, head].some(({ fingerprint }) => fingerprint[LOAD_TOOL] !== undefined);
  return isByTool ? rows.map(withChance) : rows;
}

/** The row with at least the noise that is known of load tools. */
function withChance(row: Row): Row {
  const { name, base, uncertainty } = row;
  if (uncertainty.kind !== 'exact' || base === 0) return row;
  const noise = Math.max(uncertainty.noise, LEFT_TO_CHANCE[name] ?? 0);
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
