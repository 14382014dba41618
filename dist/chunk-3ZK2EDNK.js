import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./chunk-UUH4BK2C.js";
import "./chunk-FY7TEXIC.js";
import "./chunk-PWIJXQWZ.js";
import "./chunk-QROVMW7P.js";
import "./chunk-B4ATPEFT.js";
import "./chunk-DDPGHMGU.js";
import "./chunk-4NXL5TRP.js";
import "./chunk-TDJFDJGG.js";
import "./chunk-WGO5LXRE.js";
import "./chunk-VTIRDOIA.js";
import "./chunk-B3MKZCKS.js";
import "./chunk-HHHIFSDR.js";
import "./chunk-3XP4QWHX.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-252DHVVR.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-6EFL5IDL.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-57P4WDPC.js";
import "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-JKCFJ7YV.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-OO5LKLZR.js";
import "./chunk-NGQSZTQB.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";
export {
  save
};
