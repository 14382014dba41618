import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  entries,
  isCommand
} from "./commands-spec.js";
import {
  plainText
} from "./base-text.js";
import {
  nearest
} from "./base-nearest.js";
import {
  UserError
} from "./base-errors.js";

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
