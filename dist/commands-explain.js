import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readRun
} from "./run-measured-run.js";
import {
  spendMemory
} from "./run-spend-memory.js";
import {
  FrameMaker,
  comparable,
  compareClosely,
  differingFunctions,
  linesOf,
  unknownChanges
} from "./compare-compare.js";
import "./measure-side-directory.js";
import {
  configUnder,
  limitsUnder
} from "./run-rules-record.js";
import "./compare-shared-limits.js";
import "./compare-totals.js";
import {
  COLOURS,
  PLAIN,
  PLAIN_MARKS,
  cleanName,
  cleanProse,
  cleaned,
  jsonText,
  wrapped
} from "./report-story.js";
import "./base-wrap.js";
import {
  changeBehind,
  labelOf,
  shortCommit
} from "./report-words.js";
import "./profile-runtime-groups.js";
import "./profile-decode.js";
import "./config-differences.js";
import "./config-rules.js";
import "./compare-report.js";
import {
  findConfig,
  openRepository,
  readConfig
} from "./simple-git.js";
import "./config-problem.js";
import {
  wantsColor
} from "./base-color.js";
import {
  formatAmount,
  formatCount,
  formatLimit,
  formatPercent,
  formatRise,
  formatShare
} from "./ajv.js";
import {
  padded,
  widthsOf
} from "./base-width.js";
import {
  plainText
} from "./base-text.js";
import "./config-places.js";
import {
  nearest
} from "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/commands/explain.ts
import { join, parse, resolve } from "node:path";

// src/compare/find-function.ts
function findFunction(text, functions) {
  const wanted = plain(text);
  const all = [...functions].sort((a, b) => b.cost - a.cost || (a.key < b.key ? -1 : 1));
  const within = (matches) => all.filter(({ key, names }) => [key, ...names].some((name) => matches(name)));
  const ways = [
    (name) => name === text,
    (name) => isEnd(plain(name), wanted),
    (name) => plain(name).toLowerCase().includes(wanted.toLowerCase())
  ];
  for (const matches of ways) {
    const fns = within(matches);
    if (fns[0] !== void 0) return fns.length === 1 ? { kind: "one", fn: fns[0] } : { kind: "several", fns };
  }
  const short = nearest(wanted.slice(wanted.lastIndexOf(".") + 1), [...new Set(all.map(({ key }) => shortName(key)))]);
  return { kind: "near", fns: short === void 0 ? [] : all.filter(({ key }) => shortName(key) === short) };
}
var plain = (name) => name.replaceAll(/\(\*?([^()]*)\)/g, "$1");
var isEnd = (name, end) => name === end || name.endsWith(`.${end}`) || name.endsWith(`/${end}`);
var shortName = (key) => plain(key).slice(plain(key).lastIndexOf(".") + 1);

// src/compare/inspect.ts
function inspector({ base, head, changes = unknownChanges(/* @__PURE__ */ new Set()), limits, today }) {
  const compared = base !== void 0 && head !== void 0 && limits !== void 0 ? compareClosely({ base, head, changes, limits, today }) : void 0;
  const open = (side, headKey) => side && comparable(side, new FrameMaker(changes, headKey));
  const sides = compared?.sides ?? { base: open(base, changes.headKey), head: open(head, (key) => key) };
  const functions = functionsOf(sides);
  const names = new Map(functions.map((fn) => [fn.key, displayName(fn)]));
  const isPair = base !== void 0 && head !== void 0;
  return {
    functions,
    inspect: (fn) => {
      const { key } = fn;
      const shared = SHARED.find((metric) => SIDES.some((side) => stacksOf(sides[side], metric) !== void 0));
      const reason = changes.reasonFor(key) ?? changes.reasonFor(ownerOf(sides, key));
      return {
        function: displayName(fn),
        names: fn.names,
        service: (head ?? base).manifest.service,
        base: reported(base),
        head: reported(head),
        place: placeOf(fn, sides, { base, head }, changes),
        change: isPair ? { changedBy: reason, module: changes.moduleOf(key), isChanged: reason !== void 0 } : void 0,
        metrics: metricsOf(sides, key),
        sharedMetric: shared,
        ...shared === void 0 ? { callers: [], callees: [] } : neighboursOf(sides, shared, key, (other) => names.get(other) ?? other),
        lines: inspectedLines(sides, key, changes, isPair),
        allocations: allocationsOf(sides, key, changes, (other) => names.get(other) ?? other),
        charges: compared === void 0 ? [] : chargesOf(compared, key, (other) => names.get(other) ?? other),
        judged: compared && judgedOf(compared, key)
      };
    }
  };
}
var SIDES = ["base", "head"];
var SHARED = ["instructions", "objects", "cpu"];
var stacksOf = (side, metric) => metric === "cpu" ? side?.cpu : side?.[metric]?.stacks;
var both = (of) => ({ base: of("base"), head: of("head") });
var reported = (side) => side && { commit: side.manifest.commit, version: side.manifest.version, isDirty: side.manifest.isDirty };
var displayName = ({ key, names }) => names.length === 1 ? names[0] : key;
function functionsOf(sides) {
  const known = /* @__PURE__ */ new Map();
  for (const side of SIDES) {
    for (const metric of SHARED) {
      for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
        for (const { key, fn } of frames) {
          let found = known.get(key);
          if (found === void 0) {
            found = { key, names: /* @__PURE__ */ new Set(), cost: 0 };
            known.set(key, found);
          }
          found.names.add(fn);
          found.cost += value;
        }
      }
    }
  }
  return [...known.values()].map(({ key, names, cost }) => ({ key, names: [...names].sort(), cost }));
}
function ownerOf(sides, key) {
  for (const side of SIDES) {
    for (const metric of SHARED) {
      for (const { frames } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame2) => frame2.key === key);
        if (frame !== void 0) return frame.owner;
      }
    }
  }
  return key;
}
function placeOf({ key, names }, sides, measured, changes) {
  for (const side of ["head", "base"]) {
    for (const metric of SHARED) {
      for (const { frames } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame2) => frame2.key === key && frame2.file !== "");
        if (frame === void 0) continue;
        const { instructions, allocs, cpu } = measured[side] ?? {};
        const declared = [instructions?.merged, allocs?.merged, cpu].flatMap((profile) => profile?.functions ?? []).find(({ name, startLine }) => names.length === 1 && name === names[0] && startLine > 0);
        return { file: changes.inRepository(frame.file) ?? frame.file, line: declared?.startLine };
      }
    }
  }
  return void 0;
}
function metricsOf(sides, key) {
  const rows = [];
  const add = (name, unit, of) => {
    const row = { name, unit, ...both((side) => sides[side] && of(sides[side])) };
    if (row.base !== void 0 || row.head !== void 0) rows.push(row);
  };
  const calls = (side) => side.instructions && (side.instructions.calls.get(key) ?? 0);
  const cum = (stacks) => stacks && sumOf(stacks, ({ frames }) => frames.some((frame) => frame.key === key));
  const flat = (stacks) => stacks && sumOf(stacks, ({ frames }) => frames[0]?.key === key);
  add("instructions", "count", (side) => cum(side.instructions?.stacks));
  add("own instructions", "count", (side) => flat(side.instructions?.stacks));
  add("calls", "count", calls);
  add("instructions a call", "count", (side) => {
    const [cost, times2] = [cum(side.instructions?.stacks), calls(side)];
    return cost !== void 0 && times2 !== void 0 && times2 > 0 ? cost / times2 : void 0;
  });
  add("cpu time", "ns", (side) => cum(side.cpu));
  add("own cpu time", "ns", (side) => flat(side.cpu));
  add("objects", "count", (side) => cum(side.objects?.stacks));
  add("own objects", "count", (side) => flat(side.objects?.stacks));
  add("bytes", "bytes", (side) => cum(side.bytes?.stacks));
  add("own bytes", "bytes", (side) => flat(side.bytes?.stacks));
  return rows;
}
function sumOf(stacks, isOne) {
  let sum = 0;
  for (const stack of stacks) if (isOne(stack)) sum += stack.value;
  return sum;
}
var Sums = class {
  #sums = /* @__PURE__ */ new Map();
  add(name, side, value) {
    const sum = this.#sums.get(name) ?? { base: 0, head: 0 };
    sum[side] += value;
    this.#sums.set(name, sum);
  }
  get(name) {
    return this.#sums.get(name) ?? { base: 0, head: 0 };
  }
  names() {
    return [...this.#sums.keys()];
  }
};
var largest = ({ base, head }) => Math.max(base ?? 0, head ?? 0);
var onlyMeasured = (sums, isMeasured) => both((side) => isMeasured(side) ? sums[side] : void 0);
function neighboursOf(sides, metric, key, nameOf) {
  const isMeasured = (side) => stacksOf(sides[side], metric) !== void 0;
  const [callers, callees] = [new Edges(), new Edges()];
  for (const side of SIDES) {
    for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
      const inner = frames.findIndex((frame) => frame.key === key);
      if (inner < 0) continue;
      const outer = frames.findLastIndex((frame) => frame.key === key);
      callees.add(frames[inner - 1]?.key ?? "", side, value, inner === 0 ? void 0 : frames[inner].address);
      callers.add(frames[outer + 1]?.key ?? "", side, value, frames[outer + 1]?.address);
    }
  }
  const timesAt = { base: timesOf(sides.base), head: timesOf(sides.head) };
  const listOf = (edges, entered) => {
    const whole = edges.total();
    const leading = isMeasured("head") ? "head" : "base";
    return edges.names().map((other) => {
      const cost = edges.costs.get(other);
      return {
        function: other === "" ? void 0 : nameOf(other),
        ...onlyMeasured(cost, isMeasured),
        share: whole[leading] === 0 ? 0 : cost[leading] / whole[leading],
        calls: both((side) => {
          const sites = edges.sites(other, side);
          const calls = sides[side]?.instructions?.calls.get(entered(other));
          if (sites === void 0 || calls === void 0) return void 0;
          let times2 = 0;
          for (const site of sites) times2 += timesAt[side].get(site) ?? 0;
          return Math.min(times2, calls);
        })
      };
    }).sort((a, b) => largest(b) - largest(a));
  };
  return { callers: listOf(callers, () => key), callees: listOf(callees, (other) => other) };
}
var Edges = class {
  costs = new Sums();
  #sites = /* @__PURE__ */ new Map();
  add(other, side, value, site) {
    this.costs.add(other, side, value);
    if (site === void 0 || other === "") return;
    const known = this.#sites.get(`${side} ${other}`);
    if (known === void 0) this.#sites.set(`${side} ${other}`, /* @__PURE__ */ new Set([site]));
    else known.add(site);
  }
  sites(other, side) {
    return this.#sites.get(`${side} ${other}`);
  }
  names() {
    return this.costs.names();
  }
  total() {
    const total = { base: 0, head: 0 };
    for (const name of this.names()) for (const side of SIDES) total[side] += this.costs.get(name)[side];
    return total;
  }
};
function timesOf(side) {
  const times2 = /* @__PURE__ */ new Map();
  for (const { frame, count } of side?.instructions?.executed() ?? []) {
    if (frame.address !== void 0) times2.set(frame.address, (times2.get(frame.address) ?? 0) + count);
  }
  return times2;
}
function inspectedLines(sides, key, changes, isPair) {
  const isIt = (frame) => frame.key === key;
  const costsOf = (side) => {
    const { instructions, objects } = sides[side] ?? {};
    const stacks = (instructions ?? objects)?.stacks ?? [];
    const lines2 = linesOf(stacks, instructions?.executed(), isIt).get(key)?.values() ?? [];
    return [...lines2].filter(({ line }) => line > 0);
  };
  const rows = /* @__PURE__ */ new Map();
  for (const cost of costsOf("base")) {
    const to = isPair ? changes.lines.toHead(cost.file, cost.line) : cost;
    const place = to === void 0 ? `base ${cost.file}:${cost.line}` : `${to.file}:${to.line}`;
    const known = rows.get(place)?.base;
    const at = { ...to ?? cost, in: to === void 0 || !isPair ? "base" : "head" };
    rows.set(place, { at, base: known === void 0 ? cost : added(known, cost) });
  }
  for (const cost of costsOf("head")) {
    const { file, line } = cost;
    const place = `${file}:${line}`;
    rows.set(place, { ...rows.get(place), at: { file, line, in: "head" }, head: cost });
  }
  const hasBase = sides.base !== void 0;
  const hasHead = sides.head !== void 0;
  const lines = [...rows.values()].map(({ at, base, head }) => {
    const isTouched = isPair && at.in === "head" && changes.lines.isTouched(at.file, at.line);
    const change = isPair && at.in === "base" ? "removed" : !isTouched ? "same" : base === void 0 ? "new" : "changed";
    const figure = (of) => {
      const one = (cost) => cost === void 0 ? 0 : of(cost);
      return { base: hasBase ? one(base) : void 0, head: hasHead ? one(head) : void 0 };
    };
    const isCounted = (base ?? head)?.ran !== void 0 || head?.ran !== void 0;
    return {
      file: changes.inRepository(at.file) ?? at.file,
      line: at.line,
      in: at.in,
      change,
      ran: isCounted ? figure(({ ran }) => ran ?? 0) : { base: void 0, head: void 0 },
      cost: figure(({ cost }) => cost)
    };
  });
  return lines.sort(
    (a, b) => a.file === b.file ? a.line - b.line || (a.in === "base" ? -1 : 1) : a.file < b.file ? -1 : 1
  );
}
var added = (a, b) => ({
  ...a,
  cost: a.cost + b.cost,
  ran: a.ran === void 0 ? b.ran : a.ran + (b.ran ?? 0)
});
function allocationsOf(sides, key, changes, nameOf) {
  const sums = { objects: new Sums(), bytes: new Sums() };
  const places = /* @__PURE__ */ new Map();
  const isPair = sides.base !== void 0 && sides.head !== void 0;
  for (const side of SIDES) {
    for (const metric of ["objects", "bytes"]) {
      for (const { frames, value } of stacksOf(sides[side], metric) ?? []) {
        const frame = frames.find((frame2) => frame2.key === key);
        if (frame === void 0) continue;
        const to = side === "base" && isPair ? changes.lines.toHead(frame.file, frame.line) : frame;
        const { file, line } = to ?? frame;
        const leaf = frames[0];
        const through = leaf === frame ? void 0 : nameOf(leaf.key);
        const place = `${to === void 0 ? side : ""} ${file}:${line} ${leaf.key}`;
        places.set(place, { file: changes.inRepository(file) ?? file, line, isGone: to === void 0, through });
        sums[metric].add(place, side, value);
      }
    }
  }
  return [...places].map(([place, at]) => {
    const of = (metric) => onlyMeasured(sums[metric].get(place), (side) => stacksOf(sides[side], metric) !== void 0);
    return { ...at, objects: of("objects"), bytes: of("bytes") };
  }).sort((a, b) => largest(b.bytes) - largest(a.bytes));
}
function chargesOf({ sides, culpritIn }, key, nameOf) {
  const sums = new Sums();
  for (const side of SIDES) {
    for (const { frames, value } of sides[side].instructions?.stacks ?? []) {
      if (frames[0]?.key === key) sums.add(frames[culpritIn(frames)]?.key ?? "", side, value);
    }
  }
  return sums.names().map((charged) => ({ function: charged === "" ? void 0 : nameOf(charged), ...sums.get(charged) })).sort((a, b) => b.head - a.head || b.base - a.base);
}
function judgedOf({ metrics }, key) {
  return metrics.flatMap(({ metric, judged }) => {
    const found = judged.find(({ effect: effect2 }) => effect2.key === key);
    if (found === void 0) return [];
    const { effect, ...rest } = found;
    const { base, head, netRise, noise } = effect;
    return { ...rest, metric, base, head, netRise, noise };
  });
}

// src/report/explain.ts
function renderInspection(inspection, options) {
  const paint = options.color ? COLOURS : PLAIN;
  const measured = ["base", "head"].filter((side) => inspection[side] !== void 0);
  const context = { ...options, paint, measured, isPair: measured.length === 2 };
  const blocks = [
    heading(inspection, context),
    metricsTable(inspection.metrics, context),
    neighboursTable(
      "called by",
      "nobody: a goroutine begins here, or it is not known",
      inspection.callers,
      inspection,
      context
    ),
    neighboursTable("calls", "nothing: in itself", inspection.callees, inspection, context),
    linesTable(inspection, context),
    allocationsTable(inspection.allocations, context),
    judgement(inspection, context)
  ];
  return blocks.filter((block) => block.length > 0).map((block) => block.map((line) => `${line}
`).join("")).join("\n");
}
function heading({ function: fn, names, service, base, head, place, change }, { paint }) {
  const side = (name, { commit, isDirty }) => `${name} ${cleanName(shortCommit(commit))}${isDirty ? " + uncommitted changes" : ""}`;
  const sides = [
    ...head === void 0 ? [] : [side("head", head)],
    ...base === void 0 ? [] : [side("base", base)]
  ].join(" against ");
  const did = change && changeBehind(change, PLAIN_MARKS);
  const where = place && `${cleanName(place.file)}${place.line === void 0 ? "" : `:${place.line}`}`;
  const about = [where, change?.isChanged === false ? "not changed in head" : did].filter((text) => text !== void 0);
  return [
    paint.bold(cleanName(fn)),
    ...about.length === 0 ? [] : [`  ${about.join("  ")}`],
    paint.dim(`  ${cleanProse(service)}, ${sides}`),
    ...names.length > 1 ? wrapped(`together: ${names.map(cleanName).join(", ")}`, "  ", paint.dim) : []
  ];
}
var OWN = /^own /;
function metricsTable(metrics, context) {
  const rows = metrics.filter(({ base, head }) => (base ?? 0) !== 0 || (head ?? 0) !== 0).map((row) => [
    OWN.test(row.name) ? "  in itself" : row.name,
    ...figures(row, row.unit, context),
    ...context.isPair ? [changeIn(row)] : []
  ]);
  const isUncalled = metrics.some(({ name, base, head }) => name === "calls" && !base && !head);
  return [
    ...table([["per request", ...context.measured, ...context.isPair ? ["change"] : []], ...rows], "lrrr", context),
    ...isUncalled ? [context.paint.dim("     no call of it was counted: it is inlined, or a goroutine stayed in it")] : []
  ];
}
function neighboursTable(title, nobody, neighbours, { sharedMetric }, context) {
  if (sharedMetric === void 0 || neighbours.length === 0) return [];
  const unit = sharedMetric === "cpu" ? "ns" : "count";
  const isCounted = neighbours.some(({ calls }) => calls.base !== void 0 || calls.head !== void 0);
  const shown = neighbours.slice(0, context.limit);
  const rows = shown.map((one) => [
    formatShare(one.share),
    one.function === void 0 ? nobody : cleanName(one.function),
    ...figures(one, unit, context),
    ...isCounted ? [callsIn(one.calls)] : []
  ]);
  const head = ["share", "function", ...context.measured, ...isCounted ? ["calls a request"] : []];
  return [
    `  ${context.paint.bold(title)}: shares of its ${labelOf(sharedMetric)}`,
    ...table([head, ...rows], "rlrrr", context),
    ...leftOut(neighbours.length - shown.length, context)
  ];
}
var MARK = { same: " ", new: "+", changed: "~", removed: "-" };
function linesTable({ lines, metrics }, context) {
  if (lines.length === 0) return [];
  const { paint, source, limit } = context;
  const metric = metrics.some(({ name }) => name === "instructions") ? "instructions" : "objects";
  const isRan = lines.some(({ ran }) => ran.base !== void 0 || ran.head !== void 0);
  const costliest = lines.toSorted((a, b) => weightOf(b) - weightOf(a)).filter((line, i) => i < limit || line.change !== "same");
  const shown = lines.filter((line) => costliest.includes(line));
  const blocks = [];
  for (const file of new Set(shown.map((line) => line.file))) {
    const rows = shown.filter((line) => line.file === file).map((line) => [
      `${context.isPair ? MARK[line.change] : ""}${line.line}`,
      ...isRan ? [timesIn(line.ran)] : [],
      ...figures(line.cost, "count", context),
      oneLine(source?.(line))
    ]);
    const head = ["line", ...isRan ? ["runs"] : [], ...context.measured, ""];
    blocks.push(
      `  ${paint.bold(`lines of ${cleanName(file)}`)}: ${metric} with what they call`,
      ...table([head, ...rows], isRan ? "rrrrl" : "rrrl", context)
    );
  }
  const legend = context.isPair && shown.some(({ change }) => change !== "same");
  return [
    ...blocks,
    ...legend ? [paint.dim("  ~ changed, + new in head, - in the base alone, numbered as there")] : [],
    ...leftOut(lines.length - shown.length, context)
  ];
}
var weightOf = ({ cost }) => Math.max(cost.base ?? 0, cost.head ?? 0);
var LONGEST_SOURCE = 60;
function oneLine(text) {
  const characters = [...cleaned(text ?? "")];
  return characters.length > LONGEST_SOURCE ? `${characters.slice(0, LONGEST_SOURCE - 1).join("")}\u2026` : characters.join("");
}
function allocationsTable(sites, context) {
  if (sites.length === 0) return [];
  const shown = sites.slice(0, context.limit);
  const rows = shown.map((site) => [
    `${cleanName(site.file.slice(site.file.lastIndexOf("/") + 1))}:${site.line}${site.isGone ? " of base" : ""}`,
    site.through === void 0 ? "in itself" : cleanName(site.through),
    arrow(site.objects, (value) => formatCount(value)),
    arrow(site.bytes, (value) => formatCount(value))
  ]);
  return [
    `  ${context.paint.bold("allocates")}`,
    ...table([["line", "in", "objects", "bytes"], ...rows], "llrr", context),
    ...leftOut(sites.length - shown.length, context)
  ];
}
function judgement({ function: own, charges, judged, change }, { paint, unjudged }) {
  if (judged === void 0) return unjudged === void 0 ? [] : wrapped(`not judged: ${unjudged}`, "  ", paint.dim);
  const isAnswered = charges.some(({ function: fn }) => fn !== void 0);
  const isOthers = charges.some(({ function: fn }) => fn !== void 0 && fn !== own);
  const charged = charges.filter(({ base, head }) => (base ?? 0) + (head ?? 0) > 0).slice(0, MOST_CHARGED).map(({ function: fn, base, head }) => {
    const figures2 = `${formatCount(base ?? 0)} -> ${formatCount(head ?? 0)}`;
    return fn === void 0 ? `nobody (${figures2})` : `${cleanName(fn)} (${figures2})`;
  });
  const lines = [
    ...judged.map(judgedPhrase),
    ...judged.length > 0 ? [] : [change?.isChanged ? UNCHARGED : isAnswered ? UNCHANGED : UNTOUCHED],
    ...isOthers ? [`its own instructions are charged to ${charged.join(", ")}`] : []
  ];
  return [`  ${paint.bold("judged")}`, ...lines.flatMap((line) => wrapped(line, "     "))];
}
var MOST_CHARGED = 3;
var UNCHARGED = "nothing that was measured is charged to it";
var UNCHANGED = "not judged by itself: the commit did not change it";
var UNTOUCHED = "not judged: the commit changed neither it nor anything that calls it";
function judgedPhrase(judged) {
  const { metric, base, head, netRise, relative } = judged;
  const ratio = base > 0 ? formatPercent(relative) : `${formatPercent(relative)} of the total`;
  const charged = `${labelOf(metric)} ${formatCount(base)} -> ${formatCount(head)} charged`;
  return `${charged}, net ${formatRise(netRise, "count")} (${ratio}): ${reasonOf(judged)}`;
}
function reasonOf({ status, limit, floor, isBelowFloor, noise, waiver, base, head, netRise }) {
  const rule = limit === void 0 ? void 0 : `${formatLimit(limit.ratio)}${limit.at === void 0 ? "" : ` (${cleanName(limit.at)})`}`;
  switch (status) {
    case "over":
      return `over the limit ${rule}`;
    case "ignored":
      return "not judged: the config ignores the function";
    case "waived":
      return `waived until ${cleanProse(waiver?.until ?? "")}: ${cleanProse(waiver?.reason ?? "")}`;
    case "moved":
      return `no finding: of the rise of ${formatCount(head - base)} its callers saved all but ${formatCount(Math.max(0, netRise))} elsewhere`;
    case "noisy":
      return `over the limit ${rule}, but not clearly: the same code differs by ${formatCount(noise)} from run to run`;
    case "within":
      if (rule === void 0) return "not judged: the limit is off";
      return isBelowFloor ? `beyond the limit ${rule}, but too small to matter: the floor is ${formatCount(floor)} a request` : `within the limit ${rule}`;
  }
}
var figures = (of, unit, { measured }) => measured.map((side) => of[side] === void 0 ? "" : formatAmount(of[side], unit));
function changeIn({ base, head }) {
  if (base === void 0 || head === void 0) return "";
  if (base === 0) return head === 0 ? "" : "was none";
  return formatPercent(head / base - 1);
}
function arrow({ base, head }, amount) {
  if (base === void 0 || head === void 0) return amount(head ?? base ?? 0);
  return amount(base) === amount(head) ? amount(head) : `${amount(base)} -> ${amount(head)}`;
}
var times = (count) => `${formatCount(count)}x`;
var timesIn = (ran) => ran.base === void 0 && ran.head === void 0 ? "" : arrow(ran, times);
var callsIn = (calls) => calls.base === void 0 && calls.head === void 0 ? "" : arrow(calls, times);
var leftOut = (count, { paint }) => count > 0 ? [paint.dim(`     \u2026 and ${formatCount(count)} more, see --limit`)] : [];
function table(rows, aligns, { paint }) {
  if (rows.length < 2) return [];
  const widths = widthsOf(rows);
  return rows.map((row, i) => {
    const cells = row.map((cell, column) => padded(cell, widths[column], aligns[column] === "r"));
    const line = `     ${cells.join("   ")}`.trimEnd();
    return i === 0 ? paint.dim(line) : line;
  });
}

// src/run/source-lines.ts
var LARGEST_SOURCE_BYTES = 1e7;
async function sourceLines({ base, head, lines }, world) {
  const { env, temporaryDirectory, signal } = world;
  const repo = await openRepository(world.cwd, { env, temporaryDirectory, signal }).catch((error) => {
    signal.throwIfAborted();
    if (error instanceof UserError) return void 0;
    throw error;
  });
  if (repo === void 0) return () => void 0;
  const files = /* @__PURE__ */ new Map();
  for (const { file, in: name } of lines) {
    const side = name === "base" ? base : head;
    if (side === void 0 || side.isDirty || files.has(`${name} ${file}`)) continue;
    files.set(`${name} ${file}`, await committedLines(repo, side.commit, file));
  }
  return ({ file, line, in: name }) => files.get(`${name} ${file}`)?.[line - 1];
}
async function committedLines(repo, commit, file) {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return void 0;
  const object = `${commit}:${file}`;
  const size = await repo.git.ask(["cat-file", "-s", object]);
  if (size.exitCode !== 0 || Number(size.stdout) > LARGEST_SOURCE_BYTES) return void 0;
  const { exitCode, stdout } = await repo.git.ask(["cat-file", "blob", object]);
  return exitCode === 0 ? stdout.split("\n") : void 0;
}

// src/commands/explain.ts
var explain = async ({ values, positionals }, world) => {
  const { format } = values;
  const limit = Number(values.limit);
  if (!(Number.isInteger(limit) && limit > 0))
    throw new UserError(`--limit is a whole number from 1 on, not "${plainText(values.limit)}"`);
  const [wanted = "", directory = "perf-gate-out"] = positionals;
  spendMemory();
  const run = readRun(resolve(world.cwd, directory));
  const { limits, unjudged } = await limitsFor(run, values.config, world);
  const asked = inspector({ ...run, changes: changesOf(run), limits, today: world.now().toISOString().slice(0, 10) });
  const inspection = asked.inspect(functionMeant(wanted, asked.functions));
  if (format === "json") {
    world.stdout.write(jsonText(inspection));
    return EXIT.pass;
  }
  const source = await sourceLines(inspection, world);
  const options = { color: wantsColor(world), limit, source, ...unjudged !== void 0 && { unjudged } };
  world.stdout.write(renderInspection(inspection, options));
  return EXIT.pass;
};
function changesOf({ base, head, changes }) {
  if (base === void 0 || head === void 0) return void 0;
  return changes ?? unknownChanges(differingFunctions({ base, head }));
}
async function limitsFor({ base, head, rules }, explicit, { cwd }) {
  if (base === void 0 || head === void 0) return { limits: void 0 };
  const path = await findConfig(cwd, parse(cwd).root, explicit);
  if (path === void 0) {
    return { limits: void 0, unjudged: `there is no perf-gate.yml in ${cwd} or above it; name one with --config` };
  }
  const config = configUnder(rules, await readConfig(path));
  const howToName = "name a config with --config that has one of them alone";
  return { limits: limitsUnder(rules, config, { measured: head.manifest.scenario, howToName }) };
}
var MOST_CANDIDATES = 10;
function functionMeant(wanted, functions) {
  const found = findFunction(wanted, functions);
  if (found.kind === "one") return found.fn;
  const shown = plainText(wanted);
  const { fns } = found;
  const names = fns.slice(0, MOST_CANDIDATES).map(({ key }) => cleanName(key));
  const more = fns.length > names.length ? [`\u2026 and ${fns.length - names.length} more`] : [];
  const detail = [...names, ...more].join("\n");
  if (found.kind === "several") {
    throw new UserError(`"${shown}" may be any of ${fns.length} functions`, {
      hint: `write more of the name${exampleOf(fns[0].key)}`,
      detail
    });
  }
  throw new UserError(`no function that ran is called "${shown}"`, {
    ...names.length > 0 && { detail },
    hint: names.length > 0 ? "is it one of these? A function that the compiler inlined everywhere or that no request reached is not there" : `perf-gate top ${join("perf-gate-out", "head", "instructions.pb.gz")} lists those that ran`
  });
}
function exampleOf(key) {
  const short = key.slice(key.lastIndexOf("/") + 1);
  return /^[\w.*()[\]-]+$/.test(short) ? `: perf-gate explain '${short}'` : "";
}
export {
  explain
};
