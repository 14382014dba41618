import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  INSTRUMENTS,
  METRICS,
  isAtMost,
  stricter
} from "./model-metrics.js";

// src/config/rules.ts
function withRulesOfBoth(base, head) {
  return {
    ...head,
    limits: limitsOfBoth(base.limits, head.limits),
    scenarios: head.scenarios.map((scenario) => ({
      ...scenario,
      load: { ...scenario.load, errors: Math.min(scenario.load.errors, loadOf(base, scenario.name).errors) },
      limits: limitsOfBoth(limitsFor(base, scenario.name), scenario.limits)
    })),
    load: { ...head.load, errors: Math.min(head.load.errors, base.load.errors) },
    // What is stored by the base's job is the base's; what a commit brings along may be anything.
    baseline: { ...head.baseline, store: base.baseline.store },
    onInconclusive: [base, head].some(({ onInconclusive }) => onInconclusive === "fail") ? "fail" : "pass",
    require: requiredByBoth(base.require, head.require),
    instruments: INSTRUMENTS.filter((name) => [base, head].some(({ instruments }) => instruments.includes(name)))
  };
}
function withLoadOfBase(base, rules) {
  return {
    ...rules,
    load: ofBase(base.load, rules.load),
    limits: ofBaseFirst(rules.limits),
    scenarios: base.scenarios.map(({ name, load, limits }) => {
      const known = rules.scenarios.find((scenario) => scenario.name === name);
      return {
        name,
        load: known === void 0 ? load : ofBase(load, known.load),
        limits: ofBaseFirst(known?.limits ?? limitsOfBoth(limits, rules.limits))
      };
    })
  };
}
var ofBase = (base, { errors, count }) => ({
  ...base,
  errors,
  count: Math.max(base.count, count)
});
var ofBaseFirst = ({ besides, ...head }) => besides === void 0 ? head : { ...besides, metrics: head.metrics, besides: head };
var requiredByBoth = (base, head) => base && head && INSTRUMENTS.filter((name) => base.includes(name) || head.includes(name));
var limitsFor = ({ scenarios, limits }, scenario) => scenarios.find(({ name }) => name === scenario)?.limits ?? limits;
var loadOf = ({ scenarios, load }, scenario) => scenarios.find(({ name }) => name === scenario)?.load ?? load;
function limitsOfBoth(base, head) {
  if (sayTheSame(base, head)) return head;
  const old = placedInBase(base);
  return { ...head, metrics: ofEachMetric((name) => both(old.metrics[name], head.metrics[name])), besides: old };
}
function both(base, head) {
  return {
    total: stricter(head.total, base.total),
    function: stricter(head.function, base.function),
    collection: stricter(head.collection, base.collection),
    floor: smaller(base.floor, head.floor)
  };
}
var smaller = (base, head) => isAtMost(head, base) ? head : base;
function placedInBase({ metrics, functions, ignore, waivers }) {
  const placed = (one) => one.at === void 0 ? one : { ...one, at: `${one.at} of the base` };
  const limit = (one) => one === "off" ? one : placed(one);
  return {
    metrics: ofEachMetric((name) => {
      const { total, function: ofFunctions, collection, floor } = metrics[name];
      return {
        total: limit(total),
        function: limit(ofFunctions),
        collection: limit(collection),
        floor: placed(floor)
      };
    }),
    functions: functions.map((rule) => ({
      ...placed(rule),
      limits: Object.fromEntries(Object.entries(rule.limits).map(([name, one]) => [name, limit(one)]))
    })),
    ignore: ignore.map(placed),
    waivers: waivers.map(placed)
  };
}
var ofEachMetric = (of) => Object.fromEntries(METRICS.map((name) => [name, of(name)]));
var sayTheSame = (a, b) => meaning(a) === meaning(b);
var meaning = (part) => JSON.stringify(part, (key, value) => NO_MEANING.has(key) ? void 0 : value);
var NO_MEANING = /* @__PURE__ */ new Set(["at", "text"]);

export {
  withRulesOfBoth,
  withLoadOfBase,
  limitsFor,
  sayTheSame
};
