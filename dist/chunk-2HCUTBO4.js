import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./chunk-XX7JNYDT.js";
import {
  renderSeveral
} from "./chunk-LTEUVKX7.js";
import "./chunk-QSBZPDS4.js";
import "./chunk-44DSDXHP.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-NQRTX3M5.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-5PGM6CTW.js";
import {
  wantsColor
} from "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-B6TQDFQW.js";
import {
  readFlags
} from "./chunk-PIOPN7BD.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-QPBAVBUR.js";
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/report.ts
import { resolve } from "node:path";
var report = async (args, world) => {
  const { values, positionals } = readFlags(args, commands.report);
  const directory = resolve(world.cwd, positionals[0] ?? "perf-gate-out");
  const { reports } = await readSavedReports(directory, "perf-gate report DIR");
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
export {
  report
};
