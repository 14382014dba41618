import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-LWNAD4U7.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-DOOZ6U4F.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
