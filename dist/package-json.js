import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// package.json
var package_default = {
  name: "perf-gate",
  version: "0.1.0",
  description: "A performance gate for Go services: which function and which line costs more per request, and is that over the limit?",
  license: "MIT",
  repository: {
    type: "git",
    url: "git+https://github.com/perf-gate/perf-gate.git"
  },
  type: "module",
  bin: {
    "perf-gate": "dist/cli.js"
  },
  files: [
    "dist",
    "!dist/action.js",
    "examples",
    "schema/*.json",
    "README.md",
    "LICENSE"
  ],
  engines: {
    node: ">=20.19"
  },
  scripts: {
    typecheck: "tsc --noEmit",
    lint: "biome check --error-on-warnings .",
    format: "biome check --write .",
    build: "node build.mjs",
    orb: "node orbs/pack.mjs orbs/perf-gate/src orbs/perf-gate.yml",
    pretest: "npm run typecheck && npm run lint && node build.mjs --check",
    test: "node --disable-warning=ExperimentalWarning --experimental-vm-modules node_modules/jest/bin/jest.js",
    "test:fast": "node --disable-warning=ExperimentalWarning --experimental-vm-modules node_modules/jest/bin/jest.js --config test/support/fast.config.js",
    "test:counterparts": "node test/counterparts/install.mjs && node --disable-warning=ExperimentalWarning --experimental-vm-modules node_modules/jest/bin/jest.js --config test/counterparts/jest.config.js"
  },
  devDependencies: {
    "@actions/core": "3.0.1",
    "@actions/github": "9.1.1",
    "@biomejs/biome": "2.5.15",
    "@jest/globals": "30.5.2",
    "@swc/core": "1.16.18",
    "@swc/jest": "0.2.39",
    "@types/node": "20.19.43",
    ajv: "8.20.0",
    aws4fetch: "1.0.20",
    esbuild: "0.28.2",
    execa: "9.6.1",
    "fast-check": "4.10.2",
    jest: "30.5.2",
    "markdown-table": "3.1.0",
    "pprof-format": "2.3.2",
    "simple-git": "4.0.2",
    typescript: "7.0.2",
    undici: "7.30.2",
    yaml: "2.9.1"
  },
  overrides: {
    undici: "$undici",
    "unrs-resolver": "1.12.2"
  }
};

// src/base/version.ts
var VERSION = package_default.version;

export {
  VERSION
};
