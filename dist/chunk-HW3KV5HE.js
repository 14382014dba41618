import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-T52QI7ZX.js";
import "./chunk-XX7JNYDT.js";
import "./chunk-LTEUVKX7.js";
import "./chunk-3XP4QWHX.js";
import "./chunk-QSBZPDS4.js";
import "./chunk-44DSDXHP.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-NQRTX3M5.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-5PGM6CTW.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-B6TQDFQW.js";
import "./chunk-PIOPN7BD.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-QPBAVBUR.js";
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
