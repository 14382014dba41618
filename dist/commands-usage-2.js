import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  commands,
  entries
} from "./commands-spec.js";
import {
  wordWrapped
} from "./base-wrap.js";

// src/commands/usage.ts
var WIDTH = 120;
function usage() {
  return [
    "perf-gate: which function and which line of a Go service costs more per request, and is that over the limit?",
    "",
    "usage: perf-gate [command] [flags]     (perf-gate alone is perf-gate run)",
    "",
    ...table(
      entries.map(([name, { summary }]) => [name, summary]),
      0
    ),
    "",
    "perf-gate COMMAND --help tells its flags.   Exit codes: 0 pass, 1 fail, 2 wrong use or config,",
    "3 could not be measured, 4 inconclusive where the config says that this fails.",
    ""
  ].join("\n");
}
function usageOf(name) {
  const { calls, about, takes = [], actions = {}, flags, examples } = commands[name];
  const [first, ...others] = calls ?? [callOf(name, takes, flags)];
  const own = Object.entries(flags).filter(([flag]) => !isSetting(flag, flags));
  const settings = Object.entries(flags).filter(([flag]) => isSetting(flag, flags));
  const sections = [
    [`usage: ${first}`, ...others.map((call) => `       ${call}`)],
    [about],
    table(Object.entries(actions).map(([action, { about: about2 }]) => [action, about2])),
    table(own.map(flagRow)),
    settings.length === 0 ? [] : [IN_PLACE, ...table(settings.map(flagRow))],
    table(examples.map(([line, purpose = ""]) => [line, purpose]))
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}
`;
}
var IN_PLACE = "For this once, in place of what perf-gate.yml says:";
var isSetting = (name, flags) => name === "set" || flags[name]?.sets !== void 0;
function callOf(name, takes, flags) {
  const words = ["perf-gate", name, ...takes.map((argument) => argument.name)];
  return [...words, ...Object.keys(flags).length === 0 ? [] : ["[flags]"]].join(" ");
}
function flagRow([name, { value, about, default: standard }]) {
  const shown = value === void 0 ? `--${name}` : `--${name}${value.startsWith("=") ? "" : " "}${value}`;
  return [shown, standard === void 0 ? about : `${about} (default: ${standard})`];
}
function table(rows, least = 16) {
  const widths = rows.filter(([, text]) => text !== "").map(([label]) => label.length);
  const width = Math.max(least, ...widths) + 2;
  return rows.flatMap(([label, text]) => {
    const [first = "", ...more] = wordWrapped(text, WIDTH - width - 2);
    return [`  ${label.padEnd(width)}${first}`.trimEnd(), ...more.map((line) => `  ${" ".repeat(width)}${line}`)];
  });
}

export {
  usage,
  usageOf
};
