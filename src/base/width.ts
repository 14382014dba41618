/** How much room text takes on a terminal. */

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

const ASCII = /^[ -~]*$/;

/** The cells of one line of plain text: two for East Asian wide characters and emojis, none for what only combines. */
export function cellsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOfOne(segment);
  return cells;
}

/** The text, or as much of its beginning as fits with an ellipsis. */
export function cut(text: string, width: number): string {
  if (cellsOf(text) <= width) return text;
  let kept = '';
  let room = width - 1;
  for (const { segment } of graphemes.segment(text)) {
    room -= cellsOfOne(segment);
    if (room < 0) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** The text with room to `width` cells, behind it or, aligned to the right, before it. */
export function padded(text: string, width: number, isRight = false): string {
  const room = ' '.repeat(Math.max(0, width - cellsOf(text)));
  return isRight ? room + text : text + room;
}

/** The cells of the widest cell of each column; a row may lack its last ones. */
export function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  return Array.from({ length: columns }, (_, column) => Math.max(0, ...rows.map((row) => cellsOf(row[column] ?? ''))));
}

/** Unicode Standard Annex 11, classes W and F, by blocks: a regular expression cannot ask for East_Asian_Width. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]|.\ufe0f)/u;
const NONE = /^[\p{Mark}\p{Cf}\p{Cc}]*$/u;

function cellsOfOne(grapheme: string): number {
  if (NONE.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
