/**
 * Makes text that somebody else wrote fit to be shown on one line: function names, reasons, commands. What a terminal
 * or a reader could be deceived with goes. It knows no output format.
 */

/** Symbol names of generic code grow without bound; beyond this nobody reads them. */
const LONGEST_NAME = 200;
const LONGEST_PROSE = 500;
const LONGEST_COMMAND = 1000;

export const cleanName = (text: string) => shortened(cleaned(text), LONGEST_NAME) || '(unnamed)';
export const cleanProse = (text: string) => shortened(cleaned(text), LONGEST_PROSE);
export const cleanCommand = (text: string) => shortened(cleaned(text), LONGEST_COMMAND);

/**
 * The text on one line without control characters (terminal escapes begin with one), bidirectional overrides and other
 * invisible format characters, private-use characters, and halves of surrogate pairs.
 */
export function cleaned(text: string): string {
  return text
    .replaceAll(/[\t\n\v\f\r\u0085\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}]/gu, '')
    .replaceAll(/\p{Cs}/gu, '\u{FFFD}')
    .trim();
}

/** At most `longest` characters (code points), cut in the middle: both ends of a Go name tell more than its middle. */
export function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const characters = [...text];
  if (characters.length <= longest) return text;
  const kept = longest - 1;
  const start = Math.ceil(kept / 2);
  return `${characters.slice(0, start).join('')}…${characters.slice(characters.length - (kept - start)).join('')}`;
}
