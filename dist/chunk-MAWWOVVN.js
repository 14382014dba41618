import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  parseReport
} from "./chunk-IPYI6F3N.js";
import {
  titleOf
} from "./chunk-W56LFARA.js";
import {
  UserError
} from "./chunk-G3W2D7T4.js";

// src/publish/saved-reports.ts
import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
var ALL = "*";
var REPORT = "report.json";
var MOST_BYTES = 2e7;
var MOST_REPORTS = 50;
async function readSavedReports(directory) {
  const [own] = await readAll([directory]);
  if (own !== void 0) return { reports: [own], isCollection: false, subject: titleOf(own, (name) => name) };
  const inside = await directoriesIn(directory);
  const runs = await Promise.all(
    inside.map(async (run) => await sizeOf(join(run, REPORT)) === void 0 ? directoriesIn(run) : [run])
  );
  const [first, ...others] = await readAll(runs.flat());
  if (first === void 0) {
    throw new UserError(`there is no ${REPORT} in ${directory}, and none in its directories`, {
      hint: "perf-gate run leaves it there when it comes to a verdict; name another place with --output (the input output)"
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
    reports.push(parseReport(await readFile(file, "utf8")));
  }
  return reports;
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
