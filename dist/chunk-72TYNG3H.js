import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-GEJN3CEU.js";
import "./chunk-TWAJQ5XM.js";
import "./chunk-G4BQTEIT.js";
import "./chunk-UHB7Y2FH.js";
import "./chunk-DW625XAP.js";
import "./chunk-67CIWDPM.js";
import "./chunk-5JIK4ZJH.js";
import "./chunk-G54IPTIR.js";
import "./chunk-MSECLFQR.js";
import "./chunk-JTHWHSQX.js";
import "./chunk-7NSOMIM2.js";
import "./chunk-QZ6JBPJM.js";
import "./chunk-3XP4QWHX.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-NQRTX3M5.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-AXW66M3T.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-2DHNSNFS.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-B6TQDFQW.js";
import "./chunk-PIOPN7BD.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-QPBAVBUR.js";
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-IZPNMCNT.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
