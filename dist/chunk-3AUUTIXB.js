import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-OKPO6XIX.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-G4BQTEIT.js";
import "./chunk-UHB7Y2FH.js";
import "./chunk-DW625XAP.js";
import {
  renderSeveral
} from "./chunk-LTEUVKX7.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-67CIWDPM.js";
import "./chunk-5JIK4ZJH.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-G54IPTIR.js";
import {
  findJobBase
} from "./chunk-TDTPZFIZ.js";
import {
  removeEarlierRun
} from "./chunk-JS6RDAGI.js";
import {
  assertMayMeasureHere
} from "./chunk-MSECLFQR.js";
import "./chunk-JTHWHSQX.js";
import "./chunk-7NSOMIM2.js";
import {
  settingsOf
} from "./chunk-QZ6JBPJM.js";
import {
  isInJob
} from "./chunk-3XP4QWHX.js";
import "./chunk-QSBZPDS4.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-44DSDXHP.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-NQRTX3M5.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-5PGM6CTW.js";
import {
  progressFor
} from "./chunk-AXW66M3T.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-2DHNSNFS.js";
import "./chunk-RJPRUXX2.js";
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
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-IZPNMCNT.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
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
  const flags = { isQuick: values.quick, acceptConfig: values["accept-config"] };
  const options = { ...base, ...flags, head, config: configFile, settings, scenario, output };
  const { reports, config } = await gate(options, world, progress);
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return exitCodeOf(worstOf(reports), config.onInconclusive);
};
export {
  run
};
