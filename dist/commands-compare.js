import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readPair
} from "./run-measured-run.js";
import {
  exitCodeOf
} from "./run-exit-code.js";
import {
  underRulesOfBase
} from "./run-under-rules-of-base.js";
import {
  requiredIn
} from "./run-required.js";
import {
  spendMemory
} from "./run-spend-memory.js";
import {
  compareSides,
  differingFunctions,
  unknownChanges
} from "./compare-compare.js";
import "./measure-side-directory.js";
import {
  settingsOf
} from "./commands-settings.js";
import "./commands-flag.js";
import {
  noConfig
} from "./run-project.js";
import "./ci-github.js";
import {
  formats
} from "./report-markdown.js";
import {
  configUnder,
  limitsUnder
} from "./run-rules-record.js";
import "./compare-shared-limits.js";
import "./compare-totals.js";
import "./report-story.js";
import "./base-wrap.js";
import "./report-words.js";
import "./profile-runtime-groups.js";
import "./profile-decode.js";
import {
  VERSION
} from "./package-json.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import {
  REPORT_SCHEMA
} from "./compare-report.js";
import {
  findConfig,
  readConfig,
  shownSetting
} from "./simple-git.js";
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

// src/commands/compare.ts
import { dirname, parse, relative, resolve } from "node:path";
var compare = async ({ values, positionals }, world) => {
  const [baseDirectory, headDirectory] = positionals.map((path2) => resolve(world.cwd, path2));
  const path = await findConfig(world.cwd, parse(world.cwd).root, values.config);
  if (path === void 0) throw noConfig(`${world.cwd} or above it`);
  const settings = settingsOf(values);
  const own = await readConfig(path, dirname(path), settings);
  const startedMs = world.monotonicMs();
  spendMemory();
  const { base, head, changes, rules } = readPair(baseDirectory, headDirectory);
  const { service, scenario } = head.manifest;
  const config = configUnder(rules, own);
  const comparison = compareSides({
    base,
    head,
    changes: changes ?? unknownChanges(differingFunctions({ base, head })),
    limits: limitsUnder(rules, config, {
      named: values.scenario,
      measured: scenario,
      howToName: "name it with --scenario"
    }),
    today: world.now().toISOString().slice(0, 10),
    required: requiredIn(config, world)
  });
  const named = values.scenario === void 0 ? [] : ["--scenario", values.scenario];
  const reported = ({ manifest: { commit, version, isDirty } }) => ({ commit, version, isDirty });
  const judged = { ...comparison, isSameCode: false, notes: [...comparison.notes, ...whileMeasured(base, head)] };
  const report = {
    ...rules === void 0 ? judged : underRulesOfBase({ ...judged, whyNotBase: rules.whyNotBase }, rules, scenario),
    schema: REPORT_SCHEMA,
    tool: VERSION,
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
