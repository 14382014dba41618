import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  renderSeveral
} from "./chunk-ZQTDRPAF.js";
import {
  gate
} from "./chunk-L7FTYAUN.js";
import "./chunk-PLOXMLLU.js";
import "./chunk-ILP5HKCZ.js";
import {
  requireTools
} from "./chunk-FEQQDZXY.js";
import "./chunk-5IPJ6RCW.js";
import {
  findJobBase
} from "./chunk-QD3NYQ5S.js";
import "./chunk-LGAR7P37.js";
import "./chunk-HYAWSJUM.js";
import "./chunk-HIQ5ZQBV.js";
import "./chunk-VS3KC77S.js";
import {
  progressFor
} from "./chunk-5FCMTUMB.js";
import "./chunk-UWUWWAOM.js";
import "./chunk-3RGHOIVL.js";
import "./chunk-PZJD5QQV.js";
import "./chunk-ZFPOTWY7.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-WYPLZJLD.js";
import "./chunk-ZCJAJKS5.js";
import {
  settingsOf
} from "./chunk-HAIRQBVF.js";
import "./chunk-SO6PYWGX.js";
import "./chunk-KQNUJUTT.js";
import "./chunk-2DMHBS46.js";
import "./chunk-ARRLH5UH.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-ROP6NIY3.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import "./chunk-IE2AVDAQ.js";
import "./chunk-RJPRUXX2.js";
import {
  wantsColor
} from "./chunk-GXDG4WZJ.js";
import "./chunk-5XEG3RLH.js";
import "./chunk-GWZKFVLE.js";
import {
  readFlags
} from "./chunk-CIT2UUMZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-TTDEYI3H.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-JNOGVPG2.js";
import "./chunk-DHZX5FHV.js";
import "./chunk-EINEKMKY.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/run.ts
var run = async (args, world) => {
  const { values } = readFlags(args, commands.run);
  const progress = progressFor(world, values);
  await requireTools(world);
  const { head, config: configFile, scenario, output } = values;
  const settings = settingsOf(values);
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
