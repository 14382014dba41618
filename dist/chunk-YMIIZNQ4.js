import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  renderSeveral
} from "./chunk-TF5RWPTH.js";
import {
  gate
} from "./chunk-6NK2ALEQ.js";
import "./chunk-4KRJ24IR.js";
import "./chunk-QIB33KLF.js";
import {
  requireTools
} from "./chunk-4P56WG3C.js";
import "./chunk-WMR5PSCU.js";
import {
  findJobBase
} from "./chunk-O5H7EHHL.js";
import "./chunk-LGAR7P37.js";
import "./chunk-OBTTBZVS.js";
import "./chunk-O2BAJTHR.js";
import "./chunk-IR23ZWJ7.js";
import {
  progressFor
} from "./chunk-5FSQAIKV.js";
import "./chunk-DWUN5GXC.js";
import "./chunk-KDIYR252.js";
import "./chunk-PZJD5QQV.js";
import "./chunk-ZFPOTWY7.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-HHEY7LP6.js";
import "./chunk-ZCJAJKS5.js";
import {
  settingsOf
} from "./chunk-KQ7EQLNJ.js";
import "./chunk-A7WWG7WV.js";
import "./chunk-NNFH6DSX.js";
import "./chunk-2DMHBS46.js";
import "./chunk-OESSIPLJ.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-MI6UL7O4.js";
import {
  worstOf
} from "./chunk-JZI6AZ7V.js";
import "./chunk-4B23XYKA.js";
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
} from "./chunk-EEM6QFPW.js";
import "./chunk-WPFLICSC.js";
import "./chunk-VO37LFL3.js";
import "./chunk-S7XQY4V3.js";
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
