import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  wordWrapped
} from "./base-wrap.js";
import {
  changeBehind,
  changeOf,
  collectorPhrase,
  effectPhrase,
  explainedBy,
  explanationOf,
  firstOf,
  headlineOf,
  labelOf,
  limitOf,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  risePhrase,
  rulePhrase,
  sensitivityPhrase,
  shortCommit,
  statusOf,
  suspectPhrase,
  titleOf,
  together,
  uncertaintyOf,
  unchangedPhrase,
  withinPhrase
} from "./report-words.js";
import {
  formatAmount,
  formatDuration,
  formatShare
} from "./ajv.js";
import {
  cellsOf,
  padded,
  widthsOf
} from "./base-width.js";
import {
  listed
} from "./base-text.js";
import {
  FUNCTION_METRICS
} from "./model-metrics.js";

// src/report/json-text.ts
var jsonText = (value) => `${JSON.stringify(value, void 0, 2).replaceAll("##[", "#\\u0023[")}
`;

// src/report/clean.ts
var LONGEST_NAME = 200;
var LONGEST_PROSE = 500;
var LONGEST_COMMAND = 1e3;
var cleanName = (text) => shortened(cleaned(text), LONGEST_NAME) || "(unnamed)";
var cleanProse = (text) => shortened(cleaned(text), LONGEST_PROSE);
var cleanCommand = (text) => shortened(cleaned(text), LONGEST_COMMAND);
function cleaned(text) {
  return text.replaceAll(/[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu, " ").replaceAll(/[\p{Cc}\p{Cf}\p{Co}]/gu, "").replaceAll(new RegExp("\\p{Cs}", "gu"), "\uFFFD").trim();
}
function shortened(text, longest) {
  if (text.length <= longest) return text;
  const characters = [...text];
  if (characters.length <= longest) return text;
  const kept = longest - 1;
  const start = Math.ceil(kept / 2);
  return `${characters.slice(0, start).join("")}\u2026${characters.slice(characters.length - (kept - start)).join("")}`;
}

// src/report/marks.ts
var PLAIN_MARKS = { name: cleanName, prose: cleanProse, command: cleanCommand };

// src/report/story.ts
function storyOf(report, marks) {
  const side = ({ commit, isDirty }) => `${marks.name(shortCommit(commit))}${isDirty ? " + uncommitted changes" : ""}`;
  return {
    service: titleOf(report, marks.prose),
    head: `head ${side(report.head)}`,
    base: report.isNewService ? `nothing: a new service, which base ${side(report.base)} (${marks.prose(report.baseReason)}) does not have` : `base ${side(report.base)} (${marks.prose(report.baseReason)})`,
    duration: formatDuration(report.durationMs),
    warnings: [
      ...report.notes.filter(isOnRules).map(({ text }) => marks.prose(text)),
      ...report.missing.filter(isJudging).map((missing) => missingPhrase(missing, marks))
    ],
    remarks: report.totals.flatMap((row) => remarkOn(row) ?? []),
    sections: sectionsOf(report, marks),
    sensitivity: sensitivityPhrase(report.sensitivity),
    reproduce: marks.command(report.reproduce),
    directory: marks.name(report.directory)
  };
}
function summaryOf(reports, marks) {
  const [first] = reports;
  const isOne = reports.every(({ service, scenario }) => service === first?.service && scenario !== void 0);
  return {
    service: first !== void 0 && isOne ? marks.prose(first.service) : void 0,
    verdicts: reports.map((report) => ({
      name: isOne ? marks.prose(report.scenario ?? "") : titleOf(report, marks.prose),
      verdict: report.verdict,
      headline: headlineOf(report)
    }))
  };
}
var isJudging = ({ instrument }) => instrument !== "cpu";
var isOnRules = ({ code }) => code === "config-changed" || code === "load-of-base";
function sectionsOf(report, marks) {
  const causes = report.causes.filter((cause) => !isWaived(cause));
  const isOpen = report.verdict === "inconclusive";
  const isAnswer = ({ code }) => code === "answers-differ";
  const told = (notes2) => notes2.map(({ text }) => marks.prose(text));
  const answers = told(report.notes.filter(isAnswer));
  const notes = told(report.notes.filter((note) => !isAnswer(note) && !isOnRules(note)));
  const rules = (report.configChanges ?? []).map((change) => rulePhrase(change, marks));
  const noisy = report.noisy.map((row) => noisyPhrase(row, marks));
  const unmeasured = report.missing.filter((missing) => !isJudging(missing)).map((missing) => missingPhrase(missing, marks));
  const around = report.moved.filter(({ isAround }) => isAround === true);
  const unchanged = report.unchanged.filter(({ metric, change }) => change > 0 || !around.some((one) => one.metric === metric)).map((row) => unchangedPhrase(row, marks));
  const collector = report.collector === void 0 ? [] : [collectorPhrase(report.collector)];
  const isCollectorFirst = (report.collector?.explains ?? 0) >= MOST_OF_IT;
  const leading = isCollectorFirst ? collector : [];
  const others = [...unexplained(report, marks), ...isCollectorFirst ? [] : collector];
  const suspects = (report.suspects ?? []).map((suspect) => suspectPhrase(suspect, marks));
  const sections = [
    ...report.verdict === "invalid" ? [lines("main", "why there is no verdict", notes)] : [],
    lines("main", "this commit changes its own rules", rules),
    lines("main", "why", leading),
    stories("main", leading.length === 0 ? "why" : "beside the collector", causes, report, marks),
    lines("main", leading.length + causes.length === 0 ? "why" : "what these do not explain", others),
    lines("main", "what head changed that may be behind it", suspects),
    lines("main", "answered differently", answers, "so the work is another, and what answers less costs less"),
    lines("main", "what would decide", deciding(report, marks)),
    lines(isOpen ? "main" : "aside", "too noisy to judge", noisy, "over the limit, but not clearly"),
    stories("aside", "waived", report.causes.filter(isWaived), report, marks),
    ...report.verdict === "invalid" ? [] : [lines(isOpen ? "main" : "aside", "notes", notes)],
    lines("aside", "not measured", unmeasured),
    lines(
      "aside",
      "moved",
      movedLines(
        report.moved.filter((one) => !around.includes(one)),
        marks
      ),
      "costs more, but its callers save it elsewhere"
    ),
    lines("aside", "a new function around code that was there", movedLines(around, marks), AROUND),
    lines("aside", "unchanged code", unchanged, "not changed in head, so this is a side effect or the run's own noise")
  ];
  return sections.filter(({ content }) => (content.kind === "causes" ? content.causes : content.lines).length > 0);
}
var MOST_OF_IT = 0.5;
var NEARLY_ALL = 0.9;
var AROUND = "charged with that now; nothing has moved";
var isWaived = ({ effects }) => effects.some(({ status }) => status === "waived") && !effects.some(({ status }) => status === "over");
var stories = (weight, title, of, report, marks) => ({
  weight,
  title,
  content: { kind: "causes", causes: of.map((cause) => causeStory(cause, report, marks)) }
});
var lines = (weight, title, of, meaning) => ({
  weight,
  title,
  ...meaning === void 0 ? {} : { meaning },
  content: { kind: "lines", lines: of }
});
function causeStory(cause, { totals }, marks) {
  const waiver = cause.effects.find(({ waiver: waiver2 }) => waiver2 !== void 0)?.waiver;
  const { place, sentence } = explanationOf(cause, marks);
  return {
    name: marks.name(cause.function),
    place,
    explanation: sentence,
    change: changeBehind(cause, marks),
    effects: cause.effects.map((effect) => ({
      text: effectPhrase(effect, cause.timeNs),
      isOver: effect.status === "over"
    })),
    explains: explainedBy(cause, totals),
    waiver: waiver && `waived until ${marks.prose(waiver.until)}: ${marks.prose(waiver.reason)}`,
    consequences: cause.consequences.length === 0 ? void 0 : `consequences in ${firstOf(cause.consequences, marks)}`
  };
}
function unexplained({ totals, causes, unchanged, collector }, marks) {
  const over = totals.filter(({ status }) => status === "over").map(({ name }) => name);
  const isExplained = (name) => causes.some(({ effects }) => effects.some(({ metric, netRise }) => metric === name && netRise > 0));
  const isCollectors = (name) => name === "instructions" && (collector?.explains ?? 0) >= NEARLY_ALL;
  const open = over.filter(
    (name) => FUNCTION_METRICS.some((metric) => metric === name) && !isExplained(name) && !isCollectors(name)
  );
  const outside = open.filter((name) => unchanged.some(({ metric, change }) => metric === name && change > 0));
  const nowhere = open.filter((name) => !outside.includes(name));
  const io = over.filter((name) => name === "io-calls" || name === "io-bytes");
  const of = (names) => listed(names.map((name) => labelOf(name)));
  const whole = (collector?.explains ?? 0) >= MOST_OF_IT ? "the rest of the rise" : "the rise";
  const nobody = `no function that head changed explains ${whole} in`;
  return [
    ...outside.length === 0 ? [] : [`${nobody} ${of(outside)}: it is in unchanged code, see below`],
    ...unchanged.filter(({ metric }) => outside.includes(metric)).flatMap((row) => withinPhrase(row, marks) ?? []),
    ...nowhere.length === 0 ? [] : [`${nobody} ${of(nowhere)}`],
    ...over.includes("collection") && collector === void 0 ? ["collection follows what is allocated and kept: see objects and bytes"] : [],
    ...io.length === 0 ? [] : [`${of(io)}: counted for the service as a whole, so no function can be named`]
  ];
}
function deciding({ verdict, totals, noisy, notes, missing, owed: absent = [] }, marks) {
  if (verdict !== "inconclusive") return [];
  const owed = missing.flatMap(({ instrument, fault }) => fault === "service" ? [instrument] : []);
  const required = absent.filter((instrument) => !owed.includes(instrument));
  const close = totals.filter(({ status }) => status === "close");
  const exact = close.filter(({ uncertainty }) => uncertainty.kind === "exact").map(({ name }) => labelOf(name));
  const timed = close.filter(({ uncertainty }) => uncertainty.kind === "spread").map(({ name }) => labelOf(name));
  const noisyNames = [...new Set(noisy.map(({ function: name }) => name))];
  const blurred = [...exact, ...noisyNames.length === 0 ? [] : [firstOf(noisyNames, marks)]];
  return [
    ...blurred.length === 0 ? [] : [`less noise in ${listed(blurred)}: raise load.count in the config`],
    ...timed.length === 0 ? [] : [`more rounds for ${listed(timed)}: raise budget in the config`],
    ...owed.length === 0 ? [] : [
      `a service of which ${listed(owed)} can be counted (see above), or a config whose instruments leave them out`
    ],
    ...required.length === 0 ? [] : [`a machine where ${listed(required)} can be measured (see above), or "require" in the config without it`],
    ...notes.some(({ code }) => code === "rule-matches-nothing") ? ["a limit that guards something (see notes): add a request that runs the function, or correct the pattern"] : []
  ];
}
function movedLines(moved, marks) {
  const byFunction = /* @__PURE__ */ new Map();
  for (const { function: name, metric, rise, netRise } of moved) {
    const phrases = byFunction.get(name) ?? [];
    byFunction.set(name, phrases);
    const left = rise > 0 && netRise / rise >= 0.01 ? ` (${formatShare(netRise / rise)} of it is left)` : "";
    phrases.push(`${risePhrase(metric, rise)}${left}`);
  }
  return [...byFunction].map(([name, phrases]) => `${marks.name(name)}: ${phrases.join(", ")}`);
}

// src/report/text.ts
var WIDTH = 100;
var MOST_LINES = 10;
function renderText(report, { color = false, isGone = false } = {}) {
  const paint = color ? COLOURS : PLAIN;
  const story = storyOf(report, PLAIN_MARKS);
  const blocks = [heading(report, story, paint)];
  blocks[0].push(...story.warnings.flatMap((warning) => wrapped(warning, "  ", paint.yellow)));
  if (report.isSameCode) blocks[0].push("  same machine code: nothing to measure");
  else blocks.push(table(report, story, paint));
  blocks.push(...story.sections.map((section) => sectionLines(section, paint)));
  if (!report.isSameCode) blocks.push(footer(story, isGone, paint));
  return blocks.filter((block) => block.length > 0).map((block) => block.map((line) => `${line}
`).join("")).join("\n");
}
function renderTextSummary(reports, { color = false } = {}) {
  const paint = color ? COLOURS : PLAIN;
  const { service, verdicts } = summaryOf(reports, PLAIN_MARKS);
  const of = service === void 0 ? [] : [{ text: service, paint: paint.bold }];
  const each = verdicts.map(({ name, verdict, headline }, i) => {
    const end = i < verdicts.length - 1 ? "," : "";
    return { text: `${name} ${headline}${end}`, paint: paint[VERDICT_COLOURS[verdict]], gap: i === 0 ? 2 : 1 };
  });
  const lines2 = flowed([...headingOf(together(reports), paint), ...of, ...each], {
    indent: "",
    further: "           "
  });
  return lines2.map((line) => `${line}
`).join("");
}
var VERDICT_COLOURS = {
  pass: "green",
  fail: "red",
  inconclusive: "yellow",
  invalid: "yellow"
};
function heading(report, { service, head, base, duration }, paint) {
  const what = [...headingOf(report, paint), { text: service, paint: paint.bold }, { text: head }];
  const against = [{ text: `against ${base}` }, { text: duration, paint: paint.dim, gap: 3 }];
  return onOneOrTwo(what, against, { indent: "", further: "           " });
}
function headingOf(report, paint) {
  const { verdict } = report;
  const unjudged = headlineOf(report).slice(verdict.length).trim();
  return [
    { text: "perf-gate", paint: paint.bold },
    { text: verdict.toUpperCase(), paint: paint[VERDICT_COLOURS[verdict]] },
    ...unjudged === "" ? [] : [{ text: unjudged, paint: paint.yellow, gap: 1 }]
  ];
}
function table({ totals, isNewService }, { remarks }, paint) {
  if (totals.length === 0) return [];
  const cells = totals.map((row) => [
    `${row.name === "collection" ? "  " : ""}${labelOf(row.name)}`,
    isNewService ? "" : formatAmount(row.base, row.unit),
    formatAmount(row.head, row.unit),
    isNewService ? "" : changeOf(row),
    uncertaintyOf(row),
    limitOf(row),
    statusOf(row)
  ]);
  const all = [["per request", "base", "head", "change", "", "limit", ""], ...cells];
  const widths = widthsOf(all);
  const line = (row, style) => {
    const last = row.findLastIndex((cell) => cell !== "");
    return row.slice(0, last + 1).map((cell, column) => {
      const width = column === last && !isRight(column) ? 0 : widths[column];
      return `${GAPS[column]}${padded(cell, width, isRight(column)).replace(cell, () => style(cell, column))}`;
    }).join("");
  };
  return [
    line(all[0], (text) => paint.dim(text)),
    ...cells.map(
      (row) => line(row, (text, column) => {
        if (column === 4) return paint.dim(text);
        return column === 6 ? text === "over" ? paint.red(text) : paint.yellow(text) : text;
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
  const shown = content.kind === "causes" ? content.causes.slice(0, MOST_LINES).flatMap((cause, i) => causeLines(cause, i + 1, paint)) : content.lines.slice(0, MOST_LINES).flatMap((line) => wrapped(line, "     "));
  return [`  ${head}`, ...shown, ...more.map(paint.dim)];
}
function causeLines(cause, number, paint) {
  const { name, place, explanation, change, effects, explains, waiver, consequences } = cause;
  const label = `  ${number}`.padEnd(5);
  const further = "       ";
  const why = [
    { text: place === void 0 ? explanation : `${place}: ${explanation}`, gap: 3 },
    { text: `(${change})`, paint: paint.dim }
  ];
  const costs = effects.map(({ text, isOver }) => ({ text, paint: isOver ? paint.red : asIs, gap: 3 }));
  return [
    ...onOneOrTwo([{ text: name, paint: paint.bold }], why, { indent: label, further }),
    ...flowed(costs, { indent: further, further }),
    ...[explains, waiver].flatMap((text) => text === void 0 ? [] : wrapped(text, further)),
    ...consequences === void 0 ? [] : wrapped(consequences, further, paint.dim)
  ];
}
function footer({ sensitivity, reproduce, directory }, isGone, paint) {
  const seen = sensitivity === "" ? [] : wrapped(`This run could have seen: ${sensitivity}`, "  ", paint.dim);
  if (isGone) return seen;
  const pieces = [
    { text: `Try it: ${reproduce}`, paint: paint.dim },
    { text: `Profiles: ${directory}`, paint: paint.dim, gap: 3 }
  ];
  return [...seen, ...flowed(pieces, { indent: "  ", further: "  " })];
}
function flowed(pieces, { indent, further }) {
  const lines2 = [];
  let line = indent;
  let length = cellsOf(indent);
  let isEmpty = true;
  for (const { text, paint = asIs, gap = 2 } of pieces) {
    const needed = cellsOf(text) + (isEmpty ? 0 : gap);
    if (!isEmpty && length + needed > WIDTH) {
      lines2.push(line);
      line = further;
      length = cellsOf(further);
      isEmpty = true;
    }
    const [first = "", ...rest] = isEmpty ? wordWrapped(text, WIDTH - length, BREAK) : [text];
    line += `${isEmpty ? "" : " ".repeat(gap)}${paint(first)}`;
    length += cellsOf(first) + (isEmpty ? 0 : gap);
    isEmpty = false;
    for (const next of rest) {
      lines2.push(line);
      line = `${further}${paint(next)}`;
      length = cellsOf(further) + cellsOf(next);
    }
  }
  if (!isEmpty) lines2.push(line);
  return lines2;
}
function onOneOrTwo(first, second, indents) {
  const together2 = flowed([...first, ...second], indents);
  if (together2.length === 1) return together2;
  return [...flowed(first, indents), ...flowed(second, { indent: indents.further, further: indents.further })];
}
function wrapped(text, indent, paint = asIs) {
  const further = `${indent}  `;
  return wordWrapped(text, WIDTH - further.length, BREAK).map(
    (line, i) => `${i === 0 ? indent : further}${paint(line)}`
  );
}
var BREAK = /(?<!\d) | (?!\d{3}(?!\d)|%|[nµm]?s\b)/;
var asIs = (text) => text;
var sgr = (on, off) => (text) => text === "" ? "" : `\x1B[${on}m${text}\x1B[${off}m`;
var PLAIN = { red: asIs, green: asIs, yellow: asIs, dim: asIs, bold: asIs };
var COLOURS = {
  red: sgr(31, 39),
  green: sgr(32, 39),
  yellow: sgr(33, 39),
  dim: sgr(2, 22),
  bold: sgr(1, 22)
};

export {
  jsonText,
  cleanName,
  cleanProse,
  cleanCommand,
  cleaned,
  PLAIN_MARKS,
  storyOf,
  summaryOf,
  renderText,
  renderTextSummary,
  wrapped,
  PLAIN,
  COLOURS
};
