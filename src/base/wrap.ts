/** Text in lines. Pure. */

/** Breaks at spaces, or where `breaks` says that it may; a word longer than the width stays whole. At least one line. */
export function wordWrapped(text: string, width: number, breaks: string | RegExp = ' '): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(breaks)) {
    if (line !== '' && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** In characters as people count them, nearly. */
export const lengthOf = (text: string) => [...text].length;
