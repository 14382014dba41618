import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-ZND4JDIS.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-F7WTELWV.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
