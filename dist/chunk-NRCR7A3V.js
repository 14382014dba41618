import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-RKFKGJEG.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-4H72NKXK.js";
import "./chunk-WHYRM4DY.js";
import {
  renderSeveral
} from "./chunk-ZLBEAAVH.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-EHW452WL.js";
import "./chunk-DOMOJEKL.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-Y3GZUVIG.js";
import {
  findJobBase
} from "./chunk-OKQO7NIE.js";
import {
  removeEarlierRun
} from "./chunk-4JA4YU2T.js";
import {
  assertMayMeasureHere
} from "./chunk-ZUGXNQL6.js";
import "./chunk-3KGKTKV7.js";
import "./chunk-ACUE73WJ.js";
import {
  settingsOf
} from "./chunk-7SWSMH72.js";
import {
  isInJob
} from "./chunk-3SON4HQO.js";
import "./chunk-RGAEEPOI.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-SZ5VZ5UZ.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-ACMRHTAZ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-TERQ4H23.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import {
  progressFor
} from "./chunk-LXZCTFSP.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-REDXSRKN.js";
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
} from "./chunk-SGVYONRC.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-3MOUZDEZ.js";
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
