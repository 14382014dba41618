import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/config/show.ts
var LONGEST = 60;
function quoted(text) {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text);
}
function glance(text) {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}\u2026` : line;
}
function either(words) {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
function described(value) {
  if (value === null || value === void 0) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return value === "" ? "empty text" : quoted(value);
  return typeof value === "number" ? `the number ${value}` : String(value);
}

export {
  quoted,
  glance,
  either,
  described
};
