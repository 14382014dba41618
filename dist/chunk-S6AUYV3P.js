import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-2O5FLVMW.js";
import "./chunk-RY2YKNF6.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-J72DTEVW.js";
import "./chunk-Y2FVQRTN.js";
import "./chunk-KRGVU3LX.js";
import "./chunk-MJBSXXZC.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
