import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/doors/start-afresh.ts
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
var NOT_FOR_CHILDREN = /^(INPUT_|ACTIONS_|GITHUB_(OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)$)/;
function startAfresh(own, temporaryDirectory) {
  const [, script = "", handedOn] = own.argv;
  if (handedOn !== void 0) {
    Object.assign(own.env, JSON.parse(readFileSync(handedOn, "utf8")));
    rmSync(dirname(handedOn), { recursive: true });
    return;
  }
  if (own.execve === void 0 || own.platform === "win32") return;
  const variables = Object.entries(own.env);
  const kept = variables.filter(([name]) => !NOT_FOR_CHILDREN.test(name));
  const rights = variables.filter(([name]) => NOT_FOR_CHILDREN.test(name));
  const file = join(mkdtempSync(join(temporaryDirectory, "perf-gate-step-")), "rights");
  writeFileSync(file, JSON.stringify(Object.fromEntries(rights)), { mode: 384 });
  const args = [own.execPath, ...own.execArgv, "--disable-sigusr1", script, file];
  own.execve(own.execPath, args, Object.fromEntries(kept));
}

export {
  NOT_FOR_CHILDREN,
  startAfresh
};
