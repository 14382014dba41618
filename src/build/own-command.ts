/** The service's own build command: its placeholders, filled so that a shell takes each value as the text it is. */
import { fill } from '../config/placeholders.ts';
import { shellWord } from '../process/command.ts';

/** The command with `{name}` replaced; a value keeps its meaning within single quotes, double quotes and none. */
export function fillCommand(template: string, values: Readonly<Record<string, string>>): string {
  const names = Object.keys(values);
  const marks = Object.fromEntries(names.map((name, i) => [name, `\0${i}\0`]));
  let quote = '';
  let command = '';
  for (const [piece, index] of fill(template, marks).matchAll(/\0(\d+)\0|\\[^\0]|[\s\S]/g)) {
    if (index !== undefined) {
      command += quotedFor(quote, values[names[Number(index)]!]!);
      continue;
    }
    if (quote === '' && (piece === '"' || piece === "'")) quote = piece;
    else if (piece === quote) quote = '';
    else if (quote === "'" && piece === "\\'") quote = ''; // a backslash is itself between single quotes
    command += piece;
  }
  return command;
}

function quotedFor(quote: string, value: string): string {
  if (quote === '"') return value.replace(/[\\"$`]/g, '\\$&');
  if (quote === "'") return value.replaceAll("'", "'\\''");
  return shellWord(value);
}
