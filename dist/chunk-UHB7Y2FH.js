import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  isInCi
} from "./chunk-3XP4QWHX.js";
import {
  INSTRUMENTS
} from "./chunk-MUS4FPS2.js";

// src/commands/required.ts
var requiredIn = ({ require: require2 }, { env }) => require2 ?? (isInCi(env) ? INSTRUMENTS.filter((name) => name !== "cpu") : []);

export {
  requiredIn
};
