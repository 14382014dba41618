import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  quoted
} from "./config-show.js";
import {
  UserError
} from "./base-errors.js";

// src/config/config.ts
var METRICS = ["instructions", "cpu", "objects", "bytes", "io-calls", "io-bytes"];
var FUNCTION_METRICS = ["instructions", "cpu", "objects", "bytes"];
var INSTRUMENTS = ["instructions", "allocs", "io", "cpu"];
var METRICS_OF = {
  instructions: ["instructions"],
  allocs: ["objects", "bytes"],
  io: ["io-calls", "io-bytes"],
  cpu: ["cpu"]
};
var ON_CONFIG_CHANGE = ["note", "base", "fail"];
var LISTEN = ["port", "unix"];
var PROTOCOLS = ["http", "https", "h2", "h2c"];
var STOP_SIGNALS = ["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGUSR2"];
var METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
var STANDARD = {
  method: "GET",
  weight: 1,
  readyStatus: 200,
  readyTimeout: "30s",
  floors: {
    instructions: "0.1%",
    cpu: "0.1%",
    objects: [0.5, "0.1%"],
    bytes: [64, "0.1%"],
    "io-calls": 0.1,
    "io-bytes": 64
  }
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
  METRICS,
  FUNCTION_METRICS,
  INSTRUMENTS,
  METRICS_OF,
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
