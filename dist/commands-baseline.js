import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  configuredStore,
  prune
} from "./run-configured-store.js";
import {
  ago,
  isoTime,
  newestFirst,
  unpackBundle,
  writeBundle
} from "./aws4fetch.js";
import "./measure-side-directory.js";
import {
  settingsOf
} from "./commands-settings.js";
import "./commands-flag.js";
import "./run-project.js";
import {
  totalsOf
} from "./compare-totals.js";
import {
  labelOf,
  titleOf
} from "./report-words.js";
import "./profile-decode.js";
import "./compare-report.js";
import {
  findCommit
} from "./process-group.js";
import "./simple-git.js";
import "./config-problem.js";
import {
  formatAmount
} from "./ajv.js";
import {
  padded,
  widthsOf
} from "./base-width.js";
import {
  plainText
} from "./base-text.js";
import "./config-places.js";
import "./base-nearest.js";
import "./base-redact.js";
import "./config-schema-2.js";
import "./model-metrics.js";
import "./config-show.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

// src/commands/baseline.ts
import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
var baseline = async (given, world) => {
  world.stdout.write(await actions[given.action](given, world));
  return EXIT.pass;
};
var actions = {
  list: async ({ values }, world) => {
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
  show: async ({ values, positionals }, world) => {
    const configured = await configuredStore(values.config, world, settingsOf(values));
    const bundles = [];
    for (const key of await keysOf(configured, positionals[0])) bundles.push(shown(await open(configured, key)));
    return bundles.join("\n");
  },
  fetch: async ({ values, positionals }, world) => {
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
  prune: async ({ values }, world) => {
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
    `  ${labelOf(name)}`,
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
  const widths = widthsOf(rows);
  const line = (row) => row.map((cell, i) => padded(cell, widths[i])).join("  ");
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
