import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./go-changes-source-go.js";
import "./run-under-rules-of-base.js";
import "./run-measure-scenarios.js";
import "./run-required.js";
import "./aws4fetch.js";
import "./run-spend-memory.js";
import "./compare-compare.js";
import "./measure-side-directory.js";
import "./changes-list.js";
import {
  requireTools
} from "./run-require-tools.js";
import "./run-run-directory.js";
import {
  execa
} from "./pprof-format.js";
import "./run-project.js";
import "./ci-github.js";
import {
  formats
} from "./report-markdown.js";
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
import "./compare-report.js";
import {
  progressFor
} from "./commands-progress-flags.js";
import {
  temporaryDirectory
} from "./agent-client.js";
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
import {
  EXIT,
  MeasurementError,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/commands/demo.ts
import { cp, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
var CULPRIT = {
  function: "example.com/shop/internal/api.appendDescription",
  file: "internal/api/list.go",
  line: 120
};
var demo = async ({ values }, world) => {
  await requireTools(world);
  const examples = await findExamples();
  const progress = progressFor(world, values);
  const directory = await temporaryDirectory(world);
  try {
    const repository = join(directory.path, "orders");
    await progress.step(
      `copying the example service into ${repository}`,
      () => makeRepository(examples, repository, world)
    );
    const { reports } = await gate(
      { base: "HEAD~1", head: "HEAD", config: void 0, output: "perf-gate-out" },
      { ...world, cwd: repository },
      progress
    );
    const report = reports[0];
    world.stdout.write(formats.text(report, { color: wantsColor(world), isGone: !values.keep }));
    const named = report.causes.some(
      (cause) => cause.function === CULPRIT.function && cause.file === CULPRIT.file && cause.line === CULPRIT.line
    );
    if (report.verdict !== "fail" || !named) {
      throw new MeasurementError(
        `the demo's slower function was not named: ${CULPRIT.function} at ${CULPRIT.file}:${CULPRIT.line}`,
        {
          hint: "this machine or this build of perf-gate cannot be relied upon; please report it with the report above"
        }
      );
    }
    const kept = values.keep ? `The repository and the run directory are in ${repository}.` : "Nothing of it is kept; with --keep the repository and its profiles are.";
    world.stdout.write(
      `
The demo worked: the gate failed the slower commit and named its function and line.
${kept}
`
    );
    return EXIT.pass;
  } finally {
    if (!values.keep) await directory[Symbol.asyncDispose]();
  }
};
async function findExamples() {
  const here = dirname(fileURLToPath(import.meta.url));
  for (const up of ["..", "../.."]) {
    const found = await realpath(join(here, up, "examples")).catch(() => void 0);
    if (found !== void 0) return found;
  }
  throw new UserError("the examples are not there", { hint: "run the demo from a clone or an installed package" });
}
async function makeRepository(examples, repository, world) {
  await cp(join(examples, "orders"), repository, { recursive: true });
  const env = {
    ...world.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "perf-gate demo",
    GIT_AUTHOR_EMAIL: "demo@localhost",
    GIT_COMMITTER_NAME: "perf-gate demo",
    GIT_COMMITTER_EMAIL: "demo@localhost"
  };
  const git = (...args) => execa("git", args, { cwd: repository, env, extendEnv: false, cancelSignal: world.signal });
  try {
    await git("init", "--quiet", "--initial-branch=main");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "orders");
    await git("apply", join(examples, "orders-slower.patch"));
    await git("commit", "--quiet", "--all", "--message", "orders: describe lines with fmt");
  } catch (error) {
    world.signal.throwIfAborted();
    throw new UserError(`the demo needs git: ${error.message}`, { cause: error });
  }
}
export {
  demo
};
