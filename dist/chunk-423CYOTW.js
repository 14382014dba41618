import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-GGNA6XJD.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-D4CD7ODA.js";
import "./chunk-5PVW3TJC.js";
export {
  usage,
  usageOf
};
