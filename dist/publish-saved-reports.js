import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  parseReport
} from "./report-markdown.js";
import {
  cleanName
} from "./report-story.js";
import {
  isWithin,
  labelOf,
  titleOf
} from "./report-words.js";
import {
  SCENARIO_PATTERN
} from "./config-places.js";
import {
  UserError
} from "./base-errors.js";

// src/publish/saved-reports.ts
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

// src/report/contradiction.ts
function contradictionIn(report) {
  const { verdict, isSameCode, totals, causes, noisy, configChanges = [] } = report;
  const row = totals.find(({ status }) => status === "over");
  if (row !== void 0 && verdict !== "fail")
    return `${labelOf(row.name)} is over its limit, and the verdict ${verdict}`;
  const cause = causes.find(({ effects }) => effects.some(({ status }) => status === "over"));
  if (cause !== void 0 && verdict !== "fail") {
    return `${cleanName(cause.function)} is over its limit, and the verdict ${verdict}`;
  }
  const isOnRules = configChanges.some(({ kind }) => kind !== "tightened");
  if (verdict === "fail" && row === void 0 && cause === void 0 && !isOnRules) {
    return "the verdict is fail, and nothing is over its limit";
  }
  const wrong = totals.find((one) => one.status === "ok" && one.limit !== void 0 && !isWithin(one, one.limit));
  if (wrong !== void 0) return `${labelOf(wrong.name)} is called within its limit, and its figures are not`;
  if (verdict !== "pass")
    return isSameCode && !isOnRules ? `both sides are the same code, and the verdict ${verdict}` : void 0;
  if (totals.some(({ status }) => status === "close") || noisy.length > 0) {
    return "not all is clearly within its limit, and the verdict pass";
  }
  if (isSameCode && totals.length > 0) return "both sides are the same code, and figures differ";
  return !isSameCode && totals.length === 0 ? "nothing was measured, and the verdict is pass" : void 0;
}

// src/report/reproduce.ts
var REF = /^\w[\w./@^~+-]{0,199}$/;
var CONFIG = /^(?!.*\.\.)[\w-][\w./-]{0,199}\.ya?ml$/;
var SCENARIO = new RegExp(`^${SCENARIO_PATTERN}$`);
var FLAGS = { base: REF, head: REF, config: CONFIG, scenario: SCENARIO };
function safeReproduce({ reproduce, base }) {
  const words = reproduce.split(" ");
  const isRun = words.includes("run");
  const given = (name) => isRun ? words[words.indexOf(`--${name}`) + 1] : void 0;
  const flags = Object.entries(FLAGS).flatMap(([name, pattern]) => {
    const value = words.includes(`--${name}`) ? given(name) : name === "base" ? base.commit.slice(0, 7) : void 0;
    return value !== void 0 && pattern.test(value) ? [`--${name}`, value] : [];
  });
  return ["npx perf-gate run", ...words.includes("--quick") ? ["--quick"] : [], ...flags].join(" ");
}

// src/publish/saved-reports.ts
var ALL = "*";
var REPORT = "report.json";
var MOST_BYTES = 2e7;
var MOST_REPORTS = 50;
async function readSavedReports(directory, elsewhere) {
  const [own] = await readAll([directory]);
  if (own !== void 0) return { reports: [own], isCollection: false, subject: titleOf(own, (name) => name) };
  const inside = await directoriesIn(directory);
  const runs = await Promise.all(
    inside.map(async (run) => await sizeOf(join(run, REPORT)) === void 0 ? directoriesIn(run) : [run])
  );
  const [first, ...others] = await readAll(runs.flat());
  if (first === void 0) {
    throw new UserError(`there is no ${REPORT} in ${directory}, and none in its directories`, {
      hint: `perf-gate run leaves it there when it comes to a verdict; name another place with ${elsewhere}`
    });
  }
  const reports = [first, ...others];
  const isRun = runs.every(([only], i) => only === inside[i]) && reports.every(({ service, scenario }) => service === first.service && scenario !== void 0);
  return { reports, isCollection: !isRun, subject: isRun ? first.service : ALL };
}
async function directoriesIn(directory) {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name)).sort();
}
async function readAll(directories) {
  const reports = [];
  let bytes = 0;
  for (const file of directories.map((directory) => join(directory, REPORT))) {
    const size = await sizeOf(file);
    if (size === void 0) continue;
    bytes += size;
    if (bytes > MOST_BYTES || reports.length === MOST_REPORTS) {
      throw new UserError(`with ${file} it would be more than ${MOST_REPORTS} reports, or more than 20 MB of them`);
    }
    reports.push(checked(parseReport(await readFile(file, "utf8")), file));
  }
  return reports;
}
function checked(report, file) {
  const contradiction = contradictionIn(report);
  if (contradiction !== void 0) {
    throw new UserError(`${file} contradicts itself: ${contradiction}`, {
      hint: "somebody has changed it since perf-gate wrote it: make it again with perf-gate run"
    });
  }
  return { ...report, reproduce: safeReproduce(report) };
}
async function sizeOf(file) {
  const about = await lstat(file).catch((error) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return void 0;
    throw new UserError(`cannot read ${file}: ${error.message}`, { cause: error });
  });
  if (about === void 0) return void 0;
  if (!about.isFile()) throw new UserError(`${file} is not a file`);
  return about.size;
}

export {
  readSavedReports
};
