/** The YAML library's errors in plain English. */
import type { YAMLError } from 'yaml';
import type { Position } from './lines.ts';
import type { Problem } from './problem.ts';

/** What makes a text unreadable as YAML, one sentence a line of the text: later ones are mostly echoes of the first. */
export function syntaxProblems(errors: readonly YAMLError[], at: (offset: number) => Position): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const place = at(error.pos[0]);
    if (!byLine.has(place.line)) byLine.set(place.line, { ...sentenceOf(error), ...place });
  }
  return [...byLine.values()];
}

/**
 * The library's message, our sentence for it and what to do about it. The first that fits; `$1` is what the message
 * says in brackets. As of yaml 2.9; a message that is not here is shown as it is.
 */
const SENTENCES: readonly (readonly [RegExp, string, string?])[] = [
  [/^Tabs are not allowed/, 'a tab cannot indent YAML', 'use spaces'],
  [/start with a tab/, 'a value cannot begin with a tab', 'use spaces'],
  [/^Plain value cannot start with .*(\S)$/, 'a value cannot begin with $1', 'put the value in quotes'],
  [
    /^Not a YAML token|^Block scalar header|in block scalar header/,
    'nothing may follow the | or > of a text on its line',
  ],
  [/^Block scalar/, 'the lines of this text are not indented as they should be'],
  [/^Missing closing (.)/, 'a closing $1 is missing'],
  [
    /^Invalid escape sequence (.*)$/,
    'unknown escape $1 in double quotes',
    'write \\\\ for a backslash, or use single quotes',
  ],
  [/^Nested mappings/, 'a second "key:" on the same line', 'if it is part of the value, put the value in quotes'],
  [/^A block sequence may not be used/, 'a list cannot be a key', 'is the indentation wrong?'],
  [
    /need to be on a single line|at most 1024 chars/,
    'a key must stay on one line',
    'is a ":" or a quote missing, or the indentation wrong?',
  ],
  [/^Implicit map keys need/, 'a key without a ":"'],
  [/^Sequence item without/, 'an entry of a list without its "-"'],
  [
    /^All \w+ items must start at the same column/,
    'the indentation does not fit that of the lines above',
    'is a quote or bracket left open above?',
  ],
  [
    /^Flow \w+.* end with a (.)$/,
    'a $1 is missing, or the lines before it are not indented enough',
    'is a quote or bracket left open above?',
  ],
  [
    /^Block collections are not allowed within/,
    'lines with "- " or "key:" cannot stand in brackets',
    'is a ] or } missing above?',
  ],
  [/^Missing newline/, 'a list must begin on a line of its own'],
  [/^Missing , /, 'a comma is missing'],
  [/^Missing space after :/, 'a space must follow the ":"'],
  [/^Comments must be separated/, 'a space must stand before the "#" of a comment'],
  [/^Unexpected/, 'this does not belong here', 'is a quote, a comma or a bracket missing before it?'],
  [/multiple documents/, 'a second YAML document begins here', 'a config is one document: remove the "---"'],
  [/^With stringKeys/, 'a key must be text', 'write a placeholder such as "{port}" in quotes'],
  [/[Tt]ag(?!s and anchors)/, 'YAML tags ("!…") mean nothing here', 'leave it out, or put the value in quotes'],
  [/[Aa]nchor|[Aa]lias/, 'an anchor (&) or alias (*) cannot stand here', 'if none is meant, put the value in quotes'],
  [/call stack/, 'this is nested too deeply'],
  [/irective/, 'lines that begin with "%" are YAML directives, which mean nothing here', 'remove it'],
  [/^Block collection cannot start on same line/, 'nothing may follow "---" on its line'],
];

function sentenceOf({ message }: YAMLError): { readonly message: string; readonly hint?: string | undefined } {
  for (const [pattern, sentence, hint] of SENTENCES) {
    const found = pattern.exec(message);
    if (found !== null) return { message: sentence.replace('$1', () => found[1] ?? 'bracket'), hint };
  }
  return { message: `this is not valid YAML: ${message}` };
}
