/** Where the limits of two configs differ, and in which direction. Pure. */

import { METRICS } from '../model/metrics.ts';
import type { Floor, FunctionRule, LimitOrOff, LimitsConfig, Waiver } from './config.ts';
import type { Difference } from './differences.ts';
import { isAtMost, stricter } from './limit.ts';
import { sayTheSame } from './rules.ts';
import { glance } from './show.ts';

interface Place {
  /** Of the limits: `limits`, `scenarios.checkout.limits`. */
  readonly key: string;
  at(key: string): string;
  /** What the limits are laid over, on both sides: what is as there has been told there. */
  readonly shared?: { readonly base: LimitsConfig; readonly head: LimitsConfig };
}

export function limitDifferences(base: LimitsConfig, head: LimitsConfig, place: Place): Difference[] {
  return [...metricDifferences(base, head, place), ...ruleDifferences(base, head, place)];
}

function metricDifferences(base: LimitsConfig, head: LimitsConfig, { key, at, shared }: Place): Difference[] {
  return METRICS.flatMap((metric) =>
    (['total', 'function', 'collection', 'floor'] as const).flatMap((name): Difference[] => {
      const [before, after] = [base.metrics[metric][name], head.metrics[metric][name]];
      if (sayTheSame(before, after)) return [];
      const isShared = shared?.base.metrics[metric][name] === before && shared.head.metrics[metric][name] === after;
      if (isShared) return [];
      const full = `${key}.${metric}.${name}`;
      const place = (after === 'off' ? undefined : after.at) ?? at(full);
      return [
        {
          key: full,
          base: shown(before),
          head: shown(after),
          kind: directionOf(before, after),
          at: place,
          about: 'rule',
        },
      ];
    }),
  );
}

const shown = (one: LimitOrOff | Floor) => (one === 'off' ? one : one.text);

function directionOf(before: LimitOrOff | Floor, after: LimitOrOff | Floor): Difference['kind'] {
  if (isFloor(before) && isFloor(after)) {
    return isAtMost(after, before) ? 'tightened' : isAtMost(before, after) ? 'loosened' : 'changed';
  }
  return stricter(before as LimitOrOff, after as LimitOrOff) === before ? 'loosened' : 'tightened';
}

const isFloor = (one: LimitOrOff | Floor): one is Floor => one !== 'off' && 'perRequest' in one;

interface Rules<Rule> {
  readonly name: 'functions' | 'ignore' | 'waivers';
  of(limits: LimitsConfig): readonly Rule[];
  /** What it is about, so that a rule is found again where it says something else. */
  subject(rule: Rule): string;
  shown(rule: Rule): string;
  /** Of a rule that is there on both sides and says something else. */
  direction(base: Rule, head: Rule): Difference['kind'];
  /** What it means that there is one more of them. */
  readonly one: Difference['kind'];
}

const FUNCTIONS: Rules<FunctionRule> = {
  name: 'functions',
  of: ({ functions }) => functions,
  subject: ({ match }) => match,
  shown: ({ limits }) =>
    Object.entries(limits)
      .map(([metric, limit]) => `${metric} ${shown(limit)}`)
      .join(', '),
  direction: (base, head) => {
    const metrics = METRICS.filter((name) => name in base.limits || name in head.limits);
    const kinds = metrics.map((name) => {
      const [before, after] = [base, head].map(({ limits }) => limits[name as keyof typeof limits]);
      if (before === undefined || after === undefined) return 'changed';
      return sayTheSame(before, after) ? undefined : directionOf(before, after);
    });
    const [first, ...others] = kinds.filter((kind) => kind !== undefined);
    return first !== undefined && others.every((kind) => kind === first) ? first : 'changed';
  },
  // Whether it allows more depends on the limit that it replaces.
  one: 'changed',
};

const IGNORE: Rules<LimitsConfig['ignore'][number]> = {
  name: 'ignore',
  of: ({ ignore }) => ignore,
  subject: ({ match }) => match,
  shown: () => 'ignored',
  direction: () => 'changed',
  one: 'loosened',
};

const WAIVERS: Rules<Waiver> = {
  name: 'waivers',
  of: ({ waivers }) => waivers,
  subject: ({ function: pattern, metric }) => `${pattern} ${metric}`,
  shown: ({ upTo, until }) => `${upTo.text} until ${until}`,
  direction: (base, head) => {
    if (head.upTo.ratio > base.upTo.ratio || head.until > base.until) return 'loosened';
    return head.upTo.ratio < base.upTo.ratio || head.until < base.until ? 'tightened' : 'changed';
  },
  one: 'loosened',
};

function ruleDifferences(base: LimitsConfig, head: LimitsConfig, place: Place): Difference[] {
  const { shared } = place;
  const own = (limits: LimitsConfig, all: LimitsConfig | undefined) =>
    all === undefined ? limits : ownRules(limits, all);
  const [before, after] = [own(base, shared?.base), own(head, shared?.head)];
  return [
    ...between(FUNCTIONS, before, after, place),
    ...between(IGNORE, before, after, place),
    ...between(WAIVERS, before, after, place),
  ];
}

/** The rules of a scenario without those that all of them share. */
function ownRules(limits: LimitsConfig, shared: LimitsConfig): LimitsConfig {
  const besides = <Rule>(rules: readonly Rule[], others: readonly Rule[]) =>
    rules.filter((one) => !others.includes(one));
  return {
    ...limits,
    functions: besides(limits.functions, shared.functions),
    ignore: besides(limits.ignore, shared.ignore),
    waivers: besides(limits.waivers, shared.waivers),
  };
}

function between<Rule extends { readonly at: string }>(
  rules: Rules<Rule>,
  base: LimitsConfig,
  head: LimitsConfig,
  { key, at }: Place,
): Difference[] {
  const { subject, shown, one } = rules;
  // What says the same on both sides is out of the way, so that of several on one subject the changed ones meet.
  const before = rules.of(base).filter((rule) => !rules.of(head).some((other) => sayTheSame(rule, other)));
  const after = rules.of(head).filter((rule) => !rules.of(base).some((other) => sayTheSame(rule, other)));
  const found: Difference[] = [];
  const told = (rule: Rule, rest: Pick<Difference, 'base' | 'head' | 'kind' | 'at'>) =>
    found.push({ key: `${key}.${rules.name}: ${glance(subject(rule))}`, ...rest, about: 'rule' });
  for (const rule of after) {
    const i = before.findIndex((other) => subject(other) === subject(rule));
    const [old] = i < 0 ? [] : before.splice(i, 1);
    const kind = old === undefined ? one : rules.direction(old, rule);
    told(rule, { base: old === undefined ? NONE : shown(old), head: shown(rule), kind, at: rule.at });
  }
  for (const rule of before) {
    const kind = one === 'loosened' ? 'tightened' : one;
    told(rule, { base: shown(rule), head: NONE, kind, at: at(`${key}.${rules.name}`) });
  }
  return found;
}

const NONE = 'none';
