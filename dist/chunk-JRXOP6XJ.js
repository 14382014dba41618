import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-FCCIBPXM.js";
import "./chunk-2DYVYNZD.js";
import "./chunk-MSGAGIO7.js";
import "./chunk-NVOLCJRW.js";
import "./chunk-WVKJKG75.js";
import "./chunk-WAAQXNMV.js";
import "./chunk-COKVCZU2.js";
import "./chunk-A4HNF7Q4.js";
import "./chunk-JW2P5EYM.js";
import "./chunk-GKMLAQ6X.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-MGULPV7E.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-2CJTB7N7.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-J5H3XGVO.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-FS6Z6HRQ.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-5CVV6R7Q.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
