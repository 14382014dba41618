import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/color.ts
function wantsColor({ env, stdout }, output = stdout) {
  const forced = env["FORCE_COLOR"];
  if (env["NO_COLOR"] || forced === "0" || forced === "false") return false;
  return forced ? true : output.isTerminal && env["TERM"] !== "dumb";
}

export {
  wantsColor
};
