import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  plainText
} from "./chunk-OLAMIVKR.js";
import {
  nearest
} from "./chunk-VO37LFL3.js";
import {
  either
} from "./chunk-74DNUGLR.js";
import {
  UserError
} from "./chunk-G3W2D7T4.js";

// src/commands/flags.ts
import { parseArgs } from "node:util";
function readFlags(args, { flags, takes = [] }) {
  const { values, positionals } = parse(args, flags);
  for (const [name, { wants, sets }] of Object.entries(flags)) {
    if (sets === void 0) checkWord(`--${name}`, wants, values[name]);
  }
  const needed = takes.filter(({ name }) => !name.startsWith("["));
  if (positionals.length < needed.length || positionals.length > takes.length) {
    const wanted = takes.length === 0 ? "no arguments" : takes.map(({ name }) => name).join(" and ");
    const given = positionals.length === 0 ? "nothing" : positionals.map(plainText).join(" ");
    throw new UserError(`this command takes ${wanted} besides its flags, and was given ${given}`, { hint: SEE_HELP });
  }
  for (const [i, { name, wants }] of takes.entries()) checkWord(name, wants, positionals[i]);
  return { values, positionals };
}
var SEE_HELP = "--help shows how it is used";
function parse(args, flags) {
  try {
    return parseArgs({ args: [...args], options: optionsOf(flags), allowPositionals: true, strict: true });
  } catch (error) {
    throw flagError(error, Object.keys(flags));
  }
}
function optionsOf(flags) {
  const option = ({ type, multiple, default: standard }) => {
    if (type === "boolean") return { type, default: false };
    if (multiple) return { type, multiple, default: [] };
    return { type, ...standard === void 0 ? {} : { default: standard } };
  };
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, option(flag)]));
}
function checkWord(name, wants, given) {
  if (typeof wants !== "object" || typeof given !== "string" || wants.includes(given)) return;
  const meant = nearest(given, wants);
  throw new UserError(
    `${name} is ${either(wants)}, not "${plainText(given)}"`,
    meant === void 0 ? {} : { hint: `did you mean ${meant}?` }
  );
}
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
    hint: meant === void 0 ? "--help shows the flags that there are" : `did you mean --${meant}?`
  });
}

export {
  readFlags
};
