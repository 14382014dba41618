import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
import {
  cellsOf
} from "./base-width.js";

// src/base/wrap.ts
function wordWrapped(text, width, breaks = " ") {
  const lines = [];
  let line = "";
  for (const word of text.split(breaks)) {
    if (line !== "" && cellsOf(line) + 1 + cellsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

export {
  wordWrapped
};
