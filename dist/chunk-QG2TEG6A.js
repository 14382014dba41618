import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-7DPXM5LJ.js";
import "./chunk-ZRH3XNJB.js";
import "./chunk-ZLBEAAVH.js";
import "./chunk-3SON4HQO.js";
import "./chunk-RGAEEPOI.js";
import "./chunk-SZ5VZ5UZ.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-TERQ4H23.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-SGVYONRC.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-VO37LFL3.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
