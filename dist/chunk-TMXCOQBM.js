import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  gate
} from "./chunk-OKPO6XIX.js";
import "./chunk-G4BQTEIT.js";
import "./chunk-UHB7Y2FH.js";
import "./chunk-DW625XAP.js";
import "./chunk-5VYUUSL3.js";
import "./chunk-67CIWDPM.js";
import "./chunk-5JIK4ZJH.js";
import "./chunk-Q4PTA5G4.js";
import {
  requireTools
} from "./chunk-G54IPTIR.js";
import "./chunk-JS6RDAGI.js";
import "./chunk-JTHWHSQX.js";
import "./chunk-7NSOMIM2.js";
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
import "./chunk-PP2FG7CZ.js";
import "./chunk-5PGM6CTW.js";
import {
  progressFor,
  temporaryDirectory
} from "./chunk-AXW66M3T.js";
import {
  execa
} from "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-2DHNSNFS.js";
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
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-IZPNMCNT.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./chunk-G3W2D7T4.js";
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
  const { values } = readFlags(args, commands.demo);
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
