import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  plainText
} from "./chunk-OLAMIVKR.js";
import {
  entries,
  isCommand
} from "./chunk-QPBAVBUR.js";
import {
  nearest
} from "./chunk-VO37LFL3.js";
import {
  UserError
} from "./chunk-G3W2D7T4.js";

// src/commands/named.ts
function named(name) {
  if (isCommand(name)) return name;
  const names = entries.map(([known]) => known);
  const meant = nearest(name, names);
  throw new UserError(`there is no command "${plainText(name)}"`, {
    hint: meant === void 0 ? `commands: ${names.join(", ")}` : `did you mean ${meant}?`
  });
}

export {
  named
};
