/**
 * Which rules judge a commit that changes its own config: of each limit the stricter, what both ignore and waive, all
 * that either measures, and on which load. Pure.
 */

import { INSTRUMENTS, METRICS, type MetricName } from '../model/metrics.ts';
import type { Config, Floor, LimitOrOff, LimitsConfig, LoadConfig, MetricLimits } from './config.ts';
import { isAtMost, stricter } from './limit.ts';

/** The head's config with the rules of both, and its own load. How it is built and run is the head's on either side. */
export function withRulesOfBoth(base: Config, head: Config): Config {
  return {
    ...head,
    limits: limitsOfBoth(base.limits, head.limits),
    scenarios: head.scenarios.map((scenario) => ({
      ...scenario,
      load: { ...scenario.load, errors: Math.min(scenario.load.errors, loadOf(base, scenario.name).errors) },
      limits: limitsOfBoth(limitsFor(base, scenario.name), scenario.limits),
    })),
    load: { ...head.load, errors: Math.min(head.load.errors, base.load.errors) },
    // What is stored by the base's job is the base's; what a commit brings along may be anything.
    baseline: { ...head.baseline, store: base.baseline.store },
    onInconclusive: [base, head].some(({ onInconclusive }) => onInconclusive === 'fail') ? 'fail' : 'pass',
    require: requiredByBoth(base.require, head.require),
    instruments: INSTRUMENTS.filter((name) => [base, head].some(({ instruments }) => instruments.includes(name))),
  };
}

/**
 * The rules of both with what the base sends: its scenarios with its requests and its numbers of them, of which the head
 * may have more counted. What the head has beside them is not in it, so that of its rules none has to fit a function that
 * ran.
 */
export function withLoadOfBase(base: Config, rules: Config): Config {
  return {
    ...rules,
    load: ofBase(base.load, rules.load),
    limits: ofBaseFirst(rules.limits),
    scenarios: base.scenarios.map(({ name, load, limits }) => {
      const known = rules.scenarios.find((scenario) => scenario.name === name);
      return {
        name,
        load: known === undefined ? load : ofBase(load, known.load),
        limits: ofBaseFirst(known?.limits ?? limitsOfBoth(limits, rules.limits)),
      };
    }),
  };
}

const ofBase = (base: LoadConfig, { errors, count }: LoadConfig): LoadConfig => ({
  ...base,
  errors,
  count: Math.max(base.count, count),
});

const ofBaseFirst = ({ besides, ...head }: LimitsConfig): LimitsConfig =>
  besides === undefined ? head : { ...besides, metrics: head.metrics, besides: head };

/** Where one of them says nothing, that is all of them in CI. */
const requiredByBoth = (base: Config['require'], head: Config['require']): Config['require'] =>
  base && head && INSTRUMENTS.filter((name) => base.includes(name) || head.includes(name));

/** The limits of the scenario with this name; of one that the config does not have, those that all scenarios share. */
export const limitsFor = ({ scenarios, limits }: Config, scenario: string | undefined): LimitsConfig =>
  scenarios.find(({ name }) => name === scenario)?.limits ?? limits;

const loadOf = ({ scenarios, load }: Config, scenario: string) =>
  scenarios.find(({ name }) => name === scenario)?.load ?? load;

function limitsOfBoth(base: LimitsConfig, head: LimitsConfig): LimitsConfig {
  if (sayTheSame(base, head)) return head;
  const old = placedInBase(base);
  return { ...head, metrics: ofEachMetric((name) => both(old.metrics[name], head.metrics[name])), besides: old };
}

function both(base: MetricLimits, head: MetricLimits): MetricLimits {
  return {
    total: stricter(head.total, base.total),
    function: stricter(head.function, base.function),
    collection: stricter(head.collection, base.collection),
    floor: smaller(base.floor, head.floor),
  };
}

/** The base's where it depends on what is measured which of them is smaller. */
const smaller = (base: Floor, head: Floor): Floor => (isAtMost(head, base) ? head : base);

/** The limits as a reader of the head can find them. */
function placedInBase({ metrics, functions, ignore, waivers }: LimitsConfig): LimitsConfig {
  const placed = <T extends { readonly at: string | undefined }>(one: T): T =>
    one.at === undefined ? one : { ...one, at: `${one.at} of the base` };
  const limit = (one: LimitOrOff) => (one === 'off' ? one : placed(one));
  return {
    metrics: ofEachMetric((name) => {
      const { total, function: ofFunctions, collection, floor } = metrics[name];
      return {
        total: limit(total),
        function: limit(ofFunctions),
        collection: limit(collection),
        floor: placed(floor),
      };
    }),
    functions: functions.map((rule) => ({
      ...placed(rule),
      limits: Object.fromEntries(Object.entries(rule.limits).map(([name, one]) => [name, limit(one)])),
    })),
    ignore: ignore.map(placed),
    waivers: waivers.map(placed),
  };
}

const ofEachMetric = (of: (name: MetricName) => MetricLimits) =>
  Object.fromEntries(METRICS.map((name) => [name, of(name)])) as Record<MetricName, MetricLimits>;

/** Whether limits, rules or waivers say the same, wherever they stand and however a number is written. */
export const sayTheSame = (a: unknown, b: unknown): boolean => meaning(a) === meaning(b);

const meaning = (part: unknown) =>
  JSON.stringify(part, (key, value: unknown) => (NO_MEANING.has(key) ? undefined : value));

const NO_MEANING = new Set(['at', 'text']);
