import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/measure/estimate.ts
function estimateOf(base, head, figure = ({ userNs }) => userNs) {
  const perRequest = (round) => figure(round) / Math.max(1, round.requests);
  const logs = base.flatMap((round, i) => {
    const other = head[i];
    const log = other === void 0 ? Number.NaN : Math.log(perRequest(other) / perRequest(round));
    return Number.isFinite(log) ? [log] : [];
  });
  if (logs.length === 0) return void 0;
  const center = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const squares = logs.reduce((sum, log) => sum + (log - center) ** 2, 0);
  const sd = logs.length < 2 ? void 0 : Math.sqrt(squares / (logs.length - 1));
  return { change: Math.expm1(center), sd, rounds: logs.length };
}

// src/measure/fingerprint.ts
var LOAD_TOOL = "load tool";
function difference(base, head) {
  const keys = [.../* @__PURE__ */ new Set([...Object.keys(base), ...Object.keys(head)])];
  return keys.filter((key) => base[key] !== head[key]).map((key) => ({ key, base: base[key], head: head[key] }));
}

// src/compare/noise.ts
function noiseOf(replicates) {
  const count = replicates.length;
  if (count < 2) return 0;
  if (count === 2) return Math.abs(replicates[0] - replicates[1]);
  const mean = replicates.reduce((sum, value) => sum + value, 0) / count;
  const squares = replicates.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return 2 * Math.sqrt(2 * squares / (count - 1) / count);
}

// src/compare/totals.ts
var LEFT_TO_CHANCE = {
  instructions: 5e-3,
  objects: 1e-3,
  bytes: 2e-3,
  "io-calls": 0.1,
  "io-bytes": 2e-3
};
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
  const isByTool = [base, head].some(({ fingerprint }) => fingerprint[LOAD_TOOL] !== void 0);
  return isByTool ? rows.map(withChance) : rows;
}
function withChance(row2) {
  const { name, base, uncertainty } = row2;
  if (uncertainty.kind !== "exact" || base === 0) return row2;
  const noise = Math.max(uncertainty.noise, LEFT_TO_CHANCE[name] ?? 0);
  return { ...row2, uncertainty: { kind: "exact", noise } };
}
function exact(name, unit, base, head, figure) {
  const [before, after] = [base.map(figure), head.map(figure)];
  const [mean, other] = [meanOf(before), meanOf(after)];
  const noise = mean === 0 ? 0 : Math.max(noiseOf(before), noiseOf(after)) / mean;
  return { ...row(name, unit, mean, other), uncertainty: { kind: "exact", noise } };
}
function timed(name, base, head, figure) {
  const mean = meanOf(base.rounds.map((round) => figure(round) / Math.max(1, round.requests)));
  const { change = 0, sd = 0, rounds = 0 } = estimateOf(base.rounds, head.rounds, figure) ?? {};
  return { ...row(name, "ns", mean, mean * (1 + change)), uncertainty: { kind: "spread", sd, rounds } };
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

// src/measure/manifest.ts
var MANIFEST_SCHEMA = 3;
var EXACT_INSTRUMENTS = ["instructions", "allocs", "io"];
var requestsOf = ({ replicates }) => replicates.reduce((sum, { requests }) => sum + requests, 0);

export {
  MANIFEST_SCHEMA,
  EXACT_INSTRUMENTS,
  requestsOf,
  LOAD_TOOL,
  difference,
  noiseOf,
  estimateOf,
  totalsOf
};
