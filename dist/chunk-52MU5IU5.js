import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-DUOJUN6H.js";
import "./chunk-I5VPNNCI.js";
import "./chunk-4H72NKXK.js";
import "./chunk-WHYRM4DY.js";
import "./chunk-EHW452WL.js";
import "./chunk-DOMOJEKL.js";
import "./chunk-Y3GZUVIG.js";
import "./chunk-ZUGXNQL6.js";
import "./chunk-3KGKTKV7.js";
import "./chunk-ACUE73WJ.js";
import "./chunk-7SWSMH72.js";
import "./chunk-3SON4HQO.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-LXZCTFSP.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-REDXSRKN.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-SGVYONRC.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-VO37LFL3.js";
import "./chunk-F3UQQQ36.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
