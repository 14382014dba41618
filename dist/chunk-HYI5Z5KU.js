import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-U3J6IU3S.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-4E2VPUN4.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
