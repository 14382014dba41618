import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  machineFault
} from "./base-machine-fault.js";
import {
  findJobBase
} from "./ci-base.js";
import {
  openRunDirectory
} from "./run-run-directory.js";
import "./ci-own-code.js";
import {
  atOnce,
  buildComparable,
  buildForMeasuring,
  findValgrind,
  instruments,
  isAgentFunction,
  manifestOf,
  roundsWithin,
  without
} from "./pprof-format.js";
import {
  settingsOf
} from "./commands-settings.js";
import "./commands-flag.js";
import {
  loadConfig,
  noConfig
} from "./run-project.js";
import "./ci-github.js";
import "./report-markdown.js";
import "./run-rules-record.js";
import "./compare-shared-limits.js";
import {
  totalsOf
} from "./compare-totals.js";
import {
  cleanProse,
  jsonText
} from "./report-story.js";
import {
  wordWrapped
} from "./base-wrap.js";
import {
  labelOf,
  shortCommit,
  visible
} from "./report-words.js";
import {
  tableOf
} from "./profile-runtime-groups.js";
import {
  decodeProfile
} from "./profile-decode.js";
import {
  VERSION
} from "./package-json.js";
import "./report-schema-2.js";
import "./config-differences.js";
import "./config-rules.js";
import "./compare-report.js";
import {
  progressFor
} from "./commands-progress-flags.js";
import {
  LONGEST_SOCKET,
  LOOPBACK,
  ONE_EACH,
  allowedCores,
  ask,
  benchFor,
  causeOf,
  createCheckout,
  deckLength,
  findGo,
  freePort,
  hasTaskset,
  listCommand,
  parseCores,
  request,
  requestFor,
  resolveSides,
  splitFields,
  start,
  temporaryDirectory,
  warmUp,
  wholeDecks,
  withService
} from "./agent-client.js";
import {
  currentBranch
} from "./process-group.js";
import "./undici.js";
import {
  findConfig,
  openRepository,
  readConfig
} from "./simple-git.js";
import "./config-problem.js";
import {
  wantsColor
} from "./base-color.js";
import {
  formatDuration,
  formatPercent,
  formatShare,
  formatSpread
} from "./ajv.js";
import "./base-width.js";
import {
  listed,
  plainText
} from "./base-text.js";
import {
  eachScenario,
  whereIs
} from "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import {
  INSTRUMENTS,
  metricsOf
} from "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./base-errors.js";
import {
  __callDispose,
  __using
} from "./empty.js";

// src/commands/doctor.ts
import { resolve as resolve2 } from "node:path";

// src/doctor/finding.ts
var ok = (name, text) => ({ name, level: "ok", text });
var untried = (name, text) => ({ name, level: "untried", text });
var warning = (name, text, remedy) => ({
  name,
  level: "warning",
  text,
  remedy
});
var LAST_RESORT = "put that right, then try again: perf-gate doctor";
function failed(name, error, fault) {
  const at = error.at === void 0 ? "" : `${error.at}: `;
  return {
    name,
    level: "error",
    text: cleanProse(`${at}${error.message}`),
    remedy: cleanProse(error.hint ?? LAST_RESORT),
    ...error.detail ? { detail: error.detail } : {},
    fault: fault ?? (error.exitCode === EXIT.usage ? "use" : "here")
  };
}
function repairable(error, { signal, temporaryDirectory: temporaryDirectory2 }) {
  signal.throwIfAborted();
  const known = error instanceof UserError ? error : machineFault(error, temporaryDirectory2);
  if (known === void 0) throw error;
  return known;
}
async function looked(name, halt, look) {
  try {
    return await look();
  } catch (error) {
    return failed(name, repairable(error, halt));
  }
}
function exitCodeOf(sections) {
  const errors = errorsIn(sections);
  if (errors.length === 0) return EXIT.pass;
  return errors.some(({ fault }) => fault === "use") ? EXIT.usage : EXIT.invalid;
}
var errorsIn = (sections) => sections.flatMap(({ findings }) => findings.filter(({ level }) => level === "error"));

// src/doctor/machine.ts
import { join as join3 } from "node:path";

// src/doctor/activity.ts
import { setTimeout as sleep } from "node:timers/promises";
var SAMPLE_MS = 500;
var NOTABLE_STEAL = 0.05;
var NOTABLE_WAITING = 0.25;
var NOTABLE_LOAD_PER_CORE = 0.75;
async function activityFacts(read, signal) {
  const [loadavg, pressure] = [read("/proc/loadavg"), read("/proc/pressure/cpu")];
  const before = read("/proc/stat");
  if (before === void 0) return void 0;
  await sleep(SAMPLE_MS, void 0, { signal }).catch(() => signal.throwIfAborted());
  return { stat: [before, read("/proc/stat") ?? before], loadavg, pressure };
}
function judgeActivity(facts) {
  if (facts === void 0) return untried("activity", "this system does not tell how busy it is");
  const cores = facts.stat[0].match(/^cpu\d+ /gm)?.length ?? 1;
  const steal = stealBetween(...facts.stat);
  const load = Number(facts.loadavg?.split(" ")[0] ?? Number.NaN);
  const waiting = Number(/^some avg10=([\d.]+)/m.exec(facts.pressure ?? "")?.[1] ?? Number.NaN) / 100;
  const text = [
    steal === void 0 ? [] : `steal ${formatShare(steal)}`,
    Number.isNaN(load) ? [] : `load ${load.toFixed(1)} on ${cores === 1 ? "one core" : `${cores} cores`}`,
    Number.isNaN(waiting) ? [] : `a core waited for in ${formatShare(waiting)} of the last 10 s`
  ].flat().join(", ");
  if ((steal ?? 0) >= NOTABLE_STEAL) {
    return warning(
      "activity",
      `${text}: the host gives this machine's time to others, so times say little; counts do not change by it`,
      "rely on instructions, allocs and io, or use a runner of its own (a dedicated host, a machine executor)"
    );
  }
  if (load >= NOTABLE_LOAD_PER_CORE * cores || waiting >= NOTABLE_WAITING) {
    return warning(
      "activity",
      `${text}: a run takes longer and times say less; counts do not change by it`,
      "end what else runs (top shows it), or wait until uptime tells a load near 0"
    );
  }
  return ok("activity", text);
}
function stealBetween(before, after) {
  const [first, second] = [before, after].map((text) => /^cpu +(.*)$/m.exec(text)?.[1]?.split(" ").map(Number));
  if (first === void 0 || second === void 0 || first.length < 8) return void 0;
  const passed = first.slice(0, 8).map((ticks, i) => (second[i] ?? ticks) - ticks);
  const total = passed.reduce((sum, ticks) => sum + ticks, 0);
  return total > 0 ? passed[7] / total : 0;
}

// src/doctor/c-compiler.ts
async function compilerFacts(directory, { service }, { variables }, env, signal) {
  const { build: build2, package: mainPackage } = service;
  const spec = {
    label: "the work tree",
    directory,
    package: mainPackage,
    build: { ...build2, env: { ...build2.env, CGO_ENABLED: "1" } },
    env,
    signal
  };
  const format = "{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}";
  const compiler = variables["CC"] || "gcc";
  const [packages, version] = await Promise.all([
    ask(listCommand(spec, format, [mainPackage], ["-e", "-deps"])),
    versionOf(compiler, { cwd: directory, env: { ...env, ...build2.env }, signal })
  ]);
  if (packages.exitCode !== 0) return void 0;
  const users = packages.stdout.split("\n").filter((line) => line !== "");
  const isLeftOut = { ...env, ...build2.env }["CGO_ENABLED"] === "0";
  return { users, isLeftOut, compiler, version };
}
async function versionOf(compiler, where) {
  const [command = compiler, ...args] = splitFields(compiler);
  try {
    const { exitCode, output } = await ask({ command, args: [...args, "--version"], ...where });
    return exitCode === 0 ? cleanProse(output.trimStart().split("\n")[0] ?? "") : void 0;
  } catch {
    where.signal.throwIfAborted();
    return void 0;
  }
}
var MOST_NAMES = 3;
function judgeCompiler(facts) {
  if (facts === void 0) return untried("c compiler", "go does not tell what the service is built from");
  const { users, isLeftOut, compiler, version } = facts;
  if (users.length === 0) return ok("c compiler", "not needed: no package of the service has C parts");
  const more = users.length > MOST_NAMES ? [`${users.length - MOST_NAMES} more`] : [];
  const of = listed([...users.slice(0, MOST_NAMES), ...more]);
  if (isLeftOut) return ok("c compiler", `not needed: CGO_ENABLED=0 leaves the C parts of ${of} out`);
  if (version === void 0) {
    return warning(
      "c compiler",
      `${compiler} does not run, so ${of} cannot be built with their C parts`,
      "install it: apt-get install gcc libc6-dev, dnf install gcc, apk add gcc musl-dev; or say CC in service.build.env"
    );
  }
  return ok("c compiler", `${version}, for ${of}`);
}

// src/doctor/mounts.ts
import { relative } from "node:path";
function parseMounts(text) {
  return text.split("\n").flatMap((line) => {
    const [before = "", behind = ""] = line.split(" - ");
    const [, , , root, point, options] = before.split(" ");
    const [type, , superOptions = ""] = behind.split(" ");
    if (root === void 0 || point === void 0 || options === void 0 || type === void 0) return [];
    const lists = { options: options.split(","), superOptions: superOptions.split(",") };
    return [{ root: unescaped(root), point: unescaped(point), type, ...lists }];
  });
}
function mountOf(path, mounts) {
  const holding = mounts.filter(({ point }) => !/^\.\.(\/|$)/.test(relative(point, path)));
  const longest = Math.max(...holding.map(({ point }) => point.length));
  return holding.findLast(({ point }) => point.length === longest);
}
var unescaped = (text) => text.replaceAll(/\\([0-7]{3})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 8)));

// src/doctor/cgroup.ts
function readCgroupLimits(read) {
  const mounts = parseMounts(read("/proc/self/mountinfo") ?? "");
  const groups = parseGroups(read("/proc/self/cgroup") ?? "");
  const directories = (controller) => groups.flatMap((group) => {
    const isOurs = group.controllers.length === 0 || group.controllers.includes(controller);
    return isOurs ? directoriesOf(group, mounts, controller) : [];
  });
  return {
    cpu: tightest(
      directories("cpu").flatMap((directory) => cpuLimit(directory, read)),
      ({ cores }) => cores
    ),
    memory: tightest(
      directories("memory").flatMap((directory) => memoryLimit(directory, read)),
      ({ limitBytes }) => limitBytes
    )
  };
}
function parseGroups(text) {
  return text.split("\n").flatMap((line) => {
    const [, , controllers, path] = /^(\d+):([^:]*):(\/.*)$/.exec(line) ?? [];
    if (controllers === void 0 || path === void 0) return [];
    return [{ controllers: controllers === "" ? [] : controllers.split(","), path }];
  });
}
function directoriesOf({ controllers, path }, mounts, controller) {
  const mount = mounts.findLast(
    ({ type, superOptions }) => controllers.length === 0 ? type === "cgroup2" : type === "cgroup" && superOptions.includes(controller)
  );
  if (mount === void 0) return [];
  const below = mount.root !== "/" && path.startsWith(mount.root) ? path.slice(mount.root.length) : path;
  const parts = below.split("/").filter((part) => part !== "" && part !== "..");
  return [...parts.map((_, i) => `${mount.point}/${parts.slice(0, parts.length - i).join("/")}`), mount.point];
}
function cpuLimit(directory, read) {
  const [quota, period] = read(`${directory}/cpu.max`)?.split(/\s+/).map(Number) ?? [
    number(read(`${directory}/cpu.cfs_quota_us`)),
    number(read(`${directory}/cpu.cfs_period_us`))
  ];
  if (quota === void 0 || period === void 0 || !(quota > 0 && period > 0)) return [];
  const isNew = read(`${directory}/cpu.max`) !== void 0;
  return [{ cores: quota / period, file: `${directory}/${isNew ? "cpu.max" : "cpu.cfs_quota_us"}` }];
}
var NO_LIMIT_BYTES = 2 ** 60;
function memoryLimit(directory, read) {
  for (const [limit, usage, reclaimable] of [
    ["memory.max", "memory.current", /^inactive_file (\d+)$/m],
    ["memory.limit_in_bytes", "memory.usage_in_bytes", /^total_inactive_file (\d+)$/m]
  ]) {
    const limitBytes = number(read(`${directory}/${limit}`));
    if (limitBytes === void 0 || limitBytes >= NO_LIMIT_BYTES) continue;
    const usedBytes = number(read(`${directory}/${usage}`)) ?? 0;
    const reclaimableBytes = Number(reclaimable.exec(read(`${directory}/memory.stat`) ?? "")?.[1] ?? 0);
    const freeBytes = Math.max(0, limitBytes - Math.max(0, usedBytes - reclaimableBytes));
    return [{ limitBytes, freeBytes, file: `${directory}/${limit}` }];
  }
  return [];
}
function number(text) {
  const value = /^\s*(-?\d+)\s*$/.exec(text ?? "")?.[1];
  return value === void 0 ? void 0 : Number(value);
}
function tightest(limits, amount) {
  return limits.toSorted((a, b) => amount(a) - amount(b))[0];
}

// src/doctor/cores.ts
function coreFacts({ cores, env }, read, { cpu }) {
  const online = read("/sys/devices/system/cpu/online");
  return {
    allowed: allowedCores(cores).length,
    online: online === void 0 ? void 0 : parseCores(online.trim()).length,
    quota: cpu,
    canPin: hasTaskset(env)
  };
}
function judgeCores({ allowed, online, quota, canPin }) {
  const of = online !== void 0 && online > allowed ? ` of ${online} (affinity)` : "";
  const text = `${allowed === 1 ? "one core" : `${allowed} cores`}${of}`;
  if (quota !== void 0 && quota.cores < allowed) {
    const cores = Number(quota.cores.toFixed(2));
    return warning(
      "cores",
      `${text}, with a quota of ${cores} (${quota.file}): who uses more is held up, which times show and counts do not`,
      `raise the quota to ${allowed}: docker run --cpus ${allowed}, resources.limits.cpu of a pod, a larger runner`
    );
  }
  if (allowed === 1) {
    return warning(
      "cores",
      `${text}: the service and the load share it, so times tell less and a run takes about twice as long`,
      of === "" ? "use a machine with two cores" : "allow it two cores: taskset -c 0,1, docker run --cpuset-cpus 0,1"
    );
  }
  if (!canPin) {
    return warning(
      "cores",
      `${text}, but there is no taskset to pin the service to one of them`,
      "install it: apt-get install util-linux, dnf install util-linux, apk add util-linux"
    );
  }
  return ok("cores", `${text}${quota === void 0 ? ", no quota" : `, a quota of ${Number(quota.cores.toFixed(2))}`}`);
}

// src/doctor/disk.ts
import { constants } from "node:fs";
import { access, realpath, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";

// src/doctor/size.ts
function formatSize(bytes) {
  if (bytes >= 995e7) return `${Math.round(bytes / 1e9)} GB`;
  if (bytes >= 9995e5) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${Math.round(bytes / 1e6)} MB`;
}

// src/doctor/disk.ts
var BUILDS_BYTES = 1e9;
var RESULTS_BYTES = 1e8;
var SOCKET_PATH_BYTES = { linux: 107, others: 103 };
async function diskFacts({ temporaryDirectory: temporaryDirectory2, platform }, read, { output, repo }) {
  const [temporary, results, checkoutBytes] = await Promise.all([
    placeOf(temporaryDirectory2, read),
    placeOf(output, read),
    repo === void 0 ? 0 : trackedBytes(repo)
  ]);
  return { temporary, output: results, checkoutBytes, platform };
}
async function placeOf(path, read) {
  const found = await realpath(path).catch(() => void 0);
  if (found === void 0) return { ...await placeOf(dirname(path), read), path, isThere: false };
  const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(found), stat(found)]);
  const mayWrite = await access(found, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false
  );
  const mount = mountOf(found, parseMounts(read("/proc/self/mountinfo") ?? ""));
  const isNoExec = mount?.options.includes("noexec") === true;
  return { path: found, isThere: true, freeBytes: bavail * bsize, mayWrite, isNoExec, device: dev };
}
async function trackedBytes({ git }) {
  const listed2 = await git.run(["ls-files", "--debug"]);
  return [...listed2.matchAll(/^ {2}size: (\d+)\t/gm)].reduce((sum, [, size]) => sum + Number(size), 0);
}
function judgeDisk({ temporary, output, checkoutBytes, platform }) {
  const { path } = temporary;
  const another = "name another directory for temporary files: TMPDIR=DIR perf-gate";
  const error = (text2) => ({ name: "disk", level: "error", text: text2, remedy: another, fault: "here" });
  if (!temporary.isThere) return error(`there is no directory ${path} for temporary files`);
  if (!temporary.mayWrite) return error(`temporary files cannot be written to ${path}`);
  if (temporary.isNoExec) return error(`${path} is mounted noexec: a service that is built there cannot be started`);
  const longest = platform === "linux" ? SOCKET_PATH_BYTES.linux : SOCKET_PATH_BYTES.others;
  if (Buffer.byteLength(join(path, LONGEST_SOCKET)) > longest) {
    return error(`the path of the temporary directory is too long for a socket: ${path}`);
  }
  const isOne = temporary.device === output.device;
  const wanted = 2 * checkoutBytes + BUILDS_BYTES + (isOne ? RESULTS_BYTES : 0);
  const inTemporary = `${formatSize(temporary.freeBytes)} free in ${path}`;
  const text = `${inTemporary}${isOne ? "" : `, ${formatSize(output.freeBytes)} in ${output.path}`}`;
  if (temporary.freeBytes < wanted) {
    return warning("disk", `${inTemporary}; a run wants about ${formatSize(wanted)}`, `make room, or ${another}`);
  }
  if (!isOne && output.freeBytes < RESULTS_BYTES) {
    const short = `${formatSize(output.freeBytes)} free in ${output.path}; the results want about ${formatSize(RESULTS_BYTES)}`;
    return warning("disk", short, "make room, or name another place with --output");
  }
  return ok("disk", `${text}; a run wants about ${formatSize(wanted)}`);
}

// src/doctor/go.ts
import { readFile } from "node:fs/promises";
import { dirname as dirname2, join as join2 } from "node:path";
async function lookAtGo(directory, config, env, halt) {
  try {
    const goMod = await nearestGoMod(directory);
    const toolchain = await findGo({ ...env, ...config?.service.build.env }, directory, halt);
    return { finding: judgeGo({ toolchain, goMod, config }), toolchain };
  } catch (error) {
    return { finding: failed("go", repairable(error, halt), "here"), toolchain: void 0 };
  }
}
async function nearestGoMod(directory) {
  const text = await readFile(join2(directory, "go.mod"), "utf8").catch(() => void 0);
  return text !== void 0 || dirname2(directory) === directory ? text : nearestGoMod(dirname2(directory));
}
function judgeGo({ toolchain, goMod, config }) {
  const { version, root, variables } = toolchain;
  const wanted = /^go\s+(\S+)/m.exec(goMod ?? "")?.[1];
  const named = /^toolchain\s+(\S+)/m.exec(goMod ?? "")?.[1];
  const isFetched = root.includes("golang.org/toolchain@");
  const [goflags, gotoolchain] = [toolchain.flags, variables["GOTOOLCHAIN"] ?? ""];
  const text = [
    `${version} in ${root}${isFetched ? ", which go fetched because go.mod asks for it" : ""}`,
    goMod === void 0 ? ["no go.mod"] : wanted === void 0 ? [] : [`go.mod asks for ${wanted}`],
    named === void 0 ? [] : [`toolchain ${named}`],
    gotoolchain === "" || gotoolchain === "auto" ? [] : [`GOTOOLCHAIN=${gotoolchain}`],
    goflags === "" ? [] : [`GOFLAGS=${goflags}`]
  ].flat().join("; ");
  for (const flag of splitFields(goflags)) {
    const effect = distortion(flag);
    if (effect !== void 0) {
      return warning("go", `${text}: ${flag} ${effect}`, `measure without it: GOFLAGS= perf-gate (go env -u GOFLAGS)`);
    }
  }
  for (const flag of config?.service.build.flags ?? []) {
    const effect = distortion(flag);
    if (effect !== void 0) {
      return warning(
        "go",
        `${text}: ${flag} of service.build.flags ${effect}`,
        `take it out of ${whereIs(config, "service.build.flags")}`
      );
    }
  }
  return ok("go", text);
}
function distortion(flag) {
  const [, name, value = ""] = /^--?(\w+)(?:=(.*))?$/s.exec(flag) ?? [];
  if (value === "false") return void 0;
  switch (name) {
    case "race":
    case "msan":
    case "asan":
      return "makes everything several times slower, and the detector is what is measured";
    case "cover":
    case "covermode":
    case "coverpkg":
      return "adds counters to every line";
    case "gcflags":
      return /(?:^|[\s'"=])-(?:N|l)\b/.test(value) ? "switches optimisation or inlining off" : void 0;
    default:
      return void 0;
  }
}

// src/doctor/memory.ts
var WANTED_BYTES = 15e8;
function memoryFacts({ memory }, { memory: group }) {
  return { totalBytes: memory.totalBytes, freeBytes: memory.freeBytes(), group };
}
function judgeMemory({ totalBytes, freeBytes, group }) {
  const isLimited = group !== void 0 && group.limitBytes < totalBytes;
  const free = isLimited ? Math.min(freeBytes, group.freeBytes) : freeBytes;
  const of = isLimited ? `${formatSize(group.limitBytes)} (${group.file})` : formatSize(totalBytes);
  const text = `${formatSize(free)} free of ${of}`;
  if (free >= WANTED_BYTES) return ok("memory", text);
  return warning(
    "memory",
    `${text}; a run of a small service wants ${formatSize(WANTED_BYTES)}, a large one more`,
    isLimited && group.freeBytes <= freeBytes ? "raise the limit: docker run --memory 4g, resources.limits.memory of a pod, a larger runner" : 'end other programs, or use a machine with more; too little shows as "was ended by SIGKILL"'
  );
}

// src/doctor/perf-events.ts
function judgePerfEvents(read) {
  const paranoid = read("/proc/sys/kernel/perf_event_paranoid")?.trim();
  const isFiltered = /^Seccomp:\s*2$/m.test(read("/proc/self/status") ?? "");
  const setting = paranoid === void 0 ? "this kernel has none" : `kernel.perf_event_paranoid is ${paranoid}`;
  return ok(
    "perf events",
    `not needed: no instrument uses them (${setting}${isFiltered ? ", a seccomp filter is on" : ""})`
  );
}

// src/doctor/port.ts
function lookAtPort(halt) {
  return looked("port", halt, async () => {
    const port = await freePort().catch((cause) => {
      throw new MeasurementError(`no port of ${LOOPBACK} can be opened: ${cause.message}`, {
        cause,
        hint: "the loopback interface must be up (ip link set lo up), and sockets be allowed"
      });
    });
    return ok("port", `${LOOPBACK} has free ones, ${port} for example`);
  });
}

// src/doctor/system-text.ts
import { closeSync, openSync, readSync } from "node:fs";
var MOST_BYTES = 1 << 20;
var readSystemText = (path) => {
  let file;
  try {
    file = openSync(path, "r");
  } catch {
    return void 0;
  }
  try {
    const bytes = Buffer.alloc(MOST_BYTES);
    let length = 0;
    for (let read = -1; read !== 0 && length < MOST_BYTES; length += read) {
      read = readSync(file, bytes, length, MOST_BYTES - length, null);
    }
    return bytes.toString("utf8", 0, length);
  } catch {
    return void 0;
  } finally {
    closeSync(file);
  }
};

// src/doctor/valgrind.ts
var TRIED = { from: [3, 19], to: "3.24" };
var lookAtValgrind = async (world, instruments2) => judgeValgrind(await findValgrind(world), instruments2);
function judgeValgrind(valgrind, instruments2) {
  if ("missing" in valgrind) return withoutIt(valgrind, instruments2);
  const { version } = valgrind;
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOld = major < TRIED.from[0] || major === TRIED.from[0] && minor < TRIED.from[1];
  if (!isOld) return ok("valgrind", version);
  const tried = `${TRIED.from.join(".")} to ${TRIED.to}`;
  return ok("valgrind", `${version}, older than what measuring was tried with (${tried}): the service will tell`);
}
function withoutIt({ missing, hint }, instruments2) {
  if (instruments2 !== void 0 && !instruments2.includes("instructions")) {
    return ok("valgrind", `${missing}; not needed, since instruments leaves instructions out`);
  }
  if (instruments2?.length === 1) {
    const text = `${missing}, and instruments names instructions alone: nothing can be measured`;
    return failed("valgrind", new MeasurementError(text, { hint }));
  }
  return warning("valgrind", `${missing}, so instructions cannot be counted`, hint);
}

// src/doctor/machine.ts
async function lookAtMachine({ repo, loaded, output }, world) {
  const read = readSystemText;
  const limits = readCgroupLimits(read);
  const config = loaded?.config;
  const directory = loaded === void 0 ? world.cwd : join3(repo?.root ?? world.cwd, loaded.serviceDirectory);
  const looks = [
    (here) => lookAtCompilers(directory, config, here),
    async () => [judgeCores(coreFacts(world, read, limits)), judgeMemory(memoryFacts(world, limits))],
    async (here) => [
      await looked("disk", here, async () => judgeDisk(await diskFacts(here, read, { output, repo }))),
      judgeActivity(await activityFacts(read, here.signal)),
      await lookAtValgrind(here, config?.instruments),
      judgePerfEvents(read),
      await lookAtPort(here)
    ]
  ];
  return (await atOnce(looks, world.signal, (look, signal) => look({ ...world, signal }))).flat();
}
async function lookAtCompilers(directory, config, world) {
  const { env, signal } = world;
  const { finding, toolchain } = await lookAtGo(directory, config, env, world);
  if (toolchain === void 0) return [finding, untried("c compiler", "go must say first whether it is needed")];
  if (config === void 0) return [finding, untried("c compiler", "the config must name the service first")];
  const compiler = looked(
    "c compiler",
    world,
    async () => judgeCompiler(await compilerFacts(directory, config, toolchain, env, signal))
  );
  return [finding, await compiler];
}

// src/doctor/render.ts
var MARKS = {
  ok: "\u2713 ok",
  warning: "! warning",
  error: "\u2717 error",
  untried: "\xB7 untried"
};
var COLOURS = { ok: 32, warning: 33, error: 31, untried: 2 };
var MARK_WIDTH = 11;
var MOST_LINES = 20;
var LONGEST_NAME = 14;
var WIDTH = 110;
function renderTable({ tool, sections }, { color }) {
  const names = sections.flatMap(({ findings }) => findings.map(({ name }) => name.length));
  const width = 2 + Math.max(...names.filter((length) => length <= LONGEST_NAME));
  const blocks = sections.filter(({ findings }) => findings.length > 0).map(({ title, findings }) => [title, ...findings.flatMap((finding) => linesOf(finding, width, color))]);
  return `${[[`perf-gate doctor ${tool}`], ...blocks, [verdictOf(sections)]].map((block) => block.join("\n")).join("\n\n")}
`;
}
function linesOf({ name, level, text, remedy, detail }, width, color) {
  const mark = MARKS[level].padEnd(MARK_WIDTH);
  const painted = color ? `\x1B[${COLOURS[level]}m${mark}\x1B[0m` : mark;
  const indent = " ".repeat(2 + MARK_WIDTH + width);
  const [first = "", ...rest] = wordWrapped(cleanProse(text), Math.max(40, WIDTH - indent.length), BREAK);
  return [
    `  ${painted}${name.padEnd(width - 2)}  ${first}`,
    ...rest.map((line) => `${indent}${line}`),
    ...detail === void 0 ? [] : lastLines(detail).map((line) => `${indent}| ${line}`),
    ...remedy === void 0 ? [] : [`${indent}-> ${cleanProse(remedy)}`]
  ];
}
var BREAK = / (?!(?<=\d )(?:%|[nµm]?s\b|[mh]\b|[MG]B\b))/;
function lastLines(detail) {
  const lines = plainText(detail).trimEnd().split("\n");
  return lines.length <= MOST_LINES ? lines : ["\u2026", ...lines.slice(-MOST_LINES)];
}
function verdictOf(sections) {
  const errors = errorsIn(sections).map(({ name }) => name);
  if (errors.length > 0) return `A run cannot work yet: see ${listed(errors)}.`;
  const all = sections.flatMap(({ findings }) => findings);
  const warnings = all.filter(({ level }) => level === "warning").map(({ name }) => name);
  const isTried = !all.some(({ level }) => level === "untried");
  const works = isTried ? "A run can work here" : "Nothing stands in the way of a run";
  return warnings.length === 0 ? `${works}.` : `${works}, though less well than it could: see ${listed(warnings)}.`;
}
function renderJson({ tool, sections }) {
  const findings = sections.flatMap(
    ({ title, findings: findings2 }) => findings2.map((finding) => ({ section: title, ...finding }))
  );
  return jsonText({ tool, canRun: errorsIn(sections).length === 0, findings });
}

// src/commands/doctor-files.ts
import { relative as relative2, resolve } from "node:path";

// src/doctor/git-state.ts
function lookAtGit(repo, world) {
  return looked("git", world, () => describe(repo));
}
async function describe(repo) {
  const [branch, changed] = await Promise.all([
    currentBranch(repo),
    repo.git.run(["--no-optional-locks", "status", "--porcelain", "-z", "--no-renames", "--ignore-submodules=dirty"])
  ]);
  const files = changed.split("\0").filter((entry) => entry !== "").length;
  const on = branch === void 0 ? "no branch (HEAD is detached)" : `branch ${branch}`;
  const uncommitted = files === 0 ? "nothing uncommitted" : `${files === 1 ? "one file" : `${files} files`} uncommitted`;
  const history = repo.isShallow ? "a shallow clone" : "the whole history";
  return ok("git", `${shortCommit(repo.headCommit)}, ${on}, ${uncommitted}, ${history}`);
}
function lookAtBase(repo, branch, world) {
  return looked("base", world, async () => {
    const chosen = await findJobBase(world);
    const { base, baseReason } = await resolveSides(repo, {
      head: "HEAD",
      base: chosen?.commit,
      baseReason: chosen?.reason,
      branch
    });
    return ok("base", `${base.shortCommit}, ${baseReason}`);
  });
}

// src/commands/doctor-files.ts
async function lookAtFiles(options, world) {
  const opened = await attempt("git", world, () => openRepository(world.cwd, world));
  const repo = opened.value;
  const read = await attempt(
    "config",
    world,
    () => repo === void 0 ? configAlone(options, world) : loadConfig(repo, options.config, world, options.settings)
  );
  const branch = read.value?.config.baseline.branch;
  const [git, base] = await Promise.all([
    repo === void 0 ? opened.finding : lookAtGit(repo, world),
    repo === void 0 ? untried("base", "there is no repository to find it in") : lookAtBase(repo, branch, world)
  ]);
  const output = await lookAtOutput(resolve(world.cwd, options.output), world);
  const config = read.finding ?? ok("config", described(read.value.config));
  return { repo, loaded: read.value, findings: [git, base, config, output] };
}
async function attempt(name, world, act) {
  try {
    return { value: await act(), finding: void 0 };
  } catch (error) {
    const known = repairable(error, world);
    const fault = known.code === "no-git" ? "here" : void 0;
    return { value: void 0, finding: failed(name, known, fault) };
  }
}
async function configAlone(options, { cwd }) {
  const path = await findConfig(cwd, cwd, options.config);
  if (path === void 0) {
    throw noConfig(cwd);
  }
  const config = await readConfig(path, cwd, options.settings);
  return { config, serviceDirectory: config.service.dir ?? "." };
}
function described(config) {
  const { fileName, service, instruments: instruments2, budgetMs } = config;
  const loads = eachScenario(config).map(({ scenario, load: { requests, command } }) => {
    const what = command !== void 0 ? "a command" : requests.length === 1 ? "one request" : `${requests.length} requests`;
    return scenario === void 0 ? what : `${what} (${scenario})`;
  });
  const budget = formatDuration(budgetMs);
  return `${fileName} is valid: ${service.name}, ${listed(loads)}; ${listed(instruments2)}; budget ${budget}`;
}
function lookAtOutput(path, world) {
  return looked("output", world, async () => {
    var _stack = [];
    try {
      const _ = __using(_stack, await openRunDirectory(path, world), true);
      const shown = relative2(world.cwd, path) || ".";
      return ok("output", `results go to ${shown}/, and no other run is at work there`);
    } catch (_2) {
      var _error = _2, _hasError = true;
    } finally {
      var _promise = __callDispose(_stack, _error, _hasError);
      _promise && await _promise;
    }
  });
}

// src/commands/doctor-service.ts
import { copyFile, mkdir } from "node:fs/promises";
import { dirname as dirname3, join as join4, relative as relative3 } from "node:path";

// src/doctor/sensitivity.ts
function tellExact(name, rows, requests) {
  const noises = rows.flatMap(
    ({ name: row, uncertainty }) => metricsOf(name).some((metric) => metric === row) && uncertainty.kind === "exact" ? [{ row, noise: uncertainty.noise }] : []
  );
  const exact = noises.filter(({ noise }) => formatSpread(visible(noise)) === void 0);
  const noisy = noises.filter((one) => !exact.includes(one));
  const seen = [
    ...exact.length === 0 ? [] : [`any rise of ${listed(exact.map(({ row }) => labelOf(row)))}`],
    ...noisy.map(({ row, noise }) => `${labelOf(row)} from ${formatPercent(visible(noise))} on`)
  ];
  const differed = noisy.map(({ noise }) => percentOf(noise));
  const same = `two processes of ${requests.tried} requests each`;
  const why = noisy.length === 0 ? `${same} agreed` : `${same} differed by ${listed(differed)}, and a rise must be twice that`;
  const more = requests.ofRun > requests.tried ? `; a run counts ${requests.ofRun} and can see smaller ones` : "";
  return ok(name, `works; sees ${listed(seen)}: ${why}${noisy.length === 0 ? "" : more}`);
}
var percentOf = (noise) => formatSpread(noise) === void 0 ? "under 0.01 %" : formatPercent(noise).slice(1);
var T95 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
function tellTime(ratios, windowMs, budgetMs) {
  const rounds = roundsWithin(budgetMs);
  const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
  const sd = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / (ratios.length - 1));
  const half = T95[Math.min(rounds - 1, T95.length) - 1] * sd / Math.sqrt(rounds);
  const windows = `${ratios.length} windows of ${formatDuration(windowMs)}`;
  return ok(
    "cpu",
    `works; sees cpu time from about ${formatPercent(Math.expm1(half))} on, and no limit judges it: the head against itself varied by ${formatSpread(sd) ?? "\xB10.0"} % over ${windows}, and ${rounds} rounds fit into the budget of ${formatDuration(budgetMs)}`
  );
}

// src/doctor/time-noise.ts
var WINDOWS = { short: 6, long: 3 };
var SHORTEST_MS = 400;
var LONGEST_MS = 2e3;
var REQUESTS = 10;
var windowFor = (bench, waitMs) => bench.command === void 0 ? Math.min(LONGEST_MS, Math.max(SHORTEST_MS, REQUESTS * waitMs)) : LONGEST_MS;
async function timeNoise(bench, subjects, waitMs) {
  const windowMs = windowFor(bench, waitMs);
  const windows = windowMs < LONGEST_MS ? WINDOWS.short : WINDOWS.long;
  const core = bench.cores.length > 1 ? bench.cores.at(-1) : void 0;
  const options = { name: "cpu", core };
  const running = [];
  try {
    for (const subject of subjects) running.push(await start(bench, subject, options));
    await atOnce(running, bench.signal, (side, signal) => warmUp({ ...bench, signal }, side));
    const [, head] = running;
    await head.agent.startCpuProfile();
    const ratios = [];
    for (let window = 1; window <= windows; window++) {
      const [copy, own] = await atOnce(
        running,
        bench.signal,
        (side, signal) => nsPerRequest({ ...bench, signal }, side, windowMs)
      );
      const ratio = Math.log(own / copy);
      if (Number.isFinite(ratio)) ratios.push(ratio);
    }
    if (ratios.length < 2) {
      throw new MeasurementError("the requests take too little CPU time for it to be seen", {
        hint: "name requests that make the service work, or leave cpu out of instruments"
      });
    }
    const profile = decodeProfile(await head.agent.stopCpuProfile(), "the CPU profile of the head");
    if (tableOf(without(profile, isAgentFunction), { type: "cpu" }).total === 0) {
      throw new MeasurementError("Go's CPU profiler took no sample", {
        hint: "does the service profile itself, or block SIGPROF? It may not while it is measured"
      });
    }
    return { ratios, windowMs };
  } catch (error) {
    throw await causeOf(error, running);
  } finally {
    await Promise.all(running.map((side) => side[Symbol.asyncDispose]()));
  }
}
async function nsPerRequest(bench, side, windowMs) {
  const before = await side.agent.clock();
  const { requests } = await requestFor(bench, side, windowMs);
  const after = await side.agent.clock();
  return (after.userNs - before.userNs) / requests;
}

// src/doctor/trial.ts
var COUNTING_MS = 1e3;
var SLOWDOWN = 25;
function hurried(bench, { cpuMs, waitMs }) {
  const { load } = bench.config;
  const most = Math.max(1, Math.floor(COUNTING_MS / (cpuMs * SLOWDOWN + waitMs)));
  const fewer = { ...load, count: Math.min(load.count, most), warmup: Math.min(load.warmup, most) };
  return { ...bench, isQuick: true, config: { ...bench.config, load: fewer } };
}
async function tryService(benches, head) {
  const [bench] = benches;
  const found = [];
  let cost;
  let step = "start";
  try {
    const startedMs = bench.world.monotonicMs();
    await withService(bench, head, { name: "trial" }, async (running) => {
      const after = formatDuration(bench.world.monotonicMs() - startedMs);
      const { ready, listen } = bench.config.service;
      const place = listen === "unix" ? "socket" : "port";
      const how = ready.kind === "port" ? "accepts connections" : `answers ${ready.method} ${ready.path}`;
      found.push(ok("start", `${how} ${after} after its start, on the ${place} that it was given`));
      step = "requests";
      for (const one of benches) found.push(await tryLoad(one, running));
      step = "second copy";
      await withService(bench, head, { name: "second-copy" }, (second) => tryLoad(bench, second)).catch(
        (error) => {
          bench.signal.throwIfAborted();
          throw error instanceof UserError ? notTwice(error) : error;
        }
      );
      found.push(ok("second copy", "runs beside the first, as several will in a run"));
      cost = await costOf(bench, running);
    });
  } catch (error) {
    found.push(failed(step, repairable(error, bench.world), "here"));
  }
  return { findings: found, cost };
}
var A_FEW = 20;
async function costOf(bench, running) {
  const before = await running.agent.clock();
  const { requests, latencyMs, durationMs } = await request(bench, running, wholeDecks(bench, A_FEW));
  const after = await running.agent.clock();
  const cpuNs = after.userNs + after.systemNs - before.userNs - before.systemNs;
  return { cpuMs: cpuNs / requests / 1e6, waitMs: latencyMs?.p50 ?? durationMs / requests };
}
async function tryLoad(bench, running) {
  const { command, config } = bench;
  const of = config.scenario === void 0 ? "" : `${config.scenario}: `;
  if (command !== void 0) {
    const { requests } = await request(bench, running, A_FEW);
    const sender = command.tool.name === "json" ? "the command" : command.tool.name;
    return ok("requests", `${of}${sender} sent ${requests}, and they were answered as expected`);
  }
  return tryRequests(bench, running, of);
}
async function tryRequests(bench, running, of) {
  const { requests } = bench.scenario;
  const failures = [];
  for (const one of requests) {
    const scenario = { ...bench.scenario, requests: [{ ...one, weight: 1 }] };
    await request({ ...bench, scenario }, running, deckLength(scenario)).catch((error) => {
      bench.signal.throwIfAborted();
      if (!(error instanceof UserError) || running.service.hasExited) throw error;
      failures.push(error);
    });
  }
  const [first] = failures;
  if (first === void 0) {
    const names = listed(requests.map(({ name }) => name));
    const all = requests.length === 1 ? "" : `all ${requests.length} `;
    return ok("requests", `${of}${all}answered as expected: ${names}`);
  }
  throw new MeasurementError(`${of}${failures.length} of ${requests.length} requests failed`, {
    cause: first,
    ...first.hint === void 0 ? {} : { hint: first.hint },
    detail: failures.map(({ detail, message }) => (detail ?? message).replace(/^the first: /, "")).join("\n")
  });
}
var notTwice = (error) => new MeasurementError(`one copy of the service runs, a second one beside it does not: ${error.message}`, {
  cause: error,
  hint: ONE_EACH,
  ...error.detail === void 0 ? {} : { detail: error.detail }
});
var remarksOn = ({ warnings }) => warnings.flatMap(({ code, text }) => {
  const known = REMARKS[code];
  return known === void 0 ? [] : [warning(known.name, text, known.remedy)];
});
var REMARKS = {
  "generator-bottleneck": { name: "load", remedy: "set load.connections lower; exact figures do not mind" },
  "service-killed": { name: "stop", remedy: "let it end when it is asked to, or set service.stop" }
};
async function tryExact(bench, head, names) {
  const tried = await atOnce(names, bench.signal, (name, signal) => tryOne({ ...bench, signal }, head, name));
  return {
    results: Object.assign({}, ...tried.map(({ results }) => results)),
    findings: tried.flatMap(({ findings }) => findings)
  };
}
async function tryOne(bench, head, name) {
  try {
    const measured = await instruments[name].measure([head], bench);
    if (!("missing" in measured)) return { results: { [name]: measured.results[0] }, findings: [] };
    return { results: {}, findings: [unusable(name, measured.missing)] };
  } catch (error) {
    bench.signal.throwIfAborted();
    return { results: {}, findings: [failed(name, repairable(error, bench.world), "here")] };
  }
}
function unusable(name, { reason, hint, detail }) {
  const text = `cannot be used: ${reason}`;
  if (detail === void 0) return warning(name, text, hint ?? `take ${name} out of instruments in the config`);
  const remedy = `see what it said; a run goes on without ${name} and keeps the logs in head/logs of its run directory`;
  return { ...warning(name, text, remedy), detail };
}

// src/commands/doctor-service.ts
var SERVICE = "the service";
var ABILITIES = "what the instruments can do here";
async function examineService(options, world, progress) {
  try {
    return await examine(options, world, progress);
  } catch (error) {
    const checkout = failed("checkout", repairable(error, world), "here");
    return [{ title: SERVICE, findings: [checkout] }, notTried(options.config)];
  }
}
async function examine(options, world, progress) {
  var _stack = [];
  try {
    const { repo, config, serviceDirectory } = options;
    const path = relative3(repo.root, options.output);
    const exclude = path === "" || path.startsWith("..") ? [] : [path, `${path}.unfinished`];
    const { head: side } = await resolveSides(repo, { base: "HEAD", exclude });
    const work = __using(_stack, await temporaryDirectory(world), true);
    const copy = __using(_stack, await createCheckout(repo, side, join4(work.path, "base", "src")), true);
    const head = __using(_stack, await createCheckout(repo, side, join4(work.path, "head", "src")), true);
    const job = {
      config,
      serviceDirectory,
      sides: { base: side, head: side },
      checkouts: { base: copy, head },
      work: work.path,
      output: { side: (name) => join4(work.path, name, "out") },
      world,
      progress
    };
    const built = await build(job, repo);
    if ("failure" in built) return [{ title: SERVICE, findings: [built.failure] }, notTried(config)];
    const { benches, comparable, subjects, finding } = built;
    const { findings, cost } = await progress.step("trying the service", () => tryService(benches, subjects.head));
    const service = (remarks) => ({ title: SERVICE, findings: [finding, ...findings, ...remarks] });
    if (cost === void 0) return [service([]), notTried(config)];
    const bench = hurried(benches[0], cost);
    const found = await tryInstruments({ ...job, config: benches[0].config }, bench, { comparable, subjects, cost });
    const { scenario } = bench.config;
    const title = scenario === void 0 ? ABILITIES : `${ABILITIES}, with the scenario ${scenario}`;
    return [service(remarksOn(bench)), { title, findings: found }];
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
function notTried(config, why = "the errors above come first") {
  return { title: ABILITIES, findings: [untried(listed(config?.instruments ?? INSTRUMENTS), why)] };
}
async function build(job, repo) {
  const { config, checkouts, serviceDirectory, work, world } = job;
  const startedMs = world.monotonicMs();
  try {
    const [first, ...others] = eachScenario(config);
    const bench = await benchFor({ ...job, config: first }, repo.root);
    const more = [];
    for (const [i, other] of others.entries()) {
      more.push({ ...await benchFor({ ...job, config: other }, repo.root, `run${i}`), warnings: bench.warnings });
    }
    const { comparable, measured } = await job.progress.step("building the service", async () => {
      const comparable2 = await buildComparable(job, "head");
      const [measured2] = await buildForMeasuring(job, ["head"], { head: comparable2 });
      return { comparable: comparable2, measured: measured2 };
    });
    const { binary, elf, goVersion } = measured;
    const seconds = ((world.monotonicMs() - startedMs) / 1e3).toFixed(1);
    const second = join4(work, "base", "bin", config.service.name);
    await mkdir(dirname3(second), { recursive: true });
    await copyFile(binary, second);
    const subject = (side, file) => ({
      side,
      binary: file,
      directory: join4(checkouts[side].directory, serviceDirectory),
      output: job.output.side(side)
    });
    const finding = ok(
      "build",
      `${config.service.package} by ${goVersion} in ${seconds} s, ${formatSize(elf.bytes.length)}, the agent in it`
    );
    return {
      benches: [bench, ...more],
      comparable,
      subjects: { base: subject("base", second), head: subject("head", binary) },
      finding
    };
  } catch (error) {
    return { failure: failed("build", repairable(error, world)) };
  }
}
async function tryInstruments(job, bench, runnable) {
  const { config } = job;
  const { comparable, subjects } = runnable;
  const exact = config.instruments.filter((name) => name !== "cpu");
  const { results, findings } = await tryExact(bench, subjects.head, exact);
  const manifest = manifestOf(job, "head", comparable, bench, { instruments: results, missing: [] });
  const rows = totalsOf(manifest, manifest);
  const told = /* @__PURE__ */ new Map();
  for (const name of exact) {
    const result = results[name];
    const finding = findings.find((one) => one.name === name);
    if (result !== void 0)
      told.set(name, tellExact(name, rows, { tried: result.requests, ofRun: wholeDecks(bench, config.load.count) }));
    else if (finding !== void 0) told.set(name, finding);
  }
  if (config.instruments.includes("cpu")) told.set("cpu", await tryTime(config, bench, runnable));
  const all = config.instruments.flatMap((name) => told.get(name) ?? []);
  if (all.some(({ level }) => level === "ok")) return all;
  const nothing = new MeasurementError("nothing can be measured", { hint: "name more instruments in the config" });
  return [...all, failed("instruments", nothing)];
}
async function tryTime(config, bench, { subjects, cost }) {
  try {
    const { ratios, windowMs } = await bench.progress.step(
      "comparing the time of the head with that of a copy",
      () => timeNoise(bench, [subjects.base, subjects.head], cost.waitMs)
    );
    return tellTime(ratios, windowMs, config.budgetMs);
  } catch (error) {
    return failed("cpu", repairable(error, bench.world), "here");
  }
}

// src/commands/doctor.ts
var doctor = async ({ values }, world) => {
  const progress = progressFor(world, values);
  const output = resolve2(world.cwd, values.output);
  const { files, machine } = await progress.step("looking at your files and this machine", async () => {
    const files2 = await lookAtFiles({ config: values.config, settings: settingsOf(values), output }, world);
    return { files: files2, machine: await lookAtMachine({ ...files2, output }, world) };
  });
  const looked2 = [
    { title: "your files", findings: files.findings },
    { title: "this machine", findings: machine }
  ];
  const { repo, loaded } = files;
  const service = async () => {
    if (values["no-service"]) return [notTried(loaded?.config, "left out by --no-service")];
    const isReady = !errorsIn(looked2).some(({ name }) => NEEDED.includes(name));
    if (repo === void 0 || loaded === void 0 || !isReady) return [notTried(loaded?.config)];
    return examineService({ repo, ...loaded, output }, world, progress);
  };
  const sections = [...looked2, ...await service()];
  const diagnosis = { tool: VERSION, sections };
  const rendered = values.format === "json" ? renderJson(diagnosis) : renderTable(diagnosis, { color: wantsColor(world) });
  world.stdout.write(world.secrets.clean(rendered));
  return exitCodeOf(sections);
};
var NEEDED = ["config", "go", "disk", "port"];
export {
  doctor
};
