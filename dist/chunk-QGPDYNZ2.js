import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  changedCode,
  compareSides,
  differingFunctions,
  exitCodeOf,
  formatOf,
  formats,
  parseChangeRecord,
  unknownChanges,
  wantsColor
} from "./chunk-QVGEYQNH.js";
import {
  REPORT_SCHEMA
} from "./chunk-RY2YKNF6.js";
import "./chunk-TXW2EWEA.js";
import "./chunk-7THEN6SN.js";
import "./chunk-B3EX7XHB.js";
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import "./chunk-D5OV5T7F.js";
import "./chunk-HIBBX6VR.js";
import "./chunk-J72DTEVW.js";
import {
  readSide
} from "./chunk-3GIHE22F.js";
import "./chunk-SBO46FL5.js";
import {
  findConfig,
  readConfig
} from "./chunk-D5XZNUM7.js";
import "./chunk-Y2FVQRTN.js";
import {
  readFlags
} from "./chunk-KRGVU3LX.js";
import {
  UserError
} from "./chunk-MJBSXXZC.js";
import "./chunk-5PVW3TJC.js";

// src/commands/compare.ts
import { readFile } from "node:fs/promises";
import { dirname, join, parse, relative, resolve } from "node:path";
var compare = async (args, world) => {
  const { values, positionals } = readFlags(
    args,
    { config: { type: "string" }, format: { type: "string", default: "text" } },
    ["BASE", "HEAD"]
  );
  const format = formatOf(values.format);
  const [baseDirectory, headDirectory] = positionals.map((path2) => resolve(world.cwd, path2));
  const path = await findConfig(world.cwd, parse(world.cwd).root, values.config);
  if (path === void 0)
    throw new UserError(`there is no perf-gate.yml in ${world.cwd} or above it`, {
      hint: "name the config with --config"
    });
  const config = await readConfig(path);
  const startedMs = world.monotonicMs();
  const [base, head] = [readSide(baseDirectory), readSide(headDirectory)];
  const changes = await changesBeside(baseDirectory, headDirectory, { base, head });
  const comparison = compareSides({
    base,
    head,
    changes,
    limits: config.limits,
    today: world.now().toISOString().slice(0, 10)
  });
  const reported = ({ manifest: { commit, version, isDirty } }) => ({ commit, version, isDirty });
  const report = {
    ...comparison,
    schema: REPORT_SCHEMA,
    tool: VERSION,
    isSameCode: false,
    service: head.manifest.service,
    base: reported(base),
    head: reported(head),
    baselineSource: void 0,
    baseReason: `measured before, in ${relative(world.cwd, baseDirectory)}`,
    durationMs: Math.round(world.monotonicMs() - startedMs),
    reproduce: `npx perf-gate compare ${positionals.join(" ")}`,
    directory: `${relative(world.cwd, dirname(headDirectory)) || "."}/`
  };
  world.stdout.write(formats[format](report, { color: wantsColor(world) }));
  return exitCodeOf(report, config.onInconclusive);
};
async function changesBeside(baseDirectory, headDirectory, sides) {
  if (dirname(baseDirectory) !== dirname(headDirectory)) return unknownChanges(differingFunctions(sides));
  const path = join(dirname(headDirectory), "changes.json");
  try {
    return changedCode(parseChangeRecord(await readFile(path, "utf8"), path));
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return unknownChanges(differingFunctions(sides));
  }
}
export {
  compare
};
