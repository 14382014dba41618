import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-2FL32QXK.js";
import "./chunk-6B3MJTRW.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
