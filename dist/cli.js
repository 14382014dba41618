#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  main,
  openDoor
} from "./chunk-WPR335XU.js";
import "./chunk-AUOIV5ZT.js";
import "./chunk-JOA23PMO.js";
import "./chunk-MIHWPBEP.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-XETS2SPU.js";
import "./chunk-VO37LFL3.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/cli.ts
var world = openDoor("SIGINT", "SIGTERM", "SIGHUP");
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}
process.exitCode = await main(process.argv.slice(2), world);
