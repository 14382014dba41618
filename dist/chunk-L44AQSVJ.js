import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readFlags
} from "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-JKCFJ7YV.js";
import "./chunk-VO37LFL3.js";
import "./chunk-EINEKMKY.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/schema.ts
var schema = async (args, world) => {
  const { values } = readFlags(args, commands.schema);
  const wanted = values.report ? (await import("./chunk-EUIWE2PW.js")).REPORT_JSON_SCHEMA : (await import("./chunk-IOOUQ3WI.js")).CONFIG_SCHEMA;
  world.stdout.write(`${JSON.stringify(wanted, null, 2)}
`);
  return EXIT.pass;
};
export {
  schema
};
