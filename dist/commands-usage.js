import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./commands-usage-2.js";
import "./commands-spec.js";
import "./commands-flag.js";
import "./base-wrap.js";
import "./base-width.js";
import "./empty.js";
export {
  usage,
  usageOf
};
