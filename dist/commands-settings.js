import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  SETTINGS
} from "./commands-flag.js";
import {
  plainText
} from "./base-text.js";
import {
  UserError
} from "./base-errors.js";

// src/commands/settings.ts
function settingsOf(values) {
  const set = values["set"] ?? [];
  const short = Object.entries(SETTINGS).flatMap(([name, { sets, isList }]) => {
    const text = values[name];
    if (sets === void 0 || typeof text !== "string") return [];
    return [{ flag: `--${name}`, key: sets, text: isList ? `[${text}]` : text }];
  });
  return [...set.map(readSetting), ...short];
}
function readSetting(text) {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key !== void 0 && value !== void 0) return { flag: `--set ${plainText(key)}`, key, text: value };
  throw new UserError(`--set takes KEY=VALUE, not "${plainText(text)}"`, {
    hint: "for example --set limits.instructions.total=+1%"
  });
}

export {
  settingsOf
};
