import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  publishSaved
} from "./publish-publish.js";
import "./publish-saved-reports.js";
import "./report-several.js";
import {
  readJob
} from "./ci-github.js";
import "./report-markdown.js";
import "./report-story.js";
import "./base-wrap.js";
import "./report-words.js";
import "./package-json.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import "./compare-report.js";
import "./config-problem.js";
import "./ajv.js";
import "./base-width.js";
import "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/commands/publish.ts
import { resolve } from "node:path";
var publish = async ({ values }, world) => {
  const job = await readJob(world.env);
  if (job === void 0) {
    throw new UserError("this is no job of a CI system that perf-gate knows, so there is nowhere to publish", {
      hint: "run it in GitHub Actions or CircleCI"
    });
  }
  const token = world.env["GITHUB_TOKEN"] || void 0;
  const options = { token, key: values.key ?? "", wants: { summary: true, comment: true } };
  const { commentUrl, problems } = await publishSaved(resolve(world.cwd, values.output), job, options, world);
  if (commentUrl !== void 0) world.stdout.write(`${commentUrl}
`);
  for (const { text } of problems) world.stderr.write(`perf-gate: ${text}
`);
  return EXIT.pass;
};
export {
  publish
};
