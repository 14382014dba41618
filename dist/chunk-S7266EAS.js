import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./chunk-KW27LTZU.js";
import {
  renderSeveral
} from "./chunk-MSJBPXVR.js";
import "./chunk-CYJIJ4FM.js";
import "./chunk-6BHPS2TV.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-E34N2Q5K.js";
import {
  wantsColor
} from "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-57P4WDPC.js";
import {
  readFlags
} from "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-JKCFJ7YV.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-NGQSZTQB.js";
import "./chunk-EINEKMKY.js";
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
