import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  quoted
} from "./config-show.js";
import {
  UserError
} from "./base-errors.js";

// src/model/metrics.ts
var INSTRUMENTS = ["instructions", "allocs", "io", "cpu"];
var total = (limit, about = "Of the whole service.") => ({ about, limit });
var ofFunction = (limit, about = "Of any one function.") => ({ about, limit });
var METRIC_TABLE = {
  instructions: {
    ...{ instrument: "instructions", unit: "count", label: "instructions", known: "exact", leftToTools: 5e-3 },
    fields: ["mutator", "collection"],
    limits: {
      about: "Machine instructions executed.",
      total: total("+2%", "Of the whole service, its garbage collector included."),
      function: ofFunction("+5%"),
      collection: { about: "Of the garbage collector.", limit: "off" },
      ...{ floor: "0.1%", counted: "instructions", missing: "CPU" }
    }
  },
  collection: {
    ...{ instrument: "instructions", unit: "count", label: "collection", known: "exact" },
    fields: ["collection"],
    partOf: { whole: "instructions", limit: "collection" }
  },
  cpu: {
    ...{ instrument: "cpu", unit: "ns", label: "cpu time", known: "spread" },
    fields: ["userNs"],
    limits: {
      about: "CPU time.",
      total: total("+5%", "Of the whole service. Time is shown beside its limit and not judged yet."),
      function: ofFunction("+10%", "Of any one function. Not judged yet."),
      ...{ floor: "0.1%", counted: "nanoseconds" }
    }
  },
  "system-cpu": {
    ...{ instrument: "cpu", unit: "ns", label: "system cpu", known: "spread" },
    fields: ["systemNs"],
    partOf: { whole: "cpu" }
  },
  objects: {
    ...{ instrument: "allocs", unit: "count", label: "objects", known: "exact", leftToTools: 1e-3 },
    fields: ["objects"],
    limits: {
      about: "Objects allocated.",
      ...{ total: total("+1%"), function: ofFunction("+5%") },
      ...{ floor: [0.5, "0.1%"], counted: "objects" }
    }
  },
  bytes: {
    ...{ instrument: "allocs", unit: "bytes", label: "bytes", known: "exact", leftToTools: 2e-3 },
    fields: ["bytes"],
    limits: {
      about: "Bytes allocated.",
      ...{ total: total("+2%"), function: ofFunction("+10%") },
      ...{ floor: [64, "0.1%"], counted: "bytes" }
    }
  },
  "io-calls": {
    ...{ instrument: "io", unit: "count", label: "io calls", known: "exact", leftToTools: 0.1 },
    fields: ["readCalls", "writeCalls"],
    limits: { about: "Calls that read or write.", total: total("off"), floor: 0.1, counted: "calls", missing: "io" }
  },
  "io-bytes": {
    ...{ instrument: "io", unit: "bytes", label: "io bytes", known: "exact", leftToTools: 2e-3 },
    fields: ["readBytes", "writeBytes"],
    limits: { about: "Bytes read and written.", total: total("off"), floor: 64, counted: "bytes", missing: "io" }
  }
};
var ROWS = Object.keys(METRIC_TABLE);
var METRICS = ROWS.filter((name) => "limits" in METRIC_TABLE[name]);
var FUNCTION_METRICS = METRICS.filter((name) => "function" in limitsOf(name));
function wholeOf(name) {
  const { partOf } = metricOf(name);
  return partOf?.whole ?? name;
}
var metricOf = (name) => METRIC_TABLE[name];
function limitsOf(name) {
  return METRIC_TABLE[name].limits;
}
var metricsOf = (instrument) => METRICS.filter((name) => METRIC_TABLE[name].instrument === instrument);

// src/config/config.ts
var ON_CONFIG_CHANGE = ["note", "base", "fail"];
var LISTEN = ["port", "unix"];
var PROTOCOLS = ["http", "https", "h2", "h2c"];
var STOP_SIGNALS = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2"];
var METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
var STANDARD = {
  method: "GET",
  weight: 1,
  readyStatus: 200,
  readyTimeout: "30s"
};
var LOAD_TOOLS = ["k6", "hey", "wrk", "oha", "ghz", "autocannon", "vegeta", "json"];
var NO_EXPECTATIONS = {
  headers: {},
  contains: void 0,
  regex: void 0,
  json: [],
  grpc: void 0
};
var GRPC_CODES = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS"],
  ...["PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED"],
  ...["INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED"]
];
var STORES = ["git", "directory", "s3", "exec"];

// src/config/limit.ts
var LIMIT_PATTERN = "^\\+\\s*\\d{1,5}(\\.\\d{1,9})?\\s*%$";
var SHARE_PATTERN = "^\\d{1,2}(\\.\\d{1,9})?\\s*%$";
function parseLimit(text, at) {
  const written = text.trim();
  if (!new RegExp(LIMIT_PATTERN).test(written))
    throw new UserError(`${quoted(text)} is not a limit`, { hint: limitHint(written) });
  return { ratio: ratioOf(written), text: written, at };
}
function stricter(a, b) {
  if (a === "off" || b === "off") return a === "off" ? b : a;
  return b.ratio < a.ratio ? b : a;
}
var isAtMost = (floor, other) => floor.perRequest <= other.perRequest && floor.ratio <= other.ratio;
function parseShare(text) {
  const written = text.trim();
  if (!new RegExp(SHARE_PATTERN).test(written)) {
    throw new UserError(`${quoted(text)} is not a share`, { hint: 'write a share under 100 %, such as "0.1%"' });
  }
  return ratioOf(written);
}
function limitForNumber(value) {
  if (!(value >= 0) || value > 1e3) return 'write a limit such as "+2%"';
  if (value === 0 || value >= 1) return `write "+${value}%"`;
  return `write "+${Number((value * 100).toPrecision(12))}%", or "+${value}%" if that is what you mean`;
}
function limitHint(written) {
  const number = /^([+-]?)\s*(\d+)(?:[.,](\d+))?\s*%?$/.exec(written);
  if (number === null) {
    const isAmount = /^[+-]?\s*[\d.,]+\s*[\p{L}/][^%]*$/u.test(written);
    return isAmount ? 'a limit is a share of the base, such as "+2%"; an amount can be a floor' : 'write a limit such as "+2%"';
  }
  const [, sign, whole, fraction] = number;
  if (whole.length > 5) return 'write at most "+99999%"';
  const meant = `"+${whole}${fraction === void 0 ? "" : `.${fraction.slice(0, 9)}`}%"`;
  return sign === "-" ? `a limit is the rise that is allowed: write ${meant}` : `write ${meant}`;
}
function ratioOf(percent) {
  return Number(`${percent.replaceAll(/[+%\s]/g, "")}e-2`);
}

export {
  INSTRUMENTS,
  ROWS,
  METRICS,
  FUNCTION_METRICS,
  wholeOf,
  metricOf,
  limitsOf,
  metricsOf,
  ON_CONFIG_CHANGE,
  LISTEN,
  PROTOCOLS,
  STOP_SIGNALS,
  METHODS,
  STANDARD,
  LOAD_TOOLS,
  NO_EXPECTATIONS,
  GRPC_CODES,
  STORES,
  LIMIT_PATTERN,
  SHARE_PATTERN,
  parseLimit,
  stricter,
  isAtMost,
  parseShare,
  limitForNumber
};
