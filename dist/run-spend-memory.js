import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/run/spend-memory.ts
import { setFlagsFromString } from "node:v8";
var spendMemory = () => setFlagsFromString("--heap-growing-percent=0");

export {
  spendMemory
};
