import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  runProgram
} from "./process-group.js";
import {
  plainText
} from "./base-text.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/changes/go-command.ts
var MAX_OUTPUT_BYTES = 256 * 1024 * 1024;
async function run(options) {
  const answer = await ask(options);
  if (answer.exitCode !== 0) throw failure(options, answer);
  return answer.stdout;
}
async function ask({ command, args, cwd, env, input, signal }) {
  const bound = { mostBytes: MAX_OUTPUT_BYTES, keptBytes: MAX_OUTPUT_BYTES };
  const ran = await runProgram({
    ...{ command, args, cwd, env, input, signal },
    run: env["GOTMPDIR"],
    stdout: bound,
    stderr: bound
  }).catch((cause) => {
    if (signal?.aborted) throw cause;
    throw notRun({ command, args, cwd }, cause.message, { cause, hint: hintFor(cause.code, command) });
  });
  const stderr = ran.stderr.toString("utf8");
  if (ran.end === "over" && ran.exitCode !== void 0) {
    return { exitCode: ran.exitCode, stdout: ran.stdout.toString("utf8"), stderr };
  }
  throw notRun({ command, args, cwd }, reasonOf(ran), { detail: endOf(stderr) });
}
var reasonOf = ({ end, signal }) => end === "too much output" ? `it wrote more than ${MAX_OUTPUT_BYTES / 2 ** 20} MB` : `it was ended by ${signal}`;
function notRun({ command, args, cwd }, reason, { hint = `it ran in ${cwd}`, ...more }) {
  return new MeasurementError(`${shown(command, args)} could not be run: ${reason}`, { hint, ...more });
}
function hintFor(code, command) {
  switch (code) {
    case "ENOENT":
      return `is ${command} installed and on PATH?`;
    case "EACCES":
      return "is the temporary directory mounted noexec? set TMPDIR to one that programs may be started from";
    default:
      return void 0;
  }
}
function failure({ command, args, cwd }, { exitCode, stderr }) {
  return new MeasurementError(`${shown(command, args)} failed in ${cwd} (exit code ${exitCode})`, {
    detail: endOf(stderr)
  });
}
function shown(command, args) {
  return [command, ...args].map((word) => word.length > 80 ? `${word.slice(0, 77)}...` : word).join(" ");
}
function endOf(text) {
  return plainText(text).trim().split("\n").slice(-20).join("\n");
}

// src/changes/list.ts
var FIELDS = [
  ...["ImportPath", "Dir", "Name", "Standard", "Module", "Imports", "ImportMap", "GoFiles", "CgoFiles", "SFiles"],
  ...["CFiles", "CXXFiles", "MFiles", "HFiles", "EmbedFiles", "EmbedPatterns"]
];
async function listPackages(goCommand, checkoutDir, pkg, { env, flags = [], tags = [], signal }) {
  const run2 = (json) => ({
    command: goCommand,
    args: ["list", "-deps", json, ...flags, ...tags.length > 0 ? [`-tags=${tags.join(",")}`] : [], "--", pkg],
    cwd: checkoutDir,
    env,
    signal
  });
  let question = run2(`-json=${FIELDS.join(",")}`);
  let answer = await ask(question);
  if (answer.exitCode === 2 && /-json/.test(answer.stderr)) {
    question = run2("-json");
    answer = await ask(question);
  }
  if (answer.exitCode !== 0) throw failure(question, answer);
  return parsePackages(answer.stdout);
}
function parsePackages(text) {
  return text.split(/(?<=^\})\r?\n/m).filter((document) => document.trim() !== "").map((document) => toPackage(JSON.parse(document)));
}
function toPackage(listed) {
  const list = (name) => listed[name] ?? [];
  return {
    importPath: listed.ImportPath,
    dir: listed.Dir,
    name: listed.Name,
    isStandard: listed.Standard === true,
    ...listed.Module === void 0 ? {} : { module: toModule(listed.Module) },
    imports: list("Imports"),
    importMap: listed.ImportMap ?? {},
    goFiles: list("GoFiles"),
    cgoFiles: list("CgoFiles"),
    sFiles: list("SFiles"),
    cFiles: list("CFiles"),
    cxxFiles: list("CXXFiles"),
    mFiles: list("MFiles"),
    hFiles: list("HFiles"),
    embedFiles: list("EmbedFiles"),
    embedPatterns: list("EmbedPatterns")
  };
}
function toModule({ Path, Version, Dir, GoVersion, Main, Replace }) {
  return {
    path: Path,
    ...Version === void 0 ? {} : { version: Version },
    ...Dir === void 0 ? {} : { dir: Dir },
    ...GoVersion === void 0 ? {} : { goVersion: GoVersion },
    isMain: Main === true,
    ...Replace === void 0 ? {} : { replace: toModule(Replace) }
  };
}

// src/changes/go-program.ts
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
async function askGoProgram(program, input, options) {
  const { goCommand = "go", temporaryDirectory, signal } = options;
  const directory = await mkdtemp(join(temporaryDirectory, `perf-gate-${program.name}-`));
  try {
    await writeFile(join(directory, "go.mod"), `module perf-gate.local/${program.name}

go 1.18
`);
    for (const [name, text] of Object.entries(program.files)) await writeFile(join(directory, name), text);
    const env = outsideOfAnyModule(options.env);
    const binary = join(directory, program.name);
    const args = ["build", "-trimpath", "-ldflags=-s -w", "-o", binary, "."];
    await run({ command: goCommand, args, cwd: directory, env, signal });
    return await run({ command: binary, args: [], cwd: directory, env, input: JSON.stringify(input), signal });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
function outsideOfAnyModule(env) {
  const service = /^(GOFLAGS|GOOS|GOARCH|GOAMD64|GOARM64|GOARM|GOEXPERIMENT|GODEBUG|GOWORK|GO111MODULE|GOENV|CGO_ENABLED)$/;
  const plain = Object.fromEntries(Object.entries(env).filter(([name]) => !service.test(name)));
  return { ...plain, GOENV: "off", GOFLAGS: "", GOWORK: "off", GO111MODULE: "on", CGO_ENABLED: "0" };
}

export {
  askGoProgram,
  listPackages
};
