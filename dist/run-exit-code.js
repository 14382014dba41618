import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  EXIT
} from "./base-errors.js";

// src/run/exit-code.ts
function exitCodeOf(verdict, onInconclusive) {
  switch (verdict) {
    case "pass":
      return EXIT.pass;
    case "fail":
      return EXIT.fail;
    case "invalid":
      return EXIT.invalid;
    case "inconclusive":
      return onInconclusive === "fail" ? EXIT.inconclusive : EXIT.pass;
  }
}

export {
  exitCodeOf
};
