import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  tell
} from "./base-tell.js";
import {
  Secrets
} from "./base-redact.js";
import {
  EXIT,
  Interrupted,
  MeasurementError
} from "./base-errors.js";

// src/doors/door.ts
import { setFlagsFromString } from "node:v8";

// src/base/world.ts
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
    secrets: new Secrets(process.env),
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

// src/doors/door.ts
var CLEANING_UP_MS = 2e4;
async function throughDoor(signals, act) {
  setFlagsFromString("--heap-growing-percent=20");
  const stop = new AbortController();
  for (const name of signals) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT.interrupted);
      stop.abort(new Interrupted(`interrupted (${name})`));
    });
  }
  const world = processWorld(stop.signal);
  let code;
  let isFaulty = false;
  const settle = () => {
    process.exitCode = code === void 0 || isFaulty && code === EXIT.pass ? EXIT.invalid : code;
  };
  const fault = (error) => {
    isFaulty = true;
    settle();
    if (code !== void 0) tell(error, world);
    else if (stop.signal.aborted) process.exit(tell(error, world));
    else {
      stop.abort(error);
      setTimeout(() => process.exit(tell(error, world)), CLEANING_UP_MS).unref();
    }
  };
  process.on("uncaughtException", fault);
  hearBrokenOutputs((error) => {
    isFaulty = true;
    settle();
    tell(unwritten(error), world);
  });
  try {
    code = await act(world);
  } catch (error) {
    code = tell(error, world);
  }
  settle();
}
function hearBrokenOutputs(hear) {
  let isTold = false;
  process.stdout.on("error", (error) => {
    if (isTold || error.code === "EPIPE" || error.code === "EIO") return;
    isTold = true;
    hear(error);
  });
  process.stderr.on("error", () => void 0);
}
var unwritten = (cause) => new MeasurementError(`the standard output could not be written: ${cause.message}`, {
  hint: "is the disk full that it goes to? The report of a run lies in --output as well (perf-gate report)",
  cause
});

export {
  throughDoor
};
