import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  requiredIn
} from "./run-required.js";
import {
  ago,
  fingerprintDigest,
  openStore,
  unpackBundle,
  writeBundle
} from "./aws4fetch.js";
import {
  changedCode,
  changedPaths,
  compareClosely,
  isOwed
} from "./compare-compare.js";
import {
  readSide,
  writeManifest
} from "./measure-side-directory.js";
import {
  NOT_READ,
  atOnce,
  buildForMeasuring,
  fetchedFirstParents,
  findValgrind,
  fingerprintHere,
  firstParents,
  instruments,
  manifestOf
} from "./pprof-format.js";
import {
  directoryOf
} from "./run-project.js";
import {
  isInJob
} from "./ci-github.js";
import {
  patternsOfOthers,
  withoutRulesOfOthers
} from "./compare-shared-limits.js";
import {
  EXACT_INSTRUMENTS,
  difference,
  totalsOf
} from "./compare-totals.js";
import {
  few
} from "./report-words.js";
import {
  isRuntime
} from "./profile-runtime-groups.js";
import {
  FailedRequests,
  isPathOf,
  request,
  wholeDecks,
  withService
} from "./agent-client.js";
import {
  listed
} from "./base-text.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./base-errors.js";

// src/run/measure-sides.ts
import { join } from "node:path";

// src/load/answers.ts
var AnswerBook = class {
  #seen = /* @__PURE__ */ new Map();
  note(request2, status, bytes) {
    const seen = this.#seen.get(request2);
    if (seen === void 0) {
      this.#seen.set(request2, { count: 1, statuses: /* @__PURE__ */ new Set([status]), leastBytes: bytes, mostBytes: bytes });
      return;
    }
    seen.count++;
    seen.statuses.add(status);
    seen.leastBytes = Math.min(seen.leastBytes, bytes);
    seen.mostBytes = Math.max(seen.mostBytes, bytes);
  }
  all() {
    const entries = [...this.#seen].map(([name, seen]) => [
      name,
      { ...seen, statuses: [...seen.statuses].sort((a, b) => a - b) }
    ]);
    return Object.fromEntries(entries);
  }
};

// src/measure/measure.ts
var Unanswered = class extends MeasurementError {
  side;
  /** What came of the first request that failed, or what else is wrong with the load. */
  reason;
  constructor(side, error) {
    const { message, hint, at, detail } = error;
    const options = { ...hint && { hint }, ...at && { at }, ...detail && { detail }, cause: error.cause };
    super(message, options);
    this.side = side;
    this.reason = (error instanceof FailedRequests ? error.first : void 0) ?? message;
  }
};
async function measure(given, bench, plan) {
  const books = given.map(() => new AnswerBook());
  const subjects = given.map((subject, i) => ({ ...subject, answers: books[i] }));
  for (const subject of subjects) await tryOut(bench, subject);
  const measureBy = async (name, signal) => {
    const chosen = subjects.filter(({ side }) => plan[side]?.includes(name));
    signal.throwIfAborted();
    const measured = chosen.length > 0 && await instruments[name].measure(chosen, { ...bench, signal });
    return { name, chosen, measured };
  };
  const gathered = subjects.map(() => ({ results: {}, missing: [] }));
  for (const { name, chosen, measured } of await eachInstrument(bench, measureBy)) {
    if (!measured) continue;
    if ("missing" in measured) bench.progress.detail(`without ${name}: ${measured.missing.reason}`);
    for (const [i, subject] of chosen.entries()) {
      const { results, missing: missing2 } = gathered[subjects.indexOf(subject)];
      if ("missing" in measured) {
        const { detail: _, ...told2 } = measured.missing;
        missing2.push({ instrument: name, ...told2 });
      } else Object.assign(results, { [name]: measured.results[i] });
    }
  }
  const { missing = [] } = gathered.find(({ missing: missing2 }) => missing2.length === bench.config.instruments.length) ?? {};
  if (missing.length > 0) {
    throw new MeasurementError("nothing could be measured", {
      detail: missing.map(({ instrument, reason }) => `${instrument}: ${reason}`).join("\n"),
      hint: missing[0]?.hint ?? "name more instruments in the config"
    });
  }
  return gathered.map((one, i) => bench.command === void 0 ? { ...one, answers: books[i].all() } : one);
}
async function eachInstrument({ config, signal, isQuick }, measureBy) {
  if (isQuick) return atOnce(config.instruments, signal, measureBy);
  const results = [];
  for (const name of config.instruments) results.push(await measureBy(name, signal));
  return results;
}
async function tryOut(bench, subject) {
  const { side } = subject;
  await bench.progress.step(
    { side, name: "trying the scenario" },
    () => withService(
      bench,
      subject,
      { name: "trial" },
      (running) => request(bench, running, wholeDecks(bench, 1), { answers: subject.answers }).catch((error) => {
        throw error instanceof MeasurementError ? new Unanswered(side, error) : error;
      })
    )
  );
}

// src/run/measure-sides.ts
async function measureSides(job, built, bench, plan, known) {
  const names = Object.keys(known);
  const sides = names.filter((side) => (plan[side]?.length ?? 0) > 0);
  const builds = await job.progress.step("linking what is measured", () => buildForMeasuring(job, sides, built));
  const subjects = sides.map((side, i) => ({
    side,
    binary: builds[i].binary,
    directory: join(job.checkouts[side].directory, job.serviceDirectory),
    output: job.output.side(side)
  }));
  const before = await filesOf(job, sides);
  const measured = await measure(subjects, bench, plan);
  const ours = Object.keys(bench.inputs.files).map((path) => join(job.serviceDirectory, path));
  bench.warnings.push(...filesWritten(before, await filesOf(job, sides), ours));
  const all = { ...known };
  for (const [i, side] of sides.entries()) all[side] = replaced(known[side], plan[side] ?? [], measured[i]);
  for (const side of names) {
    const { results: instruments2, missing, answers } = all[side];
    const manifest = manifestOf(job, side, built[side], bench, { instruments: instruments2, missing, answers });
    writeManifest(job.output.side(side), manifest);
  }
  return all;
}
async function filesOf({ checkouts }, sides) {
  const lists = await Promise.all(sides.map((side) => checkouts[side].changedFiles()));
  return new Set(lists.flat());
}
function filesWritten(before, after, ours) {
  const isOurs = (path) => ours.some((one) => isPathOf(one, path) || path.endsWith("/") && one.startsWith(path));
  const written = [...after].filter((path) => !before.has(path) && !isOurs(path));
  if (written.length === 0) return [];
  const text = `the service wrote to its directory, and each start found what the one before had left: ${few(written)}`;
  return [{ code: "files-written", text }];
}
var NOTHING_KNOWN = { results: {}, missing: [] };
function replaced(known, planned, measured) {
  const isKept = (name) => !planned.some((one) => one === name);
  const kept = Object.entries(known.results).filter(([name]) => isKept(name));
  return {
    results: { ...Object.fromEntries(kept), ...measured.results },
    missing: [...known.missing.filter(({ instrument }) => isKept(instrument)), ...measured.missing],
    answers: measured.answers ?? known.answers
  };
}

// src/run/notes.ts
import { posix } from "node:path";
var HARMLESS = [
  /\.(go|s|c|h|cc|cpp|cxx|hpp|m|mod|sum|work|md|markdown)$/i,
  /(^|\/)(testdata|\.github|\.circleci|\.gitlab|\.vscode|\.idea)\//,
  /(^|\/)(LICEN[CS]E|CODEOWNERS|Dockerfile[^/]*|\.git(ignore|attributes|modules)|\.editorconfig|\.golangci\.ya?ml|\.goreleaser\.ya?ml|perf-gate\.ya?ml)$/
];
function filesReadAtRunTime(paths, { args, env }) {
  const given = [...args, ...Object.values(env)];
  const isNamed = (path) => given.some((text) => text.includes(posix.basename(path)) || IN_TESTDATA.test(path) && text.includes("testdata"));
  return paths.filter((path) => isNamed(path) || !HARMLESS.some((pattern) => pattern.test(path)));
}
var IN_TESTDATA = /(^|\/)testdata\//;
function notesOnNew({ config, checkouts }, warnings) {
  const text = `the base has no package ${config.service.package}: the service is new, so nothing was compared and no limit was held against it; if the commit moved it, name its place in the base as service.base.package`;
  return [{ code: "new-service", text }, ...warnings.map(({ code, text: text2 }) => ({ code, text: text2 })), ...lacking(checkouts)];
}
function notesOn({ config, checkouts, basePackage }, { code, dataFiles, warnings }) {
  const notes = warnings.map(({ code: code2, text }) => ({ code: code2, text }));
  if (basePackage !== void 0) {
    const text = `the main package is ${basePackage} in the base and ${config.service.package} in the head: the commit moved it`;
    notes.push({ code: "package-moved", text });
  }
  for (const { variable } of code.base.undeclared) {
    notes.push({
      code: "inject-undeclared",
      text: `the base has no variable ${variable} yet, so nothing was put into it`
    });
  }
  if (!code.isRead && !code.isSame) notes.push({ code: "machine-code-not-compared", text: NOT_READ });
  if (code.isSame && dataFiles.length > 0) {
    notes.push({
      code: "same-code-other-files",
      text: `the machine code is the same on both sides; measured all the same, because files differ that the service may read: ${few(dataFiles)}`
    });
  }
  return [...notes, ...lacking(checkouts)];
}
var lacking = ({ head }) => head.warnings.map(({ code, paths }) => ({ code, text: `${LACKING[code]}: ${few(paths)}` }));
function notesOnSameCode({ base, head }) {
  if (base.treeCommit !== head.treeCommit) return [];
  const text = "base and head are the same commit, so there is nothing to compare: name another commit with --base";
  return [{ code: "same-commit", text }];
}
var LACKING = {
  "submodules-empty": "submodules that this clone does not have are empty (git submodule update --init --recursive)",
  "lfs-pointers": "files of LFS are pointers and not what they stand for, as git-lfs is not set up here (git lfs install)"
};

// src/baseline/fit.ts
var CONCERNS = { valgrind: "instructions", processor: "instructions" };
function fitOf(stored, here, wanted) {
  const differing = difference(stored.fingerprint, here);
  const concerned = differing.map(({ key }) => CONCERNS[key]);
  const instruments2 = concerned.includes(void 0) ? [] : EXACT_INSTRUMENTS.filter(
    (name) => wanted.includes(name) && stored.instruments[name] !== void 0 && !concerned.includes(name)
  );
  return { instruments: instruments2, differing };
}
var told = (differing) => differing.map(({ key, base, head }) => `${key} was ${base ?? "not set"} and is ${head ?? "not set"}`).join(", ");

// src/baseline/find.ts
var MOST_READ = 5;
async function findBundle(store, wanted) {
  const { service, scenario, commits, code, here, instruments: instruments2 } = wanted;
  const digest = fingerprintDigest(here);
  const known = (await store.list(service)).map((key) => ({ key, distance: commits.indexOf(key.commit) })).filter(({ key, distance }) => key.scenario === scenario && distance !== -1);
  const isOther = ({ fingerprint }) => Number(fingerprint !== digest);
  const candidates = known.filter(({ key }) => key.code === code).sort((a, b) => isOther(a.key) - isOther(b.key) || a.distance - b.distance);
  const reasons = [];
  for (const { key, distance } of candidates.slice(0, MOST_READ)) {
    if (distance > 0 && !await wanted.readsTheSame(key.commit)) continue;
    const bundle = await openBundle(store, key, reasons);
    if (bundle === void 0) continue;
    const { instruments: usable, differing } = fitOf(bundle.manifest, here, instruments2);
    if (usable.length > 0) return { found: { bundle, distance, instruments: usable }, reasons };
    reasons.push(
      differing.length === 0 ? `what is stored of ${short(key)} has no figures of ${instruments2.join(", ")}` : `what is stored of ${short(key)} was measured otherwise: ${told(differing)}`
    );
  }
  if (reasons.length === 0)
    reasons.push(
      await whyNone(
        store,
        wanted,
        known.map(({ key }) => key)
      )
    );
  return { found: void 0, reasons };
}
async function openBundle(store, key, reasons) {
  const bytes = await store.read(key);
  if (bytes === void 0) return void 0;
  try {
    return unpackBundle(bytes, key);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    reasons.push(error.message);
    return void 0;
  }
}
async function whyNone(store, { commits, here }, known) {
  const [base = ""] = commits;
  const own = known.find(({ commit }) => commit === base);
  if (own === void 0) {
    const before = commits.length === 1 ? "" : `, nor of the same program in the ${commits.length - 1} commits before it`;
    return `nothing is stored of ${base.slice(0, 7)}${before}`;
  }
  const reasons = [];
  const bundle = await openBundle(store, own, reasons);
  const differing = bundle === void 0 ? [] : fitOf(bundle.manifest, here, []).differing;
  if (differing.length > 0) return `what is stored of ${short(own)} was measured otherwise: ${told(differing)}`;
  return reasons[0] ?? `what is stored of ${short(own)} is of another program than the one that is built here`;
}
var short = ({ commit }) => commit.slice(0, 7);

// src/run/measure-scenarios.ts
import { isDeepStrictEqual } from "node:util";

// src/compare/new-service.ts
function newService(head, limits, required) {
  const totals = totalsOf(head, head).map(({ change: _, ...row }) => {
    return { ...row, base: 0, change: void 0, limit: void 0, status: "unjudged" };
  });
  const { missing } = head;
  const isOpen = missing.some((one) => isOwed(one, limits, required));
  return {
    verdict: totals.length === 0 ? "invalid" : isOpen ? "inconclusive" : "pass",
    totals,
    missing,
    isNewService: true
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

// src/run/measure-and-compare.ts
async function measureAndCompare(job, prepared) {
  const { code, record, bench } = prepared;
  const { base, notes } = prepared.lookUp;
  const { config, progress } = job;
  const compare = () => compareMeasured(job, record, config.limits);
  const all = config.instruments;
  const stored = all.filter((name) => base?.results[name] !== void 0);
  for (const name of COUNT_MORE) {
    const known2 = base?.results[name];
    if (known2 !== void 0) {
      bench.efforts.set(name, { requests: known2.requests, replicates: known2.replicates.length });
    }
  }
  const plan = { base: all.filter((name) => !stored.includes(name)), head: all };
  const known = await measureSides(job, code, bench, plan, {
    base: { results: base?.results ?? {}, missing: [], answers: base?.answers },
    head: NOTHING_KNOWN
  });
  const compared = compare();
  if (stored.length === 0) return { compared, source: "measured", notes };
  const doubt = doubtOf(compared, stored) ?? (countedMore(bench, base.results) ? COUNTED_LESS : void 0);
  if (doubt === void 0) return { compared, source: "stored", notes };
  progress("measuring the base here: what is stored of it does not compare");
  await measureSides(job, code, bench, { base: stored }, known);
  return { compared: compare(), source: "measured", notes: [...notes, doubt] };
}
var COUNT_MORE = ["instructions", "allocs"];
var countedMore = ({ efforts }, stored) => COUNT_MORE.some((name) => {
  const [counted, known] = [efforts.get(name), stored[name]];
  return counted !== void 0 && known !== void 0 && counted.requests !== known.requests;
});
var COUNTED_LESS = {
  code: "stored-base-doubted",
  text: "the base was measured in this run: requests cost at random, and more of them were counted than are stored"
};
var compareMeasured = ({ output, world, config }, record, limits) => compareClosely({
  base: readSide(output.side("base")),
  head: readSide(output.side("head")),
  changes: changedCode(record),
  limits,
  today: world.now().toISOString().slice(0, 10),
  required: requiredIn(config, world)
});

// src/run/stored-base.ts
async function findStored(repo, job, code, bench) {
  const { config, sides, world, progress } = job;
  const { clean } = world.secrets;
  const { store: storeConfig, maxDistance } = config.baseline;
  if (storeConfig === void 0) return { base: void 0, notes: [] };
  try {
    const store = openStore(storeConfig, { repo, world, directory: directoryOf(repo, config) });
    const { treeCommit } = sides.base;
    const ancestors = isInJob(world.env) ? fetchedFirstParents : firstParents;
    const { found, reasons: said } = await progress.step(
      `looking for the base in ${store.place}`,
      async () => findBundle(store, {
        service: config.service.name,
        scenario: config.scenario,
        commits: await ancestors(repo, treeCommit, 1 + maxDistance),
        code: code.base.code,
        here: await fingerprintHere(code.base, bench),
        instruments: config.instruments,
        readsTheSame: async (commit) => filesReadAtRunTime(await changedPaths(repo, commit, treeCommit), config.service).length === 0
      })
    );
    const reasons = said.map(clean);
    for (const reason of reasons) progress.detail(`a stored base is not used: ${reason}`);
    if (found === void 0) return { base: void 0, notes: [measuredHere("no-stored-base", reasons.join("; "))] };
    return { base: use(found, job), notes: reasons.map((text) => ({ code: "stored-base-unfit", text })) };
  } catch (error) {
    world.signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    const words = clean([error.message, error.detail].join(" ").trim());
    return { base: void 0, notes: [measuredHere("store-failed", words)] };
  }
}
var measuredHere = (code, reason) => ({
  code,
  text: `the base was measured in this run: ${reason}`
});
function use({ bundle, distance, instruments: instruments2 }, { config, output, world }) {
  const manifest = writeBundle(bundle, output.side("base"), instruments2);
  const age = ago(world.now().getTime() - Date.parse(manifest.measuredAt));
  const commits = distance === 1 ? "commit" : "commits";
  const isAll = EXACT_INSTRUMENTS.every((name) => instruments2.includes(name) || !config.instruments.includes(name));
  const what = isAll ? "measured" : `${listed(instruments2, "and")} measured`;
  const as = distance === 0 ? "" : ` as ${manifest.commit.slice(0, 7)}, ${distance} ${commits} before it and the same program`;
  return { results: manifest.instruments, answers: manifest.answers, origin: `${what} ${age}${as}` };
}

// src/run/measure-scenarios.ts
async function measureScenarios(parts, prepared) {
  const results = [];
  for (const part of parts) {
    results.push(await measureOrSayWhyNot(part, prepared.lap, () => measureScenario(part, prepared)));
  }
  const measured = results.filter((result) => "names" in result);
  return results.map((result, i) => "names" in result ? outcomeOf(result, parts[i], measured, prepared) : result);
}
async function measureNewService(parts, head, lap) {
  const outcomes = [];
  for (const part of parts) {
    const { job, bench, whyNotBase } = part;
    if (bench === void 0) throw new Error("a new service has no load but its own");
    const measureHead = async () => {
      const plan = { head: job.config.instruments };
      await measureSides(job, { head }, bench, plan, { head: NOTHING_KNOWN });
      const { manifest } = readSide(job.output.side("head"));
      const notes = notesOnNew(job, bench.warnings);
      return {
        ...newService(manifest, job.config.limits, requiredIn(job.config, job.world)),
        isSameCode: false,
        durationMs: lap(),
        notes,
        whyNotBase
      };
    };
    outcomes.push(await measureOrSayWhyNot(part, lap, measureHead));
  }
  return outcomes;
}
async function measureOrSayWhyNot(part, lap, act) {
  const { config, progress, world } = part.job;
  try {
    return await act();
  } catch (error) {
    world.signal.throwIfAborted();
    const isUnmeasured = error instanceof UserError && error.exitCode === EXIT.invalid;
    if (!isUnmeasured || config.scenario === void 0) throw error;
    const words = wordsOf(error, world);
    progress(`not measured: ${words[0]}`);
    const notes = words.map((text) => ({ code: "not-measured", text }));
    return { verdict: "invalid", isSameCode: false, durationMs: lap(), notes };
  }
}
async function measureScenario(part, prepared) {
  const { job, bench, whyNotBase, withHeadsLoad } = part;
  const unmeasured = (why) => {
    job.progress(`not measured: ${why}`);
    return { verdict: "inconclusive", isSameCode: false, durationMs: prepared.lap(), whyNotBase: why };
  };
  if (bench === void 0) return unmeasured(whyNotBase ?? "");
  if (withHeadsLoad !== void 0) job.progress("the base's load is sent: this commit changes it");
  try {
    return await measureLoad(job, bench, whyNotBase, prepared);
  } catch (error) {
    job.world.signal.throwIfAborted();
    if (!(error instanceof Unanswered)) throw error;
    if (withHeadsLoad !== void 0) {
      const own = await withHeadsLoad(error);
      if (own.bench !== void 0) job.progress(`this commit's load is sent: ${own.whyNotBase}`);
      return measureScenario(own, prepared);
    }
    if (whyNotBase === void 0 || error.side === "head") throw error;
    const why = `${whyNotBase}, and the base does not answer this commit's (${error.reason})`;
    return unmeasured(why);
  }
}
async function measureLoad(job, bench, whyNotBase, prepared) {
  const { repo, code, record, baseReason, dataFiles, lap } = prepared;
  const lookUp = await findStored(repo, job, code, bench);
  const { compared, source, notes } = await measureAndCompare(job, { code, bench, lookUp, record });
  const { comparison, names } = compared;
  return {
    comparison,
    names,
    facts: {
      baselineSource: source,
      ...source === "stored" && { baseReason: `${baseReason}; ${lookUp.base?.origin}` },
      notes: [...notes, ...prepared.notes, ...notesOn(job, { code, dataFiles, warnings: bench.warnings })],
      durationMs: lap(),
      whyNotBase
    }
  };
}
function outcomeOf(measured, { job }, all, { record, shared }) {
  const { names, facts } = measured;
  const { limits } = job.config;
  const elsewhere = all.flatMap((other) => other === measured ? [] : other.names);
  const ofOthers = patternsOfOthers(shared, names, elsewhere);
  const own = withoutRulesOfOthers(limits, shared, ofOthers);
  const comparison = isDeepStrictEqual(own, limits) ? measured.comparison : compareMeasured(job, record, own).comparison;
  return { ...comparison, isSameCode: false, ...facts, notes: [...comparison.notes, ...facts.notes], ofOthers };
}
var MOST_DETAILS = 10;
function wordsOf({ at, message, hint, detail = "" }, { secrets: { clean } }) {
  const said = `${at === void 0 ? "" : `${at}: `}${message}${hint === void 0 ? "" : `; ${hint}`}`;
  const details = detail.split("\n").filter((line) => line.trim() !== "");
  return [clean(said), ...details.slice(-MOST_DETAILS).map(clean)];
}
function progressOf(progress, scenario) {
  if (scenario === void 0) return progress;
  const named = (text) => `${scenario}: ${text}`;
  const step = (given, act) => progress.step(typeof given === "string" ? named(given) : { ...given, name: named(given.name) }, act);
  return Object.assign((fact) => progress(named(fact)), {
    step,
    detail: (text) => progress.detail(named(text))
  });
}

// src/run/require-valgrind.ts
async function requireValgrind(instruments2, world) {
  if (!instruments2.every((name) => name === "instructions")) return;
  const valgrind = await findValgrind(world);
  if (!("missing" in valgrind)) return;
  throw new MeasurementError(`${valgrind.missing}, and nothing but instructions is to be measured`, {
    hint: `${valgrind.hint}; or measure more: --instruments instructions,allocs`
  });
}

export {
  measureSides,
  NOTHING_KNOWN,
  filesReadAtRunTime,
  notesOnSameCode,
  findBundle,
  measureScenarios,
  measureNewService,
  progressOf,
  requireValgrind
};
