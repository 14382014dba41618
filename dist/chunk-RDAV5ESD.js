import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  VERSION
} from "./chunk-PP2FG7CZ.js";
import {
  EXIT,
  Interrupted,
  UserError,
  nearest,
  plainText
} from "./chunk-MJBSXXZC.js";

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
    stderr: { write: (text) => void process.stderr.write(text), isTerminal: process.stderr.isTTY === true },
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

// src/commands/list.ts
var commands = {
  run: {
    summary: "measure head against base and judge it",
    usage: `usage: perf-gate [run] [flags]

Builds the head (the work tree as it is) and the base (the merge base with the main branch), puts the same load on
both, and says which function and line costs more per request. The report is written to the standard output, the
profiles to the output directory.

  --base REF        compare with this commit
  --head REF        measure this commit in place of the work tree
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given
  --output DIR      where the run directory goes (default: perf-gate-out)
  --format FORMAT   text, markdown, json or junit (default: text)

  perf-gate                                 what will my change cost?
  perf-gate run --base v1.4.0               against a release
  perf-gate run --base HEAD~1 --head HEAD   the last commit alone`,
    load: async () => (await import("./chunk-4ZVXWA34.js")).run
  },
  init: {
    summary: "write a perf-gate.yml that runs: finds out how the service is started and what it answers",
    usage: `usage: perf-gate init [flags]

Reads the source of the Go service in this repository, builds it from a private checkout, starts it, tries its GET
requests and writes perf-gate.yml with those that it answers. Your files are left alone; nothing is asked.

  --package DIR     the main package, where there are several: ./cmd/orders
  --request REQUEST one more request, as under load.requests: 'GET /orders?limit=10'
  --arg=ARG         one more argument of the service; {port} stands for its port
  --env NAME=VALUE  one more environment variable of the service, likewise; all this is written into the file, so leave
                    secrets in your own environment, which the service inherits
  --setup COMMAND   a shell command to run before the build: 'go generate ./...'
  --hook            a git hook that runs perf-gate before each push; without it, once: PERF_GATE_SKIP=1 git push, or
                    git push --no-verify
  --force           write perf-gate.yml anew

  perf-gate init
  perf-gate init --package ./cmd/api --env DATABASE_URL=postgres://localhost/shop_{side}
  perf-gate init --arg=-listen --arg=127.0.0.1:{port} --request '{ method: POST, path: /orders, body: { sku: a-1 } }'
  perf-gate init --hook`,
    load: async () => (await import("./chunk-OIZDHD7A.js")).init
  },
  compare: {
    summary: "judge two measured sides again, without measuring",
    usage: `usage: perf-gate compare BASE HEAD [flags]

BASE and HEAD are directories of measured sides, for example perf-gate-out/base and perf-gate-out/head.

  --config FILE     the config with the limits; perf-gate.yml, searched upwards, where it is not given
  --format FORMAT   text, markdown, json or junit (default: text)`,
    load: async () => (await import("./chunk-QGPDYNZ2.js")).compare
  },
  save: {
    summary: "measure a commit of the base branch and keep it, so that runs need not measure their base",
    usage: `usage: perf-gate save [flags]

Measures the commit that is checked out and keeps its figures and profiles in the store that perf-gate.yml names
(baseline.store). For the job that runs when something was merged. What is there already is not measured again.

  --force           also a commit that is not on the base branch, and one that is there already
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given`,
    load: async () => (await import("./chunk-BETBHVDD.js")).save
  },
  baseline: {
    summary: "look into the store: list, show, fetch, prune",
    usage: `usage: perf-gate baseline list
       perf-gate baseline show COMMIT
       perf-gate baseline fetch COMMIT DIR
       perf-gate baseline prune [--keep N]

What perf-gate save has kept of this service. COMMIT is a branch, a tag, or the beginning of a commit's id.

  list              every commit that is kept, the newest first
  show              what was measured of a commit, and how
  fetch             its profiles as plain files: go tool pprof -top DIR/instructions.pb.gz
  prune             removes all but the newest commits

  --keep N          commits that stay (default: baseline.keep of the config)
  --config FILE     the config; perf-gate.yml, searched upwards, where it is not given`,
    load: async () => (await import("./chunk-H7OYFUJ7.js")).baseline
  },
  publish: {
    summary: "show the report of a run on its pull request, in CI",
    usage: `usage: perf-gate publish [flags]

In a job of GitHub Actions or CircleCI: writes the report that perf-gate run left behind as a comment on the pull request
(one comment, kept up to date) and, on GitHub, into the summary of the job. The token is read from GITHUB_TOKEN; without
one there is no comment. What cannot be delivered is told, and the exit code is 0 all the same: the verdict is that of run.

  --output DIR      the run directory, or a directory of run directories, as one comment (default: perf-gate-out)
  --key KEY         tells comments on one pull request apart where the service alone does not`,
    load: async () => (await import("./chunk-S6AUYV3P.js")).publishCommand
  },
  top: {
    summary: "the table by function of one profile, as go tool pprof -top shows it",
    usage: `usage: perf-gate top PROFILE [flags]

  --type TYPE       the sample type: cpu, alloc_space, instructions (default: the profile's own default)
  --sort flat|cum   (default: flat)
  --limit N         rows (default: all)`,
    load: async () => (await import("./chunk-ORQT7GS3.js")).top
  },
  demo: {
    summary: "see it work: a small service, one slower function, the whole gate",
    usage: `usage: perf-gate demo [flags]

Copies an example service into a temporary git repository, makes one of its functions slower in a second commit and runs
the gate. Exit code 0 when the gate fails that commit and names the function and the line.

  --keep            leave the repository and the run directory for a look`,
    load: async () => (await import("./chunk-UNPZ6FO4.js")).demo
  }
};
var isCommand = (name) => Object.hasOwn(commands, name);

// src/main.ts
async function main(argv, world) {
  try {
    if (argv.includes("--version")) {
      world.stdout.write(`perf-gate ${VERSION}
`);
      return EXIT.pass;
    }
    const [first = "run"] = argv;
    if (first === "--help" || first === "-h" || first === "help") {
      world.stdout.write(usage());
      return EXIT.pass;
    }
    const isPlain = first.startsWith("-") || argv.length === 0;
    const name = isPlain ? "run" : first;
    if (!isCommand(name)) {
      const meant = nearest(name, Object.keys(commands));
      throw new UserError(`there is no command "${plainText(name)}"`, {
        hint: meant === void 0 ? `commands: ${Object.keys(commands).join(", ")}` : `did you mean ${meant}?`
      });
    }
    const args = isPlain ? argv : argv.slice(1);
    const command = commands[name];
    if (args.includes("--help") || args.includes("-h")) {
      world.stdout.write(`${command.usage}
`);
      return EXIT.pass;
    }
    return await (await command.load())(args, world);
  } catch (error) {
    return tell(error, world);
  }
}
function usage() {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return [
    "perf-gate: which function and which line of a Go service costs more per request, and is that over the limit?",
    "",
    "usage: perf-gate [command] [flags]     (perf-gate alone is perf-gate run)",
    "",
    ...lines,
    "",
    "perf-gate COMMAND --help tells its flags.   Exit codes: 0 pass, 1 fail, 2 wrong use or config,",
    "3 could not be measured, 4 inconclusive where the config says that this fails.",
    ""
  ].join("\n");
}
function tell(error, world) {
  const [first, ...later] = inOrder(error);
  const code = tellFirst(world.signal.aborted ? world.signal.reason : first, world);
  for (const failure of later) {
    world.stderr.write(`perf-gate: then, while cleaning up: ${failure instanceof Error ? failure.message : failure}
`);
  }
  return code;
}
function inOrder(error) {
  if (!(error instanceof Error && "suppressed" in error && "error" in error)) return [error];
  return [...inOrder(error.suppressed), ...inOrder(error.error)];
}
function tellFirst(reason, world) {
  if (reason instanceof UserError) {
    const at = reason.at === void 0 ? "" : `${reason.at}: `;
    world.stderr.write(`perf-gate: ${at}${reason.message}
`);
    if (reason.detail) world.stderr.write(`${indent(reason.detail.trimEnd())}
`);
    if (reason.hint) world.stderr.write(`  -> ${reason.hint}
`);
    return reason.exitCode;
  }
  const stack = reason instanceof Error ? reason.stack ?? reason.message : String(reason);
  world.stderr.write(`perf-gate: this is a bug in perf-gate ${VERSION}, please report it:
${stack}
`);
  return EXIT.invalid;
}
var indent = (text) => text.replace(/^/gm, "  | ");

export {
  openDoor,
  main,
  tell
};
