import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  DIFFERENCE_KINDS
} from "./config-differences.js";
import {
  REPORT_SCHEMA,
  VERDICTS
} from "./compare-report.js";
import {
  SCENARIO_PATTERN
} from "./config-places.js";
import {
  INSTRUMENTS,
  METRICS,
  ROWS
} from "./model-metrics.js";

// src/report/schema.ts
var REPORT_SCHEMA_ID = "https://unpkg.com/perf-gate/schema/report.schema.json";
var REPRODUCE = "^(npx )?perf-gate( [^;&|<>`$(){}\\\\\\p{Cc}]*)?$";
function record(fields) {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([key, field]) => [key, isOptional(field) ? field.optional : field])),
    required: entries.flatMap(([key, field]) => isOptional(field) ? [] : [key])
  };
}
var isOptional = (field) => "optional" in field;
var optional = (schema) => ({ optional: schema });
var listOf = (items) => ({ type: "array", items, maxItems: 1e4 });
var oneOf = (values) => ({ enum: values });
var described = (description, schema) => ({ description, ...schema });
var text = { type: "string", maxLength: 1e5 };
var number = { type: "number" };
var amount = { type: "number", minimum: 0 };
var boolean = { type: "boolean" };
var metric = oneOf(METRICS);
var side = record({ commit: text, version: text, isDirty: boolean });
var limit = record({
  ratio: described("0.02 for +2 %.", amount),
  text: described("As written in the config.", text),
  at: optional(described("Where it is written; absent for a default.", text))
});
var total = record({
  name: oneOf([...METRICS, ...ROWS.filter((name) => !METRICS.some((metric2) => metric2 === name))]),
  unit: oneOf(["count", "bytes", "ns"]),
  base: number,
  head: number,
  change: optional(described("head / base - 1; absent where the base is 0.", number)),
  uncertainty: {
    anyOf: [
      record({
        kind: { const: "exact" },
        noise: described("Difference of the replicates over the base.", amount)
      }),
      record({
        kind: { const: "spread" },
        sd: described("Standard deviation of the rounds' log ratios.", amount),
        rounds: amount
      })
    ]
  },
  limit: optional(limit),
  status: described(
    "ok: within its limit. small: over it, but a rise below the floor. close: over it by less than the noise. waived: over it by waived rises only. unjudged: shown only.",
    oneOf(["ok", "over", "small", "close", "waived", "unjudged"])
  ),
  floor: optional(described("The smallest rise that can be a finding; for the status small.", amount))
});
var explanation = {
  anyOf: [
    record({
      kind: described("The line runs more often.", { const: "line" }),
      base: amount,
      head: amount
    }),
    record({
      kind: described("The function is called more often.", { const: "calls" }),
      base: amount,
      head: amount
    }),
    record({
      kind: described("As many calls, each dearer by `ratio`.", { const: "per-call" }),
      calls: amount,
      ratio: number
    }),
    record({ kind: { const: "new" } }),
    record({ kind: { const: "dearer" } })
  ]
};
var effect = record({
  metric,
  base: described("Charged cost: all that runs beneath the function, down to the next changed one.", number),
  head: number,
  netRise: described("What of the rise is left in every caller's cost up to the root.", number),
  relative: described("Net rise over the base's charged cost, for a new function over the total.", number),
  noise: amount,
  limit: optional(limit),
  status: oneOf(["over", "within", "waived", "ignored"]),
  explains: optional(described("Share of the total's rise.", number)),
  waiver: optional(
    record({
      reason: text,
      until: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$" }
    })
  )
});
var cause = record({
  function: described("As Go's own profile names it.", text),
  file: optional(text),
  line: optional(amount),
  isFileInRepository: boolean,
  changedBy: optional(
    described("What the commit did to it: source, uses pricing.Rounds, assembly; absent when nobody knows.", text)
  ),
  module: optional(record({ path: text, base: optional(text), head: optional(text) })),
  explanation,
  effects: listOf(effect),
  timeNs: optional(described("The rise in CPU time that the instructions stand for.", number)),
  consequences: described("Callers that cost more because of it, nearest first.", listOf(text))
});
var risen = record({ function: text, rise: number });
var suspect = record({
  kind: described(
    "declaration: a constant, variable or type. build: how it was built, with the go line of go.mod.",
    oneOf(["function", "declaration", "file", "module", "build"])
  ),
  name: text,
  detail: optional(text),
  usedIn: optional(described("The functions that use a declaration.", listOf(text))),
  file: optional(text),
  line: optional(amount),
  ran: optional(described("Whether any of these functions ran while requests were measured.", boolean))
});
var collector = record({
  rise: described("Instructions per request.", number),
  explains: described("Of the rise in all instructions.", number),
  parts: described(
    "Instructions of one collection, bytes that a request allocates, bytes from one collection to the next.",
    listOf(
      record({
        part: oneOf(["one collection", "allocated", "distance"]),
        base: amount,
        head: amount
      })
    )
  )
});
var REPORT_JSON_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: REPORT_SCHEMA_ID,
  title: "A report of perf-gate",
  description: 'What a comparison of two commits found. Figures are per request, ratios are plain (0.1 = 10 %). Several reports on the standard output are `{ "verdict": the worst of them, "reports": [...] }`. Within one `schema` number fields and words are added and none taken away: ignore those that you do not know.',
  ...record({
    $schema: optional({ const: REPORT_SCHEMA_ID }),
    schema: { const: REPORT_SCHEMA },
    tool: described("Version of perf-gate.", text),
    verdict: oneOf(VERDICTS),
    isSameCode: described("Both sides execute the same machine code: nothing was measured.", boolean),
    isNewService: optional(
      described("The base does not have the service: nothing was compared, and the totals of the base are 0.", {
        const: true
      })
    ),
    service: text,
    scenario: optional(
      described("The scenario that was measured, of a service that has several.", {
        type: "string",
        pattern: `^${SCENARIO_PATTERN}$`
      })
    ),
    base: side,
    head: side,
    baseReason: described("How the base was chosen.", text),
    baselineSource: optional(
      described("Where the exact figures of the base come from: an earlier run's bundle, or this run.", {
        enum: ["stored", "measured"]
      })
    ),
    durationMs: amount,
    totals: listOf(total),
    causes: described(
      "Functions whose rise is over a limit or explains a total that is; the largest first.",
      listOf(cause)
    ),
    moved: described(
      "Functions whose rise their callers saved elsewhere.",
      listOf(
        record({
          function: text,
          metric,
          rise: number,
          netRise: number,
          isAround: optional(
            described("A new function around code that was there before: charged with it now.", boolean)
          )
        })
      )
    ),
    unchanged: described(
      "What code that the commit did not change costs more or less.",
      listOf(
        record({
          metric,
          base: number,
          head: number,
          change: described("Over the total of the base.", number),
          functions: listOf(risen),
          within: optional(described("The service's own functions beneath which it is.", listOf(risen)))
        })
      )
    ),
    suspects: optional(
      described(
        "What else the commit changed, where causes do not explain a total: what runs once is paid for later.",
        listOf(suspect)
      )
    ),
    collector: optional(described("What the garbage collector has to do with a rise of the instructions.", collector)),
    owed: optional(described("Instruments whose absence alone leaves the verdict open.", listOf(oneOf(INSTRUMENTS)))),
    unjudged: optional(
      described("Metrics with a limit that could not be judged: a pass says nothing of them.", listOf(metric))
    ),
    noisy: described(
      "Functions that rose over a limit by no more than their own noise.",
      listOf(record({ function: text, metric, netRise: number, noise: amount }))
    ),
    notes: listOf(record({ code: text, text })),
    configChanges: optional(
      described(
        "What the commit changes in the config that it is judged by.",
        listOf(
          record({
            key: text,
            base: text,
            head: text,
            kind: described(
              "loosened: the head allows more or measures less. changed: nobody can tell.",
              oneOf(DIFFERENCE_KINDS)
            ),
            at: described("Its place in the head's config.", text),
            counts: described(
              "Whose word counted; of both the stricter.",
              oneOf(["base", "head", "both"])
            )
          })
        )
      )
    ),
    missing: described(
      "Instruments that were wanted and could not be used.",
      listOf(
        record({
          instrument: oneOf(INSTRUMENTS),
          reason: text,
          hint: optional(text),
          fault: optional(described("What it needs is there, and it failed on the service.", oneOf(["service"])))
        })
      )
    ),
    sensitivity: described(
      "The smallest rise of a total that this run could have told from its noise.",
      listOf(record({ metric, ratio: amount }))
    ),
    reproduce: described("A command that repeats the comparison.", { ...text, pattern: REPRODUCE }),
    directory: described("The run directory.", text)
  })
};

export {
  REPORT_SCHEMA_ID,
  REPORT_JSON_SCHEMA
};
