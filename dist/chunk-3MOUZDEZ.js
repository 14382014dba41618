import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  nearest
} from "./chunk-VO37LFL3.js";
import {
  either,
  quoted
} from "./chunk-EINEKMKY.js";
import {
  UserError
} from "./chunk-G3W2D7T4.js";

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

export {
  SCENARIO_PATTERN,
  eachScenario,
  configForMeasured,
  scenarioCalled
};
