import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-47I23K2L.js";
import "./chunk-XD2YOU66.js";
import "./chunk-NBNT37OZ.js";
import "./chunk-XQMKMQU2.js";
import "./chunk-EP3FEPF7.js";
import "./chunk-JMKC5Q5H.js";
import "./chunk-OSHGM6AV.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-NKYMY2CA.js";
import "./chunk-KDIYR252.js";
import "./chunk-PZJD5QQV.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-MJ7NBK6B.js";
import "./chunk-LLKHV62T.js";
import "./chunk-QRR6JJQK.js";
import "./chunk-MGULPV7E.js";
import "./chunk-YID4SR6W.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-WGVV7Q34.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-2E33ZVR2.js";
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
