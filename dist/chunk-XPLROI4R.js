import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  REPORT_SCHEMA,
  changedCode,
  compareSides,
  differingFunctions,
  exitCodeOf,
  findConfig,
  formatOf,
  formats,
  parseChangeRecord,
  readConfig,
  readSide,
  unknownChanges,
  wantsColor
} from "./chunk-2XSNLK34.js";
import {
  VERSION
} from "./chunk-LLHCJBWU.js";
import {
  readFlags
} from "./chunk-LOSDHKCM.js";
import {
  UserError
} from "./chunk-EXM6RPYP.js";

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
