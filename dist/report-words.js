import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  worstOf
} from "./compare-report.js";
import {
  formatAmount,
  formatCount,
  formatLimit,
  formatNs,
  formatPercent,
  formatRise,
  formatShare,
  formatSpread,
  percentDigits,
  require__
} from "./ajv.js";
import {
  listed
} from "./base-text.js";
import {
  limitsOf,
  metricOf,
  stricter,
  wholeOf
} from "./model-metrics.js";
import {
  __toESM
} from "./empty.js";

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
  const isOpen = noise > Math.max(allowed, floor) && rise + noise > allowed;
  if (isWithin({ base, head }, limit)) return isOpen ? "close" : "ok";
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

// src/report/words.ts
var labelOf = (name) => metricOf(name).label;
var risePhrase = (metric, rise) => `${labelOf(metric)} ${formatRise(rise, metricOf(metric).unit)}`;
function shortCommit(commit) {
  return /^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit;
}
var titleOf = ({ service, scenario }, mark) => scenario === void 0 ? mark(service) : `${mark(service)} \xB7 ${mark(scenario)}`;
function headlineOf({ verdict, unjudged = [] }) {
  if (verdict === "invalid" || unjudged.length === 0) return verdict;
  const names = new Set(unjudged.map((metric) => limitsOf(metric).missing ?? labelOf(metric)));
  return `${verdict} (${listed([...names])} not judged)`;
}
function withinPhrase({ metric, within = [] }, marks) {
  if (within.length === 0) return void 0;
  const each = within.map(
    ({ function: name, rise }) => `${marks.name(name)} (${formatRise(rise, metricOf(metric).unit)})`
  );
  return `${labelOf(metric)} rose in and beneath ${listed(each)}`;
}
var together = (reports) => ({
  verdict: worstOf(reports),
  unjudged: [...new Set(reports.flatMap(({ unjudged = [] }) => unjudged))]
});
function changeOf({ base, head, change }) {
  if (change !== void 0) return formatPercent(change);
  return head === base ? "" : "was none";
}
function uncertaintyOf({ uncertainty, change }) {
  if (change === void 0) return "";
  if (uncertainty.kind === "spread" && uncertainty.rounds < 2) return "(1 round)";
  const spread = uncertainty.kind === "exact" ? uncertainty.noise : uncertainty.sd;
  const figure = formatSpread(spread, spread < 1e-3 ? percentDigits(change) : 1);
  if (figure !== void 0) return `(${figure})`;
  return uncertainty.kind === "exact" ? "exact" : "(\xB10.0)";
}
var limitOf = ({ limit }) => limit === void 0 ? "" : formatLimit(limit.ratio);
function statusOf({ status, limit }) {
  if (status === "unjudged") return limit === void 0 ? "" : "not judged";
  return status === "ok" ? "" : status;
}
function remarkOn(row) {
  const label = labelOf(row.name);
  const { uncertainty } = row;
  switch (statusOf(row)) {
    case "waived":
      return `${label}: what is over the limit is waived`;
    case "small":
      return row.floor === void 0 ? `${label}: over the limit, but by so little a request that it is below the floor` : `${label}: over the limit, but by less than the floor of ${formatAmount(row.floor, row.unit)} a request`;
    case "close":
      if (uncertainty.kind !== "exact")
        return `${label}: over the limit, but not clearly: its spread over ${uncertainty.rounds} rounds is \xB1${percentOf(uncertainty.sd)}`;
      return row.limit !== void 0 && isWithin(row, row.limit) ? `${label}: within the limit, but not clearly: the same code differs by ${percentOf(uncertainty.noise)} from run to run` : `${label}: over the limit, but not clearly: the same code differs by ${percentOf(uncertainty.noise)} from run to run`;
    case "not judged":
      if (uncertainty.kind === "exact") return `${label} is shown, not judged`;
      return uncertainty.rounds < 2 ? `${label} is shown, not judged: one round says nothing of its spread` : `${label} is shown, not judged: its spread over ${uncertainty.rounds} rounds is \xB1${percentOf(uncertainty.sd)}`;
    default:
      return void 0;
  }
}
var percentOf = (ratio) => formatPercent(Math.abs(ratio)).slice(1);
function explanationOf(cause, marks) {
  const { explanation } = cause;
  const place = placeOf(cause, marks);
  if (explanation.kind !== "line") return { place, sentence: sentenceOf(explanation) };
  const runs = `runs ${times(explanation.head)} a request, was ${times(explanation.base)}`;
  return { place: void 0, sentence: `${place ?? "one of its lines"} ${runs}` };
}
function sentenceOf(explanation) {
  switch (explanation.kind) {
    case "calls":
      return `called ${times(explanation.head)} a request, was ${times(explanation.base)}`;
    case "per-call": {
      const { calls, ratio } = explanation;
      const subject = calls > 1.5 ? `each of its ${formatCount(calls)} calls` : calls > 0.95 ? "its one call a request" : "each call";
      if (ratio <= 0) return `${subject} costs more`;
      return `${subject} costs ${ratio < 1 ? `${formatShare(ratio)} more` : `${times(1 + ratio)} as much`}`;
    }
    case "new":
      return "new function";
    case "dearer":
      return "costs more than in the base";
  }
}
var times = (count) => `${formatCount(count)}x`;
function placeOf({ file, line, isFileInRepository }, marks) {
  if (file === void 0) return void 0;
  const shown = isFileInRepository ? file : file.replace(/^.*\/pkg\/mod\//s, "");
  return marks.name(line === void 0 ? shown : `${shown}:${line}`);
}
function changeBehind({ changedBy, module }, marks) {
  if (module !== void 0) {
    const name = marks.name(module.path);
    if (module.base === void 0) {
      return module.head === void 0 ? `dependency ${name}` : `new dependency ${name} ${marks.name(module.head)}`;
    }
    if (module.head === void 0) return `dependency ${name} ${marks.name(module.base)}, now left out`;
    return `dependency ${name} ${marks.name(module.base)} -> ${marks.name(module.head)}`;
  }
  if (changedBy === void 0) return "no change to it was found";
  if (changedBy === "source") return "changed in head";
  const [, verb, what] = /^(uses|embed) (.+)$/s.exec(changedBy) ?? [];
  if (verb === "uses") return `uses ${marks.name(what)}, changed in head`;
  if (verb === "embed") return `embeds ${marks.name(what)}, changed in head`;
  if (changedBy === "machine code") return "same source, but compiled to something else";
  return changedBy === "assembly" || changedBy === "cgo" ? `${changedBy} changed in head` : marks.prose(changedBy);
}
function effectPhrase({ metric, base, netRise, relative, limit, status }, timeNs) {
  const ratio = base > 0 ? formatPercent(relative) : `${formatPercent(relative)} of the total`;
  const rule = status === "ignored" ? ", ignored by the config" : limit === void 0 ? "" : `, ${LIMIT_WORDS[status]} ${formatLimit(limit.ratio)}`;
  const time = metric === "instructions" && timeNs !== void 0 ? `, about +${formatNs(timeNs, 2)} of cpu time` : "";
  return `${risePhrase(metric, netRise)} (${ratio}${rule})${time}`;
}
var LIMIT_WORDS = { over: "limit", waived: "waived, limit", within: "within", ignored: "" };
function explainedBy({ effects }, totals) {
  const parts = effects.flatMap(({ metric, status, explains }) => {
    const total = totals.find(({ name }) => name === metric);
    const isAsked = status === "over" || status === "waived" || total !== void 0 && !["ok", "unjudged"].includes(total.status);
    if (!isAsked || explains === void 0 || explains < 5e-3) return [];
    return [{ metric: labelOf(metric), share: explains >= 0.995 ? "all" : formatShare(explains) }];
  });
  if (parts.length === 0) return void 0;
  const byShare = [...new Set(parts.map(({ share }) => share))].map((share) => {
    const metrics = parts.filter((part) => part.share === share).map(({ metric }) => metric);
    return `${share} of the rise in ${listed(metrics)}`;
  });
  return `explains ${listed(byShare)}`;
}
function firstOf(names, marks, most = 3) {
  const shown = names.slice(0, most).map((name) => marks.name(name)).join(", ");
  return names.length > most ? `${shown} \u2026 and ${formatCount(names.length - most)} more` : shown;
}
function unchangedPhrase({ metric, base, head, change, functions }, marks) {
  const unit = metricOf(metric).unit;
  const inside = functions.map(({ function: name, rise }) => `${marks.name(name)} (${formatRise(rise, unit)})`);
  const sum = `${labelOf(metric)} ${formatRise(head - base, unit)} (${formatPercent(change)} of the total)`;
  return inside.length === 0 ? sum : `${sum}, most in ${listed(inside)}`;
}
function suspectPhrase({ kind, name, detail, usedIn = [], file, line, ran }, marks) {
  const place = file === void 0 ? "" : ` (${marks.name(line === void 0 ? file : `${file}:${line}`)})`;
  const users = usedIn.length === 0 ? "" : `, used in ${firstOf(usedIn, marks)}`;
  const more = [
    ...kind === "file" ? ["differs, and the service may read it"] : [],
    ...detail === void 0 ? [] : [marks.prose(detail)],
    ...ran === false ? ["changed, and no request runs it; what it did at start may be paid for later"] : [],
    ...ran === true ? ["changed, and runs in a request"] : []
  ];
  const subject = kind === "build" ? marks.prose(name) : marks.name(name);
  return `${subject}${users}${place}${more.length === 0 ? "" : `: ${more.join("; ")}`}`;
}
var PARTS = {
  "one collection": (more, base, head) => `one collection costs ${more} more (${base} -> ${head} instructions: more that is kept, to be marked or swept)`,
  allocated: (more, base, head) => `a request allocates ${more} more (${base} -> ${head} bytes)`,
  distance: (_, base, head) => `collections come after ${head} bytes, were after ${base} (the heap is smaller, or paced otherwise)`
};
var LEAST_PART = 0.01;
function collectorPhrase({ rise, explains, parts }) {
  const reasons = parts.flatMap(({ part, base, head }) => {
    const ratio = part === "distance" ? base / head - 1 : head / base - 1;
    if (!(ratio >= LEAST_PART) || !Number.isFinite(ratio)) return [];
    return [PARTS[part](formatShare(ratio), formatCount(base), formatCount(head))];
  });
  const share = explains >= 0.995 ? "all" : formatShare(explains);
  const why = reasons.length === 0 ? "" : `: ${listed(reasons)}`;
  return `the garbage collector explains ${share} of the rise in instructions (${formatRise(rise, "count")} a request)${why}`;
}
var UNJUDGED = {
  instructions: "CPU was not judged",
  allocs: "objects and bytes were not judged",
  io: "io was not judged",
  cpu: "cpu time"
};
function missingPhrase({ instrument, reason, hint }, marks) {
  const remedy = hint === void 0 ? "" : `; ${marks.prose(hint)}`;
  return `${UNJUDGED[instrument]}: ${marks.prose(reason)}${remedy}`;
}
function sensitivityPhrase(sensitivity) {
  const parts = [];
  const any = [];
  for (const { metric, ratio } of sensitivity) {
    if (formatSpread(ratio) === void 0) any.push(labelOf(metric));
    else parts.push(`${labelOf(metric)} ${formatPercent(ratio)}`);
  }
  if (any.length > 0) parts.push(`any rise of ${listed(any, "or")}`);
  return parts.join("; ");
}
function noisyPhrase({ function: name, metric, netRise, noise }, marks) {
  const spread = formatAmount(noise, metricOf(metric).unit);
  return `${marks.name(name)}: ${risePhrase(metric, netRise)}, but the same code differs by ${spread} from run to run`;
}
var few = (items) => items.length <= 3 ? items.join(", ") : `${items.slice(0, 3).join(", ")} and ${items.length - 3} more`;
function rulePhrase({ key, base, head, at, counts }, marks) {
  const whose = { base: "that of base counts", head: "that of head counts", both: "the stricter counts" }[counts];
  return `${marks.name(key)}: ${marks.name(base)} in base, ${marks.name(head)} in head; ${whose} (${marks.name(at)})`;
}

// src/base/compile-schema.ts
var import__ = __toESM(require__(), 1);
var compileSchema = (schema) => new import__.Ajv2020({ strict: true, meta: false, validateSchema: false }).compile(schema);

export {
  compileSchema,
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
  unmatchedPatterns,
  labelOf,
  risePhrase,
  shortCommit,
  titleOf,
  headlineOf,
  withinPhrase,
  together,
  changeOf,
  uncertaintyOf,
  limitOf,
  statusOf,
  remarkOn,
  explanationOf,
  changeBehind,
  effectPhrase,
  explainedBy,
  firstOf,
  unchangedPhrase,
  suspectPhrase,
  collectorPhrase,
  missingPhrase,
  sensitivityPhrase,
  noisyPhrase,
  few,
  rulePhrase
};
