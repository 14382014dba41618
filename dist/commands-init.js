import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  askGoProgram,
  listPackages
} from "./changes-list.js";
import {
  requireTools
} from "./run-require-tools.js";
import {
  progressFor
} from "./commands-progress-flags.js";
import {
  benchFor,
  createCheckout,
  deckLength,
  findGo,
  findTarget,
  link,
  prepare,
  proveInjected,
  request,
  resolveSides,
  shellWord,
  start,
  temporaryDirectory,
  withService
} from "./agent-client.js";
import {
  currentBranch
} from "./process-group.js";
import "./undici.js";
import {
  CONFIG_NAMES,
  fill,
  openRepository,
  parseConfig,
  require_dist
} from "./simple-git.js";
import {
  ConfigError
} from "./config-problem.js";
import "./base-color.js";
import {
  formatCount,
  formatNs,
  require__
} from "./ajv.js";
import {
  padded,
  widthsOf
} from "./base-width.js";
import {
  listed,
  plainText
} from "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import {
  redact
} from "./base-redact.js";
import {
  CONFIG_SCHEMA
} from "./config-schema-2.js";
import {
  METRICS
} from "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./base-errors.js";
import {
  __callDispose,
  __toESM,
  __using
} from "./empty.js";

// src/commands/init.ts
import { mkdtemp } from "node:fs/promises";
import { basename, join as join5, posix as posix5 } from "node:path";

// src/init/build-service.ts
import { join, posix } from "node:path";
async function buildService(input) {
  try {
    return await build(input);
  } catch (error) {
    input.world.signal.throwIfAborted();
    if (!(error instanceof MeasurementError)) throw error;
    throw new MeasurementError(error.message, {
      hint: `${error.hint ?? "it must build from a fresh checkout"}; ${embedded(error.detail) ?? "such as perf-gate init --setup 'go generate ./...'"}`,
      ...error.detail === void 0 ? {} : { detail: error.detail },
      cause: error
    });
  }
}
function embedded(detail = "") {
  const [, file = "", pattern = ""] = /^(\S+\.go):\d+:\d+: pattern (\S+): no matching files found/m.exec(detail) ?? [];
  if (!/^(all:)?[\w./*-]+$/.test(pattern) || !/^[\w./-]+$/.test(file)) return void 0;
  const path = posix.join(posix.dirname(file), pattern.replace(/^all:/, ""));
  const directory = path.replace(/\/?\*.*$/, "");
  return `it embeds ${path}, which another tool makes: give that tool's command, or where the service does no more than hand it out an empty stand-in: perf-gate init --setup 'mkdir -p ${directory} && touch ${directory}/index.html'`;
}
async function build({ config, directory, side, work, world, tell }) {
  const { package: mainPackage, setup, build: settings, name, inject: inject2 } = config.service;
  const { version, commit, shortCommit, branch, commitTime } = side;
  const prepared = await prepare({
    label: "the work tree",
    directory,
    package: mainPackage,
    setup,
    build: settings,
    // go and the C compiler leave what they were working on behind when they are interrupted.
    env: { ...world.env, GOTMPDIR: work, TMPDIR: work },
    signal: world.signal,
    placeholders: { version, commit },
    tell
  });
  const values = { version, commit, shortCommit, branch: branch ?? "", buildTime: commitTime };
  const linked = await link(prepared, {
    output: join(work, "bin", name),
    inject: Object.fromEntries(Object.entries(inject2).map(([variable, text2]) => [variable, fill(text2, values)])),
    isComparable: false
  });
  const unset = [];
  for (const [variable, value2] of Object.entries(linked.injected)) {
    const alone = { ...linked, injected: { [variable]: value2 } };
    await proveInjected(prepared, alone).catch((error) => {
      world.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      unset.push({ variable, reason: error.message.replace(`${variable} cannot`, "it cannot") });
    });
  }
  return { binary: linked.binary, unset };
}

// src/init/names.ts
function wordsOf(name) {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2").toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== "");
}

// src/init/path-pattern.ts
function parsePathPattern(pattern) {
  const parts = [];
  let literal = "";
  let rest = pattern;
  const take = (length) => {
    rest = rest.slice(length);
  };
  const parameter = (part) => {
    if (literal !== "") parts.push({ literal });
    literal = "";
    parts.push(part);
  };
  while (rest !== "") {
    const before = literal.at(-1) ?? "/";
    const colon = /^:([A-Za-z_]\w*)(?:<([^>]*)>|\(([^)]*)\))?\??/.exec(rest);
    const star = /^[*+](\w*)$/.exec(rest);
    if (rest.startsWith("{")) {
      const end = closingBrace(rest);
      if (end === -1) return void 0;
      const inside = rest.slice(1, end);
      take(end + 1);
      if (inside === "$") continue;
      const [, name = "", dots, constraint = ""] = /^(.*?)(\.\.\.)?(?::(.*))?$/s.exec(inside) ?? [];
      parameter({ name, constraint, isRest: dots !== void 0 });
    } else if (colon !== null && /[/.-]/.test(before)) {
      take(colon[0].length);
      parameter({ name: colon[1], constraint: colon[2] ?? colon[3] ?? "", isRest: false });
    } else if (star !== null && before === "/") {
      take(star[0].length);
      parameter({ name: star[1], constraint: "", isRest: true });
    } else {
      literal += rest[0];
      take(1);
    }
  }
  if (literal !== "") parts.push({ literal });
  return parts;
}
var isParameter = (part) => "name" in part;
function closingBrace(text2) {
  let depth2 = 0;
  for (let i = 0; i < text2.length; i++) {
    if (text2[i] === "{") depth2++;
    else if (text2[i] === "}" && --depth2 === 0) return i;
  }
  return -1;
}
function plausibleValues({ name, constraint, isRest }) {
  const words = wordsOf(name);
  const [, known = []] = KNOWN_VALUES.find(([names]) => words.some((word) => names.includes(word))) ?? [];
  const all = [.../* @__PURE__ */ new Set([...known, ...isRest ? ["index.html"] : [], "example", "1", "10"])];
  const allowed = all.filter((value2) => matches(constraint, value2));
  return allowed.length > 0 ? allowed : all;
}
var KNOWN_VALUES = [
  [["uuid", "guid"], ["00000000-0000-0000-0000-000000000001"]],
  [["date", "day"], ["2026-01-31"]],
  [["year"], ["2026"]],
  [["code", "status"], ["200"]],
  [["lang", "language", "locale"], ["en"]],
  [["currency"], ["EUR"]],
  [["country"], ["DE", "de"]],
  [["email"], ["someone@example.com"]],
  [["id", "n", "i", "num", "number", "count", "page", "index", "limit", "offset", "size", "seconds", "version"], ["1"]]
];
function matches(constraint, value2) {
  if (constraint === "") return true;
  if (/^int/.test(constraint)) return /^\d+$/.test(value2);
  try {
    return new RegExp(`^(?:${constraint})$`).test(value2);
  } catch {
    return true;
  }
}
function fillPath(parts, values) {
  let next = 0;
  const path = parts.map((part) => {
    if (!isParameter(part)) return encodeURI(part.literal).replaceAll("#", "%23");
    const value2 = values[next++] ?? "";
    return part.isRest ? value2.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value2);
  }).join("");
  return path === "" ? "/" : path;
}

// src/init/candidates.ts
var MOST_TRIED = 120;
function findCandidates(sources) {
  const toTry = /* @__PURE__ */ new Map();
  const leftOut2 = /* @__PURE__ */ new Map();
  for (const { method, path, ...place } of sources.flatMap(({ routes }) => routes)) {
    const request4 = `${method || "GET"} ${path}`;
    const parts = parsePathPattern(path);
    const reason = parts === void 0 ? "its path was not understood" : reasonAgainst(method, path);
    if (reason === "not a request of its own") continue;
    if (parts !== void 0 && reason === void 0) {
      const candidate = { pattern: path, parts, role: roleOf(path), place };
      const key = path.replace(/(?<=.)\/$/, "");
      if (!toTry.has(key)) toTry.set(key, candidate);
    } else if (!leftOut2.has(request4)) leftOut2.set(request4, { request: request4, reason, place });
  }
  const isPlain2 = ({ parts }) => !parts.some(isParameter);
  const all = [...toTry.values()];
  const ordered = [...all.filter(isPlain2), ...all.filter((candidate) => !isPlain2(candidate))];
  const tooMany = ordered.slice(MOST_TRIED).map(({ pattern, place }) => ({
    request: `GET ${pattern}`,
    reason: `not tried: there are more than ${MOST_TRIED} routes`,
    place
  }));
  return {
    toTry: ordered.slice(0, MOST_TRIED),
    leftOut: [...leftOut2.values(), ...tooMany],
    unclear: sources.flatMap(({ unclear }) => unclear)
  };
}
var USUAL_PATHS = ["/", "/healthz", "/health", "/ready", "/ping"].map((path) => ({
  pattern: path,
  parts: [{ literal: path }],
  role: path === "/" ? "load" : "ready",
  place: void 0
}));
function reasonAgainst(method, path) {
  if (["HEAD", "OPTIONS", "CONNECT", "TRACE"].includes(method)) return "not a request of its own";
  if (method !== "" && method !== "GET") return "not tried: it may change something, or needs a body";
  const words = wordsOf(path);
  const dangerous = words.find((word) => DANGEROUS.has(word));
  if (dangerous !== void 0) return `not tried: "${dangerous}" sounds as if it changed or ended something`;
  if (/^\/debug(\/|$)|\/debug\/(pprof|vars)(\/|$)/.test(path)) return "not tried: it is for debugging";
  return void 0;
}
var DANGEROUS = /* @__PURE__ */ new Set([
  ...[
    "shutdown",
    "quit",
    "exit",
    "kill",
    "stop",
    "terminate",
    "restart",
    "reload",
    "reboot",
    "panic",
    "crash",
    "abort"
  ],
  ...["delete", "remove", "destroy", "drop", "purge", "flush", "reset", "clear", "wipe", "logout", "signout", "send"],
  ...["disable", "enable", "toggle", "cancel", "unsubscribe", "revoke", "rotate", "migrate", "sync", "trigger"]
]);
var READY = /^\/(?:[\w.-]+\/)*(?:-\/)?_?(readyz?|readiness|healthz?|health-?check|healthy|livez?|liveness|alive|ping|up)\/?$/i;
var METRICS2 = /(^|\/)(metrics|prometheus)\/?$/i;
var ASIDE = /(^|\/)(version|favicon\.ico|robots\.txt|swagger.*|openapi.*|docs?|redoc|status|info|build-?info|env|static|assets|public)(\/|\.\w+$|$)/i;
function roleOf(path) {
  if (READY.test(path)) return "ready";
  if (METRICS2.test(path)) return "metrics";
  return ASIDE.test(path) ? "aside" : "load";
}
function compareReadiness(a, b) {
  const order = (path) => {
    const index = [/ready|readiness/i, /health/i, /live|alive/i, /ping|up/i].findIndex((word) => word.test(path));
    return (index === -1 ? 4 : index) + path.split("/").length / 10;
  };
  return order(a) - order(b);
}

// src/init/grpc.ts
function grpcServer(sources) {
  const server = sources.flatMap(({ rpcs }) => rpcs).findLast(({ kind }) => kind === "server");
  const hasRoutes = findCandidates(sources).toTry.some(({ role, pattern }) => role === "load" && pattern !== "/");
  return hasRoutes ? void 0 : server;
}
var HEALTH = "grpc.health.v1.Health";
function findCalls(sources) {
  const all = sources.flatMap(({ rpcs }) => rpcs);
  const registered = new Map(all.flatMap((one) => one.kind === "service" ? [[one.service, one]] : []));
  const toTry = [];
  const leftOut2 = [];
  for (const { kind, service, name, file, line } of all) {
    if (kind !== "method" || !registered.has(service.split(".").at(-1))) continue;
    const path = `/${service}/${name}`;
    const [verb = ""] = wordsOf(name);
    if (READS.has(verb)) toTry.push({ path, place: { file, line }, isHealth: false });
    else
      leftOut2.push({ request: `POST ${path}`, reason: "not called: it may change something", place: { file, line } });
  }
  const health = registered.get(HEALTH);
  if (health !== void 0) toTry.push({ path: `/${HEALTH}/Check`, place: health, isHealth: true });
  return { toTry, leftOut: leftOut2 };
}
var READS = /* @__PURE__ */ new Set([
  ...[
    "get",
    "list",
    "find",
    "search",
    "query",
    "read",
    "fetch",
    "lookup",
    "look",
    "describe",
    "count",
    "show",
    "watch"
  ],
  ...[
    "say",
    "echo",
    "ping",
    "hello",
    "greet",
    "version",
    "status",
    "check",
    "convert",
    "calculate",
    "compute",
    "validate"
  ],
  ...["unary", "batch", "recommend", "resolve", "translate", "render", "empty"]
]);
var requestFor = ({ path }) => `{ method: POST, path: ${path}, headers: { content-type: application/grpc }, body: "\\0\\0\\0\\0\\0" }`;

// src/init/choose-package.ts
function choosePackage(mains, { prefix, wanted }, nameOf) {
  if (mains.length === 0) {
    throw new UserError("there is no main package here: nothing that could be started", {
      hint: "run perf-gate init in the repository of a Go service, in the directory with its go.mod or below it"
    });
  }
  const here = (main) => serves(main) && `${directoryOf(main)}/`.startsWith(`${prefix}/`) ? HERE : 0;
  const rankOf2 = new Map(mains.map((main) => [main, rank(main) + here(main) + (isDaemonOf(main, mains) ? 0.25 : 0)]));
  const ranked = [...mains].sort((a, b) => rankOf2.get(b) - rankOf2.get(a));
  const chosen = wanted === void 0 ? ranked[0] : mains.find((main) => directoryOf(main) === wanted.directory);
  const names = ranked.map(nameOf);
  if (chosen === void 0) {
    throw new UserError(`there is no main package in ${wanted.shown}`, { hint: `there are: ${few(names)}` });
  }
  if (wanted === void 0 && !serves(chosen)) {
    throw new UserError(
      mains.length === 1 ? `${names[0]} does not seem to serve HTTP or gRPC: no call that listens was found in its source` : `none of the main packages seems to serve HTTP or gRPC: ${few(names)}`,
      {
        hint: `perf-gate measures services that answer HTTP or gRPC; if one does, name it: perf-gate init --package ${names[0]}`
      }
    );
  }
  const nearly = rankOf2.get(chosen) - NEARLY;
  const others = ranked.filter((main) => main !== chosen).map((main) => ({ main, serves: serves(main), mayBe: serves(main) && rankOf2.get(main) > nearly }));
  return { chosen, others, isGuess: wanted === void 0 && others.some((one) => one.serves) };
}
var HERE = 100;
var NEARLY = 2;
function orAnother(error, { chosen, others, isGuess }, nameOf) {
  const likely = others.filter(({ mayBe }) => mayBe).map(({ main }) => nameOf(main));
  if (!isGuess || likely.length === 0) return error;
  const guess = `that ${nameOf(chosen)} is the service is a guess; it may be ${few(likely)}: perf-gate init --package ${likely[0]}`;
  const { message, hint, at: at4, detail } = error;
  const Kind = error instanceof MeasurementError ? MeasurementError : UserError;
  return new Kind(message, {
    hint: hint === void 0 ? guess : `${hint}. And ${guess}`,
    ...at4 === void 0 ? {} : { at: at4 },
    ...detail === void 0 ? {} : { detail },
    cause: error
  });
}
var directoryOf = ({ moduleDirectory, package: name }) => {
  const parts = [moduleDirectory, name].flatMap((path) => path.split("/")).filter((part) => part !== ".");
  return parts.length === 0 ? "." : parts.join("/");
};
var ROUTERS = /^(net\/http|github\.com\/(valyala\/fasthttp|gofiber\/fiber|gin-gonic\/gin|labstack\/echo)(\/.*)?)$/;
function servesHttp({ sources }) {
  const listens = sources.some((source) => source.listens.length > 0);
  return listens && sources.some((source) => source.imports.some((path) => ROUTERS.test(path)));
}
var serves = (main) => servesHttp(main) || grpcServer(main.sources) !== void 0;
function rank(main) {
  const { sources } = main;
  const isAside = /(^|\/)(examples?|_?tests?|e2e|tools?|hack|scripts?|mocks?|demo|bench\w*|internal)(\/|$)/.test(
    directoryOf(main)
  );
  const routes = sources.reduce((sum, source) => sum + source.routes.length, 0);
  return (servesHttp(main) ? 10 : serves(main) ? 9 : 0) - (isAside ? 5 : 0) + 3 * Math.min(1, routes / 100) + nameRank(directoryOf(main));
}
var isDaemonOf = (main, all) => all.some((one) => `${directoryOf(one)}d` === directoryOf(main));
function nameRank(directory) {
  const name = directory.split("/").at(-1);
  if (/cli$|ctl$|tool$|migrat|worker|seed|cron|job|client|gen/.test(name)) return -2;
  return /^(httpd?|web|app|main|\.)$|(server|api|service)$/.test(name) ? 0.5 : 0;
}
var few = (names) => [...names.slice(0, 8), ...names.length > 8 ? ["\u2026"] : []].join(", ");

// src/init/config-file.ts
var import_yaml = __toESM(require_dist(), 1);
var MOST_LEFT_OUT = 40;
function renderConfigFile(plan) {
  const lines = [
    `# yaml-language-server: $schema=${plan.schema}`,
    "# What perf-gate measures here, and what a pull request may cost. Written by perf-gate init, yours to change.",
    "",
    "service:",
    ...plan.directory === void 0 ? [] : [`  dir: ${scalar(plan.directory)}`],
    `  package: ${scalar(plan.package)}`,
    ...listOf("setup", plan.setup, "Run in each checkout before the build."),
    ...inject(plan),
    ...listOf("args", plan.args, "perf-gate chooses the port.", plan.args.some(hasPort)),
    ...environment(plan),
    ...files(plan),
    ...plan.protocol === void 0 ? [] : ["  # HTTP/2 in clear text, as gRPC has it.", `  protocol: ${plan.protocol}`],
    ...ready(plan),
    "",
    "load:",
    "  # Each as often as its weight says ({ path: /x, weight: 3 }); without one: once.",
    "  requests:",
    ...plan.givenRequests.map((request4) => `    - ${request4}`),
    ...plan.calls.length === 0 ? [] : ["    # Each an empty message: calls with a content are better (docs/load-tools.md, ghz)."],
    ...plan.calls.map((call) => `    - ${requestFor(call)}`),
    ...plan.kept.map(request2),
    ...spare(plan.spare),
    ...leftOut(plan.leftOut),
    "",
    "# What a request may cost more than in the base: the whole service, and any one function.",
    "limits:",
    // Time is shown and not judged: a limit would guard nothing.
    ...METRICS.filter((name) => name !== "cpu").flatMap(limit),
    ...plan.branch === void 0 ? [] : [
      "",
      "# Changes go to this branch: its merge base with your work is the base.",
      "baseline:",
      `  branch: ${scalar(plan.branch)}`
    ]
  ];
  return `${lines.join("\n")}
`;
}
var hasPort = (template) => template.includes("{port}");
function listOf(key, values, comment2, isCommented = true) {
  if (values.length === 0) return [];
  return [...isCommented ? [`  # ${comment2}`] : [], `  ${key}: [${values.map(quote).join(", ")}]`];
}
function inject({ inject: all }) {
  if (all.length === 0) return [];
  return [
    "  # go build -ldflags -X; each build is checked for the values.",
    "  inject:",
    ...all.map(({ variable, template }) => `    ${scalar(variable)}: ${quote(template)}`)
  ];
}
function environment({ env }) {
  const entries = Object.entries(env);
  if (entries.length === 0) return [];
  const comment2 = entries.some(([, value2]) => hasPort(value2)) ? ["  # perf-gate chooses the port."] : [];
  return [...comment2, "  env:", ...entries.map(([name, value2]) => `    ${name}: ${quote(value2)}`)];
}
function files({ files: all }) {
  const entries = Object.entries(all);
  if (entries.length === 0) return [];
  return [
    "  # Written into the private checkout before each start; the file in your work tree is left alone.",
    "  files:",
    ...entries.flatMap(([path, text2]) => [`    ${scalar(path)}: ${isBlock(text2) ? "|" : quote(text2)}`, ...block(text2)])
  ];
}
var isBlock = (text2) => /^[^\s\0][\t\n\x20-\x7e\u00a0-\ud7ff]*[^\s]\n$/.test(text2);
var block = (text2) => isBlock(text2) ? text2.trimEnd().split("\n").map((line) => line === "" ? "" : `      ${line}`) : [];
function ready({ ready: found }) {
  if (found === void 0) return ["  # Without `ready` it is ready when its port accepts connections."];
  const { path, status } = found;
  return status === 200 ? [`  ready: ${scalar(`GET ${path}`)}`] : [`  ready: { path: ${quote(path)}, status: ${status} }`];
}
function request2({ path, candidate, learntFrom }) {
  const isFilled = candidate.parts.some(isParameter);
  const from = learntFrom === void 0 ? "a guessed value" : "a value from an answer";
  return `    - ${scalar(`GET ${path}`)}${isFilled ? `  # ${comment(candidate.pattern)} with ${from}` : ""}`;
}
function spare(all) {
  if (all.length === 0) return [];
  return ["    # These answer as well:", ...all.map(({ path }) => `    # - ${comment(scalar(`GET ${path}`))}`)];
}
function leftOut(all) {
  if (all.length === 0) return [];
  const shown = all.slice(0, MOST_LEFT_OUT);
  const more = all.length - shown.length;
  return [
    "    # Left out:",
    ...shown.map((one) => `    # - ${comment(example(one))}  # ${comment(one.reason)}${at(one.place)}`),
    ...more > 0 ? [`    # and ${more} more`] : []
  ];
}
function example({ request: request4 }) {
  const [method = "", path = ""] = request4.split(" ");
  if (method === "GET") return scalar(request4);
  const body = method === "DELETE" ? "" : ", body: {}";
  return `{ method: ${method}, path: ${quote(path)}${body} }`;
}
var at = (place) => place === void 0 ? "" : ` (${comment(place.file)}:${place.line})`;
function limit(metric) {
  const { properties = {} } = CONFIG_SCHEMA.properties?.["limits"]?.properties?.[metric] ?? {};
  const limits = ["total", "function"].flatMap((key) => {
    const standard = properties[key]?.default;
    return typeof standard === "string" && standard !== "off" ? [`${key}: ${standard}`] : [];
  });
  return limits.length === 0 ? [] : [`  ${metric}: { ${limits.join(", ")} }`];
}
var comment = (text2) => plainText(text2).replace(/\s+/g, " ").trim();
var scalar = (text2) => isPlain(text2) ? text2 : quote(text2);
function isPlain(text2) {
  if (/[\r\n]/.test(text2)) return false;
  try {
    return (0, import_yaml.parse)(text2) === text2;
  } catch {
    return false;
  }
}
var quote = (text2) => JSON.stringify(text2);

// src/init/hook.ts
import { chmod, lstat, mkdir, readFile, writeFile } from "node:fs/promises";
import { join as join2, relative, resolve } from "node:path";
var SKIP_VARIABLE = "PERF_GATE_SKIP";
var MARK = "# Written by perf-gate init --hook.";
async function addHook(repo, config) {
  const command = ["npx perf-gate --quick", ...config === void 0 ? [] : ["--config", shellWord(config)]].join(" ");
  const elsewhere = await findManager(repo, command);
  if (elsewhere !== void 0) return elsewhere;
  const file = join2(repo.commonDir, "hooks", "pre-push");
  const shown = relative(repo.root, file);
  if (await isThere(file)) {
    const text2 = await readFile(file, "utf8").catch(() => "");
    if (!text2.includes(MARK)) {
      const skip = `[ -n "$${SKIP_VARIABLE}" ] || ${command} --head HEAD </dev/null || exit 1`;
      return { kind: "told", why: "there is a pre-push hook already", file: shown, lines: [skip] };
    }
  }
  try {
    await mkdir(join2(repo.commonDir, "hooks"), { recursive: true });
    await writeFile(file, script(command));
    await chmod(file, 493);
  } catch (error) {
    throw new UserError(`${shown} cannot be written: ${error.message}`, { cause: error });
  }
  return { kind: "written", file: shown };
}
var script = (command) => `#!/bin/sh
${MARK}
# Has a quick look at every branch that is pushed, and stops the push when a request costs more than perf-gate.yml allows.
# Without it, once: ${SKIP_VARIABLE}=1 git push, or git push --no-verify
[ -n "$${SKIP_VARIABLE}" ] && exit 0
while read -r local_ref local_commit _; do
  case $local_ref in refs/heads/* | HEAD) ;; *) continue ;; esac
  ${command} --head "$local_commit" </dev/null && continue
  echo "perf-gate: the push was stopped; ${SKIP_VARIABLE}=1 git push goes ahead without perf-gate" >&2
  exit 1
done
exit 0
`;
var LEFTHOOK = ["lefthook", ".lefthook", ".config/lefthook"].flatMap(
  (name) => ["yml", "yaml", "toml", "json"].map((ending) => `${name}.${ending}`)
);
async function findManager(repo, command) {
  const told = (why, file, lines) => ({ kind: "told", why, file, lines });
  const run = `${command} --head HEAD`;
  for (const name of LEFTHOOK) {
    if (await isThere(join2(repo.root, name))) {
      return told("lefthook looks after the hooks", name, [
        "pre-push:",
        "  commands:",
        "    perf-gate:",
        `      run: ${run}`
      ]);
    }
  }
  if (await isThere(join2(repo.root, ".husky"))) return told("husky looks after the hooks", ".husky/pre-push", [run]);
  const preCommit = ".pre-commit-config.yaml";
  if (await isThere(join2(repo.root, preCommit))) {
    return told("pre-commit looks after the hooks", preCommit, [
      "- repo: local",
      "  hooks:",
      "    - id: perf-gate",
      "      name: perf-gate",
      `      entry: ${run}`,
      "      language: system",
      "      pass_filenames: false",
      "      stages: [pre-push]"
    ]);
  }
  const path = await hooksPath(repo);
  return path === void 0 ? void 0 : told("core.hooksPath is set", join2(path, "pre-push"), [run]);
}
async function hooksPath({ git, root }) {
  const { stdout } = await git.ask(["config", "--show-origin", "--get-all", "core.hooksPath"]);
  const own = stdout.split("\n").filter((line) => line !== "" && !line.startsWith("command line:"));
  const path = own.at(-1)?.split("	").slice(1).join("	");
  return path === void 0 || path === "" ? void 0 : relative(root, resolve(root, path)) || ".";
}
async function isThere(path) {
  return lstat(path).then(
    () => true,
    () => false
  );
}

// src/init/inject.ts
function findInjectables(sources) {
  const found = [];
  const others = [];
  for (const [i, source] of [...sources].reverse().entries()) {
    const path = i === 0 ? "main" : source.importPath;
    for (const { name, value: value2, file, line } of source.variables) {
      const template = templateFor(wordsOf(name), path);
      if (template === void 0) continue;
      const variable = `${path}.${name}`;
      if (isPlaceholder(value2)) found.push({ variable, template, file, line });
      else others.push({ variable, reason: `its value in the source is ${JSON.stringify(value2)}` });
    }
  }
  return { found, others };
}
var BESIDE = /* @__PURE__ */ new Set([
  "app",
  "application",
  "build",
  "built",
  "git",
  "vcs",
  "scm",
  "release",
  "program",
  "service",
  "last"
]);
function templateFor(words, path) {
  const isAboutBuild = words.some((word) => BESIDE.has(word)) || /(^main|version|build|buildinfo|release)$/.test(path);
  const rest = words.filter((word) => !BESIDE.has(word)).join(" ");
  if (/^(version|semver|tag)$/.test(rest) && (rest !== "tag" || isAboutBuild)) return "{version}";
  if (/^(commit( (sha|hash|id))?|sha|revision|rev|hash|commitsha|commithash)$/.test(rest) && isAboutBuild)
    return "{commit}";
  if (/^(short commit|commit short|short sha)$/.test(rest)) return "{shortCommit}";
  if (/^(time|date|timestamp|stamp|at|date time|buildtime|builddate)$/.test(rest) && isAboutBuild) return "{buildTime}";
  if (rest === "branch" && isAboutBuild) return "{branch}";
  return void 0;
}
var isPlaceholder = (value2) => /^(|v?0\.0\.0(-\w+)?|\(?(dev|devel|development|unknown|undefined|none|n\/a|na|unset|not set|local|snapshot|latest|head|master|main|dirty|todo|x+|-|\?)\)?|v?\d+\.\d+\.\d+-(dev|snapshot|unknown))$/i.test(
  value2.trim()
);

// src/init/config-ways.ts
import { posix as posix2 } from "node:path";

// src/init/port.ts
var MOST_WAYS = 6;
function findPorts(sources) {
  const settings = settingsOf(sources).filter((setting) => !isForeign(setting));
  const beside = settings.filter(({ words }) => isOfSecondListener(words));
  const main = settings.filter((setting) => !beside.includes(setting)).map((setting) => ({ setting, likelihood: likelihood(setting) })).filter(({ likelihood: likelihood2 }) => likelihood2 > 0).sort((a, b) => b.likelihood - a.likelihood).map(({ setting }) => setting);
  const ways = [0, 1].flatMap((form) => main.flatMap((setting) => forms(setting)[form] ?? []));
  return {
    ways: ways.slice(0, MOST_WAYS),
    beside: beside.filter(opensAnotherPort).map((setting) => setting.way(isPort(setting) ? "0" : "127.0.0.1:0"))
  };
}
function fixedAddress(sources) {
  const all = sources.flatMap(({ listens }) => listens);
  return all.some(({ isTold }) => isTold) ? void 0 : all.findLast(({ address }) => address !== "");
}
var isForeign = ({ name, words }) => OF_SYSTEMD.has(name) || isOfAnother(words);
var isOfAnother = (words) => words.some((word) => NO_PORT.has(word)) || words.some((word) => FOREIGN.has(word)) && !words.some((word) => word === "listen" || word === "bind");
var OF_SYSTEMD = /* @__PURE__ */ new Set(["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET"]);
var NO_PORT = /* @__PURE__ */ new Set([
  ...[
    "limit",
    "timeout",
    "interval",
    "backlog",
    "alive",
    "keepalive",
    "cert",
    "certificate",
    "key",
    "ca",
    "file",
    "mode"
  ],
  ...[
    "unix",
    "unixgram",
    "socket",
    "sock",
    "network",
    "net",
    "reuse",
    "reuseport",
    "password",
    "pass",
    "token",
    "count"
  ]
]);
var FOREIGN = /* @__PURE__ */ new Set([
  ...["db", "database", "sql", "postgres", "postgresql", "pg", "mysql", "mariadb", "mongo", "mongodb", "redis", "etcd"],
  ...["kafka", "nats", "rabbit", "rabbitmq", "amqp", "mqtt", "smtp", "mail", "email", "ldap", "vault", "consul", "dns"],
  ...["upstream", "backend", "target", "remote", "peer", "peers", "proxy", "client", "forward", "dial", "connect"],
  ...["statsd", "otel", "otlp", "jaeger", "zipkin", "collector", "sentry", "influx", "graphite", "syslog", "loki"],
  ...[
    "elastic",
    "elasticsearch",
    "opensearch",
    "memcached",
    "memcache",
    "cache",
    "s3",
    "minio",
    "advertise",
    "external"
  ],
  ...[
    "public",
    "ip",
    "mac",
    "allow",
    "allowed",
    "trusted",
    "user",
    "ssh",
    "ftp",
    "store",
    "storage",
    "join",
    "cluster"
  ]
]);
var isOfSecondListener = (words) => words.some((word) => BESIDE2.has(word));
var BESIDE2 = /* @__PURE__ */ new Set([
  ...["metrics", "metric", "prometheus", "prom", "pprof", "profile", "profiling", "debug", "admin", "health", "probe"],
  ...[
    "internal",
    "mgmt",
    "management",
    "monitoring",
    "telemetry",
    "grpc",
    "rpc",
    "tls",
    "https",
    "ssl",
    "secure",
    "tcp"
  ],
  ...["udp", "gossip", "cluster", "raft", "status", "ops"]
]);
var LISTENS = /* @__PURE__ */ new Set([
  "port",
  "addr",
  "address",
  "listen",
  "listener",
  "bind",
  "listenaddr",
  "httpaddr",
  "httpport"
]);
var PLAIN = /* @__PURE__ */ new Set([...LISTENS, "http", "web", "server", "service", "app", "api", "host", "on", "the", "number"]);
function likelihood({ name, words, default: value2, isNumber, isOwn, kind }) {
  const isNamed = words.some((word) => LISTENS.has(word));
  const looksLikeIt = isListenAddress(value2) || isNumber && isNamed && Number(value2) > 0;
  if (!isNamed && !looksLikeIt) return 0;
  if (isHost(value2)) return 0;
  const isPlain2 = words.every((word) => PLAIN.has(word)) || /^[a-z]$/i.test(name);
  return (isNamed ? 2 : 0) + (isPlain2 ? 2 : 0) + (looksLikeIt ? 1 : 0) + (isOwn ? 0.5 : 0) + (kind === "flag" ? 0.25 : 0);
}
var isListenAddress = (text2) => /^(\w+:\/\/)?(localhost|0\.0\.0\.0|127\.0\.0\.1|\[[0-9a-f:]*\]|\*)?:\d+$/i.test(text2);
var isHost = (text2) => /^(localhost|(\d+\.){3}\d+|\[?[0-9a-f]*::[0-9a-f:]*\]?)$/i.test(text2);
var isPort = ({ isNumber, default: value2, words }) => isNumber || /^\d+$/.test(value2) || value2 === "" && words.includes("port");
function forms(setting) {
  const scheme = /^\w+:\/\//.exec(setting.default)?.[0] ?? "";
  if (setting.isNumber) return [setting.way("{port}")];
  const hasColon = setting.words.includes("port") && setting.default.startsWith(":");
  const address = hasColon ? ":{port}" : `${scheme}127.0.0.1:{port}`;
  return (isPort(setting) ? ["{port}", address] : [address, "{port}"]).map(setting.way);
}
function opensAnotherPort(setting) {
  if (setting.isNumber) return Number(setting.default) > 0 && setting.words.includes("port");
  const isAddress = isListenAddress(setting.default);
  return isAddress || /^\d+$/.test(setting.default) && Number(setting.default) > 0 && setting.words.includes("port");
}
function settingsOf(sources) {
  const found = /* @__PURE__ */ new Map();
  for (const [i, source] of [...sources].reverse().entries()) {
    for (const flag of source.flags) add(found, fromFlag(flag, i === 0));
    for (const variable of source.environment) {
      const { name, default: value2 } = variable;
      add(found, {
        kind: "environment",
        name,
        words: wordsOf(name),
        default: value2,
        isNumber: false,
        isOwn: i === 0,
        command: "",
        place: variable,
        way: (value3) => ({ args: [], env: { [name]: value3 }, shown: `${name} in the environment`, place: variable })
      });
    }
  }
  return [...found.values()];
}
function fromFlag(flag, isOwn) {
  const { name, dashes, isNumber, command } = flag;
  const written = `${name.length === 1 ? "-" : dashes}${name}`;
  const way = (value2) => ({
    args: dashes === "-" ? [written, value2] : [`${written}=${value2}`],
    env: {},
    ...flag.command === "" ? {} : { command: flag.command },
    shown: `the flag ${written}${flag.command === "" ? "" : ` of ${flag.command}`}`,
    place: flag
  });
  return {
    kind: "flag",
    name,
    words: wordsOf(name),
    default: flag.default,
    isNumber,
    isOwn,
    command,
    place: flag,
    way
  };
}
function add(found, setting) {
  const key = `${setting.kind} ${setting.command} ${setting.name}`;
  const known = found.get(key);
  if (known === void 0 || known.default === "" && setting.default !== "") found.set(key, setting);
}

// src/init/config-port.ts
var SETTING = /^(\s*)(["']?)([\w.-]+)\2(\s*[:=]\s*)(["']?)([^"'#;]*?)\5(\s*,?\s*(?:[#;].*)?)$/;
var SECTION = /^\s*\[+\s*([^\]]+?)\s*\]+\s*(?:[#;].*)?$/;
function withPort(text2) {
  const lines = text2.split("\n");
  const found = [...settingsIn(lines)];
  const [main] = found.filter(({ isBeside }) => !isBeside).toSorted((a, b) => b.likelihood - a.likelihood);
  if (main === void 0) return void 0;
  const changed = [...lines];
  for (const one of found) {
    if (one === main || one.isBeside) changed[one.index] = one.written;
  }
  return { text: changed.join("\n"), key: main.key, line: main.index + 1 };
}
function* settingsIn(lines) {
  let section = [];
  const parents = [];
  for (const [index, line] of lines.entries()) {
    const [, heading] = SECTION.exec(line) ?? [];
    if (heading !== void 0) {
      section = heading.split(".");
      continue;
    }
    const [whole, indent2 = "", quote2 = "", name = "", between = "", inner = "", value2 = "", rest = ""] = SETTING.exec(line) ?? [];
    if (whole === void 0) continue;
    while (parents.length > 0 && parents.at(-1).indent >= indent2.length) parents.pop();
    const path = [...section, ...parents.map((parent) => parent.name), name];
    if (value2 === "") {
      parents.push({ indent: indent2.length, name });
      continue;
    }
    const rank3 = rankOf(path);
    const filled = rank3 === void 0 ? void 0 : fill2(value2, rank3.isBeside);
    if (rank3 === void 0 || filled === void 0) continue;
    yield {
      index,
      key: path.join("."),
      ...rank3,
      written: `${indent2}${quote2}${name}${quote2}${between}${inner}${filled}${inner}${rest}`
    };
  }
}
function rankOf(path) {
  const words = path.flatMap(wordsOf);
  if (!wordsOf(path.at(-1) ?? "").some((word) => LISTENS.has(word)) || isOfAnother(words)) return void 0;
  return {
    likelihood: words.filter((word) => USUAL.has(word)).length - path.length / 10,
    isBeside: isOfSecondListener(words)
  };
}
var USUAL = /* @__PURE__ */ new Set(["http", "server", "web", "port", "addr", "address", "listen", "api"]);
function fill2(value2, isBeside) {
  const [, scheme = "", , port] = /^(\w+:\/\/)?([\w.*-]*|\[[0-9a-f:]*\]):(\d{2,5})$/i.exec(value2) ?? [];
  if (port !== void 0) return `${scheme}127.0.0.1:${isBeside ? "0" : "{port}"}`;
  return /^\d{2,5}$/.test(value2) ? isBeside ? "0" : "{port}" : void 0;
}

// src/init/config-keys.ts
function formatOf(path) {
  const [, ending = ""] = /\.(ya?ml|toml|json|ini|conf|cfg)(?:\.\w+)?$/i.exec(path) ?? [];
  const format = ending.toLowerCase().replace("yml", "yaml").replace(/conf|cfg/, "ini");
  return format === "" ? void 0 : format;
}
function structFor(text2, format, structs) {
  const keys = topKeys(text2, format);
  if (keys.length === 0) return void 0;
  return structs.find(({ format: own, top }) => {
    const known = new Set(top.map((key) => key.toLowerCase()));
    return (own === "" || own === format) && keys.every((key) => known.has(key.toLowerCase()));
  });
}
function portKey({ keys }) {
  const named = (key, word) => wordsOf(key.path.at(-1)).includes(word);
  const parent = ({ path }) => path.slice(0, -1).join(".");
  const ranked = keys.flatMap((key) => {
    const rank3 = rankOf(key.path);
    if (rank3 === void 0 || rank3.isBeside || !key.path.every(isPlainName)) return [];
    const isHost2 = !named(key, "port") && keys.some((other) => parent(other) === parent(key) && named(other, "port") && rankOf(other.path));
    return isHost2 ? [] : [{ key, likelihood: rank3.likelihood }];
  });
  return ranked.toSorted((a, b) => b.likelihood - a.likelihood)[0]?.key;
}
var isPlainName = (name) => /^(?!__)[\w-]+$/.test(name);
function withKey(text2, format, key) {
  const added = WRITERS[format](text2, key);
  return added === void 0 ? void 0 : { text: added, key: key.path.join("."), place: key };
}
var value = ({ path, isNumber }) => isNumber || wordsOf(path.at(-1)).includes("port") && !/addr|listen|bind/i.test(path.at(-1)) ? "{port}" : "127.0.0.1:{port}";
var inQuotes = (key) => key.isNumber ? value(key) : `"${value(key)}"`;
function yamlWith(text2, key) {
  const { path } = key;
  const lines = text2 === "" ? [] : text2.replace(/\n$/, "").split("\n");
  const nested = (from, indent3) => path.slice(from).map((name, i, all) => `${indent3}${"  ".repeat(i)}${name}:${i === all.length - 1 ? ` ${inQuotes(key)}` : ""}`);
  const at4 = lines.findIndex((line) => path.length > 1 && line.startsWith(`${path[0]}:`));
  if (at4 === -1) return [...lines, ...nested(0, ""), ""].join("\n");
  const [, indent2] = /^([ ]+)[\w"'-]/.exec(lines.slice(at4 + 1).find((line) => /^\s*[^\s#]/.test(line)) ?? "") ?? [];
  if (!/^[\w.-]+:\s*(#.*)?$/.test(lines[at4]) || indent2 === void 0) return void 0;
  if (path.length > 2 && lines.slice(at4 + 1).some((line) => line.startsWith(`${indent2}${path[1]}:`))) return void 0;
  return [...lines.slice(0, at4 + 1), ...nested(1, indent2), ...lines.slice(at4 + 1), ""].join("\n");
}
var sectionsWith = (write) => (text2, key) => {
  const { path } = key;
  const line = `${path.at(-1)} = ${write(key)}`;
  if (path.length === 1) return `${line}
${text2}`;
  const heading = `[${path.slice(0, -1).join(".")}]`;
  const lines = text2.split("\n");
  const at4 = lines.findIndex((one) => one.trim() === heading);
  if (at4 === -1) return `${text2}${text2 === "" || text2.endsWith("\n") ? "" : "\n"}${heading}
${line}
`;
  return lines.toSpliced(at4 + 1, 0, line).join("\n");
};
function jsonWith(text2, key) {
  const root = text2 === "" ? {} : record(text2);
  if (root === void 0) return void 0;
  let at4 = root;
  for (const name of key.path.slice(0, -1)) {
    const below = Object.hasOwn(at4, name) ? at4[name] : {};
    if (typeof below !== "object" || below === null || Array.isArray(below)) return void 0;
    at4[name] = below;
    at4 = below;
  }
  at4[key.path.at(-1)] = value(key);
  const written = JSON.stringify(root, void 0, 2);
  return `${key.isNumber ? written.replace('"{port}"', "{port}") : written}
`;
}
function record(text2) {
  try {
    const value2 = JSON.parse(text2);
    const isRecord = typeof value2 === "object" && value2 !== null && !Array.isArray(value2);
    return isRecord ? value2 : void 0;
  } catch {
    return void 0;
  }
}
var WRITERS = {
  yaml: yamlWith,
  toml: sectionsWith(inQuotes),
  ini: sectionsWith(value),
  json: jsonWith
};
function topKeys(text2, format) {
  if (format === "json") return Object.keys(record(text2) ?? {});
  const keys = [];
  for (const line of text2.split("\n")) {
    if (format !== "yaml" && line.startsWith("[")) break;
    const [, name] = /^["']?([\w.-]+)["']?\s*[:=]/.exec(line) ?? [];
    if (name !== void 0) keys.push(name);
    else if (format === "yaml" && /^(- |---.|\{\{)/.test(line)) return [];
  }
  if (format !== "yaml") {
    for (const [, heading] of text2.matchAll(/^\[+\s*([\w-]+)/gm)) keys.push(heading);
  }
  return [...new Set(keys)];
}

// src/init/config-ways.ts
function namesFile(name) {
  const words = wordsOf(name);
  return (words.some((word) => ABOUT.has(word)) || name === "c") && !words.some((word) => NOT_A_FILE.has(word));
}
var ABOUT = /* @__PURE__ */ new Set(["config", "configuration", "conf", "cfg", "configfile", "configpath"]);
var NOT_A_FILE = /* @__PURE__ */ new Set([
  ...["dir", "directory", "name", "type", "format", "check", "print", "test", "auto", "reload", "map"],
  ...["enable", "enabled", "disable", "disabled", "txt"]
]);
var othersIn = (name) => wordsOf(name).filter((word) => !ABOUT.has(word) && !["file", "path", "c", "app", "server", "service"].includes(word)).length;
var MOST_OTHER_WORDS = 1;
function findConfigSettings(sources) {
  const inOrder = [...sources].reverse();
  const least = (all) => all.filter(({ name }) => namesFile(name)).toSorted((a, b) => othersIn(a.name) - othersIn(b.name))[0];
  const flags = inOrder.flatMap((one) => one.flags);
  const flag = least(flags.filter(({ name }) => othersIn(name) <= MOST_OTHER_WORDS));
  const variable = least(inOrder.flatMap((one) => one.environment));
  return [...flag === void 0 ? [] : [ofFlag(flag)], ...variable === void 0 ? [] : [ofVariable(variable)]];
}
function ofFlag(flag) {
  const { name, dashes } = flag;
  const written = `${name.length === 1 ? "-" : dashes}${name}`;
  const isOne = dashes === "--" && name.length > 1;
  return {
    shown: `the flag ${written}`,
    place: flag,
    default: flag.default,
    isNamed: true,
    given: isOne ? `--arg=${written}=PATH` : `--arg=${written} --arg=PATH`,
    way: (path) => ({ args: isOne ? [`${written}=${path}`] : [written, path], env: {} })
  };
}
var ofVariable = (variable) => ({
  shown: `${variable.name} in the environment`,
  place: variable,
  default: variable.default,
  isNamed: true,
  given: `--env ${variable.name}=PATH`,
  way: (path) => ({ args: [], env: { [variable.name]: path } })
});
var BY_ITS_PATH = {
  shown: "its path as an argument",
  isNamed: false,
  way: (path) => ({ args: [path], env: {} })
};
var ofOneCopy = (path) => path.replace(/(?=(\.[a-z]+)*$)/i, "-{port}");
var MOST_SAMPLES = 2;
function findConfigWays(sources, samples) {
  const settings = findConfigSettings(sources);
  const isExpected = ({ path }) => settings.some(({ default: value2 }) => value2 !== "" && posix2.basename(value2) === posix2.basename(path));
  const chosen = samples.toSorted((a, b) => Number(isExpected(b)) - Number(isExpected(a))).slice(0, MOST_SAMPLES);
  const all = chosen.length > 0 || settings.length === 0 ? chosen : ofItsOwn(sources, settings[0]);
  return all.flatMap(
    ({ file, path, text: text2, key, place }) => (settings.length === 0 ? [BY_ITS_PATH] : settings).map(({ shown, way, isNamed }) => ({
      ...way(isNamed ? ofOneCopy(path) : path),
      files: { [isNamed ? ofOneCopy(path) : path]: text2 },
      shown: `${key} in ${file === place.file ? file : file === void 0 ? "a file of its own" : `${file}, to which it is added`}, by ${shown}`,
      place
    }))
  );
}
function ofItsOwn(sources, { default: value2 }) {
  const structs = sources.flatMap(({ configs }) => configs).reverse();
  for (const struct of structs) {
    const key = portKey(struct);
    if (key === void 0) continue;
    const format = struct.format || formatOf(value2) || "yaml";
    const name = posix2.basename(value2);
    const path = formatOf(name) === format ? name : `perf-gate-config.${format}`;
    const added = withKey("", format, key);
    if (added !== void 0) return [{ ...added, file: void 0, path }];
  }
  return [];
}
function keyInSource(sources) {
  const structs = sources.flatMap(({ configs }) => configs).reverse();
  for (const struct of structs) {
    const key = portKey(struct);
    if (key !== void 0) return { ...key, format: struct.format || "yaml" };
  }
  return void 0;
}

// src/init/launch.ts
function shownLaunch({ args, env }) {
  const words = [...Object.entries(env).map(([name, value2]) => `${name}=${value2}`), ...args.map(shownWord)];
  return words.length === 0 ? "no arguments" : redact(words.join(" "));
}
var shownWord = (word) => /^[\w@%+=:,./{}-]+$/.test(word) ? word : shellWord(word);

// src/init/not-started.ts
function findClues(sources) {
  const [setting] = findConfigSettings(sources);
  return { fixed: fixedAddress(sources), setting, key: keyInSource(sources) };
}
function notStarted(failures, clues) {
  const told = failures.map(({ launch, error }, i) => {
    const detail = i === 0 ? error.detail?.replace(/^\$ .*\n/, "").trimEnd() ?? "" : "";
    return [`with ${shownLaunch(launch)}: ${error.message}`, ...detail === "" ? [] : [indent(detail)]].join("\n");
  });
  const ways = failures.length === 1 ? "" : ` in any of the ${failures.length} ways that were tried`;
  return new MeasurementError(`the service does not start${ways}`, {
    detail: told.join("\n"),
    hint: hintFor(failures, clues),
    cause: failures[0]?.error
  });
}
function hintFor(failures, { fixed, setting, key }) {
  const neverOpened = failures.filter(({ error }) => error.code === "never-opened");
  if (fixed !== void 0 && neverOpened.length === failures.length) {
    return `does it always listen on ${fixed.address} (${at2(fixed)})? ${HOW_TO_TELL_THE_PORT}`;
  }
  const needs = "give it what it needs to run, which its own words above may name: perf-gate init --arg=-name=value --env NAME=value, as often as needed";
  const more = neverOpened.length > 0 ? [HOW_TO_TELL_THE_PORT] : [];
  const file = setting !== void 0 && isAboutFile(failures) ? [configFile(setting, key)] : [];
  return [needs, ...file, ...more].join(". ");
}
var isAboutFile = (failures) => failures.some(({ launch }) => Object.keys(launch.files).length > 0) || /conf|settings|\.(ya?ml|toml|ini)\b/i.test(failures[0]?.error.detail ?? "");
function configFile(setting, key) {
  const named = setting === void 0 ? "" : `${capital(setting.shown)} (${at2(setting.place)}) names its config file`;
  if (key === void 0) return `${named}: perf-gate init ${setting?.given}, where PATH is one in the repository`;
  const port = `${key.path.join(".")} (${at2(key)}) in ${named === "" ? "a config file" : "it"} is the port`;
  return `${named === "" ? "" : `${named}, and `}${port}: put one with what it needs into the repository, such as config.example.${key.format}, and run perf-gate init again`;
}
var capital = (text2) => `${text2[0].toUpperCase()}${text2.slice(1)}`;
var at2 = ({ file, line }) => `${file}:${line}`;
var HOW_TO_TELL_THE_PORT = "It must take its port from an argument or its environment, where {port} stands for it; one that reads it from a file gets it by service.files (docs/services.md), for which an example of that file in the repository is taken";
var indent = (text2) => text2.replace(/^/gm, "    ");

// src/init/launches.ts
var MOST_LAUNCHES = 6;
var MOST_OWN = 2;
function findLaunches(sources, given, samples = NO_SAMPLES) {
  const isTold = [...given.args, ...Object.values(given.env)].some((value2) => value2.includes("{port}"));
  if (isTold) return [{ args: given.args, env: given.env, files: {}, way: void 0 }];
  const { ways: own, beside } = findPorts(sources);
  const ways = [
    ...own.slice(0, MOST_OWN),
    ...withFiles(own[0], sources, samples.others, given),
    ...findConfigWays(sources, samples.withPort),
    ...own.slice(MOST_OWN)
  ];
  if (ways.length === 0) throw noWay(sources);
  const commands = given.args.length > 0 ? [[]] : [...subcommands(sources).map((name) => [name]), []];
  const launches = ways.flatMap(
    (way) => commandsFor(way, commands, given).map((command) => ({
      args: [...command, ...given.args, ...way.args, ...fitting(beside, way).flatMap(({ args }) => args)],
      env: Object.assign({}, ...fitting(beside, way).map(({ env }) => env), way.env, given.env),
      files: way.files ?? {},
      way
    }))
  );
  if (launches.length === 0) throw noWay(sources);
  return launches.slice(0, MOST_LAUNCHES);
}
var NO_SAMPLES = { withPort: [], others: [] };
var MOST_OTHERS = 2;
function withFiles(way, sources, paths, given) {
  const [setting] = findConfigSettings(sources);
  if (way === void 0 || setting === void 0) return [];
  return paths.slice(0, MOST_OTHERS).flatMap((path) => {
    const { args, env } = setting.way(path);
    const isGiven = given.args.some((arg) => nameIn(arg) === nameIn(args[0] ?? "")) || hasAny(given.env, env);
    return isGiven ? [] : [{ ...way, args: [...way.args, ...args], env: { ...way.env, ...env } }];
  });
}
var nameIn = (arg) => arg.replace(/=.*$/s, "");
var hasAny = (all, some) => Object.keys(some).some((name) => Object.hasOwn(all, name));
var commandsFor = ({ command }, all, { args }) => command === void 0 || args.length > 0 ? all : mayServe(command) ? [[command]] : [];
var mayServe = (command) => SERVES.includes(command) || /serve|respond/.test(command);
var fitting = (beside, { command }) => beside.filter((one) => one.command === void 0 || one.command === command);
var SERVES = ["serve", "server", "web", "run", "http", "httpd", "api", "listen", "up", "daemon", "start"];
function subcommands(sources) {
  const names = new Set(sources.flatMap(({ commands }) => commands.map(({ name }) => name)));
  return SERVES.filter((name) => names.has(name));
}
var HOW = "say how: perf-gate init --arg=-addr=127.0.0.1:{port}, or --env ADDR=127.0.0.1:{port}";
function noWay(sources) {
  const fixed = fixedAddress(sources);
  const [listens] = sources.flatMap((source) => source.listens);
  const where = fixed ?? listens;
  const at4 = where === void 0 ? {} : { at: `${where.file}:${where.line}` };
  const hint = `let it read its address from a flag or the environment, such as flag.String("addr", ":8080", "\u2026"); if it does so already, ${HOW}`;
  if (fixed !== void 0) {
    return new UserError(
      `the service listens on ${JSON.stringify(fixed.address)}, which nothing can change: perf-gate runs two of it at once, each on a port of its own`,
      { hint, ...at4 }
    );
  }
  const nothing = "no flag and no environment variable was found that tells the service its port";
  const { setting, key } = findClues(sources);
  if (key !== void 0) return new UserError(nothing, { hint: `${configFile(setting, key)}; or ${HOW}`, ...at4 });
  if (setting === void 0) return new UserError(nothing, { hint, ...at4 });
  const { place, shown } = setting;
  return new UserError(
    `${nothing}; it may stand in the file that ${shown} names (${place.file}:${place.line}), but no config file of the repository has a key for it`,
    {
      hint: `put an example of that file into the repository, such as config.example.yaml, with the port in it, and run perf-gate init again; or ${HOW}`,
      ...at4
    }
  );
}

// src/init/mains.ts
import { posix as posix3 } from "node:path";

// go/inspect/configs.go
var configs_default = 'package main\n\nimport (\n	"go/ast"\n	"go/types"\n	"reflect"\n	"regexp"\n	"strings"\n)\n\n// Config files: the struct that the text of one is decoded into says which keys it may have.\n\n// configFile is such a struct.\ntype configFile struct {\n	Format string      `json:"format"` // yaml, toml, json or ini; "" where it may be any of them\n	Top    []string    `json:"top"`    // all keys of the first level\n	Keys   []configKey `json:"keys"`   // those of all levels that have a text or a number\n	position\n}\n\ntype configKey struct {\n	Path     []string `json:"path"` // from the first level\n	IsNumber bool     `json:"isNumber"`\n	position\n}\n\n// decoder is a function of the service that decodes into what it is given: load(path, &config).\ntype decoder struct {\n	format formatOf\n	index  int // of the parameter\n}\n\n// formatOf is a format and the tags that name its keys, the first that there is.\ntype formatOf struct {\n	name string\n	tags []string\n}\n\nvar (\n	yamlFormat = formatOf{"yaml", []string{"yaml", "json"}}\n	tomlFormat = formatOf{"toml", []string{"toml"}}\n	jsonFormat = formatOf{"json", []string{"json"}}\n	iniFormat  = formatOf{"ini", []string{"ini"}}\n	anyFormat  = formatOf{"", []string{"mapstructure", "koanf", "yaml", "toml", "json"}}\n)\n\nvar decodes = map[string]bool{\n	"Unmarshal": true, "UnmarshalStrict": true, "UnmarshalExact": true, "UnmarshalWithOptions": true, "Decode": true,\n	"DecodeFile": true, "MapTo": true, "StrictMapTo": true, "ReadConfig": true,\n}\n\n// decoding is the format that a call decodes, if it does.\nfunc (p *program) decoding(call *ast.CallExpr) (format formatOf, ok bool) {\n	name, on := callee(call)\n	if !decodes[name] || on == nil || readsBody(call) {\n		return formatOf{}, false\n	}\n	from := p.qualifier(call.Fun)\n	if from == "" { // yaml.NewDecoder(f).Decode(&c), in one line or in two\n		made, _ := on.(*ast.CallExpr)\n		if object := p.object(on); object != nil && made == nil {\n			made, _ = p.initial[object].(*ast.CallExpr)\n		}\n		if made == nil || readsBody(made) {\n			return formatOf{}, false\n		}\n		from = p.qualifier(made.Fun)\n	}\n	switch {\n	case strings.Contains(from, "yaml"):\n		return yamlFormat, true\n	case strings.Contains(from, "toml"):\n		return tomlFormat, true\n	case strings.Contains(from, "/ini"):\n		return iniFormat, true\n	case strings.Contains(from, "viper"), strings.Contains(from, "koanf"), strings.Contains(from, "cleanenv"):\n		return anyFormat, true\n	case strings.Contains(from, "json"):\n		return jsonFormat, true\n	}\n	return formatOf{}, false\n}\n\n// readsBody tells of a call that something in it is the body of a request or of an answer.\nfunc readsBody(call *ast.CallExpr) bool {\n	found := false\n	ast.Inspect(call, func(n ast.Node) bool {\n		selector, ok := n.(*ast.SelectorExpr)\n		found = found || ok && selector.Sel.Name == "Body"\n		return !found\n	})\n	return found\n}\n\n// configDecoders are the functions of the inspected packages that decode into one of their parameters.\nfunc (p *program) configDecoders() map[*types.Func]decoder {\n	found := map[*types.Func]decoder{}\n	for fn, decl := range p.bodies {\n		params := fn.Type().(*types.Signature).Params()\n		ast.Inspect(decl.Body, func(n ast.Node) bool {\n			call, ok := n.(*ast.CallExpr)\n			if !ok {\n				return true\n			}\n			format, ok := p.decoding(call)\n			if !ok {\n				return true\n			}\n			for _, arg := range call.Args {\n				for i := 0; i < params.Len(); i++ {\n					if p.object(arg) == types.Object(params.At(i)) && types.IsInterface(params.At(i).Type()) {\n						found[fn] = decoder{format, i}\n					}\n				}\n			}\n			return true\n		})\n	}\n	return found\n}\n\nvar isConfigName = regexp.MustCompile(`(?i)conf|settings|options`)\n\n// config notes the struct that a call decodes the text of a file into.\nfunc (r *reader) config(call *ast.CallExpr) {\n	format, ok := r.decoding(call)\n	targets := call.Args\n	if fn := r.function(call.Fun); !ok && fn != nil {\n		by, known := r.decoders[fn]\n		if !known || by.index >= len(call.Args) {\n			return\n		}\n		format, ok, targets = by.format, true, call.Args[by.index:by.index+1]\n	}\n	if !ok {\n		return\n	}\n	for _, target := range targets {\n		if named := r.structOf(target); named != nil {\n			r.configOf(named, format)\n		}\n	}\n}\n\n// structOf is the struct of the inspected packages that an expression points to.\nfunc (r *reader) structOf(e ast.Expr) *types.Named {\n	kind := r.info.TypeOf(e)\n	if unary, ok := e.(*ast.UnaryExpr); ok {\n		kind = r.info.TypeOf(unary.X)\n	}\n	for kind != nil {\n		pointer, ok := kind.(*types.Pointer)\n		if !ok {\n			break\n		}\n		kind = pointer.Elem()\n	}\n	named, ok := kind.(*types.Named)\n	if !ok || named.Obj().Pkg() == nil {\n		return nil\n	}\n	if _, ok := named.Underlying().(*types.Struct); !ok {\n		return nil\n	}\n	return named\n}\n\nfunc (r *reader) configOf(named *types.Named, format formatOf) {\n	name := named.Obj()\n	// JSON is read from everywhere: what is no config by its name is the answer of somebody.\n	if format.name == "json" && !isConfigName.MatchString(name.Name()) && !isConfigName.MatchString(name.Pkg().Name()) {\n		return\n	}\n	at := r.positionOf(name.Pos())\n	for _, known := range r.into.Configs {\n		if known.position == at && known.Format == format.name {\n			return\n		}\n	}\n	file := configFile{format.name, []string{}, []configKey{}, at}\n	r.keysOf(named, format, nil, nil, &file)\n	r.into.Configs = append(r.into.Configs, file)\n}\n\nconst mostKeys = 1000\n\n// keysOf adds the keys of a struct; `within` are the structs that it is in, since one may hold another of its own kind.\nfunc (r *reader) keysOf(kind types.Type, format formatOf, path []string, within []types.Type, into *configFile) {\n	if pointer, ok := kind.Underlying().(*types.Pointer); ok {\n		kind = pointer.Elem()\n	}\n	structure, ok := kind.Underlying().(*types.Struct)\n	for _, outer := range within {\n		ok = ok && !types.Identical(outer, kind)\n	}\n	if !ok || len(within) == deepestStruct {\n		return\n	}\n	within = append(within[:len(within):len(within)], kind)\n	for i := 0; i < structure.NumFields() && len(into.Keys) < mostKeys; i++ {\n		field := structure.Field(i)\n		name, isInline := format.keyOf(field, structure.Tag(i))\n		if name == "-" || !field.Exported() && !field.Embedded() {\n			continue\n		}\n		if isInline {\n			r.keysOf(field.Type(), format, path, within, into)\n			continue\n		}\n		if len(path) == 0 {\n			into.Top = append(into.Top, name)\n		}\n		full := append(path[:len(path):len(path)], name)\n		basic, isBasic := field.Type().Underlying().(*types.Basic)\n		switch {\n		case isBasic && basic.Info()&types.IsString != 0:\n			into.Keys = append(into.Keys, configKey{full, false, r.positionOf(field.Pos())})\n		case isBasic && basic.Info()&types.IsInteger != 0:\n			into.Keys = append(into.Keys, configKey{full, true, r.positionOf(field.Pos())})\n		default:\n			r.keysOf(field.Type(), format, full, within, into)\n		}\n	}\n}\n\n// keyOf is the key of a field, or that its own fields stand in its place.\nfunc (format formatOf) keyOf(field *types.Var, tag string) (name string, isInline bool) {\n	words := strings.Split(first(reflect.StructTag(tag), format.tags...), ",")\n	for _, word := range words[1:] {\n		isInline = isInline || word == "inline" || word == "squash"\n	}\n	switch isByLowerName := format.name == "yaml" || format.name == ""; {\n	case words[0] != "":\n		return words[0], false\n	case isInline || field.Embedded() && format.name != "yaml":\n		return "", true\n	case isByLowerName:\n		return strings.ToLower(field.Name()), false\n	}\n	return field.Name(), false\n}\n';

// go/inspect/environment.go
var environment_default = `package main

import (
	"go/ast"
	"go/types"
	"reflect"
	"strings"
)

// Environment variables whose names are not where they are read: handed to a function of the service, or made of a prefix
// and the names of a struct's fields.

// environmentReaders are the functions of the inspected packages that read a variable whose name they are given.
func (p *program) environmentReaders() map[*types.Func]bool {
	found := map[*types.Func]bool{}
	for range [mostHelpers]struct{}{} {
		for fn, decl := range p.bodies {
			if found[fn] {
				continue
			}
			ast.Inspect(decl.Body, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok || found[fn] {
					return !found[fn]
				}
				name, _ := callee(call)
				if !readsEnvironment(name) && !found[p.function(call.Fun)] {
					return true
				}
				for _, arg := range call.Args {
					found[fn] = found[fn] || p.owner(arg) == fn
				}
				return true
			})
		}
	}
	return found
}

// environmentOf are the names that a function reads when it is called like this.
func (p *program) environmentOf(call *ast.CallExpr) []string {
	fn := p.function(call.Fun)
	if fn == nil || !p.readers[fn] || len(p.outer) >= mostHelpers {
		return nil
	}
	var names []string
	p.with(fn, call.Args, func() {
		ast.Inspect(p.bodies[fn].Body, func(n ast.Node) bool {
			inner, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if further := p.environmentOf(inner); len(further) > 0 {
				names = append(names, further...)
				return false
			}
			if name, _ := callee(inner); !readsEnvironment(name) {
				return true
			}
			for _, arg := range inner.Args {
				if p.owner(arg) != fn {
					continue
				}
				if text, ok := p.text(arg); ok && allCapitals.MatchString(text) {
					names = append(names, text)
					return false
				}
			}
			return true
		})
	})
	return names
}

// filled notes the variables of structs that a package fills by the names of their fields: envconfig.Process("shop", &c).
func (r *reader) filled(call *ast.CallExpr) {
	name, on := callee(call)
	from := r.qualifier(call.Fun)
	if made, ok := on.(*ast.CallExpr); ok && from == "" { // configor.New(&configor.Config{\u2026}).Load(&c)
		from = r.qualifier(made.Fun)
	}
	switch {
	case strings.Contains(from, "kelseyhightower/envconfig") && strings.HasPrefix(name, "Process") || name == "MustProcess":
		if len(call.Args) == 2 {
			prefix, _ := r.text(call.Args[0])
			r.fields(call.Args[1], namesOf{joint: "_", tag: "envconfig", prefix: prefix, all: true}, call)
		}
	case strings.Contains(from, "jinzhu/configor") && name == "Load" && len(call.Args) > 0:
		prefix := "Configor"
		if made, ok := on.(*ast.CallExpr); ok {
			if given, ok := r.textField(made, "ENVPrefix"); ok {
				prefix = given
			}
		}
		r.fields(call.Args[0], namesOf{joint: "_", tag: "env", prefix: prefix, all: true, isWhole: true}, call)
	case strings.Contains(from, "caarlos0/env") && strings.HasPrefix(name, "Parse") && len(call.Args) == 2:
		if prefix, ok := r.textField(call, "Prefix"); ok {
			r.fields(call.Args[0], namesOf{tag: "env", prefix: prefix, nested: "envPrefix"}, call)
		}
	case strings.Contains(from, "caarlos0/env") && strings.HasPrefix(name, "Parse") && len(call.Args) == 1:
		r.fields(call.Args[0], namesOf{tag: "env", nested: "envPrefix"}, call)
	}
}

// textField is a field of a literal among the arguments of a call.
func (r *reader) textField(call *ast.CallExpr, name string) (text string, ok bool) {
	for _, arg := range call.Args {
		ast.Inspect(arg, func(n ast.Node) bool {
			if literal, isLiteral := n.(*ast.CompositeLit); isLiteral && !ok {
				if value := fieldsOf(literal)[name]; value != nil {
					text, ok = r.text(value)
				}
			}
			return !ok
		})
	}
	return text, ok
}

// namesOf tells how a package makes the names of variables.
type namesOf struct {
	prefix, joint string
	tag           string // holds the name of a field
	nested        string // holds the prefix of a field that is a struct
	all           bool   // fields without a tag too
	isWhole       bool   // a name in a tag needs no prefix
}

const deepestStruct = 6

func (r *reader) fields(target ast.Expr, names namesOf, at ast.Node) {
	if kind := r.info.TypeOf(target); kind != nil {
		r.fieldsOf(kind, names, deepestStruct, at)
	}
}

func (r *reader) fieldsOf(kind types.Type, names namesOf, depth int, at ast.Node) {
	for {
		pointer, ok := kind.Underlying().(*types.Pointer)
		if !ok {
			break
		}
		kind = pointer.Elem()
	}
	structure, ok := kind.Underlying().(*types.Struct)
	if !ok || depth == 0 {
		return
	}
	for i := 0; i < structure.NumFields(); i++ {
		field, tag := structure.Field(i), reflect.StructTag(structure.Tag(i))
		r.named[field.Pos()] = true
		given := strings.TrimSpace(strings.SplitN(tag.Get(names.tag), ",", 2)[0])
		own := given
		if own == "" && names.all {
			own = field.Name()
			if tag.Get("split_words") == "true" {
				own = strings.ReplaceAll(dashed(own), "-", "_")
			}
		}
		full := own
		if names.prefix != "" && !(names.isWhole && given != "") {
			full = names.prefix + names.joint + own
		}
		full = strings.ToUpper(full)
		if r.isStruct(field.Type()) {
			below := names
			switch {
			case names.nested != "":
				below.prefix = names.prefix + tag.Get(names.nested)
			case !field.Embedded():
				below.prefix = full
			}
			r.fieldsOf(field.Type(), below, depth-1, at)
		} else if own != "" && allCapitals.MatchString(full) {
			value := first(tag, "default", "envDefault")
			r.into.Environment = append(r.into.Environment, setting{full, value, r.positionOf(field.Pos())})
		}
	}
}

func (r *reader) isStruct(kind types.Type) bool {
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	_, ok := kind.Underlying().(*types.Struct)
	return ok
}
`;

// go/inspect/grpc.go
var grpc_default = 'package main\n\nimport (\n	"go/ast"\n	"regexp"\n	"strings"\n)\n\n// rpc is what a package says about gRPC: that it makes a server, registers a service, or knows a service\'s unary method.\ntype rpc struct {\n	Kind    string `json:"kind"`    // "server", "service" or "method"\n	Service string `json:"service"` // as generated code names it: Greeter; with its package where that is known\n	Name    string `json:"name"`    // of a method\n	position\n}\n\nvar registersService = regexp.MustCompile(`^Register(\\w+)Server$`)\n\n// grpc notes grpc.NewServer() and pb.RegisterGreeterServer(s, greeter).\nfunc (r *reader) grpc(call *ast.CallExpr, name string) {\n	from := r.qualifier(call.Fun)\n	if name == "NewServer" && from == "google.golang.org/grpc" {\n		r.into.Rpcs = append(r.into.Rpcs, rpc{"server", "", "", r.position(call)})\n		return\n	}\n	parts := registersService.FindStringSubmatch(name)\n	if parts == nil || from == "" || len(call.Args) != 2 {\n		return\n	}\n	service := parts[1]\n	if strings.HasSuffix(from, "grpc_health_v1") {\n		service = "grpc.health.v1.Health"\n	}\n	r.into.Rpcs = append(r.into.Rpcs, rpc{"service", service, "", r.position(call)})\n}\n\n// description notes the unary methods in grpc.ServiceDesc{ServiceName: "shop.Orders", Methods: []grpc.MethodDesc{\u2026}}.\nfunc (r *reader) description(fields map[string]ast.Expr) {\n	service, ok := r.text(fields["ServiceName"])\n	methods, isList := fields["Methods"].(*ast.CompositeLit)\n	if !ok || !isList {\n		return\n	}\n	for _, element := range methods.Elts {\n		literal, ok := element.(*ast.CompositeLit)\n		if !ok {\n			continue\n		}\n		if name, ok := r.text(fieldsOf(literal)["MethodName"]); ok {\n			r.into.Rpcs = append(r.into.Rpcs, rpc{"method", service, name, r.position(literal)})\n		}\n	}\n}\n';

// go/inspect/helpers.go
var helpers_default = 'package main\n\nimport (\n	"go/ast"\n	"go/types"\n	"regexp"\n)\n\n// Helpers stand between a service and its routers: functions that put a path together (s.prefixed("/orders")) and\n// functions that register what they are given (s.get("/orders", list)). One level of either is followed, by looking at\n// their bodies with their parameters bound to what a call gives.\n\n// mostBodies bounds the time that helpers of helpers take in one package, however many call each other.\nconst mostBodies = 20_000\n\n// with does something while the parameters of a function stand for the arguments of a call.\nfunc (p *program) with(fn *types.Func, args []ast.Expr, do func()) {\n	if p.spent++; p.spent > mostBodies {\n		return\n	}\n	bound := map[types.Object]ast.Expr{}\n	params := fn.Type().(*types.Signature).Params()\n	for i := 0; i < params.Len() && i < len(args); i++ {\n		bound[params.At(i)] = args[i]\n	}\n	own, outer := p.bound, p.outer\n	p.bound, p.outer = bound, append(outer[:len(outer):len(outer)], own)\n	do()\n	p.bound, p.outer = own, outer\n}\n\nconst mostHelpers = 3 // helpers that call helpers\n\n// given is the text of a parameter that is bound; what it is bound to belongs to the caller, whose own parameters hold.\nfunc (p *program) given(variable types.Object, depth int) (string, bool) {\n	return p.asCaller(variable, func(arg ast.Expr) (string, bool) { return p.textOf(arg, depth+1) })\n}\n\n// asCaller is what the caller knows of a parameter that is bound.\nfunc (p *program) asCaller(variable types.Object, ask func(arg ast.Expr) (string, bool)) (string, bool) {\n	arg := p.bound[variable]\n	if arg == nil || len(p.outer) == 0 {\n		return "", false\n	}\n	bound, outer := p.bound, p.outer\n	p.bound, p.outer = outer[len(outer)-1], outer[:len(outer)-1]\n	text, ok := ask(arg)\n	p.bound, p.outer = bound, outer\n	return text, ok\n}\n\n// textOfHelper is what a function of the inspected packages returns, the first of its results that the source tells.\nfunc (p *program) textOfHelper(call *ast.CallExpr, depth int) (text string, ok bool) {\n	fn := p.function(call.Fun)\n	if fn == nil || len(call.Args) == 0 || len(p.outer) >= mostHelpers || fn.Type().(*types.Signature).Results().Len() != 1 {\n		return "", false\n	}\n	p.with(fn, call.Args, func() {\n		ast.Inspect(p.bodies[fn].Body, func(n ast.Node) bool {\n			switch n := n.(type) {\n			case *ast.FuncLit:\n				return false\n			case *ast.ReturnStmt:\n				if !ok && len(n.Results) == 1 {\n					text, ok = p.textOf(n.Results[0], depth+1)\n					ok = ok && text != ""\n				}\n			}\n			return !ok\n		})\n	})\n	return text, ok\n}\n\n// function is the one of the inspected packages that an expression names, with its body.\nfunc (p *program) function(fun ast.Expr) *types.Func {\n	if index, ok := fun.(*ast.IndexExpr); ok {\n		fun = index.X\n	}\n	if fn, ok := p.object(fun).(*types.Func); ok && p.bodies[fn] != nil {\n		return fn\n	}\n	return nil\n}\n\n// owner is the function whose parameter an expression is made of, if any.\nfunc (p *program) owner(e ast.Expr) (owner *types.Func) {\n	p.eachParameter(e, func(name types.Object) {\n		if owner == nil {\n			owner = p.params[name]\n		}\n	})\n	return owner\n}\n\n// eachParameter visits the text parameters in an expression. The fields of one, as in options.BaseURL+"/orders", are as\n// little known as any others and no reason to look at who calls.\nfunc (p *program) eachParameter(e ast.Expr, visit func(types.Object)) {\n	ast.Inspect(e, func(n ast.Node) bool {\n		name, ok := n.(*ast.Ident)\n		if !ok {\n			return true\n		}\n		if object := p.object(name); object != nil && p.params[object] != nil && isText(object.Type()) {\n			visit(object)\n		}\n		return true\n	})\n}\n\nfunc isText(kind types.Type) bool {\n	basic, ok := kind.Underlying().(*types.Basic)\n	return ok && basic.Info()&types.IsString != 0\n}\n\n// helper is a function that registers a route under a path that it is given.\ntype helper struct {\n	fn    *types.Func\n	calls []*ast.CallExpr // the registrations in it, and what limits them to methods\n}\n\n// helpers are those functions of the inspected packages.\nfunc (p *program) helpers() map[*types.Func]*helper {\n	found := map[*types.Func]*helper{}\n	byPath := map[string]*pkg{}\n	for _, one := range p.packages {\n		byPath[one.importPath] = one\n	}\n	for fn, decl := range p.bodies {\n		in := byPath[fn.Pkg().Path()]\n		if in == nil {\n			continue\n		}\n		one := &helper{fn: fn}\n		isHelper := false\n		ast.Inspect(decl.Body, func(n ast.Node) bool {\n			call, ok := n.(*ast.CallExpr)\n			if !ok {\n				return true\n			}\n			name, on := callee(call)\n			if name == "Methods" && on != nil {\n				one.calls = append(one.calls, call)\n			}\n			for _, arg := range pathArguments(call) {\n				if p.owner(arg) == fn && p.mayRegister(in, call) {\n					one.calls = append(one.calls, call)\n					isHelper = true\n					break\n				}\n			}\n			return true\n		})\n		if isHelper {\n			found[fn] = one\n		}\n	}\n	return found\n}\n\n// pathArguments are where the path of a registration stands; none where a call has not the form of one.\nfunc pathArguments(call *ast.CallExpr) []ast.Expr {\n	name, on := callee(call)\n	if on == nil {\n		return nil\n	}\n	// The service\'s own functions, which are not exported mostly, are looked into.\n	if registers(name) && ast.IsExported(name) && len(call.Args) >= 2 {\n		return call.Args[:len(call.Args)-1]\n	}\n	if name == "HandlerFunc" || name == "Handler" {\n		for _, part := range []string{"Path", "PathPrefix"} {\n			if inner := chained(call, part); inner != nil {\n				return inner.Args\n			}\n		}\n	}\n	return nil\n}\n\n// followed registers what a helper registers for a call of it; false where the call is of none.\nfunc (f *finder) followed(call *ast.CallExpr) bool {\n	one := f.helper[f.function(call.Fun)]\n	if one == nil || f.at != nil {\n		return false\n	}\n	before := f.limitedTo\n	f.limitedTo, f.at = map[*ast.CallExpr][]string{}, call\n	added := f.added\n	f.with(one.fn, call.Args, func() {\n		for _, inner := range one.calls {\n			if f.isGiven(inner) {\n				f.call(inner)\n			}\n		}\n	})\n	f.limitedTo, f.at = before, nil\n	if f.added == added {\n		// A helper of a helper is told where it is called.\n		if owner := f.ownerOfAny(call.Args); owner == nil || f.helper[owner] == nil {\n			f.notUnderstood(call)\n		}\n	}\n	return true\n}\n\n// isGiven tells whether the source tells all the parameters that are in the path of a registration.\nfunc (f *finder) isGiven(call *ast.CallExpr) bool {\n	all := true\n	for _, arg := range pathArguments(call) {\n		f.eachParameter(arg, func(name types.Object) {\n			_, isKnown := f.given(name, 0)\n			all = all && isKnown\n		})\n	}\n	return all\n}\n\n// isOfHelper tells whether a registration has its path from whoever calls the function that it is in.\nfunc (f *finder) isOfHelper(call *ast.CallExpr) bool {\n	owner := f.ownerOfAny(pathArguments(call))\n	return owner != nil && f.helper[owner] != nil\n}\n\nfunc (f *finder) ownerOfAny(args []ast.Expr) *types.Func {\n	for _, arg := range args {\n		if owner := f.owner(arg); owner != nil {\n			return owner\n		}\n	}\n	return nil\n}\n\n// unclear notes a call that has the form of a registration, but not a path that the source tells.\nfunc (f *finder) unclear(call *ast.CallExpr) {\n	paths := pathArguments(call)\n	// gorilla: router.Path(one.Path).Name(one.Name), which gets its handler elsewhere.\n	if name, on := callee(call); name == "Path" && on != nil && len(call.Args) == 1 && f.qualifier(call.Fun) == "" &&\n		f.pkg.importsRouter(gorilla) {\n		if _, ok := f.text(call.Args[0]); !ok && f.at == nil {\n			f.notUnderstood(call)\n		}\n		return\n	}\n	if len(paths) == 0 || f.at != nil || !f.mayRegister(f.pkg, call) {\n		return\n	}\n	for _, path := range paths {\n		if _, ok := f.text(path); ok || isContext(path) {\n			return\n		}\n	}\n	f.notUnderstood(call)\n}\n\n// isContext tells of an argument by its name that it is a context, as of slog\'s Handle(ctx, record).\nfunc isContext(e ast.Expr) bool {\n	name, ok := e.(*ast.Ident)\n	return ok && (name.Name == "ctx" || name.Name == "context")\n}\n\nfunc (f *finder) notUnderstood(call *ast.CallExpr) {\n	f.notes = addPosition(f.notes, f.position(call))\n}\n\nfunc addPosition(all []position, at position) []position {\n	for _, known := range all {\n		if known == at {\n			return all\n		}\n	}\n	return append(all, at)\n}\n\n// mayRegister tells whether a call in a package could register a route, so that a cache\'s Get and a map\'s Add are none.\nfunc (p *program) mayRegister(one *pkg, call *ast.CallExpr) bool {\n	if q := p.qualifier(call.Fun); q != "" && q != "net/http" {\n		return false\n	}\n	switch name, _ := callee(call); name {\n	case "HandleFunc", "HandlerFunc", "Handle", "Handler":\n		return one.importsRouter(anyRouter)\n	}\n	return one.importsRouter(frameworks) && p.isFunction(call.Args[len(call.Args)-1])\n}\n\n// isFunction tells whether an argument is a handler, as far as that shows.\nfunc (p *program) isFunction(e ast.Expr) bool {\n	switch e := e.(type) {\n	case *ast.FuncLit:\n		return true\n	case *ast.Ident, *ast.SelectorExpr:\n		_, isFunction := p.object(e).(*types.Func)\n		return isFunction || p.params[p.object(e)] != nil\n	}\n	return false\n}\n\nvar frameworks = regexp.MustCompile(`/(chi|gin|echo|fiber|mux|httprouter|httptreemux|fasthttp|router|goji|martini|macaron|pat|bone)(/v\\d+|\\.v\\d+)?(/web|/v\\d+)?$`)\nvar gorilla = regexp.MustCompile(`/gorilla/mux$`)\nvar anyRouter = regexp.MustCompile(`^net/http$|` + frameworks.String())\n\nfunc (one *pkg) importsRouter(kind *regexp.Regexp) bool {\n	for _, importPath := range one.imports() {\n		if kind.MatchString(importPath) {\n			return true\n		}\n	}\n	return false\n}\n';

// go/inspect/inspect.go
var inspect_default = '// What does the source of a service say about how it is started and what it answers? This program reads a list of packages\n// (as `go list -deps` orders them) from its standard input, parses them, and prints one JSON document: package-level text\n// variables, command-line flags, environment variables, subcommands, listeners and HTTP routes.\n//\n// It knows Go\'s syntax and, through go/types, what the names in these packages stand for. Of all other packages it knows\n// the names alone, so nothing has to be downloaded or built. What it finds is a guess that somebody else has to try.\n//\n// Standard library only; compiles with Go 1.18.\npackage main\n\nimport (\n	"bufio"\n	"encoding/json"\n	"fmt"\n	"go/ast"\n	"go/token"\n	"os"\n	"strings"\n)\n\ntype input struct {\n	Root     string            `json:"root"` // files are told relative to it\n	Packages []*listed         `json:"packages"`\n	Names    map[string]string `json:"names"` // import path -> package name, of the packages that are not inspected\n}\n\n// listed is a package to inspect.\ntype listed struct {\n	ImportPath string   `json:"importPath"`\n	Dir        string   `json:"dir"`\n	Files      []string `json:"files"`\n}\n\n// found is what one package declares.\ntype found struct {\n	ImportPath  string       `json:"importPath"`\n	Imports     []string     `json:"imports"`\n	Variables   []variable   `json:"variables"`\n	Flags       []flag       `json:"flags"`\n	Environment []setting    `json:"environment"`\n	Commands    []command    `json:"commands"`\n	Listens     []listen     `json:"listens"`\n	Routes      []route      `json:"routes"`\n	Rpcs        []rpc        `json:"rpcs"`\n	Configs     []configFile `json:"configs"`\n	Unclear     []position   `json:"unclear"` // where a route is registered under a path that was not understood\n}\n\n// variable is a package-level text variable that the linker can set.\ntype variable struct {\n	Name  string `json:"name"`\n	Value string `json:"value"`\n	position\n}\n\n// flag is a command-line flag that takes a value.\ntype flag struct {\n	Name     string `json:"name"`\n	Dashes   string `json:"dashes"`\n	Default  string `json:"default"`\n	IsNumber bool   `json:"isNumber"`\n	Command  string `json:"command"` // the subcommand that it is defined within, if any\n	position\n}\n\n// setting is an environment variable that is read.\ntype setting struct {\n	Name    string `json:"name"`\n	Default string `json:"default"`\n	position\n}\n\n// command is a subcommand of the program.\ntype command struct {\n	Name string `json:"name"`\n	position\n}\n\n// listen is a place that serves HTTP or opens a port.\ntype listen struct {\n	Call    string `json:"call"`    // as it is written: http.ListenAndServe\n	Address string `json:"address"` // "" unless it is a constant\n	IsTold  bool   `json:"isTold"`  // it is given an address that is none\n	position\n}\n\n// route is a registered path; without a method it answers any.\ntype route struct {\n	Method string `json:"method"`\n	Path   string `json:"path"`\n	position\n}\n\ntype position struct {\n	File string `json:"file"`\n	Line int    `json:"line"`\n}\n\nfunc main() {\n	if err := run(); err != nil {\n		fmt.Fprintln(os.Stderr, err)\n		os.Exit(1)\n	}\n}\n\nfunc run() error {\n	var in input\n	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&in); err != nil {\n		return fmt.Errorf("read the list of packages: %w", err)\n	}\n	w := bufio.NewWriter(os.Stdout)\n	if err := json.NewEncoder(w).Encode(struct {\n		Packages []*found `json:"packages"`\n	}{inspect(in)}); err != nil {\n		return err\n	}\n	return w.Flush()\n}\n\n// inspect tells what the packages declare, in their order.\nfunc inspect(in input) []*found {\n	p := load(in)\n	routes, unclear := p.routes()\n	out := []*found{}\n	readers := []*reader{}\n	for _, pkg := range p.packages {\n		f := &found{\n			ImportPath: pkg.importPath, Imports: pkg.imports(),\n			Variables: p.variables(pkg), Routes: routes[pkg], Unclear: unclear[pkg],\n			Flags: []flag{}, Environment: []setting{}, Commands: []command{}, Listens: []listen{}, Rpcs: []rpc{},\n			Configs: []configFile{},\n		}\n		if f.Routes == nil {\n			f.Routes = []route{}\n		}\n		if f.Unclear == nil {\n			f.Unclear = []position{}\n		}\n		readers = append(readers, p.reader(pkg, f))\n		out = append(out, f)\n	}\n	for i, one := range readers { // before the tags of any package are read\n		p.packages[i].each(one.structs)\n	}\n	for i, one := range readers {\n		one.settings(p.packages[i])\n	}\n	return out\n}\n\nfunc (p *program) position(n ast.Node) position { return p.positionOf(n.Pos()) }\n\nfunc (p *program) positionOf(pos token.Pos) position {\n	at := p.fset.Position(pos)\n	return position{File: strings.TrimPrefix(at.Filename, p.root+"/"), Line: at.Line}\n}\n';

// go/inspect/load.go
var load_default = 'package main\n\nimport (\n	"go/ast"\n	"go/parser"\n	"go/token"\n	"go/types"\n	"path"\n	"path/filepath"\n	"regexp"\n	"sort"\n	"strconv"\n)\n\n// program is the inspected packages with what their names stand for.\ntype program struct {\n	root     string\n	fset     *token.FileSet\n	packages []*pkg\n	info     *types.Info\n	names    map[string]string\n	imported map[string]*types.Package\n	initial  map[types.Object]ast.Expr // what a variable is declared with\n	bodies   map[*types.Func]*ast.FuncDecl\n	methods  map[string][]*types.Func // those with a body, by name\n	params   map[types.Object]*types.Func\n	readers  map[*types.Func]bool        // of environment variables\n	decoders map[*types.Func]decoder     // of config files\n	named    map[token.Pos]bool          // fields of which it is known how their variables are called\n	spent    int                         // bodies of helpers that were looked into, of one package\n	bound    map[types.Object]ast.Expr   // parameters of the helper that is looked into\n	outer    []map[types.Object]ast.Expr // those of its callers\n}\n\ntype pkg struct {\n	importPath string\n	files      []*ast.File\n}\n\n// load parses and checks the packages. Whatever does not parse or check is left as it is: half a file tells half.\nfunc load(in input) *program {\n	p := &program{\n		root:     in.Root,\n		fset:     token.NewFileSet(),\n		names:    in.Names,\n		imported: map[string]*types.Package{"unsafe": types.Unsafe},\n		initial:  map[types.Object]ast.Expr{},\n		bodies:   map[*types.Func]*ast.FuncDecl{},\n		methods:  map[string][]*types.Func{},\n		params:   map[types.Object]*types.Func{},\n		named:    map[token.Pos]bool{},\n		info: &types.Info{\n			Types:      map[ast.Expr]types.TypeAndValue{},\n			Defs:       map[*ast.Ident]types.Object{},\n			Uses:       map[*ast.Ident]types.Object{},\n			Selections: map[*ast.SelectorExpr]*types.Selection{},\n		},\n	}\n	for _, l := range in.Packages {\n		one := &pkg{importPath: l.ImportPath}\n		for _, name := range l.Files {\n			file, _ := parser.ParseFile(p.fset, filepath.Join(l.Dir, name), nil, parser.SkipObjectResolution)\n			if file != nil && file.Name != nil {\n				one.files = append(one.files, file)\n			}\n		}\n		p.packages = append(p.packages, one)\n		p.check(one)\n	}\n	for _, one := range p.packages {\n		one.each(p.remember)\n	}\n	p.readers = p.environmentReaders()\n	p.decoders = p.configDecoders()\n	return p\n}\n\nfunc (p *program) check(one *pkg) {\n	config := types.Config{\n		Importer:                 p,\n		FakeImportC:              true,\n		DisableUnusedImportCheck: true,\n		Error:                    func(error) {}, // of course: most imports are empty\n	}\n	checked, _ := config.Check(one.importPath, p.fset, one.files, p.info)\n	if checked != nil {\n		p.imported[one.importPath] = checked\n	}\n}\n\n// Import gives an inspected package, or an empty one that has the right name.\nfunc (p *program) Import(importPath string) (*types.Package, error) {\n	if known := p.imported[importPath]; known != nil {\n		return known, nil\n	}\n	name := p.names[importPath]\n	if name == "" {\n		name = guessedName(importPath)\n	}\n	empty := types.NewPackage(importPath, name)\n	empty.MarkComplete()\n	p.imported[importPath] = empty\n	return empty, nil\n}\n\nvar majorVersion = regexp.MustCompile(`^v\\d+$`)\n\nfunc guessedName(importPath string) string {\n	last := path.Base(importPath)\n	if majorVersion.MatchString(last) {\n		last = path.Base(path.Dir(importPath))\n	}\n	return last\n}\n\n// remember notes what variables begin as, and where functions are.\nfunc (p *program) remember(n ast.Node) {\n	switch n := n.(type) {\n	case *ast.FuncDecl:\n		if fn, ok := p.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {\n			p.bodies[fn] = n\n			p.methods[fn.Name()] = append(p.methods[fn.Name()], fn)\n			params := fn.Type().(*types.Signature).Params()\n			for i := 0; i < params.Len(); i++ {\n				p.params[params.At(i)] = fn\n			}\n		}\n	case *ast.ValueSpec:\n		for i, name := range n.Names {\n			if i < len(n.Values) && len(n.Values) == len(n.Names) {\n				p.begins(name, n.Values[i])\n			}\n		}\n	case *ast.AssignStmt:\n		if n.Tok != token.DEFINE || len(n.Lhs) != len(n.Rhs) {\n			return\n		}\n		for i, left := range n.Lhs {\n			if name, ok := left.(*ast.Ident); ok {\n				p.begins(name, n.Rhs[i])\n			}\n		}\n	}\n}\n\nfunc (p *program) begins(name *ast.Ident, value ast.Expr) {\n	if object := p.info.Defs[name]; object != nil {\n		p.initial[object] = value\n	}\n}\n\n// each visits every node of the package, outer ones first.\nfunc (one *pkg) each(visit func(ast.Node)) {\n	for _, file := range one.files {\n		ast.Inspect(file, func(n ast.Node) bool {\n			if n != nil {\n				visit(n)\n			}\n			return true\n		})\n	}\n}\n\nfunc (one *pkg) imports() []string {\n	all := map[string]bool{}\n	for _, file := range one.files {\n		for _, spec := range file.Imports {\n			if importPath, err := strconv.Unquote(spec.Path.Value); err == nil {\n				all[importPath] = true\n			}\n		}\n	}\n	sorted := []string{}\n	for importPath := range all {\n		sorted = append(sorted, importPath)\n	}\n	sort.Strings(sorted)\n	return sorted\n}\n\n// object is what a name or a selector stands for, if that is known.\nfunc (p *program) object(e ast.Expr) types.Object {\n	switch e := e.(type) {\n	case *ast.Ident:\n		if used := p.info.Uses[e]; used != nil {\n			return used\n		}\n		return p.info.Defs[e]\n	case *ast.SelectorExpr:\n		if selection := p.info.Selections[e]; selection != nil {\n			return selection.Obj()\n		}\n		return p.info.Uses[e.Sel]\n	}\n	return nil\n}\n\n// qualifier is the import path behind the x of x.Name, or "" where x is no package.\nfunc (p *program) qualifier(e ast.Expr) string {\n	selector, ok := e.(*ast.SelectorExpr)\n	if !ok {\n		return ""\n	}\n	if name, ok := selector.X.(*ast.Ident); ok {\n		if imported, ok := p.info.Uses[name].(*types.PkgName); ok {\n			return imported.Imported().Path()\n		}\n	}\n	return ""\n}\n\n// callee is the last name of what is called, and what it is called on (nil for a plain function).\nfunc callee(call *ast.CallExpr) (name string, on ast.Expr) {\n	fun := call.Fun\n	if index, ok := fun.(*ast.IndexExpr); ok { // type arguments\n		fun = index.X\n	}\n	switch fun := fun.(type) {\n	case *ast.Ident:\n		return fun.Name, nil\n	case *ast.SelectorExpr:\n		return fun.Sel.Name, fun.X\n	}\n	return "", nil\n}\n';

// go/inspect/routers.go
var routers_default = `package main

import (
	"go/ast"
	"go/types"
	"strings"
)

// router is something that routes are registered on: a variable, a field, a parameter, a result or an expression. Those
// that hold the same one are joined; a group hangs under its parent with a prefix.
type router struct {
	joined *router
	under  []placement
	routes []*registration
}

type placement struct {
	parent *router
	prefix string
}

// registration is a route as it is written: its path is relative to its router.
type registration struct {
	pkg    *pkg
	route  route
	mounts []*router // what is in its handler; none for a plain function
}

// result is what a function returns first.
type result struct{ fn *types.Func }

// member is a field of something whose type is not known.
type member struct {
	of   *router
	name string
}

// routers is the graph of all routers, by what they are called.
type routers struct {
	*program
	known map[interface{}]*router
	all   []*router
}

func (g *routers) by(key interface{}) *router {
	known := g.known[key]
	if known == nil {
		known = &router{}
		g.known[key] = known
		g.all = append(g.all, known)
	}
	return known.self()
}

func (r *router) self() *router {
	for r.joined != nil {
		r = r.joined
	}
	return r
}

func (r *router) join(other *router) {
	r, other = r.self(), other.self()
	if r == other {
		return
	}
	other.joined = r
	r.under = append(r.under, other.under...)
	r.routes = append(r.routes, other.routes...)
}

func (r *router) hang(parent *router, prefix string) {
	r = r.self()
	r.under = append(r.under, placement{parent, prefix})
}

const mostPrefixes = 8

// way is one from a root down to a router: what its path begins with, and what it has come through.
type way struct {
	to     *router
	prefix string
	before *way
}

func (w *way) passes(r *router) bool {
	for ; w != nil; w = w.before {
		if w.to == r {
			return true
		}
	}
	return false
}

// prefixes are those of the ways to each router, the shortest way first; a root has "". What hangs under itself alone
// has none.
func (g *routers) prefixes() map[*router][]string {
	below := map[*router][]way{}
	var ways []way
	for _, r := range g.all {
		if r.joined != nil {
			continue
		}
		if len(r.under) == 0 {
			ways = append(ways, way{to: r})
		}
		for _, place := range r.under {
			parent := place.parent.self()
			below[parent] = append(below[parent], way{to: r, prefix: place.prefix})
		}
	}
	found := map[*router][]string{}
	for len(ways) > 0 {
		one := ways[0]
		ways = ways[1:]
		if len(found[one.to]) == mostPrefixes || isIn(found[one.to], one.prefix) {
			continue
		}
		found[one.to] = append(found[one.to], one.prefix)
		for _, next := range below[one.to] {
			if !one.passes(next.to) {
				ways = append(ways, way{next.to, joinPath(one.prefix, next.prefix), &one})
			}
		}
	}
	return found
}

func isIn(all []string, wanted string) bool {
	for _, one := range all {
		if one == wanted {
			return true
		}
	}
	return false
}

func joinPath(prefix, path string) string {
	switch {
	case path == "":
		return prefix
	case prefix == "":
		return path
	case strings.HasPrefix(path, "/"):
		return strings.TrimSuffix(prefix, "/") + path
	default:
		return strings.TrimSuffix(prefix, "/") + "/" + path
	}
}

// makesGroup are the methods that give a router under a prefix.
var makesGroup = map[string]bool{"Group": true, "Route": true, "Path": true, "PathPrefix": true, "Namespace": true}

const standardMux = "http.DefaultServeMux"

// of is the router that an expression stands for; nil where it can be none.
func (g *routers) of(e ast.Expr) *router {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return g.of(e.X)
	case *ast.StarExpr:
		return g.of(e.X)
	case *ast.UnaryExpr:
		return g.of(e.X)
	case *ast.TypeAssertExpr:
		return g.of(e.X)
	case *ast.Ident:
		if variable, ok := g.object(e).(*types.Var); ok {
			return g.by(variable)
		}
	case *ast.SelectorExpr:
		if object := g.object(e); object != nil {
			if _, ok := object.(*types.Var); ok {
				return g.by(object)
			}
			return nil
		}
		if g.qualifier(e) != "" {
			return g.by(g.qualifier(e) + "." + e.Sel.Name)
		}
		if of := g.of(e.X); of != nil {
			return g.by(member{of, e.Sel.Name})
		}
	case *ast.CallExpr:
		return g.ofCall(e)
	}
	return nil
}

func (g *routers) ofCall(call *ast.CallExpr) *router {
	name, on := callee(call)
	for _, fn := range g.functions(call.Fun) {
		return g.by(result{fn})
	}
	if on == nil || g.qualifier(call.Fun) != "" {
		return nil // a new one, of a package that is not known
	}
	parent := g.of(on)
	if parent == nil {
		parent = g.by(on)
	}
	if !makesGroup[name] || len(call.Args) == 0 {
		return parent // With, Methods, Subrouter, Use and the like
	}
	if _, isFunction := call.Args[0].(*ast.FuncLit); isFunction {
		return parent
	}
	if group := g.known[call]; group != nil {
		return group.self()
	}
	prefix, _ := g.text(call.Args[0])
	group := g.by(call)
	group.hang(parent, prefix)
	return group
}

// functions are those of the inspected packages that a call may reach: one, or the methods of an interface's name.
func (g *routers) functions(fun ast.Expr) []*types.Func {
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	fn, ok := g.object(fun).(*types.Func)
	if !ok {
		return nil
	}
	if g.bodies[fn] != nil {
		return []*types.Func{fn}
	}
	recv := fn.Type().(*types.Signature).Recv()
	if recv == nil || !types.IsInterface(recv.Type()) {
		return nil
	}
	wanted, ok := recv.Type().Underlying().(*types.Interface)
	var all []*types.Func
	for _, method := range g.methods[fn.Name()] {
		own := method.Type().(*types.Signature).Recv()
		if ok && own != nil && types.Implements(own.Type(), wanted) {
			all = append(all, method)
		}
	}
	return all
}

// connect follows routers through assignments, fields, arguments and results.
func (g *routers) connect(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if i < len(n.Rhs) {
				g.same(left, n.Rhs[i])
			}
		}
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				g.same(name, n.Values[i])
			}
		}
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok {
			g.same(key, n.Value)
		}
	case *ast.CallExpr:
		for _, fn := range g.functions(n.Fun) {
			for i, arg := range n.Args {
				if value := g.of(arg); value != nil {
					g.parameter(fn, i, value, "")
				}
			}
		}
	case *ast.FuncDecl:
		if fn, ok := g.info.Defs[n.Name].(*types.Func); ok && n.Body != nil {
			g.results(fn, n.Body)
		}
	}
}

func (g *routers) same(left, right ast.Expr) {
	a, b := g.of(left), g.of(right)
	if a != nil && b != nil {
		a.join(b)
	}
}

func (g *routers) parameter(fn *types.Func, i int, value *router, prefix string) {
	if params := fn.Type().(*types.Signature).Params(); i < params.Len() {
		g.by(params.At(i)).hang(value, prefix)
	}
}

func (g *routers) results(fn *types.Func, body *ast.BlockStmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			if len(n.Results) > 0 {
				if value := g.of(n.Results[0]); value != nil {
					g.by(result{fn}).join(value)
				}
			}
		}
		return true
	})
}

// givenTo puts a router under a prefix into the function that fills it: func(r chi.Router) { \u2026 }, s.routes.
func (g *routers) givenTo(function ast.Expr, parent *router, prefix string) {
	if literal, ok := function.(*ast.FuncLit); ok {
		if params := literal.Type.Params.List; len(params) > 0 && len(params[0].Names) > 0 {
			if object := g.info.Defs[params[0].Names[0]]; object != nil {
				g.by(object).hang(parent, prefix)
			}
		}
		return
	}
	for _, fn := range g.functions(function) {
		g.parameter(fn, 0, parent, prefix)
	}
}

// stripped puts the routers in http.StripPrefix("/api", router), which may be wrapped, under their prefix.
func (g *routers) stripped(handler ast.Expr, parent *router) (isStripped bool) {
	ast.Inspect(handler, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 2 {
			return true
		}
		if name, _ := callee(call); name == "StripPrefix" {
			if inner := g.of(call.Args[1]); inner != nil {
				prefix, _ := g.text(call.Args[0])
				inner.hang(parent, prefix)
				isStripped = true
			}
		}
		return true
	})
	return isStripped
}

// within are the routers that a handler is made of, whatever it is wrapped in.
func (g *routers) within(handler ast.Expr) []*router {
	var all []*router
	ast.Inspect(handler, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if one := g.of(e); one != nil {
				all = append(all, one)
			}
		}
		_, isFunction := n.(*ast.FuncLit)
		return !isFunction
	})
	return all
}
`;

// go/inspect/routes.go
var routes_default = `package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"sort"
	"strings"
)

// routes are all registered paths, by the package that registers them, in the order of the source; and where a route is
// registered under a path that was not understood.
func (p *program) routes() (map[*pkg][]route, map[*pkg][]position) {
	g := &routers{program: p, known: map[interface{}]*router{}}
	for _, one := range p.packages {
		one.each(g.connect)
	}
	helpers := p.helpers()
	unclear := map[*pkg][]position{}
	for _, one := range p.packages {
		f := &finder{routers: g, pkg: one, limitedTo: map[*ast.CallExpr][]string{}, helper: helpers}
		p.spent = 0
		one.each(f.visit)
		unclear[one] = f.notes
	}
	found := map[*pkg][]route{}
	ways := g.prefixes()
	for _, r := range g.all {
		if r.joined != nil {
			continue
		}
		prefixes := ways[r]
		if len(prefixes) == 0 {
			prefixes = []string{""} // it hangs under itself
		}
		for _, one := range r.routes {
			if one.isMount() {
				continue // its own routes are told
			}
			for _, prefix := range prefixes {
				full := one.route
				full.Path = joinPath(prefix, full.Path)
				switch {
				case strings.Contains(full.Path, "//"): // a part of it is not known
					unclear[one.pkg] = addPosition(unclear[one.pkg], full.position)
				case strings.HasPrefix(full.Path, "/"):
					found[one.pkg] = append(found[one.pkg], full)
				}
			}
		}
	}
	for _, all := range found {
		sort.SliceStable(all, func(i, j int) bool {
			if all[i].File != all[j].File {
				return all[i].File < all[j].File
			}
			return all[i].Line < all[j].Line
		})
	}
	return found, unclear
}

func (one *registration) isMount() bool {
	for _, mounted := range one.mounts {
		if len(mounted.self().routes) > 0 {
			return true
		}
	}
	return false
}

type finder struct {
	*routers
	pkg       *pkg
	limitedTo map[*ast.CallExpr][]string // gorilla: HandleFunc(\u2026).Methods("GET")
	helper    map[*types.Func]*helper
	at        ast.Node // the call of the helper that is looked into
	added     int
	notes     []position
}

func (f *finder) visit(n ast.Node) {
	switch n := n.(type) {
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.table(n)
	case *ast.BinaryExpr:
		if n.Op == token.EQL {
			f.compared(n.X, n.Y)
			f.compared(n.Y, n.X)
		}
	case *ast.SwitchStmt:
		if n.Tag == nil {
			return
		}
		for _, clause := range n.Body.List {
			for _, value := range clause.(*ast.CaseClause).List {
				f.compared(n.Tag, value)
			}
		}
	}
}

func (f *finder) call(call *ast.CallExpr) {
	if f.followed(call) {
		return
	}
	f.mount(call)
	if name, _ := callee(call); name == "Methods" {
		f.limit(call)
	}
	if f.at == nil && f.isOfHelper(call) {
		return // it is told where the helper is called
	}
	if method, path, handlers, ok := f.registered(call); ok {
		f.add(call, method, path, handlers)
	} else {
		f.unclear(call)
	}
}

// mount hangs routers under others: Mount("/admin", router), Route("/orders", func(r) { \u2026 }), Group(func(r) { \u2026 }).
func (f *finder) mount(call *ast.CallExpr) {
	name, on := callee(call)
	if on == nil || !makesGroup[name] && name != "Mount" || len(call.Args) == 0 {
		return
	}
	prefix, hasPrefix := f.text(call.Args[0])
	last := call.Args[len(call.Args)-1]
	if hasPrefix {
		if len(call.Args) < 2 {
			return
		}
		last = call.Args[1]
	}
	if inner := f.of(last); inner != nil && name == "Mount" {
		inner.hang(f.parent(call), prefix)
		return
	}
	f.givenTo(last, f.parent(call), prefix)
}

// parent is the router that a route is registered on; functions such as http.HandleFunc have one of their own.
func (f *finder) parent(call *ast.CallExpr) *router {
	_, on := callee(call)
	if on != nil && f.qualifier(call.Fun) == "" {
		if parent := f.of(on); parent != nil {
			return parent
		}
	}
	return f.by(standardMux)
}

// pattern is that of net/http since Go 1.22: a method, perhaps a host, a path. A host has a dot, which tells it from the
// media type application/json.
var pattern = regexp.MustCompile(\`^(?:([A-Z]+)[ \\t]+)?(?:localhost|[^/\\s.;]+\\.[^/\\s;]+)?(/\\S*)$\`)

// anyMethod are the functions that register a path for all methods.
var anyMethod = map[string]bool{"ANY": true, "ALL": true}

func isHandle(name string) bool {
	verb := strings.ToUpper(name)
	return strings.HasPrefix(verb, "HANDLE") || verb == "METHOD" || verb == "METHODFUNC" || verb == "ADD"
}

// registers tells whether a function of this name may register a route.
func registers(name string) bool {
	verb := strings.ToUpper(name)
	return isHandle(name) || methods[verb] || anyMethod[verb]
}

// registered is the route that a call registers, as far as its form tells. An empty method is any.
func (f *finder) registered(call *ast.CallExpr) (method, path string, handlers []ast.Expr, ok bool) {
	name, on := callee(call)
	verb := strings.ToUpper(name)
	words := f.words(call)
	handlers = call.Args[len(words):]
	isHandle := isHandle(name)
	switch {
	case isHandle && len(words) == 0 && on != nil:
		// gorilla: Methods("GET").Path("/x").HandlerFunc(h)
		if chained(call, "Path") != nil || chained(call, "PathPrefix") != nil {
			return f.firstMethod(chained(call, "Methods")), "", handlers, true
		}
	case (name == "File" || name == "StaticFile") && len(words) == 2 && on != nil && f.qualifier(call.Fun) == "":
		if strings.HasPrefix(words[0], "/") {
			return "GET", words[0], handlers, true
		}
	case len(words) == 0 || len(handlers) == 0:
	case isHandle && len(words) == 2 && methods[words[0]]:
		return words[0], words[1], handlers, true
	case (methods[verb] || anyMethod[verb]) && on != nil && f.qualifier(call.Fun) == "":
		if anyMethod[verb] {
			verb = ""
		}
		if words[0] == "" || words[0][0] == '/' {
			return verb, words[0], handlers, true
		}
		if f.mayRegister(f.pkg, call) { // gin's "users" in a group, "paste" behind a prefix that is not known
			return verb, "/" + words[0], handlers, true
		}
	case isHandle || strings.Contains(words[0], " "):
		if parts := pattern.FindStringSubmatch(words[0]); parts != nil && (parts[1] == "" || methods[parts[1]]) {
			return parts[1], parts[2], handlers, true
		}
	}
	return "", "", nil, false
}

// words are the first arguments that are text, two at most.
func (f *finder) words(call *ast.CallExpr) []string {
	var words []string
	for _, arg := range call.Args {
		text, ok := f.text(arg)
		if !ok || len(words) == 2 {
			break
		}
		words = append(words, text)
	}
	return words
}

func (f *finder) add(call *ast.CallExpr, method, path string, handlers []ast.Expr) {
	parent := f.parent(call)
	f.added++
	var at ast.Node = call
	if f.at != nil {
		at = f.at
	}
	one := registration{pkg: f.pkg, route: route{method, path, f.position(at)}}
	if strings.HasSuffix(path, "/") && len(handlers) > 0 {
		handler := handlers[len(handlers)-1]
		isStripped := f.stripped(handler, parent)
		for _, mounted := range f.within(handler) {
			if mounted.self() == parent.self() {
				continue
			}
			one.mounts = append(one.mounts, mounted)
			if !isStripped {
				mounted.hang(parent, "")
			}
		}
	}
	only := f.limitedTo[call]
	if len(only) == 0 {
		only = []string{method}
	}
	for _, method := range only {
		each := one
		each.route.Method = method
		parent.self().routes = append(parent.self().routes, &each)
	}
}

// limit notes the methods of HandleFunc(\u2026).Methods("GET", "HEAD"); the outer call is visited first.
func (f *finder) limit(call *ast.CallExpr) {
	for _, name := range []string{"HandleFunc", "Handle", "HandlerFunc", "Handler"} {
		inner := chained(call, name)
		if inner == nil {
			continue
		}
		for _, arg := range call.Args {
			if method, ok := f.text(arg); ok && methods[method] {
				f.limitedTo[inner] = append(f.limitedTo[inner], method)
			}
		}
	}
}

func (f *finder) firstMethod(call *ast.CallExpr) string {
	if call == nil || len(call.Args) == 0 {
		return ""
	}
	method, _ := f.text(call.Args[0])
	return method
}

// table reads routes that are written as data: {"GET", "/orders", listOrders}, {Method: http.MethodGet, Path: "/orders"}.
func (f *finder) table(literal *ast.CompositeLit) {
	method, path := "", ""
	for _, element := range literal.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			element = pair.Value
		}
		text, ok := f.text(element)
		switch {
		case !ok:
		case method == "" && methods[text]:
			method = text
		case path == "" && strings.HasPrefix(text, "/"):
			path = text
		}
	}
	if method != "" && path != "" {
		f.alone(method, path, literal)
	}
}

// compared finds the routes of handlers that look at the path themselves: case "/healthz" of switch r.URL.Path.
func (f *finder) compared(subject, value ast.Expr) {
	if path, ok := f.text(value); ok && strings.HasPrefix(path, "/") && f.isRequestPath(subject) {
		f.alone("", path, value)
	}
}

func (f *finder) isRequestPath(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.SelectorExpr:
		return e.Sel.Name == "Path" && strings.HasSuffix(written(e.X), "URL")
	case *ast.CallExpr: // fasthttp: string(ctx.Path())
		name, _ := callee(e)
		return name == "Path" && len(e.Args) == 0 || name == "string" && len(e.Args) == 1 && f.isRequestPath(e.Args[0])
	case *ast.Ident:
		return f.initial[f.object(e)] != nil && f.isRequestPath(f.initial[f.object(e)])
	}
	return false
}

// alone is a route that stands on no router.
func (f *finder) alone(method, path string, at ast.Node) {
	root := f.by(standardMux)
	root.routes = append(root.routes, &registration{pkg: f.pkg, route: route{method, path, f.position(at)}})
}
`;

// go/inspect/settings.go
var settings_default = 'package main\n\nimport (\n	"go/ast"\n	"go/token"\n	"reflect"\n	"regexp"\n	"strconv"\n	"strings"\n)\n\n// reader collects what one package reads from its command line and its environment, and where it listens.\ntype reader struct {\n	*program\n	into     *found\n	dashes   string\n	defaults map[*ast.CallExpr]string // of kingpin\'s Flag(...), from the end of its chain\n	viper    viperSettings\n	listed   map[*ast.CompositeLit]bool // literals that are elements of a list\n	within   []commandRange             // in the order of the source, outer ones first\n}\n\n// commandRange is where a subcommand is written down as a literal.\ntype commandRange struct {\n	from, to token.Pos\n	name     string // "" of a program that has subcommands\n}\n\n// commandAt is the subcommand that something is written within.\nfunc (r *reader) commandAt(at ast.Node) string {\n	name := ""\n	for _, one := range r.within {\n		if one.from <= at.Pos() && at.Pos() < one.to {\n			name = one.name\n		}\n	}\n	return name\n}\n\n// viperSettings are keys that viper also takes from the environment, if it is told so.\ntype viperSettings struct {\n	isAutomatic bool\n	prefix      string\n	keys        []setting\n}\n\nfunc (p *program) reader(one *pkg, into *found) *reader {\n	return &reader{program: p, into: into, dashes: dashesOf(into.Imports), defaults: map[*ast.CallExpr]string{}, listed: map[*ast.CompositeLit]bool{}}\n}\n\nfunc (r *reader) structs(n ast.Node) {\n	if call, ok := n.(*ast.CallExpr); ok {\n		r.filled(call)\n	}\n}\n\nfunc (r *reader) settings(one *pkg) {\n	into := r.into\n	r.spent = 0\n	one.each(func(n ast.Node) {\n		switch n := n.(type) {\n		case *ast.CallExpr:\n			r.call(n)\n		case *ast.CompositeLit:\n			r.literal(n)\n		case *ast.Field:\n			r.tag(n)\n		}\n	})\n	if r.viper.isAutomatic {\n		for _, key := range r.viper.keys {\n			key.Name = environmentName(strings.TrimPrefix(r.viper.prefix+"_", "_") + key.Name)\n			into.Environment = append(into.Environment, key)\n		}\n	}\n}\n\nvar wantsTwoDashes = regexp.MustCompile(`/(pflag|cobra|kingpin|cli|kong|go-flags|go-arg)\\b`)\n\n// dashesOf tells how flags are written: package flag takes one dash and two, all others want two.\nfunc dashesOf(imports []string) string {\n	hasStandard := false\n	for _, importPath := range imports {\n		if wantsTwoDashes.MatchString(importPath) {\n			return "--"\n		}\n		hasStandard = hasStandard || importPath == "flag"\n	}\n	if hasStandard {\n		return "-"\n	}\n	return "--"\n}\n\nfunc (r *reader) call(call *ast.CallExpr) {\n	name, on := callee(call)\n	switch {\n	case name == "":\n	case name == "Default" && len(call.Args) > 0:\n		if flagged := chained(call, "Flag"); flagged != nil {\n			r.defaults[flagged], _ = r.text(call.Args[0])\n		}\n	case name == "Flag" && len(call.Args) == 2 && r.importsAny("kingpin"):\n		if flag, ok := r.text(call.Args[0]); ok {\n			r.addFlag(flag, "--", r.defaults[call], false, call)\n		}\n	case name == "AddFlags" && len(call.Args) == 2 && strings.Contains(r.qualifier(call.Fun), "exporter-toolkit/web"):\n		value, _ := r.text(call.Args[1])\n		r.addFlag("web.listen-address", "--", value, false, call)\n	case name == "AutomaticEnv":\n		r.viper.isAutomatic = true\n	case name == "SetEnvPrefix" && len(call.Args) == 1:\n		r.viper.prefix, _ = r.text(call.Args[0])\n	case name == "SetDefault" && len(call.Args) == 2:\n		if key, ok := r.text(call.Args[0]); ok {\n			value, _ := r.text(call.Args[1])\n			r.viper.keys = append(r.viper.keys, setting{key, value, r.position(call)})\n		}\n	case r.environmentByHelper(call):\n	case readsEnvironment(name):\n		r.environment(call)\n	default:\n		r.config(call)\n		r.grpc(call, name)\n		r.flag(call, name)\n		r.listen(call, name, on)\n	}\n}\n\n// flagFunction is that of package flag and of pflag: String, IntVar, StringP, DurationVarP.\nvar flagFunction = regexp.MustCompile(`^(String|Int|Int32|Int64|Uint|Uint16|Uint32|Uint64)(Var)?(P)?$`)\nvar flagName = regexp.MustCompile(`^[A-Za-z][\\w.-]*$`)\n\nfunc (r *reader) flag(call *ast.CallExpr, function string) {\n	parts := flagFunction.FindStringSubmatch(function)\n	if parts == nil {\n		return\n	}\n	args := call.Args\n	if parts[2] != "" && len(args) > 0 {\n		args = args[1:]\n	}\n	value := 1\n	if parts[3] != "" {\n		value = 2\n	}\n	if len(args) != value+2 {\n		return\n	}\n	name, ok := r.text(args[0])\n	if !ok {\n		return\n	}\n	fallback, _ := r.text(args[value])\n	r.addFlag(name, r.dashes, fallback, parts[1] != "String", call)\n}\n\nfunc (r *reader) addFlag(name, dashes, value string, isNumber bool, at ast.Node) {\n	if flagName.MatchString(name) {\n		r.into.Flags = append(r.into.Flags, flag{name, dashes, value, isNumber, r.commandAt(at), r.position(at)})\n	}\n}\n\nvar allCapitals = regexp.MustCompile(`^[A-Z]([A-Z0-9_]*[A-Z0-9])?$`)\n\n// environment notes the names in os.Getenv("PORT"), getenv("PORT", "8080"), viper.BindEnv("port", "PORT").\nfunc (r *reader) environment(call *ast.CallExpr) {\n	for i, arg := range call.Args {\n		name, ok := r.text(arg)\n		if !ok || !allCapitals.MatchString(name) {\n			continue\n		}\n		fallback := ""\n		if i+1 < len(call.Args) {\n			fallback, _ = r.text(call.Args[i+1])\n		}\n		r.into.Environment = append(r.into.Environment, setting{name, fallback, r.position(call)})\n	}\n}\n\n// environmentByHelper notes the names that a function of the service reads for this call, and the default beside them.\nfunc (r *reader) environmentByHelper(call *ast.CallExpr) bool {\n	names := r.environmentOf(call)\n	for _, name := range names {\n		fallback := ""\n		for _, arg := range call.Args {\n			if text, ok := r.text(arg); ok && !strings.HasSuffix(name, text) {\n				fallback = text\n			}\n		}\n		r.into.Environment = append(r.into.Environment, setting{name, fallback, r.position(call)})\n	}\n	return len(names) > 0\n}\n\nvar opensPort = map[string]bool{\n	"ListenAndServe": true, "ListenAndServeTLS": true, "Serve": true, "ServeTLS": true, "Listen": true, "ListenTLS": true,\n	"Run": true, "RunTLS": true, "RunListener": true, "Start": true, "StartTLS": true, "StartServer": true, "Listener": true,\n}\n\n// ofFramework are the functions above that mean a server only where this framework is imported.\nvar ofFramework = map[string]string{\n	"Run": "gin", "RunTLS": "gin", "RunListener": "gin", "Start": "echo", "StartTLS": "echo", "StartServer": "echo",\n	"Listener": "fiber", "Serve": "http", "Listen": "net|fiber|fasthttp",\n}\n\nfunc (r *reader) listen(call *ast.CallExpr, name string, on ast.Expr) {\n	framework, isShared := ofFramework[name]\n	if !opensPort[name] || on == nil || isShared && !r.importsAny(strings.Split(framework, "|")...) {\n		return\n	}\n	at := listen{Call: written(call.Fun), position: r.position(call)}\n	for _, arg := range call.Args {\n		if address, ok := r.constant(arg); ok && addressLike.MatchString(address) {\n			at.Address = address\n		}\n	}\n	at.IsTold = at.Address == "" && r.isGivenAddress(call, name)\n	if name == "Run" && framework == "gin" && len(call.Args) == 0 {\n		// gin asks the environment itself.\n		r.into.Environment = append(r.into.Environment, setting{"PORT", "8080", r.position(call)})\n	}\n	r.into.Listens = append(r.into.Listens, at)\n}\n\n// isGivenAddress tells whether one of the arguments is an address, whatever its value: http.ListenAndServe(addr, mux).\nfunc (r *reader) isGivenAddress(call *ast.CallExpr, name string) bool {\n	switch name {\n	case "ListenAndServe":\n		return len(call.Args) == 2\n	case "ListenAndServeTLS":\n		return len(call.Args) == 4\n	case "Listen":\n		return r.qualifier(call.Fun) == "net" && len(call.Args) == 2\n	case "Run", "Start":\n		return len(call.Args) > 0\n	}\n	return false\n}\n\nvar addressLike = regexp.MustCompile(`^[\\w.\\[\\]-]*:+[\\w.\\]:-]*\\d$`)\n\n// importsAny tells whether a path of the imports has one of these words as an element, a version aside.\nfunc (r *reader) importsAny(words ...string) bool {\n	for _, importPath := range r.into.Imports {\n		for _, element := range strings.Split(importPath, "/") {\n			element = strings.SplitN(element, ".", 2)[0]\n			for _, word := range words {\n				if element == word {\n					return true\n				}\n			}\n		}\n	}\n	return false\n}\n\n// literal reads cli.StringFlag{Name: \u2026}, cobra.Command{Use: \u2026} and http.Server{Addr: ":8080"}.\nfunc (r *reader) literal(literal *ast.CompositeLit) {\n	switch kind := literal.Type.(type) {\n	case *ast.ArrayType: // []*cli.Command{{Name: \u2026}}\n		for _, element := range literal.Elts {\n			if pointer, ok := element.(*ast.UnaryExpr); ok {\n				element = pointer.X\n			}\n			inner, ok := element.(*ast.CompositeLit)\n			if !ok {\n				continue\n			}\n			r.listed[inner] = true\n			if inner.Type == nil {\n				r.literalOf(inner, kind.Elt)\n			}\n		}\n	case *ast.MapType: // map[string]cli.CommandFactory{"serve": \u2026}\n		for _, element := range literal.Elts {\n			pair, ok := element.(*ast.KeyValueExpr)\n			if !ok || typeName(kind.Value) != "CommandFactory" {\n				continue\n			}\n			if name, ok := r.text(pair.Key); ok {\n				r.into.Commands = append(r.into.Commands, command{name, r.position(pair)})\n			}\n		}\n	case nil:\n	default:\n		r.literalOf(literal, literal.Type)\n	}\n}\n\nfunc (r *reader) literalOf(literal *ast.CompositeLit, of ast.Expr) {\n	kind := typeName(of)\n	fields := fieldsOf(literal)\n	switch {\n	case kind == "ServiceDesc":\n		r.description(fields)\n	case kind == "Server" && fields["Addr"] != nil:\n		address, ok := r.constant(fields["Addr"])\n		r.into.Listens = append(r.into.Listens, listen{written(of), address, !ok, r.position(literal)})\n	case kind == "Command" && (fields["Use"] != nil || fields["Name"] != nil):\n		use := fields["Use"]\n		if use == nil {\n			use = fields["Name"]\n		}\n		doesSomething := false\n		for _, key := range []string{"Run", "RunE", "Action", "Func", "CobraFunc", "Exec"} {\n			doesSomething = doesSomething || fields[key] != nil\n		}\n		if text, ok := r.text(use); ok && doesSomething && strings.Fields(text) != nil {\n			name := strings.Fields(text)[0]\n			r.into.Commands = append(r.into.Commands, command{name, r.position(literal)})\n			// One that is in no list may be the program itself.\n			isOne := r.listed[literal] || fields["Func"] != nil || fields["CobraFunc"] != nil\n			if !isOne || fields["Commands"] != nil || fields["Subcommands"] != nil {\n				name = ""\n			}\n			r.within = append(r.within, commandRange{literal.Pos(), literal.End(), name})\n		}\n	case strings.HasSuffix(kind, "Flag") && kind != "BoolFlag" && fields["Name"] != nil:\n		if name, ok := r.text(fields["Name"]); ok {\n			value, _ := r.text(fields["Value"])\n			r.addFlag(name, "--", value, kind != "StringFlag", literal)\n		}\n	}\n}\n\n// tag reads the struct tags of the packages that fill a config: env, envconfig, go-flags, kong.\nfunc (r *reader) tag(field *ast.Field) {\n	if field.Tag == nil {\n		return\n	}\n	raw, err := strconv.Unquote(field.Tag.Value)\n	if err != nil {\n		return\n	}\n	tag := reflect.StructTag(raw)\n	if _, isCommand := tag.Lookup("cmd"); isCommand && len(field.Names) == 1 && r.importsAny("kong") {\n		r.into.Commands = append(r.into.Commands, command{dashed(field.Names[0].Name), r.position(field)})\n		return\n	}\n	value := first(tag, "default", "envDefault", "env-default")\n	isNumber := strings.Contains(written(field.Type), "int")\n	if long := tag.Get("long"); long != "" {\n		r.addFlag(long, "--", value, isNumber, field)\n	} else if _, hasHelp := tag.Lookup("help"); hasHelp && len(field.Names) == 1 && r.importsAny("kong") {\n		name := tag.Get("name")\n		if name == "" {\n			name = dashed(field.Names[0].Name)\n		}\n		r.addFlag(name, "--", value, isNumber, field)\n	}\n	words := strings.Split(first(tag, "env", "envconfig"), ",")\n	name := strings.TrimSpace(words[0])\n	for _, word := range words[1:] { // env:"PORT, default=8080"\n		if after := strings.TrimPrefix(strings.TrimSpace(word), "default="); after != strings.TrimSpace(word) {\n			value = after\n		}\n	}\n	isNamed := len(field.Names) > 0 && r.named[field.Names[0].Pos()]\n	if allCapitals.MatchString(name) && !isNamed {\n		r.into.Environment = append(r.into.Environment, setting{name, value, r.position(field)})\n	}\n}\n\nfunc first(tag reflect.StructTag, keys ...string) string {\n	for _, key := range keys {\n		if value := tag.Get(key); value != "" {\n			return value\n		}\n	}\n	return ""\n}\n\nvar newWord = regexp.MustCompile(`([a-z0-9])([A-Z])`)\n\n// dashed is a field\'s name as kong writes its flag: ListenAddr is listen-addr.\nfunc dashed(name string) string {\n	return strings.ToLower(newWord.ReplaceAllString(name, "$1-$2"))\n}\n\nfunc environmentName(key string) string {\n	return strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))\n}\n\n// chained is the call of that name that a call is chained to: Flag(\u2026) of Flag(\u2026).Short(\'p\').Default("80").\nfunc chained(call *ast.CallExpr, name string) *ast.CallExpr {\n	for {\n		_, on := callee(call)\n		inner, ok := on.(*ast.CallExpr)\n		if !ok {\n			return nil\n		}\n		if found, _ := callee(inner); found == name {\n			return inner\n		}\n		call = inner\n	}\n}\n\nfunc fieldsOf(literal *ast.CompositeLit) map[string]ast.Expr {\n	fields := map[string]ast.Expr{}\n	for _, element := range literal.Elts {\n		if pair, ok := element.(*ast.KeyValueExpr); ok {\n			if key, ok := pair.Key.(*ast.Ident); ok {\n				fields[key.Name] = pair.Value\n			}\n		}\n	}\n	return fields\n}\n\nfunc typeName(e ast.Expr) string {\n	switch e := e.(type) {\n	case *ast.Ident:\n		return e.Name\n	case *ast.SelectorExpr:\n		return e.Sel.Name\n	case *ast.StarExpr:\n		return typeName(e.X)\n	case *ast.IndexExpr:\n		return typeName(e.X)\n	}\n	return ""\n}\n\n// written is a name as the source has it: http.ListenAndServe, srv.Serve, int.\nfunc written(e ast.Expr) string {\n	switch e := e.(type) {\n	case *ast.Ident:\n		return e.Name\n	case *ast.SelectorExpr:\n		if x := written(e.X); x != "" {\n			return x + "." + e.Sel.Name\n		}\n		return e.Sel.Name\n	case *ast.ParenExpr:\n		return written(e.X)\n	}\n	return ""\n}\n';

// go/inspect/text.go
var text_default = 'package main\n\nimport (\n	"go/ast"\n	"go/constant"\n	"go/token"\n	"go/types"\n	"regexp"\n	"strconv"\n	"strings"\n)\n\nconst deepest = 20 // sums of sums, variables that begin as variables\n\n// text is what an expression stands for as far as the source tells: the unknown parts of a sum are left out.\nfunc (p *program) text(e ast.Expr) (string, bool) { return p.textOf(e, 0) }\n\nfunc (p *program) textOf(e ast.Expr, depth int) (string, bool) {\n	if e == nil || depth > deepest {\n		return "", false\n	}\n	if value, ok := p.constant(e); ok {\n		return value, true\n	}\n	switch e := e.(type) {\n	case *ast.ParenExpr:\n		return p.textOf(e.X, depth+1)\n	case *ast.StarExpr:\n		return p.textOfFlag(e.X, depth)\n	case *ast.BinaryExpr:\n		if e.Op != token.ADD {\n			return "", false\n		}\n		left, hasLeft := p.textOf(e.X, depth+1)\n		right, hasRight := p.textOf(e.Y, depth+1)\n		return left + right, hasLeft || hasRight\n	case *ast.Ident, *ast.SelectorExpr:\n		if method := methodConstant(e); method != "" {\n			return method, true\n		}\n		if variable, ok := p.object(e).(*types.Var); ok {\n			if text, ok := p.given(variable, depth); ok {\n				return text, true\n			}\n			if p.initial[variable] != nil {\n				return p.textOf(p.initial[variable], depth+1)\n			}\n		}\n	case *ast.CallExpr:\n		return p.textOfCall(e, depth)\n	}\n	return "", false\n}\n\n// textOfFlag is the default of the flag that a pointer is from: flag.String("path", "/metrics", ""), kingpin\'s Default.\nfunc (p *program) textOfFlag(e ast.Expr, depth int) (string, bool) {\n	object := p.object(e)\n	if text, ok := p.asCaller(object, func(arg ast.Expr) (string, bool) { return p.textOfFlag(arg, depth+1) }); ok {\n		return text, true\n	}\n	call, ok := p.initial[object].(*ast.CallExpr)\n	if !ok {\n		return "", false\n	}\n	if name, _ := callee(call); name == "String" && len(call.Args) == 3 {\n		return p.textOf(call.Args[1], depth+1)\n	}\n	if standard := chained(call, "Default"); standard != nil && len(standard.Args) > 0 {\n		return p.textOf(standard.Args[0], depth+1)\n	}\n	return "", false\n}\n\nvar verb = regexp.MustCompile(`%[-+# 0-9.]*[a-zA-Z]`)\n\n// textOfCall knows fmt.Sprintf, conversions to string, and functions such as getenv("PORT", "8080").\nfunc (p *program) textOfCall(call *ast.CallExpr, depth int) (string, bool) {\n	name, _ := callee(call)\n	switch {\n	case name == "Sprintf" && len(call.Args) > 0:\n		format, ok := p.textOf(call.Args[0], depth+1)\n		if !ok {\n			return "", false\n		}\n		next := 0\n		return verb.ReplaceAllStringFunc(format, func(string) string {\n			next++\n			if next >= len(call.Args) {\n				return ""\n			}\n			value, _ := p.textOf(call.Args[next], depth+1)\n			return value\n		}), true\n	case name == "string" && len(call.Args) == 1:\n		return p.textOf(call.Args[0], depth+1)\n	case readsEnvironment(name) && len(call.Args) >= 2:\n		return p.textOf(call.Args[len(call.Args)-1], depth+1)\n	case p.qualifier(call.Fun) == "path" && name == "Join":\n		joined, isKnown := "", false\n		for _, arg := range call.Args {\n			part, ok := p.textOf(arg, depth+1)\n			joined, isKnown = joinPath(joined, part), isKnown || ok\n		}\n		return joined, isKnown\n	case p.qualifier(call.Fun) == "strings" && name == "ToUpper" && len(call.Args) == 1:\n		text, ok := p.textOf(call.Args[0], depth+1)\n		return strings.ToUpper(text), ok\n	case p.qualifier(call.Fun) == "strings" && strings.HasPrefix(name, "Trim") && len(call.Args) > 0:\n		return p.textOf(call.Args[0], depth+1)\n	}\n	return p.textOfHelper(call, depth)\n}\n\n// constant is the value of a constant expression, numbers in decimal.\nfunc (p *program) constant(e ast.Expr) (string, bool) {\n	if value := p.info.Types[e].Value; value != nil {\n		switch value.Kind() {\n		case constant.String:\n			return constant.StringVal(value), true\n		case constant.Int:\n			return value.ExactString(), true\n		}\n		return "", false\n	}\n	literal, ok := e.(*ast.BasicLit)\n	if !ok {\n		return "", false\n	}\n	switch literal.Kind {\n	case token.STRING:\n		value, err := strconv.Unquote(literal.Value)\n		return value, err == nil\n	case token.INT:\n		return literal.Value, true\n	}\n	return "", false\n}\n\nvar methods = map[string]bool{\n	"GET": true, "HEAD": true, "POST": true, "PUT": true, "PATCH": true, "DELETE": true, "OPTIONS": true,\n}\n\n// methodConstant knows http.MethodGet and its like in other packages, of which only the names are known.\nfunc methodConstant(e ast.Expr) string {\n	selector, ok := e.(*ast.SelectorExpr)\n	if !ok {\n		return ""\n	}\n	name := strings.ToUpper(strings.TrimPrefix(selector.Sel.Name, "Method"))\n	isConstant := strings.HasPrefix(selector.Sel.Name, "Method") || name == selector.Sel.Name\n	if isConstant && methods[name] {\n		return name\n	}\n	return ""\n}\n\nfunc readsEnvironment(function string) bool {\n	return strings.Contains(strings.ToLower(function), "env")\n}\n';

// go/inspect/variables.go
var variables_default = 'package main\n\nimport (\n	"go/ast"\n	"go/token"\n	"go/types"\n)\n\n// variables are the package-level text variables that begin empty or as a constant: `-X` can set no others.\nfunc (p *program) variables(one *pkg) []variable {\n	all := []variable{}\n	for _, file := range one.files {\n		for _, decl := range file.Decls {\n			group, ok := decl.(*ast.GenDecl)\n			if !ok || group.Tok != token.VAR {\n				continue\n			}\n			for _, spec := range group.Specs {\n				all = append(all, p.textVariables(spec.(*ast.ValueSpec))...)\n			}\n		}\n	}\n	return all\n}\n\nfunc (p *program) textVariables(spec *ast.ValueSpec) []variable {\n	var all []variable\n	for i, name := range spec.Names {\n		object := p.info.Defs[name]\n		if object == nil || object.Type() != types.Typ[types.String] {\n			continue\n		}\n		value := ""\n		if len(spec.Values) > 0 {\n			if len(spec.Values) != len(spec.Names) {\n				continue\n			}\n			constant, ok := p.constant(spec.Values[i])\n			if !ok {\n				continue\n			}\n			value = constant\n		}\n		all = append(all, variable{Name: name.Name, Value: value, position: p.position(name)})\n	}\n	return all\n}\n';

// src/init/source.ts
var import__ = __toESM(require__(), 1);
var CONFIG_FORMATS = ["yaml", "toml", "json", "ini"];
function parseSource(text2) {
  const value2 = JSON.parse(text2);
  validate ??= new import__.Ajv2020().compile(SCHEMA);
  if (validate(value2)) return value2.packages;
  const [error] = validate.errors ?? [];
  throw new Error(`the answer about the source is malformed at ${error?.instancePath}: ${error?.message}`);
}
var validate;
var text = { type: "string" };
var listOf2 = (properties) => ({ type: "array", items: record2(properties) });
var listOfPlaces = (properties) => listOf2({ ...properties, file: { type: "string", minLength: 1 }, line: { type: "integer", minimum: 1 } });
function record2(properties) {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}
var SCHEMA = record2({
  packages: listOf2({
    importPath: text,
    imports: { type: "array", items: text },
    variables: listOfPlaces({ name: text, value: text }),
    flags: listOfPlaces({
      name: text,
      dashes: { enum: ["-", "--"] },
      default: text,
      isNumber: { type: "boolean" },
      command: text
    }),
    environment: listOfPlaces({ name: text, default: text }),
    commands: listOfPlaces({ name: text }),
    listens: listOfPlaces({ call: text, address: text, isTold: { type: "boolean" } }),
    routes: listOfPlaces({ method: text, path: text }),
    rpcs: listOfPlaces({ kind: { enum: ["server", "service", "method"] }, service: text, name: text }),
    configs: listOfPlaces({
      format: { enum: ["", ...CONFIG_FORMATS] },
      top: { type: "array", items: text },
      keys: listOfPlaces({ path: { type: "array", items: text, minItems: 1 }, isNumber: { type: "boolean" } })
    }),
    unclear: listOfPlaces({})
  })
});

// src/init/inspect.ts
var INSPECT_PROGRAM = {
  name: "inspect",
  files: {
    "configs.go": configs_default,
    "environment.go": environment_default,
    "grpc.go": grpc_default,
    "helpers.go": helpers_default,
    "inspect.go": inspect_default,
    "load.go": load_default,
    "routers.go": routers_default,
    "routes.go": routes_default,
    "settings.go": settings_default,
    "text.go": text_default,
    "variables.go": variables_default
  }
};
async function inspectSource(root, packages, options) {
  const input = {
    root,
    packages: packages.filter((one) => isBelow(root, one)).map(({ importPath, dir, goFiles, cgoFiles }) => ({ importPath, dir, files: [...goFiles, ...cgoFiles] })),
    names: Object.fromEntries(packages.map(({ importPath, name }) => [importPath, name]))
  };
  return parseSource(await askGoProgram(INSPECT_PROGRAM, input, options));
}
function isBelow(root, { dir }) {
  if (dir === void 0) return false;
  return dir === root || dir.startsWith(`${root}/`) && !dir.slice(root.length).includes("/vendor/");
}

// src/init/mains.ts
async function findModules(git, directory) {
  const listed2 = await git.run([
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--",
    ":(glob)**/go.mod"
  ]);
  const all = listed2.split("\0").filter((path) => path !== "" && !/(^|\/)(vendor|testdata|node_modules|[_.][^/]*)\//.test(path)).map((path) => posix3.dirname(path)).sort();
  const holding = all.filter((one) => isInside(directory, one)).sort((a, b) => depth(b) - depth(a))[0];
  return { holding, below: all.filter((one) => one !== holding && isInside(one, directory)) };
}
var depth = (directory) => directory === "." ? 0 : directory.split("/").length;
var isInside = (path, directory) => directory === "." || directory === "" || path === directory || path.startsWith(`${directory}/`);
async function findMains(checkout, modules, options) {
  const byModule = [];
  const leftOut2 = [];
  let first;
  for (const module of modules) {
    const { env, signal } = options;
    try {
      const packages = await listPackages("go", posix3.join(checkout, module), "./...", { env, flags: ["-e"], signal });
      byModule.push([module, packages]);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof MeasurementError)) throw error;
      first ??= error;
      leftOut2.push({ directory: module, reason: lastWords(error) });
    }
  }
  if (first !== void 0 && byModule.length === 0) throw first;
  const all = new Map(byModule.flatMap(([, packages]) => packages.map((one) => [one.importPath, one])));
  const sources = new Map(
    (await inspectSource(checkout, [...all.values()], options)).map((source) => [source.importPath, source])
  );
  const mains = byModule.flatMap(([module, packages]) => {
    const root = posix3.join(checkout, module);
    return packages.filter((one) => one.name === "main" && isBelow(root, one)).map((main) => ({
      importPath: main.importPath,
      moduleDirectory: module,
      package: main.dir === root ? "." : `./${main.dir.slice(root.length + 1)}`,
      sources: builtFrom(main, all).flatMap(({ importPath }) => sources.get(importPath) ?? [])
    }));
  });
  return { mains, leftOut: leftOut2 };
}
function lastWords({ detail = "", message }) {
  const lines = detail.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("$ "));
  return lines.find((line) => /go\.(sum|mod)/.test(line)) ?? lines.at(-1) ?? message;
}
function builtFrom(main, all) {
  const order = /* @__PURE__ */ new Set();
  const visiting = /* @__PURE__ */ new Set();
  const visit = (one) => {
    if (one === void 0 || visiting.has(one)) return;
    visiting.add(one);
    for (const path of one.imports) visit(all.get(one.importMap[path] ?? path));
    order.add(one);
  };
  visit(main);
  return [...order];
}

// src/init/told.ts
function tellWritten(outcome) {
  const { file, plan, launch, others, notInjected } = outcome;
  return [
    `wrote ${file}`,
    "",
    ...row("service", [plan.directory === void 0 ? plan.package : `${plan.package} in ${plan.directory}`]),
    ...row("", outcome.isGuess ? ["a guess by names and routes, since several main packages serve"] : []),
    ...row("not taken", [
      ...otherPackages(others),
      ...outcome.leftOutModules.map(
        ({ directory, reason }) => `the module ${directory}, which go does not list: ${reason}`
      )
    ]),
    ...row("port", launch.way === void 0 ? [] : [`${launch.way.shown}${at3(launch.way.place)}`]),
    ...row("started", [`with ${shownLaunch(launch)}`]),
    ...row("protocol", plan.protocol === void 0 ? [] : ["h2c: it is a gRPC server"]),
    ...row("ready", [plan.ready === void 0 ? "when its port accepts connections" : `GET ${plan.ready.path}`]),
    ...row("inject", [
      ...plan.inject.length === 0 ? [] : [listed(plan.inject.map(({ variable }) => variable))],
      ...notInjected.map(({ variable, reason }) => `not ${variable}: ${reason}`)
    ]),
    ...row("branch", [plan.branch ?? "not found: name it as baseline.branch, or give --base to each run"]),
    "",
    `  load: ${plural(plan.kept.length + plan.calls.length + plan.givenRequests.length, "request")}`,
    ...table([
      ...plan.givenRequests.map((request4) => [request4, "as you gave it"]),
      ...plan.calls.map(({ path, ms, bytes }) => [
        `POST ${path}`,
        `OK in ${formatNs(ms * 1e6, 2)}, ${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`
      ]),
      ...plan.kept.map((one) => [`GET ${one.path}`, answered(one)])
    ]),
    ...plan.spare.length === 0 ? [] : [`    ${plural(plan.spare.length, "more")} would do; they are in the file, commented out`],
    ...warnings(plan).map((line) => `    ${line}`),
    ...plan.leftOut.length === 0 ? [] : ["", "  left out", ...tellLeftOut(plan.leftOut)],
    ...tellUnclear(outcome.unclear).flatMap((line, i) => [...i === 0 ? [""] : [], `  ${line}`]),
    "",
    "  tried: the file as it is written, two copies of the service side by side, each request on both.",
    "",
    "next",
    `  git add ${file}`,
    ...outcome.isOutputIgnored ? [] : ["  echo '/perf-gate-out/' >> .gitignore"],
    `  npx perf-gate${outcome.isFoundFromHere ? "" : ` run --config ${file}`}`,
    ""
  ].join("\n");
}
var LABEL = 11;
var row = (label, lines) => lines.map((line, i) => `  ${(i === 0 ? label : "").padEnd(LABEL)}${plainText(line)}`);
var MOST_OTHERS2 = 6;
function otherPackages(others) {
  if (others.length === 0) return [];
  const names = others.slice(0, MOST_OTHERS2).map(({ name, serves: serves2 }) => `${name}${serves2 ? " (serves too)" : ""}`);
  const more = others.length > MOST_OTHERS2 ? [`${others.length - MOST_OTHERS2} more`] : [];
  return [`${listed([...names, ...more])}; --package takes another one`];
}
function answered({ status, ms, bytes, candidate }) {
  const of = candidate.parts.some(isParameter) ? `, for ${candidate.pattern}` : "";
  return `${status} in ${formatNs(ms * 1e6, 2)}, ${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}${of}`;
}
function warnings({ kept, calls, givenRequests }) {
  if (givenRequests.length === 0 && calls.length > 0) {
    const isHealth = calls.every(({ isHealth: isHealth2 }) => isHealth2);
    const what2 = isHealth ? "only a health check is called" : "each call has an empty message";
    return [`! ${what2}; calls with a content say more: load.command with ghz (docs/load-tools.md)`];
  }
  if (givenRequests.length > 0 || kept.length === 0) return [];
  const more = "give requests that do what the service is there for: --request, or load.requests in the file";
  if (kept.every(({ bytes }) => bytes === 0)) return [`! every answer is empty, so that little is measured; ${more}`];
  if (kept.every(({ path }) => path === "/")) return [`! only the landing page is asked for; ${more}`];
  const roles = new Set(kept.map(({ candidate }) => candidate.role));
  const [role] = roles;
  if (roles.size > 1 || role === "load") return [];
  const what = {
    ready: "a health check is",
    metrics: "figures about the service are",
    aside: "what stands beside the service is"
  };
  return [`! only ${what[role]} asked for; ${more}`];
}
var MOST_PLACES = 8;
function tellUnclear(places) {
  if (places.length === 0) return [];
  const shown = places.slice(0, MOST_PLACES).map(({ file, line }) => `${file}:${line}`);
  const more = places.length > MOST_PLACES ? [`${places.length - MOST_PLACES} more`] : [];
  const [count, their] = places.length === 1 ? ["1 route is", "a path"] : [`${places.length} routes are`, "paths"];
  return [
    `${count} registered under ${their} that the source does not tell, and may be missing:`,
    ...wrapped(plainText(listed([...shown, ...more])), "  ")
  ];
}
var MOST_GROUPED = 8;
function tellLeftOut(all) {
  const groups = /* @__PURE__ */ new Map();
  for (const one of all) groups.set(one.reason, [...groups.get(one.reason) ?? [], one]);
  const [alone, together] = [
    [...groups].filter(([, of]) => of.length === 1),
    [...groups].filter(([, of]) => of.length > 1)
  ];
  return [
    ...table(alone.map(([reason, [one]]) => [one.request, `${reason}${at3(one.place)}`])),
    ...together.flatMap(([reason, of]) => {
      const more = of.length > MOST_GROUPED ? [`${of.length - MOST_GROUPED} more`] : [];
      const requests = of.slice(0, MOST_GROUPED).map(({ request: request4 }) => request4);
      return [`    ${plainText(reason)}:`, ...wrapped(plainText(listed([...requests, ...more])))];
    })
  ];
}
var WIDEST = 100;
function wrapped(text2, indent2 = "      ") {
  const lines = [""];
  for (const word of text2.split(", ")) {
    const line = lines.at(-1);
    const longer = line === "" ? word : `${line}, ${word}`;
    if (line !== "" && longer.length > WIDEST) lines.splice(-1, 1, `${line},`, word);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => `${indent2}${line}`);
}
function table(rows) {
  const width = Math.min(44, widthsOf(rows)[0] ?? 0);
  return rows.map(([first = "", second = ""]) => `    ${padded(plainText(first), width)}  ${plainText(second)}`);
}
var at3 = (place) => place === void 0 ? "" : ` (${place.file}:${place.line})`;
var plural = (count, noun) => `${count} ${noun}${count === 1 || noun === "more" ? "" : "s"}`;
function tellHook(outcome) {
  const skip = `Without it, once: ${SKIP_VARIABLE}=1 git push, or git push --no-verify`;
  if (outcome.kind === "written") return `wrote ${outcome.file}: every push is measured first. ${skip}
`;
  const { why, file, lines } = outcome;
  return [`${why}, so no hook was written; add this to ${file}:`, "", ...lines.map((line) => `  ${line}`), ""].join(
    "\n"
  );
}

// src/init/nothing-answers.ts
function nothingAnswers(leftOut2, unclear, grpc) {
  if (grpc !== void 0) {
    const at4 = `${grpc.file}:${grpc.line}`;
    return new MeasurementError(`it is a gRPC server (${at4}), and no method answered an empty message with OK`, {
      detail: leftOut2.length === 0 ? "no generated description of its services was found" : tellLeftOut(leftOut2).join("\n"),
      hint: `give a call that it answers as --request, with its message in the body: '{ method: POST, path: /shop.Orders/Get, headers: { content-type: application/grpc }, body: "\u2026" }'; or write perf-gate.yml with protocol: h2c and load.command with ghz (docs/load-tools.md)`
    });
  }
  const elsewhere = redirectedTo(leftOut2);
  if (elsewhere !== void 0) {
    return new MeasurementError(
      `what listens on the port that it was given does nothing but redirect to ${elsewhere}`,
      {
        detail: tellLeftOut(leftOut2).join("\n"),
        hint: "it is a second listener: give the port to the one that answers, by --arg or --env with {port}, and 0 or nothing to this one"
      }
    );
  }
  const told = [...tellLeftOut(leftOut2), ...tellUnclear(unclear).map((line) => `    ${line}`)];
  return new MeasurementError("no request was answered with success, so there would be nothing to measure", {
    detail: told.length === 0 ? "no route was found in the source" : told.join("\n"),
    hint: "name one: perf-gate init --request 'GET /orders?limit=10', or as in perf-gate.yml: --request '{ method: POST, path: /orders, body: { sku: a-1 } }'"
  });
}
function redirectedTo(leftOut2) {
  const asked = leftOut2.filter(({ reason }) => !reason.startsWith("not tried"));
  const origins = asked.map(({ reason }) => /^redirects to (https?:\/\/[^/\s]+)/.exec(reason)?.[1]);
  const [first] = origins;
  return origins.every((origin) => origin === first) ? first : void 0;
}

// src/init/prove.ts
async function prove(bench, head) {
  const once = deckLength(bench.scenario);
  await withService(bench, head, { name: "proof" }, async (first) => {
    await request(bench, first, once);
    try {
      await withService(bench, head, { name: "proof-2" }, (second) => request(bench, second, once));
    } catch (error) {
      bench.signal.throwIfAborted();
      throw error instanceof UserError ? notTwice(error) : error;
    }
    await request(bench, first, once);
  });
}
function notTwice(error) {
  return new MeasurementError(`one copy of the service runs, a second one beside it does not: ${error.message}`, {
    hint: "perf-gate runs several copies at the same time; a second port, a lock or a file needs a value of its own for each: {port}, or port 0, in --arg and --env",
    ...error.detail === void 0 ? {} : { detail: error.detail },
    cause: error
  });
}

// src/init/samples.ts
import { lstat as lstat2, readFile as readFile2 } from "node:fs/promises";
import { join as join3, posix as posix4 } from "node:path";
var MOST_BYTES = 64 * 1024;
var MOST_READ = 40;
var CONFIG = /\.(ya?ml|toml|ini|conf|cfg)(\.(example|sample|dist|default|template|tmpl))?$|\.(example|sample)\.(ya?ml|toml|ini|conf|cfg)$|(^|\/)[^/]*(conf|settings)[^/]*\.json$/i;
var ELSEWHERE = /(^|\/)(vendor|node_modules|\.git[^/]*|\.circleci)\//;
var OTHER = /(^|\/)([._][^/]*|vendor|node_modules|testdata|tests?|e2e|docs?|charts?|helm|k8s|kubernetes|kustomize|deploy\w*|manifests?|openapi|swagger|web|ui|frontend|systemd)\/|(^|\/)(docker-)?compose[^/]*$|(^|\/)(\.?golangci|\.?goreleaser|\.travis|mkdocs|buf|codecov|perf-gate|skaffold|fly|netlify|prometheus)[^/]*$/i;
async function findSamples(git, checkout, sought) {
  const { directory, mainPackage, structs } = sought;
  const place = directory === "." ? "." : `:(literal)${directory}`;
  const listed2 = await git.run(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", place]);
  const own = posix4.join(directory, mainPackage);
  const order = (names2) => names2.toSorted((a, b) => rank2(b, own) - rank2(a, own)).slice(0, MOST_READ);
  const names = listed2.split("\0").filter((path) => CONFIG.test(path) && !ELSEWHERE.test(path));
  const withPort2 = [];
  const others = [];
  for (const file of [...order(names.filter(isLikely)), ...order(names.filter((path) => !isLikely(path)))]) {
    const text2 = await textOf(join3(checkout, file));
    const found = isLikely(file) ? withPort(text2) : void 0;
    const path = posix4.relative(directory, file);
    if (found !== void 0) {
      withPort2.push({ text: found.text, key: found.key, place: { file, line: found.line }, file, path: pathFor(path) });
      continue;
    }
    const format = formatOf(file);
    const struct = format === void 0 ? void 0 : structFor(text2, format, structs);
    if (struct === void 0) continue;
    const key = portKey(struct);
    const added = key === void 0 ? void 0 : withKey(text2, format, key);
    if (added !== void 0) withPort2.push({ ...added, file, path: pathFor(path) });
    else if (key === void 0) others.push({ path, keys: topKeys(text2, format).length });
  }
  const isOfTest = ({ path }) => Number(OF_TEST.test(path));
  const ordered = others.toSorted((a, b) => isOfTest(a) - isOfTest(b) || b.keys - a.keys);
  return { withPort: withPort2, others: ordered.map(({ path }) => path) };
}
var OF_TEST = /(^|\/)(testdata|tests?|e2e)\//;
var isLikely = (path) => !OTHER.test(path);
var pathFor = (path) => path.replace(/\.(example|sample|dist|default|template|tmpl)(?=\.\w+$|$)/i, "").replace(/[-_](example|sample)(?=\.\w+$)/i, "");
function rank2(path, own) {
  const isOwn = own !== "." && path.startsWith(`${own}/`);
  const name = posix4.basename(path);
  return (isOwn ? 4 : 0) + (/dev|local|example|sample|default|simple|minimal/i.test(name) ? 2 : 0) + (/conf|app|server/i.test(name) ? 1 : 0) - (OF_TEST.test(path) ? 4 : 0) - path.split("/").length / 4;
}
async function textOf(path) {
  const stat = await lstat2(path).catch(() => void 0);
  if (stat === void 0 || !stat.isFile() || stat.size > MOST_BYTES) return "";
  const text2 = await readFile2(path, "utf8");
  return /[\0\ufffd]/.test(text2) ? "" : text2.replaceAll("\r\n", "\n");
}

// src/init/session.ts
import { setTimeout as sleep } from "node:timers/promises";

// src/init/ask.ts
import { request as request3 } from "node:http";
var ASK_TIMEOUT_MS = 3e3;
var MOST_BYTES2 = 8e6;
var KEPT_BYTES = 256 * 1024;
function ask({ port, path, headers = {}, signal, monotonicMs }) {
  signal.throwIfAborted();
  return new Promise((resolve2, reject) => {
    const startedMs = monotonicMs();
    const question = request3({ host: "127.0.0.1", port, path, headers, agent: false });
    const finish = (answer) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      question.destroy();
      resolve2(answer);
    };
    const fail = (reason, isTimeout = false) => finish({ kind: "none", reason, isTimeout });
    const onAbort = () => {
      clearTimeout(timer);
      question.destroy();
      reject(signal.reason);
    };
    const late = `did not answer within ${ASK_TIMEOUT_MS / 1e3} s`;
    const timer = setTimeout(() => fail(late, true), ASK_TIMEOUT_MS);
    signal.addEventListener("abort", onAbort, { once: true });
    question.once("upgrade", () => fail("became another protocol"));
    question.on("error", (error) => fail(`broke off (${error.message})`));
    question.once("response", (response) => {
      const kept = [];
      let bytes = 0;
      response.on("error", (error) => fail(`broke off (${error.message})`));
      response.on("data", (chunk) => {
        if (bytes < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - bytes));
        bytes += chunk.length;
        if (bytes > MOST_BYTES2) fail(`answers with more than ${MOST_BYTES2 / 1e6} MB`);
      });
      response.once(
        "end",
        () => finish({
          kind: "answered",
          status: response.statusCode ?? 0,
          location: response.headers.location ?? "",
          contentType: response.headers["content-type"] ?? "",
          body: Buffer.concat(kept),
          bytes,
          ms: monotonicMs() - startedMs
        })
      );
    });
    question.end();
  });
}

// src/init/ask-grpc.ts
import { connect } from "node:http2";
var MOST_BYTES3 = 8e6;
var EMPTY_MESSAGE = Buffer.alloc(5);
function callGrpc({ port, path, signal, monotonicMs }) {
  signal.throwIfAborted();
  return new Promise((resolve2, reject) => {
    const startedMs = monotonicMs();
    const session = connect(`http://127.0.0.1:${port}`);
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
      session.destroy();
    };
    const finish = (answer) => {
      end();
      resolve2(answer);
    };
    const fail = (reason) => finish({ kind: "failed", reason });
    const onAbort = () => {
      end();
      reject(signal.reason);
    };
    const timer = setTimeout(() => fail(`did not answer within ${ASK_TIMEOUT_MS / 1e3} s`), ASK_TIMEOUT_MS);
    signal.addEventListener("abort", onAbort, { once: true });
    session.on("error", (error) => fail(`broke off (${error.message})`));
    const stream = session.request({
      ":method": "POST",
      ":path": path,
      "content-type": "application/grpc",
      te: "trailers"
    });
    let httpStatus = 0;
    let grpcStatus;
    let message = "";
    let bytes = 0;
    const read = (headers) => {
      if (headers["grpc-status"] !== void 0) grpcStatus = String(headers["grpc-status"]);
      if (headers["grpc-message"] !== void 0) message = String(headers["grpc-message"]);
    };
    stream.on("error", (error) => fail(`broke off (${error.message})`));
    stream.on("response", (headers) => {
      httpStatus = Number(headers[":status"] ?? 0);
      read(headers);
    });
    stream.on("trailers", read);
    stream.on("data", (chunk) => {
      bytes += chunk.length;
      if (bytes > MOST_BYTES3) fail(`answers with more than ${MOST_BYTES3 / 1e6} MB`);
    });
    stream.on("end", () => {
      if (httpStatus !== 200) fail(`answered ${httpStatus}`);
      else if (grpcStatus === "0") finish({ kind: "ok", bytes: Math.max(0, bytes - 5), ms: monotonicMs() - startedMs });
      else
        fail(
          `answered an empty message with gRPC status ${grpcStatus ?? "(none)"}${message === "" ? "" : `: ${message}`}`
        );
    });
    stream.end(EMPTY_MESSAGE);
  });
}

// src/init/session.ts
var Session = class {
  launch;
  #bench;
  #subject;
  #running;
  #starts = 1;
  constructor(launch, bench, subject, running) {
    this.launch = launch;
    this.#bench = bench;
    this.#subject = subject;
    this.#running = running;
  }
  async ask(path) {
    const { signal, world } = this.#bench;
    const { service } = this.#running;
    const answer = await ask({ port: service.port, path, signal, monotonicMs: () => world.monotonicMs() });
    if (answer.kind === "none") await Promise.race([service.exited, sleep(EXIT_SHOWS_MS, void 0, { ref: false })]);
    return answer;
  }
  /** Throws a MeasurementError where it answers with something that is no HTTP; it is ended then, as on an interrupt. */
  async expectHttp() {
    try {
      const answer = await this.ask("/");
      if (answer.kind === "answered" || !/Parse Error/.test(answer.reason)) return;
      throw new MeasurementError("what listens there does not speak HTTP");
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }
  async call(path) {
    const { signal, world } = this.#bench;
    const { service } = this.#running;
    const answer = await callGrpc({ port: service.port, path, signal, monotonicMs: () => world.monotonicMs() });
    if (answer.kind === "failed") await Promise.race([service.exited, sleep(EXIT_SHOWS_MS, void 0, { ref: false })]);
    return answer;
  }
  async restartIfEnded() {
    if (!this.#running.service.hasExited) return false;
    await this.#running[Symbol.asyncDispose]();
    this.#starts++;
    this.#running = await start(this.#bench, this.#subject, { name: `init-${this.#starts}` });
    return true;
  }
  monotonicMs() {
    return this.#bench.world.monotonicMs();
  }
  async [Symbol.asyncDispose]() {
    await this.#running[Symbol.asyncDispose]();
  }
};
var EXIT_SHOWS_MS = 300;
async function launchService(launches, subject, benchFor2, clues, speaksHttp) {
  const failures = [];
  for (const launch of launches) {
    const bench = await benchFor2(launch);
    try {
      const running = await bench.progress.step(
        `starting it with ${shownLaunch(launch)}`,
        () => start(bench, subject, { name: "init" })
      );
      const session = new Session(launch, bench, subject, running);
      if (speaksHttp) await session.expectHttp();
      return session;
    } catch (error) {
      bench.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      failures.push({ launch, error });
    }
  }
  throw notStarted(failures, clues);
}

// src/init/try-calls.ts
var MOST_KEPT = 10;
var STEADY_TRIES = 5;
async function tryCalls(calls, trial) {
  const answered2 = [];
  const leftOut2 = [];
  for (const call of calls) {
    const result = await attempt(call, trial);
    if (typeof result !== "string") answered2.push(result);
    else leftOut2.push(leftOutOf(call, redact(plainText(result)).replace(/\s+/g, " ").slice(0, 120)));
  }
  const [health] = answered2.filter(({ isHealth }) => isHealth);
  const others = answered2.filter(({ isHealth }) => !isHealth);
  if (others.length === 0) return { kept: health === void 0 ? [] : [health], leftOut: leftOut2 };
  const aside = health === void 0 ? [] : [leftOutOf(health, "it answers, but a health check is no load")];
  const tooMany = others.slice(MOST_KEPT).map((one) => leftOutOf(one, "it would do as well"));
  return { kept: others.slice(0, MOST_KEPT), leftOut: [...leftOut2, ...aside, ...tooMany] };
}
var leftOutOf = ({ path, place }, reason) => ({ request: `POST ${path}`, reason, place });
async function attempt(call, trial) {
  let best = { ms: Number.POSITIVE_INFINITY, bytes: 0 };
  for (let i = 0; i < STEADY_TRIES; i++) {
    const answer = await trial.call(call.path);
    if (await trial.restartIfEnded()) return "the service ended when it was called";
    if (answer.kind === "failed") return answer.reason;
    if (answer.ms < best.ms) best = { ms: answer.ms, bytes: answer.bytes };
  }
  return { ...call, ...best };
}

// src/init/learn.ts
var DEEPEST = 5;
var MOST_ITEMS = 3;
var MOST_VALUES = 2;
function learn(path, body) {
  const values = /* @__PURE__ */ new Map();
  const read = (value2, depth2) => {
    if (typeof value2 !== "object" || value2 === null || depth2 > DEEPEST) return;
    if (Array.isArray(value2)) {
      for (const item of value2.slice(0, MOST_ITEMS)) read(item, depth2 + 1);
      return;
    }
    const entries = Object.entries(value2);
    for (const [key, one] of entries) note(values, key, one);
    for (const [, one] of entries) read(one, depth2 + 1);
  };
  read(parsed(body), 0);
  return { path, values };
}
function note(values, key, value2) {
  if (typeof value2 !== "string" && !Number.isSafeInteger(value2)) return;
  const text2 = String(value2);
  if (!/^[\w.:@+~-]{1,100}$/.test(text2)) return;
  const name = wordsOf(key).join(" ");
  const known = values.get(name) ?? [];
  if (known.length < MOST_VALUES && !known.includes(text2)) values.set(name, [...known, text2]);
}
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return void 0;
  }
}
function learntValues(all, name, before) {
  const plain = (path) => path.replace(/\?.*$/, "").replace(/\/+$/, "");
  const words = wordsOf(name);
  const list = all.filter(({ path }) => plain(path) === plain(before));
  const keys = [words.join(" "), words.at(-1) ?? "", "id", "uuid", "key", "slug", "name", "code"];
  const fromList = list.flatMap(({ values }) => keys.flatMap((key) => values.get(key) ?? []));
  const fromAnywhere = words.length > 1 ? all.flatMap(({ values }) => values.get(words.join(" ")) ?? []) : [];
  return [.../* @__PURE__ */ new Set([...fromList, ...fromAnywhere])].slice(0, MOST_VALUES);
}

// src/init/try-requests.ts
var MOST_KEPT2 = 10;
var STEADY_TRIES2 = 10;
var SLOW_MS = 500;
var BUDGET_MS = 9e4;
var MOST_VALUES2 = 4;
async function tryRequests(candidates, trial) {
  const tried = new Trying(trial);
  for (const candidate of candidates) await tried.one(candidate);
  await tried.usual();
  return choose(tried.answered, tried.leftOut);
}
var Trying = class {
  answered = [];
  leftOut = [];
  #trial;
  #learnt = [];
  #endMs;
  constructor(trial) {
    this.#trial = trial;
    this.#endMs = trial.monotonicMs() + BUDGET_MS;
  }
  async one(candidate) {
    const isOver = this.#trial.monotonicMs() > this.#endMs;
    const result = isOver ? "not tried: those before it took too long" : await this.#attempt(candidate);
    if (typeof result !== "string") this.answered.push(result);
    else if (candidate.place !== void 0) {
      this.leftOut.push({ request: `GET ${candidate.pattern}`, reason: result, place: candidate.place });
    }
  }
  /** Paths that are not in the source, where those that are do not do; unless everything is answered alike. */
  async usual() {
    const has = (role) => this.answered.some(({ candidate }) => candidate.role === role);
    const wanted = USUAL_PATHS.filter(({ role }) => !has(role));
    if (wanted.length === 0) return;
    const nonsense = await this.#trial.ask("/perf-gate-asks-for-what-is-not-there");
    const answersAll = isSuccess(nonsense);
    for (const candidate of wanted) {
      if (has(candidate.role) || answersAll && candidate.role === "ready") continue;
      await this.one(candidate);
    }
  }
  /** The answer, or the reason why it is left out. */
  async #attempt(candidate) {
    const paths = this.#paths(candidate).filter(({ path }) => !this.#isAsked(path));
    if (paths.length === 0) return "it asks for the same as a request before it";
    const failed = [];
    for (const { path, learntFrom } of paths) {
      for (const spelling of /* @__PURE__ */ new Set([path, otherSpelling(path)])) {
        if (spelling !== path && this.#isAsked(spelling)) break;
        const answer2 = await this.#trial.ask(spelling);
        if (await this.#trial.restartIfEnded()) return "the service ended when it was asked";
        if (isSuccess(answer2)) return this.#steady(candidate, spelling, answer2, learntFrom);
        if (spelling === path) failed.push({ path, answer: answer2 });
        if (!isAboutSpelling(answer2)) break;
      }
      const { answer } = failed.at(-1);
      if (!mayBeTheValue(answer)) break;
    }
    return failed.length === 0 ? "it was never tried" : reasonOf(failed);
  }
  /** Whether a request of the load would be sent twice. */
  #isAsked(path) {
    return this.answered.some((one) => one.path === path);
  }
  #paths({ parts }) {
    const values = [];
    let before = "";
    for (const part of parts) {
      if (!isParameter(part)) {
        before += part.literal;
        continue;
      }
      const learnt = learntValues(this.#learnt, part.name, before);
      const all = [.../* @__PURE__ */ new Set([...learnt, ...plausibleValues(part)])];
      values.push({ all, learnt: learnt.length });
      before += all[0];
    }
    const tries = Math.min(MOST_VALUES2, Math.max(1, ...values.map(({ all }) => all.length)));
    return Array.from({ length: tries }, (_, i) => ({
      path: fillPath(
        parts,
        values.map(({ all }) => all[Math.min(i, all.length - 1)])
      ),
      learntFrom: values.length > 0 && values.every(({ learnt }) => i < learnt) ? "its answers" : void 0
    }));
  }
  /** Again and again: what fails now and then, or takes long, is no load. */
  async #steady(candidate, path, first, learntFrom) {
    let ms = first.ms;
    let failures = 0;
    let last = first;
    for (let i = 1; i < STEADY_TRIES2; i++) {
      const answer = await this.#trial.ask(path);
      if (await this.#trial.restartIfEnded()) return "the service ended when it was asked again";
      if (isSuccess(answer)) ms = Math.min(ms, answer.ms);
      else {
        failures++;
        last = answer;
      }
      if (i === 1 && ms > SLOW_MS) return `takes ${(ms / 1e3).toFixed(1)} s: too long to be asked thousands of times`;
    }
    if (failures > 0) {
      return `${last.kind === "none" ? last.reason : `answered ${last.status}`} in ${failures} of ${STEADY_TRIES2} tries`;
    }
    if (/json/.test(first.contentType)) this.#learnt.push(learn(path, first.body.toString("utf8")));
    return { candidate, path, status: first.status, ms, bytes: first.bytes, learntFrom };
  }
};
var isSuccess = (answer) => answer.kind === "answered" && answer.status >= 200 && answer.status < 300;
var otherSpelling = (path) => path.endsWith("/") ? path.slice(0, -1) || "/" : `${path}/`;
var isAboutSpelling = (answer) => answer.kind === "answered" && [301, 302, 307, 308, 404].includes(answer.status);
var mayBeTheValue = (answer) => answer.kind === "none" ? !answer.isTimeout : [400, 404, 406, 410, 422, 500].includes(answer.status);
function choose(answered2, leftOut2) {
  const of = (role) => answered2.filter(({ candidate }) => candidate.role === role);
  const [ready2, ...otherReady] = of("ready").toSorted((a, b) => compareReadiness(a.path, b.path));
  const load = of("load");
  const isThin = load.every(({ path }) => path === "/");
  const wanted = isThin ? [...load, ...of("aside")] : load;
  const ordered = [...wanted.filter(({ bytes }) => bytes > 0), ...wanted.filter(({ bytes }) => bytes === 0)];
  const metrics = of("metrics");
  const all = ordered.length > 0 ? ordered : metrics.length > 0 ? metrics : ready2 === void 0 ? [] : [ready2];
  const aside = (reason) => (one) => leftOutOf2(one, reason);
  return {
    kept: all.slice(0, MOST_KEPT2),
    spare: all.slice(MOST_KEPT2),
    ready: ready2,
    leftOut: [
      ...leftOut2,
      ...isThin ? [] : of("aside").map(aside("it answers, but is hardly what the service is there for")),
      ...ordered.length === 0 ? [] : metrics.map(aside("it answers, but figures about the service are no load")),
      ...otherReady.map(aside("it answers, but a health check is no load"))
    ]
  };
}
var leftOutOf2 = ({ candidate, path }, reason) => ({
  request: `GET ${path}`,
  reason,
  place: candidate.place
});
function reasonOf(failed) {
  const { answer } = failed[0];
  if (answer.kind === "none") return answer.reason;
  const { status, location } = answer;
  const others = failed.length > 2 ? ` and ${failed.length - 1} others` : ` and ${failed.at(-1).path}`;
  const to = failed.length > 1 ? ` to ${failed[0].path}${others}` : "";
  const said = beginningOf(answer);
  switch (status) {
    case 401:
    case 403:
    case 407:
      return `answered ${status}: it wants credentials (load.headers)`;
    case 404:
    case 410:
      return `answered ${status}${to}`;
    case 405:
      return "answered 405: it is not for GET";
    case 426:
      return "answered 426: it wants another protocol";
    default:
      if (location !== "") return `redirects to ${shortened(location)}`;
      return `answered ${status}${to}${said === "" ? "" : `: ${said}`}`;
  }
}
var LONGEST = 70;
function beginningOf({ body, contentType }) {
  const text2 = body.toString("utf8", 0, 1e4);
  if (/json/.test(contentType)) return shortened(messageIn(text2) ?? text2);
  return /^text\/plain/.test(contentType) ? shortened(text2) : "";
}
var MESSAGE_KEYS = ["detail", "message", "error_description", "error", "title", "msg"];
function messageIn(json) {
  try {
    const value2 = JSON.parse(json);
    if (typeof value2 !== "object" || value2 === null) return void 0;
    const fields = value2;
    return MESSAGE_KEYS.map((key) => fields[key]).find(
      (text2) => typeof text2 === "string" && text2 !== ""
    );
  } catch {
    return void 0;
  }
}
function shortened(text2) {
  const line = redact(plainText(text2)).replace(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}\u2026` : line;
}

// src/init/write-file.ts
import { access, writeFile as writeFile2 } from "node:fs/promises";
import { dirname, join as join4, relative as relative2, sep } from "node:path";
async function findDestination(root, directory) {
  for (const name of CONFIG_NAMES) {
    if (await isThere2(join4(root, directory, name))) return destination(root, directory, name, true);
  }
  return destination(root, directory, CONFIG_NAMES[0], false);
}
function destination(root, directory, name, isThere3) {
  const file = join4(root, directory, name);
  return { file, fileName: relative2(root, file).split(sep).join("/"), isThere: isThere3 };
}
async function writeConfigFile({ file, fileName }, text2, isForced) {
  try {
    await writeFile2(file, text2, { flag: isForced ? "w" : "wx" });
  } catch (error) {
    const { code, message } = error;
    if (code === "EEXIST") throw alreadyThere(fileName, error);
    throw new UserError(`${fileName} cannot be written: ${message}`, { cause: error });
  }
}
var alreadyThere = (fileName, cause) => new UserError(`${fileName} is there already`, { hint: "perf-gate init --force writes it anew", cause });
async function findSchema(root, { file }) {
  const schema = join4("node_modules", "perf-gate", "schema", "perf-gate.schema.json");
  for (let directory = dirname(file); ; directory = dirname(directory)) {
    if (await isThere2(join4(directory, schema))) {
      const path = relative2(dirname(file), join4(directory, schema)).split(sep).join("/");
      return path.startsWith(".") ? path : `./${path}`;
    }
    if (directory === root || directory === dirname(directory)) return CONFIG_SCHEMA.$id;
  }
}
async function isThere2(path) {
  return access(path).then(
    () => true,
    () => false
  );
}

// src/commands/init-options.ts
function readInitOptions({ values }) {
  const given = {
    args: values.arg,
    env: Object.fromEntries(values.env.map(readVariable)),
    setup: values.setup
  };
  check(
    "--arg, --env or --setup",
    `service: ${JSON.stringify({ package: ".", ...given })}
load: { requests: [GET /] }
`
  );
  for (const request4 of values.request) {
    if (/[\r\n]/.test(request4)) throw new UserError("--request takes one request on one line");
    check("--request", `service: { package: . }
load:
  requests:
    - ${request4}
`);
  }
  return {
    ...given,
    package: values.package?.replace(/\/+$/, ""),
    requests: values.request,
    isForced: values.force,
    withHook: values.hook,
    quiet: values.quiet,
    verbose: values.verbose
  };
}
function readVariable(text2) {
  const [, name, value2] = /^([A-Za-z_]\w*)=(.*)$/s.exec(text2) ?? [];
  if (name !== void 0 && value2 !== void 0) return [name, value2];
  throw new UserError(`--env takes NAME=value, not "${plainText(text2)}"`, {
    hint: "for example --env LOG_LEVEL=error"
  });
}
function check(flags, yaml) {
  try {
    parseConfig(yaml, flags);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const [{ message, hint } = { message: error.message, hint: void 0 }] = error.problems;
    const plain = message.replace(/^(service|load)\.\S+: /, "");
    throw new UserError(`${flags}: ${plain}`, { cause: error, ...hint === void 0 ? {} : { hint } });
  }
}

// src/commands/init.ts
var init = async (given, world) => {
  const options = readInitOptions(given);
  const progress = progressFor(world, options);
  await requireTools(world);
  const repo = await openRepository(world.cwd, world);
  const wanted = options.package === void 0 ? void 0 : posix5.join(repo.prefix, options.package);
  const modules = await findModules(repo.git, wanted ?? repo.prefix);
  const directory = directoryFor(modules.holding, repo.prefix);
  const destination2 = await findDestination(repo.root, directory);
  if (!destination2.isThere || options.isForced) {
    const job = { repo, options, wanted, modules, directory, destination: destination2, world, progress };
    world.stdout.write(tellWritten(await writeConfig(job)));
  } else if (!options.withHook) throw alreadyThere(destination2.fileName);
  if (options.withHook) {
    const { fileName } = destination2;
    world.stdout.write(tellHook(await addHook(repo, fileName.includes("/") ? fileName : void 0)));
  }
  return EXIT.pass;
};
function directoryFor(module, prefix) {
  const isBelow2 = module !== void 0 && module !== "." && (prefix === "" || module.startsWith(`${prefix}/`));
  return module === void 0 || isBelow2 ? prefix || "." : module;
}
async function writeConfig(job) {
  var _stack = [];
  try {
    const { repo, directory, world, progress } = job;
    const work = __using(_stack, await temporaryDirectory(world), true);
    const output = posix5.join(directory, "perf-gate-out");
    const { head } = await resolveSides(repo, { base: "HEAD", exclude: [output] });
    const checkout = __using(_stack, await createCheckout(repo, head, join5(work.path, "head", "src")), true);
    const choice = await progress.step("reading the source", () => chooseMain(job, checkout.directory, work.path));
    const places = { head, checkout, work: work.path, output };
    const { text: text2, outcome } = await configFor(job, choice, places).catch((error) => {
      world.signal.throwIfAborted();
      throw error instanceof UserError ? orAnother(error, choice, (main) => packageFlag(repo, main)) : error;
    });
    await writeConfigFile(job.destination, text2, job.options.isForced);
    return outcome;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function configFor(job, choice, { head, checkout, work, output }) {
  const { repo, options, directory, destination: destination2, world, progress } = job;
  const { chosen, others, isGuess, leftOutModules } = choice;
  const grpc = grpcServer(chosen.sources);
  const { moduleDirectory } = chosen;
  const samples = await findSamples(repo.git, checkout.directory, {
    directory: moduleDirectory,
    mainPackage: chosen.package,
    structs: chosen.sources.flatMap(({ configs }) => configs)
  });
  const launches = findLaunches(chosen.sources, options, samples);
  const variables = findInjectables(chosen.sources);
  const draft = {
    package: chosen.package,
    directory: chosen.moduleDirectory === directory ? void 0 : chosen.moduleDirectory,
    setup: options.setup,
    inject: variables.found,
    ...launches[0],
    ready: void 0,
    protocol: grpc === void 0 ? void 0 : "h2c",
    calls: [],
    givenRequests: options.requests,
    kept: [],
    spare: [],
    leftOut: [],
    branch: await findBranch(repo),
    schema: await findSchema(repo.root, destination2)
  };
  const serviceDirectory = (root) => join5(root, chosen.moduleDirectory);
  const { binary, unset } = await progress.step(
    `building ${draft.package}`,
    () => buildService({
      config: parse2({ ...draft, givenRequests: ["GET /"] }, job),
      directory: serviceDirectory(checkout.directory),
      side: head,
      work,
      world,
      tell: progress.detail
    })
  );
  const inject2 = variables.found.filter(({ variable }) => !unset.some((one) => one.variable === variable));
  const subject = {
    side: "head",
    binary,
    directory: serviceDirectory(checkout.directory),
    output: join5(work, "head", "out")
  };
  const bench = async (config) => {
    const directory2 = await mkdtemp(join5(work, "bench-"));
    return { ...await benchFor({ config, work: directory2, world, progress }, repo.root), run: work };
  };
  const benchWith = (launch2) => {
    const config = parse2({ ...draft, inject: inject2, ...launch2, givenRequests: ["GET /"] }, job);
    return bench(launches.length === 1 ? config : inAHurry(config));
  };
  const tried = await tryService(chosen, launches, subject, benchWith, progress);
  const { launch, calls, kept, spare: spare2, ready: ready2, leftOut: leftOut2, unclear } = tried;
  if (calls.length + kept.length + options.requests.length === 0) throw nothingAnswers(leftOut2, unclear, grpc);
  const plan = { ...draft, inject: inject2, ...launch, ready: ready2, calls, kept, spare: spare2, leftOut: leftOut2 };
  const text2 = renderConfigFile(plan);
  await progress.step("trying the file: two copies of the service side by side", async () => {
    await prove(await bench(parse2(plan, job)), subject);
  });
  const outcome = {
    file: posix5.relative(repo.prefix, destination2.fileName),
    isFoundFromHere: directory === "." || `${repo.prefix}/`.startsWith(`${directory}/`),
    plan,
    launch,
    others: others.map(({ main, serves: serves2 }) => ({ name: packageFlag(repo, main), serves: serves2 })),
    isGuess,
    leftOutModules,
    unclear,
    notInjected: [...unset, ...variables.others],
    isOutputIgnored: await isIgnored(repo, join5(output, "report.json"))
  };
  return { text: text2, outcome };
}
async function isIgnored({ git }, path) {
  return (await git.ask(["check-ignore", "--quiet", "--", path])).exitCode === 0;
}
var packageFlag = ({ prefix }, main) => {
  const path = posix5.relative(prefix, directoryOf(main));
  return path === "" ? "." : path.startsWith(".") ? path : `./${path}`;
};
var NONE = { mains: [], leftOut: [] };
async function chooseMain(job, checkout, work) {
  const { repo, options, wanted, modules, world } = job;
  const { signal } = world;
  const env = { ...world.env, GOTMPDIR: work, TMPDIR: work };
  const { holding, below } = modules;
  const nearest = holding ?? below[0];
  if (nearest === void 0) {
    throw new UserError(`there is no go.mod in ${world.cwd}, above it or below it`, {
      hint: "run perf-gate init in the repository of a Go service"
    });
  }
  const toolchain = await findGo(env, join5(checkout, nearest), { signal });
  const version = /^go[\d.]+(rc\d+)?/.exec(toolchain.version)?.[0];
  const mainsOf = (directories) => findMains(checkout, directories, {
    env: version === void 0 ? env : { ...env, GOTOOLCHAIN: version },
    temporaryDirectory: work,
    signal
  });
  const own = holding === void 0 ? NONE : await mainsOf([holding]);
  const isElsewhere = below.length > 0 && wanted === void 0 && !own.mains.some(serves);
  const others = isElsewhere ? await mainsOf(below) : NONE;
  const named = wanted === void 0 ? void 0 : { directory: wanted, shown: options.package };
  const choice = choosePackage(
    [...own.mains, ...others.mains],
    { prefix: repo.prefix, wanted: named },
    (main) => packageFlag(repo, main)
  );
  return { ...choice, leftOutModules: others.leftOut };
}
async function findBranch(repo) {
  try {
    return (await findTarget(repo, void 0)).branch;
  } catch (error) {
    if (error instanceof UserError) return currentBranch(repo);
    throw error;
  }
}
var parse2 = (plan, { destination: destination2, repo }) => parseConfig(renderConfigFile(plan), destination2.fileName, basename(repo.root));
var inAHurry = (config) => ({
  ...config,
  service: { ...config.service, ready: { kind: "port", timeoutMs: 1e4 } }
});
async function tryService(main, launches, subject, benchFor2, progress) {
  var _stack = [];
  try {
    const { toTry, leftOut: leftOut2, unclear } = findCandidates(main.sources);
    const isGrpc = grpcServer(main.sources) !== void 0;
    const session = __using(_stack, await launchService(launches, subject, benchFor2, findClues(main.sources), !isGrpc), true);
    if (isGrpc) {
      const all = findCalls(main.sources);
      const tried2 = await progress.step(
        `trying ${plural(all.toTry.length, "gRPC method")}`,
        () => tryCalls(all.toTry, session)
      );
      const { launch } = session;
      const nothing = { kept: [], spare: [], ready: void 0, unclear: [] };
      return { ...nothing, launch, calls: tried2.kept, leftOut: [...tried2.leftOut, ...all.leftOut] };
    }
    const what = toTry.length === 0 ? "what most services answer" : plural(toTry.length, "request");
    const tried = await progress.step(`trying ${what}`, () => tryRequests(toTry, session));
    return { ...tried, launch: session.launch, calls: [], leftOut: [...tried.leftOut, ...leftOut2], unclear };
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
export {
  init
};
