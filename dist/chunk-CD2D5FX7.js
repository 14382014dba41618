import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readFlags
} from "./chunk-PIOPN7BD.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-QPBAVBUR.js";
import "./chunk-VO37LFL3.js";
import "./chunk-74DNUGLR.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/schema.ts
var schema = async (args, world) => {
  const { values } = readFlags(args, commands.schema);
  const wanted = values.report ? (await import("./chunk-HLBWSJPM.js")).REPORT_JSON_SCHEMA : (await import("./chunk-OGML6M3C.js")).CONFIG_SCHEMA;
  world.stdout.write(`${JSON.stringify(wanted, null, 2)}
`);
  return EXIT.pass;
};
export {
  schema
};
