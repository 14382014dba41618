import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  named
} from "./commands-named.js";
import {
  commands
} from "./commands-spec.js";
import {
  withoutWorkflowCommands
} from "./base-workflow-commands.js";
import {
  tell
} from "./base-tell.js";
import "./base-machine-fault.js";
import "./commands-flag.js";
import {
  VERSION
} from "./package-json.js";
import {
  listed,
  plainText
} from "./base-text.js";
import {
  nearest
} from "./base-nearest.js";
import {
  either
} from "./config-show.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";
import "./empty.js";

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

// src/commands/given.ts
function readGiven(name, args) {
  const { actions, flags, takes = [] } = commands[name];
  if (actions === void 0) return readFlags(args, { flags, takes });
  const [action = "", ...others] = args;
  const does = actionOf(name, actions, action);
  const own = Object.fromEntries(Object.entries(flags).filter(([flag]) => does.flags.includes(flag)));
  return { action, ...readFlags(others, { flags: own, takes: does.takes }) };
}
function actionOf(name, actions, asked) {
  if (Object.hasOwn(actions, asked)) return actions[asked];
  const names = Object.keys(actions);
  const meant = nearest(asked, names);
  throw new UserError(
    asked === "" ? `perf-gate ${name} does what?` : `perf-gate ${name} knows no "${plainText(asked)}"`,
    { hint: meant === void 0 ? `it knows ${listed(names)}` : `did you mean ${meant}?` }
  );
}

// src/commands/list.ts
var loaders = {
  run: async () => (await import("./commands-run.js")).run,
  init: async () => (await import("./commands-init.js")).init,
  doctor: async () => (await import("./commands-doctor.js")).doctor,
  compare: async () => (await import("./commands-compare.js")).compare,
  save: async () => (await import("./commands-save.js")).save,
  baseline: async () => (await import("./commands-baseline.js")).baseline,
  publish: async () => (await import("./commands-publish.js")).publish,
  report: async () => (await import("./commands-report.js")).report,
  explain: async () => (await import("./commands-explain.js")).explain,
  top: async () => (await import("./commands-top.js")).top,
  demo: async () => (await import("./commands-demo.js")).demo,
  schema: async () => (await import("./commands-schema.js")).schema,
  completion: async () => (await import("./commands-completion.js")).completion,
  help: async () => (await import("./commands-help.js")).help
};

// src/main.ts
async function main(argv, given) {
  const world = withoutWorkflowCommands(given);
  try {
    if (argv.includes("--version")) {
      world.stdout.write(`perf-gate ${VERSION}
`);
      return EXIT.pass;
    }
    const [first = "run"] = argv;
    if (first === "--help" || first === "-h") {
      world.stdout.write((await import("./commands-usage.js")).usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith("-") || argv.length === 0;
    const name = isPlain ? "run" : named(first);
    const args = isPlain ? argv : argv.slice(1);
    if (args.includes("--help") || args.includes("-h")) {
      world.stdout.write((await import("./commands-usage.js")).usageOf(name));
      return EXIT.pass;
    }
    return await call(name, args, world);
  } catch (error) {
    return tell(error, world);
  }
}
async function call(name, args, world) {
  const given = readGiven(name, args);
  const command = await loaders[name]();
  return command(given, world);
}
export {
  main
};
