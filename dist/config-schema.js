import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  CONFIG_SCHEMA
} from "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import "./base-errors.js";
import "./empty.js";
export {
  CONFIG_SCHEMA
};
