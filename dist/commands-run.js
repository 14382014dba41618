import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./go-changes-source-go.js";
import {
  exitCodeOf
} from "./run-exit-code.js";
import "./run-under-rules-of-base.js";
import "./run-measure-scenarios.js";
import "./run-required.js";
import "./aws4fetch.js";
import {
  renderSeveral
} from "./report-several.js";
import "./run-spend-memory.js";
import "./compare-compare.js";
import "./measure-side-directory.js";
import "./changes-list.js";
import {
  requireTools
} from "./run-require-tools.js";
import {
  findJobBase
} from "./ci-base.js";
import {
  removeEarlierRun
} from "./run-run-directory.js";
import {
  assertMayMeasureHere
} from "./ci-own-code.js";
import "./pprof-format.js";
import {
  settingsOf
} from "./commands-settings.js";
import "./commands-flag.js";
import "./run-project.js";
import {
  isInJob
} from "./ci-github.js";
import "./report-markdown.js";
import "./run-rules-record.js";
import "./compare-shared-limits.js";
import "./compare-totals.js";
import "./report-story.js";
import "./base-wrap.js";
import "./report-words.js";
import "./profile-runtime-groups.js";
import "./profile-decode.js";
import "./package-json.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import {
  worstOf
} from "./compare-report.js";
import {
  progressFor
} from "./commands-progress-flags.js";
import "./agent-client.js";
import "./process-group.js";
import "./undici.js";
import "./simple-git.js";
import "./config-problem.js";
import {
  wantsColor
} from "./base-color.js";
import "./ajv.js";
import "./base-width.js";
import "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import "./base-errors.js";
import "./empty.js";

// src/commands/run.ts
import { resolve } from "node:path";
var run = async ({ values }, world) => {
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
