import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  configuredStore,
  prune
} from "./run-configured-store.js";
import {
  NOTHING_KNOWN,
  findBundle,
  measureSides,
  progressOf,
  requireValgrind
} from "./run-measure-scenarios.js";
import {
  compactTime,
  fingerprintDigest,
  packBundle
} from "./aws4fetch.js";
import {
  readSide
} from "./measure-side-directory.js";
import {
  requireTools
} from "./run-require-tools.js";
import {
  assertMayMeasureHere
} from "./ci-own-code.js";
import {
  buildComparable,
  fingerprintHere,
  isAncestor
} from "./pprof-format.js";
import {
  EXACT_INSTRUMENTS
} from "./compare-totals.js";
import {
  titleOf
} from "./report-words.js";
import {
  benchFor,
  createCheckout,
  findTarget,
  resolveSides,
  temporaryDirectory
} from "./agent-client.js";
import {
  eachScenario
} from "./config-places.js";
import {
  EXIT,
  MeasurementError,
  UserError
} from "./base-errors.js";
import {
  __callDispose,
  __using
} from "./empty.js";

// src/run/save.ts
import { join } from "node:path";
async function save(options, world, progress) {
  var _stack = [];
  try {
    const { config: named, settings = [], isForced = false, allowForeignCode } = options;
    await requireTools(world);
    await assertMayMeasureHere(world, allowForeignCode, []);
    const { repo, config, serviceDirectory, store } = await configuredStore(named, world, settings);
    await requireValgrind(config.instruments, world);
    const { base: side } = await resolveSides(repo, { head: "HEAD", base: "HEAD" });
    await refuseDirty(repo, config);
    if (!isForced) await refuseForeign(repo, config);
    progress(`${config.service.name} at ${side.shortCommit} for ${store.place}`);
    const work = __using(_stack, await temporaryDirectory(world), true);
    const checkout = __using(_stack, await createCheckout(repo, side, join(work.path, "base", "src")), true);
    const common = { serviceDirectory, sides: { base: side }, checkouts: { base: checkout }, work: work.path, world };
    const parts = await Promise.all(
      eachScenario(config).map(async (one, i) => {
        const directory = join(work.path, "measured", String(i));
        const own = { config: one, output: { side: () => directory }, progress: progressOf(progress, one.scenario) };
        const job = { ...common, ...own };
        const name = one.scenario === void 0 ? void 0 : String(i);
        return { job, bench: await benchFor(job, repo.root, name), directory };
      })
    );
    const built = await progress.step("building it", () => buildComparable({ ...parts[0].job, progress }, "base"));
    const failures = [];
    for (const part of parts) {
      try {
        world.stdout.write(await saveScenario(part, built, store, isForced));
      } catch (error) {
        world.signal.throwIfAborted();
        const { scenario } = part.job.config;
        if (!(error instanceof UserError) || error.exitCode !== EXIT.invalid || scenario === void 0) throw error;
        failures.push(inScenario(scenario, error));
      }
    }
    if (failures[0] !== void 0) throw failures[0];
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
}
async function saveScenario({ job, bench, directory }, built, store, isForced) {
  const { config, sides, progress } = job;
  const { scenario } = config;
  const side = sides.base;
  const service = config.service.name;
  const what = `${titleOf({ service, scenario }, (name) => name)} ${side.shortCommit}`;
  if (!isForced) {
    const { found } = await findBundle(store, {
      service,
      scenario,
      commits: [side.commit],
      code: built.code,
      here: await fingerprintHere(built, bench),
      instruments: config.instruments,
      readsTheSame: async () => true
    });
    const wanted = EXACT_INSTRUMENTS.filter((name) => config.instruments.includes(name));
    if (found !== void 0 && wanted.every((name) => found.instruments.includes(name))) {
      return `${what} is already in ${store.place}
`;
    }
  }
  await measureSides(job, { base: built }, bench, { base: config.instruments }, { base: NOTHING_KNOWN });
  const { manifest } = readSide(directory);
  const key = {
    service,
    scenario,
    committed: compactTime(side.commitTime),
    commit: side.commit,
    code: built.code,
    fingerprint: fingerprintDigest(manifest.fingerprint)
  };
  const bytes = packBundle(directory, key);
  if (isForced) await store.remove([key]);
  await store.write(key, bytes);
  const removed = await prune(store, service, config.baseline.keep, side.commit);
  for (const { instrument, reason } of manifest.missing) progress(`without ${instrument}: ${reason}`);
  const old = removed.length === 0 ? "" : `, ${removed.length} old ones removed`;
  const size = Math.ceil(bytes.length / 1e3);
  return `saved ${what} (${size} kB) in ${store.place}${old}
`;
}
function inScenario(scenario, { message, hint, at, detail, cause }) {
  const options = { ...hint && { hint }, ...at && { at }, ...detail && { detail }, cause };
  return new MeasurementError(`scenario ${scenario}: ${message}`, options);
}
async function refuseDirty(repo, { fileName }) {
  const changed = await repo.git.run(["status", "--porcelain", "--untracked-files=no", "--ignore-submodules=all"]);
  if (changed === "") return;
  throw new UserError(`${repo.root} has uncommitted changes, so it is not the commit that would be kept`, {
    hint: `commit or stash them; ${fileName} counts too`,
    detail: changed.split("\n").slice(0, 5).join("\n")
  });
}
async function refuseForeign(repo, config) {
  const target = await findTarget(repo, config.baseline.branch);
  if (await isAncestor(repo, repo.headCommit, target.commit)) return;
  throw new UserError(`the commit that is checked out is not on ${target.name}: no run would have it as its base`, {
    hint: "save is for what was merged; --force keeps it all the same"
  });
}

export {
  save
};
