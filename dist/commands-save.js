import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  save
} from "./run-save.js";
import "./run-configured-store.js";
import "./run-measure-scenarios.js";
import "./run-required.js";
import "./aws4fetch.js";
import "./compare-compare.js";
import "./measure-side-directory.js";
import "./run-require-tools.js";
import "./ci-own-code.js";
import "./pprof-format.js";
import {
  settingsOf
} from "./commands-settings.js";
import "./commands-flag.js";
import "./run-project.js";
import "./ci-github.js";
import "./compare-shared-limits.js";
import "./compare-totals.js";
import "./report-words.js";
import "./profile-runtime-groups.js";
import "./profile-decode.js";
import "./package-json.js";
import "./config-rules.js";
import "./compare-report.js";
import {
  progressFor
} from "./commands-progress-flags.js";
import "./agent-client.js";
import "./process-group.js";
import "./undici.js";
import "./simple-git.js";
import "./config-problem.js";
import "./base-color.js";
import "./ajv.js";
import "./base-width.js";
import "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT
} from "./base-errors.js";
import "./empty.js";

// src/commands/save.ts
var save2 = async ({ values }, world) => {
  const { config, force: isForced, "allow-foreign-code": allowForeignCode } = values;
  const options = { config, settings: settingsOf(values), isForced, allowForeignCode };
  await save(options, world, progressFor(world, values));
  return EXIT.pass;
};
export {
  save2 as save
};
