import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formatOf,
  run,
  wantsColor
} from "./chunk-KLRB5JBO.js";
import "./chunk-SJMHEONK.js";
import "./chunk-MG2BNH4Q.js";
import "./chunk-J4IUYKDJ.js";
export {
  formatOf,
  run,
  wantsColor
};
