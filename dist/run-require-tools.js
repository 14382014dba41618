import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  GET_GO
} from "./agent-client.js";
import {
  GET_GIT
} from "./simple-git.js";
import {
  UserError
} from "./base-errors.js";

// src/run/require-tools.ts
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";
var TOOLS = {
  git: { purpose: "both commits are taken from it", get: GET_GIT },
  go: { purpose: "the service is built with it", get: GET_GO }
};
async function requireTools(world) {
  const names = Object.keys(TOOLS);
  const found = await Promise.all(names.map((name) => isOnPath(name, world)));
  const missing = names.filter((_, i) => !found[i]);
  const [first, ...others] = missing;
  if (first === void 0) return;
  if (others.length === 0) {
    throw new UserError(`there is no ${first} command on PATH: ${TOOLS[first].purpose}`, { hint: TOOLS[first].get });
  }
  throw new UserError(`there is no ${missing.join(" and no ")} command on PATH`, {
    detail: missing.map((name) => `${name}: ${TOOLS[name].purpose}; ${TOOLS[name].get}`).join("\n"),
    hint: "install them and run perf-gate again"
  });
}
async function isOnPath(name, { env, platform }) {
  const file = platform === "win32" ? `${name}.exe` : name;
  const directories = (env["PATH"] ?? "").split(delimiter);
  const attempts = directories.map((directory) => access(join(directory || ".", file), constants.X_OK));
  return (await Promise.allSettled(attempts)).some(({ status }) => status === "fulfilled");
}

export {
  requireTools
};
