import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  NOTHING_KNOWN,
  buildComparable,
  findBundle,
  fingerprintHere,
  isAncestor,
  measureSides
} from "./chunk-7THEN6SN.js";
import "./chunk-B3EX7XHB.js";
import "./chunk-PP2FG7CZ.js";
import {
  benchFor,
  createCheckout,
  findTarget,
  progressLines,
  resolveSides,
  temporaryDirectory
} from "./chunk-D5OV5T7F.js";
import {
  configuredStore,
  prune
} from "./chunk-5QW24PKB.js";
import {
  EXACT_INSTRUMENTS,
  compactTime,
  fingerprintDigest,
  packBundle,
  readSide
} from "./chunk-3GIHE22F.js";
import "./chunk-SBO46FL5.js";
import "./chunk-D5XZNUM7.js";
import "./chunk-Y2FVQRTN.js";
import {
  readFlags
} from "./chunk-KRGVU3LX.js";
import {
  EXIT,
  UserError
} from "./chunk-MJBSXXZC.js";
import {
  __callDispose,
  __using
} from "./chunk-5PVW3TJC.js";

// src/commands/save.ts
import { join } from "node:path";
var save = async (args, world) => {
  var _stack = [];
  try {
    const { values } = readFlags(args, { force: { type: "boolean", default: false }, config: { type: "string" } }, []);
    const { repo, config, serviceDirectory, store } = await configuredStore(values.config, world);
    const { base: side } = await resolveSides(repo, { head: "HEAD", base: "HEAD" });
    await refuseDirty(repo, config);
    if (!values.force) await refuseForeign(repo, config);
    const progress = progressLines(world);
    progress(`${config.service.name} at ${side.shortCommit} for ${store.place}`);
    const work = __using(_stack, await temporaryDirectory(world), true);
    const checkout = __using(_stack, await createCheckout(repo, side, join(work.path, "base", "src")), true);
    const directory = join(work.path, "measured");
    const job = {
      config,
      serviceDirectory,
      sides: { base: side },
      checkouts: { base: checkout },
      work: work.path,
      output: { side: () => directory },
      world,
      progress
    };
    const bench = await benchFor(job, repo.root);
    const built = await buildComparable(job, "base");
    if (!values.force) {
      const { found } = await findBundle(store, {
        service: config.service.name,
        commits: [side.commit],
        code: built.code,
        here: await fingerprintHere(built, bench),
        instruments: config.instruments,
        readsTheSame: async () => true
      });
      const wanted = EXACT_INSTRUMENTS.filter((name) => config.instruments.includes(name));
      if (found !== void 0 && wanted.every((name) => found.instruments.includes(name))) {
        world.stdout.write(`${config.service.name} ${side.shortCommit} is already in ${store.place}
`);
        return EXIT.pass;
      }
    }
    await measureSides(job, { base: built }, bench, { base: config.instruments }, { base: NOTHING_KNOWN });
    const { manifest } = readSide(directory);
    const key = {
      service: config.service.name,
      committed: compactTime(side.commitTime),
      commit: side.commit,
      code: built.code,
      fingerprint: fingerprintDigest(manifest)
    };
    const bytes = packBundle(directory, key);
    if (values.force) await store.remove([key]);
    await store.write(key, bytes);
    const removed = await prune(store, config.service.name, config.baseline.keep, side.commit);
    for (const { instrument, reason } of manifest.missing) progress(`without ${instrument}: ${reason}`);
    const old = removed.length === 0 ? "" : `, ${removed.length} old ones removed`;
    const size = Math.ceil(bytes.length / 1e3);
    world.stdout.write(`saved ${config.service.name} ${side.shortCommit} (${size} kB) in ${store.place}${old}
`);
    return EXIT.pass;
  } catch (_) {
    var _error = _, _hasError = true;
  } finally {
    var _promise = __callDispose(_stack, _error, _hasError);
    _promise && await _promise;
  }
};
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
