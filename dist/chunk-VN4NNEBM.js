import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formatOf,
  run,
  wantsColor
} from "./chunk-DI3W5X4D.js";
import "./chunk-LLHCJBWU.js";
import "./chunk-ZHFSJ4ON.js";
import "./chunk-EXM6RPYP.js";
export {
  formatOf,
  run,
  wantsColor
};
