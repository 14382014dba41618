import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  startAfresh
} from "./doors-start-afresh.js";
import {
  throughDoor
} from "./doors-door-2.js";
import "./base-tell.js";
import "./base-machine-fault.js";
import "./package-json.js";
import "./base-redact.js";
import "./base-errors.js";
import "./empty.js";

// src/doors/action.ts
import { tmpdir } from "node:os";
startAfresh(process, process.env["RUNNER_TEMP"] || tmpdir());
var [core, { githubAction }] = await Promise.all([import("./actions-core.js"), import("./doors-github-action.js")]);
await throughDoor(["SIGINT", "SIGTERM"], (world) => githubAction(core, world));
