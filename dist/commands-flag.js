import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/commands/flag.ts
var CONFIG = {
  type: "string",
  value: "FILE",
  about: "the config; perf-gate.yml, searched upwards, where it is not given",
  wants: "file"
};
var OUTPUT = {
  type: "string",
  value: "DIR",
  about: "where the run directory goes",
  default: "perf-gate-out",
  wants: "directory"
};
var FORMAT = {
  type: "string",
  value: "FORMAT",
  about: "text, markdown, json or junit",
  default: "text",
  wants: ["text", "markdown", "json", "junit"]
};
var TEXT_OR_JSON = { ...FORMAT, about: "text or json", wants: ["text", "json"] };
var FOREIGN_CODE = {
  type: "boolean",
  about: "in a job of GitHub Actions: also a commit that is neither of its event nor on a branch of its repository"
};
var PROGRESS = {
  quiet: { type: "boolean", about: "nothing but the result and errors" },
  verbose: { type: "boolean", about: "also the commands that are run, and what is decided on the way" }
};
var SET = {
  type: "string",
  value: "KEY=VALUE",
  about: "any key by its path, its value as in the file: limits.instructions.total=+1%; as often as you like",
  multiple: true,
  wants: "key"
};
var SETTINGS = {
  set: SET,
  package: { type: "string", value: "DIR", about: "the main package", wants: "directory", sets: "service.package" },
  branch: { type: "string", value: "NAME", about: "the branch that changes go to", sets: "baseline.branch" },
  instruments: {
    type: "string",
    value: "A,B",
    about: "what is measured: instructions, allocs, io, cpu",
    wants: ["instructions", "allocs", "io", "cpu"],
    sets: "instruments",
    isList: true
  },
  budget: { type: "string", value: "TIME", about: "the most that the cpu instrument may spend: 30s", sets: "budget" },
  count: { type: "string", value: "N", about: "requests that the exact instruments count", sets: "load.count" },
  warmup: { type: "string", value: "N", about: "requests before anything is counted", sets: "load.warmup" },
  connections: { type: "string", value: "N", about: "connections while time is measured", sets: "load.connections" },
  "on-inconclusive": {
    type: "string",
    value: "WHAT",
    about: "pass or fail, where noise leaves a limit open or a limit guards nothing",
    wants: ["pass", "fail"],
    sets: "on-inconclusive"
  }
};

export {
  CONFIG,
  OUTPUT,
  FORMAT,
  TEXT_OR_JSON,
  FOREIGN_CODE,
  PROGRESS,
  SETTINGS
};
