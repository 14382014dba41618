import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-FMUPC367.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-IZT2Z7ZV.js";
import "./chunk-R7ZGFJNB.js";
import {
  renderSeveral
} from "./chunk-6JJ6DLHM.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-3VYWIKQV.js";
import "./chunk-Y4BYFMDK.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-DOF4M7N6.js";
import {
  findJobBase
} from "./chunk-56OI3TJ5.js";
import {
  removeEarlierRun
} from "./chunk-BHIKWMTA.js";
import {
  assertMayMeasureHere
} from "./chunk-2PJD3UMJ.js";
import "./chunk-KTHU6G3E.js";
import "./chunk-N6GROVXV.js";
import {
  settingsOf
} from "./chunk-2ZBV3AKP.js";
import {
  isInJob
} from "./chunk-3SON4HQO.js";
import "./chunk-MGJ7GXPL.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-G4DODQOW.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-NM54GTQU.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import {
  progressFor
} from "./chunk-KC62DMP6.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-XV6MXCRS.js";
import "./chunk-RJPRUXX2.js";
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
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-F3UQQQ36.js";
import "./chunk-SY5OAWKO.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/run.ts
import { resolve } from "node:path";
var run = async (args, world) => {
  const { values } = readFlags(args, commands.run);
  const progress = progressFor(world, values);
  await requireTools(world);
  const { head, config: configFile, scenario, output } = values;
  if (isInJob(world.env)) await removeEarlierRun(resolve(world.cwd, output));
  const settings = settingsOf(values);
  await assertMayMeasureHere(world, values["allow-foreign-code"], [head, values.base]);
  const chosen = values.base === void 0 && head === void 0 ? await findJobBase(world) : void 0;
  const base = { base: values.base ?? chosen?.commit, baseReason: chosen?.reason };
  const options = { ...base, head, config: configFile, settings, isQuick: values.quick, scenario, output };
  const { reports, config } = await gate(options, world, progress);
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return exitCodeOf(worstOf(reports), config.onInconclusive);
};
export {
  run
};
