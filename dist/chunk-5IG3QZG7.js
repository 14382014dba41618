import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  named
} from "./chunk-NRIZGATA.js";
import {
  withoutWorkflowCommands
} from "./chunk-BPO6JHC7.js";
import {
  tell
} from "./chunk-OA3AQ3VY.js";
import "./chunk-FFT2LJNY.js";
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-QPBAVBUR.js";
import "./chunk-VO37LFL3.js";
import "./chunk-MIHWPBEP.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

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
      world.stdout.write((await import("./chunk-2Y2Q5ZRI.js")).usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith("-") || argv.length === 0;
    const name = isPlain ? "run" : named(first);
    const args = isPlain ? argv : argv.slice(1);
    if (args.includes("--help") || args.includes("-h")) {
      world.stdout.write((await import("./chunk-2Y2Q5ZRI.js")).usageOf(name));
      return EXIT.pass;
    }
    return await (await commands[name].load())(args, world);
  } catch (error) {
    return tell(error, world);
  }
}
export {
  main
};
