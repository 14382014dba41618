import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-CFPFVEEV.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-QPBAVBUR.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
