import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/compare/totals.ts
function totalsOf(base, head) {
  const rows = [];
  const [b, h] = [base.instruments, head.instruments];
  if (b.instructions && h.instructions) {
    const [before, after] = [b.instructions.replicates, h.instructions.replicates];
    rows.push(exact("instructions", "count", before, after, ({ mutator, collection }) => mutator + collection));
    rows.push(exact("collection", "count", before, after, ({ collection }) => collection));
  }
  if (b.cpu && h.cpu) {
    rows.push(
      timed("cpu", b.cpu, h.cpu, ({ userNs }) => userNs),
      timed("system-cpu", b.cpu, h.cpu, ({ systemNs }) => systemNs)
    );
  }
  if (b.allocs && h.allocs) {
    const [before, after] = [b.allocs.replicates, h.allocs.replicates];
    rows.push(exact("objects", "count", before, after, ({ objects }) => objects));
    rows.push(exact("bytes", "bytes", before, after, ({ bytes }) => bytes));
  }
  if (b.io && h.io) {
    const [before, after] = [b.io.replicates, h.io.replicates];
    rows.push(exact("io-calls", "count", before, after, ({ readCalls, writeCalls }) => readCalls + writeCalls));
    rows.push(exact("io-bytes", "bytes", before, after, ({ readBytes, writeBytes }) => readBytes + writeBytes));
  }
  return rows;
}
function exact(name, unit, base, head, figure) {
  const [before, after] = [base.map(figure), head.map(figure)];
  const [mean, other] = [meanOf(before), meanOf(after)];
  const noise = mean === 0 ? 0 : Math.max(spreadOf(before), spreadOf(after)) / mean;
  return { ...row(name, unit, mean, other), uncertainty: { kind: "exact", noise } };
}
function timed(name, base, head, figure) {
  const perRequest = (result) => result.rounds.map((round) => figure(round) / Math.max(1, round.requests));
  const [before, after] = [perRequest(base), perRequest(head)];
  const ratios = before.map((value, i) => Math.log((after[i] ?? 0) / value)).filter(Number.isFinite);
  const center = ratios.length === 0 ? 0 : meanOf(ratios);
  const sd = ratios.length < 2 ? 0 : Math.sqrt(ratios.reduce((sum, r) => sum + (r - center) ** 2, 0) / (ratios.length - 1));
  const mean = meanOf(before);
  return {
    ...row(name, "ns", mean, mean * Math.exp(center)),
    uncertainty: { kind: "spread", sd, rounds: ratios.length }
  };
}
var row = (name, unit, base, head) => ({
  name,
  unit,
  base,
  head,
  change: base === 0 ? void 0 : head / base - 1,
  limit: void 0,
  status: "unjudged"
});
var meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
var spreadOf = (values) => values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);

// src/baseline/age.ts
var UNITS = [
  ["day", 864e5],
  ["hour", 36e5],
  ["minute", 6e4]
];
function ago(ms) {
  const [unit, length] = UNITS.find(([, length2]) => ms >= length2) ?? [];
  if (unit === void 0) return "just now";
  const count = Math.floor(ms / length);
  return `${count} ${unit}${count === 1 ? "" : "s"} ago`;
}

export {
  totalsOf,
  ago
};
