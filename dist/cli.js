#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  main,
  openDoor
} from "./chunk-RDAV5ESD.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-MJBSXXZC.js";
import "./chunk-5PVW3TJC.js";

// src/cli.ts
var world = openDoor("SIGINT", "SIGTERM", "SIGHUP");
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2), world);
