/**
 * A terminal in memory: what a program writes moves a cursor over a screen, as ECMA-48 and xterm's documentation say. It
 * obeys what the progress needs and refuses the rest, so that nothing is taken for drawn that a terminal would not draw.
 */
import type { Output } from '../../src/base/world.ts';

/** As terminals see the characters that these tests use. */
const isWide = (character: string) => /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u{1f300}-\u{1faff}]/u.test(character);

const ESCAPE = '\x1b';
/** A control sequence, or one character. */
const TOKEN = new RegExp(`${ESCAPE}\\[([\\d;?]*)([A-Za-z])|.`, 'gsu');

interface Row {
  cells: string[];
  /** Whether the next row goes on with the same line. */
  isWrapped: boolean;
}

export class Terminal implements Output {
  readonly isTerminal = true;
  /** Each call of write. */
  readonly writes: string[] = [];
  #columns: number;
  #rows: Row[] = [{ cells: [], isWrapped: false }];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  columns(): number {
    return this.#columns;
  }

  /** Every row, the history above the screen included, without styles; the last one is where the cursor may stand. */
  get text(): string {
    return this.#rows
      .map(({ cells }) => cells.join('').trimEnd())
      .join('\n')
      .trimEnd();
  }

  get cursor(): { readonly row: number; readonly column: number } {
    return { row: this.#row, column: this.#column };
  }

  write(text: string): void {
    this.writes.push(text);
    for (const [token, parameter, command] of text.matchAll(TOKEN)) {
      if (command !== undefined) this.#obey(command, parameter!);
      else if (token === '\r') this.#column = 0;
      else if (token === '\n') this.#newLine(false);
      else if (/\p{Cc}/u.test(token)) throw new Error(`the terminal was sent ${JSON.stringify(token)}`);
      else this.#put(token);
    }
  }

  /** Another width, as terminals do it that reflow: each line is broken anew. The cursor stays at its character. */
  resize(columns: number): void {
    const lines: string[][] = [[]];
    let at = { line: 0, offset: 0 };
    for (const [i, { cells, isWrapped }] of this.#rows.entries()) {
      if (i === this.#row) at = { line: lines.length - 1, offset: lines.at(-1)!.length + this.#column };
      lines.at(-1)!.push(...cells);
      if (!isWrapped && i < this.#rows.length - 1) lines.push([]);
    }
    this.#columns = columns;
    this.#rows = [];
    for (const [i, line] of lines.entries()) {
      const first = this.#rows.length;
      for (let from = 0; from === 0 || from < line.length; from += columns) {
        const cells = line.slice(from, from + columns);
        this.#rows.push({ cells, isWrapped: from + columns < line.length });
      }
      if (i !== at.line) continue;
      this.#row = first + Math.floor(at.offset / columns);
      this.#column = at.offset % columns;
    }
  }

  get #current(): Row {
    return this.#rows[this.#row]!;
  }

  #put(character: string): void {
    const width = isWide(character) ? 2 : 1;
    if (this.#column + width > this.#columns) {
      this.#newLine(true);
      this.#column = 0;
    }
    const { cells } = this.#current;
    while (cells.length < this.#column) cells.push(' ');
    cells.splice(this.#column, width, character, ...(width === 2 ? [''] : []));
    this.#column += width;
  }

  /** As a terminal's driver has it: a line feed returns as well. */
  #newLine(isWrapped: boolean): void {
    this.#current.isWrapped = isWrapped;
    this.#row++;
    this.#column = 0;
    if (this.#row === this.#rows.length) this.#rows.push({ cells: [], isWrapped: false });
  }

  #obey(command: string, parameter: string): void {
    if (command === 'A') this.#row = Math.max(0, this.#row - Number(parameter || 1));
    else if (command === 'K' && parameter === '') this.#current.cells.length = this.#column;
    else if (command === 'J' && parameter === '') {
      this.#current.cells.length = this.#column;
      this.#rows.length = this.#row + 1;
    } else if (command !== 'm') throw new Error(`the terminal does not know \\x1b[${parameter}${command}`);
  }
}
