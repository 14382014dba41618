import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./chunk-ZRH3XNJB.js";
import {
  renderSeveral
} from "./chunk-ZLBEAAVH.js";
import "./chunk-RGAEEPOI.js";
import "./chunk-SZ5VZ5UZ.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-TERQ4H23.js";
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
} from "./chunk-SGVYONRC.js";
import "./chunk-3MOUZDEZ.js";
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
  const directory = resolve(world.cwd, positionals[0] ?? "perf-gate-out");
  const { reports } = await readSavedReports(directory, "perf-gate report DIR");
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
export {
  report
};
