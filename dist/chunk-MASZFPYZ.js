import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./chunk-CFPFVEEV.js";
import {
  named
} from "./chunk-NRIZGATA.js";
import "./chunk-7QZ7ZO5U.js";
import {
  readFlags
} from "./chunk-PIOPN7BD.js";
import "./chunk-OLAMIVKR.js";
import {
  commands
} from "./chunk-QPBAVBUR.js";
import "./chunk-VO37LFL3.js";
import "./chunk-74DNUGLR.js";
import {
  EXIT
} from "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/commands/help.ts
var help = async (args, world) => {
  const [name] = readFlags(args, commands.help).positionals;
  world.stdout.write(name === void 0 ? usage() : usageOf(named(name)));
  return EXIT.pass;
};
export {
  help
};
