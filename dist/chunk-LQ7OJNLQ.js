import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-6VTFD6XW.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-DRMIF7WQ.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
