import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);

// src/base/width.ts
var graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
var ASCII = /^[ -~]*$/;
function cellsOf(text) {
  if (ASCII.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOfOne(segment);
  return cells;
}
function cut(text, width) {
  if (cellsOf(text) <= width) return text;
  let kept = "";
  let room = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    room -= cellsOfOne(segment);
    if (room < 0) break;
    kept += segment;
  }
  return width < 1 ? "" : `${kept}\u2026`;
}
function padded(text, width, isRight = false) {
  const room = " ".repeat(Math.max(0, width - cellsOf(text)));
  return isRight ? room + text : text + room;
}
function widthsOf(rows) {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(0, ...rows.map((row) => cellsOf(row[column] ?? ""))));
}
var WIDE = /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|.\ufe0f)/u;
var NONE = /^[\p{Mark}\p{Cf}\p{Cc}]*$/u;
function cellsOfOne(grapheme) {
  if (NONE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

export {
  cellsOf,
  cut,
  padded,
  widthsOf
};
