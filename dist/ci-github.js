import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  require__
} from "./ajv.js";
import {
  UserError
} from "./base-errors.js";
import {
  __toESM
} from "./empty.js";

// src/ci/hosts.ts
import { readFile, stat } from "node:fs/promises";

// src/ci/circleci.ts
var GITHUB_API = "https://api.github.com";
var circleci = {
  isHere: (env) => env["CIRCLECI"] === "true",
  eventFile: () => void 0,
  read: (env) => ({
    host: "CircleCI",
    heads: env["CIRCLE_SHA1"] ? [env["CIRCLE_SHA1"]] : [],
    bases: [],
    refusal: void 0,
    // Jobs of forks have no contexts; no variable says whether somebody has turned that off.
    own: void 0,
    pullRequest: namedPullRequest(env) ?? pullRequestOfBranch(env),
    runUrl: env["CIRCLE_BUILD_URL"] || void 0,
    summaryFile: void 0
  })
};
function namedPullRequest(env) {
  const page = /^https:\/\/([\w.-]+)\/([\w.-]+)\/([\w.-]+)\/pull\/([1-9]\d{0,8})$/.exec(
    env["CIRCLE_PULL_REQUEST"] ?? ""
  );
  if (page === null) return void 0;
  const [, host, owner, repo, number2] = page;
  const apiUrl = host === "github.com" ? GITHUB_API : `https://${host}/api/v3`;
  return {
    apiUrl: env["GITHUB_API_URL"] || apiUrl,
    owner,
    repo,
    number: Number(number2),
    measured: env["CIRCLE_SHA1"] || void 0
  };
}
function pullRequestOfBranch(env) {
  const url = /^(?:https:\/\/github\.com\/|git@github\.com:)([\w.-]+)\/([\w.-]+?)(?:\.git)?$/;
  const [, owner, repo] = url.exec(env["CIRCLE_REPOSITORY_URL"] ?? "") ?? [];
  const { CIRCLE_SHA1: commit2, CIRCLE_BRANCH: branch2 } = env;
  if (owner === void 0 || repo === void 0 || !commit2 || !branch2) return void 0;
  const head = { commit: commit2, owner, repository: `${owner}/${repo}`, branch: branch2 };
  return { apiUrl: env["GITHUB_API_URL"] || GITHUB_API, owner, repo, head };
}

// src/ci/github-event.ts
var import__ = __toESM(require__(), 1);
function parseEvent(name, text) {
  switch (name) {
    case "pull_request":
    // These run on the same merge commit, and with the same rights.
    case "pull_request_review":
    case "pull_request_review_comment": {
      const { pull_request: pull } = checked("pull_request", text);
      return { name: "pull_request", number: pull.number, head: pull.head.sha, branch: pull.base.ref };
    }
    case "push": {
      const { before, repository } = checked(name, text);
      return { name, before: /^0+$/.test(before) ? void 0 : before, defaultBranch: repository.default_branch };
    }
    case "merge_group":
      return { name, base: checked(name, text).merge_group.base_sha };
    case "workflow_run": {
      const { workflow_run: run, repository } = checked(name, text);
      const { id, event, head_sha, head_branch, head_repository } = run;
      const isThere = head_repository !== null && head_branch !== null;
      const head = isThere ? {
        commit: head_sha,
        owner: head_repository.owner.login,
        repository: head_repository.full_name,
        branch: head_branch
      } : void 0;
      return { name, run: { id, event, commit: head_sha, head }, defaultBranch: repository.default_branch };
    }
    case "pull_request_target":
      return { name };
    default:
      return { name: "other", defaultBranch: checked("other", text).repository?.default_branch };
  }
}
var has = (properties) => ({
  type: "object",
  properties,
  required: Object.keys(properties)
});
var orNull = (schema) => ({ anyOf: [{ type: "null" }, schema] });
var commit = { type: "string", pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$" };
var number = { type: "integer", minimum: 1 };
var branch = { type: "string", maxLength: 1e3, pattern: "^[^-/\\s~^:?*\\[\\\\\\p{Cc}][^\\s~^:?*\\[\\\\\\p{Cc}]*$" };
var word = { type: "string", maxLength: 200, pattern: "^[\\w.-]+$" };
var SCHEMAS = {
  pull_request: has({ pull_request: has({ number, head: has({ sha: commit }), base: has({ ref: branch }) }) }),
  push: has({ before: commit, repository: has({ default_branch: branch }) }),
  merge_group: has({ merge_group: has({ base_sha: commit }) }),
  workflow_run: has({
    workflow_run: has({
      id: number,
      event: word,
      head_sha: commit,
      head_branch: orNull(branch),
      head_repository: orNull(
        has({
          full_name: { type: "string", maxLength: 200, pattern: "^[\\w.-]+/[\\w.-]+$" },
          owner: has({ login: word })
        })
      )
    }),
    repository: has({ default_branch: branch })
  }),
  other: { type: "object", properties: { repository: { type: "object", properties: { default_branch: branch } } } }
};
function checked(name, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError(`the event of this job (${name}) is no JSON`, { cause, hint: HINT });
  }
  const validate = new import__.Ajv2020({ strict: true }).compile(SCHEMAS[name]);
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  throw new UserError(
    `the event of this job (${name}) is not what GitHub sends: ${error?.instancePath} ${error?.message}`,
    {
      hint: HINT
    }
  );
}
var HINT = "name the commit to compare with, with --base (the input base of the action)";

// src/ci/github.ts
var github = {
  isHere: (env) => env["GITHUB_ACTIONS"] === "true",
  eventFile: (env) => env["GITHUB_EVENT_PATH"] || void 0,
  read: (env, eventText) => jobOf(env, parseEvent(env["GITHUB_EVENT_NAME"] ?? "", eventText ?? "{}"))
};
function jobOf(env, event) {
  const repository = repositoryOf(env);
  const heads = [env["GITHUB_SHA"], event.name === "pull_request" ? event.head : void 0];
  return {
    host: "GitHub Actions",
    heads: heads.flatMap((commit2) => commit2 || []),
    bases: basesOf(env, event),
    refusal: refusalOf(event),
    own: event.name === "pull_request" ? void 0 : ownOf(env, event),
    pullRequest: repository && pullRequestOf(repository, event),
    runUrl: runUrlOf(env, event),
    summaryFile: env["GITHUB_STEP_SUMMARY"] || void 0
  };
}
function basesOf(env, event) {
  switch (event.name) {
    case "pull_request": {
      const reason = `what pull request #${event.number} is merged onto`;
      return [
        { kind: "merged-onto", head: event.head, reason },
        { kind: "merge-base", branch: event.branch }
      ];
    }
    case "push":
      return pushed(env, event);
    case "merge_group":
      return [{ kind: "commit", commit: event.base, reason: "what the merge group is merged onto" }];
    case "pull_request_target":
      return [];
    case "workflow_run":
    case "other":
      if (event.defaultBranch === void 0) return [];
      return env["GITHUB_REF"] === `refs/heads/${event.defaultBranch}` ? [COMMIT_BEFORE] : [{ kind: "merge-base", branch: event.defaultBranch }];
  }
}
function refusalOf(event) {
  if (event.name === "pull_request_target") {
    return {
      reason: "in a job on pull_request_target the code of a fork would run with the rights of this repository",
      hint: "measure on pull_request; docs/github.md shows how pull requests of forks get their comment"
    };
  }
  if (event.name === "workflow_run" && event.run.event.startsWith("pull_request")) {
    return {
      reason: "a job on workflow_run has the rights of this repository, also where a fork started the run before it",
      hint: "measure on pull_request, and publish the report here with command: publish"
    };
  }
  return void 0;
}
function ownOf(env, event) {
  const measured = event.name === "workflow_run" ? event.run.commit : void 0;
  return {
    commits: [env["GITHUB_SHA"], measured].flatMap((commit2) => commit2 || []),
    repositoryUrl: repositoryUrlOf(env)
  };
}
var COMMIT_BEFORE = { kind: "parent", reason: "the commit before it" };
function pushed(env, { before, defaultBranch }) {
  const ref = env["GITHUB_REF"] ?? "";
  if (ref.startsWith("refs/tags/")) return [COMMIT_BEFORE];
  if (ref !== `refs/heads/${defaultBranch}`) return [{ kind: "merge-base", branch: defaultBranch }];
  const choices = [COMMIT_BEFORE];
  if (before !== void 0) {
    choices.unshift({ kind: "commit", commit: before, reason: `${defaultBranch} before this push` });
  }
  return choices;
}
function pullRequestOf(repository, event) {
  if (event.name === "pull_request") return { ...repository, number: event.number, measured: event.head };
  if (event.name !== "workflow_run") return void 0;
  const { run } = event;
  return run.event === "pull_request" && run.head !== void 0 ? { ...repository, head: run.head } : void 0;
}
function repositoryOf(env) {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
  if (owner === void 0 || repo === void 0) return void 0;
  return { apiUrl: env["GITHUB_API_URL"] || "https://api.github.com", owner, repo };
}
function runUrlOf(env, event) {
  const id = event.name === "workflow_run" ? String(event.run.id) : env["GITHUB_RUN_ID"] ?? "";
  const repository = repositoryUrlOf(env);
  if (!/^\d+$/.test(id) || repository === void 0) return void 0;
  return `${repository}/actions/runs/${id}`;
}
function repositoryUrlOf(env) {
  const repository = repositoryOf(env);
  if (repository === void 0) return void 0;
  return `${env["GITHUB_SERVER_URL"] || "https://github.com"}/${repository.owner}/${repository.repo}`;
}

// src/ci/hosts.ts
var hosts = [github, circleci];
var LARGEST_EVENT_BYTES = 25e6;
var isInJob = (env) => hosts.some(({ isHere }) => isHere(env));
var isInCi = (env) => isInJob(env) || /^(1|true|yes)$/i.test(env["CI"] ?? "");
async function readJob(env) {
  const host = hosts.find(({ isHere }) => isHere(env));
  if (host === void 0) return void 0;
  const file = host.eventFile(env);
  return host.read(env, file === void 0 ? void 0 : await readEvent(file));
}
async function readEvent(file) {
  try {
    if ((await stat(file)).size > LARGEST_EVENT_BYTES) throw new Error("it is larger than 25 MB");
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError(`the event of this job cannot be read from ${file}: ${cause.message}`, { cause });
  }
}

export {
  isInJob,
  isInCi,
  readJob
};
