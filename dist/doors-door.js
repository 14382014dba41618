import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  throughDoor
} from "./doors-door-2.js";
import "./base-tell.js";
import "./base-machine-fault.js";
import "./package-json.js";
import "./base-redact.js";
import "./base-errors.js";
import "./empty.js";
export {
  throughDoor
};
