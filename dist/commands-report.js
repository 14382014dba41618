import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./publish-saved-reports.js";
import {
  renderSeveral
} from "./report-several.js";
import "./report-markdown.js";
import "./report-story.js";
import "./base-wrap.js";
import "./report-words.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import "./compare-report.js";
import {
  wantsColor
} from "./base-color.js";
import "./ajv.js";
import "./base-width.js";
import "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT
} from "./base-errors.js";
import "./empty.js";

// src/commands/report.ts
import { resolve } from "node:path";
var report = async ({ values, positionals }, world) => {
  const directory = resolve(world.cwd, positionals[0] ?? "perf-gate-out");
  const { reports } = await readSavedReports(directory, "perf-gate report DIR");
  world.stdout.write(renderSeveral(reports, values.format, { color: wantsColor(world) }));
  return EXIT.pass;
};
export {
  report
};
