import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-FYRMQEX6.js";
import "./chunk-65SHZYMH.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
