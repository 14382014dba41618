import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  nearest
} from "./base-nearest.js";
import {
  either,
  quoted
} from "./config-show.js";
import {
  UserError
} from "./base-errors.js";

// src/config/scenarios.ts
var SCENARIO_PATTERN = "[A-Za-z0-9][A-Za-z0-9_-]{0,59}";
function eachScenario(config) {
  const [first, ...others] = config.scenarios.map(
    ({ name, load, limits }) => ({ ...config, scenario: name, load, limits })
  );
  return first === void 0 ? [config] : [first, ...others];
}
function configForMeasured(config, named, measured, howToName) {
  const name = named ?? (config.scenarios.length === 0 ? void 0 : measured);
  if (name !== void 0) return scenarioCalled(config, name);
  if (config.scenarios.length === 0) return config;
  throw new UserError(`${config.fileName} has several scenarios, and the sides do not say which of them they are of`, {
    hint: `${howToName}: ${either(config.scenarios.map((one) => one.name))}`
  });
}
function scenarioCalled(config, name) {
  const found = eachScenario(config).find(({ scenario }) => scenario === name);
  if (found !== void 0) return found;
  const names = config.scenarios.map((one) => one.name);
  const meant = nearest(name, names);
  throw new UserError(`${config.fileName} has no scenario ${quoted(name)}`, {
    hint: names.length === 0 ? "it names none: leave it out" : meant === void 0 ? `it has ${either(names)}` : `did you mean ${meant}?`
  });
}

// src/config/places.ts
function pointer(base, ...keys) {
  return base + keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
function parentOf(place) {
  return place.slice(0, Math.max(0, place.lastIndexOf("/")));
}
function placeName(place) {
  let name = "";
  for (const escaped of place.split("/").slice(1)) {
    const key = escaped.replaceAll("~1", "/").replaceAll("~0", "~");
    if (/^\d+$/.test(key)) name += `[${key}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(key)) name += name === "" ? key : `.${key}`;
    else name += `[${JSON.stringify(key)}]`;
  }
  return name;
}
function whereIs(config, name) {
  for (let known = name; known !== ""; known = known.slice(0, Math.max(known.lastIndexOf("."), known.lastIndexOf("["), 0))) {
    const found = Object.hasOwn(config.places, known) ? config.places[known] : void 0;
    if (found !== void 0) return typeof found === "number" ? `${config.fileName}:${found}` : found;
  }
  return config.fileName;
}
function configDirectory(fileName) {
  if (isOutside(fileName)) return ".";
  const parts = fileName.split("/").slice(0, -1);
  if (parts.at(-1) === ".github") parts.pop();
  return parts.join("/") || ".";
}
var isOutside = (fileName) => fileName.startsWith("/") || fileName.startsWith("../") || /^[A-Za-z]:/.test(fileName);

export {
  pointer,
  parentOf,
  placeName,
  whereIs,
  configDirectory,
  isOutside,
  SCENARIO_PATTERN,
  eachScenario,
  configForMeasured,
  scenarioCalled
};
