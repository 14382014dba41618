import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  assertMayMeasure
} from "./ci-own-code.js";
import {
  fetch
} from "./pprof-format.js";
import {
  readJob
} from "./ci-github.js";
import {
  findCommit
} from "./process-group.js";
import {
  openRepository
} from "./simple-git.js";
import {
  UserError
} from "./base-errors.js";

// src/ci/base.ts
async function findJobBase(world) {
  const job = await readJob(world.env);
  if (job === void 0) return void 0;
  assertMayMeasure(job);
  return findBase(await openRepository(world.cwd, world), job);
}
async function findBase(repo, job) {
  if (!job.heads.includes(repo.headCommit) || job.bases.length === 0) return void 0;
  for (const choice of job.bases) {
    const base = await commitOf(repo, choice);
    if (base !== void 0) return base;
  }
  throw new UserError(`the base of ${repo.headCommit.slice(0, 7)} is not in this clone and could not be fetched`, {
    hint: NEEDS_HISTORY
  });
}
var NEEDS_HISTORY = "give actions/checkout fetch-depth: 0, or leave its persist-credentials on";
async function commitOf(repo, choice) {
  switch (choice.kind) {
    case "commit":
      return found(await fetched(repo, choice.commit), choice.reason);
    case "merged-onto": {
      const [first, second] = await parentsOf(repo);
      return second === choice.head ? found(await fetched(repo, first), choice.reason) : void 0;
    }
    case "merge-base": {
      const commit = await mergeBase(repo, choice.branch);
      if (commit === repo.headCommit) return firstParent(repo, `the commit before it on ${choice.branch}`);
      return found(commit, `merge base with origin/${choice.branch}`);
    }
    case "parent":
      return firstParent(repo, choice.reason);
  }
}
async function firstParent(repo, reason) {
  const [first] = await parentsOf(repo);
  if (first === void 0) {
    throw new UserError(`${repo.headCommit.slice(0, 7)} is the first commit: there is nothing to compare it with`, {
      hint: "name a commit with --base (the input base of the action)"
    });
  }
  return found(await fetched(repo, first), reason);
}
var found = (commit, reason) => commit === void 0 ? void 0 : { commit, reason };
async function parentsOf(repo) {
  const text = await repo.git.run(["cat-file", "commit", repo.headCommit]);
  const header = text.slice(0, text.indexOf("\n\n"));
  return [...header.matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, commit]) => commit);
}
async function fetched(repo, commit) {
  if (await findCommit(repo, commit) === void 0) {
    await fetch(repo, [...repo.isShallow ? ["--depth=1"] : [], "origin", commit]);
  }
  return findCommit(repo, commit);
}
var DEPTHS = ["--deepen=100", "--deepen=1000", "--unshallow"];
async function mergeBase(repo, branch) {
  const ref = `refs/remotes/origin/${branch}`;
  const refspec = `+refs/heads/${branch}:${ref}`;
  const isNew = await findCommit(repo, ref) === void 0;
  await fetch(repo, [...repo.isShallow && isNew ? ["--depth=1"] : [], "origin", refspec]);
  for (const depth of [void 0, ...DEPTHS]) {
    if (depth !== void 0) {
      if (await repo.git.run(["rev-parse", "--is-shallow-repository"]) !== "true") return void 0;
      if (!await fetch(repo, [depth, "origin", repo.headCommit, refspec])) return void 0;
    }
    const { exitCode, stdout } = await repo.git.ask(["merge-base", repo.headCommit, ref]);
    if (exitCode === 0 && stdout.trim() !== "") return stdout.trim();
  }
  return void 0;
}

export {
  findJobBase,
  findBase
};
