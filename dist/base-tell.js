import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  machineFault
} from "./base-machine-fault.js";
import {
  VERSION
} from "./package-json.js";
import {
  EXIT,
  UserError
} from "./base-errors.js";

// src/base/tell.ts
function tell(error, world) {
  const [first, ...later] = inOrder(error);
  const { text, code } = told(world.signal.aborted ? world.signal.reason : first, world);
  const lines = later.map((failure) => failure instanceof Error ? failure.message : failure);
  const all = [text, ...lines.map((line) => `perf-gate: then, while cleaning up: ${line}
`)].join("");
  world.stderr.write(world.secrets.clean(all));
  return code;
}
function inOrder(error) {
  if (!(error instanceof Error && "suppressed" in error && "error" in error)) return [error];
  return [...inOrder(error.suppressed), ...inOrder(error.error)];
}
function told(error, world) {
  const reason = error instanceof UserError ? error : machineFault(error, world.temporaryDirectory) ?? error;
  if (reason instanceof UserError) {
    const { at, message, detail, hint, exitCode } = reason;
    const lines = [
      `perf-gate: ${at === void 0 ? "" : `${at}: `}${message}`,
      ...detail ? [indent(detail.trimEnd())] : [],
      ...hint ? [`  -> ${hint}`] : []
    ];
    return { text: `${lines.join("\n")}
`, code: exitCode };
  }
  const stack = reason instanceof Error ? reason.stack ?? reason.message : String(reason);
  return {
    text: `perf-gate: this is a bug in perf-gate ${VERSION}, please report it:
${stack}
`,
    code: EXIT.invalid
  };
}
var indent = (text) => text.replace(/^/gm, "  | ");

export {
  tell
};
