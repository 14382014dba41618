import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  REPORT_JSON_SCHEMA,
  REPORT_SCHEMA_ID
} from "./chunk-5PGM6CTW.js";
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  REPORT_JSON_SCHEMA,
  REPORT_SCHEMA_ID
};
