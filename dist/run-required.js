import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  isInCi
} from "./ci-github.js";
import {
  INSTRUMENTS
} from "./model-metrics.js";

// src/run/required.ts
var requiredIn = ({ require: require2 }, { env }) => require2 ?? (isInCi(env) ? INSTRUMENTS.filter((name) => name !== "cpu") : []);

export {
  requiredIn
};
