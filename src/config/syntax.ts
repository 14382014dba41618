/** The YAML library's errors in plain English. */
import type { YAMLError } from 'yaml';
import type { Problem } from './problem.ts';

/** What makes a text unreadable as YAML, one sentence a line of the text: later ones are mostly echoes of the first. */
export function syntaxProblems(
  errors: readonly YAMLError[],
  at: (offset: number) => { line: number; column: number },
): Problem[] {
  const byLine = new Map<number, Problem>();
  for (const error of errors) {
    const place = at(error.pos[0]);
    if (!byLine.has(place.line)) byLine.set(place.line, { ...sentenceOf(error), ...place });
  }
  return [...byLine.values()];
}

const IN_QUOTES = 'put the value in quotes';

function sentenceOf(error: YAMLError): { readonly message: string; readonly hint?: string } {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab cannot indent YAML', hint: 'use spaces' };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return { message: 'a second "key:" on the same line', hint: `if it is part of the value, ${IN_QUOTES}` };
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return { message: 'a key must stay on one line', hint: 'is a ":" or a quote missing, or the indentation wrong?' };
    case 'BAD_INDENT':
      return {
        message: `the indentation does not fit: ${plain(error.message)}`,
        hint: 'is a quote or bracket left open above?',
      };
    case 'BAD_SCALAR_START':
      return { message: `a value cannot begin with ${error.message.slice(-1)}`, hint: IN_QUOTES };
    case 'BAD_DQ_ESCAPE':
      return {
        message: `unknown escape ${error.message.split(' ').at(-1)} in double quotes`,
        hint: 'write \\\\ for a backslash, or use single quotes',
      };
    case 'MISSING_CHAR':
      return { message: error.message.startsWith('Implicit map keys') ? 'a key without a ":"' : plain(error.message) };
    case 'UNEXPECTED_TOKEN':
      return { message: 'this does not belong here', hint: 'is a quote, a comma or a bracket missing before it?' };
    case 'BLOCK_IN_FLOW':
      return { message: 'lines with "- " or "key:" cannot stand in brackets', hint: 'is a ] or } missing above?' };
    case 'MULTIPLE_DOCS':
      return { message: 'a second YAML document begins here', hint: 'a config is one document: remove the "---"' };
    case 'NON_STRING_KEY':
      return { message: 'a key must be text', hint: 'write a placeholder such as "{port}" in quotes' };
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return { message: 'YAML tags ("!…") mean nothing here', hint: 'leave it out, or put the value in quotes' };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'this is nested too deeply' };
    case 'BAD_DIRECTIVE':
      return { message: 'a line that begins with "%" is a YAML directive, and this one is unknown' };
    default:
      return { message: `this is not valid YAML: ${plain(error.message)}` };
  }
}

/** A message of the library in our words for things. */
function plain(message: string): string {
  const text = message
    .replace('Missing closing "quote', 'a closing " is missing')
    .replace("Missing closing 'quote", "a closing ' is missing")
    .replaceAll(/[Ff]low sequence/g, 'list')
    .replaceAll(/[Ff]low map(ping)?/g, 'map')
    .replaceAll(/\bin block collection |sufficiently /g, '')
    .replaceAll('mapping items', 'keys of a map')
    .replaceAll('sequence items', 'entries of a list');
  return text.charAt(0).toLowerCase() + text.slice(1);
}
