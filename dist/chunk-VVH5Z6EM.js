import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formatOf,
  run,
  wantsColor
} from "./chunk-2XSNLK34.js";
import "./chunk-LLHCJBWU.js";
import "./chunk-LOSDHKCM.js";
import "./chunk-EXM6RPYP.js";
export {
  formatOf,
  run,
  wantsColor
};
