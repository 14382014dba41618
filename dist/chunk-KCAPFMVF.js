import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-CVJPK6QX.js";
import "./chunk-XA5TXQL7.js";
import "./chunk-IZT2Z7ZV.js";
import "./chunk-R7ZGFJNB.js";
import "./chunk-3VYWIKQV.js";
import "./chunk-Y4BYFMDK.js";
import "./chunk-DOF4M7N6.js";
import "./chunk-2PJD3UMJ.js";
import "./chunk-KTHU6G3E.js";
import "./chunk-N6GROVXV.js";
import "./chunk-2ZBV3AKP.js";
import "./chunk-3SON4HQO.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-KC62DMP6.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-XV6MXCRS.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-IPJ5F2PC.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-F3UQQQ36.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
