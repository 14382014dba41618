import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  require__
} from "./chunk-5XEG3RLH.js";
import {
  __toESM
} from "./chunk-5PVW3TJC.js";

// src/config/compile-schema.ts
var import__ = __toESM(require__(), 1);
var compileSchema = (schema) => new import__.Ajv2020({ strict: true, meta: false, validateSchema: false }).compile(schema);

export {
  compileSchema
};
