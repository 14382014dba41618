/** Text in lines. Pure. */
import { cellsOf } from './width.ts';

/** Breaks at spaces, or where `breaks` says that it may; a word longer than the width stays whole. At least one line. */
export function wordWrapped(text: string, width: number, breaks: string | RegExp = ' '): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(breaks)) {
    if (line !== '' && cellsOf(line) + 1 + cellsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
