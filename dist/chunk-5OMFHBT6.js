import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-NJOSMXRD.js";
import "./chunk-KOUO556C.js";
import "./chunk-RF4HMSPY.js";
import "./chunk-NVOLCJRW.js";
import "./chunk-GH7E2GUY.js";
import "./chunk-WAAQXNMV.js";
import "./chunk-MYPONYPR.js";
import "./chunk-EYFAGL23.js";
import "./chunk-OSHGM6AV.js";
import "./chunk-RUL2DD4M.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-MGULPV7E.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-G5HKNHB2.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-WGVV7Q34.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-PMUG4AG5.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-RN3YQB52.js";
import "./chunk-J5WBHAR6.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
