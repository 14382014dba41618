import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formats,
  gate,
  wantsColor
} from "./chunk-QVGEYQNH.js";
import "./chunk-RY2YKNF6.js";
import "./chunk-TXW2EWEA.js";
import "./chunk-7THEN6SN.js";
import "./chunk-B3EX7XHB.js";
import "./chunk-PP2FG7CZ.js";
import {
  progressLines,
  temporaryDirectory
} from "./chunk-D5OV5T7F.js";
import "./chunk-HIBBX6VR.js";
import "./chunk-J72DTEVW.js";
import "./chunk-3GIHE22F.js";
import "./chunk-SBO46FL5.js";
import {
  execa
} from "./chunk-D5XZNUM7.js";
import "./chunk-Y2FVQRTN.js";
import {
  readFlags
} from "./chunk-KRGVU3LX.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./chunk-MJBSXXZC.js";
import "./chunk-5PVW3TJC.js";

// src/commands/demo.ts
import { cp, realpath } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
var CULPRIT = {
  function: "example.com/shop/internal/api.appendDescription",
  file: "internal/api/list.go",
  line: 120
};
var demo = async (args, world) => {
  const { values } = readFlags(args, { keep: { type: "boolean", default: false } }, []);
  const examples = await findExamples();
  const progress = progressLines(world);
  const directory = await temporaryDirectory(world);
  try {
    const repository = join(directory.path, "orders");
    progress(`copying the example service into ${repository}`);
    await makeRepository(examples, repository, world);
    const { report } = await gate(
      { base: "HEAD~1", head: "HEAD", config: void 0, output: "perf-gate-out" },
      { ...world, cwd: repository },
      progress
    );
    world.stdout.write(formats.text(report, { color: wantsColor(world) }));
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
    const kept = values.keep ? ` The repository and the run directory are in ${repository}.` : "";
    world.stdout.write(
      `
The demo worked: the gate failed the slower commit and named its function and line.${kept}
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
