import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-VZWUZPRJ.js";
import "./chunk-LVD2VFXS.js";
import "./chunk-NR3TDVJW.js";
import "./chunk-WHYRM4DY.js";
import "./chunk-RYYNFDFD.js";
import "./chunk-DOMOJEKL.js";
import "./chunk-KNLJGGZA.js";
import "./chunk-AQYBPOMO.js";
import "./chunk-BVD77ZV5.js";
import "./chunk-FTBOHP24.js";
import "./chunk-T4SRPFO2.js";
import "./chunk-3SON4HQO.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-PB5KSRE7.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-XR3NIDXL.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-GAFHH55L.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-7R7ZXCNB.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-VO37LFL3.js";
import "./chunk-CPT6LGM3.js";
import "./chunk-NGQSZTQB.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
