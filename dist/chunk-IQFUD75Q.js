import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-6MCEHJQ6.js";
import "./chunk-AOJKCCHB.js";
import "./chunk-TF5RWPTH.js";
import "./chunk-LGAR7P37.js";
import "./chunk-ZFPOTWY7.js";
import "./chunk-A7WWG7WV.js";
import "./chunk-OESSIPLJ.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-MI6UL7O4.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-EEM6QFPW.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-DHZX5FHV.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
