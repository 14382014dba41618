import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  formats
} from "./report-markdown.js";
import {
  RULES
} from "./run-rules-record.js";
import {
  isAtWork,
  startOf
} from "./agent-client.js";
import {
  plainText
} from "./base-text.js";
import {
  UserError
} from "./base-errors.js";

// src/run/run-directory.ts
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
var REPORT = "report.json";
var OWNER = "process";
var OURS = /* @__PURE__ */ new Set([REPORT, OWNER, "report.md", "report.txt", "junit.xml", "changes.json", RULES, "base", "head"]);
async function openRunDirectory(path, world) {
  await refuseForeign(path);
  const draft = `${path}.unfinished`;
  try {
    await claim(draft, world.pid);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`cannot write to ${path}: ${cause.message}`, {
      cause,
      hint: "name another place with --output"
    });
  }
  const shown = (place) => `${relative(world.cwd, place) || "."}/`;
  let isFinished = false;
  return {
    path,
    shown: shown(path),
    makeRoom: async (scenarios) => {
      for (const scenario of scenarios) {
        for (const side of ["base", "head"]) {
          await mkdir(join(draft, scenario ?? "", side, "logs"), { recursive: true });
        }
      }
    },
    of: (scenario = "") => scenarioDirectory(join(draft, scenario), shown(join(path, scenario))),
    finish: async () => {
      await rm(path, { recursive: true, force: true });
      await rename(draft, path);
      isFinished = true;
      await rm(join(path, OWNER));
    },
    [Symbol.asyncDispose]: async () => {
      if (!isFinished) await rm(draft, { recursive: true, force: true });
    }
  };
}
async function removeEarlierRun(path) {
  const isOurs = await refuseForeign(path).then(
    () => true,
    () => false
  );
  if (isOurs) await rm(path, { recursive: true, force: true });
}
function scenarioDirectory(directory, shown) {
  const write = (name, text) => writeFile(join(directory, name), text);
  return {
    shown,
    side: (name) => join(directory, name),
    writeRules: (record) => write(RULES, `${JSON.stringify(record, null, 1)}
`),
    writeChanges: (record) => write("changes.json", `${JSON.stringify(record, null, 1)}
`),
    writeReport: async (report) => {
      await Promise.all([
        write(REPORT, formats.json(report)),
        write("report.md", formats.markdown(report)),
        write("report.txt", formats.text(report)),
        write("junit.xml", formats.junit(report))
      ]);
    }
  };
}
async function claim(draft, pid) {
  const mine = `${draft}-${pid}`;
  await mkdir(dirname(mine), { recursive: true });
  await mkdir(mine).catch((error) => {
    if (error.code !== "EEXIST") throw error;
  });
  try {
    await writeFile(join(mine, OWNER), `${[pid, startOf(pid)].join(" ").trim()}
`);
    while (!await renamed(mine, draft)) {
      const [owner, start] = (await readFile(join(draft, OWNER), "utf8").catch(() => "0")).trim().split(" ");
      if (Number(owner) > 0 && isAtWork(Number(owner), start)) {
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
  const foreign = names.includes(REPORT) ? await foreignIn(path, names) : await foreignBelow(path, names);
  if (foreign === void 0) return;
  throw new UserError(`${path} holds something that perf-gate did not write: ${plainText(foreign)}`, {
    hint: "remove it, or name another place with --output"
  });
}
async function foreignIn(path, names) {
  const foreign = names.find((name) => !OURS.has(name));
  return foreign ?? (await isReport(join(path, REPORT)) ? void 0 : REPORT);
}
async function foreignBelow(path, names) {
  for (const name of names) {
    const inside = await readdir(join(path, name)).catch(() => []);
    if (!inside.includes(REPORT)) return name;
    const foreign = await foreignIn(join(path, name), inside);
    if (foreign !== void 0) return join(name, foreign);
  }
  return void 0;
}
async function isReport(file) {
  try {
    const report = JSON.parse(await readFile(file, "utf8"));
    return typeof report === "object" && report !== null && "verdict" in report && "reproduce" in report;
  } catch {
    return false;
  }
}

export {
  openRunDirectory,
  removeEarlierRun
};
