import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

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

export {
  METRICS,
  FUNCTION_METRICS,
  INSTRUMENTS,
  METRICS_OF,
  LISTEN,
  PROTOCOLS,
  STOP_SIGNALS,
  METHODS,
  STANDARD,
  LOAD_TOOLS,
  NO_EXPECTATIONS,
  GRPC_CODES,
  STORES
};
