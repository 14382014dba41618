import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-HP5QLD3Q.js";
import "./chunk-XD2YOU66.js";
import "./chunk-M264DY4Q.js";
import "./chunk-XQMKMQU2.js";
import "./chunk-ZVUFQXU2.js";
import "./chunk-AOOLRH26.js";
import "./chunk-OSHGM6AV.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-46WT3MKB.js";
import "./chunk-KDIYR252.js";
import "./chunk-PZJD5QQV.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-MJ7NBK6B.js";
import "./chunk-LLKHV62T.js";
import "./chunk-3IOH5YS3.js";
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
import "./chunk-AX64SAYJ.js";
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
