import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-N2ISWH2Z.js";
import "./chunk-NBNHP7B7.js";
import "./chunk-VT4IFNIG.js";
import "./chunk-R7ZGFJNB.js";
import "./chunk-EE77ZXBB.js";
import "./chunk-Y4BYFMDK.js";
import "./chunk-E7JVYTOT.js";
import "./chunk-V5MPE5PI.js";
import "./chunk-JW2P5EYM.js";
import "./chunk-AJALBPJS.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-MGULPV7E.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-V2ESIDNP.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-J5H3XGVO.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-L6KCWKGD.js";
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
