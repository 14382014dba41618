import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-7IMMOUVJ.js";
import "./chunk-KW27LTZU.js";
import "./chunk-MSJBPXVR.js";
import "./chunk-3XP4QWHX.js";
import "./chunk-CYJIJ4FM.js";
import "./chunk-6BHPS2TV.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-E34N2Q5K.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-57P4WDPC.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-JKCFJ7YV.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-NGQSZTQB.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
