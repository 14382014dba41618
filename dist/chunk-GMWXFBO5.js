import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-2FG4IEY5.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-B7MDHY53.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
