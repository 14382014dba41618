import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readPair
} from "./chunk-DQQG3TF5.js";
import {
  exitCodeOf
} from "./chunk-3X4D5UN4.js";
import {
  requiredIn
} from "./chunk-UHB7Y2FH.js";
import {
  spendMemory
} from "./chunk-5VYUUSL3.js";
import {
  compareSides,
  differingFunctions,
  unknownChanges
} from "./chunk-67CIWDPM.js";
import "./chunk-5JIK4ZJH.js";
import {
  settingsOf
} from "./chunk-QZ6JBPJM.js";
import "./chunk-3XP4QWHX.js";
import {
  formats
} from "./chunk-QSBZPDS4.js";
import "./chunk-QV6VIUOQ.js";
import "./chunk-44DSDXHP.js";
import "./chunk-7QZ7ZO5U.js";
import "./chunk-NQRTX3M5.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-HRLLPWRG.js";
import "./chunk-5C5QKNKJ.js";
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import "./chunk-5PGM6CTW.js";
import {
  findConfig,
  readConfig,
  shownSetting
} from "./chunk-2DHNSNFS.js";
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
import {
  configForMeasured
} from "./chunk-V5XBFCCL.js";
import {
  REPORT_SCHEMA
} from "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-IZPNMCNT.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import {
  UserError
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/compare.ts
import { dirname, parse, relative, resolve } from "node:path";
var compare = async (args, world) => {
  const { values, positionals } = readFlags(args, commands.compare);
  const [baseDirectory, headDirectory] = positionals.map((path2) => resolve(world.cwd, path2));
  const path = await findConfig(world.cwd, parse(world.cwd).root, values.config);
  if (path === void 0)
    throw new UserError(`there is no perf-gate.yml in ${world.cwd} or above it`, {
      hint: "name the config with --config"
    });
  const settings = settingsOf(values);
  const config = await readConfig(path, dirname(path), settings);
  const startedMs = world.monotonicMs();
  spendMemory();
  const { base, head, changes } = readPair(baseDirectory, headDirectory);
  const { service, scenario } = head.manifest;
  const comparison = compareSides({
    base,
    head,
    changes: changes ?? unknownChanges(differingFunctions({ base, head })),
    limits: configForMeasured(config, values.scenario, scenario, "name it with --scenario").limits,
    today: world.now().toISOString().slice(0, 10),
    required: requiredIn(config, world)
  });
  const named = values.scenario === void 0 ? [] : ["--scenario", values.scenario];
  const reported = ({ manifest: { commit, version, isDirty } }) => ({ commit, version, isDirty });
  const report = {
    ...comparison,
    notes: [...comparison.notes, ...whileMeasured(base, head)],
    schema: REPORT_SCHEMA,
    tool: VERSION,
    isSameCode: false,
    service,
    scenario,
    base: reported(base),
    head: reported(head),
    baselineSource: void 0,
    baseReason: `measured before, in ${relative(world.cwd, baseDirectory)}`,
    durationMs: Math.round(world.monotonicMs() - startedMs),
    reproduce: ["npx perf-gate compare", ...positionals, ...named, ...settings.map(shownSetting)].join(" "),
    directory: `${relative(world.cwd, dirname(headDirectory)) || "."}/`
  };
  world.stdout.write(formats[values.format](report, { color: wantsColor(world) }));
  return exitCodeOf(report.verdict, config.onInconclusive);
};
function whileMeasured(...sides) {
  const all = sides.flatMap(({ manifest }) => manifest.warnings);
  return all.filter(({ text }, i) => all.findIndex((other) => other.text === text) === i);
}
export {
  compare
};
