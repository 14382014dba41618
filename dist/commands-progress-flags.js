import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  openProgress
} from "./agent-client.js";
import {
  UserError
} from "./base-errors.js";

// src/commands/progress-flags.ts
function progressFor(world, { quiet, verbose }) {
  if (quiet && verbose) {
    throw new UserError("--quiet and --verbose contradict each other", { hint: "leave one of them out" });
  }
  return openProgress(world, { isQuiet: quiet, isVerbose: verbose });
}

export {
  progressFor
};
