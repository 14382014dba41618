import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  usage,
  usageOf
} from "./commands-usage-2.js";
import {
  named
} from "./commands-named.js";
import "./commands-spec.js";
import "./commands-flag.js";
import "./base-wrap.js";
import "./base-width.js";
import "./base-text.js";
import "./base-nearest.js";
import {
  EXIT
} from "./base-errors.js";
import "./empty.js";

// src/commands/help.ts
var help = async ({ positionals }, world) => {
  const [name] = positionals;
  world.stdout.write(name === void 0 ? usage() : usageOf(named(name)));
  return EXIT.pass;
};
export {
  help
};
