import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  REPORT_JSON_SCHEMA,
  REPORT_SCHEMA_ID
} from "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import "./compare-report.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./model-metrics.js";
import "./config-show.js";
import "./base-errors.js";
import "./empty.js";
export {
  REPORT_JSON_SCHEMA,
  REPORT_SCHEMA_ID
};
