import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/wrap.ts
function wordWrapped(text, width, breaks = " ") {
  const lines = [];
  let line = "";
  for (const word of text.split(breaks)) {
    if (line !== "" && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
var lengthOf = (text) => [...text].length;

export {
  wordWrapped,
  lengthOf
};
