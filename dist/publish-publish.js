import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  readSavedReports
} from "./publish-saved-reports.js";
import {
  renderSeveral
} from "./report-several.js";
import {
  escapeProse
} from "./report-markdown.js";
import {
  cleanProse,
  cleaned
} from "./report-story.js";
import {
  shortCommit
} from "./report-words.js";
import {
  VERSION
} from "./package-json.js";
import {
  VERDICTS,
  WORST_FIRST,
  worstOf
} from "./compare-report.js";
import {
  ConfigError
} from "./config-problem.js";
import {
  UserError
} from "./base-errors.js";

// src/ci/job.ts
function subjectOf({ pullRequest, heads }) {
  const head = pullRequest?.head === void 0 ? pullRequest?.measured : pullRequest.head.commit;
  return head ?? heads[0];
}

// src/publish/document.ts
var isNews = ({ isSameCode, verdict }) => !isSameCode || verdict !== "pass";
function documentOfAll(service, reports) {
  const ordered = reports.toSorted((a, b) => WORST_FIRST.indexOf(a.verdict) - WORST_FIRST.indexOf(b.verdict));
  return {
    service,
    verdict: worstOf(reports),
    isNews: reports.some(isNews),
    render: (maxLength) => renderSeveral(ordered, "markdown", { maxLength })
  };
}
function documentOfFailure(service, failure, head, { clean }) {
  const prose = (text) => escapeProse(cleanProse(clean(text)));
  const about = [service, head === void 0 ? void 0 : shortCommit(head)].flatMap((text) => text ?? []);
  const title = ["**perf-gate: no verdict**", ...about.map(prose)].join(" \xB7 ");
  const why = failure instanceof UserError ? [sayings(failure, prose), prose(failure.hint ?? "")] : [prose(OUR_FAULT)];
  const blocks = [title, ...why, "The log of the job has the details."].filter((block) => block !== "");
  return { service, verdict: "invalid", isNews: service !== void 0, render: () => `${blocks.join("\n\n")}
` };
}
var OUR_FAULT = "perf-gate ended with an error of its own";
var MOST_LINES = 20;
function sayings(failure, prose) {
  if (failure instanceof ConfigError) {
    return failure.problems.slice(0, MOST_LINES).map(({ line, column, message, hint }) => {
      const remedy = hint === void 0 ? "" : ` / ${hint}`;
      return `- ${prose(`${failure.fileName}:${line}:${column} ${message}${remedy}`)}`;
    }).join("\n");
  }
  return prose(`${failure.at === void 0 ? "" : `${failure.at}: `}${failure.message}`);
}

// src/publish/publish.ts
import { appendFile } from "node:fs/promises";

// src/publish/patience.ts
import { setTimeout as delay } from "node:timers/promises";
var BrokenAnswer = class extends Error {
};
var MOST_TRIES = 8;
var PATIENCE = { requestMs: 15e3, totalMs: 6e4, firstWaitMs: 500 };
async function patiently(act, world, { totalMs, firstWaitMs } = PATIENCE) {
  const deadlineMs = world.monotonicMs() + totalMs;
  for (let failures = 1; ; failures++) {
    try {
      return await act();
    } catch (error) {
      world.signal.throwIfAborted();
      if (!isPassing(error) || failures === MOST_TRIES) throw error;
      const waitMs = Math.max(waitAskedFor(error, world.now()) ?? 0, firstWaitMs * 2 ** (failures - 1));
      if (world.monotonicMs() + waitMs > deadlineMs) throw error;
      await delay(waitMs, void 0, { signal: world.signal });
    }
  }
}
function isPassing(error) {
  const { status } = error;
  return error instanceof BrokenAnswer || status !== void 0 && status >= 500 || isRateLimit(error);
}
function isRateLimit(error) {
  const { status, message = "" } = error;
  if (status === 429) return true;
  const headers = headersOf(error);
  const isLimited = headers["retry-after"] !== void 0 || headers["x-ratelimit-remaining"] === "0" || /secondary rate limit/i.test(message);
  return status === 403 && isLimited;
}
var headersOf = (error) => error.response?.headers ?? {};
function waitAskedFor(error, now) {
  const headers = headersOf(error);
  const retryAfter = headers["retry-after"];
  if (retryAfter !== void 0) {
    const seconds = Number(retryAfter);
    const ms = Number.isFinite(seconds) ? seconds * 1e3 : Date.parse(String(retryAfter)) - now.getTime();
    if (Number.isFinite(ms)) return Math.max(0, ms);
  }
  const reset = Number(headers["x-ratelimit-reset"]);
  if (headers["x-ratelimit-remaining"] === "0" && Number.isFinite(reset)) {
    return Math.max(0, reset * 1e3 - now.getTime());
  }
  return void 0;
}

// src/publish/api.ts
async function openApi({ apiUrl }, options) {
  const { token, signal, patience } = options;
  const { GitHub, getOctokitOptions } = await import("./actions-github.js");
  const api = new GitHub(getOctokitOptions(token, { baseUrl: apiUrl, userAgent: `perf-gate/${VERSION}`, log: SILENT }));
  api.hook.before("request", (request) => {
    const timeout = AbortSignal.timeout(patience.requestMs);
    request.request = { ...request.request, signal: AbortSignal.any([signal, timeout]), timeout };
  });
  api.hook.after("request", ({ data, headers }) => {
    if (typeof data === "object") return;
    const type = String(headers["content-type"] ?? "").split(";")[0];
    const isJson = /\bjson\b/.test(type ?? "");
    throw new BrokenAnswer(
      isJson ? "the answer was cut off" : `the answer is ${type || "of no type"}, no JSON: something on the way to GitHub gave it`
    );
  });
  return api;
}
var MOST_PAGES = 50;
async function* pagesOf(pages) {
  let count = 0;
  for await (const page of pages) {
    if (++count > MOST_PAGES) throw new Error(`a list of more than ${MOST_PAGES} pages`);
    yield page;
  }
}
var silent = () => void 0;
var SILENT = { debug: silent, info: silent, warn: silent, error: silent };

// src/publish/comment-body.ts
import { createHash } from "node:crypto";
var MAX_LENGTH = 6e4;
function commentBody(document, id, runUrl) {
  const start = `${markerOf(id, document.verdict)}
`;
  const end = runUrl === void 0 ? "" : `
[Log and files of this run](${runUrl})
`;
  return `${start}${document.render(MAX_LENGTH - start.length - end.length)}${end}`;
}
function supersededBody(id, newerUrl) {
  return `${markerOf(id, "superseded")}
perf-gate has a [newer report](${newerUrl}) for this pull request.
`;
}
var MARK = new RegExp(`^<!-- perf-gate ([0-9a-f]{16}) (${[...VERDICTS, "superseded"].join("|")}) -->$`);
function markOf(body) {
  const [, id, state] = MARK.exec(body.split(/\r?\n/, 1)[0] ?? "") ?? [];
  return id === void 0 ? void 0 : { id, state };
}
function idsOf({ service, config, key }) {
  return [
    ...config === void 0 ? [] : [digest(["config", config, key])],
    ...service === void 0 ? [] : [digest([service, key])]
  ];
}
var digest = (parts) => createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
var markerOf = (id, state) => `<!-- perf-gate ${id} ${state} -->`;

// src/publish/comment.ts
async function putComment(api, place, comment) {
  const { document, identity, runUrl } = comment;
  const ids = idsOf(identity);
  const present = await ourComments(api, place, ids);
  const current = present.at(-1);
  const id = ids[0] ?? (identity.key === "" && present.length === 1 ? current?.id : void 0);
  if (id === void 0 || current === void 0 && !document.isNews) return void 0;
  const body = commentBody(document, id, runUrl);
  const turnsRed = document.verdict === "fail" && current !== void 0 && current.state !== "fail";
  const url = current === void 0 || turnsRed ? await create(api, place, body) : await update(api, place, current, body) ?? await create(api, place, body);
  for (const older of present) {
    if (older.url !== url) await update(api, place, older, supersededBody(older.id, url));
  }
  return url;
}
async function ourComments(api, { owner, repo, number }, ids) {
  const marked = [];
  const pages = api.paginate.iterator(api.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100
  });
  for await (const { data } of pagesOf(pages)) {
    for (const { id: commentNumber, node_id: nodeId, user, body: text, html_url: url } of data) {
      const body = text ?? "";
      const mark = markOf(body);
      if (mark === void 0 || mark.state === "superseded") continue;
      if (ids.length > 0 && !ids.includes(mark.id)) continue;
      marked.push({ ...mark, number: commentNumber, nodeId, author: user?.login ?? "", body, url });
    }
  }
  if (marked.length === 0) return [];
  const { login, hidden } = await whoAmI(api, marked);
  return marked.filter(({ author, nodeId }) => author === login && !hidden.has(nodeId)).sort((a, b) => a.number - b.number);
}
var MOST_NODES = 100;
async function whoAmI(api, comments) {
  const ids = comments.slice(-MOST_NODES).map(({ nodeId }) => nodeId);
  try {
    const { viewer, nodes } = await api.graphql(
      "query ($ids: [ID!]!) { viewer { login } nodes(ids: $ids) { ... on IssueComment { id isMinimized } } }",
      { ids }
    );
    return {
      login: viewer.login,
      hidden: new Set(nodes.flatMap((node) => node?.isMinimized ? node.id ?? [] : []))
    };
  } catch (error) {
    if (isPassing(error)) throw error;
    return { login: "github-actions[bot]", hidden: /* @__PURE__ */ new Set() };
  }
}
async function create(api, { owner, repo, number }, body) {
  const { data } = await api.rest.issues.createComment({ owner, repo, issue_number: number, body });
  return data.html_url;
}
async function update(api, { owner, repo }, present, body) {
  if (asRead(present.body) === asRead(body)) return present.url;
  try {
    await api.rest.issues.updateComment({ owner, repo, comment_id: present.number, body });
    return present.url;
  } catch (error) {
    if (error.status === 404) return void 0;
    throw error;
  }
}
var asRead = (body) => body.replaceAll("\r\n", "\n").trimEnd();

// src/publish/pull-request.ts
async function findPullRequest(api, pullRequest) {
  if (pullRequest.head !== void 0) return findByHead(api, pullRequest, pullRequest.head);
  const { number, measured } = pullRequest;
  if (measured === void 0) return { number };
  const head = await headOf(api, pullRequest);
  if (head === void 0 || head === measured) return { number };
  return { none: `pull request #${number} has newer commits by now: ${short(measured)} is not its head any more` };
}
async function headOf(api, { owner, repo, number }) {
  try {
    const { data } = await api.rest.pulls.get({ owner, repo, pull_number: number });
    return data.head.sha;
  } catch (error) {
    const { status } = error;
    if (isPassing(error) || status !== 403 && status !== 404) throw error;
    return void 0;
  }
}
async function findByHead(api, { owner, repo }, head) {
  const pages = api.paginate.iterator(api.rest.pulls.list, {
    owner,
    repo,
    state: "open",
    head: `${head.owner}:${head.branch}`,
    per_page: 100
  });
  const isIts = (pull) => pull.head.sha === head.commit && pull.head.repo?.full_name === head.repository;
  const matching = [];
  for await (const { data } of pagesOf(pages)) matching.push(...data.filter(isIts));
  const [first, second] = matching;
  const commit = short(head.commit);
  if (first === void 0) {
    return {
      none: `no open pull request has ${commit} as its head: it is not open yet, is closed, or has newer commits by now`
    };
  }
  if (second !== void 0)
    return { none: `pull requests #${first.number} and #${second.number} both have the head ${commit}` };
  return { number: first.number };
}
var short = (commit) => commit.slice(0, 7);

// src/publish/publish.ts
async function publish(document, job, options, world) {
  const { summary, comment } = options.wants;
  const problems = [];
  if (summary && job.summaryFile !== void 0) problems.push(...await writeSummary(job.summaryFile, document));
  const { pullRequest, runUrl } = job;
  if (!comment || pullRequest === void 0) return { commentUrl: void 0, problems };
  const identity = { service: document.service, config: options.config, key: options.key };
  const { commentUrl, problem } = await deliverComment({ document, identity, runUrl }, pullRequest, options, world);
  return { commentUrl, problems: problem === void 0 ? problems : [...problems, problem] };
}
function missingPullRequest(job, { token, wants }) {
  if (!wants.comment || token === void 0 || job.pullRequest !== void 0) return [];
  return [noComment(`${job.host} names none for this job`).problem];
}
var SUMMARY_BYTES = 1024 * 1024;
var SUMMARY_LENGTH = Math.floor(SUMMARY_BYTES / 3) - 1;
async function writeSummary(file, document) {
  try {
    await appendFile(file, `${document.render(SUMMARY_LENGTH)}
`);
    return [];
  } catch (error) {
    return [{ level: "warning", text: `the summary could not be written: ${error.message}` }];
  }
}
async function deliverComment(comment, pullRequest, { token, patience = PATIENCE }, world) {
  if (token === void 0) return noComment("there is no token to write it with");
  world.secrets.add(token);
  const { owner, repo } = pullRequest;
  const { totalMs, requestMs } = patience;
  const stop = new AbortController();
  const tooLong = setTimeout(() => stop.abort(new Error("it took too long")), totalMs + requestMs);
  const onAbort = () => stop.abort(world.signal.reason);
  world.signal.addEventListener("abort", onAbort, { once: true });
  try {
    world.signal.throwIfAborted();
    const api = await openApi(pullRequest, { token, signal: stop.signal, patience });
    const put = async () => {
      const found = await findPullRequest(api, pullRequest);
      if ("none" in found) return noComment(found.none);
      return { commentUrl: await putComment(api, { owner, repo, number: found.number }, comment) };
    };
    return await patiently(put, { ...world, signal: stop.signal }, patience);
  } catch (error) {
    world.signal.throwIfAborted();
    return problemOf(error, world.secrets);
  } finally {
    clearTimeout(tooLong);
    world.signal.removeEventListener("abort", onAbort);
  }
}
var noComment = (why, level = "notice") => ({
  problem: { level, text: `no comment on the pull request: ${why}` }
});
var REFUSALS = {
  401: "the token is not valid",
  403: "the token may not write it (that of a fork may not; otherwise the job needs permissions: pull-requests: write)",
  404: "the token does not reach this pull request, or it is not there",
  422: "GitHub does not take it"
};
function problemOf(error, { clean }) {
  const { status, message } = error;
  if (isRateLimit(error))
    return noComment("GitHub takes no more requests of this token for now (rate limit)", "warning");
  const isPage = /^\s*</.test(message ?? "");
  const said = isPage ? `status ${status}, with a page of HTML` : cleaned(clean(String(message))).slice(0, 300);
  const refusal = status === void 0 ? void 0 : REFUSALS[status];
  return refusal === void 0 ? noComment(`GitHub could not be reached or could not answer: ${said}`, "warning") : noComment(`${refusal}: ${said}`);
}

// src/publish/publish-saved.ts
async function publishSaved(directory, job, options, world) {
  const { reports, subject } = await savedOrTold(directory, job, options, world);
  const document = documentOfAll(subject, reports);
  const published = await publish(document, job, options, world);
  const problems = [...published.problems, ...missingPullRequest(job, options)];
  return { ...published, problems, verdict: document.verdict, reports };
}
async function savedOrTold(directory, job, options, world) {
  try {
    return await readSavedReports(directory, "--output (the input output)");
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const wants = { ...options.wants, summary: false };
    const { problems } = await publish(
      documentOfFailure(void 0, error, subjectOf(job), world.secrets),
      job,
      { ...options, wants },
      world
    );
    for (const { text } of problems) world.stderr.write(`perf-gate: ${text}
`);
    throw error;
  }
}

export {
  subjectOf,
  documentOfAll,
  documentOfFailure,
  OUR_FAULT,
  publish,
  publishSaved
};
