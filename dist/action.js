import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  startAfresh
} from "./chunk-Z6B2MVMX.js";
import {
  throughDoor
} from "./chunk-WBILPLJY.js";
import "./chunk-OA3AQ3VY.js";
import "./chunk-FFT2LJNY.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/action.ts
import { tmpdir } from "node:os";
startAfresh(process, process.env["RUNNER_TEMP"] || tmpdir());
var [core, { githubAction }] = await Promise.all([import("./chunk-PSYMMIHE.js"), import("./chunk-G7BQXL2U.js")]);
await throughDoor(["SIGINT", "SIGTERM"], (world) => githubAction(core, world));
