/**
 * What a commit changes in its own config that can change its verdict. Pure. Values are for people: short, on one line,
 * and those of variables, headers and bodies not at all, since they may be secrets.
 */
import { posix } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { redact, redactArgs } from '../base/redact.ts';
import { INSTRUMENTS } from '../model/metrics.ts';
import { type Config, ON_CONFIG_CHANGE } from './config.ts';
import { limitDifferences } from './limit-differences.ts';
import { loadDifferences, shownLoad } from './load-differences.ts';
import { configDirectory, whereIs } from './places.ts';
import { limitsFor } from './rules.ts';
import { glance } from './show.ts';

export const DIFFERENCE_KINDS = ['loosened', 'tightened', 'changed'] as const;
export const DIFFERENCE_ABOUT = ['rule', 'load', 'build', 'base', 'other'] as const;

export interface Difference {
  /** `limits.objects.total`, `load.requests: GET /orders`. */
  readonly key: string;
  readonly base: string;
  readonly head: string;
  /** `loosened`: the head allows more, or measures less; `changed`: nobody can tell. */
  readonly kind: (typeof DIFFERENCE_KINDS)[number];
  /** In the head's config: `perf-gate.yml:31`. */
  readonly at: string;
  /**
   * `rule`: it says what is allowed, and the base's can be held in its place. `load`: it says what is sent, which the
   * base's can be as long as the head answers it. `build`: it decides what is measured, so that a pass is one on other
   * grounds; `base`: what it is held against. `other`: it is told.
   */
  readonly about: (typeof DIFFERENCE_ABOUT)[number];
  /** The scenario that it is about; undefined: all of them. */
  readonly scenario?: string | undefined;
}

/** In the order of the file: service, load, limits, scenarios, the rest. */
export function differencesOf(base: Config, head: Config): Difference[] {
  const at = (key: string) => whereIs(head, key);
  return [
    ...serviceDifferences(base, head),
    ...ofScenarios(base, head),
    ...limitDifferences(base.limits, head.limits, { key: 'limits', at }),
    ...removedScenarios(base, head),
    ...instrumentDifferences(base, head),
    ...wordDifference(head, 'on-inconclusive', base.onInconclusive, head.onInconclusive, ['pass', 'fail']),
    ...wordDifference(head, 'on-config-change', base.onConfigChange, head.onConfigChange, ON_CONFIG_CHANGE),
    ...baselineDifferences(base, head),
  ];
}

const NONE = 'none';

// ---- service

type Shown = (value: unknown) => string;

const asText: Shown = (value) => (value === undefined ? NONE : glance(redact(textOf(value))));
const textOf = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const asArguments: Shown = (value) => glance(redact(redactArgs(value as readonly string[]).join(' ')) || NONE);
const asCommands: Shown = (value) => glance(redact((value as readonly string[]).join('; ')) || NONE);

const asBase: Shown = (value) => asText((value as Config['service']['base']).package);

/** Of a map its names, whose values differ or not. */
const asNames: Shown = (value) => glance(Object.keys(value as object).join(', ') || NONE);

function serviceDifferences({ service: old }: Config, head: Config): Difference[] {
  const { service } = head;
  const one = (
    key: string,
    about: Difference['about'],
    shown: Shown,
    before: unknown,
    after: unknown,
  ): Difference[] => {
    if (isDeepStrictEqual(before, after)) return [];
    const [was, is] = [shown(before), shown(after)];
    const name = `service.${key}`;
    // Where only what is not shown differs.
    const said = was === is ? { base: was, head: `${is}, other values` } : { base: was, head: is };
    return [{ key: name, ...said, kind: 'changed', at: whereIs(head, name), about }];
  };
  return [
    ...one('package', 'build', asText, old.package, service.package),
    ...one('base', 'other', asBase, old.base, service.base),
    ...one('dir', 'build', asText, old.dir, service.dir),
    ...one('setup', 'build', asCommands, old.setup, service.setup),
    ...one('build.command', 'build', asText, old.build.command, service.build.command),
    ...one('build.flags', 'build', asArguments, old.build.flags, service.build.flags),
    ...one('build.tags', 'build', asArguments, old.build.tags, service.build.tags),
    ...one('build.env', 'build', asNames, old.build.env, service.build.env),
    ...one('build.ldflags', 'build', asText, old.build.ldflags, service.build.ldflags),
    ...one('inject', 'other', asNames, old.inject, service.inject),
    ...one('args', 'other', asArguments, old.args, service.args),
    ...one('env', 'other', asNames, old.env, service.env),
    ...one('files', 'other', asNames, old.files, service.files),
    ...one('listen', 'other', asText, old.listen, service.listen),
    ...one('protocol', 'other', asText, old.protocol, service.protocol),
    ...one('tls', 'other', asText, old.tls, service.tls),
    ...one('ready', 'other', asText, old.ready, service.ready),
    ...one('stop', 'other', asText, old.stop, service.stop),
  ];
}

// ---- files

/** Files that the load is made of and that the commit changes; `changed` are paths from the repository's root. */
export function otherFiles(head: Config, changed: readonly string[]): Difference[] {
  const directory = configDirectory(head.fileName);
  const inRepository = (path: string) => posix.join(directory, path);
  return loadsOf(head).flatMap(({ scenario, load }): Difference[] => {
    const key = keyOf(scenario);
    const one = (name: string, path: string): Difference => {
      const full = `${key}.${name}`;
      const base = glance(path);
      return {
        key: full,
        base,
        head: `${base}, other content`,
        kind: 'changed',
        at: whereIs(head, full),
        about: 'load',
        scenario,
      };
    };
    const bodies = load.requests.flatMap((request, i) =>
      [request, ...request.steps].flatMap(({ bodyFile }) =>
        bodyFile !== undefined && changed.includes(inRepository(bodyFile)) ? [one(`requests[${i}]`, bodyFile)] : [],
      ),
    );
    // What a command reads nobody knows but by its name.
    const template = load.command?.template;
    const scripts = changed.filter((path) => template?.includes(posix.basename(path)));
    return [...bodies, ...scripts.map((path) => one('command', path))];
  });
}

// ---- scenarios

interface Load {
  readonly scenario: string | undefined;
  readonly load: Config['load'];
}

const loadsOf = ({ scenarios, load }: Config): readonly Load[] =>
  scenarios.length === 0 ? [{ scenario: undefined, load }] : scenarios.map((one) => ({ ...one, scenario: one.name }));

const keyOf = (scenario: string | undefined) => (scenario === undefined ? 'load' : `scenarios.${scenario}`);

/** What the head measures, against what the base has under the same name. */
function ofScenarios(base: Config, head: Config): Difference[] {
  return loadsOf(head).flatMap(({ scenario, load }): Difference[] => {
    const key = keyOf(scenario);
    const at = (name: string) => whereIs(head, name);
    const old = loadsOf(base).find((one) => one.scenario === scenario);
    const own = head.scenarios.find(({ name }) => name === scenario);
    const ofLimits =
      own === undefined || old === undefined
        ? []
        : limitDifferences(limitsFor(base, scenario), own.limits, {
            key: `${key}.limits`,
            at,
            shared: { base: base.limits, head: head.limits },
          });
    const ofLoad: Difference[] =
      old === undefined
        ? [{ key, base: NONE, head: shownLoad(load), kind: 'changed', at: at(key), about: 'load' }]
        : loadDifferences(old.load, load, { key, at });
    // One that is new is not measured, so that what the others say of it is all that is said.
    return [...ofLoad, ...ofLimits].map((one) => (old === undefined ? one : { ...one, scenario }));
  });
}

/** A load that nobody would put on the service any more. */
function removedScenarios(base: Config, head: Config): Difference[] {
  const kept = new Set(loadsOf(head).map(({ scenario }) => scenario));
  return loadsOf(base)
    .filter(({ scenario }) => !kept.has(scenario))
    .map(({ scenario, load }) => ({
      key: keyOf(scenario),
      base: shownLoad(load),
      head: NONE,
      kind: 'loosened',
      at: whereIs(head, 'scenarios'),
      about: 'load',
      scenario,
    }));
}

// ---- the rest

function baselineDifferences({ baseline: old }: Config, head: Config): Difference[] {
  const { branch, store } = head.baseline;
  const one = (name: string, rest: Pick<Difference, 'base' | 'head' | 'about'>): Difference => {
    const key = `baseline.${name}`;
    return { key, ...rest, kind: 'changed', at: whereIs(head, key) };
  };
  return [
    ...(old.branch === branch
      ? []
      : [one('branch', { base: asText(old.branch), head: asText(branch), about: 'other' })]),
    // Whoever chooses the store chooses the figures of the base.
    ...(isDeepStrictEqual(old.store, store)
      ? []
      : [one('store', { base: asText(old.store), head: asText(store), about: 'rule' })]),
  ];
}

function instrumentDifferences(base: Config, head: Config): Difference[] {
  return (['instruments', 'require'] as const).flatMap((key): Difference[] => {
    const [before, after] = [base[key], head[key]];
    // What is required where nothing is said: all, in CI.
    const isLess = (one: typeof before, other: typeof before) =>
      other !== undefined && (one ?? INSTRUMENTS).some((name) => !other.includes(name));
    const isLoosened = isLess(before, after);
    if (!isLoosened && !isLess(after, before)) return [];
    const shown = (names: typeof before) => (names === undefined ? 'all of them in CI' : names.join(', ') || NONE);
    const kind = isLoosened ? 'loosened' : 'tightened';
    return [{ key, base: shown(before), head: shown(after), kind, at: whereIs(head, key), about: 'rule' }];
  });
}

/** Of words in the order of their strictness. */
function wordDifference(
  head: Config,
  key: string,
  before: string,
  after: string,
  order: readonly string[],
): Difference[] {
  if (before === after) return [];
  const kind = order.indexOf(after) < order.indexOf(before) ? 'loosened' : 'tightened';
  return [{ key, base: before, head: after, kind, at: whereIs(head, key), about: 'rule' }];
}
