#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/doors/cli.ts
try {
  const { throughDoor } = await import("./doors-door.js");
  await throughDoor(
    ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"],
    async (world) => (await import("./main.js")).main(process.argv.slice(2), world)
  );
} catch (error) {
  process.exitCode = 3;
  process.stderr.write(`perf-gate: the program itself cannot be loaded: ${error.message}
`);
}
