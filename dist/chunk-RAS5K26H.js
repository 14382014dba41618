import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-MNDHMRXE.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-NR3TDVJW.js";
import "./chunk-WHYRM4DY.js";
import {
  renderSeveral
} from "./chunk-URZKGXE5.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-RYYNFDFD.js";
import "./chunk-DOMOJEKL.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-KNLJGGZA.js";
import {
  findJobBase
} from "./chunk-IFJC27WH.js";
import {
  removeEarlierRun
} from "./chunk-PBVH7XSG.js";
import {
  assertMayMeasureHere
} from "./chunk-AQYBPOMO.js";
import "./chunk-BVD77ZV5.js";
import "./chunk-FTBOHP24.js";
import {
  settingsOf
} from "./chunk-T4SRPFO2.js";
import {
  isInJob
} from "./chunk-3SON4HQO.js";
import "./chunk-EPRTO7J5.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-V2LOSJB7.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-7QVAQYCC.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import {
  progressFor
} from "./chunk-PB5KSRE7.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-XR3NIDXL.js";
import "./chunk-RJPRUXX2.js";
import {
  wantsColor
} from "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-GAFHH55L.js";
import {
  readFlags
} from "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-7R7ZXCNB.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import "./chunk-VO37LFL3.js";
import "./chunk-CPT6LGM3.js";
import "./chunk-NGQSZTQB.js";
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
