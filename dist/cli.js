#!/usr/bin/env node
import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  main,
  openDoor
} from "./chunk-SXBSHID2.js";
import "./chunk-6B3ZLBXO.js";
import "./chunk-JOA23PMO.js";
import "./chunk-ZFPOTWY7.js";
import "./chunk-PP2FG7CZ.js";
import "./chunk-OLAMIVKR.js";
import "./chunk-TTDEYI3H.js";
import "./chunk-VO37LFL3.js";
import "./chunk-G3W2D7T4.js";
import "./chunk-5PVW3TJC.js";

// src/cli.ts
var world = openDoor("SIGINT", "SIGTERM", "SIGHUP");
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = await main(process.argv.slice(2), world);
