import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  EXIT
} from "./base-errors.js";
import "./empty.js";

// src/commands/schema.ts
var schema = async ({ values }, world) => {
  const wanted = values.report ? (await import("./report-schema.js")).REPORT_JSON_SCHEMA : (await import("./config-schema.js")).CONFIG_SCHEMA;
  world.stdout.write(`${JSON.stringify(wanted, null, 2)}
`);
  return EXIT.pass;
};
export {
  schema
};
