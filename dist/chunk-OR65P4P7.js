import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-336HRDAY.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-PWIJXQWZ.js";
import "./chunk-QROVMW7P.js";
import "./chunk-B4ATPEFT.js";
import {
  renderSeveral
} from "./chunk-MSJBPXVR.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-DDPGHMGU.js";
import "./chunk-4NXL5TRP.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-TDJFDJGG.js";
import {
  findJobBase
} from "./chunk-SITTM6NF.js";
import {
  removeEarlierRun
} from "./chunk-LYCS5SQY.js";
import {
  assertMayMeasureHere
} from "./chunk-WGO5LXRE.js";
import "./chunk-VTIRDOIA.js";
import "./chunk-B3MKZCKS.js";
import {
  settingsOf
} from "./chunk-HHHIFSDR.js";
import {
  isInJob
} from "./chunk-3XP4QWHX.js";
import "./chunk-CYJIJ4FM.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-6BHPS2TV.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-MMBS2UA3.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-E34N2Q5K.js";
import {
  progressFor
} from "./chunk-252DHVVR.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-6EFL5IDL.js";
import "./chunk-RJPRUXX2.js";
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
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-OO5LKLZR.js";
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
