import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  afterAwake,
  branchOf,
  currentBranch,
  defined,
  endProcessesFrom,
  findCommit,
  isOnPath,
  listeningAddresses,
  resolveCommit,
  runProgram,
  startGroup
} from "./process-group.js";
import {
  require_undici
} from "./undici.js";
import {
  PLACEHOLDERS,
  fill,
  fillKnown,
  parseJsonPath,
  placeholdersIn,
  secretsIn,
  withSecrets
} from "./simple-git.js";
import {
  wantsColor
} from "./base-color.js";
import {
  formatPercent,
  formatSpread,
  percentDigits
} from "./ajv.js";
import {
  cellsOf,
  cut
} from "./base-width.js";
import {
  oneLine,
  plainText
} from "./base-text.js";
import {
  configDirectory
} from "./config-places.js";
import {
  nearest
} from "./base-nearest.js";
import {
  Secrets,
  redactArgs
} from "./base-redact.js";
import {
  GRPC_CODES,
  NO_EXPECTATIONS
} from "./model-metrics.js";
import {
  MeasurementError,
  UserError
} from "./base-errors.js";
import {
  __callDispose,
  __toESM,
  __using
} from "./empty.js";

// src/git/checkout.ts
import { lstat, readdir, readFile as readFile2, realpath, rm as rm2, rmdir, writeFile } from "node:fs/promises";
import { dirname, join as join2, relative, resolve } from "node:path";

// src/process/owner.ts
import { readFileSync, readlinkSync } from "node:fs";
import { kill, pid as self } from "node:process";
var OWNER_FILE = "process";
var ownerLine = (pid = self) => [pid, startOf(pid) ?? "-", nameSpace() ?? "-", boot() ?? "-"].join(" ");
function mayBeAtWork(line) {
  const [pid = "", start2 = "-", space = "-", bootThen = "-"] = line.trim().split(" ");
  if (!/^[1-9]\d*$/.test(pid)) return false;
  const bootNow = boot();
  if (bootNow !== void 0 && bootThen !== "-" && bootThen !== bootNow) return false;
  if (space !== "-" && space !== nameSpace()) return true;
  return isAtWork(Number(pid), start2 === "-" ? void 0 : start2);
}
var isAtWork = (pid, start2) => isRunning(pid) && (start2 === void 0 || startOf(pid) === start2);
function startOf(pid) {
  const stat3 = read(() => readFileSync(`/proc/${pid}/stat`, "latin1")) ?? "";
  return stat3.slice(stat3.lastIndexOf(")") + 2).split(" ")[19];
}
function isRunning(pid) {
  try {
    return kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}
var nameSpace = () => read(() => readlinkSync("/proc/self/ns/pid"));
var boot = () => read(() => readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim());
function read(ask3) {
  try {
    return ask3();
  } catch {
    return void 0;
  }
}

// src/git/submodules.ts
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
async function fillSubmodules(repo, commit, directory) {
  const gitDirs = [repo.gitDir, repo.commonDir];
  await fill2(repo, { directory, original: repo.root, gitDirs, commit });
}
async function fill2(repo, parent) {
  const { directory, commit } = parent;
  const places = await namesByPath(repo, directory);
  if (places.size === 0) return;
  const [gitDir = ""] = parent.gitDirs;
  const listed = await repo.git.run(["ls-tree", "-r", "-z", commit], { env: { GIT_DIR: gitDir } });
  for (const entry of listed.split("\0")) {
    const [, submodule, path] = /^160000 commit ([0-9a-f]{40,64})\t(.+)$/s.exec(entry) ?? [];
    const name = path === void 0 ? void 0 : places.get(path);
    if (submodule === void 0 || path === void 0 || name === void 0) continue;
    const original = join(parent.original, path);
    const candidates = [...parent.gitDirs.map((one) => join(one, "modules", name)), join(original, ".git")];
    const found = await firstWith(repo, candidates, submodule);
    if (found === void 0) continue;
    const target = join(directory, path);
    await checkOut(repo, found, submodule, target);
    await fill2(repo, { directory: target, original, gitDirs: [found], commit: submodule });
  }
}
async function namesByPath(repo, directory) {
  const file = join(directory, ".gitmodules");
  const text = await readFile(file, "utf8").catch(() => "");
  if (text === "") return /* @__PURE__ */ new Map();
  const answer = await repo.git.ask(["config", "--null", "--file", file, "--get-regexp", "^submodule\\..*\\.path$"]);
  return new Map(
    answer.stdout.split("\0").flatMap((entry) => {
      const [, name, path] = /^submodule\.(.*)\.path\n(.+)$/s.exec(entry) ?? [];
      const isInside = name !== void 0 && !name.startsWith("/") && !name.split(/[/\\]/).includes("..");
      return isInside && path !== void 0 ? [[path, name]] : [];
    })
  );
}
async function firstWith(repo, gitDirs, commit) {
  for (const gitDir of gitDirs) {
    const about = await stat(gitDir).catch(() => void 0);
    if (about?.isDirectory() !== true) continue;
    const answer = await repo.git.ask(["cat-file", "-e", `${commit}^{tree}`], { env: { GIT_DIR: gitDir } });
    if (answer.exitCode === 0) return gitDir;
  }
  return void 0;
}
async function checkOut(repo, gitDir, commit, directory) {
  const index = `${directory}.perf-gate-index`;
  const options = { env: { GIT_DIR: gitDir, GIT_WORK_TREE: directory, GIT_INDEX_FILE: index } };
  await mkdir(directory, { recursive: true });
  const git = repo.gitAt(directory);
  try {
    await git.run(["read-tree", commit], options);
    await git.run(["checkout-index", "--all", "--force", "--quiet"], options);
  } finally {
    await rm(index, { force: true });
  }
}

// src/git/checkout.ts
async function createCheckout(repo, side, directory) {
  if ((await readdir(directory).catch(absent([]))).length > 0) {
    throw new Error(`${directory} is not empty: not ours to write to, and to remove`);
  }
  try {
    const add = ["worktree", "add", "--detach", "--no-checkout", "--quiet", directory, side.treeCommit];
    await removeRecordsOfTheDead(repo);
    await repo.git.run(add, { uninterrupted: true });
    for (const record of await recordsOf(repo, directory)) {
      await writeFile(join2(record, LOCK), `${LOCKED_BY}${ownerLine()}
`);
    }
    await repo.gitAt(directory).run(["reset", "--hard", "--quiet", "--no-recurse-submodules"]);
    await fillSubmodules(repo, side.treeCommit, directory);
    return {
      side,
      directory,
      warnings: [...await emptySubmodules(repo, directory), ...await lfsPointers(repo, directory)],
      changedFiles: () => changedFiles(repo, directory),
      rewrittenFiles: () => rewrittenFiles(repo, side, directory),
      [Symbol.asyncDispose]: () => removeCheckout(repo, directory)
    };
  } catch (error) {
    await removeCheckout(repo, directory);
    throw error;
  }
}
var LOCK = "locked";
var LOCKED_BY = "perf-gate, process ";
async function removeRecordsOfTheDead({ commonDir }) {
  const parent = join2(commonDir, "worktrees");
  for (const name of await readdir(parent).catch(absent([]))) {
    const lock = await readFile2(join2(parent, name, LOCK), "utf8").catch(absent(""));
    if (!lock.startsWith(LOCKED_BY) || mayBeAtWork(lock.slice(LOCKED_BY.length))) continue;
    await rm2(join2(parent, name), { recursive: true, force: true });
  }
}
async function removeCheckout(repo, directory) {
  const records = await recordsOf(repo, directory);
  await repo.git.ask(["worktree", "remove", "--force", "--force", directory], { uninterrupted: true });
  await rm2(directory, { recursive: true, force: true, maxRetries: 3 });
  for (const record of records) await rm2(record, { recursive: true, force: true });
  await rmdir(join2(repo.commonDir, "worktrees")).catch((error) => {
    if (!["ENOENT", "ENOTEMPTY", "EEXIST", "EROFS"].includes(error.code ?? "")) throw error;
  });
}
async function recordsOf(repo, directory) {
  const parent = join2(repo.commonDir, "worktrees");
  const names = await readdir(parent).catch(absent([]));
  const wanted = /* @__PURE__ */ new Set([resolve(directory), await realPathOf(directory)]);
  const records = [];
  for (const name of names) {
    const link2 = (await readFile2(join2(parent, name, "gitdir"), "utf8").catch(absent(""))).trim();
    if (link2 !== "" && wanted.has(dirname(resolve(parent, name, link2)))) records.push(join2(parent, name));
  }
  return records;
}
async function realPathOf(directory) {
  const parent = dirname(resolve(directory));
  const real = await realpath(parent).catch(absent(parent));
  return join2(real, relative(parent, resolve(directory)));
}
async function emptySubmodules(repo, directory) {
  if (await readFile2(join2(directory, ".gitmodules"), "utf8").catch(absent("")) === "") return [];
  const listed = await repo.gitAt(directory).run(["ls-files", "--stage", "-z"]);
  const paths = [];
  for (const entry of listed.split("\0")) {
    const [mode, path] = [entry.slice(0, 6), entry.slice(entry.indexOf("	") + 1)];
    if (mode !== "160000") continue;
    if ((await readdir(join2(directory, path)).catch(absent([]))).length === 0) paths.push(path);
  }
  return paths.length === 0 ? [] : [{ code: "submodules-empty", paths }];
}
var LFS_POINTER = "version https://git-lfs.github.com/spec/";
var LONGEST_POINTER_BYTES = 1024;
async function lfsPointers(repo, directory) {
  const listed = await repo.gitAt(directory).run(["ls-files", "-z", "--", ":(attr:filter=lfs)"]);
  const paths = [];
  for (const path of listed.split("\0")) if (path !== "" && await isPointer(join2(directory, path))) paths.push(path);
  return paths.length === 0 ? [] : [{ code: "lfs-pointers", paths }];
}
async function isPointer(file) {
  const about = await lstat(file).catch(absent(void 0));
  if (about === void 0 || !about.isFile() || about.size > LONGEST_POINTER_BYTES) return false;
  return (await readFile2(file, "latin1")).startsWith(LFS_POINTER);
}
async function changedFiles(repo, directory) {
  const listed = await repo.gitAt(directory).run(["status", "--porcelain", "-z", "--ignored", "--no-renames"]);
  return listed.split("\0").flatMap((entry) => entry === "" ? [] : [entry.slice(3)]);
}
async function rewrittenFiles(repo, { treeCommit }, directory) {
  const index = `${directory}.index`;
  const options = { env: { GIT_INDEX_FILE: index } };
  const git = repo.gitAt(directory);
  try {
    await git.run(["read-tree", treeCommit], options);
    await git.ask(["update-index", "-q", "--refresh", "--ignore-submodules"], options);
    const listed = await git.run(["diff-files", "--name-only", "-z", "--ignore-submodules"], options);
    return listed.split("\0").filter((path) => path !== "");
  } finally {
    await rm2(index, { force: true });
  }
}
function absent(value) {
  return (error) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return value;
    throw error;
  };
}

// src/process/command.ts
import { appendFileSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
var STDOUT_CHARACTERS = 4 * 1024 * 1024;
var OUTPUT_CHARACTERS = 64 * 1024;
var GRACE_MS = 3e3;
async function ask(command) {
  const { signal, logFile, cwd, env } = command;
  signal.throwIfAborted();
  const log = (text) => logFile !== void 0 && appendFileSync(logFile, text);
  log(`$ ${shown(command)}
`);
  command.tell?.(`$ ${shown(command)}`);
  let unlogged;
  const output = tail(OUTPUT_CHARACTERS);
  const stdout = tail(STDOUT_CHARACTERS);
  const hearing = (add) => {
    const decoder = new StringDecoder("utf8");
    const hear = (part) => {
      const text = decoder.write(part);
      try {
        log(text);
      } catch (error) {
        unlogged ??= error;
      }
      output.add(text);
      add(text);
    };
    return { mostBytes: Number.POSITIVE_INFINITY, keptBytes: 0, hear };
  };
  const ran = await runProgram({
    ...{ command: command.command, args: command.args, cwd, env, signal },
    // Builds have this directory, and it is that of the run.
    run: env["GOTMPDIR"],
    graceMs: GRACE_MS,
    stdout: hearing(stdout.add),
    stderr: hearing(() => void 0)
  }).catch((cause) => {
    if (signal.aborted) throw cause;
    throw notRun(command, cause, output.text());
  });
  if (unlogged !== void 0) throw unlogged;
  if (ran.exitCode === void 0) throw notRun(command, new Error(`it was ended by ${ran.signal}`), output.text());
  return { exitCode: ran.exitCode, stdout: stdout.text(), output: plainText(output.text()) };
}
function notRun(command, cause, output) {
  return new MeasurementError(`${command.command} could not be run: ${cause.message}`, {
    cause,
    detail: withCommand(output, command),
    ...cause.code === "ENOENT" ? { hint: `is ${command.command} installed and on PATH?` } : {}
  });
}
function shown({
  command,
  args,
  cwd,
  shownEnv = {}
}) {
  const variables = Object.entries(shownEnv).map(([name, value]) => `${name}=${shellWord(value)}`);
  return ["cd", shellWord(cwd), "&&", ...variables, ...[command, ...args].map(shellWord)].join(" ");
}
function shellWord(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
var SHOWN_LINES = 40;
function withCommand(output, command) {
  const lines = output.trimEnd().split("\n");
  const end = lines.length > SHOWN_LINES ? ["\u2026", ...lines.slice(-SHOWN_LINES)] : lines;
  return [...end.filter((line, i) => i > 0 || line !== ""), `$ ${shown(command)}`].join("\n");
}
function tail(size) {
  let kept = "";
  return {
    add: (text) => {
      kept += text;
      if (kept.length > 2 * size) kept = kept.slice(-size);
    },
    text: () => kept.slice(-size)
  };
}

// src/build/toolchain.ts
var OLDEST_GO = "1.18";
var VARIABLES = [
  ...["GOVERSION", "GOROOT", "GOOS", "GOARCH", "GOFLAGS", "GOTOOLCHAIN", "CGO_ENABLED", "GOAMD64", "GOARM64"],
  ...["GOEXPERIMENT", "GOWORK", "CC", "CXX", "CGO_CFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS"]
];
async function findGo(env, cwd, { signal = new AbortController().signal, logFile } = {}) {
  const go = (args) => ({ command: "go", args, cwd, env, signal, logFile });
  const environment = go(["env", "-json", ...VARIABLES]);
  const answer = await ask(environment).catch((error) => {
    throw isMissing(error) ? missingGo(error) : error;
  });
  if (answer.exitCode !== 0) throw unsuitable(answer.output, environment);
  const variables = parse(answer.stdout, environment);
  const version = variables["GOVERSION"] ?? "";
  if (isOlder(version, OLDEST_GO)) {
    throw new UserError(`Go ${version.replace(/^go/, "")} is too old: perf-gate needs Go ${OLDEST_GO} or newer`, {
      hint: `install a newer Go (${DOWNLOAD})`,
      detail: `$ go version
go version ${version} (${variables["GOROOT"]})`
    });
  }
  const modules = go(["list", "-m"]);
  const listed = await ask(modules);
  if (listed.exitCode !== 0 && WANTS_NEWER.test(listed.output)) throw unsuitable(listed.output, modules);
  return {
    version,
    root: variables["GOROOT"] ?? "",
    os: variables["GOOS"] ?? "",
    arch: variables["GOARCH"] ?? "",
    flags: variables["GOFLAGS"] ?? "",
    variables
  };
}
var DOWNLOAD = "https://go.dev/dl/; in GitHub Actions: actions/setup-go; in CircleCI: the image cimg/go";
var GET_GO = `install Go ${OLDEST_GO} or newer (${DOWNLOAD})`;
var WANTS_NEWER = /requires go >= |toolchain not available|toolchain (?:upgrade|download)|invalid go version/;
function unsuitable(output, command) {
  const line = output.split("\n").find((text) => WANTS_NEWER.test(text))?.trim();
  if (line === void 0) {
    const hasNoHome = /neither \$XDG_CACHE_HOME nor \$HOME are defined/.test(output);
    return new UserError("go does not answer in this checkout", {
      detail: withCommand(output, command),
      ...hasNoHome ? { hint: "set HOME, or GOCACHE and GOPATH: go keeps its cache and its modules there" } : {}
    });
  }
  return new UserError(`go.mod wants a newer Go than there is: ${line}`, {
    hint: `install that version, or let go fetch it with GOTOOLCHAIN=auto (${DOWNLOAD})`,
    detail: withCommand(output, command)
  });
}
var isMissing = (error) => error instanceof UserError && /is go installed/.test(error.hint ?? "");
var missingGo = (cause) => new UserError("there is no go command on PATH", {
  hint: GET_GO,
  cause
});
function parse(text, command) {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError("go env does not answer as it should: is `go` the Go command?", {
      detail: withCommand(text, command),
      cause
    });
  }
}
function isOlder(version, oldest) {
  const numbers = (text) => /(\d+)\.(\d+)/.exec(text)?.slice(1).map(Number) ?? [];
  const [major, minor] = numbers(version);
  const [oldestMajor, oldestMinor] = numbers(oldest);
  if (major === void 0 || minor === void 0 || oldestMajor === void 0 || oldestMinor === void 0)
    return false;
  return major < oldestMajor || major === oldestMajor && minor < oldestMinor;
}

// src/git/snapshot.ts
import { copyFile, mkdtemp, rm as rm3, stat as stat2, utimes, writeFile as writeFile2 } from "node:fs/promises";
import { join as join3, resolve as resolve2 } from "node:path";
async function snapshot(repo, exclude) {
  const directory = await mkdtemp(join3(repo.temporaryDirectory, "perf-gate-index-"));
  try {
    await writeFile2(join3(directory, OWNER_FILE), `${ownerLine()}
`);
    const index = join3(directory, "index");
    await copyIndex(resolve2(repo.root, await repo.git.run(["rev-parse", "--git-path", "index"])), index);
    const options = { env: { GIT_INDEX_FILE: index } };
    const version = await repo.git.run(["describe", "--tags", "--always", "--dirty"], options);
    const add = ["-c", "core.safecrlf=false", "add", "--all", "--", "."];
    await repo.git.run([...add, ...await exclusions(repo, exclude)], options);
    const tree = await repo.git.run(["write-tree"], options);
    const [headTree, seconds] = await Promise.all([
      repo.git.run(["rev-parse", `${repo.headCommit}^{tree}`]),
      repo.git.run(["show", "--no-patch", "--no-show-signature", "--format=%ct", repo.headCommit])
    ]);
    if (tree === headTree) return { treeCommit: repo.headCommit, version };
    return { treeCommit: await commitTree(repo, tree, Number(seconds)), version };
  } finally {
    await rm3(directory, { recursive: true, force: true });
  }
}
async function exclusions(repo, paths) {
  const specs = [];
  for (const path of paths) {
    const answer = await repo.git.ask(["check-ignore", "--quiet", "--", path]);
    if (answer.exitCode !== 0) specs.push(`:(exclude,top,literal)${path}`);
  }
  return specs;
}
async function commitTree(repo, tree, seconds) {
  const env = {};
  for (const role of ["AUTHOR", "COMMITTER"]) {
    env[`GIT_${role}_NAME`] = "perf-gate";
    env[`GIT_${role}_EMAIL`] = "perf-gate@localhost";
    env[`GIT_${role}_DATE`] = `${seconds} +0000`;
  }
  return repo.git.run(["commit-tree", tree, "-p", repo.headCommit, "-m", "perf-gate: the work tree"], { env });
}
async function copyIndex(from, to) {
  const times = await stat2(from).catch((error) => {
    if (error.code === "ENOENT") return void 0;
    throw error;
  });
  if (times === void 0) return;
  await copyFile(from, to);
  const seconds = Math.floor(times.mtimeMs / 1e3);
  await utimes(to, seconds, seconds);
}

// src/git/sides.ts
async function resolveSides(repo, options = {}) {
  const head = options.head === void 0 ? await workTree(repo, options.exclude ?? []) : await committed(repo, "head", await resolveCommit(repo, options.head), await branchOf(repo, options.head));
  if (options.base !== void 0) {
    const commit2 = await resolveCommit(repo, options.base);
    const base2 = await committed(repo, "base", commit2, await branchOf(repo, options.base));
    return { head, base: base2, baseReason: options.baseReason ?? `given as ${options.base}` };
  }
  const { commit, name, branch } = await mergeBaseWith(repo, head.commit, options.branch);
  const base = await committed(repo, "base", commit, branch);
  const isHead = commit === head.commit ? ", which is the head commit itself" : "";
  return { head, base, baseReason: `merge base with ${name}${isHead}` };
}
async function mergeBaseWith(repo, head, branch) {
  const target = await findTarget(repo, branch);
  return { ...target, commit: await mergeBase(repo, head, target) };
}
async function workTree(repo, exclude) {
  const { treeCommit, version } = await snapshot(repo, exclude);
  const side = await committed(repo, "head", repo.headCommit, await currentBranch(repo));
  return { ...side, treeCommit, version, isDirty: treeCommit !== repo.headCommit };
}
async function committed(repo, name, commit, branch) {
  const [shortCommit, version, seconds] = await Promise.all([
    repo.git.run(["rev-parse", "--short", commit]),
    repo.git.run(["describe", "--tags", "--always", commit]),
    repo.git.run(["show", "--no-patch", "--no-show-signature", "--format=%ct", commit])
  ]);
  const commitTime = new Date(Number(seconds) * 1e3).toISOString();
  return { name, commit, shortCommit, treeCommit: commit, version, branch, isDirty: false, commitTime };
}
async function findTarget(repo, branch) {
  for (const ref of branch === void 0 ? await usualBranches(repo) : branchRefs(branch)) {
    const commit = await findCommit(repo, ref);
    if (commit !== void 0) {
      const name = ref.replace(/^refs\/(heads|remotes)\//, "");
      return { name, branch: await branchOf(repo, ref) ?? name, commit };
    }
  }
  if (repo.isShallow) {
    const name = branch ?? "main";
    throw new UserError(`the branch ${name} is not in this shallow clone, so the base cannot be found`, {
      hint: `${fetchCommand(name)} (GitHub: actions/checkout with fetch-depth: 0), or name a commit with --base`
    });
  }
  if (branch !== void 0) {
    return { name: branch, branch, commit: await resolveCommit(repo, branch) };
  }
  throw new UserError("no branch to compare with: there is no origin/HEAD, main or master", {
    hint: "set baseline.branch in perf-gate.yml, or name a commit with --base"
  });
}
function branchRefs(branch) {
  return [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`];
}
async function usualBranches(repo) {
  const answer = await repo.git.ask(["symbolic-ref", "--quiet", "refs/remotes/origin/HEAD"]);
  const declared2 = answer.exitCode === 0 ? [answer.stdout.trim()] : [];
  return [...declared2, ...branchRefs("main"), ...branchRefs("master")];
}
async function mergeBase(repo, head, target) {
  const answer = await repo.git.ask(["merge-base", head, target.commit]);
  const commit = answer.stdout.trim();
  if (answer.exitCode === 0 && commit !== "") return commit;
  if (repo.isShallow) {
    throw new UserError(`this clone is too shallow: it does not reach the merge base of the head and ${target.name}`, {
      hint: `${fetchCommand(target.branch)} (GitHub: actions/checkout with fetch-depth: 0), or name a commit with --base`
    });
  }
  throw new UserError(`the head and ${target.name} have no common history`, {
    hint: "set baseline.branch in perf-gate.yml to the branch that this work will go to, or name a commit with --base"
  });
}
function fetchCommand(branch) {
  return `git fetch --unshallow origin +refs/heads/${branch}:refs/remotes/origin/${branch}`;
}

// src/run/bench-for.ts
import { mkdir as mkdir2, readFile as readFile4 } from "node:fs/promises";
import { join as join4, resolve as resolve5 } from "node:path";

// src/load/command-open.ts
import { createHash } from "node:crypto";
import { readFileSync as readFileSync3, statSync } from "node:fs";
import { resolve as resolve3 } from "node:path";

// src/load/command-run.ts
import { constants } from "node:os";

// src/process/affinity.ts
import { readFileSync as readFileSync2 } from "node:fs";
function pinned(command, args, cores) {
  if (cores === void 0) return { command, args };
  return { command: "taskset", args: ["-c", cores.join(","), command, ...args] };
}
function hasTaskset(env) {
  return isOnPath("taskset", env);
}
function allowedCores(count) {
  let status;
  try {
    status = readFileSync2("/proc/self/status", "utf8");
  } catch {
    return Array.from({ length: count }, (_, core) => core);
  }
  return parseCores(/^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "");
}
function parseCores(list) {
  return list.split(",").flatMap((part) => {
    const [first = Number.NaN, last2 = first] = part.split("-").map(Number);
    return Number.isInteger(first) ? Array.from({ length: last2 - first + 1 }, (_, i) => first + i) : [];
  });
}

// src/load/command-run.ts
var LARGEST_STDOUT_BYTES = 64e6;
var LARGEST_STDERR_BYTES = 64e6;
var KEPT_STDERR_BYTES = 64 * 1024;
async function runCommand({
  command,
  cwd,
  env,
  run,
  cores,
  timeoutMs,
  signal
}) {
  const ran = await runProgram({
    ...pinned("/bin/sh", ["-c", command], cores),
    ...{ cwd, env, run, timeoutMs, signal },
    isSwept: true,
    stdout: { mostBytes: LARGEST_STDOUT_BYTES, keptBytes: LARGEST_STDOUT_BYTES },
    stderr: { mostBytes: LARGEST_STDERR_BYTES, keptBytes: KEPT_STDERR_BYTES }
  }).catch((cause) => {
    if (signal.aborted) throw cause;
    throw new MeasurementError(`load.command could not be run: ${cause.message}`, { cause });
  });
  const exitCode = ran.exitCode ?? 128 + (ran.signal === void 0 ? 0 : constants.signals[ran.signal]);
  return { end: ran.end, exitCode, stdout: ran.stdout.toString("utf8"), stderr: ran.stderr.toString("utf8") };
}

// src/load/tools/tool.ts
var UnreadableOutput = class extends Error {
};
function jsonIn(text) {
  const start2 = text.search(/^\s*\{/m);
  const end = text.lastIndexOf("}");
  if (start2 === -1 || end < start2) throw new UnreadableOutput("there is no JSON in it");
  try {
    return JSON.parse(text.slice(start2, end + 1));
  } catch (cause) {
    throw new UnreadableOutput(`its JSON cannot be read (${cause.message})`, { cause });
  }
}
function fieldsOf(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}
var MOST = 1e12;
function countOf(value, what) {
  if (value === void 0) throw new UnreadableOutput(`it does not say ${what}`);
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= MOST) return value;
  throw new UnreadableOutput(`${what} is ${JSON.stringify(value)}, which is no number of requests`);
}
var countIn = (value, what) => value === void 0 ? 0 : countOf(value, what);
function countsOf(value, what) {
  const entries = Object.entries(fieldsOf(value));
  return Object.fromEntries(entries.map(([key, count]) => [key, countOf(count, `${what} of ${key}`)]));
}
var amountOf = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : void 0;
function latencyIn(unitMs, values2) {
  const { p50, p90, p99, max, mean } = values2;
  const inMs = (value) => (amountOf(value) ?? Number.NaN) * unitMs;
  const latency = { p50: inMs(p50), p90: inMs(p90), p99: inMs(p99), max: inMs(max), mean: inMs(mean) };
  return Object.values(latency).every(Number.isFinite) ? latency : void 0;
}
function byStatus(statuses) {
  let requests = 0;
  let failed = 0;
  for (const [status, count] of Object.entries(statuses)) {
    if (/^2\d\d$/.test(status)) requests += count;
    else failed += count;
  }
  return { requests, failed, byStatus: Object.fromEntries(Object.entries(statuses).filter(([key]) => key !== "0")) };
}
function describeStatuses(statuses) {
  const bad = Object.entries(statuses).filter(([status, count]) => !/^(2\d\d|OK|0)$/.test(status) && count > 0);
  if (bad.length === 0) return void 0;
  return `answers of status ${bad.map(([status, count]) => `${status} (${count})`).join(", ")}`;
}
var sum = (counts) => Object.values(counts).reduce((total, count) => total + count, 0);

// src/load/tools/autocannon.ts
var autocannon = {
  name: "autocannon",
  install: "npm install --global autocannon",
  // It ends with the sample in which its requests do, and without -L that is a second long.
  usage: "autocannon must be told --json, and better -L 20 too: autocannon --json -L 20 -a {requests} -c {connections} {url}/",
  versionFlag: "--version",
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const requests = fieldsOf(report["requests"]);
    const latency = fieldsOf(report["latency"]);
    const sent = countOf(requests["sent"], "requests.sent");
    const answered = countOf(requests["total"], "requests.total");
    const errors = countOf(report["errors"], "errors");
    const statuses = Object.fromEntries(
      Object.entries(fieldsOf(report["statusCodeStats"])).map(([status, stats]) => [
        status,
        countOf(fieldsOf(stats)["count"], `statusCodeStats.${status}.count`)
      ])
    );
    const counts = report["statusCodeStats"] === void 0 ? classesOf(report) : byStatus(statuses);
    const duration = amountOf(report["duration"]);
    return {
      ...counts,
      failed: counts.failed + errors + countIn(report["mismatches"], "mismatches"),
      // A connection that is closed in the middle of a response is in no other count.
      unanswered: Math.max(0, sent - answered - errors),
      latencyMs: latencyIn(1, {
        p50: latency["p50"],
        p90: latency["p90"],
        p99: latency["p99"],
        max: latency["max"],
        mean: latency["average"]
      }),
      durationMs: duration === void 0 ? void 0 : duration * 1e3,
      bytesReceived: amountOf(fieldsOf(report["throughput"])["total"]) ?? 0,
      error: describeStatuses(statuses) ?? (errors > 0 ? `${errors} connections failed or timed out` : void 0)
    };
  }
};
function classesOf(report) {
  const { "2xx": good, non2xx } = countsOf({ "2xx": report["2xx"], non2xx: report["non2xx"] }, "the responses");
  return { requests: good, failed: non2xx, byStatus: { "2xx": good, ...non2xx > 0 && { "not 2xx": non2xx } } };
}

// src/load/tools/ghz.ts
var ghz = {
  name: "ghz",
  install: "go install github.com/bojand/ghz/cmd/ghz@v0.120.0",
  usage: "ghz must write JSON: -O json",
  versionFlag: "--version",
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const all = countOf(report["count"], "count");
    const statuses = countsOf(report["statusCodeDistribution"], "statusCodeDistribution");
    if (sum(statuses) !== all) throw new UnreadableOutput(`it has ${sum(statuses)} statuses for a count of ${all}`);
    const { OK: requests = 0 } = statuses;
    const quantiles = distributionOf(report);
    const total = amountOf(report["total"]);
    return {
      requests,
      failed: all - requests,
      byStatus: statuses,
      latencyMs: latencyIn(1e-6, {
        p50: quantiles.get(50),
        p90: quantiles.get(90),
        p99: quantiles.get(99),
        max: report["slowest"],
        mean: report["average"]
      }),
      durationMs: total === void 0 ? void 0 : total / 1e6,
      bytesReceived: 0,
      error: Object.keys(fieldsOf(report["errorDistribution"]))[0]
    };
  }
};
function distributionOf(report) {
  const list = report["latencyDistribution"];
  const points = (Array.isArray(list) ? list : []).map(fieldsOf);
  return new Map(points.map(({ percentage, latency }) => [percentage, latency]));
}

// src/load/tools/hey.ts
var hey = {
  name: "hey",
  install: "go install github.com/rakyll/hey@v0.1.5",
  usage: "hey must print its summary: without -o",
  tally({ stdout }) {
    const [, report, ...more] = stdout.split(/^Summary:$/m);
    if (report === void 0) throw new UnreadableOutput('there is no "Summary:" in it');
    if (more.length > 0) throw new UnreadableOutput(`it holds ${more.length + 1} summaries, of as many runs`);
    const [, answers] = report.split(/^Status code distribution:$/m);
    if (answers === void 0) throw new UnreadableOutput('there is no "Status code distribution:" in it');
    const [statusLines = "", errorLines = ""] = answers.split(/^Error distribution:$/m);
    const statuses = {};
    for (const [, status = "", count] of statusLines.matchAll(/^ +\[(\d+)\]\t(\S+) responses$/gm))
      statuses[status] = countOf(Number(count), `the responses of status ${status}`);
    const errors = [...errorLines.matchAll(/^ +\[(\d+)\]\t(.*)$/gm)].map(([, count, text]) => ({
      count: countOf(Number(count), "the number of errors"),
      text
    }));
    const counted = byStatus(statuses);
    const quantile = (percent2) => numberAfter(report, new RegExp(String.raw`^ +${percent2}%+ in ([\d.]+) secs$`, "m"));
    const duration = numberAfter(report, /^ +Total:\t([\d.]+) secs$/m);
    return {
      ...counted,
      failed: counted.failed + errors.reduce((total, { count }) => total + count, 0),
      latencyMs: latencyIn(1e3, {
        p50: quantile(50),
        p90: quantile(90),
        p99: quantile(99),
        max: numberAfter(report, /^ +Slowest:\t([\d.]+) secs$/m),
        mean: numberAfter(report, /^ +Average:\t([\d.]+) secs$/m)
      }),
      durationMs: duration === void 0 ? void 0 : duration * 1e3,
      bytesReceived: sum(counted.byStatus) > 0 ? numberAfter(report, /^ +Total data:\t(\d+) bytes$/m) ?? 0 : 0,
      error: errors[0]?.text ?? describeStatuses(statuses)
    };
  }
};
function numberAfter(text, pattern) {
  const found = pattern.exec(text)?.[1];
  return found === void 0 ? void 0 : amountOf(Number(found));
}

// src/load/tools/json.ts
var json = {
  name: "json",
  install: "load.command calls it",
  usage: 'its last line must be such as {"requests": 300, "errors": 0}, or name the tool that it is with load.tool',
  tally({ stdout }) {
    const last2 = stdout.trimEnd().split("\n").at(-1) ?? "";
    const report = jsonIn(last2);
    const all = countOf(report["requests"], "requests");
    const failed = countOf(report["errors"], "errors");
    if (failed > all) throw new UnreadableOutput(`it has ${failed} errors in ${all} requests`);
    return {
      requests: all - failed,
      failed,
      byStatus: {},
      latencyMs: void 0,
      durationMs: void 0,
      bytesReceived: 0
    };
  }
};

// src/load/tools/k6.ts
var k6 = {
  name: "k6",
  install: "go install go.k6.io/k6@v1.8.1",
  usage: "k6 must write its summary: k6 run --vus {connections} --iterations {requests} --summary-export {summary} -e URL={url} load.js",
  versionFlag: "version",
  // Thresholds that were crossed (errext/exitcodes): they may say how fast an answer must be, and here it may be slow.
  otherExitCodes: [99],
  tally({ stdout, summary }) {
    const metrics = fieldsOf(jsonIn(summary ?? stdout)["metrics"]);
    const sent = valuesOf(metrics, "http_reqs");
    if (sent === void 0)
      throw new UnreadableOutput("it does not say metrics.http_reqs: the script sent nothing by HTTP");
    const all = countOf(sent["count"], "metrics.http_reqs.count");
    const refused = countIn(valuesOf(metrics, "http_req_failed")?.["passes"], "metrics.http_req_failed.passes");
    const unchecked = Math.min(all, countIn(valuesOf(metrics, "checks")?.["fails"], "metrics.checks.fails"));
    const failed = Math.max(refused, unchecked);
    const latency = valuesOf(metrics, "http_req_duration") ?? {};
    const rate = amountOf(sent["rate"]) ?? 0;
    return {
      requests: countOf(all - failed, "metrics.http_reqs.count less the failed ones"),
      failed,
      byStatus: {},
      latencyMs: latencyIn(1, {
        p50: latency["med"],
        p90: latency["p(90)"],
        p99: latency["p(99)"],
        max: latency["max"],
        mean: latency["avg"]
      }),
      durationMs: rate > 0 ? all / rate * 1e3 : void 0,
      bytesReceived: amountOf(valuesOf(metrics, "data_received")?.["count"]) ?? 0,
      error: failed === 0 ? void 0 : refused > 0 ? "the script calls them failed" : "checks of the script failed"
    };
  }
};
function valuesOf(metrics, name) {
  if (metrics[name] === void 0) return void 0;
  const metric = fieldsOf(metrics[name]);
  return metric["values"] === void 0 ? metric : fieldsOf(metric["values"]);
}

// src/load/tools/oha.ts
var CUT_AT_THE_END = "aborted due to deadline";
var oha = {
  name: "oha",
  install: "cargo install oha",
  usage: "oha must write JSON: --no-tui --output-format json",
  versionFlag: "--version",
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const summary = fieldsOf(report["summary"]);
    if (report["statusCodeDistribution"] === void 0)
      throw new UnreadableOutput("it does not say statusCodeDistribution");
    const statuses = countsOf(report["statusCodeDistribution"], "statusCodeDistribution");
    const { [CUT_AT_THE_END]: cut2 = 0, ...errors } = countsOf(report["errorDistribution"], "errorDistribution");
    const latency = fieldsOf(report["latencyPercentiles"]);
    const counted = byStatus(statuses);
    const total = amountOf(summary["total"]);
    return {
      ...counted,
      failed: counted.failed + sum(errors),
      unanswered: cut2,
      latencyMs: latencyIn(1e3, {
        p50: latency["p50"],
        p90: latency["p90"],
        p99: latency["p99"],
        max: summary["slowest"],
        mean: summary["average"]
      }),
      durationMs: total === void 0 ? void 0 : total * 1e3,
      bytesReceived: amountOf(summary["totalData"]) ?? 0,
      error: Object.keys(errors)[0] ?? describeStatuses(statuses)
    };
  }
};

// src/load/tools/vegeta.ts
var vegeta = {
  name: "vegeta",
  install: "a release of tsenart/vegeta",
  usage: 'vegeta must report as JSON: echo "GET {url}/" | vegeta attack -rate=0 -max-workers={connections} -duration={seconds}s | vegeta report -type=json',
  versionFlag: "--version",
  tally({ stdout }) {
    const report = jsonIn(stdout);
    const all = countOf(report["requests"], "requests");
    const statuses = countsOf(report["status_codes"], "status_codes");
    if (sum(statuses) !== all) throw new UnreadableOutput(`it has ${sum(statuses)} status_codes for ${all} requests`);
    const latencies = fieldsOf(report["latencies"]);
    const errors = Array.isArray(report["errors"]) ? report["errors"] : [];
    const duration = amountOf(report["duration"]);
    return {
      ...byStatus(statuses),
      latencyMs: latencyIn(1e-6, {
        p50: latencies["50th"],
        p90: latencies["90th"],
        p99: latencies["99th"],
        max: latencies["max"],
        mean: latencies["mean"]
      }),
      durationMs: duration === void 0 ? void 0 : duration / 1e6 + (amountOf(report["wait"]) ?? 0) / 1e6,
      bytesReceived: amountOf(fieldsOf(report["bytes_in"])["total"]) ?? 0,
      error: errors.length === 0 ? void 0 : String(errors[0])
    };
  }
};

// src/load/tools/wrk.ts
var wrk = {
  name: "wrk",
  install: "apt-get install wrk",
  usage: "wrk must print its results, and takes its time from {seconds}: wrk -t1 -c{connections} -d{seconds}s --latency {url}/",
  versionFlag: "-v",
  tally({ stdout }) {
    const totals = [...stdout.matchAll(/^ *(\d+) requests in ([\d.]+)(us|ms|s|m|h), ([\d.]+)([KMGTP]?B) read$/gm)];
    const [total] = totals;
    if (total === void 0) throw new UnreadableOutput('there is no line "\u2026 requests in \u2026" in it');
    if (totals.length > 1) throw new UnreadableOutput(`it holds the results of ${totals.length} runs`);
    const [, all, time, timeUnit = "", data, dataUnit = ""] = total;
    const refused = countOf(Number(/^ *Non-2xx or 3xx responses: (\d+)$/m.exec(stdout)?.[1] ?? 0), "the responses");
    const broken = /^ *Socket errors: (connect (\d+), read (\d+), write (\d+), timeout (\d+))$/m.exec(stdout);
    const errors = (broken?.slice(2) ?? []).map((count) => countOf(Number(count), "the number of socket errors"));
    const requests = countOf(Number(all) - refused, "the number of requests less the refused ones");
    const [, mean, , max] = /^ *Latency +(\S+) +(\S+) +(\S+) +\S+%$/m.exec(stdout)?.map((text) => milliseconds(text)) ?? [];
    const quantile = (percent2) => milliseconds(new RegExp(String.raw`^ +${percent2}% +(\S+)$`, "m").exec(stdout)?.[1]);
    return {
      requests,
      failed: refused + errors.reduce((a, b) => a + b, 0),
      byStatus: {},
      latencyMs: latencyIn(1, { p50: quantile(50), p90: quantile(90), p99: quantile(99), max, mean }),
      durationMs: milliseconds(`${time}${timeUnit}`),
      bytesReceived: amountOf(Number(data) * (DATA_UNITS[dataUnit] ?? 1)) ?? 0,
      error: broken === null ? refused > 0 ? "answers with a status of 400 or more" : void 0 : `socket errors: ${broken[1]}`
    };
  }
};
var TIME_UNITS = { us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 36e5 };
var DATA_UNITS = {
  KB: 2 ** 10,
  MB: 2 ** 20,
  GB: 2 ** 30,
  TB: 2 ** 40,
  PB: 2 ** 50
};
function milliseconds(text) {
  const [, amount, unit = ""] = /^([\d.]+)(us|ms|s|m|h)$/.exec(text ?? "") ?? [];
  return amount === void 0 ? void 0 : amountOf(Number(amount) * TIME_UNITS[unit]);
}

// src/load/tools/list.ts
var TOOLS = { k6, hey, wrk, oha, ghz, autocannon, vegeta, json };
var BEFORE = /^(\w+=\S*|npx|exec|env|nice|time|command|-[\w-]+|\d+)$/;
function toolIn(command, named) {
  for (const simple of command.split(/\|\|?|&&?|;|\n/)) {
    const words = simple.trim().split(/\s+/);
    const at = words.findIndex((word) => !BEFORE.test(word));
    const name = words[at]?.replace(/^["']|["']$/g, "").split("/").at(-1) ?? "";
    if (!isTool(name) || name === "json" || named !== void 0 && name !== named) continue;
    return { tool: TOOLS[name], program: words.slice(0, at + 1).join(" ") };
  }
  return { tool: TOOLS[named ?? "json"], program: void 0 };
}
var isTool = (name) => Object.hasOwn(TOOLS, name);

// src/load/command-open.ts
var VERSION_TIMEOUT_MS = 3e4;
var NOT_FOUND = 127;
async function openCommand({ template, tool: named }, directory, { env, signal }) {
  const { tool, program } = toolIn(template, named);
  const unit = placeholdersIn(template, PLACEHOLDERS.load).includes("requests") ? "requests" : "seconds";
  const version = program === void 0 || program.includes("{") ? tool.name : await versionOf(tool, program, { cwd: directory, env: defined(env), signal });
  return { template, tool, directory, unit, version, files: filesIn(template, directory) };
}
async function versionOf(tool, program, where) {
  const word = program.split(" ").find((one) => !/^\w+=/.test(one));
  const ask3 = tool.versionFlag === void 0 ? "" : `; ${program} ${tool.versionFlag}`;
  const command = `command -v ${word} >/dev/null || exit ${NOT_FOUND}${ask3}`;
  const answer = await runCommand({ command, cores: void 0, timeoutMs: VERSION_TIMEOUT_MS, ...where });
  if (answer.exitCode === NOT_FOUND)
    throw notInstalled(tool, `there is no ${word}${word.includes("/") ? "" : " on PATH"}`);
  const [first = ""] = plainText(`${answer.stdout}
${answer.stderr}`).trim().split("\n");
  return first.includes(tool.name) || first === "" ? first || tool.name : `${tool.name} ${first.slice(0, 200)}`;
}
var LARGEST_FILE_BYTES = 16e6;
function filesIn(template, directory) {
  const words = new Set(template.split(/[\s='"@,;|&()<>]+/).filter((word) => word !== ""));
  const digests = [...words].flatMap((word) => {
    const file = resolve3(directory, word);
    const about = statSync(file, { throwIfNoEntry: false });
    if (about?.isFile() !== true || about.size > LARGEST_FILE_BYTES) return [];
    return [[word, createHash("sha256").update(readFileSync3(file)).digest("hex")]];
  });
  return Object.fromEntries(digests);
}
function notInstalled({ name, install }, said2, detail) {
  const hint = name === "json" ? "correct load.command, or install what it calls" : `install ${name}: ${install}`;
  return new MeasurementError(`load.command calls a program that is not there: ${said2}`, {
    hint,
    ...detail === void 0 ? {} : { detail }
  });
}

// src/run/prepare-requests.ts
import { readFile as readFile3 } from "node:fs/promises";
import { resolve as resolve4 } from "node:path";

// src/load/grpc.ts
function grpcKindOf(contentType) {
  const found = /^\s*application\/grpc(-web-text|-web)?(?:[+;\s]|$)/i.exec(contentType ?? "");
  if (found === null) return void 0;
  const web = found[1]?.toLowerCase();
  return web === void 0 ? "grpc" : web === "-web" ? "web" : "text";
}
function wrongCallOf(response, kind, expected) {
  const inBody = kind === "grpc" ? {} : trailersIn(kind === "text" ? fromBase64(response.body) : response.body);
  const own = [response.trailers, response.headers, inBody].find((fields) => firstOf(fields["grpc-status"]) !== "");
  const status = firstOf(own?.["grpc-status"]);
  if (status === "") return { what: `it has no grpc-status, expected ${expected}` };
  const code = /^\d{1,9}$/.test(status) ? GRPC_CODES[Number(status)] : void 0;
  if (code === expected) return void 0;
  const what = `its grpc-status is ${status.slice(0, LONGEST_STATUS)}`;
  const message = percentDecoded(firstOf(own?.["grpc-message"]).slice(0, LONGEST_MESSAGE));
  return { what: `${what}${code === void 0 ? "" : ` (${code})`}, expected ${expected}`, said: message };
}
var LONGEST_STATUS = 40;
var LONGEST_MESSAGE = 4e3;
var firstOf = (value) => [value ?? []].flat()[0]?.trim() ?? "";
function percentDecoded(text) {
  const bytes = text.replaceAll(
    /%([0-9A-Fa-f]{2})/g,
    (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}
var HEAD_BYTES = 5;
var IS_TRAILERS = 128;
function trailersIn(body) {
  for (let at = 0; at + HEAD_BYTES <= body.length; ) {
    const end = at + HEAD_BYTES + body.readUInt32BE(at + 1);
    if (end > body.length) break;
    if ((body[at] & IS_TRAILERS) !== 0) return fieldsIn(body.toString("latin1", at + HEAD_BYTES, end));
    at = end;
  }
  return {};
}
function fieldsIn(text) {
  const lines = text.split("\r\n").map((line) => /^([^:]+):(.*)$/.exec(line) ?? []);
  return Object.fromEntries(lines.map(([, name = "", value = ""]) => [name.trim().toLowerCase(), value.trim()]));
}
function fromBase64(body) {
  const parts = body.toString("latin1").match(/[^=]+/g) ?? [];
  return Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
}
function faultOfMessages(body) {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  for (let at = 0; at < bytes.length; ) {
    if (bytes.length - at < HEAD_BYTES)
      return `there are ${bytes.length - at} bytes where ${HEAD_BYTES} begin a message`;
    if (bytes[at] > 1) return `a message begins with a byte 0, or 1 where it is compressed, not ${bytes[at]}`;
    const length = bytes.readUInt32BE(at + 1);
    at += HEAD_BYTES + length;
    if (at > bytes.length)
      return `a message of ${length} bytes is announced, and ${length - (at - bytes.length)} follow`;
  }
  return void 0;
}

// src/load/scenario.ts
var LONGEST_DECK = 1e4;
function makeScenario(inputs) {
  if (inputs.length === 0) throw new UserError("the load has no requests", { hint: "add one under load.requests" });
  const scenario = { requests: inputs.map(requestOf) };
  for (const request3 of scenario.requests) checkRequest(request3);
  const length = deckLength(scenario);
  if (length > LONGEST_DECK) {
    throw new UserError(`the weights of the requests repeat only after ${length} requests, at most ${LONGEST_DECK}`, {
      hint: "use rounder weights"
    });
  }
  return scenario;
}
function deckLength({ requests }) {
  const sent = requests.reduce((sum2, { weight, steps }) => sum2 + weight * (1 + steps.length), 0);
  return sent / divisorOf(requests);
}
var divisorOf = (requests) => requests.reduce((d, { weight }) => greatestCommonDivisor(d, weight), 0);
function deckOf({ requests }) {
  const total = requests.reduce((sum2, { weight }) => sum2 + weight, 0);
  const credit = requests.map(() => 0);
  return Array.from({ length: total / divisorOf(requests) }, () => {
    let best = 0;
    for (let i = 0; i < requests.length; i++) {
      credit[i] += requests[i].weight;
      if (credit[i] > credit[best]) best = i;
    }
    credit[best] -= total;
    return requests[best];
  });
}
function isExpected(expect, status) {
  return expect === "2xx" ? status >= 200 && status < 300 : expect.includes(status);
}
function formatExpectation(expect) {
  return expect === "2xx" ? expect : expect.join(" or ");
}
function requestOf({ weight = 1, steps = [], ...first }) {
  return { ...stepOf(first), weight, steps: steps.map(stepOf) };
}
function stepOf(input) {
  const method = input.method ?? "GET";
  const name = `${method} ${input.path}`;
  const standard = { name, headers: {}, expect: "2xx", answer: NO_EXPECTATIONS, capture: {}, isJson: false };
  return { ...standard, ...input, method };
}
function checkRequest(request3) {
  const { name, weight, steps } = request3;
  if (!Number.isInteger(weight) || weight < 1)
    throw new UserError(`request '${name}': the weight must be a whole number from 1, not ${weight}`);
  checkStep(request3, /^\/[!-~]*$/);
  for (const step of steps) checkStep(step, /^(\/|\{\w+\})[!-~]*$/);
}
function checkStep(step, legal) {
  const { name, path, expect } = step;
  const problem = (what) => new UserError(`request '${name}': ${what}`);
  if (!legal.test(path)) throw problem(`the path must begin with / and be percent-encoded, not '${path}'`);
  if (expect.length === 0) throw problem("no status is expected, so it could never succeed");
  checkMessages(step);
}
function contentTypeOf({ headers }) {
  return Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1];
}
function checkMessages({ name, headers, body }) {
  const kind = grpcKindOf(contentTypeOf({ headers }));
  if (body === void 0 || kind === void 0 || kind === "text") return;
  if (typeof body === "string" && /\{\w+\}/.test(body)) return;
  const fault = faultOfMessages(typeof body === "string" ? Buffer.from(body) : body);
  if (fault === void 0) return;
  throw new UserError(`request '${name}': its body is no message of gRPC: ${fault}`, {
    hint: "a message is a byte 0, its length in 4 bytes and then protobuf; a text is sent as UTF-8, so put other bytes into a body-file"
  });
}
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

// src/run/prepare-requests.ts
async function scenarioOf(load, directory, world) {
  const sender = { load, directory, world };
  const requests = await Promise.all(load.requests.map((request3) => requestOf2(request3, sender)));
  return makeScenario(requests);
}
async function requestOf2(request3, sender) {
  const { weight, steps } = request3;
  const first = await stepOf2({ ...request3, isJson: false }, sender);
  return { ...first, weight, steps: await Promise.all(steps.map((step) => stepOf2(step, sender))) };
}
async function stepOf2(step, sender) {
  const { name, method, path, expect, answer, capture, isJson } = step;
  const body = await bodyOf(step, sender.directory);
  return {
    name,
    method,
    path,
    headers: headersOf(step, sender),
    ...body === void 0 ? {} : { body },
    isJson,
    expect: expect === "any 2xx" ? "2xx" : expect,
    answer,
    capture
  };
}
async function bodyOf({ name, body, bodyFile }, directory) {
  if (bodyFile === void 0) return body;
  return readFile3(resolve4(directory, bodyFile)).catch((cause) => {
    throw new UserError(`request "${name}": its body cannot be read: ${cause.message}`, {
      cause,
      hint: "body-file is relative to the directory of perf-gate.yml"
    });
  });
}
function headersOf({ name, headers }, sender) {
  const { basicAuth } = sender.load;
  const filled = Object.entries(headers).map(([header, value]) => [header, filledIn(value, name, sender)]);
  const all = Object.fromEntries(filled);
  if (basicAuth === void 0 || "authorization" in all) return all;
  const credentials = Buffer.from(filledIn(basicAuth, name, sender)).toString("base64");
  sender.world.secrets.add(credentials);
  return { ...all, authorization: `Basic ${credentials}` };
}
function filledIn(text, request3, { world: { env, secrets } }) {
  const names = secretsIn(text);
  const filled = withSecrets(text, (name) => {
    const value = env[name];
    if (value === void 0 || value === "") {
      throw new UserError(`request "${request3}": the environment has no ${name}`, {
        hint: `set ${name}, in CI as a secret of the job; pull requests of forks are not given any`
      });
    }
    if (/[\r\n\0]/.test(value)) {
      throw new UserError(`request "${request3}": what the environment has as ${name} is more than one line`, {
        hint: "a header is one line: take the line break from its end"
      });
    }
    secrets.add(value);
    return value;
  });
  if (names.length > 0) secrets.add(filled);
  return filled;
}

// src/run/bench-for.ts
async function openLoad(load, directory, { world, progress }) {
  if (load.command === void 0) return { scenario: await scenarioOf(load, directory, world), command: void 0 };
  const command = await openCommand(load.command, directory, world);
  progress.detail(`the load is sent by ${command.version}`);
  return { scenario: { requests: [] }, command };
}
async function benchFor({ config, work, world, progress }, root, name = "run", load) {
  const directory = resolve5(root, configDirectory(config.fileName));
  const inputs = await inputsOf(config.service, directory);
  tellIfUnchecked(config.service, progress);
  const { scenario, command } = load ?? await openLoad(config.load, directory, { world, progress });
  const scratch = join4(work, name);
  await mkdir2(scratch, { mode: 448 });
  const cores = allowedCores(world.cores);
  progress.detail(`services may be put on the cores ${cores.join(", ")}`);
  return {
    config,
    inputs,
    scenario,
    command,
    world,
    signal: world.signal,
    run: work,
    scratch,
    cores,
    progress,
    efforts: /* @__PURE__ */ new Map(),
    warnings: cores.length === 1 && config.instruments.includes("cpu") ? [ONE_CORE] : []
  };
}
var ONE_CORE = {
  code: "one-core",
  text: "there is one core, which both sides share with what puts the load on them: cpu time says less, exact counts are as they are anywhere"
};
function tellIfUnchecked({ protocol, tls }, progress) {
  if (tls.ca !== void 0 || protocol !== "https" && protocol !== "h2") return;
  progress.detail("the certificate of the service is not checked: service.tls.ca names nobody to trust");
}
async function inputsOf({ files, tls }, directory) {
  const read3 = (path, key) => readFile4(resolve5(directory, path), "utf8").catch((cause) => {
    throw new UserError(`${key} cannot be read: ${cause.message}`, {
      cause,
      hint: "its path is relative to the directory of perf-gate.yml"
    });
  });
  const texts = await Promise.all(
    Object.entries(files).map(async ([path, file]) => [
      path,
      "text" in file ? file.text : await read3(file.template, `the template of service.files, ${file.template},`)
    ])
  );
  const ca = tls.ca === void 0 ? void 0 : await read3(tls.ca, `service.tls.ca, ${tls.ca},`);
  return { files: Object.fromEntries(texts), ca };
}

// src/run/temporary-directory.ts
import { lstat as lstat2, mkdtemp as mkdtemp2, readdir as readdir2, readFile as readFile6, realpath as realpath2, rm as rm4, writeFile as writeFile3 } from "node:fs/promises";
import { join as join5 } from "node:path";

// src/agent/client.ts
import { existsSync } from "node:fs";
import { readFile as readFile5 } from "node:fs/promises";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
var PROTOCOL = 1;
var SOCKET_PATH_LIMIT_BYTES = 103;
var ANSWER_LIMIT_BYTES = 512 * 1024 * 1024;
var ADDRESSES_PER_REQUEST = 2e5;
var POLL_MS = 20;
var REQUEST_TIMEOUT_MS = 6e4;
var AgentError = class extends MeasurementError {
  /** For example `GET /info`. */
  endpoint;
  /** The HTTP status; 0 where there was no whole answer. */
  status;
  /** What the agent said, or what went wrong. */
  text;
  constructor(endpoint, status, text, options = {}) {
    super(`the agent in the service, ${endpoint}: ${status === 0 ? "" : `status ${status}, `}${text}`, options);
    this.endpoint = endpoint;
    this.status = status;
    this.text = text;
  }
};
function agentAt(door) {
  const ask3 = async (endpoint, body) => {
    const answer = await exchange(door, endpoint, body);
    if (answer.status !== 200) throw new AgentError(endpoint, answer.status, decodeText(answer.body).trim());
    return answer;
  };
  const askRecord = async (endpoint) => recordOf(await ask3(endpoint));
  const askProfile = async (endpoint) => profileOf(await ask3(endpoint));
  return {
    async info() {
      const record = await askRecord("GET /info");
      const version = record.integer("agent");
      if (version !== PROTOCOL) throw record.wrong(`speaks protocol ${version}, not ${PROTOCOL}`);
      return {
        goVersion: record.text("goVersion"),
        pid: record.integer("pid"),
        gomaxprocs: record.integer("gomaxprocs"),
        numCPU: record.integer("numCPU"),
        memProfileRate: record.integer("memProfileRate"),
        goos: record.text("goos"),
        goarch: record.text("goarch"),
        anchor: record.address("anchor"),
        buildInfo: record.text("buildInfo")
      };
    },
    async gc(times) {
      return { numGC: (await askRecord(`POST /gc?times=${times}`)).count("numGC") };
    },
    async setGCPercent(percent2, memoryLimit) {
      const limit = memoryLimit === void 0 ? "" : `&memoryLimit=${BigInt(memoryLimit)}`;
      const record = await askRecord(`POST /gcpercent?percent=${percent2}${limit}`);
      return {
        previousPercent: record.integer("previousPercent"),
        previousMemoryLimit: record.isNull("previousMemoryLimit") ? void 0 : record.count("previousMemoryLimit")
      };
    },
    async memStats() {
      const record = await askRecord("GET /memstats");
      return {
        numGC: record.count("numGC"),
        numForcedGC: record.count("numForcedGC"),
        mallocs: record.count("mallocs"),
        frees: record.count("frees"),
        totalAlloc: record.count("totalAlloc"),
        heapAlloc: record.count("heapAlloc"),
        heapObjects: record.count("heapObjects"),
        nextGC: record.count("nextGC"),
        gcCPUFraction: record.number("gcCPUFraction"),
        pauseTotalNs: record.count("pauseTotalNs")
      };
    },
    async metrics() {
      return metricsOf(await ask3("GET /metrics"));
    },
    async clock() {
      const record = await askRecord("GET /clock");
      return { userNs: record.count("userNs"), systemNs: record.count("systemNs"), wallNs: record.count("wallNs") };
    },
    allocsProfile: (collections = 2) => askProfile(`GET /profile/allocs?gc=${collections}`),
    profile: (name, collections = 0) => askProfile(`GET /profile/${encodeURIComponent(name)}?gc=${collections}`),
    async startCpuProfile() {
      await askRecord("POST /cpu/start");
    },
    stopCpuProfile: () => askProfile("POST /cpu/stop"),
    async useHeap(bytes) {
      await askRecord(`POST /heap/use?bytes=${Math.ceil(bytes)}`);
    },
    async useStacks() {
      await askRecord("POST /stacks/use");
    },
    async quietSignals() {
      await askRecord("POST /signals/quiet");
    },
    async startCount(collections = 0) {
      await askRecord(`POST /count/start?gc=${collections}`);
    },
    async stopCount() {
      await askRecord("POST /count/stop");
    },
    async resolve(addresses) {
      const stacks = [];
      for (let start2 = 0; start2 < addresses.length; start2 += ADDRESSES_PER_REQUEST) {
        const some = addresses.slice(start2, start2 + ADDRESSES_PER_REQUEST);
        const answer = await ask3("POST /resolve", some.map((address) => `${address.toString(16)}
`).join(""));
        for (const stack of stacksOf(answer, some.length)) stacks.push(stack);
      }
      return stacks;
    }
  };
}
async function waitForAgent(socketPath, signal, timeoutMs) {
  checkSocketPath(socketPath);
  const over = new AbortController();
  const stopWaiting = afterAwake(timeoutMs, () => over.abort());
  const timedOut = (cause) => new AgentError("GET /info", 0, `there was no answer within ${timeoutMs / 1e3} s`, {
    hint: "is the service stuck before its main function, or did it remove PERF_GATE_SOCKET from its environment?",
    cause
  });
  try {
    for (; ; ) {
      signal.throwIfAborted();
      const reason = await readReport(socketPath);
      if (reason !== void 0) throw new AgentError("listen", 0, reason);
      if (over.signal.aborted) throw timedOut();
      if (existsSync(socketPath)) {
        try {
          await agentAt({ socketPath, timeoutMs, signal: AbortSignal.any([signal, over.signal]) }).info();
          return agentAt({ socketPath, timeoutMs: Math.max(timeoutMs, REQUEST_TIMEOUT_MS) });
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          if (over.signal.aborted) throw timedOut(error);
          if (!isNotListening(error)) throw error;
        }
      }
      await sleep(POLL_MS, void 0, { signal }).catch(() => signal.throwIfAborted());
    }
  } finally {
    stopWaiting();
  }
}
var LONGEST_SOCKET = "perf-gate-XXXXXX/run/head-instructions-1.sock";
function checkSocketPath(socketPath) {
  const bytes = Buffer.byteLength(socketPath);
  if (bytes <= SOCKET_PATH_LIMIT_BYTES) return;
  throw new MeasurementError(
    `the path of the agent's socket has ${bytes} bytes, and a unix socket's at most ${SOCKET_PATH_LIMIT_BYTES}: ${socketPath}`,
    { hint: "set TMPDIR to a shorter directory" }
  );
}
async function readReport(socketPath) {
  try {
    const text = await readFile5(`${socketPath}.error`, "utf8");
    return text === "" ? void 0 : text.trim();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return void 0;
    throw error;
  }
}
function isNotListening(error) {
  return error instanceof AgentError && ["ENOENT", "ECONNREFUSED"].includes(codeOf(error.cause) ?? "");
}
function codeOf(error) {
  return isRecord(error) && typeof error["code"] === "string" ? error["code"] : void 0;
}
function exchange({ timeoutMs, ...door }, endpoint, body = "") {
  const [method = "", path = ""] = endpoint.split(" ");
  return new Promise((resolve7, reject) => {
    const fail = (text, cause) => {
      stopWaiting();
      reject(new AgentError(endpoint, 0, text, { cause }));
      outgoing.destroy();
    };
    const stopWaiting = afterAwake(timeoutMs, () => fail(`there was no answer within ${timeoutMs / 1e3} s`));
    const headers = { host: "agent", "content-length": Buffer.byteLength(body) };
    const outgoing = request({ ...door, method, path, headers, agent: false });
    outgoing.on("error", (error) => fail(error.message, error));
    outgoing.on("response", (incoming) => {
      const chunks = [];
      let bytes = 0;
      incoming.on("data", (chunk) => {
        bytes += chunk.length;
        if (bytes > ANSWER_LIMIT_BYTES) fail(`the answer has more than ${ANSWER_LIMIT_BYTES} bytes`);
        else chunks.push(chunk);
      });
      incoming.on("error", (error) => fail(`the answer broke off: ${error.message}`, error));
      incoming.on("end", () => {
        stopWaiting();
        resolve7({ endpoint, status: incoming.statusCode ?? 0, body: Buffer.concat(chunks, bytes) });
      });
    });
    outgoing.end(body);
  });
}
function decodeText(body) {
  return body.toString("utf8");
}
function profileOf(answer) {
  const { body } = answer;
  if (body[0] !== 31 || body[1] !== 139) {
    throw new AgentError(answer.endpoint, answer.status, `sent ${body.length} bytes that are no gzipped profile`);
  }
  return body;
}
function parseJson(answer) {
  try {
    return JSON.parse(decodeText(answer.body));
  } catch (error) {
    throw new AgentError(answer.endpoint, answer.status, "sent no JSON", { cause: error });
  }
}
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function recordOf(answer) {
  const value = parseJson(answer);
  const wrong = (text) => new AgentError(answer.endpoint, answer.status, text);
  if (!isRecord(value)) throw wrong("sent JSON that is no object");
  const field = (name, type, check) => {
    const found = Object.hasOwn(value, name) ? value[name] : void 0;
    if (!check(found)) throw wrong(`sent a ${name} that is no ${type}: ${JSON.stringify(found)}`);
    return found;
  };
  return {
    wrong,
    isNull: (name) => value[name] === null,
    text: (name) => field(name, "string", (v) => typeof v === "string"),
    number: (name) => field(name, "number", (v) => typeof v === "number"),
    integer: (name) => field(name, "integer", (v) => Number.isInteger(v)),
    /** An integer of zero or more. */
    count: (name) => field(name, "count", (v) => isCount(v)),
    address: (name) => BigInt(field(name, "address", isHexadecimal))
  };
}
function isCount(value) {
  return Number.isInteger(value) && value >= 0;
}
function isHexadecimal(value) {
  return typeof value === "string" && /^0x[0-9a-f]{1,16}$/.test(value);
}
function metricsOf(answer) {
  const metrics = {};
  const value = parseJson(answer);
  for (const [name, metric] of Object.entries(isRecord(value) ? value : {})) {
    if (typeof metric === "number") {
      metrics[name] = metric;
    } else if (isRecord(metric) && isCount(metric["count"]) && typeof metric["sum"] === "number") {
      metrics[`${name}.count`] = metric["count"];
      metrics[`${name}.sum`] = metric["sum"];
    } else {
      throw new AgentError(answer.endpoint, answer.status, `sent a ${name} that is neither number nor histogram`);
    }
  }
  if (Object.keys(metrics).length === 0) throw new AgentError(answer.endpoint, answer.status, "sent no metrics");
  return metrics;
}
var NUMBERS_PER_FRAME = 4;
function stacksOf(answer, expected) {
  const value = parseJson(answer);
  const wrong = (text) => new AgentError(answer.endpoint, answer.status, text);
  if (!isRecord(value)) throw wrong("sent JSON that is no object");
  const { functions, files, stacks } = value;
  if (!isTextList(functions) || !isTextList(files)) throw wrong("sent tables that hold other than strings");
  if (!Array.isArray(stacks) || stacks.length !== expected) throw wrong(`did not send ${expected} stacks`);
  return stacks.map((numbers, index) => {
    if (!isCountList(numbers) || numbers.length % NUMBERS_PER_FRAME !== 0) {
      throw wrong(`sent stack ${index} in another form than four counts a frame`);
    }
    const frames = [];
    for (let at = 0; at < numbers.length; at += NUMBERS_PER_FRAME) {
      const fn = functions[numbers[at]];
      const file = files[numbers[at + 1]];
      if (fn === void 0 || file === void 0) throw wrong(`sent stack ${index} with a name that is in no table`);
      frames.push({ fn, file, line: numbers[at + 2], startLine: numbers[at + 3] });
    }
    return frames;
  });
}
function isCountList(value) {
  return Array.isArray(value) && value.every(isCount);
}
function isTextList(value) {
  return Array.isArray(value) && value.every((text) => typeof text === "string");
}

// src/run/temporary-directory.ts
var PREFIX = "perf-gate-";
async function temporaryDirectory(world) {
  const parent = await realpath2(world.temporaryDirectory);
  checkSocketPath(join5(parent, LONGEST_SOCKET));
  const path = await mkdtemp2(join5(parent, PREFIX));
  const dispose = () => remove(path);
  try {
    await writeFile3(join5(path, OWNER_FILE), `${ownerLine(world.pid)}
`);
    await removeThoseOfTheDead(parent, (await lstat2(path)).uid);
  } catch (error) {
    await dispose();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: dispose };
}
async function remove(path) {
  await endProcessesFrom(path);
  await rm4(path, { recursive: true, force: true, maxRetries: 3 });
}
async function removeThoseOfTheDead(parent, user) {
  const names = await readdir2(parent).catch(() => []);
  for (const name of names.filter((one) => /^perf-gate-(index-)?\w{6}$/.test(one))) {
    const path = join5(parent, name);
    try {
      const about = await lstat2(path);
      if (!about.isDirectory() || about.uid !== user) continue;
      if (!mayBeAtWork(await readFile6(join5(path, OWNER_FILE), "utf8"))) await remove(path);
    } catch {
    }
  }
}

// src/progress/live.ts
import { stripVTControlCharacters } from "node:util";

// src/progress/step.ts
var nameOf = ({ side, name }) => side === void 0 ? name : `${side}: ${name}`;
function stageOf({ stage, state }) {
  const isDone = state === "done";
  if (stage === void 0 || isDone && typeof stage === "string") return "";
  return ` (${typeof stage === "string" ? stage : textOfRounds(stage, isDone)})`;
}
function textOfRounds({ round, rounds, estimate }, isDone) {
  const where = isDone ? `${rounds} rounds` : `round ${round} of ${rounds}`;
  if (estimate === void 0) return where;
  const { change, sd } = estimate;
  if (sd === void 0) return `${where}: ${formatPercent(change)}`;
  const digits = percentDigits(change);
  return `${where}: ${formatPercent(change)} ${formatSpread(sd, digits) ?? `\xB1${0 .toFixed(digits)}`} %`;
}

// src/progress/render.ts
var MARKS = {
  running: { sign: "\u2022", color: 36 },
  done: { sign: "\u2713", color: 32 },
  failed: { sign: "\u2717", color: 31 },
  stopped: { sign: "\u2013", color: 33 }
};
var DIM = 2;
var TIME_CELLS = 9;
var SHORTEST_NAME = 12;
function renderStep(step, nowMs, { width, hasColor }) {
  const { sign, color } = MARKS[step.state];
  const { startedMs, endedMs } = step;
  const took = endedMs === void 0 ? whole(nowMs - startedMs) : exact(endedMs - startedMs);
  const time = ` ${took.padStart(TIME_CELLS)}  `;
  const room = width - cellsOf(sign) - time.length;
  if (room < 1) return cut(`${sign}${time}`, width);
  const stage = stageOf(step);
  const name = cut(nameOf(step), Math.max(room - cellsOf(stage), SHORTEST_NAME));
  const text = cut(`${name}${stage}`, room);
  return hasColor ? `${painted(sign, color)}${painted(time, DIM)}${text}` : `${sign}${time}${text}`;
}
function renderFact(text, isDetail, hasColor) {
  const line = `${" ".repeat(cellsOf(MARKS.done.sign) + 1 + TIME_CELLS + 2)}${text}`;
  return isDetail && hasColor ? painted(line, DIM) : line;
}
var painted = (text, color) => `\x1B[${color}m${text}\x1B[0m`;
var whole = (ms) => ms < 6e4 ? `${Math.floor(ms / 1e3)} s` : minutes(Math.floor(ms / 1e3));
var exact = (ms) => ms < 59950 ? `${(ms / 1e3).toFixed(1)} s` : minutes(Math.round(ms / 1e3));
var minutes = (seconds) => `${Math.floor(seconds / 60)} m ${seconds % 60} s`;

// src/progress/live.ts
var REDRAW_MS = 100;
var USUAL_COLUMNS = 80;
function liveList(output, monotonicMs, hasColor, every = everyInterval) {
  const running = /* @__PURE__ */ new Set();
  let fresh = [];
  let drawn = [];
  let stop;
  const look = () => {
    const columns = output.columns?.() || USUAL_COLUMNS;
    return { columns, width: columns - 1, hasColor };
  };
  const draw = () => {
    const { columns, ...rest } = look();
    const now = monotonicMs();
    const live = [...running].map((step) => renderStep(step, now, rest));
    if (fresh.length === 0 && live.join("\n") === drawn.join("\n")) return;
    const rows = drawn.map((line) => Math.max(1, Math.ceil(cellsOf(stripVTControlCharacters(line)) / columns)));
    const height = rows.reduce((sum2, row) => sum2 + row, 0);
    const lines = [...fresh, ...live].map((line) => `${line}\x1B[K
`).join("");
    output.write(`\r${height === 0 ? "" : `\x1B[${height}A`}${lines}\x1B[J`);
    fresh = [];
    drawn = live;
  };
  const changed = () => {
    if (running.size > 0) stop ??= every(REDRAW_MS, draw);
    else {
      stop?.();
      stop = void 0;
      draw();
    }
  };
  return {
    tell: (line, { isDetail } = { isDetail: false }) => {
      fresh.push(renderFact(line, isDetail, hasColor));
      changed();
    },
    show: (step) => {
      if (step.state === "running") running.add(step);
      else if (running.delete(step)) fresh.push(renderStep(step, monotonicMs(), look()));
      changed();
    }
  };
}
var everyInterval = (ms, act) => {
  const timer = setInterval(act, ms);
  timer.unref();
  return () => clearInterval(timer);
};

// src/progress/plain.ts
var STAGES_APART_MS = 1e4;
function plainLines(output, monotonicMs) {
  const startedMs = monotonicMs();
  const toldMs = /* @__PURE__ */ new WeakMap();
  const tell = (line) => {
    const seconds = ((monotonicMs() - startedMs) / 1e3).toFixed(1).padStart(6);
    output.write(`${seconds} s  ${line}
`);
  };
  return {
    tell,
    show: (step) => {
      const now = monotonicMs();
      const isSoon = now - (toldMs.get(step) ?? Number.NEGATIVE_INFINITY) < STAGES_APART_MS;
      if (step.state !== "running" || isSoon) return;
      toldMs.set(step, now);
      tell(`${nameOf(step)}${stageOf(step)}`);
    }
  };
}

// src/progress/progress.ts
function openProgress(world, { isQuiet = false, isVerbose = false } = {}) {
  const display = isQuiet ? NOTHING : displayFor(world);
  const clean = (text) => oneLine(world.secrets.clean(text));
  let lastFailureMs = Number.NEGATIVE_INFINITY;
  return Object.assign((fact) => display.tell(clean(fact)), {
    detail: (text) => {
      if (isVerbose) display.tell(clean(text), { isDetail: true });
    },
    step: async (given, act) => {
      const { side, name } = typeof given === "string" ? { side: void 0, name: given } : given;
      const step = { side, name: clean(name), startedMs: world.monotonicMs(), state: "running" };
      display.show(step);
      try {
        const result = await act((stage) => {
          step.stage = typeof stage === "string" ? clean(stage) : stage;
          display.show(step);
        });
        step.state = "done";
        return result;
      } catch (error) {
        const isTakenDown = world.signal.aborted || lastFailureMs >= step.startedMs;
        step.state = isTakenDown ? "stopped" : "failed";
        if (!isTakenDown) lastFailureMs = world.monotonicMs();
        throw error;
      } finally {
        step.endedMs = world.monotonicMs();
        display.show(step);
      }
    }
  });
}
var NOTHING = { tell: () => void 0, show: () => void 0 };
function displayFor(world) {
  const { stderr, env } = world;
  const clock = () => world.monotonicMs();
  const isCi = !["", "false", void 0].includes(env["CI"]);
  const isLive = stderr.isTerminal && env["TERM"] !== "dumb" && !isCi;
  return isLive ? liveList(stderr, clock, wantsColor(world, stderr)) : plainLines(stderr, clock);
}

// src/build/build.ts
import { createHash as createHash3 } from "node:crypto";
import { existsSync as existsSync2 } from "node:fs";
import { mkdir as mkdir3, readFile as readFile8, rm as rm5 } from "node:fs/promises";
import { dirname as dirname2 } from "node:path";

// src/agent/install.ts
import { writeFile as writeFile4 } from "node:fs/promises";
import { join as join6 } from "node:path";

// go/agent/perf_gate_agent.go
var perf_gate_agent_default = `// The agent of perf-gate: perf-gate copies these files into package main of a private checkout of a service, to
// measure it. They do nothing unless the environment variable PERF_GATE_SOCKET names a unix socket; then HTTP requests
// on that socket are answered. They know the Go runtime and nothing of the service.
//
// Rules, because the service's own code stands in the same package:
//   - every package-level identifier starts with perfGate, every import with perfgate, and of the predeclared
//     functions only append, len, make and recover are used (a service may well have a func close or a type any);
//   - every goroutine has a function named perfGate... at its root, so that its cost can be told from the service's;
//   - nothing is written to the service's output, and http.DefaultServeMux is left alone;
//   - the oldest language is that of go 1.16 in go.mod, the oldest toolchain is Go 1.18.

package main

import (
	perfgatebufio "bufio"
	perfgatebytes "bytes"
	perfgatejson "encoding/json"
	perfgateerrors "errors"
	perfgatefmt "fmt"
	perfgateio "io"
	perfgatenet "net"
	perfgatehttp "net/http"
	perfgateos "os"
	perfgateruntime "runtime"
	perfgatedebug "runtime/debug"
	perfgatestrconv "strconv"
	perfgatestrings "strings"
	perfgatetime "time"
)

const (
	perfGateProtocol = 1

	perfGateMaxBodyBytes   = 64 << 20
	perfGateMaxHeaderBytes = 64 << 10

	// How long a client may take to send its request, and to take its answer.
	perfGateReadTimeout  = 60 * perfgatetime.Second
	perfGateWriteTimeout = 60 * perfgatetime.Second
	// How long the rest of a refused request is read, so that the client sees the answer and no broken connection.
	perfGateLingerTimeout = 2 * perfgatetime.Second
)

// perfGateClockZero is where the agent's wall clock counts from.
var perfGateClockZero perfgatetime.Time

func init() {
	perfGateStart()
}

// perfGateStart reads the two variables, removes them so that child processes do not inherit them, and starts the
// agent. What goes wrong is told in the file <socket>.error.
func perfGateStart() {
	socket := perfgateos.Getenv("PERF_GATE_SOCKET")
	if socket == "" {
		return
	}
	rate := perfgateos.Getenv("PERF_GATE_MEMPROFILERATE")
	perfgateos.Unsetenv("PERF_GATE_SOCKET")
	perfgateos.Unsetenv("PERF_GATE_MEMPROFILERATE")
	if rate != "" {
		parsed, err := perfgatestrconv.Atoi(rate)
		if err != nil {
			perfGateReport(socket, perfgatefmt.Errorf("PERF_GATE_MEMPROFILERATE is not a number: %q", rate))
			return
		}
		perfgateruntime.MemProfileRate = parsed
	}
	perfGateClockZero = perfgatetime.Now()
	go perfGateListen(socket)
}

// perfGateReport leaves the reason beside the socket that will not be there. Where even that fails nobody can be told:
// the client waits for the socket until its time is over.
func perfGateReport(socket string, reason error) {
	_ = perfgateos.WriteFile(socket+".error", []byte(reason.Error()+"\\n"), 0600)
}

func perfGateListen(socket string) {
	listener, err := perfgatenet.Listen("unix", socket)
	if err != nil {
		perfGateReport(socket, err)
		return
	}
	for {
		connection, err := listener.Accept()
		if perfgateerrors.Is(err, perfgatenet.ErrClosed) {
			return
		}
		if err != nil { // the service has used up its file descriptors; some may come back
			perfgatetime.Sleep(20 * perfgatetime.Millisecond)
			continue
		}
		perfGateEndCount()
		go perfGateServe(connection)
	}
}

// perfGateAnswer is what a request is answered with.
type perfGateAnswer struct {
	status      int
	contentType string
	body        []byte
	// Part of the request may not have been read.
	unread bool
	// What is done behind the answer, which then ends with its connection.
	then func()
}

func perfGateRefuse(status int, format string, values ...interface{}) perfGateAnswer {
	text := perfgatefmt.Sprintf(format, values...) + "\\n"
	return perfGateAnswer{status: status, contentType: "text/plain; charset=utf-8", body: []byte(text)}
}

func perfGateRefuseUnread(status int, format string, values ...interface{}) perfGateAnswer {
	answer := perfGateRefuse(status, format, values...)
	answer.unread = true
	return answer
}

func perfGateJSON(value interface{}) perfGateAnswer {
	text, err := perfgatejson.Marshal(value)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/json", body: text}
}

func perfGateBinary(body []byte) perfGateAnswer {
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/octet-stream", body: body}
}

// perfGateServe answers the one request of a connection. There is no http.Server, because its goroutines would look
// like the service's own in a profile.
func perfGateServe(connection perfgatenet.Conn) {
	defer connection.Close()
	if connection.SetReadDeadline(perfgatetime.Now().Add(perfGateReadTimeout)) != nil {
		return
	}
	limited := perfgateio.LimitReader(connection, perfGateMaxHeaderBytes+perfGateMaxBodyBytes+1)
	input := perfgatebufio.NewReader(limited)
	if _, err := input.Peek(1); err != nil { // somebody looked whether the socket is there
		return
	}
	answer := perfGateHandle(input)

	response := perfgatehttp.Response{
		StatusCode:    answer.status,
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        perfgatehttp.Header{"Content-Type": {answer.contentType}},
		Body:          perfgateio.NopCloser(perfgatebytes.NewReader(answer.body)),
		ContentLength: int64(len(answer.body)),
		Close:         true,
	}
	if answer.then != nil {
		response.ContentLength = -1
		defer answer.then()
	}
	if connection.SetWriteDeadline(perfgatetime.Now().Add(perfGateWriteTimeout)) != nil {
		return
	}
	output := perfgatebufio.NewWriter(connection)
	if response.Write(output) != nil || output.Flush() != nil {
		return // the client has gone
	}
	if half, ok := connection.(*perfgatenet.UnixConn); ok && answer.unread && half.CloseWrite() == nil {
		if half.SetReadDeadline(perfgatetime.Now().Add(perfGateLingerTimeout)) == nil {
			_, _ = perfgateio.Copy(perfgateio.Discard, half)
		}
	}
}

// perfGateHandle reads one request and makes the answer; a panic on the way is an answer too, never the service's end.
func perfGateHandle(input *perfgatebufio.Reader) (answer perfGateAnswer) {
	defer func() {
		if reason := recover(); reason != nil {
			status := perfgatehttp.StatusInternalServerError
			answer = perfGateRefuseUnread(status, "panic: %v\\n%s", reason, perfgatedebug.Stack())
		}
	}()
	request, err := perfgatehttp.ReadRequest(input)
	if err != nil {
		return perfGateRefuseUnread(perfgatehttp.StatusBadRequest, "not an HTTP request: %v", err)
	}
	const tooLarge = "the body has more than %d bytes"
	if request.ContentLength > perfGateMaxBodyBytes {
		return perfGateRefuseUnread(perfgatehttp.StatusRequestEntityTooLarge, tooLarge, perfGateMaxBodyBytes)
	}
	body, err := perfgateio.ReadAll(perfgateio.LimitReader(request.Body, perfGateMaxBodyBytes+1))
	if err != nil {
		return perfGateRefuseUnread(perfgatehttp.StatusBadRequest, "the body could not be read: %v", err)
	}
	if len(body) > perfGateMaxBodyBytes {
		return perfGateRefuseUnread(perfgatehttp.StatusRequestEntityTooLarge, tooLarge, perfGateMaxBodyBytes)
	}
	return perfGateRoute(request, body)
}

func perfGateRoute(request *perfgatehttp.Request, body []byte) perfGateAnswer {
	path := request.URL.Path
	method := "GET"
	var handle func(perfGateQuery, []byte) perfGateAnswer
	switch path {
	case "/info":
		handle = perfGateInfo
	case "/gc":
		method, handle = "POST", perfGateCollect
	case "/gcpercent":
		method, handle = "POST", perfGateSetGCPercent
	case "/memstats":
		handle = perfGateMemStats
	case "/metrics":
		handle = perfGateMetrics
	case "/clock":
		handle = perfGateClock
	case "/cpu/start":
		method, handle = "POST", perfGateStartCPU
	case "/cpu/stop":
		method, handle = "POST", perfGateStopCPU
	case "/heap/use":
		method, handle = "POST", perfGateUseHeap
	case "/stacks/use":
		method, handle = "POST", perfGateUseStacks
	case "/signals/quiet":
		method, handle = "POST", perfGateQuietSignals
	case "/count/start":
		method, handle = "POST", perfGateStartCount
	case "/count/stop":
		method, handle = "POST", perfGateStopCount
	case "/resolve":
		method, handle = "POST", perfGateResolve
	default:
		if !perfgatestrings.HasPrefix(path, "/profile/") {
			return perfGateRefuse(perfgatehttp.StatusNotFound, "no such endpoint: %s", path)
		}
		name := perfgatestrings.TrimPrefix(path, "/profile/")
		handle = func(query perfGateQuery, _ []byte) perfGateAnswer { return perfGateProfile(name, query) }
	}
	if request.Method != method {
		return perfGateRefuse(perfgatehttp.StatusMethodNotAllowed, "%s wants %s, not %s", path, method, request.Method)
	}
	return handle(perfGateQuery(request.URL.Query()), body)
}

// perfGateQuery holds the parameters of a request.
type perfGateQuery map[string][]string

// perfGateInteger answers the parameter of that name, or the fallback where it is not given. A number that 64 bits
// cannot hold becomes the greatest or smallest that they can: JavaScript rounds the greatest int64, which stands for
// 'no memory limit', up to 2^63.
func perfGateInteger(query perfGateQuery, name string, fallback, least, greatest int64) (int64, error) {
	values := query[name]
	if len(values) == 0 {
		return fallback, nil
	}
	value, err := perfgatestrconv.ParseInt(values[0], 10, 64)
	if err != nil && !perfgateerrors.Is(err, perfgatestrconv.ErrRange) {
		return 0, perfgatefmt.Errorf("%s is not a whole number: %q", name, values[0])
	}
	if value < least || value > greatest {
		return 0, perfgatefmt.Errorf("%s is %s, not within %d and %d", name, values[0], least, greatest)
	}
	return value, nil
}
`;

// go/agent/perf_gate_agent_clock_other.go
var perf_gate_agent_clock_other_default = '//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)\n\npackage main\n\nimport (\n	perfgatehttp "net/http"\n	perfgateruntime "runtime"\n)\n\n// perfGateClock refuses: the syscall package has no Getrusage here (Windows, Plan 9, js; Solaris and AIX in older Go).\nfunc perfGateClock(perfGateQuery, []byte) perfGateAnswer {\n	return perfGateRefuse(perfgatehttp.StatusNotImplemented, "%s has no getrusage", perfgateruntime.GOOS)\n}\n';

// go/agent/perf_gate_agent_clock_unix.go
var perf_gate_agent_clock_unix_default = '//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd\n\npackage main\n\nimport (\n	perfgatehttp "net/http"\n	perfgatesyscall "syscall"\n	perfgatetime "time"\n)\n\n// perfGateClock answers the CPU time of this process and a wall clock that never goes back.\nfunc perfGateClock(perfGateQuery, []byte) perfGateAnswer {\n	var usage perfgatesyscall.Rusage\n	if err := perfgatesyscall.Getrusage(perfgatesyscall.RUSAGE_SELF, &usage); err != nil {\n		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "getrusage: %v", err)\n	}\n	return perfGateJSON(map[string]interface{}{\n		"userNs":   usage.Utime.Nano(),\n		"systemNs": usage.Stime.Nano(),\n		"wallNs":   perfgatetime.Since(perfGateClockZero).Nanoseconds(),\n	})\n}\n';

// go/agent/perf_gate_agent_count.go
var perf_gate_agent_count_default = `// The agent switches valgrind's counting on and off, from within the counted process.

package main

import (
	perfgateruntime "runtime"
	perfgateatomic "sync/atomic"
)

// Requests of valgrind.h and callgrind.h to the valgrind that runs this process.
const (
	perfGateRunningOnValgrind    = 0x1001
	perfGateDumpCounts           = 0x43540000 // CALLGRIND_DUMP_STATS
	perfGateStartInstrumentation = 0x43540004 // CALLGRIND_START_INSTRUMENTATION
	perfGateStopInstrumentation  = 0x43540005 // CALLGRIND_STOP_INSTRUMENTATION

	// No valgrind answers a request with this bit.
	perfGateNobody = 1 << 63
)

// perfGateAskValgrind is a request and its five arguments to valgrind, and its answer. Go has no word for that: in the
// counted copy of the executable the machine code of this function is replaced (binary/counted-copy.ts). As it stands
// here it answers that nobody was asked, at the length that the replacement needs.
//
//go:noinline
func perfGateAskValgrind(words *[6]uint64) uint64 {
	sum := words[0]*3 + words[1]*5
	if sum == words[2]*7 {
		sum += words[3] * 11
	}
	return sum ^ words[4]*13 ^ words[5]*17 | perfGateNobody
}

func perfGateValgrind(request uint64) uint64 {
	return perfGateAskValgrind(&[6]uint64{request})
}

var perfGateCounting int32

// perfGateStartCount starts counting behind the answer, so that answering is not counted, and then forces as many
// collections as are wanted. The client waits for the end of the connection.
func perfGateStartCount(query perfGateQuery, _ []byte) perfGateAnswer {
	collections, err := perfGateInteger(query, "gc", 0, 0, 100)
	if err != nil {
		return perfGateRefuse(400, "%v", err)
	}
	switch answer := perfGateValgrind(perfGateRunningOnValgrind); {
	case answer&perfGateNobody != 0:
		return perfGateRefuse(501, "this executable is not the copy that can be counted")
	case answer == 0:
		return perfGateRefuse(409, "no valgrind runs this process")
	}
	answer := perfGateJSON(struct{}{})
	answer.then = func() {
		perfgateatomic.StoreInt32(&perfGateCounting, 1)
		perfGateValgrind(perfGateStartInstrumentation)
		for ; collections > 0; collections-- {
			perfgateruntime.GC()
		}
	}
	return answer
}

// perfGateEndCount ends counting, if it goes on, and lets valgrind write what it counted. Whoever asks the agent for
// anything ends it, before the question is even read: what the agent does then is not counted.
func perfGateEndCount() {
	if perfgateatomic.CompareAndSwapInt32(&perfGateCounting, 1, 0) {
		perfGateValgrind(perfGateStopInstrumentation)
		perfGateValgrind(perfGateDumpCounts)
	}
}

// perfGateStopCount has nothing left to do: counting ended when its connection was accepted.
func perfGateStopCount(perfGateQuery, []byte) perfGateAnswer {
	return perfGateJSON(struct{}{})
}
`;

// go/agent/perf_gate_agent_expand_go123.go
var perf_gate_agent_expand_go123_default = "//go:build go1.23\n\npackage main\n\n// perfGateExpand makes, in the room of buffer, what runtime.CallersFrames wants to be given for the frames of one\n// instruction, inlined functions included. It takes return addresses, hence + 1. Since Go 1.23 it expands inlined\n// frames by itself, but not of the last address in the list (up to Go 1.26 at least): so another one, of no function,\n// stands behind it.\nfunc perfGateExpand(buffer []uintptr, pc uintptr) []uintptr {\n	return append(buffer[:0], pc+1, 0)\n}\n";

// go/agent/perf_gate_agent_expand_pre123.go
var perf_gate_agent_expand_pre123_default = `//go:build !go1.23

package main

import (
	_ "unsafe" // for go:linkname
)

// perfGateExpandInlined is what runtime/pprof itself expands a stack's last address with. It is the same from Go 1.18
// to 1.22, and there will be no others without runtime.CallersFrames doing it.
//
//go:linkname perfGateExpandInlined runtime/pprof.runtime_expandFinalInlineFrame
func perfGateExpandInlined(stack []uintptr) []uintptr

// perfGateExpand makes, in the room of buffer, what runtime.CallersFrames wants to be given for the frames of one
// instruction, inlined functions included: return addresses, hence + 1.
func perfGateExpand(buffer []uintptr, pc uintptr) []uintptr {
	return perfGateExpandInlined(append(buffer[:0], pc+1))
}
`;

// go/agent/perf_gate_agent_limit_go119.go
var perf_gate_agent_limit_go119_default = '//go:build go1.19\n\npackage main\n\nimport (\n	perfgatedebug "runtime/debug"\n)\n\n// perfGateSetMemoryLimit sets the soft memory limit and answers the previous one; a negative limit changes nothing.\nfunc perfGateSetMemoryLimit(limit int64) (previous int64, ok bool) {\n	return perfgatedebug.SetMemoryLimit(limit), true\n}\n';

// go/agent/perf_gate_agent_limit_pre119.go
var perf_gate_agent_limit_pre119_default = "//go:build !go1.19\n\npackage main\n\n// perfGateSetMemoryLimit does nothing: memory limits came with Go 1.19.\nfunc perfGateSetMemoryLimit(int64) (previous int64, ok bool) {\n	return 0, false\n}\n";

// go/agent/perf_gate_agent_resolve.go
var perf_gate_agent_resolve_default = `// The agent resolves addresses of instructions to functions, files and lines, with the names that Go's own profiles use.

package main

import (
	perfgatebytes "bytes"
	perfgatejson "encoding/json"
	perfgatehttp "net/http"
	perfgateruntime "runtime"
	perfgatestrconv "strconv"
)

// perfGateTable numbers strings in the order in which they come.
type perfGateTable struct {
	numbers map[string]int
	strings []string
}

func (table *perfGateTable) perfGateNumber(text string) int {
	number, ok := table.numbers[text]
	if !ok {
		number = len(table.strings)
		table.numbers[text] = number
		table.strings = append(table.strings, text)
	}
	return number
}

// perfGateResolver collects the answer to one request.
type perfGateResolver struct {
	functions, files perfGateTable
	// First lines of the functions that were met, by entry.
	startLines map[uintptr]int
	// The program counters of one address; kept for the next.
	counters []uintptr
	stacks   []byte
}

// perfGateResolve takes one hexadecimal address of an instruction a line.
func perfGateResolve(_ perfGateQuery, body []byte) perfGateAnswer {
	resolver := perfGateResolver{
		functions:  perfGateTable{numbers: map[string]int{}, strings: []string{}},
		files:      perfGateTable{numbers: map[string]int{}, strings: []string{}},
		startLines: map[uintptr]int{},
		stacks:     make([]byte, 0, 2*len(body)),
	}
	for number := 1; len(body) > 0; number++ {
		line := body
		if end := perfgatebytes.IndexByte(body, '\\n'); end >= 0 {
			line, body = body[:end], body[end+1:]
		} else {
			body = nil
		}
		digits := perfgatebytes.TrimPrefix(perfgatebytes.TrimSpace(line), []byte("0x"))
		address, err := perfgatestrconv.ParseUint(string(digits), 16, 64)
		if err != nil {
			if len(line) > 40 {
				line = line[:40]
			}
			return perfGateRefuse(perfgatehttp.StatusBadRequest, "line %d is not a hexadecimal address: %q", number, line)
		}
		if number > 1 {
			resolver.stacks = append(resolver.stacks, ',')
		}
		resolver.perfGateAddress(address)
	}

	functions, err := perfgatejson.Marshal(resolver.functions.strings)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	files, err := perfgatejson.Marshal(resolver.files.strings)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "%v", err)
	}
	output := make([]byte, 0, len(functions)+len(files)+len(resolver.stacks)+64)
	output = append(append(output, \`{"functions":\`...), functions...)
	output = append(append(output, \`,"files":\`...), files...)
	output = append(append(output, \`,"stacks":[\`...), resolver.stacks...)
	output = append(output, "]}\\n"...)
	return perfGateAnswer{status: perfgatehttp.StatusOK, contentType: "application/json", body: output}
}

// perfGateAddress appends the stack of one address, innermost first: empty where it is not Go code.
func (resolver *perfGateResolver) perfGateAddress(address uint64) {
	resolver.stacks = append(resolver.stacks, '[')
	pc := uintptr(address)
	if function := perfgateruntime.FuncForPC(pc); function != nil && uint64(pc) == address {
		resolver.perfGateFrames(pc, function.Entry())
	}
	resolver.stacks = append(resolver.stacks, ']')
}

func (resolver *perfGateResolver) perfGateFrames(pc, entry uintptr) {
	entryLine := resolver.perfGateStartLine(entry)
	resolver.counters = perfGateExpand(resolver.counters, pc)
	frames := perfgateruntime.CallersFrames(resolver.counters)
	frame, more := frames.Next()
	if frame.Entry != entry {
		// pc + 1 is the next function already: this is an instruction of one byte, a return say, and no padding behind
		// it. The one before it stands for it, of the same function and nearly always of the same line.
		resolver.counters = perfGateExpand(resolver.counters, pc-1)
		frames = perfgateruntime.CallersFrames(resolver.counters)
		frame, more = frames.Next()
	}
	// C code that Go's linker took in lies between the Go functions, as functions of the file '?'.
	for first := true; frame.Entry == entry && frame.File != "?"; first = false {
		stacks := resolver.stacks
		if !first {
			stacks = append(stacks, ',')
		}
		startLine := 0 // an inlined function: Go does not tell where it starts
		if frame.Func != nil {
			startLine = entryLine
		}
		stacks = perfgatestrconv.AppendInt(stacks, int64(resolver.functions.perfGateNumber(frame.Function)), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(resolver.files.perfGateNumber(frame.File)), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(frame.Line), 10)
		stacks = perfgatestrconv.AppendInt(append(stacks, ','), int64(startLine), 10)
		resolver.stacks = stacks
		if !more {
			return
		}
		frame, more = frames.Next()
	}
}

// perfGateStartLine answers the line of the function's first instruction: that of its declaration where it begins with
// a stack check, otherwise of its first statement. Where that instruction comes from an inlined function it is the line
// of the outermost frame, which is the function itself.
func (resolver *perfGateResolver) perfGateStartLine(entry uintptr) int {
	if line, ok := resolver.startLines[entry]; ok {
		return line
	}
	line := 0
	resolver.counters = perfGateExpand(resolver.counters, entry)
	frames := perfgateruntime.CallersFrames(resolver.counters)
	for {
		frame, more := frames.Next()
		if frame.Entry == entry && frame.Func != nil {
			line = frame.Line
		}
		if !more {
			break
		}
	}
	resolver.startLines[entry] = line
	return line
}
`;

// go/agent/perf_gate_agent_runtime.go
var perf_gate_agent_runtime_default = `// The agent's view of the runtime: who this process is, its collector, its counters and its profiles.

package main

import (
	perfgatebytes "bytes"
	perfgateio "io"
	perfgatemath "math"
	perfgatehttp "net/http"
	perfgateos "os"
	perfgatereflect "reflect"
	perfgateruntime "runtime"
	perfgatedebug "runtime/debug"
	perfgatemetrics "runtime/metrics"
	perfgatepprof "runtime/pprof"
	perfgatestrconv "strconv"
	perfgatesync "sync"
)

// perfGateAnchor does nothing. Where it lies in memory, compared with where it lies in the file, is by how much a
// position-independent program was moved.
//
//go:noinline
func perfGateAnchor() {}

func perfGateInfo(perfGateQuery, []byte) perfGateAnswer {
	buildInfo := ""
	if info, ok := perfgatedebug.ReadBuildInfo(); ok {
		buildInfo = info.String()
	}
	anchor := uint64(perfgatereflect.ValueOf(perfGateAnchor).Pointer())
	return perfGateJSON(map[string]interface{}{
		"agent":          perfGateProtocol,
		"goVersion":      perfgateruntime.Version(),
		"pid":            perfgateos.Getpid(),
		"gomaxprocs":     perfgateruntime.GOMAXPROCS(0),
		"numCPU":         perfgateruntime.NumCPU(),
		"memProfileRate": perfgateruntime.MemProfileRate,
		"goos":           perfgateruntime.GOOS,
		"goarch":         perfgateruntime.GOARCH,
		"anchor":         "0x" + perfgatestrconv.FormatUint(anchor, 16),
		"buildInfo":      buildInfo,
	})
}

// perfGateSettings guards what is set for the whole process.
var perfGateSettings perfgatesync.Mutex

func perfGateCollect(query perfGateQuery, _ []byte) perfGateAnswer {
	times, err := perfGateInteger(query, "times", 1, 0, 100)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	for ; times > 0; times-- {
		perfgateruntime.GC()
	}
	var stats perfgateruntime.MemStats
	perfgateruntime.ReadMemStats(&stats)
	return perfGateJSON(map[string]interface{}{"numGC": stats.NumGC})
}

// perfGateUseHeap lets the heap grow by that many bytes and gives all that is free back to the system, so that what is
// allocated next lies in memory of one kind. Whether fresh, recycled or returned memory is used, and so whether it must be
// cleared, depends otherwise on how far the runtime's background scavenger has come.
func perfGateUseHeap(query perfGateQuery, _ []byte) perfGateAnswer {
	bytes, err := perfGateInteger(query, "bytes", 0, 0, 1<<40)
	if err != nil {
		return perfGateRefuse(400, "%s", err)
	}
	perfgateruntime.KeepAlive(make([]byte, bytes))
	perfgateruntime.GC()
	perfgatedebug.FreeOSMemory()
	return perfGateJSON(struct{}{})
}

// perfGateSetGCPercent sets GOGC and, where it is given and this Go has one, the memory limit. previousMemoryLimit is
// null before Go 1.19: there is no limit then, and none was set.
func perfGateSetGCPercent(query perfGateQuery, _ []byte) perfGateAnswer {
	if len(query["percent"]) == 0 {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "percent is missing")
	}
	percent, err := perfGateInteger(query, "percent", 0, -1, perfgatemath.MaxInt32)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	const unchanged = -1 // of debug.SetMemoryLimit: only tells the limit
	limit, err := perfGateInteger(query, "memoryLimit", unchanged, unchanged, perfgatemath.MaxInt64)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	perfGateSettings.Lock()
	defer perfGateSettings.Unlock()
	var previousLimit interface{}
	if previous, ok := perfGateSetMemoryLimit(limit); ok {
		previousLimit = previous
	}
	previousPercent := perfgatedebug.SetGCPercent(int(percent))
	return perfGateJSON(map[string]interface{}{
		"previousPercent":     previousPercent,
		"previousMemoryLimit": previousLimit,
	})
}

func perfGateMemStats(perfGateQuery, []byte) perfGateAnswer {
	var stats perfgateruntime.MemStats
	perfgateruntime.ReadMemStats(&stats)
	return perfGateJSON(map[string]interface{}{
		"numGC":         stats.NumGC,
		"numForcedGC":   stats.NumForcedGC,
		"mallocs":       stats.Mallocs,
		"frees":         stats.Frees,
		"totalAlloc":    stats.TotalAlloc,
		"heapAlloc":     stats.HeapAlloc,
		"heapObjects":   stats.HeapObjects,
		"nextGC":        stats.NextGC,
		"gcCPUFraction": stats.GCCPUFraction,
		"pauseTotalNs":  stats.PauseTotalNs,
	})
}

// perfGateMetrics answers all of runtime/metrics: numbers as they are, histograms by count and approximate sum. What
// JSON cannot hold (an infinite number) and kinds of a later Go are left out.
func perfGateMetrics(perfGateQuery, []byte) perfGateAnswer {
	descriptions := perfgatemetrics.All()
	samples := make([]perfgatemetrics.Sample, len(descriptions))
	for i := range descriptions {
		samples[i].Name = descriptions[i].Name
	}
	perfgatemetrics.Read(samples)
	values := map[string]interface{}{}
	for i := range samples {
		switch value := samples[i].Value; value.Kind() {
		case perfgatemetrics.KindUint64:
			values[samples[i].Name] = value.Uint64()
		case perfgatemetrics.KindFloat64:
			if number := value.Float64(); !perfgatemath.IsNaN(number) && !perfgatemath.IsInf(number, 0) {
				values[samples[i].Name] = number
			}
		case perfgatemetrics.KindFloat64Histogram:
			count, sum := perfGateHistogram(value.Float64Histogram())
			values[samples[i].Name] = map[string]interface{}{"count": count, "sum": sum}
		}
	}
	return perfGateJSON(values)
}

// perfGateHistogram answers how many values there are and about their sum: each counts as the middle of its bucket, or
// as its finite edge where the other is infinite.
func perfGateHistogram(histogram *perfgatemetrics.Float64Histogram) (count uint64, sum float64) {
	for i, n := range histogram.Counts {
		if n == 0 {
			continue
		}
		count += n
		low, high := histogram.Buckets[i], histogram.Buckets[i+1]
		switch {
		case perfgatemath.IsInf(low, -1) && perfgatemath.IsInf(high, 1):
		case perfgatemath.IsInf(low, -1):
			sum += float64(n) * high
		case perfgatemath.IsInf(high, 1):
			sum += float64(n) * low
		default:
			sum += float64(n) * (low + (high-low)/2)
		}
	}
	return count, sum
}

// perfGateProfile answers a profile of runtime/pprof, after that many forced collections: what was allocated shows in
// the memory profiles two collections later.
func perfGateProfile(name string, query perfGateQuery) perfGateAnswer {
	collections, err := perfGateInteger(query, "gc", 0, 0, 100)
	if err != nil {
		return perfGateRefuse(perfgatehttp.StatusBadRequest, "%v", err)
	}
	profile := perfgatepprof.Lookup(name)
	if profile == nil {
		return perfGateRefuse(perfgatehttp.StatusNotFound, "no such profile: %s", name)
	}
	for ; collections > 0; collections-- {
		perfgateruntime.GC()
	}
	var output perfgatebytes.Buffer
	if err := profile.WriteTo(&output, 0); err != nil {
		return perfGateRefuse(perfgatehttp.StatusInternalServerError, "the %s profile could not be written: %v", name, err)
	}
	return perfGateBinary(output.Bytes())
}

var (
	perfGateCPUMutex perfgatesync.Mutex
	// The profile that runs, nil where none does; guarded by perfGateCPUMutex.
	perfGateCPUOutput *perfgatebytes.Buffer
)

func perfGateStartCPU(perfGateQuery, []byte) perfGateAnswer {
	perfGateCPUMutex.Lock()
	defer perfGateCPUMutex.Unlock()
	if perfGateCPUOutput != nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "a CPU profile was already started through the agent")
	}
	output := &perfgatebytes.Buffer{}
	if err := perfgatepprof.StartCPUProfile(output); err != nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "the service profiles its CPU itself: %v", err)
	}
	perfGateCPUOutput = output
	return perfGateJSON(map[string]interface{}{})
}

func perfGateStopCPU(perfGateQuery, []byte) perfGateAnswer {
	perfGateCPUMutex.Lock()
	defer perfGateCPUMutex.Unlock()
	output := perfGateCPUOutput
	if output == nil {
		return perfGateRefuse(perfgatehttp.StatusConflict, "no CPU profile was started")
	}
	perfGateCPUOutput = nil
	// A service may have called pprof.StopCPUProfile meanwhile, which ends anybody's profile: then another one can be
	// started, and what we hold covers a part of the time only.
	stolen := perfgatepprof.StartCPUProfile(perfgateio.Discard) == nil
	perfgatepprof.StopCPUProfile()
	if stolen {
		return perfGateRefuse(perfgatehttp.StatusConflict, "the service stopped the agent's CPU profile before its time")
	}
	return perfGateBinary(output.Bytes())
}
`;

// go/agent/perf_gate_agent_signals_linux.go
var perf_gate_agent_signals_linux_default = `//go:build linux && (amd64 || arm64)
// +build linux
// +build amd64 arm64

package main

import (
	perfgatesyscall "syscall"
	perfgateunsafe "unsafe"
)

// perfGateSignalAction is the kernel's struct sigaction on amd64 and arm64.
type perfGateSignalAction struct {
	handler  uintptr
	flags    uint64
	restorer uintptr
	mask     uint64
}

const (
	perfGateDefault = 0 // SIG_DFL
	perfGateIgnore  = 1 // SIG_IGN
)

// perfGateQuietSignals takes from the Go runtime the handlers of signals that tell a counted service nothing it needs:
// callgrind loses its way when a Go handler interrupts the code that it counts. For a child that ends (SIGCHLD) and a
// window that changes (SIGWINCH) the default is to do nothing, and wait4 works as before; a broken connection (SIGPIPE)
// is still told by the error of the write; preemption (SIGURG) is off while counting; and where the service profiles
// itself all the time its profiles (SIGPROF) stay empty.
func perfGateQuietSignals(perfGateQuery, []byte) perfGateAnswer {
	for _, quiet := range []struct {
		signal  perfgatesyscall.Signal
		handler uintptr
	}{
		{perfgatesyscall.SIGCHLD, perfGateDefault},
		{perfgatesyscall.SIGWINCH, perfGateDefault},
		{perfgatesyscall.SIGURG, perfGateIgnore},
		{perfgatesyscall.SIGPIPE, perfGateIgnore},
		{perfgatesyscall.SIGPROF, perfGateIgnore},
	} {
		action := perfGateSignalAction{handler: quiet.handler}
		_, _, errno := perfgatesyscall.RawSyscall6(perfgatesyscall.SYS_RT_SIGACTION, uintptr(quiet.signal),
			uintptr(perfgateunsafe.Pointer(&action)), 0, perfgateunsafe.Sizeof(action.mask), 0, 0)
		if errno != 0 {
			return perfGateRefuse(500, "rt_sigaction of %s: %s", quiet.signal, errno)
		}
	}
	return perfGateJSON(struct{}{})
}
`;

// go/agent/perf_gate_agent_signals_other.go
var perf_gate_agent_signals_other_default = '//go:build !linux || (!amd64 && !arm64)\n// +build !linux !amd64,!arm64\n\npackage main\n\nfunc perfGateQuietSignals(perfGateQuery, []byte) perfGateAnswer {\n	return perfGateRefuse(501, "signals are kept quiet on Linux on amd64 and arm64 only")\n}\n';

// go/agent/perf_gate_agent_stacks.go
var perf_gate_agent_stacks_default = '// The agent settles how large a stack new goroutines are given.\n\npackage main\n\nimport (\n	perfgateruntime "runtime"\n	perfgatesync "sync"\n)\n\nconst (\n	// Goroutines whose stacks make the average, against however many the service has.\n	perfGateDeepGoroutines = 256\n	// With this much in use a goroutine has a stack of 16 KB, the largest that the runtime keeps ready for the next one.\n	perfGateDeepBytes = 14000\n)\n\n// perfGateUseStacks lets the runtime find, in a collection, that goroutines use stacks of about 14 KB: from Go 1.19 on it\n// then starts new ones with 16 KB, until the next collection. With the 2 KB that it starts them with after a collection of\n// an idle service each would grow its stack by copying it, which a service under load does not do.\nfunc perfGateUseStacks(perfGateQuery, []byte) perfGateAnswer {\n	var deep, collected, done perfgatesync.WaitGroup\n	deep.Add(perfGateDeepGoroutines)\n	collected.Add(1)\n	done.Add(perfGateDeepGoroutines)\n	for i := 0; i < perfGateDeepGoroutines; i++ {\n		go perfGateDeep(&deep, &collected, &done)\n	}\n	deep.Wait()\n	perfgateruntime.GC()\n	collected.Done()\n	done.Wait()\n	return perfGateJSON(struct{}{})\n}\n\nfunc perfGateDeep(deep, collected, done *perfgatesync.WaitGroup) {\n	defer done.Done()\n	var used [perfGateDeepBytes]byte\n	deep.Done()\n	collected.Wait()\n	perfgateruntime.KeepAlive(&used)\n}\n';

// src/agent/install.ts
var AGENT_FILES = {
  "perf_gate_agent.go": perf_gate_agent_default,
  "perf_gate_agent_clock_other.go": perf_gate_agent_clock_other_default,
  "perf_gate_agent_clock_unix.go": perf_gate_agent_clock_unix_default,
  "perf_gate_agent_count.go": perf_gate_agent_count_default,
  "perf_gate_agent_expand_go123.go": perf_gate_agent_expand_go123_default,
  "perf_gate_agent_expand_pre123.go": perf_gate_agent_expand_pre123_default,
  "perf_gate_agent_limit_go119.go": perf_gate_agent_limit_go119_default,
  "perf_gate_agent_limit_pre119.go": perf_gate_agent_limit_pre119_default,
  "perf_gate_agent_resolve.go": perf_gate_agent_resolve_default,
  "perf_gate_agent_runtime.go": perf_gate_agent_runtime_default,
  "perf_gate_agent_signals_linux.go": perf_gate_agent_signals_linux_default,
  "perf_gate_agent_signals_other.go": perf_gate_agent_signals_other_default,
  "perf_gate_agent_stacks.go": perf_gate_agent_stacks_default
};
var AGENT_ANCHOR = "main.perfGateAnchor";
async function installAgent(packageDir) {
  for (const [name, text] of Object.entries(AGENT_FILES)) {
    try {
      await writeFile4(join6(packageDir, name), text, { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      throw new MeasurementError(`${join6(packageDir, name)} is there already: perf-gate adds a file of this name`, {
        hint: `rename it, or remove it if it was copied here by hand`,
        cause: error
      });
    }
  }
}

// src/binary/elf.ts
var SECTION_HEADER_SIZE = 64;
var SYMBOL_SIZE = 24;
var SHT = { null: 0, progbits: 1, symtab: 2, strtab: 3, note: 7, nobits: 8, dynsym: 11 };
var SHF_WRITE = 1;
var SHF_ALLOC = 2;
var SHF_EXECUTE = 4;
var SHF_THREAD = 1024;
var FILE_IDS = /* @__PURE__ */ new Set([".note.go.buildid", ".note.gnu.build-id"]);
var PT_LOAD = 1;
var ET_DYN = 3;
var isMachO = (bytes) => bytes.length >= 64 && bytes[0] === 207 && bytes[1] === 250 && bytes[2] === 237 && bytes[3] === 254;
var unread = (bytes) => ({
  isMachO: true,
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  isRelocatable: true,
  machine: "other",
  sectionTableOffset: 0,
  sectionNamesIndex: 0,
  sections: [],
  segments: []
});
function parseElf(bytes, label) {
  const refuse = (why) => {
    throw new MeasurementError(`${label}: ${why}`, { hint: "perf-gate reads 64-bit little-endian ELF executables" });
  };
  if (bytes.length < 64 || bytes[0] !== 127 || bytes[1] !== 69 || bytes[2] !== 76 || bytes[3] !== 70) {
    if (isMachO(bytes)) return unread(bytes);
    refuse("not an ELF executable");
  }
  if (bytes[4] !== 2 || bytes[5] !== 1) refuse("not a 64-bit little-endian executable");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number64 = (at) => Number(view.getBigUint64(at, true));
  const inFile = (offset, size) => {
    if (offset < 0 || size < 0 || offset + size > bytes.length) refuse("cut off");
  };
  const programOffset = number64(32);
  const sectionTableOffset = number64(40);
  const programCount = view.getUint16(56, true);
  const sectionCount = view.getUint16(60, true);
  const sectionNamesIndex = view.getUint16(62, true);
  inFile(programOffset, programCount * 56);
  inFile(sectionTableOffset, sectionCount * SECTION_HEADER_SIZE);
  const segments = [];
  for (let i = 0; i < programCount; i++) {
    const at = programOffset + i * 56;
    if (view.getUint32(at, true) !== PT_LOAD) continue;
    segments.push({
      isExecutable: (view.getUint32(at + 4, true) & 1) !== 0,
      offset: number64(at + 8),
      address: number64(at + 16),
      fileSize: number64(at + 32),
      memorySize: number64(at + 40)
    });
  }
  const headers = Array.from({ length: sectionCount }, (_, index) => {
    const at = sectionTableOffset + index * SECTION_HEADER_SIZE;
    const section = {
      index,
      nameOffset: view.getUint32(at, true),
      type: view.getUint32(at + 4, true),
      flags: number64(at + 8),
      address: number64(at + 16),
      offset: number64(at + 24),
      size: number64(at + 32),
      link: view.getUint32(at + 40, true),
      entrySize: number64(at + 56)
    };
    if (section.type !== SHT.nobits && section.type !== SHT.null) inFile(section.offset, section.size);
    return section;
  });
  const names = headers[sectionNamesIndex];
  const sections = headers.map(({ nameOffset, ...header }) => ({
    ...header,
    name: names === void 0 ? "" : cString(bytes, names.offset + nameOffset, names.offset + names.size)
  }));
  const machine = view.getUint16(18, true);
  return {
    isMachO: false,
    bytes,
    view,
    isRelocatable: view.getUint16(16, true) === ET_DYN,
    machine: machine === 62 ? "amd64" : machine === 183 ? "arm64" : "other",
    sectionTableOffset,
    sectionNamesIndex,
    sections,
    segments
  };
}
function sectionBytes(elf, section) {
  return section.type === SHT.nobits ? new Uint8Array(0) : elf.bytes.subarray(section.offset, section.offset + section.size);
}
function sameBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
var utf8 = new TextDecoder();
function cString(bytes, start2, end) {
  if (start2 < 0 || start2 >= end) return "";
  const stop = bytes.indexOf(0, start2);
  return utf8.decode(bytes.subarray(start2, stop === -1 || stop > end ? end : stop));
}
function* symbolsOf(elf) {
  for (const table of elf.sections) {
    const strings = elf.sections[table.link];
    if (table.type !== SHT.symtab && table.type !== SHT.dynsym || strings === void 0) continue;
    for (let at = table.offset; at + SYMBOL_SIZE <= table.offset + table.size; at += SYMBOL_SIZE) {
      const address = Number(elf.view.getBigUint64(at + 8, true));
      if (address === 0 || elf.view.getUint16(at + 6, true) === 0) continue;
      yield {
        name: cString(elf.bytes, strings.offset + elf.view.getUint32(at, true), strings.offset + strings.size),
        address,
        size: Number(elf.view.getBigUint64(at + 16, true)),
        isFunction: ((elf.bytes[at + 4] ?? 0) & 15) === 2
      };
    }
  }
}
var wordAt = (view, at) => view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;

// src/build/fingerprint.ts
import { createHash as createHash2 } from "node:crypto";
import { readFile as readFile7 } from "node:fs/promises";
import { join as join7, resolve as resolve6 } from "node:path";

// src/build/ldflags.ts
function splitFields(text) {
  const fields = [];
  let rest = text.trimStart();
  while (rest !== "") {
    const quote = rest[0];
    if (quote === '"' || quote === "'") {
      const end = rest.indexOf(quote, 1);
      if (end === -1) {
        throw new UserError(`-ldflags have a ${quote} without a partner: ${text}`, { hint: "service.build.ldflags" });
      }
      fields.push(rest.slice(1, end));
      rest = rest.slice(end + 1).trimStart();
    } else {
      const [field] = /^\S+/.exec(rest);
      fields.push(field);
      rest = rest.slice(field.length).trimStart();
    }
  }
  return fields;
}
function joinFields(fields) {
  return fields.map(quoteField).join(" ");
}
function quoteField(field) {
  if (field !== "" && !/[\s'"]/.test(field)) return field;
  if (!field.includes("'")) return `'${field}'`;
  if (!field.includes('"')) return `"${field}"`;
  throw new UserError(`go cannot be told a value that has single and double quotes: ${field}`, {
    hint: "the fields of -ldflags know no escapes; leave one kind of quotes out of service.inject"
  });
}
function settingFields(values2) {
  return Object.entries(values2).flatMap(([name, value]) => {
    if (!/^[^\s'"=]+\.[^\s'"=.]+$/.test(name)) {
      throw new UserError(`${name} is no variable for the linker to set`, {
        hint: "service.inject: an import path, a dot and the variable; for package main just main.version"
      });
    }
    if (value.includes("\0"))
      throw new UserError(`the value for ${name} has a NUL character`, { hint: "service.inject" });
    return ["-X", `${name}=${value}`];
  });
}
var withoutStripping = (fields) => fields.filter((field) => !/^--?[sw](?:=(?:true|1|t))?$/i.test(field));
function withoutSettings(fields) {
  return fields.filter((field, i) => !/^--?X(?:=|$)/.test(field) && !/^--?X$/.test(fields[i - 1] ?? ""));
}
function valuesOfFlag(goFlags, name) {
  const flag = new RegExp(`^--?${name}=`);
  return splitFields(goFlags).flatMap((field) => flag.test(field) ? [field.replace(flag, "")] : []);
}

// src/build/fingerprint.ts
var RUNTIME = ["GOGC", "GOMEMLIMIT", "GODEBUG"];
var CGO = ["CC", "CXX", "CGO_CFLAGS", "CGO_CXXFLAGS", "CGO_LDFLAGS"];
var buildSettings = (moduleInfo) => new Map([...moduleInfo.matchAll(/^\tbuild\t([^=\n]+)=(.*)$/gm)].map(([, key = "", value = ""]) => [key, value]));
async function fingerprintOf(prepared, goVersion, moduleInfo) {
  const { spec, toolchain } = prepared;
  const { build } = spec;
  const env = { ...spec.env, ...build.env };
  const settings = buildSettings(moduleInfo);
  const taken = (key, fallback = "") => {
    const value = settings.get(key) ?? fallback;
    settings.delete(key);
    return value;
  };
  for (const key of [...settings.keys()]) if (key.startsWith("vcs")) settings.delete(key);
  taken("-ldflags");
  const pgo = taken("-pgo");
  const cgo = taken("CGO_ENABLED", toolchain.variables["CGO_ENABLED"]);
  const { GOAMD64 = "", GOARM64 = "", GOEXPERIMENT = "" } = toolchain.variables;
  const fingerprint = [
    ["go", goVersion],
    ["GOOS", taken("GOOS", toolchain.os)],
    ["GOARCH", taken("GOARCH", toolchain.arch)],
    ["GOAMD64", taken("GOAMD64", toolchain.arch === "amd64" ? GOAMD64 : "")],
    ["GOARM64", taken("GOARM64", toolchain.arch === "arm64" ? GOARM64 : "")],
    ["GOEXPERIMENT", taken("GOEXPERIMENT", GOEXPERIMENT)],
    ["CGO_ENABLED", cgo],
    ...CGO.map((name) => [name, taken(name, cgo === "1" ? toolchain.variables[name] : "")]),
    ["DefaultGODEBUG", taken("DefaultGODEBUG")],
    ["GOFLAGS", toolchain.flags],
    ["flags", build.flags.join(" ")],
    ["tags", taken("-tags")],
    ["ldflags", joinFields(withoutSettings(splitFields(build.ldflags)))],
    ["command", build.command ?? ""],
    [
      "build env",
      Object.entries(build.env).map(([name, value]) => `${name}=${value}`).join(" ")
    ],
    ["pgo", pgo === "" ? "" : await profileHash(prepared)],
    ...[...settings].map(([key, value]) => [`build ${key}`, value]),
    ...RUNTIME.map((name) => [`env ${name}`, env[name] ?? ""])
  ];
  return Object.fromEntries(fingerprint.filter(([, value]) => value !== ""));
}
async function profileHash(prepared) {
  const { flags } = prepared.spec.build;
  const given = flags.map((flag) => /^--?pgo=(?!auto$)(.*)$/.exec(flag)?.[1]).findLast((path2) => path2 !== void 0);
  const path = given === void 0 ? profileGuide(prepared) : resolve6(prepared.spec.directory, given);
  const bytes = await readFile7(path).catch((error) => {
    if (error.code === "ENOENT") return void 0;
    throw error;
  });
  return bytes === void 0 ? "a profile that was not found" : createHash2("sha256").update(bytes).digest("hex");
}
var profileGuide = ({ packageDirectory }) => join7(packageDirectory, "default.pgo");

// src/build/main-package.ts
async function mainPackage(spec) {
  const command = listCommand(spec, "{{.Name}}|{{.ImportPath}}|{{.Dir}}|{{with .Module}}{{.Path}}|{{.Dir}}{{end}}", [
    spec.package
  ]);
  const answer = await ask(command);
  const packages = answer.stdout.split("\n").filter((line) => line !== "");
  const [name, importPath, packageDirectory, modulePath, moduleDirectory] = packages[0]?.split("|") ?? [];
  if (answer.exitCode !== 0 || importPath === void 0 || packageDirectory === void 0) {
    throw new MeasurementError(`go does not find the package ${spec.package} of ${spec.label}`, {
      hint: /go\.mod file not found/.test(answer.output) ? "make one (go mod init) and commit it, or name the directory that holds it with service.dir" : await suggestion(spec),
      detail: withCommand(answer.output, command)
    });
  }
  if (packages.length > 1) {
    throw new MeasurementError(`${spec.package} of ${spec.label} means ${packages.length} packages, not one`, {
      hint: await suggestion(spec)
    });
  }
  if (name !== "main") {
    throw new MeasurementError(
      `${spec.package} of ${spec.label} is package ${name}, not main: there is nothing to start`,
      {
        hint: await suggestion(spec)
      }
    );
  }
  const known = (text) => text === "" ? void 0 : text;
  return { importPath, packageDirectory, modulePath: known(modulePath), moduleDirectory: known(moduleDirectory) };
}
function listCommand(spec, format, packages, flags = []) {
  const { build, env, directory: cwd, signal, logFile } = spec;
  const tags = build.tags.length > 0 ? [`-tags=${build.tags.join(",")}`] : [];
  const choosing = build.flags.filter((flag) => /^--?(?:mod|modfile|overlay)=/.test(flag));
  const args = ["list", "-f", format, ...flags, ...choosing, ...tags, "--", ...packages];
  return { command: "go", args, cwd, env: { ...env, ...build.env }, signal, logFile };
}
var MOST_NAMES = 5;
async function suggestion(spec) {
  const { elsewhere = "" } = spec;
  const general = `service.package names the directory with func main, relative to service.dir${elsewhere}`;
  const { exitCode, stdout } = await ask(listCommand(spec, '{{if eq .Name "main"}}{{.Dir}}{{end}}', ["./..."]));
  const mains = stdout.split("\n").filter((dir) => dir.startsWith(spec.directory)).map((dir) => `.${dir.slice(spec.directory.length)}`);
  if (exitCode !== 0 || mains.length === 0) return general;
  const meant = nearest(spec.package, mains);
  if (meant !== void 0) return `${general}; did you mean ${meant}?`;
  return `${general}; there are: ${mains.slice(0, MOST_NAMES).join(", ")}${mains.length > MOST_NAMES ? ", \u2026" : ""}`;
}

// src/build/own-command.ts
function fillCommand(template, values2) {
  const names = Object.keys(values2);
  const marks = Object.fromEntries(names.map((name, i) => [name, `\0${i}\0`]));
  let quote = "";
  let command = "";
  for (const [piece, index] of fill(template, marks).matchAll(/\0(\d+)\0|\\[^\0]|[\s\S]/g)) {
    if (index !== void 0) {
      command += quotedFor(quote, values2[names[Number(index)]]);
      continue;
    }
    if (quote === "" && (piece === '"' || piece === "'")) quote = piece;
    else if (piece === quote) quote = "";
    else if (quote === "'" && piece === "\\'") quote = "";
    command += piece;
  }
  return command;
}
function quotedFor(quote, value) {
  if (quote === '"') return value.replace(/[\\"$`]/g, "\\$&");
  if (quote === "'") return value.replaceAll("'", "'\\''");
  return shellWord(value);
}

// src/build/build.ts
async function prepare(spec) {
  refuseOwnFlags(spec.build);
  if (!existsSync2(spec.directory)) {
    throw new MeasurementError(`${spec.label} has no directory ${spec.directory}`, {
      hint: "see service.dir and the place of perf-gate.yml"
    });
  }
  if (spec.logFile !== void 0) await mkdir3(dirname2(spec.logFile), { recursive: true });
  for (const text of spec.setup) {
    const command = commandOf(spec, "sh", ["-c", text], spec.build.env);
    const answer = await ask(command);
    if (answer.exitCode === 0) continue;
    throw new MeasurementError(`service.setup of ${spec.label} failed (exit code ${answer.exitCode}): ${text}`, {
      hint: "the commands of service.setup run with sh -c in service.dir of a fresh checkout",
      detail: withCommand(answer.output, command)
    });
  }
  const { directory, env, build, signal, logFile } = spec;
  const toolchain = await findGo({ ...env, ...build.env }, directory, { signal, logFile });
  const main = await mainPackage(spec);
  await installAgent(main.packageDirectory);
  return { spec, toolchain, ...main };
}
async function link(prepared, options) {
  const { output, inject, isComparable } = options;
  const start2 = performance.now();
  const injected = isComparable ? placeholdersFor(Object.keys(inject)) : inject;
  const command = linkCommand(prepared, options, injected);
  await mkdir3(dirname2(output), { recursive: true });
  await rm5(output, { force: true });
  const answer = await ask(command);
  if (answer.exitCode !== 0) throw buildFailed(prepared, command, answer.output);
  const elf = await readExecutable(prepared, output, command);
  const { goVersion, moduleInfo } = await readModuleInfo(prepared, output, command);
  const fingerprint = await fingerprintOf(prepared, goVersion, moduleInfo);
  const buildMs = performance.now() - start2;
  return { binary: output, elf, isComparable, injected, goVersion, moduleInfo, fingerprint, buildMs };
}
var placeholdersFor = (names) => Object.fromEntries(names.map((name) => [name, createHash3("sha1").update(`perf-gate ${name}`).digest("hex")]));
function refuseOwnFlags({ flags, command }) {
  for (const flag of command === void 0 ? flags : []) {
    const name = /^--?(o|ldflags|tags|C)(?:=|$)/.exec(flag)?.[1];
    if (name === void 0) continue;
    const isOurs = name === "o" || name === "C";
    throw new UserError(`service.build.flags has ${flag}`, {
      hint: isOurs ? "perf-gate chooses where it builds and to where" : `write it as service.build.${name}`
    });
  }
}
function linkCommand(prepared, options, injected) {
  const { spec, toolchain } = prepared;
  const { build, placeholders = {} } = spec;
  const { output, isComparable } = options;
  const given = [...build.command === void 0 ? valuesOfFlag(toolchain.flags, "ldflags") : [], build.ldflags];
  const fields = given.flatMap(splitFields);
  const ldflags = joinFields([
    ...isComparable ? [...withoutStripping(fields), "-buildid="] : fields,
    ...options.ldflags ?? [],
    ...settingFields(injected)
  ]);
  if (build.command === void 0) {
    const tags = [...valuesOfFlag(toolchain.flags, "tags"), ...build.tags].join(",");
    const args = ["build", "-trimpath", "-buildvcs=false", ...build.flags, "-o", output];
    if (tags !== "") args.push(`-tags=${tags}`);
    if (ldflags !== "") args.push(`-ldflags=${ldflags}`);
    return commandOf(spec, "go", [...args, spec.package], build.env);
  }
  const values2 = isComparable ? placeholdersFor(Object.keys(placeholders)) : placeholders;
  const script2 = fillCommand(build.command, { ...values2, output, ldflags, package: spec.package });
  const flags = [toolchain.flags, "-trimpath", "-buildvcs=false"].filter((flag) => flag !== "").join(" ");
  return commandOf(spec, "sh", ["-c", script2], { ...build.env, GOFLAGS: flags, OUTPUT: output, LDFLAGS: ldflags });
}
function commandOf({ directory: cwd, env, signal, logFile, tell }, command, args, added) {
  return { command, args, cwd, env: { ...env, ...added }, shownEnv: added, signal, logFile, tell };
}
function buildFailed({ spec }, command, output) {
  const detail = withCommand(output, command);
  if (/^[^:\n]*perf_gate_agent\w*\.go:\d+/m.test(output)) {
    return new MeasurementError(`the agent of perf-gate does not compile in ${spec.package} of ${spec.label}`, {
      hint: "this is a bug of perf-gate: please report it with the lines below",
      detail
    });
  }
  return new MeasurementError(`the build of ${spec.label} failed`, { hint: hintForBuild(spec, output), detail });
}
function hintForBuild(spec, output) {
  if (/no space left on device|disk quota exceeded/i.test(output))
    return `free some space: both sides are built in ${spec.env["TMPDIR"] ?? "TMPDIR"}, and go keeps its cache in GOCACHE`;
  if (spec.build.command !== void 0)
    return "service.build.command runs with sh -c in service.dir of a fresh checkout";
  const hint = `does \`go build ${spec.package}\` work there? Generated code belongs into service.setup, tags and settings into service.build`;
  return spec.label === "base" ? `${hint}. With --base another commit is compared with` : hint;
}
async function readExecutable({ spec, importPath }, output, command) {
  const bytes = await readFile8(output).catch((error) => {
    if (error.code === "ENOENT" || error.code === "EISDIR") return void 0;
    throw error;
  });
  const isOwn = spec.build.command !== void 0;
  if (bytes === void 0) {
    throw new MeasurementError(`the build of ${spec.label} succeeded, but there is no executable ${output}`, {
      hint: isOwn ? "service.build.command must write the executable to {output}, which is $OUTPUT too" : `does \`go build -o x ${spec.package}\` write an executable x there?`,
      detail: withCommand("", command)
    });
  }
  const elf = parseElf(bytes, `the executable of ${spec.label}`);
  if (!bytes.includes(`\0${AGENT_ANCHOR}\0`)) {
    throw new MeasurementError(
      `the executable of ${spec.label} has no agent in it: the command built something else than ${importPath} of this checkout`,
      {
        hint: "service.build.command must build service.package, with go, in the directory that it is run in",
        detail: withCommand("", command)
      }
    );
  }
  return elf;
}
async function readModuleInfo({ spec, importPath }, output, command) {
  const question = commandOf(spec, "go", ["version", "-m", output], spec.build.env);
  const answer = await ask(question);
  const [first = "", ...lines] = answer.stdout.split("\n");
  const goVersion = /: (go\d\S*|devel .*)/.exec(first.slice(output.length))?.[1];
  if (answer.exitCode !== 0 || goVersion === void 0) {
    throw new MeasurementError(`the executable of ${spec.label} does not tell how it was built`, {
      hint: "perf-gate needs the build information that the Go linker writes",
      detail: withCommand(answer.output, question)
    });
  }
  const moduleInfo = lines.join("\n").trimEnd();
  const path = /^\tpath\t(.*)$/m.exec(moduleInfo)?.[1];
  if (path !== void 0 && path !== importPath && path !== "command-line-arguments") {
    throw new MeasurementError(`the command of ${spec.label} built ${path}, not ${importPath}`, {
      hint: "service.build.command and service.package must name the same package",
      detail: withCommand("", command)
    });
  }
  return { goVersion, moduleInfo };
}

// src/build/inject.ts
import { readFile as readFile9, rm as rm6 } from "node:fs/promises";
import { join as join8 } from "node:path";

// src/build/declarations.ts
function declarationsIn(source) {
  const found = [];
  let depth = 0;
  let group;
  for (const line of blanked(source).split("\n")) {
    const start2 = depth === 0 ? /^\s*(var|const)\b\s*(.*)$/.exec(line) : null;
    const keyword = start2?.[1] ?? group;
    const text = start2?.[2] ?? line;
    if (start2 !== null && /^\(/.test(text)) {
      group = keyword;
      for (const spec of text.slice(1).split(";")) found.push(...declared(keyword, spec.replace(/\)\s*$/, "")));
    } else if (start2 !== null || group !== void 0 && depth === 1) {
      for (const spec of text.split(";")) found.push(...declared(keyword, spec));
    }
    for (const bracket of line.match(/[()[\]{}]/g) ?? []) depth += "([{".includes(bracket) ? 1 : -1;
    if (depth === 0) group = void 0;
  }
  return found;
}
function declared(keyword, spec) {
  const [, names, rest] = /^\s*([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)(.*)$/su.exec(spec) ?? [];
  if (names === void 0 || rest === void 0) return [];
  const equals = rest.indexOf("=");
  const type = (equals === -1 ? rest : rest.slice(0, equals)).trim();
  const values2 = equals === -1 ? [] : topLevel(rest.slice(equals + 1));
  return names.split(",").map((name, i) => ({
    name: name.trim(),
    kind: keyword === "const" ? "constant" : kindOf(type, values2[i]?.trim() ?? (equals === -1 ? void 0 : values2[0]))
  }));
}
function kindOf(type, value) {
  if (type !== "" && type !== "string") return "other";
  if (value === void 0) return type === "string" ? "text" : "other";
  const plain = value.replace(/\bstring\(\s*""\s*\)/g, '""');
  if (/[({]/.test(plain)) return /^func\b|^&|^(?:map|struct)\b|^\[/.test(plain.trim()) ? "other" : "call";
  return /^[\d'&*<!-]|^(?:true|false|nil|iota)\b/.test(plain.trim()) ? "other" : "text";
}
function topLevel(text) {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if ("([{".includes(char)) depth++;
    else if (")]}".includes(char)) depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts;
}
function blanked(source) {
  return source.replace(
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
    (token) => token.startsWith("//") ? "" : token.startsWith("/*") ? token.replace(/[^\n]/g, "") : token[0] === "'" ? "''" : '""'
  );
}

// src/build/inject.ts
async function proveInjected(prepared, build) {
  const variables = Object.keys(build.injected);
  if (variables.length === 0) return [];
  const set = await variablesSetIn(prepared, build);
  const packages = await packagesOf(prepared, [...new Set(variables.map((variable) => split(variable).path))]);
  const problems = [];
  for (const variable of variables) {
    const { path, name } = split(variable);
    const declarations = packages.get(path);
    const declared2 = declarations?.find((declaration) => declaration.name === name);
    if (set.has(variable) && declared2?.kind !== "call") continue;
    problems.push({
      variable,
      ...declarations === void 0 ? noPackage(prepared, variable) : declared2 === void 0 ? noVariable(variable, declarations) : unsettable(variable, declared2),
      isMissing: declared2 === void 0
    });
  }
  const isOlder2 = prepared.spec.label === "base" && problems.every(({ isMissing: isMissing2 }) => isMissing2);
  if (problems.length > 0 && !isOlder2) {
    const [first, ...others] = problems;
    throw new MeasurementError(first.message, {
      hint: `${first.hint} (service.inject in perf-gate.yml)`,
      ...others.length > 0 ? { detail: others.map(({ message, hint }) => `${message}: ${hint}`).join("\n") } : {}
    });
  }
  return problems.map(({ variable, message, hint }) => ({ variable, message, hint }));
}
function split(variable) {
  const dot = variable.lastIndexOf(".");
  return { path: variable.slice(0, dot), name: variable.slice(dot + 1) };
}
async function variablesSetIn(prepared, build) {
  const texts = textsSetIn(build.elf);
  if (texts !== void 0) {
    return new Set(Object.keys(build.injected).filter((variable) => texts.get(variable) === build.injected[variable]));
  }
  if (build.isComparable) return variablesHeldBy(build.elf.bytes, build.injected);
  const output = `${build.binary}.proof`;
  try {
    const proof = await link(prepared, { output, inject: build.injected, isComparable: true });
    return await variablesSetIn(prepared, proof);
  } finally {
    await rm6(output, { force: true });
  }
}
function textsSetIn(elf) {
  const texts = /* @__PURE__ */ new Map();
  for (const { name, address, size } of symbolsOf(elf)) {
    if (!name.endsWith(".str")) continue;
    const segment = elf.segments.find((s) => address >= s.address && address + size <= s.address + s.fileSize);
    const start2 = segment === void 0 ? 0 : segment.offset + address - segment.address;
    const text = new TextDecoder().decode(elf.bytes.subarray(start2, start2 + (segment === void 0 ? 0 : size - 1)));
    texts.set(
      name.slice(0, -".str".length).replace(/%([0-9a-f]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
      text
    );
  }
  return texts.has("runtime.buildVersion") ? texts : void 0;
}
function variablesHeldBy(bytes, placeholders) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isHeld = ([variable, placeholder]) => {
    for (let at = file.indexOf(placeholder); at !== -1; at = file.indexOf(placeholder, at + 1)) {
      const before = `${variable}=`;
      if (file.toString("utf8", Math.max(0, at - Buffer.byteLength(before)), at) !== before) return true;
    }
    return false;
  };
  return new Set(
    Object.entries(placeholders).filter(isHeld).map(([variable]) => variable)
  );
}
async function packagesOf(prepared, paths) {
  const found = /* @__PURE__ */ new Map();
  const { spec } = prepared;
  const format = "{{.ImportPath}}|{{.Name}}|{{.Dir}}{{range .GoFiles}}|{{.}}{{end}}{{range .CgoFiles}}|{{.}}{{end}}";
  const answer = await ask(listCommand(spec, `{{if not .Standard}}${format}{{end}}`, [spec.package], ["-deps"]));
  for (const line of answer.stdout.split("\n")) {
    const [importPath = "", name, directory = "", ...files] = line.split("|");
    const path = name === "main" ? "main" : importPath;
    if (!paths.includes(path)) continue;
    const sources = await Promise.all(files.map((file) => readFile9(join8(directory, file), "utf8")));
    found.set(path, sources.flatMap(declarationsIn));
  }
  return found;
}
function noPackage({ importPath, spec }, variable) {
  const { path, name } = split(variable);
  if (path === importPath) {
    return {
      message: `${variable} cannot be set in ${spec.label}: the linker calls package main by its name alone`,
      hint: `write main.${name}`
    };
  }
  return {
    message: `${variable} cannot be set in ${spec.label}: package ${path} is no part of ${importPath}`,
    hint: "the name is the import path of a package in the build, a dot and the variable"
  };
}
function noVariable(variable, declarations) {
  const { path, name } = split(variable);
  const texts = declarations.filter(({ kind }) => kind === "text").map((declaration) => declaration.name);
  const meant = nearest(name, texts);
  return {
    message: `${variable} cannot be set: package ${path} has no such variable`,
    hint: texts.length === 0 ? `package ${path} has no string variables at all` : `${meant === void 0 ? "" : `did you mean ${path}.${meant}? `}its string variables: ${texts.join(", ")}`
  };
}
function unsettable(variable, { name, kind }) {
  const cannot = `${variable} cannot be set:`;
  switch (kind) {
    case "constant":
      return { message: `${cannot} it is a constant`, hint: `write var ${name} = "\u2026"` };
    case "call":
      return {
        message: `${cannot} a call gives it its value when the program starts, and overwrites what the linker has put in`,
        hint: `write var ${name} = "\u2026" with a literal, or var ${name} string`
      };
    case "other":
      return { message: `${cannot} it is no string`, hint: `write var ${name} = "\u2026"` };
    case "text":
      return {
        message: `${cannot} nothing in the program uses it, so the linker left it out`,
        hint: "use it, or do not inject it"
      };
  }
}

// src/measure/bench.ts
import { mkdirSync as mkdirSync2, rmSync as rmSync2 } from "node:fs";
import { join as join11 } from "node:path";
import { setTimeout as sleep4 } from "node:timers/promises";

// src/load/check.ts
var FailedRequests = class extends MeasurementError {
  /** The first of them and what came of it; undefined where nobody told. */
  first;
  /** That one got no whole answer: its connection broke, or its time was over. */
  isBroken;
  constructor(message, options, { first, isBroken }) {
    super(message, options);
    this.first = first;
    this.isBroken = isBroken;
  }
};
var BUSY_GENERATOR = 0.7;
function checkLoad(result, check) {
  const { tolerated, label } = check;
  const { requests, failed, stoppedEarly, firstFailure } = result;
  const attempted = requests + failed;
  const share = attempted === 0 ? 0 : failed / attempted;
  if (stoppedEarly || share > tolerated) throw tooManyFailures(result, check, share);
  if (requests === 0) {
    const when = result.mode === "window" ? ` within ${(result.durationMs / 1e3).toPrecision(2)} s` : "";
    const { tool } = check;
    if (tool !== void 0) {
      throw new MeasurementError(`${tool.name} sent not one request to ${label}`, {
        hint: "see that load.command sends some, and to the right address",
        detail: said(tool)
      });
    }
    throw new MeasurementError(`not one request to ${label} succeeded${when}`, {
      hint: result.mode === "window" ? "name requests that it answers sooner" : "send at least one",
      ...firstFailure === void 0 ? {} : { detail: describeFailure(firstFailure) }
    });
  }
  const { generatorCpuShare } = result;
  const isBusy2 = result.mode === "window" && generatorCpuShare > BUSY_GENERATOR;
  return isBusy2 ? [{ code: "generator-bottleneck", cpuShare: generatorCpuShare }] : [];
}
function describeFailure(failure) {
  const { line, status, expected, bodyStart, error, notCaptured, wrong } = failure;
  if (error !== void 0) return status === void 0 ? `${line}: ${error}` : `${line} answered ${status}: ${error}`;
  if (wrong !== void 0)
    return `${line} answered ${status}, but ${wrong}${bodyStart ? `: ${JSON.stringify(bodyStart)}` : ""}`;
  const body = bodyStart ? `: ${JSON.stringify(bodyStart)}` : ", no body";
  if (notCaptured !== void 0) return `${line} answered ${status} without ${notCaptured}${body}`;
  return `${line} answered ${status}, expected ${expected}${body}`;
}
var said = ({ name, lastWords }) => `the last lines of ${name}:
${lastWords}`;
function tooManyFailures(result, { tolerated, label, log, tool }, share) {
  const { requests, failed, stoppedEarly, firstFailure } = result;
  const counted = `${percent(share)} of the requests to ${label} failed (${failed} of ${requests + failed})`;
  const given = stoppedEarly ? ", the last of them all in a row, so it was given up" : "";
  const allowed = tolerated > 0 ? `, tolerated are ${percent(tolerated)}` : "";
  const first = firstFailure === void 0 ? "" : `the first: ${describeFailure(firstFailure)}`;
  const isRefused = firstFailure?.error === void 0 && (firstFailure?.status ?? 0) < 500;
  const hasNoCapture = firstFailure?.notCaptured !== void 0;
  const isCold = requests === 0 && firstFailure?.status === 503;
  const isWrong = firstFailure?.wrong !== void 0;
  const serviceSaid = isRefused && !isWrong ? "" : log?.() ?? "";
  const options = {
    hint: tool !== void 0 ? "the service must answer every request of load.command; load.errors is the share that may fail" : hasNoCapture ? 'correct "capture" of the request: what it names must be in every response' : isWrong ? "correct the request under load.requests, or set its expect to the answer that is right" : isRefused ? "correct the request under load.requests, or set its expect to the status that is right" : isCold ? "is it not ready yet when service.ready says so? name a request there that it answers only when it can serve" : "the service must answer every request, in full and within load.timeout",
    detail: [
      first,
      tool === void 0 ? "" : said(tool),
      serviceSaid === "" ? "" : `the service's last lines:
${serviceSaid}`
    ].filter((part) => part !== "").join("\n")
  };
  return new FailedRequests(`${counted}${given}${allowed}`, options, {
    first: firstFailure && describeFailure(firstFailure),
    isBroken: tool === void 0 && firstFailure?.error !== void 0
  });
}
function percent(share) {
  const digits = share === 0 || share >= 0.1 ? 0 : share >= 1e-3 ? 1 : 4;
  return `${(share * 100).toFixed(digits)} %`;
}

// src/load/command.ts
import { appendFileSync as appendFileSync2, closeSync, openSync, readSync, rmSync, statSync as statSync2 } from "node:fs";
import { join as join9 } from "node:path";

// src/load/command-runs.ts
var LEAST_PART = 0.2;
function firstAmount({ unit }, goal, { firstCount, connections }) {
  if (unit === "seconds") return goal.mode === "window" ? wholeSeconds(goal.durationMs) : 1;
  return Math.max(connections, goal.mode === "count" ? goal.count : firstCount);
}
var wholeSeconds = (ms) => Math.max(1, Math.ceil(ms / 1e3));
function nextAmount({ unit }, goal, { connections }, runs) {
  const { requests, durationMs } = totalOf(runs);
  const last2 = runs.at(-1);
  if (goal.mode === "count") {
    if (unit === "requests" || requests >= goal.count) return 0;
    return last2.requests === 0 ? 2 * last2.amount : wholeSeconds((goal.count - requests) * (durationMs / requests));
  }
  const left = goal.durationMs - durationMs;
  if (unit === "seconds" || left < LEAST_PART * goal.durationMs) return 0;
  return Math.max(connections, Math.round(left * (last2.requests / Math.max(1, last2.durationMs))));
}
var totalOf = (runs) => ({
  requests: runs.reduce((total, { requests }) => total + requests, 0),
  failed: runs.reduce((total, { failed }) => total + failed, 0),
  durationMs: runs.reduce((total, { durationMs }) => total + durationMs, 0)
});
function resultOf({ mode }, runs, tool) {
  const byStatus2 = {};
  for (const run of runs)
    for (const [status, count] of Object.entries(run.byStatus)) byStatus2[status] = (byStatus2[status] ?? 0) + count;
  const longest = runs.reduce((a, b) => b.requests > a.requests ? b : a);
  const failing = runs.find(({ failed }) => failed > 0);
  return {
    mode,
    ...totalOf(runs),
    byStatus: byStatus2,
    latencyMs: longest.latencyMs,
    bytesReceived: runs.reduce((total, { bytesReceived }) => total + bytesReceived, 0),
    generatorCpuShare: 0,
    stoppedEarly: false,
    ...failing && {
      firstFailure: {
        request: tool.name,
        line: tool.name,
        expected: "success",
        error: plainText(failing.error ?? `${failing.failed} failed`).slice(0, 300)
      }
    }
  };
}

// src/load/command.ts
var MOST_RUNS = 6;
async function runLoadCommand(command, goal, load) {
  const runs = [];
  let lastWords = "";
  for (let amount = firstAmount(command, goal, load); amount > 0 && runs.length < MOST_RUNS; ) {
    const startedMs = load.world.monotonicMs();
    const { tally, said: said2 } = await runOnce(command, amount, load);
    lastWords = said2;
    const elapsedMs = load.world.monotonicMs() - startedMs;
    runs.push({ ...withUnanswered(tally, command, load), amount, durationMs: tally.durationMs ?? elapsedMs });
    const { failed, requests } = totalOf(runs);
    if (failed > load.tolerated * (failed + requests)) break;
    amount = nextAmount(command, goal, load, runs);
  }
  return { result: resultOf(goal, runs, command.tool), lastWords };
}
function withUnanswered(tally, { unit }, { connections }) {
  const underWay = unit === "seconds" ? connections : 0;
  const lost = Math.max(0, (tally.unanswered ?? 0) - underWay);
  if (lost === 0) return tally;
  return { ...tally, failed: tally.failed + lost, error: tally.error ?? `${lost} requests were never answered` };
}
async function runOnce(command, amount, load) {
  const { tool } = command;
  const summary = join9(load.scratch, `${load.side}-${load.port}.summary`);
  const values2 = {
    url: load.url,
    port: String(load.port),
    socket: load.socket,
    requests: String(amount),
    seconds: String(amount),
    connections: String(load.connections),
    side: load.side,
    dir: load.checkout,
    summary
  };
  const filled = fillCommand(command.template, values2);
  const timeoutMs = load.timeoutMs + (command.unit === "seconds" ? amount * 1e3 : 0);
  try {
    const answer = await runCommand({
      command: filled,
      cwd: command.directory,
      env: defined(load.world.env),
      run: load.run,
      cores: load.cores,
      timeoutMs,
      signal: load.signal
    });
    const { clean } = load.world.secrets;
    const said2 = clean(lastWordsOf(answer));
    const detail = [`$ ${clean(filled)}`, said2].join("\n").trimEnd();
    appendToLog(load.logFile, `${detail}
`);
    checkEnd(answer, tool, timeoutMs, detail);
    return { tally: read2(tool, { stdout: answer.stdout, summary: textOf(summary) }, detail), said: said2 };
  } finally {
    rmSync(summary, { force: true });
  }
}
function checkEnd({ end, exitCode, stderr }, tool, timeoutMs, detail) {
  if (end === "late") {
    throw new MeasurementError(`load.command was not over within ${timeoutMs / 1e3} s`, {
      hint: "see that it ends by itself; set load.timeout to how long one run of it may take",
      detail
    });
  }
  if (end === "too much output") {
    throw new MeasurementError(`load.command wrote more than ${LARGEST_STDOUT_BYTES / 1e6} MB`, {
      hint: `let it write its report alone: ${tool.usage}`,
      detail
    });
  }
  if (exitCode === NOT_FOUND) throw notInstalled(tool, plainText(stderr).trim().split("\n").at(-1) ?? "", detail);
  if (exitCode === 0 || tool.otherExitCodes?.includes(exitCode) === true) return;
  throw new MeasurementError(`load.command failed (exit code ${exitCode})`, {
    hint: "its last lines are above: correct load.command, or what it needs to run",
    detail
  });
}
function read2(tool, output, detail) {
  try {
    return tool.tally(output);
  } catch (cause) {
    if (!(cause instanceof UnreadableOutput)) throw cause;
    throw new MeasurementError(`what load.command wrote is no report of ${tool.name}: ${cause.message}`, {
      hint: tool.usage,
      detail,
      cause
    });
  }
}
var SHOWN_LINES2 = 20;
var SHOWN_CHARACTERS = 4e3;
function lastWordsOf({ stdout, stderr }) {
  const ends = [stdout, stderr].map((text) => {
    const end = plainText(text.slice(-2 * SHOWN_CHARACTERS)).trimEnd();
    return end.split("\n").slice(-SHOWN_LINES2).join("\n").slice(-SHOWN_CHARACTERS);
  });
  return ends.filter((end) => end !== "").join("\n");
}
var LARGEST_LOG_BYTES = 4e6;
function appendToLog(file, text) {
  if ((statSync2(file, { throwIfNoEntry: false })?.size ?? 0) < LARGEST_LOG_BYTES) appendFileSync2(file, text);
}
function textOf(file) {
  const about = statSync2(file, { throwIfNoEntry: false });
  if (about?.isFile() !== true) return void 0;
  const bytes = Buffer.alloc(Math.min(about.size, LARGEST_STDOUT_BYTES));
  const descriptor = openSync(file, "r");
  try {
    return bytes.toString("utf8", 0, readSync(descriptor, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

// src/service/client.ts
var import_undici = __toESM(require_undici(), 1);

// src/service/port.ts
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
var LOOPBACK = "127.0.0.1";
var FIRST = 1e4;
var COUNT = 22768;
var next = randomInt(COUNT);
async function freePort() {
  for (let tried = 0; tried < COUNT; tried++) {
    const port = FIRST + next;
    next = (next + 1) % COUNT;
    if (await canListen(port)) return port;
  }
  throw new Error(`no loopback port from ${FIRST} on is free`);
}
async function canListen(port) {
  const server = createServer().listen(port, LOOPBACK);
  try {
    await once(server, "listening");
    return true;
  } catch (error) {
    const { code } = error;
    if (code === "EADDRINUSE" || code === "EACCES") return false;
    throw error;
  } finally {
    if (server.listening) await new Promise((resolve7) => server.close(resolve7));
  }
}
function isListening(place, timeoutMs = 1e3) {
  return new Promise((resolve7) => {
    const { port, socket: path } = place;
    const socket = path === void 0 ? connect({ host: LOOPBACK, port }) : connect({ path });
    const answer = (listening) => {
      socket.destroy();
      resolve7(listening);
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

// src/service/client.ts
function originOf({ protocol, port, socket }) {
  const scheme = isEncrypted(protocol) ? "https" : "http";
  return socket === void 0 ? `${scheme}://${LOOPBACK}:${port}` : `${scheme}://localhost`;
}
var placeOf = ({ port, socket }) => socket === void 0 ? `port ${port}` : `the socket ${socket}`;
function openClient(address, timeoutMs) {
  const options = {
    pipelining: 1,
    headersTimeout: 0,
    // the time-out of a request is its sender's: undici's bodyTimeout restarts with every chunk
    bodyTimeout: 0,
    keepAliveTimeout: 6e5,
    pingInterval: 0
    // nothing may reach the service that is no request
  };
  const { protocol, socket, tls } = address;
  const connect2 = {
    timeout: timeoutMs,
    ...socket === void 0 ? {} : { socketPath: socket },
    ...isEncrypted(protocol) ? trusting(tls) : {}
  };
  if (protocol === "h2c") return new import_undici.H2CClient(originOf(address), { ...options, connect: connect2 });
  return new import_undici.Client(originOf(address), { ...options, connect: protocol === "h2" ? onlyHttp2(connect2) : connect2 });
}
var isEncrypted = (protocol) => protocol === "https" || protocol === "h2";
function onlyHttp2(options) {
  const connect2 = (0, import_undici.buildConnector)({ ...options, allowH2: true });
  return (target, callback) => connect2(target, (...[error, connection]) => {
    if (error !== null) callback(error, null);
    else if ("alpnProtocol" in connection && connection.alpnProtocol === "h2") callback(null, connection);
    else {
      connection.destroy();
      callback(new Error("it does not offer HTTP/2: there is no h2 in its ALPN"), null);
    }
  });
}
function trusting(trust) {
  const { ca, serverName } = trust ?? {};
  return {
    rejectUnauthorized: ca !== void 0,
    ...ca === void 0 ? {} : { ca },
    // Without a name to hold against it, a certificate for any name will do.
    ...serverName === void 0 ? { checkServerIdentity: () => void 0 } : { servername: serverName }
  };
}

// src/load/connection.ts
var KEPT_BODY_BYTES = 2048;
var MOST_READ_BYTES = 4e6;
var LATE_MS = 500;
var writtenMs = /* @__PURE__ */ new WeakMap();
var Connection = class {
  #client;
  #run;
  #values = /* @__PURE__ */ new Map();
  #sequence = [];
  #step = 0;
  #request;
  #options;
  #controller;
  #startedMs = 0;
  #startedAwakeMs = 0;
  #isLate = false;
  #isSentAgain = false;
  #isAnswered = false;
  #status = 0;
  #headers = {};
  #bytes = 0;
  #kept = [];
  #keptBytes = 0;
  #done = () => void 0;
  constructor(client, run) {
    this.#client = client;
    this.#run = run;
  }
  /** Resolves when the run has no further request and the last one here is complete. */
  work() {
    return new Promise((resolve7) => {
      this.#done = resolve7;
      this.#next(this.#run.monotonicMs());
    });
  }
  /** Fails the request under way if it has had its time. */
  expire(awakeMs) {
    if (this.#request === void 0 || awakeMs - this.#startedAwakeMs <= this.#run.timeoutMs) return;
    this.#controller?.abort(
      new Error(`no complete response within ${this.#run.timeoutMs / 1e3} s (${this.#bytes} bytes of its body came)`)
    );
  }
  #next(nowMs) {
    if (this.#step === this.#sequence.length) {
      this.#sequence = this.#run.take(nowMs) ?? [];
      this.#step = 0;
    }
    if (this.#sequence.length === 0 || !this.#run.issue()) {
      this.#done();
      return;
    }
    this.#request = this.#sequence[this.#step++];
    this.#startedMs = nowMs;
    this.#startedAwakeMs = this.#run.awakeMs(nowMs);
    this.#isSentAgain = false;
    this.#options = this.#request.options(this.#values);
    this.#send();
  }
  #send() {
    this.#controller = void 0;
    this.#isAnswered = false;
    this.#status = 0;
    this.#bytes = 0;
    this.#client.dispatch(this.#options, this);
  }
  onRequestStart(controller) {
    this.#controller = controller;
    const now = this.#run.monotonicMs();
    this.#isLate = now - (writtenMs.get(this.#client) ?? this.#startedMs) >= LATE_MS;
    writtenMs.set(this.#client, now);
  }
  onResponseStart(_, status, headers) {
    this.#isAnswered = true;
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    this.#kept = [];
    this.#keptBytes = 0;
  }
  onResponseData(controller, chunk) {
    this.#bytes += chunk.length;
    const wanted = this.#wantedBytes;
    if (this.#keptBytes < wanted) {
      const part = Buffer.from(chunk.subarray(0, wanted - this.#keptBytes));
      this.#kept.push(part);
      this.#keptBytes += part.length;
    }
    if (this.#bytes > this.#run.maxBodyBytes) {
      controller.abort(new Error(`the response is larger than ${this.#run.maxBodyBytes / 1e6} MB`));
    }
  }
  /** Of the body that is coming: to look into it, or to be shown. */
  get #wantedBytes() {
    const { captures, check, isExpected: isExpected2 } = this.#request;
    if (isExpected2(this.#status)) return captures.length > 0 || check.needsBody(this.#headers) ? MOST_READ_BYTES : 0;
    return this.#run.hasFailure ? 0 : KEPT_BODY_BYTES;
  }
  onResponseEnd(controller, trailers) {
    const now = this.#run.monotonicMs();
    const request3 = this.#request;
    const failure = request3.isExpected(this.#status) ? this.#faultOf(request3, controller, trailers) : { body: Buffer.concat(this.#kept) };
    if (failure === void 0) this.#run.succeed(request3, this.#status, this.#bytes, this.#startedMs, now);
    else this.#fail({ status: this.#status, ...failure });
    this.#request = void 0;
    if (this.#run.pace !== void 0) void this.#run.pace().then(() => this.#next(this.#run.monotonicMs()));
    else this.#next(now);
  }
  /** What is wrong with an answer whose status is right; keeps what the requests behind need of it. */
  #faultOf({ captures, check }, controller, trailers) {
    if (!this.#isWhole()) return { error: WRONG_LENGTH };
    if (captures.length === 0 && !check.applies(this.#headers)) return void 0;
    const body = Buffer.concat(this.#kept);
    const response = { headers: this.#headers, trailers: { ...trailers, ...trailersOf(controller) }, body };
    const isCut = this.#bytes > this.#keptBytes;
    const tooLong = `it is longer than ${MOST_READ_BYTES / 1e6} MB`;
    const shown3 = body.subarray(0, KEPT_BODY_BYTES);
    const wrong = isCut && check.needsBody(this.#headers) ? { what: tooLong } : check.wrongIn(response);
    if (wrong !== void 0)
      return { wrong: wrong.what, body: wrong.said === void 0 ? shown3 : Buffer.from(wrong.said) };
    for (const { name, capture } of captures) {
      const value = isCut ? tooLong : capture(response);
      if (typeof value === "string") return { body: shown3, notCaptured: `"${name}" (${value})` };
      this.#values.set(name, value);
    }
    return void 0;
  }
  /** undici takes an HTTP/2 stream that the service gives up (RST_STREAM with NO_ERROR or CANCEL) for one that is whole. */
  #isWhole() {
    const announced = this.#headers["content-length"];
    if (announced === void 0 || Number(announced) === this.#bytes) return true;
    return this.#status === 204 || this.#status === 304 || this.#request.spec.method === "HEAD";
  }
  onResponseError(_controller, error) {
    if (isClosing(error) && this.#isLate && !this.#isAnswered && !this.#isSentAgain && this.#run.sendAgain()) {
      this.#isSentAgain = true;
      setImmediate(() => this.#send());
      return;
    }
    const status = this.#status === 0 ? {} : { status: this.#status };
    this.#fail({ ...status, error: describeError(error) });
    this.#request = void 0;
    setImmediate(() => this.#next(this.#run.monotonicMs()));
  }
  /** What stands behind a request that failed in its sequence would fail for its sake, and is not sent. */
  #fail(failure) {
    this.#run.fail(this.#request, { path: this.#options.path, ...failure }, this.#bytes);
    this.#step = this.#sequence.length;
  }
};
function trailersOf({ rawTrailers }) {
  return typeof rawTrailers === "object" && !Array.isArray(rawTrailers) ? rawTrailers : {};
}
var WRONG_LENGTH = "the body does not have the length that its content-length says";
var codeOf2 = (error) => error.code ?? "";
var isClosing = (error) => ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"].includes(codeOf2(error));
function describeError(error) {
  if (isClosing(error)) return `the connection was closed before the response was complete (${error.message})`;
  switch (codeOf2(error)) {
    case "ECONNREFUSED":
      return "the connection was refused";
    case "UND_ERR_RES_CONTENT_LENGTH_MISMATCH":
      return WRONG_LENGTH;
    default:
      return error.message;
  }
}

// src/load/latency.ts
var LEAST_MS = 1e-3;
var LOG_WIDTH = Math.log(1.01);
var BUCKETS = 2400;
var LatencyHistogram = class {
  #counts = new Uint32Array(BUCKETS);
  #count = 0;
  #sumMs = 0;
  #maxMs = 0;
  record(ms) {
    const bucket = ms <= LEAST_MS ? 0 : Math.min(BUCKETS - 1, Math.ceil(Math.log(ms / LEAST_MS) / LOG_WIDTH));
    this.#counts[bucket]++;
    this.#count++;
    this.#sumMs += ms;
    if (ms > this.#maxMs) this.#maxMs = ms;
  }
  /** Quantiles to 0.5 %, mean and maximum exact; undefined where nothing was recorded. */
  summary() {
    if (this.#count === 0) return void 0;
    return {
      p50: this.#quantile(0.5),
      p90: this.#quantile(0.9),
      p99: this.#quantile(0.99),
      max: this.#maxMs,
      mean: this.#sumMs / this.#count
    };
  }
  #quantile(q) {
    const rank = Math.ceil(q * this.#count);
    let seen = 0;
    let bucket = 0;
    while (bucket < BUCKETS && seen + this.#counts[bucket] < rank) seen += this.#counts[bucket++];
    return Math.min(this.#maxMs, LEAST_MS * Math.exp((bucket - 0.5) * LOG_WIDTH));
  }
};

// src/load/search.ts
import { createContext, Script } from "node:vm";
var LONGEST_MS = 1e3;
var values = {};
var context = createContext(values);
var script = new Script("pattern.exec(text)");
function search(pattern, text) {
  values.pattern = pattern;
  values.text = text;
  try {
    return script.runInContext(context, { timeout: LONGEST_MS });
  } catch (error) {
    if (error.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return `${pattern.source} was not matched within ${LONGEST_MS / 1e3} s`;
  } finally {
    values.text = "";
  }
}

// src/load/capture.ts
function captureOf(written) {
  switch (written.from) {
    case "json": {
      const steps = parseJsonPath(written.path);
      return ({ body }) => fromJson(body, steps, written.path);
    }
    case "header": {
      const { name } = written;
      const pattern = written.match === void 0 ? void 0 : new RegExp(written.match, "u");
      return ({ headers }) => {
        const value = [headers[name] ?? []].flat()[0];
        if (value === void 0) return `it has no header ${name}`;
        return pattern === void 0 ? textual(value) : matched(value, pattern, `its header ${name}`);
      };
    }
    case "text": {
      const pattern = new RegExp(written.match, "u");
      return ({ body }) => matched(body.toString("utf8"), pattern, "its text");
    }
  }
}
function jsonIn2(body) {
  try {
    return { value: JSON.parse(body.toString("utf8")) };
  } catch {
    return void 0;
  }
}
function valueAt(document, steps) {
  let value = document;
  for (const step of steps) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return void 0;
    value = value[step];
  }
  return { value };
}
function fromJson(body, steps, path) {
  const document = jsonIn2(body);
  if (document === void 0) return "it is not JSON";
  const found = valueAt(document.value, steps);
  if (found === void 0) return `${path} leads to nothing`;
  const { value } = found;
  switch (typeof value) {
    case "string":
      return textual(value);
    case "number":
      if (Number.isInteger(value) && !Number.isSafeInteger(value)) return `${path} is too large: take it by a "match"`;
      return { text: String(value), json: String(value) };
    case "boolean":
      return { text: String(value), json: String(value) };
    default:
      return `${path} is ${value === null ? "null" : Array.isArray(value) ? "a list" : "a map"}`;
  }
}
function matched(text, pattern, where) {
  const found = search(pattern, text);
  if (typeof found === "string") return found;
  if (found === null) return `${where} does not match ${pattern.source}`;
  return textual(found[1] ?? found[0]);
}
var textual = (text) => ({ text, json: JSON.stringify(text) });
function templateOf(text, names, place) {
  const isUsed = [...text.matchAll(PLACEHOLDER)].some(([, quoted, plain]) => names.has(quoted ?? plain ?? ""));
  if (!isUsed) return text;
  return (values2) => text.replaceAll(PLACEHOLDER, (written, quoted, plain, at) => {
    const value = values2.get(quoted ?? plain ?? "");
    if (value === void 0) return written;
    if (place === "path" && at === 0) return linkTo(value.text);
    if (plain !== void 0) return ESCAPED[place](value.text);
    return place === "json" ? value.json : `"${ESCAPED[place](value.text)}"`;
  });
}
var PLACEHOLDER = /"\{([A-Za-z][A-Za-z0-9_]*)\}"(?!:)|\{([A-Za-z][A-Za-z0-9_]*)\}/g;
function linkTo(text) {
  try {
    const { pathname, search: search2 } = new URL(text, "http://localhost");
    return pathname + search2;
  } catch {
    return `/${encodeURIComponent(text)}`;
  }
}
var ESCAPED = {
  path: encodeURIComponent,
  header: (text) => text,
  text: (text) => text,
  json: (text) => JSON.stringify(text).slice(1, -1)
};

// src/load/answer.ts
function answerCheckOf(expected, contentType) {
  const ofHeaders = headerCheckOf(expected);
  const ofBody = bodyCheckOf(expected);
  const asked = grpcKindOf(contentType);
  const kindOf2 = ({ "content-type": type }) => grpcKindOf(typeof type === "object" ? type[0] : type) ?? asked;
  return {
    applies: (headers) => ofHeaders !== void 0 || ofBody !== void 0 || kindOf2(headers) !== void 0,
    needsBody(headers) {
      const kind = kindOf2(headers);
      return ofBody !== void 0 || kind === "web" || kind === "text";
    },
    wrongIn(response) {
      const kind = kindOf2(response.headers);
      const call = kind === void 0 ? void 0 : wrongCallOf(response, kind, expected.grpc ?? "OK");
      if (call !== void 0) return call;
      const what = ofHeaders?.(response) ?? ofBody?.(response);
      return what === void 0 ? void 0 : { what };
    }
  };
}
function headerCheckOf({ headers: expected }) {
  const entries = Object.entries(expected);
  if (entries.length === 0) return void 0;
  return ({ headers }) => {
    for (const [name, wanted] of entries) {
      const value = Object.hasOwn(headers, name) ? [headers[name] ?? []].flat().join(", ") : void 0;
      if (value === void 0) {
        if (wanted === "absent") continue;
        return `it has no header ${name}${wanted === "exists" ? "" : `, expected ${shown2(wanted)}`}`;
      }
      if (wanted === "exists" || wanted !== "absent" && value.includes(wanted)) continue;
      return `its header ${name} is ${shown2(value)}, expected ${wanted === "absent" ? "none" : shown2(wanted)}`;
    }
    return void 0;
  };
}
function bodyCheckOf({ contains, regex, json: json2 }) {
  const checks = [];
  if (contains !== void 0) {
    const wanted = Buffer.from(contains);
    checks.push(({ body }) => body.includes(wanted) ? void 0 : `its body does not have ${shown2(contains)}`);
  }
  if (regex !== void 0) {
    const pattern = new RegExp(regex, "u");
    checks.push(({ body }) => {
      const found = search(pattern, body.toString("utf8"));
      return typeof found === "string" ? found : found === null ? `its body does not match ${shown2(regex)}` : void 0;
    });
  }
  if (json2.length > 0) checks.push(jsonCheckOf(json2));
  if (checks.length === 0) return void 0;
  let right;
  return (response) => {
    if (right?.equals(response.body)) return void 0;
    for (const check of checks) {
      const wrong = check(response);
      if (wrong !== void 0) return wrong;
    }
    right = response.body;
    return void 0;
  };
}
function jsonCheckOf(expected) {
  const places = expected.map((one) => ({ ...one, steps: parseJsonPath(one.path) }));
  return ({ body }) => {
    const document = jsonIn2(body);
    if (document === void 0) return "it is not JSON";
    for (const { path, steps, is, value: wanted } of places) {
      const found = valueAt(document.value, steps);
      if (found === void 0) {
        if (is === "absent") continue;
        return `it has no ${path}${is === "there" ? "" : `, expected ${shown2(wanted)}`}`;
      }
      if (is === "there" || is === "equal" && found.value === wanted) continue;
      return `${path} is ${shown2(found.value)}, expected ${is === "absent" ? "nothing there" : shown2(wanted)}`;
    }
    return void 0;
  };
}
var LONGEST_SHOWN = 100;
function shown2(value) {
  const text = JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${[...text].slice(0, LONGEST_SHOWN).join("")}\u2026` : text;
}

// src/load/prepared.ts
function prepareDeck(scenario) {
  const prepared = new Map(scenario.requests.map((request3) => [request3, prepareSequence(request3)]));
  return deckOf(scenario).map((request3) => prepared.get(request3));
}
function prepareSequence(request3) {
  const captured = /* @__PURE__ */ new Set();
  return [request3, ...request3.steps].map((step) => {
    const prepared = prepare2(step, new Set(captured));
    for (const name of Object.keys(step.capture)) captured.add(name);
    return prepared;
  });
}
function prepare2(spec, names) {
  return {
    spec,
    captures: Object.entries(spec.capture).map(([name, written]) => ({ name, capture: captureOf(written) })),
    options: optionsOf(spec, names),
    isExpected: (status) => isExpected(spec.expect, status),
    check: answerCheckOf(spec.answer, contentTypeOf(spec))
  };
}
function optionsOf(spec, names) {
  const { method, body } = spec;
  const template = (text, place) => templateOf(text, names, place);
  const path = template(spec.path, "path");
  const own = grpcKindOf(contentTypeOf(spec)) === "grpc" ? { ...spec.headers, te: "trailers" } : spec.headers;
  const headers = Object.entries(own).map(([name, value]) => [name, template(value, "header")]);
  const sent = typeof body === "string" ? template(body, spec.isJson ? "json" : "text") : body;
  const make = (values2) => {
    const filled = (text) => typeof text === "string" ? text : text(values2);
    return {
      method,
      path: filled(path),
      headers: headers.flatMap(([name, value]) => [name, filled(value)]),
      body: sent === void 0 ? null : Buffer.from(sent instanceof Uint8Array ? sent : filled(sent)),
      // A DELETE with a body would otherwise cost a connection each.
      reset: false
    };
  };
  if ([path, sent, ...headers.map(([, value]) => value)].some((part) => typeof part === "function")) return make;
  const always = make(/* @__PURE__ */ new Map());
  return () => always;
}

// src/load/run.ts
var MB = 1e6;
var DEFAULT_MAX_BODY_BYTES = 64 * MB;
var DEFAULT_MAX_FAILURES_IN_ROW = 50;
var BODY_START_CHARACTERS = 300;
var MOST_SENT_AGAIN = 3;
var Run = class {
  timeoutMs;
  lookEveryMs;
  maxBodyBytes;
  pace;
  #clock;
  #limit;
  #maxFailuresInRow;
  #deck;
  #answers;
  #secrets;
  #latency = new LatencyHistogram();
  #byStatus = /* @__PURE__ */ new Map();
  #began;
  #deadlineMs;
  #ended;
  #position;
  #mayBeSentAgain;
  #awakeMs = 0;
  #lookedMs;
  #issued = 0;
  #requests = 0;
  #failed = 0;
  #failuresInRow = 0;
  #bytes = 0;
  #isClosed = false;
  #stoppedEarly = false;
  #firstFailure;
  constructor(options, limit) {
    this.timeoutMs = options.timeoutMs;
    this.lookEveryMs = Math.min(100, Math.ceil(options.timeoutMs / 10));
    this.maxBodyBytes = options.maxBodyBytes ?? DEFAULT_MAX_BODY_BYTES;
    this.pace = options.pace;
    this.#clock = options.clock;
    this.#limit = limit;
    this.#maxFailuresInRow = options.maxFailuresInRow ?? DEFAULT_MAX_FAILURES_IN_ROW;
    this.#deck = prepareDeck(options.scenario);
    this.#answers = options.answers;
    this.#secrets = options.secrets ?? new Secrets();
    this.#position = (options.start ?? 0) % this.#deck.length;
    this.#mayBeSentAgain = options.isExact === true ? 0 : MOST_SENT_AGAIN;
    this.#began = this.#now();
    this.#lookedMs = this.#began.ms;
    this.#deadlineMs = limit.mode === "window" ? this.#began.ms + limit.durationMs : Number.POSITIVE_INFINITY;
  }
  get hasFailure() {
    return this.#firstFailure !== void 0;
  }
  monotonicMs() {
    return this.#clock.monotonicMs();
  }
  /** What is to be sent next; undefined: the run is over. Each of its requests must be issued. */
  take(nowMs) {
    if (this.#isFull || this.#isClosed || nowMs >= this.#deadlineMs) {
      if (this.#limit.mode === "window") this.#ended ??= this.#now();
      return void 0;
    }
    const sequence = this.#deck[this.#position];
    this.#position = this.#position + 1 === this.#deck.length ? 0 : this.#position + 1;
    return sequence;
  }
  /** Whether one more request may be sent. What has been begun in a window is brought to its end. */
  issue() {
    if (this.#isFull || this.#isClosed) return false;
    this.#issued++;
    return true;
  }
  /** Of the time until now, that in which this process could see what came (base/awake.ts). */
  awakeMs(nowMs) {
    return this.#awakeMs + Math.min(nowMs - this.#lookedMs, 2 * this.lookEveryMs);
  }
  /** To be called every `lookEveryMs`, or as soon as it can be: what is missing of that, this process was not awake. */
  look() {
    const now = this.monotonicMs();
    this.#awakeMs = this.awakeMs(now);
    this.#lookedMs = now;
    return this.#awakeMs;
  }
  /** Whether one that got no answer, and perhaps came too late, may be sent once more. */
  sendAgain() {
    if (this.#mayBeSentAgain === 0 || this.#isClosed) return false;
    this.#mayBeSentAgain--;
    return true;
  }
  get #isFull() {
    return this.#limit.mode === "count" && this.#issued >= this.#limit.count;
  }
  /** No further request is given out. */
  close() {
    this.#isClosed = true;
  }
  succeed({ spec }, status, bytes, startedMs, nowMs) {
    this.#bytes += bytes;
    this.#failuresInRow = 0;
    this.#countStatus(status);
    this.#requests++;
    this.#latency.record(nowMs - startedMs);
    this.#answers?.note(spec.name, status, bytes);
  }
  fail({ spec }, failure, bytes) {
    this.#bytes += bytes;
    this.#failed++;
    if (failure.status !== void 0) this.#countStatus(failure.status);
    this.#firstFailure ??= this.#describe(spec, failure);
    if (++this.#failuresInRow >= this.#maxFailuresInRow) {
      this.#stoppedEarly = true;
      this.close();
    }
  }
  result() {
    const ended = this.#ended ?? this.#now();
    const elapsedMs = ended.ms - this.#began.ms;
    return {
      mode: this.#limit.mode,
      requests: this.#requests,
      failed: this.#failed,
      byStatus: Object.fromEntries(this.#byStatus),
      latencyMs: this.#latency.summary(),
      durationMs: this.#limit.mode === "window" && !this.#stoppedEarly ? this.#limit.durationMs : elapsedMs,
      bytesReceived: this.#bytes,
      generatorCpuShare: elapsedMs > 0 ? (ended.cpuMs - this.#began.cpuMs) / elapsedMs : 0,
      stoppedEarly: this.#stoppedEarly,
      ...this.#firstFailure === void 0 ? {} : { firstFailure: this.#firstFailure }
    };
  }
  #describe({ name, method, expect }, failure) {
    const { path, status, body, error, notCaptured, wrong } = failure;
    const clean = (text) => this.#secrets.clean(plainText(text));
    return {
      request: name,
      line: clean(`${method} ${path}`),
      expected: formatExpectation(expect),
      ...status === void 0 ? {} : { status },
      ...body === void 0 ? {} : { bodyStart: startOf2(clean(body.toString("utf8"))) },
      ...error === void 0 ? {} : { error: clean(error) },
      ...notCaptured === void 0 ? {} : { notCaptured: clean(notCaptured) },
      ...wrong === void 0 ? {} : { wrong: clean(wrong) }
    };
  }
  #countStatus(status) {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }
  #now() {
    return { ms: this.#clock.monotonicMs(), cpuMs: this.#clock.cpuMs() };
  }
};
function startOf2(text) {
  return [...text].slice(0, BODY_START_CHARACTERS).join("").trim();
}

// src/load/generator.ts
function openConnections(address, count, timeoutMs) {
  const clients = Array.from({ length: count }, () => openClient(address, timeoutMs));
  const close = async () => {
    await Promise.all(clients.map((client) => client.destroy()));
  };
  return { clients, [Symbol.asyncDispose]: close };
}
function runRequests(options, connections) {
  return drive(options, { mode: "count", count: options.count }, connections);
}
function runWindow(options) {
  return drive(options, { mode: "window", durationMs: options.durationMs });
}
async function drive(options, limit, given) {
  const { signal, timeoutMs } = options;
  signal.throwIfAborted();
  const count = limit.mode === "count" ? Math.min(options.connections, limit.count) : options.connections;
  const own = given === void 0 ? openConnections(options.address, count, timeoutMs) : void 0;
  const { clients } = given ?? own;
  const run = new Run(options, limit);
  const connections = clients.map((client) => new Connection(client, run));
  const expiry = setInterval(() => {
    const awakeMs = run.look();
    for (const connection of connections) connection.expire(awakeMs);
  }, run.lookEveryMs);
  const onAbort = () => {
    run.close();
    for (const client of clients) void client.destroy();
  };
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await Promise.all(connections.map((connection) => connection.work()));
    signal.throwIfAborted();
    return run.result();
  } finally {
    clearInterval(expiry);
    signal.removeEventListener("abort", onAbort);
    await own?.[Symbol.asyncDispose]();
  }
}

// src/service/files.ts
import { lstat as lstat3, mkdir as mkdir4, realpath as realpath3, rename, rm as rm7, writeFile as writeFile5 } from "node:fs/promises";
import { dirname as dirname3, join as join10 } from "node:path";
var fillPath = (template, values2) => fillKnown(template, Object.fromEntries(PLACEHOLDERS.path.map((name) => [name, values2[name] ?? ""])));
function isPathOf(template, path) {
  const pattern = template.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&").replaceAll(/\\\{(port|side)\\\}/g, "[0-9a-z]+");
  return new RegExp(`^${pattern}$`).test(path);
}
async function writeServiceFiles(directory, files) {
  const root = await realpath3(directory);
  for (const [path, text] of Object.entries(files)) {
    const parent = await directoryIn(root, dirname3(path), path);
    const file = join10(parent, path.slice(path.lastIndexOf("/") + 1));
    const unfinished = `${file}.perf-gate`;
    await rm7(unfinished, { force: true });
    await writeFile5(unfinished, text, { flag: "wx", mode: 384 });
    await rename(unfinished, file).catch(async (cause) => {
      await rm7(unfinished);
      throw new UserError(`service.files: ${path} cannot be written: ${cause.message}`, { cause });
    });
  }
}
async function directoryIn(root, path, file) {
  let at = root;
  for (const part of path.split("/").filter((one) => one !== "" && one !== ".")) {
    const next2 = join10(at, part);
    if (await lstat3(next2).catch(() => void 0) === void 0) await mkdir4(next2);
    at = await realpath3(next2);
    if (at === root || at.startsWith(`${root}/`)) continue;
    throw new UserError(`service.files: ${file} would be written outside of the checkout, to ${at}`, {
      hint: `${part} is a symbolic link in the repository: name a file that lies in service.dir`
    });
  }
  return at;
}

// src/service/idle.ts
import { readdirSync, readFileSync as readFileSync4 } from "node:fs";
import { setImmediate as nextTurn, setTimeout as sleep2 } from "node:timers/promises";
var QUICK_LOOKS = 4;
var PAUSE_MS = 1;
async function untilIdle(pid, atMostMs, clock) {
  const deadlineMs = clock.monotonicMs() + atMostMs;
  for (let look = 1; isBusy(pid); look++) {
    if (clock.monotonicMs() >= deadlineMs) return false;
    await (look < QUICK_LOOKS ? nextTurn() : sleep2(PAUSE_MS));
  }
  return true;
}
var PATIENCE = 20;
var SHORT_MS = 2;
var Rest = class {
  #pid;
  #longestMs;
  #clock;
  #inVainInRow = 0;
  #waits = 0;
  #inVain = 0;
  constructor(pid, longestMs, clock) {
    this.#pid = pid;
    this.#longestMs = longestMs;
    this.#clock = clock;
  }
  /** Waits for it, for so long at most; sooner in vain where it never comes. */
  async wait() {
    const atMostMs = this.#inVainInRow < PATIENCE ? this.#longestMs : SHORT_MS;
    const rests = await untilIdle(this.#pid, atMostMs, this.#clock);
    this.#waits++;
    if (!rests) this.#inVain++;
    this.#inVainInRow = rests ? 0 : this.#inVainInRow + 1;
  }
  get waits() {
    return this.#waits;
  }
  /** The share of the waits that were in vain, 0 to 1. */
  get unrest() {
    return this.#waits === 0 ? 0 : this.#inVain / this.#waits;
  }
};
function isBusy(pid) {
  try {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).some((id) => {
      const stat3 = readFileSync4(`${tasks}/${id}/stat`, "latin1");
      return /^[RD]/.test(stat3.slice(stat3.lastIndexOf(")") + 2));
    });
  } catch {
    return false;
  }
}

// src/service/service.ts
import { closeSync as closeSync3, fstatSync as fstatSync2, mkdirSync, openSync as openSync3, statSync as statSync3 } from "node:fs";
import { dirname as dirname4 } from "node:path";

// src/service/log.ts
import { closeSync as closeSync2, existsSync as existsSync3, fstatSync, openSync as openSync2, readSync as readSync2 } from "node:fs";
var TAIL_BYTES = 64 * 1024;
var LINE_CHARACTERS = 500;
function readTail(file, lines, from = 0) {
  return tailLines(file, from).slice(-lines).join("\n");
}
function readLastWords(file, lines, from = 0) {
  const all = tailLines(file, from);
  const panic = all.findLastIndex((line) => /^(panic|fatal error): |\bhttp: panic serving /.test(line));
  if (panic === -1 || all.length - panic <= lines) return all.slice(-lines).join("\n");
  return [...all.slice(panic, panic + lines), "\u2026"].join("\n");
}
function tailLines(file, from) {
  const { text, isCut } = readEnd(file, from);
  const lines = plainText(text).replace(/\n+$/, "").split("\n");
  if (isCut && lines.length > 1) lines.shift();
  return lines.map((line) => line.length > LINE_CHARACTERS ? `${line.slice(0, LINE_CHARACTERS)}\u2026` : line);
}
function readEnd(file, from) {
  if (!existsSync3(file)) return { text: "", isCut: false };
  const fd = openSync2(file, "r");
  try {
    const { size } = fstatSync(fd);
    const start2 = Math.max(from, size - TAIL_BYTES);
    const bytes = Buffer.alloc(Math.max(0, size - start2));
    const read3 = readSync2(fd, bytes, 0, bytes.length, start2);
    return { text: bytes.toString("utf8", 0, read3), isCut: start2 > from };
  } finally {
    closeSync2(fd);
  }
}

// src/service/ready.ts
import { setTimeout as sleep3 } from "node:timers/promises";
var PROBE_SHARE = 1 / 6;
var SHORTEST_PROBE_MS = 5e3;
var BODY_TIMEOUT_MS = 1e3;
var FIRST_PAUSE_MS = 10;
var LONGEST_PAUSE_MS = 200;
async function awaitReady(target, timeoutMs, signal) {
  const over = new AbortController();
  const end = () => over.abort();
  const stopWaiting = afterAwake(timeoutMs, end);
  signal.addEventListener("abort", end, { once: true });
  const probeMs = Math.max(SHORTEST_PROBE_MS, PROBE_SHARE * timeoutMs);
  let last2 = { kind: "closed" };
  try {
    if (signal.aborted) return last2;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      last2 = await probe(target, last2, probeMs, over.signal);
      if (last2.kind === "ready" || over.signal.aborted) return last2;
      await sleep3(pauseMs, void 0, { signal: over.signal }).catch(() => void 0);
      if (over.signal.aborted) return last2;
    }
  } finally {
    stopWaiting();
    signal.removeEventListener("abort", end);
  }
}
async function probe(target, before, timeoutMs, over) {
  const { address, ready: check } = target;
  if (check.kind === "port") return { kind: await isListening(address) ? "ready" : "closed" };
  const answer = await ask2(address, check, timeoutMs, over);
  if (answer.kind === "answered" && isReadyStatus(check.status, answer.status)) return { kind: "ready" };
  const isCut = over.aborted && answer.kind !== "answered";
  return isCut && before.kind !== "closed" ? before : answer;
}
function isReadyStatus(wanted, status) {
  return wanted === void 0 ? status >= 200 && status < 300 : wanted.includes(status);
}
async function ask2(address, { method, path }, timeoutMs, over) {
  const client = openClient(address, timeoutMs);
  try {
    return await new Promise((resolve7) => {
      const question = new Question(resolve7, timeoutMs);
      client.once("connect", () => question.connected());
      over.addEventListener("abort", () => question.finish(), { once: true, signal: question.isOver });
      client.dispatch({ method, path, reset: true }, question);
    });
  } finally {
    await client.destroy();
  }
}
var Question = class {
  #resolve;
  #over = new AbortController();
  #known = { kind: "closed" };
  #stopWaiting;
  constructor(resolve7, timeoutMs) {
    this.#resolve = resolve7;
    this.#stopWaiting = afterAwake(timeoutMs, () => this.finish());
  }
  get isOver() {
    return this.#over.signal;
  }
  connected() {
    this.#known = { kind: "silent" };
  }
  onRequestStart() {
  }
  onResponseStart(_, status) {
    if (status < 200) return;
    this.#known = { kind: "answered", status };
    this.#stopWaiting();
    this.#stopWaiting = afterAwake(BODY_TIMEOUT_MS, () => this.finish());
  }
  onResponseData() {
  }
  onResponseEnd() {
    this.finish();
  }
  onResponseError(_, error) {
    const isOpen = this.#known.kind !== "closed" || !NOT_OPEN.has(error.code ?? "");
    if (isOpen && this.#known.kind !== "answered") this.#known = { kind: "broken", message: error.message };
    this.finish();
  }
  finish() {
    this.#stopWaiting();
    this.#over.abort();
    this.#resolve(this.#known);
  }
};
var NOT_OPEN = /* @__PURE__ */ new Set(["ECONNREFUSED", "ENOENT", "ECONNRESET", "UND_ERR_CONNECT_TIMEOUT"]);

// src/service/service.ts
var GB = 1e9;
var BEFORE_READY = "before it was ready";
var LOG_CHECK_MS = 250;
var SHOWN_LINES3 = 20;
var ABORT_TIMEOUT_MS = 2e3;
async function startService(spec) {
  spec.signal.throwIfAborted();
  if (await isListening(spec.address)) {
    throw new MeasurementError(`${placeOf(spec.address)} is already used by another program`, {
      hint: "end that program, or let perf-gate choose the port with {port} in service.args"
    });
  }
  const { service, failure } = await launch(spec);
  try {
    await untilReady(service, spec, () => failure(BEFORE_READY));
    return service;
  } catch (error) {
    await service.stop().catch((stopError) => {
      throw new AggregateError([error, stopError], `${error}, and then: ${stopError}`);
    });
    throw error;
  }
}
async function launch(spec) {
  const { label, address, logFile } = spec;
  const maxLogBytes = spec.maxLogBytes ?? GB;
  const { clean } = spec.secrets ?? new Secrets();
  const cores = spec.cores !== void 0 && hasTaskset(spec.env) ? spec.cores : void 0;
  const { group, logStart } = await startLogged(spec, cores);
  let isStopped = false;
  let logIsFull = false;
  let stopping;
  const stop = () => {
    if (group.exit === void 0) isStopped = true;
    stopping ??= group.stop(spec.stop.signal, spec.stop.timeoutMs);
    return stopping;
  };
  const onAbort = () => {
    if (group.exit === void 0) isStopped = true;
    const soon = group.stop(spec.stop.signal, Math.min(spec.stop.timeoutMs, ABORT_TIMEOUT_MS));
    soon.catch(() => void 0);
    stopping ??= soon;
  };
  const logCheck = setInterval(() => {
    const size = statSync3(logFile, { throwIfNoEntry: false })?.size ?? 0;
    if (size <= maxLogBytes || stopping !== void 0) return;
    logIsFull = true;
    stopping = group.stop("SIGKILL", 0);
    stopping.catch(() => void 0);
  }, LOG_CHECK_MS);
  logCheck.unref();
  spec.signal.addEventListener("abort", onAbort, { once: true });
  void group.exited.then(() => {
    clearInterval(logCheck);
    spec.signal.removeEventListener("abort", onAbort);
  });
  const failure = (when) => {
    if (logIsFull) {
      return new MeasurementError(`the log of the service (${label}) grew over ${maxLogBytes / GB} GB: ${logFile}`, {
        hint: "let it log less while it is measured, by service.args or service.env",
        detail: clean(readTail(logFile, SHOWN_LINES3, logStart))
      });
    }
    if (group.exit === void 0 || isStopped) return void 0;
    const lastWords = clean(readLastWords(logFile, SHOWN_LINES3, logStart));
    return new MeasurementError(`the service (${label}) ${describeExit(group.exit)} ${when}`, {
      hint: hintFor(group.exit, when, lastWords, spec),
      detail: `${commandLine(spec)}
${lastWords}`
    });
  };
  const service = {
    label,
    pid: group.pid,
    port: address.port,
    address,
    baseUrl: originOf(address),
    cores,
    exited: group.exited,
    get hasExited() {
      return group.exit !== void 0;
    },
    failure: () => failure("while it was measured"),
    logTail: (lines) => clean(readTail(logFile, lines, logStart)),
    lastWords: (lines) => clean(readLastWords(logFile, lines, logStart)),
    stop,
    [Symbol.asyncDispose]: stop
  };
  return { service, failure };
}
async function startLogged(spec, cores) {
  mkdirSync(dirname4(spec.logFile), { recursive: true });
  const output = openSync3(spec.logFile, "a");
  try {
    const logStart = fstatSync2(output).size;
    const { command, args } = pinned(spec.command, spec.args, cores);
    const group = await startGroup({ command, args, cwd: spec.cwd, env: spec.env, output, run: spec.run });
    return { group, logStart };
  } catch (error) {
    const isRefused = error.code === "EACCES";
    throw new MeasurementError(`the service (${spec.label}) could not be started: ${error.message}`, {
      detail: commandLine(spec),
      ...isRefused ? { hint: "is TMPDIR on a disk that is mounted noexec, or the file not executable?" } : {},
      cause: error
    });
  } finally {
    closeSync3(output);
  }
}
async function untilReady(service, spec, failure) {
  const waiting = new AbortController();
  const give = () => waiting.abort();
  void service.exited.then(give);
  spec.signal.addEventListener("abort", give, { once: true });
  if (spec.signal.aborted) give();
  const readiness = await awaitReady(spec, spec.readyTimeoutMs, waiting.signal);
  spec.signal.removeEventListener("abort", give);
  spec.signal.throwIfAborted();
  const failed = failure();
  if (failed !== void 0) throw failed;
  if (readiness.kind !== "ready") throw notReady(service, spec, readiness);
}
function notReady(service, spec, readiness) {
  const { ready, address } = spec;
  const question = ready.kind === "http" ? `answer ${ready.method} ${ready.path}` : "open a connection";
  const what = `the service (${spec.label}) did not ${question} on ${placeOf(address)} within ${spec.readyTimeoutMs / 1e3} s`;
  const elsewhere = readiness.kind === "closed" ? listeningAddresses(service.pid) : [];
  const instead = elsewhere.length === 0 ? "" : `; it listens on ${elsewhere.join(" and ")}`;
  return new MeasurementError(`${what}: ${describeReadiness(readiness, address)}${instead}`, {
    ...readiness.kind === "closed" && { code: "never-opened" },
    hint: readiness.kind === "closed" ? howToListen(address) : "set service.ready to a request that it answers when it can serve",
    detail: service.logTail(SHOWN_LINES3)
  });
}
var howToListen = ({ port, socket }) => socket === void 0 ? `see that it listens on 127.0.0.1:${port} ({port} in service.args or service.env)` : "see that it listens on the unix socket ({socket} in service.args or service.env)";
function describeReadiness(readiness, { socket, protocol }) {
  switch (readiness.kind) {
    case "closed":
      return `the ${socket === void 0 ? "port" : "socket"} was never opened`;
    case "silent":
      return "it accepted the connection and did not answer";
    case "answered":
      return `it answered ${readiness.status}`;
    case "broken":
      return `its answer is not ${SPOKEN[protocol]} (${readiness.message})`;
  }
}
var SPOKEN = { http: "HTTP", https: "HTTP over TLS", h2: "HTTP/2 over TLS", h2c: "HTTP/2 in clear" };
function commandLine({ command, args }) {
  return `$ ${[command, ...redactArgs(args)].map(shellWord).join(" ")}`;
}
function describeExit({ code, signal }) {
  return signal === null ? `exited with code ${code}` : `was ended by ${signal}`;
}
var ONE_EACH = "several copies of the service run at the same time: give a second port, a lock or a file a value of its own for each by {port}, or port 0, in service.args, service.env or service.files";
function hintFor(exit, when, log, spec) {
  const [refused] = /.*address already in use.*/i.exec(log) ?? [];
  if (refused !== void 0) {
    const { port, socket } = spec.address;
    const isOurs = refused.includes(socket ?? `:${port}`);
    return isOurs ? `another program took ${placeOf(spec.address)} meanwhile: run again` : ONE_EACH;
  }
  if (exit.code === 0 && when === BEFORE_READY) return "it must run until it is stopped, and not go to the background";
  if (exit.signal === "SIGKILL") return "the system kills a process that takes too much memory: see dmesg";
  return "its last lines are above: correct service.args, service.env, or what it needs to run";
}

// src/measure/stubborn.ts
var KILLED = "service-killed";
var STUBBORN_MS = 200;
function stopOf({ config, warnings }) {
  const { stop } = config.service;
  return isKnown(warnings) ? { ...stop, timeoutMs: Math.min(STUBBORN_MS, stop.timeoutMs) } : stop;
}
async function tellIfKilled({ config, signal, warnings }, service) {
  const ended = await service.exited;
  const isOurs = service.failure() === void 0 && !signal.aborted;
  if (ended.signal !== "SIGKILL" || !isOurs || isKnown(warnings)) return;
  const { stop } = config.service;
  warnings.push({
    code: KILLED,
    text: `the service had not ended ${stop.timeoutMs / 1e3} s after ${stop.signal} and was killed, and so were those after it at once: service.stop has the signal and the time`
  });
}
var isKnown = (warnings) => warnings.some(({ code }) => code === KILLED);

// src/measure/turns.ts
var last = /* @__PURE__ */ new WeakMap();
function inTurn(subject, act) {
  const turn = (last.get(subject) ?? Promise.resolve()).then(act, act);
  last.set(subject, turn);
  return turn;
}

// src/measure/bench.ts
async function withService(bench, subject, options, act) {
  var _stack = [];
  try {
    const running = __using(_stack, await start(bench, subject, options), true);
    try {
      return await act(running);
    } catch (error) {
      throw await causeOf(error, [running]);
    }
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function causeOf(error, all) {
  const ended = all.map(({ service }) => service.exited);
  const longest = Math.max(...all.map(({ slowdown }) => EXIT_SHOWS_MS * slowdown));
  await Promise.race([...ended, sleep4(Math.min(longest, EXIT_SHOWS_AT_MOST_MS), void 0, { ref: false })]);
  return all.map(({ service }) => service.failure()).find((failure) => failure !== void 0) ?? error;
}
var EXIT_SHOWS_MS = 300;
var EXIT_SHOWS_AT_MOST_MS = 3e3;
async function start(bench, subject, options) {
  const { config, world, signal } = bench;
  const slowdown = options.slowdown ?? 1;
  const port = await freePort();
  const socket = join11(bench.scratch, `${subject.side}-${options.name}.sock`);
  const address = addressOf(bench, port, join11(bench.scratch, `${subject.side}-${options.name}.http`));
  for (const file of [socket, `${socket}.error`, address.socket ?? []].flat()) rmSync2(file, { force: true });
  const values2 = {
    port: String(port),
    side: subject.side,
    dir: subject.directory,
    ...address.socket === void 0 ? {} : { socket: address.socket }
  };
  const args = config.service.args.map((arg) => fill(arg, values2));
  const own = Object.fromEntries(
    Object.entries(config.service.env).map(([name, value]) => [name, fill(value, values2)])
  );
  const temporary = options.wrapper === void 0 ? {} : { TMPDIR: bench.scratch };
  const inherited = { ...defined(world.env), ...temporary, ...own };
  const godebug = [inherited["GODEBUG"] ?? [], options.godebug ?? []].flat().join();
  const env = { ...inherited, ...godebug && { GODEBUG: godebug }, ...options.env, PERF_GATE_SOCKET: socket };
  const binary = options.binary ?? subject.binary;
  const logs = join11(subject.output, "logs");
  mkdirSync2(logs, { recursive: true });
  const logFile = join11(logs, `${options.name}.log`);
  const [command = binary, ...all] = [options.wrapper?.command ?? [], options.wrapper?.args ?? [], binary, args].flat();
  const where = options.core === void 0 ? "on any core" : `on core ${options.core}`;
  const line = shown({ command, args: redactArgs(all), cwd: subject.directory });
  world.secrets.addFrom(env);
  world.secrets.addFromArgs(args);
  bench.progress.detail(`${subject.side}: $ ${line}`);
  bench.progress.detail(`${subject.side}: ${placeOf(address)}, ${where}, log ${logFile}`);
  const { ready } = config.service;
  const spec = {
    command,
    args: all,
    env,
    cwd: subject.directory,
    run: bench.run,
    logFile,
    ...options.core === void 0 ? {} : { cores: [options.core] },
    ready: ready.kind === "port" ? { kind: "port" } : { ...ready, status: [ready.status] },
    readyTimeoutMs: ready.timeoutMs * slowdown,
    address,
    stop: stopOf(bench),
    signal,
    label: subject.side,
    secrets: world.secrets
  };
  const service = await startWithFiles(bench, subject, spec, values2);
  try {
    const ended = new AbortController();
    void service.exited.then(() => ended.abort(service.failure()));
    const agent = await waitForAgent(socket, AbortSignal.any([signal, ended.signal]), 1e4 * slowdown);
    const connection = openConnections(service.address, 1, config.load.timeoutMs * slowdown);
    const stop = async () => {
      await connection[Symbol.asyncDispose]();
      await service.stop();
      await tellIfKilled(bench, service);
    };
    const rest = new Rest(service.pid, LONGEST_REST_MS, world);
    return { subject, service, agent, connection, rest, slowdown, [Symbol.asyncDispose]: stop };
  } catch (error) {
    const cause = await causeOf(error, [{ service, slowdown }]);
    await service.stop();
    throw cause;
  }
}
function addressOf({ config, inputs }, port, socket) {
  const { listen, protocol, tls } = config.service;
  return {
    protocol,
    port,
    socket: listen === "unix" ? socket : void 0,
    tls: { ca: inputs.ca, serverName: tls.serverName }
  };
}
function startWithFiles({ inputs }, subject, spec, values2) {
  const files = Object.entries(inputs.files).map(([path, text]) => [fillPath(path, values2), fillKnown(text, values2)]);
  if (files.length === 0) return startService(spec);
  return inTurn(subject, async () => {
    spec.signal.throwIfAborted();
    await writeServiceFiles(subject.directory, Object.fromEntries(files));
    return startService(spec);
  });
}
var LONGEST_REST_MS = 20;
async function request2(bench, running, count, more = {}) {
  if (bench.command !== void 0) return sendBy(bench.command, bench, running, { mode: "count", count });
  const { config, scenario, signal, world } = bench;
  const options = {
    address: running.service.address,
    scenario,
    count,
    connections: 1,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    clock: world,
    secrets: world.secrets,
    pace: () => running.rest.wait(),
    ...more
  };
  const result = await runRequests(options, running.connection);
  return checked(bench, running, result);
}
async function requestFor(bench, running, durationMs) {
  if (bench.command !== void 0) return sendBy(bench.command, bench, running, { mode: "window", durationMs });
  const { config, scenario, signal, world } = bench;
  const result = await runWindow({
    address: running.service.address,
    scenario,
    durationMs,
    connections: config.load.connections,
    timeoutMs: config.load.timeoutMs * running.slowdown,
    signal,
    clock: world,
    secrets: world.secrets
  });
  return checked(bench, running, result);
}
async function sendBy(command, bench, running, goal) {
  const { config, world, signal } = bench;
  const { service, subject, slowdown } = running;
  const own = service.cores;
  const others = own === void 0 ? [] : bench.cores.filter((core) => !own.includes(core));
  const ended = new AbortController();
  void service.exited.then(() => ended.abort(service.failure()));
  const { result, lastWords } = await runLoadCommand(command, goal, {
    url: service.baseUrl,
    port: service.port,
    socket: service.address.socket ?? "",
    connections: goal.mode === "count" ? 1 : config.load.connections,
    side: subject.side,
    checkout: command.checkout ?? subject.directory,
    timeoutMs: config.load.timeoutMs * slowdown,
    firstCount: config.load.count,
    tolerated: config.load.errors,
    cores: others.length === 0 ? void 0 : others,
    run: bench.run,
    scratch: bench.scratch,
    logFile: join11(subject.output, "logs", "load-command.log"),
    signal: AbortSignal.any([signal, ended.signal]),
    world
  });
  await untilIdle(service.pid, LONGEST_REST_MS * slowdown, world);
  return checked(bench, running, result, { name: command.tool.name, lastWords });
}
async function warmUp(bench, running) {
  const { warmup } = bench.config.load;
  if (warmup > 0) await request2(bench, running, wholeDecks(bench, warmup), { answers: running.subject.answers });
}
function wholeDecks({ scenario }, count) {
  const deck = scenario.requests.length === 0 ? 1 : deckLength(scenario);
  return Math.ceil(count / deck) * deck;
}
var SHOWN_LOG_LINES = 10;
function checked(bench, running, result, tool) {
  bench.signal.throwIfAborted();
  const crash = running.service.failure();
  if (crash !== void 0) throw crash;
  const { subject, service } = running;
  for (const { code, cpuShare } of checkLoad(result, {
    tolerated: bench.config.load.errors,
    label: subject.side,
    log: () => service.lastWords(SHOWN_LOG_LINES),
    tool
  })) {
    if (bench.warnings.some((warning) => warning.code === code)) continue;
    const cores = cpuShare.toFixed(1);
    bench.warnings.push({ code, text: `the load generator needed ${cores} cores: it may have held the service back` });
  }
  return result;
}

export {
  isAtWork,
  startOf,
  createCheckout,
  SECTION_HEADER_SIZE,
  SYMBOL_SIZE,
  SHT,
  SHF_WRITE,
  SHF_ALLOC,
  SHF_EXECUTE,
  SHF_THREAD,
  FILE_IDS,
  parseElf,
  sectionBytes,
  sameBytes,
  cString,
  symbolsOf,
  wordAt,
  ask,
  shellWord,
  splitFields,
  buildSettings,
  listCommand,
  findGo,
  GET_GO,
  prepare,
  link,
  proveInjected,
  resolveSides,
  mergeBaseWith,
  findTarget,
  hasTaskset,
  allowedCores,
  parseCores,
  deckLength,
  openLoad,
  benchFor,
  AgentError,
  LONGEST_SOCKET,
  FailedRequests,
  LOOPBACK,
  freePort,
  isPathOf,
  ONE_EACH,
  withService,
  causeOf,
  start,
  request2 as request,
  requestFor,
  warmUp,
  wholeDecks,
  temporaryDirectory,
  openProgress
};
