import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  ROW_LABELS,
  changeBehind,
  changeOf,
  effectPhrase,
  explainedBy,
  explanationOf,
  firstOf,
  formatAmount,
  formatCount,
  formatDuration,
  formatShare,
  limitOf,
  listed,
  missingPhrase,
  noisyPhrase,
  remarkOn,
  risePhrase,
  sensitivityPhrase,
  shortCommit,
  statusOf,
  uncertaintyOf,
  unchangedPhrase
} from "./chunk-J72DTEVW.js";
import {
  FUNCTION_METRICS,
  INSTRUMENTS,
  METRICS,
  require__
} from "./chunk-Y2FVQRTN.js";
import {
  UserError
} from "./chunk-MJBSXXZC.js";
import {
  __toESM
} from "./chunk-5PVW3TJC.js";

// src/ci/hosts.ts
import { readFile, stat } from "node:fs/promises";

// src/ci/circleci.ts
var circleci = {
  isHere: (env) => env["CIRCLECI"] === "true",
  eventFile: () => void 0,
  read: (env) => ({
    host: "CircleCI",
    heads: env["CIRCLE_SHA1"] ? [env["CIRCLE_SHA1"]] : [],
    bases: [],
    refusal: void 0,
    pullRequest: pullRequestOf(env),
    runUrl: env["CIRCLE_BUILD_URL"] || void 0,
    summaryFile: void 0
  })
};
function pullRequestOf(env) {
  const page = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)\/pull\/([1-9]\d{0,8})$/.exec(
    env["CIRCLE_PULL_REQUEST"] ?? ""
  );
  if (page === null) return void 0;
  const [, host, owner, repo, number3] = page;
  const apiUrl = host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`;
  return { apiUrl: env["GITHUB_API_URL"] || apiUrl, owner, repo, number: Number(number3) };
}

// src/ci/github-event.ts
var import__ = __toESM(require__(), 1);
function parseEvent(name, text2) {
  switch (name) {
    case "pull_request": {
      const { pull_request: pull } = checked(name, text2);
      return { name, number: pull.number, head: pull.head.sha, branch: pull.base.ref };
    }
    case "push": {
      const { before, repository } = checked(name, text2);
      return { name, before: /^0+$/.test(before) ? void 0 : before, defaultBranch: repository.default_branch };
    }
    case "merge_group":
      return { name, base: checked(name, text2).merge_group.base_sha };
    case "workflow_run": {
      const { workflow_run: run, repository } = checked(name, text2);
      const { id, event, head_sha, head_branch, head_repository } = run;
      const isThere2 = head_repository !== null && head_branch !== null;
      const head = isThere2 ? {
        commit: head_sha,
        owner: head_repository.owner.login,
        repository: head_repository.full_name,
        branch: head_branch
      } : void 0;
      return { name, run: { id, event, head }, defaultBranch: repository.default_branch };
    }
    case "pull_request_target":
      return { name };
    default:
      return { name: "other", defaultBranch: checked("other", text2).repository?.default_branch };
  }
}
var has = (properties) => ({
  type: "object",
  properties,
  required: Object.keys(properties)
});
var orNull = (schema) => ({ anyOf: [{ type: "null" }, schema] });
var commit = { type: "string", pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$" };
var number = { type: "integer", minimum: 1 };
var branch = { type: "string", maxLength: 1e3, pattern: "^[^-/\\s~^:?*\\[\\\\\\p{Cc}][^\\s~^:?*\\[\\\\\\p{Cc}]*$" };
var word = { type: "string", maxLength: 200, pattern: "^[\\w.-]+$" };
var SCHEMAS = {
  pull_request: has({ pull_request: has({ number, head: has({ sha: commit }), base: has({ ref: branch }) }) }),
  push: has({ before: commit, repository: has({ default_branch: branch }) }),
  merge_group: has({ merge_group: has({ base_sha: commit }) }),
  workflow_run: has({
    workflow_run: has({
      id: number,
      event: word,
      head_sha: commit,
      head_branch: orNull(branch),
      head_repository: orNull(
        has({
          full_name: { type: "string", maxLength: 200, pattern: "^[\\w.-]+/[\\w.-]+$" },
          owner: has({ login: word })
        })
      )
    }),
    repository: has({ default_branch: branch })
  }),
  other: { type: "object", properties: { repository: { type: "object", properties: { default_branch: branch } } } }
};
function checked(name, text2) {
  let value;
  try {
    value = JSON.parse(text2);
  } catch (cause2) {
    throw new UserError(`the event of this job (${name}) is no JSON`, { cause: cause2, hint: HINT });
  }
  const validate = new import__.Ajv2020({ strict: true }).compile(SCHEMAS[name]);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new UserError(
    `the event of this job (${name}) is not what GitHub sends: ${error?.instancePath} ${error?.message}`,
    {
      hint: HINT
    }
  );
}
var HINT = "name the commit to compare with, with --base (the input base of the action)";

// src/ci/github.ts
var github = {
  isHere: (env) => env["GITHUB_ACTIONS"] === "true",
  eventFile: (env) => env["GITHUB_EVENT_PATH"] || void 0,
  read: (env, eventText) => jobOf(env, parseEvent(env["GITHUB_EVENT_NAME"] ?? "", eventText ?? "{}"))
};
function jobOf(env, event) {
  const repository = repositoryOf(env);
  const heads = [env["GITHUB_SHA"], event.name === "pull_request" ? event.head : void 0];
  return {
    host: "GitHub Actions",
    heads: heads.flatMap((commit2) => commit2 || []),
    bases: basesOf(env, event),
    refusal: refusalOf(event),
    pullRequest: repository && pullRequestOf2(repository, event),
    runUrl: runUrlOf(env, event),
    summaryFile: env["GITHUB_STEP_SUMMARY"] || void 0
  };
}
function basesOf(env, event) {
  switch (event.name) {
    case "pull_request": {
      const reason = `what pull request #${event.number} is merged onto`;
      return [
        { kind: "merged-onto", head: event.head, reason },
        { kind: "merge-base", branch: event.branch }
      ];
    }
    case "push":
      return pushed(env, event);
    case "merge_group":
      return [{ kind: "commit", commit: event.base, reason: "what the merge group is merged onto" }];
    case "pull_request_target":
      return [];
    case "workflow_run":
    case "other":
      if (event.defaultBranch === void 0) return [];
      return env["GITHUB_REF"] === `refs/heads/${event.defaultBranch}` ? [COMMIT_BEFORE] : [{ kind: "merge-base", branch: event.defaultBranch }];
  }
}
function refusalOf(event) {
  if (event.name === "pull_request_target") {
    return {
      reason: "in a job on pull_request_target the code of a fork would run with the rights of this repository",
      hint: "measure on pull_request; docs/github.md shows how pull requests of forks get their comment"
    };
  }
  if (event.name === "workflow_run" && event.run.event.startsWith("pull_request")) {
    return {
      reason: "a job on workflow_run has the rights of this repository, also where a fork started the run before it",
      hint: "measure on pull_request, and publish the report here with command: publish"
    };
  }
  return void 0;
}
var COMMIT_BEFORE = { kind: "parent", reason: "the commit before it" };
function pushed(env, { before, defaultBranch }) {
  const ref = env["GITHUB_REF"] ?? "";
  if (ref.startsWith("refs/tags/")) return [COMMIT_BEFORE];
  if (ref !== `refs/heads/${defaultBranch}`) return [{ kind: "merge-base", branch: defaultBranch }];
  const choices = [COMMIT_BEFORE];
  if (before !== void 0) {
    choices.unshift({ kind: "commit", commit: before, reason: `${defaultBranch} before this push` });
  }
  return choices;
}
function pullRequestOf2(repository, event) {
  if (event.name === "pull_request") return { ...repository, number: event.number };
  if (event.name !== "workflow_run") return void 0;
  const { run } = event;
  return run.event === "pull_request" && run.head !== void 0 ? { ...repository, head: run.head } : void 0;
}
function repositoryOf(env) {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
  if (owner === void 0 || repo === void 0) return void 0;
  return { apiUrl: env["GITHUB_API_URL"] || "https://api.github.com", owner, repo };
}
function runUrlOf(env, event) {
  const id = event.name === "workflow_run" ? String(event.run.id) : env["GITHUB_RUN_ID"] ?? "";
  const repository = repositoryOf(env);
  if (!/^\d+$/.test(id) || repository === void 0) return void 0;
  const server = env["GITHUB_SERVER_URL"] || "https://github.com";
  return `${server}/${repository.owner}/${repository.repo}/actions/runs/${id}`;
}

// src/ci/hosts.ts
var hosts = [github, circleci];
var LARGEST_EVENT_BYTES = 25e6;
async function readJob(env) {
  const host = hosts.find(({ isHere }) => isHere(env));
  if (host === void 0) return void 0;
  const file = host.eventFile(env);
  return host.read(env, file === void 0 ? void 0 : await readEvent(file));
}
async function readEvent(file) {
  try {
    if ((await stat(file)).size > LARGEST_EVENT_BYTES) throw new Error("it is larger than 25 MB");
    return await readFile(file, "utf8");
  } catch (cause2) {
    throw new UserError(`the event of this job cannot be read from ${file}: ${cause2.message}`, { cause: cause2 });
  }
}

// src/compare/report.ts
var REPORT_SCHEMA = 1;
var VERDICTS = ["pass", "fail", "inconclusive", "invalid"];

// src/report/json.ts
var import__2 = __toESM(require__(), 1);

// src/report/schema.ts
var REPORT_SCHEMA_ID = "https://unpkg.com/perf-gate/schema/report.schema.json";
var REPRODUCE = "^(npx )?perf-gate( [^;&|<>`$(){}\\\\\\p{Cc}]*)?$";
function record(fields) {
  const entries = Object.entries(fields);
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([key, field]) => [key, isOptional(field) ? field.optional : field])),
    required: entries.flatMap(([key, field]) => isOptional(field) ? [] : [key]),
    additionalProperties: false
  };
}
var isOptional = (field) => "optional" in field;
var optional = (schema) => ({ optional: schema });
var listOf = (items) => ({ type: "array", items, maxItems: 1e4 });
var oneOf = (values) => ({ enum: values });
var described = (description, schema) => ({ description, ...schema });
var text = { type: "string", maxLength: 1e5 };
var number2 = { type: "number" };
var amount = { type: "number", minimum: 0 };
var boolean = { type: "boolean" };
var metric = oneOf(METRICS);
var side = record({ commit: text, version: text, isDirty: boolean });
var limit = record({
  ratio: described("0.02 for +2 %.", amount),
  text: described("As written in the config.", text),
  at: optional(described("Where it is written; absent for a default.", text))
});
var total = record({
  name: oneOf([...METRICS, "collection", "system-cpu"]),
  unit: oneOf(["count", "bytes", "ns"]),
  base: number2,
  head: number2,
  change: optional(described("head / base - 1; absent where the base is 0.", number2)),
  uncertainty: {
    anyOf: [
      record({
        kind: { const: "exact" },
        noise: described("Difference of the replicates over the base.", amount)
      }),
      record({
        kind: { const: "spread" },
        sd: described("Standard deviation of the rounds' log ratios.", amount),
        rounds: amount
      })
    ]
  },
  limit: optional(limit),
  status: described(
    "ok: within its limit. close: over it by less than the noise. waived: over it by waived rises only. unjudged: shown only.",
    oneOf(["ok", "over", "close", "waived", "unjudged"])
  )
});
var explanation = {
  anyOf: [
    record({
      kind: described("The line runs more often.", { const: "line" }),
      base: amount,
      head: amount
    }),
    record({
      kind: described("The function is called more often.", { const: "calls" }),
      base: amount,
      head: amount
    }),
    record({
      kind: described("As many calls, each dearer by `ratio`.", { const: "per-call" }),
      calls: amount,
      ratio: number2
    }),
    record({ kind: { const: "new" } }),
    record({ kind: { const: "dearer" } })
  ]
};
var effect = record({
  metric,
  base: described("Charged cost: all that runs beneath the function, down to the next changed one.", number2),
  head: number2,
  netRise: described("What of the rise is left in every caller's cost up to the root.", number2),
  relative: described("Net rise over the base's charged cost, for a new function over the total.", number2),
  noise: amount,
  limit: optional(limit),
  status: oneOf(["over", "within", "waived", "ignored"]),
  explains: optional(described("Share of the total's rise.", number2)),
  waiver: optional(
    record({
      reason: text,
      until: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$" }
    })
  )
});
var cause = record({
  function: described("As Go's own profile names it.", text),
  file: optional(text),
  line: optional(amount),
  isFileInRepository: boolean,
  changedBy: optional(
    described("What the commit did to it: source, uses pricing.Rounds, assembly; absent when nobody knows.", text)
  ),
  module: optional(record({ path: text, base: optional(text), head: optional(text) })),
  explanation,
  effects: listOf(effect),
  timeNs: optional(described("The rise in CPU time that the instructions stand for.", number2)),
  consequences: described("Callers that cost more because of it, nearest first.", listOf(text))
});
var REPORT_JSON_SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: REPORT_SCHEMA_ID,
  title: "A report of perf-gate",
  description: "What a comparison of two commits found. Figures are per request, ratios are plain (0.1 = 10 %).",
  ...record({
    $schema: optional({ const: REPORT_SCHEMA_ID }),
    schema: { const: REPORT_SCHEMA },
    tool: described("Version of perf-gate.", text),
    verdict: oneOf(VERDICTS),
    isSameCode: described("Both sides execute the same machine code: nothing was measured.", boolean),
    service: text,
    base: side,
    head: side,
    baseReason: described("How the base was chosen.", text),
    baselineSource: optional(
      described("Where the exact figures of the base come from: an earlier run's bundle, or this run.", {
        enum: ["stored", "measured"]
      })
    ),
    durationMs: amount,
    totals: listOf(total),
    causes: described(
      "Functions whose rise is over a limit or explains a total that is; the largest first.",
      listOf(cause)
    ),
    moved: described(
      "Functions whose rise their callers saved elsewhere.",
      listOf(record({ function: text, metric, rise: number2, netRise: number2 }))
    ),
    unchanged: described(
      "What code that the commit did not change costs more or less.",
      listOf(
        record({
          metric,
          base: number2,
          head: number2,
          change: described("Over the total of the base.", number2),
          functions: listOf(record({ function: text, rise: number2 }))
        })
      )
    ),
    noisy: described(
      "Functions that rose over a limit by no more than their own noise.",
      listOf(record({ function: text, metric, netRise: number2, noise: amount }))
    ),
    notes: listOf(record({ code: text, text })),
    missing: described(
      "Instruments that were wanted and could not be used.",
      listOf(
        record({
          instrument: oneOf(INSTRUMENTS),
          reason: text,
          hint: optional(text)
        })
      )
    ),
    sensitivity: described(
      "The smallest rise of a total that this run could have told from its noise.",
      listOf(record({ metric, ratio: amount }))
    ),
    reproduce: described("A command that repeats the comparison.", { ...text, pattern: REPRODUCE }),
    directory: described("The run directory.", text)
  })
};

// src/report/json.ts
var MAX_LENGTH = 10 * 1024 * 1024;
function renderJson(report) {
  return `${JSON.stringify({ $schema: REPORT_SCHEMA_ID, ...report }, void 0, 2)}
`;
}
function parseReport(text2) {
  if (text2.length > MAX_LENGTH)
    throw new UserError("the report is larger than 10 MB", { hint: "no report of perf-gate is" });
  const value = parseJson(text2);
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new UserError("the report is no JSON object");
  checkVersion(value);
  compiled ??= new import__2.Ajv2020({ strict: true }).compile(REPORT_JSON_SCHEMA);
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
function parseJson(text2) {
  try {
    return JSON.parse(text2);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserError("the report is no JSON", { cause: error, detail: error.message });
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

// src/report/clean.ts
var LONGEST_NAME = 200;
var LONGEST_PROSE = 500;
var LONGEST_COMMAND = 1e3;
var cleanName = (text2) => shortened(cleaned(text2), LONGEST_NAME) || "(unnamed)";
var cleanProse = (text2) => shortened(cleaned(text2), LONGEST_PROSE);
var cleanCommand = (text2) => shortened(cleaned(text2), LONGEST_COMMAND);
function cleaned(text2) {
  return text2.replaceAll(/[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu, " ").replaceAll(/[\p{Cc}\p{Cf}\p{Co}]/gu, "").replaceAll(new RegExp("\\p{Cs}", "gu"), "\uFFFD").trim();
}
function shortened(text2, longest) {
  if (text2.length <= longest) return text2;
  const characters = [...text2];
  if (characters.length <= longest) return text2;
  const kept = longest - 1;
  const start = Math.ceil(kept / 2);
  return `${characters.slice(0, start).join("")}\u2026${characters.slice(characters.length - (kept - start)).join("")}`;
}

// src/report/markdown-escape.ts
function codeSpan(text2) {
  if (text2 === "") return "";
  const longest = Math.max(0, ...[...text2.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = /^`|`$|^ .*[^ ].* $/.test(text2) ? " " : "";
  return `${fence}${padding}${text2}${padding}${fence}`;
}
var BREAK = "\u200B";
function escapeProse(text2) {
  return text2.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("$", "&#36;").replaceAll(/[\\`*_[\]|~!]/g, "\\$&").replaceAll("@", `@${BREAK}`).replaceAll(/#(?!36;)/g, `#${BREAK}`).replaceAll(/(GH-)(?=\d)/gi, `$1${BREAK}`).replaceAll(/:\/\//g, `:${BREAK}//`).replaceAll(/(www)\./gi, `$1${BREAK}.`).replace(/^(\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^[-+=]/, "\\$&");
}

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
  const lines2 = [];
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
    lines2.push(
      settings.delimiterEnd === false ? line.join("").replace(/ +$/, "") : line.join("")
    );
  }
  return lines2.join("\n");
}
function serialize(value) {
  return value === null || value === void 0 ? "" : String(value);
}
function toAlignment(value) {
  const code = typeof value === "string" ? value.codePointAt(0) : 0;
  return code === 67 || code === 99 ? 99 : code === 76 || code === 108 ? 108 : code === 82 || code === 114 ? 114 : 0;
}

// src/report/story.ts
function storyOf(report, marks) {
  const side2 = ({ commit: commit2, isDirty }) => `${marks.name(shortCommit(commit2))}${isDirty ? " + uncommitted changes" : ""}`;
  return {
    service: marks.prose(report.service),
    head: `head ${side2(report.head)}`,
    base: `base ${side2(report.base)} (${marks.prose(report.baseReason)})`,
    duration: formatDuration(report.durationMs),
    warnings: report.missing.filter(isJudging).map((missing) => missingPhrase(missing, marks)),
    remarks: report.totals.flatMap((row) => remarkOn(row) ?? []),
    sections: sectionsOf(report, marks),
    sensitivity: sensitivityPhrase(report.sensitivity),
    reproduce: marks.command(report.reproduce),
    directory: marks.name(report.directory)
  };
}
var isJudging = ({ instrument }) => instrument !== "cpu";
function sectionsOf(report, marks) {
  const causes = report.causes.filter((cause2) => !isWaived(cause2));
  const isOpen = report.verdict === "inconclusive";
  const notes = report.notes.map(({ text: text2 }) => marks.prose(text2));
  const noisy = report.noisy.map((row) => noisyPhrase(row, marks));
  const unmeasured = report.missing.filter((missing) => !isJudging(missing)).map((missing) => missingPhrase(missing, marks));
  const unchanged = report.unchanged.map((row) => unchangedPhrase(row, marks));
  const sections = [
    ...report.verdict === "invalid" ? [lines("main", "why there is no verdict", notes)] : [],
    stories("main", "why", causes, report, marks),
    lines("main", causes.length === 0 ? "why" : "what these do not explain", unexplained(report)),
    lines("main", "what would decide", deciding(report, marks)),
    lines(isOpen ? "main" : "aside", "too noisy to judge", noisy, "over the limit, but not clearly"),
    stories("aside", "waived", report.causes.filter(isWaived), report, marks),
    ...report.verdict === "invalid" ? [] : [lines(isOpen ? "main" : "aside", "notes", notes)],
    lines("aside", "not measured", unmeasured),
    lines("aside", "moved", movedLines(report.moved, marks), "costs more, but its callers save it elsewhere"),
    lines("aside", "unchanged code", unchanged, "not changed in head, so this is a side effect or the run's own noise")
  ];
  return sections.filter(({ content }) => (content.kind === "causes" ? content.causes : content.lines).length > 0);
}
var isWaived = ({ effects }) => effects.some(({ status }) => status === "waived") && !effects.some(({ status }) => status === "over");
var stories = (weight, title, of, report, marks) => ({
  weight,
  title,
  content: { kind: "causes", causes: of.map((cause2) => causeStory(cause2, report, marks)) }
});
var lines = (weight, title, of, meaning) => ({
  weight,
  title,
  ...meaning === void 0 ? {} : { meaning },
  content: { kind: "lines", lines: of }
});
function causeStory(cause2, { totals }, marks) {
  const waiver = cause2.effects.find(({ waiver: waiver2 }) => waiver2 !== void 0)?.waiver;
  const { place, sentence } = explanationOf(cause2, marks);
  return {
    name: marks.name(cause2.function),
    place,
    explanation: sentence,
    change: changeBehind(cause2, marks),
    effects: cause2.effects.map((effect2) => ({
      text: effectPhrase(effect2, cause2.timeNs),
      isOver: effect2.status === "over"
    })),
    explains: explainedBy(cause2, totals),
    waiver: waiver && `waived until ${marks.prose(waiver.until)}: ${marks.prose(waiver.reason)}`,
    consequences: cause2.consequences.length === 0 ? void 0 : `consequences in ${firstOf(cause2.consequences, marks)}`
  };
}
function unexplained({ totals, causes, unchanged }) {
  const over = totals.filter(({ status }) => status === "over").map(({ name }) => name);
  const isExplained = (name) => causes.some(({ effects }) => effects.some(({ metric: metric2, netRise }) => metric2 === name && netRise > 0));
  const open = over.filter((name) => FUNCTION_METRICS.some((metric2) => metric2 === name) && !isExplained(name));
  const outside = open.filter((name) => unchanged.some(({ metric: metric2, change }) => metric2 === name && change > 0));
  const nowhere = open.filter((name) => !outside.includes(name));
  const io = over.filter((name) => name === "io-calls" || name === "io-bytes");
  const of = (names) => listed(names.map((name) => ROW_LABELS[name]));
  const nobody = "no function that head changed explains the rise in";
  return [
    ...outside.length === 0 ? [] : [`${nobody} ${of(outside)}: it is in unchanged code, see below`],
    ...nowhere.length === 0 ? [] : [`${nobody} ${of(nowhere)}`],
    ...over.includes("collection") ? ["collection follows what is allocated and kept: see objects and bytes"] : [],
    ...io.length === 0 ? [] : [`${of(io)}: counted for the service as a whole, so no function can be named`]
  ];
}
function deciding({ verdict, totals, noisy, notes }, marks) {
  if (verdict !== "inconclusive") return [];
  const close = totals.filter(({ status }) => status === "close");
  const exact = close.filter(({ uncertainty }) => uncertainty.kind === "exact").map(({ name }) => ROW_LABELS[name]);
  const timed = close.filter(({ uncertainty }) => uncertainty.kind === "spread").map(({ name }) => ROW_LABELS[name]);
  const noisyNames = [...new Set(noisy.map(({ function: name }) => name))];
  const blurred = [...exact, ...noisyNames.length === 0 ? [] : [firstOf(noisyNames, marks)]];
  return [
    ...blurred.length === 0 ? [] : [`less noise in ${listed(blurred)}: raise load.count in the config`],
    ...timed.length === 0 ? [] : [`more rounds for ${listed(timed)}: raise budget in the config`],
    ...notes.some(({ code }) => code === "rule-matches-nothing") ? ["a limit that guards something (see notes): add a request that runs the function, or correct the pattern"] : []
  ];
}
function movedLines(moved, marks) {
  const byFunction = /* @__PURE__ */ new Map();
  for (const { function: name, metric: metric2, rise, netRise } of moved) {
    const phrases = byFunction.get(name) ?? [];
    byFunction.set(name, phrases);
    const left = rise > 0 && netRise / rise >= 0.01 ? ` (${formatShare(netRise / rise)} of it is left)` : "";
    phrases.push(`${risePhrase(metric2, rise)}${left}`);
  }
  return [...byFunction].map(([name, phrases]) => `${marks.name(name)}: ${phrases.join(", ")}`);
}

// src/report/markdown.ts
var MAX_LENGTH2 = 6e4;
var MARKS = {
  name: (text2) => codeSpan(cleanName(text2)),
  prose: (text2) => escapeProse(cleanProse(text2)),
  command: (text2) => codeSpan(cleanCommand(text2))
};
function renderMarkdown(report, { maxLength = MAX_LENGTH2 } = {}) {
  const story = storyOf(report, MARKS);
  const bare = `**perf-gate: ${report.verdict}**`;
  const heading = `${bare} \xB7 ${story.service} \xB7 ${story.head} against ${story.base} \xB7 ${story.duration}`;
  const start = report.isSameCode ? [heading, "Same machine code: nothing to measure."] : [heading, ...story.warnings.map((warning) => `**Note:** ${warning}`), table(report), listOf2(story.remarks)];
  const middle = story.sections.map(partOf);
  const end = report.isSameCode ? [] : footer(report, story);
  return `${fitted({ bare, start: start.filter(isThere), middle, end, maxLength: maxLength - 1 })}
`;
}
function table({ totals }) {
  if (totals.length === 0) return "";
  const rows = totals.map((row) => [
    `${row.name === "collection" ? "&nbsp;&nbsp;" : ""}${ROW_LABELS[row.name]}`,
    unbroken(formatAmount(row.base, row.unit)),
    unbroken(formatAmount(row.head, row.unit)),
    unbroken(`${changeOf(row)} ${uncertaintyOf(row)}`.trim()),
    unbroken(limitOf(row)),
    statusOf(row) === "over" ? "**over**" : statusOf(row)
  ]);
  return markdownTable([["per request", "base", "head", "change", "limit", ""], ...rows], {
    align: ["l", "r", "r", "r", "r", "l"]
  });
}
var unbroken = (text2) => text2.replaceAll(" ", "\xA0");
function partOf({ weight, title, meaning, content }) {
  const items = content.kind === "causes" ? content.causes.map((cause2, i) => causeItem(cause2, i + 1)) : content.lines.map((line) => `- ${line}`);
  const name = capitalised(title);
  const explained = meaning === void 0 ? "" : `: ${meaning}`;
  if (weight === "main") return { title, open: `**${name}**${explained}

`, items, close: "" };
  const summary = `${name} (${formatCount(items.length)})${explained}`;
  return { title, open: `<details><summary>${summary}</summary>

`, items, close: "\n\n</details>" };
}
function causeItem(cause2, number3) {
  const { name, place, explanation: explanation2, change, effects, explains, waiver, consequences } = cause2;
  const label = `${number3}. `;
  const details = [
    ...effects.map(({ text: text2, isOver }) => isOver ? `**${text2}**` : text2),
    explains,
    waiver,
    consequences
  ];
  const indent = " ".repeat(label.length);
  return [
    `${label}${name}${place === void 0 ? "" : ` at ${place}`}: ${explanation2} (${change})`,
    ...details.flatMap((detail) => detail === void 0 ? [] : `${indent}- ${detail}`)
  ].join("\n");
}
function footer({ tool }, { sensitivity, reproduce, directory }) {
  const seen = sensitivity === "" ? [] : [`This run could have seen: ${sensitivity}.`];
  return [...seen, `Try it: ${reproduce} \xB7 Profiles: ${directory} \xB7 perf-gate ${escapeProse(cleanName(tool))}`];
}
var listOf2 = (texts) => texts.map((text2) => `- ${text2}`).join("\n");
var capitalised = (text2) => `${text2.charAt(0).toUpperCase()}${text2.slice(1)}`;
var isThere = (text2) => text2 !== "";
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
    const text2 = joined([...start.slice(0, kept), leftOut(middle, nothing)]);
    if (text2.length <= maxLength) return text2;
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

export {
  readJob,
  REPORT_SCHEMA,
  VERDICTS,
  renderJson,
  parseReport,
  cleanName,
  cleanProse,
  cleanCommand,
  cleaned,
  storyOf,
  escapeProse,
  renderMarkdown
};
