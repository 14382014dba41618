/**
 * `rules.json` of a run directory: what judged the run and is not in the head's own config, so that whoever judges what was
 * measured once more comes to the same word. It may come from anybody.
 */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema } from '../base/compile-schema.ts';
import { MeasurementError } from '../base/errors.ts';
import { withoutRulesOfOthers } from '../compare/shared-limits.ts';
import { type Config, type LimitsConfig, ON_CONFIG_CHANGE, type ScenarioConfig } from '../config/config.ts';
import { DIFFERENCE_ABOUT, DIFFERENCE_KINDS } from '../config/differences.ts';
import { limitsFor, withLoadOfBase, withRulesOfBoth } from '../config/rules.ts';
import { configForMeasured } from '../config/scenarios.ts';
import { FUNCTION_METRICS, INSTRUMENTS, METRICS } from '../model/metrics.ts';
import type { OnOwnLoad, OwnRules } from './under-rules-of-base.ts';

export const RULES = 'rules.json';

export interface RulesRecord extends OwnRules, OnOwnLoad {
  readonly schema: 1;
  /** Of the base's config, where its rules hold besides those of the head's. */
  readonly base?: Judging | undefined;
  /** See patternsOfOthers. */
  readonly ofOthers: readonly string[];
}

/** Of a config what judges, without all that may be secret. */
export interface Judging extends Pick<Config, 'limits' | 'onInconclusive' | 'require' | 'instruments'> {
  readonly scenarios: readonly Pick<ScenarioConfig, 'name' | 'limits'>[];
}

export const judgingPart = ({ limits, onInconclusive, require, instruments, scenarios }: Config): Judging => ({
  ...{ limits, onInconclusive, require, instruments },
  scenarios: scenarios.map(({ name, limits }) => ({ name, limits })),
});

/** The config with the rules of the base that was recorded. What a flag sets is set in both. */
export function configUnder(record: RulesRecord | undefined, head: Config): Config {
  if (record?.base === undefined) return head;
  const { base: kept, differences, whyNotBase } = record;
  const base: Config = {
    ...head,
    ...kept,
    require: kept.require, // absent is a word too: all of them in CI
    limits: withFlagsOf(kept.limits, head.limits, head.places),
    scenarios: kept.scenarios.map(({ name, limits }) => ({
      name,
      load: head.load,
      limits: withFlagsOf(limits, limitsFor(head, name), head.places),
    })),
    ...(typeof head.places['on-inconclusive'] === 'string' && { onInconclusive: head.onInconclusive }),
  };
  const rules = withRulesOfBoth(base, head);
  const isOnLoadOfBase = whyNotBase === undefined && differences.some(({ about }) => about === 'load');
  return isOnLoadOfBase ? withLoadOfBase(base, rules) : rules;
}

/** The limits that were kept with what flags set in those of the head. */
function withFlagsOf(kept: LimitsConfig, { metrics }: LimitsConfig, places: Config['places']): LimitsConfig {
  const isSet = (key: string) => typeof places[key] === 'string';
  const entries = METRICS.map((name) => {
    const parts = Object.entries(metrics[name]);
    const set = parts.filter(([part]) => isSet(`limits.${name}`) || isSet(`limits.${name}.${part}`));
    return [name, { ...kept.metrics[name], ...Object.fromEntries(set) }];
  });
  return { ...kept, metrics: Object.fromEntries(entries) };
}

export interface Scenarios {
  /** By a person, in place of the one that was measured. */
  readonly named?: string | undefined;
  readonly measured: string | undefined;
  /** See configForMeasured. */
  readonly howToName: string;
}

/** The limits of what was measured; see configForMeasured, with the config of configUnder. */
export function limitsUnder(
  record: RulesRecord | undefined,
  config: Config,
  { named, measured, howToName }: Scenarios,
): LimitsConfig {
  const { limits } = configForMeasured(config, named, measured, howToName);
  const isAnother = named !== undefined && named !== measured;
  return record === undefined || isAnother ? limits : withoutRulesOfOthers(limits, config.limits, record.ofOthers);
}

/** Throws a MeasurementError for what is no such record. */
export function parseRulesRecord(text: string, path: string): RulesRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: 'measure again' });
  }
  validate ??= compileSchema(rulesRecordSchema);
  if (validate(value)) return value as RulesRecord;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(
    `${path} is damaged or of another version: ${error?.instancePath || 'it'} ${error?.message}`,
    { hint: 'measure again' },
  );
}

let validate: ValidateFunction | undefined;

const text = { type: 'string', maxLength: 20_000 } as const;
const listOf = (items: object) => ({ type: 'array', items, maxItems: 10_000 });
const record = (properties: object, optional: readonly string[] = []) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false,
});

const share = { type: 'number', minimum: 0 } as const;
const limit = record({ ratio: share, text, at: text }, ['at']);
const limitOrOff = { anyOf: [{ const: 'off' }, limit] };
const floor = record({ perRequest: share, ratio: share, text, at: text }, ['at']);
const ofEach = (names: readonly string[], schema: object) => Object.fromEntries(names.map((name) => [name, schema]));
const limits = record({
  metrics: record(ofEach(METRICS, record({ total: limitOrOff, function: limitOrOff, collection: limitOrOff, floor }))),
  functions: listOf(
    record({ match: text, limits: record(ofEach(FUNCTION_METRICS, limitOrOff), FUNCTION_METRICS), at: text }),
  ),
  ignore: listOf(record({ match: text, at: text })),
  waivers: listOf(
    record({ function: text, metric: { enum: FUNCTION_METRICS }, upTo: limit, until: text, reason: text, at: text }),
  ),
});

export const rulesRecordSchema = record(
  {
    schema: { const: 1 },
    base: record(
      {
        limits,
        onInconclusive: { enum: ['pass', 'fail'] },
        require: listOf({ enum: INSTRUMENTS }),
        instruments: listOf({ enum: INSTRUMENTS }),
        scenarios: listOf(record({ name: text, limits })),
      },
      ['require'],
    ),
    whyNotBase: text,
    mode: { enum: ON_CONFIG_CHANGE },
    differences: listOf(
      record(
        {
          key: text,
          base: text,
          head: text,
          kind: { enum: DIFFERENCE_KINDS },
          at: text,
          about: { enum: DIFFERENCE_ABOUT },
          scenario: text,
        },
        ['scenario'],
      ),
    ),
    dropped: listOf({ enum: INSTRUMENTS }),
    rewritten: listOf(text),
    notes: listOf(record({ code: text, text })),
    ofOthers: listOf(text),
  },
  ['base', 'whyNotBase'],
);
