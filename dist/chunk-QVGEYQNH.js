import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  REPORT_SCHEMA,
  cleanCommand,
  cleanName,
  cleanProse,
  readJob,
  renderJson,
  renderMarkdown,
  storyOf
} from "./chunk-RY2YKNF6.js";
import {
  askGoProgram,
  listPackages
} from "./chunk-TXW2EWEA.js";
import {
  NOTHING_KNOWN,
  atOnce,
  buildForComparison,
  difference,
  findBundle,
  fingerprintHere,
  firstParents,
  measureSides
} from "./chunk-7THEN6SN.js";
import {
  gateKey,
  isRuntime,
  namelessIn,
  ownerOf,
  packageOf,
  runtimeGroup,
  tableOf
} from "./chunk-B3EX7XHB.js";
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import {
  benchFor,
  createCheckout,
  progressLines,
  resolveSides,
  temporaryDirectory
} from "./chunk-D5OV5T7F.js";
import {
  ago,
  totalsOf
} from "./chunk-HIBBX6VR.js";
import {
  ROW_LABELS,
  changeBehind,
  changeOf,
  effectPhrase,
  explanationOf,
  formatAmount,
  limitOf,
  listed,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  statusOf,
  uncertaintyOf
} from "./chunk-J72DTEVW.js";
import {
  EXACT_INSTRUMENTS,
  directoryOf,
  loadConfig,
  openStore,
  readSide,
  writeBundle
} from "./chunk-3GIHE22F.js";
import {
  Interner,
  columnOf
} from "./chunk-SBO46FL5.js";
import {
  findCommit,
  isRunning,
  openRepository
} from "./chunk-D5XZNUM7.js";
import {
  INSTRUMENTS,
  require__
} from "./chunk-Y2FVQRTN.js";
import {
  readFlags
} from "./chunk-KRGVU3LX.js";
import {
  EXIT,
  MeasurementError,
  UserError,
  plainText
} from "./chunk-MJBSXXZC.js";
import {
  __callDispose,
  __toESM,
  __using
} from "./chunk-5PVW3TJC.js";

// src/ci/base.ts
function assertMayMeasure({ refusal }) {
  if (refusal !== void 0) throw new UserError(refusal.reason, { hint: refusal.hint });
}
async function findJobBase(world) {
  const job = await readJob(world.env);
  if (job === void 0) return void 0;
  assertMayMeasure(job);
  return findBase(await openRepository(world.cwd, world), job);
}
async function findBase(repo, job) {
  if (!job.heads.includes(repo.headCommit) || job.bases.length === 0) return void 0;
  for (const choice of job.bases) {
    const base = await commitOf(repo, choice);
    if (base !== void 0) return base;
  }
  throw new UserError(`the base of ${repo.headCommit.slice(0, 7)} is not in this clone and could not be fetched`, {
    hint: NEEDS_HISTORY
  });
}
var NEEDS_HISTORY = "give actions/checkout fetch-depth: 0, or leave its persist-credentials on";
async function commitOf(repo, choice) {
  switch (choice.kind) {
    case "commit":
      return found(await fetched(repo, choice.commit), choice.reason);
    case "merged-onto": {
      const [first, second] = await parentsOf(repo);
      return second === choice.head ? found(await fetched(repo, first), choice.reason) : void 0;
    }
    case "merge-base": {
      const commit = await mergeBase(repo, choice.branch);
      if (commit === repo.headCommit) return firstParent(repo, `the commit before it on ${choice.branch}`);
      return found(commit, `merge base with origin/${choice.branch}`);
    }
    case "parent":
      return firstParent(repo, choice.reason);
  }
}
async function firstParent(repo, reason) {
  const [first] = await parentsOf(repo);
  if (first === void 0) {
    throw new UserError(`${repo.headCommit.slice(0, 7)} is the first commit: there is nothing to compare it with`, {
      hint: "name a commit with --base (the input base of the action)"
    });
  }
  return found(await fetched(repo, first), reason);
}
var found = (commit, reason) => commit === void 0 ? void 0 : { commit, reason };
async function parentsOf(repo) {
  const text2 = await repo.git.run(["cat-file", "commit", repo.headCommit]);
  const header = text2.slice(0, text2.indexOf("\n\n"));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, commit]) => commit);
}
async function fetched(repo, commit) {
  if (await findCommit(repo, commit) === void 0) {
    await fetch(repo, [...repo.isShallow ? ["--depth=1"] : [], "origin", commit]);
  }
  return findCommit(repo, commit);
}
var DEPTHS = ["--deepen=100", "--deepen=1000", "--unshallow"];
async function mergeBase(repo, branch) {
  const ref = `refs/remotes/origin/${branch}`;
  const refspec = `+refs/heads/${branch}:${ref}`;
  if (await findCommit(repo, ref) === void 0) {
    await fetch(repo, [...repo.isShallow ? ["--depth=1"] : [], "origin", refspec]);
  }
  for (const depth of [void 0, ...DEPTHS]) {
    if (depth !== void 0) {
      if (await repo.git.run(["rev-parse", "--is-shallow-repository"]) !== "true") return void 0;
      if (!await fetch(repo, [depth, "origin", repo.headCommit, refspec])) return void 0;
    }
    const { exitCode, stdout } = await repo.git.ask(["merge-base", repo.headCommit, ref]);
    if (exitCode === 0 && stdout.trim() !== "") return stdout.trim();
  }
  return void 0;
}
async function fetch(repo, what) {
  const command = ["fetch", "--quiet", "--no-tags", "--no-recurse-submodules", ...what];
  const { exitCode } = await repo.git.ask(command, { env: { GIT_TERMINAL_PROMPT: "0" } });
  return exitCode === 0;
}

// src/report/junit.ts
var MARKS = { name: cleanName, prose: cleanProse, command: cleanCommand };
function renderJunit(report) {
  const cases = [
    verdictCase(report, storyOf(report, MARKS)),
    ...report.totals.flatMap((row) => row.limit === void 0 ? [] : totalCase(row)),
    ...report.causes.map((cause) => causeCase(cause, report)),
    ...report.noisy.map((noisy) => skipped(`function: ${cleanName(noisy.function)}`, noisyPhrase(noisy, MARKS))),
    ...report.missing.map((missing) => skipped(`not measured: ${missing.instrument}`, missingPhrase(missing, MARKS)))
  ];
  const seconds = (report.durationMs / 1e3).toFixed(3);
  const suite = { name: cleanName(report.service), ...countsOf(cases), time: seconds };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ ...suite, name: "perf-gate" })}>`,
    `  <testsuite${attributes(suite)}>`,
    ...cases.map((testCase) => caseElement(testCase, `perf-gate.${suite.name}`)),
    "  </testsuite>",
    "</testsuites>",
    ""
  ].join("\n");
}
var VERDICT_KINDS = { fail: "failure", invalid: "error", inconclusive: "skipped" };
function verdictCase({ verdict }, story) {
  if (verdict === "pass") return { name: "verdict" };
  const { head, base, warnings, sections, reproduce: reproduce2, directory } = story;
  const lines = [
    `${head} against ${base}`,
    ...warnings,
    ...sections.flatMap(plainLines),
    `Try it: ${reproduce2}`,
    `Profiles: ${directory}`
  ];
  return { name: "verdict", result: { kind: VERDICT_KINDS[verdict], message: verdict, lines } };
}
function plainLines({ weight, title, content }) {
  return weight === "main" && content.kind === "lines" ? content.lines.map((line2) => `${title}: ${line2}`) : [];
}
function totalCase(row) {
  const name = `total: ${ROW_LABELS[row.name]}`;
  const [base, head] = [formatAmount(row.base, row.unit), formatAmount(row.head, row.unit)];
  const figures = `${base} -> ${head} per request, limit ${limitOf(row)}`;
  if (row.status === "ok") return { name };
  if (row.status !== "over") return skipped(name, remarkOn(row) ?? figures, [figures]);
  return {
    name,
    result: { kind: "failure", message: `${changeOf(row)} ${uncertaintyOf(row)}`.trim(), lines: [figures] }
  };
}
function causeCase(cause, { verdict }) {
  const { effects, timeNs, file, line: line2, isFileInRepository } = cause;
  const { place, sentence } = explanationOf(cause, MARKS);
  const waiver = effects.find(({ waiver: waiver2 }) => waiver2 !== void 0)?.waiver;
  const isOver = effects.some(({ status }) => status === "over");
  const isBlamed = isOver || verdict === "fail" && waiver === void 0;
  const accepted = waiver && `waived until ${cleanProse(waiver.until)}: ${cleanProse(waiver.reason)}`;
  return {
    name: `function: ${cleanName(cause.function)}`,
    ...isFileInRepository && { place: { file, line: line2 } },
    result: {
      kind: isBlamed ? "failure" : "skipped",
      message: `${place === void 0 ? "" : `${place}: `}${sentence} (${changeBehind(cause, MARKS)})`,
      lines: [...effects.map((effect) => effectPhrase(effect, timeNs)), ...accepted === void 0 ? [] : [accepted]]
    }
  };
}
var skipped = (name, message, lines = []) => ({
  name,
  result: { kind: "skipped", message, lines }
});
function countsOf(cases) {
  const count2 = (kind) => String(cases.filter(({ result }) => result?.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: count2("failure"),
    errors: count2("error"),
    skipped: count2("skipped")
  };
}
function caseElement({ name, place, result }, classname) {
  const file = place?.file === void 0 ? void 0 : cleanName(place.file);
  const start = `    <testcase${attributes({ name, classname, file, line: place?.line?.toString(), time: "0" })}`;
  if (result === void 0) return `${start}/>`;
  const { kind, message, lines } = result;
  const body = lines.map((line2) => `${escapeXml(line2)}
`).join("");
  return `${start}>
      <${kind}${attributes({ message })}>${body}</${kind}>
    </testcase>`;
}
var attributes = (values) => Object.entries(values).map(([name, value]) => value === void 0 ? "" : ` ${name}="${escapeXml(value)}"`).join("");
var ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
var escapeXml = (text2) => text2.replaceAll(/[\uFFFE\uFFFF]/g, "").replaceAll(/[&<>"]/g, (character) => ENTITIES[character]);

// src/report/text.ts
var WIDTH = 100;
var MOST_LINES = 10;
var MARKS2 = { name: cleanName, prose: cleanProse, command: cleanCommand };
function renderText(report, { color = false } = {}) {
  const paint = color ? COLOURS : PLAIN;
  const story = storyOf(report, MARKS2);
  const blocks = [heading(report.verdict, story, paint)];
  if (report.isSameCode) blocks[0].push("  same machine code: nothing to measure");
  else {
    blocks[0].push(...story.warnings.flatMap((warning) => wrapped(warning, "  ", paint.yellow)));
    blocks.push(table(report, story, paint));
  }
  blocks.push(...story.sections.map((section) => sectionLines(section, paint)));
  if (!report.isSameCode) blocks.push(footer(story, paint));
  return blocks.filter((block) => block.length > 0).map((block) => block.map((line2) => `${line2}
`).join("")).join("\n");
}
var VERDICT_COLOURS = {
  pass: "green",
  fail: "red",
  inconclusive: "yellow",
  invalid: "yellow"
};
function heading(verdict, { service, head, base, duration }, paint) {
  const what = [
    { text: "perf-gate", paint: paint.bold },
    { text: verdict.toUpperCase(), paint: paint[VERDICT_COLOURS[verdict]] },
    { text: service, paint: paint.bold },
    { text: head }
  ];
  const against = [{ text: `against ${base}` }, { text: duration, paint: paint.dim, gap: 3 }];
  return onOneOrTwo(what, against, { indent: "", further: "           " });
}
function table({ totals }, { remarks }, paint) {
  if (totals.length === 0) return [];
  const cells = totals.map((row) => [
    `${row.name === "collection" ? "  " : ""}${ROW_LABELS[row.name]}`,
    formatAmount(row.base, row.unit),
    formatAmount(row.head, row.unit),
    changeOf(row),
    uncertaintyOf(row),
    limitOf(row),
    statusOf(row)
  ]);
  const all = [["per request", "base", "head", "change", "", "limit", ""], ...cells];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => lengthOf(row[column]))));
  const line2 = (row, style) => {
    const last = row.findLastIndex((cell) => cell !== "");
    return row.slice(0, last + 1).map((cell, column) => {
      const space = " ".repeat(widths[column] - lengthOf(cell));
      const text2 = style(cell, column);
      if (column === last && !isRight(column)) return `${GAPS[column]}${text2}`;
      return isRight(column) ? `${GAPS[column]}${space}${text2}` : `${GAPS[column]}${text2}${space}`;
    }).join("");
  };
  return [
    line2(all[0], (text2) => paint.dim(text2)),
    ...cells.map(
      (row) => line2(row, (text2, column) => {
        if (column === 4) return paint.dim(text2);
        return column === 6 ? text2 === "over" ? paint.red(text2) : paint.yellow(text2) : text2;
      })
    ),
    ...remarks.flatMap((remark) => wrapped(remark, "  ", paint.dim))
  ];
}
var GAPS = ["  ", "    ", "    ", "    ", " ", "    ", "    "];
var isRight = (column) => column >= 1 && column <= 5 && column !== 4;
function sectionLines({ title, meaning, content }, paint) {
  const head = meaning === void 0 ? paint.bold(title) : `${paint.bold(title)}: ${meaning}`;
  const items = content.kind === "causes" ? content.causes : content.lines;
  const more = items.length > MOST_LINES ? [`     \u2026 and ${items.length - MOST_LINES} more, see report.json`] : [];
  const shown2 = content.kind === "causes" ? content.causes.slice(0, MOST_LINES).flatMap((cause, i) => causeLines(cause, i + 1, paint)) : content.lines.slice(0, MOST_LINES).flatMap((line2) => wrapped(line2, "     "));
  return [`  ${head}`, ...shown2, ...more.map(paint.dim)];
}
function causeLines(cause, number, paint) {
  const { name, place, explanation, change, effects, explains, waiver, consequences } = cause;
  const label = `  ${number}`.padEnd(5);
  const further = "       ";
  const why = [
    { text: place === void 0 ? explanation : `${place}: ${explanation}`, gap: 3 },
    { text: `(${change})`, paint: paint.dim }
  ];
  const costs = effects.map(({ text: text2, isOver }) => ({ text: text2, paint: isOver ? paint.red : asIs, gap: 3 }));
  return [
    ...onOneOrTwo([{ text: name, paint: paint.bold }], why, { indent: label, further }),
    ...flowed(costs, { indent: further, further }),
    ...[explains, waiver].flatMap((text2) => text2 === void 0 ? [] : wrapped(text2, further)),
    ...consequences === void 0 ? [] : wrapped(consequences, further, paint.dim)
  ];
}
function footer({ sensitivity, reproduce: reproduce2, directory }, paint) {
  const seen = sensitivity === "" ? [] : wrapped(`This run could have seen: ${sensitivity}`, "  ", paint.dim);
  const pieces = [
    { text: `Try it: ${reproduce2}`, paint: paint.dim },
    { text: `Profiles: ${directory}`, paint: paint.dim, gap: 3 }
  ];
  return [...seen, ...flowed(pieces, { indent: "  ", further: "  " })];
}
function flowed(pieces, { indent, further }) {
  const lines = [];
  let line2 = indent;
  let length = lengthOf(indent);
  let isEmpty = true;
  for (const { text: text2, paint = asIs, gap = 2 } of pieces) {
    const needed = lengthOf(text2) + (isEmpty ? 0 : gap);
    if (!isEmpty && length + needed > WIDTH) {
      lines.push(line2);
      line2 = further;
      length = lengthOf(further);
      isEmpty = true;
    }
    const [first = "", ...rest] = isEmpty ? wordWrapped(text2, WIDTH - length) : [text2];
    line2 += `${isEmpty ? "" : " ".repeat(gap)}${paint(first)}`;
    length += lengthOf(first) + (isEmpty ? 0 : gap);
    isEmpty = false;
    for (const next of rest) {
      lines.push(line2);
      line2 = `${further}${paint(next)}`;
      length = lengthOf(further) + lengthOf(next);
    }
  }
  if (!isEmpty) lines.push(line2);
  return lines;
}
function onOneOrTwo(first, second, indents) {
  const together = flowed([...first, ...second], indents);
  if (together.length === 1) return together;
  return [...flowed(first, indents), ...flowed(second, { indent: indents.further, further: indents.further })];
}
function wrapped(text2, indent, paint = asIs) {
  const further = `${indent}  `;
  return wordWrapped(text2, WIDTH - further.length).map((line2, i) => `${i === 0 ? indent : further}${paint(line2)}`);
}
var BREAK = /(?<!\d) | (?!\d{3}(?!\d)|%|[nµm]?s\b)/;
function wordWrapped(text2, width) {
  const lines = [];
  let line2 = "";
  for (const word of text2.split(BREAK)) {
    if (line2 !== "" && lengthOf(line2) + 1 + lengthOf(word) > width) {
      lines.push(line2);
      line2 = word;
    } else line2 = line2 === "" ? word : `${line2} ${word}`;
  }
  return [...lines, line2];
}
var lengthOf = (text2) => [...text2].length;
var asIs = (text2) => text2;
var sgr = (on, off) => (text2) => text2 === "" ? "" : `\x1B[${on}m${text2}\x1B[${off}m`;
var PLAIN = { red: asIs, green: asIs, yellow: asIs, dim: asIs, bold: asIs };
var COLOURS = {
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  dim: sgr(2, 22),
  bold: sgr(1, 22)
};

// src/report/formats.ts
var formats = {
  text: renderText,
  markdown: renderMarkdown,
  json: renderJson,
  junit: renderJunit
};

// src/commands/exit-code.ts
function exitCodeOf({ verdict }, onInconclusive) {
  switch (verdict) {
    case "pass":
      return EXIT.pass;
    case "fail":
      return EXIT.fail;
    case "invalid":
      return EXIT.invalid;
    case "inconclusive":
      return onInconclusive === "fail" ? EXIT.inconclusive : EXIT.pass;
  }
}

// src/commands/gate.ts
import { join as join3, relative as relative3, resolve } from "node:path";

// src/git/diff.ts
async function diffLines(repo, baseTree, headTree) {
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
    "--end-of-options",
    baseTree,
    headTree
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
    const line2 = lines[at];
    if (line2.startsWith("new file mode ")) basePath = void 0;
    else if (line2.startsWith("deleted file mode ")) headPath = void 0;
    else if (line2.startsWith("rename from ")) basePath = unquotePath(line2.slice("rename from ".length));
    else if (line2.startsWith("rename to ")) headPath = unquotePath(line2.slice("rename to ".length));
    else if (line2.startsWith("--- ")) basePath = sidePath(line2.slice(4));
    else if (line2.startsWith("+++ ")) headPath = sidePath(line2.slice(4));
    else if (/^(Binary files |GIT binary patch)/.test(line2)) isText = false;
  }
  return { basePath, headPath, isText, end: at };
}
function parseHunk(line2) {
  const match = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line2 ?? "");
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

// src/git/untracked.ts
async function untrackedDirectories(repo, names) {
  const specs = names.map((name) => `:(top,glob)**/${name}/**`);
  const listed2 = await repo.git.run([
    "ls-files",
    "--others",
    "--exclude-standard",
    "--full-name",
    "-z",
    "--",
    ...specs
  ]);
  const found2 = /* @__PURE__ */ new Set();
  for (const path of listed2.split("\0")) {
    const parts = path.split("/");
    const at = parts.findIndex((part) => names.includes(part));
    if (at >= 0) found2.add(parts.slice(0, at + 1).join("/"));
  }
  return [...found2];
}

// src/commands/gate-changes.ts
import { join, relative } from "node:path";

// src/changes/changes.ts
function parseChanges(text2) {
  const top = object(JSON.parse(text2), "changes");
  const functions = object(top["functions"], "functions");
  return {
    functions: {
      base: list(functions["base"], "functions.base", declared),
      head: list(functions["head"], "functions.head", declared)
    },
    changed: list(top["changed"], "changed", changed),
    moved: list(top["moved"], "moved", (value, at) => {
      const record2 = object(value, at);
      return { from: string(record2, "from", at), to: string(record2, "to", at) };
    }),
    modules: list(top["modules"], "modules", moduleChange),
    unparsed: list(top["unparsed"], "unparsed", (value, at) => {
      const record2 = object(value, at);
      return { path: string(record2, "path", at), message: string(record2, "message", at) };
    })
  };
}
var KINDS = ["go", "assembly", "c"];
var STATUSES = ["modified", "added", "removed"];
var REASON = /^(source|assembly|cgo|uses .+|embed .+)$/;
function declared(value, at) {
  const record2 = object(value, at);
  return {
    name: string(record2, "name", at),
    kind: oneOf(record2, "kind", KINDS, at),
    package: string(record2, "package", at),
    file: string(record2, "file", at),
    path: string(record2, "path", at),
    startLine: line(record2, "startLine", at),
    endLine: line(record2, "endLine", at),
    hash: string(record2, "hash", at)
  };
}
function changed(value, at) {
  const record2 = object(value, at);
  const reason = string(record2, "reason", at);
  if (!REASON.test(reason)) throw wrong(`${at}.reason`, reason);
  return {
    name: string(record2, "name", at),
    kind: oneOf(record2, "kind", KINDS, at),
    status: oneOf(record2, "status", STATUSES, at),
    reason,
    package: string(record2, "package", at),
    ...record2["module"] === void 0 ? {} : { module: moduleChange(record2["module"], `${at}.module`) }
  };
}
function moduleChange(value, at) {
  const record2 = object(value, at);
  return {
    path: string(record2, "path", at),
    ...record2["base"] === void 0 ? {} : { base: string(record2, "base", at) },
    ...record2["head"] === void 0 ? {} : { head: string(record2, "head", at) }
  };
}
function object(value, at) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(at, value);
  return value;
}
function list(value, at, item) {
  if (!Array.isArray(value)) throw wrong(at, value);
  return value.map((one, index) => item(one, `${at}[${index}]`));
}
function string(record2, key, at) {
  const value = record2[key];
  if (typeof value !== "string" || value === "") throw wrong(`${at}.${key}`, value);
  return value;
}
function line(record2, key, at) {
  const value = record2[key];
  if (!Number.isInteger(value) || value < 1) throw wrong(`${at}.${key}`, value);
  return value;
}
function oneOf(record2, key, allowed, at) {
  const value = record2[key];
  if (!allowed.includes(value)) throw wrong(`${at}.${key}`, value);
  return value;
}
function wrong(at, value) {
  return new Error(`the change finder's answer is malformed at ${at}: ${JSON.stringify(value) ?? "nothing"}`);
}

// src/changes/go/assembly.go
var assembly_default = `package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

var (
	textLine    = regexp.MustCompile(\`^TEXT\\s+([^\\s,(]+)\\(SB\\)\`)
	dataLine    = regexp.MustCompile(\`^(DATA|GLOBL|PCALIGN|#\\s*(define|undef|include))\\b\`)
	includeLine = regexp.MustCompile(\`^#\\s*include\\s+["<]([^">]+)[">]\`)
	asmWord     = regexp.MustCompile(\`[\\p{L}_][\\p{L}\\p{N}_]*\`)
)

// addAssembly adds the TEXT blocks of the package's .s files. What stands outside of them (macros, data, included files)
// is the context of every block of its file.
func (p *goPackage) addAssembly(prefix string) error {
	stubs := map[string]bool{}
	for _, name := range p.listed.SFiles {
		src, err := os.ReadFile(filepath.Join(p.listed.Dir, name))
		if err != nil {
			return err
		}
		blocks := assemblyBlocks(string(src), prefix, func(include string) string {
			text, err := os.ReadFile(filepath.Join(p.listed.Dir, filepath.FromSlash(include)))
			if err != nil {
				return "" // of the toolchain, or written by it (go_asm.h)
			}
			return string(text)
		})
		for _, block := range blocks {
			stubs[block.Name] = true
		}
		p.add(name, blocks...)
	}
	if len(stubs) == 0 {
		return nil
	}
	// The Go declaration of an assembly function has no body: its source is part of the block's.
	kept := p.functions[:0]
	signatures := map[string]string{}
	for _, fn := range p.functions {
		if fn.Kind == "go" && stubs[fn.Name] {
			signatures[fn.Name] = fn.Hash
			continue
		}
		kept = append(kept, fn)
	}
	p.functions = kept
	for _, fn := range p.functions {
		if fn.Kind == "assembly" {
			fn.context = digest(fn.context, signatures[fn.Name])
		}
	}
	return nil
}

func assemblyBlocks(src, prefix string, read func(include string) string) []*function {
	var blocks []*function
	var texts []*strings.Builder
	var outside strings.Builder
	inComment := false
	for i, line := range strings.Split(src, "\\n") {
		line, inComment = stripComments(line, inComment)
		line = strings.Join(strings.Fields(line), " ")
		if line == "" {
			continue
		}
		if m := textLine.FindStringSubmatch(line); m != nil {
			blocks = append(blocks, &function{Name: symbolName(m[1], prefix), Kind: "assembly", StartLine: i + 1, EndLine: i + 1})
			texts = append(texts, &strings.Builder{})
		} else if len(blocks) == 0 || dataLine.MatchString(line) {
			outside.WriteString(line + "\\n")
			if m := includeLine.FindStringSubmatch(line); m != nil {
				outside.WriteString(normalised(read(m[1])))
			}
			continue
		}
		last := len(blocks) - 1
		blocks[last].EndLine = i + 1
		texts[last].WriteString(line + "\\n")
	}
	for i, block := range blocks {
		block.Hash = digest(texts[i].String())
		block.context = digest(outside.String())
		block.words = constantNames(asmWord.FindAllString(texts[i].String(), -1))
	}
	return blocks
}

// constantNames adds, for the names that go_asm.h makes (const_size, Buffer__size, Buffer_length), the Go names.
func constantNames(words []string) []string {
	var names []string
	for _, word := range words {
		word = strings.TrimPrefix(word, "const_")
		names = append(names, word)
		for i := 1; i < len(word); i++ {
			if word[i] == '_' {
				names = append(names, word[:i])
			}
		}
	}
	return names
}

// symbolName writes an assembler symbol as Go does: \xB7Sum<> is prefix.Sum, example\u2215com\u2215a\xB7F is example/com/a.F.
func symbolName(symbol, prefix string) string {
	if i := strings.IndexByte(symbol, '<'); i >= 0 {
		symbol = symbol[:i]
	}
	symbol = strings.NewReplacer("\xB7", ".", "\u2215", "/").Replace(symbol)
	if strings.HasPrefix(symbol, ".") {
		return prefix + symbol
	}
	return symbol
}

func normalised(src string) string {
	var b strings.Builder
	inComment := false
	for _, line := range strings.Split(src, "\\n") {
		line, inComment = stripComments(line, inComment)
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			b.WriteString(line + "\\n")
		}
	}
	return b.String()
}

// stripComments takes the comments out of a line and says whether it ends inside one.
func stripComments(line string, inside bool) (string, bool) {
	var b strings.Builder
	var quote byte
	for i := 0; i < len(line); i++ {
		switch {
		case inside:
			if strings.HasPrefix(line[i:], "*/") {
				inside = false
				i++
				b.WriteByte(' ')
			}
		case quote != 0:
			b.WriteByte(line[i])
			if line[i] == '\\\\' && i+1 < len(line) {
				i++
				b.WriteByte(line[i])
			} else if line[i] == quote {
				quote = 0
			}
		case strings.HasPrefix(line[i:], "//"):
			return b.String(), false
		case strings.HasPrefix(line[i:], "/*"):
			inside = true
			i++
		default:
			if line[i] == '"' || line[i] == '\\'' {
				quote = line[i]
			}
			b.WriteByte(line[i])
		}
	}
	return b.String(), inside
}
`;

// src/changes/go/c.go
var c_default = `package main

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
)

// cSource is what cgo compiles of a package: functions, and the rest cut into chunks (directives, declarations). This is
// a reading by tokens, not a parser: macros are not expanded and both branches of an #if are read.
type cSource struct {
	hash   string // of everything
	chunks []cChunk
}

type cFile struct{ name, text string }

type cChunk struct {
	text           string
	declares, uses []string
	all            bool // it may change everything: #include, #if, #pragma, #cgo
}

type cToken struct {
	text      string
	line      int
	directive bool // a whole preprocessor line
	word      bool
}

var (
	localInclude = regexp.MustCompile(\`^#\\s*include\\s*"([^"]+)"\`)
	defineLine   = regexp.MustCompile(\`^#\\s*(define|undef)\\s+(\\w+)\`)
	cWord        = regexp.MustCompile(\`[A-Za-z_]\\w*\`)
	notNames     = map[string]bool{}
)

func init() {
	for _, word := range strings.Fields(\`auto break case char const continue default do double else enum extern float for goto
		if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void
		volatile while bool class namespace template typename public private protected virtual operator using define undef
		uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t size_t\`) {
		notNames[word] = true
	}
}

// addC adds the C functions of the preambles, the package's C, C++ and header files, and the files that they include by
// a path of their own.
func (p *goPackage) addC(files []cFile) error {
	var names []string
	for _, list := range [][]string{p.listed.CFiles, p.listed.CXXFiles, p.listed.MFiles, p.listed.HFiles} {
		names = append(names, list...)
	}
	seen := map[string]bool{}
	for _, file := range files {
		names = append(names, includes(file.text, ".")...)
	}
	for len(names) > 0 {
		name := filepath.ToSlash(filepath.Clean(names[0]))
		names = names[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		src, err := os.ReadFile(filepath.Join(p.listed.Dir, filepath.FromSlash(name)))
		if os.IsNotExist(err) {
			continue // found by -I, or of the system
		}
		if err != nil {
			return err
		}
		files = append(files, cFile{name, string(src)})
		names = append(names, includes(string(src), filepath.Dir(name))...)
	}
	sort.SliceStable(files, func(i, j int) bool { return files[i].name < files[j].name })
	var everything []string
	for _, file := range files {
		list := cTokens(file.text)
		for _, token := range list {
			everything = append(everything, token.text)
		}
		functions, chunks, balanced := cParts(list, false)
		if !balanced {
			functions, chunks, _ = cParts(list, true)
		}
		p.add(file.name, functions...)
		p.c.chunks = append(p.c.chunks, chunks...)
	}
	p.c.hash = digest(everything...)
	return nil
}

func includes(src, dir string) []string {
	var names []string
	for _, line := range strings.Split(src, "\\n") {
		if m := localInclude.FindStringSubmatch(strings.TrimSpace(line)); m != nil {
			names = append(names, filepath.Join(dir, m[1]))
		}
	}
	return names
}

// cTokens cuts C source into words, numbers, strings and signs; a preprocessor line is one token.
func cTokens(src string) []cToken {
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\\r\\n", "\\n"), "\\\\\\n", "\\\\\\v")
	var list []cToken
	line, lineStart, inComment := 1, true, false
	for _, text := range strings.Split(src, "\\n") {
		first := line
		line += 1 + strings.Count(text, "\\v")
		text = strings.ReplaceAll(text, "\\\\\\v", " ")
		text, inComment = stripComments(text, inComment)
		lineStart = true
		for i := 0; i < len(text); {
			c := text[i]
			switch {
			case c == ' ' || c == '\\t' || c == '\\f' || c == '\\v':
				i++
				continue
			case c == '#' && lineStart:
				list = append(list, cToken{text: strings.Join(strings.Fields(text[i:]), " "), line: first, directive: true})
				i = len(text)
				continue
			}
			lineStart = false
			end := i + 1
			word := isWordByte(c)
			switch {
			case word:
				for end < len(text) && isWordByte(text[end]) {
					end++
				}
			case c == '"' || c == '\\'':
				for end < len(text) && text[end] != c {
					if text[end] == '\\\\' {
						end++
					}
					end++
				}
				end++
			}
			if end > len(text) {
				end = len(text)
			}
			list = append(list, cToken{text: text[i:end], line: first, word: word && (c < '0' || c > '9')})
			i = end
		}
	}
	return list
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// cParts cuts tokens into functions and chunks. Where an #if leaves the braces unbalanced, \`byLine\` takes a closing brace
// that is the first of its line, followed by a new declaration, for the end of a function.
func cParts(list []cToken, byLine bool) (functions []*function, chunks []cChunk, balanced bool) {
	var open []cToken // the declaration so far
	flush := func() {
		if len(open) > 0 {
			chunks = append(chunks, declarationChunk(open))
		}
		open = nil
	}
	for i := 0; i < len(list); i++ {
		token := list[i]
		switch {
		case token.directive:
			chunks = append(chunks, directiveChunk(token.text))
		case token.text == ";":
			flush()
		case token.text == "{":
			if opensScope(open) {
				open = nil
				continue
			}
			end := closing(list, i, byLine)
			if end < 0 {
				return functions, chunks, false
			}
			name := cFunctionName(open)
			body := append(append([]cToken{}, open...), list[i:end+1]...)
			if name == "" {
				open = body
			} else {
				functions = append(functions, newCFunction(name, body))
				open = nil
			}
			i = end
		case token.text == "}":
			open = nil // of extern "C" or a namespace
		default:
			open = append(open, token)
		}
	}
	flush()
	return functions, chunks, true
}

func closing(list []cToken, from int, byLine bool) int {
	depth := 0
	for i := from; i < len(list); i++ {
		switch list[i].text {
		case "{":
			depth++
		case "}":
			depth--
			if depth == 0 {
				return i
			}
			if byLine && list[i].line != list[i-1].line && i+1 < len(list) && list[i+1].line > list[i].line+1 {
				return i
			}
		}
	}
	if byLine {
		return len(list) - 1
	}
	return -1
}

func opensScope(open []cToken) bool {
	for i, token := range open {
		if token.text == "namespace" || token.text == "extern" && i+1 < len(open) && strings.HasPrefix(open[i+1].text, \`"\`) && i+2 == len(open) {
			return true
		}
	}
	return false
}

// cFunctionName is the word before the last parameter list of a declaration that is followed by a body.
func cFunctionName(open []cToken) string {
	name, depth := "", 0
	for i, token := range open {
		switch token.text {
		case "(":
			if depth == 0 && i > 0 && open[i-1].word && !strings.HasPrefix(open[i-1].text, "__") && !notNames[open[i-1].text] {
				name = open[i-1].text
			}
			depth++
		case ")":
			depth--
		case "=":
			if depth == 0 {
				return ""
			}
		case ":":
			if depth == 0 && name != "" && (i+1 >= len(open) || open[i+1].text != ":") && open[i-1].text != ":" {
				return name // initialisers of a C++ constructor
			}
		}
	}
	return name
}

func newCFunction(name string, body []cToken) *function {
	fn := &function{Name: name, Kind: "c", StartLine: body[0].line, EndLine: body[len(body)-1].line}
	var texts []string
	for _, token := range body {
		texts = append(texts, token.text)
		switch {
		case token.directive:
			fn.words = append(fn.words, cWord.FindAllString(token.text, -1)...)
		case token.word:
			fn.words = append(fn.words, token.text)
		}
	}
	fn.Hash = digest(texts...)
	return fn
}

func directiveChunk(text string) cChunk {
	if m := defineLine.FindStringSubmatch(text); m != nil {
		return cChunk{text: text, declares: m[2:3], uses: cNames(text)}
	}
	return cChunk{text: text, all: true}
}

func declarationChunk(open []cToken) cChunk {
	var texts []string
	for _, token := range open {
		texts = append(texts, token.text)
	}
	text := strings.Join(texts, " ")
	if !strings.ContainsAny(text, "{=") && cFunctionName(open) != "" && texts[0] != "typedef" {
		return cChunk{} // a prototype says nothing that its function does not
	}
	names := cNames(text) // which of them it declares takes a parser
	return cChunk{text: text, declares: names, uses: names}
}

func cNames(text string) []string {
	var names []string
	for _, word := range cWord.FindAllString(text, -1) {
		if !notNames[word] {
			names = append(names, word)
		}
	}
	return names
}

// changedC finds the names that C declarations outside of functions give another meaning, each with the name that was
// changed itself; "" stands for everything. The second result says whether anything of the C sources differs.
func (c *comparison) changedC(key string) (map[string]string, bool) {
	words := map[string]string{}
	b, h := c.base.parsed[key], c.head.parsed[key]
	if b == nil || h == nil || b.c.hash == h.c.hash {
		return words, false
	}
	count := map[string]int{}
	for _, chunk := range b.c.chunks {
		count[chunk.text]--
	}
	for _, chunk := range h.c.chunks {
		count[chunk.text]++
	}
	chunks := append(append([]cChunk{}, b.c.chunks...), h.c.chunks...)
	for _, chunk := range chunks {
		if count[chunk.text] == 0 {
			continue
		}
		if chunk.all {
			words[""] = chunk.text
		}
		for _, name := range chunk.declares {
			words[name] = name
		}
	}
	for more := true; more; {
		more = false
		for _, chunk := range chunks {
			root := ""
			for _, name := range chunk.uses {
				if root == "" {
					root = words[name]
				}
			}
			for _, name := range chunk.declares {
				if root != "" && words[name] == "" {
					words[name], more = root, true
				}
			}
		}
	}
	return words, true
}
`;

// src/changes/go/changes.go
var changes_default = '// Which functions does a commit change? This program reads the package lists of base and head (as `go list -deps -json`\n// gives them) from its standard input, parses what may differ, compares, and prints one JSON document.\n//\n// It knows Go, assembly and C sources and nothing of git, builds or measurements. It resolves names by scope and import,\n// not by type: where that is not enough it calls a function changed rather than not, since a function that is called\n// changed and costs the same is harmless, and one that is missed puts its cost on its caller.\n//\n// Names are those of Go\'s own profiles in canonical form: import paths unescaped, type arguments as [...], ordinals\n// removed. A package may have many init functions (pkg.init.0, pkg.init.1, ...): they share the key `pkg.init.*`.\n// Closures of package-level initialisers share `pkg.glob..func*`, and the code that runs those initialisers is `pkg.init`.\n// A closure inside a function belongs to that function.\n//\n// Standard library only; compiles with Go 1.18.\npackage main\n\nimport (\n	"bufio"\n	"encoding/json"\n	"fmt"\n	"os"\n)\n\ntype input struct {\n	Base     listing `json:"base"`\n	Head     listing `json:"head"`\n	Standard bool    `json:"standard"` // the standard library too: the two sides use different Go versions\n}\n\ntype listing struct {\n	Packages []*listed `json:"packages"`\n}\n\n// listed is a package as the go command lists it.\ntype listed struct {\n	ImportPath string            `json:"importPath"`\n	Dir        string            `json:"dir"`\n	Name       string            `json:"name"`\n	IsStandard bool              `json:"isStandard"`\n	Module     *module           `json:"module"`\n	Imports    []string          `json:"imports"`\n	ImportMap  map[string]string `json:"importMap"`\n	GoFiles    []string          `json:"goFiles"`\n	CgoFiles   []string          `json:"cgoFiles"`\n	SFiles     []string          `json:"sFiles"`\n	CFiles     []string          `json:"cFiles"`\n	CXXFiles   []string          `json:"cxxFiles"`\n	MFiles     []string          `json:"mFiles"`\n	HFiles     []string          `json:"hFiles"`\n	EmbedFiles []string          `json:"embedFiles"`\n}\n\ntype module struct {\n	Path    string  `json:"path"`\n	Version string  `json:"version"`\n	Dir     string  `json:"dir"`\n	IsMain  bool    `json:"isMain"`\n	Replace *module `json:"replace"`\n}\n\ntype output struct {\n	Functions struct {\n		Base []*function `json:"base"`\n		Head []*function `json:"head"`\n	} `json:"functions"`\n	Changed  []changed      `json:"changed"`\n	Moved    []moved        `json:"moved"`\n	Modules  []moduleChange `json:"modules"`\n	Unparsed []unparsed     `json:"unparsed"`\n}\n\n// function is a declared function; two of a package may share a key (init, closures of initialisers, build variants).\ntype function struct {\n	Name      string `json:"name"`\n	Kind      string `json:"kind"` // go, assembly or c\n	Package   string `json:"package"`\n	File      string `json:"file"` // as -trimpath prints it\n	Path      string `json:"path"` // on disk\n	StartLine int    `json:"startLine"`\n	EndLine   int    `json:"endLine"`\n	Hash      string `json:"hash"` // of the printed source\n\n	context  string   // what the names in the source stand for: import paths, surroundings of an assembly block\n	mentions mentions // of Go functions\n	words    []string // of assembly and C functions\n}\n\ntype changed struct {\n	Name    string        `json:"name"`\n	Kind    string        `json:"kind"`\n	Status  string        `json:"status"` // modified, added or removed\n	Reason  string        `json:"reason"` // source, uses <pkg.decl>, embed <file>, assembly or cgo\n	Package string        `json:"package"`\n	Module  *moduleChange `json:"module,omitempty"` // the dependency that it belongs to\n}\n\ntype moved struct {\n	From string `json:"from"`\n	To   string `json:"to"`\n}\n\ntype moduleChange struct {\n	Path string `json:"path"`\n	Base string `json:"base,omitempty"` // no version: not there on that side\n	Head string `json:"head,omitempty"`\n}\n\ntype unparsed struct {\n	Path    string `json:"path"`\n	Message string `json:"message"`\n}\n\nfunc main() {\n	if err := run(); err != nil {\n		fmt.Fprintln(os.Stderr, err)\n		os.Exit(1)\n	}\n}\n\nfunc run() error {\n	var in input\n	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&in); err != nil {\n		return fmt.Errorf("the package lists on stdin: %w", err)\n	}\n	out, err := find(&in)\n	if err != nil {\n		return err\n	}\n	w := bufio.NewWriter(os.Stdout)\n	if err := json.NewEncoder(w).Encode(out); err != nil {\n		return err\n	}\n	return w.Flush()\n}\n\n// find parses and compares. A first pass takes the packages that may differ; then come the unchanged dependencies that\n// import a package with a changed declaration, since a constant or a type of it is compiled into them.\nfunc find(in *input) (*output, error) {\n	base, head := newSide(in.Base.Packages), newSide(in.Head.Packages)\n	wanted := map[string]bool{}\n	for key := range base.listed {\n		wanted[key] = mayDiffer(base, head, key, in.Standard)\n	}\n	for key := range head.listed {\n		wanted[key] = mayDiffer(base, head, key, in.Standard)\n	}\n	for {\n		if err := base.parse(wanted); err != nil {\n			return nil, err\n		}\n		if err := head.parse(wanted); err != nil {\n			return nil, err\n		}\n		c := compare(base, head)\n		more := false\n		for key, p := range head.listed {\n			if wanted[key] || p.IsStandard && !in.Standard {\n				continue\n			}\n			for _, path := range p.Imports {\n				if c.hasChangedDeclarations(head.key(path)) {\n					wanted[key], more = true, true\n					break\n				}\n			}\n		}\n		if !more {\n			return c.output(), nil\n		}\n	}\n}\n\n// mayDiffer says whether a package has to be parsed: not the standard library, and not a dependency that has the same\n// version on both sides.\nfunc mayDiffer(base, head *side, key string, standard bool) bool {\n	b, h := base.listed[key], head.listed[key]\n	one := h\n	if one == nil {\n		one = b\n	}\n	if one.IsStandard {\n		return standard\n	}\n	if !fixed(one) || b != nil && h != nil && !fixed(b) {\n		return true\n	}\n	version := one.Module.version()\n	return base.modules[one.Module.Path] != version || head.modules[one.Module.Path] != version\n}\n\n// fixed says whether path@version says what the source is: not for a main module, a directory, or a vendored copy, which\n// has no module directory of its own.\nfunc fixed(p *listed) bool {\n	m := p.Module\n	if m == nil || m.IsMain || m.Version == "" || m.Dir == "" {\n		return false\n	}\n	return m.Replace == nil || m.Replace.Version != ""\n}\n\n// version says what was asked for and what stands in for it.\nfunc (m *module) version() string {\n	if m.Replace == nil {\n		return m.Version\n	}\n	if m.Replace.Version == "" {\n		return m.Version + " => " + m.Replace.Path\n	}\n	return m.Version + " => " + m.Replace.Path + " " + m.Replace.Version\n}\n';

// src/changes/go/compare.go
var compare_default = `package main

import (
	"go/ast"
	"go/token"
	"sort"
	"strings"
)

// reference is a package-level declaration: of a package by its key.
type reference struct{ pkg, name string }

func (r reference) String() string { return r.pkg + "." + r.name }

// comparison is what differs between two parsed sides.
type comparison struct {
	base, head   *side
	packages     []string             // the keys of all parsed packages, sorted
	pairs        map[string][]pair    // the declarations of a package, sorted by name
	declarations map[reference]string // changed -> reason for those who use it
	source       map[reference]bool   // changed in their own source
	fields       []fieldChange
}

// pair is a declaration of one name on both sides; nil where it is not there.
type pair struct {
	ref        reference
	base, head *declaration
}

// fieldChange is a field of a struct type that is not what it was.
type fieldChange struct {
	owner   reference
	name    string
	retyped bool // there on both sides, with another type
}

func compare(base, head *side) *comparison {
	c := &comparison{base: base, head: head, pairs: map[string][]pair{}, declarations: map[reference]string{}, source: map[reference]bool{}}
	keys := map[string]bool{}
	for key := range base.parsed {
		keys[key] = true
	}
	for key := range head.parsed {
		keys[key] = true
	}
	for key := range keys {
		c.packages = append(c.packages, key)
	}
	sort.Strings(c.packages)
	for _, key := range c.packages {
		names := map[string]bool{}
		for _, s := range []*side{base, head} {
			if p := s.parsed[key]; p != nil {
				for name := range p.declarations {
					names[name] = true
				}
			}
		}
		for _, name := range sorted(names) {
			ref := reference{key, name}
			c.pairs[key] = append(c.pairs[key], pair{ref, declarationOf(base, ref), declarationOf(head, ref)})
		}
	}
	c.findDeclarations()
	c.findFields()
	return c
}

func (c *comparison) hasChangedDeclarations(pkg string) bool {
	for _, p := range c.pairs[pkg] {
		if c.declarations[p.ref] != "" {
			return true
		}
	}
	return false
}

func declarationOf(s *side, ref reference) *declaration {
	if p := s.parsed[ref.pkg]; p != nil {
		return p.declarations[ref.name]
	}
	return nil
}

func (c *comparison) exists(ref reference) bool {
	return declarationOf(c.base, ref) != nil || declarationOf(c.head, ref) != nil
}

// each calls do for every declaration of either side, in order.
func (c *comparison) each(do func(p pair)) {
	for _, key := range c.packages {
		for _, p := range c.pairs[key] {
			do(p)
		}
	}
}

// findDeclarations finds the constants, variables and types that differ, then those that are made from them.
func (c *comparison) findDeclarations() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		switch {
		case b != nil && h != nil && b.kind == h.kind && b.hash == h.hash && b.context == h.context:
			if file := differentFile(b.embeds, h.embeds); file != "" {
				c.declarations[p.ref] = "embed " + file
				c.source[p.ref] = true
			}
		case (b == nil || b.kind == token.FUNC) && (h == nil || h.kind == token.FUNC) && !builtin[p.ref.name]:
		default:
			c.declarations[p.ref] = "uses " + p.ref.String()
			c.source[p.ref] = true
		}
	})
	for {
		found := map[reference]string{}
		c.each(func(p pair) {
			if p.head == nil || c.declarations[p.ref] != "" {
				return
			}
			if reason := c.changedUse(p.ref.pkg, p.head.context, p.head.mentions); reason != "" {
				found[p.ref] = reason
			}
		})
		if len(found) == 0 {
			return
		}
		for ref, reason := range found {
			c.declarations[ref] = reason
		}
	}
}

// builtin are the functions of the language that a package may declare anew, or stop doing so: an unchanged call then
// means another function.
var builtin = map[string]bool{}

func init() {
	for _, name := range strings.Fields("append cap clear close complex copy delete imag len make max min new panic print println real recover") {
		builtin[name] = true
	}
}

func differentFile(b, h map[string]string) string {
	names := map[string]bool{}
	for name := range b {
		names[name] = true
	}
	for name := range h {
		names[name] = true
	}
	for _, name := range sorted(names) {
		if b[name] != h[name] {
			return name
		}
	}
	return ""
}

// changedUse is the reason of the first changed declaration among those that a source mentions, or nothing.
func (c *comparison) changedUse(pkg, context string, m mentions) string {
	var dots []string
	for _, part := range strings.Fields(context) {
		if strings.HasPrefix(part, ".=") {
			dots = append(dots, part[2:])
		}
	}
	for _, name := range sorted(m.names) {
		ref := reference{pkg, name}
		if reason := c.declarations[ref]; reason != "" {
			return reason
		}
		if !c.exists(ref) {
			for _, dot := range dots {
				if reason := c.declarations[reference{dot, name}]; reason != "" {
					return reason
				}
			}
		}
	}
	var paths []string
	for path := range m.qualified {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	for _, path := range paths {
		for _, name := range sorted(m.qualified[path]) {
			if reason := c.declarations[reference{path, name}]; reason != "" {
				return reason
			}
		}
	}
	return ""
}

// findFields finds the fields that got another type, be it by a change of the type's own declaration. A field that was
// added or removed matters to unchanged code only where an embedded type has one of that name.
func (c *comparison) findFields() {
	c.each(func(p pair) {
		b, h := p.base, p.head
		if c.declarations[p.ref] == "" || b == nil || h == nil {
			return
		}
		names := map[string]bool{}
		embeds := false
		for _, fields := range []map[string]field{b.fields, h.fields} {
			for name, f := range fields {
				names[name] = true
				embeds = embeds || f.embedded
			}
		}
		for _, name := range sorted(names) {
			before, hadIt := b.fields[name]
			after, hasIt := h.fields[name]
			switch {
			case !hadIt || !hasIt:
				if embeds {
					c.fields = append(c.fields, fieldChange{p.ref, name, false})
				}
			case before.hash != after.hash, c.changedUse(p.ref.pkg, h.context, after.mentions) != "":
				c.fields = append(c.fields, fieldChange{p.ref, name, true})
			}
		}
	})
}

// selectedField is the reason of a function that selects a changed field: of a type of its own package, or a retyped
// exported one of a package that it imports.
func (c *comparison) selectedField(fn *function, p *goPackage, key string) string {
	for _, field := range c.fields {
		if !fn.mentions.selected[field.name] {
			continue
		}
		if field.owner.pkg == key || field.retyped && ast.IsExported(field.name) && c.imports(p, field.owner.pkg) {
			return "uses " + field.owner.String()
		}
	}
	return ""
}

func (c *comparison) imports(p *goPackage, key string) bool {
	for _, path := range p.listed.Imports {
		if c.head.key(path) == key {
			return true
		}
	}
	return false
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for item := range set {
		list = append(list, item)
	}
	sort.Strings(list)
	return list
}
`;

// src/changes/go/mentions.go
var mentions_default = 'package main\n\nimport "go/ast"\n\n// mentions are the names in a piece of source that are not local to it. Which of them are declarations, of which\n// package, is known when all files are read.\ntype mentions struct {\n	names      map[string]bool            // of the package itself, dot imports, or the universe\n	qualified  map[string]map[string]bool // import path -> names\n	qualifiers map[string]bool\n	selected   map[string]bool // fields and methods\n	c          bool            // anything of C\n}\n\nfunc (m *mentions) addName(name string) {\n	if m.names == nil {\n		m.names = map[string]bool{}\n	}\n	m.names[name] = true\n}\n\nfunc (m *mentions) addSelected(name string) {\n	if m.selected == nil {\n		m.selected = map[string]bool{}\n	}\n	m.selected[name] = true\n}\n\nfunc (m *mentions) addQualified(qualifier, path, name string) {\n	if m.qualified == nil {\n		m.qualified, m.qualifiers = map[string]map[string]bool{}, map[string]bool{}\n	}\n	if m.qualified[path] == nil {\n		m.qualified[path] = map[string]bool{}\n	}\n	m.qualified[path][name] = true\n	m.qualifiers[qualifier] = true\n}\n\nfunc (f *sourceFile) mentionsOf(n ast.Node) mentions {\n	var m mentions\n	f.collect(n, &m)\n	return m\n}\n\n// collect adds all that a piece of source mentions. The parser has resolved local names, so a shadowed name is none.\nfunc (f *sourceFile) collect(n ast.Node, m *mentions) { f.walk(n, m, true) }\n\n// collectOutside is collect without the closures.\nfunc (f *sourceFile) collectOutside(n ast.Node, m *mentions) { f.walk(n, m, false) }\n\nfunc (f *sourceFile) walk(n ast.Node, m *mentions, closures bool) {\n	if n == nil {\n		return // of a broken file\n	}\n	ast.Inspect(n, func(n ast.Node) bool {\n		switch n := n.(type) {\n		case *ast.Ident:\n			if f.isOuter(n) {\n				m.addName(n.Name)\n			}\n		case *ast.SelectorExpr:\n			if x, ok := n.X.(*ast.Ident); ok && f.isOuter(x) {\n				if x.Name == "C" && f.preambleImported() {\n					m.c = true\n					return false\n				}\n				if path, ok := f.imports[x.Name]; ok {\n					m.addQualified(x.Name, path, n.Sel.Name)\n					return false\n				}\n			}\n			m.addSelected(n.Sel.Name)\n			f.walk(n.X, m, closures)\n			return false\n		case *ast.Field:\n			f.walk(n.Type, m, closures)\n			return false\n		case *ast.FuncDecl:\n			if n.Recv != nil {\n				f.walk(n.Recv, m, closures)\n			}\n			f.walk(n.Type, m, closures)\n			if n.Body != nil {\n				f.walk(n.Body, m, closures)\n			}\n			return false\n		case *ast.FuncLit:\n			return closures\n		case *ast.TypeSpec:\n			if n.TypeParams != nil {\n				f.walk(n.TypeParams, m, closures)\n			}\n			f.walk(n.Type, m, closures)\n			return false\n		case *ast.LabeledStmt:\n			f.walk(n.Stmt, m, closures)\n			return false\n		case *ast.BranchStmt:\n			return false\n		case *ast.CompositeLit:\n			if n.Type != nil {\n				f.walk(n.Type, m, closures)\n			}\n			for _, element := range n.Elts {\n				if pair, ok := element.(*ast.KeyValueExpr); ok {\n					if key, ok := pair.Key.(*ast.Ident); ok {\n						f.addKey(n.Type, key, m)\n						f.walk(pair.Value, m, closures)\n						continue\n					}\n				}\n				f.walk(element, m, closures)\n			}\n			return false\n		}\n		return true\n	})\n}\n\n// addKey takes a key of a composite literal for a field, an expression, or both where the type\'s name does not tell.\nfunc (f *sourceFile) addKey(typ ast.Expr, key *ast.Ident, m *mentions) {\n	_, isMap := typ.(*ast.MapType)\n	_, isArray := typ.(*ast.ArrayType)\n	_, isStruct := typ.(*ast.StructType)\n	if !isMap && !isArray {\n		m.addSelected(key.Name)\n	}\n	if !isStruct && (key.Obj == nil || f.isOuter(key)) {\n		m.addName(key.Name)\n	}\n}\n\n// isOuter says whether a name is declared outside of all functions: in the package, by an import, or by the language.\nfunc (f *sourceFile) isOuter(id *ast.Ident) bool {\n	if f.problem != nil {\n		return true // nothing was resolved\n	}\n	if id.Obj == nil {\n		return f.unresolved[id]\n	}\n	return f.syntax.Scope != nil && f.syntax.Scope.Lookup(id.Name) == id.Obj\n}\n\nfunc (f *sourceFile) preambleImported() bool {\n	for _, spec := range f.syntax.Imports {\n		if spec.Path.Value == `"C"` {\n			return true\n		}\n	}\n	return false\n}\n\n// collectLayout adds what a type\'s layout depends on: its parts by value. What it only points to, or names in the\n// signature of a function, may change without it.\nfunc (f *sourceFile) collectLayout(n ast.Node, m *mentions) {\n	if n == nil {\n		return\n	}\n	ast.Inspect(n, func(n ast.Node) bool {\n		switch n := n.(type) {\n		case *ast.StarExpr, *ast.FuncType:\n			return false\n		case *ast.ArrayType:\n			if n.Len != nil {\n				f.collect(n.Len, m)\n			}\n			f.collectLayout(n.Elt, m)\n			return false\n		case *ast.Field:\n			f.collectLayout(n.Type, m)\n			return false\n		case *ast.SelectorExpr, *ast.Ident:\n			f.collect(n, m)\n			return false\n		}\n		return true\n	})\n}\n';

// src/changes/go/output.go
var output_default = 'package main\n\nimport (\n	"sort"\n	"strings"\n)\n\nfunc (c *comparison) output() *output {\n	out := &output{Changed: []changed{}, Moved: []moved{}, Modules: c.modules()}\n	out.Functions.Base, out.Functions.Head = functionsOf(c.base, c.packages), functionsOf(c.head, c.packages)\n	out.Unparsed = append(append([]unparsed{}, c.base.unparsed...), c.head.unparsed...)\n	modules := map[string]*moduleChange{}\n	for i := range out.Modules {\n		modules[out.Modules[i].Path] = &out.Modules[i]\n	}\n	for _, key := range c.packages {\n		for _, change := range c.changedOf(key) {\n			p := c.head.listed[key]\n			if p == nil || change.Status == "removed" && c.base.listed[key] != nil {\n				p = c.base.listed[key]\n			}\n			change.Package = p.ImportPath\n			if p.Module != nil && !p.Module.IsMain {\n				change.Module = modules[p.Module.Path]\n				if change.Module == nil {\n					version := p.Module.version()\n					change.Module = &moduleChange{p.Module.Path, version, version}\n				}\n			}\n			out.Changed = append(out.Changed, change)\n		}\n	}\n	out.Moved = c.moved(out.Changed)\n	return out\n}\n\nfunc functionsOf(s *side, packages []string) []*function {\n	all := []*function{}\n	for _, key := range packages {\n		if p := s.parsed[key]; p != nil {\n			all = append(all, p.functions...)\n		}\n	}\n	sort.SliceStable(all, func(i, j int) bool {\n		if all[i].File != all[j].File {\n			return all[i].File < all[j].File\n		}\n		return all[i].StartLine < all[j].StartLine\n	})\n	return all\n}\n\n// changedOf lists the changed functions of one package by name.\nfunc (c *comparison) changedOf(key string) []changed {\n	base, head := byName(c.base.parsed[key]), byName(c.head.parsed[key])\n	cWords, cDiffers := c.changedC(key)\n	names := map[string]bool{}\n	for name := range base {\n		names[name] = true\n	}\n	for name := range head {\n		names[name] = true\n	}\n	var all []changed\n	for _, name := range sorted(names) {\n		b, h := base[name], head[name]\n		one := append(append([]*function{}, h...), b...)[0]\n		change := changed{Name: name, Kind: one.Kind, Reason: "source"}\n		switch {\n		case len(b) == 0:\n			change.Status = "added"\n		case len(h) == 0:\n			change.Status = "removed"\n		default:\n			change.Status, change.Reason = "modified", c.reason(key, b, h, cWords, cDiffers)\n		}\n		if change.Reason != "" {\n			all = append(all, change)\n		}\n	}\n	if start, ok := c.changedStart(key); ok {\n		all = append(all, start)\n		sort.SliceStable(all, func(i, j int) bool { return all[i].Name < all[j].Name })\n	}\n	return all\n}\n\n// reason says why a function that is on both sides counts as changed, or nothing.\nfunc (c *comparison) reason(key string, b, h []*function, cWords map[string]string, cDiffers bool) string {\n	if identity(b) != identity(h) {\n		if h[0].Kind == "assembly" {\n			return "assembly"\n		}\n		return "source"\n	}\n	p := c.head.parsed[key]\n	for _, fn := range h {\n		switch fn.Kind {\n		case "c":\n			for _, word := range fn.words {\n				if word != fn.Name && cWords[word] != "" {\n					return "uses " + cWords[word]\n				}\n			}\n			if cWords[""] != "" {\n				return "uses " + cWords[""]\n			}\n		case "assembly":\n			for _, word := range fn.words {\n				if reason := c.declarations[reference{key, word}]; reason != "" {\n					return reason\n				}\n			}\n		default:\n			if reason := c.changedUse(key, fn.context, fn.mentions); reason != "" {\n				return reason\n			}\n			if reason := c.selectedField(fn, p, key); reason != "" {\n				return reason\n			}\n			if fn.mentions.c && cDiffers {\n				return "cgo"\n			}\n		}\n	}\n	return ""\n}\n\nfunc byName(p *goPackage) map[string][]*function {\n	all := map[string][]*function{}\n	if p != nil {\n		for _, fn := range p.functions {\n			all[fn.Name] = append(all[fn.Name], fn)\n		}\n	}\n	return all\n}\n\n// identity is what a set of functions with one name is, whatever their order and files.\nfunc identity(functions []*function) string {\n	var parts []string\n	for _, fn := range functions {\n		parts = append(parts, fn.Hash+" "+fn.context)\n	}\n	sort.Strings(parts)\n	return strings.Join(parts, "\\n")\n}\n\n// changedStart says whether the code that initialises a package\'s variables differs: the synthetic function `init`.\nfunc (c *comparison) changedStart(key string) (changed, bool) {\n	before, after, reason := false, false, ""\n	for _, p := range c.pairs[key] {\n		ranBefore, runsAfter := p.base != nil && p.base.runs, p.head != nil && p.head.runs\n		before, after = before || ranBefore, after || runsAfter\n		if !ranBefore && !runsAfter || c.declarations[p.ref] == "" {\n			continue\n		}\n		if c.source[p.ref] {\n			reason = "source"\n		} else if reason == "" {\n			reason = c.declarations[p.ref]\n		}\n	}\n	change := changed{Name: key + ".init", Kind: "go", Status: "modified", Reason: reason}\n	switch {\n	case !before:\n		change.Status = "added"\n	case !after:\n		change.Status = "removed"\n	}\n	return change, reason != ""\n}\n\n// moved pairs removed with added functions of the same printed source; where there are several, the packages whose paths\n// end alike go together.\nfunc (c *comparison) moved(all []changed) []moved {\n	status := map[string]string{}\n	for _, change := range all {\n		status[change.Name] = change.Status\n	}\n	added := map[string][]*function{}\n	for _, key := range c.packages {\n		if p := c.head.parsed[key]; p != nil {\n			for _, fn := range p.functions {\n				if fn.Kind == "go" && status[fn.Name] == "added" && !strings.HasSuffix(fn.Name, "*") {\n					added[fn.Hash] = append(added[fn.Hash], fn)\n				}\n			}\n		}\n	}\n	pairs := []moved{}\n	taken := map[string]bool{}\n	for _, key := range c.packages {\n		p := c.base.parsed[key]\n		if p == nil {\n			continue\n		}\n		for _, fn := range p.functions {\n			if fn.Kind != "go" || status[fn.Name] != "removed" || taken[fn.Name] || strings.HasSuffix(fn.Name, "*") {\n				continue\n			}\n			best, score := "", -1\n			for _, to := range added[fn.Hash] {\n				if s := commonEnd(fn.Package, to.Package); !taken[to.Name] && s > score {\n					best, score = to.Name, s\n				}\n			}\n			if best != "" {\n				taken[best], taken[fn.Name] = true, true\n				pairs = append(pairs, moved{fn.Name, best})\n			}\n		}\n	}\n	sort.Slice(pairs, func(i, j int) bool { return pairs[i].From < pairs[j].From })\n	return pairs\n}\n\nfunc commonEnd(a, b string) int {\n	x, y := strings.Split(a, "/"), strings.Split(b, "/")\n	n := 0\n	for n < len(x) && n < len(y) && x[len(x)-1-n] == y[len(y)-1-n] {\n		n++\n	}\n	return n\n}\n\nfunc (c *comparison) modules() []moduleChange {\n	paths := map[string]bool{}\n	for path := range c.base.modules {\n		paths[path] = true\n	}\n	for path := range c.head.modules {\n		paths[path] = true\n	}\n	list := []moduleChange{}\n	for _, path := range sorted(paths) {\n		if b, h := c.base.modules[path], c.head.modules[path]; b != h {\n			list = append(list, moduleChange{path, b, h})\n		}\n	}\n	return list\n}\n';

// src/changes/go/packages.go
var packages_default = `package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// side is base or head: what is listed, and what has been parsed of it. Packages are known by the prefix of their
// functions' names: the import path, or \`main\`, so that a main package keeps its identity when its directory moves.
type side struct {
	listed   map[string]*listed
	modules  map[string]string // path -> version
	names    map[string]string // import path -> package name
	prefixes map[string]string // import path -> prefix
	parsed   map[string]*goPackage
	unparsed []unparsed
}

type goPackage struct {
	listed       *listed
	functions    []*function
	declarations map[string]*declaration
	c            cSource // of cgo
}

func newSide(packages []*listed) *side {
	s := &side{
		listed: map[string]*listed{}, modules: map[string]string{}, names: map[string]string{},
		prefixes: map[string]string{}, parsed: map[string]*goPackage{}, unparsed: []unparsed{},
	}
	for _, p := range packages {
		prefix := p.ImportPath
		if p.Name == "main" {
			prefix = "main"
		}
		s.listed[prefix] = p
		s.names[p.ImportPath] = p.Name
		s.prefixes[p.ImportPath] = prefix
		if p.Module != nil && !p.Module.IsMain {
			s.modules[p.Module.Path] = p.Module.version()
		}
	}
	return s
}

func (s *side) key(importPath string) string {
	if prefix, ok := s.prefixes[importPath]; ok {
		return prefix
	}
	return importPath
}

// parse reads the wanted packages that have not been read yet.
func (s *side) parse(wanted map[string]bool) error {
	var keys []string
	for key := range wanted {
		if wanted[key] && s.listed[key] != nil && s.parsed[key] == nil {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	results := make([]*goPackage, len(keys))
	problems := make([][]unparsed, len(keys))
	errs := make([]error, len(keys))
	var group sync.WaitGroup
	free := make(chan struct{}, runtime.NumCPU())
	for i := range keys {
		group.Add(1)
		go func(i int) {
			defer group.Done()
			free <- struct{}{}
			results[i], problems[i], errs[i] = s.readPackage(keys[i])
			<-free
		}(i)
	}
	group.Wait()
	for i, key := range keys {
		if errs[i] != nil {
			return errs[i]
		}
		s.parsed[key] = results[i]
		s.unparsed = append(s.unparsed, problems[i]...)
	}
	return nil
}

func (s *side) readPackage(key string) (*goPackage, []unparsed, error) {
	listed := s.listed[key]
	p := &goPackage{listed: listed, declarations: map[string]*declaration{}}
	problems := []unparsed{}
	embedded := func(patterns []string) map[string]string { return nil }
	if len(listed.EmbedFiles) > 0 {
		digests, err := fileDigests(listed.Dir, listed.EmbedFiles)
		if err != nil {
			return nil, nil, err
		}
		embedded = func(patterns []string) map[string]string { return matching(patterns, digests) }
	}
	named := func(importPath string) string { return s.packageName(listed, importPath) }
	var preambles []cFile
	for _, name := range append(append([]string{}, listed.GoFiles...), listed.CgoFiles...) {
		full := filepath.Join(listed.Dir, name)
		src, err := os.ReadFile(full)
		if err != nil {
			return nil, nil, err
		}
		f := readSource(full, src, named)
		if f.problem != nil {
			problems = append(problems, unparsed{full, f.problem.Error()})
		}
		s.resolveImports(f, listed)
		p.add(name, f.functions(key)...)
		f.declarations(p.declarations, embedded)
		if f.preamble != "" {
			preambles = append(preambles, cFile{name: name, text: f.preamble})
		}
	}
	if err := p.addAssembly(key); err != nil {
		return nil, nil, err
	}
	if len(listed.CgoFiles) > 0 {
		if err := p.addC(preambles); err != nil {
			return nil, nil, err
		}
	}
	return p, problems, nil
}

// add places functions in a file of the package.
func (p *goPackage) add(name string, functions ...*function) {
	for _, fn := range functions {
		fn.Package = p.listed.ImportPath
		fn.Path = filepath.Join(p.listed.Dir, filepath.FromSlash(name))
		fn.File = p.listed.trimmed(name)
		p.functions = append(p.functions, fn)
	}
}

// trimmed is a file's name as -trimpath prints it.
func (p *listed) trimmed(name string) string {
	if m := p.Module; m != nil && m.Version != "" && !p.IsStandard {
		return m.Path + "@" + m.Version + strings.TrimPrefix(p.ImportPath, m.Path) + "/" + name
	}
	return p.ImportPath + "/" + name
}

// packageName is the name that an import without an alias declares.
func (s *side) packageName(from *listed, importPath string) string {
	if mapped, ok := from.ImportMap[importPath]; ok {
		importPath = mapped
	}
	if name, ok := s.names[importPath]; ok {
		return name
	}
	return path.Base(importPath)
}

// resolveImports replaces the paths as written by the keys of the packages that they stand for (vendoring may map them).
func (s *side) resolveImports(f *sourceFile, from *listed) {
	resolve := func(written string) string {
		if mapped, ok := from.ImportMap[written]; ok {
			written = mapped
		}
		return s.key(written)
	}
	for name, written := range f.imports {
		f.imports[name] = resolve(written)
	}
	for i, written := range f.dots {
		f.dots[i] = resolve(written)
	}
}

func fileDigests(dir string, names []string) (map[string]string, error) {
	digests := map[string]string{}
	for _, name := range names {
		file, err := os.Open(filepath.Join(dir, filepath.FromSlash(name)))
		if err != nil {
			return nil, err
		}
		h := sha256.New()
		_, err = io.Copy(h, file)
		file.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		digests[name] = hex.EncodeToString(h.Sum(nil)[:12])
	}
	return digests, nil
}

// matching picks the files that //go:embed patterns take: a pattern that names a directory takes what is in it.
func matching(patterns []string, digests map[string]string) map[string]string {
	var picked map[string]string
	for name, digest := range digests {
		for _, pattern := range patterns {
			pattern = strings.TrimPrefix(pattern, "all:")
			for part := name; part != "." && part != "/"; part = path.Dir(part) {
				if ok, err := path.Match(pattern, part); ok && err == nil || pattern == "." {
					if picked == nil {
						picked = map[string]string{}
					}
					picked[name] = digest
					break
				}
			}
		}
	}
	return picked
}

// embedPatterns splits a //go:embed line, whose words may be quoted.
func embedPatterns(line string) []string {
	var patterns []string
	rest := strings.TrimSpace(strings.TrimPrefix(line, "//go:embed"))
	for rest != "" {
		end := strings.IndexAny(rest, " \\t")
		if rest[0] == '"' || rest[0] == '\`' {
			if quoted, err := strconv.QuotedPrefix(rest); err == nil {
				end = len(quoted)
			}
		}
		if end < 0 {
			end = len(rest)
		}
		patterns = append(patterns, unquote(rest[:end]))
		rest = strings.TrimSpace(rest[end:])
	}
	return patterns
}

func unquote(s string) string {
	if text, err := strconv.Unquote(s); err == nil {
		return text
	}
	return s
}
`;

// src/changes/go/source.go
var source_default = `package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"sort"
	"strings"
)

// declaration is a package-level constant, variable or type. Functions are here as names only: what they do is judged by
// their own source, and a caller does not change because what it calls has changed.
type declaration struct {
	kind     token.Token // CONST, VAR, TYPE or FUNC
	hash     string
	context  string   // the import paths behind its qualifiers
	mentions mentions // declarations whose change changes this one
	fields   map[string]field
	embeds   map[string]string // embedded file -> digest of its content
	runs     bool              // a variable whose initialiser may need code at start-up
}

type field struct {
	hash     string
	mentions mentions
	embedded bool
}

// sourceFile is one parsed Go file.
type sourceFile struct {
	src        []byte
	syntax     *ast.File
	handle     *token.File
	tokens     tokens
	imports    map[string]string // qualifier -> import path
	dots       []string          // dot-imported paths
	unresolved map[*ast.Ident]bool
	preamble   string // of import "C"
	linknames  map[string][]string
	directives map[ast.Node][]string // //go: lines that the compiler applies to a declaration
	embeds     map[ast.Node][]string // patterns of a variable
	problem    error                 // it does not parse: its declarations are as good as the parser's recovery
}

// readSource parses a file. \`named\` gives the name of an imported package.
func readSource(path string, src []byte, named func(path string) string) *sourceFile {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path, src, parser.ParseComments)
	if err != nil {
		// The resolver gives up on scopes that the compiler accepts (1000 deep), so what can be had is had without it.
		fset = token.NewFileSet()
		syntax, _ = parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	}
	f := &sourceFile{
		src: src, syntax: syntax, problem: err, tokens: scan(src), handle: fset.File(syntax.Package),
		imports: map[string]string{}, unresolved: map[*ast.Ident]bool{}, linknames: map[string][]string{},
		directives: map[ast.Node][]string{}, embeds: map[ast.Node][]string{},
	}
	if f.handle == nil { // not even a package clause
		f.handle = fset.AddFile(path, fset.Base(), len(src))
		f.syntax = &ast.File{Name: ast.NewIdent("_")}
	}
	for _, id := range f.syntax.Unresolved {
		f.unresolved[id] = true
	}
	f.readImports(named)
	f.readDirectives()
	return f
}

func (f *sourceFile) readImports(named func(path string) string) {
	for _, decl := range f.syntax.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.IMPORT {
			continue
		}
		for _, spec := range group.Specs {
			spec := spec.(*ast.ImportSpec)
			path := unquote(spec.Path.Value)
			if path == "C" {
				f.addPreamble(group.Doc)
				f.addPreamble(spec.Doc)
				continue
			}
			switch {
			case spec.Name == nil:
				f.imports[named(path)] = path
			case spec.Name.Name == ".":
				f.dots = append(f.dots, path)
			case spec.Name.Name != "_":
				f.imports[spec.Name.Name] = path
			}
		}
	}
}

// addPreamble keeps a comment as the C compiler sees it, on the lines where it stands.
func (f *sourceFile) addPreamble(doc *ast.CommentGroup) {
	if doc == nil {
		return
	}
	for _, c := range doc.List {
		if missing := f.line(c.Pos()) - 1 - strings.Count(f.preamble, "\\n"); missing > 0 {
			f.preamble += strings.Repeat("\\n", missing)
		}
		if strings.HasPrefix(c.Text, "//") {
			f.preamble += c.Text[2:] + "\\n"
		} else {
			f.preamble += c.Text[2:len(c.Text)-2] + "\\n"
		}
	}
}

// readDirectives gives each //go: line to the declaration that the compiler applies it to: the next one.
func (f *sourceFile) readDirectives() {
	var targets []ast.Node
	for _, decl := range f.syntax.Decls {
		targets = append(targets, decl)
		if group, ok := decl.(*ast.GenDecl); ok && group.Lparen.IsValid() {
			for _, spec := range group.Specs {
				targets = append(targets, spec)
			}
		}
	}
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			words := strings.Fields(c.Text)
			if len(words) == 0 {
				continue
			}
			switch {
			case words[0] == "//go:linkname" && len(words) > 1, words[0] == "//export" && len(words) > 1:
				f.linknames[words[1]] = append(f.linknames[words[1]], strings.Join(words, " "))
			case words[0] == "//go:build", words[0] == "//go:generate", words[0] == "//go:debug", words[0] == "//go:fix":
			case strings.HasPrefix(words[0], "//go:"):
				for _, target := range targets {
					if target.Pos() <= c.Pos() {
						if target.End() > c.Pos() && !isGroup(target) {
							break // inside a function
						}
						continue
					}
					if words[0] == "//go:embed" {
						f.embeds[target] = append(f.embeds[target], embedPatterns(c.Text)...)
					} else {
						f.directives[target] = append(f.directives[target], strings.Join(words, " "))
					}
					break
				}
			}
		}
	}
}

func isGroup(n ast.Node) bool {
	group, ok := n.(*ast.GenDecl)
	return ok && group.Lparen.IsValid()
}

func (f *sourceFile) offset(pos token.Pos) int { return f.handle.Offset(f.inside(pos)) }
func (f *sourceFile) line(pos token.Pos) int   { return f.handle.PositionFor(f.inside(pos), false).Line }

// inside keeps the positions of a broken file within it.
func (f *sourceFile) inside(pos token.Pos) token.Pos {
	if first := token.Pos(f.handle.Base()); pos < first {
		return first
	}
	if end := token.Pos(f.handle.Base() + f.handle.Size()); pos > end {
		return end
	}
	return pos
}

// print gives a node's source without comments and formatting; in a broken file its place, as the file's text tells.
func (f *sourceFile) print(n ast.Node, holes ...span) string {
	if f.problem != nil {
		return fmt.Sprint("at ", f.offset(n.Pos()))
	}
	return f.tokens.print(f.offset(n.Pos()), f.offset(n.End()), holes)
}

// hash is the printed source's digest; of a file that does not parse, the whole file's.
func (f *sourceFile) hash(parts ...string) string {
	if f.problem != nil {
		return digest(append(parts, string(f.src))...)
	}
	return digest(parts...)
}

// context says what the qualifiers in a source mean, so that another import under the same name is a change.
func (f *sourceFile) context(m mentions) string {
	var parts []string
	for name := range m.qualifiers {
		parts = append(parts, name+"="+f.imports[name])
	}
	if len(m.names) > 0 {
		for _, path := range f.dots {
			parts = append(parts, ".="+path)
		}
	}
	sort.Strings(parts)
	return strings.Join(parts, " ")
}

// functions are the file's functions and the closures of its package-level initialisers.
func (f *sourceFile) functions(prefix string) []*function {
	var all []*function
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Name.Name == "_" {
				continue
			}
			m := f.mentionsOf(decl)
			directives := append(append([]string{}, f.directives[decl]...), f.linknames[decl.Name.Name]...)
			all = append(all, &function{
				Name: prefix + "." + functionName(decl), Kind: "go",
				StartLine: f.line(decl.Pos()), EndLine: f.line(decl.End()),
				Hash:    f.hash(f.print(decl), strings.Join(directives, "\\n")),
				context: f.context(m), mentions: m,
			})
		case *ast.GenDecl:
			if decl.Tok != token.VAR {
				continue
			}
			for _, spec := range decl.Specs {
				for _, value := range spec.(*ast.ValueSpec).Values {
					for _, closure := range outermostClosures(value) {
						m := f.mentionsOf(closure)
						all = append(all, &function{
							Name: prefix + ".glob..func*", Kind: "go",
							StartLine: f.line(closure.Pos()), EndLine: f.line(closure.End()),
							Hash:    f.hash(f.print(closure)),
							context: f.context(m), mentions: m,
						})
					}
				}
			}
		}
	}
	return all
}

// functionName is a function's name behind the package's: F, F[...], T.M, (*T).M, (*T[...]).M, init.*.
func functionName(decl *ast.FuncDecl) string {
	name := decl.Name.Name
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		if name == "init" {
			return "init.*"
		}
		if decl.Type.TypeParams != nil {
			return name + "[...]"
		}
		return name
	}
	receiver, pointer := decl.Recv.List[0].Type, false
	for {
		switch t := receiver.(type) {
		case *ast.ParenExpr:
			receiver = t.X
			continue
		case *ast.StarExpr:
			receiver, pointer = t.X, true
			continue
		}
		break
	}
	typeName := ""
	switch t := receiver.(type) {
	case *ast.Ident:
		typeName = t.Name
	case *ast.IndexExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	case *ast.IndexListExpr:
		typeName = fmt.Sprint(t.X) + "[...]"
	}
	if pointer {
		return "(*" + typeName + ")." + name
	}
	return typeName + "." + name
}

func outermostClosures(n ast.Node) []*ast.FuncLit {
	var all []*ast.FuncLit
	ast.Inspect(n, func(n ast.Node) bool {
		if closure, ok := n.(*ast.FuncLit); ok {
			all = append(all, closure)
			return false
		}
		return true
	})
	return all
}

// declarations adds the file's package-level names to \`all\`. \`embedded\` gives the files that patterns match.
func (f *sourceFile) declarations(all map[string]*declaration, embedded func(patterns []string) map[string]string) {
	for _, decl := range f.syntax.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil && decl.Name.Name != "init" && decl.Name.Name != "_" {
				all[decl.Name.Name] = &declaration{kind: token.FUNC}
			}
		case *ast.GenDecl:
			switch decl.Tok {
			case token.CONST:
				f.constants(decl, all)
			case token.VAR:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.ValueSpec)
					patterns := f.embeds[spec]
					if !decl.Lparen.IsValid() {
						patterns = f.embeds[decl]
					}
					f.variables(spec, embedded(patterns), all)
				}
			case token.TYPE:
				for _, spec := range decl.Specs {
					spec := spec.(*ast.TypeSpec)
					directives := f.directives[spec]
					if !decl.Lparen.IsValid() {
						directives = f.directives[decl]
					}
					all[spec.Name.Name] = f.typeDeclaration(spec, directives)
				}
			}
		}
	}
	delete(all, "_")
}

// constants follows the implicit repetition of a group; the position in it counts where the expression has iota.
func (f *sourceFile) constants(group *ast.GenDecl, all map[string]*declaration) {
	var typ ast.Expr
	var values []ast.Expr
	for i, spec := range group.Specs {
		spec := spec.(*ast.ValueSpec)
		if spec.Type != nil || len(spec.Values) > 0 {
			typ, values = spec.Type, spec.Values
		}
		for j, name := range spec.Names {
			d := &declaration{kind: token.CONST}
			text := ""
			if typ != nil {
				text = f.print(typ)
				f.collect(typ, &d.mentions)
			}
			if j < len(values) {
				text += "=" + f.print(values[j])
				f.collect(values[j], &d.mentions)
			}
			if d.mentions.names["iota"] {
				text += fmt.Sprint("iota ", i)
			}
			d.hash, d.context = f.hash(text), f.context(d.mentions)
			all[name.Name] = d
		}
	}
}

// variables leaves the closures out of their initialisers: those are functions of their own.
func (f *sourceFile) variables(spec *ast.ValueSpec, embeds map[string]string, all map[string]*declaration) {
	for j, name := range spec.Names {
		d := &declaration{kind: token.VAR, embeds: embeds}
		text := ""
		if spec.Type != nil {
			text = f.print(spec.Type)
			f.collectLayout(spec.Type, &d.mentions)
		}
		values := spec.Values
		if len(values) == len(spec.Names) {
			values = values[j : j+1]
		} else if len(values) > 0 {
			text += fmt.Sprint(" result ", j)
		}
		for _, value := range values {
			var holes []span
			for _, closure := range outermostClosures(value) {
				holes = append(holes, span{f.offset(closure.Body.Pos()), f.offset(closure.Body.End())})
			}
			text += "=" + f.print(value, holes...)
			f.collectOutside(value, &d.mentions)
			d.runs = d.runs || needsCode(value)
		}
		for _, line := range f.linknames[name.Name] {
			text += line
		}
		d.hash, d.context = f.hash(text), f.context(d.mentions)
		if name.Name == "_" {
			all["_ "+d.hash] = d // it runs code and has no name
		} else {
			all[name.Name] = d
		}
	}
}

// needsCode says whether an initialiser may need code at start-up; names of variables count as if they did not, as what
// they are is not known here.
func needsCode(value ast.Expr) bool {
	needs := false
	ast.Inspect(value, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr, *ast.CompositeLit, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
			needs = true
		}
		return !needs
	})
	return needs
}

func (f *sourceFile) typeDeclaration(spec *ast.TypeSpec, directives []string) *declaration {
	d := &declaration{kind: token.TYPE}
	if spec.TypeParams != nil {
		f.collectLayout(spec.TypeParams, &d.mentions)
	}
	f.collectLayout(spec.Type, &d.mentions)
	if structure, ok := spec.Type.(*ast.StructType); ok {
		d.fields = map[string]field{}
		for _, one := range structure.Fields.List {
			member := field{hash: f.hash(f.print(one.Type))}
			f.collectLayout(one.Type, &member.mentions)
			for _, name := range one.Names {
				d.fields[name.Name] = member
			}
			if len(one.Names) == 0 {
				member.embedded = true
				d.fields[embeddedName(one.Type)] = member
			}
		}
	}
	var full mentions
	f.collect(spec, &full)
	d.hash, d.context = f.hash(f.print(spec), strings.Join(directives, "\\n")), f.context(full)
	return d
}

func embeddedName(typ ast.Expr) string {
	switch t := typ.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.SelectorExpr:
		return t.Sel.Name
	case *ast.StarExpr:
		return embeddedName(t.X)
	case *ast.ParenExpr:
		return embeddedName(t.X)
	case *ast.IndexExpr:
		return embeddedName(t.X)
	case *ast.IndexListExpr:
		return embeddedName(t.X)
	}
	return ""
}
`;

// src/changes/go/tokens.go
var tokens_default = 'package main\n\nimport (\n	"crypto/sha256"\n	"encoding/hex"\n	"go/scanner"\n	"go/token"\n	"sort"\n	"strings"\n)\n\n// tokens is a Go file without comments, blanks and positions: what formatting cannot change.\ntype tokens struct {\n	offsets []int\n	kinds   []token.Token\n	texts   []string\n}\n\ntype span struct{ from, to int }\n\nfunc scan(src []byte) tokens {\n	var t tokens\n	var s scanner.Scanner\n	fset := token.NewFileSet()\n	s.Init(fset.AddFile("", fset.Base(), len(src)), src, func(token.Position, string) {}, 0)\n	for {\n		pos, kind, text := s.Scan()\n		if kind == token.EOF {\n			return t\n		}\n		if kind == token.SEMICOLON || text == "" {\n			text = kind.String() // a semicolon at the end of a line is one like any other\n		}\n		t.offsets = append(t.offsets, int(pos)-1)\n		t.kinds = append(t.kinds, kind)\n		t.texts = append(t.texts, text)\n	}\n}\n\n// print joins the tokens from one offset to another, leaving out the holes. Semicolons and commas before a closing\n// bracket depend on line breaks and are left out too.\nfunc (t tokens) print(from, to int, holes []span) string {\n	var b strings.Builder\n	first := sort.SearchInts(t.offsets, from)\n	pending := ""\n	for i := first; i < len(t.offsets) && t.offsets[i] < to; i++ {\n		if len(holes) > 0 && t.offsets[i] >= holes[0].from {\n			if t.offsets[i] >= holes[0].to {\n				holes = holes[1:]\n				i--\n				continue\n			}\n			if i > 0 && t.offsets[i-1] < holes[0].from {\n				b.WriteString(pending + "{}\\n")\n				pending = ""\n			}\n			continue\n		}\n		switch t.kinds[i] {\n		case token.SEMICOLON, token.COMMA:\n			b.WriteString(pending)\n			pending = t.texts[i] + "\\n"\n			continue\n		case token.RPAREN, token.RBRACE, token.RBRACK:\n			pending = ""\n		}\n		b.WriteString(pending + t.texts[i] + "\\n")\n		pending = ""\n	}\n	return b.String()\n}\n\n// digest is the identity of a printed source.\nfunc digest(parts ...string) string {\n	h := sha256.New()\n	for _, part := range parts {\n		h.Write([]byte(part))\n		h.Write([]byte{0})\n	}\n	return hex.EncodeToString(h.Sum(nil)[:12])\n}\n';

// src/changes/find.ts
var PROGRAM = {
  name: "changes",
  files: {
    "assembly.go": assembly_default,
    "c.go": c_default,
    "changes.go": changes_default,
    "compare.go": compare_default,
    "mentions.go": mentions_default,
    "output.go": output_default,
    "packages.go": packages_default,
    "source.go": source_default,
    "tokens.go": tokens_default
  }
};
async function findChanges(options) {
  const { base, head, hasOtherGo } = options;
  const input = { base: { packages: base }, head: { packages: head }, standard: hasOtherGo === true };
  return parseChanges(await askGoProgram(PROGRAM, input, options));
}

// src/compare/changed-code.ts
var import__ = __toESM(require__(), 1);
var MACHINE_CODE = "machine code";
function changeRecord(changes, diff, inRepository, machineCode) {
  const declared2 = new Set([...changes.functions.base, ...changes.functions.head].map(({ name }) => gateKey(name)));
  const renamed2 = uniquePairs(changes.moved.map(({ from, to }) => ({ from: gateKey(from), to: gateKey(to) })));
  const same = new Set(renamed2.flatMap(({ from, to }) => [from, to]));
  const changed2 = /* @__PURE__ */ new Map();
  for (const { name, reason, module } of changes.changed) {
    const key = gateKey(name);
    if (!same.has(key)) changed2.set(key, { key, reason, ...module === void 0 ? {} : { module } });
  }
  for (const name of machineCode) {
    const key = gateKey(name);
    const owner = ownerOf(name, (candidate) => declared2.has(candidate));
    if (declared2.has(owner) && !same.has(key) && !changed2.has(owner) && !changed2.has(key))
      changed2.set(key, { key, reason: MACHINE_CODE });
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
    changed: [...changed2.values()],
    declared: [...declared2].sort(),
    renamed: renamed2,
    files: { base: filesOf("base"), head: filesOf("head") },
    diff
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
  const changed2 = new Map(record2.changed.map((entry) => [entry.key, entry]));
  const declared2 = new Set(record2.declared);
  const renamed2 = new Map(record2.renamed.map(({ from, to }) => [from, to]));
  const paths = { base: byCompiled(record2.files.base), head: byCompiled(record2.files.head) };
  const headFile = new Map(record2.files.head.map(({ compiled, path }) => [path, compiled]));
  const byBasePath = new Map(record2.diff.map((file) => [file.basePath, file]));
  const byHeadPath = new Map(record2.diff.map((file) => [file.headPath, file]));
  return {
    reasonFor: (key) => changed2.get(key)?.reason,
    isDeclared: (key) => declared2.has(key),
    headKey: (key) => {
      const own = renamed2.get(key);
      if (own !== void 0 || renamed2.size === 0) return own ?? key;
      const owner = ownerOf(key, (candidate) => declared2.has(candidate));
      const to = renamed2.get(owner);
      return to === void 0 || !key.startsWith(owner) ? key : to + key.slice(owner.length);
    },
    moduleOf: (key) => changed2.get(key)?.module,
    inRepository: (compiled) => paths.head.get(compiled),
    lines: {
      toHead: (compiled, line2) => {
        const path = paths.base.get(compiled);
        const file = path === void 0 ? void 0 : byBasePath.get(path);
        if (file === void 0) return { file: compiled, line: line2 };
        const headLine = toHeadLine(file, line2) ?? toReplacingLine(file, line2);
        const to = file.headPath === void 0 ? void 0 : headFile.get(file.headPath);
        return headLine === void 0 || to === void 0 ? void 0 : { file: to, line: headLine };
      },
      isTouched: (compiled, line2) => {
        const path = paths.head.get(compiled);
        const file = path === void 0 ? void 0 : byHeadPath.get(path);
        return file !== void 0 && isTouched(file, line2);
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
    lines: { toHead: (file, line2) => ({ file, line: line2 }), isTouched: () => false }
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
  const flatOf2 = (profile, type, requests) => new Map(tableOf(profile, { type, key: gateKey }).rows.map(({ name, flat }) => [name, flat / requests]));
  collect(({ instructions, manifest }) => {
    const result = manifest.instruments.instructions;
    return instructions && result && flatOf2(instructions.merged, "instructions", result.requests * result.replicates.length);
  });
  collect(({ allocs, manifest }) => {
    const result = manifest.instruments.allocs;
    return allocs && result && flatOf2(allocs.merged, "alloc_objects", result.requests * result.replicates.length);
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
  validate ??= new import__.Ajv2020({ strict: true }).compile(changeRecordSchema);
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
      record({ key: text, reason: text, module: record({ path: text, base: text, head: text }, ["path"]) }, [
        "key",
        "reason"
      ])
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
    )
  },
  ["schema", "changed", "declared", "renamed", "files", "diff"]
);

// src/commands/gate-changes.ts
async function findChanged({ config, checkouts, serviceDirectory, work, world, progress }, code, diff) {
  progress("finding the functions that the commit changes");
  const { flags, tags, env: buildEnv } = config.service.build;
  const env = { ...world.env, GOTMPDIR: work, ...buildEnv };
  const packagesOf = (side, signal) => listPackages("go", join(checkouts[side].directory, serviceDirectory), config.service.package, {
    env,
    flags,
    tags,
    signal
  });
  const [base, head] = await atOnce(["base", "head"], world.signal, packagesOf);
  const changes = await findChanges({
    env,
    base,
    head,
    hasOtherGo: code.base.goVersion !== code.head.goVersion,
    temporaryDirectory: work,
    signal: world.signal
  });
  const inRepository = (side, file) => {
    const inside = relative(checkouts[side].directory, file);
    return inside.startsWith("..") ? void 0 : inside;
  };
  return changeRecord(changes, diff, inRepository, code.changed);
}

// src/compare/charge.ts
function charge(base, head, isChanged, tolerance) {
  const root = newNode("");
  const unchanged = /* @__PURE__ */ new Map();
  const add = (stacks, side) => {
    const charged = side === "base" ? "chargedBase" : "chargedHead";
    const unchangedCost = side === "base" ? "unchangedBase" : "unchangedHead";
    for (const { frames, value } of stacks) {
      const culprit = frames.find(isChanged);
      let node = root;
      node[side] += value;
      if (culprit === void 0) node[unchangedCost] += value;
      const onPath = /* @__PURE__ */ new Set();
      for (let i = frames.length - 1; i >= 0; i--) {
        const { key } = frames[i];
        if (onPath.has(key)) continue;
        onPath.add(key);
        let child = node.children.get(key);
        if (child === void 0) {
          child = newNode(key);
          node.children.set(key, child);
        }
        child[side] += value;
        if (culprit === void 0) child[unchangedCost] += value;
        if (culprit?.key === key) child[charged] += value;
        node = child;
      }
      if (culprit === void 0) {
        const leaf = frames[0]?.key ?? "";
        const entry = unchanged.get(leaf) ?? { base: 0, head: 0 };
        entry[side] += value;
        unchanged.set(leaf, entry);
      }
    }
  };
  add(base, "base");
  add(head, "head");
  const totals = /* @__PURE__ */ new Map();
  const nodesOf = /* @__PURE__ */ new Map();
  visit(root, [], (node, callers) => {
    if (node.chargedBase === 0 && node.chargedHead === 0) return;
    const total = totals.get(node.key) ?? { base: 0, head: 0 };
    totals.set(node.key, { base: total.base + node.chargedBase, head: total.head + node.chargedHead });
    const nodes = nodesOf.get(node.key) ?? [];
    nodes.push({ node, callers });
    nodesOf.set(node.key, nodes);
  });
  const left = /* @__PURE__ */ new Map();
  for (const child of root.children.values()) {
    for (const [key, rise] of riseLeft(child, tolerance)) left.set(key, (left.get(key) ?? 0) + rise);
  }
  const changed2 = /* @__PURE__ */ new Map();
  for (const [key, total] of totals) {
    const netRise = leftIn(root, Math.min(left.get(key) ?? 0, total.head - total.base), tolerance);
    changed2.set(key, { key, ...total, netRise, consequences: consequencesOf(nodesOf.get(key) ?? [], netRise) });
  }
  return { base: root.base, head: root.head, changed: changed2, unchanged };
}
function riseLeft(node, tolerance) {
  const rises = /* @__PURE__ */ new Map();
  for (const child of node.children.values()) {
    for (const [key, rise] of riseLeft(child, tolerance)) rises.set(key, (rises.get(key) ?? 0) + rise);
  }
  if (node.chargedBase !== 0 || node.chargedHead !== 0) {
    rises.set(node.key, (rises.get(node.key) ?? 0) + node.chargedHead - node.chargedBase);
  }
  for (const [key, rise] of rises) rises.set(key, leftIn(node, rise, tolerance));
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
  const largest = nodes.reduce((best, at) => {
    const rise = at.node.chargedHead - at.node.chargedBase;
    return best === void 0 || rise > best.node.chargedHead - best.node.chargedBase ? at : best;
  }, void 0);
  const callers = largest?.callers.filter(({ base, head }) => head - base >= netRise / 2) ?? [];
  return callers.map(({ key }) => key).reverse();
}
function visit(node, callers, see) {
  see(node, callers);
  const below = node.key === "" ? callers : [...callers, node];
  for (const child of node.children.values()) visit(child, below, see);
}
var newNode = (key) => ({
  key,
  children: /* @__PURE__ */ new Map(),
  base: 0,
  head: 0,
  unchangedBase: 0,
  unchangedHead: 0,
  chargedBase: 0,
  chargedHead: 0
});

// src/compare/effects.ts
var UNCHANGED_VARIES = 3e-3;
function effectsOf(base, head, isChanged, floor) {
  const noise = Math.max(spread(base.replicates.map(sumOf)), spread(head.replicates.map(sumOf)));
  const unchangedVaries = Math.max(floor, noise, UNCHANGED_VARIES * sumOf(base.stacks));
  const charges = charge(base.stacks, head.stacks, isChanged, { charged: floor, unchanged: unchangedVaries });
  const chargedBase = base.replicates.map((stacks) => chargedTo(stacks, isChanged));
  const chargedHead = head.replicates.map((stacks) => chargedTo(stacks, isChanged));
  const noiseOf = (key) => Math.max(spread(chargedBase.map((of) => of.get(key) ?? 0)), spread(chargedHead.map((of) => of.get(key) ?? 0)));
  const functions = [...charges.changed.values()].map((charged) => ({ ...charged, noise: noiseOf(charged.key) }));
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
function chargedTo(stacks, isChanged) {
  const charged = /* @__PURE__ */ new Map();
  for (const { frames, value } of stacks) {
    const key = frames.find(isChanged)?.key;
    if (key !== void 0) charged.set(key, (charged.get(key) ?? 0) + value);
  }
  return charged;
}
var sumOf = (stacks) => stacks.reduce((sum, { value }) => sum + value, 0);
var spread = (values) => values.length < 2 ? 0 : Math.max(...values) - Math.min(...values);

// src/compare/explain.ts
var SAME_COUNT = 5e-4;
function explain({ isNew, base, head, callsBase, callsHead, line: line2 }) {
  if (isNew) return { kind: "new" };
  const costRatio = head / base;
  if (callsBase !== void 0 && callsHead !== void 0 && callsBase > 0 && callsHead > 0) {
    const callRatio = callsHead / callsBase;
    if (callRatio > 1 + SAME_COUNT && Math.log(callRatio) > Math.log(costRatio) / 2) {
      return { kind: "calls", base: callsBase, head: callsHead };
    }
  }
  const { ranBase, ranHead } = line2 ?? {};
  if (ranBase !== void 0 && ranHead !== void 0 && ranBase > 0 && ranHead > ranBase * (1 + SAME_COUNT)) {
    return { kind: "line", base: ranBase, head: ranHead };
  }
  if (callsHead !== void 0 && callsHead > 0 && callsBase !== void 0 && callsBase > 0) {
    return { kind: "per-call", calls: callsHead, ratio: head / callsHead / (base / callsBase) - 1 };
  }
  return { kind: "dearer" };
}

// src/config/glob.ts
function matchesGlob(glob, name) {
  const [head, ...rest] = glob.split("*");
  const tail = rest.pop();
  if (tail === void 0) return glob === name;
  if (!name.startsWith(head)) return false;
  let from = head.length;
  for (const piece of rest) {
    const found2 = name.indexOf(piece, from);
    if (found2 < 0) return false;
    from = found2 + piece.length;
  }
  return name.length - tail.length >= from && name.endsWith(tail);
}

// src/compare/judge.ts
var NOISE_MULTIPLE = { total: 2, function: 3 };
var visible = (noise) => NOISE_MULTIPLE.total * noise;
function judgeTotal({ base, head, noise }, limit, waived = 0) {
  if (limit === "off") return "unjudged";
  const allowed = limit.ratio * base;
  const rise = head - base;
  if (rise <= allowed) return "ok";
  if (rise - noise <= allowed || rise <= visible(noise)) return "close";
  return rise - waived <= allowed ? "waived" : "over";
}
function judgeFunction(effect, names, metric, total, limits, today) {
  const limit = limitFor(names, metric, limits);
  const reference = effect.base > 0 ? effect.base : total;
  const relative4 = reference > 0 ? effect.netRise / reference : 0;
  const waiver = limits.waivers.find(
    (waiver2) => waiver2.metric === metric && waiver2.until >= today && names.some((name) => matchesGlob(waiver2.function, name))
  );
  const least = floorOf(metric, total, limits);
  const judged = { effect, relative: relative4, limit: limit === "off" ? void 0 : limit, waiver };
  if (names.some((name) => limits.ignore.some(({ match }) => matchesGlob(match, name))))
    return { ...judged, status: "ignored" };
  if (limit === "off") return { ...judged, status: "within" };
  const allowed = limit.ratio * reference;
  const rise = effect.head - effect.base;
  if (rise > allowed && rise >= least && effect.netRise <= allowed) return { ...judged, status: "moved" };
  if (effect.netRise <= allowed || effect.netRise < least) return { ...judged, status: "within" };
  if (waiver !== void 0 && relative4 <= waiver.upTo.ratio) return { ...judged, status: "waived" };
  const isClear = effect.netRise - effect.noise > allowed && effect.netRise > NOISE_MULTIPLE.function * effect.noise;
  return { ...judged, status: isClear ? "over" : "noisy" };
}
var toldOnly = (judged) => ({
  ...judged,
  status: judged.status === "ignored" || judged.status === "waived" ? judged.status : "within"
});
function floorOf(metric, total, limits) {
  const { floor } = limits.metrics[metric];
  return floor.kind === "amount" ? floor.perRequest : floor.ratio * total;
}
function limitFor(names, metric, limits) {
  const rule = limits.functions.findLast(
    (rule2) => rule2.limits[metric] !== void 0 && names.some((name) => matchesGlob(rule2.match, name))
  );
  return rule?.limits[metric] ?? limits.metrics[metric].function;
}
function unmatchedPatterns(limits, names) {
  const all = [...names];
  const patterns = [
    ...limits.functions.map(({ match, at }) => ({ pattern: match, at, kind: "rule" })),
    ...limits.ignore.map(({ match, at }) => ({ pattern: match, at, kind: "ignore" })),
    ...limits.waivers.map(({ function: pattern, at }) => ({ pattern, at, kind: "waiver" }))
  ];
  return patterns.filter(({ pattern }) => !all.some((name) => matchesGlob(pattern, name)));
}

// src/compare/lines.ts
function linesOf(stacks, executed, isChanged) {
  const byFunction = /* @__PURE__ */ new Map();
  const runs = /* @__PURE__ */ new Map();
  const add = (frame, cost, more) => {
    const lines = byFunction.get(frame.key) ?? /* @__PURE__ */ new Map();
    byFunction.set(frame.key, lines);
    const { file, line: line2 } = frame;
    const key = `${file}:${line2}`;
    const known = lines.get(key);
    const ran = more === void 0 ? known?.ran : (known?.ran ?? 0) + more;
    lines.set(key, { file, line: line2, cost: (known?.cost ?? 0) + cost, ran });
  };
  for (const { frames, value } of stacks) {
    const at = frames.findIndex(isChanged);
    if (at > 0 || at === 0 && executed === void 0) add(frames[at], value, void 0);
  }
  for (const { frame, within, count: count2 } of executed ?? []) {
    if (!isChanged(frame, 0, [frame])) continue;
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
  for (const { file, line: line2, cost, ran } of base?.values() ?? []) {
    const at = map.toHead(file, line2);
    if (at === void 0) continue;
    const key = `${at.file}:${at.line}`;
    const known = before.get(key);
    before.set(key, { cost: cost + (known?.cost ?? 0), ran: ran ?? known?.ran });
  }
  const changes = [...head?.values() ?? []].map(({ file, line: line2, cost, ran }) => {
    const old = before.get(`${file}:${line2}`);
    return {
      file,
      line: line2,
      rise: cost - (old?.cost ?? 0),
      ranBase: old?.ran,
      ranHead: ran,
      isTouched: map.isTouched(file, line2)
    };
  }).filter(({ rise, line: line2 }) => rise > 0 && line2 > 0).sort((a, b) => b.rise - a.rise);
  const all = changes.reduce((sum, { rise }) => sum + rise, 0);
  return changes.find(({ isTouched: isTouched2, rise }) => isTouched2 && rise >= TOUCHED_SHARE * all) ?? changes[0];
}

// src/profile/stacks.ts
function stacksOf(profile, type, options = {}) {
  const column = columnOf(profile, type);
  const { frames, refused } = framesOf(profile, options);
  const { count: count2, starts, stacks, values } = profile.samples;
  const types = profile.sampleTypes.length;
  const found2 = new Interner();
  for (let sample = 0; sample < count2; sample++) {
    const value = values[sample * types + column];
    if (value === 0) continue;
    const locations = stacks.subarray(starts[sample], starts[sample + 1]);
    if (locations.some((location) => refused[location])) continue;
    const ids = [];
    for (const location of locations) for (const id of frames.ofLocation[location]) ids.push(id);
    const index = found2.index(ids.join(), () => ({ ids, value: 0 }));
    found2.values[index].value += value;
  }
  const distinct = found2.values.filter((stack) => stack.value !== 0);
  return distinct.map(({ ids, value }) => ({ frames: ids.map((id) => frames.all[id]), value }));
}
function framesOf(profile, { key = (name) => name, drop, lines = true }) {
  const all = new Interner();
  const frame = (name, file, line2) => all.index(`${name}
${file}
${line2}`, () => ({ name, file, line: line2 }));
  const keys = profile.functions.map((fn) => fn.name === "" ? "" : key(fn.name));
  const refusedFunction = profile.functions.map((fn) => drop?.(fn.name) === true);
  const ofLocation = profile.locations.map((location) => {
    const nameless = () => frame(namelessIn(profile.mappings[location.mapping]?.file ?? ""), "", 0);
    if (location.lines.length === 0) return [nameless()];
    return location.lines.map(
      ({ fn, line: line2 }) => keys[fn] === "" ? nameless() : frame(keys[fn], profile.functions[fn].file, lines ? line2 : 0)
    );
  });
  const refused = profile.locations.map((location) => location.lines.some(({ fn }) => refusedFunction[fn]));
  return { frames: { all: all.values, ofLocation }, refused };
}

// src/compare/side.ts
function frameMaker(isDeclared, headKey) {
  const keys = /* @__PURE__ */ new Map();
  return (fn, file, line2) => {
    let known = keys.get(fn);
    if (known === void 0) {
      known = { key: headKey(gateKey(fn)), owner: headKey(ownerOf(fn, isDeclared)) };
      keys.set(fn, known);
    }
    return { fn, ...known, file, line: line2 };
  };
}
function comparable(side, frame) {
  const { instructions, allocs, cpu } = side.manifest.instruments;
  const weighted = (profile, type, requests) => {
    const frames = /* @__PURE__ */ new Map();
    return stacksOf(profile, type).map((stack) => ({
      value: stack.value / requests,
      frames: stack.frames.map((from) => {
        let made = frames.get(from);
        if (made === void 0) {
          made = frame(from.name, from.file, from.line);
          frames.set(from, made);
        }
        return made;
      })
    }));
  };
  const metric = (replicates, merged, type, requests) => ({
    stacks: weighted(merged, type, requests * replicates.length),
    replicates: replicates.map((profile) => weighted(profile, type, requests))
  });
  const cpuRequests = cpu?.rounds.reduce((sum, round) => sum + round.requests, 0) ?? 0;
  return {
    ...instructions && side.instructions ? { instructions: countedIn(side.instructions, instructions, weighted, frame) } : {},
    ...allocs && side.allocs ? {
      objects: metric(side.allocs.replicates, side.allocs.merged, "alloc_objects", allocs.requests),
      bytes: metric(side.allocs.replicates, side.allocs.merged, "alloc_space", allocs.requests)
    } : {},
    ...side.cpu && cpuRequests > 0 ? { cpu: weighted(side.cpu, "cpu", cpuRequests) } : {}
  };
}
function countedIn({ replicates, merged, paths }, result, weighted, frame) {
  const followed = weighted(paths, "instructions", result.paths.requests);
  const flat = (profile, requests) => flatOf(weighted(profile, "instructions", requests));
  const counted = result.requests * replicates.length;
  return {
    stacks: fitted(followed, flat(merged, counted)),
    replicates: replicates.map((profile) => fitted(followed, flat(profile, result.requests))),
    executed: executedIn(merged, counted, frame),
    calls: callsIn(weighted(merged, "calls", counted))
  };
}
function flatOf(stacks) {
  const flat = /* @__PURE__ */ new Map();
  for (const { frames, value } of stacks) {
    const [leaf] = frames;
    if (leaf === void 0) continue;
    flat.set(leaf.key, { frames: [leaf], value: value + (flat.get(leaf.key)?.value ?? 0) });
  }
  return flat;
}
function fitted(paths, exact) {
  const seen = flatOf(paths);
  const stacks = [];
  for (const { frames, value } of paths) {
    const key = frames[0]?.key ?? "";
    const flat = exact.get(key)?.value ?? 0;
    if (flat > 0) stacks.push({ frames, value: value * flat / (seen.get(key)?.value ?? value) });
  }
  for (const [key, alone] of exact) if (!seen.has(key)) stacks.push(alone);
  return stacks;
}
function callsIn(entries) {
  const calls = /* @__PURE__ */ new Map();
  for (const { frames, value } of entries) {
    const key = frames.at(-1)?.key ?? "";
    calls.set(key, (calls.get(key) ?? 0) + value);
  }
  return calls;
}
function executedIn(merged, requests, frame) {
  const column = columnOf(merged, "instructions");
  const { count: count2, starts, stacks, values } = merged.samples;
  const lines = [];
  for (let sample = 0; sample < count2; sample++) {
    const times = values[sample * merged.sampleTypes.length + column];
    const [innermost, ...outer] = merged.locations[stacks[starts[sample]]]?.lines ?? [];
    const fn = innermost && merged.functions[innermost.fn];
    if (fn === void 0 || times === 0) continue;
    const within = outer.map((place) => `${merged.functions[place.fn]?.name}:${place.line}`).join(" ");
    lines.push({ frame: frame(fn.name, fn.file, innermost.line), within, count: times / requests });
  }
  return lines;
}

// src/compare/compare.ts
var STACK_METRICS = ["instructions", "objects", "bytes"];
var EXPLAINS_SHARE = 0.05;
var MOST_EXPLANATIONS = 5;
var MOST_UNCHANGED = 5;
var UNCHANGED_SHARE = 1e-3;
var compareSides = (input) => compareClosely(input).comparison;
function compareClosely({ base, head, changes, limits, today }) {
  const sides = {
    base: comparable(base, frameMaker(changes.isDeclared, changes.headKey)),
    head: comparable(
      head,
      frameMaker(changes.isDeclared, (key) => key)
    )
  };
  const isChanged = changedFrames(changes);
  const names = namesByKey(sides);
  const namesOf = (key) => [key, ...names.get(key)?.keys() ?? []];
  const rows = totalsOf(base.manifest, head.manifest);
  const hasOtherGo = base.manifest.fingerprint["go"] !== head.manifest.fingerprint["go"];
  const metrics = [];
  for (const metric of STACK_METRICS) {
    const [before, after] = [sides.base[metric], sides.head[metric]];
    const row = rows.find(({ name }) => name === metric);
    if (before === void 0 || after === void 0 || row === void 0) continue;
    const effects = effectsOf(before, after, isChanged, floorOf(metric, row.base, limits));
    const judged = effects.functions.map((effect) => judgeFunction(effect, namesOf(effect.key), metric, row.base, limits, today)).map((one) => hasOtherGo ? toldOnly(one) : one);
    const waived = judged.reduce((sum, { status, effect }) => status === "waived" ? sum + effect.netRise : sum, 0);
    metrics.push({ metric, effects, judged, row: { ...row, ...judgedRow(row, limits, waived) } });
  }
  const judgedRows = rows.map(
    (row) => metrics.find(({ metric }) => metric === row.name)?.row ?? { ...row, ...judgedRow(row, limits, 0) }
  );
  const causes = causesOf(metrics, sides, changes, isChanged, names);
  const noisy = metrics.flatMap(
    ({ metric, judged }) => judged.filter(({ status }) => status === "noisy").map(({ effect }) => ({
      function: displayName(names, effect.key),
      metric,
      netRise: effect.netRise,
      noise: effect.noise
    }))
  );
  const moved = metrics.flatMap(
    ({ metric, judged }) => judged.filter(({ status }) => status === "moved").map(({ effect }) => ({
      function: displayName(names, effect.key),
      metric,
      rise: effect.head - effect.base,
      netRise: Math.max(0, effect.netRise)
    }))
  );
  const isJudged = metrics.length > 0 || judgedRows.some(({ status }) => status !== "unjudged");
  const notes = [
    ...isJudged ? [] : [NOTHING_JUDGED],
    ...fingerprintNotes(base.manifest.fingerprint, head.manifest.fingerprint),
    ...notesOf(limits, names, today)
  ];
  const isOver = judgedRows.some(({ status }) => status === "over") || metrics.some(({ judged }) => judged.some(({ status }) => status === "over"));
  const isOpen = judgedRows.some(({ status }) => status === "close") || noisy.length > 0 || notes.some(({ code }) => code === "rule-matches-nothing");
  const comparison = {
    verdict: !isJudged ? "invalid" : isOver ? "fail" : isOpen ? "inconclusive" : "pass",
    totals: judgedRows,
    causes,
    moved,
    noisy,
    unchanged: metrics.map(({ metric, effects }) => unchangedRow(metric, effects)).filter(({ change }) => Math.abs(change) >= UNCHANGED_SHARE),
    notes,
    missing: missingIn(base.manifest, head.manifest),
    sensitivity: metrics.map(({ metric, row }) => ({
      metric,
      ratio: row.uncertainty.kind === "exact" ? visible(row.uncertainty.noise) : 0
    }))
  };
  const unchanged = Object.fromEntries(metrics.map(({ metric, effects }) => [metric, effects.unchanged.byLeaf]));
  return { comparison, unchanged };
}
var NOTHING_JUDGED = {
  code: "nothing-judged",
  text: "nothing was measured on both sides that has a limit: name instructions or allocs under instruments"
};
function missingIn(base, head) {
  return INSTRUMENTS.flatMap((instrument) => {
    const known = [head, base].flatMap(({ missing }) => missing.find((one) => one.instrument === instrument) ?? []);
    const [here, there] = [head, base].map(({ instruments }) => instruments[instrument] !== void 0);
    if (here === there) return known.slice(0, 1);
    return known[0] ?? { instrument, reason: `it was measured on the ${here ? "head" : "base"} only` };
  });
}
function judgedRow(row, limits, waived) {
  const limit = limitOf2(row.name, limits);
  if (limit === "off") return { limit: void 0, status: "unjudged" };
  if (row.uncertainty.kind === "spread") return { limit, status: "unjudged" };
  const amounts = { base: row.base, head: row.head, noise: row.uncertainty.noise * row.base };
  return { limit, status: judgeTotal(amounts, limit, waived) };
}
function limitOf2(name, limits) {
  if (name === "system-cpu") return "off";
  return name === "collection" ? limits.metrics.instructions.collection : limits.metrics[name].total;
}
function causesOf(metrics, sides, changes, isChanged, names) {
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
    instructions: linesOfSides(sides, "instructions", isChanged),
    objects: linesOfSides(sides, "objects", isChanged),
    bytes: linesOfSides(sides, "bytes", isChanged)
  };
  const nsPerInstruction = perInstruction(sides.base);
  const causes = [...keys].map((key) => {
    const of = metrics.flatMap(({ metric, judged, row }) => {
      const found2 = judged.find(({ effect: effect2 }) => effect2.key === key);
      return found2 === void 0 ? [] : [{ metric, judged: found2, row }];
    });
    const leading = of.find(({ judged }) => judged.status === "over") ?? of.reduce((a, b) => b.judged.relative > a.judged.relative ? b : a);
    const { effect } = leading.judged;
    const side = lines[leading.metric];
    const line2 = risenLine(side?.base.get(key), side?.head.get(key), changes.lines);
    const instructions = of.find(({ metric }) => metric === "instructions")?.judged.effect;
    const file = line2 && (changes.inRepository(line2.file) ?? line2.file);
    return {
      function: displayName(names, key),
      file,
      line: line2?.line,
      isFileInRepository: line2 !== void 0 && changes.inRepository(line2.file) !== void 0,
      changedBy: changes.reasonFor(key) ?? changes.reasonFor(ownerIn(names, key)),
      module: changes.moduleOf(key),
      explanation: explain({
        isNew: effect.base === 0,
        base: effect.base,
        head: effect.head,
        callsBase: sides.base.instructions?.calls.get(key),
        callsHead: sides.head.instructions?.calls.get(key),
        line: line2
      }),
      effects: of.map(({ metric, judged, row }) => effectOf(metric, judged, row)).filter(({ netRise, status }) => netRise > 0 || status === "over"),
      timeNs: instructions && instructions.netRise > 0 ? timeOf(instructions, sides.base, isChanged, nsPerInstruction) : void 0,
      consequences: effect.consequences.map((caller) => displayName(names, caller)),
      weight: of.reduce(
        (sum, { judged, row }) => sum + (judged.status === "over" ? 1 : 0) + Math.max(0, judged.effect.netRise) / Math.max(1, row.base),
        0
      )
    };
  });
  return causes.sort((a, b) => b.weight - a.weight).map(({ weight, ...cause }) => cause);
}
function effectOf(metric, { effect, relative: relative4, limit, status, waiver }, row) {
  const risen = row.head - row.base;
  return {
    metric,
    base: effect.base,
    head: effect.head,
    netRise: effect.netRise,
    relative: relative4,
    noise: effect.noise,
    limit,
    status: status === "moved" || status === "noisy" ? "within" : status,
    explains: risen > 0 ? Math.min(1, effect.netRise / risen) : void 0,
    waiver: waiver && status === "waived" ? { reason: waiver.reason, until: waiver.until } : void 0
  };
}
function linesOfSides(sides, metric, isChanged) {
  const of = (side) => {
    const stacks = side[metric]?.stacks;
    return stacks && linesOf(stacks, metric === "instructions" ? side.instructions?.executed : void 0, isChanged);
  };
  const [base, head] = [of(sides.base), of(sides.head)];
  return base && head ? { base, head } : void 0;
}
function perInstruction({ cpu, instructions }) {
  if (cpu === void 0 || instructions === void 0) return void 0;
  const sum = (stacks) => stacks.reduce((total, { value }) => total + value, 0);
  return sum(cpu) / sum(instructions.stacks);
}
function timeOf(effect, base, isChanged, average) {
  if (average === void 0) return void 0;
  let charged = 0;
  for (const { frames, value } of base.cpu ?? []) if (frames.find(isChanged)?.key === effect.key) charged += value;
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
function fingerprintNotes(base, head) {
  const differing = difference(base, head);
  if (differing.length === 0) return [];
  const list2 = differing.map(
    ({ key, base: before, head: after }) => `${key} ${before ?? "none"} -> ${after ?? "none"}`
  );
  const notes = [{ code: "fingerprint-differs", text: `the sides were not made alike: ${list2.join(", ")}` }];
  if (differing.some(({ key }) => key === "go")) {
    notes.push({
      code: "go-version-differs",
      text: "different Go versions: totals are judged, functions are only told"
    });
  }
  return notes;
}
function notesOf(limits, names, today) {
  const all = [...names].flatMap(([key, fns]) => [key, ...fns.keys()]);
  const unmatched = unmatchedPatterns(limits, all).map(({ pattern, at, kind }) => ({
    code: kind === "rule" ? "rule-matches-nothing" : `${kind}-matches-nothing`,
    text: `${at === void 0 ? "" : `${at}: `}"${pattern}" matches no function that ran${kind === "rule" ? ": its limit guards nothing" : ""}`
  }));
  const expired = limits.waivers.filter(({ until }) => until < today).map(({ function: pattern, until, at }) => ({
    code: "waiver-expired",
    text: `${at === void 0 ? "" : `${at}: `}the waiver for "${pattern}" ended on ${until} and is no longer applied`
  }));
  return [...unmatched, ...expired];
}
function namesByKey({ base, head }) {
  const names = /* @__PURE__ */ new Map();
  for (const side of [base, head]) {
    for (const metric of STACK_METRICS) {
      for (const { frames, value } of side[metric]?.stacks ?? []) {
        for (const { key, fn, owner } of frames) {
          const fns = names.get(key) ?? /* @__PURE__ */ new Map();
          names.set(key, fns);
          const known = fns.get(fn);
          if (known === void 0) fns.set(fn, { cost: value, owner });
          else known.cost += value;
        }
      }
    }
  }
  return names;
}
function displayName(names, key) {
  const recorded = names.get(key);
  return recorded?.size === 1 ? [...recorded.keys()][0] ?? key : key;
}
var ownerIn = (names, key) => [...names.get(key)?.values() ?? []][0]?.owner ?? key;
var FETCHES_SPAN = "runtime.(*mcache).refill";
function changedFrames(changes) {
  const known = /* @__PURE__ */ new Map();
  const isForIt = ({ key }) => isRuntime(key);
  return ({ key, owner }, index, frames) => {
    let change = known.get(key);
    if (change === void 0) {
      const reasons = [changes.reasonFor(owner), changes.reasonFor(key)].filter((reason) => reason !== void 0);
      change = reasons.length === 0 ? "no" : reasons.every((reason) => reason === MACHINE_CODE) ? "code" : "source";
      known.set(key, change);
    }
    if (change === "no") return false;
    const beneath = frames.slice(0, index);
    return !beneath.some(({ key: key2 }) => key2 === FETCHES_SPAN) && (change === "source" || beneath.every(isForIt));
  };
}

// src/compare/doubt.ts
var REFERENCES = [
  { instrument: "instructions", metric: "instructions" },
  { instrument: "allocs", metric: "objects" }
];
var AGREES_WITHIN = 1e-3;
function doubtOf({ unchanged }, stored) {
  for (const { instrument, metric } of REFERENCES) {
    const functions = unchanged[metric];
    if (!stored.includes(instrument) || functions === void 0) continue;
    const difference2 = typicalDifference(functions);
    if (difference2 <= AGREES_WITHIN) continue;
    const said = Number.isFinite(difference2) ? `code that did not change differs from what was stored of it, by ${(difference2 * 100).toFixed(1)} % of its ${metric}` : `nothing unchanged was executed on both sides that could show that its ${metric} compare`;
    return { code: "stored-base-doubted", text: `the base was measured in this run: ${said}` };
  }
  return void 0;
}
function typicalDifference(functions) {
  const rows = [...functions].filter(([key, { base, head }]) => !isRuntime(key) && Math.max(base, head) > 0).map(([, { base, head }]) => ({ weight: Math.max(base, head), difference: Math.abs(head / base - 1) })).sort((a, b) => a.difference - b.difference);
  const half = rows.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const { weight, difference: difference2 } of rows) {
    below += weight;
    if (below >= half) return difference2;
  }
  return Number.POSITIVE_INFINITY;
}

// src/commands/gate-compare.ts
async function measureAndCompare(job, prepared) {
  const { code, record: record2, bench } = prepared;
  const { base, notes } = prepared.lookUp;
  const { config, output, world, progress } = job;
  const compare = () => compareClosely({
    base: readSide(output.side("base")),
    head: readSide(output.side("head")),
    changes: changedCode(record2),
    limits: config.limits,
    today: world.now().toISOString().slice(0, 10)
  });
  const all = config.instruments;
  const stored = all.filter((name) => base?.results[name] !== void 0);
  const plan = { base: all.filter((name) => !stored.includes(name)), head: all };
  const known = await measureSides(job, code, bench, plan, {
    base: { results: base?.results ?? {}, missing: [] },
    head: NOTHING_KNOWN
  });
  const compared = compare();
  if (stored.length === 0) return { comparison: compared.comparison, source: "measured", notes };
  const doubt = doubtOf(compared, stored);
  if (doubt === void 0) return { comparison: compared.comparison, source: "stored", notes };
  progress("measuring the base here: what is stored of it does not compare");
  await measureSides(job, code, bench, { base: stored }, known);
  return { comparison: compare().comparison, source: "measured", notes: [...notes, doubt] };
}

// src/commands/gate-notes.ts
var HARMLESS = [
  /\.(go|s|c|h|cc|cpp|cxx|hpp|m|mod|sum|work|md|markdown)$/i,
  /(^|\/)(testdata|\.github|\.circleci|\.gitlab|\.vscode|\.idea)\//,
  /(^|\/)(LICEN[CS]E|CODEOWNERS|Dockerfile[^/]*|\.git(ignore|attributes|modules)|\.editorconfig|\.golangci\.ya?ml|\.goreleaser\.ya?ml|perf-gate\.ya?ml)$/
];
var filesReadAtRunTime = (paths) => paths.filter((path) => !HARMLESS.some((pattern) => pattern.test(path)));
function notesOn({ checkouts }, { code, dataFiles, warnings }) {
  const notes = warnings.map(({ code: code2, text: text2 }) => ({ code: code2, text: text2 }));
  for (const { variable } of code.base.undeclared) {
    notes.push({
      code: "inject-undeclared",
      text: `the base has no variable ${variable} yet, so nothing was put into it`
    });
  }
  if (code.isSame) {
    notes.push({
      code: "same-code-other-files",
      text: `the machine code is the same on both sides; measured all the same, because files differ that the service may read: ${few(dataFiles)}`
    });
  }
  for (const { code: code2, paths } of checkouts.head.warnings) {
    notes.push({ code: code2, text: `submodules are not checked out for measuring: ${few(paths)}` });
  }
  return notes;
}
var few = (items) => items.length <= 3 ? items.join(", ") : `${items.slice(0, 3).join(", ")} and ${items.length - 3} more`;

// src/commands/gate-stored.ts
async function findStored(repo, job, code, bench) {
  const { config, sides, world, progress } = job;
  const { store: storeConfig, maxDistance } = config.baseline;
  if (storeConfig === void 0) return { base: void 0, notes: [] };
  try {
    const store = openStore(storeConfig, { repo, world, directory: directoryOf(repo, config) });
    progress(`looking for the base in ${store.place}`);
    const { treeCommit } = sides.base;
    const { found: found2, reasons } = await findBundle(store, {
      service: config.service.name,
      commits: await firstParents(repo, treeCommit, 1 + maxDistance),
      code: code.base.code,
      here: await fingerprintHere(code.base, bench),
      instruments: config.instruments,
      readsTheSame: async (commit) => filesReadAtRunTime(await changedPaths(repo, commit, treeCommit)).length === 0
    });
    if (found2 === void 0) return { base: void 0, notes: [measuredHere("no-stored-base", reasons.join("; "))] };
    return { base: use(found2, job), notes: reasons.map((text2) => ({ code: "stored-base-unfit", text: text2 })) };
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    return { base: void 0, notes: [measuredHere("store-failed", [error.message, error.detail].join(" ").trim())] };
  }
}
var measuredHere = (code, reason) => ({
  code,
  text: `the base was measured in this run: ${reason}`
});
function use({ bundle, distance, instruments }, { config, output, world }) {
  const manifest = writeBundle(bundle, output.side("base"), instruments);
  const age = ago(world.now().getTime() - Date.parse(manifest.measuredAt));
  const commits = distance === 1 ? "commit" : "commits";
  const isAll = EXACT_INSTRUMENTS.every((name) => instruments.includes(name) || !config.instruments.includes(name));
  const what = isAll ? "measured" : `${listed(instruments, "and")} measured`;
  const as = distance === 0 ? "" : ` as ${manifest.commit.slice(0, 7)}, ${distance} ${commits} before it and the same program`;
  return { results: manifest.instruments, origin: `${what} ${age}${as}` };
}

// src/commands/run-directory.ts
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join as join2, relative as relative2 } from "node:path";
var REPORT = "report.json";
var OURS = /* @__PURE__ */ new Set([REPORT, "report.md", "report.txt", "junit.xml", "changes.json", "base", "head"]);
async function openRunDirectory(path, world) {
  await refuseForeign(path);
  const draft = `${path}.unfinished`;
  try {
    await claim(draft, world.pid);
    for (const side of ["base", "head"]) await mkdir(join2(draft, side, "logs"), { recursive: true });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`cannot write to ${path}: ${cause.message}`, {
      cause,
      hint: "name another place with --output"
    });
  }
  const shown2 = `${relative2(world.cwd, path) || "."}/`;
  return {
    path,
    shown: shown2,
    side: (name) => join2(draft, name),
    writeChanges: (record2) => writeFile(join2(draft, "changes.json"), `${JSON.stringify(record2, null, 1)}
`),
    finish: async (report) => {
      await Promise.all([
        writeFile(join2(draft, REPORT), formats.json(report)),
        writeFile(join2(draft, "report.md"), formats.markdown(report)),
        writeFile(join2(draft, "report.txt"), formats.text(report)),
        writeFile(join2(draft, "junit.xml"), formats.junit(report))
      ]);
      await rm(join2(draft, OWNER));
      await rm(path, { recursive: true, force: true });
      await rename(draft, path);
      return report;
    },
    [Symbol.asyncDispose]: () => rm(draft, { recursive: true, force: true })
  };
}
var OWNER = "process";
async function claim(draft, pid) {
  const mine = `${draft}-${pid}`;
  await mkdir(mine, { recursive: true });
  try {
    await writeFile(join2(mine, OWNER), `${pid}
`);
    while (!await renamed(mine, draft)) {
      const owner = Number(await readFile(join2(draft, OWNER), "utf8").catch(() => "0"));
      if (owner > 0 && isRunning(owner)) {
        throw new UserError(`another perf-gate is at work in ${draft} (process ${owner})`, {
          hint: "wait for its end, or name another place with --output"
        });
      }
      await rm(draft, { recursive: true, force: true });
    }
  } finally {
    await rm(mine, { recursive: true, force: true });
  }
}
async function renamed(from, to) {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (["ENOTEMPTY", "EEXIST"].includes(error.code ?? "")) return false;
    throw error;
  }
}
async function refuseForeign(path) {
  let names;
  try {
    names = await readdir(path);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw new UserError(`cannot use ${path} as the run directory: ${error.message}`, {
      cause: error,
      hint: "name another place with --output"
    });
  }
  if (names.length === 0) return;
  const foreign = names.includes(REPORT) ? names.filter((name) => !OURS.has(name)) : names;
  if (foreign.length === 0 && await isReport(join2(path, REPORT))) return;
  throw new UserError(`${path} holds something that perf-gate did not write: ${plainText(foreign[0] ?? REPORT)}`, {
    hint: "remove it, or name another place with --output"
  });
}
async function isReport(file) {
  try {
    const report = JSON.parse(await readFile(file, "utf8"));
    return typeof report === "object" && report !== null && "verdict" in report && "reproduce" in report;
  } catch {
    return false;
  }
}

// src/commands/gate.ts
async function gate(options, world, progress) {
  var _stack = [];
  try {
    const startedMs = world.monotonicMs();
    const { temporaryDirectory: scratch, env, signal } = world;
    const repo = await openRepository(world.cwd, { env, temporaryDirectory: scratch, signal });
    const { config, serviceDirectory } = await loadConfig(repo, options.config, world);
    const output = __using(_stack, await openRunDirectory(resolve(world.cwd, options.output), world), true);
    const { store } = config.baseline;
    const stored = store?.kind === "directory" ? [resolve(directoryOf(repo, config), store.path)] : [];
    const ours = insideOf(repo, [output.path, `${output.path}.unfinished`, ...stored]);
    const others = options.head === void 0 ? await untrackedDirectories(repo, RUN_DIRECTORIES) : [];
    const sides = await resolveSides(repo, {
      head: options.head,
      base: options.base,
      baseReason: options.baseReason,
      branch: config.baseline.branch,
      exclude: [.../* @__PURE__ */ new Set([...ours, ...others])]
    });
    progress(`head ${shown(sides.head)} against base ${shown(sides.base)} (${sides.baseReason})`);
    const work = __using(_stack, await temporaryDirectory(world), true);
    const base = __using(_stack, await createCheckout(repo, sides.base, join3(work.path, "base", "src")), true);
    const head = __using(_stack, await createCheckout(repo, sides.head, join3(work.path, "head", "src")), true);
    const job = {
      config,
      serviceDirectory,
      sides,
      checkouts: { base, head },
      work: work.path,
      output,
      world,
      progress
    };
    const finish = async (judged) => {
      const report = {
        ...NOTHING,
        schema: REPORT_SCHEMA,
        tool: VERSION,
        service: config.service.name,
        base: reported(sides.base),
        head: reported(sides.head),
        baseReason: sides.baseReason,
        baselineSource: void 0,
        durationMs: Math.round(world.monotonicMs() - startedMs),
        reproduce: reproduce(options, sides.base),
        directory: output.shown,
        ...judged
      };
      await output.finish(report);
      return { report, config };
    };
    const bench = await benchFor(job, repo.root);
    const code = await buildForComparison(job);
    const dataFiles = filesReadAtRunTime(await changedPaths(repo, sides.base.treeCommit, sides.head.treeCommit));
    if (code.isSame && dataFiles.length === 0) return finish({ verdict: "pass", isSameCode: true });
    const diff = await diffLines(repo, sides.base.treeCommit, sides.head.treeCommit);
    const record2 = await findChanged(job, code, diff);
    await output.writeChanges(record2);
    const lookUp = await findStored(repo, job, code, bench);
    const { comparison, source, notes } = await measureAndCompare(job, { code, bench, lookUp, record: record2 });
    return finish({
      ...comparison,
      isSameCode: false,
      baselineSource: source,
      baseReason: source === "stored" ? `${sides.baseReason}; ${lookUp.base?.origin}` : sides.baseReason,
      notes: [...comparison.notes, ...notes, ...notesOn(job, { code, dataFiles, warnings: bench.warnings })]
    });
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
var RUN_DIRECTORIES = ["perf-gate-out", "perf-gate-out.unfinished"];
var NOTHING = { totals: [], causes: [], moved: [], unchanged: [], noisy: [], notes: [], missing: [], sensitivity: [] };
var insideOf = ({ root }, paths) => paths.map((path) => relative3(root, path)).filter((path) => path !== "" && !path.startsWith(".."));
var shown = ({ shortCommit, isDirty }) => `${shortCommit}${isDirty ? " with uncommitted changes" : ""}`;
var reported = ({ commit, version, isDirty }) => ({ commit, version, isDirty });
function reproduce({ head, config }, base) {
  const flags = [head === void 0 ? [] : ["--head", head], config === void 0 ? [] : ["--config", config]].flat();
  return ["npx perf-gate run --base", base.shortCommit, ...flags].join(" ");
}

// src/commands/run.ts
var run = async (args, world) => {
  const { values } = readFlags(
    args,
    {
      base: { type: "string" },
      head: { type: "string" },
      config: { type: "string" },
      output: { type: "string", default: "perf-gate-out" },
      format: { type: "string", default: "text" }
    },
    []
  );
  const format = formatOf(values.format);
  const { head, config: configFile, output } = values;
  const chosen = values.base === void 0 && head === void 0 ? await findJobBase(world) : void 0;
  const base = { base: values.base ?? chosen?.commit, baseReason: chosen?.reason };
  const options = { ...base, head, config: configFile, output };
  const { report, config } = await gate(options, world, progressLines(world));
  world.stdout.write(formats[format](report, { color: wantsColor(world) }));
  return exitCodeOf(report, config.onInconclusive);
};
function formatOf(name) {
  if (Object.hasOwn(formats, name)) return name;
  throw new UserError(`--format is ${listed(Object.keys(formats), "or")}, not "${plainText(name)}"`);
}
function wantsColor({ env, stdout }) {
  if (env["NO_COLOR"]) return false;
  return env["FORCE_COLOR"] ? env["FORCE_COLOR"] !== "0" : stdout.isTerminal;
}

export {
  assertMayMeasure,
  findBase,
  formats,
  exitCodeOf,
  changedCode,
  unknownChanges,
  differingFunctions,
  parseChangeRecord,
  compareSides,
  gate,
  run,
  formatOf,
  wantsColor
};
