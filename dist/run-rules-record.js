import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  withoutRulesOfOthers
} from "./compare-shared-limits.js";
import {
  compileSchema
} from "./report-words.js";
import {
  DIFFERENCE_ABOUT,
  DIFFERENCE_KINDS
} from "./config-differences.js";
import {
  limitsFor,
  withLoadOfBase,
  withRulesOfBoth
} from "./config-rules.js";
import {
  configForMeasured
} from "./config-places.js";
import {
  FUNCTION_METRICS,
  INSTRUMENTS,
  METRICS,
  ON_CONFIG_CHANGE
} from "./model-metrics.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/run/rules-record.ts
var RULES = "rules.json";
var judgingPart = ({ limits: limits2, onInconclusive, require: require2, instruments, scenarios }) => ({
  ...{ limits: limits2, onInconclusive, require: require2, instruments },
  scenarios: scenarios.map(({ name, limits: limits3 }) => ({ name, limits: limits3 }))
});
function configUnder(record2, head) {
  if (record2?.base === void 0) return head;
  const { base: kept, differences, whyNotBase } = record2;
  const base = {
    ...head,
    ...kept,
    require: kept.require,
    // absent is a word too: all of them in CI
    limits: withFlagsOf(kept.limits, head.limits, head.places),
    scenarios: kept.scenarios.map(({ name, limits: limits2 }) => ({
      name,
      load: head.load,
      limits: withFlagsOf(limits2, limitsFor(head, name), head.places)
    })),
    ...typeof head.places["on-inconclusive"] === "string" && { onInconclusive: head.onInconclusive }
  };
  const rules = withRulesOfBoth(base, head);
  const isOnLoadOfBase = whyNotBase === void 0 && differences.some(({ about }) => about === "load");
  return isOnLoadOfBase ? withLoadOfBase(base, rules) : rules;
}
function withFlagsOf(kept, { metrics }, places) {
  const isSet = (key) => typeof places[key] === "string";
  const entries = METRICS.map((name) => {
    const parts = Object.entries(metrics[name]);
    const set = parts.filter(([part]) => isSet(`limits.${name}`) || isSet(`limits.${name}.${part}`));
    return [name, { ...kept.metrics[name], ...Object.fromEntries(set) }];
  });
  return { ...kept, metrics: Object.fromEntries(entries) };
}
function limitsUnder(record2, config, { named, measured, howToName }) {
  const { limits: limits2 } = configForMeasured(config, named, measured, howToName);
  const isAnother = named !== void 0 && named !== measured;
  return record2 === void 0 || isAnother ? limits2 : withoutRulesOfOthers(limits2, config.limits, record2.ofOthers);
}
function parseRulesRecord(text2, path) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: "measure again" });
  }
  validate ??= compileSchema(rulesRecordSchema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(
    `${path} is damaged or of another version: ${error?.instancePath || "it"} ${error?.message}`,
    { hint: "measure again" }
  );
}
var validate;
var text = { type: "string", maxLength: 2e4 };
var listOf = (items) => ({ type: "array", items, maxItems: 1e4 });
var record = (properties, optional = []) => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((key) => !optional.includes(key)),
  additionalProperties: false
});
var share = { type: "number", minimum: 0 };
var limit = record({ ratio: share, text, at: text }, ["at"]);
var limitOrOff = { anyOf: [{ const: "off" }, limit] };
var floor = record({ perRequest: share, ratio: share, text, at: text }, ["at"]);
var ofEach = (names, schema) => Object.fromEntries(names.map((name) => [name, schema]));
var limits = record({
  metrics: record(ofEach(METRICS, record({ total: limitOrOff, function: limitOrOff, collection: limitOrOff, floor }))),
  functions: listOf(
    record({ match: text, limits: record(ofEach(FUNCTION_METRICS, limitOrOff), FUNCTION_METRICS), at: text })
  ),
  ignore: listOf(record({ match: text, at: text })),
  waivers: listOf(
    record({ function: text, metric: { enum: FUNCTION_METRICS }, upTo: limit, until: text, reason: text, at: text })
  )
});
var rulesRecordSchema = record(
  {
    schema: { const: 1 },
    base: record(
      {
        limits,
        onInconclusive: { enum: ["pass", "fail"] },
        require: listOf({ enum: INSTRUMENTS }),
        instruments: listOf({ enum: INSTRUMENTS }),
        scenarios: listOf(record({ name: text, limits }))
      },
      ["require"]
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
          scenario: text
        },
        ["scenario"]
      )
    ),
    dropped: listOf({ enum: INSTRUMENTS }),
    rewritten: listOf(text),
    notes: listOf(record({ code: text, text })),
    ofOthers: listOf(text)
  },
  ["base", "whyNotBase"]
);

export {
  RULES,
  judgingPart,
  configUnder,
  limitsUnder,
  parseRulesRecord
};
