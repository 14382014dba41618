import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-LSGPS7GX.js";
import "./chunk-EF6RSLZO.js";
import "./chunk-O2G4AVFB.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-TXYA2ORT.js";
import "./chunk-ADIUWFFC.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-UIQGC6NV.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-PMUG4AG5.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-J5WBHAR6.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  publishCommand,
  publishSaved
};
