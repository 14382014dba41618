import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formatOf,
  run,
  wantsColor
} from "./chunk-QVGEYQNH.js";
import "./chunk-RY2YKNF6.js";
import "./chunk-TXW2EWEA.js";
import "./chunk-7THEN6SN.js";
import "./chunk-B3EX7XHB.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-D5OV5T7F.js";
import "./chunk-HIBBX6VR.js";
import "./chunk-J72DTEVW.js";
import "./chunk-3GIHE22F.js";
import "./chunk-SBO46FL5.js";
import "./chunk-D5XZNUM7.js";
import "./chunk-Y2FVQRTN.js";
import "./chunk-KRGVU3LX.js";
import "./chunk-MJBSXXZC.js";
import "./chunk-5PVW3TJC.js";
export {
  formatOf,
  run,
  wantsColor
};
