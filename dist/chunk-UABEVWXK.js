import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./chunk-4EPZPQXE.js";
import {
  renderSeveral
} from "./chunk-6JJ6DLHM.js";
import "./chunk-MGJ7GXPL.js";
import "./chunk-G4DODQOW.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-NM54GTQU.js";
import "./chunk-JZI6AZ7V.js";
import {
  wantsColor
} from "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-W56LFARA.js";
import {
  readFlags
} from "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-IPJ5F2PC.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/report.ts
import { resolve } from "node:path";
var report = async (args, world) => {
  const { values, positionals } = readFlags(args, commands.report);
  const { reports } = await readSavedReports(resolve(world.cwd, positionals[0] ?? "perf-gate-out"));
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
export {
  report
};
