import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  metricOf,
  stricter,
  wholeOf
} from "./model-metrics.js";

// src/base/glob.ts
function matchesGlob(glob, name) {
  const [head, ...rest] = glob.split("*");
  const tail = rest.pop();
  if (tail === void 0) return glob === name;
  if (!name.startsWith(head)) return false;
  let from = head.length;
  for (const piece of rest) {
    const found = name.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return name.length - tail.length >= from && name.endsWith(tail);
}

// src/compare/judge.ts
var NOISE_MULTIPLE = { total: 2, function: 3 };
var visible = (noise) => NOISE_MULTIPLE.total * noise;
function judgeTotal({ base, head, noise, floor }, limit, waived = 0) {
  if (limit === "off") return "unjudged";
  const allowed = limit.ratio * base;
  const rise = head - base;
  if (isWithin({ base, head }, limit)) return "ok";
  if (rise < floor) return "small";
  if (rise - noise <= allowed || rise <= visible(noise)) return "close";
  return rise - waived <= allowed ? "waived" : "over";
}
var isWithin = ({ base, head }, { ratio }) => head - base <= ratio * base;
function judgedRow(row, rows, limits, waived = 0) {
  const { name, base, head, uncertainty } = row;
  const whole = wholeOf(name);
  const limit = limitOfTotal(name, limits);
  if (limit === "off") return { ...row, limit: void 0, status: "unjudged" };
  if (uncertainty.kind === "spread") return { ...row, limit, status: "unjudged" };
  const floor = floorOf(whole, rows.find((one) => one.name === whole)?.base ?? base, limits);
  const status = judgeTotal({ base, head, noise: uncertainty.noise * base, floor }, limit, waived);
  return { ...row, limit, status, ...status === "small" && { floor } };
}
function limitOfTotal(name, { metrics }) {
  const { partOf } = metricOf(name);
  const limits = metrics[wholeOf(name)];
  if (partOf === void 0) return limits.total;
  return partOf.limit === void 0 ? "off" : limits[partOf.limit];
}
function hasLimit(metric, { metrics, functions, besides }) {
  const { total, function: ofFunctions, collection } = metrics[metric];
  const ofRules = functions.map(
    ({ limits }) => limits[metric] ?? "off"
  );
  const isOwn = [total, ofFunctions, collection, ...ofRules].some((limit) => limit !== "off");
  return isOwn || besides !== void 0 && hasLimit(metric, besides);
}
function verdictOf({ isJudged, rows, functions, isOwed, guardsNothing }) {
  if (!isJudged) return "invalid";
  if ([...rows, ...functions].some(({ status }) => status === "over")) return "fail";
  const isClose = rows.some(({ status }) => status === "close") || functions.some(({ status }) => status === "noisy");
  return isClose || isOwed || guardsNothing ? "inconclusive" : "pass";
}
function judgeFunction(effect, names, metric, total, limits, today) {
  const limit = limitFor(names, metric, limits);
  const reference = effect.base > 0 ? effect.base : total;
  const relative = reference > 0 ? effect.netRise / reference : 0;
  const waiver = waiverFor(names, metric, limits, today);
  const least = floorOf(metric, total, limits);
  const isOff = limit === "off";
  const isBelowFloor = !isOff && effect.netRise > limit.ratio * reference && effect.netRise < least;
  const judged = { effect, relative, limit: isOff ? void 0 : limit, floor: least, isBelowFloor, waiver };
  if (isIgnored(names, limits)) return { ...judged, status: "ignored" };
  if (limit === "off") return { ...judged, status: "within" };
  const allowed = limit.ratio * reference;
  const rise = effect.head - effect.base;
  if (rise > allowed && rise >= least && effect.netRise <= allowed) return { ...judged, status: "moved" };
  if (effect.netRise <= allowed || effect.netRise < least) return { ...judged, status: "within" };
  if (waiver !== void 0 && isUpTo(waiver, relative)) return { ...judged, status: "waived" };
  const isClear = effect.netRise - effect.noise > allowed && effect.netRise > NOISE_MULTIPLE.function * effect.noise;
  return { ...judged, status: isClear ? "over" : "noisy" };
}
var isUpTo = ({ upTo }, relative) => relative <= upTo.ratio;
var isAccepted = ({ status, waiver, relative, effect }) => status === "waived" || status === "within" && effect.netRise > 0 && waiver !== void 0 && isUpTo(waiver, relative);
var toldOnly = (judged) => ({
  ...judged,
  status: judged.status === "ignored" || judged.status === "waived" ? judged.status : "within"
});
function floorOf(metric, total, limits) {
  const { floor } = limits.metrics[metric];
  return Math.max(floor.perRequest, floor.ratio * total);
}
function limitFor(names, metric, limits) {
  const rule = limits.functions.findLast(
    (rule2) => rule2.limits[metric] !== void 0 && names.some((name) => matchesGlob(rule2.match, name))
  );
  const limit = rule?.limits[metric] ?? limits.metrics[metric].function;
  return limits.besides === void 0 ? limit : stricter(limit, limitFor(names, metric, limits.besides));
}
var isIgnored = (names, { ignore, besides }) => names.some((name) => ignore.some(({ match }) => matchesGlob(match, name))) && (besides === void 0 || isIgnored(names, besides));
function waiverFor(names, metric, { waivers, besides }, today) {
  const own = waivers.find(
    (waiver) => waiver.metric === metric && waiver.until >= today && names.some((name) => matchesGlob(waiver.function, name))
  );
  if (own === void 0 || besides === void 0) return own;
  const other = waiverFor(names, metric, besides, today);
  return other !== void 0 && isUpTo(own, other.upTo.ratio) ? other : other && own;
}
function finestLimit({ ratio }, noise) {
  return ratio < visible(noise) ? visible(noise) : void 0;
}
function unmatchedPatterns(limits, names) {
  const patterns = [
    ...limits.functions.map(({ match, at }) => ({ pattern: match, at, kind: "rule" })),
    ...limits.ignore.map(({ match, at }) => ({ pattern: match, at, kind: "ignore" })),
    ...limits.waivers.map(({ function: pattern, at }) => ({ pattern, at, kind: "waiver" }))
  ];
  return patterns.filter(({ pattern }) => !names.some((name) => matchesGlob(pattern, name)));
}

export {
  matchesGlob,
  visible,
  isWithin,
  judgedRow,
  hasLimit,
  verdictOf,
  judgeFunction,
  isAccepted,
  toldOnly,
  floorOf,
  finestLimit,
  unmatchedPatterns
};
