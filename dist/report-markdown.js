import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  PLAIN_MARKS,
  cleanCommand,
  cleanName,
  cleanProse,
  jsonText,
  renderText,
  storyOf,
  summaryOf
} from "./report-story.js";
import {
  changeBehind,
  changeOf,
  compileSchema,
  effectPhrase,
  explanationOf,
  headlineOf,
  labelOf,
  limitOf,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  statusOf,
  titleOf,
  together,
  uncertaintyOf
} from "./report-words.js";
import {
  REPORT_JSON_SCHEMA,
  REPORT_SCHEMA_ID
} from "./report-schema-2.js";
import {
  REPORT_SCHEMA,
  worstOf
} from "./compare-report.js";
import {
  formatAmount,
  formatCount
} from "./ajv.js";
import {
  listed
} from "./base-text.js";
import {
  UserError
} from "./base-errors.js";

// src/report/json.ts
var MAX_LENGTH = 10 * 1024 * 1024;
function renderJson(report) {
  return jsonText({ $schema: REPORT_SCHEMA_ID, ...report });
}
function renderJsonOfAll(reports) {
  const all = reports.map((report) => ({ $schema: REPORT_SCHEMA_ID, ...report }));
  return jsonText({ verdict: worstOf(reports), reports: all });
}
function parseReport(text) {
  if (text.length > MAX_LENGTH)
    throw new UserError("the report is larger than 10 MB", { hint: "no report of perf-gate is" });
  const value = parseJson(text);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UserError("the report is no JSON object");
  checkVersion(value);
  compiled ??= compileSchema(REPORT_JSON_SCHEMA);
  if (!compiled(value)) {
    const [error] = compiled.errors ?? [];
    throw new UserError(`the report is damaged: ${error?.instancePath ?? ""} ${error?.message ?? ""}`, {
      hint: "make it again with perf-gate run"
    });
  }
  const { $schema, ...report } = value;
  return report;
}
var compiled;
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError("the report is no JSON", {
      cause: error,
      detail: error.message,
      hint: "make it again with perf-gate run"
    });
  }
}
function checkVersion(value) {
  const { schema, tool } = value;
  if (schema === REPORT_SCHEMA) return;
  if (typeof schema !== "number")
    throw new UserError("this is no report of perf-gate: it does not say its schema version");
  const writer = typeof tool === "string" && /^[\w.+-]{1,50}$/.test(tool) ? ` (perf-gate ${tool})` : "";
  throw new UserError(
    `the report has schema version ${schema}${writer}, this perf-gate reads version ${REPORT_SCHEMA}`,
    {
      hint: "use the same version of perf-gate to write and to read it"
    }
  );
}

// src/report/junit.ts
var renderJunit = (report) => renderSuites([report]);
function renderSuites(reports) {
  const suites = reports.map(suiteOf);
  const cases = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "perf-gate", ...countsOf(cases), time: seconds(reports) })}>`,
    ...suites.flatMap(({ name, cases: cases2, time }) => [
      `  <testsuite${attributes({ name, ...countsOf(cases2), time })}>`,
      ...cases2.map((testCase) => caseElement(testCase, `perf-gate.${name}`)),
      "  </testsuite>"
    ]),
    "</testsuites>",
    ""
  ].join("\n");
}
function suiteOf(report) {
  const cases = [
    verdictCase(report, storyOf(report, PLAIN_MARKS)),
    ...report.totals.flatMap((row) => row.limit === void 0 ? [] : totalCase(row)),
    ...report.causes.map((cause) => causeCase(cause, report)),
    ...report.noisy.map((noisy) => skipped(`function: ${cleanName(noisy.function)}`, noisyPhrase(noisy, PLAIN_MARKS))),
    ...report.missing.map(
      (missing) => skipped(`not measured: ${missing.instrument}`, missingPhrase(missing, PLAIN_MARKS))
    )
  ];
  return { name: titleOf(report, cleanName), cases, time: seconds([report]) };
}
var seconds = (reports) => (reports.reduce((sum, { durationMs }) => sum + durationMs, 0) / 1e3).toFixed(3);
var VERDICT_KINDS = { fail: "failure", invalid: "error", inconclusive: "skipped" };
function verdictCase(report, story) {
  const { verdict, unjudged = [], isNewService } = report;
  const headline = headlineOf(report);
  if (verdict === "pass") {
    if (isNewService) return skipped("verdict", "a new service: nothing was compared");
    return unjudged.length === 0 ? { name: "verdict" } : skipped("verdict", headline, story.warnings);
  }
  const { head, base, warnings, sections, reproduce, directory } = story;
  const lines = [
    `${head} against ${base}`,
    ...warnings,
    ...sections.flatMap(plainLines),
    `Try it: ${reproduce}`,
    `Profiles: ${directory}`
  ];
  return { name: "verdict", result: { kind: VERDICT_KINDS[verdict], message: headline, lines } };
}
function plainLines({ weight, title, content }) {
  return weight === "main" && content.kind === "lines" ? content.lines.map((line) => `${title}: ${line}`) : [];
}
function totalCase(row) {
  const name = `total: ${labelOf(row.name)}`;
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
  const { effects, timeNs, file, line, isFileInRepository } = cause;
  const { place, sentence } = explanationOf(cause, PLAIN_MARKS);
  const waiver = effects.find(({ waiver: waiver2 }) => waiver2 !== void 0)?.waiver;
  const isOver = effects.some(({ status }) => status === "over");
  const isBlamed = isOver || verdict === "fail" && waiver === void 0;
  const accepted = waiver && `waived until ${cleanProse(waiver.until)}: ${cleanProse(waiver.reason)}`;
  return {
    name: `function: ${cleanName(cause.function)}`,
    ...isFileInRepository && { place: { file, line } },
    result: {
      kind: isBlamed ? "failure" : "skipped",
      message: `${place === void 0 ? "" : `${place}: `}${sentence} (${changeBehind(cause, PLAIN_MARKS)})`,
      lines: [...effects.map((effect) => effectPhrase(effect, timeNs)), ...accepted === void 0 ? [] : [accepted]]
    }
  };
}
var skipped = (name, message, lines = []) => ({
  name,
  result: { kind: "skipped", message, lines }
});
function countsOf(cases) {
  const count = (kind) => String(cases.filter(({ result }) => result?.kind === kind).length);
  return {
    tests: String(cases.length),
    failures: count("failure"),
    errors: count("error"),
    skipped: count("skipped")
  };
}
function caseElement({ name, place, result }, classname) {
  const file = place?.file === void 0 ? void 0 : cleanName(place.file);
  const start = `    <testcase${attributes({ name, classname, file, line: place?.line?.toString(), time: "0" })}`;
  if (result === void 0) return `${start}/>`;
  const { kind, message, lines } = result;
  const body = lines.map((line) => `${escapeXml(line)}
`).join("");
  return `${start}>
      <${kind}${attributes({ message })}>${body}</${kind}>
    </testcase>`;
}
var attributes = (values) => Object.entries(values).map(([name, value]) => value === void 0 ? "" : ` ${name}="${escapeXml(value)}"`).join("");
var ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
var escapeXml = (text) => text.replaceAll(/[\uFFFE\uFFFF]/g, "").replaceAll(/[&<>"]/g, (character) => ENTITIES[character]);

// node_modules/markdown-table/index.js
function defaultStringLength(value) {
  return value.length;
}
function markdownTable(table2, options) {
  const settings = options || {};
  const align = (settings.align || []).concat();
  const stringLength = settings.stringLength || defaultStringLength;
  const alignments = [];
  const cellMatrix = [];
  const sizeMatrix = [];
  const longestCellByColumn = [];
  let mostCellsPerRow = 0;
  let rowIndex = -1;
  while (++rowIndex < table2.length) {
    const row2 = [];
    const sizes2 = [];
    let columnIndex2 = -1;
    if (table2[rowIndex].length > mostCellsPerRow) {
      mostCellsPerRow = table2[rowIndex].length;
    }
    while (++columnIndex2 < table2[rowIndex].length) {
      const cell = serialize(table2[rowIndex][columnIndex2]);
      if (settings.alignDelimiters !== false) {
        const size = stringLength(cell);
        sizes2[columnIndex2] = size;
        if (longestCellByColumn[columnIndex2] === void 0 || size > longestCellByColumn[columnIndex2]) {
          longestCellByColumn[columnIndex2] = size;
        }
      }
      row2.push(cell);
    }
    cellMatrix[rowIndex] = row2;
    sizeMatrix[rowIndex] = sizes2;
  }
  let columnIndex = -1;
  if (typeof align === "object" && "length" in align) {
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = toAlignment(align[columnIndex]);
    }
  } else {
    const code = toAlignment(align);
    while (++columnIndex < mostCellsPerRow) {
      alignments[columnIndex] = code;
    }
  }
  columnIndex = -1;
  const row = [];
  const sizes = [];
  while (++columnIndex < mostCellsPerRow) {
    const code = alignments[columnIndex];
    let before = "";
    let after = "";
    if (code === 99) {
      before = ":";
      after = ":";
    } else if (code === 108) {
      before = ":";
    } else if (code === 114) {
      after = ":";
    }
    let size = settings.alignDelimiters === false ? 1 : Math.max(
      1,
      longestCellByColumn[columnIndex] - before.length - after.length
    );
    const cell = before + "-".repeat(size) + after;
    if (settings.alignDelimiters !== false) {
      size = before.length + size + after.length;
      if (size > longestCellByColumn[columnIndex]) {
        longestCellByColumn[columnIndex] = size;
      }
      sizes[columnIndex] = size;
    }
    row[columnIndex] = cell;
  }
  cellMatrix.splice(1, 0, row);
  sizeMatrix.splice(1, 0, sizes);
  rowIndex = -1;
  const lines = [];
  while (++rowIndex < cellMatrix.length) {
    const row2 = cellMatrix[rowIndex];
    const sizes2 = sizeMatrix[rowIndex];
    const cellsInRow = settings.fillRows === false ? Math.max(1, cellMatrix[rowIndex === 1 ? 0 : rowIndex].length) : mostCellsPerRow;
    columnIndex = -1;
    const line = [];
    while (++columnIndex < cellsInRow) {
      const cell = row2[columnIndex] || "";
      let before = "";
      let after = "";
      if (settings.alignDelimiters !== false) {
        const size = longestCellByColumn[columnIndex] - (sizes2[columnIndex] || 0);
        const code = alignments[columnIndex];
        if (code === 114) {
          before = " ".repeat(size);
        } else if (code === 99) {
          const half = size / 2;
          if (size % 2) {
            before = " ".repeat(half + 0.5);
            after = " ".repeat(half - 0.5);
          } else {
            before = " ".repeat(half);
            after = before;
          }
        } else {
          after = " ".repeat(size);
        }
      }
      if (settings.delimiterStart !== false && !columnIndex) {
        line.push("|");
      }
      if (settings.padding !== false && // Don’t add the opening space if we’re not aligning and the cell is
      // empty: there will be a closing space.
      !(settings.alignDelimiters === false && cell === "") && (settings.delimiterStart !== false || columnIndex)) {
        line.push(" ");
      }
      if (settings.alignDelimiters !== false) {
        line.push(before);
      }
      line.push(cell);
      if (settings.alignDelimiters !== false) {
        line.push(after);
      }
      if (settings.padding !== false) {
        line.push(" ");
      }
      if (settings.delimiterEnd !== false || columnIndex !== cellsInRow - 1) {
        line.push("|");
      }
    }
    lines.push(
      settings.delimiterEnd === false ? line.join("").replace(/ +$/, "") : line.join("")
    );
  }
  return lines.join("\n");
}
function serialize(value) {
  return value === null || value === void 0 ? "" : String(value);
}
function toAlignment(value) {
  const code = typeof value === "string" ? value.codePointAt(0) : 0;
  return code === 67 || code === 99 ? 99 : code === 76 || code === 108 ? 108 : code === 82 || code === 114 ? 114 : 0;
}

// src/report/markdown-escape.ts
function codeSpan(text) {
  if (text === "") return "";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = /^`|`$|^ .*[^ ].* $/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}
var BREAK = "\u200B";
function escapeProse(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("$", "&#36;").replaceAll(/[\\`*_[\]|~!]/g, "\\$&").replaceAll("@", `@${BREAK}`).replaceAll(/#(?!36;)/g, `#${BREAK}`).replaceAll(/(GH-)(?=\d)/gi, `$1${BREAK}`).replaceAll(/:\/\//g, `:${BREAK}//`).replaceAll(/(www)\./gi, `$1${BREAK}.`).replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^[-+=]/, "\\$&");
}

// src/report/markdown.ts
var MAX_LENGTH2 = 6e4;
var MARKS = {
  name: (text) => codeSpan(cleanName(text)),
  prose: (text) => escapeProse(cleanProse(text)),
  command: (text) => codeSpan(cleanCommand(text))
};
function renderMarkdown(report, { maxLength = MAX_LENGTH2 } = {}) {
  const story = storyOf(report, MARKS);
  const bare = `**perf-gate: ${headlineOf(report)}**`;
  const heading = `${bare} \xB7 ${story.service} \xB7 ${story.head} against ${story.base} \xB7 ${story.duration}`;
  const found = report.isSameCode ? ["Same machine code: nothing to measure."] : [table(report), listOf(story.remarks)];
  const start = [heading, ...story.warnings.map((warning) => `**Note:** ${warning}`), ...found];
  const middle = story.sections.map(partOf);
  const end = report.isSameCode ? [] : footer(report, story);
  return `${fitted({ bare, start: start.filter(isThere), middle, end, maxLength: maxLength - 1 })}
`;
}
function renderMarkdownSummary(reports) {
  const { service, verdicts } = summaryOf(reports, MARKS);
  const each = verdicts.map(({ name, headline }) => `${name} ${headline}`).join(", ");
  const parts = [`**perf-gate: ${headlineOf(together(reports))}**`, ...service === void 0 ? [] : [service], each];
  return `${parts.join(" \xB7 ")}
`;
}
function table({ totals, isNewService }) {
  if (totals.length === 0) return "";
  const rows = totals.map((row) => [
    `${row.name === "collection" ? "&nbsp;&nbsp;" : ""}${labelOf(row.name)}`,
    isNewService ? "" : unbroken(formatAmount(row.base, row.unit)),
    unbroken(formatAmount(row.head, row.unit)),
    isNewService ? "" : unbroken(`${changeOf(row)} ${uncertaintyOf(row)}`.trim()),
    unbroken(limitOf(row)),
    statusOf(row) === "over" ? "**over**" : statusOf(row)
  ]);
  return markdownTable([["per request", "base", "head", "change", "limit", ""], ...rows], {
    align: ["l", "r", "r", "r", "r", "l"]
  });
}
var unbroken = (text) => text.replaceAll(" ", "\xA0");
function partOf({ weight, title, meaning, content }) {
  const items = content.kind === "causes" ? content.causes.map((cause, i) => causeItem(cause, i + 1)) : content.lines.map((line) => `- ${line}`);
  const name = capitalised(title);
  const explained = meaning === void 0 ? "" : `: ${meaning}`;
  if (weight === "main") return { title, open: `**${name}**${explained}

`, items, close: "" };
  const summary = `${name} (${formatCount(items.length)})${explained}`;
  return { title, open: `<details><summary>${summary}</summary>

`, items, close: "\n\n</details>" };
}
function causeItem(cause, number) {
  const { name, place, explanation, change, effects, explains, waiver, consequences } = cause;
  const label = `${number}. `;
  const details = [
    ...effects.map(({ text, isOver }) => isOver ? `**${text}**` : text),
    explains,
    waiver,
    consequences
  ];
  const indent = " ".repeat(label.length);
  return [
    `${label}${name}${place === void 0 ? "" : ` at ${place}`}: ${explanation} (${change})`,
    ...details.flatMap((detail) => detail === void 0 ? [] : `${indent}- ${detail}`)
  ].join("\n");
}
function footer({ tool }, { sensitivity, reproduce, directory }) {
  const seen = sensitivity === "" ? [] : [`This run could have seen: ${sensitivity}.`];
  return [...seen, `Try it: ${reproduce} \xB7 Profiles: ${directory} \xB7 perf-gate ${escapeProse(cleanName(tool))}`];
}
var listOf = (texts) => texts.map((text) => `- ${text}`).join("\n");
var capitalised = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
var isThere = (text) => text !== "";
function fitted({ bare, start, middle, end, maxLength }) {
  const withCounts = (counts) => joined([...start, ...middle.map((part, i) => shown(part, counts[i])), leftOut(middle, counts), ...end]);
  const whole = withCounts(middle.map(({ items }) => items.length));
  if (whole.length <= maxLength) return whole;
  const nothing = middle.map(() => 0);
  let room = maxLength - withCounts(nothing).length;
  if (room >= 0) {
    const counts = middle.map((part) => {
      const count = fitting(part, room);
      room = count < part.items.length ? 0 : room - BETWEEN.length - shown(part, count).length;
      return count;
    });
    return withCounts(counts);
  }
  for (let kept = start.length; kept > 0; kept--) {
    const text = joined([...start.slice(0, kept), leftOut(middle, nothing)]);
    if (text.length <= maxLength) return text;
  }
  return bare.slice(0, Math.max(0, maxLength));
}
function fitting({ open, items, close }, room) {
  let length = BETWEEN.length + open.length + close.length - 1;
  const over = items.findIndex((item) => {
    length += item.length + 1;
    return length > room;
  });
  return over < 0 ? items.length : over;
}
function shown({ open, items, close }, count) {
  return count === 0 ? "" : `${open}${items.slice(0, count).join("\n")}${close}`;
}
function leftOut(parts, counts) {
  const gaps = parts.flatMap(({ title, items }, i) => {
    const count = items.length - counts[i];
    return count === 0 ? [] : [`${formatCount(count)} of "${title}"`];
  });
  return gaps.length === 0 ? "" : `Left out, because the comment would be too long: ${listed(gaps)}. All of it is in report.json.`;
}
var BETWEEN = "\n\n";
var joined = (blocks) => blocks.filter(isThere).join(BETWEEN);

// src/report/formats.ts
var formats = {
  text: renderText,
  markdown: renderMarkdown,
  json: renderJson,
  junit: renderJunit
};

export {
  renderJsonOfAll,
  parseReport,
  renderSuites,
  escapeProse,
  MAX_LENGTH2 as MAX_LENGTH,
  renderMarkdownSummary,
  formats
};
