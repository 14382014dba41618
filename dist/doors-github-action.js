import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  withoutWorkflowCommands
} from "./base-workflow-commands.js";
import {
  save
} from "./run-save.js";
import "./run-configured-store.js";
import {
  OUR_FAULT,
  documentOfAll,
  documentOfFailure,
  publish,
  publishSaved,
  subjectOf
} from "./publish-publish.js";
import "./publish-saved-reports.js";
import {
  NOT_FOR_CHILDREN
} from "./doors-start-afresh.js";
import {
  tell
} from "./base-tell.js";
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
import "./run-require-tools.js";
import "./base-machine-fault.js";
import {
  findBase
} from "./ci-base.js";
import {
  removeEarlierRun
} from "./run-run-directory.js";
import {
  assertMayMeasure,
  assertOwnCode
} from "./ci-own-code.js";
import "./pprof-format.js";
import {
  loadConfig
} from "./run-project.js";
import {
  readJob
} from "./ci-github.js";
import "./report-markdown.js";
import "./run-rules-record.js";
import "./compare-shared-limits.js";
import "./compare-totals.js";
import {
  PLAIN_MARKS,
  cleanName,
  cleanProse,
  storyOf
} from "./report-story.js";
import "./base-wrap.js";
import {
  effectPhrase,
  explainedBy,
  explanationOf,
  headlineOf,
  rulePhrase
} from "./report-words.js";
import "./profile-runtime-groups.js";
import "./profile-decode.js";
import "./package-json.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import {
  WORST_FIRST,
  worstOf
} from "./compare-report.js";
import {
  openProgress
} from "./agent-client.js";
import {
  runProgram
} from "./process-group.js";
import "./undici.js";
import {
  openRepository
} from "./simple-git.js";
import {
  ConfigError
} from "./config-problem.js";
import {
  wantsColor
} from "./base-color.js";
import "./ajv.js";
import "./base-width.js";
import {
  listed,
  plainText
} from "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/doors/github-action.ts
import { randomUUID } from "node:crypto";
import { realpath, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";

// src/ci/valgrind.ts
var MANAGERS = [
  {
    name: "apt-get",
    install: ["-y", "-q", "-o", "DPkg::Lock::Timeout=60", "--no-install-recommends", "install", "valgrind"],
    refresh: ["-y", "-q", "update"]
  },
  { name: "dnf", install: ["-y", "-q", "--setopt=install_weak_deps=False", "install", "valgrind"] },
  { name: "apk", install: ["add", "--no-progress", "valgrind"] }
];
var TIMEOUT_MS = 18e4;
var MOST_OUTPUT_BYTES = 64e6;
async function installValgrind(world, tell2) {
  if (world.platform !== "linux" || world.env["RUNNER_ENVIRONMENT"] !== "github-hosted") return;
  if (await works(world, "valgrind", "--version")) return;
  for (const manager of MANAGERS) {
    if (!await works(world, manager.name, "--version")) continue;
    tell2(`valgrind is not installed; installing it with ${manager.name}`);
    const problem = await install(world, manager);
    tell2(problem === void 0 ? "valgrind is installed" : `valgrind could not be installed: ${problem}`);
    return;
  }
  tell2("valgrind is not installed, and there is no apt-get, dnf or apk to install it with");
}
async function install(world, { name, install: install2, refresh }) {
  const isRoot = (await run(world, "id", ["-u"])).stdout === "0";
  const manage = (args) => isRoot ? run(world, name, args) : run(world, "sudo", ["-n", name, ...args]);
  let answer = await manage(install2);
  if (answer.failed && refresh !== void 0) {
    await manage(refresh);
    answer = await manage(install2);
  }
  return answer.failed ? lastLine(answer.stderr) || answer.reason : void 0;
}
var lastLine = (text = "") => plainText(text).trim().split("\n").at(-1) ?? "";
var works = async (world, command, flag) => !(await run(world, command, [flag])).failed;
async function run({ env, cwd, signal }, command, args) {
  const bound = { mostBytes: MOST_OUTPUT_BYTES, keptBytes: 64 * 1024 };
  try {
    const ran = await runProgram({
      ...{ command, args, cwd, env, signal },
      graceMs: 5e3,
      // a package manager in the middle of its work
      timeoutMs: TIMEOUT_MS,
      stdout: bound,
      stderr: bound
    });
    const { end, exitCode, signal: endedBy, stdout, stderr } = ran;
    const isLate = end === "late" ? `was not over within ${TIMEOUT_MS / 1e3} s` : void 0;
    return {
      failed: end !== "over" || exitCode !== 0,
      reason: `${command} ${isLate ?? (exitCode === void 0 ? `was ended by ${endedBy}` : `failed (exit code ${exitCode})`)}`,
      stdout: stdout.toString("utf8").trim(),
      stderr: stderr.toString("utf8")
    };
  } catch (error) {
    signal.throwIfAborted();
    return { failed: true, reason: error.message, stdout: "", stderr: "" };
  }
}

// src/publish/annotations.ts
var MOST = 10;
var MAX_MESSAGE = 4096;
var MAX_TITLE = 200;
function annotationsOfAll(reports, inWorkspace) {
  const most = Math.max(1, Math.floor(MOST / reports.length));
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  return ordered.flatMap((report) => annotationsOf(report, inWorkspace, most));
}
function annotationsOf(report, inWorkspace, most = MOST) {
  const story = storyOf(report, PLAIN_MARKS);
  const unjudged = story.warnings;
  const loosened = loosenedRules(report, inWorkspace).slice(0, most - 1);
  if (report.verdict === "pass" && unjudged.length === 0) return loosened;
  const level = report.verdict === "fail" || report.verdict === "invalid" ? "error" : "warning";
  const over = report.causes.filter(isOver);
  const totals = report.totals.filter(({ status }) => status === "over").length;
  const found = over.length + totals === 0 ? [] : [`${counted(totals, "total")} and ${counted(over.length, "function")} over the limit`];
  const reasons = report.verdict === "fail" && over.length === 0 ? reasonsIn(story) : [];
  const notes = report.verdict === "invalid" ? report.notes.map(({ text }) => cleanProse(text)) : [];
  return [
    annotation({
      level,
      title: `${titleFor(report)}: ${headlineOf(report)}`,
      message: [
        `${story.service}: ${story.head} against ${story.base}`,
        ...found,
        ...reasons,
        ...notes,
        ...unjudged
      ].join("\n")
    }),
    ...loosened,
    ...over.slice(0, most - 1 - loosened.length).map((cause) => annotation({ level, ...ofCause(cause, report), ...placeOf(cause, inWorkspace) }))
  ];
}
var MOST_REASONS = 10;
var reasonsIn = ({ sections }) => sections.flatMap(({ weight, content }) => weight === "main" && content.kind === "lines" ? content.lines : []).slice(0, MOST_REASONS);
function annotationsOfFailure(failure, inWorkspace, secrets) {
  const title = "perf-gate: no verdict";
  const withHint = (message2, hint) => [message2, hint ?? ""].map((text) => cleanProse(secrets.clean(text))).filter((text) => text !== "").join("\n");
  if (failure instanceof ConfigError) {
    const file = inWorkspace(failure.fileName);
    return failure.problems.slice(0, MOST).map(
      ({ message: message2, hint, line }) => annotation({
        level: "error",
        title,
        message: withHint(message2, hint),
        ...file === void 0 ? {} : { file, line }
      })
    );
  }
  const message = failure instanceof UserError ? withHint(failure.message, failure.hint) : OUR_FAULT;
  return [annotation({ level: "error", title, message })];
}
function loosenedRules(report, inWorkspace) {
  const loosened = (report.configChanges ?? []).filter(({ kind }) => kind === "loosened");
  return loosened.map((change) => {
    const [, file = "", line] = /^(.+):(\d+)$/.exec(change.at) ?? [];
    const place = placeOf({ file, line: Number(line), isFileInRepository: file !== "" }, inWorkspace);
    const title = `${titleFor(report)}: this commit changes its own rules`;
    return annotation({ level: "warning", title, message: rulePhrase(change, PLAIN_MARKS), ...place });
  });
}
var isOver = ({ effects }) => effects.some(({ status }) => status === "over");
var titleFor = ({ scenario }) => ["perf-gate", ...scenario === void 0 ? [] : [cleanName(scenario)]].join(" ");
function ofCause(cause, report) {
  const { sentence } = explanationOf(cause, PLAIN_MARKS);
  const effects = cause.effects.map((effect) => effectPhrase(effect, cause.timeNs));
  return {
    title: `${titleFor(report)}: ${cleanName(cause.function)}`,
    message: [sentence, ...effects, explainedBy(cause, report.totals)].filter((line) => line !== void 0).join("\n")
  };
}
function placeOf({ file, line, isFileInRepository }, inWorkspace) {
  const shown = file !== void 0 && isFileInRepository ? inWorkspace(file) : void 0;
  if (shown === void 0) return {};
  return line === void 0 ? { file: shown } : { file: shown, line };
}
var annotation = (given) => ({
  ...given,
  title: given.title.slice(0, MAX_TITLE),
  message: given.message.slice(0, MAX_MESSAGE)
});
var counted = (count, what) => `${count} ${what}${count === 1 ? "" : "s"}`;

// src/doors/action-inputs.ts
var INPUTS = {
  command: {
    default: "run",
    description: "`run` measures and judges; `save` measures a commit of the main branch and stores it as a baseline; `publish` shows reports that other jobs have made."
  },
  config: {
    default: "",
    description: "The config, relative to working-directory. Without it: perf-gate.yml, searched upwards."
  },
  base: {
    default: "",
    description: "The commit to compare with. Without it: what the pull request is merged onto; for a push, what was there before."
  },
  head: { default: "", description: "The commit to measure. Without it: the one that is checked out." },
  "accept-config": {
    default: "false",
    description: "Judge by the pull request's own perf-gate.yml, also where it allows more or measures less than that of the base: for a job that somebody starts by hand, or for a label."
  },
  "working-directory": { default: ".", description: "Where perf-gate is run, relative to the workspace." },
  output: {
    default: "perf-gate-out",
    description: "The run directory, relative to working-directory: `run` writes it, `publish` reads it, or all that lie directly in it."
  },
  comment: { default: "true", description: "Comment on the pull request: one comment, kept up to date." },
  summary: { default: "true", description: "Show the report in the job's summary." },
  key: {
    default: "",
    description: "Tells comments on one pull request apart where config and service do not: give each job of a matrix its own. Without it: working-directory."
  },
  token: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's, which the runner fills in
    default: "${{ github.token }}",
    description: "Writes the comment; needs `pull-requests: write`. Not in the environment of the service and its build."
  },
  "allow-foreign-code": {
    default: "false",
    description: "Outside of pull_request: also measure a commit that is neither of the event nor on a branch of the repository, such as that of a fork. Only for a job without any right or secret that its code must not have."
  },
  "install-valgrind": {
    default: "true",
    description: "Install valgrind where it is missing. Only on Linux runners that GitHub hosts, and only if sudo asks nothing."
  }
};
var COMMANDS = ["run", "save", "publish"];
function readInputs(getInput) {
  const text = (name) => getInput(name) || INPUTS[name].default;
  const orNone = (name) => getInput(name) || void 0;
  const workingDirectory = text("working-directory");
  return {
    command: oneOf("command", COMMANDS, text("command")),
    config: orNone("config"),
    base: orNone("base"),
    head: orNone("head"),
    acceptConfig: yes("accept-config", text("accept-config")),
    workingDirectory,
    output: text("output"),
    comment: yes("comment", text("comment")),
    summary: yes("summary", text("summary")),
    key: orNone("key") ?? (workingDirectory === "." ? "" : workingDirectory),
    // Without the runner nobody has filled its default in.
    token: orNone("token"),
    allowForeignCode: yes("allow-foreign-code", text("allow-foreign-code")),
    installValgrind: yes("install-valgrind", text("install-valgrind"))
  };
}
function oneOf(name, words, given) {
  const word = words.find((known) => known === given);
  if (word !== void 0) return word;
  throw new UserError(`the input ${name} is ${listed(words, "or")}, not "${plainText(given)}"`);
}
var yes = (name, given) => oneOf(name, ["true", "false"], given.toLowerCase()) === "true";

// src/doors/github-action.ts
async function githubAction(runner, world) {
  const token = runner.getInput("token");
  if (token !== "") runner.setSecret(token);
  try {
    const inputs = readInputs(runner.getInput);
    const job = await readJob(world.env);
    if (job === void 0) throw new UserError("this is no job of GitHub Actions: GITHUB_ACTIONS is not set");
    const action = { inputs, job, runner, world: { ...world, cwd: await directoryOf(inputs, world) } };
    switch (inputs.command) {
      case "run":
        return await run2(action);
      case "save":
        return await save2(action);
      case "publish":
        return await publishOnly(action);
    }
  } catch (error) {
    annotate(
      runner,
      annotationsOfFailure(error, () => void 0, world.secrets)
    );
    if (runner.getInput("command") !== "save") setOutputs(runner, { verdict: "invalid" });
    return tell(error, withoutWorkflowCommands(world));
  }
}
async function directoryOf({ workingDirectory }, { cwd }) {
  const directory = resolve(cwd, workingDirectory);
  if ((await stat(directory).catch(() => void 0))?.isDirectory()) return directory;
  throw new UserError(`the working-directory ${workingDirectory} is not a directory`, {
    hint: "it is relative to the workspace; actions/checkout comes first"
  });
}
async function run2(action) {
  const { inputs, job, runner, world } = action;
  const { code, service, reports, failure, root } = await asPlainText(action, (log) => measureAndJudge(action, log));
  if (world.signal.aborted) {
    setOutputs(runner, { verdict: "invalid" });
    return code;
  }
  const inWorkspace = await workspacePaths(root, world);
  const [first] = reports;
  annotate(
    runner,
    first ? annotationsOfAll(reports, inWorkspace) : annotationsOfFailure(failure, inWorkspace, world.secrets)
  );
  const document = first ? documentOfAll(first.service, reports) : documentOfFailure(service, failure, subjectOf(job), world.secrets);
  const about = { config: [inputs.workingDirectory, inputs.config ?? ""].join("\n") };
  const published = await publish(document, job, { ...deliveryOf(inputs), ...about }, world);
  tellProblems(runner, published);
  const files = resolve(world.cwd, inputs.output);
  setOutputs(runner, {
    verdict: document.verdict,
    "comment-url": published.commentUrl,
    ...first && {
      findings: findingsIn(reports),
      // Each scenario has a directory of its own in it.
      report: first.scenario === void 0 ? join(files, "report.md") : files,
      "report-json": first.scenario === void 0 ? join(files, "report.json") : files,
      "baseline-source": sourceOf(reports)
    }
  });
  return code;
}
async function measureAndJudge({ inputs, job }, log) {
  const progress = openProgress(log, { isVerbose: isDebugged(log) });
  let service;
  let root = log.cwd;
  try {
    await removeEarlierRun(resolve(log.cwd, inputs.output));
    assertMayMeasure(job);
    const repo = await openRepository(log.cwd, log);
    root = repo.root;
    if (!inputs.allowForeignCode) await assertOwnCode(repo, job, [inputs.head, inputs.base]);
    const { config: written } = await loadConfig(repo, inputs.config, log);
    service = written.service.name;
    const isOurs = inputs.base === void 0 && inputs.head === void 0;
    const chosen = isOurs ? await findBase(repo, job) : void 0;
    const base = { base: inputs.base ?? chosen?.commit, baseReason: chosen?.reason };
    const { reports, config } = await gate(
      {
        ...base,
        head: inputs.head ?? "HEAD",
        config: inputs.config,
        acceptConfig: inputs.acceptConfig,
        // What the base wants measured is measured, whatever the head's file leaves out.
        prepare: (config2) => prepare(config2, inputs, log, progress),
        output: inputs.output
      },
      log,
      progress
    );
    log.stdout.write(renderSeveral(reports, "text", { color: wantsColor(log) }));
    const code = exitCodeOf(worstOf(reports), config.onInconclusive);
    return { service, root, code, reports, failure: void 0 };
  } catch (failure) {
    return { service, root, code: tell(failure, log), reports: [], failure };
  }
}
async function save2(action) {
  const { inputs, job, runner, world } = action;
  assertMayMeasure(job);
  let root = world.cwd;
  let failure;
  const code = await asPlainText(action, async (log) => {
    try {
      const repo = await openRepository(log.cwd, log);
      root = repo.root;
      if (!inputs.allowForeignCode) await assertOwnCode(repo, job, []);
      const { config } = await loadConfig(repo, inputs.config, log);
      const progress = openProgress(log, { isVerbose: isDebugged(log) });
      await prepare(config, inputs, log, progress);
      await save({ config: inputs.config, allowForeignCode: inputs.allowForeignCode }, log, progress);
      return EXIT.pass;
    } catch (error) {
      failure = error;
      return tell(error, log);
    }
  });
  if (failure !== void 0 && !world.signal.aborted) {
    annotate(runner, annotationsOfFailure(failure, await workspacePaths(root, world), world.secrets));
  }
  return code;
}
async function publishOnly({ inputs, job, runner, world }) {
  const published = await publishSaved(resolve(world.cwd, inputs.output), job, deliveryOf(inputs), world);
  tellProblems(runner, published);
  setOutputs(runner, {
    verdict: published.verdict,
    "comment-url": published.commentUrl,
    findings: findingsIn(published.reports)
  });
  return EXIT.pass;
}
async function prepare(config, { installValgrind: may }, log, progress) {
  if (may && config.instruments.includes("instructions")) await installValgrind(log, progress);
}
var isDebugged = ({ env }) => env["RUNNER_DEBUG"] === "1";
async function asPlainText({ world, inputs }, act) {
  const token = randomUUID();
  const isForChildren = ([name, value]) => !NOT_FOR_CHILDREN.test(name) && (value !== inputs.token || !value);
  const env = Object.fromEntries(Object.entries(world.env).filter(isForChildren));
  world.stdout.write(`::stop-commands::${token}
`);
  try {
    return await act({ ...world, env, stderr: world.stdout });
  } finally {
    world.stdout.write(`
::${token}::
`);
  }
}
async function workspacePaths(root, { env, cwd }) {
  const workspace = await realpath(env["GITHUB_WORKSPACE"] || cwd).catch(() => cwd);
  return (file) => {
    const path = relative(workspace, join(root, file));
    return path === "" || path.startsWith("..") ? void 0 : path;
  };
}
function annotate(runner, annotations) {
  for (const { level, message, title, file, line } of annotations) {
    runner[level](message, {
      title,
      ...file === void 0 ? {} : { file },
      ...line === void 0 ? {} : { startLine: line }
    });
  }
}
var deliveryOf = ({ token, key, summary, comment }) => ({
  token,
  key,
  wants: { summary, comment }
});
function tellProblems(runner, { problems }) {
  for (const { level, text } of problems) runner[level](text, { title: "perf-gate" });
}
var findingsIn = (reports) => reports.flatMap(({ totals, causes }) => [...totals, ...causes.flatMap(({ effects }) => effects)]).filter(({ status }) => status === "over").length;
var sourceOf = (reports) => ["measured", "stored"].find((source) => reports.some((report) => report.baselineSource === source));
function setOutputs(runner, outputs) {
  try {
    for (const [name, value] of Object.entries(outputs)) runner.setOutput(name, value ?? "");
  } catch (error) {
    runner.warning(`the outputs could not be written: ${error.message}`, { title: "perf-gate" });
  }
}
export {
  githubAction
};
