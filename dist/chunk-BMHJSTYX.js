import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-DYPXEVIL.js";
import "./chunk-XCJWQVYL.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
