#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/cli.ts
try {
  const { throughDoor } = await import("./chunk-J6CKQOST.js");
  await throughDoor(
    ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"],
    async (world) => (await import("./chunk-5IG3QZG7.js")).main(process.argv.slice(2), world)
  );
} catch (error) {
  process.exitCode = 3;
  process.stderr.write(`perf-gate: the program itself cannot be loaded: ${error.message}
`);
}
