import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-5XXZ4A4G.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-RF4HMSPY.js";
import "./chunk-NVOLCJRW.js";
import {
  renderSeveral
} from "./chunk-O2G4AVFB.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-GH7E2GUY.js";
import "./chunk-WAAQXNMV.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-MYPONYPR.js";
import {
  findJobBase
} from "./chunk-KN33PQAT.js";
import "./chunk-VRPN2UBN.js";
import "./chunk-EYFAGL23.js";
import "./chunk-OSHGM6AV.js";
import {
  settingsOf
} from "./chunk-RUL2DD4M.js";
import "./chunk-SXKBMVOZ.js";
import "./chunk-TXYA2ORT.js";
import "./chunk-MGULPV7E.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-ADIUWFFC.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-UIQGC6NV.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import {
  progressFor
} from "./chunk-G5HKNHB2.js";
import "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-WGVV7Q34.js";
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
} from "./chunk-PMUG4AG5.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-RN3YQB52.js";
import "./chunk-J5WBHAR6.js";
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
