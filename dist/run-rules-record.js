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
  withLoadOfBase,
  withRulesOfBoth
} from "./config-rules.js";
import {
  parseConfig
} from "./simple-git.js";
import {
  configForMeasured
} from "./config-places.js";
import {
  INSTRUMENTS,
  ON_CONFIG_CHANGE
} from "./model-metrics.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/run/rules-record.ts
var RULES = "rules.json";
function configUnder(record2, head, settings = []) {
  if (record2?.base === void 0) return head;
  const { base: file, differences, whyNotBase } = record2;
  const base = parseConfig(file.text, file.fileName, void 0, settings);
  const rules = withRulesOfBoth(base, head);
  const isOnLoadOfBase = whyNotBase === void 0 && differences.some(({ about }) => about === "load");
  return isOnLoadOfBase ? withLoadOfBase(base, rules) : rules;
}
function limitsUnder(record2, config, { named, measured, howToName }) {
  const { limits } = configForMeasured(config, named, measured, howToName);
  const isAnother = named !== void 0 && named !== measured;
  return record2 === void 0 || isAnother ? limits : withoutRulesOfOthers(limits, config.limits, record2.ofOthers);
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
var rulesRecordSchema = record(
  {
    schema: { const: 1 },
    base: record({ fileName: text, text: { type: "string", maxLength: 1e6 } }),
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
  configUnder,
  limitsUnder,
  parseRulesRecord
};
