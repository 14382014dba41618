import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-XV6YRU3G.js";
import "./chunk-XWBBBUUO.js";
import "./chunk-QPLYDKDF.js";
import "./chunk-R7ZGFJNB.js";
import "./chunk-EE77ZXBB.js";
import "./chunk-Y4BYFMDK.js";
import "./chunk-O6BLY2FV.js";
import "./chunk-3UPXKO7C.js";
import "./chunk-LDSAM4R2.js";
import "./chunk-4WVXWWPM.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-MGULPV7E.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-TFWYPJTI.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-U7IDMDOC.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-SGEFKO6P.js";
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
