import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  limitsFor,
  sayTheSame
} from "./config-rules.js";
import {
  REPORT_SCHEMA,
  VERDICTS
} from "./compare-report.js";
import {
  SCENARIO_PATTERN,
  configDirectory,
  whereIs
} from "./config-places.js";
import {
  redact,
  redactArgs
} from "./base-redact.js";
import {
  INSTRUMENTS,
  METRICS,
  ON_CONFIG_CHANGE,
  isAtMost,
  stricter
} from "./config-limit.js";
import {
  glance
} from "./config-show.js";

// src/config/differences.ts
import { posix } from "node:path";
import { isDeepStrictEqual as isDeepStrictEqual2 } from "node:util";

// src/config/limit-differences.ts
function limitDifferences(base, head, place) {
  return [...metricDifferences(base, head, place), ...ruleDifferences(base, head, place)];
}
function metricDifferences(base, head, { key, at, shared }) {
  return METRICS.flatMap(
    (metric2) => ["total", "function", "collection", "floor"].flatMap((name) => {
      const [before, after] = [base.metrics[metric2][name], head.metrics[metric2][name]];
      if (sayTheSame(before, after)) return [];
      const isShared = shared?.base.metrics[metric2][name] === before && shared.head.metrics[metric2][name] === after;
      if (isShared) return [];
      const full = `${key}.${metric2}.${name}`;
      const place = (after === "off" ? void 0 : after.at) ?? at(full);
      return [
        {
          key: full,
          base: shown(before),
          head: shown(after),
          kind: directionOf(before, after),
          at: place,
          about: "rule"
        }
      ];
    })
  );
}
var shown = (one) => one === "off" ? one : one.text;
function directionOf(before, after) {
  if (isFloor(before) && isFloor(after)) {
    return isAtMost(after, before) ? "tightened" : isAtMost(before, after) ? "loosened" : "changed";
  }
  return stricter(before, after) === before ? "loosened" : "tightened";
}
var isFloor = (one) => one !== "off" && "perRequest" in one;
var FUNCTIONS = {
  name: "functions",
  of: ({ functions }) => functions,
  subject: ({ match }) => match,
  shown: ({ limits }) => Object.entries(limits).map(([metric2, limit2]) => `${metric2} ${shown(limit2)}`).join(", "),
  direction: (base, head) => {
    const metrics = METRICS.filter((name) => name in base.limits || name in head.limits);
    const kinds = metrics.map((name) => {
      const [before, after] = [base, head].map(({ limits }) => limits[name]);
      if (before === void 0 || after === void 0) return "changed";
      return sayTheSame(before, after) ? void 0 : directionOf(before, after);
    });
    const [first, ...others] = kinds.filter((kind) => kind !== void 0);
    return first !== void 0 && others.every((kind) => kind === first) ? first : "changed";
  },
  // Whether it allows more depends on the limit that it replaces.
  one: "changed"
};
var IGNORE = {
  name: "ignore",
  of: ({ ignore }) => ignore,
  subject: ({ match }) => match,
  shown: () => "ignored",
  direction: () => "changed",
  one: "loosened"
};
var WAIVERS = {
  name: "waivers",
  of: ({ waivers }) => waivers,
  subject: ({ function: pattern, metric: metric2 }) => `${pattern} ${metric2}`,
  shown: ({ upTo, until }) => `${upTo.text} until ${until}`,
  direction: (base, head) => {
    if (head.upTo.ratio > base.upTo.ratio || head.until > base.until) return "loosened";
    return head.upTo.ratio < base.upTo.ratio || head.until < base.until ? "tightened" : "changed";
  },
  one: "loosened"
};
function ruleDifferences(base, head, place) {
  const { shared } = place;
  const own = (limits, all) => all === void 0 ? limits : ownRules(limits, all);
  const [before, after] = [own(base, shared?.base), own(head, shared?.head)];
  return [
    ...between(FUNCTIONS, before, after, place),
    ...between(IGNORE, before, after, place),
    ...between(WAIVERS, before, after, place)
  ];
}
function ownRules(limits, shared) {
  const besides = (rules, others) => rules.filter((one) => !others.includes(one));
  return {
    ...limits,
    functions: besides(limits.functions, shared.functions),
    ignore: besides(limits.ignore, shared.ignore),
    waivers: besides(limits.waivers, shared.waivers)
  };
}
function between(rules, base, head, { key, at }) {
  const { subject, shown: shown2, one } = rules;
  const before = rules.of(base).filter((rule) => !rules.of(head).some((other) => sayTheSame(rule, other)));
  const after = rules.of(head).filter((rule) => !rules.of(base).some((other) => sayTheSame(rule, other)));
  const found = [];
  const told = (rule, rest) => found.push({ key: `${key}.${rules.name}: ${glance(subject(rule))}`, ...rest, about: "rule" });
  for (const rule of after) {
    const i = before.findIndex((other) => subject(other) === subject(rule));
    const [old] = i < 0 ? [] : before.splice(i, 1);
    const kind = old === void 0 ? one : rules.direction(old, rule);
    told(rule, { base: old === void 0 ? NONE : shown2(old), head: shown2(rule), kind, at: rule.at });
  }
  for (const rule of before) {
    const kind = one === "loosened" ? "tightened" : one;
    told(rule, { base: shown2(rule), head: NONE, kind, at: at(`${key}.${rules.name}`) });
  }
  return found;
}
var NONE = "none";

// src/config/load-differences.ts
import { isDeepStrictEqual } from "node:util";
function loadDifferences(base, head, place) {
  return [
    ...requestDifferences(base, head, place),
    ...commandDifference(base, head, place),
    ...valueDifferences(base, head, place)
  ];
}
function shownLoad({ requests, command }) {
  return glance(command === void 0 ? requests.map(shownRequest).join(", ") : redact(command.template));
}
var shownRequest = ({ method, path }) => redact(`${method} ${path}`);
function requestDifferences(base, head, { key, at }) {
  const isIn = (load, one) => load.requests.some((other) => isDeepStrictEqual(one, other));
  const before = base.requests.filter((one) => !isIn(head, one));
  const after = head.requests.filter((one) => !isIn(base, one));
  const placeOf = (one) => at(`${key}.requests[${head.requests.indexOf(one)}]`);
  const named = ({ name }) => `${key}.requests: ${glance(redact(name))}`;
  const added = after.filter(({ name }) => !before.some((one) => one.name === name));
  return [
    ...before.map((one) => {
      const now = after.find(({ name }) => name === one.name);
      return {
        key: named(one),
        base: glance(shownRequest(one)),
        head: now === void 0 ? "none" : glance(`${shownRequest(now)}, other ${whatDiffers(one, now)}`),
        kind: now === void 0 ? "loosened" : "changed",
        at: now === void 0 ? at(`${key}.requests`) : placeOf(now),
        about: "load"
      };
    }),
    ...added.map(
      (one) => ({
        key: named(one),
        base: "none",
        head: glance(shownRequest(one)),
        kind: "changed",
        at: placeOf(one),
        about: "load"
      })
    )
  ];
}
function whatDiffers(a, b) {
  const keys = Object.keys(b).filter((key) => !isDeepStrictEqual(a[key], b[key]));
  return keys.map((key) => KEYS[key] ?? key).join(", ");
}
var KEYS = { bodyFile: "body-file", steps: "then" };
function commandDifference(base, head, { key, at }) {
  if (isDeepStrictEqual(base.command, head.command)) return [];
  const shown2 = ({ command }) => command === void 0 ? "none" : glance(redact(command.template));
  const name = `${key}.command`;
  return [{ key: name, base: shown2(base), head: shown2(head), kind: "changed", at: at(name), about: "load" }];
}
function valueDifferences(base, head, { key, at }) {
  const one = (name, before, after, rest = {}) => before === after ? [] : [
    {
      key: `${key}.${name}`,
      base: String(before ?? "none"),
      head: String(after ?? "none"),
      kind: "changed",
      at: at(`${key}.${name}`),
      about: "load",
      ...rest
    }
  ];
  const hidden = (is) => is === void 0 ? "none" : "set";
  return [
    ...base.basicAuth === head.basicAuth ? [] : one("basic-auth", void 0, "another one", { base: hidden(base.basicAuth) }),
    ...one("warmup", base.warmup, head.warmup),
    ...one("count", base.count, head.count),
    ...one("connections", base.connections, head.connections),
    ...one("timeout", base.timeoutMs, head.timeoutMs, { base: `${base.timeoutMs} ms`, head: `${head.timeoutMs} ms` }),
    ...one("errors", base.errors, head.errors, {
      kind: head.errors > base.errors ? "loosened" : "tightened",
      about: "rule"
    })
  ];
}

// src/config/differences.ts
var DIFFERENCE_KINDS = ["loosened", "tightened", "changed"];
function differencesOf(base, head) {
  const at = (key) => whereIs(head, key);
  return [
    ...serviceDifferences(base, head),
    ...ofScenarios(base, head),
    ...limitDifferences(base.limits, head.limits, { key: "limits", at }),
    ...removedScenarios(base, head),
    ...instrumentDifferences(base, head),
    ...wordDifference(head, "on-inconclusive", base.onInconclusive, head.onInconclusive, ["pass", "fail"]),
    ...wordDifference(head, "on-config-change", base.onConfigChange, head.onConfigChange, ON_CONFIG_CHANGE),
    ...baselineDifferences(base, head)
  ];
}
var NONE2 = "none";
var asText = (value) => value === void 0 ? NONE2 : glance(redact(textOf(value)));
var textOf = (value) => typeof value === "string" ? value : JSON.stringify(value);
var asArguments = (value) => glance(redact(redactArgs(value).join(" ")) || NONE2);
var asCommands = (value) => glance(redact(value.join("; ")) || NONE2);
var asNames = (value) => glance(Object.keys(value).join(", ") || NONE2);
function serviceDifferences({ service: old }, head) {
  const { service } = head;
  const one = (key, about, shown2, before, after) => {
    if (isDeepStrictEqual2(before, after)) return [];
    const [was, is] = [shown2(before), shown2(after)];
    const name = `service.${key}`;
    const said = was === is ? { base: was, head: `${is}, other values` } : { base: was, head: is };
    return [{ key: name, ...said, kind: "changed", at: whereIs(head, name), about }];
  };
  return [
    ...one("package", "build", asText, old.package, service.package),
    ...one("dir", "build", asText, old.dir, service.dir),
    ...one("setup", "build", asCommands, old.setup, service.setup),
    ...one("build.command", "build", asText, old.build.command, service.build.command),
    ...one("build.flags", "build", asArguments, old.build.flags, service.build.flags),
    ...one("build.tags", "build", asArguments, old.build.tags, service.build.tags),
    ...one("build.env", "build", asNames, old.build.env, service.build.env),
    ...one("build.ldflags", "build", asText, old.build.ldflags, service.build.ldflags),
    ...one("inject", "other", asNames, old.inject, service.inject),
    ...one("args", "other", asArguments, old.args, service.args),
    ...one("env", "other", asNames, old.env, service.env),
    ...one("files", "other", asNames, old.files, service.files),
    ...one("listen", "other", asText, old.listen, service.listen),
    ...one("protocol", "other", asText, old.protocol, service.protocol),
    ...one("tls", "other", asText, old.tls, service.tls),
    ...one("ready", "other", asText, old.ready, service.ready),
    ...one("stop", "other", asText, old.stop, service.stop)
  ];
}
function otherFiles(head, changed) {
  const directory = configDirectory(head.fileName);
  const inRepository = (path) => posix.join(directory, path);
  return loadsOf(head).flatMap(({ scenario, load }) => {
    const key = keyOf(scenario);
    const one = (name, path) => {
      const full = `${key}.${name}`;
      const base = glance(path);
      return {
        key: full,
        base,
        head: `${base}, other content`,
        kind: "changed",
        at: whereIs(head, full),
        about: "load",
        scenario
      };
    };
    const bodies = load.requests.flatMap(
      (request, i) => [request, ...request.steps].flatMap(
        ({ bodyFile }) => bodyFile !== void 0 && changed.includes(inRepository(bodyFile)) ? [one(`requests[${i}]`, bodyFile)] : []
      )
    );
    const template = load.command?.template;
    const scripts = changed.filter((path) => template?.includes(posix.basename(path)));
    return [...bodies, ...scripts.map((path) => one("command", path))];
  });
}
var loadsOf = ({ scenarios, load }) => scenarios.length === 0 ? [{ scenario: void 0, load }] : scenarios.map((one) => ({ ...one, scenario: one.name }));
var keyOf = (scenario) => scenario === void 0 ? "load" : `scenarios.${scenario}`;
function ofScenarios(base, head) {
  return loadsOf(head).flatMap(({ scenario, load }) => {
    const key = keyOf(scenario);
    const at = (name) => whereIs(head, name);
    const old = loadsOf(base).find((one) => one.scenario === scenario);
    const own = head.scenarios.find(({ name }) => name === scenario);
    const ofLimits = own === void 0 || old === void 0 ? [] : limitDifferences(limitsFor(base, scenario), own.limits, {
      key: `${key}.limits`,
      at,
      shared: { base: base.limits, head: head.limits }
    });
    const ofLoad = old === void 0 ? [{ key, base: NONE2, head: shownLoad(load), kind: "changed", at: at(key), about: "load" }] : loadDifferences(old.load, load, { key, at });
    return [...ofLoad, ...ofLimits].map((one) => old === void 0 ? one : { ...one, scenario });
  });
}
function removedScenarios(base, head) {
  const kept = new Set(loadsOf(head).map(({ scenario }) => scenario));
  return loadsOf(base).filter(({ scenario }) => !kept.has(scenario)).map(({ scenario, load }) => ({
    key: keyOf(scenario),
    base: shownLoad(load),
    head: NONE2,
    kind: "loosened",
    at: whereIs(head, "scenarios"),
    about: "load",
    scenario
  }));
}
function baselineDifferences({ baseline: old }, head) {
  const { branch, store } = head.baseline;
  const one = (name, rest) => {
    const key = `baseline.${name}`;
    return { key, ...rest, kind: "changed", at: whereIs(head, key) };
  };
  return [
    ...old.branch === branch ? [] : [one("branch", { base: asText(old.branch), head: asText(branch), about: "other" })],
    // Whoever chooses the store chooses the figures of the base.
    ...isDeepStrictEqual2(old.store, store) ? [] : [one("store", { base: asText(old.store), head: asText(store), about: "rule" })]
  ];
}
function instrumentDifferences(base, head) {
  return ["instruments", "require"].flatMap((key) => {
    const [before, after] = [base[key], head[key]];
    const isLess = (one, other) => other !== void 0 && (one ?? INSTRUMENTS).some((name) => !other.includes(name));
    const isLoosened = isLess(before, after);
    if (!isLoosened && !isLess(after, before)) return [];
    const shown2 = (names) => names === void 0 ? "all of them in CI" : names.join(", ") || NONE2;
    const kind = isLoosened ? "loosened" : "tightened";
    return [{ key, base: shown2(before), head: shown2(after), kind, at: whereIs(head, key), about: "rule" }];
  });
}
function wordDifference(head, key, before, after, order) {
  if (before === after) return [];
  const kind = order.indexOf(after) < order.indexOf(before) ? "loosened" : "tightened";
  return [{ key, base: before, head: after, kind, at: whereIs(head, key), about: "rule" }];
}

// src/report/schema.ts
var REPORT_SCHEMA_ID = "https://unpkg.com/perf-gate/schema/report.schema.json";
var REPRODUCE = "^(npx )?perf-gate( [^;&|<>`$(){}\\\\\\p{Cc}]*)?$";
function record(fields) {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([key, field]) => [key, isOptional(field) ? field.optional : field])),
    required: entries.flatMap(([key, field]) => isOptional(field) ? [] : [key]),
    additionalProperties: false
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
  name: oneOf([...METRICS, "collection", "system-cpu"]),
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
  description: 'What a comparison of two commits found. Figures are per request, ratios are plain (0.1 = 10 %). Several reports on the standard output are `{ "verdict": the worst of them, "reports": [...] }`.',
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
  differencesOf,
  otherFiles,
  REPORT_SCHEMA_ID,
  REPORT_JSON_SCHEMA
};
