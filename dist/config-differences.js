import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  limitsFor,
  sayTheSame
} from "./config-rules.js";
import {
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
} from "./model-metrics.js";
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
    (metric) => ["total", "function", "collection", "floor"].flatMap((name) => {
      const [before, after] = [base.metrics[metric][name], head.metrics[metric][name]];
      if (sayTheSame(before, after)) return [];
      const isShared = shared?.base.metrics[metric][name] === before && shared.head.metrics[metric][name] === after;
      if (isShared) return [];
      const full = `${key}.${metric}.${name}`;
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
  shown: ({ limits }) => Object.entries(limits).map(([metric, limit]) => `${metric} ${shown(limit)}`).join(", "),
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
  subject: ({ function: pattern, metric }) => `${pattern} ${metric}`,
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
    // More that are counted are no other load, and a finer figure.
    ...one("count", base.count, head.count, { about: head.count > base.count ? "other" : "load" }),
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
var DIFFERENCE_ABOUT = ["rule", "load", "build", "base", "other"];
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
var asBase = (value) => asText(value.package);
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
    ...one("base", "other", asBase, old.base, service.base),
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

export {
  DIFFERENCE_KINDS,
  DIFFERENCE_ABOUT,
  differencesOf,
  otherFiles
};
