import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  fetch,
  isAncestor
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

// src/ci/own-code.ts
function assertMayMeasure({ refusal }) {
  if (refusal !== void 0) throw new UserError(refusal.reason, { hint: refusal.hint });
}
async function assertOwnCode(repo, { own }, refs) {
  if (own === void 0) return;
  const { commits: known, repositoryUrl } = own;
  const named = await Promise.all(
    ["HEAD", ...refs].map((ref) => ref === void 0 ? void 0 : findCommit(repo, ref))
  );
  for (const commit of new Set(named)) {
    if (commit === void 0 || known.includes(commit)) continue;
    const isBefore = await Promise.all(known.map((tip) => isAncestor(repo, commit, tip)));
    if (isBefore.includes(true)) continue;
    if (repositoryUrl !== void 0 && await isPublished(repo, repositoryUrl, commit)) continue;
    throw new UserError(
      `${commit.slice(0, 7)} is neither the commit of this event nor on a branch of this repository: its code would run with the rights of the repository`,
      { hint: HINT }
    );
  }
}
async function assertMayMeasureHere(world, isAllowed, refs) {
  const job = await readJob(world.env);
  if (job === void 0) return;
  assertMayMeasure(job);
  if (!isAllowed && job.own !== void 0) await assertOwnCode(await openRepository(world.cwd, world), job, refs);
}
var HINT = "measure pull requests on pull_request (docs/github.md shows how those of forks get their comment); for a job without any right or secret that its code must not have: allow-foreign-code (the input of the action, --allow-foreign-code)";
async function isPublished(repo, url, commit) {
  const env = { GIT_TERMINAL_PROMPT: "0" };
  const tips = await repo.git.ask(["ls-remote", "--quiet", "--heads", "--tags", url], { env });
  if (tips.exitCode !== 0) return false;
  if (tips.stdout.split("\n").some((line) => line.startsWith(`${commit}	`))) return true;
  if (!await fetch(repo, [...repo.isShallow ? ["--unshallow"] : [], url, "HEAD"])) return false;
  return isAncestor(repo, commit, "FETCH_HEAD");
}

export {
  assertMayMeasure,
  assertOwnCode,
  assertMayMeasureHere
};
