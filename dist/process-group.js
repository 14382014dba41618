import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  editsBetween
} from "./base-nearest.js";
import {
  MeasurementError,
  UserError
} from "./base-errors.js";

// src/git/names-like.ts
function namesLike(word, names) {
  const limit = Math.max(1, Math.floor(word.length / 3));
  return names.map((name) => ({ name, distance: likeness(word.toLowerCase(), name.toLowerCase(), limit) })).filter(({ distance }) => distance <= limit).sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1)).slice(0, 3).map(({ name }) => name);
}
function likeness(word, name, limit) {
  const typing = Math.abs(word.length - name.length) > limit ? limit + 1 : editsBetween(word, name);
  return word.length > 2 && name.endsWith(`/${word}`) ? Math.min(1, typing) : typing;
}

// src/git/refs.ts
async function findCommit(repo, ref) {
  if (!isSafe(ref)) return void 0;
  const answer = await repo.git.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  const commit = answer.stdout.trim();
  return answer.exitCode === 0 && /^[0-9a-f]{40,64}$/.test(commit) ? commit : void 0;
}
async function resolveCommit(repo, ref) {
  const commit = await findCommit(repo, ref);
  if (commit !== void 0) return commit;
  const names = namesLike(ref, await refNames(repo));
  const hint = names.length > 0 ? `did you mean ${names.join(", ")}?` : repo.isShallow ? `this is a shallow clone; fetch it: ${fetchOf(ref)}` : "see the names with: git branch --all, git tag";
  throw new UserError(`there is no commit, branch or tag ${JSON.stringify(ref)} in ${repo.root}`, { hint });
}
async function branchOf(repo, ref) {
  if (!isSafe(ref)) return void 0;
  const answer = await repo.git.ask(["rev-parse", "--symbolic-full-name", "--end-of-options", ref]);
  const name = answer.stdout.trim().split("\n").at(-1) ?? "";
  return /^refs\/heads\/(.+)$/.exec(name)?.[1] ?? /^refs\/remotes\/[^/]+\/(.+)$/.exec(name)?.[1];
}
async function currentBranch(repo) {
  const answer = await repo.git.ask(["symbolic-ref", "--quiet", "--short", "HEAD"]);
  return answer.exitCode === 0 ? answer.stdout.trim() : void 0;
}
async function refNames(repo) {
  const listed = await repo.git.run([
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads",
    "refs/tags",
    "refs/remotes"
  ]);
  return listed.split("\n").filter((name) => name !== "");
}
function fetchOf(ref) {
  return /^[0-9a-f]{40}$/.test(ref) ? `git fetch --depth=1 origin ${ref}` : `git fetch --unshallow --tags origin ${ref}`;
}
function isSafe(ref) {
  return ref !== "" && !ref.startsWith("-") && !/[\u0000-\u001f\u007f]/.test(ref);
}

// src/process/group.ts
import { spawn as spawn2 } from "node:child_process";
import { kill } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

// src/process/mark.ts
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join as join2 } from "node:path";
import { promisify } from "node:util";

// src/base/on-path.ts
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
function isOnPath(command, env) {
  const path = env["PATH"] ?? "/usr/bin:/bin";
  return path.split(delimiter).some((directory) => isExecutable(join(directory, command)));
}
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

// src/process/mark.ts
var RUN_DIGITS = 12;
var GROUP_DIGITS = 4;
var markOfRun = (directory) => {
  const hash = createHash("sha256").update(directory).digest().readBigUInt64LE();
  return `2${String(hash % 10n ** BigInt(RUN_DIGITS)).padStart(RUN_DIGITS, "0")}`;
};
var groups = 0;
async function marked({ command, args }, { run, cwd, env }) {
  const prlimit = PLACES.find(isExecutable);
  if (run === void 0 || prlimit === void 0 || !isThere(command, cwd, env) || !await canMark(prlimit)) {
    return { command, args, mark: void 0 };
  }
  groups = (groups + 1) % 10 ** GROUP_DIGITS;
  const mark = `${markOfRun(run)}${String(groups).padStart(GROUP_DIGITS, "0")}`;
  return { command: prlimit, args: [`--rss=${mark}:`, command, ...args], mark };
}
var carries = (pid, mark) => markOf(pid) === mark;
function carriesMarkOf(directory) {
  const start = markOfRun(directory);
  return (pid) => {
    const mark = markOf(pid);
    return mark?.length === start.length + GROUP_DIGITS && mark.startsWith(start);
  };
}
var PLACES = ["/usr/bin/prlimit", "/bin/prlimit"];
var isThere = (command, cwd, env) => command.includes("/") ? isExecutable(join2(command.startsWith("/") ? "" : cwd, command)) : isOnPath(command, env);
var answers = /* @__PURE__ */ new Map();
function canMark(prlimit) {
  const known = answers.get(prlimit) ?? tryToMark(prlimit);
  answers.set(prlimit, known);
  return known;
}
async function tryToMark(prlimit) {
  if (markOf("self") === void 0) return false;
  const trial = markOfRun("");
  const args = [`--rss=${trial}:`, prlimit, "--rss", "--noheadings", "--raw", "--output=SOFT"];
  const { stdout } = await promisify(execFile)(prlimit, args).catch(() => ({ stdout: "" }));
  return stdout.trim() === trial;
}
function markOf(pid) {
  const file = `/proc/${pid}/limits`;
  if (!existsSync(file)) return void 0;
  try {
    return /^Max resident set +(\w+)/m.exec(readFileSync(file, "latin1"))?.[1];
  } catch {
    return void 0;
  }
}

// src/process/proc.ts
import { readdirSync, readFileSync as readFileSync2, readlinkSync } from "node:fs";
function processesFrom(directory) {
  const isMarked = carriesMarkOf(directory);
  const isOfRun = (variable) => variable.startsWith(`PERF_GATE_SOCKET=${directory}/`) || variable === `GOTMPDIR=${directory}`;
  return processes(
    (pid) => isMarked(pid) || linkOf(`/proc/${pid}/exe`).startsWith(`${directory}/`) || textOf(`/proc/${pid}/environ`).split("\0").some(isOfRun)
  );
}
var processesMarked = (mark) => processes((pid) => carries(pid, mark));
var processes = (isWanted) => entriesOf("/proc").filter((name) => /^\d+$/.test(name) && isWanted(name) && !hasEnded(name)).map(Number);
var hasEnded = (pid) => /^\d+ \(.*\) [ZX]/s.test(textOf(`/proc/${pid}/stat`));
function listeningAddresses(pid) {
  const files = `/proc/${pid}/fd`;
  const own = new Set(entriesOf(files).map((fd) => linkOf(`${files}/${fd}`)));
  return ["tcp", "tcp6"].flatMap(
    (protocol) => textOf(`/proc/${pid}/net/${protocol}`).split("\n").flatMap((line) => {
      const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
      return state === LISTENING && own.has(`socket:[${inode}]`) ? [addressOf(local)] : [];
    })
  );
}
var LISTENING = "0A";
var LOOPBACKS = {
  "0100007F": "127.0.0.1",
  "00000000000000000000000001000000": "[::1]"
};
function addressOf(local) {
  const [address = "", port = ""] = local.split(":");
  return `${LOOPBACKS[address] ?? "*"}:${Number.parseInt(port, 16)}`;
}
function entriesOf(directory) {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
function textOf(file) {
  try {
    return readFileSync2(file, "latin1");
  } catch {
    return "";
  }
}
function linkOf(file) {
  try {
    return readlinkSync(file);
  } catch {
    return "";
  }
}

// src/process/reaper.ts
import { spawn } from "node:child_process";
var SCRIPT = `read -r _
kill -s KILL -- "-$1"
[ -n "$2" ] || exit
for limits in /proc/[0-9]*/limits; do
  while read -r _ resident _ soft _; do
    [ "$resident" = resident ] || continue
    if [ "$soft" = "$2" ]; then pid=\${limits%/limits}; kill -s KILL "\${pid#/proc/}"; fi
    break
  done <"$limits"
done`;
function reaperFor(groupId, mark) {
  const shell = spawn("/bin/sh", ["-c", SCRIPT, "perf-gate-reaper", `${groupId}`, mark ?? ""], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    // a Ctrl-C at the terminal must not end the watchdog before us
    env: {}
  });
  const ended2 = new Promise((resolve) => {
    shell.once("exit", () => resolve());
    shell.once("error", () => resolve());
  });
  shell.unref();
  return {
    dismiss: async () => {
      shell.ref();
      shell.kill("SIGKILL");
      await ended2;
    }
  };
}

// src/process/group.ts
var KILL_TIMEOUT_MS = 1e4;
var ORPHANS_TIMEOUT_MS = 500;
async function startGroup(spec) {
  const { command, args, mark } = await marked(spec, spec);
  const child = spawn2(command, args, {
    cwd: spec.cwd,
    env: { ...spec.env },
    stdio: ["ignore", spec.output, spec.output],
    detached: true
  });
  await new Promise((resolve, reject) => {
    child.once("spawn", resolve);
    child.once("error", reject);
  });
  const pid = child.pid;
  const reaper = reaperFor(pid, mark);
  let exit;
  const exited = new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      signalGroup(pid, "SIGKILL");
      exit = { code, signal };
      resolve(exit);
    });
  });
  const gone = exited.then(async () => {
    await reaper.dismiss();
    if (mark !== void 0) await endProcessesMarked(mark);
    const deadline = performance.now() + ORPHANS_TIMEOUT_MS;
    while (signalGroup(pid, 0) && performance.now() < deadline) await sleep(5);
  });
  return {
    pid,
    exited,
    get exit() {
      return exit;
    },
    async stop(signal, timeoutMs) {
      if (exit === void 0) signalGroup(pid, signal);
      if (!await endsWithin(gone, timeoutMs)) {
        if (exit === void 0) signalGroup(pid, "SIGKILL");
        if (!await endsWithin(gone, KILL_TIMEOUT_MS)) {
          throw new MeasurementError(`process ${pid} (${spec.command}) could not be killed`);
        }
      }
    }
  };
}
function signalGroup(groupId, signal) {
  try {
    return kill(-groupId, signal);
  } catch (error) {
    const { code } = error;
    if (code === "ESRCH" || code === "EPERM") return false;
    throw error;
  }
}
var endProcessesFrom = (directory) => endAll(() => processesFrom(directory));
var endProcessesMarked = (mark) => endAll(() => processesMarked(mark));
async function endAll(find) {
  const deadline = performance.now() + ORPHANS_TIMEOUT_MS;
  for (let left = find(); left.length > 0; left = find()) {
    for (const pid of left) killOne(pid);
    if (performance.now() > deadline) return;
    await sleep(5);
  }
}
function killOne(pid) {
  try {
    kill(pid, "SIGKILL");
  } catch (error) {
    const { code } = error;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
async function endsWithin(event, timeoutMs) {
  const timer = new AbortController();
  try {
    const late = sleep(timeoutMs, false, { signal: timer.signal });
    late.catch(() => void 0);
    return await Promise.race([event.then(() => true), late]);
  } finally {
    timer.abort();
  }
}

// src/process/program.ts
import { spawn as spawn3 } from "node:child_process";

// src/base/awake.ts
var PARTS = 20;
function afterAwake(ms, act) {
  let left = PARTS;
  const stop = () => clearInterval(timer);
  const timer = setInterval(() => {
    if (--left > 0) return;
    stop();
    act();
  }, ms / PARTS);
  return stop;
}

// src/process/ended.ts
var READ_MS = 500;
function ended(child) {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      const resolveNow = () => {
        stopWaiting();
        resolve({ code, signal });
      };
      const stopWaiting = afterAwake(READ_MS, () => {
        for (const stream of [child.stdout, child.stderr]) {
          if (stream !== null && "unref" in stream) stream.unref();
        }
        resolveNow();
      });
      child.once("close", resolveNow);
    });
  });
}

// src/process/program.ts
async function runProgram(program) {
  const { cwd, env, input, signal, graceMs = 0, timeoutMs, isSwept = false } = program;
  signal?.throwIfAborted();
  const { command, args, mark } = await marked(program, program);
  const child = spawn3(command, args, {
    cwd,
    env: defined(env),
    stdio: [input === void 0 ? "ignore" : "pipe", "pipe", "pipe"],
    detached: true
  });
  const over = ended(child);
  const { pid } = child;
  if (pid === void 0) throw await over.then(() => void 0, reasonOf);
  const reaper = reaperFor(pid, mark);
  let end = "over";
  let force;
  const kill2 = () => void signalGroup(pid, "SIGKILL");
  const killFor = (reason) => {
    end = reason;
    kill2();
  };
  const onAbort = () => {
    if (graceMs === 0) return kill2();
    signalGroup(pid, "SIGTERM");
    force = setTimeout(kill2, graceMs);
  };
  const stdout = collect(child.stdout, program.stdout, () => killFor("too much output"));
  const stderr = collect(child.stderr, program.stderr, () => killFor("too much output"));
  const stopWaiting = timeoutMs === void 0 ? () => void 0 : afterAwake(timeoutMs, () => killFor("late"));
  signal?.addEventListener("abort", onAbort, { once: true });
  child.once("exit", kill2);
  if (child.stdin !== null) {
    child.stdin.on("error", () => void 0);
    child.stdin.end(input);
  }
  try {
    const { code, signal: endedBy } = await over;
    signal?.throwIfAborted();
    return { end, exitCode: code ?? void 0, signal: endedBy ?? void 0, stdout: stdout(), stderr: stderr() };
  } finally {
    stopWaiting();
    clearTimeout(force);
    signal?.removeEventListener("abort", onAbort);
    await reaper.dismiss();
    if (isSwept && mark !== void 0) await endProcessesMarked(mark);
  }
}
function defined(env) {
  return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== void 0));
}
var reasonOf = (error) => error;
function collect(stream, { mostBytes, keptBytes, hear }, stop) {
  let chunks = [];
  let size = 0;
  let kept = 0;
  stream.on("data", (chunk) => {
    const isWithin = size <= mostBytes;
    size += chunk.length;
    if (size > mostBytes) {
      if (isWithin) stop();
      return;
    }
    hear?.(chunk);
    chunks.push(chunk);
    kept += chunk.length;
    if (kept <= 2 * keptBytes) return;
    const whole = Buffer.concat(chunks);
    chunks = [whole.subarray(whole.length - keptBytes)];
    kept = keptBytes;
  });
  return () => {
    const whole = Buffer.concat(chunks);
    return whole.subarray(Math.max(0, whole.length - keptBytes));
  };
}

export {
  findCommit,
  resolveCommit,
  branchOf,
  currentBranch,
  afterAwake,
  isOnPath,
  listeningAddresses,
  startGroup,
  endProcessesFrom,
  runProgram,
  defined
};
