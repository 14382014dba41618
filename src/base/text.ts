/** Text for people: without what a terminal would obey, on one line, as a list in a sentence. Pure. */
import { stripVTControlCharacters } from 'node:util';

/** The text without anything that a terminal would obey: escape sequences, control characters, text direction. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
}

/** The same on one line. */
export const oneLine = (text: string) => plainText(text).replace(/\s+/g, ' ').trim();

/** `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
