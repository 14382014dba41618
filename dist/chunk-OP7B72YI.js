import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-KC7VWE4I.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-7PFM2ZZZ.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
