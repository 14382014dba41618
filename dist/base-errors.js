import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/errors.ts
var EXIT = {
  pass: 0,
  fail: 1,
  usage: 2,
  invalid: 3,
  inconclusive: 4,
  interrupted: 130
};
var UserError = class extends Error {
  exitCode = EXIT.usage;
  hint;
  at;
  detail;
  code;
  constructor(message, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.name = new.target.name;
    this.hint = options.hint;
    this.at = options.at;
    this.detail = options.detail;
    this.code = options.code;
  }
};
var MeasurementError = class extends UserError {
  exitCode = EXIT.invalid;
};
var Interrupted = class extends UserError {
  exitCode = EXIT.interrupted;
};

export {
  EXIT,
  UserError,
  MeasurementError,
  Interrupted
};
