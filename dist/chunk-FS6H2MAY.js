import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishCommand,
  publishSaved
} from "./chunk-VO4Z4GOQ.js";
import "./chunk-JXBBTCMB.js";
import "./chunk-IF3VGKMC.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-CZZLOZXO.js";
import "./chunk-UYLLWFFH.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-UJ5Q63KB.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-TGN43WKZ.js";
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
