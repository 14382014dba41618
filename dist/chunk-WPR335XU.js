import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  named
} from "./chunk-AUOIV5ZT.js";
import {
  machineFault
} from "./chunk-JOA23PMO.js";
import {
  redact,
  secretsOf
} from "./chunk-MIHWPBEP.js";
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import {
  commands
} from "./chunk-XETS2SPU.js";
import {
  EXIT,
  Interrupted,
  UserError
} from "./chunk-G3W2D7T4.js";

// src/door.ts
import { setFlagsFromString } from "node:v8";

// src/world.ts
import { availableParallelism, freemem, tmpdir, totalmem } from "node:os";
function processWorld(signal) {
  return {
    pid: process.pid,
    cwd: process.cwd(),
    env: process.env,
    platform: process.platform,
    arch: process.arch,
    cores: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem },
    temporaryDirectory: tmpdir(),
    stdout: { write: (text) => void process.stdout.write(text), isTerminal: process.stdout.isTTY === true },
    stderr: {
      write: (text) => void process.stderr.write(text),
      isTerminal: process.stderr.isTTY === true,
      columns: () => process.stderr.columns
    },
    now: () => /* @__PURE__ */ new Date(),
    monotonicMs: () => performance.now(),
    cpuMs: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e3;
    },
    signal
  };
}

// src/door.ts
function openDoor(...signals) {
  setFlagsFromString("--heap-growing-percent=20");
  const stop = new AbortController();
  for (const name of signals) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort(new Interrupted(`interrupted (${name})`));
    });
  }
  return processWorld(stop.signal);
}

// src/main.ts
async function main(argv, world) {
  try {
    if (argv.includes("--version")) {
      world.stdout.write(`perf-gate ${VERSION}
`);
      return EXIT.pass;
    }
    const [first = "run"] = argv;
    if (first === "--help" || first === "-h") {
      world.stdout.write((await import("./chunk-K3R7WXUS.js")).usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith("-") || argv.length === 0;
    const name = isPlain ? "run" : named(first);
    const args = isPlain ? argv : argv.slice(1);
    if (args.includes("--help") || args.includes("-h")) {
      world.stdout.write((await import("./chunk-K3R7WXUS.js")).usageOf(name));
      return EXIT.pass;
    }
    return await (await commands[name].load())(args, world);
  } catch (error) {
    return tell(error, world);
  }
}
function tell(error, world) {
  const [first, ...later] = inOrder(error);
  const { text, code } = told(world.signal.aborted ? world.signal.reason : first, world);
  const lines = later.map((failure) => failure instanceof Error ? failure.message : failure);
  const all = [text, ...lines.map((line) => `perf-gate: then, while cleaning up: ${line}
`)].join("");
  world.stderr.write(redact(all, secretsOf(world.env)));
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
  openDoor,
  main,
  tell
};
