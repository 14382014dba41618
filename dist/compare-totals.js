import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  ROWS,
  metricOf
} from "./model-metrics.js";

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
var MEASURING = 1;
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
function totalsOf(base, head) {
  const rows = ROWS.flatMap((name) => rowOf(name, base.instruments, head.instruments) ?? []);
  const isByTool = [base, head].some(({ fingerprint }) => fingerprint[LOAD_TOOL] !== void 0);
  return isByTool ? rows.map(withChance) : rows;
}
function rowOf(name, base, head) {
  const { instrument, fields, unit } = metricOf(name);
  if (instrument === "cpu") {
    if (base.cpu === void 0 || head.cpu === void 0) return void 0;
    return timed(name, base.cpu, head.cpu, (round) => sumOf(round, fields));
  }
  const [before, after] = [base[instrument]?.replicates, head[instrument]?.replicates];
  if (before === void 0 || after === void 0) return void 0;
  return exact(name, unit, before, after, (replicate) => sumOf(replicate, fields));
}
function sumOf(figures, fields) {
  const all = figures;
  return fields.reduce((sum, field) => sum + Number(all[field]), 0);
}
function withChance(row2) {
  const { name, base, uncertainty } = row2;
  if (uncertainty.kind !== "exact" || base === 0) return row2;
  const noise = Math.max(uncertainty.noise, metricOf(name).leftToTools ?? 0);
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
  MEASURING,
  LOAD_TOOL,
  difference,
  noiseOf,
  estimateOf,
  totalsOf
};
