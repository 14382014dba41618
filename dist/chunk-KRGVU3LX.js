import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  UserError,
  nearest,
  plainText
} from "./chunk-MJBSXXZC.js";

// src/commands/flags.ts
import { parseArgs } from "node:util";
function readFlags(args, options, positionals) {
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw flagError(error, Object.keys(options));
  }
  if (parsed.positionals.length !== positionals.length) {
    const wanted = positionals.length === 0 ? "no arguments" : positionals.join(" and ");
    const given = parsed.positionals.length === 0 ? "nothing" : parsed.positionals.map(plainText).join(" ");
    throw new UserError(`this command takes ${wanted} besides its flags, and was given ${given}`, { hint: SEE_HELP });
  }
  return parsed;
}
var SEE_HELP = "--help shows how it is used";
function flagError(error, known) {
  if (!error.code?.startsWith("ERR_PARSE_ARGS")) return error;
  const unknown = /Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (unknown === void 0) {
    const flag = /'(?:-\w, )?(--[\w-]+)/.exec(error.message)?.[1] ?? "a flag";
    const isNeeded = /argument (missing|is ambiguous)/.test(error.message);
    return new UserError(isNeeded ? `${flag} needs a value` : `${flag} takes no value`, { hint: SEE_HELP });
  }
  const meant = nearest(unknown, known);
  return new UserError(`unknown flag --${plainText(unknown)}`, {
    hint: meant === void 0 ? `flags: ${known.map((name) => `--${name}`).join(", ")}` : `did you mean --${meant}?`
  });
}

export {
  readFlags
};
