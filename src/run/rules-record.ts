/**
 * `rules.json` of a run directory: what judged the run and is not in the head's own config, so that whoever judges what was
 * measured once more comes to the same word. It may come from anybody.
 */
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { compileSchema } from '../base/compile-schema.ts';
import { MeasurementError } from '../base/errors.ts';
import { withoutRulesOfOthers } from '../compare/shared-limits.ts';
import { type Config, type LimitsConfig, ON_CONFIG_CHANGE } from '../config/config.ts';
import { DIFFERENCE_ABOUT, DIFFERENCE_KINDS } from '../config/differences.ts';
import { parseConfig } from '../config/parse.ts';
import { withLoadOfBase, withRulesOfBoth } from '../config/rules.ts';
import { configForMeasured } from '../config/scenarios.ts';
import type { Setting } from '../config/settings.ts';
import { INSTRUMENTS } from '../model/metrics.ts';
import type { OnOwnLoad, OwnRules } from './under-rules-of-base.ts';

export const RULES = 'rules.json';

export interface RulesRecord extends OwnRules, OnOwnLoad {
  readonly schema: 1;
  /** The base's config, where its rules hold besides those of the head's. */
  readonly base?: { readonly fileName: string; readonly text: string } | undefined;
  /** See patternsOfOthers. */
  readonly ofOthers: readonly string[];
}

/** The config with the rules of the base that was recorded; `settings` are put in place of what either says. */
export function configUnder(record: RulesRecord | undefined, head: Config, settings: readonly Setting[] = []): Config {
  if (record?.base === undefined) return head;
  const { base: file, differences, whyNotBase } = record;
  const base = parseConfig(file.text, file.fileName, undefined, settings);
  const rules = withRulesOfBoth(base, head);
  const isOnLoadOfBase = whyNotBase === undefined && differences.some(({ about }) => about === 'load');
  return isOnLoadOfBase ? withLoadOfBase(base, rules) : rules;
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

export const rulesRecordSchema = record(
  {
    schema: { const: 1 },
    base: record({ fileName: text, text: { type: 'string', maxLength: 1_000_000 } }),
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
