import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  configuredStore,
  prune
} from "./chunk-TWAJQ5XM.js";
import {
  ago,
  isoTime,
  newestFirst,
  unpackBundle,
  writeBundle
} from "./chunk-DW625XAP.js";
import "./chunk-5JIK4ZJH.js";
import "./chunk-7NSOMIM2.js";
import {
  settingsOf
} from "./chunk-QZ6JBPJM.js";
import {
  totalsOf
} from "./chunk-QV6VIUOQ.js";
import "./chunk-LPEWQK4X.js";
import "./chunk-5C5QKNKJ.js";
import {
  findCommit
} from "./chunk-BVQ2V3MJ.js";
import "./chunk-WFEMIQFK.js";
import "./chunk-2DHNSNFS.js";
import "./chunk-RJPRUXX2.js";
import "./chunk-5XEG3RLH.js";
import {
  ROW_LABELS,
  formatAmount,
  listed,
  titleOf
} from "./chunk-B6TQDFQW.js";
import {
  readFlags
} from "./chunk-PIOPN7BD.js";
import {
  plainText
} from "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-QPBAVBUR.js";
import "./chunk-V5XBFCCL.js";
import "./chunk-JZI6AZ7V.js";
import {
  nearest
} from "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-IZPNMCNT.js";
import "./chunk-MUS4FPS2.js";
import "./chunk-74DNUGLR.js";
import {
  EXIT,
  UserError
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/baseline.ts
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
var { keep: KEEP, ...CONFIG } = commands.baseline.flags;
var [COMMIT, DIR] = [{ name: "COMMIT" }, { name: "DIR" }];
var baseline = async ([action = "", ...args], world) => {
  if (isAction(action)) {
    world.stdout.write(await actions[action](args, world));
    return EXIT.pass;
  }
  const names = Object.keys(actions);
  const meant = nearest(action, names);
  throw new UserError(
    action === "" ? "perf-gate baseline does what?" : `perf-gate baseline knows no "${plainText(action)}"`,
    { hint: meant === void 0 ? `it knows ${listed(names)}` : `did you mean ${meant}?` }
  );
};
var actions = {
  list: async (args, world) => {
    const { values } = readFlags(args, { flags: CONFIG });
    const { config, store } = await configuredStore(values.config, world, settingsOf(values));
    const keys = (await store.list(config.service.name)).sort(newestFirst);
    if (keys.length === 0) return `nothing of ${config.service.name} is in ${store.place}
`;
    const hasScenarios = keys.some(({ scenario }) => scenario !== void 0);
    const ofScenario = (name) => hasScenarios ? [name] : [];
    const rows = keys.map(({ scenario = "", commit, committed, code, fingerprint }) => {
      const time = isoTime(committed);
      const age = ago(world.now().getTime() - Date.parse(time));
      return [shortId(commit), ...ofScenario(scenario), time.slice(0, 16).replace("T", " "), age, code, fingerprint];
    });
    return aligned([["commit", ...ofScenario("scenario"), "committed", "", "program", "measured how"], ...rows]);
  },
  show: async (args, world) => {
    const { values, positionals } = readFlags(args, { flags: CONFIG, takes: [COMMIT] });
    const configured = await configuredStore(values.config, world, settingsOf(values));
    const bundles = [];
    for (const key of await keysOf(configured, positionals[0])) bundles.push(shown(await open(configured, key)));
    return bundles.join("\n");
  },
  fetch: async (args, world) => {
    const { values, positionals } = readFlags(args, { flags: CONFIG, takes: [COMMIT, DIR] });
    const [commit = "", path = ""] = positionals;
    const directory = resolve(world.cwd, path);
    const there = await readdir(directory).catch(absent(path));
    if (there.length > 0)
      throw new UserError(`${path} is not empty`, { hint: "name a directory that is not there yet" });
    const configured = await configuredStore(values.config, world, settingsOf(values));
    const keys = await keysOf(configured, commit);
    const scenarios = [...new Set(keys.map(({ scenario }) => scenario))];
    const lines = [];
    for (const scenario of scenarios) {
      const bundle = await open(configured, keys.find((key) => key.scenario === scenario));
      writeBundle(bundle, join(directory, scenario ?? ""));
      const place = scenario === void 0 ? path : join(path, scenario);
      lines.push(`${titleOf(bundle.key, plainText)} ${shortId(bundle.key.commit)} is in ${place}
`);
    }
    return lines.join("");
  },
  prune: async (args, world) => {
    const { values } = readFlags(args, { flags: { ...CONFIG, keep: KEEP } });
    const { config, store } = await configuredStore(values.config, world, settingsOf(values));
    const keep = values.keep === void 0 ? config.baseline.keep : Number(values.keep);
    if (!Number.isInteger(keep) || keep < 1)
      throw new UserError(`--keep is a whole number from 1 on, not "${plainText(values.keep ?? "")}"`);
    const removed = await prune(store, config.service.name, keep);
    const lines = removed.map(({ commit }) => `removed ${shortId(commit)}
`);
    return lines.length === 0 ? `there is nothing to remove from ${store.place}
` : lines.join("");
  }
};
var isAction = (name) => Object.hasOwn(actions, name);
var shortId = (commit) => commit.slice(0, 7);
async function keysOf({ repo, config, store }, ref) {
  const all = (await store.list(config.service.name)).sort(newestFirst);
  const isId = /^[0-9a-f]{4,64}$/.test(ref);
  const byId = isId ? all.filter(({ commit: commit2 }) => commit2.startsWith(ref)) : [];
  const commits = new Set(byId.map(({ commit: commit2 }) => commit2));
  if (commits.size > 1) {
    throw new UserError(`${ref} is the beginning of ${commits.size} commits that are kept`, {
      hint: [...commits].join(", ")
    });
  }
  if (byId.length > 0) return byId;
  const commit = await findCommit(repo, ref);
  const found = all.filter((key) => key.commit === commit);
  if (found.length > 0) return found;
  const name = commit === void 0 ? `"${plainText(ref)}"` : shortId(commit);
  throw new UserError(`nothing of ${config.service.name} is kept under ${name} in ${store.place}`, {
    hint: "perf-gate baseline list shows what there is"
  });
}
async function open({ store }, key) {
  const bytes = await store.read(key);
  if (bytes !== void 0) return unpackBundle(bytes, key);
  throw new UserError(`${shortId(key.commit)} has just been removed from ${store.place}`);
}
function shown({ key, manifest }) {
  const totals = totalsOf(manifest, manifest).map(({ name, base, unit }) => [
    `  ${ROW_LABELS[name]}`,
    formatAmount(base, unit)
  ]);
  const missing = manifest.missing.map(({ instrument, reason }) => [
    `  ${instrument}`,
    `missing: ${plainText(reason)}`
  ]);
  const fingerprint = Object.entries(manifest.fingerprint).map(([name, value]) => [
    `  ${plainText(name)}`,
    plainText(value)
  ]);
  return [
    `${titleOf(key, plainText)} ${key.commit} (${plainText(manifest.version)})`,
    `measured ${plainText(manifest.measuredAt)} with perf-gate ${plainText(manifest.tool)}`,
    "",
    `per request
${aligned([...totals, ...missing])}`,
    `how it was measured
${aligned([["  program", key.code], ...fingerprint])}`
  ].join("\n");
}
function aligned(rows) {
  const width = (column) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  const line = (row) => row.map((cell, i) => cell.padEnd(width(i))).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}
`).join("");
}
var absent = (path) => (error) => {
  if (error.code === "ENOENT") return [];
  throw new UserError(`cannot write to ${path}: ${error.message}`, { cause: error });
};
export {
  baseline
};
