import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  difference,
  noiseOf,
  requestsOf,
  totalsOf
} from "./compare-totals.js";
import {
  compileSchema,
  finestLimit,
  floorOf,
  hasLimit,
  isAccepted,
  judgeFunction,
  judgedRow,
  toldOnly,
  unmatchedPatterns,
  verdictOf,
  visible
} from "./report-words.js";
import {
  gateKey,
  hostOf,
  isRuntime,
  namelessIn,
  ownerOf,
  packageOf,
  packageOfFile,
  runtimeGroup,
  tableOf
} from "./profile-runtime-groups.js";
import {
  columnOf
} from "./profile-decode.js";
import {
  nearest
} from "./base-nearest.js";
import {
  INSTRUMENTS,
  metricsOf
} from "./model-metrics.js";
import {
  MeasurementError
} from "./base-errors.js";

// src/git/diff.ts
async function diffLines(repo, baseTree, headTree) {
  const files2 = await diffOf(repo, [], [baseTree, headTree]);
  const paths = new Set(files2.flatMap(({ basePath, headPath }) => [basePath, headPath]));
  const source = await diffOf(repo, ["--text"], [baseTree, headTree, "--", "*.go", "*.s"]);
  const isKnown = (path) => path !== void 0 && paths.has(path);
  return [...files2, ...source.filter(({ basePath, headPath }) => !isKnown(basePath) && !isKnown(headPath))];
}
async function diffOf(repo, options, what) {
  const text2 = await repo.git.run([
    "diff-tree",
    "-r",
    "-p",
    "-U0",
    "-M",
    "--inter-hunk-context=0",
    "--no-color",
    "--no-ext-diff",
    "--no-textconv",
    "--submodule=short",
    "--src-prefix=a/",
    "--dst-prefix=b/",
    ...options,
    "--end-of-options",
    ...what
  ]);
  return parseDiff(text2);
}
async function changedPaths(repo, baseTree, headTree) {
  const names = await repo.git.run([
    "diff-tree",
    "-r",
    "--name-only",
    "--no-renames",
    "-z",
    "--end-of-options",
    baseTree,
    headTree
  ]);
  return names.split("\0").filter((name) => name !== "");
}
function toHeadLine(file, baseLine) {
  if (file.headPath === void 0) return void 0;
  let shift = 0;
  for (const { baseStart, baseCount, headCount } of file.hunks) {
    const first = baseCount === 0 ? baseStart + 1 : baseStart;
    if (baseLine < first) break;
    if (baseLine < first + baseCount) return void 0;
    shift += headCount - baseCount;
  }
  return baseLine + shift;
}
function toReplacingLine(file, baseLine) {
  const hunk = file.hunks.find(
    ({ baseStart, baseCount, headCount }) => baseCount === headCount && baseLine >= baseStart && baseLine < baseStart + baseCount
  );
  return hunk === void 0 || file.headPath === void 0 ? void 0 : hunk.headStart + baseLine - hunk.baseStart;
}
function isTouched(file, headLine) {
  return file.hunks.some(({ headStart, headCount }) => headLine >= headStart && headLine < headStart + headCount);
}
function parseDiff(text2) {
  const lines = text2.split("\n");
  const files2 = [];
  let at = 0;
  while (at < lines.length) {
    if (!lines[at].startsWith("diff --git ")) {
      at++;
      continue;
    }
    const header = parseHeader(lines, at);
    const hunks = [];
    at = header.end;
    for (let hunk = parseHunk(lines[at]); hunk !== void 0; hunk = parseHunk(lines[at])) {
      hunks.push(hunk);
      at += 1 + hunk.baseCount + hunk.headCount;
    }
    if (header.isText && (hunks.length > 0 || header.basePath !== header.headPath)) {
      files2.push({ basePath: header.basePath, headPath: header.headPath, hunks });
    }
  }
  return files2;
}
function parseHeader(lines, start) {
  let [basePath, headPath] = gitLinePaths(lines[start].slice("diff --git ".length));
  let isText = true;
  let at = start + 1;
  for (; at < lines.length && !/^(@@ |diff --git )/.test(lines[at]); at++) {
    const line = lines[at];
    if (line.startsWith("new file mode ")) basePath = void 0;
    else if (line.startsWith("deleted file mode ")) headPath = void 0;
    else if (line.startsWith("rename from ")) basePath = unquotePath(line.slice("rename from ".length));
    else if (line.startsWith("rename to ")) headPath = unquotePath(line.slice("rename to ".length));
    else if (line.startsWith("--- ")) basePath = sidePath(line.slice(4));
    else if (line.startsWith("+++ ")) headPath = sidePath(line.slice(4));
    else if (/^(Binary files |GIT binary patch)/.test(line)) isText = false;
  }
  return { basePath, headPath, isText, end: at };
}
function parseHunk(line) {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line ?? "");
  if (match === null) return void 0;
  const [, baseStart, baseCount = "1", headStart, headCount = "1"] = match;
  return {
    baseStart: Number(baseStart),
    baseCount: Number(baseCount),
    headStart: Number(headStart),
    headCount: Number(headCount)
  };
}
function gitLinePaths(text2) {
  if (text2.startsWith('"')) {
    const end = /^"(?:[^"\\]|\\.)*"/.exec(text2)?.[0].length ?? text2.length;
    return [sidePath(text2.slice(0, end)) ?? "", sidePath(text2.slice(end + 1)) ?? ""];
  }
  const half = Math.floor(text2.length / 2);
  return [text2.slice(2, half), text2.slice(half + 3)];
}
function sidePath(text2) {
  const path = unquotePath(text2.replace(/\t$/, ""));
  return path === "/dev/null" ? void 0 : path.slice(2);
}
var ESCAPES = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, "\\": 92 };
function unquotePath(text2) {
  if (!text2.startsWith('"')) return text2;
  const bytes = [];
  for (const [part, octal, letter] of text2.slice(1, -1).matchAll(/\\([0-7]{3})|\\(.)|[^\\]+/gs)) {
    if (octal !== void 0) bytes.push(Buffer.from([Number.parseInt(octal, 8)]));
    else if (letter !== void 0) bytes.push(Buffer.from([ESCAPES[letter] ?? letter.charCodeAt(0)]));
    else bytes.push(Buffer.from(part));
  }
  return Buffer.concat(bytes).toString();
}

// src/compare/changed-code.ts
var MACHINE_CODE = "machine code";
var NOTHING_BESIDE = { language: [], dataFiles: [] };
function changeRecord(changes, diff, inRepository, machineCode, beside = NOTHING_BESIDE) {
  const declared = new Set([...changes.functions.base, ...changes.functions.head].map(({ name }) => gateKey(name)));
  const renamed = uniquePairs(changes.moved.map(({ from, to }) => ({ from: gateKey(from), to: gateKey(to) })));
  const same = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const places = /* @__PURE__ */ new Map();
  for (const { name, path, startLine } of changes.functions.head) {
    const file = inRepository("head", path);
    const key = gateKey(name);
    if (file !== void 0 && !places.has(key)) places.set(key, { file, line: startLine });
  }
  const changed = /* @__PURE__ */ new Map();
  for (const { name, reason, module } of changes.changed) {
    const key = gateKey(name);
    const place = places.get(key);
    const entry = {
      key,
      reason,
      ...module === void 0 ? {} : { module },
      ...place === void 0 ? {} : { place }
    };
    if (!same.has(key)) changed.set(key, entry);
  }
  for (const name of machineCode) {
    const key = gateKey(name);
    const owner = ownerOf(name, (candidate) => declared.has(candidate));
    if (declared.has(owner) && !same.has(key) && !changed.has(owner) && !changed.has(key))
      changed.set(key, { key, reason: MACHINE_CODE });
  }
  const filesOf = (side) => {
    const files2 = /* @__PURE__ */ new Map();
    for (const { file, path } of changes.functions[side]) {
      const inside = inRepository(side, path);
      if (inside !== void 0) files2.set(file, inside);
    }
    return [...files2].map(([compiled, path]) => ({ compiled, path }));
  };
  return {
    schema: 1,
    changed: [...changed.values()],
    declared: [...declared].sort(),
    renamed,
    files: { base: filesOf("base"), head: filesOf("head") },
    diff,
    beside
  };
}
function uniquePairs(pairs) {
  const count2 = (side) => {
    const counts = /* @__PURE__ */ new Map();
    for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + 1);
    return counts;
  };
  const [from, to] = [count2("from"), count2("to")];
  return pairs.filter((pair) => from.get(pair.from) === 1 && to.get(pair.to) === 1);
}
function changedCode(record2) {
  const changed = new Map(record2.changed.map((entry) => [entry.key, entry]));
  const declared = new Set(record2.declared);
  const renamed = new Map(record2.renamed.map(({ from, to }) => [from, to]));
  const paths = { base: byCompiled(record2.files.base), head: byCompiled(record2.files.head) };
  const headFile = new Map(record2.files.head.map(({ compiled, path }) => [path, compiled]));
  const byBasePath = new Map(record2.diff.map((file) => [file.basePath, file]));
  const byHeadPath = new Map(record2.diff.map((file) => [file.headPath, file]));
  return {
    reasonFor: (key) => changed.get(key)?.reason,
    isDeclared: (key) => declared.has(key),
    headKey: (key) => {
      const own = renamed.get(key);
      if (own !== void 0 || renamed.size === 0) return own ?? key;
      const host = hostOf(key, (candidate) => declared.has(candidate));
      const to = renamed.get(host);
      return to === void 0 || !key.startsWith(host) ? key : to + key.slice(host.length);
    },
    moduleOf: (key) => changed.get(key)?.module,
    inRepository: (compiled) => paths.head.get(compiled),
    isOwn: (compiled) => paths.head.has(compiled) || paths.base.has(compiled),
    changed: record2.changed,
    beside: record2.beside ?? NOTHING_BESIDE,
    lines: {
      toHead: (compiled, line) => {
        const path = paths.base.get(compiled);
        const file = path === void 0 ? void 0 : byBasePath.get(path);
        if (file === void 0) return { file: compiled, line };
        const headLine = toHeadLine(file, line) ?? toReplacingLine(file, line);
        const to = file.headPath === void 0 ? void 0 : headFile.get(file.headPath);
        return headLine === void 0 || to === void 0 ? void 0 : { file: to, line: headLine };
      },
      isTouched: (compiled, line) => {
        const path = paths.head.get(compiled);
        const file = path === void 0 ? void 0 : byHeadPath.get(path);
        return file !== void 0 && isTouched(file, line);
      }
    }
  };
}
var byCompiled = (files2) => new Map(files2.map(({ compiled, path }) => [compiled, path]));
function unknownChanges(differing) {
  return {
    reasonFor: (key) => differing.has(key) ? "it executes something else" : void 0,
    isDeclared: () => false,
    headKey: (key) => key,
    moduleOf: () => void 0,
    inRepository: () => void 0,
    isOwn: () => false,
    changed: [],
    beside: NOTHING_BESIDE,
    lines: { toHead: (file, line) => ({ file, line }), isTouched: () => false }
  };
}
var DIFFERS_SHARE = 2e-4;
function differingFunctions(sides) {
  const differing = /* @__PURE__ */ new Set();
  const collect = (flat) => {
    const [base, head] = [flat(sides.base), flat(sides.head)];
    if (base === void 0 || head === void 0) return;
    const total = [...base.values()].reduce((sum, value) => sum + value, 0);
    for (const key of /* @__PURE__ */ new Set([...base.keys(), ...head.keys()])) {
      const difference2 = Math.abs((head.get(key) ?? 0) - (base.get(key) ?? 0));
      if (difference2 > DIFFERS_SHARE * total && packageOf(key).includes(".")) differing.add(key);
    }
  };
  const flatOf = (profile, type, requests) => new Map(tableOf(profile, { type, key: gateKey }).rows.map(({ name, flat }) => [name, flat / requests]));
  collect(({ instructions, manifest }) => {
    const result = manifest.instruments.instructions;
    return instructions && result && flatOf(instructions.merged, "instructions", requestsOf(result));
  });
  collect(({ allocs, manifest }) => {
    const result = manifest.instruments.allocs;
    return allocs && result && flatOf(allocs.merged, "alloc_objects", requestsOf(result));
  });
  return differing;
}
function parseChangeRecord(text2, path) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch (cause) {
    throw new MeasurementError(`${path} is not JSON`, { cause, hint: "measure again" });
  }
  validate ??= compileSchema(changeRecordSchema);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new MeasurementError(
    `${path} is damaged or of another version: ${error?.instancePath || "it"} ${error?.message}`,
    {
      hint: "measure again"
    }
  );
}
var validate;
var text = { type: "string", maxLength: 1e5 };
var count = { type: "integer", minimum: 0 };
var record = (properties, required) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false
});
var listOf = (items) => ({ type: "array", items });
var files = listOf(record({ compiled: text, path: text }, ["compiled", "path"]));
var changeRecordSchema = record(
  {
    schema: { const: 1 },
    changed: listOf(
      record(
        {
          key: text,
          reason: text,
          module: record({ path: text, base: text, head: text }, ["path"]),
          place: record({ file: text, line: count }, ["file", "line"])
        },
        ["key", "reason"]
      )
    ),
    declared: listOf(text),
    renamed: listOf(record({ from: text, to: text }, ["from", "to"])),
    files: record({ base: files, head: files }, ["base", "head"]),
    diff: listOf(
      record(
        {
          basePath: text,
          headPath: text,
          hunks: listOf(
            record({ baseStart: count, baseCount: count, headStart: count, headCount: count }, [
              "baseStart",
              "baseCount",
              "headStart",
              "headCount"
            ])
          )
        },
        ["hunks"]
      )
    ),
    beside: record(
      {
        language: listOf(record({ module: text, base: text, head: text }, ["module"])),
        dataFiles: listOf(text)
      },
      ["language", "dataFiles"]
    )
  },
  ["schema", "changed", "declared", "renamed", "files", "diff"]
);

// src/compare/grouped.ts
var grouped = (amount) => String(amount).replaceAll(/(?<=\d)(?=(?:\d{3})+$)/g, " ");

// src/compare/answers.ts
var FEWEST = 3;
var LEAST_BYTES = 16;
var LEAST_SHARE = 0.01;
var MOST_NOTES = 5;
function notesOnAnswers(base, head) {
  const texts = Object.entries(head.answers ?? {}).flatMap(([request, answered]) => {
    const before = Object.hasOwn(base.answers ?? {}, request) ? base.answers?.[request] : void 0;
    if (before === void 0 || Math.min(before.count, answered.count) < FEWEST) return [];
    const difference2 = differenceOf({ base: before, head: answered });
    return difference2 === void 0 ? [] : [`${request} answers ${difference2}`];
  });
  const others = texts.length - MOST_NOTES;
  const told = others > 0 ? [...texts.slice(0, MOST_NOTES), `so do ${others} other requests`] : texts;
  return told.map((text2) => ({ code: "answers-differ", text: text2 }));
}
function differenceOf({ base, head }) {
  if (!head.statuses.some((status) => base.statuses.includes(status)))
    return `${head.statuses.join(" or ")} in head, ${base.statuses.join(" or ")} in base`;
  const apart = Math.max(head.leastBytes - base.mostBytes, base.leastBytes - head.mostBytes);
  if (apart < Math.max(LEAST_BYTES, LEAST_SHARE * Math.max(base.mostBytes, head.mostBytes))) return void 0;
  return `${sizeOf(head)} bytes in head, ${sizeOf(base)} in base`;
}
var sizeOf = ({ leastBytes, mostBytes }) => leastBytes === mostBytes ? grouped(leastBytes) : `${grouped(leastBytes)} to ${grouped(mostBytes)}`;

// src/compare/build-changes.ts
var LOOP_VARIABLES = 22;
function buildChanges(language, base, head) {
  const lines = language.map(({ module, base: before, head: after }) => {
    const where = language.length > 1 ? `go.mod of ${module}` : "go.mod";
    return {
      kind: "build",
      name: `go ${before ?? "none"} -> ${after ?? "none"} in ${where}`,
      ...detailOf(before, after)
    };
  });
  return [...lines, ...difference(base, head).map((one) => ({ kind: "build", name: shown(one) }))];
}
function detailOf(before, after) {
  const [from, to] = [before, after].map((version) => Number(/^1\.(\d+)/.exec(version ?? "")?.[1] ?? Number.NaN));
  if (from === void 0 || to === void 0 || !(from < LOOP_VARIABLES !== to < LOOP_VARIABLES)) return void 0;
  return {
    detail: to >= LOOP_VARIABLES ? "each iteration of a loop has variables of its own, and a closure or a pointer that keeps one allocates it" : "all iterations of a loop share their variables"
  };
}
function shown({ key, base, head }) {
  if (!/GODEBUG$/.test(key)) return `${key} ${base ?? "none"} -> ${head ?? "none"}`;
  const [before, after] = [settingsOf(base), settingsOf(head)];
  const gone = [...before].filter(([name]) => !after.has(name)).map(([name, value]) => `${name}=${value}`);
  const set = [...after].filter(([name, value]) => before.get(name) !== value).map(([name, value]) => `${name}=${value}`);
  const parts = [
    ...gone.length === 0 ? [] : [`no longer ${gone.join(", ")}`],
    ...set.length === 0 ? [] : [`now ${set.join(", ")}`]
  ];
  return `${key === "DefaultGODEBUG" ? "defaults of GODEBUG" : key}: ${parts.join("; ")}`;
}
var settingsOf = (text2 = "") => new Map(text2.split(",").flatMap((one) => one === "" ? [] : [[one.split("=")[0], one.split("=")[1] ?? ""]]));

// src/compare/collector.ts
var LEAST_SHARE2 = 0.05;
function collectorOf(rows, base, head) {
  const [all, own] = ["instructions", "collection"].map((wanted) => rows.find(({ name }) => name === wanted));
  if (all === void 0 || own === void 0) return void 0;
  const rise = own.head - own.base;
  const explains = rise / (all.head - all.base);
  const isOver = own.status === "over" || all.status === "over" && explains >= LEAST_SHARE2;
  if (!isOver || rise <= 0) return void 0;
  const [before, after] = [figuresOf(base), figuresOf(head)];
  const bytes = rows.find(({ name }) => name === "bytes");
  const allocated = bytes === void 0 ? [] : [{ part: "allocated", base: bytes.base, head: bytes.head }];
  const parts = before === void 0 || after === void 0 ? allocated : [
    { part: "one collection", base: before.cost, head: after.cost },
    ...allocated,
    { part: "distance", base: before.distance, head: after.distance }
  ];
  return { rise, explains: Number.isFinite(explains) ? Math.max(0, explains) : 1, parts };
}
function figuresOf({ instruments }) {
  const known = (instruments.instructions?.replicates ?? []).flatMap(({ oneCollection }) => oneCollection ?? []);
  if (known.length === 0) return void 0;
  const mean = (of) => known.reduce((sum, one) => sum + of(one), 0) / known.length;
  return { cost: mean(({ instructions }) => instructions), distance: mean(({ bytesBetween }) => bytesBetween) };
}

// src/compare/charge.ts
function charge(base, head, culpritIn, tolerance) {
  const root = newNode("", void 0);
  const unchanged = /* @__PURE__ */ new Map();
  const add = (stacks, side) => {
    for (const { frames, value } of stacks) {
      const culprit = frames[culpritIn(frames)];
      let node = root;
      for (let i = frames.length - 1; i >= 0; i--) node = childOf(node, frames[i].key);
      addTo(node, side, value, culprit === void 0);
      if (culprit !== void 0) chargeTo(ancestor(node, culprit.key), side, value);
      if (culprit === void 0) {
        const leaf = frames[0]?.key ?? "";
        let entry = unchanged.get(leaf);
        if (entry === void 0) {
          entry = { base: 0, head: 0 };
          unchanged.set(leaf, entry);
        }
        entry[side] += value;
      }
    }
  };
  add(base, "base");
  add(head, "head");
  sumUp(root);
  const totals = /* @__PURE__ */ new Map();
  const nodesOf = /* @__PURE__ */ new Map();
  visit(root, (node) => {
    if (node.chargedBase === 0 && node.chargedHead === 0) return;
    const total = totals.get(node.key) ?? { base: 0, head: 0 };
    totals.set(node.key, { base: total.base + node.chargedBase, head: total.head + node.chargedHead });
    const nodes = nodesOf.get(node.key) ?? [];
    nodes.push(node);
    nodesOf.set(node.key, nodes);
  });
  const left = /* @__PURE__ */ new Map();
  for (const child of childrenOf(root)) {
    for (const [key, rise] of riseLeft(child, tolerance) ?? []) left.set(key, (left.get(key) ?? 0) + rise);
  }
  const changed = /* @__PURE__ */ new Map();
  const ofChanged = { ...tolerance, unchanged: Number.POSITIVE_INFINITY };
  for (const [key, total] of totals) {
    const netRise = leftIn(root, Math.min(left.get(key) ?? 0, total.head - total.base), ofChanged);
    changed.set(key, { key, ...total, netRise, consequences: consequencesOf(nodesOf.get(key) ?? [], netRise) });
  }
  return { base: root.base, head: root.head, changed, unchanged };
}
function addTo(node, side, value, isUnchanged) {
  node[side] += value;
  if (isUnchanged) node[side === "base" ? "unchangedBase" : "unchangedHead"] += value;
}
function chargeTo(node, side, value) {
  node[side === "base" ? "chargedBase" : "chargedHead"] += value;
}
function ancestor(node, key) {
  let at = node;
  while (at.caller !== void 0 && at.key !== key) at = at.caller;
  return at;
}
function sumUp(node) {
  for (const child of childrenOf(node)) {
    sumUp(child);
    node.base += child.base;
    node.head += child.head;
    node.unchangedBase += child.unchangedBase;
    node.unchangedHead += child.unchangedHead;
  }
}
function childOf(node, key) {
  if (node.firstKey === key) return node.firstChild;
  const known = node.others?.get(key);
  if (known !== void 0) return known;
  const child = ancestor(node, key).caller === void 0 ? newNode(key, node) : node;
  if (node.firstKey === void 0) {
    node.firstKey = key;
    node.firstChild = child;
  } else {
    node.others ??= /* @__PURE__ */ new Map();
    node.others.set(key, child);
  }
  return child;
}
function* childrenOf(node) {
  const { firstChild, others } = node;
  if (firstChild !== void 0 && firstChild !== node) yield firstChild;
  for (const child of others?.values() ?? []) if (child !== node) yield child;
}
function riseLeft(node, tolerance) {
  let rises;
  for (const child of childrenOf(node)) {
    for (const [key, rise] of riseLeft(child, tolerance) ?? []) {
      rises ??= /* @__PURE__ */ new Map();
      rises.set(key, (rises.get(key) ?? 0) + rise);
    }
  }
  if (node.chargedBase !== 0 || node.chargedHead !== 0) {
    rises ??= /* @__PURE__ */ new Map();
    rises.set(node.key, (rises.get(node.key) ?? 0) + node.chargedHead - node.chargedBase);
  }
  for (const [key, rise] of rises ?? []) rises.set(key, leftIn(node, rise, tolerance));
  return rises;
}
function leftIn(node, rise, tolerance) {
  const beside = node.unchangedHead - node.unchangedBase;
  const noise = Math.abs(beside) <= tolerance.unchanged ? beside : 0;
  const risen = Math.max(0, node.head - node.base - noise);
  return rise <= risen + tolerance.charged ? rise : risen;
}
function consequencesOf(nodes, netRise) {
  if (netRise <= 0) return [];
  const riseOf = (node) => node.chargedHead - node.chargedBase;
  const callers = /* @__PURE__ */ new Map();
  for (const node of nodes.toSorted((a, b) => riseOf(b) - riseOf(a))) {
    let distance = 0;
    for (let at = node.caller; at?.caller !== void 0; at = at.caller) {
      const caller = callers.get(at.key) ?? { distance, nodes: /* @__PURE__ */ new Set(), passed: 0 };
      callers.set(at.key, caller);
      caller.nodes.add(at);
      caller.passed += riseOf(node);
      distance++;
    }
  }
  const half = netRise / 2;
  return [...callers].filter(([, { passed }]) => passed >= half).filter(([, caller]) => [...caller.nodes].reduce((sum, { base, head }) => sum + head - base, 0) >= half).sort(([, a], [, b]) => a.distance - b.distance).map(([key]) => key);
}
function visit(node, see) {
  see(node);
  for (const child of childrenOf(node)) visit(child, see);
}
var newNode = (key, caller) => ({
  key,
  caller,
  firstKey: void 0,
  firstChild: void 0,
  others: void 0,
  base: 0,
  head: 0,
  unchangedBase: 0,
  unchangedHead: 0,
  chargedBase: 0,
  chargedHead: 0
});

// src/compare/effects.ts
var UNCHANGED_VARIES = 3e-3;
function effectsOf(base, head, culpritIn, floor) {
  const sides = [base, head].map(({ replicates }) => replicates.map((stacks) => addedUp(stacks, culpritIn)));
  const noiseIn = (figure) => Math.max(...sides.map((replicates) => noiseOf(replicates.map(figure))));
  const noise = noiseIn(({ total }) => total);
  const unchangedVaries = Math.max(floor, noise, UNCHANGED_VARIES * addedUp(base.stacks, culpritIn).total);
  const charges = charge(base.stacks, head.stacks, culpritIn, { charged: floor, unchanged: unchangedVaries });
  const functions = [...charges.changed.values()].map((one) => ({
    ...one,
    noise: noiseIn(({ charged }) => charged.get(one.key) ?? 0)
  }));
  let unchangedBase = 0;
  let unchangedHead = 0;
  for (const leaf of charges.unchanged.values()) {
    unchangedBase += leaf.base;
    unchangedHead += leaf.head;
  }
  return {
    base: charges.base,
    head: charges.head,
    noise,
    functions: functions.sort((a, b) => b.netRise - a.netRise || (a.key < b.key ? -1 : 1)),
    unchanged: { base: unchangedBase, head: unchangedHead, byLeaf: charges.unchanged }
  };
}
function addedUp(stacks, culpritIn) {
  const charged = /* @__PURE__ */ new Map();
  let total = 0;
  for (const { frames, value } of stacks) {
    total += value;
    const key = frames[culpritIn(frames)]?.key;
    if (key !== void 0) charged.set(key, (charged.get(key) ?? 0) + value);
  }
  return { total, charged };
}

// src/compare/explain.ts
var SAME_COUNT = 5e-4;
function explain({ isNew, base, head, callsBase, callsHead, line }) {
  if (isNew) return { kind: "new" };
  const costRatio = head / base;
  if (callsBase !== void 0 && callsHead !== void 0 && callsBase > 0 && callsHead > 0) {
    const callRatio = callsHead / callsBase;
    if (callRatio > 1 + SAME_COUNT && Math.log(callRatio) > Math.log(costRatio) / 2) {
      return { kind: "calls", base: callsBase, head: callsHead };
    }
  }
  const { ranBase, ranHead } = line ?? {};
  if (ranBase !== void 0 && ranHead !== void 0 && ranBase > 0 && ranHead > ranBase * (1 + SAME_COUNT)) {
    return { kind: "line", base: ranBase, head: ranHead };
  }
  if (callsHead !== void 0 && callsHead > 0 && callsBase !== void 0 && callsBase > 0) {
    return { kind: "per-call", calls: callsHead, ratio: head / callsHead / (base / callsBase) - 1 };
  }
  return { kind: "dearer" };
}

// src/compare/limit-notes.ts
function notesOnLimits(judged) {
  const { limits, names, rows, today } = judged;
  return [
    ...unmatchedPatterns(limits, names).map((pattern) => notMatched(pattern, judged)),
    ...writtenForTime(limits),
    ...limits.functions.filter((rule) => rule.limits.cpu !== void 0).map(notJudged),
    ...rows.flatMap((row) => tooFine(row)),
    ...limits.waivers.flatMap((waiver) => ending(waiver, today))
  ];
}
function notMatched({ pattern, at, kind }, { names, rows, isDeclared }) {
  const isExecutionKnown = rows.some(({ name }) => name === "instructions");
  const what = isDeclared(gateKey(pattern)) ? `is a function that ${isExecutionKnown ? "did not run" : "allocated nothing, and nothing else was counted"}` : `matches no function that ${isExecutionKnown ? "ran" : "allocated anything, and nothing else was counted"}`;
  const meant = isDeclared(gateKey(pattern)) ? void 0 : nearestTo(pattern, names);
  return {
    code: kind === "rule" ? "rule-matches-nothing" : `${kind}-matches-nothing`,
    text: [
      `${placed(at)}"${pattern}" ${what}`,
      kind === "rule" ? ": its limit guards nothing" : "",
      meant === void 0 ? "" : `; did you mean ${meant}?`
    ].join("")
  };
}
var notJudged = ({ match, at }) => ({
  code: "cpu-not-judged",
  text: `${placed(at)}the limit on the CPU time of "${match}" guards nothing: time is shown and not judged yet`
});
function writtenForTime({ metrics: { cpu } }) {
  const [written] = [cpu.total, cpu.function].flatMap(
    (limit) => limit === "off" || limit.at === void 0 ? [] : [limit]
  );
  if (written === void 0) return [];
  const text2 = "limits.cpu guards nothing: time is shown and not judged yet, instructions judge the CPU";
  return [{ code: "cpu-not-judged", text: `${placed(written.at)}${text2}` }];
}
function nearestTo(pattern, names) {
  if (!pattern.endsWith(".*")) return nearest(pattern.replaceAll("*", ""), names);
  return nearest(pattern, [...new Set(names.map((name) => `${packageOf(name)}.*`))]);
}
function tooFine(row) {
  const { limit, uncertainty, name } = row;
  if (limit === void 0 || uncertainty.kind !== "exact") return [];
  const finest = finestLimit(limit, uncertainty.noise);
  if (finest === void 0) return [];
  const percent = Number((finest * 100).toPrecision(2));
  const text2 = `the limit ${limit.text} of ${name} is finer than what this run could tell from its noise, ${percent} %: a rise between the two is inconclusive`;
  return [{ code: "limit-below-noise", text: `${placed(limit.at)}${text2}` }];
}
var SOON_DAYS = 14;
function ending({ function: pattern, until, at }, today) {
  const waiver = `${placed(at)}the waiver for "${pattern}"`;
  if (until < today) return [{ code: "waiver-expired", text: `${waiver} ended on ${until} and is no longer applied` }];
  const days = (Date.parse(until) - Date.parse(today)) / 864e5;
  return days > SOON_DAYS ? [] : [{ code: "waiver-ends-soon", text: `${waiver} ends on ${until}` }];
}
var placed = (at) => at === void 0 ? "" : `${at}: `;

// src/compare/lines.ts
function linesOf(stacks, executed, isChanged2, culpritIn = (frames) => frames.findIndex(isChanged2)) {
  const byFunction = /* @__PURE__ */ new Map();
  const runs = /* @__PURE__ */ new Map();
  const add = (frame, cost, more) => {
    const lines = byFunction.get(frame.key) ?? /* @__PURE__ */ new Map();
    byFunction.set(frame.key, lines);
    const { file, line } = frame;
    const key = `${file}:${line}`;
    const known = lines.get(key);
    const ran = more === void 0 ? known?.ran : (known?.ran ?? 0) + more;
    lines.set(key, { file, line, cost: (known?.cost ?? 0) + cost, ran });
  };
  for (const { frames, value } of stacks) {
    const at = culpritIn(frames);
    if (at > 0 || at === 0 && executed === void 0) add(frames[at], value, void 0);
  }
  for (const { frame, outer = [], within, count: count2 } of executed ?? []) {
    if (!isChanged2(frame, 0, [frame, ...outer])) continue;
    const place = `${frame.key} ${frame.file}:${frame.line} ${within}`;
    const most = runs.get(place) ?? 0;
    add(frame, count2, Math.max(0, count2 - most));
    runs.set(place, Math.max(most, count2));
  }
  return byFunction;
}
var TOUCHED_SHARE = 0.02;
function risenLine(base, head, map) {
  const before = /* @__PURE__ */ new Map();
  for (const { file, line, cost, ran } of base?.values() ?? []) {
    const at = map.toHead(file, line);
    if (at === void 0) continue;
    const key = `${at.file}:${at.line}`;
    const known = before.get(key);
    before.set(key, { cost: cost + (known?.cost ?? 0), ran: ran ?? known?.ran });
  }
  const changes = [...head?.values() ?? []].map(({ file, line, cost, ran }) => {
    const old = before.get(`${file}:${line}`);
    return {
      file,
      line,
      rise: cost - (old?.cost ?? 0),
      ranBase: old?.ran,
      ranHead: ran,
      isTouched: map.isTouched(file, line)
    };
  }).filter(({ rise, line }) => rise > 0 && line > 0).sort((a, b) => b.rise - a.rise);
  const all = changes.reduce((sum, { rise }) => sum + rise, 0);
  return changes.find(({ isTouched: isTouched2, rise }) => isTouched2 && rise >= TOUCHED_SHARE * all) ?? changes[0];
}

// src/profile/stacks.ts
function stacksOf(profile, type, make, requests = 1) {
  const column = columnOf(profile, type);
  const made = [];
  const { count: count2, starts, stacks, values } = profile.samples;
  const types = profile.sampleTypes.length;
  const found = [];
  for (let sample = 0; sample < count2; sample++) {
    const value = values[sample * types + column];
    if (value === 0) continue;
    const [start, end] = [starts[sample], starts[sample + 1]];
    let depth = 0;
    for (let at = start; at < end; at++) {
      const location = stacks[at];
      made[location] ??= framesAt(profile, location, make);
      depth += made[location].length;
    }
    const frames = new Array(depth);
    depth = 0;
    for (let at = start; at < end; at++) for (const frame of made[stacks[at]]) frames[depth++] = frame;
    found.push({ frames, value: value / requests });
  }
  return found;
}
function framesAt(profile, location, make) {
  const { address, mapping, lines } = profile.locations[location];
  const nameless = (at, isInlined) => make({ name: namelessIn(profile.mappings[mapping]?.file ?? ""), file: "", line: 0, address: at, isInlined });
  const own = Number(address);
  if (lines.length === 0) return [nameless(own, false)];
  return lines.map(({ fn, line }, i) => {
    const { name, file } = profile.functions[fn];
    const at = i === 0 ? own : void 0;
    const isInlined = i < lines.length - 1;
    return name === "" ? nameless(at, isInlined) : make({ name, file, line, address: at, isInlined });
  });
}

// src/compare/rare-places.ts
var RarePlaces = class {
  functions = { base: /* @__PURE__ */ new Set(), head: /* @__PURE__ */ new Set() };
  #changes;
  #places = /* @__PURE__ */ new Map();
  constructor(changes) {
    this.#changes = changes;
  }
  add(side, profile, sample, more) {
    const { headKey, isOwn, inRepository } = this.#changes;
    const { starts, stacks } = profile.samples;
    const locations = stacks.subarray(starts[sample], starts[sample + 1]);
    const frames = Array.from(locations, (location) => framesAt(profile, location, (frame) => frame)).flat();
    for (const { name: name2 } of frames) this.functions[side].add(name2);
    const { name, file, line } = frames.find((frame) => isOwn(frame.file)) ?? frames[0];
    const key = side === "base" ? headKey(gateKey(name)) : gateKey(name);
    const known = this.#places.get(key) ?? { base: NOTHING, head: NOTHING };
    const { objects, bytes } = known[side];
    this.#places.set(key, {
      ...known,
      function: name,
      file: inRepository(file) ?? file,
      line,
      [side]: { objects: objects + more.objects, bytes: bytes + more.bytes }
    });
  }
  all() {
    const most = ({ base, head }, what) => Math.max(base[what], head[what]);
    return [...this.#places.values()].sort(
      (a, b) => most(b, "bytes") - most(a, "bytes") || most(b, "objects") - most(a, "objects")
    );
  }
};
var NOTHING = { objects: 0, bytes: 0 };

// src/compare/seldom.ts
var FEW = 3;
var LARGEST_SHARE = 0.02;
var COLUMNS = { objects: "alloc_objects", bytes: "alloc_space" };
var Sampled = class {
  profile;
  #column;
  #objects;
  #names = [];
  constructor(profile, column) {
    this.profile = profile;
    this.#column = columnOf(profile, COLUMNS[column]);
    this.#objects = column === "objects";
  }
  value(sample) {
    return this.profile.samples.values[this.at(sample)];
  }
  at(sample) {
    return sample * this.profile.sampleTypes.length + this.#column;
  }
  /** How many objects: bytes are counted in another process than objects are, so by their own size. */
  count(sample) {
    if (this.#objects) return this.value(sample);
    const size = this.size(sample);
    return size === void 0 ? void 0 : this.value(sample) / size;
  }
  locations(sample) {
    const { starts, stacks } = this.profile.samples;
    return stacks.subarray(starts[sample], starts[sample + 1]);
  }
  /** Its path by address and line, and its size. */
  identity(sample) {
    const path = Array.from(this.locations(sample), (location) => this.#nameOf(location));
    return `${this.size(sample)} ${path.join(";")}`;
  }
  /** Of each object. */
  size(sample) {
    const { labels, labelSets } = this.profile.samples;
    const label = labelSets[labels[sample]].find(({ key }) => key === "bytes");
    return label !== void 0 && "number" in label && label.number > 0 ? label.number : void 0;
  }
  /** Independent of where the program lies. */
  #nameOf(location) {
    let name = this.#names[location];
    if (name === void 0) {
      const { mappings, locations, functions } = this.profile;
      const { address, mapping, lines } = locations[location];
      const relative = address - (mappings[mapping]?.start ?? 0n);
      name = [relative, ...lines.map(({ fn, line }) => `${functions[fn].name}:${line}`)].join(" ");
      this.#names[location] = name;
    }
    return name;
  }
};
var Seldom = class {
  #sampled;
  #result;
  #deck;
  #names;
  #keys = [];
  #kinds = /* @__PURE__ */ new Map();
  #sized = /* @__PURE__ */ new Map();
  /** Of things that are few. */
  #sites = /* @__PURE__ */ new Map();
  /** Paths on which anything is not rare. */
  #usual = /* @__PURE__ */ new Set();
  /** `sampled`: of all replicates together. `deck`: after how many requests the scenario repeats. */
  constructor(sampled, result, deck, names) {
    this.#sampled = sampled;
    this.#result = result;
    this.#deck = deck;
    this.#names = names;
    for (let sample = 0; sample < sampled.profile.samples.count; sample++) {
      if (sampled.value(sample) !== 0) this.#kinds.set(sample, this.#kindOf(sample));
    }
    for (const { sized, count: count2 } of this.#kinds.values()) this.#sized.set(sized, (this.#sized.get(sized) ?? 0) + count2);
    for (const { sized, site, count: count2 } of this.#kinds.values()) {
      if (site !== void 0 && this.#isFew(this.#sized.get(sized))) {
        this.#sites.set(site, (this.#sites.get(site) ?? 0) + count2);
      }
    }
    for (const kind of this.#kinds.values()) if (!this.#isRare(kind)) this.#usual.add(kind.path);
  }
  /**
   * The identities of what is rare here and no more than rare on the other side. What is rare here and usual there, on a
   * path that is not usual here, has become more or less.
   */
  rareBeside(other) {
    const identities = /* @__PURE__ */ new Set();
    for (const [sample, kind] of this.#kinds) {
      const isOtherwise = other.#usual.has(kind.path) && !this.#usual.has(kind.path);
      if (this.#isRare(kind) && other.#isRare(kind) && !isOtherwise) identities.add(this.#sampled.identity(sample));
    }
    return identities;
  }
  /** Of a place that is reached in many ways, or allocates many sizes, each way may be rare, and the place is not. */
  #isRare({ sized, site }) {
    return site !== void 0 && this.#isFew(this.#sized.get(sized) ?? 0) && this.#isFew(this.#sites.get(site) ?? 0);
  }
  /** What comes in each turn of the scenario, be it with one request of hundreds, is a cost like any other. */
  #isFew(count2) {
    const { replicates } = this.#result;
    const requests = requestsOf(this.#result);
    return count2 < FEW * replicates.length && count2 <= LARGEST_SHARE * requests && count2 < requests / this.#deck;
  }
  #kindOf(sample) {
    const locations = this.#sampled.locations(sample);
    const path = [...new Set(Array.from(locations, (location) => this.#keysOf(location)).flat())].join(";");
    const size = this.#sampled.size(sample);
    const count2 = this.#sampled.count(sample);
    const isKnown = locations.length > 0 && count2 !== void 0 && count2 > 0;
    const site = isKnown ? this.#siteOf(locations[0]) : void 0;
    return { path, sized: `${size} ${path}`, site, count: count2 ?? 0 };
  }
  #siteOf(leaf) {
    const { locations, functions } = this.#sampled.profile;
    const [innermost] = locations[leaf].lines;
    if (innermost === void 0) return void 0;
    const line = this.#names.lineOf(functions[innermost.fn].file, innermost.line);
    return `${this.#keysOf(leaf)[0]}:${line ?? `gone ${innermost.line}`}`;
  }
  #keysOf(location) {
    const { locations, functions } = this.#sampled.profile;
    this.#keys[location] ??= locations[location].lines.map(
      ({ fn }) => this.#names.keyOf(gateKey(functions[fn].name))
    );
    return this.#keys[location];
  }
};

// src/compare/rare.ts
function withoutRare(given, changes) {
  const places = new RarePlaces(changes);
  const sides = { ...given };
  const deck = deckOf(given.head) ?? deckOf(given.base);
  if (deck !== void 0) {
    for (const column of ["objects", "bytes"]) {
      const base = seldomIn(given.base, column, deck, {
        keyOf: changes.headKey,
        lineOf: (file, line) => changes.lines.toHead(file, line)?.line
      });
      const head = seldomIn(given.head, column, deck, { keyOf: (key) => key, lineOf: (_, line) => line });
      if (base === void 0 || head === void 0) continue;
      sides.base = withoutThose(sides.base, column, base.rareBeside(head), places);
      sides.head = withoutThose(sides.head, column, head.rareBeside(base), places);
    }
  }
  const requests = { base: requestsIn(given.base), head: requestsIn(given.head) };
  return { sides, rare: { requests, places: places.all(), functions: places.functions } };
}
var requestsIn = ({ manifest: { instruments } }) => instruments.allocs === void 0 ? 0 : requestsOf(instruments.allocs);
function deckOf({ manifest: { answers } }) {
  const counts = Object.values(answers ?? {}).map(({ count: count2 }) => count2);
  const turns = counts.reduce(greatestCommonDivisor, 0);
  return turns === 0 ? void 0 : counts.reduce((sum, count2) => sum + count2, 0) / turns;
}
function seldomIn({ allocs, manifest }, column, deck, names) {
  const result = manifest.instruments.allocs;
  return allocs && result && new Seldom(new Sampled(allocs.merged, column), result, deck, names);
}
function withoutThose(side, column, rare, places) {
  const { allocs, manifest } = side;
  const result = manifest.instruments.allocs;
  if (allocs === void 0 || result === void 0 || rare.size === 0) return side;
  const leaveOut = (profile, see) => {
    const sampled = new Sampled(profile, column);
    const values = Float64Array.from(profile.samples.values);
    let amount = 0;
    for (let sample = 0; sample < profile.samples.count; sample++) {
      const value = sampled.value(sample);
      if (value === 0 || !rare.has(sampled.identity(sample))) continue;
      values[sampled.at(sample)] = 0;
      amount += value;
      see?.(sample, value);
    }
    return { profile: { ...profile, samples: { ...profile.samples, values } }, amount };
  };
  const replicates = allocs.replicates.map((profile) => leaveOut(profile));
  const merged = leaveOut(
    allocs.merged,
    (sample, value) => places.add(manifest.side, allocs.merged, sample, { objects: 0, bytes: 0, [column]: value })
  );
  const figures = result.replicates.map((one, i) => ({
    ...one,
    [column]: (Math.round(one[column] * one.requests) - replicates[i].amount) / one.requests
  }));
  return {
    ...side,
    allocs: { replicates: replicates.map(({ profile }) => profile), merged: merged.profile },
    manifest: {
      ...manifest,
      instruments: { ...manifest.instruments, allocs: { ...result, replicates: figures } }
    }
  };
}
var greatestCommonDivisor = (a, b) => b === 0 ? a : greatestCommonDivisor(b, a % b);

// src/compare/rare-note.ts
var MOST_NOTES2 = 5;
function notesOnRare({ requests, places }, floors) {
  const isLarge = (some) => ["base", "head"].some(
    (side) => ["objects", "bytes"].some(
      (what) => some.reduce((sum, place) => sum + place[side][what], 0) >= Math.max(1, floors[what] * requests[side])
    )
  );
  let count2 = 0;
  while (count2 < places.length && isLarge(places.slice(count2))) count2++;
  const others = count2 > MOST_NOTES2 ? count2 - (MOST_NOTES2 - 1) : 0;
  const texts = places.slice(0, count2 - others).map((place) => {
    const amounts = ["head", "base"].map((side) => amountOf(place[side], side, requests[side]));
    return `${place.function} (${place.file}:${place.line}): ${amounts.join(", ")}`;
  });
  const told = others > 0 ? [...texts, `the same in ${others} other functions`] : texts;
  return told.map((text2) => ({
    code: "rare-allocations",
    text: `too rare to be divided by the requests, so it is not judged: ${text2}`
  }));
}
function amountOf({ objects, bytes }, side, requests) {
  if (objects === 0 && bytes === 0) return `nothing in ${side}`;
  const counted = `${grouped(objects)} ${objects === 1 ? "object" : "objects"}`;
  const amount = bytes === 0 ? counted : `${grouped(bytes)} bytes${objects === 0 ? "" : ` in ${counted}`}`;
  return `${amount} over ${grouped(requests)} requests of ${side}`;
}

// src/compare/side.ts
var FrameMaker = class {
  functions = /* @__PURE__ */ new Map();
  #changes;
  #headKey;
  /** Of functions by their names, as recorded. */
  #files = /* @__PURE__ */ new Map();
  constructor(changes, headKey) {
    this.#changes = changes;
    this.#headKey = headKey;
  }
  make = ({ name, file, line, address, isInlined }) => {
    const { key, owner, change, isDeclared } = this.named(name);
    return { fn: name, key, owner, change, file, line, address, isInlined, isDeclared };
  };
  /** Learns where the functions of a profile stand, before any of them is named. */
  see({ functions }) {
    for (const { name, file } of functions) if (file !== "") this.#files.set(name, file);
  }
  /** What a function of this name is called on both sides. */
  named(name) {
    let known = this.functions.get(name);
    if (known === void 0) {
      known = this.#functionOf(name);
      this.functions.set(name, known);
    }
    return known;
  }
  #functionOf(name) {
    const { isDeclared, reasonFor } = this.#changes;
    const key = this.#headKey(gateKey(name));
    const file = this.#files.get(name);
    const owner = this.#headKey(ownerOf(name, isDeclared, file === void 0 ? void 0 : packageOfFile(file)));
    const reasons = [reasonFor(owner), reasonFor(key)].filter((reason) => reason !== void 0);
    const isCodeAlone = reasons.every((reason) => reason === MACHINE_CODE);
    const change = reasons.length === 0 ? void 0 : isCodeAlone ? MACHINE_CODE : "source";
    return { key, owner, change, isDeclared: isDeclared(owner) };
  }
};
function profilesOf({ instructions, allocs, cpu }) {
  const counted = instructions === void 0 ? [] : [instructions.merged, instructions.paths];
  return [...counted, allocs?.merged, cpu].filter((profile) => profile !== void 0);
}
function comparable(side, maker, more = []) {
  for (const profile of profilesOf(side)) maker.see(profile);
  for (const name of more) maker.named(name);
  const { instructions, allocs, cpu } = side.manifest.instruments;
  const weighted = (profile, type, requests) => stacksOf(profile, type, maker.make, requests);
  const allocated = ({ replicates, merged }, result, type) => ({
    stacks: weighted(merged, type, requestsOf(result)),
    replicates: replicates.map((profile, i) => weighted(profile, type, result.replicates[i].requests))
  });
  const cpuRequests = cpu?.rounds.reduce((sum, round) => sum + round.requests, 0) ?? 0;
  return {
    functions: maker.functions,
    ...instructions && side.instructions ? {
      instructions: countedIn(
        side.instructions,
        instructions,
        weighted(side.instructions.paths, "instructions", instructions.paths.requests),
        maker
      )
    } : {},
    ...allocs && side.allocs ? {
      objects: allocated(side.allocs, allocs, "alloc_objects"),
      bytes: allocated(side.allocs, allocs, "alloc_space")
    } : {},
    ...side.cpu && cpuRequests > 0 ? { cpu: weighted(side.cpu, "cpu", cpuRequests) } : {}
  };
}
function countedIn({ replicates, merged }, result, paths, maker) {
  const counted = requestsOf(result);
  const fitted = fitter(paths);
  return {
    stacks: [...fitted(flatIn(merged, counted, maker))],
    replicates: replicates.map((profile, i) => fitted(flatIn(profile, result.replicates[i].requests, maker))),
    executed: (isWanted) => executedIn(merged, counted, maker, isWanted),
    calls: callsIn(merged, counted, maker)
  };
}
function fitter(paths) {
  const leaves = /* @__PURE__ */ new Map();
  const leafOf = Int32Array.from(paths, ({ frames }) => {
    const key = frames[0]?.key ?? "";
    let leaf = leaves.get(key);
    if (leaf === void 0) {
      leaf = leaves.size;
      leaves.set(key, leaf);
    }
    return leaf;
  });
  const seen = new Float64Array(leaves.size);
  for (const [i, { value }] of paths.entries()) seen[leafOf[i]] = seen[leafOf[i]] + value;
  return (exact) => {
    const flat = Float64Array.from(leaves.keys(), (key) => exact.byKey.get(key)?.value ?? 0);
    function* stacks() {
      for (let i = 0; i < paths.length; i++) {
        const leaf = leafOf[i];
        const { frames, value } = paths[i];
        if (flat[leaf] > 0) yield { frames, value: value * flat[leaf] / seen[leaf] };
      }
      for (const [key, { value, location }] of exact.byKey) {
        if (!leaves.has(key)) yield { frames: [exact.frameAt(location)], value };
      }
    }
    return { [Symbol.iterator]: stacks };
  };
}
function forEachPlace(profile, type, see) {
  const column = columnOf(profile, type);
  const types = profile.sampleTypes.length;
  const { count: count2, starts, stacks, values } = profile.samples;
  for (let sample = 0; sample < count2; sample++) {
    const value = values[sample * types + column];
    if (value !== 0 && starts[sample] < starts[sample + 1]) see(stacks[starts[sample]], value);
  }
}
function flatIn(profile, requests, maker) {
  const frameAt = (location) => framesAt(profile, location, maker.make)[0];
  const sums = new Float64Array(profile.functions.length);
  const placeOf = new Int32Array(profile.functions.length).fill(-1);
  const byKey = /* @__PURE__ */ new Map();
  const add = (key, location, value) => {
    const known = byKey.get(key);
    if (known === void 0) byKey.set(key, { value: value / requests, location });
    else known.value += value / requests;
  };
  forEachPlace(profile, "instructions", (location, value) => {
    const fn = profile.locations[location].lines[0]?.fn;
    if (fn === void 0 || profile.functions[fn].name === "") add(frameAt(location).key, location, value);
    else {
      sums[fn] = sums[fn] + value;
      if (placeOf[fn] === -1) placeOf[fn] = location;
    }
  });
  placeOf.forEach((location, fn) => {
    if (location >= 0) add(maker.named(profile.functions[fn].name).key, location, sums[fn]);
  });
  return { byKey, frameAt };
}
function executedIn(profile, requests, maker, isWanted = () => true) {
  const executed = [];
  forEachPlace(profile, "instructions", (location, value) => {
    const frames = framesAt(profile, location, maker.make);
    if (!isWanted(frames)) return;
    const [frame, ...outer] = frames;
    const within = outer.map(({ fn, line }) => `${fn}:${line}`).join(" ");
    executed.push({ frame, outer, within, count: value / requests });
  });
  return executed;
}
function callsIn(profile, requests, maker) {
  const calls = /* @__PURE__ */ new Map();
  forEachPlace(profile, "calls", (location, value) => {
    const fn = profile.locations[location].lines.at(-1)?.fn;
    const name = fn === void 0 ? "" : profile.functions[fn].name;
    const { key } = name === "" ? framesAt(profile, location, maker.make).at(-1) : maker.named(name);
    calls.set(key, (calls.get(key) ?? 0) + value / requests);
  });
  return calls;
}

// src/compare/suspects.ts
var MOST = 50;
function suspectsOf({ changes, ran, fingerprints }) {
  const { changed, beside } = changes;
  const own = ownOf(changed);
  const used = /* @__PURE__ */ new Map();
  const functions = [];
  for (const entry of own) {
    const declaration = /^uses (.+)$/s.exec(entry.reason)?.[1];
    if (declaration !== void 0) used.set(declaration, [...used.get(declaration) ?? [], entry]);
    else {
      const detail = entry.reason === "source" ? {} : { detail: entry.reason };
      functions.push({ kind: "function", name: entry.key, ...detail, ...entry.place, ran: ran(entry.key) });
    }
  }
  const declarations = [...used].map(
    ([name, users]) => ({
      kind: "declaration",
      name,
      usedIn: users.map(({ key }) => key).slice(0, MOST),
      ...users.find(({ place }) => place !== void 0)?.place,
      ran: users.some(({ key }) => ran(key))
    })
  );
  const modules = new Map(
    changed.flatMap(
      ({ module }) => module === void 0 || module.base === module.head ? [] : [[module.path, module]]
    )
  );
  const others = [...modules.values()].map(
    ({ path, base, head }) => ({
      kind: "module",
      name: path,
      detail: `${base ?? "not used"} -> ${head ?? "not used"}`
    })
  );
  const files2 = beside.dataFiles.map((name) => ({ kind: "file", name }));
  const code = [...declarations, ...functions];
  return [
    ...buildChanges(beside.language, fingerprints.base, fingerprints.head),
    ...code.filter((one) => one.ran === false),
    ...files2,
    ...others,
    ...code.filter((one) => one.ran === true)
  ].slice(0, MOST);
}
function ownOf(changed) {
  const packages = new Set(changed.flatMap(({ key, place }) => place === void 0 ? [] : [packageOf(key)]));
  return changed.filter(
    ({ key, module, reason, place }) => module === void 0 && reason !== MACHINE_CODE && (place !== void 0 || key.endsWith(".init") && packages.has(packageOf(key)))
  );
}

// src/compare/weighted-stack.ts
function culpritFinder(isChanged2) {
  const known = /* @__PURE__ */ new Map();
  return (frames) => {
    let index = known.get(frames);
    if (index === void 0) {
      index = frames.findIndex(isChanged2);
      known.set(frames, index);
    }
    return index;
  };
}

// src/compare/compare.ts
var STACK_METRICS = ["instructions", "objects", "bytes"];
var EXPLAINS_SHARE = 0.05;
var MOST_EXPLANATIONS = 5;
var MOST_UNCHANGED = 5;
var UNCHANGED_SHARE = 1e-3;
var compareSides = (input) => compareClosely(input).comparison;
function compareClosely({ changes, limits, today, required = [], ...measured }) {
  const { sides: regular, rare } = withoutRare(measured, changes);
  const { base, head } = regular;
  const sides = {
    base: comparable(base, new FrameMaker(changes, changes.headKey), rare.functions.base),
    head: comparable(head, new FrameMaker(changes, (key) => key), rare.functions.head)
  };
  const culpritIn = culpritFinder(isChanged);
  const names = namesByKey(sides);
  const namesOf = (key) => [key, ...names.get(key)?.recorded ?? []];
  const rows = totalsOf(base.manifest, head.manifest);
  const floorIn = (metric) => floorOf(metric, rows.find(({ name }) => name === metric)?.base ?? 0, limits);
  const hasOtherGo = base.manifest.fingerprint["go"] !== head.manifest.fingerprint["go"];
  const metrics = [];
  for (const metric of STACK_METRICS) {
    const [before, after] = [sides.base[metric], sides.head[metric]];
    const row = rows.find(({ name }) => name === metric);
    if (before === void 0 || after === void 0 || row === void 0) continue;
    const effects = effectsOf(before, after, culpritIn, floorOf(metric, row.base, limits));
    const judged = effects.functions.map((effect) => judgeFunction(effect, namesOf(effect.key), metric, row.base, limits, today)).map((one) => hasOtherGo ? toldOnly(one) : one);
    const waived = judged.reduce((sum, one) => isAccepted(one) ? sum + one.effect.netRise : sum, 0);
    const judgement = judgedRow(row, rows, limits, waived);
    metrics.push({
      metric,
      effects,
      // Within its own limit a waiver is needed only where the total would be over.
      judged: judgement.status === "waived" ? judged.map((one) => isAccepted(one) ? waivedOne(one) : one) : judged,
      row: judgement
    });
  }
  const judgedRows = rows.map(
    (row) => metrics.find(({ metric }) => metric === row.name)?.row ?? judgedRow(row, rows, limits)
  );
  const causes = causesOf(metrics, sides, changes, culpritIn, names);
  const noisy = metrics.flatMap(
    ({ metric, judged }) => judged.filter(({ status }) => status === "noisy").map(({ effect }) => ({
      function: displayName(names, effect.key),
      metric,
      netRise: effect.netRise,
      noise: effect.noise
    }))
  );
  const moved = metrics.flatMap(
    ({ metric, judged, effects }) => judged.filter(({ status, effect }) => status === "moved" || status === "within" && isAround(effect, effects)).map(({ effect }) => ({
      function: displayName(names, effect.key),
      metric,
      rise: effect.head - effect.base,
      netRise: Math.max(0, effect.netRise),
      ...isAround(effect, effects) && { isAround: true }
    }))
  );
  const isJudged = judgedRows.some(({ status }) => status !== "unjudged") || metrics.some(({ metric }) => hasLimit(metric, limits));
  const allNames = [...names].flatMap(([key, { recorded }]) => [key, ...recorded]);
  const notes = [
    ...isJudged ? [] : [NOTHING_JUDGED],
    ...notesOnAnswers(base.manifest, head.manifest),
    ...notesOnRare(rare, { objects: floorIn("objects"), bytes: floorIn("bytes") }),
    ...fingerprintNotes(base.manifest.fingerprint, head.manifest.fingerprint),
    ...notesOnLimits({
      limits,
      names: allNames,
      rows: judgedRows,
      isDeclared: (key) => changes.isDeclared(key),
      today
    })
  ];
  const missing = missingIn(base.manifest, head.manifest);
  const unjudged = missing.flatMap(
    ({ instrument }) => instrument === "cpu" ? [] : metricsOf(instrument).filter((metric) => hasLimit(metric, limits))
  );
  const owed = missing.filter((one) => isOwed(one, limits, required)).map(({ instrument }) => instrument);
  const verdict = verdictOf({
    isJudged,
    rows: judgedRows,
    functions: metrics.flatMap(({ judged }) => judged),
    isOwed: owed.length > 0,
    guardsNothing: notes.some(({ code }) => code === "rule-matches-nothing")
  });
  const collector = collectorOf(judgedRows, base.manifest, head.manifest);
  const comparison = {
    verdict,
    totals: judgedRows,
    causes,
    ...isUnexplained(judgedRows, metrics, causes) && {
      suspects: suspectsOf({
        changes,
        ran: (key) => names.has(key),
        fingerprints: { base: base.manifest.fingerprint, head: head.manifest.fingerprint }
      })
    },
    ...collector !== void 0 && { collector },
    moved,
    noisy,
    unchanged: metrics.map(({ metric, effects }) => ({
      ...unchangedRow(metric, effects),
      ...withinOwn(sides.base[metric], sides.head[metric], culpritIn, changes)
    })).filter(({ change }) => Math.abs(change) >= UNCHANGED_SHARE),
    notes,
    missing,
    ...unjudged.length > 0 && { unjudged },
    ...owed.length > 0 && { owed },
    sensitivity: metrics.map(({ metric, row }) => ({
      metric,
      ratio: row.uncertainty.kind === "exact" ? visible(row.uncertainty.noise) : 0
    }))
  };
  const unchanged = Object.fromEntries(metrics.map(({ metric, effects }) => [metric, effects.unchanged.byLeaf]));
  return { comparison, unchanged, sides, culpritIn, metrics, names: allNames };
}
var NOTHING_JUDGED = {
  code: "nothing-judged",
  text: "nothing was measured on both sides that has a limit: name instructions or allocs under instruments"
};
var isOwed = ({ instrument, fault }, limits, required) => (fault === "service" || required.includes(instrument)) && metricsOf(instrument).some((metric) => hasLimit(metric, limits));
function missingIn(base, head) {
  return INSTRUMENTS.flatMap((instrument) => {
    const known = [head, base].flatMap(({ missing }) => missing.find((one) => one.instrument === instrument) ?? []);
    const [here, there] = [head, base].map(({ instruments }) => instruments[instrument] !== void 0);
    if (here === there) return known.slice(0, 1);
    return known[0] ?? { instrument, reason: `it was measured on the ${here ? "head" : "base"} only` };
  });
}
function causesOf(metrics, sides, changes, culpritIn, names) {
  const keys = /* @__PURE__ */ new Set();
  for (const { judged, row } of metrics) {
    for (const { effect, status } of judged) if (status === "over" || status === "waived") keys.add(effect.key);
    if (row.status !== "over") continue;
    const explaining = judged.filter(
      ({ effect, status }) => effect.netRise > EXPLAINS_SHARE * (row.head - row.base) && status !== "ignored"
    );
    for (const { effect } of explaining.slice(0, MOST_EXPLANATIONS)) keys.add(effect.key);
  }
  if (keys.size === 0) return [];
  const lines = {
    instructions: linesOfSides(sides, "instructions", culpritIn),
    objects: linesOfSides(sides, "objects", culpritIn),
    bytes: linesOfSides(sides, "bytes", culpritIn)
  };
  const nsPerInstruction = perInstruction(sides.base);
  const causes = [...keys].map((key) => {
    const of = metrics.flatMap(({ metric, judged, row }) => {
      const found = judged.find(({ effect: effect2 }) => effect2.key === key);
      return found === void 0 ? [] : [{ metric, judged: found, row }];
    });
    const leading = of.find(({ judged }) => judged.status === "over") ?? of.reduce((a, b) => b.judged.relative > a.judged.relative ? b : a);
    const { effect } = leading.judged;
    const side = lines[leading.metric];
    const line = risenLine(side?.base.get(key), side?.head.get(key), changes.lines);
    const instructions = of.find(({ metric }) => metric === "instructions")?.judged.effect;
    const file = line && (changes.inRepository(line.file) ?? line.file);
    return {
      function: displayName(names, key),
      file,
      line: line?.line,
      isFileInRepository: line !== void 0 && changes.inRepository(line.file) !== void 0,
      changedBy: changes.reasonFor(key) ?? changes.reasonFor(ownerIn(names, key)) ?? MACHINE_CODE,
      module: changes.moduleOf(key),
      explanation: explain({
        isNew: effect.base === 0,
        base: effect.base,
        head: effect.head,
        callsBase: sides.base.instructions?.calls.get(key),
        callsHead: sides.head.instructions?.calls.get(key),
        line
      }),
      effects: of.map(({ metric, judged, row }) => effectOf(metric, judged, row)).filter(({ netRise, status }) => netRise > 0 || status === "over"),
      timeNs: instructions && instructions.netRise > 0 ? timeOf(instructions, sides.base, culpritIn, nsPerInstruction) : void 0,
      consequences: effect.consequences.map((caller) => displayName(names, caller)),
      weight: of.reduce(
        (sum, { judged, row }) => sum + (judged.status === "over" ? 1 : 0) + Math.max(0, judged.effect.netRise) / Math.max(1, row.base),
        0
      )
    };
  });
  return causes.sort((a, b) => b.weight - a.weight).map(({ weight, ...cause }) => cause);
}
function effectOf(metric, { effect, relative, limit, status, waiver }, row) {
  const risen = row.head - row.base;
  return {
    metric,
    base: effect.base,
    head: effect.head,
    netRise: effect.netRise,
    relative,
    noise: effect.noise,
    limit,
    status: status === "moved" || status === "noisy" ? "within" : status,
    explains: risen > 0 ? Math.min(1, effect.netRise / risen) : void 0,
    waiver: waiver && status === "waived" ? { reason: waiver.reason, until: waiver.until } : void 0
  };
}
function linesOfSides(sides, metric, culpritIn) {
  const of = (side) => {
    const stacks = side[metric]?.stacks;
    const executed = metric === "instructions" ? side.instructions?.executed((frames) => isChanged(frames[0], 0, frames)) : void 0;
    return stacks && linesOf(stacks, executed, isChanged, culpritIn);
  };
  const [base, head] = [of(sides.base), of(sides.head)];
  return base && head ? { base, head } : void 0;
}
function perInstruction({ cpu, instructions }) {
  if (cpu === void 0 || instructions === void 0) return void 0;
  const sum = (stacks) => stacks.reduce((total, { value }) => total + value, 0);
  return sum(cpu) / sum(instructions.stacks);
}
function timeOf(effect, base, culpritIn, average) {
  if (average === void 0) return void 0;
  let charged = 0;
  for (const { frames, value } of base.cpu ?? []) if (frames[culpritIn(frames)]?.key === effect.key) charged += value;
  return charged > 0 && effect.base > 0 ? charged * effect.netRise / effect.base : effect.netRise * average;
}
function unchangedRow(metric, { unchanged, base }) {
  const rises = /* @__PURE__ */ new Map();
  for (const [leaf, { base: before, head: after }] of unchanged.byLeaf) {
    const group = runtimeGroup(leaf);
    const name = group === void 0 ? leaf : `runtime: ${group}`;
    rises.set(name, (rises.get(name) ?? 0) + after - before);
  }
  const sign = Math.sign(unchanged.head - unchanged.base);
  const functions = [...rises].map(([name, rise]) => ({ function: name, rise })).filter(({ rise }) => Math.sign(rise) === sign).sort((a, b) => Math.abs(b.rise) - Math.abs(a.rise)).slice(0, MOST_UNCHANGED);
  return {
    metric,
    base: unchanged.base,
    head: unchanged.head,
    change: (unchanged.head - unchanged.base) / base,
    functions
  };
}
function withinOwn(base, head, culpritIn, changes) {
  const rises = /* @__PURE__ */ new Map();
  const add = (metric, sign) => {
    for (const { frames, value } of metric?.stacks ?? []) {
      if (culpritIn(frames) >= 0) continue;
      const own = frames.find(({ file }) => changes.isOwn(file));
      if (own !== void 0) rises.set(own.key, (rises.get(own.key) ?? 0) + sign * value);
    }
  };
  add(base, -1);
  add(head, 1);
  const all = [...rises].reduce((sum, [, rise]) => sum + Math.abs(rise), 0);
  const within = [...rises].map(([name, rise]) => ({ function: name, rise })).filter(({ rise }) => rise > EXPLAINS_SHARE * all).sort((a, b) => b.rise - a.rise).slice(0, MOST_UNCHANGED);
  return within.length === 0 ? {} : { within };
}
function isAround({ base, head }, { unchanged, base: total }) {
  const gone = unchanged.base - unchanged.head;
  return base === 0 && gone > UNCHANGED_SHARE * total && Math.min(head, gone) > Math.max(head, gone) / 2;
}
var MOST_OF_IT = 0.5;
function isUnexplained(rows, metrics, causes) {
  const explained = ({ judged }) => judged.reduce((sum, { effect, status }) => sum + (status === "ignored" ? 0 : Math.max(0, effect.netRise)), 0);
  return rows.some(({ name, status }) => name === "collection" && status === "over") || metrics.some((one) => one.row.status === "over" && explained(one) < MOST_OF_IT * (one.row.head - one.row.base)) || causes.some(({ changedBy }) => changedBy === MACHINE_CODE);
}
function fingerprintNotes(base, head) {
  const differing = buildChanges([], base, head);
  if (differing.length === 0) return [];
  const text2 = `the sides were not made alike: ${differing.map(({ name }) => name).join("; ")}`;
  const notes = [{ code: "fingerprint-differs", text: text2 }];
  if (base["go"] !== head["go"]) {
    notes.push({
      code: "go-version-differs",
      text: "different Go versions: totals are judged, functions are only told"
    });
  }
  return notes;
}
function namesByKey({ base, head }) {
  const names = /* @__PURE__ */ new Map();
  for (const { functions } of [base, head]) {
    for (const [fn, { key, owner }] of functions) {
      const known = names.get(key);
      if (known === void 0) names.set(key, { recorded: [fn], owner });
      else if (!known.recorded.includes(fn)) known.recorded.push(fn);
    }
  }
  return names;
}
function displayName(names, key) {
  const { recorded = [] } = names.get(key) ?? {};
  return recorded.length === 1 ? recorded[0] : key;
}
var ownerIn = (names, key) => names.get(key)?.owner ?? key;
var FETCHES_SPAN = "runtime.(*mcache).refill";
var isChanged = (frame, index, frames) => {
  const change = frame.change ?? (frame.isDeclared === true ? hostOf2(index, frames)?.change : void 0);
  if (change === void 0 || frame.change === void 0 && change !== MACHINE_CODE) return false;
  const beneath = frames.slice(0, index);
  if (beneath.some(({ key }) => key === FETCHES_SPAN)) return false;
  if (change === "source") return true;
  const isInlinedHere = (at) => frames.slice(at, index).every(({ isInlined }) => isInlined === true);
  return beneath.every(({ key }, at) => isRuntime(key) || isInlinedHere(at));
};
function hostOf2(index, frames) {
  let at = index;
  while (frames[at]?.isInlined === true) {
    at++;
    if (frames[at]?.change === "source") return void 0;
  }
  return at === index ? void 0 : frames[at];
}
var waivedOne = (one) => ({ ...one, status: "waived" });

export {
  diffLines,
  changedPaths,
  changeRecord,
  changedCode,
  unknownChanges,
  differingFunctions,
  parseChangeRecord,
  linesOf,
  FrameMaker,
  comparable,
  compareSides,
  compareClosely,
  isOwed
};
