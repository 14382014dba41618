import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/text.ts
import { stripVTControlCharacters } from "node:util";
function plainText(text) {
  return stripVTControlCharacters(text).replace(/\r\n?/g, "\n").replace(/(?![\n\t])[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
}
var oneLine = (text) => plainText(text).replace(/\s+/g, " ").trim();
function listed(words, last = "and") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

export {
  plainText,
  oneLine,
  listed
};
