import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-FTXLUUKM.js";
import "./chunk-4BHK2KH5.js";
import "./chunk-URZKGXE5.js";
import "./chunk-3SON4HQO.js";
import "./chunk-EPRTO7J5.js";
import "./chunk-V2LOSJB7.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-7QVAQYCC.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-GAFHH55L.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-7R7ZXCNB.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-VO37LFL3.js";
import "./chunk-NGQSZTQB.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
